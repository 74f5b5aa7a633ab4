//! An indicator's table → series. One row is one observation.
//!
//! Takes a file and the indicator it belongs to; gives its series. Every fault is reported at the very field, and the other
//! rows are read on.

use super::columns::ObservationColumns;
use super::quotes::quote_faults;
use super::rows::{byte_of, decode, field_origin, row_origin};
use crate::finding::{Code, Finding, Log};
use crate::model::{Flags, Indicator, Observation, Part, Period, PlaceId, Places, Reason, Series, Sex, Value};
use crate::read::expressions::has_braces;
use crate::read::number::{self, Decimal};
use crate::read::series::{WrittenObservation, gather};
use crate::read::values::period_fault;
use crate::source::{FilePath, Origin, SourceFile};
use csv::StringRecord;
use std::collections::BTreeMap;

/// The series in this file.
pub(in crate::read) fn read(file: &SourceFile, indicator: &Indicator, places: &Places, log: &Log) -> Vec<Series> {
    let text = decode(&file.bytes);
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let quotes = quote_faults(&text, delimiter);
    if !quotes.is_empty() {
        // Rows in a wrong cell would be findings of their own, about what nobody wrote.
        log.append(quotes.iter().map(|fault| fault.finding(&file.path, &text)).collect());
        return Vec::new();
    }
    let table_log = Log::default();
    let series = ObservationTable {
        path: &file.path,
        text: &text,
        delimiter,
        indicator,
        places,
        log: &table_log,
    }
    .read();
    log.append(fold(table_log.into_inner()));
    series
}

/// A fault that many rows share is one fault: the first is kept, with the number of others as `more`.
fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<(Finding, usize)> = Vec::new();
    let mut first_of = BTreeMap::new();
    for finding in findings {
        // Of these codes every value is another, and yet the fault is one.
        let value = match finding.code {
            Code::NumberComma
            | Code::PeriodKind
            | Code::DuplicateObservation
            | Code::TableRagged
            | Code::TableReason
            | Code::TableBoth => None,
            _ => finding
                .argument("value")
                .or(finding.argument("column"))
                .map(ToOwned::to_owned),
        };
        let first = *first_of.entry((finding.code, value)).or_insert(kept.len());
        match kept.get_mut(first) {
            Some((_, more)) => *more += 1,
            None => kept.push((finding, 0)),
        }
    }
    let with_more = |(finding, more): (Finding, usize)| if more == 0 { finding } else { finding.with("more", more) };
    kept.into_iter().map(with_more).collect()
}

struct ObservationTable<'a> {
    path: &'a FilePath,
    text: &'a str,
    delimiter: u8,
    indicator: &'a Indicator,
    places: &'a Places,
    log: &'a Log,
}

impl ObservationTable<'_> {
    fn read(&self) -> Vec<Series> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_reader(self.text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(_) => return Vec::new(),
        };
        let category = self.indicator.breakdown.as_ref();
        let category = category.map(|breakdown| breakdown.column.as_str());
        let heading = |index| self.field(0, index);
        let Some(columns) = ObservationColumns::read(&header, category, heading, self.row(0), self.log) else {
            return Vec::new();
        };
        let mut observations = Vec::new();
        let mut record = StringRecord::new();
        // Tables are mostly in order of place: the last one is at hand without a search.
        let mut last_place: Option<(String, PlaceId)> = None;
        while let Ok(true) = reader.read_record(&mut record) {
            let row = ObservationRow {
                table: self,
                columns: &columns,
                record: &record,
                at: byte_of(&record),
            };
            if !row.is_whole() {
                continue;
            }
            let place = match &last_place {
                Some((code, place)) if *code == record[columns.place] => Some(*place),
                _ => row.place(),
            };
            let Some(place) = place else { continue };
            if last_place.as_ref().is_none_or(|(_, last)| *last != place) {
                last_place = Some((record[columns.place].to_owned(), place));
            }
            if let Some((part, observation)) = row.observation() {
                observations.push(WrittenObservation {
                    place,
                    part,
                    observation,
                    at: row.at,
                });
            }
        }
        gather(observations, |at| self.row(at), self.log)
    }

    /// The place of the row that the reader came to at this byte.
    fn row(&self, at: usize) -> Origin {
        row_origin(self.path, self.text, at)
    }

    /// The place of a field of that row.
    fn field(&self, at: usize, column: usize) -> Origin {
        field_origin(self.path, self.text, at, column, self.delimiter)
    }
}

/// A row; what cannot be read of it is reported and `None`.
struct ObservationRow<'a> {
    table: &'a ObservationTable<'a>,
    columns: &'a ObservationColumns,
    record: &'a StringRecord,
    /// Byte where the reader came to it.
    at: usize,
}

