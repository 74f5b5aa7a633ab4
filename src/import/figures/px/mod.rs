//! PX files: keywords and a matrix of figures, dense or with keys.
//!
//! Takes the bytes of a file in any of its code pages; gives the table in the file's own language. Figures stand row by
//! row, the last heading fastest; symbols stand as dots, quoted or not. The `statement` module knows the syntax, `symbols`
//! what the file says of its symbols.

mod statement;
mod symbols;

use super::codes::written_period;
use super::fault::{Fault, MOST_CELLS, malformed, too_large};
use super::join::{Titles, joined};
use super::model::{Category, Cell, Dialect, Dimension, Facts, Figures, Role, combinations, role_by_name, unravel};
use crate::finding::{Code, Finding, Log, message};
use crate::source::{FilePath, Origin, SourceFile};
use statement::{Data, Document};
use std::collections::BTreeMap;

/// The figures in these files, which are parts of one table.
pub(super) fn read(files: &[SourceFile], log: &Log) -> Result<Figures, Fault> {
    let mut whole: Option<Figures> = None;
    for file in files {
        let part = read_one(file, log)?;
        whole = Some(joined(whole, part, Titles::Agree, &file.path)?);
    }
    whole.ok_or_else(|| malformed(&"".into(), message::figures_none(), ""))
}

fn read_one(file: &SourceFile, log: &Log) -> Result<Figures, Fault> {
    let path = &file.path;
    let text = statement::decode(file)?;
    if text.trim_start().starts_with('<') {
        return Err(Box::new(Finding::new(Code::FiguresPage, Origin::file(path))));
    }
    let document = statement::parse(&text, path)?;
    let stub = document.list("STUB");
    let names: Vec<String> = stub.iter().chain(&document.list("HEADING")).cloned().collect();
    if names.is_empty() {
        return Err(malformed(path, message::figures_no_dimensions(), "STUB"));
    }
    let mut dimensions = Vec::new();
    for name in &names {
        dimensions.push(dimension(&document, name, path)?);
    }
    let sizes: Vec<usize> = dimensions.iter().map(|dimension| dimension.categories.len()).collect();
    let Some(data) = &document.data else {
        return Err(Box::new(Finding::new(Code::FiguresCut, Origin::file(path))));
    };
    let keyed = stub.iter().any(|name| !document.for_part("KEYS", name).is_empty());
    let expected = combinations(path, &sizes);
    let (cells, blank) = if keyed {
        sparse(&document, data, &dimensions, stub.len(), (path, log))?
    } else {
        (dense(data, &sizes, expected?, (path, log))?, 0)
    };
    Ok(Figures {
        facts: facts(&document),
        dimensions,
        cells,
        dialect: Dialect::Office,
        deleted: 0,
        blank,
        symbols: symbols::symbols(&document),
        remarks: 0,
        tables: Vec::new(),
    })
}

/// The file, and where findings about it go.
type Report<'a> = (&'a FilePath, &'a Log);

fn dense(data: &Data<'_>, sizes: &[usize], expected: usize, report: Report<'_>) -> Result<Vec<Cell>, Fault> {
    let mut cells = Vec::new();
    let mut found = 0;
    for token in data.tokens() {
        if found < expected {
            cells.push(cell(token, unravel(found, sizes)));
        }
        found += 1;
    }
    check_size(data, expected, found, report)?;
    Ok(cells)
}

/// Holds the number of figures against the one expected. A file whose last semicolon is missing is whole when all figures
/// are there and a line end shows that the last one is.
fn check_size(data: &Data<'_>, expected: usize, found: usize, (path, log): Report<'_>) -> Result<(), Fault> {
    let is_cut = !data.closed && (found < expected || found == expected && !data.ends_with_space());
    if is_cut {
        return Err(Box::new(Finding::new(Code::FiguresCut, Origin::file(path))));
    }
    if found != expected {
        let finding = Finding::new(Code::FiguresSize, Origin::file(path));
        return Err(Box::new(finding.with("expected", expected).with("found", found)));
    }
    if !data.closed {
        log.add(Finding::new(Code::FiguresUnclosed, Origin::file(path)).with("figures", found));
    }
    Ok(())
}

