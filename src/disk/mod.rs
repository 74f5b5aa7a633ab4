//! Files and folders: a site's folder comes in as a [`Snapshot`](crate::source::Snapshot), a built site goes out whole.
//!
//! Reading never stops at a bad file; writing never touches the last good site until the next one is complete. A list in the
//! output folder, `.utsikt-manifest`, names the files that a build made there; nothing else in it is ever changed or removed.
//! Other things worth keeping lie beside the output, in `.NAME.utsikt`. Everything new is made beside its place and moved
//! there in one step; `tests/killed.rs` kills every command that writes, and lets it run into a full disk.
//!
//! ```text
//! output/                  the site
//!   .utsikt-manifest       the files that a build made: hash and route, a line each; travels with the folder
//! .output.utsikt/          the program's own, and safe to delete
//!   lock                   held by a running build; the number of its process
//!   next/                  the site being built; for a moment after the exchange, the last one
//!   was/, old/             the last site: set aside where folders cannot be exchanged; being removed
//!   stamps                 inode, size and time of each file made, so that an unchanged one need not be read
//!   cache                  remembered drawings
//!   links                  external links that were good, and when
//!   built                  the day and options of the last build
//!   kept/                  files that came into the output during a build and are in the way of a page
//! ```

mod answers;
mod bag;
mod build_record;
mod build_tree;
mod cache;
mod data;
mod draft;
mod foreign_files;
mod gather;
mod journal;
mod links;
mod lock;
mod manifest;
mod output_folder;
mod publish;
mod regather;
mod revision;
mod stamps;
mod swap;
mod touched;
mod tree;

pub use answers::{AnswersLock, answers_folder, gather_answers, lies_in, read_codes, read_file};
pub use bag::{OutputState, gather_editions, inventory, output_state, write_bag};
pub use build_record::{BuildRecord, LedgerMark, build_record_path, load_build_record, save_build_record};
pub use cache::{load_cache, save_cache};
pub use data::DataLock;
pub use draft::{Draft, has_files, write_new_file};
pub use gather::gather;
pub use journal::{JournalEnd, JournalFile, LockedJournal};
pub use links::{load_links, save_links};
pub use output_folder::check_target;
pub use publish::{Published, publish};
pub use regather::{Regathered, canonical, regather, watched_folders};
pub use revision::{SiteVersion, current_commit, gather_revision, site_version};
pub use touched::{DataStamps, data_stamps};
