//! Long CSV tables, in both dialects.
//!
//! Takes a file: UTF-8 or Windows-1252, with or without a byte-order mark, comma with decimal point or
//! semicolon with decimal comma, any line ending. Gives series. One row is one observation; faults
//! are reported at the very field.

mod rows;

pub(crate) use rows::{delimiter, place, rows};

use super::number::{self, Decimal};
use super::period_fault;
use super::series::{Entry, gather};
use crate::finding::{Code, Finding, Log};
use crate::model::{Flags, Indicator, Observation, Part, Period, PlaceId, Places, Reason, Series, Sex, Value};
use crate::source::{Origin, SourceFile};
use csv::StringRecord;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The text of a table. Bytes that are not UTF-8 are read as Windows-1252, which spreadsheets still write.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Positions of the columns in a row.
struct Columns {
    place: usize,
    period: usize,
    value: usize,
    sex: Option<usize>,
    status: Option<usize>,
    note: Option<usize>,
    low: Option<usize>,
    high: Option<usize>,
    category: Option<usize>,
    count: usize,
}

struct Table<'a> {
    file: &'a SourceFile,
    text: &'a str,
    delimiter: u8,
    decimal: Decimal,
    indicator: &'a Indicator,
    places: &'a Places,
    log: &'a Log,
}

/// The table's series.
pub(super) fn read(file: &SourceFile, indicator: &Indicator, places: &Places, log: &Log) -> Vec<Series> {
    let text = decode(&file.bytes);
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    // With semicolons the decimal sign is whatever the figures use: a comma anywhere in a value decides.
    let decimal = if delimiter == b';' {
        Decimal::Comma
    } else {
        Decimal::Point
    };
    let own = Log::default();
    let series = Table {
        file,
        text: &text,
        delimiter,
        decimal,
        indicator,
        places,
        log: &own,
    }
    .read();
    log.append(fold(own.into_inner()));
    series
}

/// The same fault in many rows is one fault: the first is kept and says how `more` there are.
fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<(Finding, usize)> = Vec::new();
    let mut seen = BTreeMap::new();
    for finding in findings {
        let alike = match finding.code {
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
        let first = *seen.entry((finding.code, alike)).or_insert(kept.len());
        match kept.get_mut(first) {
            Some((_, more)) => *more += 1,
            None => kept.push((finding, 0)),
        }
    }
    let with_more = |(finding, more): (Finding, usize)| if more == 0 { finding } else { finding.with("more", more) };
    kept.into_iter().map(with_more).collect()
}

