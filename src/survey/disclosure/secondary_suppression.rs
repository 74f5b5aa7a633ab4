//! Secondary suppression: hides further cells until no hidden one can be recovered by subtraction.
//!
//! Takes a system after primary suppression; hides more of it until every hidden number could lie anywhere in an interval
//! as wide as the minimum. Each time an interval is too narrow, the change that widens it and touches the smallest
//! numbers is found in the cell's own table, then in the question's tables, then everywhere, and what it touches is
//! hidden. Every change found stays as a witness. What cannot be protected is withheld whole. Each step hides something
//! or gives something up, so it ends.

use super::bounds::Bounds;
use super::cells::{CellKey, Withholdable};
use super::change::{Change, Component, Move, change, farthest};
use super::system::{Cell, CellKind, System};
use std::collections::BTreeSet;

/// How many times cells to hide are looked for outside the question. It is slow, and where it is needed this often so
/// little can be shown that whole tables may as well go.
const SEARCHES: u32 = 40;

/// How many times answers far from each other are looked for in a component of the system.
const ROUNDS: u32 = 8;

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

/// How far from a cell others may be hidden for it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scope {
    /// In its own table: the same row, broken down by the same question.
    Table,
    /// In any table of the same row, and among the answers to the questions it is broken down by.
    Question,
    /// Anywhere.
    All,
}

impl Scope {
    /// Whether one of the places of a cell lies in the scope of one of the target's. A joint cell, which has none, lies with
    /// its row.
    fn reaches(self, target: &Cell, other: &Cell) -> bool {
        if other.kind == CellKind::Joint {
            return other.set.iter().any(|condition| {
                let mut keys = target.keys.iter();
                keys.any(|key| key.question == condition.question && key.row == condition.row)
            });
        }
        let mut places = target
            .keys
            .iter()
            .flat_map(|target| other.keys.iter().map(move |other| (target, other)));
        places.any(|(target, other)| self.covers(target, other))
    }

    fn covers(self, target: &CellKey, other: &CellKey) -> bool {
        match self {
            Scope::Table => target.shares_row_with(other) && target.broken_down_by() == other.broken_down_by(),
            Scope::Question => {
                target.shares_row_with(other)
                    || other.by.is_none() && target.broken_down_by() == Some(other.question.as_str())
            }
            Scope::All => true,
        }
    }
}

/// Hides further cells until none can be recovered; gives what must be withheld whole.
pub(super) fn suppress_secondary(system: &mut System, minimum: i64) -> BTreeSet<Withholdable> {
    let bounds = Bounds::new(system);
    let mut suppression = Suppression::new(system, minimum, bounds);
    loop {
        // Those found safe without being wide are looked at again when nothing more is hidden: hiding may make them unsafe.
        let mut safe = BTreeSet::new();
        let mut hid_any = false;
        loop {
            let mut hid = false;
            suppression.look_around();
            for cell in 0..suppression.system.cells.len() {
                let is_done = suppression.hopeless.contains(&cell) || safe.contains(&cell);
                if suppression.is_narrow(cell) && !is_done {
                    if suppression.widen(cell) {
                        hid = true;
                    } else {
                        safe.insert(cell);
                    }
                }
            }
            hid_any |= hid;
            if !hid {
                break;
            }
        }
        if !hid_any {
            return suppression.withheld;
        }
    }
}

/// Hidden cells whose interval is too narrow, and that interval.
pub(super) fn narrow_cells(system: &mut System, minimum: i64) -> Vec<(usize, i64, i64)> {
    let bounds = Bounds::new(system);
    let mut suppression = Suppression::new(system, minimum, bounds);
    suppression.look_around();
    suppression.narrow_cells()
}

/// Hidden cells whose interval is too narrow, found without any short cut: by a programme for every hidden cell.
#[cfg(test)]
pub(super) fn narrow_cells_plainly(system: &mut System, minimum: i64) -> Vec<(usize, i64, i64)> {
    let bounds = Bounds::without_conclusions(system);
    Suppression::new(system, minimum, bounds).narrow_cells()
}

