//! Takes whole parts out of what has been counted, and says why.

use super::cells::Withholdable;
use crate::survey::{Counted, Detail, Withheld};

/// Takes out a part of the results that cannot be protected cell by cell.
pub(super) fn withhold(counted: &mut Counted, withholdable: &Withholdable) {
    match withholdable {
        Withholdable::Channels => counted.base.channels.clear(),
        Withholdable::Themes => counted.coded = None,
        Withholdable::Question(id) => {
            for question in counted.questions.iter_mut().filter(|question| question.question == *id) {
                question.detail = Detail::Withheld;
                question.breakdowns.clear();
            }
        }
    }
    add_reason(counted, Withheld::Cells);
}

/// Shows nothing but who has answered.
pub(super) fn withhold_all(counted: &mut Counted, reason: Withheld) {
    for question in &mut counted.questions {
        question.detail = Detail::Withheld;
        question.breakdowns.clear();
    }
    counted.coded = None;
    counted.base.channels.clear();
    add_reason(counted, reason);
}

pub(super) fn add_reason(counted: &mut Counted, reason: Withheld) {
    if !counted.withheld.contains(&reason) {
        counted.withheld.push(reason);
    }
}
