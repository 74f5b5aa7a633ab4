//! The page of what is new in the report: recorded updates, newest first.

pub(crate) mod feed;
mod sentences;
mod tables;
pub(crate) mod update;

use crate::model::{Period, Update, UpdatedFigures};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::view::{Heading, Html, Link, Remark};
use serde::Serialize;
use tables::TableExcerpt;

/// View of the page of updates (`updates.html`).
#[derive(Serialize)]
struct UpdatesView {
    /// Headings of the updates, for the list of contents.
    contents: Vec<Heading>,
    entries: Vec<UpdateView>,
    /// The feed of updates; absent when nothing has been recorded.
    feed: Option<String>,
}

/// An update.
#[derive(Serialize)]
struct UpdateView {
    /// Anchor.
    id: String,
    title: String,
    /// Its day, where the title is not the day itself.
    day: Option<String>,
    /// Counts of what the update changed; empty when it changed nothing that is counted.
    short: String,
    /// The author's text.
    paragraphs: Vec<Html>,
    indicators: Vec<IndicatorUpdate>,
    /// Changed ranks.
    ranks: Option<TableExcerpt>,
    /// Changed statuses of targets.
    statuses: Option<TableExcerpt>,
    /// How many claims were no longer true, in a sentence.
    claims_text: String,
    claims: Vec<FailedClaim>,
}

/// An indicator that an update touched.
#[derive(Serialize)]
struct IndicatorUpdate {
    /// The indicator under the name it had then; the address is empty when it no longer has a page.
    link: Link,
    sentences: Vec<String>,
    /// Explanations of revisions, each headed by the periods it holds for.
    notes: Vec<Remark>,
    /// Revised figures, before and after.
    revised: Option<TableExcerpt>,
}

/// A claim that was no longer true, and the page it stood on.
#[derive(Serialize)]
struct FailedClaim {
    text: String,
    /// Absent when the site no longer has the page.
    page: Option<Link>,
}

/// The page of updates.
pub(super) fn content(page: PageContext<'_>) -> PageContent {
    let updates = page.site.updates.iter();
    let entries: Vec<UpdateView> = updates.map(|update| update_view(page, update)).collect();
    let heading = |entry: &UpdateView| Heading {
        id: entry.id.clone(),
        title: entry.title.clone(),
        level: 2,
    };
    let view = UpdatesView {
        contents: entries.iter().map(heading).collect(),
        entries,
        feed: feed::updates_route(page.report, page.locale).map(|route| page.href_to(&route)),
    };
    let (title, description) = (page.word("updates.title"), page.word("updates.description"));
    PageContent::new(title.to_owned(), Some(description.to_owned()), false, &view)
}

fn update_view(page: PageContext<'_>, update: &Update) -> UpdateView {
    let code = page.code();
    let paragraphs = update.text.in_language(code).split("\n\n").map(str::trim);
    let page_link = |id: &str| {
        let target = page.site.page(code, id).filter(|_| !id.is_empty())?;
        page.link(&target.title, &Reference::Page(id.to_owned()))
    };
    let claims = update.claims.iter().map(|claim| FailedClaim {
        text: claim.text.clone(),
        page: page_link(&claim.page),
    });
    UpdateView {
        id: page.files.id(&update::anchor(page.locale, update)),
        title: update::title(page.locale, update),
        day: (!update.title.is_empty()).then(|| page.locale.format.date(&update.date.to_string())),
        short: update::in_short(page.locale, update),
        paragraphs: paragraphs
            .filter(|text| !text.is_empty())
            .map(|text| Html(inline(text)))
            .collect(),
        indicators: update
            .figures
            .iter()
            .map(|figures| indicator_update(page, update, figures))
            .collect(),
        ranks: tables::ranks(page, update),
        statuses: tables::statuses(page, update),
        claims_text: page.fill("updates.claims_text", &[("n", &update.claims.len().to_string())]),
        claims: claims.collect(),
    }
}

fn indicator_update(page: PageContext<'_>, update: &Update, figures: &UpdatedFigures) -> IndicatorUpdate {
    let code = page.code();
    // One explanation often holds for several periods.
    let mut explanations: Vec<(&str, Vec<Period>)> = Vec::new();
    for revision in figures.revised.iter().filter(|revision| !revision.note.is_empty()) {
        let (text, period) = (revision.note.in_language(code), revision.period);
        match explanations.iter_mut().find(|(other, _)| *other == text) {
            Some((_, periods)) => periods.push(period),
            None => explanations.push((text, vec![period])),
        }
    }
    let notes = explanations.into_iter().map(|(text, periods)| Remark {
        title: page.fill(
            "updates.explanation",
            &[("period", &sentences::list_of_periods(page, &periods))],
        ),
        texts: vec![text.to_owned()],
    });
    IndicatorUpdate {
        link: indicator_link(page, &figures.indicator, figures.name.in_language(code)),
        sentences: sentences::sentences(page, figures),
        notes: notes.collect(),
        revised: tables::revised(page, update, figures),
    }
}

/// An indicator under the name it had then, with a link if it still has a page.
fn indicator_link(page: PageContext<'_>, indicator: &str, name: &str) -> Link {
    let current = page.site.indicator(indicator);
    let href = current.and_then(|_| page.href(&Reference::Indicator(indicator.to_owned())));
    Link {
        title: name.to_owned(),
        href: href.unwrap_or_default(),
        note: None,
    }
}
