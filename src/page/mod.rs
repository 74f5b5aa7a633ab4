//! The common ground of pages and files to download.
//!
//! Takes the site, its results and its theme; gives locales (words and formats of a language), addresses, navigation, the
//! context of one page, views for templates, tables and generated sentences. Pages ([`crate::render`]) and files to download
//! ([`crate::download`]) are made from these in the storeys above. Writes nothing.

pub(crate) mod consultation_state;
pub(crate) mod content;
pub(crate) mod context;
pub(crate) mod factor;
mod follower;
mod html;
pub(crate) mod index_gap;
pub(crate) mod inline;
pub(crate) mod locale;
pub(crate) mod navigation;
mod options;
pub(crate) mod output;
pub(crate) mod report;
pub(crate) mod routes;
pub(crate) mod row;
pub(crate) mod sentence;
pub(crate) mod sequence;
pub(crate) mod signal;
pub(crate) mod source_line;
pub(crate) mod table;
pub(crate) mod target;
pub(crate) mod value;
pub(crate) mod view;

pub use follower::Follower;
pub use options::BuildOptions;
pub use output::Output;
