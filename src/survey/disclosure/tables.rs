//! The tables of a publication: which questions are broken down by which, and what sums that makes.
//!
//! Takes the cells that are written; adds those that are not (of no group, of two groups at once) and relates each set of
//! respondents to the sets that it is made of, one table after another, whatever the tables are called.

use super::cells::{Category, CellKey, Condition, Conjunction, conjunction};
use super::public_knowledge::PublicKnowledge;
use super::system::{CellIndex, CellKind, REST, System};
use crate::survey::results::Joint;
use std::collections::{BTreeMap, BTreeSet};

/// A row of a question: its id and its position.
type Row = (String, usize);

/// Whose answers tables tell of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Population {
    /// Those of everyone in a publication.
    Publication,
    /// Those of a cohort among several, of whom nothing is written.
    Cohort,
}

/// The tables of a publication.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// By row, the categories of its answers and the questions it is broken down by.
    rows: BTreeMap<Row, (BTreeSet<Category>, BTreeSet<String>)>,
    /// By question that others are broken down by, the number of its groups.
    groups: BTreeMap<String, usize>,
}

impl Tables {
    /// The tables that these cells make.
    pub(super) fn new(system: &System, index: &CellIndex) -> Tables {
        let mut tables = Tables::default();
        for key in index.values().flat_map(|cell| &system.cells[*cell].keys) {
            let (categories, breakdowns) = tables.rows.entry((key.question.clone(), key.row)).or_default();
            match &key.by {
                None => {
                    categories.insert(key.category.clone());
                }
                Some((_, REST)) => {}
                Some((by, group)) => {
                    breakdowns.insert(by.clone());
                    let groups = tables.groups.entry(by.clone()).or_default();
                    *groups = (*groups).max(group + 1);
                }
            }
        }
        tables
    }

    /// The groups of a question that others are broken down by, those of none last.
    fn groups(&self, question: &str) -> impl Iterator<Item = Condition> {
        let groups = self.groups.get(question).copied().unwrap_or(0);
        let question = question.to_owned();
        (0..groups)
            .chain([REST])
            .map(move |group| Condition::group(&question, group))
    }

    /// Adds, for each number that is broken down, those who are in none of the groups; and of each question that others
    /// are broken down by, those who are in none of its groups.
    pub(super) fn add_rest(&self, system: &mut System, index: &mut CellIndex, all: i64) {
        for ((question, row), (categories, breakdowns)) in &self.rows {
            for by in breakdowns {
                for category in categories.iter().filter(|category| !category.is_of_themes()) {
                    let key = CellKey {
                        by: Some((by.clone(), REST)),
                        row: *row,
                        ..CellKey::new(question, category.clone())
                    };
                    let set = key.conjunction();
                    let value = self.left(system, index, &vec![own(question, *row, category)], by, all);
                    let add = || system.add_latent(set.clone(), Some(key), CellKind::Rest, value);
                    index.entry(set.clone()).or_insert_with(add);
                }
            }
        }
        for by in self.groups.keys() {
            let rest = vec![Condition::group(by, REST)];
            let value = self.left(system, index, &Vec::new(), by, all);
            let cell = system.add_latent(rest.clone(), None, CellKind::Joint, value);
            index.insert(rest.clone(), cell);
        }
        for (first, second) in self.pairs() {
            let rest = vec![Condition::group(first, REST)];
            let both = conjunction([rest[0].clone(), Condition::group(second, REST)]);
            let value = self.left(system, index, &rest, second, all);
            let cell = system.add_latent(both.clone(), None, CellKind::Joint, value);
            index.insert(both, cell);
        }
    }

    /// Questions that are broken down by each other.
    fn pairs(&self) -> impl Iterator<Item = (&String, &String)> {
        let names = self.groups.keys();
        names.flat_map(|first| {
            let breakdowns = self.rows.get(&(first.clone(), 0)).map(|(_, breakdowns)| breakdowns);
            let later = breakdowns.into_iter().flatten().filter(move |second| *second > first);
            later.map(move |second| (first, second))
        })
    }

    /// What the groups of a question leave of a set; `None`: not known.
    fn left(&self, system: &System, index: &CellIndex, whole: &Conjunction, by: &str, all: i64) -> Option<i64> {
        let mut left = if whole.is_empty() {
            all
        } else {
            system.value(*index.get(whole)?)?
        };
        for group in self.groups(by).filter(|group| group.category != Category::Option(REST)) {
            let part = conjunction(whole.iter().cloned().chain([group]));
            left -= system.value(*index.get(&part)?)?;
        }
        Some(left)
    }

