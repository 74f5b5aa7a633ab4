//! Everything published of a consultation as a system of cells and the sums between them.
//!
//! Takes the publications of one consultation, the newest last; gives their cells (published, hidden, or never written
//! but to be had by subtraction) and every linear relation that an attacker knows. Nothing is decided here.
//!
//! A cell is a set of respondents, not a place in a table: the same people counted in two tables are one cell. Where a
//! question is broken down by several others, what ties those tables together are the respondents of each pair of groups;
//! they are cells too (*joint*), written nowhere, so that whatever whole people could not have answered cannot be a way out.

use super::cells::{Category, CellKey, Conjunction, read_cells};
use super::public_knowledge::PublicKnowledge;
use super::tables::Tables;
use crate::survey::Counted;
use std::collections::BTreeMap;

/// The position of the group of those who chose none of the options by which a question is broken down.
pub(super) const REST: usize = usize::MAX;

/// A number of respondents.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Whom it counts.
    pub(super) set: Conjunction,
    /// Where it stands: one place or two; none of a joint cell.
    pub(super) keys: Vec<CellKey>,
    pub(super) kind: CellKind,
    /// The number; `None`: not known to us either, since an earlier publication hid it.
    pub(super) value: Option<i64>,
    /// Whether readers see it.
    pub(super) shown: bool,
    /// The least it can be by its nature.
    pub(super) least: i64,
}

/// Where a cell's number is written, if anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    /// A number of the newest publication.
    Now,
    /// A number of an earlier one, which nobody can take back.
    Earlier,
    /// Those in none of the groups: what the groups leave of everyone. Never written.
    Rest,
    /// How much a number has grown since an earlier publication. Never written.
    Growth,
    /// Respondents by two questions besides the one they answered, or what these have grown. Never written, in no table.
    Joint,
}

/// A relation: the parts, each times its factor, are together this (or at most this).
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// Cells and factors.
    pub(super) parts: Vec<(usize, i64)>,
    /// Whether it is equal; otherwise at most.
    pub(super) equal: bool,
    /// The total.
    pub(super) total: i64,
}

impl Sum {
    /// The total less the parts when they have these values; 0 for an equality that holds.
    pub(super) fn left(&self, value: impl Fn(usize) -> i64) -> i64 {
        self.total
            - self
                .parts
                .iter()
                .map(|(cell, factor)| factor * value(*cell))
                .sum::<i64>()
    }

    /// Whether it holds when the parts have these values.
    pub(super) fn holds(&self, value: impl Fn(usize) -> i64) -> bool {
        let left = self.left(value);
        if self.equal { left == 0 } else { left >= 0 }
    }
}

/// Cells and sums; both are referred to by their positions here.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    pub(super) cells: Vec<Cell>,
    pub(super) sums: Vec<Sum>,
    /// For each cell, the sums it is in.
    pub(super) sums_with: Vec<Vec<usize>>,
    /// More than any cell can be.
    pub(super) most: i64,
}

/// A publication as its readers see it and, where it is known, as it was counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) shown: &'a Counted,
    /// Everything that was counted for it; `None`: only what readers see is known.
    pub(super) truth: Option<&'a Counted>,
    /// How many of its respondents have been withdrawn or have answered anew before the next publication.
    pub(super) removed: Option<i64>,
}

impl<'a> View<'a> {
    /// What readers see, and no more.
    pub(super) fn of_readers(shown: &'a Counted) -> View<'a> {
        View {
            shown,
            truth: None,
            removed: None,
        }
    }
}

/// The cells of one publication.
pub(super) type CellIndex = BTreeMap<Conjunction, usize>;

impl System {
    /// The system of all publications, the newest last. Numbers that are shown are taken as known. `growing`: whether
    /// numbers are taken to have only grown from one publication to the next, as far as what is known allows it.
    pub(super) fn new(publications: &[View], knowledge: &PublicKnowledge, growing: bool) -> System {
        let mut system = System::default();
        let mut published = Vec::new();
        for (at, view) in publications.iter().enumerate() {
            let kind = if at + 1 == publications.len() {
                CellKind::Now
            } else {
                CellKind::Earlier
            };
            system.most = system.most.max(i64::from(view.shown.base.answered) + 1);
            published.push(system.add_publication(view, knowledge, kind));
        }
        for (now, (newer, tables)) in published.iter().enumerate() {
            for (then, (older, _)) in published[..now].iter().enumerate() {
                let removed: Option<i64> = publications[then..now].iter().map(|view| view.removed).sum();
                let removed = removed.unwrap_or(system.most);
                let grown = i64::from(publications[now].shown.base.answered)
                    - i64::from(publications[then].shown.base.answered);
                let (growth, removed) = system.add_growth(newer, older, growing, removed, then + 1 == now);
                tables.relate(&mut system, &growth, knowledge, grown, Some(removed));
            }
        }
        system.sums_with = vec![Vec::new(); system.cells.len()];
        for (at, sum) in system.sums.iter().enumerate() {
            for (cell, _) in &sum.parts {
                system.sums_with[*cell].push(at);
            }
        }
        system
    }

