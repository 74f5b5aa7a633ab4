//! A question's results: what was asked, how many answered, the message, the picture, the tables.
//!
//! Takes a question and its result; gives a view that stands alone, on the page of results and in narrative alike.

use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Chart, Fold};
use crate::render::consultation::results::account::Account;
use crate::render::consultation::results::summary::Summary;
use crate::render::consultation::results::{choices, degrees, directions, orders, spreads, tallies};
use crate::survey::{Detail, QuestionResult};
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

/// The view of a question, which stands at `at` in the questionnaire.
fn question(
    account: Account<'_>,
    (at, question): (usize, &Question),
    result: &QuestionResult,
    log: &Log,
) -> QuestionView {
    let mut summary = match (&result.detail, &question.kind) {
        (Detail::Text { answered, unanswered }, _) => Summary {
            base: account.fill(
                "base.text",
                &[
                    ("count", &account.said(*answered)),
                    ("unanswered", &account.said(*unanswered)),
                ],
            ),
            remarks: vec![account.word("text_elsewhere").to_owned()],
            ..Summary::default()
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
        (Detail::Rows(_) | Detail::Withheld, _) => Summary {
            base: account.word("withheld.question").to_owned(),
            ..Summary::default()
        },
    };
    let broken = result.breakdowns.iter();
    let folds = broken.filter_map(|one| tallies::breakdown(account, question, question.kind.rows(), one));
    summary.folds.splice(0..0, folds);
    let page = account.page;
    let chapter = Reference::Chapter(account.consultation.id.clone(), Chapter::Questions);
    QuestionView {
        id: page.files.id(&anchor(question)),
        title: account.text(&question.short).to_owned(),
        text: account.text(&question.text).to_owned(),
        href: page.href(&chapter).map(|way| format!("{way}#{}", anchor(question))),
        base: summary.base,
        messages: summary.messages,
        chart: summary.chart,
        remarks: summary.remarks,
        folds: summary.folds,
    }
}

/// A question's anchor, on the page of questions and on that of results.
pub(crate) fn anchor(question: &Question) -> String {
    format!("fraga-{}", question.id)
}
