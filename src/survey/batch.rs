//! Batches and the cut-off: up to which line of the journal responses are in the results on a day.
//!
//! While a consultation is open, results move in batches, so that no single answer can be read off the difference
//! between two of them. A batch is full when so many different respondents have sent something since the last one; who
//! sends again counts once. Of persons a batch is never smaller than the minimum, nor smaller than all that came before
//! it: each publication has twice as many as the last, so that they are few enough to be checked against each other, and
//! what was hidden in one costs little in the next. A batch of bodies with one that wants no name grows until there is
//! company for it.
//!
//! After closing all responses count, except a last partial batch so small that the difference would identify someone:
//! persons fewer than the minimum, and bodies among which one wants no name and has no company.

use super::naming::exposes;
use super::state::{State, state};
use crate::model::{Consultation, Respondents, Response};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Which lines of the journal are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cutoff {
    /// None: it has not closed, and there are no interim results.
    Unpublished,
    /// The first lines.
    Published {
        /// The first line that is not in the results.
        before_line: u32,
        /// The cut-offs of the publications before, oldest first.
        earlier: Vec<u32>,
    },
}

/// Whether the whole result must not be published yet: more answers may come, the day of the results has not, or it was
/// withdrawn and has none.
pub(super) fn is_interim(consultation: &Consultation, today: Date) -> bool {
    let dates = &consultation.dates;
    let state = state(dates, today);
    let is_over = matches!(
        state,
        State::Closed | State::Unanswered | State::Results | State::Decided | State::Archived
    );
    !is_over || dates.withdrawn.is_some() || dates.results.is_some_and(|day| day > today)
}

/// How many new respondents a batch has at least; `None`: nothing is shown before it has closed. Of persons never
/// fewer than the minimum.
#[must_use]
pub fn batch(consultation: &Consultation) -> Option<u32> {
    let rule = &consultation.publication;
    Some(rule.interim?.max(1).max(rule.minimum.unwrap_or(0)))
}

/// The cut-off on this day; `lines` are all that respondents have sent, in the order of the journal.
pub(super) fn cutoff(consultation: &Consultation, lines: &[&Response], today: Date) -> Cutoff {
    let interim = is_interim(consultation, today);
    let Some(size) = batch(consultation) else {
        return if interim {
            Cutoff::Unpublished
        } else {
            Cutoff::Published {
                before_line: u32::MAX,
                earlier: Vec::new(),
            }
        };
    };
    let (mut ends, rest) = full_batches(consultation, lines, size as usize);
    let last = ends.last().copied().unwrap_or(0);
    let all = !interim && (last == 0 || rest.may_be_published(consultation));
    if !all || rest.0.is_empty() {
        // What was published last is what is shown now.
        ends.pop();
    }
    Cutoff::Published {
        before_line: if all { u32::MAX } else { last },
        earlier: ends,
    }
}

/// The line before which each full batch ends, and the batch that has begun since.
fn full_batches<'a>(consultation: &Consultation, lines: &[&'a Response], size: usize) -> (Vec<u32>, Batch<'a>) {
    let mut ends = Vec::new();
    let mut batch = Batch::default();
    let mut full = size;
    for (line, before) in lines.iter().zip(1..) {
        batch.0.insert(&line.id, line);
        if batch.0.len() >= full && batch.may_be_published(consultation) {
            ends.push(line.received + 1);
            batch.0.clear();
            if consultation.respondents == Respondents::Persons {
                // Whole batches, so that the number of respondents stays a multiple of what was promised.
                full = size * usize::div_ceil(before, size);
            }
        }
    }
    (ends, batch)
}

/// The last response of each respondent in a batch, by their id.
#[derive(Default)]
struct Batch<'a>(BTreeMap<&'a str, &'a Response>);

