//! One neutral table, whatever the figures came as: dimensions, cells, facts.

use super::fault::{Fault, MOST_CELLS, too_large};
use crate::import::sheet::Sheet;
use crate::source::{FilePath, Origin};
use std::collections::BTreeMap;

/// Dimensions beyond this are a mistake.
const MOST_DIMENSIONS: usize = 32;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Answers of Kolada's API, version 3 or 2.
    Kolada,
    /// Answers of a `PxWeb` API of version 1, in the format `json`.
    Pxweb,
    /// JSON-stat 2.0, and the older form that `PxWeb` calls `json-stat`.
    JsonStat,
    /// PX files.
    Px,
    /// CSV files of anybody's, in both dialects.
    Csv,
    /// Sheets of a workbook.
    Xlsx,
}

impl Format {
    /// As typed, and as written in origin files.
    pub const NAMES: &'static [(&'static str, Format)] = &[
        ("kolada", Format::Kolada),
        ("pxweb", Format::Pxweb),
        ("jsonstat", Format::JsonStat),
        ("px", Format::Px),
        ("csv", Format::Csv),
        ("xlsx", Format::Xlsx),
    ];
}

/// What a dimension divides figures by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Places.
    Place,
    /// Time.
    Time,
    /// What is measured.
    Measure,
    /// Women and men.
    Sex,
    /// Anything else.
    Other,
}

/// A category of a dimension.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Category {
    /// The publisher's code.
    pub code: String,
    /// Its name; empty when the source gives none.
    pub label: String,
    /// Unit of the figures in it; empty when not said.
    pub unit: String,
    /// Decimals they are published with; `None` when not said.
    pub decimals: Option<u8>,
}

impl Category {
    /// Its name, or its code when the source gives none.
    pub(super) fn name(&self) -> &str {
        if self.label.is_empty() { &self.code } else { &self.label }
    }
}

/// A dimension of a table.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// The publisher's code.
    pub code: String,
    /// Its name; the code when the source gives none.
    pub label: String,
    /// What it divides by.
    pub role: Role,
    /// Its categories, in the publisher's order.
    pub categories: Vec<Category>,
    /// The column of a table that holds it, from 0; `None` where it has none of its own.
    pub column: Option<usize>,
}

/// What symbols mean differs between publishers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Kolada: `Missing`, and the symbols of its web site.
    Kolada,
    /// Statistical offices: `.`, `..` and `-` as in PX files, letters as in Eurostat's answers.
    Office,
    /// A table of somebody's own: the words of the site's data files, and dots.
    Own,
}

/// One figure, or what stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its category in every dimension, by position.
    pub at: Box<[u32]>,
    /// The number, if there is one.
    pub number: Option<f64>,
    /// Symbol or flags, as the publisher writes them; empty when there are none.
    pub status: String,
    /// A remark; empty when there is none.
    pub note: String,
    /// Number of members that it is the plain mean of; 1 for a figure of its own.
    pub members: u32,
    /// Where it stands in a table; `None` in other formats.
    pub source: Option<CellSource>,
}

/// Where a figure stands in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellSource {
    /// Position among the tables that were read.
    pub(super) table: usize,
    /// Number of its row, from 1.
    pub(super) row: usize,
    /// Its column, from 0.
    pub(super) column: usize,
}

/// What the source says about its figures. Empty text means that it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The publisher's id of the table.
    pub table: String,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub publisher: String,
    /// What exactly is counted.
    pub definition: String,
    /// When it was last changed, as written.
    pub updated: String,
    /// When it will change next, as written.
    pub next: String,
    /// Terms of use.
    pub licence: String,
    /// Unit of all figures.
    pub unit: String,
    /// Decimals of all figures, as written.
    pub decimals: Option<u8>,
    /// Remarks, each once.
    pub notes: Vec<String>,
}

/// A table of figures, whatever it came as.
#[derive(Clone, Debug)]
pub struct Figures {
    /// What it is divided by.
    pub dimensions: Vec<Dimension>,
    /// Its figures, in the order they came.
    pub cells: Vec<Cell>,
    /// What is said about them.
    pub facts: Facts,
    /// What symbols mean.
    pub dialect: Dialect,
    /// Number of figures that the source itself marks as deleted; they are not among `cells`.
    pub deleted: usize,
    /// Number of combinations of categories for which the source has neither a figure nor a symbol.
    pub blank: usize,
    /// What the file itself says of its symbols; they go before what publishers of its kind mean by them.
    pub(super) symbols: BTreeMap<String, Symbol>,
    /// Number of rows of tables that were taken for remarks.
    pub remarks: usize,
    /// The tables that `source` of cells points into.
    pub(super) tables: Vec<SourceTable>,
}

