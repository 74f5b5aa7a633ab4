//! Figures as their publishers send them → one neutral table → a site's series.
//!
//! Takes bytes that somebody else has fetched; gives [`Figures`], whatever the format, and from them the rows of a
//! series, the file that says where they come from, and the skeleton of an indicator. Codes become places, periods and
//! sexes only where they are known exactly; everything else is a finding with how many figures it concerns. Sizes that a
//! file states are held against what it brings before anything is set aside for them. `model` is the table; a module a
//! format makes it, and `series` takes it apart.

mod account;
pub mod ask;
mod choice;
mod codes;
mod fault;
mod join;
mod json;
mod jsonstat;
mod kolada;
mod model;
mod names;
mod px;
mod pxweb;
mod question;
pub mod revision;
mod series;
mod skeleton;
mod status;
mod table;
mod target_indicator;
mod written;

pub use account::Account;
pub use choice::{Choice, ChosenRole, parse_where};
pub use fault::Fault;
pub use jsonstat::is_json_stat;
pub use kolada::next_page;
pub use model::{Category, Cell, CellSource, Dialect, Dimension, Facts, Figures, Format, Role};
pub use question::Question;
pub use revision::{Revision, merged, revision};
pub use series::{Mapped, SeriesRow, SiteContext, map};
pub use skeleton::skeleton;
pub use table::TableColumns;
pub use target_indicator::{obstacle, unused};
pub use written::{BREAKDOWN_COLUMN, Exchange, ImportRecord, origin, table};

use crate::finding::Log;
use crate::source::SourceFile;
use join::Titles;

/// Reads the files of one answer: pages, and what describes them. `columns` concerns tables that somebody has made.
/// `None` after a finding: the files are not what the format says, not all there, or not parts of one table.
pub fn read(format: Format, files: &[SourceFile], columns: &TableColumns, log: &Log) -> Option<Figures> {
    if files.is_empty() {
        return None;
    }
    let figures = match format {
        Format::Kolada => kolada::read(files),
        Format::Pxweb => pxweb::read(files),
        Format::JsonStat => jsonstat::read(files, Titles::Agree),
        Format::Px => px::read(files, log),
        Format::Csv | Format::Xlsx => return tables(files, columns, log),
    };
    figures.map_err(|fault| log.add(*fault)).ok()
}

/// Reads answers in JSON-stat to portions of one question, whose titles may name the portion.
pub fn read_portions(files: &[SourceFile], log: &Log) -> Option<Figures> {
    jsonstat::read(files, Titles::Any).map_err(|fault| log.add(*fault)).ok()
}

/// Reads tables that somebody has made.
fn tables(files: &[SourceFile], columns: &TableColumns, log: &Log) -> Option<Figures> {
    let mut whole = None;
    for file in files {
        let part = table::read(file, columns, log)
            .map_err(|fault| fault.map(|fault| log.add(*fault)))
            .ok()?;
        let joint = join::joined(whole, part, Titles::Agree, &file.path);
        whole = Some(joint.map_err(|fault| log.add(*fault)).ok()?);
    }
    whole
}