impl ObservationRow<'_> {
    fn text(&self, column: usize) -> &str {
        self.record[column].trim()
    }

    fn report(&self, finding: Finding) {
        self.table.log.add(finding);
    }

    /// A finding about a field, with the text that stands there.
    fn finding(&self, code: Code, column: usize, text: &str) -> Finding {
        Finding::new(code, self.table.field(self.at, column)).with("value", text)
    }

    /// Whether it has a field for every column.
    fn is_whole(&self) -> bool {
        let (expected, count) = (self.columns.count, self.record.len());
        if count != expected {
            let finding = Finding::new(Code::TableRagged, self.table.row(self.at));
            let finding = finding.with("expected", expected).with("found", count);
            self.report(match self.torn_number() {
                Some(number) => finding.with("near", number),
                None => finding,
            });
        }
        count == expected
    }

    /// A number with a decimal comma that the commas between fields have torn in two, as it should be typed.
    fn torn_number(&self) -> Option<String> {
        let digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let decimals = self.record.get(self.columns.value + 1).filter(digits)?;
        let whole = self
            .record
            .get(self.columns.value)
            .filter(|whole| digits(&whole.trim_start_matches('-')))?;
        (self.table.delimiter == b',' && self.record.len() == self.columns.count + 1)
            .then(|| format!("{whole}.{decimals}"))
    }

    fn place(&self) -> Option<PlaceId> {
        let (column, places) = (self.columns.place, self.table.places);
        let code = self.text(column);
        let place = places.find(code);
        if place.is_none() {
            self.report(places.suggest(self.finding(Code::UnknownPlace, column, code), code));
        }
        place
    }

    fn observation(&self) -> Option<(Part, Observation)> {
        let columns = self.columns;
        let part = Part {
            sex: self.sex()?,
            category: self.category()?,
        };
        let period = self.period()?;
        let (flags, reason) = self.status()?;
        let value = self.value(reason)?;
        let bounds = match (columns.low, columns.high) {
            (Some(low), Some(high)) if !self.record[low].is_empty() || !self.record[high].is_empty() => {
                Some((self.number(low)?, self.number(high)?))
            }
            _ => None,
        };
        let note = columns.note.map_or("", |note| self.text(note)).to_owned();
        if let Some(column) = columns.note.filter(|_| has_braces(&note)) {
            let plain = note.replace(['{', '}'], "");
            self.report(self.finding(Code::ExpressionHere, column, plain.trim()));
        }
        let observation = Observation {
            period,
            value,
            bounds,
            flags,
            note,
        };
        Some((part, observation))
    }

    fn period(&self) -> Option<Period> {
        let (column, kind) = (self.columns.period, self.table.indicator.period);
        let text = self.text(column);
        let period = Period::parse(text, kind);
        if period.is_none() {
            self.report(period_fault(text, Some(kind), &self.table.field(self.at, column)));
        }
        period
    }

    fn value(&self, reason: Option<Reason>) -> Option<Value> {
        let column = self.columns.value;
        match (self.text(column), reason) {
            ("", Some(reason)) => Some(Value::Missing(reason)),
            ("", None) => {
                let finding = Finding::new(Code::TableReason, self.table.row(self.at));
                self.report(if self.columns.status.is_none() {
                    finding.with("column", "status")
                } else {
                    finding
                });
                None
            }
            (number, Some(_)) => {
                self.report(self.finding(Code::TableBoth, column, number));
                None
            }
            (_, None) => self.number(column).map(Value::Known),
        }
    }

    /// A number. Between semicolons it may have a decimal point as well, if it has no comma.
    fn number(&self, column: usize) -> Option<f64> {
        let text = &self.record[column];
        let decimal = match self.table.delimiter {
            b';' if text.contains(',') => Decimal::Comma,
            _ => Decimal::Point,
        };
        let number = number::parse(text, decimal);
        if number.is_none() {
            let origin = self.table.field(self.at, column);
            self.report(number::fault(text, &origin).with("column", "status"));
        }
        number
    }

    fn sex(&self) -> Option<Sex> {
        let Some(column) = self.columns.sex else {
            return Some(Sex::Total);
        };
        let word = self.text(column);
        let sex = Sex::NAMES.iter().find(|(name, _)| *name == word).map(|(_, sex)| *sex);
        if sex.is_none() {
            self.report(
                self.finding(Code::ValueChoice, column, word)
                    .near(word, ["T", "K", "M"]),
            );
        }
        sex
    }

    /// The outer `None` is a fault, the inner one the whole.
    #[expect(clippy::option_option, reason = "a fault and the whole are different answers")]
    fn category(&self) -> Option<Option<u16>> {
        let (Some(column), Some(breakdown)) = (self.columns.category, &self.table.indicator.breakdown) else {
            return Some(None);
        };
        let text = self.text(column);
        if text.is_empty() {
            return Some(None);
        }
        let codes = || breakdown.categories.iter().map(|(code, _)| code.as_str());
        let index = codes().position(|code| code == text);
        if index.is_none() {
            self.report(self.finding(Code::UnknownCategory, column, text).near(text, codes()));
        }
        index.map(|index| u16::try_from(index).ok())
    }

    /// The flags, and why there is no number when there is none.
    fn status(&self) -> Option<(Flags, Option<Reason>)> {
        let mut flags = Flags::default();
        let mut reason = None;
        let Some(column) = self.columns.status else {
            return Some((flags, None));
        };
        for word in self
            .text(column)
            .split('|')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            if flags.set(word) {
                continue;
            }
            let Some((_, missing)) = Reason::NAMES.iter().find(|(name, _)| *name == word) else {
                let words = Reason::NAMES.iter().map(|(name, _)| *name).chain(Flags::NAMES);
                self.report(self.finding(Code::ValueChoice, column, word).near(word, words));
                return None;
            };
            reason = Some(*missing);
        }
        Some((flags, reason))
    }
}
