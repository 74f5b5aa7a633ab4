//! All series to download, and where they come from.

use crate::download::csv_file;
use crate::model::{Indicator, Level, Part};
use crate::page::context::PageContext;
use crate::page::view::Link;
use crate::render::figure::period_span;
use minijinja::{Value, context};
use serde::Serialize;

#[derive(Serialize)]
struct DataRow {
    title: String,
    href: String,
    unit: String,
    periods: String,
    places: String,
    source: String,
    licence: String,
    status: Option<String>,
    downloads: Vec<Link>,
}

/// Every indicator with what its file holds.
pub(crate) fn data(page: PageContext<'_>) -> (Value, bool) {
    let site = page.site;
    let rows: Vec<DataRow> = site
        .in_order()
        .into_iter()
        .map(|indicator| row(page, indicator))
        .collect();
    let all: Vec<&Indicator> = site
        .indicators
        .iter()
        .filter(|indicator| !indicator.series.is_empty())
        .collect();
    let link = page.offer(
        page.word("sentence.all_csv"),
        "assets/data/alla-serier.csv",
        csv_file::series(page.site, page.locale, &all),
    );
    let view = context! {
        rows => crate::theme::shown(&rows),
        all => crate::theme::shown(vec![link]),
        licence => (),
    };
    (view, false)
}

fn row(page: PageContext<'_>, indicator: &Indicator) -> DataRow {
    let code = page.code();
    let voice = page.locale;
    let link = page.indicator_link(indicator);
    let absence = indicator.absence.as_ref();
    let status = absence.map(|it| voice.words.text(&format!("reason.{}", it.reason.name())).to_owned());
    let file = csv_file::series_link(page, "CSV", indicator);
    let unit = voice.format.unit(&indicator.unit, code);
    DataRow {
        title: link.title,
        href: link.href,
        unit: if unit == "%" {
            page.word("unit.percent_long").to_owned()
        } else {
            unit.to_owned()
        },
        periods: period_span(page, &indicator.periods()),
        places: places(page, indicator),
        source: indicator.source.publisher.in_language(code).to_owned(),
        licence: indicator.source.licence.in_language(code).to_owned(),
        status,
        downloads: file.into_iter().collect(),
    }
}

/// "riket, 21 län, 12 kommuner": those with a number.
fn places(page: PageContext<'_>, indicator: &Indicator) -> String {
    let count = |level: Level| {
        let of_level = indicator
            .series
            .iter()
            .filter(|series| series.part == Part::TOTAL && page.site.places[series.place].level == level);
        of_level.filter(|series| series.latest().is_some()).count()
    };
    let said = [Level::Country, Level::County, Level::Municipality]
        .into_iter()
        .filter_map(|level| match (level, count(level)) {
            (_, 0) => None,
            (Level::Country, _) => page
                .country()
                .map(|country| page.site.places[country].in_text.in_language(page.code()).to_owned()),
            (level, 1) => Some(format!("1\u{a0}{}", page.word(&format!("level.{}", level.name())))),
            (level, n) => Some(format!(
                "{n}\u{a0}{}",
                page.word(&format!("level_plural.{}", level.name()))
            )),
        });
    said.collect::<Vec<_>>().join(", ")
}

#[derive(Serialize)]
struct Publisher {
    name: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    title: String,
    href: String,
    title_of_statistics: String,
    url: Option<String>,
    licence: String,
    fetched: String,
    processing: Option<String>,
    indicators: Vec<Link>,
}

#[derive(Serialize)]
struct MapSource {
    title: String,
    source: String,
}

/// Sources by publisher, each statistics once with the indicators it is used for.
pub(crate) fn sources(page: PageContext<'_>) -> (Value, bool) {
    let site = page.site;
    let code = page.code();
    let mut publishers: Vec<Publisher> = Vec::new();
    for indicator in site.indicators.iter().filter(|indicator| indicator.absence.is_none()) {
        let name = indicator.source.publisher.in_language(code);
        let index = publishers.iter().position(|own| own.name == name).unwrap_or_else(|| {
            publishers.push(Publisher {
                name: name.to_owned(),
                items: Vec::new(),
            });
            publishers.len() - 1
        });
        add(page, indicator, &mut publishers[index].items);
    }
    publishers.sort_by(|a, b| a.name.cmp(&b.name));
    let missing: Vec<Link> = site
        .indicators
        .iter()
        .filter_map(|indicator| {
            let absence = indicator.absence.as_ref()?;
            let reason = page.word(&format!("reason.{}", absence.reason.name())).to_owned();
            Some(Link {
                note: Some(reason),
                ..page.indicator_link(indicator)
            })
        })
        .collect();
    let maps = site.places.boundaries.iter().map(|map| MapSource {
        title: page.word(&format!("level_plural.{}", map.level.name())).to_owned(),
        source: map.source.in_language(code).to_owned(),
    });
    let view = context! {
        publishers => crate::theme::shown(&publishers),
        missing => crate::theme::shown(missing),
        maps => crate::theme::shown(maps.collect::<Vec<_>>()),
    };
    (view, false)
}

fn add(page: PageContext<'_>, indicator: &Indicator, items: &mut Vec<Item>) {
    let code = page.code();
    let source = &indicator.source;
    let title = source.title.in_language(code);
    let processing = source.processing.in_language(code);
    let link = page.indicator_link(indicator);
    let same = |item: &&mut Item| {
        item.title_of_statistics == title && item.processing.as_deref().unwrap_or_default() == processing
    };
    if let Some(item) = items.iter_mut().find(same) {
        item.indicators.push(link);
        return;
    }
    items.push(Item {
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
