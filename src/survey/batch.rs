//! Journal and day → the line up to which responses are in the results.
//!
//! While a consultation is open, results move in batches, so that no single answer can be read off the difference
//! between two of them. A batch is full when so many different respondents have sent something since the last one; who
//! sends again counts once. Of persons a batch is never smaller than the minimum, and never smaller than a tenth of the
//! journal's lines before it, so that there are some hundred publications at most, and all of them can be checked
//! against each other. When it has closed everything is in, but for persons who are fewer than the minimum since a
//! batch that was shown: they would be what differs.

use super::state::{State, state};
use crate::model::{Consultation, Respondents, Response};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How far results may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Not at all: it has not closed, and there are no interim results.
    Nothing,
    /// The journal's lines before this one; and the reaches of the publications before, oldest first.
    Lines(u32, Vec<u32>),
}

/// Whether more answers may come.
pub(super) fn is_interim(consultation: &Consultation, today: Date) -> bool {
    matches!(state(&consultation.dates, today), State::Coming | State::Open | State::Extended)
}

/// How many new respondents make a batch; `None`: nothing is shown before it has closed. Of persons never fewer than
/// the minimum.
#[must_use]
pub fn batch(consultation: &Consultation) -> Option<u32> {
    let rule = &consultation.publication;
    Some(rule.interim?.max(1).max(rule.minimum.unwrap_or(0)))
}

/// How far results may be shown on this day; `lines` are all that respondents have sent, in the order of the journal.
pub(super) fn reach(consultation: &Consultation, lines: &[&Response], today: Date) -> Reach {
    let persons = consultation.respondents == Respondents::Persons;
    let interim = is_interim(consultation, today);
    let size = match batch(consultation) {
        None if interim => return Reach::Nothing,
        Some(size) if interim || persons => size,
        _ => return Reach::Lines(u32::MAX, Vec::new()),
    };
    let mut ends = ends(lines, size, persons);
    let last = ends.last().copied().unwrap_or(0);
    let late: BTreeSet<&str> = lines.iter().filter(|line| line.received >= last).map(|line| line.id.as_str()).collect();
    let few = late.len() < consultation.publication.minimum.unwrap_or(0) as usize && last > 0;
    if interim || few {
        ends.pop();
        return Reach::Lines(last, ends);
    }
    Reach::Lines(u32::MAX, ends)
}

/// The line before which each full batch ends.
fn ends(lines: &[&Response], size: u32, growing: bool) -> Vec<u32> {
    let mut ends = Vec::new();
    let mut since: BTreeSet<&str> = BTreeSet::new();
    let mut wanted = size as usize;
    for (line, before) in lines.iter().zip(1..) {
        since.insert(&line.id);
        if since.len() >= wanted {
            ends.push(line.received + 1);
            since.clear();
            // Whole batches, so that the number of respondents stays a multiple of what was promised.
            wanted = size as usize * if growing { (before / 10usize).div_ceil(size as usize).max(1) } else { 1 };
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::super::example::{consultation, persons, response};
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const OPEN: Date = date(2026, 2, 10);
    const CLOSED: Date = date(2026, 4, 1);

    fn journal(ids: &[u32]) -> Vec<Response> {
        ids.iter().zip(0..).map(|(id, received)| response(&format!("r{id}"), received, Vec::new())).collect()
    }

    fn reached(consultation: &Consultation, ids: &[u32], today: Date) -> Reach {
        let journal = journal(ids);
        reach(consultation, &journal.iter().collect::<Vec<_>>(), today)
    }

    #[test]
    fn nothing_is_shown_before_it_has_closed_unless_it_says_so() {
        assert_eq!(reached(&consultation(), &[1, 2, 3], OPEN), Reach::Nothing);
        assert_eq!(reached(&consultation(), &[1, 2, 3], CLOSED), Reach::Lines(u32::MAX, vec![]));
    }

    #[test]
    fn while_open_only_full_batches_are_shown() {
        let mut own = consultation();
        own.publication.interim = Some(3);
        assert_eq!(reached(&own, &[1, 2], OPEN), Reach::Lines(0, vec![]));
        assert_eq!(reached(&own, &[1, 2, 3, 4, 5, 6, 7, 8], OPEN), Reach::Lines(6, vec![3]));
        assert_eq!(reached(&own, &[1, 2, 3, 4], CLOSED), Reach::Lines(u32::MAX, vec![]));
    }

    #[test]
    fn who_sends_again_counts_once_in_a_batch() {
        let mut own = consultation();
        own.publication.interim = Some(3);
        assert_eq!(reached(&own, &[1, 2, 2, 2, 3], OPEN), Reach::Lines(5, vec![]));
    }

    #[test]
    fn too_few_latecomers_among_persons_stay_out() {
        let own = persons(5, Some(5));
        assert_eq!(reached(&own, &(0..14).collect::<Vec<_>>(), CLOSED), Reach::Lines(10, vec![5]));
        assert_eq!(reached(&own, &(0..10).collect::<Vec<_>>(), CLOSED), Reach::Lines(10, vec![5]));
        assert_eq!(reached(&own, &(0..4).collect::<Vec<_>>(), CLOSED), Reach::Lines(u32::MAX, vec![]));
        assert_eq!(reached(&persons(5, None), &(0..14).collect::<Vec<_>>(), CLOSED), Reach::Lines(u32::MAX, vec![]));
    }

    #[test]
    fn batches_of_persons_are_no_smaller_than_the_minimum_and_grow() {
        assert_eq!(batch(&persons(5, Some(2))), Some(5));
        let Reach::Lines(_, before) = reached(&persons(5, Some(5)), &(0..50_000).collect::<Vec<_>>(), OPEN) else {
            panic!("interim results");
        };
        assert!(before.len() < 100, "{} publications", before.len());
        assert!(before.windows(2).all(|pair| pair[1] - pair[0] >= 5.max(pair[0] / 10) && pair[1].is_multiple_of(5)));
    }

    proptest! {
        #[test]
        fn one_more_response_moves_the_reach_by_a_batch_or_not_at_all(
            ids in prop::collection::vec(0..30u32, 1..60), size in 2..6u32, of_persons: bool,
        ) {
            let mut own = if of_persons { persons(size, Some(size)) } else { consultation() };
            own.publication.interim = Some(size);
            let lines = |reach| match reach { Reach::Lines(lines, _) => lines, Reach::Nothing => 0 };
            let before = lines(reached(&own, &ids[..ids.len() - 1], OPEN));
            let after = lines(reached(&own, &ids, OPEN));
            let new: BTreeSet<u32> = ids[before as usize..after as usize].iter().copied().collect();
            prop_assert!(before == after || new.len() >= size as usize);
        }
    }
}
