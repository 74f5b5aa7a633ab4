//! Decides which bodies are named, and the smallest group in which an unnamed body cannot be identified.
//!
//! Takes a consultation's rule and a response; gives how far its sender is named. A body that wants no name is safe only
//! in company: where all others are shown, its answers are what is left of the totals.

use crate::model::{Consultation, Naming, Respondents, Response};

/// The smallest group in which an unnamed body cannot be identified: of two, each can tell what the other answered.
pub(super) const SMALLEST_GROUP: usize = 3;

/// The stricter naming of the two: that which the rule allows, and that to which the respondent agrees.
#[must_use]
pub fn agreed(rule: Naming, respondent: Naming) -> Naming {
    rule.min(respondent)
}

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

/// Whether an unnamed body among these could be identified. `with_rows`: whether the others are shown one by one, so that
/// only those without a row give it company.
pub(super) fn exposes<'a>(
    consultation: &Consultation,
    responses: impl Iterator<Item = &'a Response>,
    with_rows: bool,
) -> bool {
    let (mut company, mut any_unnamed) = (0, false);
    for response in responses {
        company += usize::from(!(with_rows && has_row(consultation, response)));
        any_unnamed |= naming(consultation, response) < Naming::Named;
    }
    any_unnamed && company < SMALLEST_GROUP
}
