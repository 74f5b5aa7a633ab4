//! Everything published of a consultation as a system of cells and the sums between them.
//!
//! Takes the publications of one consultation, the newest last; gives their cells (published, hidden, or never written
//! but to be had by subtraction) and every linear relation that an attacker knows. Nothing is decided here.
//!
//! A cell is a set of respondents, not a place in a table: the same people counted in two tables are one cell. Where a
//! question is broken down by several others, what ties those tables together are the respondents of each pair of groups;
//! they are cells too (*joint*), written nowhere, so that whatever whole people could not have answered cannot be a way out.

use super::cells::{Category, CellKey, Conjunction, read_cells};
use super::cohorts::{Cohort, Values, cohorts, recoded, value_in};
use super::public_knowledge::PublicKnowledge;
use super::tables::{Population, Tables};
use crate::survey::Counted;
use crate::survey::results::Basis;
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
    /// Respondents by two questions besides the one they answered, or a cohort's. Never written, in no table.
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
}

impl<'a> View<'a> {
    /// What readers see, and no more.
    pub(super) fn of_readers(shown: &'a Counted) -> View<'a> {
        View { shown, truth: None }
    }

    /// Who stood in it; `None`: not known.
    pub(super) fn basis(&self) -> Option<&'a Basis> {
        let basis = &self.truth?.basis;
        (!basis.respondents.is_empty()).then_some(basis)
    }
}

/// The sets of respondents that are told of, and where.
type Layout = BTreeMap<Conjunction, Vec<CellKey>>;

/// The cells of one publication.
pub(super) type CellIndex = BTreeMap<Conjunction, usize>;

