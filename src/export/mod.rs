//! Things → files for programs: series as CSV, the tables of charts, the list of addresses.
//!
//! Takes figures; gives text: numbers in full, with point or comma as the file's language has it, reasons where there
//! are none, and the source in every row, so that a file that wanders off still says where it came from.

mod sitemap;

pub use sitemap::sitemap;

use crate::model::{Indicator, Observation, PlaceId, Series, Value};
use crate::render::{Standpoint, Table};
use std::borrow::Cow;

/// Where an indicator's series lies in the site.
#[must_use]
pub fn route(indicator: &str) -> String {
    format!("assets/data/{indicator}.csv")
}

/// All observations of these indicators, one a row.
pub(crate) fn series(standpoint: Standpoint<'_>, indicators: &[&Indicator]) -> String {
    let mut rows = Rows::new(standpoint);
    for indicator in indicators {
        rows.write(indicator, indicator.series.iter());
    }
    text(rows.writer)
}

/// All observations of a place.
pub(crate) fn of_place(standpoint: Standpoint<'_>, place: PlaceId) -> String {
    let mut rows = Rows::new(standpoint);
    for indicator in &standpoint.site().indicators {
        rows.write(indicator, indicator.of_place(place).iter());
    }
    text(rows.writer)
}

const HEADER: [&str; 16] = [
    "indicator",
    "name",
    "place",
    "place_name",
    "period",
    "sex",
    "category",
    "value",
    "low",
    "high",
    "unit",
    "status",
    "note",
    "source",
    "licence",
    "fetched",
];

/// Rows of observations. Writing to memory cannot fail, so what writing says is not looked at.
struct Rows<'a> {
    standpoint: Standpoint<'a>,
    writer: csv::Writer<Vec<u8>>,
}

impl<'a> Rows<'a> {
    fn new(standpoint: Standpoint<'a>) -> Self {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let _ = writer.write_record(HEADER);
        Self { standpoint, writer }
    }

    fn write<'s>(&mut self, indicator: &Indicator, all: impl Iterator<Item = &'s Series>) {
        let standpoint = self.standpoint;
        let code = standpoint.code();
        let source = &indicator.source;
        let processing = source.processing.in_language(code);
        let said = if processing.is_empty() { String::new() } else { format!(" ({processing})") };
        let name = harmless(indicator.name.in_language(code));
        let unit = harmless(standpoint.voice().format.unit(&indicator.unit, code));
        let named = format!("{}, {}{said}", source.publisher.in_language(code), source.title.in_language(code));
        let named = harmless(&named);
        let licence = harmless(source.licence.in_language(code));
        for series in all {
            let place = &standpoint.site().places[series.place];
            let place_name = harmless(standpoint.place_name(series.place));
            let category =
                series.part.category.and_then(|index| indicator.breakdown.as_ref()?.categories.get(usize::from(index)));
            let category = harmless(category.map_or("", |(_, name)| name.in_language(code)));
            for observation in &series.observations {
                let number = |number: Option<f64>| number.map_or(String::new(), |number| number.to_string());
                let note = harmless(&observation.note);
                let record: [&str; 16] = [
                    &indicator.id,
                    &name,
                    &place.code,
                    &place_name,
                    &observation.period.to_string(),
                    series.part.sex.letter(),
                    &category,
                    &number(observation.value.known()),
                    &number(observation.bounds.map(|(low, _)| low)),
                    &number(observation.bounds.map(|(_, high)| high)),
                    &unit,
                    &status(indicator, observation),
                    &note,
                    &named,
                    &licence,
                    &source.fetched,
                ];
                let _ = self.writer.write_record(record);
            }
        }
    }
}

/// The reason why there is no number, the flags of one that there is, and the mark of constructed figures.
fn status(indicator: &Indicator, observation: &Observation) -> String {
    let reason = match observation.value {
        Value::Known(_) => None,
        Value::Missing(reason) => Some(reason.name()),
    };
    let sample = indicator.sample.then_some("sample");
    let all: Vec<&str> = reason.into_iter().chain(observation.flags.names()).chain(sample).collect();
    all.join("|")
}

/// A chart's table: title and subtitle, the table with full numbers and units, the source.
pub(crate) fn table(title: &str, subtitle: &str, table: &Table, source: &str) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in [title, subtitle].into_iter().filter(|line| !line.is_empty()) {
        let _ = writer.write_record([&*harmless(line)]);
    }
    let head = table.columns.iter().map(|column| match &column.unit {
        Some(unit) => format!("{} ({unit})", column.title),
        None => column.title.clone(),
    });
    let _ = writer.write_record(head.map(|head| harmless(&head).into_owned()));
    for row in &table.rows {
        let cell = |cell: &crate::render::Cell| {
            let value = cell.sort.clone().unwrap_or_else(|| cell.missing.clone().unwrap_or_else(|| cell.text.clone()));
            match &cell.flag {
                Some(flag) => format!("{value} ({flag})"),
                None => value,
            }
        };
        let fields = std::iter::once(row.header.title.clone()).chain(row.cells.iter().map(cell));
        let _ = writer.write_record(fields.map(|field| harmless(&field).into_owned()));
    }
    let _ = writer.write_record([&*harmless(source)]);
    text(writer)
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
fn harmless(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What was written, with a mark by which spreadsheets know it for UTF-8.
fn text(writer: csv::Writer<Vec<u8>>) -> String {
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_text_and_numbers_stay_numbers() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-3.5"), "-3.5");
        assert_eq!(harmless("Örebro"), "Örebro");
    }
}
