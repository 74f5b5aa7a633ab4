//! Counts the answers to one question or row.
//!
//! Everyone who was asked is counted once as having chosen, having no opinion, or not having answered (partial
//! non-response). Shares are of those who chose; several options of one respondent are counted option by option, never
//! as a combination. Weighted shares let each body count as many as live in its place.

use super::results::{Count, Tally};
use crate::model::{Answer, Pick, QuestionKind};

/// Options that a respondent can choose among.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnswerForm {
    /// How many options or points.
    pub(super) options: usize,
    /// Whether another answer can be written.
    pub(super) other: bool,
    /// Whether "no opinion" can be chosen.
    pub(super) no_opinion: bool,
}

impl AnswerForm {
    /// The form of a question whose answers are counted by option; `None` for the others.
    pub(super) fn of_kind(kind: &QuestionKind) -> Option<Self> {
        let (options, other) = match kind {
            QuestionKind::Choice { options, other } | QuestionKind::Choices { options, other, .. } => {
                (options.len(), *other)
            }
            QuestionKind::Scale(scale) | QuestionKind::Grid { scale, .. } => (scale.points.len(), false),
            QuestionKind::Direction { .. } => (3, false),
            _ => return None,
        };
        Some(Self {
            options,
            other,
            no_opinion: kind.has_no_opinion(),
        })
    }
}

/// A respondent's answer in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum RowAnswer<'a> {
    /// Nothing.
    Nothing,
    /// That they have no opinion.
    NoOpinion,
    /// Options; and whether they wrote another answer.
    Chosen(&'a [u16], bool),
}

impl<'a> RowAnswer<'a> {
    /// Reads a row of an answer; the one row of single questions is 0.
    pub(super) fn new(answer: Option<&'a Answer>, row: usize) -> Self {
        match answer {
            Some(Answer::One(pick)) if row == 0 => Self::of_pick(pick),
            Some(Answer::Several(options, other)) if row == 0 => RowAnswer::Chosen(options, !other.trim().is_empty()),
            Some(Answer::Rows(rows)) => rows
                .get(row)
                .and_then(Option::as_ref)
                .map_or(RowAnswer::Nothing, Self::of_pick),
            _ => RowAnswer::Nothing,
        }
    }

    fn of_pick(pick: &'a Pick) -> Self {
        match pick {
            Pick::Option(option) => RowAnswer::Chosen(std::slice::from_ref(option), false),
            Pick::NoOpinion => RowAnswer::NoOpinion,
            Pick::Other(_) => RowAnswer::Chosen(&[], true),
        }
    }
}

