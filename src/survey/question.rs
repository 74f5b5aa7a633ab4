//! Counts a question's answers as its kind is counted, and again among those who chose each option of another question.

use super::base::number;
use super::direction::direction;
use super::poll::{CountedResponse, Poll};
use super::question_history::QuestionHistory;
use super::ranking::ranking;
use super::results::{Breakdown, Count, Detail, Joint, JointGroup, QuestionResult, Tally};
use super::spread::spread;
use super::tally::{AnswerForm, RowAnswer, tally};
use crate::model::{Answer, Consultation, Pick, Question, QuestionKind};

/// Respondents by the option they chose in a question that others are broken down by.
pub(super) struct Division<'a> {
    by: String,
    /// Position of the question.
    at: usize,
    groups: Vec<Vec<CountedResponse<'a>>>,
}

impl<'a> Division<'a> {
    /// Divides by the options of one question; `None` when there is none of this id or it has no options.
    pub(super) fn by(consultation: &Consultation, id: &str, entries: &[CountedResponse<'a>]) -> Option<Self> {
        let (at, question) = consultation.questionnaire.question(id)?;
        let mut groups = vec![Vec::new(); question.kind.options().len()];
        for entry in entries {
            if let Some(Answer::One(Pick::Option(option))) = entry.response.answer(at)
                && let Some(group) = groups.get_mut(usize::from(*option))
            {
                group.push(*entry);
            }
        }
        (!groups.is_empty()).then(|| Self {
            by: id.to_owned(),
            at,
            groups,
        })
    }

    /// The position of a respondent's group; the number of groups for one of none.
    fn position(&self, entry: &CountedResponse) -> usize {
        match entry.response.answer(self.at) {
            Some(Answer::One(Pick::Option(option))) => usize::from(*option).min(self.groups.len()),
            _ => self.groups.len(),
        }
    }

    /// Those of the respondents who are in none of the groups.
    pub(super) fn rest(&self, entries: &[CountedResponse<'a>]) -> Vec<CountedResponse<'a>> {
        let rest = entries.iter().filter(|entry| self.position(entry) == self.groups.len());
        rest.copied().collect()
    }

    /// The respondents of each option.
    pub(super) fn groups(&self) -> &[Vec<CountedResponse<'a>>] {
        &self.groups
    }
}

/// Counts a question's answers, among everyone and in each division.
pub(super) fn result(
    poll: &Poll,
    (at, question): (usize, &Question),
    entries: &[CountedResponse],
    divisions: &[Division],
) -> QuestionResult {
    let counter = QuestionCounter {
        at,
        question,
        history: QuestionHistory::new(poll.consultation, question),
    };
    let others = divisions.iter().filter(|division| division.by != question.id);
    let breakdown = |division: &Division| {
        let form = AnswerForm::of_kind(&question.kind)?;
        let groups = division
            .groups
            .iter()
            .map(|group| counter.tallies(form, group))
            .collect();
        Some(Breakdown {
            by: division.by.clone(),
            groups,
        })
    };
    QuestionResult {
        question: question.id.clone(),
        detail: counter.detail(entries),
        breakdowns: others.filter_map(breakdown).collect(),
    }
}

/// Counts a question's answers among those of each pair of groups of two divisions, those of no group last.
pub(super) fn joint(
    poll: &Poll,
    (at, question): (usize, &Question),
    entries: &[CountedResponse],
    divisions: &[Division],
) -> Vec<Joint> {
    let counter = QuestionCounter {
        at,
        question,
        history: QuestionHistory::new(poll.consultation, question),
    };
    let Some(form) = AnswerForm::of_kind(&question.kind) else {
        return Vec::new();
    };
    let others: Vec<&Division> = divisions.iter().filter(|division| division.by != question.id).collect();
    let mut all = Vec::new();
    for (position, first) in others.iter().enumerate() {
        for second in &others[position + 1..] {
            let group = |groups: [usize; 2]| {
                let members: Vec<CountedResponse> = entries
                    .iter()
                    .filter(|entry| [first, second].map(|division| division.position(entry)) == groups)
                    .copied()
                    .collect();
                JointGroup {
                    respondents: number(members.len()),
                    tallies: counter.tallies(form, &members),
                }
            };
            let second_groups = 0..=second.groups.len();
            let row = |a: usize| second_groups.clone().map(|b| group([a, b])).collect();
            all.push(Joint {
                question: question.id.clone(),
                by: [first.by.clone(), second.by.clone()],
                groups: (0..=first.groups.len()).map(row).collect(),
            });
        }
    }
    all
}

/// Counts the answers to one question.
struct QuestionCounter<'a> {
    /// Position in the questionnaire.
    at: usize,
    question: &'a Question,
    history: QuestionHistory<'a>,
}

impl QuestionCounter<'_> {
    fn detail(&self, entries: &[CountedResponse]) -> Detail {
        if let Some(form) = AnswerForm::of_kind(&self.question.kind) {
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
                        Some(Answer::Points(points)) if points.iter().any(|point| *point > 0.0) => Some(points),
                        _ => None,
                    })
                    .collect();
                let of_item = |item: usize| shared.iter().filter_map(move |points| points.get(item).copied());
                let spreads = (0..items.len()).map(|item| spread(of_item(item)));
                Detail::Spreads(spreads.collect())
            }
            QuestionKind::Number { .. } => {
                let numbers = answers().filter_map(|answer| match answer {
                    Some(Answer::Number(number)) if number.is_finite() => Some(*number),
                    _ => None,
                });
                Detail::Spreads(vec![spread(numbers)])
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
    fn answers<'e>(&self, entries: &[CountedResponse<'e>]) -> impl Iterator<Item = Option<&'e Answer>> {
        let asked = entries
            .iter()
            .filter(|entry| self.history.has_question(&entry.response.version));
        asked.map(|entry| entry.response.answer(self.at))
    }

    /// Counts of the question, or of each of its rows.
    fn tallies(&self, form: AnswerForm, entries: &[CountedResponse]) -> Vec<Tally> {
        let has_rows = matches!(
            self.question.kind,
            QuestionKind::Grid { .. } | QuestionKind::Direction { .. }
        );
        let rows = if has_rows { self.question.kind.rows().len() } else { 1 };
        let of_row = |row: usize| {
            let asked = entries
                .iter()
                .filter(move |entry| self.history.has_row(&entry.response.version, row));
            tally(
                form,
                asked.map(|entry| (RowAnswer::new(entry.response.answer(self.at), row), entry.weight)),
            )
        };
        (0..rows).map(of_row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{
        CLOSED, DEGREE, DIRECTION, MISSING, NUMBER, ORDER, POINTS, SIZE, consultation, count, degree, persons, response,
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
        let questions = count(consultation(), vec![old, degree("2", 1, 0)], CLOSED).questions;
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
        let counted = count(
            consultation(),
            vec![degree("1", 0, 0), degree("3", 1, 1), degree("lst", 2, 1)],
            CLOSED,
        );
        assert_eq!(
            tally_of(&counted.questions[DEGREE].detail).weighted,
            Some(vec![0.25, 0.75])
        );
    }

    #[test]
    fn a_body_that_wants_no_name_leaves_no_weighted_shares() {
        let mut all: Vec<Response> = (0..4).map(|at| degree(&(at + 1).to_string(), at, 0)).collect();
        all[0].naming = crate::model::Naming::Type;
        assert_eq!(
            tally_of(&count(consultation(), all, CLOSED).questions[DEGREE].detail).weighted,
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
        let questions = count(consultation(), all, CLOSED).questions;
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
        let answers = vec![
            (ORDER, Answer::Ranks(vec![Some(2), Some(1), None])),
            (POINTS, Answer::Points(vec![7.0, 3.0])),
            (NUMBER, Answer::Number(12.5)),
            (MISSING, Answer::Text("Vatten".to_owned())),
        ];
        let questions = count(
            consultation(),
            vec![response("a", 0, answers), response("b", 1, vec![])],
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
        let questions = count(persons(1, None), vec![odd], CLOSED).questions;
        assert_eq!(tally_of(&questions[DEGREE].detail).unanswered, Count::Shown(1));
        assert!(matches!(&questions[ORDER].detail, Detail::Ranking(ranking) if ranking.unanswered == Count::Shown(1)));
    }
}
