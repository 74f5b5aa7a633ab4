//! Counts all that is told of a consultation, at a line of the journal.
//!
//! Takes a consultation with its answers and a day; puts together what the other modules count, and leaves out what may
//! not be published yet and bodies that would be known although they want no name. Nothing is suppressed here.

use super::base::{base, every_channel, number};
use super::basis::{basis, cohorts};
use super::batch::{Cutoff, cutoff, is_interim};
use super::coding::{coded, themes};
use super::matrix::matrix;
use super::meeting::meetings;
use super::naming::{exposes, has_row};
use super::poll::{CountedResponse, Poll};
use super::question::{Division, result};
use super::results::{Base, Basis, Coded, Cohort, Counted, Detail, QuestionResult, Withheld};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Counts what is to be published on this day.
pub(super) fn count(poll: &Poll, today: Date) -> Counted {
    let interim = is_interim(poll.consultation, today);
    match cutoff(poll.consultation, &poll.lines, today) {
        Cutoff::Published { before_line, .. } => count_lines(poll, before_line, interim),
        Cutoff::Unpublished => count_base(poll, &poll.entries(u32::MAX), u32::MAX, interim, vec![Withheld::Open]),
    }
}

/// Whether nothing of the answers is to be published on this day.
pub(super) fn is_unpublished(poll: &Poll, today: Date) -> bool {
    cutoff(poll.consultation, &poll.lines, today) == Cutoff::Unpublished
}

/// Counts what has been published before, oldest first. It is not kept anywhere, but counted again from the journal.
pub(super) fn count_earlier(poll: &Poll, today: Date) -> Vec<Counted> {
    match cutoff(poll.consultation, &poll.lines, today) {
        Cutoff::Published { earlier, .. } => earlier
            .into_iter()
            .map(|lines| count_lines(poll, lines, true))
            .collect(),
        Cutoff::Unpublished => Vec::new(),
    }
}

/// Counts the persons of a publication anew, by the earlier publications in which they stood with the same answers.
pub(super) fn count_cohorts(poll: &Poll, now: &Basis, earlier: &[&Basis]) -> Vec<Cohort> {
    if earlier.is_empty() || !poll.of_persons() {
        return Vec::new();
    }
    let cohorts = cohorts(poll, now, earlier).into_iter();
    let cohort = |(earlier, entries): (Vec<usize>, Vec<CountedResponse>)| Cohort {
        earlier,
        counted: count_cohort(poll, &entries),
    };
    cohorts.map(cohort).collect()
}

/// Counts some of the respondents: what disclosure control asks about them.
fn count_cohort(poll: &Poll, entries: &[CountedResponse]) -> Counted {
    let divisions = divisions(poll, entries);
    let questions = poll.consultation.questionnaire.questions().enumerate();
    Counted {
        consultation: poll.consultation.id.clone(),
        interim: false,
        base: Base {
            answered: number(entries.len()),
            channels: every_channel(entries),
            ..Base::default()
        },
        questions: questions
            .map(|question| result(poll, question, entries, &divisions))
            .collect(),
        matrix: None,
        meetings: Vec::new(),
        coded: themes(poll, entries).map(|coded| Coded {
            quotes: Vec::new(),
            ..coded
        }),
        withheld: Vec::new(),
        basis: Basis {
            respondents: BTreeMap::new(),
            ..basis(poll, entries, &divisions, false)
        },
    }
}

/// Counts the bodies that are not shown one by one. `with_rows`: whether the others are.
fn company(poll: &Poll, entries: &[CountedResponse], with_rows: bool) -> Vec<QuestionResult> {
    let is_shown = |entry: &&CountedResponse| with_rows && has_row(poll.consultation, entry.response);
    let company: Vec<CountedResponse> = entries.iter().filter(|entry| !is_shown(entry)).copied().collect();
    let divisions = divisions(poll, &company);
    let questions = poll.consultation.questionnaire.questions().enumerate();
    questions
        .map(|question| result(poll, question, &company, &divisions))
        .collect()
}

