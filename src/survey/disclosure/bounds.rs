//! Bounds of each hidden number that follow at once from the sums it is in.
//!
//! Takes a system in which some numbers are shown; gives for each number the least and the most it can be, as far as one
//! sum after another tells. Exact, in whole numbers: whoever knows what is published can conclude the same with a pencil.
//! What only several sums together tell is left to the linear programmes of `change`, so a number may be known more
//! closely than the bounds say, never less.
//!
//! Nearly all that is never written (those of no group, growth) is the difference of numbers that are shown. Such numbers
//! are *settled*: they have one value in every set of answers that agrees with what is published. That spares a
//! programme for each, and no other programme needs them as variables: one that changed a settled number would contradict
//! what is published. So what hangs together falls into components that do not touch, each solved by itself.
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
    pub(super) fn new(system: &System) -> Bounds {
        let mut bounds = Bounds::without_conclusions(system);
        bounds.follow(system, (0..system.sums.len()).collect());
        bounds
    }

    /// Nothing concluded: shown numbers, and the least that each hidden one can be by its nature.
    pub(super) fn without_conclusions(system: &System) -> Bounds {
        Bounds(
            (0..system.cells.len())
                .map(|cell| Bound::by_nature(system, cell))
                .collect(),
        )
    }

    /// The bound of a cell.
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
            self.0[cell] = Bound::by_nature(system, cell);
            for sum in system.sums_with[cell].iter().filter(|sum| sums.insert(**sum)) {
                let parts = system.sums[*sum].parts.iter().map(|(other, _)| *other);
                queue.extend(
                    parts
                        .filter(|other| system.is_hidden(*other))
                        .filter(|other| cells.insert(*other)),
                );
            }
        }
        self.follow(system, sums.into_iter().collect());
    }

    /// Looks at these sums, and again at those whose parts have become better known.
    fn follow(&mut self, system: &System, mut queue: VecDeque<usize>) {
        let mut turns = vec![0; system.sums.len()];
        let mut waiting = vec![false; system.sums.len()];
        for sum in &queue {
            waiting[*sum] = true;
        }
        while let Some(at) = queue.pop_front() {
            waiting[at] = false;
            turns[at] += 1;
            for cell in self.conclude(&system.sums[at]) {
                for sum in system.sums_with[cell]
                    .iter()
                    .filter(|sum| **sum != at && turns[**sum] < TURNS)
                {
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
            better.append(&mut self.at_most(sum, -1));
        }
        better
    }

    /// Concludes from the parts, times the sign, being together at most the total times the sign: each part is at most
    /// what the others leave of it when they are as small as they can be. Gives the cells that are better known now.
    fn at_most(&mut self, sum: &Sum, sign: i64) -> Vec<usize> {
        let least: Vec<Option<i64>> = sum
            .parts
            .iter()
            .map(|(cell, factor)| self.0[*cell].least(factor * sign))
            .collect();
        let unbounded = least.iter().filter(|part| part.is_none()).count();
        let together: i64 = least.iter().flatten().sum();
        let mut better = Vec::new();
        for ((cell, factor), least) in sum.parts.iter().zip(&least) {
            let others = match (unbounded, least) {
                (0, Some(least)) => together - least,
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
    fn by_nature(system: &System, cell: usize) -> Bound {
        let cell = &system.cells[cell];
        match cell.value.filter(|_| cell.shown) {
            Some(value) => Bound {
                low: value,
                high: Some(value),
            },
            None => Bound {
                low: cell.least,
                high: None,
            },
        }
    }

    /// The least that the number can be, times a factor.
    fn least(self, factor: i64) -> Option<i64> {
        if factor > 0 {
            Some(factor * self.low)
        } else {
            self.high.map(|high| factor * high)
        }
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

#[cfg(test)]
mod tests {
    use super::super::cells::change_cells;
    use super::super::public_knowledge::PublicKnowledge;
    use super::super::secondary_suppression::{narrow_cells, narrow_cells_plainly};
    use super::super::system::View;
    use super::super::{protect_in_order, solved_system, views};
    use super::*;
    use crate::model::{Answer, Pick};
    use crate::survey::example::{CLOSED, DEGREE, OBSTACLES, SIZE, count, persons, response};
    use crate::survey::{Count, Counted};
    use proptest::prelude::*;

    const MINIMUM: u32 = 3;

    /// By person: the size of the municipality, the degree, the obstacles.
    type Person = (Option<u16>, Option<u16>, u16);

    /// The answers of these persons counted, nothing hidden.
    fn publication(people: &[Person]) -> Counted {
        let one = |option: u16| Answer::One(Pick::Option(option));
        let answers = |(size, degree, obstacles): &Person| {
            let several = (0..2).filter(|at| obstacles >> at & 1 == 1).collect();
            let answers = [
                size.map(|option| (SIZE, one(option))),
                degree.map(|option| (DEGREE, one(option))),
            ];
            answers
                .into_iter()
                .flatten()
                .chain([(OBSTACLES, Answer::Several(several, String::new()))])
                .collect()
        };
        let all = people
            .iter()
            .zip(0..)
            .map(|(person, at)| response(&format!("p{at}"), at, answers(person)));
        count(persons(MINIMUM, None), all.collect(), CLOSED)
    }

    fn people() -> impl Strategy<Value = Vec<Person>> {
        let option = || prop_oneof![1 => Just(None), 5 => (0..2u16).prop_map(Some)];
        prop::collection::vec((option(), option(), 0..4u16), 6..18)
    }

    /// A publication of half of them, and one of all.
    fn publications(people: &[Person]) -> Vec<Counted> {
        vec![publication(&people[..people.len() / 2]), publication(people)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

        #[test]
        fn what_short_cuts_call_safe_is_safe_without_them(people in people()) {
            let consultation = persons(MINIMUM, None);
            let published = protect_in_order(publications(&people), &consultation);
            for at in 0..published.len() {
                let publications = views(&published[at], Some(published[at].truth()), &published[..at]);
                let mut system = solved_system(&publications, &PublicKnowledge::new(&consultation)).expect("it agrees with itself");
                prop_assert_eq!(narrow_cells_plainly(&mut system, MINIMUM.into()), []);
            }
        }

        #[test]
        fn short_cuts_find_the_same_numbers_too_narrow(people in people(), hidden in prop::collection::vec(0..5u8, 40)) {
            let mut publications = publications(&people);
            let mut turn = hidden.iter().cycle();
            for publication in &mut publications {
                change_cells(publication, &mut |_, count| {
                    if turn.next() == Some(&0) {
                        *count = Count::Hidden;
                    }
                });
            }
            let publications: Vec<View> = publications.iter().map(View::of_readers).collect();
            let knowledge = PublicKnowledge::new(&persons(MINIMUM, None));
            let mut system = solved_system(&publications, &knowledge).expect("it agrees with itself");
            let plain = narrow_cells_plainly(&mut system.clone(), MINIMUM.into());
            prop_assert_eq!(narrow_cells(&mut system, MINIMUM.into()), plain);
        }

        #[test]
        fn bounds_hold_the_truth(people in people(), hidden in prop::collection::vec(0..3u8, 40)) {
            let publications = publications(&people);
            let publications: Vec<View> = publications.iter().map(View::of_readers).collect();
            let knowledge = PublicKnowledge::new(&persons(MINIMUM, None));
            let mut system = System::new(&publications, &knowledge, true);
            for (cell, turn) in hidden.iter().cycle().enumerate().take(system.cells.len()) {
                system.cells[cell].shown &= *turn > 0;
            }
            let bounds = Bounds::new(&system);
            for (at, cell) in system.cells.iter().enumerate() {
                let (value, Bound { low, high }) = (cell.value.expect("nothing was hidden before"), bounds.of_cell(at));
                prop_assert!(low <= value && high.is_none_or(|high| value <= high), "{cell:?}: {low} to {high:?}");
            }
            // What is hidden one after another leaves the same bounds as what is hidden at once.
            let late: Vec<usize> = (0..system.cells.len()).filter(|cell| cell % 7 == 0 && system.cells[*cell].shown).collect();
            let mut loosened = bounds;
            for cell in &late {
                system.cells[*cell].shown = false;
                loosened.loosen(&system, &[*cell]);
            }
            prop_assert_eq!(loosened, Bounds::new(&system));
        }
    }
}