impl System {
    /// The system of all publications, the newest last. Numbers that are shown are taken as known. `growing`: whether
    /// numbers are taken to have only grown from one publication to the next, as far as what is known allows it.
    pub(super) fn new(publications: &[View], knowledge: &PublicKnowledge, growing: bool) -> System {
        let mut system = System::default();
        let cohorts = cohorts(publications, growing);
        let mut published = Vec::new();
        for (at, view) in publications.iter().enumerate() {
            let kind = if at + 1 == publications.len() {
                CellKind::Now
            } else {
                CellKind::Earlier
            };
            system.most = system.most.max(i64::from(view.shown.base.answered) + 1);
            // What ties the tables of several cohorts together are the joint cells of each.
            let with_joint = cohorts.iter().filter(|cohort| cohort.is_in(at)).count() < 2;
            published.push(system.add_publication(view, Some(knowledge), kind, with_joint));
        }
        let sorted_anew = |then: usize, now: usize| recoded(&publications[then], &publications[now]);
        let is_sorted_anew = (1..published.len()).any(|now| (0..now).any(|then| sorted_anew(then, now) > 0));
        let layouts: Vec<Layout> = publications.iter().map(System::layout).collect();
        let indices = system.add_cohorts(&cohorts, (&published, &layouts), knowledge, is_sorted_anew);
        for (now, newer) in published.iter().enumerate() {
            for (then, older) in published[..now].iter().enumerate() {
                system.add_growth(
                    [then, now],
                    [older, newer],
                    (&cohorts, &indices),
                    sorted_anew(then, now),
                );
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

    /// How many are in each set of respondents that a publication's tables tell of.
    pub(super) fn values_of(counted: &Counted) -> Values {
        let view = View {
            truth: Some(counted),
            ..View::of_readers(counted)
        };
        let (system, index) = System::of_one(&view);
        let values = index.into_iter();
        values
            .filter_map(|(set, cell)| Some((set, system.value(cell)?)))
            .collect()
    }

    /// The sets of respondents that a publication's tables tell of, and where their numbers stand.
    fn layout(view: &View) -> Layout {
        let (system, index) = System::of_one(view);
        let keys = |cell: usize| system.cells[cell].keys.clone();
        index.into_iter().map(|(set, cell)| (set, keys(cell))).collect()
    }

    fn of_one(view: &View) -> (System, CellIndex) {
        let mut system = System::default();
        let index = system.add_publication(view, None, CellKind::Now, true);
        (system, index)
    }

    /// Adds a publication's cells and, given what anyone knows, the sums between them.
    fn add_publication(
        &mut self,
        view: &View,
        knowledge: Option<&PublicKnowledge>,
        kind: CellKind,
        with_joint: bool,
    ) -> CellIndex {
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
        if let Some(truth) = view.truth.filter(|_| with_joint) {
            Tables::add_joint(self, &mut index, &truth.basis.joint);
        }
        if let Some(knowledge) = knowledge {
            tables.relate(self, &index, knowledge, answered, Population::Publication);
            self.relate_themes(view.shown, &index);
        }
        index
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

    /// Adds the cells of each cohort, with the sums between them, and each publication as the sum of its cohorts. `sorted_anew`:
    /// whether themes of the same answers are others in one publication than in another. Gives the cells of each cohort, which
    /// are those of a publication where it is all of one.
    fn add_cohorts(
        &mut self,
        cohorts: &[Cohort],
        (published, layouts): (&[CellIndex], &[Layout]),
        knowledge: &PublicKnowledge,
        sorted_anew: bool,
    ) -> Vec<CellIndex> {
        let is_all_of = |publication: usize| {
            let members = cohorts.iter().filter(|cohort| cohort.is_in(publication));
            members.count() == 1
        };
        let mut indices = Vec::with_capacity(cohorts.len());
        for cohort in cohorts {
            let layouts = cohort.publications.iter().map(|publication| &layouts[*publication]);
            let sets: BTreeMap<&Conjunction, &Vec<CellKey>> = layouts.flatten().collect();
            let is_same = |publication: &usize| {
                is_all_of(*publication) && sets.keys().all(|set| published[*publication].contains_key(*set))
            };
            if let Some(publication) = cohort.publications.iter().copied().find(is_same) {
                indices.push(published[publication].clone());
                continue;
            }
            let mut index = CellIndex::new();
            for (set, keys) in sets {
                if sorted_anew && is_of_theme(set) {
                    continue;
                }
                let value = cohort.values.as_ref().and_then(|values| value_in(values, set));
                let cell = self.add_latent(set.clone(), None, CellKind::Joint, value);
                self.cells[cell].keys.clone_from(keys);
                index.insert(set.clone(), cell);
            }
            let tables = Tables::new(self, &index);
            tables.relate(self, &index, knowledge, cohort.size, Population::Cohort);
            indices.push(index);
        }
        for (publication, written) in published.iter().enumerate() {
            let members = cohorts
                .iter()
                .zip(&indices)
                .filter(|(cohort, _)| cohort.is_in(publication));
            let members: Vec<&CellIndex> = members.map(|(_, index)| index).collect();
            for (set, cell) in written {
                let parts: Option<Vec<usize>> = members.iter().map(|index| index.get(set).copied()).collect();
                let parts = parts.unwrap_or_default();
                if !parts.is_empty() && parts != [*cell] {
                    let parts = parts.into_iter().map(|part| (part, -1)).chain([(*cell, 1)]);
                    self.relate(parts.collect(), true, 0, true);
                }
            }
        }
        indices
    }

    /// Adds how much each number has grown from one publication to another: what a cohort answered where all others stayed.
    /// `sorted_anew`: how many answers in words stand under other themes.
    fn add_growth(
        &mut self,
        [then, now]: [usize; 2],
        [older, newer]: [&CellIndex; 2],
        (cohorts, indices): (&[Cohort], &[CellIndex]),
        sorted_anew: i64,
    ) {
        let only_in = |one: usize, other: usize| {
            let all = cohorts.iter().zip(indices);
            all.filter(move |(cohort, _)| cohort.is_in(one) && !cohort.is_in(other))
        };
        let gone: i64 = only_in(then, now).map(|(cohort, _)| cohort.size).sum();
        let came: i64 = only_in(now, then).map(|(cohort, _)| cohort.size).sum();
        let mut arrivals = only_in(now, then).map(|(_, index)| index);
        let only_arrivals = arrivals.next().filter(|_| gone == 0 && arrivals.next().is_none());
        for (set, cell) in newer {
            let Some(before) = older.get(set) else { continue };
            if self.cells[*cell].kind == CellKind::Joint {
                continue;
            }
            let moved = if is_of_theme(set) { sorted_anew } else { 0 };
            let arrived = only_arrivals.and_then(|index| index.get(set)).filter(|_| moved == 0);
            if let Some(arrived) = arrived {
                let kind = &mut self.cells[*arrived].kind;
                if *kind == CellKind::Joint {
                    *kind = CellKind::Growth;
                }
                continue;
            }
            let growth = self.value(*cell).zip(self.value(*before)).map(|(now, then)| now - then);
            let grown = self.add_latent(set.clone(), None, CellKind::Growth, growth);
            self.cells[grown].keys = self.cells[*cell].keys.clone();
            self.cells[grown].least = if cohorts.is_empty() { -self.most } else { -gone - moved };
            self.relate(vec![(*cell, 1), (*before, -1), (grown, -1)], true, 0, true);
            if moved > 0 {
                self.relate(vec![(grown, 1)], false, came + moved, true);
            }
        }
    }
}

fn is_of_theme(set: &Conjunction) -> bool {
    let mut conditions = set.iter();
    conditions.any(|condition| matches!(condition.category, Category::Theme(_)))
}
