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
    let one = |poll: Poll<'_>| {
        let mut published = whole::published_before(&poll, today);
        published.push(whole::results(&poll, today));
        disclosure::protect_in_order(&mut published, poll.consultation);
        published.pop()
    };
    polls(site, answers).filter_map(one).collect()
}

/// What earlier builds have published of a consultation with persons while it was open, oldest first and without what is
/// shown now; empty for bodies, whose answers are no secret.
#[must_use]
pub fn published_before(site: &Site, answers: &Answers, today: Date) -> Vec<Results> {
    let mut published = Vec::new();
    for poll in polls(site, std::slice::from_ref(answers)) {
        published = whole::published_before(&poll, today);
        disclosure::protect_in_order(&mut published, poll.consultation);
    }
    published
}

fn polls<'a>(site: &'a Site, answers: &'a [Answers]) -> impl Iterator<Item = Poll<'a>> {
    answers.iter().filter_map(|answers| {
        let consultation = site.consultation(&answers.consultation)?;
        Some(Poll::of(site, consultation, answers))
    })
}
