//! Changes that an update made to the report, as recorded on its day.
//!
//! A record is history: it keeps the name and the unit that an indicator had then, so that what it tells stays true when the
//! indicator is later changed or taken away.

use super::names::names;
use super::{Period, PlaceId, Sex, Text, Unit};
use crate::source::Origin;
use jiff::civil::Date;

/// `data/changes/DATE.yaml`: one update of the report.
#[derive(Clone, Debug)]
pub struct Update {
    /// Day of the update; name of the file.
    pub date: Date,
    /// Title; empty: the day is the title.
    pub title: Text,
    /// Text for readers, in paragraphs; empty: none.
    pub text: Text,
    /// Indicators whose figures or definitions changed.
    pub figures: Vec<UpdatedFigures>,
    /// Ranks that moved.
    pub ranks: Vec<RankChange>,
    /// Statuses against targets that moved.
    pub statuses: Vec<StatusChange>,
    /// Statements in the text that the new figures did not bear out.
    pub claims: Vec<RetiredClaim>,
    /// Its file, for findings.
    pub origin: Origin,
}

/// Whether an indicator was new, kept or removed in an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// Only the new site has it.
    New,
    /// Only the old site had it.
    Gone,
    /// Both have it.
    #[default]
    Kept,
}

names!(Fate {
    New = "new",
    Gone = "gone",
    Kept = "kept",
});

/// Changes in one indicator.
#[derive(Clone, Debug)]
pub struct UpdatedFigures {
    /// Id of the indicator, which need not exist any more.
    pub indicator: String,
    /// Name of the indicator on the day of the update.
    pub name: Text,
    /// Unit of its figures on that day.
    pub unit: Unit,
    /// Whether it was new, kept or removed.
    pub fate: Fate,
    /// Keys of its file that were changed: of [`Update::ASPECTS`].
    pub redefined: Vec<&'static str>,
    /// Figures where there were none; `None`: there are none.
    pub added: Option<Extent>,
    /// Figures that were removed; `None`: none were.
    pub gone: Option<Extent>,
    /// Places that have no figures any more.
    pub vanished: Vec<PlaceId>,
    /// Revised figures, by period.
    pub revised: Vec<Revision>,
}

impl Update {
    /// Keys of an indicator's file that decide what its figures mean, as written in data files and in words.
    pub const ASPECTS: &'static [(&'static str, &'static str)] = &[
        ("name", "name"),
        ("definition", "definition"),
        ("unit", "unit"),
        ("better", "better"),
        ("comparable", "comparable"),
        ("period", "period"),
        ("sample", "sample"),
    ];

    /// Changes in this indicator; `None`: it was not changed.
    #[must_use]
    pub fn figures_of(&self, indicator: &str) -> Option<&UpdatedFigures> {
        self.figures.iter().find(|figures| figures.indicator == indicator)
    }
}

/// Number of figures, and the periods they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Number of figures.
    pub figures: u64,
    /// The first period.
    pub first: Period,
    /// The last period, which may be the first.
    pub last: Period,
}

/// Figures of one period that were revised.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Period of the figures.
    pub period: Period,
    /// Reason for the revision; empty: none was given.
    pub note: Text,
    /// The figures, the report's own place first.
    pub values: Vec<RevisedFigure>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// A figure before and after, in the unit of its indicator.
#[derive(Clone, Debug)]
pub struct RevisedFigure {
    /// The place.
    pub place: PlaceId,
    /// Sex, or both.
    pub sex: Sex,
    /// Name of the category; empty: all categories together.
    pub category: Text,
    /// Figure before the update.
    pub was: f64,
    /// Figure after the update.
    pub now: f64,
}

/// A rank as recorded in an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedRank {
    /// The rank; the first is 1.
    pub position: u64,
    /// Number of places or units that were ranked.
    pub of: u64,
    /// Period of the figures; `None` for an index.
    pub period: Option<Period>,
}

/// Indicator or index that ranks were made by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ranked {
    /// An indicator, by id.
    Indicator(String),
    /// An index, by id.
    Index(String),
}

/// A rank that changed.
#[derive(Clone, Debug)]
pub struct RankChange {
    /// Indicator or index of the ranks.
    pub subject: Ranked,
    /// Name of the subject on the day of the update.
    pub name: Text,
    /// The ranked place.
    pub place: PlaceId,
    /// Rank before the update.
    pub was: RecordedRank,
    /// Rank after the update.
    pub now: RecordedRank,
}

/// A status against a target as recorded in an update, without the reason why one is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordedStatus {
    /// The target was reached.
    Reached,
    /// The target would be reached at the pace then.
    OnTrack,
    /// The target would not be reached at the pace then.
    Behind,
    /// The target's period had passed without it being met.
    Missed,
    /// The status could not be judged.
    Unknown,
}

names!(RecordedStatus {
    Reached = "reached",
    OnTrack = "on_track",
    Behind = "behind",
    Missed = "missed",
    Unknown = "unknown",
});

/// A status that changed.
#[derive(Clone, Debug)]
pub struct StatusChange {
    /// Id of the indicator.
    pub indicator: String,
    /// Name of the indicator on the day of the update.
    pub name: Text,
    /// Id of the set with the target.
    pub set: String,
    /// Name of the set on that day.
    pub set_name: Text,
    /// The place.
    pub place: PlaceId,
    /// Status before the update.
    pub was: RecordedStatus,
    /// Status after the update.
    pub now: RecordedStatus,
}

/// A statement that the new figures did not bear out.
#[derive(Clone, Debug)]
pub struct RetiredClaim {
    /// The statement.
    pub text: String,
    /// Id of the page it stood on; empty: it stood on none.
    pub page: String,
}