/// Counts the answers to a row, each with the weight of its respondent; `None`: it has no part in weighted shares.
pub(super) fn tally<'a>(form: AnswerForm, answers: impl Iterator<Item = (RowAnswer<'a>, Option<f64>)>) -> Tally {
    let mut options = vec![0; form.options];
    let (mut other, mut no_opinion, mut unanswered, mut n) = (0, 0, 0, 0);
    let mut weights = vec![0.0; form.options];
    let mut weight_of_all = 0.0;
    for (answer, weight) in answers {
        match answer {
            RowAnswer::NoOpinion if form.no_opinion => no_opinion += 1,
            RowAnswer::Chosen(chosen, wrote) => {
                let wrote = wrote && form.other;
                let valid = || {
                    chosen
                        .iter()
                        .map(|option| usize::from(*option))
                        .filter(|option| *option < form.options)
                };
                if valid().next().is_none() && !wrote {
                    unanswered += 1;
                    continue;
                }
                n += 1;
                other += u32::from(wrote);
                weight_of_all += weight.unwrap_or(0.0);
                let mut last = None;
                // Options ascend; the same one twice is one.
                for option in valid().filter(|option| last.replace(*option) != Some(*option)) {
                    options[option] += 1;
                    weights[option] += weight.unwrap_or(0.0);
                }
            }
            _ => unanswered += 1,
        }
    }
    Tally {
        options: options.into_iter().map(Count::Shown).collect(),
        other: form.other.then_some(Count::Shown(other)),
        no_opinion: form.no_opinion.then_some(Count::Shown(no_opinion)),
        unanswered: Count::Shown(unanswered),
        n: Count::Shown(n),
        weighted: (weight_of_all > 0.0).then(|| weights.iter().map(|weight| weight / weight_of_all).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCALE: AnswerForm = AnswerForm {
        options: 3,
        other: false,
        no_opinion: true,
    };

    fn counts(counts: &[Count]) -> Vec<u32> {
        counts.iter().filter_map(|count| count.shown()).collect()
    }

    #[test]
    fn no_opinion_is_outside_the_base_of_shares() {
        let answers = [
            RowAnswer::Chosen(&[2], false),
            RowAnswer::NoOpinion,
            RowAnswer::Nothing,
            RowAnswer::Chosen(&[2], false),
        ];
        let tally = tally(SCALE, answers.into_iter().map(|answer| (answer, None)));
        assert_eq!(counts(&tally.options), [0, 0, 2]);
        assert_eq!((tally.n, tally.no_opinion), (Count::Shown(2), Some(Count::Shown(1))));
        assert_eq!(
            (tally.unanswered, tally.other, tally.weighted),
            (Count::Shown(1), None, None)
        );
    }

    #[test]
    fn several_options_count_one_by_one_over_respondents() {
        let form = AnswerForm {
            options: 3,
            other: true,
            no_opinion: false,
        };
        let answers = [
            RowAnswer::Chosen(&[0, 1], false),
            RowAnswer::Chosen(&[1, 1], true),
            RowAnswer::Chosen(&[], true),
        ];
        let tally = tally(form, answers.into_iter().map(|answer| (answer, None)));
        assert_eq!(counts(&tally.options), [1, 2, 0]);
        assert_eq!((tally.n, tally.other), (Count::Shown(3), Some(Count::Shown(2))));
    }

    #[test]
    fn weights_are_inhabitants_of_those_who_chose() {
        let answers = [
            (RowAnswer::Chosen(&[0], false), Some(30.0)),
            (RowAnswer::Chosen(&[2], false), Some(10.0)),
            (RowAnswer::Chosen(&[2], false), None),
            (RowAnswer::NoOpinion, Some(1000.0)),
        ];
        assert_eq!(tally(SCALE, answers.into_iter()).weighted, Some(vec![0.75, 0.0, 0.25]));
    }

    #[test]
    fn what_cannot_be_chosen_is_no_answer() {
        let tally = tally(
            SCALE,
            [RowAnswer::Chosen(&[7], false), RowAnswer::Chosen(&[], true)]
                .map(|answer| (answer, None))
                .into_iter(),
        );
        assert_eq!((tally.unanswered, tally.n), (Count::Shown(2), Count::Shown(0)));
    }

    proptest! {
        #[test]
        fn everyone_asked_is_counted_once(kinds in prop::collection::vec(0..5u16, 0..40)) {
            let picks: Vec<Option<Pick>> = kinds.iter().map(|kind| match kind {
                0..3 => Some(Pick::Option(*kind)),
                3 => Some(Pick::NoOpinion),
                _ => None,
            }).collect();
            let rows = Answer::Rows(picks);
            let answers = (0..kinds.len()).map(|row| (RowAnswer::new(Some(&rows), row), None));
            let tally = tally(SCALE, answers);
            let shown = |count: Count| count.shown().unwrap_or(0);
            let chosen: u32 = counts(&tally.options).iter().sum();
            prop_assert_eq!(chosen, shown(tally.n));
            let all = chosen + tally.no_opinion.map_or(0, shown) + shown(tally.unanswered);
            prop_assert_eq!(all as usize, kinds.len());
        }
    }
}
