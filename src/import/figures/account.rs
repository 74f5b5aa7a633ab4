//! What became of every figure of a table.
//!
//! Counts, and the codes that nothing on the site stands for: each kind of code is one finding that lists the first of
//! them and says how many figures they concern.

use super::{Category, choice::choices};
use crate::finding::{Code, Finding, Log};
use crate::model::PeriodKind;
use crate::read::period_example;
use crate::source::{FilePath, Origin};

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
}

impl Account {
    /// Whether every figure is in exactly one of the account's columns. Anything else is our own bug.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let told = self.written + self.not_chosen + self.unmapped + self.blank_cells + self.repeated + self.clashing;
        self.read == told
    }
}

/// Codes of one kind that nothing stands for.
#[derive(Default)]
pub(super) struct Codes {
    categories: Vec<Category>,
    seen: std::collections::BTreeSet<String>,
    figures: usize,
}

impl Codes {
    pub(super) fn add(&mut self, category: &Category) {
        self.figures += 1;
        if self.seen.insert(category.code.clone()) {
            self.categories.push(category.clone());
        }
    }

    pub(super) fn add_code(&mut self, code: &str) {
        self.add(&Category {
            code: code.to_owned(),
            ..Category::default()
        });
    }

    fn finding(&self, code: Code, path: &FilePath) -> Option<Finding> {
        if self.categories.is_empty() {
            return None;
        }
        let finding = Finding::new(code, Origin::file(path)).with("codes", choices(self.categories.iter()));
        Some(
            finding
                .with("count", self.categories.len())
                .with("figures", self.figures),
        )
    }
}

/// Codes that nothing on the site stands for.
#[derive(Default)]
pub(super) struct Unmapped {
    pub(super) places: Codes,
    pub(super) periods: Codes,
    pub(super) sexes: Codes,
    pub(super) statuses: Codes,
}

impl Unmapped {
    /// One finding a kind.
    pub(super) fn report(&self, account: &Account, kind: PeriodKind, path: &FilePath, log: &Log) {
        let periods = self.periods.finding(Code::FiguresPeriod, path);
        let all = [
            self.places.finding(Code::FiguresPlace, path),
            periods.map(|finding| finding.with("expected", period_example(kind))),
            self.sexes.finding(Code::FiguresSex, path),
            self.statuses.finding(Code::FiguresStatus, path),
        ];
        for finding in all.into_iter().flatten() {
            log.add(finding);
        }
        let counted = [
            (Code::FiguresBlank, account.blank),
            (Code::FiguresDeleted, account.deleted),
        ];
        for (code, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
            log.add(Finding::new(code, Origin::file(path)).with("figures", count));
        }
    }
}
