//! The rim of the disk: a site's folder comes in as a [`Snapshot`](crate::source::Snapshot), a site goes out whole.
//!
//! Reading never stops at a bad file; writing never touches the last good site until the next one is complete. The
//! output folder tells by a list of its own, `.utsikt-manifest`, which of its files were made here; nothing else in it
//! is ever changed or removed. What else is worth keeping stands beside the output, in `.NAME.utsikt`.
//!
//! ```text
//! output/                  the site
//!   .utsikt-manifest       what was made: hash and route, a line each; travels with the folder
//! .output.utsikt/          nobody's business but ours, and safe to delete
//!   lock                   held by a running build; the number of its process
//!   next/                  the site being built; for a moment after the exchange, the last one
//!   was/, old/             the last site: set aside where folders cannot be exchanged; being removed
//!   stamps                 inode, size and time of each file made, so that an unchanged one need not be read
//!   cache                  remembered drawings
//!   links                  external links that were good, and when
//!   built                  the day and options of the last build
//!   kept/                  files that came into the output during a build and are in the way of a page
//! ```

mod again;
mod answers;
mod bag;
mod built;
mod cache;
mod data;
mod draft;
mod edition;
mod gather;
mod ground;
mod guests;
mod links;
mod lock;
mod manifest;
mod publish;
mod revision;
mod stamps;
mod swap;
mod tree;

pub use again::{Renewed, gather_again, real, watched};
pub use answers::{AnswersLock, answers_folder, gather_answers, lies_in, read_file};
pub use bag::{Shown, gather_editions, inventory, shown, write_bag};
pub use built::{Built, load_built, save_built};
pub use cache::{load_cache, save_cache};
pub use data::DataLock;
pub use draft::{Draft, write_new_file};
pub use gather::gather;
pub use ground::check_target;
pub use links::{load_links, save_links};
pub use publish::{Published, publish};
pub use revision::{Stand, checked_out, gather_revision, stand};
