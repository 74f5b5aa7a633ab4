//! The evidence beside a question or an option: figures, a page, the text of a development area.
//!
//! Takes what a question says that it is about; gives a short view. Charts belong to the pages that it links to.

use crate::model;
use crate::page::context::PageContext;
use crate::page::view::{Evidence, Link};
use crate::render::consultation::beside::page_link;
use crate::render::report::evidence::evidence;
use serde::Serialize;

/// What is shown beside a question, folded when it is long.
#[derive(Serialize)]
pub(in crate::render::consultation) struct Beside {
    /// What one opens: "Underlag: 3 indikatorer".
    summary: String,
    /// The development area in words; empty when there is none.
    text: String,
    indicators: Vec<Evidence>,
    page: Option<Link>,
    /// Whether it is short enough to stand open.
    open: bool,
}

/// The most indicators that stand open beside a question: as many as a phone shows at once.
const OPEN: usize = 3;

/// What the site has on this; `None` when that is nothing. `folded` keeps even a little of it closed, for options.
pub(super) fn beside(page: PageContext<'_>, about: &model::Evidence, folded: bool) -> Option<Beside> {
    let (site, code) = (page.site, page.code());
    let area = about.area.as_ref().and_then(|(id, _)| site.area(id));
    let mut ids: Vec<&str> = Vec::new();
    for (id, _) in about
        .indicators
        .iter()
        .chain(area.into_iter().flat_map(|area| &area.indicators))
    {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    let indicators: Vec<Evidence> = ids
        .into_iter()
        .filter_map(|id| site.indicator(id))
        .map(|it| evidence(page, it))
        .collect();
    let named = about.page.as_ref().or_else(|| area.and_then(|area| area.page.as_ref()));
    let more = named.and_then(|(id, _)| page_link(page, id)).map(|link| match area {
        Some(area) if about.page.is_none() => Link {
            title: area.name.in_language(code).to_owned(),
            ..link
        },
        _ => link,
    });
    let text = area.map_or_else(String::new, |area| area.description.in_language(code).to_owned());
    if indicators.is_empty() && more.is_none() && text.is_empty() {
        return None;
    }
    let summary = match indicators.len() {
        0 => page.word("answering.evidence.summary").to_owned(),
        n => page.fill("answering.evidence.summary_figures", &[("n", &n.to_string())]),
    };
    let open = !folded && indicators.len() <= OPEN;
    Some(Beside {
        summary,
        text,
        indicators,
        page: more,
        open,
    })
}

impl Beside {
    /// Whether any of its figures are made up.
    pub(super) fn shows_sample(&self) -> bool {
        self.indicators.iter().any(|it| it.sample)
    }
}
