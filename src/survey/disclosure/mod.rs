//! Disclosure control: nothing published of persons tells of fewer than the consultation's minimum.
//!
//! Takes what has been counted of a consultation, what has been published of it before, and its questionnaire; hides
//! numbers, and gives [`Results`], which nothing else can make. Bodies answer in their own name; of those that want
//! none, see `unnamed_bodies`.
//! Below, *m* is `publication.minimum`.
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
//! 8. Until m respondents have come, gone or changed, what was published before stands.
//! 9. Of a ranking the order is shown of 2m respondents or more, and the counts of first, top three and ranked all or
//!    none; never pairs, Borda points or mean ranks: with three items, how many put A before B less how many put A first
//!    is how many answered C, A, B.
//! 10. Means are shown of m respondents or more, the median of 2m, quartiles of 4m, extremes never, and no mean where one
//!     respondent stands for more than half of the sum; median and quartiles once, when no more answers are to come, since of
//!     two medians one tells of those between; of points all means or none; quotes have no author; nothing is weighted.
//! 11. A meeting's record that is corrected by few is shown no more.
//!
//! Points 2 and 3 are primary suppression (*prickning*), points 4 and 5 secondary suppression: see Statistics Sweden's
//! Handbok i statistisk röjandekontroll (2015). The check by intervals and a worked example of it are Appendix B of the
//! project's notes on consultations.
//!
//! **Whole numbers.** An interval found by linear programming may be wider than the one of whole numbers, which would
//! promise too much. So none is trusted: a number counts as protected only when whole-numbered tables have been found,
//! and checked sum by sum, that agree with everything published and lie at least m apart in it.
//!
//! **The smallest choice.** For one number in a two-way table the change found is the cheapest cycle, whose cells are
//! the complement with the least total; with several it is found for one after the other, which is a heuristic.
//!
//! **One set, one cell.** The same respondents counted in two tables are one number; who are of two groups at once ties
//! tables by two questions together. The sums are those between sets, whatever the tables are called.
//!
//! **Earlier publications** are those of the ledger. An attacker is taken to know how many came, left and answered anew
//! between any two of them: each publication is the sum of *cohorts*, those who stood in the same publications with the same
//! answers, and what a number has grown is what those answered who came less what those did who left. A number that has
//! fallen by 1 to m − 1 is as secret as one that has grown so. Since most answers grow by few between two publications,
//! results of persons that are published while answers come in cost much of the final ones; large batches, or none, are better.
//!
//! **What is no secret.** How many were invited and have answered; how many answers in words are not sorted yet; which
//! order items have; that all who answered said the same, or that the members of the group who chose none of a
//! breakdown's options did.

mod bounds;
mod cells;
mod change;
mod cohorts;
mod leak;
mod non_additive;
mod primary_suppression;
mod public_knowledge;
mod secondary_suppression;
mod spreads;
mod system;
mod tables;
mod unnamed_bodies;
mod withholding;

pub use cells::{Category, CellKey};
pub use leak::{Leak, LeakSource};

use super::base::number;
use super::naming::SMALLEST_GROUP;
use super::results::{Basis, Trace};
use super::{Count, Counted, Meeting, Withheld};
use crate::model::{Consultation, Respondents};
use cells::Withholdable;
use public_knowledge::PublicKnowledge;
use secondary_suppression::{narrow_cells, suppress_secondary};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use system::{Cell, CellKind, System, View};
use withholding::{add_reason, withhold, withhold_all};

/// The minimum where a consultation of persons names none, which is reported as a fault of its own.
const USUAL_MINIMUM: u32 = 5;

/// Everything that may be shown of a consultation's answers. Only [`protect`] makes it, and nobody can change it:
///
/// ```compile_fail,E0423
/// fn show(counted: utsikt::survey::Counted) -> utsikt::survey::Results {
///     utsikt::survey::Results(counted)
/// }
/// ```
///
/// ```compile_fail,E0594
/// fn reveal(results: &mut utsikt::survey::Results) {
///     results.base.answered = 4;
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Results(Counted);

impl Results {
    fn new(counted: Counted) -> Results {
        Results(Counted {
            basis: Basis::default(),
            ..counted
        })
    }

    /// These results with meetings that are open to the public, and need no protection, beside them.
    pub(super) fn with_open_meetings(self, meetings: Vec<Meeting>) -> Results {
        let Results(mut counted) = self;
        counted.meetings.extend(meetings);
        Results(counted)
    }

    /// Nothing but who has answered, for this reason.
    pub(super) fn of_base(mut counted: Counted, reason: Withheld) -> Results {
        withhold_all(&mut counted, reason);
        (counted.matrix, counted.meetings) = (None, Vec::new());
        Results::new(counted)
    }
}

impl Deref for Results {
    type Target = Counted;

