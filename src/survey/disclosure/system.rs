//! Everything published of a consultation as numbers and the sums between them.
//!
//! Takes the publications of one consultation, the newest last; gives their cells (published, hidden, or never written
//! but to be had by subtraction) and every linear relation that an attacker knows. No rule and no choice is made here.

use super::known::Known;
use super::place::{Part, Place, visit};
use crate::survey::{Count, Results};
use std::collections::{BTreeMap, BTreeSet};

/// The position of the group of those who chose none of the options by which a question is broken down.
pub(super) const REST: usize = usize::MAX;

/// A number of respondents.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Where it stands.
    pub(super) place: Place,
    /// What it is.
    pub(super) kind: CellKind,
    /// The number; `None`: not known to us either, since an earlier publication hid it.
    pub(super) value: Option<i64>,
    /// Whether readers see it.
    pub(super) shown: bool,
    /// The least it can be.
    pub(super) least: i64,
}

/// What a cell is.
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
    /// What is left of the total when the parts have these values; 0 for an equality that holds.
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

/// Cells and sums.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    /// All cells.
    pub(super) cells: Vec<Cell>,
    /// All relations.
    pub(super) sums: Vec<Sum>,
    /// For each cell, the sums it is in.
    pub(super) of: Vec<Vec<usize>>,
    /// More than any cell can be.
    pub(super) most: i64,
}

type Index = BTreeMap<Place, usize>;

impl System {
    /// The system of all publications, the newest last. Numbers that are shown are taken as known. `growing`: whether
    /// numbers are taken to have only grown since each earlier publication.
    pub(super) fn of(publications: &[&Results], known: &Known, growing: bool) -> System {
        let mut system = System::default();
        let mut indices: Vec<Index> = Vec::new();
        for (at, results) in publications.iter().enumerate() {
            let kind = if at + 1 == publications.len() {
                CellKind::Now
            } else {
                CellKind::Earlier
            };
            indices.push(system.publication(results, known, kind));
            system.most = system.most.max(i64::from(results.base.answered) + 1);
        }
        if let Some((newest, earlier)) = indices.split_last() {
            for before in earlier {
                system.growth(newest, before, growing);
            }
        }
        system.of = vec![Vec::new(); system.cells.len()];
        for (at, sum) in system.sums.iter().enumerate() {
            for (cell, _) in &sum.parts {
                system.of[*cell].push(at);
            }
        }
        system
    }

    /// Whether readers do not see it.
    pub(super) fn is_open(&self, cell: usize) -> bool {
        !self.cells[cell].shown
    }

    fn cell(&mut self, place: Place, kind: CellKind, value: Option<i64>, shown: bool) -> usize {
        self.cells.push(Cell {
            place,
            kind,
            value,
            shown,
            least: 0,
        });
        self.cells.len() - 1
    }

    /// Adds a relation if it is true; where that cannot be told, if the questionnaire says so. Gives whether it did.
    fn relate(&mut self, parts: Vec<(usize, i64)>, equal: bool, total: i64, said: bool) -> bool {
        let values: Option<i64> = parts
            .iter()
            .map(|(cell, factor)| self.cells[*cell].value.map(|value| value * factor))
            .sum();
        let holds = values.map_or(said, |sum| if equal { sum == total } else { sum <= total });
        if holds && !parts.is_empty() {
            self.sums.push(Sum { parts, equal, total });
        }
        holds
    }

    fn publication(&mut self, results: &Results, known: &Known, kind: CellKind) -> Index {
        let mut index = Index::new();
        visit(&mut results.clone(), &mut |place, count: &mut Count| {
            let value = count.shown().map(i64::from);
            let cell = self.cell(place.clone(), kind, value, value.is_some());
            index.insert(place, cell);
        });
        self.rest(&mut index);
        let mut tables: BTreeMap<_, Vec<(Part, usize)>> = BTreeMap::new();
        for (place, cell) in &index {
            let key = (place.question.clone(), place.by.clone(), place.row);
            tables.entry(key).or_default().push((place.part.clone(), *cell));
        }
        for ((question, by, row), parts) in &tables {
            self.table(question, parts, known);
            let asked =
                known.asked_of_all(question, *row) && by.as_ref().is_none_or(|(by, _)| known.asked_of_all(by, 0));
            self.whole(by.as_ref(), parts, &index, asked, i64::from(results.base.answered));
        }
        self.themes(results, &index);
        index
    }

    /// Adds, for each broken down number, those who are in none of the groups.
    fn rest(&mut self, index: &mut Index) {
        let keys: BTreeSet<(String, String, usize)> = index
            .keys()
            .filter_map(|place| Some((place.question.clone(), place.by.clone()?.0, place.row)))
            .collect();
        let mut rows: BTreeMap<(String, usize), Vec<(Place, usize)>> = BTreeMap::new();
        for (place, cell) in &*index {
            rows.entry((place.question.clone(), place.row))
                .or_default()
                .push((place.clone(), *cell));
        }
        for (question, by, row) in keys {
            let own = &rows[&(question, row)];
            let parts = own
                .iter()
                .filter(|(it, _)| it.by.is_none() && !matches!(it.part, Part::Themed | Part::Theme(_)));
            for (everyone, all) in parts {
                let groups = own
                    .iter()
                    .filter(|(it, _)| it.part == everyone.part && it.by.as_ref().is_some_and(|it| it.0 == by));
                let groups: Vec<usize> = groups.map(|(_, cell)| *cell).collect();
                let known: Option<i64> = groups.iter().map(|cell| self.cells[*cell].value).sum();
                let value = self.cells[*all].value.zip(known).map(|(all, groups)| all - groups);
                let place = Place {
                    by: Some((by.clone(), REST)),
                    ..everyone.clone()
                };
                let rest = self.cell(place.clone(), CellKind::Rest, value, false);
                let mut parts: Vec<(usize, i64)> = groups.iter().map(|cell| (*cell, 1)).collect();
                parts.extend([(rest, 1), (*all, -1)]);
                self.relate(parts, true, 0, true);
                index.insert(place, rest);
            }
        }
    }

