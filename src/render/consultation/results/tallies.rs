//! Tables and sentences of counts: a row an answer, or a row a statement with a column an answer.

use crate::model::{Item, Question, QuestionKind};
use crate::page::table;
use crate::page::view::{Cell, Fold, Table};
use crate::render::consultation::results::cells::{count_column, text_cell};
use crate::render::consultation::results::context::{ResultsContext, as_sentence, share};
use crate::survey::{Breakdown, Count, Tally};

/// Labels of the answers that a question's tallies count, in their order.
pub(super) fn answers(context: ResultsContext<'_>, question: &Question) -> Vec<String> {
    match &question.kind {
        QuestionKind::Direction { .. } => ["up", "same", "down"].map(|way| context.word(way).to_owned()).to_vec(),
        kind => kind
            .options()
            .iter()
            .map(|item| context.text(&item.text).to_owned())
            .collect(),
    }
}

/// A row an answer, with its number; last those who chose none of the options, and all.
pub(super) fn by_answer(context: ResultsContext<'_>, question: &Question, tally: &Tally, names: &[String]) -> Table {
    let options = names.iter().cloned().zip(tally.options.iter().copied());
    let other = tally.other.map(|count| (context.word("other").to_owned(), count));
    let row = |(name, count): (String, Count)| table::row(name, vec![context.count_and_share_cell(count, tally.n)]);
    let mut rows: Vec<_> = options.chain(other).map(row).collect();
    let row_without_share = |(name, count): (String, Count)| table::row(name, vec![context.count_cell(count)]);
    rows.extend(
        context
            .counts_outside_options(question, tally)
            .into_iter()
            .map(row_without_share),
    );
    rows.push(table::row(
        context.word_of_respondents("n"),
        vec![context.count_cell(tally.n)],
    ));
    let columns = vec![
        table::texts(context.word("column.answer")),
        count_column(context.word("column.count")),
    ];
    context.table(context.text(&question.short), columns, rows)
}

/// A row a statement (or a group), a column an answer.
pub(super) fn by_row(
    context: ResultsContext<'_>,
    question: &Question,
    (caption, first): (&str, &str),
    rows: &[(String, &Tally)],
) -> Table {
    let mut columns = vec![table::texts(first)];
    columns.extend(answers(context, question).into_iter().map(count_column));
    let has = |count: fn(&Tally) -> Option<Count>| rows.iter().any(|(_, tally)| count(tally).is_some());
    let (has_other, has_no_opinion) = (has(|tally| tally.other), has(|tally| tally.no_opinion));
    let titles = [
        has_other.then(|| context.word("other").to_owned()),
        has_no_opinion.then(|| context.no_opinion_label(question)),
        Some(context.word_of_respondents("unanswered").to_owned()),
        Some(context.word_of_respondents("n").to_owned()),
    ];
    columns.extend(titles.into_iter().flatten().map(count_column));
    let row = |(name, tally): &(String, &Tally)| {
        let mut cells: Vec<Cell> = tally
            .options
            .iter()
            .map(|count| context.count_and_share_cell(*count, tally.n))
            .collect();
        let optional_cell =
            |count: Option<Count>| count.map_or_else(|| text_cell("–"), |count| context.count_cell(count));
        if has_other {
            cells.push(optional_cell(tally.other));
        }
        if has_no_opinion {
            cells.push(optional_cell(tally.no_opinion));
        }
        cells.extend([tally.unanswered, tally.n].map(|count| context.count_cell(count)));
        table::row(name.clone(), cells)
    };
    context.table(caption, columns, rows.iter().map(row).collect())
}