impl Table<'_> {
    fn read(&self) -> Vec<Series> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_reader(self.text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(_) => return Vec::new(),
        };
        let Some(columns) = self.columns(&header) else {
            return Vec::new();
        };
        let mut entries = Vec::new();
        let mut record = StringRecord::new();
        let mut last_place: Option<(String, PlaceId)> = None;
        while let Ok(true) = reader.read_record(&mut record) {
            let at = record
                .position()
                .map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            if record.len() != columns.count {
                let finding = Finding::new(Code::TableRagged, self.row(at));
                let finding = finding.with("expected", columns.count).with("found", record.len());
                self.log.add(match self.torn_number(&record, &columns) {
                    Some(number) => finding.with("near", number),
                    None => finding,
                });
                continue;
            }
            let place = match &last_place {
                Some((code, place)) if *code == record[columns.place] => Some(*place),
                _ => self.place(&record, &columns, at),
            };
            let Some(place) = place else { continue };
            if last_place.as_ref().is_none_or(|(_, last)| *last != place) {
                last_place = Some((record[columns.place].to_owned(), place));
            }
            if let Some((part, observation)) = self.observation(&record, &columns, at) {
                entries.push(Entry {
                    place,
                    part,
                    observation,
                    at,
                });
            }
        }
        gather(entries, |at| self.row(at), self.log)
    }

    fn columns(&self, header: &StringRecord) -> Option<Columns> {
        let category = self
            .indicator
            .breakdown
            .as_ref()
            .map(|breakdown| breakdown.column.as_str());
        let mut known = vec!["place", "period", "value", "sex", "status", "note", "low", "high"];
        known.extend(category);
        let find = |name: &str| header.iter().position(|column| column.trim() == name);
        let mut complete = true;
        for (index, column) in header.iter().map(str::trim).enumerate() {
            let finding = |code| Finding::new(code, self.field(0, index)).with("column", column);
            if !known.contains(&column) {
                let absent = known.iter().copied().filter(|name| find(name).is_none());
                let unknown = finding(Code::ColumnUnknown).near(column, absent);
                let is_period = Period::guess(column).is_some();
                self.log.add(if is_period {
                    unknown.with("period", column)
                } else {
                    unknown
                });
                complete = false;
                if is_period {
                    // A table with a column a period is one fault, however many periods it has.
                    break;
                }
            } else if let Some(first) = find(column).filter(|first| *first < index) {
                self.log
                    .add(finding(Code::ColumnDuplicate).beside(self.field(0, first)));
                complete = false;
            }
        }
        // A column of another name may be the one that is missing: one fault, not two.
        let absent = || {
            ["place", "period", "value"]
                .into_iter()
                .find(|name| find(name).is_none())
        };
        if let Some(name) = absent().filter(|_| complete) {
            self.log
                .add(Finding::new(Code::ColumnMissing, self.row(0)).with("column", name));
            complete = false;
        }
        complete.then_some(())?;
        Some(Columns {
            place: find("place")?,
            period: find("period")?,
            value: find("value")?,
            sex: find("sex"),
            status: find("status"),
            note: find("note"),
            low: find("low"),
            high: find("high"),
            category: category.and_then(find),
            count: header.len(),
        })
    }

    fn place(&self, record: &StringRecord, columns: &Columns, at: usize) -> Option<PlaceId> {
        let code = record[columns.place].trim();
        let found = self.places.find(code);
        if found.is_none() {
            let finding = Finding::new(Code::UnknownPlace, self.field(at, columns.place)).with("value", code);
            self.log.add(finding.near(code, self.places.codes()));
        }
        found
    }

    fn observation(&self, record: &StringRecord, columns: &Columns, at: usize) -> Option<(Part, Observation)> {
        let part = Part {
            sex: self.sex(record, columns, at)?,
            category: self.category(record, columns, at)?,
        };
        let written = record[columns.period].trim();
        let Some(period) = Period::parse(written, self.indicator.period) else {
            let origin = self.field(at, columns.period);
            self.log
                .add(period_fault(written, Some(self.indicator.period), &origin));
            return None;
        };
        let (flags, reason) = self.status(record, columns, at)?;
        let value = self.value(record, columns, at, reason)?;
        let bounds = match (columns.low, columns.high) {
            (Some(low), Some(high)) if !record[low].is_empty() || !record[high].is_empty() => {
                Some((self.number(record, low, at)?, self.number(record, high, at)?))
            }
            _ => None,
        };
        let note = columns
            .note
            .map_or(String::new(), |index| record[index].trim().to_owned());
        Some((
            part,
            Observation {
                period,
                value,
                bounds,
                flags,
                note,
            },
        ))
    }

    fn value(&self, record: &StringRecord, columns: &Columns, at: usize, reason: Option<Reason>) -> Option<Value> {
        match (record[columns.value].trim(), reason) {
            ("", Some(reason)) => Some(Value::Missing(reason)),
            ("", None) => {
                let finding = Finding::new(Code::TableReason, self.row(at));
                self.log.add(if columns.status.is_none() {
                    finding.with("column", "status")
                } else {
                    finding
                });
                None
            }
            (written, Some(_)) => {
                self.log
                    .add(Finding::new(Code::TableBoth, self.field(at, columns.value)).with("value", written));
                None
            }
            (_, None) => self.number(record, columns.value, at).map(Value::Known),
        }
    }

    fn number(&self, record: &StringRecord, column: usize, at: usize) -> Option<f64> {
        let written = &record[column];
        let read = number::parse(written, self.decimal).or_else(|| {
            let other = self.decimal == Decimal::Comma && !written.contains(',');
            if other {
                number::parse(written, Decimal::Point)
            } else {
                None
            }
        });
        if read.is_none() {
            self.log
                .add(number::fault(written, &self.field(at, column)).with("column", "status"));
        }
        read
    }

    fn sex(&self, record: &StringRecord, columns: &Columns, at: usize) -> Option<Sex> {
        let Some(column) = columns.sex else {
            return Some(Sex::Total);
        };
        let written = record[column].trim();
        let found = Sex::NAMES
            .iter()
            .find(|(name, _)| *name == written)
            .map(|(_, sex)| *sex);
        if found.is_none() {
            let finding = Finding::new(Code::ValueChoice, self.field(at, column)).with("value", written);
            self.log.add(finding.near(written, ["T", "K", "M"]));
        }
        found
    }

    /// The outer `None` is a fault, the inner one the whole.
    #[expect(clippy::option_option, reason = "a fault and the whole are different answers")]
    fn category(&self, record: &StringRecord, columns: &Columns, at: usize) -> Option<Option<u16>> {
        let (Some(column), Some(breakdown)) = (columns.category, &self.indicator.breakdown) else {
            return Some(None);
        };
        let written = record[column].trim();
        if written.is_empty() {
            return Some(None);
        }
        let found = breakdown.categories.iter().position(|(code, _)| code == written);
        if found.is_none() {
            let finding = Finding::new(Code::UnknownCategory, self.field(at, column)).with("value", written);
            self.log
                .add(finding.near(written, breakdown.categories.iter().map(|(code, _)| code.as_str())));
        }
        found.map(|index| u16::try_from(index).ok())
    }

    fn status(&self, record: &StringRecord, columns: &Columns, at: usize) -> Option<(Flags, Option<Reason>)> {
        let mut flags = Flags::default();
        let mut reason = None;
        let Some(column) = columns.status else {
            return Some((flags, None));
        };
        for word in record[column].split('|').map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "provisional" => flags.provisional = true,
                "estimated" => flags.estimated = true,
                "revised" => flags.revised = true,
                "break" => flags.breaks = true,
                _ => {
                    let Some((_, known)) = Reason::NAMES.iter().find(|(name, _)| *name == word) else {
                        let known = Reason::NAMES.iter().map(|(name, _)| *name).chain([
                            "provisional",
                            "estimated",
                            "revised",
                            "break",
                        ]);
                        let finding = Finding::new(Code::ValueChoice, self.field(at, column)).with("value", word);
                        self.log.add(finding.near(word, known));
                        return None;
                    };
                    reason = Some(*known);
                }
            }
        }
        Some((flags, reason))
    }

    /// A number with a decimal comma that the commas between fields have torn in two, as it should be typed.
    fn torn_number(&self, record: &StringRecord, columns: &Columns) -> Option<String> {
        let digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let decimals = record.get(columns.value + 1).filter(digits)?;
        let whole = record
            .get(columns.value)
            .filter(|whole| digits(&whole.trim_start_matches('-')))?;
        (self.delimiter == b',' && record.len() == columns.count + 1).then(|| format!("{whole}.{decimals}"))
    }

    /// The row that starts at this byte.
    fn row(&self, at: usize) -> Origin {
        let at = at + self.text[at..].len() - self.text[at..].trim_start_matches(['\r', '\n']).len();
        let end = self.text[at..]
            .find(['\r', '\n'])
            .map_or(self.text.len(), |length| at + length);
        Origin::span(&self.file.path, at..end)
    }

    /// A field of the row that starts at this byte.
    fn field(&self, at: usize, column: usize) -> Origin {
        let at = at + self.text[at..].len() - self.text[at..].trim_start_matches(['\r', '\n']).len();
        Origin::span(&self.file.path, field(&self.text[at..], column, self.delimiter, at))
    }
}

