//! Body by body: a row a body, a column a question or an item, a sign and a word in each cell.
//!
//! Takes the rows that may be shown; gives tables, each with its file. Bodies that have not answered stay as rows. Questions
//! with one answer share a table; one with many items has its own.

use crate::download::csv_file;
use crate::model::{Item, Question, QuestionKind};
use crate::page::locale::alphabetical;
use crate::page::table;
use crate::page::view::{Cell, Column, Link, Table, TableRow};
use crate::render::consultation::results::account::{Account, stopped};
use crate::survey::{BodyAnswer, BodyRow};
use serde::Serialize;

/// One table and its file.
#[derive(Serialize)]
pub(super) struct MatrixView {
    id: String,
    title: String,
    table: Table,
    downloads: Vec<Link>,
}

/// All tables; none where bodies are not shown one by one.
pub(super) fn view(account: Account<'_>) -> Vec<MatrixView> {
    let Some(rows) = account.results.matrix.as_ref() else {
        return Vec::new();
    };
    let mut rows: Vec<(String, &BodyRow)> = rows.iter().map(|row| (account.body(&row.body), row)).collect();
    rows.sort_by_key(|(name, _)| alphabetical(name));
    let questions: Vec<(usize, &Question)> = account.consultation.questionnaire.questions().enumerate().collect();
    let single: Vec<(usize, &Question)> = questions
        .iter()
        .copied()
        .filter(|(_, question)| question.kind.rows().is_empty() && !matches!(question.kind, QuestionKind::Text { .. }))
        .collect();
    let mut all = Vec::new();
    if !single.is_empty() {
        let mut columns = vec![table::texts(account.word("who.column.body"))];
        columns.extend(
            single
                .iter()
                .map(|(_, question)| table::texts(account.text(&question.short))),
        );
        let cells = |row: &BodyRow| -> Vec<Cell> {
            single
                .iter()
                .map(|(at, question)| cell(account, question, answer(row, *at)))
                .collect()
        };
        all.push(finished(
            account,
            "matris",
            account.word("matrix.single"),
            columns,
            &rows,
            cells,
            None,
        ));
    }
    for (at, question) in questions
        .iter()
        .copied()
        .filter(|(_, question)| !question.kind.rows().is_empty())
    {
        let items = question.kind.rows();
        let mut columns = vec![table::texts(account.word("who.column.body"))];
        columns.extend(items.iter().map(|item| table::texts(account.short(item))));
        let cells = |row: &BodyRow| -> Vec<Cell> {
            let given = answer(row, at);
            (0..items.len())
                .map(|item| of_item(account, question, given, item))
                .collect()
        };
        let name = format!("matris-{}", question.id);
        let sums = sums(account, question, at);
        all.push(finished(
            account,
            &name,
            account.text(&question.short),
            columns,
            &rows,
            cells,
            sums,
        ));
    }
    all
}

fn finished(
    account: Account<'_>,
    name: &str,
    title: &str,
    columns: Vec<Column>,
    rows: &[(String, &BodyRow)],
    cells: impl Fn(&BodyRow) -> Vec<Cell>,
    sums: Option<TableRow>,
) -> MatrixView {
    let page = account.page;
    let width = columns.len() - 1;
    let row = |(name, row): &(String, &BodyRow)| {
        let none = || {
            vec![
                Cell {
                    text: account.word("not_yet").to_owned(),
                    ..Cell::default()
                };
                width
            ]
        };
        table::row(name.clone(), if row.response.is_some() { cells(row) } else { none() })
    };
    let rows = rows.iter().map(row).chain(sums).collect();
    let id = page.files.id(name);
    let caption = account.fill("matrix.caption", &[("question", &stopped(title))]);
    let table = Table {
        id: format!("{id}-tabell"),
        ..table::table(caption.clone(), columns, rows)
    };
    let stem = format!("{}-{id}", page.route().trim_end_matches(".html").replace('/', "-"));
    let text = csv_file::table(&caption, "", &table, &account.source().plain);
    let downloads = vec![page.offer("CSV", &format!("assets/tabeller/{stem}.csv"), text)];
    MatrixView {
        id,
        title: title.to_owned(),
        table,
        downloads,
    }
}

