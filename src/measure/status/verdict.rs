//! The words of a verdict, and the comparisons they rest on.

use crate::measure::rounded;
use crate::model::Better;

/// Status of a place against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The target is met.
    Reached,
    /// Not met, but at least as far as the rule asks by now.
    OnTrack,
    /// Less far than that, or not the way the target asks for.
    Behind,
    /// Not met, and the outcome of the target's period is known.
    Missed,
    /// It cannot be judged.
    Unknown(UnknownReason),
}

impl Status {
    /// Key of the theme's words, and name in files for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Reached => "reached",
            Status::OnTrack => "on_track",
            Status::Behind => "behind",
            Status::Missed => "missed",
            Status::Unknown(_) => "unknown",
        }
    }
}

/// Why a status cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnknownReason {
    /// The place has no number to judge by.
    NoValue,
    /// No number for the base period.
    NoBase,
    /// No number later than the base.
    Single,
    /// Figures before and after a break cannot be compared.
    Break,
    /// Some of the peers have no number for any period in which the place has one.
    NoPeers,
    /// The target's period has come, and its outcome is not known yet.
    Open,
    /// Nobody has said which way is better.
    NoDirection,
}

/// Whether one number is better than another, as shown with so many decimals; `None` when neither way is better.
pub(super) fn is_better(better: Better, number: f64, other: f64, decimals: u8) -> Option<bool> {
    let (number, other) = (rounded(number, decimals), rounded(other, decimals));
    match better {
        Better::Higher => Some(number > other),
        Better::Lower => Some(number < other),
        Better::Neither => None,
    }
}

/// Whether less is better; `None` when neither is.
pub(super) fn is_less_better(better: Better) -> Option<bool> {
    (better != Better::Neither).then_some(better == Better::Lower)
}

/// The status of a target that is neither met nor missed.
pub(super) fn verdict(on_track: bool) -> Status {
    if on_track { Status::OnTrack } else { Status::Behind }
}
