//! Small layouts: front page, sets, places, terms, accessibility.

use super::overview;
use crate::model::{IndicatorSet, Level, PlaceId};
use crate::render::prose;
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::target;
use crate::render::view::{Html, Link, Row};
use minijinja::{Value, context};
use serde::Serialize;

fn links(standpoint: Standpoint<'_>, places: impl IntoIterator<Item = PlaceId>) -> Vec<Link> {
    places
        .into_iter()
        .filter_map(|place| standpoint.place_link(place))
        .collect()
}

fn set_link(standpoint: Standpoint<'_>, set: &IndicatorSet) -> Option<Link> {
    standpoint.link(set.name.in_language(standpoint.code()), &Reference::Set(set.id.clone()))
}

/// Municipalities to look up, sets, and the newest value of each topic.
pub(super) fn front(standpoint: Standpoint<'_>) -> (Value, bool) {
    let sets: Vec<Link> = standpoint
        .site()
        .sets()
        .iter()
        .filter_map(|set| set_link(standpoint, set))
        .collect();
    let latest: Vec<Row> = standpoint
        .home()
        .map(|home| {
            overview::topics(standpoint, home, false)
                .into_iter()
                .filter_map(|topic| topic.rows.into_iter().next())
                .collect()
        })
        .unwrap_or_default();
    let sample = latest.iter().any(|row| row.sample);
    let view = context! {
        places => crate::theme::template_value(links(standpoint, standpoint.municipalities())),
        sets => crate::theme::template_value(sets),
        latest => Row::shown(latest),
    };
    (view, sample)
}

#[derive(Serialize)]
struct SetItem {
    title: String,
    href: String,
    short: String,
    description: Html,
    count: usize,
    with_values: usize,
}

/// Every set with how many of its indicators have values, and every target with its status.
pub(super) fn sets(standpoint: Standpoint<'_>) -> (Value, bool) {
    let site = standpoint.site();
    let code = standpoint.code();
    let item = |set: &IndicatorSet| {
        let link = set_link(standpoint, set)?;
        let mut ids: Vec<&str> = set.entries().map(|entry| entry.indicator.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let with = ids
            .iter()
            .filter(|id| site.indicator(id).is_some_and(|indicator| !indicator.series.is_empty()))
            .count();
        Some(SetItem {
            title: link.title,
            href: link.href,
            short: set.short.in_language(code).to_owned(),
            description: Html(prose::inline(set.description.in_language(code))),
            count: ids.len(),
            with_values: with,
        })
    };
    let sets: Vec<SetItem> = site.sets().iter().filter_map(item).collect();
    let targets: Vec<_> = site
        .sets()
        .iter()
        .flat_map(|set| target::followed_of(standpoint, set))
        .collect();
    let sample = targets.iter().any(target::FollowedTarget::is_sample);
    let view = context! {
        sets => crate::theme::template_value(sets),
        counts => crate::theme::template_value(target::counts(standpoint, &targets)),
        rule => crate::theme::template_value(target::rules(standpoint, &targets)),
        home => standpoint.home().map_or("", |home| standpoint.place_name(home)),
        targets => crate::theme::template_value(targets),
    };
    (view, sample)
}

/// Counties and municipalities with a page.
pub(super) fn places(standpoint: Standpoint<'_>) -> (Value, bool) {
    let site = standpoint.site();
    let of = |level| {
        links(
            standpoint,
            site.places_with_pages()
                .into_iter()
                .filter(|place| site.places()[*place].level == level),
        )
    };
    let view = context! {
        counties => crate::theme::template_value(of(Level::County)),
        municipalities => crate::theme::template_value(of(Level::Municipality)),
        map => (),
    };
    (view, false)
}

#[derive(Serialize)]
struct TermView {
    id: String,
    term: String,
    name: String,
    definition: Html,
}

/// Terms by the language's alphabet, as far as Swedish and English go.
pub(super) fn terms(standpoint: Standpoint<'_>) -> (Value, bool) {
    let code = standpoint.code();
    let view = |term: &crate::model::Term| TermView {
        id: term.id.clone(),
        term: term.term.in_language(code).to_owned(),
        name: term.name.in_language(code).to_owned(),
        definition: Html(prose::inline(term.definition.in_language(code))),
    };
    let mut terms: Vec<TermView> = standpoint.site().terms().iter().map(view).collect();
    terms.sort_by_key(|term| alphabetical(&term.term));
    (context! { terms => crate::theme::template_value(terms) }, false)
}

/// A key by which å, ä and ö come after z.
pub(super) fn alphabetical(text: &str) -> Vec<u32> {
    let place = |c: char| match c {
        'å' => u32::from('z') + 1,
        'ä' => u32::from('z') + 2,
        'ö' => u32::from('z') + 3,
        c => u32::from(c),
    };
    text.to_lowercase().chars().map(place).collect()
}

/// The statement's fields from `data/site.yaml`.
pub(super) fn accessibility(standpoint: Standpoint<'_>) -> (Value, bool) {
    let said = &standpoint.site().settings().accessibility;
    let code = standpoint.code();
    let optional = |text: &crate::model::Text| (!text.is_empty()).then(|| text.in_language(code).to_owned());
    let view = context! {
        status => said.status.clone(),
        tested => standpoint.voice().format.date(&said.tested),
        method => said.method.in_language(code),
        contact => said.contact.in_language(code),
        supervisor => optional(&said.supervisor),
        shortcomings => said.shortcomings.iter().map(|text| text.in_language(code).to_owned()).collect::<Vec<_>>(),
    };
    (view, false)
}
