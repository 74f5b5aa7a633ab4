//! Who is named, and how many there must be for one who is not to be unknown.
//!
//! Takes a consultation's rule and a response; says how far its sender is named. A body that wants no name is safe only
//! in company: where all others are shown, its answers are what is left of the totals.

use super::results::agreed;
use crate::model::{Consultation, Naming, Respondents, Response};

/// The fewest among whom one is not known: of two, each can tell what the other said.
pub(super) const COMPANY: usize = 3;

/// How far the sender is named: the stricter of the rule and what it agreed to. Persons never are.
pub(super) fn naming(consultation: &Consultation, response: &Response) -> Naming {
    if consultation.respondents == Respondents::Persons {
        return Naming::Nothing;
    }
    agreed(consultation.publication.bodies, response.naming)
}

/// Whether the sender has a row of its own where bodies are shown one by one.
pub(super) fn has_row(consultation: &Consultation, response: &Response) -> bool {
    let invited = response
        .body
        .as_deref()
        .is_some_and(|body| consultation.body(body).is_some());
    invited && naming(consultation, response) == Naming::Named
}

/// Whether somebody among these who wants no name would be known: those without a row are too few.
pub(super) fn exposes<'a>(consultation: &Consultation, responses: impl Iterator<Item = &'a Response>) -> bool {
    company(responses.map(|own| (has_row(consultation, own), naming(consultation, own) < Naming::Named)))
}

/// The same when nobody has a row.
pub(super) fn exposes_without_rows<'a>(
    consultation: &Consultation,
    responses: impl Iterator<Item = &'a Response>,
) -> bool {
    company(responses.map(|own| (false, naming(consultation, own) < Naming::Named)))
}

/// Whether some want no name, and fewer than it takes are without a row.
fn company(all: impl Iterator<Item = (bool, bool)>) -> bool {
    let (mut without_row, mut shy) = (0, false);
    for (has_row, wants_none) in all {
        without_row += usize::from(!has_row);
        shy |= wants_none;
    }
    shy && without_row < COMPANY
}
