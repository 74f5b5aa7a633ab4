//! A question's answers, as its kind is counted, and the same among those who chose each option of another.

use super::asked::Asked;
use super::base::number;
use super::direction::direction;
use super::poll::{Entry, Poll};
use super::ranking::ranking;
use super::results::{Breakdown, Count, Detail, QuestionResult, Tally};
use super::spread::spread;
use super::tally::{Form, Said, tally};
use crate::model::{Answer, Consultation, Pick, Question, QuestionKind};

/// Those who chose each option of a question.
pub(super) struct Division<'a> {
    by: String,
    groups: Vec<Vec<Entry<'a>>>,
}

impl<'a> Division<'a> {
    /// Divides by the options of one question; `None` when there is none of this id or it has no options.
    pub(super) fn by(consultation: &Consultation, id: &str, entries: &[Entry<'a>]) -> Option<Self> {
        let (at, question) = consultation.questionnaire.question(id)?;
        let mut groups = vec![Vec::new(); question.kind.options().len()];
        for entry in entries {
            if let Some(Some(Answer::One(Pick::Option(option)))) = entry.response.answers.get(at)
                && let Some(group) = groups.get_mut(usize::from(*option))
            {
                group.push(*entry);
            }
        }
        (!groups.is_empty()).then(|| Self {
            by: id.to_owned(),
            groups,
        })
    }

    /// The groups.
    pub(super) fn groups(&self) -> &[Vec<Entry<'a>>] {
        &self.groups
    }
}

/// A question's answers, and the same by each division.
pub(super) fn result(
    poll: &Poll,
    (at, question): (usize, &Question),
    entries: &[Entry],
    divisions: &[Division],
) -> QuestionResult {
    let asked = Asked::of(poll.consultation, question);
    let counted = Counted {
        at,
        question,
        asked,
        persons: poll.of_persons(),
    };
    let others = divisions.iter().filter(|division| division.by != question.id);
    let breakdown = |division: &Division| {
        let form = Form::of(&question.kind)?;
        let groups = division
            .groups
            .iter()
            .map(|group| counted.tallies(form, group))
            .collect();
        Some(Breakdown {
            by: division.by.clone(),
            groups,
        })
    };
    QuestionResult {
        question: question.id.clone(),
        detail: counted.detail(entries),
        breakdowns: others.filter_map(breakdown).collect(),
    }
}

/// A question, ready to be counted.
struct Counted<'a> {
    at: usize,
    question: &'a Question,
    asked: Asked<'a>,
    persons: bool,
}

