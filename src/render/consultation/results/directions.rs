//! Questions of direction: up, as today, down for each item.

use crate::chart::{DegreeRow, Shape};
use crate::finding::Log;
use crate::model::{Polarity, Question};
use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::consultation::results::cells::count_column;
use crate::render::consultation::results::context::{HIDDEN, ResultsContext};
use crate::render::consultation::results::summary::{AnswerChart, Summary, lengths, rows_subtitle};
use crate::render::consultation::results::tallies;
use crate::render::figure::drawings;
use crate::survey::scale::{self as arithmetic, Length};
use crate::survey::{Direction, Tally};

/// An item's name with its counts.
type ItemDirection<'a> = (String, &'a Direction);

/// The summary of a question of direction: items by their net, the highest first; of equals the one that fewer want down.
pub(super) fn directions(context: ResultsContext<'_>, question: &Question, all: &[Direction], log: &Log) -> Summary {
    let items = question.kind.rows().iter();
    let mut ranked: Vec<ItemDirection<'_>> = items.map(|item| context.text(&item.text).to_owned()).zip(all).collect();
    ranked.sort_by_key(|(_, direction)| direction.rank());
    let rows: Vec<(String, &Tally)> = ranked
        .iter()
        .map(|(name, direction)| (name.clone(), &direction.tally))
        .collect();
    let words = ["down", "same", "up"].map(|way| context.word(way).to_owned());
    let length = lengths(all.iter().filter_map(|direction| direction.tally.n.shown()));
    let shape = Shape::Degrees {
        points: words.to_vec(),
        zero: Some(1.5),
        rows: ranked.iter().map(|one| row(context, one, &words, length)).collect(),
        columns: [
            Some(context.word("net").to_owned()),
            has_no_opinion(all).then(|| context.no_opinion_label(question)),
            Some(context.word("n_short").to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    let has_bars = matches!(&shape, Shape::Degrees { rows, .. } if rows.iter().any(|row| !row.pieces.is_empty()));
    let names = tallies::answers(context, question);
    let item_sentences = ranked.iter().map(|(name, direction)| {
        let sentence = tallies::sentence(context, question, &direction.tally, &names);
        format!("{name}. {sentence}")
    });
    let chart = AnswerChart {
        title: context.chart_title(question, title(context, &ranked)),
        subtitle: rows_subtitle(context, all.iter().map(|direction| &direction.tally)),
        description: item_sentences.collect::<Vec<_>>().join(" "),
        drawings: if has_bars {
            drawings(context.page, shape, ("", 0), &question.origin, log)
        } else {
            (None, None)
        },
        table: table(context, question, &ranked, &rows),
        notes: vec![context.word("net_explained").to_owned()],
    };
    Summary {
        base: context.fill(
            "base.rows",
            &[
                ("total", &context.number(context.answered())),
                ("noun", &context.noun()),
            ],
        ),
        messages: polarised(context, &ranked).into_iter().collect(),
        chart: Some(chart.for_question(context, question)),
        remarks: Vec::new(),
        folds: tallies::weighted(context, question, &rows).into_iter().collect(),
    }
}

/// A bar with down left of zero, as today across it, and up right of it; or the reason why there is none.
fn row(
    context: ResultsContext<'_>,
    (name, direction): &ItemDirection<'_>,
    words: &[String; 3],
    length: Length,
) -> DegreeRow {
    let tally = &direction.tally;
    let lowest_first = Tally {
        options: tally.options.iter().rev().copied().collect(),
        ..tally.clone()
    };
    let pieces = arithmetic::pieces(&lowest_first, Polarity::Bipolar, length).unwrap_or_default();
    let labels: Vec<String> = lowest_first
        .options
        .iter()
        .map(|count| context.label(*count, tally.n))
        .collect();
    let is_hidden = tally.options.iter().any(|count| count.shown().is_none());
    let no_opinion = tally.no_opinion.map(|count| context.count(count));
    DegreeRow {
        name: name.clone(),
        missing: pieces
            .is_empty()
            .then(|| context.word(if is_hidden { "hidden" } else { "nobody" }).to_owned()),
        pieces,
        mark_labels: words
            .iter()
            .zip(&labels)
            .map(|(word, label)| format!("{name}. {word}: {label}"))
            .collect(),
        labels,
        beside: [Some(net(context, direction)), no_opinion, Some(context.count(tally.n))]
            .into_iter()
            .flatten()
            .collect(),
    }
}

/// Whether having no opinion could be said: a meeting counts hands for the three ways alone.
fn has_no_opinion(all: &[Direction]) -> bool {
    all.iter().any(|direction| direction.tally.no_opinion.is_some())
}

/// The net, signed; the sign of a hidden number where it is hidden.
pub(super) fn net(context: ResultsContext<'_>, direction: &Direction) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
    let signed = |net: i64| context.page.locale.format.signed(net as f64, 0);
    direction.net.map_or_else(|| HIDDEN.to_owned(), signed)
}

fn table(
    context: ResultsContext<'_>,
    question: &Question,
    ranked: &[ItemDirection<'_>],
    rows: &[(String, &Tally)],
) -> Table {
    let mut table = tallies::by_row(
        context,
        question,
        (context.text(&question.short), context.word("column.item")),
        rows,
    );
    table.columns.push(count_column(context.word("net")));
    table.columns.push(table::texts(context.word("column.agreement")));
    for (row, (_, direction)) in table.rows.iter_mut().zip(ranked) {
        row.cells.push(match direction.net {
            Some(number) => Cell {
                text: net(context, direction),
                sort: Some(number.to_string()),
                ..Cell::default()
            },
            None => context.hidden_cell(),
        });
        let text = if direction.net.is_none() {
            HIDDEN
        } else {
            context.word(&format!("agreement.{}", direction.agreement()))
        };
        row.cells.push(Cell {
            text: text.to_owned(),
            ..Cell::default()
        });
    }
    table
}

/// A sentence on the items with the highest net; `None` where it is not above zero, or one is hidden.
fn title(context: ResultsContext<'_>, ranked: &[ItemDirection<'_>]) -> Option<String> {
    if ranked.iter().any(|(_, direction)| direction.net.is_none()) {
        return None;
    }
    let highest = ranked.first()?.1.net.filter(|net| *net > 0)?;
    let leaders: Vec<String> = ranked
        .iter()
        .take_while(|(_, direction)| direction.net == Some(highest))
        .map(|(name, _)| context.quoted(name))
        .collect();
    let names = context.list(&leaders);
    Some(context.fill(
        "net_highest",
        &[("items", &names), ("net", &net(context, ranked.first()?.1))],
    ))
}

/// A sentence on the items that many want up and many want down; `None` where there are none.
fn polarised(context: ResultsContext<'_>, ranked: &[ItemDirection<'_>]) -> Option<String> {
    let split: Vec<String> = ranked
        .iter()
        .filter(|(_, direction)| direction.polarised)
        .map(|(name, _)| context.quoted(name))
        .collect();
    let names = context.list(&split);
    (!split.is_empty()).then(|| context.fill("polarised_items", &[("items", &names)]))
}
