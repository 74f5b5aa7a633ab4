//! The answers body by body: a row a body, a column a question or an item, words in each cell.
//!
//! Takes the rows that may be shown; gives tables, each with its file. Bodies that have not answered stay as rows. Questions
//! with one answer share a table; a question with many items has its own.

use crate::download::csv_file;
use crate::model::{Item, Question, QuestionKind};
use crate::page::locale::alphabetical;
use crate::page::table;
use crate::page::view::{Cell, Column, Link, Table, TableRow};
use crate::render::consultation::results::cells::text_cell;
use crate::render::consultation::results::context::{ResultsContext, as_sentence};
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

/// The views of all tables; none where bodies are not shown one by one.
pub(super) fn view(context: ResultsContext<'_>) -> Vec<MatrixView> {
    let Some(rows) = context.results.matrix.as_ref() else {
        return Vec::new();
    };
    let mut rows: Vec<(String, &BodyRow)> = rows.iter().map(|row| (context.body_name(&row.body), row)).collect();
    rows.sort_by_key(|(name, _)| alphabetical(name));
    let questions: Vec<(usize, &Question)> = context.consultation.questionnaire.questions().enumerate().collect();
    let single: Vec<(usize, &Question)> = questions
        .iter()
        .copied()
        .filter(|(_, question)| question.kind.rows().is_empty() && !matches!(question.kind, QuestionKind::Text { .. }))
        .collect();
    let mut all = Vec::new();
    if !single.is_empty() {
        let mut columns = vec![table::texts(context.word("who.column.body"))];
        columns.extend(
            single
                .iter()
                .map(|(_, question)| table::texts(context.text(&question.short))),
        );
        let cells = |row: &BodyRow| -> Vec<Cell> {
            single
                .iter()
                .map(|(at, question)| cell(context, question, answer(row, *at)))
                .collect()
        };
        all.push(matrix_view(
            context,
            "matris",
            context.word("matrix.single"),
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
        let mut columns = vec![table::texts(context.word("who.column.body"))];
        columns.extend(items.iter().map(|item| table::texts(context.short_name(item))));
        let cells = |row: &BodyRow| -> Vec<Cell> {
            let answer = answer(row, at);
            (0..items.len())
                .map(|item| item_cell(context, question, answer, item))
                .collect()
        };
        let name = format!("matris-{}", question.id);
        let sums = sums(context, question, at);
        all.push(matrix_view(
            context,
            &name,
            context.text(&question.short),
            columns,
            &rows,
            cells,
            sums,
        ));
    }
    all
}

fn matrix_view(
    context: ResultsContext<'_>,
    name: &str,
    title: &str,
    columns: Vec<Column>,
    rows: &[(String, &BodyRow)],
    cells: impl Fn(&BodyRow) -> Vec<Cell>,
    sums: Option<TableRow>,
) -> MatrixView {
    let page = context.page;
    let width = columns.len() - 1;
    let row = |(name, row): &(String, &BodyRow)| {
        let none = || {
            vec![
                Cell {
                    text: context.no_answer().to_owned(),
                    ..Cell::default()
                };
                width
            ]
        };
        table::row(name.clone(), if row.response.is_some() { cells(row) } else { none() })
    };
    let rows = rows.iter().map(row).chain(sums).collect();
    let id = page.files.id(name);
    let caption = context.fill("matrix.caption", &[("question", &as_sentence(title))]);
    let table = Table {
        id: format!("{id}-tabell"),
        ..table::table(caption.clone(), columns, rows)
    };
    let stem = format!("{}-{id}", page.route().trim_end_matches(".html").replace('/', "-"));
    let text = csv_file::table(&caption, "", &table, &context.source_line().plain);
    let downloads = vec![page.offer("CSV", &format!("assets/tabeller/{stem}.csv"), text)];
    MatrixView {
        id,
        title: title.to_owned(),
        table,
        downloads,
    }
}

/// A body's answer to the question at this position.
fn answer(row: &BodyRow, at: usize) -> &BodyAnswer {
    row.response
        .as_ref()
        .and_then(|response| response.cells.get(at))
        .unwrap_or(&BodyAnswer::Unanswered)
}

/// An answer to a question without items, in words.
fn cell(context: ResultsContext<'_>, question: &Question, answer: &BodyAnswer) -> Cell {
    let names = |chosen: &[u16], items: &[Item]| {
        let chosen_items = chosen.iter().filter_map(|at| items.get(usize::from(*at)));
        chosen_items
            .map(|item| context.short_name(item))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let text = match answer {
        BodyAnswer::Unanswered => unanswered(context),
        BodyAnswer::Words => context.word("matrix.words").to_owned(),
        BodyAnswer::NoOpinion => context.no_opinion_label(question),
        BodyAnswer::Other => context.word("other").to_owned(),
        BodyAnswer::Options(chosen) => names(chosen, question.kind.options()),
        BodyAnswer::OptionsAndOther(chosen) => {
            format!("{}; {}", names(chosen, question.kind.options()), context.word("other"))
        }
        BodyAnswer::Numbers(numbers) => match numbers.as_slice() {
            [number] => return context.number_cell(Some(*number)),
            _ => String::new(),
        },
        BodyAnswer::Rows(_) | BodyAnswer::Ranks(_) => String::new(),
    };
    text_cell(text)
}

/// The answer about one item of a question with many, in words.
fn item_cell(context: ResultsContext<'_>, question: &Question, answer: &BodyAnswer, item: usize) -> Cell {
    let text = match answer {
        BodyAnswer::Rows(rows) => {
            let answer = rows.get(item).unwrap_or(&BodyAnswer::Unanswered);
            match (&question.kind, answer) {
                (QuestionKind::Direction { .. }, BodyAnswer::Options(way)) => direction(context, way.first().copied()),
                _ => return cell(context, question, answer),
            }
        }
        BodyAnswer::Ranks(ranks) => match ranks.get(item).copied().flatten() {
            Some(rank) => return context.number_cell(Some(f64::from(rank))),
            None => context.word("matrix.unranked").to_owned(),
        },
        BodyAnswer::Numbers(points) => {
            return points
                .get(item)
                .map_or_else(Cell::default, |number| context.number_cell(Some(*number)));
        }
        _ => return cell(context, question, answer),
    };
    text_cell(text)
}

/// A body's answer to the question at this position in words: one line, or one for each item; empty where there is none.
pub(crate) fn answer_lines(
    context: ResultsContext<'_>,
    (at, question): (usize, &Question),
    row: &BodyRow,
) -> Vec<String> {
    let answer = answer(row, at);
    if matches!(answer, BodyAnswer::Unanswered | BodyAnswer::Words) {
        return Vec::new();
    }
    let items = question.kind.rows();
    if items.is_empty() {
        return vec![cell(context, question, answer).text];
    }
    let line = |(at, item): (usize, &Item)| {
        format!(
            "{}: {}",
            context.short_name(item),
            item_cell(context, question, answer, at).text
        )
    };
    items.iter().enumerate().map(line).collect()
}

fn unanswered(context: ResultsContext<'_>) -> String {
    format!("· {}", context.word("unanswered_short"))
}

/// A direction by sign and word: ▲ up, = as today, ▼ down.
fn direction(context: ResultsContext<'_>, way: Option<u16>) -> String {
    match way {
        Some(0) => format!("▲ {}", context.word("up_short")),
        Some(1) => format!("= {}", context.word("same_short")),
        Some(2) => format!("▼ {}", context.word("down_short")),
        _ => unanswered(context),
    }
}

/// The last row of a question of direction: sums of up, as today and down. `None` for other questions.
fn sums(context: ResultsContext<'_>, question: &Question, at: usize) -> Option<TableRow> {
    let result = context
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
            .map(|(count, sign)| format!("{sign} {}", context.count(*count)))
            .collect::<Vec<_>>();
        text_cell(text.join(", "))
    };
    let mut row = table::row(context.word("matrix.sum"), directions.iter().map(sum).collect());
    row.country = true;
    Some(row)
}
