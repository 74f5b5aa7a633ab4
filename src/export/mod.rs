//! Things → files for programs: series as CSV, the tables of charts, the list of addresses.
//!
//! Takes figures; gives text: numbers in full, with point or comma as the file's language has it, reasons where there
//! are none, and the source in every row, so that a file that wanders off still says where it came from.

mod answers;
mod calendar;
mod feed;
mod sitemap;

pub(crate) use answers::answers;
pub(crate) use calendar::{calendar, deadline};
pub(crate) use feed::{Entry, Feed, feed, lasting};
pub use sitemap::sitemap;

use crate::model::{Flags, Indicator, Observation, Period, PlaceId, Series, Value};
use crate::render::{Standpoint, Table};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Where an indicator's series lies in the site.
#[must_use]
pub fn route(indicator: &str) -> String {
    format!("assets/data/{indicator}.csv")
}

/// All observations of these indicators, one a row.
pub(crate) fn series(standpoint: Standpoint<'_>, indicators: &[&Indicator]) -> String {
    let mut rows = Rows::new(standpoint);
    for indicator in indicators {
        rows.write(indicator, &Common::of(standpoint, indicator), indicator.series.iter());
    }
    rows.text
}

/// All observations of a place.
pub(crate) fn of_place(standpoint: Standpoint<'_>, place: PlaceId) -> String {
    let indicators = standpoint.site().indicators();
    let commons = standpoint.report.commons[standpoint.language].get_or_init(|| {
        indicators
            .iter()
            .map(|indicator| Common::of(standpoint, indicator))
            .collect()
    });
    let mut rows = Rows::new(standpoint);
    for (indicator, common) in indicators.iter().zip(commons) {
        rows.write(indicator, common, indicator.of_place(place).iter());
    }
    rows.text
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

/// What all rows of an indicator have in common, as CSV. A site has hundreds of thousands of rows.
#[derive(Debug)]
pub(crate) struct Common {
    /// Id and name, up to the place.
    first: String,
    unit: String,
    /// Source, licence, day.
    last: String,
    /// All after the numbers, in most rows: unit and source of a number of which there is nothing to remark.
    plain: String,
}

impl Common {
    fn of(standpoint: Standpoint<'_>, indicator: &Indicator) -> Self {
        let code = standpoint.code();
        let source = &indicator.source;
        let processing = source.processing.in_language(code);
        let said = if processing.is_empty() {
            String::new()
        } else {
            format!(" ({processing})")
        };
        let named = format!(
            "{}, {}{said}",
            source.publisher.in_language(code),
            source.title.in_language(code)
        );
        let unit = field(standpoint.voice().format.unit(&indicator.unit, code));
        let last = [
            field(&named),
            field(source.licence.in_language(code)),
            quoted(&source.fetched),
        ]
        .join(",");
        let sample = if indicator.sample { SAMPLE } else { "" };
        Self {
            first: format!("{},{},", quoted(&indicator.id), field(indicator.name.in_language(code))),
            plain: format!("{unit},{sample},,{last}\n"),
            unit,
            last,
        }
    }
}

/// Rows of observations.
struct Rows<'a> {
    standpoint: Standpoint<'a>,
    text: String,
}

impl<'a> Rows<'a> {
    fn new(standpoint: Standpoint<'a>) -> Self {
        Self {
            standpoint,
            text: format!("{MARK}{}\n", HEADER.join(",")),
        }
    }