/// What a file says of a symbol that stands in the place of figures.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    /// In the file's own words.
    pub(super) text: String,
    /// The word of data files that it means; `None`: nobody knows.
    pub(super) word: Option<&'static str>,
}

impl Figures {
    /// The place of a figure, or of its category in this dimension; the file where the format has no rows.
    pub(super) fn origin(&self, cell: &Cell, dimension: Option<usize>, path: &FilePath) -> Origin {
        let Some(source) = cell.source else {
            return Origin::file(path);
        };
        let table = &self.tables[source.table];
        match dimension.map(|dimension| self.dimensions[dimension].column) {
            None => table.sheet.cell_origin(source.row, source.column),
            Some(Some(column)) => table.sheet.cell_origin(source.row, column),
            // A period that stands for a heading.
            Some(None) => table.sheet.cell_origin(table.heading_row, source.column),
        }
    }

    /// The place of a dimension's heading; the file where the format has no columns.
    pub(super) fn heading_origin(&self, dimension: &Dimension, path: &FilePath) -> Origin {
        match (dimension.column, self.tables.first()) {
            (Some(column), Some(table)) => table.sheet.cell_origin(table.heading_row, column),
            _ => Origin::file(path),
        }
    }
}

/// A table that figures came from, for the places of findings.
#[derive(Clone, Debug)]
pub(super) struct SourceTable {
    pub(super) sheet: Sheet,
    /// Number of the row with the headings, from 1.
    pub(super) heading_row: usize,
}

/// How many combinations the categories of these dimensions have, when that is a reasonable number.
pub(super) fn combinations(path: &FilePath, sizes: &[usize]) -> Result<usize, Fault> {
    if sizes.len() > MOST_DIMENSIONS {
        return Err(too_large(path, format!("{} dimensions", sizes.len())));
    }
    let product = sizes
        .iter()
        .try_fold(1_usize, |product, size| product.checked_mul(*size));
    let written = || sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" × ");
    product
        .filter(|product| *product <= MOST_CELLS)
        .ok_or_else(|| too_large(path, written()))
}

/// The categories of the combination at this position; the last dimension runs fastest.
pub(super) fn unravel(mut position: usize, sizes: &[usize]) -> Box<[u32]> {
    let mut at = vec![0; sizes.len()].into_boxed_slice();
    for (category, size) in at.iter_mut().zip(sizes).rev() {
        *category = u32::try_from(position % (*size).max(1)).unwrap_or(u32::MAX);
        position /= (*size).max(1);
    }
    at
}

/// The role that a dimension's name gives it where the source says nothing about roles: the names that statistical
/// offices use for place, time, contents and sex.
pub(super) fn role_by_name(code: &str) -> Role {
    match code.trim().to_lowercase().as_str() {
        "region" | "geo" | "kommun" | "län" | "lan" | "municipality" | "county" | "place" | "plats" => Role::Place,
        "tid" | "time" | "time_period" | "år" | "year" | "period" | "månad" | "month" | "kvartal" | "quarter" => {
            Role::Time
        }
        "contentscode" | "contents" | "tabellinnehåll" => Role::Measure,
        "kon" | "kön" | "sex" | "gender" => Role::Sex,
        _ => Role::Other,
    }
}

/// Positions of categories by code, while a table is read row by row.
#[derive(Default)]
pub(super) struct Register {
    codes: BTreeMap<String, u32>,
    pub(super) categories: Vec<Category>,
}

impl Register {
    /// The position of this code, which is added when it is new.
    pub(super) fn position(&mut self, code: &str) -> u32 {
        if let Some(position) = self.codes.get(code) {
            return *position;
        }
        let position = u32::try_from(self.categories.len()).unwrap_or(u32::MAX);
        self.codes.insert(code.to_owned(), position);
        self.categories.push(Category {
            code: code.to_owned(),
            ..Category::default()
        });
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_dimension_runs_fastest() {
        assert_eq!(&*unravel(7, &[4, 1, 3]), [2, 0, 1]);
    }

    #[test]
    fn sizes_are_not_believed() {
        let path: FilePath = "x".into();
        assert_eq!(combinations(&path, &[4, 1, 3]).unwrap(), 12);
        assert!(combinations(&path, &[usize::MAX, 2]).is_err());
        assert!(combinations(&path, &[1; 33]).is_err());
    }
}
