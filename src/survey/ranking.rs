//! Counts ballots that order items: pairs, Borda points, Copeland scores, mean ranks and Kemeny orders.
//!
//! Takes one ballot from each respondent; items may share a rank or have none, and those without one stand last
//! together. Only the order counts, not the numbers written. Borda as in a tournament: a point for each item that stands
//! behind, half a point for each that stands level, so that partial ballots give as many points as full ones. No ballot
//! is weighted.

use super::kemeny::kemeny;
use super::results::{Count, RankedItem, Ranking};
use std::collections::BTreeMap;

/// One respondent's rank of each item, 1 is first.
pub(super) type Ballot<'a> = &'a [Option<u16>];

/// Counts these ballots. Those on which nothing is ranked count as unanswered.
pub(super) fn ranking<'a>(items: usize, ballots: impl Iterator<Item = Option<Ballot<'a>>>) -> Ranking {
    let mut ranking = Ranking {
        items: vec![RankedItem::default(); items],
        ..Ranking::default()
    };
    let mut distinct: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let (mut n, mut unanswered) = (0, 0);
    for ballot in ballots {
        let ranks = ranks(items, ballot.unwrap_or_default());
        if ranks.iter().all(|rank| *rank == LAST) {
            unanswered += 1;
        } else {
            n += 1;
            *distinct.entry(ranks).or_default() += 1;
        }
    }
    let mut before = vec![vec![0u32; items]; items];
    let mut points = vec![0u64; items];
    let mut positions = vec![0u64; items];
    let mut counts = vec![[0u32; 3]; items];
    for (ranks, times) in &distinct {
        for item in 0..items {
            for (other, won) in before[item].iter_mut().enumerate() {
                *won += times * u32::from(ranks[item] < ranks[other]);
            }
            points[item] += u64::from(*times) * half_points(ranks, item);
            if ranks[item] == LAST {
                continue;
            }
            let ahead = ranks.iter().filter(|rank| **rank < ranks[item]).count();
            let level = ranks.iter().filter(|rank| **rank == ranks[item]).count();
            positions[item] += u64::from(*times) * (2 * ahead + level + 1) as u64;
            let [first, top_three, ranked] = &mut counts[item];
            *ranked += times;
            *first += times * u32::from(ahead == 0);
            *top_three += times * u32::from(ahead < 3);
        }
    }
    let places_of_all = places(&points);
    let ranges = places_without_one(&points, &distinct);
    for (at, item) in ranking.items.iter_mut().enumerate() {
        let ranked = counts[at][2];
        [item.first, item.top_three, item.ranked] = counts[at].map(Count::Shown);
        item.mean = (ranked > 0).then(|| halves(positions[at]) / f64::from(ranked));
        item.borda = Some(halves(points[at]));
        item.copeland = copeland(&before, at);
        item.place = places_of_all[at];
        item.places_without_one = ranges[at];
    }
    if let Some(best) = kemeny(&before).filter(|_| n > 0) {
        (ranking.orders, ranking.disagreements, ranking.more_orders) = (best.orders, Some(best.cost), best.more);
    }
    (ranking.n, ranking.unanswered) = (Count::Shown(n), Count::Shown(unanswered));
    ranking.pairs = before
        .into_iter()
        .map(|row| row.into_iter().map(Count::Shown).collect())
        .collect();
    ranking
}

/// The rank of what was not ranked.
const LAST: u32 = u32::MAX;

/// Ranks 0, 1, 2 … without gaps, so that ballots of the same order are the same.
fn ranks(items: usize, ballot: Ballot) -> Vec<u32> {
    let written = |item: usize| ballot.get(item).copied().flatten();
    let mut used: Vec<u16> = (0..items).filter_map(written).collect();
    used.sort_unstable();
    used.dedup();
    let dense = |rank: u16| used.binary_search(&rank).ok().and_then(|rank| u32::try_from(rank).ok());
    (0..items)
        .map(|item| written(item).and_then(dense).unwrap_or(LAST))
        .collect()
}

/// Twice the Borda points that one ballot gives an item.
fn half_points(ranks: &[u32], item: usize) -> u64 {
    let others = ranks.iter().enumerate().filter(|(other, _)| *other != item);
    others
        .map(|(_, other)| match ranks[item].cmp(other) {
            std::cmp::Ordering::Less => 2,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 0,
        })
        .sum()
}

/// Majorities won minus majorities lost.
fn copeland(before: &[Vec<u32>], item: usize) -> i32 {
    let duels = before[item].iter().zip(before.iter().map(|row| row[item]));
    duels
        .map(|(won, lost)| i32::from(*won > lost) - i32::from(*won < lost))
        .sum()
}

