//! The page of a place: values, ranks and comparisons.

use crate::download::csv_file;
use crate::finding::Log;
use crate::index::Composite;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Level, Part, PlaceId, Selection};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::index_gap::IndexGap;
use crate::page::row;
use crate::page::view::{Chart, Html, IndicatorGroup, Link};
use crate::render::figure;
use crate::render::index::{IndexGapView, at_place};
use crate::render::report::overview::topics;
use crate::theme;
use serde::Serialize;
use std::cmp::Ordering;

/// View of a place's page (`place.html`).
#[derive(Serialize)]
struct PlaceView {
    /// Name of the place.
    title: String,
    /// Level of the place, in words.
    level: String,
    /// Population, and how many values are better and worse than the country's.
    lead: Html,
    /// The county of a municipality, if it has a page.
    parent: Option<Link>,
    /// Indicators with a value, by topic.
    topics: Vec<IndicatorGroup>,
    /// Name of the place it is compared with; empty when it is the country itself.
    compare: String,
    /// Its gap to the country in every composite index that scores it.
    pulls: Vec<IndexGapView>,
    charts: Vec<Chart>,
    /// Other places of its level; empty when there are too many to choose from.
    siblings: Vec<Link>,
    downloads: Vec<Link>,
}

/// The page of a place.
pub(crate) fn content(page: PageContext<'_>, place: PlaceId, log: &Log) -> PageContent {
    let data = &page.site.places[place];
    let topics = topics(page, place, true);
    let sample = topics.iter().flat_map(|topic| &topic.rows).any(|row| row.sample);
    let values = topics.iter().map(|topic| topic.rows.len()).sum();
    let compare = row::compared_with(page, place).map_or("", |other| page.place_name(other));
    let description = if compare.is_empty() {
        "sentence.place_description_alone"
    } else {
        "sentence.place_description"
    };
    let view = PlaceView {
        title: page.place_name(place).to_owned(),
        level: page.word(&format!("level.{}", data.level.name())).to_owned(),
        lead: Html(lead(page, place, values)),
        parent: data.parent.and_then(|parent| page.place_link(parent)),
        topics,
        compare: compare.to_owned(),
        pulls: at_place(page, place, log),
        charts: charts(page, place, log),
        siblings: siblings(page, place),
        downloads: downloads(page, place),
    };
    let description = page.fill(description, &[("place", page.place_in_text(place))]);
    PageContent::new(view.title.clone(), Some(description), sample, &view)
}

/// More siblings than this are no list to choose from; the page of all places is.
const MOST_SIBLINGS: usize = 40;

/// The other places of its level that have a page; none when there are too many.
fn siblings(page: PageContext<'_>, place: PlaceId) -> Vec<Link> {
    let site = page.site;
    let level = site.places[place].level;
    let same: Vec<PlaceId> = site
        .places_with_pages()
        .into_iter()
        .filter(|other| site.places[*other].level == level && *other != place)
        .collect();
    if same.len() > MOST_SIBLINGS {
        return Vec::new();
    }
    same.into_iter().filter_map(|other| page.place_link(other)).collect()
}

/// The place's population, the number of its values, and how many of them are better and worse than the country's.
fn lead(page: PageContext<'_>, place: PlaceId, values: usize) -> String {
    let site = page.site;
    let comparisons = comparisons(page, place);
    let better = comparisons.iter().filter(|order| order.is_gt()).count().to_string();
    let worse = comparisons.iter().filter(|order| order.is_lt()).count().to_string();
    let (values, total) = (values.to_string(), comparisons.len().to_string());
    let mut sentences = vec![page.fill("sentence.place_count", &[("n", &values)])];
    if !comparisons.is_empty() {
        sentences.push(page.fill(
            "sentence.place_judged",
            &[("n", &total), ("better", &better), ("worse", &worse)],
        ));
    }
    let population = site.indicator("befolkning").or_else(|| site.indicator("population"));
    if let Some(indicator) = population
        && let Some(latest) = measure::latest(indicator, place, Part::TOTAL, None)
        && let Some(number) = latest.value.known()
    {
        let format = &page.locale.format;
        let words = [
            ("place", page.place_name(place)),
            ("n", &format.number(number, 0)),
            ("period", &format.period(latest.period)),
        ];
        sentences.insert(0, page.fill("sentence.place_population", &words));
    }
    sentences
        .iter()
        .map(|sentence| theme::escape(sentence))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every independent comparison of a place with the country, better (`Greater`) or worse (`Less`). A published index counts
/// once, by its top: its themes are what it is made of, and would count the same thing again.
fn comparisons(page: PageContext<'_>, place: PlaceId) -> Vec<Ordering> {
    let Some(country) = row::compared_with(page, place) else {
        return Vec::new();
    };
    let composites = || {
        let composites = page.report.composites.iter();
        composites.filter(|composite| composite.frame.leaves.iter().any(|leaf| leaf.published))
    };
    let is_score = |indicator: &Indicator| {
        let mut nodes = composites().flat_map(|composite| &composite.frame.nodes);
        nodes.any(|node| !node.below && node.score.indicator.as_ref() == Some(&indicator.id))
    };
    let measured = page
        .site
        .indicators
        .iter()
        .filter(|indicator| !is_score(indicator))
        .filter_map(|indicator| measure::country_signal(indicator, place, country)?.better);
    let tops = composites().flat_map(|composite| composite.frame.tops().map(move |top| (composite, top)));
    let indices = tops.filter_map(|(composite, top)| {
        let gap = IndexGap::new(composite, top, place)?;
        Some(gap.difference.total_cmp(&0.0))
    });
    measured.chain(indices).collect()
}

/// The profile of the first index whose scores the place has.
fn charts(page: PageContext<'_>, place: PlaceId, log: &Log) -> Vec<Chart> {
    let site = page.site;
    let has_value = |id: &String| {
        site.indicator(id)
            .is_some_and(|indicator| measure::latest(indicator, place, Part::TOTAL, None).is_some())
    };
    let leaves = |composite: &Composite<'_>| -> Vec<String> {
        let leaves = composite.frame.leaves.iter();
        let indicators = leaves.filter_map(|leaf| Some(leaf.indicator?.id.clone()));
        indicators.filter(has_value).collect()
    };
    // Nothing is compared with the country's own page.
    if site.places[place].level == Level::Country {
        return Vec::new();
    }
    let composites = page.report.composites.iter();
    let Some((index, indicators)) = composites
        .map(|composite| (composite.frame.index, leaves(composite)))
        .find(|(_, leaves)| leaves.len() > 2)
    else {
        return Vec::new();
    };
    let title = page.fill(
        "sentence.title.profile",
        &[
            ("place", page.place_name(place)),
            ("index", index.short.in_language(page.code())),
        ],
    );
    let places = std::iter::once(place).chain(page.country()).collect();
    let spec = ChartSpec {
        indicators,
        selection: Selection {
            places,
            place: Some(place),
            ..Selection::default()
        },
        ..ChartSpec::new(ChartKind::Profile, title, site.places[place].origin.clone())
    };
    figure::page_chart(page, &spec, log).into_iter().collect()
}

/// All figures of the place as one file.
fn downloads(page: PageContext<'_>, place: PlaceId) -> Vec<Link> {
    let code = &page.site.places[place].code;
    let text = csv_file::place_series(page.site, page.locale, place);
    vec![page.offer(
        page.word("sentence.all_csv"),
        &format!("assets/data/plats-{code}.csv"),
        text,
    )]
}