/// Respondents by the questions that others are broken down by.
fn divisions<'a>(poll: &Poll, entries: &[CountedResponse<'a>]) -> Vec<Division<'a>> {
    let breakdowns = poll.consultation.breakdowns.iter();
    breakdowns
        .filter_map(|(id, _)| Division::by(poll.consultation, id, entries))
        .collect()
}

/// Counts the responses of the journal's first so many lines.
fn count_lines(poll: &Poll, lines: u32, interim: bool) -> Counted {
    let entries = poll.entries(lines);
    let late = poll.lines.last().is_some_and(|line| line.received >= lines);
    let held = if interim { Withheld::Batch } else { Withheld::Remainder };
    let mut withheld: Vec<Withheld> = late.then_some(held).into_iter().collect();
    if entries.is_empty() && interim {
        return count_base(poll, &entries, lines, interim, withheld);
    }
    let matrix = matrix(poll, &entries).unwrap_or_else(|why| {
        withheld.push(why);
        None
    });
    // Whether one who wants no name would be known among so few, given who has a row.
    let exposed = |among: &[CountedResponse]| {
        let responses = among.iter().map(|entry| entry.response);
        !poll.of_persons() && exposes(poll.consultation, responses, matrix.is_some())
    };
    if exposed(&entries) {
        return count_base(poll, &entries, lines, interim, vec![Withheld::Few]);
    }
    let mut divisions = divisions(poll, &entries);
    let all = divisions.len();
    divisions
        .retain(|division| !division.groups().iter().any(|group| exposed(group)) && !exposed(&division.rest(&entries)));
    if divisions.len() < all {
        withheld.push(Withheld::Cells);
    }
    withheld.sort_unstable();
    let questions = poll.consultation.questionnaire.questions().enumerate();
    let company = || company(poll, &entries, matrix.is_some());
    Counted {
        questions: questions
            .map(|question| result(poll, question, &entries, &divisions))
            .collect(),
        meetings: meetings(poll, if interim { lines } else { u32::MAX }),
        coded: coded(poll, &entries),
        basis: Basis {
            company: if poll.of_persons() { Vec::new() } else { company() },
            ..basis(poll, &entries, &divisions, matrix.is_some())
        },
        matrix,
        ..count_base(poll, &entries, lines, interim, withheld)
    }
}

