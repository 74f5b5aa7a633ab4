//! The table of municipalities on the page of an index, from the index that holds their scores.

use crate::measure;
use crate::model::{Index, Indicator, Part, PlaceId};
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::table;
use crate::page::value::value;
use crate::page::view::{Cell, RowHeader, Table, TableRow};

/// Scores of the municipalities, from the first other index that has any; best first, and the country last.
pub(super) fn table(page: PageContext<'_>, own_index: &Index) -> Option<Table> {
    let code = page.code();
    let municipalities = page.municipalities();
    let has_scores = |index: &&Index| {
        let has_score = |(_, indicator): &(String, &Indicator)| {
            municipalities.iter().any(|place| indicator.total(*place).is_some())
        };
        index.id != own_index.id && scores(page, index).iter().any(has_score)
    };
    let index = page.site.indices.iter().find(has_scores)?;
    let scores = scores(page, index);
    let (_, first) = scores.first()?;
    let first_score = |place: &PlaceId| {
        let latest = measure::latest(first, *place, Part::TOTAL, None);
        latest.and_then(|latest| latest.value.known()).unwrap_or(f64::MIN)
    };
    let mut places = municipalities;
    places.sort_by(|a, b| first_score(b).total_cmp(&first_score(a)));
    places.extend(page.country().filter(|country| first.total(*country).is_some()));
    let columns = scores.iter().map(|(name, _)| table::numbers(name.clone(), None));
    let rows = places.iter().map(|place| TableRow {
        home: false,
        country: page.country() == Some(*place),
        header: RowHeader {
            title: page.place_name(*place).to_owned(),
            href: page.href(&Reference::Place(*place)),
        },
        cells: scores
            .iter()
            .map(|(_, indicator)| cell(page, indicator, *place))
            .collect(),
    });
    Some(Table {
        id: page.files.id("kommuner-tabell"),
        caption: index.name.in_language(code).to_owned(),
        columns: std::iter::once(table::texts(page.word("sentence.column.place")))
            .chain(columns)
            .collect(),
        rows: rows.collect(),
        notes: vec![index.scale.in_language(code).to_owned()],
    })
}

/// Tops of an index that are indicators of the site, by name.
fn scores<'a>(page: PageContext<'a>, index: &Index) -> Vec<(String, &'a Indicator)> {
    let tops = index.tree.iter();
    tops.filter_map(|score| {
        let indicator = page.site.indicator(score.indicator.as_ref()?)?;
        Some((score.name.in_language(page.code()).to_owned(), indicator))
    })
    .collect()
}

/// The newest score of a place, without its period.
fn cell(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Cell {
    let newest = value(page, indicator, measure::newest(indicator, place, Part::TOTAL), false);
    let latest = measure::latest(indicator, place, Part::TOTAL, None);
    Cell {
        text: newest.text,
        sort: latest
            .and_then(|latest| latest.value.known())
            .map(|number| number.to_string()),
        missing: newest.missing,
        flag: newest.flag,
        note: newest.note,
        home: false,
    }
}