/// A cross-tabulation: the question's answers among those who chose each option of another; a table a row of the question.
pub(super) fn breakdown(
    context: ResultsContext<'_>,
    question: &Question,
    items: &[Item],
    breakdown: &Breakdown,
) -> Option<Fold> {
    let (_, by) = context.consultation.questionnaire.question(&breakdown.by)?;
    let title = context.fill("by", &[("question", context.text(&by.short))]);
    let groups = by.kind.options();
    let table = |at: usize, caption: &str| {
        let tally = |group: &'_ Vec<Tally>| group.get(at).cloned();
        let rows: Vec<(String, Tally)> = groups
            .iter()
            .zip(&breakdown.groups)
            .filter_map(|(item, group)| Some((context.short_name(item), tally(group)?)))
            .collect();
        let rows: Vec<(String, &Tally)> = rows.iter().map(|(name, tally)| (name.clone(), tally)).collect();
        by_row(context, question, (caption, context.text(&by.short)), &rows)
    };
    let short = context.text(&question.short);
    let tables = if items.is_empty() {
        vec![table(0, &format!("{} {title}", as_sentence(short)))]
    } else {
        let item_table =
            |(at, item): (usize, &Item)| table(at, &format!("{} {title}", as_sentence(&context.short_name(item))));
        items.iter().enumerate().map(item_table).collect()
    };
    Some(Fold {
        title,
        texts: Vec::new(),
        tables,
    })
}

/// Shares weighted by the population of the bodies that answered; apart from the counts, of which they are another view. `None`
/// without weights.
pub(super) fn weighted(context: ResultsContext<'_>, question: &Question, rows: &[(String, &Tally)]) -> Option<Fold> {
    let weighted_rows: Vec<(&String, &Vec<f64>)> = rows
        .iter()
        .filter_map(|(name, tally)| Some((name, tally.weighted.as_ref()?)))
        .collect();
    if weighted_rows.is_empty() {
        return None;
    }
    let names = answers(context, question);
    let mut columns = vec![table::texts(context.word("column.answer"))];
    let title = context.word("weighted.title");
    for (name, _) in &weighted_rows {
        let heading = if name.is_empty() {
            context.word("weighted.column").to_owned()
        } else {
            (*name).clone()
        };
        columns.push(count_column(heading));
    }
    let cell = |weights: &[f64], at: usize| match weights.get(at) {
        Some(weight) => Cell {
            text: context.percent(*weight),
            sort: Some(format!("{weight:.4}")),
            ..Cell::default()
        },
        None => context.hidden_cell(),
    };
    let row = |(at, name): (usize, &String)| {
        table::row(
            name.clone(),
            weighted_rows.iter().map(|(_, weights)| cell(weights, at)).collect(),
        )
    };
    let rows = names.iter().enumerate().map(row).collect();
    let caption = format!("{} {title}", as_sentence(context.text(&question.short)));
    let table = context.table(&caption, columns, rows);
    Some(Fold {
        title: title.to_owned(),
        texts: vec![context.word("weighted.explained").to_owned()],
        tables: vec![table],
    })
}

/// All numbers of a tally in one sentence: `I hög grad: 5, Vet ej: 1`.
pub(super) fn sentence(context: ResultsContext<'_>, question: &Question, tally: &Tally, names: &[String]) -> String {
    let options = names.iter().cloned().zip(tally.options.iter().copied());
    let other = tally.other.map(|count| (context.word("other").to_owned(), count));
    let count_text = |count: Count| {
        if count.shown().is_some() {
            context.count(count)
        } else {
            context.word("hidden").to_owned()
        }
    };
    let option_text = |(name, count): (String, Count)| {
        let share = count
            .shown()
            .zip(tally.n.shown())
            .and_then(|(number, base)| share(number, base))
            .map_or(String::new(), |share| format!(" ({})", context.percent(share)));
        format!("{name}: {}{share}", count_text(count))
    };
    let outside = context.counts_outside_options(question, tally);
    let outside_texts = outside
        .into_iter()
        .map(|(name, count)| format!("{name}: {}", count_text(count)));
    let texts: Vec<String> = options.chain(other).map(option_text).chain(outside_texts).collect();
    format!("{}.", texts.join(", "))
}
