//! Which further numbers are hidden, so that those hidden first cannot be worked out.
//!
//! Takes a system in which the small numbers are hidden; hides more of it until every hidden number could lie anywhere
//! in an interval as wide as the minimum. Each time a number is too narrow, the change that widens it and touches the
//! smallest numbers is found in its own table, then in the question's tables, then everywhere, and what it touches is
//! hidden. Every change found stays as a witness. What cannot be protected is withheld whole. Each step hides something
//! or gives something up, so it ends.

use super::bounds::Bounds;
use super::change::{Aim, Change, Piece, change, far};
use super::place::{Part, Place};
use super::system::{CellKind, System};
use std::collections::BTreeSet;

/// How many times numbers to hide are looked for outside the question. It is slow, and where it is needed this often so
/// little can be shown that whole tables may as well go.
const SEARCHES: u32 = 40;

/// How many times answers far from each other are looked for in a piece of the system.
const ROUNDS: u32 = 8;

/// What is withheld together when nothing less will do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whole {
    /// How responses came in.
    Channels,
    /// Themes of free text.
    Themes,
    /// A question, by id, with all its breakdowns.
    Question(String),
}

impl Whole {
    /// What a number belongs to.
    pub(super) fn of(place: &Place) -> Whole {
        match place.part {
            Part::Channel(_) => Whole::Channels,
            Part::Theme(_) | Part::Themed => Whole::Themes,
            _ => Whole::Question(place.question.clone()),
        }
    }
}

/// Where a hidden number must lie.
#[derive(Clone, Copy, Debug)]
struct Interval {
    /// The least it is known to be able to be.
    low: i64,
    /// The most.
    high: i64,
    /// Whether it can be nothing beyond these; otherwise it may, and nothing can be concluded from a narrow one.
    exact: bool,
}

/// The work of protecting a system.
pub(super) struct Complement<'a> {
    system: &'a mut System,
    /// What follows at once from what is shown.
    bounds: Bounds,
    /// Width that every hidden number's interval must have.
    minimum: i64,
    /// For each cell, how far it has been seen to lie below and above its value at once with everything published.
    seen: Vec<(i64, i64)>,
    /// What is withheld.
    withheld: BTreeSet<Whole>,
    /// Cells that nothing more can be done for.
    lost: BTreeSet<usize>,
    /// How many more times numbers may be looked for everywhere.
    left: u32,
}

/// Hides what must be hidden beside what is hidden already; gives what must be withheld whole.
pub(super) fn complement(system: &mut System, minimum: i64) -> BTreeSet<Whole> {
    let bounds = Bounds::of(system);
    let mut work = Complement::new(system, minimum, bounds);
    loop {
        // Those found safe without being wide are looked at again when nothing more is hidden: hiding may make them unsafe.
        let mut safe = BTreeSet::new();
        let mut hid_at_all = false;
        loop {
            let mut hid = false;
            work.look_around();
            for cell in 0..work.system.cells.len() {
                let done = !work.system.is_open(cell) || work.lost.contains(&cell) || safe.contains(&cell);
                if !done && !work.is_wide(cell) {
                    if work.widen(cell) {
                        hid = true;
                    } else {
                        safe.insert(cell);
                    }
                }
            }
            hid_at_all |= hid;
            if !hid {
                break;
            }
        }
        if !hid_at_all {
            return work.withheld;
        }
    }
}

/// Hidden cells whose interval is too narrow, and that interval.
pub(super) fn narrow(system: &mut System, minimum: i64) -> Vec<(usize, i64, i64)> {
    let bounds = Bounds::of(system);
    let mut work = Complement::new(system, minimum, bounds);
    work.look_around();
    work.narrow()
}

/// The same without any short cut: a programme over all that hangs together for every hidden cell.
#[cfg(test)]
pub(super) fn narrow_plainly(system: &mut System, minimum: i64) -> Vec<(usize, i64, i64)> {
    let bounds = Bounds::none(system);
    Complement::new(system, minimum, bounds).narrow()
}

