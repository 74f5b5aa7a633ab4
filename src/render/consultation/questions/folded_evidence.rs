//! The evidence beside a question or an option: figures, a page, the text of a development area. Charts stand on the pages
//! that it links to.

use crate::model;
use crate::page::context::PageContext;
use crate::page::view::{Evidence, Link};
use crate::render::consultation::question_evidence::{figures, page_link};
use serde::Serialize;

/// Evidence beside a question, folded when it is long.
#[derive(Serialize)]
pub(crate) struct FoldedEvidence {
    /// The line that opens it: "Underlag: 3 indikatorer".
    summary: String,
    /// The development area in words; empty when there is none.
    text: String,
    /// Language of the text where it is another than the page's.
    text_lang: Option<String>,
    indicators: Vec<Evidence>,
    page: Option<Link>,
    /// Whether it stands open.
    open: bool,
}

/// Most indicators of evidence that stands open: as many as a phone shows at once.
const MOST_OPEN: usize = 3;

/// The view of evidence that a question or item names; `None` when there is none. Beside an item even a little is folded.
pub(in crate::render::consultation) fn folded_evidence(
    page: PageContext<'_>,
    evidence: &model::Evidence,
    is_of_item: bool,
) -> Option<FoldedEvidence> {
    let (site, code) = (page.site, page.code());
    let area = evidence.area.as_ref().and_then(|(id, _)| site.area(id));
    let of_area = area.into_iter().flat_map(|area| &area.indicators);
    let ids = evidence.indicators.iter().chain(of_area);
    let indicators = figures(page, ids.map(|(id, _)| id.as_str()));
    let area_page = || {
        let area = area?;
        Some(Link {
            title: area.name.in_language(code).to_owned(),
            ..page_link(page, &area.page.as_ref()?.0)?
        })
    };
    let more = match &evidence.page {
        Some((id, _)) => page_link(page, id),
        None => area_page(),
    };
    let text = area.map_or_else(String::new, |area| area.description.in_language(code).to_owned());
    if indicators.is_empty() && more.is_none() && text.is_empty() {
        return None;
    }
    let summary = match indicators.len() {
        0 => page.word("answering.evidence.summary").to_owned(),
        n => page.fill("answering.evidence.summary_figures", &[("n", &n.to_string())]),
    };
    let open = !is_of_item && indicators.len() <= MOST_OPEN;
    Some(FoldedEvidence {
        summary,
        text,
        text_lang: area.and_then(|area| page.foreign(&area.description)).map(str::to_owned),
        indicators,
        page: more,
        open,
    })
}

impl FoldedEvidence {
    /// Whether any of its figures are made up.
    pub(in crate::render::consultation) fn shows_sample(&self) -> bool {
        self.indicators.iter().any(|indicator| indicator.sample)
    }
}
