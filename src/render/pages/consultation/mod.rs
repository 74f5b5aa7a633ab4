//! A consultation's pages: what it is, its questions, its results, what came of it; and the list of all.

mod beside;
mod compilation;
pub(super) mod list;
mod meeting;
mod questions;
mod replies;
pub(crate) mod results;
mod story;
mod themes;

use super::Matter;
use crate::finding::Log;
use crate::model::{Consultation, Layout};
use crate::render::report::Standpoint;

/// The matter of one of its pages; `None` for a layout that is none of them.
pub(super) fn matter(
    standpoint: Standpoint<'_>,
    consultation: &Consultation,
    layout: Layout,
    log: &Log,
) -> Option<Matter> {
    match layout {
        Layout::Consultation => Some(story::matter(standpoint, consultation, log)),
        Layout::Questions => Some(questions::matter(standpoint, consultation)),
        Layout::Thanks => Some(questions::thanks(standpoint, consultation)),
        Layout::Meeting => Some(meeting::matter(standpoint, consultation)),
        Layout::Results => results::matter(standpoint, consultation, log),
        Layout::Replies => replies::matter(standpoint, consultation),
        _ => None,
    }
}

/// The title of a chapter: what it is, and of what.
fn titled(standpoint: Standpoint<'_>, consultation: &Consultation, chapter: &str) -> String {
    let title = consultation.title.in_language(standpoint.code());
    format!(
        "{}: {title}",
        standpoint.word(&format!("consultation.chapter.{chapter}"))
    )
}

/// Where the last day lies as a file for calendars.
fn calendar_route(standpoint: Standpoint<'_>, consultation: &Consultation) -> String {
    let folder = standpoint.word("routes.consultation");
    standpoint.file_route(&format!("{folder}/{}.ics", consultation.id))
}
