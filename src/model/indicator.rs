//! Indicators: what is measured, by whom, which way is better, and its series.

use super::names::names;
use super::{
    Margin, Observation, Part, Period, PeriodKind, PlaceId, Prices, Reason, Series, Text, TrendRule, Unit, UnitKind,
};
use crate::source::{FilePath, Origin};

/// Direction in which an indicator improves. Always stated by the author, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neither,
}

names!(Better {
    Higher = "higher",
    Lower = "lower",
    Neither = "neither",
});

/// A heading under which indicators are listed.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Id.
    pub id: String,
    /// Heading.
    pub name: Text,
}

/// Source of the figures, and the terms under which they may be used. Empty texts: not stated.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Organisation that answers for the figures.
    pub publisher: Text,
    /// Name of the statistics or table.
    pub title: Text,
    /// Address for further reading.
    pub url: String,
    /// Terms of use.
    pub licence: Text,
    /// Day the figures were taken, as written (`2026-11-23`).
    pub fetched: String,
    /// Computations made since; empty: the figures are as published.
    pub processing: Text,
}

/// A remark about a place, a period, or all figures.
#[derive(Clone, Debug)]
pub struct Note {
    /// Place it is about; `None`: all.
    pub place: Option<PlaceId>,
    /// Period it is about; `None`: all.
    pub period: Option<Period>,
    /// The remark.
    pub text: Text,
}

/// A break in the series: figures from a period on are not comparable with those before.
#[derive(Clone, Debug)]
pub struct Break {
    /// Place with the break; `None`: all.
    pub place: Option<PlaceId>,
    /// First period of the new series.
    pub period: Period,
    /// The change of definition or method.
    pub text: Text,
}

/// A breakdown other than by sex: sectors, age groups.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// Column of the table that holds the category.
    pub column: String,
    /// Name for readers.
    pub name: Text,
    /// Code and name, in the order shown.
    pub categories: Vec<(String, Text)>,
}

/// Ways in which figures may be improbable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Improbability {
    /// A percentage below zero or above a hundred.
    Percent,
    /// Percentages that are all below one, as shares are.
    Share,
    /// More than ten times the place's own history, or less than a tenth of it.
    Jump,
    /// Exactly 0, 100 or 999 in many places.
    Repeated,
    /// A year that has not been, or long ago.
    Year,
    /// A total unlike the sum of its parts.
    Sum,
}

names!(Improbability {
    Percent = "percent",
    Share = "share",
    Jump = "jump",
    Repeated = "repeated",
    Year = "year",
    Sum = "sum",
});

/// Improbable figures that somebody has looked at and found to be right.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// In which way they are improbable.
    pub improbability: Improbability,
    /// In this place only.
    pub place: Option<PlaceId>,
    /// In this period only.
    pub period: Option<Period>,
    /// Why they are right; for whoever reads the file.
    pub reason: Text,
    /// Where it was written.
    pub origin: Origin,
}

/// Why an indicator has no figures here at all.
#[derive(Clone, Debug)]
pub struct Absence {
    /// The reason.
    pub reason: Reason,
    /// The reason in words, and where the figures can be had.
    pub text: Text,
}

/// A measured quantity, with all its series.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Id; also its address.
    pub id: String,
    /// Full name; headline of its page.
    pub name: Text,
    /// Short name, for tables and charts.
    pub short: Text,
    /// Id of its topic; empty: none.
    pub topic: String,
    /// Place within its topic; those without one come last, by id.
    pub order: Option<u64>,
    /// The question it answers; empty: none.
    pub question: Text,
    /// The definition: exactly what is counted.
    pub definition: Text,
    /// Unit of all its figures.
    pub unit: Unit,
    /// Direction in which it improves.
    pub better: Better,
    /// Whether places of different size can be compared and ranked by it; totals cannot.
    pub comparable: bool,
    /// Whether the figures are computed with a model rather than measured or counted: small differences are the model's, so
    /// places are not ranked by it and have no shades on a map.
    pub modelled: bool,
    /// Prices of amounts of money; `None`: those of each year where the unit is money, else it has none.
    pub prices: Option<Prices>,
    /// How sure the figures of a sample are; `None`: everybody was counted, or the figures have intervals of their own.
    pub margin: Option<Margin>,
    /// The author's own span for the trend; `None`: by the report's rule.
    pub trend: Option<TrendRule>,
    /// Kind of all its periods.
    pub period: PeriodKind,
    /// Source of the figures.
    pub source: Source,
    /// Pairs of a publisher and the id there.
    pub external: Vec<(String, String)>,
    /// Remarks, in the order written.
    pub notes: Vec<Note>,
    /// Breaks in the series.
    pub breaks: Vec<Break>,
    /// Improbable figures that are right.
    pub accepted: Vec<Acceptance>,
    /// Breakdown other than by sex; `None`: there is none.
    pub breakdown: Option<Breakdown>,
    /// Expected day of new figures, in words; empty: not known.
    pub next_release: Text,
    /// Whether the figures are constructed, to show how something works.
    pub sample: bool,
    /// Why there are no figures; `None` where there are.
    pub absence: Option<Absence>,
    /// Series, sorted by place and then part.
    pub series: Vec<Series>,
    /// The table its figures come from; `None`: they are written in place.
    pub table: Option<FilePath>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

impl Indicator {
    /// Whether its figures are money in the prices of each year, so that inflation is part of every change.
    #[must_use]
    pub fn is_in_current_prices(&self) -> bool {
        let is_money = matches!(self.unit.kind, UnitKind::Sek | UnitKind::Ksek);
        self.prices.map_or(is_money, |prices| prices == Prices::Current)
    }

    /// Series, sorted by place and then part.
    #[must_use]
    pub fn series(&self, place: PlaceId, part: Part) -> Option<&Series> {
        self.series
            .binary_search_by_key(&(place, part), |series| (series.place, series.part))
            .ok()
            .map(|index| &self.series[index])
    }

    /// All series of a place.
    #[must_use]
    pub fn of_place(&self, place: PlaceId) -> &[Series] {
        let start = self.series.partition_point(|series| series.place < place);
        let end = self.series.partition_point(|series| series.place <= place);
        &self.series[start..end]
    }

    /// The series of a place as a whole.
    #[must_use]
    pub fn total(&self, place: PlaceId) -> Option<&Series> {
        self.series(place, Part::TOTAL)
    }

    /// The observation of a place, part and period.
    #[must_use]
    pub fn at(&self, place: PlaceId, part: Part, period: Period) -> Option<&Observation> {
        self.series(place, part)?.at(period)
    }

    /// All parts for which some place has a series, in order.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = self.series.iter().map(|series| series.part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// All periods for which some place has a whole, in order.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let totals = self.series.iter().filter(|series| series.part == Part::TOTAL);
        let mut periods: Vec<Period> = totals
            .flat_map(|series| series.observations.iter().map(|observation| observation.period))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}
