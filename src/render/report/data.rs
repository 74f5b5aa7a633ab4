//! All series to download, and their sources.

use crate::download::csv_file;
use crate::model::{Indicator, Level, Part};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::value::reason_word;
use crate::page::view::Link;
use crate::render::figure::period_span;
use serde::Serialize;

/// View of the data page (`data.html`).
#[derive(Serialize)]
struct DataView {
    rows: Vec<SeriesRow>,
    /// The file with all series.
    all: Vec<Link>,
}

/// An indicator and the contents of its file.
#[derive(Serialize)]
struct SeriesRow {
    title: String,
    /// The indicator's page; empty when it has none.
    href: String,
    unit: String,
    periods: String,
    /// Places with a number, counted by level.
    places: String,
    /// The publisher.
    source: String,
    licence: String,
    /// Why there are no figures; absent when there are some.
    status: Option<String>,
    /// The file; empty when there are no figures.
    downloads: Vec<Link>,
}

/// Every indicator with its file.
pub(crate) fn data(page: PageContext<'_>) -> PageContent {
    let site = page.site;
    let ordered = site.in_order().into_iter();
    let rows = ordered.map(|indicator| series_row(page, indicator)).collect();
    let indicators = site.indicators.iter();
    let with_figures: Vec<&Indicator> = indicators.filter(|indicator| !indicator.series.is_empty()).collect();
    let all = page.offer(
        page.word("sentence.all_csv"),
        "assets/data/alla-serier.csv",
        csv_file::series(page.site, page.locale, &with_figures),
    );
    PageContent::of_author_page(page, false, &DataView { rows, all: vec![all] })
}

fn series_row(page: PageContext<'_>, indicator: &Indicator) -> SeriesRow {
    let code = page.code();
    let link = page.indicator_link(indicator);
    let absence = indicator.absence.as_ref();
    SeriesRow {
        title: link.title,
        href: link.href,
        unit: long_unit(page, indicator).to_owned(),
        periods: period_span(page, &indicator.periods()),
        places: places(page, indicator),
        source: indicator.source.publisher.in_language(code).to_owned(),
        licence: indicator.source.licence.in_language(code).to_owned(),
        status: absence.map(|absence| reason_word(page, absence.reason).to_owned()),
        downloads: csv_file::series_link(page, "CSV", indicator).into_iter().collect(),
    }
}

/// The unit in words: per cent is no sign where it stands by itself.
pub(super) fn long_unit<'a>(page: PageContext<'a>, indicator: &'a Indicator) -> &'a str {
    match page.locale.format.unit(&indicator.unit, page.code()) {
        "%" => page.word("unit.percent_long"),
        unit => unit,
    }
}

/// "riket, 21 län, 12 kommuner": those with a number.
fn places(page: PageContext<'_>, indicator: &Indicator) -> String {
    let count = |level: Level| {
        let totals = indicator.series.iter().filter(|series| series.part == Part::TOTAL);
        totals
            .filter(|series| page.site.places[series.place].level == level && series.latest().is_some())
            .count()
    };
    let levels = [Level::Country, Level::County, Level::Municipality].into_iter();
    let counts = levels.filter_map(|level| match (level, count(level)) {
        (_, 0) => None,
        (Level::Country, _) => page.country().map(|country| page.place_in_text(country).to_owned()),
        (level, 1) => Some(format!("1\u{a0}{}", page.word(&format!("level.{}", level.name())))),
        (level, n) => Some(format!(
            "{n}\u{a0}{}",
            page.word(&format!("level_plural.{}", level.name()))
        )),
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// View of the method and sources page (`sources.html`).
#[derive(Serialize)]
struct SourcesView {
    publishers: Vec<PublisherStatistics>,
    /// Indicators that have no figures yet, each with the reason as its note.
    missing: Vec<Link>,
    maps: Vec<MapSource>,
}

/// The statistics of one publisher.
#[derive(Serialize)]
struct PublisherStatistics {
    name: String,
    items: Vec<StatisticsTable>,
}

/// A table of statistics, and the indicators taken from it.
#[derive(Serialize)]
struct StatisticsTable {
    /// Name of the first indicator taken from it.
    title: String,
    /// Page of that indicator; empty when it has none.
    href: String,
    /// The publisher's own title; empty when the source does not state it.
    title_of_statistics: String,
    url: Option<String>,
    licence: String,
    /// Day of the latest retrieval.
    fetched: String,
    /// Changes made to the figures since; absent when they are as published.
    processing: Option<String>,
    indicators: Vec<Link>,
}

/// The source of the boundaries of a level.
#[derive(Serialize)]
struct MapSource {
    title: String,
    source: String,
}

/// Sources by publisher, each table of statistics once with the indicators it is used for.
pub(crate) fn sources(page: PageContext<'_>) -> PageContent {
    let site = page.site;
    let code = page.code();
    let mut publishers: Vec<PublisherStatistics> = Vec::new();
    for indicator in site.indicators.iter().filter(|indicator| indicator.absence.is_none()) {
        let name = indicator.source.publisher.in_language(code);
        let position = publishers.iter().position(|publisher| publisher.name == name);
        let position = position.unwrap_or_else(|| {
            publishers.push(PublisherStatistics {
                name: name.to_owned(),
                items: Vec::new(),
            });
            publishers.len() - 1
        });
        add(page, indicator, &mut publishers[position].items);
    }
    publishers.sort_by(|a, b| a.name.cmp(&b.name));
    let missing = site.indicators.iter().filter_map(|indicator| {
        let absence = indicator.absence.as_ref()?;
        Some(Link {
            note: Some(reason_word(page, absence.reason).to_owned()),
            ..page.indicator_link(indicator)
        })
    });
    let maps = site.places.boundaries.iter().map(|map| MapSource {
        title: page.word(&format!("level_plural.{}", map.level.name())).to_owned(),
        source: map.source.in_language(code).to_owned(),
    });
    let view = SourcesView {
        publishers,
        missing: missing.collect(),
        maps: maps.collect(),
    };
    PageContent::of_author_page(page, false, &view)
}

/// Adds an indicator to the statistics it comes from, which are new if neither title nor processing is the same.
fn add(page: PageContext<'_>, indicator: &Indicator, items: &mut Vec<StatisticsTable>) {
    let code = page.code();
    let source = &indicator.source;
    let title = source.title.in_language(code);
    let processing = source.processing.in_language(code);
    let link = page.indicator_link(indicator);
    let is_same = |item: &&mut StatisticsTable| {
        item.title_of_statistics == title && item.processing.as_deref().unwrap_or_default() == processing
    };
    if let Some(item) = items.iter_mut().find(is_same) {
        item.indicators.push(link);
        return;
    }
    items.push(StatisticsTable {
        title: link.title.clone(),
        href: link.href.clone(),
        title_of_statistics: title.to_owned(),
        url: (!source.url.is_empty()).then(|| source.url.clone()),
        licence: source.licence.in_language(code).to_owned(),
        fetched: page.locale.format.date(&source.fetched),
        processing: (!processing.is_empty()).then(|| processing.to_owned()),
        indicators: vec![link],
    });
}
