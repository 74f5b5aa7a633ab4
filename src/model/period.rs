//! Periods: when an observation was true.

use std::fmt;

/// A span of time of one kind. Ordered in time within a kind; an indicator uses one kind only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar year.
    Year(i32),
    /// A school year, by the year it begins: `2018/2019`.
    SchoolYear(i32),
    /// Half a calendar year, 1 or 2: `2024H1`.
    HalfYear(i32, u8),
    /// A quarter, 1 to 4: `2024Q1`.
    Quarter(i32, u8),
    /// A month, 1 to 12: `2024M03`.
    Month(i32, u8),
    /// The year of an election.
    Election(i32),
    /// From one year up to and including another: `2020-2023`.
    Span(i32, i32),
}

/// The kinds of period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A calendar year.
    #[default]
    Year,
    /// From summer to summer.
    SchoolYear,
    /// Six months.
    HalfYear,
    /// Three months.
    Quarter,
    /// A calendar month.
    Month,
    /// An election.
    Election,
    /// Several years together.
    Span,
}

/// Years that can be meant; anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1500..=2500;

impl Period {
    /// The period written as `text`, read as this kind; `None` when it is written in no way this kind can be.
    #[must_use]
    pub fn parse(text: &str, kind: PeriodKind) -> Option<Self> {
        match Self::guess(text)? {
            Period::Year(year) if kind == PeriodKind::Election => Some(Period::Election(year)),
            period if period.kind() == kind => Some(period),
            _ => None,
        }
    }

    /// The period written as `text`, of the kind its form shows (a bare year is a calendar year).
    #[must_use]
    pub fn guess(text: &str) -> Option<Self> {
        let text = text.trim();
        let year = |text: &str| {
            let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            if digits {
                text.parse().ok().filter(|year| YEARS.contains(year))
            } else {
                None
            }
        };
        if let Some(year) = year(text) {
            return Some(Period::Year(year));
        }
        if let Some((first, second)) = text.split_once('/') {
            let first = year(first)?;
            let follows = if second.len() == 2 {
                second == format!("{:02}", (first + 1) % 100)
            } else {
                year(second)? == first + 1
            };
            return follows.then_some(Period::SchoolYear(first));
        }
        if let Some((first, rest)) = text.split_once(['Q', 'K']) {
            let quarter = rest.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
            return Some(Period::Quarter(year(first)?, quarter));
        }
        if let Some((first, rest)) = text.split_once('H') {
            let half = rest.parse().ok().filter(|half| (1..=2).contains(half))?;
            return Some(Period::HalfYear(year(first)?, half));
        }
        if let Some((first, rest)) = text.split_once('M') {
            return Some(Period::Month(year(first)?, month(rest)?));
        }
        let (first, rest) = text.split_once(['-', '\u{2013}'])?;
        let first = year(first)?;
        match year(rest) {
            Some(last) if last > first => Some(Period::Span(first, last)),
            Some(_) => None,
            None => Some(Period::Month(first, month(rest)?)),
        }
    }

    /// Kind of the period.
    #[must_use]
    pub fn kind(self) -> PeriodKind {
        match self {
            Period::Year(_) => PeriodKind::Year,
            Period::SchoolYear(_) => PeriodKind::SchoolYear,
            Period::HalfYear(..) => PeriodKind::HalfYear,
            Period::Quarter(..) => PeriodKind::Quarter,
            Period::Month(..) => PeriodKind::Month,
            Period::Election(_) => PeriodKind::Election,
            Period::Span(..) => PeriodKind::Span,
        }
    }

