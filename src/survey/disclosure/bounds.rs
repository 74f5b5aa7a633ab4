//! What follows at once for each hidden number from the sums it is in.
//!
//! Takes a system in which some numbers are shown; gives for each number the least and the most it can be, as far as one
//! sum after another tells. Exact, in whole numbers: whoever knows what is published can conclude the same with a pencil.
//! What only several sums together tell is left to the linear programmes of `change`, so a number may be known more
//! closely than the bounds say, never less.
//!
//! Nearly all that is never written (those of no group, growth) is the difference of numbers that are shown. Such numbers
//! are *settled*: they have one value in every set of answers that agrees with what is published. That spares a
//! programme for each, and no other programme needs them as variables: one that changed a settled number would contradict
//! what is published. So what hangs together falls into pieces that do not touch, each solved by itself.
//!
//! It cannot leak. A number passes because of its bounds only when all that it can be is at least the minimum, or is the
//! 0 that the rule tells of; that it is wide enough is never concluded from them but only from other tables that were found
//! and checked. Where bounds are wider than the truth, a programme is solved that was not needed, no more.

use super::system::{Sum, System};
use std::collections::{BTreeSet, VecDeque};

/// How often a sum is looked at again. Bounds may creep towards each other by one a turn; where one stops, those that
/// have been found hold.
const TURNS: u32 = 12;

/// For each cell the least and the most it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds(Vec<Bound>);

/// Where a number must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// The least it can be.
    pub(super) low: i64,
    /// The most; `None`: nothing is known of that.
    pub(super) high: Option<i64>,
}

impl Bounds {
    /// All that can be concluded from the sums, one after another.
    pub(super) fn of(system: &System) -> Bounds {
        let mut bounds = Bounds::none(system);
        bounds.follow(system, (0..system.sums.len()).collect());
        bounds
    }

    /// Nothing concluded: shown numbers, and the least that each hidden one can be by its nature.
    pub(super) fn none(system: &System) -> Bounds {
        Bounds((0..system.cells.len()).map(|cell| Bound::open(system, cell)).collect())
    }

    /// What is known of a cell.
    pub(super) fn of_cell(&self, cell: usize) -> Bound {
        self.0[cell]
    }

    /// Whether a cell has one value in all that agrees with what is published.
    pub(super) fn is_settled(&self, cell: usize) -> bool {
        self.0[cell].high == Some(self.0[cell].low)
    }

    /// Concludes anew around cells that have been hidden since. What is concluded elsewhere stands: it rests on sums in
    /// which nothing has been hidden, directly or by way of other hidden numbers.
    pub(super) fn loosen(&mut self, system: &System, hidden: &[usize]) {
        let mut sums = BTreeSet::new();
        let mut cells: BTreeSet<usize> = hidden.iter().copied().collect();
        let mut queue: VecDeque<usize> = cells.iter().copied().collect();
        while let Some(cell) = queue.pop_front() {
            self.0[cell] = Bound::open(system, cell);
            for sum in system.of[cell].iter().filter(|sum| sums.insert(**sum)) {
                let parts = system.sums[*sum].parts.iter().map(|(other, _)| *other);
                queue.extend(parts.filter(|other| system.is_open(*other)).filter(|other| cells.insert(*other)));
            }
        }
        self.follow(system, sums.into_iter().collect());
    }

    /// Looks at these sums, and again at those whose parts have become better known.
    fn follow(&mut self, system: &System, mut queue: VecDeque<usize>) {
        let mut turns = vec![0; system.sums.len()];
        let mut waiting = vec![false; system.sums.len()];
        queue.iter().for_each(|sum| waiting[*sum] = true);
        while let Some(at) = queue.pop_front() {
            waiting[at] = false;
            turns[at] += 1;
            for cell in self.conclude(&system.sums[at]) {
                for sum in system.of[cell].iter().filter(|sum| **sum != at && turns[**sum] < TURNS) {
                    if !waiting[*sum] {
                        waiting[*sum] = true;
                        queue.push_back(*sum);
                    }
                }
            }
        }
    }

    /// Cells of a sum that are better known now.
    fn conclude(&mut self, sum: &Sum) -> Vec<usize> {
        let mut better = self.at_most(sum, 1);
        if sum.equal {
            // An equality is at most its total, and so is its opposite.
            better.extend(self.at_most(sum, -1));
        }
        better
    }

    /// What follows from the parts, times the sign, being together at most the total times the sign: each part is at most
    /// what the others leave of it when they are as small as they can be.
    fn at_most(&mut self, sum: &Sum, sign: i64) -> Vec<usize> {
        let least: Vec<Option<i64>> = sum.parts.iter().map(|(cell, factor)| self.0[*cell].least(factor * sign)).collect();
        let unbounded = least.iter().filter(|part| part.is_none()).count();
        let together: i64 = least.iter().flatten().sum();
        let mut better = Vec::new();
        for ((cell, factor), least) in sum.parts.iter().zip(&least) {
            let others = match (unbounded, least) {
                (0, Some(own)) => together - own,
                (1, None) => together,
                _ => continue,
            };
            if self.0[*cell].narrow(factor * sign, sum.total * sign - others) {
                better.push(*cell);
            }
        }
        better
    }
}

impl Bound {
    fn open(system: &System, cell: usize) -> Bound {
        let own = &system.cells[cell];
        match own.value.filter(|_| own.shown) {
            Some(value) => Bound { low: value, high: Some(value) },
            None => Bound { low: own.least, high: None },
        }
    }

    /// The least that the number can be, times a factor.
    fn least(self, factor: i64) -> Option<i64> {
        if factor > 0 { Some(factor * self.low) } else { self.high.map(|high| factor * high) }
    }

    /// Takes in that the number times the factor is at most this. Gives whether that is news.
    fn narrow(&mut self, factor: i64, most: i64) -> bool {
        let before = *self;
        match factor {
            0 => {}
            1.. => {
                let most = most.div_euclid(factor);
                self.high = Some(self.high.map_or(most, |high| high.min(most)));
            }
            _ => self.low = self.low.max(-most.div_euclid(-factor)),
        }
        *self != before
    }
}
