//! Series and the tables of charts as CSV.
//!
//! Numbers stand in full, with a point, and reasons where there are none; the source is in every row.

use crate::model::{Flags, Indicator, Observation, PlaceId, Series, Site, Value};
use crate::page::context::{PageContext, size};
use crate::page::locale::Locale;
use crate::page::output::Output;
use crate::page::report::Report;
use crate::page::view::{Link, Table};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Address of the file of an indicator's series.
pub(crate) fn route(indicator: &str) -> String {
    format!("assets/data/{indicator}.csv")
}

/// A link from a page to the file of an indicator's series, which is made now unless another page has it; nothing without series.
pub(crate) fn series_link(page: PageContext<'_>, title: &str, indicator: &Indicator) -> Option<Link> {
    let key = (page.locale.number, indicator.id.clone());
    let file = page.report.series.get(&key).filter(|_| !indicator.series.is_empty())?;
    let bytes = file.get_or_init(|| series(page.site, page.locale, &[indicator]).into_bytes().into());
    Some(Link {
        title: title.to_owned(),
        href: page.href_to(&page.locale.file_route(&route(&indicator.id))),
        note: Some(size(page.locale, bytes.len())),
    })
}

/// The files of series that pages offer.
pub(crate) fn series_files(report: &Report<'_>) -> impl Iterator<Item = Output> {
    report.series.iter().filter_map(|((language, id), file)| {
        Some(Output {
            route: report.locales[*language].file_route(&route(id)),
            bytes: file.get()?.clone(),
        })
    })
}

/// All observations of these indicators, one a row.
pub(crate) fn series(site: &Site, locale: &Locale<'_>, indicators: &[&Indicator]) -> String {
    let mut writer = SeriesWriter::new(site, locale);
    for indicator in indicators {
        writer.write(indicator, indicator.series.iter());
    }
    writer.text
}

/// All observations of a place, one a row.
pub(crate) fn place_series(site: &Site, locale: &Locale<'_>, place: PlaceId) -> String {
    let mut writer = SeriesWriter::new(site, locale);
    for indicator in &site.indicators {
        writer.write(indicator, indicator.of_place(place).iter());
    }
    writer.text
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

/// The fields that all rows of an indicator share, as CSV. A site has hundreds of thousands of rows, so they are written once.
#[derive(Debug)]
struct IndicatorFields {
    /// Id and name, with the comma behind them.
    id_and_name: String,
    unit: String,
    /// Source, licence and day of retrieval.
    source: String,
    /// All fields after the numbers, for a number without flags and note, as most are.
    plain_end: String,
}

impl IndicatorFields {
    fn new(locale: &Locale<'_>, indicator: &Indicator) -> Self {
        let code = locale.code;
        let source = &indicator.source;
        let processing = source.processing.in_language(code);
        let in_parentheses = if processing.is_empty() {
            String::new()
        } else {
            format!(" ({processing})")
        };
        let source_name = format!(
            "{}, {}{in_parentheses}",
            source.publisher.in_language(code),
            source.title.in_language(code)
        );
        let unit = field(locale.format.unit(&indicator.unit, code));
        let source = [
            field(&source_name),
            field(source.licence.in_language(code)),
            quote(&source.fetched),
        ]
        .join(",");
        let sample = if indicator.sample { SAMPLE } else { "" };
        Self {
            id_and_name: format!("{},{},", quote(&indicator.id), field(indicator.name.in_language(code))),
            plain_end: format!("{unit},{sample},,{source}\n"),
            unit,
            source,
        }
    }
}

/// Writes observations as rows.
struct SeriesWriter<'a> {
    site: &'a Site,
    locale: &'a Locale<'a>,
    text: String,
}

impl<'a> SeriesWriter<'a> {
    fn new(site: &'a Site, locale: &'a Locale<'a>) -> Self {
        Self {
            site,
            locale,
            text: format!("{BYTE_ORDER_MARK}{}\n", HEADER.join(",")),
        }
    }

