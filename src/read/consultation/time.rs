//! The days of a consultation: opening, closing, extensions, results, decision, archiving.
//!
//! Takes the key `dates`; gives [`Dates`]. Whether the days are in order is [`crate::check`]'s to report.

use crate::model::{Dates, Extension};
use crate::read::values::day;
use crate::read::yaml::Node;

pub(super) fn dates(node: &Node<'_>) -> Option<Dates> {
    let mut fields = node.fields()?;
    let dates = Dates {
        opens: fields.optional("opens", day),
        closes: fields.optional("closes", day),
        extensions: fields.list("extensions", extension),
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
