//! A consultation's pages: what it is, its questions, its results, what came of it; and the list of all.

mod beside;
mod compilation;
mod documents;
mod email;
pub(super) mod list;
mod meeting;
mod questions;
pub(crate) mod related_questions;
mod replies;
pub(crate) mod results;
mod story;
mod themes;
mod ways;

use crate::finding::Log;
use crate::model::{Consultation, Layout};
use crate::page::content::PageContent;
use crate::page::context::PageContext;

/// The content of one of its pages; `None` for a layout that is none of them.
pub(super) fn content(
    page: PageContext<'_>,
    consultation: &Consultation,
    layout: Layout,
    log: &Log,
) -> Option<PageContent> {
    match layout {
        Layout::Consultation => Some(story::content(page, consultation, log)),
        Layout::Questions => Some(questions::content(page, consultation)),
        Layout::Thanks => Some(questions::thanks(page, consultation)),
        Layout::Meeting => Some(meeting::content(page, consultation)),
        Layout::Results => results::content(page, consultation, log),
        Layout::Replies => replies::content(page, consultation),
        _ => None,
    }
}

/// The title of a chapter: what it is, and of what.
fn titled(page: PageContext<'_>, consultation: &Consultation, chapter: &str) -> String {
    let title = consultation.title.in_language(page.code());
    format!("{}: {title}", page.word(&format!("consultation.chapter.{chapter}")))
}

/// Where the last day lies as a file for calendars.
fn calendar_route(page: PageContext<'_>, consultation: &Consultation) -> String {
    let folder = page.word("routes.consultation");
    page.locale.file_route(&format!("{folder}/{}.ics", consultation.id))
}
