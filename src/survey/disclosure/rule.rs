//! What is too few: which numbers are hidden before any thought of subtraction.
//!
//! Takes a system of which everything is shown; hides numbers of 1 to the minimum less one, groups that are too small
//! with all their zeros, and groups whose members all gave the same answer.

use super::place::{Part, Place};
use super::system::{CellKind, System};
use std::collections::BTreeMap;

/// A question's row, in one group or among everyone.
type Table = (String, Option<(String, usize)>, usize);

/// Whether a number tells of too few.
pub(super) fn is_few(number: i64, minimum: i64) -> bool {
    (1..minimum).contains(&number.abs())
}

/// Hides what the rule hides.
pub(super) fn hide_few(system: &mut System, minimum: i64) {
    for cell in secret(system, minimum) {
        system.cells[cell].shown = false;
    }
}

/// Numbers of the newest publication that the rule hides, of those whose value is known.
pub(super) fn secret(system: &System, minimum: i64) -> Vec<usize> {
    let now = |cell: &usize| system.cells[*cell].kind == CellKind::Now;
    let value = |cell: usize| system.cells[cell].value;
    let few = |cell: &usize| value(*cell).is_some_and(|number| is_few(number, minimum));
    let mut found: Vec<usize> = (0..system.cells.len()).filter(now).filter(few).collect();
    let mut tables: BTreeMap<Table, Vec<usize>> = BTreeMap::new();
    for cell in (0..system.cells.len()).filter(now) {
        let Place { question, by, row, .. } = &system.cells[cell].place;
        tables
            .entry((question.clone(), by.clone(), *row))
            .or_default()
            .push(cell);
    }
    for ((question, by, row), cells) in &tables {
        if by.is_some() {
            let all = tables
                .get(&(question.clone(), None, *row))
                .map_or(&[][..], Vec::as_slice);
            let group = whole(system, cells).is_some_and(|number| is_few(number, minimum));
            if group || is_unanimous(system, cells) && !is_unanimous(system, all) {
                found.extend(cells);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How many got the question; `None`: not known.
fn whole(system: &System, cells: &[usize]) -> Option<i64> {
    let parts = cells
        .iter()
        .map(|cell| &system.cells[*cell])
        .filter(|cell| cell.place.part.is_of_whole());
    parts.map(|cell| cell.value).sum()
}

/// Whether all who answered gave one and the same answer, no opinion among them; as far as is known.
fn is_unanimous(system: &System, cells: &[usize]) -> bool {
    let known: Option<Vec<(&Part, i64)>> = cells
        .iter()
        .map(|cell| &system.cells[*cell])
        .map(|cell| Some((&cell.place.part, cell.value?)))
        .collect();
    let Some(known) = known else { return false };
    let answered: i64 = known
        .iter()
        .filter(|(part, _)| matches!(part, Part::N | Part::NoOpinion))
        .map(|(_, number)| number)
        .sum();
    let is_answer = |part: &Part| part.is_chosen() || *part == Part::NoOpinion;
    answered > 0
        && known
            .iter()
            .any(|(part, number)| is_answer(part) && *number == answered)
}