/// Rows that begin with the codes or names of the stub, and leave out what is nothing.
fn sparse(
    document: &Document,
    data: &Data<'_>,
    dimensions: &[Dimension],
    stub: usize,
    report: Report<'_>,
) -> Result<(Vec<Cell>, usize), Fault> {
    let path = report.0;
    let heads: Vec<usize> = dimensions[stub..]
        .iter()
        .map(|dimension| dimension.categories.len())
        .collect();
    let width = combinations(path, &heads)?;
    let by_code = |dimension: &Dimension| {
        document
            .for_part("KEYS", &dimension.label)
            .first()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("CODES"))
    };
    let keys: Vec<BTreeMap<&str, u32>> = dimensions[..stub]
        .iter()
        .map(|dimension| {
            let is_by_code = |category: &'_ Category| -> bool { by_code(dimension) || category.label.is_empty() };
            let named = dimension.categories.iter().map(|category| {
                if is_by_code(category) {
                    category.code.as_str()
                } else {
                    category.label.as_str()
                }
            });
            named.zip(0..).collect()
        })
        .collect();
    let mut cells = Vec::new();
    let mut tokens = data.tokens();
    let mut rows = 0_usize;
    while let Some(first) = tokens.next() {
        rows += 1;
        let mut at = Vec::new();
        let mut token = Some(first);
        for key in &keys {
            let written = token.unwrap_or_default().trim_matches('"').trim();
            let position = key
                .get(written)
                .ok_or_else(|| malformed(path, message::figures_no_category(), written))?;
            at.push(*position);
            if at.len() < keys.len() {
                token = tokens.next();
            }
        }
        for position in 0..width {
            let Some(token) = tokens.next() else {
                let found = (rows - 1) * width + position;
                return check_size(data, rows * width, found, report).map(|()| (Vec::new(), 0));
            };
            let position_of_cell: Vec<u32> = at.iter().copied().chain(unravel(position, &heads)).collect();
            cells.push(cell(token, position_of_cell.into()));
        }
        if cells.len() > MOST_CELLS {
            return Err(too_large(path, cells.len()));
        }
    }
    check_size(data, cells.len(), cells.len(), report)?;
    let stated = dimensions
        .iter()
        .try_fold(1_usize, |all, dimension| all.checked_mul(dimension.categories.len()));
    let blank = stated.unwrap_or(usize::MAX).saturating_sub(cells.len());
    Ok((cells, blank))
}

fn cell(token: &str, at: Box<[u32]>) -> Cell {
    let (number, status) = super::pxweb::amount(token.trim_matches('"').trim());
    Cell {
        at,
        number,
        status,
        note: String::new(),
        members: 1,
        source: None,
    }
}

