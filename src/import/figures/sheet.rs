//! Tables that somebody has made: CSV in both dialects, and the sheets of a workbook, long or wide.
//!
//! A table with a column of values has one observation a row; one with periods for headings has a period a column, perhaps
//! with the contents before it (`Folkmängd 2024`), as `PxWeb` writes CSV. Every other column is a dimension. Lines with
//! a single cell, above the headings and below the figures, are titles and remarks.

use super::codes::written_period;
use super::{
    Cell, Dialect, Dimension, Facts, Fault, Figures, MOST_CELLS, Register, Role, malformed, role_by_name, too_large,
};
use crate::finding::{Log, message};
use crate::import::sheet::Sheet;
use crate::read::{Decimal, decode, delimiter, number};
use crate::source::SourceFile;

/// Which columns hold what; empty: the one with the data files' own name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The sheet of a workbook; empty: its first.
    pub sheet: String,
    /// Rows above the headings, beside lines with a single cell.
    pub skip: usize,
    /// The column of values; empty: `value`.
    pub value: String,
    /// The column of flags and reasons; empty: `status`.
    pub status: String,
    /// The column of remarks; empty: `note`.
    pub note: String,
}

/// The figures in this table; faults of the file itself are added to the log.
///
/// # Errors
/// `None` inside the error once the log has the finding, else the finding.
pub(super) fn read(file: &SourceFile, columns: &Columns, log: &Log) -> Result<Figures, Option<Fault>> {
    let sheet = Sheet::open_as(file, &columns.sheet, separator(file), log).ok_or(None)?;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    sheet.each(|row| {
        rows.push((
            row.number,
            row.cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        ));
    });
    Ok(Table::of(&rows, columns, sheet.delimiter(), file)?.read()?)
}

/// What separates the fields: titles above the headings may have commas of their own, so the line with most decides.
fn separator(file: &SourceFile) -> Option<u8> {
    let text = decode(&file.bytes);
    let counted = text.lines().take(20).map(|line| {
        let own = delimiter(line);
        (line.bytes().filter(|byte| *byte == own).count(), own)
    });
    counted
        .reduce(|most, own| if own.0 > most.0 { own } else { most })
        .map(|(_, own)| own)
}

struct Table<'a> {
    file: &'a SourceFile,
    header: Vec<String>,
    rows: Vec<&'a (usize, Vec<String>)>,
    notes: Vec<String>,
    value: Option<usize>,
    status: Option<usize>,
    note: Option<usize>,
    /// Columns with periods for headings: column, contents, period.
    periods: Vec<(usize, String, String)>,
    decimals: [Decimal; 2],
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