/// Counts who has answered and no more, for the reasons given.
fn count_base(poll: &Poll, entries: &[CountedResponse], lines: u32, interim: bool, withheld: Vec<Withheld>) -> Counted {
    let questions = poll.consultation.questionnaire.questions();
    let hidden = |id: &String| QuestionResult {
        question: id.clone(),
        detail: Detail::Withheld,
        breakdowns: Vec::new(),
    };
    Counted {
        consultation: poll.consultation.id.clone(),
        interim,
        base: base(poll, entries, lines, interim),
        questions: questions.map(|question| hidden(&question.id)).collect(),
        matrix: None,
        meetings: Vec::new(),
        coded: None,
        withheld,
        basis: Basis::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, DEGREE, OPEN, consultation, count, degree, persons, response, site};
    use super::*;
    use crate::model::{Answer, Answers, Naming, Pick, Response};
    use proptest::prelude::*;

    fn person(id: usize, received: u32, point: u16) -> Response {
        response(
            &format!("p{id}"),
            received,
            vec![(DEGREE, Answer::One(Pick::Option(point)))],
        )
    }

    /// Everything about answers that a reader sees.
    fn seen(counted: &Counted) -> String {
        format!(
            "{:?}",
            (
                counted.base.answered,
                &counted.questions,
                &counted.matrix,
                &counted.meetings,
                &counted.coded
            )
        )
    }

    #[test]
    fn before_it_has_closed_only_the_base_is_told() {
        let counted = count(consultation(), vec![degree("1", 0, 1)], OPEN);
        assert!(
            counted
                .questions
                .iter()
                .all(|question| matches!(question.detail, Detail::Withheld))
                && counted.matrix.is_none()
        );
        assert_eq!(
            (counted.base.answered, counted.interim, counted.withheld),
            (1, true, vec![Withheld::Open])
        );
    }

    #[test]
    fn a_newer_response_takes_the_place_of_the_older() {
        let old = Response {
            replaced: Some(1),
            ..degree("1", 0, 0)
        };
        let new = Response {
            id: old.id.clone(),
            ..degree("1", 1, 1)
        };
        let counted = count(consultation(), vec![old, new], CLOSED);
        let Detail::Options(tally) = &counted.questions[DEGREE].detail else {
            panic!("a tally")
        };
        assert_eq!((counted.base.answered, tally.options[1].shown()), (1, Some(1)));
    }

    #[test]
    fn a_group_in_which_one_would_be_known_is_not_told() {
        let size = Answer::One(Pick::Option(0));
        let mut all: Vec<Response> = (0..4).map(|at| degree(&(at + 1).to_string(), at, 1)).collect();
        for response in &mut all {
            response.naming = Naming::Type;
        }
        all[0].answers[0] = Some(size);
        let counted = count(consultation(), all, CLOSED);
        assert!(counted.questions.iter().all(|question| question.breakdowns.is_empty()));
        assert_eq!(counted.withheld, [Withheld::Cells]);
    }

    #[test]
    fn earlier_publications_of_persons_can_be_had_again() {
        let mut site = site();
        site.consultations = vec![persons(2, Some(2))];
        let responses = (0..7).map(|at| person(at as usize, at, 1)).collect();
        let answers = Answers {
            consultation: "enkat".to_owned(),
            responses,
            ..Answers::default()
        };
        let earlier = count_earlier(&Poll::new(&site, &site.consultations[0], &answers), OPEN);
        assert_eq!(
            earlier.iter().map(|counted| counted.base.answered).collect::<Vec<_>>(),
            [2]
        );
        assert_eq!(crate::survey::all(&site, &[answers], OPEN)[0].results.base.answered, 4);
    }

    proptest! {
        #[test]
        fn one_more_response_never_changes_what_is_shown_but_by_a_batch(
            points in prop::collection::vec((0..12usize, 0..2u16), 1..30), size in 2..5u32, of_persons: bool,
        ) {
            let mut consultation = if of_persons { persons(size, Some(size)) } else { consultation() };
            consultation.publication.interim = Some(size);
            let mut journal: Vec<Response> = Vec::new();
            for ((id, point), at) in points.into_iter().zip(0..) {
                let id = format!("p{id}");
                if let Some(old) = journal.iter_mut().rfind(|old| old.id == id) {
                    old.replaced = Some(at);
                }
                journal.push(Response { id, ..person(0, at, point) });
            }
            let after = count(consultation.clone(), journal.clone(), OPEN);
            let last = journal.pop().expect("at least one");
            for old in journal.iter_mut().filter(|old| old.replaced == Some(last.received)) {
                old.replaced = None;
            }
            let before = count(consultation, journal, OPEN);
            let moved = after.base.waiting < before.base.waiting || seen(&before) != seen(&after);
            prop_assert!(!moved || after.withheld.is_empty(), "what moves is a full batch, with nobody left waiting");
            prop_assert!(seen(&before) == seen(&after) || after.base.answered >= size);
        }

        #[test]
        fn the_order_in_which_responses_came_changes_nothing(
            points in prop::collection::vec((0..2u16, 0..2u16), 0..12), turn in 0..12usize,
        ) {
            let responses: Vec<Response> = points.iter().enumerate().map(|(id, (size, point))| {
                let mut response = person(id, 0, *point);
                response.answers[0] = Some(Answer::One(Pick::Option(*size)));
                response
            }).collect();
            let numbered = |all: Vec<Response>| {
                all.into_iter().zip(0..).map(|(response, received)| Response { received, ..response }).collect::<Vec<_>>()
            };
            let mut turned = responses.clone();
            turned.rotate_left(turn.min(responses.len()));
            let one = count(consultation(), numbered(responses), CLOSED);
            prop_assert_eq!(seen(&one), seen(&count(consultation(), numbered(turned), CLOSED)));
        }
    }
}
