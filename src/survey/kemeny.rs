//! Kemeny orders (1959): the orders of items that fewest pairwise preferences disagree with.
//!
//! Takes how many put each item before each other; gives every order with the least number of disagreements, counted in
//! pairs of items and respondents. Exact, by dynamic programming over sets of items: the best order of a set is its
//! first item before the best order of the rest. No approximation beyond the limit: then there is no answer.

/// Most items for which the answer is computed. Beyond it there are too many orders for a reader to check.
pub(super) const MOST_ITEMS: usize = 8;

/// Most orders that are listed; where more are equally good, nothing has been agreed upon.
pub(super) const MOST_ORDERS: usize = 12;

/// The best orders of some items.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kemeny {
    /// The best orders, by the items' own order, up to the limit.
    pub(super) orders: Vec<Vec<usize>>,
    /// How many disagreements each has.
    pub(super) cost: u64,
    /// Whether there are more than are listed.
    pub(super) more: bool,
}

/// The best orders by `before[a][b]`, how many put a before b; `None` for too many items.
pub(super) fn kemeny(before: &[Vec<u32>]) -> Option<Kemeny> {
    let items = before.len();
    if items > MOST_ITEMS {
        return None;
    }
    let costs = costs(before);
    let everything = costs.len() - 1;
    let mut search = Search {
        before,
        costs: &costs,
        orders: Vec::new(),
        more: false,
    };
    search.extend(&mut Vec::with_capacity(items), everything);
    Some(Kemeny {
        cost: costs[everything],
        orders: search.orders,
        more: search.more,
    })
}

/// How many disagree with putting this item before all others of the set.
fn against(before: &[Vec<u32>], item: usize, set: usize) -> u64 {
    members(set)
        .filter(|other| *other != item)
        .map(|other| u64::from(before[other][item]))
        .sum()
}

/// The least cost of ordering each set of items; sets are bits.
fn costs(before: &[Vec<u32>]) -> Vec<u64> {
    let mut costs = vec![0; 1 << before.len()];
    for set in 1..costs.len() {
        let first = |item: usize| against(before, item, set) + costs[set & !(1 << item)];
        costs[set] = members(set).map(first).min().unwrap_or(0);
    }
    costs
}

fn members(set: usize) -> impl Iterator<Item = usize> {
    (0..MOST_ITEMS).filter(move |item| set & (1 << item) != 0)
}

/// A search for all best orders.
struct Search<'a> {
    before: &'a [Vec<u32>],
    costs: &'a [u64],
    orders: Vec<Vec<usize>>,
    more: bool,
}

impl Search<'_> {
    /// Follows every way of ordering the rest that costs no more than it must.
    fn extend(&mut self, order: &mut Vec<usize>, rest: usize) {
        if self.more {
            return;
        }
        if rest == 0 {
            self.more = self.orders.len() == MOST_ORDERS;
            if !self.more {
                self.orders.push(order.clone());
            }
            return;
        }
        for item in members(rest) {
            let after = rest & !(1 << item);
            if against(self.before, item, rest) + self.costs[after] == self.costs[rest] {
                order.push(item);
                self.extend(order, after);
                order.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cost_of(order: &[usize], before: &[Vec<u32>]) -> u64 {
        let pairs = order
            .iter()
            .enumerate()
            .flat_map(|(at, a)| order[at + 1..].iter().map(move |b| (*a, *b)));
        pairs.map(|(a, b)| u64::from(before[b][a])).sum()
    }

    /// Every order of these items, the slow way.
    fn every_order(items: &[usize]) -> Vec<Vec<usize>> {
        let Some(last) = items.len().checked_sub(1) else {
            return vec![Vec::new()];
        };
        let shorter = every_order(&items[..last]);
        let grown = shorter
            .iter()
            .flat_map(|order| (0..=order.len()).map(move |at| (order, at)));
        grown
            .map(|(order, at)| {
                let mut order = order.clone();
                order.insert(at, items[last]);
                order
            })
            .collect()
    }

    #[test]
    fn a_circle_of_three_has_three_best_orders() {
        let circle = vec![vec![0, 2, 1], vec![1, 0, 2], vec![2, 1, 0]];
        let best = kemeny(&circle).unwrap();
        assert_eq!(best.orders, [[0, 1, 2], [1, 2, 0], [2, 0, 1]]);
        assert_eq!((best.cost, best.more), (4, false));
    }

    #[test]
    fn where_all_is_equal_the_list_ends_and_says_so() {
        let best = kemeny(&vec![vec![0; 8]; 8]).unwrap();
        assert_eq!((best.orders.len(), best.more, best.cost), (MOST_ORDERS, true, 0));
        assert_eq!(kemeny(&vec![vec![0; 9]; 9]), None);
    }

    proptest! {
        #[test]
        fn no_order_is_better_and_none_as_good_is_forgotten(
            before in (1..6usize).prop_flat_map(|n| prop::collection::vec(prop::collection::vec(0..9u32, n), n)),
        ) {
            let best = kemeny(&before).expect("few items");
            let mut all = every_order(&(0..before.len()).collect::<Vec<_>>());
            all.sort();
            let least = all.iter().map(|order| cost_of(order, &before)).min().expect("an order");
            let best_orders: Vec<_> = all.into_iter().filter(|order| cost_of(order, &before) == least).collect();
            prop_assert_eq!(best.cost, least);
            prop_assert_eq!(best.more, best_orders.len() > MOST_ORDERS);
            prop_assert_eq!(best.orders, best_orders.into_iter().take(MOST_ORDERS).collect::<Vec<_>>());
        }
    }
}
