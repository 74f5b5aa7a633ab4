//! Disclosure control: nothing published of persons tells of fewer than the consultation's minimum.
//!
//! Takes the results of a consultation, what has been published of it before, and its questionnaire; hides numbers in
//! the results. Bodies are left alone: they answer in their own name. Below, *m* is `publication.minimum`.
//!
//! The rule, as an analyst can tell it:
//!
//! 1. Fewer than m have answered: nothing is shown of what they said.
//! 2. Every number of 1 to m − 1 respondents is hidden; 0 may be shown.
//! 3. Of a group in a breakdown that has fewer than m members everything is hidden, zeros too, and likewise of a group
//!    whose members all gave the same answer while others did not.
//! 4. Further numbers are hidden until nobody can work out a hidden one: given every sum, total and other table, each
//!    could be any of at least m + 1 whole numbers in a row, that is, its interval is at least m wide, and so it could
//!    be m or more.
//! 5. That also holds for what is written nowhere but is left when the groups are taken from everyone, and for how much
//!    a number has grown since an earlier publication.
//! 6. Of the ways to hide enough, one that hides small numbers is chosen, in the same table where that can be done.
//! 7. What cannot be protected is withheld whole: a question, the themes, the channels.
//! 8. Until m new responses have come (or m have gone), what was published before stands.
//! 9. Of a ranking the order is shown of 2m respondents or more, and the counts of first, top three and ranked all or
//!    none; never pairs, Borda points or mean ranks: with three items, how many put A before B less how many put A first
//!    is how many answered C, A, B.
//! 10. Means are shown of m respondents or more, quartiles of 2m, extremes never, and no mean where one respondent
//!     stands for more than half of the sum; quotes have no author; nothing is weighted.
//!
//! What is hidden first (2, 3) is the field's primary suppression (*prickning*), what is hidden for its sake (4, 5) the
//! secondary: see Statistics Sweden's Handbok i statistisk röjandekontroll (2015). The check by intervals and a worked
//! example of it are Appendix B of the project's notes on consultations.
//!
//! **Whole numbers.** An interval found by linear programming may be wider than the one of whole numbers, which would
//! promise too much. So none is trusted: a number counts as protected only when whole-numbered tables have been found,
//! and checked sum by sum, that agree with everything published and lie at least m apart in it.
//!
//! **The smallest choice.** For one number in a two-way table the change found is the cheapest cycle, whose cells are
//! the complement with the least total; with several it is found for one after the other, which is a heuristic.
//!
//! **Earlier publications.** Responses are only added, so an earlier number is at most the later one, and that is used
//! against us. Replaced or withdrawn responses break it: as soon as any number shown has fallen, numbers are taken to be
//! able to fall, and a number that has fallen by 1 to m − 1 is as secret as one that has grown so. Since most answers
//! grow by few between two publications, results of persons that are published while answers come in cost much of the
//! final ones; large batches, or none, are better.
//!
//! **What is no secret.** How many were invited and have answered; how many answers in words are not sorted yet; which
//! order items have; that all who answered said the same, or that the members of the group who chose none of a
//! breakdown's options did.

mod apart;
mod bounds;
mod change;
mod complement;
mod known;
mod place;
mod rule;
mod system;

pub use place::{Part, Place};

use super::{Count, Detail, Results, Withheld};
use crate::model::{Consultation, Respondents};
use complement::{Whole, complement, narrow};
use known::Known;
use std::collections::BTreeSet;
use system::{CellKind, System};

/// The minimum where a consultation of persons names none, which is reported as a fault of its own.
const USUAL: u32 = 5;

/// A number of too few that can be worked out of what is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weak {
    /// Where it stands.
    pub place: Place,
    /// How it can be had.
    pub by: Way,
    /// The least it can be; of growth, negative when it may have fallen.
    pub low: i64,
    /// The most it can be.
    pub high: i64,
}

/// How a number can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is shown.
    Shown,
    /// It is hidden, and sums tell it.
    Sums,
    /// It is written nowhere: those who are in none of a breakdown's groups.
    Rest,
    /// It was hidden in an earlier publication.
    Earlier,
    /// It is the difference from an earlier publication.
    Growth,
}

/// Hides in the results of persons what would tell of too few, given everything that was published before (each as
/// protected in its turn, oldest first).
pub fn protect(results: &mut Results, consultation: &Consultation, earlier: &[Results]) {
    if consultation.respondents == Respondents::Bodies {
        return;
    }
    let minimum = i64::from(consultation.publication.minimum.unwrap_or(USUAL));
    let known = Known::of(consultation);
    if let Some(last) = earlier.last()
        && rule::is_few(
            i64::from(results.base.answered) - i64::from(last.base.answered),
            minimum,
        )
    {
        let interim = results.interim;
        *results = Results {
            interim,
            ..last.clone()
        };
        tell(results, Withheld::Batch);
        return;
    }
    apart::never(results, minimum);
    if i64::from(results.base.answered) < minimum {
        withhold_all(results, minimum);
        return;
    }
    hide(results, &known, minimum, earlier);
    apart::after(results, minimum, earlier);
    // What is still weak is a fault of ours, and must not become the respondents'.
    for weak in audit(results, consultation, earlier) {
        withhold(results, &Whole::of(&weak.place));
    }
    if is_any_hidden(results) {
        tell(results, Withheld::Cells);
    }
}

