//! Responses → results: counts, orders, themes, and how far they may be shown.
//!
//! ```text
//! Answers ──count──▶ Counted ──disclosure──▶ Results
//! ```
//!
//! Takes the site's consultations, the answers to them and the day; gives [`Results`], in which everything that must not
//! be shown is gone already. What is counted and not yet protected is [`Counted`], another type, and only [`disclosure`]
//! can turn it into results: nothing above this module sees a response or an unprotected count. Pure arithmetic: no words.

mod alpha;
mod base;
mod basis;
mod batch;
mod coding;
mod count;
mod direction;
pub mod disclosure;
#[cfg(test)]
mod example;
mod kemeny;
mod ledger;
mod matrix;
mod meeting;
mod naming;
mod poll;
mod question;
mod question_history;
mod quote;
mod ranking;
mod recorded;
mod results;
pub mod scale;
mod spread;
mod state;
mod statement;
mod tally;

pub use batch::batch;
pub use disclosure::Results;
pub use ledger::LedgerFault;
pub use naming::agreed;
pub use quote::{QuotedBy, ShownQuote};
pub use results::{
    Base, Basis, BodyAnswer, BodyAnswers, BodyRow, Breakdown, Coded, CodedQuestion, Count, Counted, Detail, Direction,
    Meeting, QuestionResult, RankedItem, Ranking, Spread, Tally, Withheld,
};
pub use state::{State, changes, state};
pub use statement::{AttachedDocument, Statement, has_statements, statements};

use crate::model::{Answers, Site};
use jiff::civil::Date;
use poll::Poll;

/// The results of a consultation, and what must be remembered of them.
#[derive(Debug)]
pub struct Published {
    /// What may be shown.
    pub results: Results,
    /// The line to add to the ledger when this goes out; `None`: it has gone out before.
    pub line: Option<String>,
    /// Why the ledger cannot be relied on, so that nothing is shown.
    pub fault: Option<LedgerFault>,
}

/// The results of every consultation that has answers, as far as they may be shown on this day, given what is recorded of
/// what has been shown before.
#[must_use]
pub fn all(site: &Site, answers: &[Answers], today: Date) -> Vec<Published> {
    let results = |answers: &Answers| {
        let consultation = site.consultation(&answers.consultation)?;
        let poll = Poll::new(site, consultation, answers);
        let counted = count::count(&poll, today);
        let mut ledger = match ledger::read(consultation, answers) {
            Ok(ledger) => ledger,
            Err(fault) => return Some(ledger::unreliable(counted, fault)),
        };
        if ledger.is_empty() {
            // Batches before this one may have gone out where nobody wrote them down.
            for earlier in count::count_earlier(&poll, today) {
                ledger.assume(earlier, &poll);
            }
        }
        let release = ledger.next(counted, &poll);
        let mut published = ledger.record(release, consultation, today);
        if !count::is_unpublished(&poll, today) {
            published.results = published.results.with_open_meetings(meeting::open_meetings(&poll));
        }
        Some(published)
    };
    answers.iter().filter_map(results).collect()
}
