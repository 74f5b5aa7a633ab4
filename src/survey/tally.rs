//! Answers → counts of one question or row.
//!
//! Everyone who was asked is counted once as having chosen, having no opinion, or not having answered (partial
//! non-response). Shares are of those who chose; several options of one respondent are counted option by option, never
//! as a combination. Weighted shares let each body count as many as live in its place.

use super::results::{Count, Tally};
use crate::model::{Answer, Pick, QuestionKind};

/// What can be chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// How many options or points.
    pub(super) options: usize,
    /// Whether another answer can be written.
    pub(super) other: bool,
    /// Whether "no opinion" can be chosen.
    pub(super) no_opinion: bool,
}

impl Form {
    /// The form of a question whose answers are counted by option; `None` for the others.
    pub(super) fn of(kind: &QuestionKind) -> Option<Self> {
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

/// What a respondent said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said<'a> {
    /// Nothing.
    Nothing,
    /// That they have no opinion.
    NoOpinion,
    /// Options; and whether they wrote another answer.
    Chosen(&'a [u16], bool),
}

impl<'a> Said<'a> {
    /// What an answer says in a row; the one row of single questions is 0.
    pub(super) fn of(answer: Option<&'a Answer>, row: usize) -> Self {
        match answer {
            Some(Answer::One(pick)) if row == 0 => Self::picked(pick),
            Some(Answer::Several(options, other)) if row == 0 => Said::Chosen(options, !other.trim().is_empty()),
            Some(Answer::Rows(rows)) => rows
                .get(row)
                .and_then(Option::as_ref)
                .map_or(Said::Nothing, Self::picked),
            _ => Said::Nothing,
        }
    }

    fn picked(pick: &'a Pick) -> Self {
        match pick {
            Pick::Option(option) => Said::Chosen(std::slice::from_ref(option), false),
            Pick::NoOpinion => Said::NoOpinion,
            Pick::Other(_) => Said::Chosen(&[], true),
        }
    }
}

/// Counts what each respondent said. The weight is how many live in the place of the body that answers; `None`: it is
/// not part of the weighted view.
pub(super) fn tally<'a>(form: Form, said: impl Iterator<Item = (Said<'a>, Option<f64>)>) -> Tally {
    let mut options = vec![0; form.options];
    let (mut other, mut no_opinion, mut unanswered, mut n) = (0, 0, 0, 0);
    let mut weights = vec![0.0; form.options];
    let mut weight_of_all = 0.0;
    for (said, weight) in said {
        match said {
            Said::NoOpinion if form.no_opinion => no_opinion += 1,
            Said::Chosen(chosen, wrote) => {
                let wrote = wrote && form.other;
                let known = || {
                    chosen
                        .iter()
                        .map(|option| usize::from(*option))
                        .filter(|option| *option < form.options)
                };
                if known().next().is_none() && !wrote {
                    unanswered += 1;
                    continue;
                }
                n += 1;
                other += u32::from(wrote);
                weight_of_all += weight.unwrap_or(0.0);
                let mut last = None;
                // Options ascend; the same one twice is one.
                for option in known().filter(|option| last.replace(*option) != Some(*option)) {
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

    const SCALE: Form = Form {
        options: 3,
        other: false,
        no_opinion: true,
    };

    fn counts(counts: &[Count]) -> Vec<u32> {
        counts.iter().filter_map(|count| count.shown()).collect()
    }

    #[test]
    fn no_opinion_is_outside_the_base_of_shares() {
        let said = [
            Said::Chosen(&[2], false),
            Said::NoOpinion,
            Said::Nothing,
            Said::Chosen(&[2], false),
        ];
        let tally = tally(SCALE, said.into_iter().map(|said| (said, None)));
        assert_eq!(counts(&tally.options), [0, 0, 2]);
        assert_eq!((tally.n, tally.no_opinion), (Count::Shown(2), Some(Count::Shown(1))));
        assert_eq!(
            (tally.unanswered, tally.other, tally.weighted),
            (Count::Shown(1), None, None)
        );
    }

    #[test]
    fn several_options_count_one_by_one_over_respondents() {
        let form = Form {
            options: 3,
            other: true,
            no_opinion: false,
        };
        let said = [
            Said::Chosen(&[0, 1], false),
            Said::Chosen(&[1, 1], true),
            Said::Chosen(&[], true),
        ];
        let tally = tally(form, said.into_iter().map(|said| (said, None)));
        assert_eq!(counts(&tally.options), [1, 2, 0]);
        assert_eq!((tally.n, tally.other), (Count::Shown(3), Some(Count::Shown(2))));
    }

    #[test]
    fn weights_are_inhabitants_of_those_who_chose() {
        let said = [
            (Said::Chosen(&[0], false), Some(30.0)),
            (Said::Chosen(&[2], false), Some(10.0)),
            (Said::Chosen(&[2], false), None),
            (Said::NoOpinion, Some(1000.0)),
        ];
        assert_eq!(tally(SCALE, said.into_iter()).weighted, Some(vec![0.75, 0.0, 0.25]));
    }

    #[test]
    fn what_cannot_be_chosen_is_no_answer() {
        let tally = tally(
            SCALE,
            [Said::Chosen(&[7], false), Said::Chosen(&[], true)]
                .map(|said| (said, None))
                .into_iter(),
        );
        assert_eq!((tally.unanswered, tally.n), (Count::Shown(2), Count::Shown(0)));
    }

    proptest! {
        #[test]
        fn everyone_asked_is_counted_once(answers in prop::collection::vec(0..5u16, 0..40)) {
            let picks: Vec<Option<Pick>> = answers.iter().map(|answer| match answer {
                0..3 => Some(Pick::Option(*answer)),
                3 => Some(Pick::NoOpinion),
                _ => None,
            }).collect();
            let rows = Answer::Rows(picks);
            let said = (0..answers.len()).map(|row| (Said::of(Some(&rows), row), None));
            let tally = tally(SCALE, said);
            let shown = |count: Count| count.shown().unwrap_or(0);
            let chosen: u32 = counts(&tally.options).iter().sum();
            prop_assert_eq!(chosen, shown(tally.n));
            let all = chosen + tally.no_opinion.map_or(0, shown) + shown(tally.unanswered);
            prop_assert_eq!(all as usize, answers.len());
        }
    }
}
