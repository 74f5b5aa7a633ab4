//! Tables that somebody has made: CSV in both dialects, and the sheets of a workbook, long or wide.
//!
//! A table with a column of values has one observation a row; one with periods for headings has a period a column, perhaps
//! with the contents before it (`Folkmängd 2024`), as `PxWeb` writes CSV. Every other column is a dimension, whose use is
//! accounted for when the table becomes a series. [`layout`] tells rows from titles and remarks, [`amounts`] reads values.

mod amounts;
mod layout;

use super::codes::written_period;
use super::fault::{Fault, MOST_CELLS, malformed_at, too_large};
use super::model::{Cell, CellSource, Dialect, Dimension, Facts, Figures, Register, Role, SourceTable, role_by_name};
use crate::finding::{Code, Finding, Log, message};
use crate::import::sheet::{Sheet, is_workbook};
use crate::read::{Decimal, decode, delimiter};
use crate::source::{FilePath, SourceFile};
use amounts::Amounts;
use layout::{Layout, Line};
use std::collections::BTreeMap;

/// Which columns hold what; empty: the one with the data files' own name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableColumns {
    /// The sheet of a workbook; empty: its first that is not hidden.
    pub sheet: String,
    /// Rows above the headings, beside lines with a single cell.
    pub skip: usize,
    /// The column of values; empty: `value`.
    pub value: String,
    /// The column of flags and reasons; empty: `status`.
    pub status: String,
    /// The column of remarks; empty: `note`.
    pub note: String,
    /// Columns that are left out.
    pub ignored: Vec<String>,
    /// The decimal sign of all values; `None`: decided from the values themselves.
    pub decimal: Option<Decimal>,
}

/// The figures in this table; faults of the file itself are added to the log.
///
/// # Errors
/// `None` inside the error once the log has the findings, else the finding.
pub(super) fn read(file: &SourceFile, columns: &TableColumns, log: &Log) -> Result<Figures, Option<Fault>> {
    let separator = if is_workbook(&file.bytes) {
        None
    } else {
        separator(file)
    };
    let sheet = Sheet::open_figures(file, &columns.sheet, separator, log).ok_or(None)?;
    let layout = Layout::read(&sheet, columns.skip, &file.path)?;
    if layout.lines.is_empty() {
        let place = sheet.cell_origin(layout.heading_row, 0);
        let headings = layout.headings.join(", ");
        return Err(Some(malformed_at(place, message::figures_no_rows(), headings)));
    }
    let table = Table::new(&sheet, &layout, columns, &file.path)?;
    let amounts = table.amounts(columns.decimal, log).ok_or(None)?;
    Ok(table.figures(&amounts)?)
}

/// What separates the fields: titles above the headings may have commas of their own, so the line with most decides.
fn separator(file: &SourceFile) -> Option<u8> {
    let text = decode(&file.bytes);
    let counted = text.lines().take(20).map(|line| {
        let separator = delimiter(line);
        (line.bytes().filter(|byte| *byte == separator).count(), separator)
    });
    let most = counted.reduce(|most, next| if next.0 > most.0 { next } else { most });
    most.map(|(_, separator)| separator)
}

/// A column with a period for a heading.
struct PeriodColumn {
    at: usize,
    /// What stands before the period; empty when nothing does.
    contents: String,
    period: String,
}

struct Table<'a> {
    path: &'a FilePath,
    sheet: &'a Sheet,
    layout: &'a Layout,
    value: Option<usize>,
    status: Option<usize>,
    note: Option<usize>,
    /// Empty when there is a column of values.
    periods: Vec<PeriodColumn>,
    /// Columns that are neither of these, and hold something.
    dimensions: Vec<usize>,
}

