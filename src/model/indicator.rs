//! Indicators: what is measured, by whom, which way is better, and its series.

use super::{Observation, Part, Period, PeriodKind, PlaceId, Reason, Series, Text, Unit};
use crate::source::{FilePath, Origin};

/// Which way is better. Always stated by the author, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neither,
}

impl Better {
    /// As written in data files.
    pub const NAMES: &'static [(&'static str, Better)] = &[
        ("higher", Better::Higher),
        ("lower", Better::Lower),
        ("neither", Better::Neither),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "neither",
        }
    }
}

/// A heading under which indicators are listed.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Id.
    pub id: String,
    /// Heading.
    pub name: Text,
}

/// Where figures come from and how they may be used.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Who answers for the figures.
    pub publisher: Text,
    /// The statistics or table.
    pub title: Text,
    /// Where to read more.
    pub url: String,
    /// Terms of use.
    pub licence: Text,
    /// Day the figures were taken, as written.
    pub fetched: String,
    /// What has been computed since; empty when the figures are as published.
    pub processing: Text,
}

/// A remark about a place, a period, or all figures.
#[derive(Clone, Debug)]
pub struct Note {
    /// About this place only.
    pub place: Option<PlaceId>,
    /// About this period only.
    pub period: Option<Period>,
    /// The remark.
    pub text: Text,
}

/// A break: figures from this period on are not comparable with those before.
#[derive(Clone, Debug)]
pub struct Break {
    /// In this place only.
    pub place: Option<PlaceId>,
    /// First period of the new kind.
    pub period: Period,
    /// What changed.
    pub text: Text,
}

/// A division of the whole other than by sex: sectors, age groups.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// Column of the table that holds the category.
    pub column: String,
    /// What it is called.
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

impl Improbability {
    /// As written in data files.
    pub const NAMES: &'static [(&'static str, Improbability)] = &[
        ("percent", Improbability::Percent),
        ("share", Improbability::Share),
        ("jump", Improbability::Jump),
        ("repeated", Improbability::Repeated),
        ("year", Improbability::Year),
        ("sum", Improbability::Sum),
    ];
}

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

/// What is measured.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Id; also its address.
    pub id: String,
    /// Headline.
    pub name: Text,
    /// For tables and charts.
    pub short: Text,
    /// Id of its topic; empty when it has none.
    pub topic: String,
    /// Place within its topic; those without one come last, by id.
    pub order: Option<u64>,
    /// The question it answers.
    pub question: Text,
    /// What exactly is counted.
    pub definition: Text,
    /// Unit of all its figures.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// Whether places of different size can be compared and ranked by it; totals cannot.
    pub comparable: bool,
    /// Kind of all its periods.
    pub period: PeriodKind,
    /// Where the figures come from.
    pub source: Source,
    /// Ids elsewhere, by publisher.
    pub external: Vec<(String, String)>,
    /// Remarks.
    pub notes: Vec<Note>,
    /// Breaks.
    pub breaks: Vec<Break>,
    /// Improbable figures that are right.
    pub accepted: Vec<Acceptance>,
    /// Division other than by sex.
    pub breakdown: Option<Breakdown>,
    /// When new figures are expected, in words.
    pub next_release: Text,
    /// Constructed figures, to show how something works.
    pub sample: bool,
    /// Why there are no figures, when there are none.
    pub absence: Option<Absence>,
    /// Series, by place and then part.
    pub series: Vec<Series>,
    /// The table its figures come from, if they are not written in place.
    pub table: Option<FilePath>,
    /// Where it was defined.
    pub origin: Origin,
}

impl Indicator {
    /// The series of a place and part.
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

    /// The whole of a place.
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
            .flat_map(|series| series.observations.iter().map(|o| o.period))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}