/// Protects publications one after another, oldest first, each given those before it.
pub fn protect_in_order(publications: &mut [Results], consultation: &Consultation) {
    for at in 0..publications.len() {
        let (before, own) = publications.split_at_mut(at);
        if let Some(own) = own.first_mut() {
            protect(own, consultation, before);
        }
    }
}

/// Every number of too few that somebody can work out of these results and the earlier ones; empty when they are safe.
/// Knows only what readers see.
#[must_use]
pub fn audit(results: &Results, consultation: &Consultation, earlier: &[Results]) -> Vec<Weak> {
    if consultation.respondents == Respondents::Bodies {
        return Vec::new();
    }
    let minimum = i64::from(consultation.publication.minimum.unwrap_or(USUAL));
    let known = Known::of(consultation);
    // Before values are set where none is known: the rule is about what can be seen.
    let seen = System::of(&[results], &known, true);
    let mut found: Vec<Weak> = rule::secret(&seen, minimum)
        .into_iter()
        .map(|cell| &seen.cells[cell])
        .filter(|own| own.shown)
        .filter_map(|own| Some((own.place.clone(), own.value?)))
        .map(|(place, value)| Weak {
            place,
            by: Way::Shown,
            low: value,
            high: value,
        })
        .collect();
    let Some(mut system) = solved(results, &known, earlier) else {
        found.extend(everything(results));
        return found;
    };
    for (cell, low, high) in narrow(&mut system, minimum) {
        let own = &system.cells[cell];
        let by = match own.kind {
            CellKind::Now => Way::Sums,
            CellKind::Earlier => Way::Earlier,
            CellKind::Rest => Way::Rest,
            CellKind::Growth => Way::Growth,
        };
        found.push(Weak {
            place: own.place.clone(),
            by,
            low,
            high,
        });
    }
    found
}

/// Hides counts: too small ones, and those by which they could be had.
fn hide(results: &mut Results, known: &Known, minimum: i64, earlier: &[Results]) {
    let Some(mut system) = solved(results, known, earlier) else {
        withhold_all(results, minimum);
        return;
    };
    rule::hide_few(&mut system, minimum);
    let whole = complement(&mut system, minimum);
    let hidden: BTreeSet<Place> = system
        .cells
        .into_iter()
        .filter(|cell| cell.kind == CellKind::Now && !cell.shown)
        .map(|cell| cell.place)
        .collect();
    place::visit(results, &mut |place, count| {
        if hidden.contains(&place) {
            *count = Count::Hidden;
        }
    });
    for whole in &whole {
        withhold(results, whole);
    }
}

/// The system of all publications with a value in every cell: first as if numbers only grow, then as if they may fall.
fn solved(results: &Results, known: &Known, earlier: &[Results]) -> Option<System> {
    let publications: Vec<&Results> = earlier.iter().chain([results]).collect();
    [true, false].into_iter().find_map(|growing| {
        let mut system = System::of(&publications, known, growing);
        change::complete(&mut system).then_some(system)
    })
}

fn withhold(results: &mut Results, whole: &Whole) {
    match whole {
        Whole::Channels => results.base.channels.clear(),
        Whole::Themes => results.coded = None,
        Whole::Question(id) => {
            for question in results.questions.iter_mut().filter(|own| own.question == *id) {
                question.detail = Detail::Withheld;
                question.breakdowns.clear();
            }
        }
    }
    tell(results, Withheld::Cells);
}

/// Shows nothing but who has answered.
fn withhold_all(results: &mut Results, minimum: i64) {
    for question in &mut results.questions {
        question.detail = Detail::Withheld;
        question.breakdowns.clear();
    }
    results.coded = None;
    results.base.channels.clear();
    tell(
        results,
        if i64::from(results.base.answered) < minimum {
            Withheld::Few
        } else {
            Withheld::Cells
        },
    );
}

fn tell(results: &mut Results, why: Withheld) {
    if !results.withheld.contains(&why) {
        results.withheld.push(why);
    }
}

fn is_any_hidden(results: &Results) -> bool {
    let mut hidden = false;
    place::visit(&mut results.clone(), &mut |_, count| hidden |= *count == Count::Hidden);
    hidden
}

/// All that is hidden, when what is published contradicts itself and nothing can be told of it.
fn everything(results: &Results) -> Vec<Weak> {
    let mut found = Vec::new();
    place::visit(&mut results.clone(), &mut |place, count| {
        if *count == Count::Hidden {
            found.push(Weak {
                place,
                by: Way::Sums,
                low: 0,
                high: 0,
            });
        }
    });
    found
}
