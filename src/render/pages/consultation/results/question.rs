//! A question's results: what was asked, how many answered, the message, the picture, the tables.
//!
//! Takes a question and its result; gives a view that stands alone, on the page of results and in narrative alike.

use super::account::Account;
use super::{choices, degrees, directions, orders, spreads, tallies};
use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::render::picture::{Drawings, Given};
use crate::render::routes::{Chapter, Reference};
use crate::render::view::{Chart, Fold, Html, Table};
use crate::survey::{Detail, QuestionResult, Tally};
use crate::theme::escape;
use serde::Serialize;

/// A question as shown.
#[derive(Serialize)]
pub(crate) struct QuestionView {
    /// Anchor.
    pub(crate) id: String,
    /// In few words.
    pub(crate) title: String,
    /// As asked.
    pub(crate) text: String,
    /// Where it can be read among the others, and answered while it is open.
    pub(crate) href: Option<String>,
    /// How many answered, have no opinion, did not answer.
    pub(crate) base: String,
    /// What the numbers say, most important first.
    pub(crate) messages: Vec<String>,
    pub(crate) chart: Option<Chart>,
    /// What should be known beside it, and weighs less.
    pub(crate) remarks: Vec<String>,
    /// Further tables, folded.
    pub(crate) folds: Vec<Fold>,
}

impl Account<'_> {
    /// The view of the question at this position; nothing where it has no result.
    pub(crate) fn view(self, at: usize, asked: &Question, log: &Log) -> Option<QuestionView> {
        let result = self
            .results
            .questions
            .iter()
            .find(|result| result.question == asked.id)?;
        Some(question(self, (at, asked), result, log))
    }
}

/// What a kind of question has to tell.
#[derive(Default)]
pub(super) struct Told {
    /// Numbers about the question as a whole.
    pub(super) base: String,
    pub(super) messages: Vec<String>,
    pub(super) chart: Option<Chart>,
    pub(super) remarks: Vec<String>,
    pub(super) folds: Vec<Fold>,
}

/// The view of a question, which stands at `at` in the questionnaire.
fn question(
    account: Account<'_>,
    (at, question): (usize, &Question),
    result: &QuestionResult,
    log: &Log,
) -> QuestionView {
    let mut told = match (&result.detail, &question.kind) {
        (Detail::Text { answered, unanswered }, _) => Told {
            base: account.fill(
                "base.text",
                &[
                    ("count", &account.said(*answered)),
                    ("unanswered", &account.said(*unanswered)),
                ],
            ),
            remarks: vec![account.word("text_elsewhere").to_owned()],
            ..Told::default()
        },
        (Detail::Options(tally), QuestionKind::Scale(scale)) => {
            degrees::scale(account, (at, question), scale, tally, log)
        }
        (Detail::Options(tally), _) => choices::choices(account, (at, question), tally, log),
        (Detail::Rows(tallies), QuestionKind::Grid { rows, scale }) => {
            degrees::grid(account, question, (rows, scale), tallies, log)
        }
        (Detail::Directions(directions), _) => directions::directions(account, question, directions, log),
        (Detail::Ranking(ranking), _) => orders::orders(account, question, ranking, log),
        (Detail::Spreads(spreads), _) => spreads::spreads(account, question, spreads, log),
        (Detail::Rows(_) | Detail::Withheld, _) => Told {
            base: account.word("withheld.question").to_owned(),
            ..Told::default()
        },
    };
    let broken = result.breakdowns.iter();
    let folds = broken.filter_map(|one| tallies::breakdown(account, question, question.kind.rows(), one));
    told.folds.splice(0..0, folds);
    let standpoint = account.standpoint;
    let chapter = Reference::Chapter(account.consultation.id.clone(), Chapter::Questions);
    QuestionView {
        id: standpoint.shelf.id(&anchor(question)),
        title: account.text(&question.short).to_owned(),
        text: account.text(&question.text).to_owned(),
        href: standpoint
            .href(&chapter)
            .map(|way| format!("{way}#{}", anchor(question))),
        base: told.base,
        messages: told.messages,
        chart: told.chart,
        remarks: told.remarks,
        folds: told.folds,
    }
}

/// A question's anchor, on the page of questions and on that of results.
pub(crate) fn anchor(question: &Question) -> String {
    format!("fraga-{}", question.id)
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
pub(super) struct Pictured {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) description: String,
    pub(super) drawings: Drawings,
    pub(super) table: Table,
    pub(super) notes: Vec<String>,
}

impl Pictured {
    /// The chart of a question.
    pub(super) fn of(self, account: Account<'_>, question: &Question) -> Chart {
        self.named(account, &format!("bild-{}", question.id))
    }

    /// The chart under an id of its own.
    pub(super) fn named(self, account: Account<'_>, name: &str) -> Chart {
        let hidden = self
            .table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| cell.text == super::account::HIDDEN);
        let mut notes = self.notes;
        if hidden {
            notes.push(account.word("hidden_note").to_owned());
        }
        let given = Given {
            kind: "answers",
            name: name.to_owned(),
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
        given.set_out(account.standpoint)
    }
}

/// `Antal kommuner, n = 8 av 9`: what pieces are written with, and of how many.
pub(super) fn subtitle(account: Account<'_>, tally: &Tally) -> String {
    let shares = tally.n.shown().is_some_and(|n| n >= super::account::SMALL);
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
    let large = bases.iter().filter(|base| **base >= super::account::SMALL).count();
    let path = match large {
        0 => "subtitle.rows_counts",
        all if all == bases.len() => "subtitle.rows_shares",
        _ => "subtitle.rows_mixed",
    };
    account.fill(path, &[("noun", &account.noun())])
}