    /// The calendar year it is counted to: a school year to the year it ends, a span to its last.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Period::Year(year)
            | Period::Election(year)
            | Period::HalfYear(year, _)
            | Period::Quarter(year, _)
            | Period::Month(year, _) => year,
            Period::SchoolYear(first) => first + 1,
            Period::Span(_, last) => last,
        }
    }

    /// Whether no period of this kind lies between an earlier one and this: elections are as far apart as they are, and spans
    /// may overlap.
    #[must_use]
    pub fn follows(self, earlier: Period) -> bool {
        let step = |parts: i32, (year, part): (i32, u8), (before, part_before): (i32, u8)| {
            (year - before) * parts + i32::from(part) - i32::from(part_before) <= 1
        };
        match (earlier, self) {
            (Period::Year(before), Period::Year(year)) | (Period::SchoolYear(before), Period::SchoolYear(year)) => {
                year - before <= 1
            }
            (Period::HalfYear(a, b), Period::HalfYear(c, d)) => step(2, (c, d), (a, b)),
            (Period::Quarter(a, b), Period::Quarter(c, d)) => step(4, (c, d), (a, b)),
            (Period::Month(a, b), Period::Month(c, d)) => step(12, (c, d), (a, b)),
            (Period::Span(_, last), Period::Span(first, _)) => first - last <= 1,
            _ => true,
        }
    }

    /// Position on a time axis, in years: a quarter by its start, a span by its middle.
    #[must_use]
    pub fn position(self) -> f64 {
        match self {
            Period::Year(year) | Period::Election(year) => f64::from(year),
            Period::SchoolYear(first) => f64::from(first) + 0.5,
            Period::HalfYear(year, half) => f64::from(year) + f64::from(half - 1) / 2.0,
            Period::Quarter(year, quarter) => f64::from(year) + f64::from(quarter - 1) / 4.0,
            Period::Month(year, month) => f64::from(year) + f64::from(month - 1) / 12.0,
            Period::Span(first, last) => f64::from(first + last) / 2.0,
        }
    }
}

fn month(text: &str) -> Option<u8> {
    (text.len() == 2)
        .then(|| text.parse().ok())
        .flatten()
        .filter(|month| (1..=12).contains(month))
}

/// As written in data files; a language's own form is the theme's business.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) | Period::Election(year) => write!(f, "{year}"),
            Period::SchoolYear(first) => write!(f, "{first}/{}", first + 1),
            Period::HalfYear(year, half) => write!(f, "{year}H{half}"),
            Period::Quarter(year, quarter) => write!(f, "{year}Q{quarter}"),
            Period::Month(year, month) => write!(f, "{year}M{month:02}"),
            Period::Span(first, last) => write!(f, "{first}-{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_is_read() {
        assert_eq!(Period::guess("2018/19"), Some(Period::SchoolYear(2018)));
        assert_eq!(Period::guess("1999/00"), Some(Period::SchoolYear(1999)));
        assert_eq!(Period::guess("1999/1900"), None);
        assert_eq!(Period::guess("2018/2020"), None);
        assert_eq!(Period::guess("2024K2"), Some(Period::Quarter(2024, 2)));
        assert_eq!(Period::guess("2024-03"), Some(Period::Month(2024, 3)));
        assert_eq!(Period::guess("2020\u{2013}2023"), Some(Period::Span(2020, 2023)));
        assert_eq!(Period::guess("2024H2"), Some(Period::HalfYear(2024, 2)));
        assert_eq!(Period::guess("2024H3"), None);
        assert_eq!(Period::guess("2024Q5"), None);
        assert_eq!(Period::guess("tjugo"), None);
        assert_eq!(
            Period::parse("2022", PeriodKind::Election),
            Some(Period::Election(2022))
        );
        assert_eq!(Period::parse("2022", PeriodKind::Month), None);
    }

    #[test]
    fn a_period_follows_another_when_none_lies_between() {
        for (earlier, later, follows) in [
            ("2020", "2021", true),
            ("2018", "2020", false),
            ("2017/2018", "2018/2019", true),
            ("2017/2018", "2019/2020", false),
            ("2020Q4", "2021Q1", true),
            ("2020Q3", "2021Q1", false),
            ("2020M12", "2021M01", true),
            ("2020H1", "2021H1", false),
            ("2017-2020", "2018-2021", true),
            ("2017-2018", "2020-2021", false),
        ] {
            let [earlier, later] = [earlier, later].map(|text| Period::guess(text).expect("a period"));
            assert_eq!(later.follows(earlier), follows, "{earlier} {later}");
        }
        assert!(Period::Election(2022).follows(Period::Election(2018)));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(year in 1600..2400, part in 1u8..=4, length in 1..20) {
            for period in [Period::Year(year), Period::SchoolYear(year), Period::Quarter(year, part),
                           Period::HalfYear(year, part.min(2)),
                           Period::Month(year, part * 3), Period::Span(year, year + length)] {
                prop_assert_eq!(Period::guess(&period.to_string()), Some(period));
            }
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,12}") {
            let _ = Period::guess(&text);
        }
    }
}
