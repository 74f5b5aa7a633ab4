//! The figures of a table → observations, each figure accounted for.

use super::super::account::{Account, BlankTotal, Unmapped};
use super::super::choice::Choice;
use super::super::model::{Category, Cell, Dialect, Figures};
use super::super::status::{Meaning, Remark, meaning, word_meaning};
use super::plan::DimensionPlan;
use super::{SeriesKey, SeriesRow, SiteContext};
use crate::finding::{Code, Finding, Log, Severity};
use crate::model::{Sex, Value};
use crate::source::Origin;
use std::collections::BTreeMap;

/// A table, everything decided.
pub(super) struct CellMapping<'a> {
    pub(super) figures: &'a Figures,
    pub(super) choice: &'a Choice,
    pub(super) site: SiteContext<'a>,
    pub(super) plan: &'a DimensionPlan,
}

impl CellMapping<'_> {
    /// The observations and what became of every figure; `None` after an error.
    pub(super) fn rows(&self, log: &Log) -> Option<(Vec<SeriesRow>, Account)> {
        let before = log.len();
        let mut account = Account {
            read: self.figures.cells.len(),
            deleted: self.figures.deleted,
            remarks: self.figures.remarks,
            ..Account::default()
        };
        let mut unmapped = Unmapped::default();
        let mut rows: BTreeMap<SeriesKey, (SeriesRow, &Cell)> = BTreeMap::new();
        let mut clashes: Vec<(String, &Cell, &Cell)> = Vec::new();
        for cell in &self.figures.cells {
            if !self.plan.is_chosen(cell) {
                account.not_chosen += 1;
                continue;
            }
            let Some(row) = self.row(cell, &mut account, &mut unmapped) else {
                continue;
            };
            match rows.get(&row.key()) {
                Some((first, _)) if *first == row => account.repeated += 1,
                Some((_, first)) => {
                    account.clashing += 1;
                    let code = format!("{} {}", self.site.places[row.place].code, row.period);
                    clashes.push((code, first, cell));
                }
                None => {
                    account.written += 1;
                    rows.insert(row.key(), (row, cell));
                }
            }
        }
        if self.figures.blank > 0 {
            account.blank += self.lacking();
        }
        unmapped.report(&account, self.plan.periods.kind, (self.figures, self.site.path), log);
        if let Some((_, first, second)) = clashes.first() {
            let origin = |cell: &Cell| self.figures.origin(cell, None, self.site.path);
            let finding = Finding::new(Code::FiguresTwice, origin(second)).with("count", clashes.len());
            let finding = if origin(first) == Origin::file(self.site.path) {
                finding
            } else {
                finding.beside(origin(first))
            };
            let mut codes: Vec<&str> = clashes.iter().map(|(code, _, _)| code.as_str()).collect();
            codes.dedup();
            codes.truncate(6);
            log.add(finding.with("codes", codes.join(", ")));
        } else if rows.is_empty() && !log.any_since(before, is_error) {
            log.add(Finding::new(Code::FiguresEmpty, Origin::file(self.site.path)));
        }
        let rows = rows.into_values().map(|(row, _)| row).collect();
        (!log.any_since(before, is_error)).then_some((rows, account))
    }

    /// Combinations of what is chosen and known here for which the source has no cell at all.
    fn lacking(&self) -> usize {
        let plan = self.plan;
        let is_known = |dimension: usize, at: usize| {
            let places = plan.places.as_ref().filter(|_| plan.place == Some(dimension));
            let sexes = plan.sexes.as_ref().filter(|_| plan.sex == Some(dimension));
            places.is_none_or(|places| places[at].is_some())
                && sexes.is_none_or(|sexes| sexes[at].is_some())
                && (dimension != plan.time || plan.periods.by_category[at].is_some())
        };
        let wanted: Vec<Vec<bool>> = plan
            .chosen
            .iter()
            .enumerate()
            .map(|(dimension, chosen)| {
                let categories = chosen.iter().enumerate();
                categories
                    .map(|(at, is_chosen)| *is_chosen && is_known(dimension, at))
                    .collect()
            })
            .collect();
        let counts = wanted
            .iter()
            .map(|categories| categories.iter().filter(|wanted| **wanted).count());
        let all = counts.fold(1_usize, usize::saturating_mul);
        let is_wanted = |cell: &&Cell| cell.at.iter().zip(&wanted).all(|(at, wanted)| wanted[*at as usize]);
        all.saturating_sub(self.figures.cells.iter().filter(is_wanted).count())
    }

    fn category(&self, cell: &Cell, dimension: usize) -> &Category {
        &self.figures.dimensions[dimension].categories[cell.at[dimension] as usize]
    }

    /// The dimension of this figure in which the table has an empty cell where a code belongs.
    fn blank_dimension(&self, cell: &Cell) -> Option<usize> {
        let plan = self.plan;
        let blank_sex = |at: &usize| {
            plan.sexes
                .as_ref()
                .is_some_and(|sexes| sexes[cell.at[*at] as usize].is_none())
        };
        let needed = plan
            .place
            .into_iter()
            .chain([plan.time])
            .chain(plan.breakdown.filter(|_| !plan.is_blank_total))
            .chain(plan.sex.filter(blank_sex));
        needed
            .filter(|_| cell.source.is_some())
            .find(|at| self.category(cell, *at).code.is_empty())
    }

    fn row(&self, cell: &Cell, account: &mut Account, unmapped: &mut Unmapped) -> Option<SeriesRow> {
        let plan = self.plan;
        if let Some(dimension) = self.blank_dimension(cell) {
            if cell.number.is_none() && cell.status.is_empty() {
                account.blank += 1;
                account.blank_cells += 1;
                unmapped.blank_cell.get_or_insert_with(|| cell.clone());
            } else {
                let total = match Some(dimension) {
                    at if at == plan.sex => BlankTotal::ByChoice,
                    at if at == plan.breakdown => BlankTotal::ByTotal,
                    _ => BlankTotal::Never,
                };
                unmapped.add_blank(dimension, total, cell);
                account.unmapped += 1;
            }
            return None;
        }
        let place = match (&plan.places, plan.place) {
            (Some(places), Some(at)) => places[cell.at[at] as usize],
            _ => plan.fixed,
        };
        let Some(place) = place else {
            if let Some(at) = plan.place {
                unmapped.places.add(self.category(cell, at), cell, Some(at));
            }
            account.unmapped += 1;
            return None;
        };
        let Some(period) = plan.periods.by_category[cell.at[plan.time] as usize] else {
            let category = self.category(cell, plan.time);
            unmapped.periods.add(category, cell, Some(plan.time));
            account.unmapped += 1;
            return None;
        };
        let sex = match (&plan.sexes, plan.sex) {
            (Some(sexes), Some(at)) => sexes[cell.at[at] as usize],
            _ => Some(Sex::Total),
        };
        let Some(sex) = sex else {
            if let Some(at) = plan.sex {
                unmapped.sexes.add(self.category(cell, at), cell, Some(at));
            }
            account.unmapped += 1;
            return None;
        };
        let category = plan.breakdown.map(|at| self.category(cell, at));
        let code = category
            .filter(|category| Some(&category.code) != self.choice.total.as_ref())
            .map(|category| category.code.clone());
        let (value, meaning, note) = self.value(cell, account, unmapped)?;
        Some(SeriesRow {
            place,
            period,
            sex,
            category: code.unwrap_or_default(),
            value,
            bounds: None,
            flags: meaning.flags,
            note,
        })
    }

    /// What a symbol means: as the user says, else as the file itself, else as publishers of its kind do.
    fn meaning(&self, status: &str) -> Option<Meaning> {
        let symbol = self.figures.symbols.get(status.trim());
        let is_said = self.choice.statuses.iter().any(|(symbol, _)| symbol == status.trim());
        match symbol.filter(|_| !is_said) {
            Some(symbol) => symbol.word.and_then(word_meaning),
            None => meaning(status, self.figures.dialect, &self.choice.statuses),
        }
    }

    /// A symbol as a code for findings, named by what the file says of it.
    fn symbol(&self, status: &str) -> Category {
        let symbol = self.figures.symbols.get(status.trim());
        Category {
            code: status.to_owned(),
            label: symbol.map(|symbol| symbol.text.clone()).unwrap_or_default(),
            ..Category::default()
        }
    }

    fn value(&self, cell: &Cell, account: &mut Account, unmapped: &mut Unmapped) -> Option<(Value, Meaning, String)> {
        let known = self.meaning(&cell.status);
        let is_understood = known.is_some();
        let mut meaning = known.unwrap_or_default();
        let mut notes: Vec<String> = vec![cell.note.clone()];
        let value = match (cell.number, meaning.reason) {
            // A number with a reason why there is none contradicts itself; the number stands, with its symbol beside it.
            (Some(number), reason) => {
                if !is_understood || reason.is_some() {
                    unmapped.statuses.add(&self.symbol(&cell.status), cell, None);
                    account.doubtful += 1;
                    notes.push(cell.status.clone());
                }
                Value::Known(if number == 0.0 { 0.0 } else { number })
            }
            (None, Some(reason)) => Value::Missing(reason),
            (None, None) if meaning.zero => Value::Known(0.0),
            (None, None) if !is_understood => {
                unmapped.statuses.add(&self.symbol(&cell.status), cell, None);
                account.unmapped += 1;
                return None;
            }
            (None, None) => {
                account.blank += 1;
                account.blank_cells += 1;
                unmapped.blank_cell.get_or_insert_with(|| cell.clone());
                return None;
            }
        };
        if cell.members > 1 && self.figures.dialect == Dialect::Kolada {
            meaning.remarks.push(Remark::Mean(cell.members));
        }
        notes.extend(meaning.remarks.iter().map(|remark| remark.text(self.site.language)));
        let note = notes
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
        Some((value, meaning, note))
    }
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}
