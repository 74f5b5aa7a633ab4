//! Titles and addresses that the pages of a consultation share.

use crate::model::Consultation;
use crate::page::context::PageContext;

/// The title of a chapter, before the title of its consultation.
pub(super) fn chapter_title(page: PageContext<'_>, consultation: &Consultation, chapter: &str) -> String {
    let title = consultation.title.in_language(page.code());
    format!("{}: {title}", page.word(&format!("consultation.chapter.{chapter}")))
}

/// Address of the calendar file with the last day.
pub(super) fn calendar_route(page: PageContext<'_>, consultation: &Consultation) -> String {
    let folder = page.word("routes.consultation");
    page.locale.file_route(&format!("{folder}/{}.ics", consultation.id))
}
