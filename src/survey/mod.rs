//! Responses → results: counts, orders, themes, and how far they may be shown.
//!
//! Takes the site's consultations, the answers to them and the day; gives [`Results`] in which everything that must not
//! be shown is gone already. Nothing above this module sees a response. Pure arithmetic: no words.

pub mod disclosure;
mod results;
mod state;

pub use results::{
    Base, BodyAnswers, BodyRow, Breakdown, Cell, Coded, CodedQuestion, Count, Detail, Direction, Meeting,
    QuestionResult, QuotedBy, RankedItem, Ranking, Results, ShownQuote, Spread, Tally, Withheld, agreed,
};
pub use state::{State, next_change, state};

use crate::finding::Log;
use crate::model::{Answers, Site};
use jiff::civil::Date;

/// The results of every consultation that has answers, as far as they may be shown on this day.
#[must_use]
pub fn all(site: &Site, answers: &[Answers], today: Date, log: &Log) -> Vec<Results> {
    let _ = (site, answers, today, log);
    Vec::new()
}
