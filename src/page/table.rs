//! Tables of data: columns, rows and cells, as they stand below charts and on pages.

use crate::measure;
use crate::model::{Indicator, Part, Period, PlaceId, Unit, Value};
use crate::page::context::PageContext;
use crate::page::value::{flag, reason_word, why_missing};
use crate::page::view::{Cell, Column, RowHeader, Table, TableRow};

/// A column of numbers.
pub(crate) fn numbers(title: impl Into<String>, unit: Option<String>) -> Column {
    Column {
        title: title.into(),
        numeric: true,
        unit,
    }
}

/// A column of text; the first of every table.
pub(crate) fn texts(title: impl Into<String>) -> Column {
    Column {
        title: title.into(),
        numeric: false,
        unit: None,
    }
}

/// A table; remarks about its cells stand below it, each once.
pub(crate) fn table(caption: String, columns: Vec<Column>, rows: Vec<TableRow>) -> Table {
    let mut notes: Vec<String> = Vec::new();
    for note in rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| cell.note.as_ref())
    {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    Table {
        id: String::new(),
        caption,
        columns,
        rows,
        notes,
    }
}

/// A row about neither the report's own place nor the country, without a link.
pub(crate) fn row(title: impl Into<String>, cells: Vec<Cell>) -> TableRow {
    TableRow {
        home: false,
        country: false,
        header: RowHeader {
            title: title.into(),
            href: None,
        },
        cells,
    }
}

/// A number as a cell; without one, a dash and the words that say there is none.
pub(crate) fn number(page: PageContext<'_>, value: Option<f64>, unit: &Unit) -> Cell {
    match value {
        Some(number) => Cell {
            text: page.locale.format.plain(number, unit),
            sort: Some(measure::without_float_noise(number).to_string()),
            ..Cell::default()
        },
        None => missing_cell(page.word("sentence.no_value")),
    }
}

/// A dash with the reason why there is no number.
fn missing_cell(reason: &str) -> Cell {
    Cell {
        text: "–".to_owned(),
        missing: Some(reason.to_owned()),
        ..Cell::default()
    }
}

/// A difference as a cell: signed, computed so that it agrees with the rounded numbers beside it.
pub(crate) fn difference(page: PageContext<'_>, ends: Option<[f64; 2]>, unit: &Unit) -> Cell {
    let difference = ends.map(|[a, b]| measure::difference(a, b, unit.decimals));
    let cell = number(page, difference, unit);
    match difference {
        Some(difference) => Cell {
            text: page.locale.format.signed(difference, unit.decimals),
            ..cell
        },
        None => cell,
    }
}

/// An observation as a cell, with its flags and its note, or the reason why there is none.
pub(crate) fn observation(
    page: PageContext<'_>,
    indicator: &Indicator,
    place: PlaceId,
    part: Part,
    period: Period,
) -> Cell {
    let Some(observation) = indicator.at(place, part, period) else {
        return missing_cell(why_missing(page, indicator));
    };
    let cell = match observation.value {
        Value::Known(value) => number(page, Some(value), &indicator.unit),
        Value::Missing(reason) => missing_cell(reason_word(page, reason)),
    };
    let note = (!observation.note.is_empty()).then(|| {
        let period = page.locale.format.period(period);
        page.fill(
            "sentence.note_at",
            &[
                ("place", page.place_name(place)),
                ("period", &period),
                ("note", &observation.note),
            ],
        )
    });
    Cell {
        flag: flag(page, observation.flags),
        note,
        ..cell
    }
}

/// The unit of a column; nothing for bare numbers.
pub(crate) fn unit(page: PageContext<'_>, unit: &Unit) -> Option<String> {
    let word = page.locale.format.short_unit(unit, page.code());
    (!word.is_empty()).then(|| word.to_owned())
}

/// The unit of a column of differences.
pub(crate) fn difference_unit(page: PageContext<'_>, unit: &Unit) -> Option<String> {
    let word = page.locale.format.short_difference_unit(unit, page.code());
    (!word.is_empty()).then(|| word.to_owned())
}

/// The series of an author's own option, as far as they are lists of numbers.
pub(crate) fn from_option(page: PageContext<'_>, option: &serde_json::Value, caption: &str) -> Table {
    let one_or_many = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let names: Vec<String> = ["xAxis", "yAxis"]
        .iter()
        .filter_map(|axis| option.get(axis))
        .flat_map(one_or_many)
        .find_map(|axis| Some(axis.get("data")?.as_array()?.iter().map(text).collect()))
        .unwrap_or_default();
    let series: Vec<serde_json::Value> = option.get("series").map(one_or_many).unwrap_or_default();
    let mut columns = vec![texts(page.word("sentence.column.part"))];
    columns.extend(series.iter().map(|series| {
        numbers(
            series
                .get("name")
                .map_or_else(|| page.word("sentence.column.value").to_owned(), text),
            None,
        )
    }));
    let item = |series: &serde_json::Value, index: usize| {
        let value = series.get("data")?.as_array()?.get(index)?;
        let number = value.as_f64().or_else(|| value.get("value")?.as_f64());
        Some(number.map_or_else(
            || text(value),
            |number| page.locale.format.number(number, decimals(number)),
        ))
    };
    let longest = series
        .iter()
        .filter_map(|series| Some(series.get("data")?.as_array()?.len()))
        .max()
        .unwrap_or(0);
    let name = |index: usize| {
        let item_name =
            |series: &serde_json::Value| Some(text(series.get("data")?.as_array()?.get(index)?.get("name")?));
        names
            .get(index)
            .cloned()
            .or_else(|| series.first().and_then(item_name))
            .unwrap_or_else(|| (index + 1).to_string())
    };
    let rows = (0..longest).map(|index| {
        let cells = series.iter().map(|series| Cell {
            text: item(series, index).unwrap_or_else(|| "–".to_owned()),
            ..Cell::default()
        });
        row(name(index), cells.collect())
    });
    table(caption.to_owned(), columns, rows.collect())
}

/// Decimals a number is written with, three at most.
fn decimals(number: f64) -> u8 {
    (0..3)
        .find(|decimals| (number * 10f64.powi(i32::from(*decimals))).fract().abs() < 1e-9)
        .unwrap_or(3)
}