    fn write<'s>(&mut self, indicator: &Indicator, common: &Common, all: impl Iterator<Item = &'s Series>) {
        let standpoint = self.standpoint;
        let text = &mut self.text;
        for series in all {
            let place = &standpoint.site().places()[series.place];
            let first = [
                &common.first,
                &*quoted(&place.code),
                ",",
                &*field(standpoint.place_name(series.place)),
                ",",
            ];
            let first = first.concat();
            let category = series
                .part
                .category
                .and_then(|index| indicator.breakdown.as_ref()?.categories.get(usize::from(index)));
            let category = category.map_or("", |(_, name)| name.in_language(standpoint.code()));
            let part = format!(",{},{},", series.part.sex.letter(), field(category));
            for observation in &series.observations {
                let Observation {
                    period,
                    value,
                    bounds,
                    note,
                    ..
                } = observation;
                let (low, high) = bounds.unzip();
                text.push_str(&first);
                write_period(text, *period);
                text.push_str(&part);
                for number in [value.known(), low, high] {
                    if let Some(number) = number {
                        write_number(text, number);
                    }
                    text.push(',');
                }
                if value.known().is_some() && observation.flags == Flags::default() && note.is_empty() {
                    text.push_str(&common.plain);
                    continue;
                }
                for part in [&common.unit, &status(indicator, observation), &field(note)] {
                    text.push_str(part);
                    text.push(',');
                }
                text.push_str(&common.last);
                text.push('\n');
            }
        }
    }
}

/// A period as data files write it.
fn write_period(text: &mut String, period: Period) {
    match period {
        Period::Year(year) if year > 0 => write_whole(text, u64::from(year.unsigned_abs())),
        // Writing to memory cannot fail.
        _ => drop(write!(text, "{period}")),
    }
}

/// A whole number, some times as quickly as formatting does.
fn write_whole(text: &mut String, number: u64) {
    if number > 9 {
        write_whole(text, number / 10);
    }
    text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or_default()));
}

/// A number in full.
#[expect(clippy::float_cmp, reason = "only the very same number may be written the short way")]
fn write_number(text: &mut String, number: f64) {
    // Figures with at most one decimal are most of them. As no two decimals of up to fifteen digits are the same number,
    // what gives the number again is its shortest decimal.
    let tenths = number * 10.0;
    let is_short = tenths.fract() == 0.0 && (1.0..1e15).contains(&tenths) && tenths / 10.0 == number;
    if is_short {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, and within the bounds"
        )]
        let tenths = tenths as u64;
        write_whole(text, tenths / 10);
        if !tenths.is_multiple_of(10) {
            text.push('.');
            write_whole(text, tenths % 10);
        }
    } else {
        // Writing to memory cannot fail.
        let _ = write!(text, "{number}");
    }
}

/// Text as a field of a CSV file that a spreadsheet does not take for a formula.
fn field(text: &str) -> String {
    quoted(&harmless(text))
}

/// Text as it stands between two commas: in quotation marks where it has a comma, a mark or a line's end in it.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The reason why there is no number, the flags of one that there is, and the mark of constructed figures.
fn status(indicator: &Indicator, observation: &Observation) -> String {
    let reason = match observation.value {
        Value::Known(_) => None,
        Value::Missing(reason) => Some(reason.name()),
    };
    let sample = indicator.sample.then_some(SAMPLE);
    let all: Vec<&str> = reason
        .into_iter()
        .chain(observation.flags.names())
        .chain(sample)
        .collect();
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
            let value = cell
                .sort
                .clone()
                .unwrap_or_else(|| cell.missing.clone().unwrap_or_else(|| cell.text.clone()));
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
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The mark of constructed figures.
const SAMPLE: &str = "sample";

/// A mark by which spreadsheets know a file for UTF-8.
const MARK: char = '\u{feff}';

/// What was written, with the mark.
fn text(writer: csv::Writer<Vec<u8>>) -> String {
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{MARK}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::{field, harmless, write_number};

    #[test]
    fn formulas_are_text_and_numbers_stay_numbers() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-3.5"), "-3.5");
        assert_eq!(harmless("Örebro"), "Örebro");
    }

    #[test]
    fn numbers_are_written_as_their_shortest_decimal() {
        for number in [
            0.0,
            0.1,
            0.3,
            7.0,
            78.1,
            -78.1,
            0.05,
            1e14,
            1e15,
            123_456_789_012_345.7,
            1e300,
            33.870_967_741_935,
        ] {
            let mut text = String::new();
            write_number(&mut text, number);
            assert_eq!(text, number.to_string());
            assert_eq!(text.parse(), Ok(number));
        }
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let texts = ["Örebro", "a, b", "\"a\"", ""];
        assert_eq!(texts.map(field), ["Örebro", "\"a, b\"", "\"\"\"a\"\"\"", ""]);
    }
}