/// Bytes of the field of this number in the row that `row` begins with; quotes belong to the field.
fn field(row: &str, column: usize, delimiter: u8, offset: usize) -> Range<usize> {
    let (mut start, mut index, mut quoted) = (0, 0, false);
    for (at, byte) in row.bytes().enumerate() {
        let ends_row = matches!(byte, b'\r' | b'\n') && !quoted;
        if (byte == delimiter && !quoted) || ends_row {
            if index == column || ends_row {
                return offset + start..offset + at;
            }
            index += 1;
            start = at + 1;
        } else if byte == b'"' {
            quoted = !quoted;
        }
    }
    offset + start..offset + row.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_found_behind_quotes() {
        assert_eq!(field("18;\"a;b\";3\n", 1, b';', 0), 3..8);
        assert_eq!(field("18;\"a;b\";3\n", 2, b';', 10), 19..20);
    }

    #[test]
    fn windows_1252_is_read() {
        assert_eq!(decode(b"\xd6rebro"), "Örebro");
        assert_eq!(decode("\u{feff}Örebro".as_bytes()), "Örebro");
    }

    proptest! {
        #[test]
        fn fields_stay_within_the_row(row in "[a-c;,\"\n]{0,20}", column in 0usize..5) {
            let found = field(&row, column, b';', 0);
            prop_assert!(found.start <= found.end && found.end <= row.len());
        }
    }
}
