//! The page for the room: a council goes through the questions one by one on a projector, and counts its hands.
//!
//! Everything is in the page, so that it works from a file without a net; what is counted stays on the device, and leaves it as a
//! protocol that is imported like other answers. Without the script it is the questions with boxes to fill in by pen.

use crate::model::{Consultation, Meetings};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::plain;
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::questions::{StepView, steps};
use serde::Serialize;

/// The page for the room, for `room.html`.
#[derive(Serialize)]
struct RoomView {
    /// The consultation's id.
    id: String,
    title: String,
    /// The site's notice without its links, which would lead nowhere from a file; empty where there is none.
    notice: String,
    /// Version of the questionnaire.
    version: String,
    /// Full address of the page; `None` where the site's address is not known.
    address: Option<String>,
    /// Whether every count is shown on the page of results.
    open: bool,
    /// Words of the script, as JSON.
    words: String,
    steps: Vec<StepView>,
}

/// The page for the room.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let steps = steps(page, &consultation.questionnaire);
    let sample = consultation.sample || steps.iter().any(StepView::shows_sample);
    let words = page.locale.words.tree().pointer("/room/script");
    let base_url = page.report.base_url;
    let view = RoomView {
        id: consultation.id.clone(),
        title: consultation.title.in_language(page.code()).to_owned(),
        notice: plain(page.site.settings.notice.in_language(page.code())),
        version: consultation.questionnaire.version.clone(),
        address: (!base_url.is_empty()).then(|| format!("{base_url}{}", page.route())),
        open: consultation.channels.meetings == Meetings::Open,
        words: words.map(ToString::to_string).unwrap_or_default(),
        steps,
    };
    let title = chapter_title(page, consultation, "room");
    let description = page.word("room.lead").to_owned();
    PageContent::new(title, Some(description), sample, &view)
}
