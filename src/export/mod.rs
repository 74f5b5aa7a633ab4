//! Things → files for programs: series as CSV, the tables of charts, the list of addresses.
//!
//! Takes figures; gives text: numbers in full, with point or comma as the file's language has it, reasons where there
//! are none, and the source in every row, so that a file that wanders off still says where it came from.

mod sitemap;

pub use sitemap::sitemap;

use crate::model::{Indicator, Observation, Part, PlaceId, Value};
use crate::render::{Standpoint, Table};

/// Where an indicator's series lies in the site.
#[must_use]
pub fn route(indicator: &str) -> String {
    format!("assets/data/{indicator}.csv")
}

/// All observations of these indicators, one a row.
pub(crate) fn series(standpoint: Standpoint<'_>, indicators: &[&Indicator]) -> String {
    write(standpoint, indicators.iter().copied(), |_| true)
}

/// All observations of a place.
pub(crate) fn of_place(standpoint: Standpoint<'_>, place: PlaceId) -> String {
    write(standpoint, standpoint.site().indicators.iter(), |own| own == place)
}

const HEADER: [&str; 16] = [
    "indicator", "name", "place", "place_name", "period", "sex", "category", "value", "low", "high", "unit", "status", "note",
    "source", "licence", "fetched",
];

fn write<'a>(standpoint: Standpoint<'_>, indicators: impl Iterator<Item = &'a Indicator>, wanted: impl Fn(PlaceId) -> bool) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(HEADER);
    for indicator in indicators {
        for series in indicator.series.iter().filter(|series| wanted(series.place)) {
            for observation in &series.observations {
                let _ = writer.write_record(record(standpoint, indicator, series.place, series.part, observation));
            }
        }
    }
    text(writer)
}

fn record(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId, part: Part, observation: &Observation) -> [String; 16] {
    let code = standpoint.code();
    let category = part.category.and_then(|index| indicator.breakdown.as_ref()?.categories.get(usize::from(index)));
    let (value, reason) = match observation.value {
        Value::Known(number) => (number.to_string(), None),
        Value::Missing(reason) => (String::new(), Some(reason.name())),
    };
    let mut status: Vec<&str> = reason.into_iter().chain(observation.flags.names()).collect();
    if indicator.sample {
        status.push("sample");
    }
    let source = &indicator.source;
    let processing = source.processing.in_language(code);
    let said = if processing.is_empty() { String::new() } else { format!(" ({processing})") };
    [
        indicator.id.clone(),
        indicator.name.in_language(code).to_owned(),
        standpoint.site().places[place].code.clone(),
        standpoint.place_name(place).to_owned(),
        observation.period.to_string(),
        part.sex.letter().to_owned(),
        category.map_or(String::new(), |(_, name)| name.in_language(code).to_owned()),
        value,
        observation.bounds.map_or(String::new(), |(low, _)| low.to_string()),
        observation.bounds.map_or(String::new(), |(_, high)| high.to_string()),
        standpoint.voice().format.unit(&indicator.unit, code).to_owned(),
        status.join("|"),
        observation.note.clone(),
        format!("{}, {}{said}", source.publisher.in_language(code), source.title.in_language(code)),
        source.licence.in_language(code).to_owned(),
        source.fetched.clone(),
    ]
    .map(harmless)
}

/// A chart's table: title and subtitle, the table with full numbers and units, the source.
pub(crate) fn table(title: &str, subtitle: &str, table: &Table, source: &str) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in [title, subtitle].into_iter().filter(|line| !line.is_empty()) {
        let _ = writer.write_record([harmless(line.to_owned())]);
    }
    let head = table.columns.iter().map(|column| match &column.unit {
        Some(unit) => format!("{} ({unit})", column.title),
        None => column.title.clone(),
    });
    let _ = writer.write_record(head.map(harmless));
    for row in &table.rows {
        let cell = |cell: &crate::render::Cell| {
            let value = cell.sort.clone().unwrap_or_else(|| cell.missing.clone().unwrap_or_else(|| cell.text.clone()));
            match &cell.flag {
                Some(flag) => format!("{value} ({flag})"),
                None => value,
            }
        };
        let _ = writer.write_record(std::iter::once(row.header.title.clone()).chain(row.cells.iter().map(cell)).map(harmless));
    }
    let _ = writer.write_record([harmless(source.to_owned())]);
    text(writer)
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
fn harmless(text: String) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}") } else { text }
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
        assert_eq!(harmless("=1+1".into()), "'=1+1");
        assert_eq!(harmless("-3.5".into()), "-3.5");
        assert_eq!(harmless("Örebro".into()), "Örebro");
    }
}
