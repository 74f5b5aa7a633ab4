//! What the kinds of question have in common in what they tell: base line, messages, chart, remarks, further tables.

use super::account::{Account, HIDDEN, SMALL};
use crate::model::Question;
use crate::page::view::{Chart, Fold, Html, Table};
use crate::render::figure::{Drawings, FinishedChart};
use crate::survey::Tally;
use crate::theme::escape;

/// What is told of a question's answers.
#[derive(Default)]
pub(super) struct Summary {
    /// Numbers about the question as a whole.
    pub(super) base: String,
    pub(super) messages: Vec<String>,
    pub(super) chart: Option<Chart>,
    pub(super) remarks: Vec<String>,
    pub(super) folds: Vec<Fold>,
}

/// The line that every question begins with: how many answered, have no opinion, did not answer.
pub(super) fn base_line(account: Account<'_>, question: &Question, tally: &Tally) -> String {
    let noun = account.noun();
    let (count, total) = (account.said(tally.n), account.number(account.results.base.answered));
    let mut line = account.fill(
        "base.answered",
        &[("count", &count), ("total", &total), ("noun", &noun)],
    );
    for (name, count) in account.outside(question, tally) {
        line.push(' ');
        line.push_str(&account.fill("base.outside", &[("name", &name), ("count", &account.said(count))]));
    }
    line
}

/// A chart of a question's answers.
pub(super) struct AnswerChart {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) description: String,
    pub(super) drawings: Drawings,
    pub(super) table: Table,
    pub(super) notes: Vec<String>,
}

impl AnswerChart {
    /// The chart of a question.
    pub(super) fn of_question(self, account: Account<'_>, question: &Question) -> Chart {
        self.named(account, &format!("bild-{}", question.id))
    }

    /// The chart under an id of its own.
    pub(super) fn named(self, account: Account<'_>, name: &str) -> Chart {
        let hidden = self
            .table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| cell.text == HIDDEN);
        let mut notes = self.notes;
        if hidden {
            notes.push(account.word("hidden_note").to_owned());
        }
        let chart = FinishedChart {
            kind: "answers",
            id: name.to_owned(),
            title: self.title,
            subtitle: self.subtitle,
            description: self.description,
            drawings: self.drawings,
            table: self.table,
            empty: account.word(if hidden { "empty_hidden" } else { "empty" }).to_owned(),
            source: account.source(),
            notes: notes.iter().map(|note| Html(escape(note))).collect(),
            sample: account.consultation.sample,
        };
        chart.into_view(account.page)
    }
}

/// `Antal kommuner, n = 8 av 9`: what pieces are written with, and of how many.
pub(super) fn subtitle(account: Account<'_>, tally: &Tally) -> String {
    let shares = tally.n.shown().is_some_and(|n| n >= SMALL);
    let path = if shares { "subtitle.shares" } else { "subtitle.counts" };
    let answered = account.number(account.results.base.answered);
    account.fill(
        path,
        &[
            ("noun", &account.noun()),
            ("count", &account.said(tally.n)),
            ("total", &answered),
        ],
    )
}

/// The same for several rows: counts, shares, or each where it belongs. A row whose base is hidden has no bar.
pub(super) fn rows_subtitle<'t>(account: Account<'_>, rows: impl Iterator<Item = &'t Tally>) -> String {
    let bases: Vec<u32> = rows.filter_map(|tally| tally.n.shown()).collect();
    let large = bases.iter().filter(|base| **base >= SMALL).count();
    let path = match large {
        0 => "subtitle.rows_counts",
        all if all == bases.len() => "subtitle.rows_shares",
        _ => "subtitle.rows_mixed",
    };
    account.fill(path, &[("noun", &account.noun())])
}