    fn write<'s>(&mut self, indicator: &Indicator, all: impl Iterator<Item = &'s Series>) {
        let (code, fields) = (self.locale.code, IndicatorFields::new(self.locale, indicator));
        let text = &mut self.text;
        for series in all {
            let place = &self.site.places[series.place];
            let before_period = [
                &fields.id_and_name,
                &*quote(&place.code),
                ",",
                &*field(place.name.in_language(code)),
                ",",
            ]
            .concat();
            let category = series
                .part
                .category
                .and_then(|index| indicator.breakdown.as_ref()?.categories.get(usize::from(index)))
                .map_or("", |(_, name)| name.in_language(code));
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
                text.push_str(&before_period);
                // Writing to memory cannot fail.
                let _ = write!(text, "{period}");
                text.push_str(&part);
                for number in [value.known(), low, high] {
                    if let Some(number) = number {
                        let _ = write!(text, "{number}");
                    }
                    text.push(',');
                }
                if value.known().is_some() && observation.flags == Flags::default() && note.is_empty() {
                    text.push_str(&fields.plain_end);
                    continue;
                }
                for part in [&fields.unit, &status(indicator, observation), &field(note)] {
                    text.push_str(part);
                    text.push(',');
                }
                text.push_str(&fields.source);
                text.push('\n');
            }
        }
    }
}

/// Text as a field of a CSV file that a spreadsheet does not take for a formula.
fn field(text: &str) -> String {
    quote(&harmless(text))
}

/// Text between two commas: in quotation marks where it has a comma, a quotation mark or the end of a line in it.
fn quote(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The status column: the reason for a missing number, flags of a number, and the mark of constructed figures.
fn status(indicator: &Indicator, observation: &Observation) -> String {
    let reason = match observation.value {
        Value::Known(_) => None,
        Value::Missing(reason) => Some(reason.name()),
    };
    let sample = indicator.sample.then_some(SAMPLE);
    let words = reason.into_iter().chain(observation.flags.names()).chain(sample);
    words.collect::<Vec<&str>>().join("|")
}

/// The table of a chart as a file for programs: headings first, a row each, numbers in full. What is told of a number (a flag,
/// or why there is none) stands in a column of its own behind it; title and source are in every row.
pub(crate) fn table(title: &str, subtitle: &str, table: &Table, source: &str) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cells = |column: usize| table.rows.iter().filter_map(move |row| row.cells.get(column));
    let with_status: Vec<bool> = (1..table.columns.len())
        .map(|column| cells(column - 1).any(|cell| cell.flag.is_some() || cell.missing.is_some()))
        .collect();
    let mut head = Vec::new();
    for (column, has_status) in table.columns.iter().zip(std::iter::once(&false).chain(&with_status)) {
        head.push(match &column.unit {
            Some(unit) => format!("{} ({unit})", column.title),
            None => column.title.clone(),
        });
        if *has_status {
            head.push(format!("{} status", column.title));
        }
    }
    let subject = [title, subtitle]
        .map(str::trim)
        .into_iter()
        .filter(|text| !text.is_empty());
    let subject = subject.collect::<Vec<&str>>().join(" | ");
    let mut record = |fields: Vec<String>| {
        let _ = writer.write_record(fields.iter().map(|field| harmless(field).into_owned()));
    };
    head.extend(["table".to_owned(), "source".to_owned()]);
    record(head);
    for row in &table.rows {
        let mut fields = vec![row.header.title.clone()];
        for (at, has_status) in with_status.iter().enumerate() {
            let cell = row.cells.get(at).cloned().unwrap_or_default();
            let status = cell
                .missing
                .into_iter()
                .chain(cell.flag)
                .collect::<Vec<String>>()
                .join(", ");
            fields.push(match cell.sort {
                Some(number) => number,
                // A sign such as two points stands for what the status says in words.
                None if *has_status && !status.is_empty() => String::new(),
                None => cell.text,
            });
            if *has_status {
                fields.push(status);
            }
        }
        fields.extend([subject.clone(), source.to_owned()]);
        record(fields);
    }
    text(writer)
}

/// Text that no spreadsheet takes for a formula: one that looks like a formula gets an apostrophe before it; numbers stay numbers.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The mark of constructed figures.
pub(super) const SAMPLE: &str = "sample";

/// The byte order mark, by which spreadsheets recognise UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a writer, with the byte order mark.
pub(super) fn text(writer: csv::Writer<Vec<u8>>) -> String {
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::{field, harmless};

    #[test]
    fn formulas_are_text_and_numbers_stay_numbers() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-3.5"), "-3.5");
        assert_eq!(harmless("Örebro"), "Örebro");
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let texts = ["Örebro", "a, b", "\"a\"", ""];
        assert_eq!(texts.map(field), ["Örebro", "\"a, b\"", "\"\"\"a\"\"\"", ""]);
    }
}
