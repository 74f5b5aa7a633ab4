//! Numbers, units, periods and dates as a language writes them.
//!
//! Takes numbers in the indicator's unit; gives text with the right sign, digits and no-break spaces. The
//! one place where a number becomes text for a reader; files to download are [`crate::download`]'s.

use super::words::{Words, fill};
use crate::chart::{NumberStyle, write_number};
use crate::measure::rounded;
use crate::model::{Period, Unit, UnitKind};

/// No-break space, between a number and what it counts.
const NBSP: char = '\u{a0}';

/// A unit's word after the number one, and after all others.
type Forms = [String; 2];

/// Formats of a language for numbers, units, periods and dates.
#[derive(Clone, Debug)]
pub struct Format {
    /// Signs of numbers.
    pub style: NumberStyle,
    months: Vec<String>,
    units: Vec<(&'static str, Forms)>,
    short_units: Vec<(&'static str, Forms)>,
    points: Forms,
    and: String,
    until: String,
    periods: [String; 5],
}

impl Format {
    pub(super) fn new(words: &Words) -> Self {
        let sign = |path: &str| words.text(path).chars().next().unwrap_or('?');
        let forms = |path: &str| words.forms(path).map(ToOwned::to_owned);
        let units_of = |tree: &str| {
            UnitKind::NAMES
                .iter()
                .map(|(name, _)| (*name, forms(&format!("{tree}.{name}"))))
                .collect()
        };
        let kinds = ["school_year", "election", "quarter", "month", "half_year"];
        Self {
            style: NumberStyle {
                decimal: sign("number.decimal"),
                group: sign("number.group"),
                minus: sign("number.minus"),
                percent_space: words.text("number.percent_space").chars().next(),
            },
            months: words.list("months").into_iter().map(ToOwned::to_owned).collect(),
            units: units_of("unit"),
            short_units: units_of("sentence.unit_short"),
            points: forms("unit.percentage_points"),
            and: words.text("sentence.and").to_owned(),
            until: words.text("sentence.until").to_owned(),
            periods: kinds.map(|kind| words.text(&format!("sentence.period.{kind}")).to_owned()),
        }
    }

    /// `1 234,5`: rounded half away from zero, grouped by three.
    #[must_use]
    pub fn number(&self, number: f64, decimals: u8) -> String {
        write_number(number, decimals, &self.style)
    }

    /// A value with its unit: `78,1 %`, `404 358 kronor`.
    #[must_use]
    pub fn value(&self, number: f64, unit: &Unit, language: &str) -> String {
        let text = self.number(number, unit.decimals);
        let word =
            non_empty(unit.label.in_language(language)).unwrap_or_else(|| word_of(&self.units, unit.kind, &text));
        self.with_unit(text, word)
    }

    /// A value with its short unit, for tables and labels.
    #[must_use]
    pub fn short_value(&self, number: f64, unit: &Unit, language: &str) -> String {
        self.with_unit(self.number(number, unit.decimals), self.short_unit(unit, language))
    }

    /// A value with its short unit, and both on their own: together, number, unit.
    #[must_use]
    pub fn short_parts<'a>(&'a self, number: f64, unit: &'a Unit, language: &str) -> (String, String, &'a str) {
        let (number, unit) = (self.number(number, unit.decimals), self.short_unit(unit, language));
        (self.with_unit(number.clone(), unit), number, unit)
    }

    /// A value without its unit, for table cells.
    #[must_use]
    pub fn plain(&self, number: f64, unit: &Unit) -> String {
        self.number(number, unit.decimals)
    }

    /// A difference, signed, in the unit; between percentages in percentage points.
    #[must_use]
    pub fn difference(&self, number: f64, unit: &Unit, language: &str) -> String {
        self.in_difference(self.signed(number, unit.decimals), unit, language)
    }

    /// A difference without its sign: `6,4 procentenheter`.
    #[must_use]
    pub fn distance(&self, number: f64, unit: &Unit, language: &str) -> String {
        self.in_difference(self.number(number.abs(), unit.decimals), unit, language)
    }

    /// A change in per cent, signed: `+4,2 %`.
    #[must_use]
    pub fn percent(&self, number: f64, decimals: u8) -> String {
        self.with_unit(self.signed(number, decimals), "%")
    }

    /// `+4,2`, `−4,2`, `0,0`.
    #[must_use]
    pub fn signed(&self, number: f64, decimals: u8) -> String {
        let mut text = self.number(number, decimals);
        if rounded(number, decimals) > 0.0 {
            text.insert(0, '+');
        }
        text
    }

    /// The unit in words; empty for a bare number.
    #[must_use]
    pub fn unit<'a>(&'a self, unit: &'a Unit, language: &str) -> &'a str {
        non_empty(unit.label.in_language(language)).unwrap_or_else(|| word_of(&self.units, unit.kind, ""))
    }

    /// The unit as briefly as it can be said.
    #[must_use]
    pub fn short_unit<'a>(&'a self, unit: &'a Unit, language: &str) -> &'a str {
        non_empty(unit.short.in_language(language)).unwrap_or_else(|| word_of(&self.short_units, unit.kind, ""))
    }

    /// The unit of differences, briefly: percentage points between percentages.
    #[must_use]
    pub fn short_difference_unit<'a>(&'a self, unit: &'a Unit, language: &str) -> &'a str {
        if in_points(unit) {
            &self.points[1]
        } else {
            self.short_unit(unit, language)
        }
    }

    fn in_difference(&self, text: String, unit: &Unit, language: &str) -> String {
        let points = in_points(unit).then(|| form(&self.points, &text));
        let word = points.or_else(|| non_empty(unit.label.in_language(language)));
        let word = word.unwrap_or_else(|| word_of(&self.units, unit.kind, &text));
        self.with_unit(text, word)
    }

    fn with_unit(&self, number: String, unit: &str) -> String {
        let space = if unit == "%" {
            self.style.percent_space
        } else {
            Some(NBSP)
        };
        let mut text = number;
        if !unit.is_empty() {
            text.extend(space);
            text.push_str(unit);
        }
        text
    }

    /// From one period to another: `2017–2024`; in words where the periods themselves hold a dash, a slash or a space.
    #[must_use]
    pub fn span(&self, first: Period, last: Period) -> String {
        let [from, to] = [first, last].map(|period| self.period(period));
        if from.contains(['\u{2013}', '/', ' ', NBSP]) {
            format!("{from} {} {to}", self.until)
        } else {
            format!("{from}\u{2013}{to}")
        }
    }

    /// A period for tables and axes: `2018/19`, `2024 kv 1`, `mars 2024`, `2020–2023`.
    #[must_use]
    pub fn period(&self, period: Period) -> String {
        match period {
            Period::Year(year) | Period::Election(year) => year.to_string(),
            Period::SchoolYear(first) => format!("{first}/{:02}", (first + 1) % 100),
            Period::HalfYear(year, half) => super::words::fill(
                &self.periods[4],
                &[("year", &year.to_string()), ("half", &half.to_string())],
            ),
            Period::Quarter(year, quarter) => fill(
                &self.periods[2],
                &[("year", &year.to_string()), ("quarter", &quarter.to_string())],
            ),
            Period::Month(year, month) => {
                let name = self.months.get(usize::from(month) - 1).map_or("", String::as_str);
                fill(&self.periods[3], &[("year", &year.to_string()), ("month", name)])
            }
            Period::Span(first, last) => format!("{first}\u{2013}{last}"),
        }
    }

    /// A period in running text: `läsåret 2018/19`, `valet 2022`.
    #[must_use]
    pub fn period_in_text(&self, period: Period) -> String {
        let short = self.period(period);
        match period {
            Period::SchoolYear(_) => fill(&self.periods[0], &[("period", &short)]),
            Period::Election(_) => fill(&self.periods[1], &[("period", &short)]),
            _ => short,
        }
    }

    /// A day written `2026-11-23`, in words; what is no day stays as written.
    #[must_use]
    pub fn date(&self, written: &str) -> String {
        let Ok(date) = written.parse::<jiff::civil::Date>() else {
            return written.to_owned();
        };
        let month = usize::try_from(date.month())
            .ok()
            .and_then(|month| self.months.get(month - 1))
            .map_or("", String::as_str);
        format!("{}{NBSP}{month} {}", date.day(), date.year())
    }

    /// `a, b och c`.
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{} {} {last}", rest.join(", "), self.and),
        }
    }
}

/// Whether differences are in percentage points.
fn in_points(unit: &Unit) -> bool {
    unit.kind == UnitKind::Percent && unit.label.is_empty()
}

/// A text; `None` where it is empty.
fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The kind's word after this number; empty for a bare number.
fn word_of<'a>(words: &'a [(&'static str, Forms)], kind: UnitKind, number: &str) -> &'a str {
    words
        .iter()
        .find(|(name, _)| *name == kind.name())
        .map_or("", |(_, forms)| form(forms, number))
}

/// The form that follows a number as written: one thing only when it says exactly one.
fn form<'a>(forms: &'a Forms, number: &str) -> &'a str {
    &forms[usize::from(number.trim_start_matches(|sign: char| !sign.is_ascii_digit()) != "1")]
}