impl Counted<'_> {
    fn detail(&self, entries: &[Entry]) -> Detail {
        if let Some(form) = Form::of(&self.question.kind) {
            let mut tallies = self.tallies(form, entries);
            return match self.question.kind {
                QuestionKind::Grid { .. } => Detail::Rows(tallies),
                QuestionKind::Direction { .. } => Detail::Directions(tallies.into_iter().map(direction).collect()),
                _ => tallies.pop().map_or(Detail::Withheld, Detail::Options),
            };
        }
        let answers = || self.answers(entries);
        match &self.question.kind {
            QuestionKind::Ranking { items, .. } => {
                let ballots = answers().map(|answer| match answer {
                    Some(Answer::Ranks(ranks)) => Some(ranks.as_slice()),
                    _ => None,
                });
                Detail::Ranking(ranking(items.len(), ballots))
            }
            QuestionKind::Points { items, .. } => {
                let shared: Vec<&Vec<f64>> = answers()
                    .filter_map(|answer| match answer {
                        Some(Answer::Points(points)) if points.iter().any(|own| *own > 0.0) => Some(points),
                        _ => None,
                    })
                    .collect();
                let of = |item: usize| {
                    shared
                        .iter()
                        .filter_map(|points| points.get(item).copied())
                        .collect::<Vec<_>>()
                };
                Detail::Spreads((0..items.len()).map(|item| spread(&of(item), self.persons)).collect())
            }
            QuestionKind::Number { .. } => {
                let numbers = answers().filter_map(|answer| match answer {
                    Some(Answer::Number(number)) if number.is_finite() => Some(*number),
                    _ => None,
                });
                Detail::Spreads(vec![spread(&numbers.collect::<Vec<_>>(), self.persons)])
            }
            _ => {
                let wrote = |answer: &&Answer| matches!(answer, Answer::Text(text) if !text.trim().is_empty());
                let answered = answers().flatten().filter(wrote).count();
                let unanswered = answers().count() - answered;
                Detail::Text {
                    answered: Count::Shown(number(answered)),
                    unanswered: Count::Shown(number(unanswered)),
                }
            }
        }
    }

    /// Answers of those who were asked.
    fn answers<'e>(&self, entries: &[Entry<'e>]) -> impl Iterator<Item = Option<&'e Answer>> {
        let asked = entries
            .iter()
            .filter(|entry| self.asked.question(&entry.response.version));
        asked.map(|entry| entry.response.answers.get(self.at).and_then(Option::as_ref))
    }

    /// Counts of the question, or of each of its rows.
    fn tallies(&self, form: Form, entries: &[Entry]) -> Vec<Tally> {
        let has_rows = matches!(
            self.question.kind,
            QuestionKind::Grid { .. } | QuestionKind::Direction { .. }
        );
        let rows = if has_rows { self.question.kind.rows().len() } else { 1 };
        let of_row = |row: usize| {
            let asked = entries
                .iter()
                .filter(move |entry| self.asked.row(&entry.response.version, row));
            let said = asked.map(|entry| {
                (
                    Said::of(entry.response.answers.get(self.at).and_then(Option::as_ref), row),
                    entry.weight,
                )
            });
            tally(form, said)
        };
        (0..rows).map(of_row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{
        CLOSED, DEGREE, DIRECTION, MISSING, NUMBER, ORDER, POINTS, SIZE, consultation, degree, persons, response,
        results,
    };
    use super::*;
    use crate::model::Response;

    fn one(option: u16) -> Answer {
        Answer::One(Pick::Option(option))
    }

    fn tally_of(detail: &Detail) -> &Tally {
        let Detail::Options(tally) = detail else {
            panic!("{detail:?}")
        };
        tally
    }

    #[test]
    fn nobody_is_silent_on_what_their_version_did_not_ask() {
        let old = Response {
            version: "1".to_owned(),
            ..degree("1", 0, 1)
        };
        let questions = results(consultation(), vec![old, degree("2", 1, 0)], CLOSED).questions;
        assert_eq!(
            tally_of(&questions[DEGREE].detail).n,
            Count::Shown(2),
            "asked under its former id"
        );
        assert_eq!(tally_of(&questions[SIZE].detail).unanswered, Count::Shown(1));
        let Detail::Directions(items) = &questions[DIRECTION].detail else {
            panic!("directions")
        };
        assert_eq!(
            [&items[0], &items[1]].map(|item| item.tally.unanswered),
            [Count::Shown(2), Count::Shown(1)]
        );
    }

    #[test]
    fn weighted_shares_follow_inhabitants() {
        let results = results(
            consultation(),
            vec![degree("1", 0, 0), degree("3", 1, 1), degree("lst", 2, 1)],
            CLOSED,
        );
        assert_eq!(
            tally_of(&results.questions[DEGREE].detail).weighted,
            Some(vec![0.25, 0.75])
        );
    }

    #[test]
    fn a_body_that_wants_no_name_leaves_no_weighted_shares() {
        let mut all: Vec<Response> = (0..4).map(|at| degree(&(at + 1).to_string(), at, 0)).collect();
        all[0].naming = crate::model::Naming::Type;
        assert_eq!(
            tally_of(&results(consultation(), all, CLOSED).questions[DEGREE].detail).weighted,
            None
        );
    }

    #[test]
    fn a_breakdown_counts_within_each_option() {
        let with = |id: &str, at, size, point| response(id, at, vec![(SIZE, one(size)), (DEGREE, one(point))]);
        let all = vec![
            with("a", 0, 0, 1),
            with("b", 1, 0, 1),
            with("c", 2, 1, 0),
            degree("1", 3, 0),
        ];
        let questions = results(consultation(), all, CLOSED).questions;
        let breakdown = &questions[DEGREE].breakdowns[0];
        let counts: Vec<&[Count]> = breakdown.groups.iter().map(|rows| rows[0].options.as_slice()).collect();
        assert_eq!(
            counts,
            [[Count::Shown(0), Count::Shown(2)], [Count::Shown(1), Count::Shown(0)]]
        );
        assert!(questions[SIZE].breakdowns.is_empty() && questions[ORDER].breakdowns.is_empty());
    }

    #[test]
    fn orders_points_numbers_and_words() {
        let given = vec![
            (ORDER, Answer::Ranks(vec![Some(2), Some(1), None])),
            (POINTS, Answer::Points(vec![7.0, 3.0])),
            (NUMBER, Answer::Number(12.5)),
            (MISSING, Answer::Text("Vatten".to_owned())),
        ];
        let questions = results(
            consultation(),
            vec![response("a", 0, given), response("b", 1, vec![])],
            CLOSED,
        )
        .questions;
        let Detail::Ranking(ranking) = &questions[ORDER].detail else {
            panic!("a ranking")
        };
        assert_eq!(
            (ranking.n, ranking.unanswered, ranking.orders.len()),
            (Count::Shown(1), Count::Shown(1), 1)
        );
        let Detail::Spreads(points) = &questions[POINTS].detail else {
            panic!("points")
        };
        assert_eq!([points[0].mean, points[1].mean], [Some(7.0), Some(3.0)]);
        let Detail::Spreads(numbers) = &questions[NUMBER].detail else {
            panic!("numbers")
        };
        assert_eq!(
            (numbers.len(), numbers[0].n, numbers[0].five[4]),
            (1, Some(1), Some(12.5))
        );
        let Detail::Text { answered, unanswered } = questions[MISSING].detail else {
            panic!("words")
        };
        assert_eq!((answered, unanswered), (Count::Shown(1), Count::Shown(1)));
    }

    #[test]
    fn an_answer_of_another_kind_is_none() {
        let odd = response(
            "a",
            0,
            vec![(ORDER, one(1)), (DEGREE, Answer::Number(1.0)), (MISSING, one(0))],
        );
        let questions = results(persons(1, None), vec![odd], CLOSED).questions;
        assert_eq!(tally_of(&questions[DEGREE].detail).unanswered, Count::Shown(1));
        assert!(matches!(&questions[ORDER].detail, Detail::Ranking(ranking) if ranking.unanswered == Count::Shown(1)));
    }
}
