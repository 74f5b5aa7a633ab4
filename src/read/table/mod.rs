//! CSV files: the long tables of indicators, and the rows of any other table.
//!
//! Takes bytes: UTF-8 or Windows-1252, with or without a byte-order mark, comma with decimal point or semicolon with
//! decimal comma, any line ending. [`rows`] hands over rows with the byte where each begins; [`observations`] makes
//! series of an indicator's table, [`quotes`] looks for quotation marks that make another table of it. Columns whose meaning is not fixed here are left to whoever asks for the rows.

mod columns;
mod observations;
mod quotes;
mod rows;

pub(super) use observations::read;
pub(crate) use quotes::quote_faults;
pub(crate) use rows::{decode, delimiter, field_origin, rows};