    fn deref(&self) -> &Counted {
        &self.0
    }
}

/// Results with what they were made of, against which later results are protected.
#[derive(Clone, Debug)]
pub struct Release {
    /// What readers see.
    pub(super) results: Results,
    /// Everything that was counted for it.
    truth: Counted,
    /// Whether it is the publication before once more, since too few have answered since.
    pub(super) stands: bool,
}

impl Deref for Release {
    type Target = Results;

    fn deref(&self) -> &Results {
        &self.results
    }
}

impl Release {
    /// A publication as it was recorded: what readers saw, and what had been counted.
    pub(super) fn recorded(seen: Counted, truth: Counted) -> Release {
        Release {
            results: Results::new(seen),
            truth,
            stands: false,
        }
    }

    /// Everything that was counted for it.
    pub(super) fn truth(&self) -> &Counted {
        &self.truth
    }

    /// The publication once more, on a later day. `waiting`: how many have not been counted; `held`: how many have answered,
    /// answered anew or withdrawn since, who are held back because they are too few.
    pub(super) fn standing(&self, interim: bool, waiting: u32, held: u32) -> Release {
        let mut seen = self.results.0.clone();
        seen.interim = interim;
        seen.base.waiting = waiting + held;
        seen.withheld
            .retain(|reason| !matches!(reason, Withheld::Batch | Withheld::Remainder));
        if held > 0 || interim && waiting > 0 {
            add_reason(&mut seen, Withheld::Batch);
        } else if waiting > 0 {
            add_reason(&mut seen, Withheld::Remainder);
        }
        Release {
            results: Results(seen),
            truth: self.truth.clone(),
            stands: true,
        }
    }
}

/// Hides in what has been counted of persons what would tell of too few, given everything that was published before
/// (oldest first).
#[must_use]
pub fn protect(mut counted: Counted, consultation: &Consultation, earlier: &[Release]) -> Release {
    let minimum = minimum(consultation);
    if let Some(last) = earlier.last() {
        let grown = i64::from(counted.base.answered) - i64::from(last.base.answered);
        let changed = changed(&last.truth.basis, &counted.basis);
        let of_persons = consultation.respondents == Respondents::Persons;
        let is_few =
            |number: usize| i64::try_from(number).is_ok_and(|number| primary_suppression::is_few(number, minimum));
        let too_few = of_persons && (primary_suppression::is_few(grown, minimum) || is_few(changed.len()));
        if too_few || !of_persons && exposes(&changed) {
            let held = changed.len().max(usize::try_from(grown).unwrap_or(0));
            return last.standing(counted.interim, counted.base.waiting, number(held));
        }
    }
    if consultation.respondents == Respondents::Bodies {
        let truth = counted.clone();
        unnamed_bodies::protect_unnamed(&mut counted, earlier);
        return Release::recorded(counted, truth);
    }
    let truth = counted.clone();
    non_additive::remove_unconditionally(&mut counted, minimum);
    if i64::from(counted.base.answered) < minimum {
        withhold_all(&mut counted, Withheld::Few);
        return Release::recorded(counted, truth);
    }
    suppress(&mut counted, consultation, earlier);
    non_additive::remove_dependent(&mut counted, &truth, consultation, earlier);
    // What still leaks is a fault of ours, and must not become the respondents'.
    let views = views(&counted, Some(&truth), earlier);
    for leak in leaks(&counted, consultation, &views) {
        withhold(&mut counted, &Withholdable::containing(&leak.key));
    }
    if !cells::hidden_cells(&counted).is_empty() {
        add_reason(&mut counted, Withheld::Cells);
    }
    Release::recorded(counted, truth)
}

/// Respondents by id who are in one of two counts and not in the other, or of whom something else was counted.
pub(super) fn changed<'a>(then: &'a Basis, now: &'a Basis) -> BTreeMap<&'a str, [Option<&'a Trace>; 2]> {
    let ids = then.respondents.keys().chain(now.respondents.keys());
    let both = ids.map(|id| (id.as_str(), [then.respondents.get(id), now.respondents.get(id)]));
    both.filter(|(_, [then, now])| {
        then.map(|trace| [&trace.digest, &trace.codings]) != now.map(|trace| [&trace.digest, &trace.codings])
    })
    .collect()
}

/// Whether a body that wants no name would be known by the difference, since too few others without a row have changed.
fn exposes(changed: &BTreeMap<&str, [Option<&Trace>; 2]>) -> bool {
    let traces = || changed.values().map(|both| both.iter().flatten());
    let company = traces().filter(|both| both.clone().any(|trace| !trace.row)).count();
    traces().any(|mut both| both.any(|trace| trace.unnamed)) && company < SMALLEST_GROUP
}