    /// Adds those of two groups at once, by what they answered.
    pub(super) fn add_joint(system: &mut System, index: &mut CellIndex, joint: &[Joint]) {
        for table in joint {
            let place = |position: usize, groups: usize| if position + 1 == groups { REST } else { position };
            for (first, row_of_groups) in table.groups.iter().enumerate() {
                let first = Condition::group(&table.by[0], place(first, table.groups.len()));
                for (second, rows) in row_of_groups.iter().enumerate() {
                    let second = Condition::group(&table.by[1], place(second, row_of_groups.len()));
                    for (row, tally) in rows.tallies.iter().enumerate() {
                        super::cells::read_tally(&table.question, None, row, tally, &mut |key, count| {
                            let own = own(&key.question, key.row, &key.category);
                            let set = conjunction([first.clone(), second.clone(), own]);
                            let value = count.shown().map(i64::from);
                            let add = || system.add_latent(set.clone(), None, CellKind::Joint, value);
                            index.entry(set.clone()).or_insert_with(add);
                        });
                    }
                    let pair = conjunction([first.clone(), second.clone()]);
                    let value = Some(i64::from(rows.respondents));
                    let add = || system.add_latent(pair.clone(), None, CellKind::Joint, value);
                    index.entry(pair.clone()).or_insert_with(add);
                }
            }
        }
    }

    /// Adds the sums within each table and between tables. `all`: how many respondents there are.
    pub(super) fn relate(
        &self,
        system: &mut System,
        index: &CellIndex,
        knowledge: &PublicKnowledge,
        all: i64,
        population: Population,
    ) {
        let mut relation = Relations {
            tables: self,
            system,
            index,
            knowledge,
            all,
            population,
        };
        for ((question, row), (_, breakdowns)) in &self.rows {
            let mut contexts: Vec<Conjunction> = vec![Vec::new()];
            for by in breakdowns {
                contexts.extend(self.groups(by).map(|group| vec![group]));
                for other in breakdowns.range(by.clone()..).filter(|other| *other != by) {
                    let pairs = self.groups(by).flat_map(|first| {
                        self.groups(other)
                            .map(move |second| conjunction([first.clone(), second]))
                    });
                    contexts.extend(pairs);
                }
            }
            for context in contexts {
                relation.within(question, *row, &context);
                relation.between(question, *row, &context, breakdowns);
            }
        }
        relation.groups_of_groups();
    }
}

/// The condition of a category of a row.
fn own(question: &str, row: usize, category: &Category) -> Condition {
    Condition {
        question: question.to_owned(),
        row,
        category: category.clone(),
    }
}

/// Sums while they are added.
struct Relations<'a> {
    tables: &'a Tables,
    system: &'a mut System,
    index: &'a CellIndex,
    knowledge: &'a PublicKnowledge,
    all: i64,
    population: Population,
}