impl Batch<'_> {
    /// Whether it may be seen all at once without telling of one respondent.
    fn may_be_published(&self, consultation: &Consultation) -> bool {
        match consultation.respondents {
            Respondents::Persons => {
                self.0.is_empty() || self.0.len() >= consultation.publication.minimum.unwrap_or(0) as usize
            }
            Respondents::Bodies => !exposes(consultation, self.0.values().copied(), true),
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

    fn cutoff_of(consultation: &Consultation, ids: &[u32], today: Date) -> Cutoff {
        let journal = journal(ids);
        cutoff(consultation, &journal.iter().collect::<Vec<_>>(), today)
    }

    fn before(before_line: u32, earlier: &[u32]) -> Cutoff {
        Cutoff::Published {
            before_line,
            earlier: earlier.to_vec(),
        }
    }

    #[test]
    fn nothing_is_shown_before_it_has_closed_unless_it_says_so() {
        assert_eq!(cutoff_of(&consultation(), &[1, 2, 3], OPEN), Cutoff::Unpublished);
        assert_eq!(cutoff_of(&consultation(), &[1, 2, 3], CLOSED), before(u32::MAX, &[]));
    }

    #[test]
    fn while_open_only_full_batches_are_shown() {
        let mut consultation = consultation();
        consultation.publication.interim = Some(3);
        assert_eq!(cutoff_of(&consultation, &[1, 2], OPEN), before(0, &[]));
        assert_eq!(
            cutoff_of(&consultation, &[1, 2, 3, 4, 5, 6, 7, 8], OPEN),
            before(6, &[3])
        );
        assert_eq!(cutoff_of(&consultation, &[1, 2, 3, 4], CLOSED), before(u32::MAX, &[3]));
    }

    #[test]
    fn who_sends_again_counts_once_in_a_batch() {
        let mut consultation = consultation();
        consultation.publication.interim = Some(3);
        assert_eq!(cutoff_of(&consultation, &[1, 2, 2, 2, 3], OPEN), before(5, &[]));
    }

    #[test]
    fn a_body_that_wants_no_name_waits_for_company() {
        let mut consultation = consultation();
        consultation.publication.interim = Some(2);
        let mut journal = journal(&[1, 2, 3, 4, 5]);
        journal[3].naming = Naming::Type;
        for (line, body) in journal.iter_mut().zip(["1", "2", "3", "4", "lst"]) {
            line.body = Some(body.to_owned());
        }
        let cutoff_of = |journal: &[Response], today| cutoff(&consultation, &journal.iter().collect::<Vec<_>>(), today);
        assert_eq!(cutoff_of(&journal, OPEN), before(2, &[]));
        assert_eq!(cutoff_of(&journal, CLOSED), before(2, &[]));
        journal[2].naming = Naming::Type;
        journal[4].naming = Naming::Type;
        assert_eq!(cutoff_of(&journal, OPEN), before(5, &[2]));
    }

    #[test]
    fn too_few_latecomers_among_persons_stay_out() {
        let consultation = persons(5, Some(5));
        assert_eq!(
            cutoff_of(&consultation, &(0..14).collect::<Vec<_>>(), CLOSED),
            before(10, &[5])
        );
        assert_eq!(
            cutoff_of(&consultation, &(0..10).collect::<Vec<_>>(), CLOSED),
            before(u32::MAX, &[5])
        );
        assert_eq!(
            cutoff_of(&consultation, &(0..4).collect::<Vec<_>>(), CLOSED),
            before(u32::MAX, &[])
        );
        assert_eq!(
            cutoff_of(&persons(5, None), &(0..14).collect::<Vec<_>>(), CLOSED),
            before(u32::MAX, &[])
        );
    }

    #[test]
    fn batches_of_persons_are_no_smaller_than_the_minimum_and_grow() {
        assert_eq!(batch(&persons(5, Some(2))), Some(5));
        let cutoff = cutoff_of(&persons(5, Some(5)), &(0..50_000).collect::<Vec<_>>(), OPEN);
        let Cutoff::Published { earlier, .. } = cutoff else {
            panic!("interim results");
        };
        assert_eq!(
            earlier,
            [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240, 20480]
        );
    }

    proptest! {
        #[test]
        fn one_more_response_moves_the_cutoff_by_a_batch_or_not_at_all(
            ids in prop::collection::vec(0..30u32, 1..60), size in 2..6u32, of_persons: bool,
        ) {
            let mut consultation = if of_persons { persons(size, Some(size)) } else { consultation() };
            consultation.publication.interim = Some(size);
            let lines = |cutoff| match cutoff { Cutoff::Published { before_line, .. } => before_line, Cutoff::Unpublished => 0 };
            let before = lines(cutoff_of(&consultation, &ids[..ids.len() - 1], OPEN));
            let after = lines(cutoff_of(&consultation, &ids, OPEN));
            let new: BTreeSet<u32> = ids[before as usize..after as usize].iter().copied().collect();
            prop_assert!(before == after || new.len() >= size as usize);
        }
    }
}