/// A system while its cells are suppressed.
struct Suppression<'a> {
    system: &'a mut System,
    /// Bounds of cells that follow at once from what is shown.
    bounds: Bounds,
    /// Width that every hidden number's interval must have.
    minimum: i64,
    /// For each cell, how far below and above its value witnesses lie: sets of answers that agree with all that is published.
    witnessed: Vec<(i64, i64)>,
    withheld: BTreeSet<Withholdable>,
    /// Cells that nothing more can be done for.
    hopeless: BTreeSet<usize>,
    /// How many more times cells may be looked for everywhere.
    searches_left: u32,
}

impl<'a> Suppression<'a> {
    fn new(system: &'a mut System, minimum: i64, bounds: Bounds) -> Suppression<'a> {
        Suppression {
            witnessed: vec![(0, 0); system.cells.len()],
            system,
            bounds,
            minimum,
            withheld: BTreeSet::new(),
            hopeless: BTreeSet::new(),
            searches_left: SEARCHES,
        }
    }

    fn narrow_cells(&mut self) -> Vec<(usize, i64, i64)> {
        let mut narrow = Vec::new();
        for cell in 0..self.system.cells.len() {
            if self.is_narrow(cell)
                && let Err(Interval { low, high, .. }) = self.judge(cell)
            {
                narrow.push((cell, low, high));
            }
        }
        narrow
    }

    fn value(&self, cell: usize) -> i64 {
        self.system.cells[cell].value.unwrap_or(0)
    }

    /// Whether witnesses show that it may lie anywhere in an interval wide enough.
    fn is_wide(&self, cell: usize) -> bool {
        self.witnessed[cell].1 - self.witnessed[cell].0 >= self.minimum
    }

    /// Whether it is hidden, and no witnesses show that it is protected.
    fn is_narrow(&self, cell: usize) -> bool {
        let is_joint = self.system.cells[cell].kind == CellKind::Joint;
        !is_joint && self.system.is_hidden(cell) && !self.is_wide(cell)
    }

    /// Whether knowing that it lies here tells of nobody, or of enough.
    fn is_safe(&self, cell: usize, Interval { low, high, exact }: Interval) -> bool {
        let is_nobody = || self.system.cells[cell].kind.is_latent() || self.is_published_zero(cell);
        let is_many = low >= self.minimum || high <= -self.minimum;
        high - low >= self.minimum || exact && (is_many || low == 0 && high == 0 && is_nobody())
    }

    /// Whether a published 0 says it already: nobody answered so, therefore nobody in this group.
    fn is_published_zero(&self, cell: usize) -> bool {
        self.system.sums_with[cell]
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
    fn may_move(&self, cell: usize) -> bool {
        self.system.is_hidden(cell) && !self.bounds.is_settled(cell)
    }

    /// The interval in which a hidden number must lie, given everything published.
    fn interval(&mut self, cell: usize) -> Interval {
        let free = |other: usize| self.may_move(other).then_some(0.0);
        let ends = [Move::Down, Move::Up].map(|movement| change(self.system, cell, movement, &free));
        for end in ends.iter().flatten() {
            self.witness(end);
        }
        let (low, high) = self.witnessed[cell];
        Interval {
            low: self.value(cell) + low,
            high: self.value(cell) + high,
            exact: ends.iter().all(Option::is_some),
        }
    }

    /// Looks for sets of answers that lie far from each other, since two of them show of many cells at once that they are
    /// wide. In each component it moves as far as it can go by random signs: some cells up, others down, with new signs
    /// each round. What it finds is checked like any other change; where it finds nothing, each cell is looked at by itself.
    fn look_around(&mut self) {
        let mut visited: BTreeSet<usize> = BTreeSet::new();
        for cell in 0..self.system.cells.len() {
            if !self.may_move(cell) || self.is_wide(cell) || visited.contains(&cell) {
                continue;
            }
            let component = Component::around(self.system, cell, &|other| self.may_move(other));
            visited.extend(&component.cells);
            let mut narrow_before = component.cells.len();
            for round in 0..ROUNDS {
                for side in [1.0, -1.0] {
                    // Any fixed signs will do, as long as they differ from round to round.
                    let is_up = |cell: usize| cell.wrapping_mul(0x9e37_79b9) >> (9 + round) & 1 == 0;
                    let weight = |cell: usize| match (self.is_wide(cell), is_up(cell)) {
                        (true, _) => 0.0,
                        (false, true) => side,
                        (false, false) => -side,
                    };
                    if let Some(change) = farthest(self.system, &component, &weight) {
                        self.witness(&change);
                    }
                }
                let narrow = component.cells.iter().filter(|cell| !self.is_wide(**cell)).count();
                if narrow == 0 || narrow == narrow_before {
                    break;
                }
                narrow_before = narrow;
            }
        }
    }

    /// Remembers that these cells may lie so far from their values.
    fn witness(&mut self, change: &Change) {
        for (cell, by) in change {
            let (low, high) = self.witnessed[*cell];
            self.witnessed[*cell] = (low.min(*by), high.max(*by));
        }
    }

    /// Hides what a change touches, and remembers it. Gives whether anything was hidden.
    fn take(&mut self, change: &Change) -> bool {
        let hid = self.hide(change.iter().map(|(cell, _)| *cell));
        self.witness(change);
        hid
    }

    /// Hides cells. Gives whether any was shown.
    fn hide(&mut self, cells: impl Iterator<Item = usize>) -> bool {
        let shown: Vec<usize> = cells.filter(|cell| self.system.cells[*cell].shown).collect();
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
            let cells = &self.system.cells;
            let is_near = |other: usize| Scope::Question.reaches(&cells[cell], &cells[other]);
            let free = |other: usize| (self.may_move(other) && is_near(other)).then_some(1.0);
            if let Some(change) = change(self.system, cell, Move::By(amount), &free) {
                self.witness(&change);
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
        for scope in [Scope::Table, Scope::Question, Scope::All] {
            if scope == Scope::All {
                if self.searches_left == 0 {
                    break;
                }
                self.searches_left -= 1;
            }
            for amount in [self.minimum, -self.minimum] {
                if let Some(change) = self.cheapest(cell, amount, scope) {
                    return self.take(&change);
                }
            }
            if scope == Scope::Question {
                // Where it cannot move so far one way, it may move some of the way up and the rest down.
                for up in (1..self.minimum).rev() {
                    let both = [up, up - self.minimum].map(|amount| self.cheapest(cell, amount, scope));
                    if let [Some(up), Some(down)] = both {
                        return self.take(&up) | self.take(&down);
                    }
                }
            }
        }
        self.give_up(cell)
    }

    /// Hides all of a cell's table, or of its row, or withholds all it belongs to, whichever has not been done.
    fn give_up(&mut self, cell: usize) -> bool {
        for key in self.system.cells[cell].keys.clone() {
            let withholdable = Withholdable::containing(&key);
            let belongs = |other: &CellKey| Withholdable::containing(other) == withholdable;
            if self.hide_all(|other| Scope::Table.covers(&key, other) && belongs(other))
                || self.hide_all(|other| key.shares_row_with(other) && belongs(other))
            {
                return true;
            }
            if self.withheld.insert(withholdable.clone()) {
                return self.hide_all(belongs);
            }
        }
        self.hopeless.insert(cell);
        false
    }

    /// Hides these of the newest publication's cells. Gives whether any was shown.
    fn hide_all(&mut self, which: impl Fn(&CellKey) -> bool) -> bool {
        let cells = self.system.cells.iter().enumerate();
        let hidden: Vec<usize> = cells
            .filter(|(_, cell)| cell.kind == CellKind::Now && cell.keys.iter().any(&which))
            .map(|(at, _)| at)
            .collect();
        self.hide(hidden.into_iter())
    }

    /// The change of a cell by this amount for which the fewest respondents' numbers are hidden within the scope.
    fn cheapest(&self, target: usize, amount: i64, scope: Scope) -> Option<Change> {
        let goal = &self.system.cells[target];
        let price = |at: usize| {
            let cell = &self.system.cells[at];
            if !cell.shown {
                return Some(0.01);
            }
            // A number of nobody costs a little too: of two ways as cheap, the one that hides fewer.
            (cell.kind == CellKind::Now && scope.reaches(goal, cell))
                .then(|| f64::from(u32::try_from(self.value(at)).unwrap_or(u32::MAX)) + 0.1)
        };
        change(self.system, target, Move::By(amount), &price)
    }
}

impl CellKind {
    /// Whether it is never written anywhere, and can only be had by subtraction.
    fn is_latent(self) -> bool {
        matches!(self, CellKind::Rest | CellKind::Growth)
    }
}
