//! Journal and day → the line up to which responses are in the results.
//!
//! While a consultation is open, results move in batches, so that no single answer can be read off the difference
//! between two of them. A batch is full when so many different respondents have sent something since the last one; who
//! sends again counts once. Of persons a batch is never smaller than the minimum, nor smaller than all that came before
//! it: each publication has twice as many as the last, so that they are few enough to be checked against each other, and
//! what was hidden in one costs little in the next. A batch of bodies with one that wants no name grows until there is
//! company for it. When it has closed everything is in, but for those since the last batch that was shown who would be
//! known by what differs: persons fewer than the minimum, and bodies among which one wants no name and has no company.

use super::naming::exposes;
use super::state::{State, state};
use crate::model::{Consultation, Respondents, Response};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
    matches!(
        state(&consultation.dates, today),
        State::Coming | State::Open | State::Extended
    )
}

/// How many new respondents a batch has at least; `None`: nothing is shown before it has closed. Of persons never
/// fewer than the minimum.
#[must_use]
pub fn batch(consultation: &Consultation) -> Option<u32> {
    let rule = &consultation.publication;
    Some(rule.interim?.max(1).max(rule.minimum.unwrap_or(0)))
}

/// How far results may be shown on this day; `lines` are all that respondents have sent, in the order of the journal.
pub(super) fn reach(consultation: &Consultation, lines: &[&Response], today: Date) -> Reach {
    let interim = is_interim(consultation, today);
    let Some(size) = batch(consultation) else {
        return if interim {
            Reach::Nothing
        } else {
            Reach::Lines(u32::MAX, Vec::new())
        };
    };
    let (mut ends, rest) = ends(consultation, lines, size as usize);
    let last = ends.last().copied().unwrap_or(0);
    let all = !interim && (last == 0 || rest.may_be_told(consultation));
    if !all || rest.0.is_empty() {
        // What was published last is what is shown now.
        ends.pop();
    }
    Reach::Lines(if all { u32::MAX } else { last }, ends)
}

/// The line before which each full batch ends, and what has come since the last.
fn ends<'a>(consultation: &Consultation, lines: &[&'a Response], size: usize) -> (Vec<u32>, Since<'a>) {
    let persons = consultation.respondents == Respondents::Persons;
    let mut ends = Vec::new();
    let mut since = Since::default();
    let mut wanted = size;
    for (line, before) in lines.iter().zip(1..) {
        since.0.insert(&line.id, line);
        if since.0.len() >= wanted && since.may_be_told(consultation) {
            ends.push(line.received + 1);
            since.0.clear();
            // Whole batches, so that the number of respondents stays a multiple of what was promised.
            wanted = if persons {
                size * usize::div_ceil(before, size)
            } else {
                size
            };
        }
    }
    (ends, since)
}

/// What each respondent sent last since a batch was full.
#[derive(Default)]
struct Since<'a>(BTreeMap<&'a str, &'a Response>);

impl Since<'_> {
    /// Whether it may be seen all at once without telling of one.
    fn may_be_told(&self, consultation: &Consultation) -> bool {
        match consultation.respondents {
            Respondents::Persons => {
                self.0.is_empty() || self.0.len() >= consultation.publication.minimum.unwrap_or(0) as usize
            }
            Respondents::Bodies => !exposes(consultation, self.0.values().copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, OPEN, consultation, persons, response};
    use super::*;
    use crate::model::Naming;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn journal(ids: &[u32]) -> Vec<Response> {
        ids.iter()
            .zip(0..)
            .map(|(id, received)| response(&format!("r{id}"), received, Vec::new()))
            .collect()
    }

    fn reached(consultation: &Consultation, ids: &[u32], today: Date) -> Reach {
        let journal = journal(ids);
        reach(consultation, &journal.iter().collect::<Vec<_>>(), today)
    }

    #[test]
    fn nothing_is_shown_before_it_has_closed_unless_it_says_so() {
        assert_eq!(reached(&consultation(), &[1, 2, 3], OPEN), Reach::Nothing);
        assert_eq!(
            reached(&consultation(), &[1, 2, 3], CLOSED),
            Reach::Lines(u32::MAX, vec![])
        );
    }

    #[test]
    fn while_open_only_full_batches_are_shown() {
        let mut own = consultation();
        own.publication.interim = Some(3);
        assert_eq!(reached(&own, &[1, 2], OPEN), Reach::Lines(0, vec![]));
        assert_eq!(reached(&own, &[1, 2, 3, 4, 5, 6, 7, 8], OPEN), Reach::Lines(6, vec![3]));
        assert_eq!(reached(&own, &[1, 2, 3, 4], CLOSED), Reach::Lines(u32::MAX, vec![3]));
    }

    #[test]
    fn who_sends_again_counts_once_in_a_batch() {
        let mut own = consultation();
        own.publication.interim = Some(3);
        assert_eq!(reached(&own, &[1, 2, 2, 2, 3], OPEN), Reach::Lines(5, vec![]));
    }

    #[test]
    fn a_body_that_wants_no_name_waits_for_company() {
        let mut own = consultation();
        own.publication.interim = Some(2);
        let mut journal = journal(&[1, 2, 3, 4, 5]);
        journal[3].naming = Naming::Type;
        for (line, body) in journal.iter_mut().zip(["1", "2", "3", "4", "lst"]) {
            line.body = Some(body.to_owned());
        }
        let reached = |journal: &[Response], today| reach(&own, &journal.iter().collect::<Vec<_>>(), today);
        assert_eq!(reached(&journal, OPEN), Reach::Lines(2, vec![]));
        assert_eq!(reached(&journal, CLOSED), Reach::Lines(2, vec![]));
        journal[2].naming = Naming::Type;
        journal[4].naming = Naming::Type;
        assert_eq!(reached(&journal, OPEN), Reach::Lines(5, vec![2]));
    }

    #[test]
    fn too_few_latecomers_among_persons_stay_out() {
        let own = persons(5, Some(5));
        assert_eq!(
            reached(&own, &(0..14).collect::<Vec<_>>(), CLOSED),
            Reach::Lines(10, vec![5])
        );
        assert_eq!(
            reached(&own, &(0..10).collect::<Vec<_>>(), CLOSED),
            Reach::Lines(u32::MAX, vec![5])
        );
        assert_eq!(
            reached(&own, &(0..4).collect::<Vec<_>>(), CLOSED),
            Reach::Lines(u32::MAX, vec![])
        );
        assert_eq!(
            reached(&persons(5, None), &(0..14).collect::<Vec<_>>(), CLOSED),
            Reach::Lines(u32::MAX, vec![])
        );
    }

    #[test]
    fn batches_of_persons_are_no_smaller_than_the_minimum_and_grow() {
        assert_eq!(batch(&persons(5, Some(2))), Some(5));
        let Reach::Lines(_, before) = reached(&persons(5, Some(5)), &(0..50_000).collect::<Vec<_>>(), OPEN) else {
            panic!("interim results");
        };
        assert_eq!(
            before,
            [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240, 20480]
        );
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
