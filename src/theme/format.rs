//! Numbers, units, periods and dates as a language writes them.
//!
//! Takes numbers in the indicator's unit; gives text with the right sign, digits and no-break spaces. The
//! one place where a number becomes text for a reader; files for programs are [`crate::export`]'s.

use super::Words;
use crate::chart::NumberStyle;
use crate::measure::rounded;
use crate::model::{Period, Unit, UnitKind};

/// No-break space, between a number and what it counts.
const NBSP: char = '\u{a0}';

/// How a language writes numbers and dates.
#[derive(Clone, Debug)]
pub struct Format {
    /// Signs.
    pub style: NumberStyle,
    months: Vec<String>,
    units: Vec<(&'static str, String)>,
    short_units: Vec<(&'static str, String)>,
    points: String,
    and: String,
    periods: [String; 4],
}

impl Format {
    pub(super) fn of(words: &Words) -> Self {
        let sign = |path: &str| words.text(path).chars().next().unwrap_or('?');
        let units_of = |tree: &str| UnitKind::NAMES.iter().map(|(name, _)| (*name, words.text(&format!("{tree}.{name}")).to_owned())).collect();
        let kinds = ["school_year", "election", "quarter", "month"];
        Self {
            style: NumberStyle { decimal: sign("number.decimal"), group: sign("number.group"), minus: sign("number.minus") },
            months: words.list("months").into_iter().map(ToOwned::to_owned).collect(),
            units: units_of("unit"),
            short_units: units_of("sentence.unit_short"),
            points: words.text("unit.percentage_points").to_owned(),
            and: words.text("sentence.and").to_owned(),
            periods: kinds.map(|kind| words.text(&format!("sentence.period.{kind}")).to_owned()),
        }
    }

    /// `1 234,5`: rounded half away from zero, grouped by three.
    #[must_use]
    pub fn number(&self, number: f64, decimals: u8) -> String {
        let text = format!("{:.*}", usize::from(decimals), rounded(number.abs(), decimals));
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let negative = number < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let mut out = String::with_capacity(text.len() + 8);
        if negative {
            out.push(self.style.minus);
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                out.push(self.style.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.style.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// A value with its unit: `78,1 %`, `404 358 kronor`.
    #[must_use]
    pub fn value(&self, number: f64, unit: &Unit, language: &str) -> String {
        with_unit(self.number(number, unit.decimals), self.unit(unit, language))
    }

    /// A value with its short unit, for tables and labels.
    #[must_use]
    pub fn short_value(&self, number: f64, unit: &Unit, language: &str) -> String {
        with_unit(self.number(number, unit.decimals), self.short_unit(unit, language))
    }

    /// A value without its unit, for table cells.
    #[must_use]
    pub fn plain(&self, number: f64, unit: &Unit) -> String {
        self.number(number, unit.decimals)
    }

    /// A difference, signed, in the unit; between percentages in percentage points.
    #[must_use]
    pub fn difference(&self, number: f64, unit: &Unit, language: &str) -> String {
        with_unit(self.signed(number, unit.decimals), self.difference_unit(unit, language))
    }

    /// The same without a sign: `6,4 procentenheter`.
    #[must_use]
    pub fn distance(&self, number: f64, unit: &Unit, language: &str) -> String {
        with_unit(self.number(number.abs(), unit.decimals), self.difference_unit(unit, language))
    }

    /// A change in per cent, signed: `+4,2 %`.
    #[must_use]
    pub fn percent(&self, number: f64, decimals: u8) -> String {
        with_unit(self.signed(number, decimals), "%")
    }

    /// `+4,2`, `−4,2`, `0,0`.
    #[must_use]
    pub fn signed(&self, number: f64, decimals: u8) -> String {
        let plus = if rounded(number, decimals) > 0.0 { "+" } else { "" };
        format!("{plus}{}", self.number(number, decimals))
    }

    /// The unit in words; empty for a bare number.
    #[must_use]
    pub fn unit<'a>(&'a self, unit: &'a Unit, language: &str) -> &'a str {
        let own = unit.label.in_language(language);
        if own.is_empty() { word(&self.units, unit.kind) } else { own }
    }

    /// The unit as briefly as it can be said.
    #[must_use]
    pub fn short_unit<'a>(&'a self, unit: &'a Unit, language: &str) -> &'a str {
        let own = unit.short.in_language(language);
        if own.is_empty() { word(&self.short_units, unit.kind) } else { own }
    }

    fn difference_unit<'a>(&'a self, unit: &'a Unit, language: &str) -> &'a str {
        if unit.kind == UnitKind::Percent && unit.label.is_empty() { &self.points } else { self.unit(unit, language) }
    }

    /// A period for tables and axes: `2018/19`, `2024 kv 1`, `mars 2024`, `2020–2023`.
    #[must_use]
    pub fn period(&self, period: Period) -> String {
        match period {
            Period::Year(year) | Period::Election(year) => year.to_string(),
            Period::SchoolYear(first) => format!("{first}/{:02}", (first + 1) % 100),
            Period::Quarter(year, quarter) => {
                super::words::fill(&self.periods[2], &[("year", &year.to_string()), ("quarter", &quarter.to_string())])
            }
            Period::Month(year, month) => {
                let name = self.months.get(usize::from(month) - 1).map_or("", String::as_str);
                super::words::fill(&self.periods[3], &[("year", &year.to_string()), ("month", name)])
            }
            Period::Span(first, last) => format!("{first}\u{2013}{last}"),
        }
    }

    /// A period in running text: `läsåret 2018/19`, `valet 2022`.
    #[must_use]
    pub fn period_in_text(&self, period: Period) -> String {
        let short = self.period(period);
        match period {
            Period::SchoolYear(_) => super::words::fill(&self.periods[0], &[("period", &short)]),
            Period::Election(_) => super::words::fill(&self.periods[1], &[("period", &short)]),
            _ => short,
        }
    }

    /// A day written `2026-11-23`, in words; what is no day stays as written.
    #[must_use]
    pub fn date(&self, written: &str) -> String {
        let Ok(date) = written.parse::<jiff::civil::Date>() else { return written.to_owned() };
        let month = usize::try_from(date.month()).ok().and_then(|month| self.months.get(month - 1)).map_or("", String::as_str);
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

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() { number } else { format!("{number}{NBSP}{unit}") }
}

/// The kind's word; empty for a bare number.
fn word<'a>(words: &'a [(&'static str, String)], kind: UnitKind) -> &'a str {
    words.iter().find(|(name, _)| *name == kind.name()).map_or("", |(_, word)| word)
}
