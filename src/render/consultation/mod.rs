//! A consultation's pages: its story, its questions, its results, the replies to it, a guide for meetings; and the list of all.

mod chapters;
mod commitments;
mod compilation;
mod documents;
mod draft;
mod email;
pub(super) mod list;
mod meeting;
mod question_evidence;
mod questions;
pub(crate) mod related_questions;
mod replies;
pub(crate) mod results;
mod room;
mod statements;
mod story;
mod themes;
mod ways;
mod wording;

use crate::finding::Log;
use crate::model::{Consultation, Layout};
use crate::page::content::PageContent;
use crate::page::context::PageContext;

/// The content of one of a consultation's pages; `None` for other layouts, and for results and replies that are not there.
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
        Layout::Room => Some(room::content(page, consultation)),
        Layout::Results => results::content(page, consultation, log),
        Layout::Replies => replies::content(page, consultation),
        Layout::Draft => Some(draft::content(page, consultation)),
        Layout::Commitments => commitments::content(page, consultation),
        Layout::Statements => statements::content(page, consultation),
        Layout::Adopted => draft::adopted(page, consultation),
        _ => None,
    }
}
