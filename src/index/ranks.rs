//! Scores → ranks, and how far ranks by one way of computing are from ranks by another.

use crate::measure::RankTable;

/// Ranks by unit: 1 is the highest score, equals share a rank (1 2 2 4); `None` without a score.
pub type Ranks = Vec<Option<u16>>;

/// The ranks of these scores.
#[must_use]
pub fn ranks(scores: &[Option<f64>]) -> Ranks {
    let standings = RankTable::of_scores(scores);
    scores
        .iter()
        .map(|score| u16::try_from(standings.rank((*score)?).position).ok())
        .collect()
}

/// The mean of how many steps units move, up or down; `None` when no unit has both ranks.
#[must_use]
pub fn mean_shift(before: &[Option<u16>], after: &[Option<u16>]) -> Option<f64> {
    let both = before
        .iter()
        .zip(after)
        .filter_map(|(before, after)| Some((f64::from((*before)?), f64::from((*after)?))));
    let (count, steps) = both.fold((0.0, 0.0), |(count, sum), (before, after)| {
        (count + 1.0, sum + (before - after).abs())
    });
    (count > 0.0).then(|| steps / count)
}

/// How many pairs of units turn their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reversals {
    /// Pairs of which the one ahead before is behind after.
    pub turned: usize,
    /// Pairs of units that have both ranks.
    pub pairs: usize,
}

impl Reversals {
    /// Between two sets of ranks. Pairs that were equal, or become so, are not turned.
    #[must_use]
    pub fn between(before: &[Option<u16>], after: &[Option<u16>]) -> Self {
        let both: Vec<(u16, u16)> = before
            .iter()
            .zip(after)
            .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
            .collect();
        let mut counted = Self::default();
        for (at, one) in both.iter().enumerate() {
            for other in &both[at + 1..] {
                counted.pairs += 1;
                let turned = one.0.cmp(&other.0) == other.1.cmp(&one.1) && one.0 != other.0;
                counted.turned += usize::from(turned);
            }
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(scores: &[f64]) -> Ranks {
        ranks(&scores.iter().copied().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn equals_share_a_rank_and_what_is_missing_has_none() {
        assert_eq!(
            ranks(&[Some(3.0), None, Some(9.0), Some(3.0), Some(1.0)]),
            [Some(2), None, Some(1), Some(2), Some(4)]
        );
    }

    #[test]
    fn steps_and_turned_pairs_by_hand() {
        let (before, after) = (of(&[4.0, 3.0, 2.0, 1.0]), of(&[4.0, 1.0, 2.0, 3.0]));
        assert_eq!(mean_shift(&before, &after), Some(1.0));
        assert_eq!(Reversals::between(&before, &after), Reversals { turned: 3, pairs: 6 });
        assert_eq!(Reversals::between(&before, &of(&[1.0; 4])).turned, 0);
        assert_eq!(mean_shift(&before, &[None; 4]), None);
    }

    proptest! {
        #[test]
        fn nothing_turns_against_itself(scores in prop::collection::vec(0.0..9.0f64, 1..12)) {
            let own = of(&scores);
            prop_assert_eq!(Reversals::between(&own, &own).turned, 0);
            prop_assert_eq!(mean_shift(&own, &own), Some(0.0));
        }

        #[test]
        fn turned_round_all_pairs_turn(scores in prop::collection::btree_set(0..999u16, 1..12)) {
            let scores: Vec<f64> = scores.into_iter().map(f64::from).collect();
            let turned = of(&scores.iter().map(|score| -score).collect::<Vec<_>>());
            let reversals = Reversals::between(&of(&scores), &turned);
            prop_assert_eq!(reversals.turned, reversals.pairs);
        }
    }
}
