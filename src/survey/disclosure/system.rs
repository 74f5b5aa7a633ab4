//! Everything published of a consultation as a system of cells and the sums between them.
//!
//! Takes the publications of one consultation, the newest last; gives their cells (published, hidden, or never written
//! but to be had by subtraction) and every linear relation that an attacker knows. Nothing is decided here.

use super::cells::{Category, CellKey, read_cells};
use super::public_knowledge::PublicKnowledge;
use crate::survey::Counted;
use std::collections::{BTreeMap, BTreeSet};

/// The position of the group of those who chose none of the options by which a question is broken down.
pub(super) const REST: usize = usize::MAX;

/// A number of respondents.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) key: CellKey,
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

/// The cells of one publication.
type CellIndex = BTreeMap<CellKey, usize>;

impl System {
    /// The system of all publications, the newest last. Numbers that are shown are taken as known. `growing`: whether
    /// numbers are taken to have only grown since each earlier publication.
    pub(super) fn new(publications: &[&Counted], knowledge: &PublicKnowledge, growing: bool) -> System {
        let mut system = System::default();
        let mut indices: Vec<CellIndex> = Vec::new();
        for (at, counted) in publications.iter().enumerate() {
            let kind = if at + 1 == publications.len() {
                CellKind::Now
            } else {
                CellKind::Earlier
            };
            indices.push(system.add_publication(counted, knowledge, kind));
            system.most = system.most.max(i64::from(counted.base.answered) + 1);
        }
        if let Some((newest, earlier)) = indices.split_last() {
            for before in earlier {
                system.add_growth(newest, before, growing);
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

    fn value(&self, cell: usize) -> Option<i64> {
        self.cells[cell].value
    }

    fn add_cell(&mut self, key: CellKey, kind: CellKind, value: Option<i64>, shown: bool) -> usize {
        self.cells.push(Cell {
            key,
            kind,
            value,
            shown,
            least: 0,
        });
        self.cells.len() - 1
    }

    /// Adds a relation if it is true; where that cannot be told, if `assumed`. Gives whether it did.
    fn relate(&mut self, parts: Vec<(usize, i64)>, equal: bool, total: i64, assumed: bool) -> bool {
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

    fn add_publication(&mut self, counted: &Counted, knowledge: &PublicKnowledge, kind: CellKind) -> CellIndex {
        let mut index = CellIndex::new();
        read_cells(counted, &mut |key, count| {
            let value = count.shown().map(i64::from);
            let cell = self.add_cell(key.clone(), kind, value, value.is_some());
            index.insert(key, cell);
        });
        self.add_rest(&mut index);
        let mut tables: BTreeMap<_, Vec<(Category, usize)>> = BTreeMap::new();
        for (key, cell) in &index {
            let table = (key.question.clone(), key.by.clone(), key.row);
            tables.entry(table).or_default().push((key.category.clone(), *cell));
        }
        let answered = i64::from(counted.base.answered);
        for ((question, by, row), cells) in &tables {
            self.relate_choices(cells, knowledge.most_choices(question));
            self.relate_channels(cells, answered);
            let all_asked = knowledge.asked_of_all(question, *row);
            match by {
                None => self.relate_everyone(cells, all_asked, answered),
                Some(by) => {
                    let asked = all_asked && knowledge.asked_of_all(&by.0, 0);
                    self.relate_group(cells, &index, by, asked);
                }
            }
        }
        self.relate_themes(counted, &index);
        index
    }

    /// Adds, for each number that is broken down, those who are in none of the groups.
    fn add_rest(&mut self, index: &mut CellIndex) {
        let mut rows: BTreeMap<(&str, usize), Vec<(&CellKey, usize)>> = BTreeMap::new();
        for (key, cell) in &*index {
            rows.entry((&key.question, key.row)).or_default().push((key, *cell));
        }
        let breakdowns: BTreeSet<(&str, &str, usize)> = index
            .keys()
            .filter_map(|key| Some((key.question.as_str(), key.broken_down_by()?, key.row)))
            .collect();
        let mut rests = Vec::new();
        for (question, by, row) in breakdowns {
            let row = &rows[&(question, row)];
            for (key, all) in row
                .iter()
                .filter(|(key, _)| key.by.is_none() && !key.category.is_of_themes())
            {
                let is_group = |other: &CellKey| other.category == key.category && other.broken_down_by() == Some(by);
                let groups: Vec<usize> = row
                    .iter()
                    .filter(|(other, _)| is_group(other))
                    .map(|(_, cell)| *cell)
                    .collect();
                let in_groups: Option<i64> = groups.iter().map(|cell| self.value(*cell)).sum();
                let value = self.value(*all).zip(in_groups).map(|(all, groups)| all - groups);
                let key = CellKey {
                    by: Some((by.to_owned(), REST)),
                    ..(*key).clone()
                };
                let rest = self.add_cell(key.clone(), CellKind::Rest, value, false);
                let mut parts: Vec<(usize, i64)> = groups.iter().map(|cell| (*cell, 1)).collect();
                parts.extend([(rest, 1), (*all, -1)]);
                self.relate(parts, true, 0, true);
                rests.push((key, rest));
            }
        }
        index.extend(rests);
    }

    /// Options, and how many chose any. `most`: how many options one may choose, where it is not one.
    fn relate_choices(&mut self, cells: &[(Category, usize)], most: Option<i64>) {
        let Some(n) = cells
            .iter()
            .find(|(category, _)| *category == Category::N)
            .map(|(_, cell)| *cell)
        else {
            return;
        };
        let chosen = parts_where(cells, Category::is_chosen);
        if chosen.is_empty() {
            return;
        }
        let with_n = |sign: i64, factor: i64| -> Vec<(usize, i64)> {
            let options = chosen.iter().map(|(cell, _)| (*cell, sign));
            options.chain([(n, factor)]).collect()
        };
        match most {
            None => {
                self.relate(with_n(1, -1), true, 0, true);
            }
            Some(most) => {
                // Who chose something chose one option at least, and so many at most.
                self.relate(with_n(-1, 1), false, 0, true);
                self.relate(with_n(1, -most), false, 0, true);
                for (cell, _) in &chosen {
                    self.relate(vec![(*cell, 1), (n, -1)], false, 0, true);
                }
            }
        }
    }

    /// All answers came by some channel.
    fn relate_channels(&mut self, cells: &[(Category, usize)], answered: i64) {
        let channels = parts_where(cells, |category| matches!(category, Category::Channel(_)));
        self.relate(channels, true, answered, true);
    }

    /// Everyone who answered got the question, if `all_asked`; otherwise nobody else did.
    fn relate_everyone(&mut self, cells: &[(Category, usize)], all_asked: bool, answered: i64) {
        let everyone = parts_where(cells, Category::is_of_everyone);
        if everyone.is_empty() {
            return;
        }
        // Where the total can be seen it is taken as known, however it came about.
        let total: Option<i64> = everyone.iter().map(|(cell, _)| self.value(*cell)).sum();
        if !self.relate(everyone.clone(), true, total.unwrap_or(answered), all_asked) {
            self.relate(everyone, false, answered, true);
        }
    }

    /// Those of a group got the question, if `asked`; otherwise nobody else did.
    fn relate_group(
        &mut self,
        cells: &[(Category, usize)],
        index: &CellIndex,
        (by, group): &(String, usize),
        asked: bool,
    ) {
        let mut parts = parts_where(cells, Category::is_of_everyone);
        let is_member = |category: &Category| match category {
            Category::Option(position) => position == group,
            Category::Other | Category::NoOpinion | Category::Unanswered => *group == REST,
            _ => false,
        };
        let members: Vec<(usize, i64)> = index
            .iter()
            .filter(|(key, _)| key.question == *by && key.by.is_none() && is_member(&key.category))
            .map(|(_, cell)| (*cell, -1))
            .collect();
        if parts.is_empty() || members.is_empty() {
            return;
        }
        parts.extend(members);
        if !self.relate(parts.clone(), true, 0, asked) {
            self.relate(parts, false, 0, true);
        }
    }

    /// Free text: how many wrote, and mentioned each theme.
    fn relate_themes(&mut self, counted: &Counted, index: &CellIndex) {
        let Some(coded) = &counted.coded else { return };
        let mut written = Vec::new();
        for question in &coded.questions {
            let cell = |category| index.get(&CellKey::new(&question.question, category)).copied();
            let Some(answered) = cell(Category::Themed) else {
                continue;
            };
            written.push((answered, 1));
            if let Some(n) = cell(Category::N) {
                self.relate(vec![(answered, 1), (n, -1)], true, 0, true);
            }
            for (theme, _) in &question.themes {
                if let Some(theme) = cell(Category::Theme(theme.clone())) {
                    self.relate(vec![(theme, 1), (answered, -1)], false, 0, true);
                }
            }
        }
        self.relate(written, true, i64::from(coded.answers), true);
    }

    /// Adds how much each number has grown since an earlier publication.
    fn add_growth(&mut self, newest: &CellIndex, earlier: &CellIndex, growing: bool) {
        let in_both: Vec<(&CellKey, usize, usize)> = newest
            .iter()
            .filter_map(|(key, now)| Some((key, *now, *earlier.get(key)?)))
            .collect();
        let growth = |system: &System, now: usize, then: usize| Some(system.value(now)? - system.value(then)?);
        // A number that fell shows that responses were replaced or withdrawn: then nobody can count on growth.
        let fell = in_both
            .iter()
            .any(|(_, now, then)| growth(self, *now, *then).is_some_and(|growth| growth < 0));
        let least = if growing && !fell { 0 } else { -self.most };
        for (key, now, then) in in_both {
            let cell = self.add_cell(key.clone(), CellKind::Growth, growth(self, now, then), false);
            self.cells[cell].least = least;
            self.relate(vec![(now, 1), (then, -1), (cell, -1)], true, 0, true);
        }
    }
}

/// Those of these cells, as parts of a sum.
fn parts_where(cells: &[(Category, usize)], which: impl Fn(&Category) -> bool) -> Vec<(usize, i64)> {
    let cells = cells.iter().filter(|(category, _)| which(category));
    cells.map(|(_, cell)| (*cell, 1)).collect()
}