/// Protects publications one after another, oldest first, each given those before it.
#[must_use]
pub fn protect_in_order(publications: Vec<Counted>, consultation: &Consultation) -> Vec<Release> {
    let mut published: Vec<Release> = Vec::with_capacity(publications.len());
    for counted in publications {
        let publication = protect(counted, consultation, &published);
        published.push(publication);
    }
    published
}

/// Every number of too few that somebody could work out if this were published after the earlier results; empty when it
/// is safe. Knows only what readers would see.
#[must_use]
pub fn audit(counted: &Counted, consultation: &Consultation, earlier: &[Release]) -> Vec<Leak> {
    let views: Vec<View> = views(counted, None, earlier)
        .into_iter()
        .map(|view| View { truth: None, ..view })
        .collect();
    leaks(counted, consultation, &views)
}

fn leaks(counted: &Counted, consultation: &Consultation, views: &[View]) -> Vec<Leak> {
    if consultation.respondents == Respondents::Bodies {
        return Vec::new();
    }
    let minimum = minimum(consultation);
    let knowledge = PublicKnowledge::new(consultation);
    // Primary suppression looks at what can be seen, so it is asked before unknown values are filled in.
    let visible = System::new(&[View::of_readers(counted)], &knowledge, true);
    let mut leaks: Vec<Leak> = primary_suppression::sensitive_cells(&visible, minimum)
        .into_iter()
        .map(|cell| &visible.cells[cell])
        .filter(|cell| cell.shown)
        .filter_map(|cell| Some((place(cell), cell.value?)))
        .map(|(key, value)| Leak {
            key,
            source: LeakSource::Shown,
            low: value,
            high: value,
        })
        .collect();
    let Some(mut system) = solved_system(views, &knowledge) else {
        // What is published contradicts itself, so nothing can be proved safe.
        leaks.extend(cells::hidden_cells(counted).into_iter().map(|key| Leak {
            key,
            source: LeakSource::Sums,
            low: 0,
            high: 0,
        }));
        return leaks;
    };
    for (cell, low, high) in narrow_cells(&mut system, minimum) {
        let cell = &system.cells[cell];
        let source = match cell.kind {
            CellKind::Now => LeakSource::Sums,
            CellKind::Earlier => LeakSource::Earlier,
            CellKind::Rest => LeakSource::Rest,
            CellKind::Growth | CellKind::Joint => LeakSource::Growth,
        };
        leaks.push(Leak {
            key: place(cell),
            source,
            low,
            high,
        });
    }
    leaks
}

/// The first place where a cell stands.
fn place(cell: &Cell) -> CellKey {
    let nowhere = || CellKey::new("", Category::N);
    cell.keys.first().cloned().unwrap_or_else(nowhere)
}

/// The fewest respondents a number may tell of.
fn minimum(consultation: &Consultation) -> i64 {
    i64::from(consultation.publication.minimum.unwrap_or(USUAL_MINIMUM))
}

/// Primary and secondary suppression of counts.
fn suppress(counted: &mut Counted, consultation: &Consultation, earlier: &[Release]) {
    let minimum = minimum(consultation);
    let knowledge = PublicKnowledge::new(consultation);
    let Some(mut system) = solved_system(&views(counted, Some(counted), earlier), &knowledge) else {
        withhold_all(counted, Withheld::Cells);
        return;
    };
    primary_suppression::suppress_primary(&mut system, minimum);
    let withheld = suppress_secondary(&mut system, minimum);
    let hidden: BTreeSet<CellKey> = system
        .cells
        .into_iter()
        .filter(|cell| cell.kind == CellKind::Now && !cell.shown)
        .flat_map(|cell| cell.keys)
        .collect();
    cells::change_cells(counted, &mut |key, count| {
        if hidden.contains(&key) {
            *count = Count::Hidden;
        }
    });
    for withholdable in &withheld {
        withhold(counted, withholdable);
    }
}

/// All publications, the newest last, without those that only repeat the one before.
fn views<'a>(counted: &'a Counted, truth: Option<&'a Counted>, earlier: &'a [Release]) -> Vec<View<'a>> {
    let distinct = earlier.iter().filter(|publication| !publication.stands);
    let mut views: Vec<View> = distinct
        .map(|publication| View {
            truth: Some(&publication.truth),
            ..View::of_readers(&publication.results)
        })
        .collect();
    views.push(View {
        truth,
        ..View::of_readers(counted)
    });
    views
}

/// The system of all publications (the newest last) with a value in every cell: where it is not known who stood in them, first
/// as if nobody ever left, then as if anybody might have. `None`: no values agree with all that is published.
fn solved_system(publications: &[View], knowledge: &PublicKnowledge) -> Option<System> {
    [true, false].into_iter().find_map(|growing| {
        let mut system = System::new(publications, knowledge, growing);
        change::fill_in(&mut system).then_some(system)
    })
}