impl Relations<'_> {
    /// The number of those of a context, as parts of a sum and a constant; `None`: it is no cell.
    fn everyone(&self, context: &Conjunction, factor: i64) -> Option<(Vec<(usize, i64)>, i64)> {
        if context.is_empty() {
            return Some((Vec::new(), -factor * self.all));
        }
        Some((vec![(*self.index.get(context)?, factor)], 0))
    }

    /// What a row's answers are among those of a context.
    fn within(&mut self, question: &str, row: usize, context: &Conjunction) {
        let Some((categories, _)) = self.tables.rows.get(&(question.to_owned(), row)) else {
            return;
        };
        let cell = |category: &Category| {
            let set = conjunction(context.iter().cloned().chain([own(question, row, category)]));
            Some((category.clone(), *self.index.get(&set)?))
        };
        let cells: Vec<(Category, usize)> = categories.iter().filter_map(cell).collect();
        if cells.is_empty() {
            return;
        }
        self.choices(&cells, self.knowledge.most_choices(question));
        self.themes(&cells);
        let channels = parts_where(&cells, |category| matches!(category, Category::Channel(_)));
        if context.is_empty() {
            self.system.relate(channels, true, self.all, true);
        }
        let mut parts = parts_where(&cells, Category::is_of_everyone);
        if parts.is_empty() {
            return;
        }
        let Some((everyone, total)) = self.everyone(context, -1) else {
            return;
        };
        parts.extend(everyone);
        let asked_of_all = self.knowledge.asked_of_all(question, row);
        // Where the total can be seen it is taken as known, however it came about.
        let seen: Option<i64> = parts
            .iter()
            .map(|(cell, factor)| self.system.value(*cell).map(|value| value * factor))
            .sum();
        let is_seen = self.population == Population::Publication && context.is_empty();
        let seen = seen.filter(|_| is_seen).unwrap_or(total);
        if !self.system.relate(parts.clone(), true, seen, asked_of_all) {
            self.system.relate(parts, false, total, true);
        }
        if self.tables.groups.contains_key(question) && row == 0 {
            let no_group =
                |category: &Category| matches!(category, Category::Other | Category::NoOpinion | Category::Unanswered);
            let mut parts = parts_where(&cells, no_group);
            let rest = conjunction(context.iter().cloned().chain([Condition::group(question, REST)]));
            if let Some(rest) = self.index.get(&rest) {
                parts.push((*rest, -1));
                if !self.system.relate(parts.clone(), true, 0, asked_of_all) {
                    self.system.relate(parts, false, 0, true);
                }
            }
        }
    }

    /// Options, and how many chose any. `most`: how many options one may choose, where it is not one.
    fn choices(&mut self, cells: &[(Category, usize)], most: Option<i64>) {
        let n = cells.iter().find(|(category, _)| *category == Category::N);
        let Some((_, n)) = n.cloned() else { return };
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
                self.system.relate(with_n(1, -1), true, 0, true);
            }
            Some(most) => {
                // Who chose something chose one option at least, and so many at most.
                self.system.relate(with_n(-1, 1), false, 0, true);
                self.system.relate(with_n(1, -most), false, 0, true);
                for (cell, _) in &chosen {
                    self.system.relate(vec![(*cell, 1), (n, -1)], false, 0, true);
                }
            }
        }
    }

    /// Themes: nobody mentioned one who did not write.
    fn themes(&mut self, cells: &[(Category, usize)]) {
        let written = cells.iter().find(|(category, _)| *category == Category::Themed);
        let Some((_, written)) = written.cloned() else { return };
        for (theme, _) in parts_where(cells, |category| matches!(category, Category::Theme(_))) {
            self.system.relate(vec![(theme, 1), (written, -1)], false, 0, true);
        }
    }

    /// Each answer among those of a context is given by one or another group of every further breakdown.
    fn between(&mut self, question: &str, row: usize, context: &Conjunction, breakdowns: &BTreeSet<String>) {
        let Some((categories, _)) = self.tables.rows.get(&(question.to_owned(), row)) else {
            return;
        };
        for category in categories.iter().filter(|category| !category.is_of_themes()) {
            let whole = conjunction(context.iter().cloned().chain([own(question, row, category)]));
            for by in breakdowns {
                self.divide(&whole, by);
            }
        }
    }

    /// Everyone, and each group of each breakdown, is divided by the groups of every other.
    fn groups_of_groups(&mut self) {
        for by in self.tables.groups.keys() {
            self.divide(&Vec::new(), by);
            for other in self.tables.groups.keys() {
                for group in self.tables.groups(other) {
                    self.divide(&vec![group], by);
                }
            }
        }
    }

    /// Relates a set to its parts by the groups of a question.
    fn divide(&mut self, whole: &Conjunction, by: &str) {
        if whole.iter().any(|condition| condition.question == by) {
            return;
        }
        let parts: Option<Vec<(usize, i64)>> = self
            .tables
            .groups(by)
            .map(|group| conjunction(whole.iter().cloned().chain([group])))
            .map(|set| Some((*self.index.get(&set)?, 1)))
            .collect();
        let (Some(mut parts), Some((everyone, total))) = (parts, self.everyone(whole, -1)) else {
            return;
        };
        parts.extend(everyone);
        self.system.relate(parts, true, total, true);
    }
}

/// Those of these cells, as parts of a sum.
fn parts_where(cells: &[(Category, usize)], which: impl Fn(&Category) -> bool) -> Vec<(usize, i64)> {
    let cells = cells.iter().filter(|(category, _)| which(category));
    cells.map(|(_, cell)| (*cell, 1)).collect()
}