    /// Whether readers do not see the cell's number.
    pub(super) fn is_hidden(&self, cell: usize) -> bool {
        !self.cells[cell].shown
    }

    pub(super) fn value(&self, cell: usize) -> Option<i64> {
        self.cells[cell].value
    }

    /// Adds a cell that readers do not see.
    pub(super) fn add_latent(
        &mut self,
        set: Conjunction,
        key: Option<CellKey>,
        kind: CellKind,
        value: Option<i64>,
    ) -> usize {
        self.cells.push(Cell {
            set,
            keys: key.into_iter().collect(),
            kind,
            value,
            shown: false,
            least: 0,
        });
        self.cells.len() - 1
    }

    /// Adds a relation if it is true; where that cannot be told, if `assumed`. Gives whether it did.
    pub(super) fn relate(&mut self, parts: Vec<(usize, i64)>, equal: bool, total: i64, assumed: bool) -> bool {
        let values: Option<i64> = parts
            .iter()
            .map(|(cell, factor)| self.value(*cell).map(|value| value * factor))
            .sum();
        let holds = values.map_or(assumed, |sum| if equal { sum == total } else { sum <= total });
        if holds && !parts.is_empty() {
            self.sums.push(Sum { parts, equal, total });
        }
        holds
    }

    fn add_publication(&mut self, view: &View, knowledge: &PublicKnowledge, kind: CellKind) -> (CellIndex, Tables) {
        let mut index = CellIndex::new();
        read_cells(view.truth.unwrap_or(view.shown), &mut |key, count| {
            let set = key.conjunction();
            let value = count.shown().map(i64::from);
            if let Some(cell) = index.get(&set) {
                let cell: &mut Cell = &mut self.cells[*cell];
                cell.value = cell.value.or(value);
                cell.keys.push(key);
            } else {
                let cell = self.add_latent(set.clone(), Some(key), kind, value);
                index.insert(set, cell);
            }
        });
        read_cells(view.shown, &mut |key, count| {
            if count.shown().is_some()
                && let Some(cell) = index.get(&key.conjunction())
            {
                self.cells[*cell].shown = true;
            }
        });
        let tables = Tables::new(self, &index);
        let answered = i64::from(view.shown.base.answered);
        tables.add_rest(self, &mut index, answered);
        if let Some(truth) = view.truth {
            Tables::add_joint(self, &mut index, &truth.basis.joint);
        }
        tables.relate(self, &index, knowledge, answered, None);
        self.relate_themes(view.shown, &index);
        (index, tables)
    }

    /// Free text: how many wrote.
    fn relate_themes(&mut self, counted: &Counted, index: &CellIndex) {
        let Some(coded) = &counted.coded else { return };
        let (mut written, mut asked) = (Vec::new(), Vec::new());
        for question in &coded.questions {
            let cell = |category| {
                index
                    .get(&CellKey::new(&question.question, category).conjunction())
                    .copied()
            };
            let Some(answered) = cell(Category::Themed) else {
                continue;
            };
            written.push((answered, 1));
            if let Some(n) = cell(Category::N) {
                asked.push((n, 1));
                if !self.relate(vec![(answered, 1), (n, -1)], true, 0, true) {
                    self.relate(vec![(answered, 1), (n, -1)], false, 0, true);
                }
            }
        }
        // How many are sorted and how many are not is told of all questions together.
        self.relate(written, true, i64::from(coded.answers) - i64::from(coded.uncoded), true);
        self.relate(asked, true, i64::from(coded.answers), true);
    }

    /// Adds how much each number has grown since an earlier publication, from which `removed` respondents are gone. `next`:
    /// whether none lies between; joint cells are followed from one to the next. Gives the cells, and how far they may fall.
    fn add_growth(
        &mut self,
        newer: &CellIndex,
        older: &CellIndex,
        growing: bool,
        removed: i64,
        next: bool,
    ) -> (CellIndex, i64) {
        let in_both: Vec<(&Conjunction, usize, usize)> = newer
            .iter()
            .filter_map(|(set, now)| Some((set, *now, *older.get(set)?)))
            .filter(|(_, now, _)| next || self.cells[*now].kind != CellKind::Joint)
            .collect();
        let growth = |system: &System, now: usize, then: usize| Some(system.value(now)? - system.value(then)?);
        // A number that fell shows that responses were replaced or withdrawn: then nobody can count on growth.
        let fall = in_both
            .iter()
            .filter_map(|(_, now, then)| growth(self, *now, *then))
            .min();
        let fall = fall.map_or(0, |least| -least.min(0));
        let removed = if growing && fall == 0 { 0 } else { removed.max(fall) };
        let mut cells = CellIndex::new();
        for (set, now, then) in in_both {
            let kind = match self.cells[now].kind {
                CellKind::Joint => CellKind::Joint,
                _ => CellKind::Growth,
            };
            let cell = self.add_latent(set.clone(), None, kind, growth(self, now, then));
            let keys = self.cells[now].keys.clone();
            self.cells[cell].keys = keys;
            self.cells[cell].least = -removed;
            self.relate(vec![(now, 1), (then, -1), (cell, -1)], true, 0, true);
            cells.insert(set.clone(), cell);
        }
        (cells, removed)
    }
}
