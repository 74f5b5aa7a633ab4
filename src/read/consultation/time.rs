//! The days of a consultation: opening, closing, extensions, pauses, withdrawal, results, decision, archiving.
//!
//! Takes the key `dates`; gives [`Dates`]. Whether the days are in order is [`crate::check`]'s to report.

use crate::model::{Dates, Extension, Pause, Withdrawal};
use crate::read::values::day;
use crate::read::yaml::Node;

pub(super) fn dates(node: &Node<'_>) -> Option<Dates> {
    let mut fields = node.fields()?;
    let dates = Dates {
        opens: fields.optional("opens", day),
        closes: fields.optional("closes", day),
        extensions: fields.list("extensions", extension),
        pauses: fields.list("pauses", pause),
        withdrawn: fields.optional("withdrawn", withdrawal),
        unanswered: fields.flag("unanswered"),
        results: fields.optional("results", day),
        decision: fields.optional("decision", day),
        archived: fields.optional("archived", day),
    };
    fields.done();
    Some(dates)
}

fn extension(node: &Node<'_>) -> Option<Extension> {
    let mut fields = node.fields()?;
    let to = fields.required("to", day);
    let from = fields.optional("from", day);
    let on = fields.optional("on", day);
    let reason = fields.text("reason");
    fields.done();
    Some(Extension {
        from,
        to: to?,
        on,
        reason,
        origin: node.origin.clone(),
    })
}

fn pause(node: &Node<'_>) -> Option<Pause> {
    let mut fields = node.fields()?;
    let from = fields.required("from", day);
    let to = fields.optional("to", day);
    let reason = fields.text("reason");
    fields.done();
    Some(Pause {
        from: from?,
        to,
        reason,
        origin: node.origin.clone(),
    })
}

fn withdrawal(node: &Node<'_>) -> Option<Withdrawal> {
    let mut fields = node.fields()?;
    let on = fields.required("on", day);
    let reason = fields.text("reason");
    fields.done();
    Some(Withdrawal {
        on: on?,
        reason,
        origin: node.origin.clone(),
    })
}
