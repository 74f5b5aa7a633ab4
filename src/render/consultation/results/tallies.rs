//! Tables of counts: a row an answer, or a row a statement with a column an answer.
//!
//! Takes tallies and the names of what was chosen; gives tables of exactly the numbers that may be shown.

use crate::model::{Item, Question, QuestionKind};
use crate::page::table;
use crate::page::view::{Cell, Fold, Table};
use crate::render::consultation::results::account::{Account, counts, share, stopped};
use crate::survey::{Breakdown, Count, Tally};

/// The answers that a question's tallies count, in their order.
pub(super) fn answers(account: Account<'_>, question: &Question) -> Vec<String> {
    match &question.kind {
        QuestionKind::Direction { .. } => ["up", "same", "down"].map(|way| account.word(way).to_owned()).to_vec(),
        kind => kind
            .options()
            .iter()
            .map(|item| account.text(&item.text).to_owned())
            .collect(),
    }
}

/// Every answer with its number, those outside the question last.
pub(super) fn by_answer(account: Account<'_>, question: &Question, tally: &Tally, names: &[String]) -> Table {
    let counted = names.iter().cloned().zip(tally.options.iter().copied());
    let other = tally.other.map(|count| (account.word("other").to_owned(), count));
    let row = |(name, count): (String, Count)| table::row(name, vec![account.shared_cell(count, tally.n)]);
    let mut rows: Vec<_> = counted.chain(other).map(row).collect();
    let plain = |(name, count): (String, Count)| table::row(name, vec![account.cell(count)]);
    rows.extend(account.outside(question, tally).into_iter().map(plain));
    rows.push(table::row(account.word("n"), vec![account.cell(tally.n)]));
    let columns = vec![
        table::texts(account.word("column.answer")),
        counts(account.word("column.count")),
    ];
    account.table(account.text(&question.short), columns, rows)
}

/// A row a statement (or a group), a column an answer.
pub(super) fn by_row(
    account: Account<'_>,
    question: &Question,
    (caption, first): (&str, &str),
    rows: &[(String, &Tally)],
) -> Table {
    let mut columns = vec![table::texts(first)];
    columns.extend(answers(account, question).into_iter().map(counts));
    let has = |it: fn(&Tally) -> Option<Count>| rows.iter().any(|(_, tally)| it(tally).is_some());
    let (other, no_opinion) = (has(|tally| tally.other), has(|tally| tally.no_opinion));
    let titles = [
        other.then(|| account.word("other").to_owned()),
        no_opinion.then(|| account.no_opinion(question)),
        Some(account.word("unanswered").to_owned()),
        Some(account.word("n").to_owned()),
    ];
    columns.extend(titles.into_iter().flatten().map(counts));
    let row = |(name, tally): &(String, &Tally)| {
        let mut cells: Vec<Cell> = tally
            .options
            .iter()
            .map(|count| account.shared_cell(*count, tally.n))
            .collect();
        let none = || Cell {
            text: "–".to_owned(),
            ..Cell::default()
        };
        let mut optional = |there: bool, count: Option<Count>| {
            if there {
                cells.push(count.map_or_else(none, |count| account.cell(count)));
            }
        };
        optional(other, tally.other);
        optional(no_opinion, tally.no_opinion);
        optional(true, Some(tally.unanswered));
        optional(true, Some(tally.n));
        table::row(name.clone(), cells)
    };
    account.table(caption, columns, rows.iter().map(row).collect())
}

/// The same question among those who chose each option of another: a table a row of the question.
pub(super) fn breakdown(
    account: Account<'_>,
    question: &Question,
    items: &[Item],
    breakdown: &Breakdown,
) -> Option<Fold> {
    let (_, by) = account.consultation.questionnaire.question(&breakdown.by)?;
    let title = account.fill("by", &[("question", account.text(&by.short))]);
    let groups = by.kind.options();
    let table = |at: usize, caption: &str| {
        let tally = |group: &'_ Vec<Tally>| group.get(at).cloned();
        let rows: Vec<(String, Tally)> = groups
            .iter()
            .zip(&breakdown.groups)
            .filter_map(|(item, group)| Some((account.short(item), tally(group)?)))
            .collect();
        let rows: Vec<(String, &Tally)> = rows.iter().map(|(name, tally)| (name.clone(), tally)).collect();
        by_row(account, question, (caption, account.text(&by.short)), &rows)
    };
    let short = account.text(&question.short);
    let tables = if items.is_empty() {
        vec![table(0, &format!("{} {title}", stopped(short)))]
    } else {
        let named = |(at, item): (usize, &Item)| table(at, &format!("{} {title}", stopped(&account.short(item))));
        items.iter().enumerate().map(named).collect()
    };
    Some(Fold {
        title,
        texts: Vec::new(),
        tables,
    })
}

/// Shares by how many live where the bodies answer; apart from the counts, and said to be another view.
pub(super) fn weighted(account: Account<'_>, question: &Question, rows: &[(String, &Tally)]) -> Option<Fold> {
    let of_rows: Vec<(&String, &Tally, &Vec<f64>)> = rows
        .iter()
        .filter_map(|(name, tally)| Some((name, *tally, tally.weighted.as_ref()?)))
        .collect();
    if of_rows.is_empty() {
        return None;
    }
    let names = answers(account, question);
    let mut columns = vec![table::texts(account.word("column.answer"))];
    let title = account.word("weighted.title");
    for (name, ..) in &of_rows {
        let said = if name.is_empty() {
            account.word("weighted.column").to_owned()
        } else {
            (*name).clone()
        };
        columns.push(counts(said));
    }
    let cell = |weights: &[f64], at: usize| match weights.get(at) {
        Some(weight) => Cell {
            text: account.percent(*weight),
            sort: Some(format!("{weight:.4}")),
            ..Cell::default()
        },
        None => account.hidden(),
    };
    let row = |(at, name): (usize, &String)| {
        table::row(
            name.clone(),
            of_rows.iter().map(|(_, _, weights)| cell(weights, at)).collect(),
        )
    };
    let rows = names.iter().enumerate().map(row).collect();
    let caption = format!("{} {title}", stopped(account.text(&question.short)));
    let table = account.table(&caption, columns, rows);
    Some(Fold {
        title: title.to_owned(),
        texts: vec![account.word("weighted.explained").to_owned()],
        tables: vec![table],
    })
}

/// Everything a tally says, in one sentence: `I hög grad: 5, Vet ej: 1`.
pub(super) fn sentence(account: Account<'_>, question: &Question, tally: &Tally, names: &[String]) -> String {
    let counted = names.iter().cloned().zip(tally.options.iter().copied());
    let other = tally.other.map(|count| (account.word("other").to_owned(), count));
    let said = |(name, count): (String, Count)| {
        let hidden = count.shown().is_none().then(|| account.word("hidden").to_owned());
        let known = count.shown().zip(tally.n.shown());
        let share = known
            .and_then(|(number, base)| share(number, base))
            .map(|share| account.percent(share));
        let number = hidden.unwrap_or_else(|| account.count(count));
        format!(
            "{name}: {number}{}",
            share.map_or(String::new(), |share| format!(" ({share})"))
        )
    };
    let outside = account.outside(question, tally).into_iter().map(|(name, count)| {
        let number = if count.shown().is_some() {
            account.count(count)
        } else {
            account.word("hidden").to_owned()
        };
        format!("{name}: {number}")
    });
    let all: Vec<String> = counted.chain(other).map(said).chain(outside).collect();
    format!("{}.", all.join(", "))
}
