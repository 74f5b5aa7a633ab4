//! What became of every figure of a table.
//!
//! Counts, and the codes that nothing on the site stands for: each kind of code is one finding at the first of them, which
//! lists them and says how many figures they concern.

use super::choice::choices;
use super::model::{Category, Cell, Figures};
use crate::finding::{Code, Finding, Log};
use crate::model::PeriodKind;
use crate::read::period_example;
use crate::source::{FilePath, Origin};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that a finding names before it only counts them.
const MOST_ROWS: usize = 8;

/// Every figure once: `read` is the sum of `written`, `not_chosen`, `unmapped`, `blank_cells`, `repeated` and `clashing`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Figures and symbols in the table.
    pub read: usize,
    /// Observations of the series.
    pub written: usize,
    /// Left out because the user chose others.
    pub not_chosen: usize,
    /// Left out because a code or symbol has no meaning here; findings say which.
    pub unmapped: usize,
    /// The same figure once more.
    pub repeated: usize,
    /// Another figure for the same place, period and part.
    pub clashing: usize,
    /// Cells with neither a number nor a reason.
    pub blank_cells: usize,
    /// The same, with combinations that the table does not even have cells for.
    pub blank: usize,
    /// Marked as deleted by the source, and not counted as read.
    pub deleted: usize,
    /// Written with a symbol beside the number that nobody has given a meaning.
    pub doubtful: usize,
    /// Rows of a table that were taken for remarks; no figures.
    pub remarks: usize,
}

impl Account {
    /// Whether every figure is in exactly one of the account's columns. Anything else is our own bug.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let accounted =
            self.written + self.not_chosen + self.unmapped + self.blank_cells + self.repeated + self.clashing;
        self.read == accounted
    }
}

/// Codes of one kind that nothing stands for.
#[derive(Default)]
pub(super) struct Codes {
    categories: Vec<Category>,
    seen: BTreeSet<String>,
    figures: usize,
    /// The first figure, and the dimension that the code is of; `None`: it stands in the place of the figure.
    first: Option<(Cell, Option<usize>)>,
}

impl Codes {
    pub(super) fn add(&mut self, category: &Category, cell: &Cell, dimension: Option<usize>) {
        self.figures += 1;
        self.first.get_or_insert_with(|| (cell.clone(), dimension));
        if self.seen.insert(category.code.clone()) {
            self.categories.push(category.clone());
        }
    }

    /// The code that was found first; empty when none was.
    fn first_code(&self) -> &str {
        self.categories.first().map_or("", |category| category.code.as_str())
    }

    fn finding(&self, code: Code, figures: &Figures, path: &FilePath) -> Option<Finding> {
        let (cell, dimension) = self.first.as_ref()?;
        let finding = Finding::new(code, figures.origin(cell, *dimension, path));
        let finding = finding.with("codes", choices(self.categories.iter()));
        let finding = finding.with("count", self.categories.len());
        Some(finding.with("figures", self.figures))
    }
}

/// How the user can say that an empty cell of a dimension is the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlankTotal {
    /// It cannot be: places and periods have none.
    Never,
    /// By choosing the empty category.
    ByChoice,
    /// By naming it as the total of the breakdown.
    ByTotal,
}

/// Rows in which a table has a figure but no code in one dimension.
struct BlankCodes {
    total: BlankTotal,
    first: Cell,
    rows: BTreeSet<usize>,
    figures: usize,
}

/// Codes that nothing on the site stands for.
#[derive(Default)]
pub(super) struct Unmapped {
    pub(super) places: Codes,
    pub(super) periods: Codes,
    pub(super) sexes: Codes,
    pub(super) statuses: Codes,
    /// The first figure with neither a number nor a reason.
    pub(super) blank_cell: Option<Cell>,
    blank_codes: BTreeMap<usize, BlankCodes>,
}

impl Unmapped {
    /// Adds a figure of a table that has no code in this dimension.
    pub(super) fn add_blank(&mut self, dimension: usize, total: BlankTotal, cell: &Cell) {
        let blank = self.blank_codes.entry(dimension).or_insert_with(|| BlankCodes {
            total,
            first: cell.clone(),
            rows: BTreeSet::new(),
            figures: 0,
        });
        blank.rows.extend(cell.source.map(|source| source.row));
        blank.figures += 1;
    }

    /// One finding a kind.
    pub(super) fn report(&self, account: &Account, kind: PeriodKind, from: (&Figures, &FilePath), log: &Log) {
        let (figures, path) = from;
        let periods = self.periods.finding(Code::FiguresPeriod, figures, path);
        let all = [
            self.places.finding(Code::FiguresPlace, figures, path),
            periods.map(|finding| finding.with("expected", period_example(kind))),
            self.sexes.finding(Code::FiguresSex, figures, path),
            self.statuses
                .finding(Code::FiguresStatus, figures, path)
                .map(|finding| finding.with("symbol", self.statuses.first_code())),
        ];
        for finding in all.into_iter().flatten() {
            log.add(finding);
        }
        for (dimension, blank) in &self.blank_codes {
            let origin = figures.origin(&blank.first, Some(*dimension), path);
            let finding = Finding::new(Code::FiguresCodeBlank, origin);
            let finding = finding.with("column", &figures.dimensions[*dimension].code);
            let finding = finding
                .with("rows", listed(&blank.rows))
                .with("count", blank.rows.len())
                .with("figures", blank.figures);
            log.add(match blank.total {
                BlankTotal::Never => finding,
                BlankTotal::ByChoice => finding.with("chosen", &figures.dimensions[*dimension].code),
                BlankTotal::ByTotal => finding.with("total", ""),
            });
        }
        if account.blank > 0 {
            let cell = self.blank_cell.as_ref();
            let origin = cell.map_or_else(|| Origin::file(path), |cell| figures.origin(cell, None, path));
            log.add(Finding::new(Code::FiguresBlank, origin).with("figures", account.blank));
        }
        if account.deleted > 0 {
            let finding = Finding::new(Code::FiguresDeleted, Origin::file(path));
            log.add(finding.with("figures", account.deleted));
        }
    }
}

/// The first of these numbers, and how many more there are.
pub(super) fn listed(numbers: &BTreeSet<usize>) -> String {
    let mut shown: Vec<String> = numbers.iter().take(MOST_ROWS).map(ToString::to_string).collect();
    if numbers.len() > MOST_ROWS {
        shown.push(format!("… +{}", numbers.len() - MOST_ROWS));
    }
    shown.join(", ")
}
