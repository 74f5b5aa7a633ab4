//! Commitments after a decision: what somebody is to do, until when, and how far it has come.

use super::Text;
use super::names::names;
use crate::source::Origin;
use jiff::civil::Date;

/// Something that was decided and is followed up until it is done.
#[derive(Clone, Debug)]
pub struct Commitment {
    /// Id within the consultation.
    pub id: String,
    /// What is to be done.
    pub text: Text,
    /// Responsible body.
    pub responsible: Text,
    /// Last day to have it done.
    pub due: Date,
    /// Indicator that should move, by id, and where it is named; `None`: none does.
    pub indicator: Option<(String, Origin)>,
    /// Section of the adopted text that it carries out, by id; `None`: not stated.
    pub section: Option<(String, Origin)>,
    /// Themes of the consultation that led to it, by id.
    pub themes: Vec<(String, Origin)>,
    /// News, oldest first.
    pub history: Vec<Progress>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// How far a commitment had come on a day.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The day.
    pub date: Date,
    /// Status from that day on.
    pub status: CommitmentStatus,
    /// What has happened; empty: not stated.
    pub note: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Status of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitmentStatus {
    /// Decided, and not begun.
    Planned,
    /// Under way.
    Started,
    /// Begun, and waiting.
    Paused,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

names!(CommitmentStatus {
    Planned = "planned",
    Started = "started",
    Paused = "paused",
    Done = "done",
    Dropped = "dropped",
});

impl CommitmentStatus {
    /// Whether nothing more is to come: it is done or given up.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, CommitmentStatus::Done | CommitmentStatus::Dropped)
    }

    /// Whether a reason must be given: for waiting and for giving up.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, CommitmentStatus::Paused | CommitmentStatus::Dropped)
    }
}

impl Commitment {
    /// The newest status; planned where there is no news.
    #[must_use]
    pub fn status(&self) -> CommitmentStatus {
        self.history
            .last()
            .map_or(CommitmentStatus::Planned, |news| news.status)
    }

    /// Whether its last day has passed on this day and it is neither done nor given up.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.due < today && !self.status().is_settled()
    }
}