impl<'a> Table<'a> {
    fn new(
        sheet: &'a Sheet,
        layout: &'a Layout,
        columns: &TableColumns,
        path: &'a FilePath,
    ) -> Result<Self, Option<Fault>> {
        let headings = &layout.headings;
        let heading_place = |at| sheet.cell_origin(layout.heading_row, at);
        let no_column = |name: &str| -> Fault {
            let finding = Finding::new(Code::FiguresChoice, heading_place(0)).with("value", name);
            Box::new(finding.near(name, headings.iter().map(String::as_str)))
        };
        let find = |name: &str| {
            headings
                .iter()
                .position(|heading| heading.to_lowercase() == name.to_lowercase())
        };
        let mut ignored = Vec::new();
        for name in &columns.ignored {
            let at = (0..headings.len()).find(|at| layout.name(*at).to_lowercase() == name.to_lowercase());
            ignored.push(at.ok_or_else(|| no_column(name))?);
        }
        // A column that is to be left out has its usual name by chance.
        let named = |name: &str, usual: &str| match name {
            "" => Ok(find(usual).filter(|at| !ignored.contains(at))),
            name => find(name).map(Some).ok_or_else(|| no_column(name)),
        };
        let (value, status, note) = (
            named(&columns.value, "value")?,
            named(&columns.status, "status")?,
            named(&columns.note, "note")?,
        );
        let mut seen = std::collections::BTreeSet::new();
        let twice = headings
            .iter()
            .enumerate()
            .find(|(_, heading)| !heading.is_empty() && !seen.insert(heading.as_str()));
        if let Some((at, heading)) = twice {
            return Err(Some(malformed_at(
                heading_place(at),
                message::figures_column_twice(),
                heading,
            )));
        }
        let is_free = |at: &usize| ![value, status, note].contains(&Some(*at)) && !ignored.contains(at);
        let free = || (0..headings.len()).filter(is_free);
        let periods: Vec<PeriodColumn> = if value.is_some() {
            Vec::new()
        } else {
            free().filter_map(|at| period_column(&headings[at], at)).collect()
        };
        if value.is_none() && periods.is_empty() {
            let listed = headings.join(", ");
            return Err(Some(malformed_at(
                heading_place(0),
                message::figures_no_values(),
                listed,
            )));
        }
        let is_filled = |at: &usize| layout.lines.iter().any(|line| !line.cell(*at).is_empty());
        let is_period = |at: &usize| periods.iter().any(|period| period.at == *at);
        let dimensions = free().filter(|at| !is_period(at) && is_filled(at)).collect();
        Ok(Self {
            path,
            sheet,
            layout,
            value,
            status,
            note,
            periods,
            dimensions,
        })
    }

    /// Columns with figures.
    fn value_columns(&self) -> Vec<usize> {
        self.value
            .into_iter()
            .chain(self.periods.iter().map(|period| period.at))
            .collect()
    }

    /// The values of all columns with figures, which are one series; `None` after findings.
    fn amounts(&self, decimal: Option<Decimal>, log: &Log) -> Option<Amounts> {
        let columns = self.value_columns();
        let before = log.len();
        for line in &self.layout.lines {
            let surplus = line
                .cells
                .iter()
                .skip(self.layout.headings.len())
                .position(|cell| !cell.is_empty());
            if let Some(surplus) = surplus {
                let expected = self.layout.headings.len();
                let origin = self.sheet.cell_origin(line.number, expected + surplus);
                let finding = Finding::new(Code::TableRagged, origin).with("expected", expected);
                log.add(finding.with("found", line.cells.len()));
            }
        }
        if let Some(line) = self.layout.second_heading(&columns) {
            let origin = self.sheet.cell_origin(line.number, columns[0]);
            let count = columns.iter().filter(|column| !line.cell(**column).is_empty()).count();
            log.add(Finding::new(Code::FiguresHeadingRows, origin).with("count", count));
        }
        if log.len() > before {
            return None;
        }
        Amounts::read(self.sheet, &self.layout.lines, &columns, decimal, log)
    }

    fn figures(&self, amounts: &Amounts) -> Result<Figures, Fault> {
        let is_wide = !self.periods.is_empty();
        let mut registers: Vec<Register> = (0..self.dimensions.len() + if is_wide { 2 } else { 0 })
            .map(|_| Register::default())
            .collect();
        let mut cells = Vec::new();
        for line in &self.layout.lines {
            let mut at: Vec<u32> = self
                .dimensions
                .iter()
                .zip(&mut registers)
                .map(|(column, register)| register.position(line.cell(*column)))
                .collect();
            if let Some(value) = self.value {
                cells.push(self.cell(line, value, at.into(), amounts));
                continue;
            }
            let fixed = at.len();
            at.extend([0, 0]);
            for column in &self.periods {
                at[fixed] = registers[fixed].position(&column.contents);
                at[fixed + 1] = registers[fixed + 1].position(&column.period);
                cells.push(self.cell(line, column.at, at.clone().into(), amounts));
            }
            if cells.len() > MOST_CELLS {
                return Err(too_large(self.path, cells.len()));
            }
        }
        let columns = self.dimensions.iter().map(|at| {
            let role = role_by_name(&self.layout.headings[*at]);
            (self.layout.name(*at), role, Some(*at))
        });
        let added = [
            ("ContentsCode".to_owned(), Role::Measure, None),
            ("period".to_owned(), Role::Time, None),
        ];
        let added = added.into_iter().filter(|_| is_wide);
        let dimensions = columns.chain(added).zip(registers);
        let dimensions = dimensions.map(|((code, role, column), register)| Dimension {
            label: code.clone(),
            code,
            role,
            column,
            categories: register.categories,
        });
        let facts = Facts {
            title: self.layout.title.clone(),
            notes: self.layout.remarks.clone(),
            ..Facts::default()
        };
        Ok(Figures {
            dimensions: dimensions.collect(),
            cells,
            facts,
            dialect: Dialect::Own,
            deleted: 0,
            blank: 0,
            symbols: BTreeMap::new(),
            remarks: self.layout.remarks.len(),
            tables: vec![SourceTable {
                sheet: self.sheet.clone(),
                heading_row: self.layout.heading_row,
            }],
        })
    }