    /// What was chosen, and how many chose something.
    fn table(&mut self, question: &str, parts: &[(Part, usize)], known: &Known) {
        let Some(n) = parts.iter().find(|(part, _)| *part == Part::N).map(|(_, cell)| *cell) else {
            return;
        };
        let chosen: Vec<usize> = parts
            .iter()
            .filter(|(part, _)| part.is_chosen())
            .map(|(_, cell)| *cell)
            .collect();
        if chosen.is_empty() {
            return;
        }
        let together = |factor: i64, own: i64| -> Vec<(usize, i64)> {
            chosen.iter().map(|cell| (*cell, factor)).chain([(n, own)]).collect()
        };
        match known.several(question) {
            None => {
                self.relate(together(1, -1), true, 0, true);
            }
            Some(most) => {
                self.relate(together(-1, 1), false, 0, true);
                self.relate(together(1, -most), false, 0, true);
                for cell in chosen {
                    self.relate(vec![(cell, 1), (n, -1)], false, 0, true);
                }
            }
        }
    }

    /// Who got the question: everyone, or those of a group. `asked`: whether the questionnaire says that all did.
    fn whole(
        &mut self,
        by: Option<&(String, usize)>,
        parts: &[(Part, usize)],
        index: &Index,
        asked: bool,
        answered: i64,
    ) {
        let channels: Vec<(usize, i64)> = parts
            .iter()
            .filter(|(part, _)| matches!(part, Part::Channel(_)))
            .map(|(_, cell)| (*cell, 1))
            .collect();
        self.relate(channels, true, answered, true);
        let own: Vec<(usize, i64)> = parts
            .iter()
            .filter(|(part, _)| part.is_of_whole())
            .map(|(_, cell)| (*cell, 1))
            .collect();
        if own.is_empty() {
            return;
        }
        let Some((by, group)) = by else {
            // Where the whole can be seen it is taken as known, however it came about.
            let seen: Option<i64> = own.iter().map(|(cell, _)| self.cells[*cell].value).sum();
            if !self.relate(own.clone(), true, seen.unwrap_or(answered), asked) {
                self.relate(own, false, answered, true);
            }
            return;
        };
        let of_group = |part: &Part| match part {
            Part::Option(position) => position == group,
            Part::Other | Part::NoOpinion | Part::Unanswered => *group == REST,
            _ => false,
        };
        let group: Vec<(usize, i64)> = index
            .iter()
            .filter(|(place, _)| place.question == *by && place.by.is_none() && of_group(&place.part))
            .map(|(_, cell)| (*cell, -1))
            .collect();
        if group.is_empty() {
            return;
        }
        let parts: Vec<(usize, i64)> = own.into_iter().chain(group).collect();
        if !self.relate(parts.clone(), true, 0, asked) {
            self.relate(parts, false, 0, true);
        }
    }

    /// Free text: how many wrote, and mentioned each theme.
    fn themes(&mut self, results: &Results, index: &Index) {
        let Some(coded) = &results.coded else { return };
        let mut written = Vec::new();
        for question in &coded.questions {
            let place = |part| Place {
                question: question.question.clone(),
                by: None,
                row: 0,
                part,
            };
            let Some(answered) = index.get(&place(Part::Themed)).copied() else {
                continue;
            };
            written.push((answered, 1));
            if let Some(n) = index.get(&place(Part::N)) {
                self.relate(vec![(answered, 1), (*n, -1)], true, 0, true);
            }
            for (theme, _) in &question.themes {
                if let Some(theme) = index.get(&place(Part::Theme(theme.clone()))) {
                    self.relate(vec![(*theme, 1), (answered, -1)], false, 0, true);
                }
            }
        }
        self.relate(written, true, i64::from(coded.answers), true);
    }

    /// How much each number has grown since an earlier publication.
    fn growth(&mut self, newest: &Index, before: &Index, growing: bool) {
        let both: Vec<(Place, usize, usize)> = newest
            .iter()
            .filter_map(|(place, now)| Some((place.clone(), *now, *before.get(place)?)))
            .collect();
        let value = |system: &System, cell: usize| system.cells[cell].value;
        let fell = |(_, now, then): &(Place, usize, usize)| {
            value(self, *now)
                .zip(value(self, *then))
                .is_some_and(|(now, then)| now < then)
        };
        // A number that fell shows that responses were replaced or withdrawn: then nobody can count on growth.
        let grew = growing && !both.iter().any(fell);
        let most = self.most;
        for (place, now, then) in both {
            let difference = value(self, now).zip(value(self, then)).map(|(now, then)| now - then);
            let cell = self.cell(place, CellKind::Growth, difference, false);
            self.cells[cell].least = if grew { 0 } else { -most };
            self.relate(vec![(now, 1), (then, -1), (cell, -1)], true, 0, true);
        }
    }
}
