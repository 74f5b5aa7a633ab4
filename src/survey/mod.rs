//! Responses → results: counts, orders, themes, and how far they may be shown.
//!
//! Takes the site's consultations, the answers to them and the day; gives [`Results`] in which everything that must not
//! be shown is gone already. Nothing above this module sees a response. Pure arithmetic: no words.

mod alpha;
mod asked;
mod base;
mod batch;
mod coding;
mod direction;
pub mod disclosure;
#[cfg(test)]
mod example;
mod kemeny;
mod matrix;
mod meeting;
mod naming;
mod poll;
mod question;
mod ranking;
mod results;
pub mod scale;
mod spread;
mod state;
mod tally;
mod whole;

pub use batch::batch;
pub use results::{
    Base, BodyAnswers, BodyRow, Breakdown, Cell, Coded, CodedQuestion, Count, Detail, Direction, Meeting,
    QuestionResult, QuotedBy, RankedItem, Ranking, Results, ShownQuote, Spread, Tally, Withheld, agreed,
};
pub use state::{State, next_change, state};

use crate::model::{Answers, Site};
use jiff::civil::Date;
use poll::Poll;

/// The results of every consultation that has answers, as far as they may be shown on this day.
#[must_use]
pub fn all(site: &Site, answers: &[Answers], today: Date) -> Vec<Results> {
    polls(site, answers).map(|poll| whole::results(&poll, today)).collect()
}

/// What earlier builds have published of a consultation with persons while it was open, oldest first and without what is
/// shown now; empty for bodies, whose answers are no secret. For checking that nothing can be read off the differences.
#[must_use]
pub fn published_before(site: &Site, answers: &Answers, today: Date) -> Vec<Results> {
    let polls = polls(site, std::slice::from_ref(answers)).filter(Poll::of_persons);
    polls.flat_map(|poll| whole::published_before(&poll, today)).collect()
}

fn polls<'a>(site: &'a Site, answers: &'a [Answers]) -> impl Iterator<Item = Poll<'a>> {
    answers.iter().filter_map(|answers| {
        let consultation = site.consultation(&answers.consultation)?;
        Some(Poll::of(site, consultation, answers))
    })
}
