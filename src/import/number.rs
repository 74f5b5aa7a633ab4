//! Which decimal sign the numbers of one column use, decided from all of them.
//!
//! Takes cells; gives their notation, or which of them leave it open or contradict each other. `1.234` is one and a fraction
//! or more than a thousand; only the other cells of its column can tell.

use crate::read::{Decimal, grouped_number};

/// How a column writes numbers. Positions are those of cells in the order they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// No number depends on it.
    Either,
    /// This decimal sign; the other may part thousands.
    Sign(Decimal),
    /// This cell can be read in two ways, and no other says which.
    Open(usize),
    /// One cell can only have a decimal point, the other only a decimal comma.
    Mixed { point: usize, comma: usize },
}

/// The notation of these cells; what is no number says nothing.
pub(super) fn notation<'c>(cells: impl IntoIterator<Item = &'c str>) -> Notation {
    let (mut point, mut comma, mut open) = (None, None, None);
    for (at, cell) in cells.into_iter().enumerate() {
        let readings = [Decimal::Point, Decimal::Comma].map(|decimal| grouped_number(cell, decimal));
        let decisive = match readings {
            [Some(with_point), Some(with_comma)] if with_point.total_cmp(&with_comma).is_eq() => continue,
            [Some(_), Some(_)] => &mut open,
            [Some(_), None] => &mut point,
            [None, Some(_)] => &mut comma,
            [None, None] => continue,
        };
        decisive.get_or_insert(at);
    }
    match (point, comma, open) {
        (Some(point), Some(comma), _) => Notation::Mixed { point, comma },
        (Some(_), None, _) => Notation::Sign(Decimal::Point),
        (None, Some(_), _) => Notation::Sign(Decimal::Comma),
        (None, None, Some(at)) => Notation::Open(at),
        (None, None, None) => Notation::Either,
    }
}

/// The number in a cell of a column with this notation; `None` when it is none, or can be read in two ways.
pub(super) fn number_in(cell: &str, notation: Notation) -> Option<f64> {
    match notation {
        Notation::Sign(decimal) => grouped_number(cell, decimal),
        Notation::Either | Notation::Open(_) | Notation::Mixed { .. } => {
            let with_point = grouped_number(cell, Decimal::Point)?;
            (grouped_number(cell, Decimal::Comma) == Some(with_point)).then_some(with_point)
        }
    }
}

/// Whether this is a number that can be read in two ways.
pub(super) fn is_open(cell: &str) -> bool {
    matches!(notation([cell]), Notation::Open(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_decides_for_all() {
        assert_eq!(notation(["1.234", "12.345", "987,5"]), Notation::Sign(Decimal::Comma));
        assert_eq!(notation(["1.234", "1.234.567"]), Notation::Sign(Decimal::Comma));
        assert_eq!(notation(["1,234", "0.5"]), Notation::Sign(Decimal::Point));
        assert_eq!(number_in("1.234", Notation::Sign(Decimal::Comma)), Some(1234.0));
    }

    #[test]
    fn what_no_cell_decides_is_not_guessed() {
        assert_eq!(notation(["7", "1.234", "12.345"]), Notation::Open(1));
        assert_eq!(number_in("1.234", Notation::Open(1)), None);
        assert_eq!(number_in("1 234", Notation::Open(1)), Some(1234.0));
        assert_eq!(notation(["7", "1 234", "..", "45 1"]), Notation::Either);
    }

    #[test]
    fn two_signs_in_one_column_contradict_each_other() {
        assert_eq!(notation(["98.7", "1", "98,7"]), Notation::Mixed { point: 0, comma: 2 });
    }
}