fn dimension(document: &Document, name: &str, path: &FilePath) -> Result<Dimension, Fault> {
    let (values, codes) = (document.for_part("VALUES", name), document.for_part("CODES", name));
    let times = document.for_part("TIMEVAL", name);
    let labels = if values.is_empty() { codes.clone() } else { values };
    if labels.is_empty() {
        return Err(malformed(
            path,
            message::figures_no_categories(),
            format!("VALUES(\"{name}\")"),
        ));
    }
    if !codes.is_empty() && codes.len() != labels.len() {
        return Err(malformed(path, message::figures_texts(), format!("CODES(\"{name}\")")));
    }
    let contents = document
        .list("CONTVARIABLE")
        .first()
        .is_some_and(|variable| variable == name);
    let moments = statement::moments(&times);
    if let Some(moments) = &moments {
        check_times(moments, &codes, labels.len(), path)?;
    }
    let codes = match (moments, codes.is_empty()) {
        (Some(moments), _) => moments,
        (None, false) => codes,
        (None, true) => labels.clone(),
    };
    let mut seen = std::collections::BTreeSet::new();
    if let Some(twice) = codes.iter().find(|code| !seen.insert(code.as_str())) {
        return Err(malformed(path, message::figures_category_twice(), twice));
    }
    let mut categories = Vec::new();
    for (code, label) in codes.into_iter().zip(labels) {
        let of_category = |keyword: &str| {
            if contents {
                document.for_part(keyword, &label).join(" ")
            } else {
                String::new()
            }
        };
        let unit = of_category("UNITS");
        let precision = document
            .at("PRECISION", &[name, &label])
            .first()
            .and_then(|text| text.parse().ok());
        categories.push(Category {
            code,
            unit,
            decimals: precision,
            label,
        });
    }
    let role = match role_by_name(name) {
        _ if !times.is_empty() => Role::Time,
        _ if contents => Role::Measure,
        _ if document
            .for_part("VARIABLE-TYPE", name)
            .first()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("G")) =>
        {
            Role::Place
        }
        _ if !document.for_part("MAP", name).is_empty() => Role::Place,
        named => named,
    };
    // The code of a variable is known only to newer files; the name serves where there is none.
    let code = document
        .for_part("VARIABLECODE", name)
        .first()
        .cloned()
        .unwrap_or_else(|| name.to_owned());
    Ok(Dimension {
        column: None,
        code,
        label: name.to_owned(),
        role,
        categories,
    })
}

/// Holds the points in time of a `TIMEVAL` against the categories and those of their codes that are periods; their names
/// are held against them when periods are read.
fn check_times(moments: &[String], codes: &[String], categories: usize, path: &FilePath) -> Result<(), Fault> {
    let is_other = |(moment, code): &(&String, &String)| {
        let [moment, code] = [moment, code].map(|text| written_period(text));
        moment
            .zip(code)
            .is_some_and(|(moment, code)| moment.kind() == code.kind() && moment != code)
    };
    let others: Vec<String> = moments
        .iter()
        .zip(codes)
        .filter(is_other)
        .map(|(moment, code)| format!("{moment} ({code})"))
        .collect();
    if moments.len() == categories && others.is_empty() {
        return Ok(());
    }
    let finding = Finding::new(Code::FiguresTimes, Origin::file(path)).with("count", others.len());
    let codes = if others.is_empty() {
        format!("{} ≠ {categories}", moments.len())
    } else {
        others.join(", ")
    };
    Err(Box::new(finding.with("codes", codes)))
}

fn facts(document: &Document) -> Facts {
    let text = |keyword: &str| document.list(keyword).join(" ");
    // The contents' own, where there is one contents only.
    let somewhere = |keyword: &str| document.anywhere(keyword).into_iter().next().unwrap_or_default();
    let mut notes = Vec::new();
    for keyword in [
        "NOTE",
        "NOTEX",
        "VALUENOTE",
        "VALUENOTEX",
        "CELLNOTE",
        "CELLNOTEX",
        "INFO",
    ] {
        for note in document.anywhere(keyword) {
            // A number sign is how these files write a new line.
            let note = note.replace('#', " ").split_whitespace().collect::<Vec<_>>().join(" ");
            if !note.is_empty() && !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    let title = [text("DESCRIPTION"), text("TITLE"), text("CONTENTS")]
        .into_iter()
        .find(|text| !text.is_empty());
    let decimals = [text("SHOWDECIMALS"), text("DECIMALS")]
        .into_iter()
        .find_map(|text| text.trim().parse().ok());
    let table = [text("TABLEID"), text("MATRIX")]
        .into_iter()
        .find(|text| !text.is_empty());
    Facts {
        table: table.unwrap_or_default(),
        title: title.unwrap_or_default(),
        publisher: text("SOURCE"),
        definition: String::new(),
        updated: somewhere("LAST-UPDATED"),
        next: text("NEXT-UPDATE"),
        licence: text("COPYRIGHT-TEXT"),
        unit: text("UNITS"),
        decimals,
        notes,
    }
}
