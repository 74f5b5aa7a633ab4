//! Primary suppression: hides the cells that tell of too few by themselves, before any thought of subtraction.
//!
//! Takes a system of which everything is shown; hides numbers of 1 to the minimum less one, groups that are too small
//! with all their zeros, and groups whose members all gave the same answer.

use super::cells::{Category, CellKey};
use super::system::{CellKind, System};
use std::collections::BTreeMap;

/// A question's row, in one group or among everyone.
type Table = (String, Option<(String, usize)>, usize);

/// Whether a number of respondents, or its growth, tells of too few.
pub(super) fn is_few(number: i64, minimum: i64) -> bool {
    (1..minimum).contains(&number.abs())
}

/// Hides all sensitive cells.
pub(super) fn suppress_primary(system: &mut System, minimum: i64) {
    for cell in sensitive_cells(system, minimum) {
        system.cells[cell].shown = false;
    }
}

/// Cells of the newest publication that must be hidden, of those whose value is known.
pub(super) fn sensitive_cells(system: &System, minimum: i64) -> Vec<usize> {
    let newest = || (0..system.cells.len()).filter(|cell| system.cells[*cell].kind == CellKind::Now);
    let value = |cell: usize| system.cells[cell].value;
    let is_few_known = |cell: &usize| value(*cell).is_some_and(|number| is_few(number, minimum));
    let mut sensitive: Vec<usize> = newest().filter(is_few_known).collect();
    let mut tables: BTreeMap<Table, Vec<(Category, usize)>> = BTreeMap::new();
    for cell in newest() {
        for key in &system.cells[cell].keys {
            let CellKey { question, by, row, .. } = key;
            let table = tables.entry((question.clone(), by.clone(), *row)).or_default();
            table.push((key.category.clone(), cell));
        }
    }
    for ((question, by, row), cells) in &tables {
        if by.is_some() {
            let everyone = tables
                .get(&(question.clone(), None, *row))
                .map_or(&[][..], Vec::as_slice);
            let is_small = total(system, cells).is_some_and(|number| is_few(number, minimum));
            if is_small || is_unanimous(system, cells) && !is_unanimous(system, everyone) {
                sensitive.extend(cells.iter().map(|(_, cell)| *cell));
            }
        }
    }
    sensitive.sort_unstable();
    sensitive.dedup();
    sensitive
}

/// How many got the question; `None`: not known.
fn total(system: &System, cells: &[(Category, usize)]) -> Option<i64> {
    let parts = cells.iter().filter(|(category, _)| category.is_of_everyone());
    parts.map(|(_, cell)| system.value(*cell)).sum()
}

/// Whether all who answered gave one and the same answer, no opinion among them; as far as is known.
fn is_unanimous(system: &System, cells: &[(Category, usize)]) -> bool {
    let numbers: Option<Vec<(&Category, i64)>> = cells
        .iter()
        .map(|(category, cell)| Some((category, system.value(*cell)?)))
        .collect();
    let Some(numbers) = numbers else { return false };
    let answered: i64 = numbers
        .iter()
        .filter(|(category, _)| matches!(category, Category::N | Category::NoOpinion))
        .map(|(_, number)| number)
        .sum();
    let is_answer = |category: &Category| category.is_chosen() || *category == Category::NoOpinion;
    answered > 0
        && numbers
            .iter()
            .any(|(category, number)| is_answer(category) && *number == answered)
}