impl<'a> Complement<'a> {
    fn new(system: &'a mut System, minimum: i64, bounds: Bounds) -> Complement<'a> {
        let seen = vec![(0, 0); system.cells.len()];
        let (withheld, lost) = (BTreeSet::new(), BTreeSet::new());
        Complement {
            system,
            bounds,
            minimum,
            seen,
            withheld,
            lost,
            left: SEARCHES,
        }
    }

    fn narrow(&mut self) -> Vec<(usize, i64, i64)> {
        let mut found = Vec::new();
        for cell in 0..self.system.cells.len() {
            if self.system.is_open(cell)
                && !self.is_wide(cell)
                && let Err(Interval { low, high, .. }) = self.judge(cell)
            {
                found.push((cell, low, high));
            }
        }
        found
    }

    fn value(&self, cell: usize) -> i64 {
        self.system.cells[cell].value.unwrap_or(0)
    }

    /// Whether witnesses show that it may lie anywhere in an interval wide enough.
    fn is_wide(&self, cell: usize) -> bool {
        self.seen[cell].1 - self.seen[cell].0 >= self.minimum
    }

    /// Whether knowing that it lies here tells of too few.
    fn is_safe(&self, cell: usize, Interval { low, high, exact }: Interval) -> bool {
        let nobody = || self.system.cells[cell].kind.is_latent() || self.nobody_at_all(cell);
        let many = low >= self.minimum || high <= -self.minimum;
        high - low >= self.minimum || exact && (many || low == 0 && high == 0 && nobody())
    }

    /// Whether a published 0 says it already: nobody answered so, therefore nobody in this group.
    fn nobody_at_all(&self, cell: usize) -> bool {
        self.system.of[cell]
            .iter()
            .map(|sum| &self.system.sums[*sum])
            .any(|sum| {
                let shown = sum.parts.iter().filter(|(part, _)| self.system.cells[*part].shown);
                let mut hidden = sum.parts.iter().filter(|(part, _)| !self.system.cells[*part].shown);
                sum.total == 0
                    && shown.clone().all(|(part, _)| self.value(*part) == 0)
                    && hidden.all(|(part, factor)| *factor > 0 && self.system.cells[*part].least == 0)
            })
    }

    /// Whether a hidden number is safe; if not, where it is known to lie.
    fn judge(&mut self, cell: usize) -> Result<(), Interval> {
        let bound = self.bounds.of_cell(cell);
        if bound.low >= self.minimum || bound.high.is_some_and(|high| high <= -self.minimum) {
            return Ok(());
        }
        let interval = if self.bounds.is_settled(cell) {
            Interval {
                low: bound.low,
                high: bound.low,
                exact: true,
            }
        } else if self.is_wide_nearby(cell) {
            return Ok(());
        } else {
            self.interval(cell)
        };
        if self.is_safe(cell, interval) {
            Ok(())
        } else {
            Err(interval)
        }
    }

    /// Whether it differs between sets of answers that agree with what is published, as far as can be told at once.
    fn moves(&self, cell: usize) -> bool {
        self.system.is_open(cell) && !self.bounds.is_settled(cell)
    }

    /// The interval in which a hidden number must lie, given everything published.
    fn interval(&mut self, cell: usize) -> Interval {
        let free = |other: usize| self.moves(other).then_some(0.0);
        let ends = [Aim::Down, Aim::Up].map(|aim| change(self.system, cell, aim, &free));
        for end in ends.iter().flatten() {
            self.witness(end);
        }
        let (low, high) = self.seen[cell];
        let exact = ends.iter().all(Option::is_some);
        Interval {
            low: self.value(cell) + low,
            high: self.value(cell) + high,
            exact,
        }
    }

    /// Looks for sets of answers that lie far from each other, since two of them tell of many numbers at once that they are
    /// wide: in each piece of what hangs together, some as far up and some as far down as they go, by turns others. What it
    /// finds is checked like any other change; where it finds nothing, each number is looked at by itself.
    fn look_around(&mut self) {
        let mut looked: BTreeSet<usize> = BTreeSet::new();
        for cell in 0..self.system.cells.len() {
            if !self.moves(cell) || self.is_wide(cell) || looked.contains(&cell) {
                continue;
            }
            let piece = Piece::of(self.system, cell, &|other| self.moves(other));
            looked.extend(&piece.cells);
            let mut left = piece.cells.len();
            for round in 0..ROUNDS {
                for side in [1.0, -1.0] {
                    // Any fixed signs will do, as long as they differ from round to round.
                    let sign = |cell: usize| {
                        if cell.wrapping_mul(0x9e37_79b9) >> (9 + round) & 1 == 0 {
                            side
                        } else {
                            -side
                        }
                    };
                    let pull = |cell: usize| if self.is_wide(cell) { 0.0 } else { sign(cell) };
                    if let Some(found) = far(self.system, &piece, &pull) {
                        self.witness(&found);
                    }
                }
                let narrow = piece.cells.iter().filter(|cell| !self.is_wide(**cell)).count();
                if narrow == 0 || narrow == left {
                    break;
                }
                left = narrow;
            }
        }
    }

    /// Remembers that these cells may lie so far from their values.
    fn witness(&mut self, change: &Change) {
        for (cell, by) in change {
            let (low, high) = self.seen[*cell];
            self.seen[*cell] = (low.min(*by), high.max(*by));
        }
    }

    /// Hides what a change touches, and remembers it. Gives whether anything was hidden.
    fn take(&mut self, change: &Change) -> bool {
        let hid = self.hide(&change.iter().map(|(cell, _)| *cell).collect::<Vec<_>>());
        self.witness(change);
        hid
    }

    /// Hides cells. Gives whether any was shown.
    fn hide(&mut self, cells: &[usize]) -> bool {
        let shown: Vec<usize> = cells
            .iter()
            .copied()
            .filter(|cell| self.system.cells[*cell].shown)
            .collect();
        for cell in &shown {
            self.system.cells[*cell].shown = false;
        }
        self.bounds.loosen(self.system, &shown);
        !shown.is_empty()
    }

    /// Whether what is hidden in the same row already makes its interval wide enough: the quick way to know.
    fn is_wide_nearby(&mut self, cell: usize) -> bool {
        let bound = self.bounds.of_cell(cell);
        for amount in [self.minimum, -self.minimum] {
            let there = self.value(cell) + amount;
            if there < bound.low || bound.high.is_some_and(|high| there > high) {
                continue;
            }
            let place = &self.system.cells[cell].place;
            let free = |other: usize| {
                let own = &self.system.cells[other];
                (self.moves(other) && Reach::Question.covers(place, &own.place)).then_some(1.0)
            };
            if let Some(found) = change(self.system, cell, Aim::By(amount), &free) {
                self.witness(&found);
                return true;
            }
        }
        false
    }

    /// Makes a number's interval wide enough. Gives whether anything was hidden for it.
    fn widen(&mut self, cell: usize) -> bool {
        if self.judge(cell).is_ok() {
            return false;
        }
        for reach in [Reach::Table, Reach::Question, Reach::All] {
            if matches!(reach, Reach::All) {
                if self.left == 0 {
                    break;
                }
                self.left -= 1;
            }
            for amount in [self.minimum, -self.minimum] {
                if let Some(found) = self.cheapest(cell, amount, reach) {
                    return self.take(&found);
                }
            }
            if matches!(reach, Reach::Question) {
                for up in (1..self.minimum).rev() {
                    let both = [up, up - self.minimum].map(|amount| self.cheapest(cell, amount, reach));
                    if let [Some(up), Some(down)] = both {
                        return self.take(&up) | self.take(&down);
                    }
                }
            }
        }
        self.give_up(cell)
    }

    /// Hides all of a number's table, or of its row, or withholds all it belongs to, whichever has not been done.
    fn give_up(&mut self, cell: usize) -> bool {
        let place = self.system.cells[cell].place.clone();
        let whole = Whole::of(&place);
        if self.hide_all(|other| Reach::Table.covers(&place, other) && Whole::of(other) == whole)
            || self.hide_all(|other| {
                other.question == place.question && other.row == place.row && Whole::of(other) == whole
            })
        {
            return true;
        }
        if !self.withheld.insert(whole.clone()) {
            self.lost.insert(cell);
            return false;
        }
        self.hide_all(|other| Whole::of(other) == whole)
    }

    /// Hides these of the newest publication's numbers. Gives whether any was shown.
    fn hide_all(&mut self, which: impl Fn(&Place) -> bool) -> bool {
        let own = |cell: &usize| {
            let own = &self.system.cells[*cell];
            own.kind == CellKind::Now && which(&own.place)
        };
        let cells: Vec<usize> = (0..self.system.cells.len()).filter(own).collect();
        self.hide(&cells)
    }

    fn cheapest(&self, target: usize, amount: i64, reach: Reach) -> Option<Change> {
        let place = &self.system.cells[target].place;
        let price = |cell: usize| {
            let own = &self.system.cells[cell];
            if !own.shown {
                return Some(0.01);
            }
            // A number of nobody costs a little too: of two ways as cheap, the one that hides fewer.
            (own.kind == CellKind::Now && reach.covers(place, &own.place))
                .then(|| f64::from(u32::try_from(self.value(cell)).unwrap_or(u32::MAX)) + 0.1)
        };
        change(self.system, target, Aim::By(amount), &price)
    }
}

impl CellKind {
    /// Whether it is never written anywhere, and can only be had by subtraction.
    fn is_latent(self) -> bool {
        matches!(self, CellKind::Rest | CellKind::Growth)
    }
}

/// How far from a number others may be hidden for it.
#[derive(Clone, Copy, Debug)]
enum Reach {
    /// In its own table: the same row, broken down by the same question.
    Table,
    /// In any table of the same row, and among the answers to the questions it is broken down by.
    Question,
    /// Anywhere.
    All,
}

impl Reach {
    fn covers(self, target: &Place, other: &Place) -> bool {
        let by = |place: &Place| place.by.as_ref().map(|(by, _)| by.clone());
        match self {
            Reach::Table => target.question == other.question && target.row == other.row && by(target) == by(other),
            Reach::Question => {
                target.question == other.question && target.row == other.row
                    || by(target).is_some_and(|by| other.question == by && other.by.is_none())
            }
            Reach::All => true,
        }
    }
}