impl<'a> Table<'a> {
    fn of(
        rows: &'a [(usize, Vec<String>)],
        columns: &Columns,
        delimiter: Option<u8>,
        file: &'a SourceFile,
    ) -> Result<Self, Fault> {
        let mut rest = rows.iter().skip(columns.skip);
        let mut notes: Vec<String> = Vec::new();
        let header = loop {
            let Some((_, cells)) = rest.next() else {
                return Err(malformed(&file.path, message::no_headings(), ""));
            };
            if filled(cells) >= 2 {
                break cells.clone();
            }
            notes.extend(cells.iter().filter(|cell| !cell.is_empty()).cloned());
        };
        let named = |own: &str, usual: &str| {
            let wanted = if own.is_empty() { usual } else { own };
            header
                .iter()
                .position(|heading| heading.to_lowercase() == wanted.to_lowercase())
        };
        for (name, usual) in [
            (&columns.value, "value"),
            (&columns.status, "status"),
            (&columns.note, "note"),
        ] {
            if !name.is_empty() && named(name, usual).is_none() {
                return Err(malformed(&file.path, message::figures_no_column(), name));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = header
            .iter()
            .find(|heading| !heading.is_empty() && !seen.insert(heading.as_str()))
        {
            return Err(malformed(&file.path, message::figures_column_twice(), twice));
        }
        let (value, status, note) = (
            named(&columns.value, "value"),
            named(&columns.status, "status"),
            named(&columns.note, "note"),
        );
        let periods: Vec<(usize, String, String)> = if value.is_some() {
            Vec::new()
        } else {
            let own = header.iter().zip(0..).filter_map(|(heading, at)| {
                let (contents, period) = heading.rsplit_once(char::is_whitespace).unwrap_or(("", heading));
                written_period(period).map(|_| (at, contents.trim().to_owned(), period.to_owned()))
            });
            own.collect()
        };
        if value.is_none() && periods.is_empty() {
            return Err(malformed(&file.path, message::figures_no_values(), header.join(", ")));
        }
        let mut body = Vec::new();
        for row in rest {
            match filled(&row.1) {
                0 => {}
                1 if header.len() > 1 => notes.extend(row.1.iter().filter(|cell| !cell.is_empty()).cloned()),
                _ => body.push(row),
            }
        }
        // With commas between the fields a decimal comma would be a field of its own.
        let decimals = match delimiter {
            Some(b';') => [Decimal::Comma, Decimal::Point],
            Some(b',') => [Decimal::Point, Decimal::Point],
            _ => [Decimal::Point, Decimal::Comma],
        };
        Ok(Self {
            file,
            header,
            rows: body,
            notes,
            value,
            status,
            note,
            periods,
            decimals,
        })
    }

    fn read(&self) -> Result<Figures, Fault> {
        let special = [self.value, self.status, self.note];
        let is_dimension = |at: usize| {
            !special.contains(&Some(at))
                && !self.periods.iter().any(|(own, _, _)| *own == at)
                && self
                    .rows
                    .iter()
                    .any(|row| row.1.get(at).is_some_and(|cell| !cell.is_empty()))
        };
        let columns: Vec<usize> = (0..self.header.len()).filter(|at| is_dimension(*at)).collect();
        let wide = !self.periods.is_empty();
        let mut registers: Vec<Register> = (0..columns.len() + if wide { 2 } else { 0 })
            .map(|_| Register::default())
            .collect();
        let mut cells = Vec::new();
        for (line, row) in &self.rows {
            if row.iter().skip(self.header.len()).any(|cell| !cell.is_empty()) {
                return Err(malformed(&self.file.path, message::figures_fields(), line));
            }
            let text = |at: usize| row.get(at).map_or("", String::as_str);
            let mut at: Vec<u32> = columns
                .iter()
                .zip(&mut registers)
                .map(|(column, own)| own.position(text(*column)))
                .collect();
            let of = |column: Option<usize>| column.map(text).unwrap_or_default();
            if let Some(value) = self.value {
                cells.push(self.cell(text(value), of(self.status), of(self.note), at.into()));
                continue;
            }
            let fixed = at.len();
            at.extend([0, 0]);
            for (column, contents, period) in &self.periods {
                at[fixed] = registers[fixed].position(contents);
                at[fixed + 1] = registers[fixed + 1].position(period);
                cells.push(self.cell(text(*column), of(self.status), of(self.note), at.clone().into()));
            }
            if cells.len() > MOST_CELLS {
                return Err(too_large(&self.file.path, cells.len()));
            }
        }
        let heading = |at: &usize| match self.header[*at].as_str() {
            "" => format!("kolumn {}", at + 1),
            heading => heading.to_owned(),
        };
        let own = columns.iter().map(|at| (heading(at), role_by_name(&self.header[*at])));
        let added = [
            ("ContentsCode".to_owned(), Role::Measure),
            ("period".to_owned(), Role::Time),
        ];
        let added = added.into_iter().filter(|_| wide);
        let dimensions = own.chain(added).zip(registers).map(|((code, role), own)| Dimension {
            label: code.clone(),
            code,
            role,
            categories: own.categories,
        });
        let facts = Facts {
            notes: self.notes.clone(),
            ..Facts::default()
        };
        Ok(Figures {
            dimensions: dimensions.collect(),
            cells,
            facts,
            dialect: Dialect::Own,
            deleted: 0,
            blank: 0,
        })
    }

    fn cell(&self, value: &str, status: &str, note: &str, at: Box<[u32]>) -> Cell {
        let found = self.decimals.iter().find_map(|decimal| number(value, *decimal));
        // What is no number stands where one belongs: a symbol, to be understood or reported.
        let said = [if found.is_none() { value } else { "" }, status];
        let status = said
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("|");
        Cell {
            at,
            number: found,
            status,
            note: note.to_owned(),
            members: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Figures {
        let file = SourceFile {
            path: "x.csv".into(),
            bytes: text.as_bytes().into(),
        };
        read(&file, &Columns::default(), &Log::default()).unwrap()
    }

    #[test]
    fn long_tables_have_a_value_a_row() {
        let own = figures("region;år;value\n18;2023;1 234,5\n18;2024;..\n");
        assert_eq!(own.cells[0].number, Some(1234.5));
        assert_eq!((own.cells[1].number, own.cells[1].status.as_str()), (None, ".."));
        assert_eq!(
            own.dimensions.iter().map(|one| one.role).collect::<Vec<_>>(),
            [Role::Place, Role::Time]
        );
    }

    #[test]
    fn wide_tables_have_a_period_a_column() {
        let own = figures(
            "Folkmängd efter region\n\n\"region\",\"Folkmängd 2023\",\"Folkmängd 2024\"\n\"18 Örebro län\",1,2\n",
        );
        assert_eq!(own.cells.len(), 2);
        assert_eq!(own.dimensions[2].categories[1].code, "2024");
        assert_eq!(own.dimensions[1].categories[0].code, "Folkmängd");
        assert_eq!(own.facts.notes, ["Folkmängd efter region"]);
    }
}