/// Places by points; equals share the best.
fn places(points: &[u64]) -> Vec<u32> {
    let ahead = |item: &u64| points.iter().map(|other| u32::from(other > item)).sum::<u32>();
    points.iter().map(|item| 1 + ahead(item)).collect()
}

/// Best and worst place when any one respondent is left out. Equal ballots give equal answers, so each distinct one is
/// tried once. With one respondent there is nothing to leave out, and the place is the one it has.
fn places_without_one(points: &[u64], distinct: &BTreeMap<Vec<u32>, u32>) -> Vec<(u32, u32)> {
    if distinct.values().sum::<u32>() < 2 {
        return places(points).into_iter().map(|place| (place, place)).collect();
    }
    let mut ranges = vec![(u32::MAX, 0); points.len()];
    for ranks in distinct.keys() {
        let left: Vec<u64> = points
            .iter()
            .enumerate()
            .map(|(item, all)| all - half_points(ranks, item))
            .collect();
        for (range, place) in ranges.iter_mut().zip(places(&left)) {
            *range = (range.0.min(place), range.1.max(place));
        }
    }
    ranges
}

#[expect(clippy::cast_precision_loss, reason = "far fewer points than 2^52")]
fn halves(number: u64) -> f64 {
    number as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Ranks = Vec<Option<u16>>;

    /// Ballots as the reference writes them: `|` before the next rank, `,` between equals, left out is not ranked.
    fn ballot(written: &str) -> Ranks {
        let mut ranks = vec![None; 6];
        for (tier, rank) in written.split('|').zip(1..) {
            for item in tier.split(',') {
                ranks["ABCDEF".find(item).unwrap()] = Some(rank);
            }
        }
        ranks
    }

    fn ranking_of(items: usize, ballots: &[Ranks]) -> Ranking {
        ranking(items, ballots.iter().map(|ballot| Some(ballot.as_slice())))
    }

    fn reference() -> Ranking {
        let ballots = [
            "A|B|C|D|E|F",
            "B|A|D|C|F|E",
            "A|C|B|F|D|E",
            "F|A|B|C|D|E",
            "B|A|C",
            "A,B|C|D",
        ];
        ranking_of(6, &ballots.map(ballot))
    }

    fn shown(count: Count) -> u32 {
        count.shown().unwrap()
    }

    #[test]
    fn borda_and_mean_rank_of_the_reference() {
        let items = reference().items;
        let borda: Vec<f64> = items.iter().filter_map(|item| item.borda).collect();
        assert_eq!(borda, [26.5, 24.5, 17.0, 10.0, 2.5, 9.5]);
        let mean = |item: &RankedItem| (item.mean.unwrap() * 1e3).round() / 1e3;
        let means: Vec<(f64, u32)> = items.iter().map(|item| (mean(item), shown(item.ranked))).collect();
        assert_eq!(
            means,
            [(1.583, 6), (1.917, 6), (3.167, 6), (4.2, 5), (5.75, 4), (4.0, 4)]
        );
        assert_eq!(
            items.iter().map(|item| item.place).collect::<Vec<_>>(),
            [1, 2, 3, 4, 6, 5]
        );
    }

    #[test]
    fn pairs_and_majorities_of_the_reference() {
        let ranking = reference();
        let pairs: Vec<Vec<u32>> = ranking
            .pairs
            .iter()
            .map(|row| row.iter().filter_map(|count| count.shown()).collect())
            .collect();
        let expected = [
            [0, 3, 6, 6, 6, 5],
            [2, 0, 5, 6, 6, 5],
            [0, 1, 0, 5, 6, 5],
            [0, 0, 1, 0, 5, 3],
            [0, 0, 0, 0, 0, 1],
            [1, 1, 1, 2, 3, 0],
        ];
        assert_eq!(pairs, expected);
        assert_eq!(
            ranking.items.iter().map(|item| item.copeland).collect::<Vec<_>>(),
            [5, 3, 1, -1, -5, -3]
        );
    }

    #[test]
    fn the_one_best_order_of_the_reference() {
        let ranking = reference();
        assert_eq!(ranking.orders, [[0, 1, 2, 3, 5, 4]]);
        assert_eq!(
            (ranking.disagreements, ranking.more_orders, ranking.n),
            (Some(10), false, Count::Shown(6))
        );
    }

    #[test]
    fn first_and_top_three_count_equals() {
        let items = reference().items;
        let firsts: Vec<(u32, u32)> = items
            .iter()
            .map(|item| (shown(item.first), shown(item.top_three)))
            .collect();
        // The last ballot puts A and B first together and C third; the fifth ranks three items only.
        assert_eq!(firsts, [(3, 6), (3, 6), (0, 4), (0, 1), (0, 0), (1, 1)]);
    }

    #[test]
    fn leaving_one_out_moves_b_and_d_and_f() {
        let ranges: Vec<(u32, u32)> = reference().items.iter().map(|item| item.places_without_one).collect();
        // Without the third ballot A and B have 21.5 each and share the first place.
        assert_eq!(ranges, [(1, 1), (1, 2), (3, 3), (4, 5), (6, 6), (4, 5)]);
    }

    #[test]
    fn nobody_gives_no_order() {
        let nobody = ranking(3, [None, Some([None, None, None].as_slice())].into_iter());
        assert_eq!(
            (nobody.n, nobody.unanswered, nobody.disagreements),
            (Count::Shown(0), Count::Shown(2), None)
        );
        assert!(nobody.orders.is_empty() && nobody.items.iter().all(|item| item.mean.is_none() && item.place == 1));
    }

    #[test]
    fn too_many_items_have_no_exact_answer() {
        let ranks: Ranks = (1..=9).map(Some).collect();
        let ranking = ranking_of(9, &[ranks]);
        assert!(ranking.orders.is_empty() && ranking.disagreements.is_none() && ranking.items[0].borda == Some(8.0));
    }

    /// Some ballots over a few items.
    fn ballots() -> impl Strategy<Value = (usize, Vec<Ranks>)> {
        (2..6usize).prop_flat_map(|items| {
            let ballot = prop::collection::vec(prop::option::of(1..5u16), items);
            (Just(items), prop::collection::vec(ballot, 0..12))
        })
    }

    proptest! {
        #[test]
        fn borda_points_are_as_many_as_duels((items, ballots) in ballots()) {
            let ranking = ranking_of(items, &ballots);
            let points: f64 = ranking.items.iter().filter_map(|item| item.borda).sum();
            let duels = f64::from(shown(ranking.n)) * f64::from(u32::try_from(items * (items - 1) / 2).unwrap());
            prop_assert!((points - duels).abs() < 1e-9);
            prop_assert_eq!(shown(ranking.n) + shown(ranking.unanswered), u32::try_from(ballots.len()).unwrap());
        }

        #[test]
        fn the_best_order_is_no_worse_than_that_of_borda((items, ballots) in ballots()) {
            let ranking = ranking_of(items, &ballots);
            let mut by_borda: Vec<usize> = (0..items).collect();
            by_borda.sort_by_key(|item| ranking.items[*item].place);
            let cost: u64 = by_borda.iter().enumerate().flat_map(|(at, a)| by_borda[at + 1..].iter().map(move |b| (*a, *b)))
                .map(|(a, b)| u64::from(ranking.pairs[b][a].shown().unwrap()))
                .sum();
            prop_assert!(ranking.disagreements.is_none_or(|least| least <= cost));
        }

        #[test]
        fn the_order_of_respondents_changes_nothing((items, mut ballots) in ballots(), turn in 0..12usize) {
            let before = ranking_of(items, &ballots);
            let turn = turn.min(ballots.len());
            ballots.rotate_left(turn);
            prop_assert_eq!(format!("{before:?}"), format!("{:?}", ranking_of(items, &ballots)));
        }

        #[test]
        fn other_names_of_items_give_the_same((items, ballots) in ballots()) {
            let turned: Vec<Ranks> = ballots.iter().map(|ballot| ballot.iter().rev().copied().collect()).collect();
            let (ranking, mirrored) = (ranking_of(items, &ballots), ranking_of(items, &turned));
            let back: Vec<RankedItem> = mirrored.items.into_iter().rev().collect();
            prop_assert_eq!(&ranking.items, &back);
            prop_assert_eq!(ranking.disagreements, mirrored.disagreements);
            if !ranking.more_orders {
                let name = |order: &Vec<usize>| order.iter().map(|item| items - 1 - item).collect::<Vec<_>>();
                let mut back: Vec<Vec<usize>> = mirrored.orders.iter().map(name).collect();
                back.sort();
                prop_assert_eq!(&ranking.orders, &back);
            }
        }

        #[test]
        fn leaving_one_out_is_what_a_recount_gives((items, ballots) in ballots()) {
            let answered: Vec<Ranks> = ballots.into_iter().filter(|ballot| ballot.iter().any(Option::is_some)).collect();
            prop_assume!(answered.len() > 1);
            let whole = ranking_of(items, &answered);
            let recounts: Vec<Ranking> = (0..answered.len()).map(|left| {
                let rest: Vec<Ranks> = answered.iter().enumerate().filter(|(at, _)| *at != left)
                    .map(|(_, ballot)| ballot.clone()).collect();
                ranking_of(items, &rest)
            }).collect();
            for item in 0..items {
                let places = || recounts.iter().map(|ranking| ranking.items[item].place);
                prop_assert_eq!(whole.items[item].places_without_one, (places().min().unwrap(), places().max().unwrap()));
            }
        }
    }
}
