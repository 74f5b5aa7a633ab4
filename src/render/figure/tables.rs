//! Rows and cells that tables of charts share.

use crate::model::PlaceId;
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, TableRow};

/// A row about a place; the report's own place and the country are marked.
pub(super) fn place_row(page: PageContext<'_>, place: PlaceId, cells: Vec<Cell>) -> TableRow {
    let mut row = table::row(page.place_name(place), cells);
    row.home = page.home() == Some(place);
    row.country = page.country() == Some(place);
    row
}

/// A dash, with the reason why there is nothing.
pub(super) fn dash(why: &str) -> Cell {
    Cell {
        text: "–".to_owned(),
        missing: Some(why.to_owned()),
        ..Cell::default()
    }
}

/// A place's cell among those of other places: that of the report's own place is marked.
pub(super) fn place_cell(page: PageContext<'_>, place: PlaceId, cell: Cell) -> Cell {
    Cell {
        home: page.home() == Some(place),
        ..cell
    }
}
