//! Cells and columns of the tables of results: numbers that may be hidden, with their shares.

use super::context::{HIDDEN, ResultsContext, decimals, share};
use crate::measure;
use crate::page::table;
use crate::page::view::{Cell, Column};
use crate::survey::Count;

impl ResultsContext<'_> {
    /// A whole number as a cell.
    pub(super) fn whole_cell(&self, number: u32) -> Cell {
        Cell {
            text: self.number(number),
            sort: Some(number.to_string()),
            ..Cell::default()
        }
    }

    /// A number that may be hidden, as a cell.
    pub(super) fn count_cell(&self, count: Count) -> Cell {
        count
            .shown()
            .map_or_else(|| self.hidden_cell(), |number| self.whole_cell(number))
    }

    /// A number that may be hidden, as a cell with its share where there are answers enough.
    pub(super) fn count_and_share_cell(&self, count: Count, base: Count) -> Cell {
        let cell = self.count_cell(count);
        let share = count
            .shown()
            .zip(base.shown())
            .and_then(|(number, base)| share(number, base));
        match share {
            Some(share) => Cell {
                text: format!("{} ({})", cell.text, self.percent(share)),
                ..cell
            },
            None => cell,
        }
    }

    /// A cell whose number is hidden.
    pub(super) fn hidden_cell(&self) -> Cell {
        Cell {
            text: HIDDEN.to_owned(),
            missing: Some(self.word("hidden").to_owned()),
            ..Cell::default()
        }
    }

    /// A number that may be hidden, as a cell with the decimals it needs.
    pub(super) fn number_cell(&self, number: Option<f64>) -> Cell {
        self.number_cell_in(number, decimals(number))
    }

    /// A number that may be hidden, as a cell of a column with so many decimals.
    pub(super) fn number_cell_in(&self, number: Option<f64>, decimals: u8) -> Cell {
        match number {
            Some(number) => Cell {
                text: self.page.locale.format.number(number, decimals),
                sort: Some(measure::without_float_noise(number).to_string()),
                ..Cell::default()
            },
            None => self.hidden_cell(),
        }
    }
}

/// A cell of text.
pub(super) fn text_cell(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        ..Cell::default()
    }
}

/// A column of counts.
pub(super) fn count_column(title: impl Into<String>) -> Column {
    table::numbers(title, None)
}