    fn cell(&self, line: &Line, column: usize, at: Box<[u32]>, amounts: &Amounts) -> Cell {
        let number = amounts.number(line, column);
        let beside = self.status.map_or("", |status| line.cell(status));
        // What is no number stands where one belongs: a symbol, to be understood or reported.
        let symbol = if number.is_none() { line.cell(column) } else { "" };
        let statuses = [symbol, beside].into_iter().filter(|text| !text.is_empty());
        Cell {
            at,
            number,
            status: statuses.collect::<Vec<_>>().join("|"),
            note: self.note.map_or("", |note| line.cell(note)).to_owned(),
            members: 1,
            source: Some(CellSource {
                table: 0,
                row: line.number,
                column,
            }),
        }
    }
}

/// The column with this heading, if the heading ends with a period.
fn period_column(heading: &str, at: usize) -> Option<PeriodColumn> {
    let (contents, period) = heading.rsplit_once(char::is_whitespace).unwrap_or(("", heading));
    written_period(period).map(|_| PeriodColumn {
        at,
        contents: contents.trim().to_owned(),
        period: period.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str, log: &Log) -> Option<Figures> {
        let file = SourceFile {
            path: "x.csv".into(),
            bytes: text.as_bytes().into(),
        };
        read(&file, &TableColumns::default(), log).ok()
    }

    fn figures(text: &str) -> Figures {
        read_text(text, &Log::default()).unwrap()
    }

    #[test]
    fn long_tables_have_a_value_a_row() {
        let long = figures("region;år;value\n18;2023;1 234,5\n18;2024;..\n");
        assert_eq!(long.cells[0].number, Some(1234.5));
        assert_eq!((long.cells[1].number, long.cells[1].status.as_str()), (None, ".."));
        assert_eq!(
            long.dimensions
                .iter()
                .map(|dimension| dimension.role)
                .collect::<Vec<_>>(),
            [Role::Place, Role::Time]
        );
    }

    #[test]
    fn wide_tables_have_a_period_a_column() {
        let wide = figures(
            "Folkmängd efter region\n\n\"region\",\"Folkmängd 2023\",\"Folkmängd 2024\"\n\"18 Örebro län\",1,2\n",
        );
        assert_eq!(wide.cells.len(), 2);
        assert_eq!(wide.dimensions[2].categories[1].code, "2024");
        assert_eq!(wide.dimensions[1].categories[0].code, "Folkmängd");
        assert_eq!(wide.facts.title, "Folkmängd efter region");
    }

    #[test]
    fn rows_with_one_cell_are_rows_or_remarks() {
        let table = figures("år;value\n2020;1\n2021;\n;5\n2022;3\n* preliminärt;\n2023;\n");
        assert_eq!(table.cells.len(), 5);
        assert_eq!(
            (table.remarks, table.facts.notes),
            (1, vec!["* preliminärt".to_owned()])
        );
    }

    #[test]
    fn headings_in_two_rows_are_seen() {
        let log = Log::default();
        assert!(read_text("region;2022;;2023;\n;Män;Kvinnor;Män;Kvinnor\n18;1;2;3;4\n", &log).is_none());
        assert_eq!(crate::read::findings(log)[0].code, Code::FiguresHeadingRows);
        let log = Log::default();
        assert!(read_text("region;år;value\n;;antal\n18;2022;1\n", &log).is_none());
        assert!(read_text("region;år;value\n18;2022;..\n18;2023;1\n", &log).is_some());
    }
}