/// What a body has answered to the question at this position.
fn answer(row: &BodyRow, at: usize) -> &BodyAnswer {
    row.response
        .as_ref()
        .and_then(|response| response.cells.get(at))
        .unwrap_or(&BodyAnswer::Unanswered)
}

/// An answer to a question with one, in words.
fn cell(account: Account<'_>, question: &Question, answer: &BodyAnswer) -> Cell {
    let names = |chosen: &[u16], items: &[Item]| {
        let known = chosen.iter().filter_map(|at| items.get(usize::from(*at)));
        known.map(|item| account.short(item)).collect::<Vec<_>>().join("; ")
    };
    let text = match answer {
        BodyAnswer::Unanswered => unanswered(account),
        BodyAnswer::Words => account.word("matrix.words").to_owned(),
        BodyAnswer::NoOpinion => account.no_opinion(question),
        BodyAnswer::Other => account.word("other").to_owned(),
        BodyAnswer::Options(chosen) => names(chosen, question.kind.options()),
        BodyAnswer::OptionsAndOther(chosen) => {
            format!("{}; {}", names(chosen, question.kind.options()), account.word("other"))
        }
        BodyAnswer::Numbers(numbers) => match numbers.as_slice() {
            [number] => return account.decimal(Some(*number)),
            _ => String::new(),
        },
        BodyAnswer::Rows(_) | BodyAnswer::Ranks(_) => String::new(),
    };
    Cell {
        text,
        ..Cell::default()
    }
}

/// What was answered about one item of a question with many.
fn of_item(account: Account<'_>, question: &Question, answer: &BodyAnswer, item: usize) -> Cell {
    let text = match answer {
        BodyAnswer::Rows(rows) => {
            let given = rows.get(item).unwrap_or(&BodyAnswer::Unanswered);
            match (&question.kind, given) {
                (QuestionKind::Direction { .. }, BodyAnswer::Options(way)) => direction(account, way.first().copied()),
                _ => return cell(account, question, given),
            }
        }
        BodyAnswer::Ranks(ranks) => match ranks.get(item).copied().flatten() {
            Some(rank) => return account.decimal(Some(f64::from(rank))),
            None => account.word("matrix.unranked").to_owned(),
        },
        BodyAnswer::Numbers(points) => {
            return points
                .get(item)
                .map_or_else(Cell::default, |it| account.decimal(Some(*it)));
        }
        _ => return cell(account, question, answer),
    };
    Cell {
        text,
        ..Cell::default()
    }
}

fn unanswered(account: Account<'_>) -> String {
    format!("· {}", account.word("unanswered_short"))
}

/// A sign and a word: ▲ up, = as today, ▼ down.
fn direction(account: Account<'_>, way: Option<u16>) -> String {
    match way {
        Some(0) => format!("▲ {}", account.word("up_short")),
        Some(1) => format!("= {}", account.word("same_short")),
        Some(2) => format!("▼ {}", account.word("down_short")),
        _ => unanswered(account),
    }
}

/// Sums of up, as today and down below a question of directions.
fn sums(account: Account<'_>, question: &Question, at: usize) -> Option<TableRow> {
    let result = account
        .results
        .questions
        .get(at)
        .filter(|result| result.question == question.id)?;
    let crate::survey::Detail::Directions(directions) = &result.detail else {
        return None;
    };
    let sum = |direction: &crate::survey::Direction| {
        let counts = direction.tally.options.iter().zip(["▲", "=", "▼"]);
        let text = counts
            .map(|(count, sign)| format!("{sign} {}", account.count(*count)))
            .collect::<Vec<_>>();
        Cell {
            text: text.join(", "),
            ..Cell::default()
        }
    };
    let mut row = table::row(account.word("matrix.sum"), directions.iter().map(sum).collect());
    row.country = true;
    Some(row)
}
