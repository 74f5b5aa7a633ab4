//! The state of a consultation on a day, and when that changes next.
//!
//! Takes dates and a day; gives a state. No clock: the day is an argument.

use crate::model::{Consultation, Dates};
use jiff::civil::Date;

/// The stage of a consultation's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not open yet.
    Coming,
    /// Open.
    Open,
    /// Open, and its last day has been moved.
    Extended,
    /// Has opened, and cannot be answered for the time being.
    Paused,
    /// Closed; the answers are being worked on.
    Closed,
    /// Ended before its time.
    Withdrawn,
    /// Closed, and nobody has answered.
    Unanswered,
    /// Results are published.
    Results,
    /// Decided upon.
    Decided,
    /// Kept for the record.
    Archived,
}

impl State {
    /// All states, in the order of a consultation's life.
    pub const ALL: [State; 10] = [
        State::Coming,
        State::Open,
        State::Extended,
        State::Paused,
        State::Closed,
        State::Withdrawn,
        State::Unanswered,
        State::Results,
        State::Decided,
        State::Archived,
    ];

    /// The key of its word in the theme.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Coming => "coming",
            State::Open => "open",
            State::Extended => "extended",
            State::Paused => "paused",
            State::Closed => "closed",
            State::Withdrawn => "withdrawn",
            State::Unanswered => "unanswered",
            State::Results => "results",
            State::Decided => "decided",
            State::Archived => "archived",
        }
    }

    /// Whether the consultation can be answered.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, State::Open | State::Extended)
    }
}

/// The state on this day. Decisions and results that come while the consultation is open do not close it.
#[must_use]
pub fn state(dates: &Dates, today: Date) -> State {
    let reached = |day: Option<Date>| day.is_some_and(|day| day <= today);
    if dates.withdrawn.as_ref().is_some_and(|end| end.on <= today) {
        if reached(dates.archived) {
            State::Archived
        } else {
            State::Withdrawn
        }
    } else if dates.opens.is_some_and(|day| day > today) {
        State::Coming
    } else if dates.closes.is_none_or(|day| day >= today) && !reached(dates.archived) {
        let extended = dates
            .extensions
            .iter()
            .any(|extension| extension.on.is_none_or(|day| day <= today));
        if dates.pauses.iter().any(|pause| pause.holds_on(today)) {
            State::Paused
        } else if extended {
            State::Extended
        } else {
            State::Open
        }
    } else if reached(dates.archived) {
        State::Archived
    } else if reached(dates.decision) {
        State::Decided
    } else if dates.unanswered {
        State::Unanswered
    } else if reached(dates.results) {
        State::Results
    } else {
        State::Closed
    }
}

/// Days after this one on which the state of a consultation is another than the day before.
#[must_use]
pub fn changes(consultations: &[Consultation], today: Date) -> Vec<(Date, &Consultation)> {
    let all = consultations
        .iter()
        .flat_map(|consultation| days_of_change(&consultation.dates, today).map(move |day| (day, consultation)));
    all.collect()
}

/// Days after this one on which the state differs from that of the day before.
fn days_of_change(dates: &Dates, today: Date) -> impl Iterator<Item = Date> {
    let after = |last: Option<Date>| last.and_then(|day| day.tomorrow().ok());
    let pauses = dates
        .pauses
        .iter()
        .flat_map(|pause| [Some(pause.from), after(pause.to)]);
    let days = [
        dates.opens,
        after(dates.closes),
        dates.withdrawn.as_ref().map(|end| end.on),
        dates.results,
        dates.decision,
        dates.archived,
    ];
    let days = days.into_iter().chain(pauses).flatten().collect::<Vec<_>>().into_iter();
    days.filter(move |day| {
        *day > today
            && day
                .yesterday()
                .is_ok_and(|before| state(dates, before) != state(dates, *day))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Extension, Text};
    use crate::source::Origin;
    use jiff::civil::date;

    fn dates() -> Dates {
        Dates {
            opens: Some(date(2026, 2, 2)),
            closes: Some(date(2026, 3, 17)),
            results: Some(date(2026, 5, 4)),
            decision: Some(date(2026, 9, 1)),
            archived: Some(date(2027, 1, 1)),
            ..Dates::default()
        }
    }

    #[test]
    fn a_life_in_order() {
        let mut dates = dates();
        dates.extensions.push(Extension {
            from: Some(date(2026, 3, 3)),
            to: date(2026, 3, 17),
            on: Some(date(2026, 2, 27)),
            reason: Text::default(),
            origin: Origin::file(&"data/surveys/a.yaml".into()),
        });
        let days = [
            (date(2026, 2, 1), State::Coming),
            (date(2026, 2, 2), State::Open),
            (date(2026, 2, 27), State::Extended),
            (date(2026, 3, 17), State::Extended),
            (date(2026, 3, 18), State::Closed),
            (date(2026, 5, 4), State::Results),
            (date(2026, 9, 1), State::Decided),
            (date(2027, 1, 1), State::Archived),
        ];
        assert_eq!(days.map(|(day, _)| state(&dates, day)), days.map(|(_, state)| state));
    }

    #[test]
    fn the_day_after_the_last_is_the_next_change() {
        let after = |today| days_of_change(&dates(), today).min();
        assert_eq!(after(date(2026, 2, 10)), Some(date(2026, 3, 18)));
        assert_eq!(after(date(2027, 1, 1)), None);
    }
}
