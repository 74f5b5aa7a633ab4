//! Several files that are parts of one table → one table.
//!
//! Parts have the same dimensions, and say the same of their table and of every category that they share; else a code that
//! happens to be the same would bring figures of something else into the series.

use super::fault::{Fault, MOST_CELLS, malformed, too_large};
use super::model::{Category, Facts, Figures};
use crate::finding::{Code, Finding, message};
use crate::source::{FilePath, Origin};
use std::collections::BTreeMap;

/// Whether parts must have the same title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Titles {
    /// They are files that somebody has put together.
    Agree,
    /// They are answers to portions of one question, and may name the portion in their titles.
    Any,
}

/// Two parts of one table: cells side by side, categories by code.
pub(super) fn joined(whole: Option<Figures>, part: Figures, titles: Titles, path: &FilePath) -> Result<Figures, Fault> {
    let Some(mut whole) = whole else {
        return Ok(part);
    };
    agree(&whole, &part, titles, path)?;
    let mut positions: Vec<Vec<u32>> = Vec::new();
    for (dimension, part_dimension) in whole.dimensions.iter_mut().zip(part.dimensions) {
        let known: BTreeMap<String, usize> = dimension
            .categories
            .iter()
            .map(|category| category.code.clone())
            .zip(0..)
            .collect();
        let mut own = Vec::new();
        for category in part_dimension.categories {
            let position = known.get(&category.code).copied().unwrap_or(dimension.categories.len());
            if position == dimension.categories.len() {
                dimension.categories.push(category);
            }
            own.push(u32::try_from(position).unwrap_or(u32::MAX));
        }
        positions.push(own);
    }
    let first_table = whole.tables.len();
    for mut cell in part.cells {
        for (at, positions) in cell.at.iter_mut().zip(&positions) {
            *at = positions[*at as usize];
        }
        if let Some(source) = &mut cell.source {
            source.table += first_table;
        }
        whole.cells.push(cell);
    }
    if whole.cells.len() > MOST_CELLS {
        return Err(too_large(path, whole.cells.len()));
    }
    whole.blank += part.blank;
    whole.remarks += part.remarks;
    whole.tables.extend(part.tables);
    for note in part.facts.notes {
        if !whole.facts.notes.contains(&note) {
            whole.facts.notes.push(note);
        }
    }
    Ok(whole)
}

/// Holds a part against what came before it.
fn agree(whole: &Figures, part: &Figures, titles: Titles, path: &FilePath) -> Result<(), Fault> {
    let codes = |figures: &Figures| {
        let dimensions = figures.dimensions.iter();
        dimensions.map(|dimension| dimension.code.clone()).collect::<Vec<_>>()
    };
    if codes(whole) != codes(part) {
        return Err(malformed(
            path,
            message::figures_other_dimensions(),
            codes(part).join(", "),
        ));
    }
    let mut pairs: Vec<(&str, &str)> = facts(&whole.facts).into_iter().zip(facts(&part.facts)).collect();
    if titles == Titles::Agree {
        pairs.push((&whole.facts.title, &part.facts.title));
    }
    for (dimension, part_dimension) in whole.dimensions.iter().zip(&part.dimensions) {
        pairs.push((&dimension.label, &part_dimension.label));
        let known: BTreeMap<&str, &Category> = dimension
            .categories
            .iter()
            .map(|category| (category.code.as_str(), category))
            .collect();
        for category in &part_dimension.categories {
            if let Some(first) = known.get(category.code.as_str()) {
                pairs.push((&first.label, &category.label));
                pairs.push((&first.unit, &category.unit));
            }
        }
    }
    let symbols = part.symbols.iter().filter_map(|(symbol, meaning)| {
        let first = whole.symbols.get(symbol)?;
        Some((first.text.as_str(), meaning.text.as_str()))
    });
    pairs.extend(symbols);
    let differing = pairs
        .into_iter()
        .map(|(first, second)| (first.trim(), second.trim()))
        .find(|(first, second)| first != second && !first.is_empty() && !second.is_empty());
    match differing {
        None => Ok(()),
        Some((first, second)) => {
            let finding = Finding::new(Code::FiguresParts, Origin::file(path)).with("value", second);
            Err(Box::new(finding.with("other", first)))
        }
    }
}

/// What parts of one table say alike, where they say it.
fn facts(facts: &Facts) -> [&str; 4] {
    [&facts.table, &facts.publisher, &facts.unit, &facts.definition]
}
