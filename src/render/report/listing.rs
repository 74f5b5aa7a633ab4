//! Small layouts: front page, sets, places, terms, accessibility.

use crate::model::{IndicatorSet, Level, PlaceId, Term, Text};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::locale::alphabetical;
use crate::page::routes::Reference;
use crate::page::view::{Html, IndicatorRow, Link};
use crate::render::report::overview;
use crate::render::report::target_status::{self, TargetCount, TargetFollowUp};
use serde::Serialize;

/// View of the front page (`front.html`).
#[derive(Serialize)]
struct FrontView {
    /// Municipalities of the report's own county that have a page.
    places: Vec<Link>,
    sets: Vec<Link>,
    /// The first indicator of each topic that has a value for the report's own place.
    latest: Vec<IndicatorRow>,
}

/// The front page: municipalities to look up, sets, and the newest value of each topic.
pub(crate) fn front(page: PageContext<'_>) -> PageContent {
    let topics = page.home().map(|home| overview::topics(page, home, false));
    let latest: Vec<IndicatorRow> = topics
        .into_iter()
        .flatten()
        .filter_map(|topic| topic.rows.into_iter().next())
        .collect();
    let sample = latest.iter().any(|row| row.sample);
    let view = FrontView {
        places: links(page, page.municipalities()),
        sets: page.site.sets.iter().filter_map(|set| set_link(page, set)).collect(),
        latest,
    };
    PageContent::of_author_page(page, sample, &view)
}

fn links(page: PageContext<'_>, places: impl IntoIterator<Item = PlaceId>) -> Vec<Link> {
    places.into_iter().filter_map(|place| page.place_link(place)).collect()
}

fn set_link(page: PageContext<'_>, set: &IndicatorSet) -> Option<Link> {
    page.link(set.name.in_language(page.code()), &Reference::Set(set.id.clone()))
}

/// View of all sets (`sets.html`).
#[derive(Serialize)]
struct SetsView {
    sets: Vec<SetItem>,
    /// Targets by status.
    counts: Vec<TargetCount>,
    /// Every target of every set, for the report's own place.
    targets: Vec<TargetFollowUp>,
    /// How the targets are judged; empty when there are none.
    rule: Html,
    /// Name of the report's own place; empty when it has none.
    home: String,
}

/// A set in the list.
#[derive(Serialize)]
struct SetItem {
    title: String,
    href: String,
    short: String,
    description: Html,
    /// Different indicators in the set.
    count: usize,
    /// Those of them that have figures.
    with_values: usize,
}

/// Every set with how many of its indicators have values, and every target with its status.
pub(crate) fn sets(page: PageContext<'_>) -> PageContent {
    let sets = page.site.sets.iter();
    let targets: Vec<TargetFollowUp> = sets
        .clone()
        .flat_map(|set| target_status::targets_of_set(page, set))
        .collect();
    let sample = targets.iter().any(TargetFollowUp::is_sample);
    let view = SetsView {
        sets: sets.filter_map(|set| set_item(page, set)).collect(),
        counts: target_status::counts(page, &targets),
        rule: target_status::rules(page, &targets),
        home: page.home().map_or("", |home| page.place_name(home)).to_owned(),
        targets,
    };
    PageContent::of_author_page(page, sample, &view)
}

fn set_item(page: PageContext<'_>, set: &IndicatorSet) -> Option<SetItem> {
    let code = page.code();
    let link = set_link(page, set)?;
    let mut ids: Vec<&str> = set.entries().map(|entry| entry.indicator.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let indicators = ids.iter().filter_map(|id| page.site.indicator(id));
    Some(SetItem {
        title: link.title,
        href: link.href,
        short: set.short.in_language(code).to_owned(),
        description: Html(inline(set.description.in_language(code))),
        count: ids.len(),
        with_values: indicators.filter(|indicator| !indicator.series.is_empty()).count(),
    })
}

/// View of all places (`places.html`).
#[derive(Serialize)]
struct PlacesView {
    counties: Vec<Link>,
    municipalities: Vec<Link>,
}

/// Counties and municipalities with a page.
pub(crate) fn places(page: PageContext<'_>) -> PageContent {
    let site = page.site;
    let at_level = |level| {
        let places = site.places_with_pages().into_iter();
        links(page, places.filter(|place| site.places[*place].level == level))
    };
    let view = PlacesView {
        counties: at_level(Level::County),
        municipalities: at_level(Level::Municipality),
    };
    PageContent::of_author_page(page, false, &view)
}

/// View of the glossary (`terms.html`).
#[derive(Serialize)]
struct TermsView {
    terms: Vec<TermView>,
}

/// A term of the glossary.
#[derive(Serialize)]
struct TermView {
    /// Anchor.
    id: String,
    /// The term as it is written in texts.
    term: String,
    /// The words that an abbreviation stands for; empty for other terms.
    name: String,
    definition: Html,
}

/// The glossary, in the order of the language's alphabet, as far as Swedish and English go.
pub(crate) fn terms(page: PageContext<'_>) -> PageContent {
    let code = page.code();
    let view = |term: &Term| TermView {
        id: term.id.clone(),
        term: term.term.in_language(code).to_owned(),
        name: term.name.in_language(code).to_owned(),
        definition: Html(inline(term.definition.in_language(code))),
    };
    let mut terms: Vec<TermView> = page.site.terms.iter().map(view).collect();
    terms.sort_by_key(|term| alphabetical(&term.term));
    PageContent::of_author_page(page, false, &TermsView { terms })
}

/// View of the accessibility statement (`accessibility.html`).
#[derive(Serialize)]
struct AccessibilityView {
    /// `full`, `partial` or `none`; empty when the site states nothing.
    status: String,
    /// Day of the last test.
    tested: String,
    method: String,
    contact: String,
    /// The supervising authority.
    supervisor: Option<String>,
    shortcomings: Vec<String>,
}

/// The accessibility statement, from the fields of `data/site.yaml`.
pub(crate) fn accessibility(page: PageContext<'_>) -> PageContent {
    let statement = &page.site.settings.accessibility;
    let text = |text: &Text| text.in_language(page.code()).to_owned();
    let view = AccessibilityView {
        status: statement.status.clone(),
        tested: page.locale.format.date(&statement.tested),
        method: text(&statement.method),
        contact: text(&statement.contact),
        supervisor: (!statement.supervisor.is_empty()).then(|| text(&statement.supervisor)),
        shortcomings: statement.shortcomings.iter().map(text).collect(),
    };
    PageContent::of_author_page(page, false, &view)
}
