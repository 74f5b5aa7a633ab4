//! Up, as today, down: what should weigh more, and what less.

use super::account::{Account, counts};
use super::question::{Pictured, Told, rows_subtitle};
use super::tallies;
use crate::chart::{DegreeRow, Shape};
use crate::finding::Log;
use crate::model::{Polarity, Question};
use crate::render::picture::{drawings, tabular};
use crate::render::view::{Cell, Table};
use crate::survey::{Direction, Tally, scale as arithmetic};
use std::cmp::Reverse;

/// An item with what was said of it.
type Judged<'a> = (String, &'a Direction);

/// Every item, the one with the highest net first; of equals the one that fewer want down.
pub(super) fn directions(account: Account<'_>, question: &Question, all: &[Direction], log: &Log) -> Told {
    let items = question.kind.rows().iter();
    let mut judged: Vec<Judged<'_>> = items.map(|item| account.text(&item.text).to_owned()).zip(all).collect();
    let down = |direction: &Direction| direction.tally.options.get(2).and_then(|count| count.shown());
    judged.sort_by_key(|(_, direction)| (Reverse(direction.net), down(direction)));
    let rows: Vec<(String, &Tally)> = judged.iter().map(|(name, it)| (name.clone(), &it.tally)).collect();
    let words = ["down", "same", "up"].map(|way| account.word(way).to_owned());
    let shape = Shape::Degrees {
        points: words.to_vec(),
        zero: Some(1.5),
        rows: judged.iter().map(|one| row(account, one, &words)).collect(),
        columns: vec![
            account.word("net").to_owned(),
            account.no_opinion(question),
            account.word("n_short").to_owned(),
        ],
    };
    let has_bars = matches!(&shape, Shape::Degrees { rows, .. } if rows.iter().any(|row| !row.pieces.is_empty()));
    let names = tallies::answers(account, question);
    let said = judged
        .iter()
        .map(|(name, it)| format!("{name}. {}", tallies::sentence(account, question, &it.tally, &names)));
    let chart = Pictured {
        title: account.title(question, title(account, &judged)),
        subtitle: rows_subtitle(account, all.iter().map(|it| &it.tally)),
        description: said.collect::<Vec<_>>().join(" "),
        drawings: if has_bars {
            drawings(account.standpoint, shape, ("", 0), &question.origin, log)
        } else {
            (None, None)
        },
        table: table(account, question, &judged, &rows),
        notes: vec![account.word("net_explained").to_owned()],
    };
    Told {
        base: account.fill(
            "base.rows",
            &[
                ("total", &account.number(account.results.base.answered)),
                ("noun", &account.noun()),
            ],
        ),
        messages: polarised(account, &judged).into_iter().collect(),
        chart: Some(chart.of(account, question)),
        remarks: Vec::new(),
        folds: tallies::weighted(account, question, &rows).into_iter().collect(),
    }
}

/// A bar with down left of zero, as today across it, up right of it.
fn row(account: Account<'_>, (name, direction): &Judged<'_>, words: &[String; 3]) -> DegreeRow {
    let tally = &direction.tally;
    let lowest_first = Tally {
        options: tally.options.iter().rev().copied().collect(),
        ..tally.clone()
    };
    let pieces = arithmetic::pieces(&lowest_first, Polarity::Bipolar).unwrap_or_default();
    let labels: Vec<String> = lowest_first
        .options
        .iter()
        .map(|count| account.label(*count, tally.n))
        .collect();
    let is_hidden = tally.options.iter().any(|count| count.shown().is_none());
    let no_opinion = tally.no_opinion.map_or(String::new(), |count| account.count(count));
    DegreeRow {
        name: name.clone(),
        missing: pieces
            .is_empty()
            .then(|| account.word(if is_hidden { "hidden" } else { "nobody" }).to_owned()),
        pieces,
        mark_labels: words
            .iter()
            .zip(&labels)
            .map(|(word, label)| format!("{name}. {word}: {label}"))
            .collect(),
        labels,
        beside: vec![net(account, direction), no_opinion, account.count(tally.n)],
    }
}

/// The net as read: signed.
fn net(account: Account<'_>, direction: &Direction) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
    let signed = |net: i64| account.standpoint.voice().format.signed(net as f64, 0);
    direction.net.map_or_else(|| super::account::HIDDEN.to_owned(), signed)
}

fn table(account: Account<'_>, question: &Question, judged: &[Judged<'_>], rows: &[(String, &Tally)]) -> Table {
    let mut table = tallies::by_row(
        account,
        question,
        (account.text(&question.short), account.word("column.item")),
        rows,
    );
    table.columns.push(counts(account.word("net")));
    table.columns.push(tabular::texts(account.word("column.agreement")));
    for (row, (_, direction)) in table.rows.iter_mut().zip(judged) {
        row.cells.push(match direction.net {
            Some(number) => Cell {
                text: net(account, direction),
                sort: Some(number.to_string()),
                ..Cell::default()
            },
            None => account.hidden(),
        });
        let text = if direction.net.is_none() {
            super::account::HIDDEN
        } else {
            account.word(if direction.polarised {
                "polarised"
            } else {
                "not_polarised"
            })
        };
        row.cells.push(Cell {
            text: text.to_owned(),
            ..Cell::default()
        });
    }
    table
}

/// The items with the highest net, when it is above zero and none is hidden.
fn title(account: Account<'_>, judged: &[Judged<'_>]) -> Option<String> {
    if judged.iter().any(|(_, direction)| direction.net.is_none()) {
        return None;
    }
    let highest = judged.first()?.1.net.filter(|net| *net > 0)?;
    let first: Vec<String> = judged
        .iter()
        .take_while(|(_, direction)| direction.net == Some(highest))
        .map(|(name, _)| account.quoted(name))
        .collect();
    let names = account.standpoint.voice().format.list(&first);
    Some(account.fill(
        "net_highest",
        &[("items", &names), ("net", &net(account, judged.first()?.1))],
    ))
}

/// Where many want up and many want down.
fn polarised(account: Account<'_>, judged: &[Judged<'_>]) -> Option<String> {
    let split: Vec<String> = judged
        .iter()
        .filter(|(_, direction)| direction.polarised)
        .map(|(name, _)| account.quoted(name))
        .collect();
    let names = account.standpoint.voice().format.list(&split);
    (!split.is_empty()).then(|| account.fill("polarised_items", &[("items", &names)]))
}
