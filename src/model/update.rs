//! What an update did to the report, as it was recorded on its day.
//!
//! A record is history: it keeps the name and the unit that an indicator had then, so that what it tells stays true when the
//! indicator is later changed or taken away.

use super::{Period, PlaceId, Sex, Text, Unit};
use crate::source::Origin;
use jiff::civil::Date;

/// `data/changes/DATE.yaml`: one update of the report.
#[derive(Clone, Debug)]
pub struct Update {
    /// The day; the name of the file.
    pub date: Date,
    /// What it is called; empty: the day is all there is to say.
    pub title: Text,
    /// What readers should know about it, in paragraphs.
    pub text: Text,
    /// Indicators whose figures or definitions changed.
    pub figures: Vec<UpdatedFigures>,
    /// Ranks that moved.
    pub ranks: Vec<RankChange>,
    /// Statuses against targets that moved.
    pub statuses: Vec<StatusChange>,
    /// Statements in the text that the new figures did not bear out.
    pub claims: Vec<RetiredClaim>,
    /// Its file.
    pub origin: Origin,
}

/// What became of an indicator in an update.
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

impl Fate {
    /// As written in data files.
    pub const NAMES: &'static [(&'static str, Fate)] =
        &[("new", Fate::New), ("gone", Fate::Gone), ("kept", Fate::Kept)];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, fate)| *fate == self)
            .map_or("", |(name, _)| name)
    }
}

/// What changed in an indicator.
#[derive(Clone, Debug)]
pub struct UpdatedFigures {
    /// Its id; it need not be there any more.
    pub indicator: String,
    /// Its name then.
    pub name: Text,
    /// The unit of its figures then.
    pub unit: Unit,
    /// Whether it was new or taken away.
    pub fate: Fate,
    /// Keys of its file that said something else than before: of [`Update::ASPECTS`].
    pub redefined: Vec<&'static str>,
    /// Figures where there were none.
    pub added: Option<Extent>,
    /// Figures that were taken away.
    pub gone: Option<Extent>,
    /// Places of which no figures were left.
    pub vanished: Vec<PlaceId>,
    /// Figures that were others than before, by period.
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

    /// What it changed in this indicator.
    #[must_use]
    pub fn of(&self, indicator: &str) -> Option<&UpdatedFigures> {
        self.figures.iter().find(|figures| figures.indicator == indicator)
    }
}

/// How many figures, and for when.
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
    /// When.
    pub period: Period,
    /// Why; empty when nobody has said it.
    pub note: Text,
    /// The figures, the report's own place first.
    pub values: Vec<RevisedFigure>,
    /// Where it is written.
    pub origin: Origin,
}

/// A figure before and after, in the unit of its indicator.
#[derive(Clone, Debug)]
pub struct RevisedFigure {
    /// Where.
    pub place: PlaceId,
    /// Whose.
    pub sex: Sex,
    /// Name of the category; empty: all of it.
    pub category: Text,
    /// Before.
    pub was: f64,
    /// After.
    pub now: f64,
}

/// A rank among so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankThen {
    /// The rank; the first is 1.
    pub position: u64,
    /// Among how many.
    pub of: u64,
    /// When; `None` for an index.
    pub period: Option<Period>,
}

/// What was ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ranked {
    /// An indicator, by id.
    Indicator(String),
    /// An index, by id.
    Index(String),
}

/// A rank that moved.
#[derive(Clone, Debug)]
pub struct RankChange {
    /// What was ranked.
    pub subject: Ranked,
    /// Its name then.
    pub name: Text,
    /// Whose rank.
    pub place: PlaceId,
    /// Before.
    pub was: RankThen,
    /// After.
    pub now: RankThen,
}

/// A status against a target, without the reason why one is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusThen {
    /// The target was reached.
    Reached,
    /// It would be, at the pace then.
    OnTrack,
    /// It would not.
    Behind,
    /// Its year had passed.
    Missed,
    /// It could not be told.
    Unknown,
}

impl StatusThen {
    /// As written in data files; also the keys of the theme's words.
    pub const NAMES: &'static [(&'static str, StatusThen)] = &[
        ("reached", StatusThen::Reached),
        ("on_track", StatusThen::OnTrack),
        ("behind", StatusThen::Behind),
        ("missed", StatusThen::Missed),
        ("unknown", StatusThen::Unknown),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, status)| *status == self)
            .map_or("", |(name, _)| name)
    }
}

/// A status that moved.
#[derive(Clone, Debug)]
pub struct StatusChange {
    /// Id of the indicator.
    pub indicator: String,
    /// Its name then.
    pub name: Text,
    /// Id of the set with the target.
    pub set: String,
    /// Its name then.
    pub set_name: Text,
    /// Whose status.
    pub place: PlaceId,
    /// Before.
    pub was: StatusThen,
    /// After.
    pub now: StatusThen,
}

/// A statement that the new figures did not bear out.
#[derive(Clone, Debug)]
pub struct RetiredClaim {
    /// The statement.
    pub text: String,
    /// Id of the page it stood on; empty when it stood on none.
    pub page: String,
}
