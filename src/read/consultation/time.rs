//! Days: when it opens and closes, how that was changed, and what comes after.

use super::super::{text_at, yaml::Node};
use crate::finding::Code;
use crate::model::{Dates, Extension};
use jiff::civil::Date;

/// A civil day as `2026-03-17`.
pub(in crate::read) fn day(node: &Node<'_>) -> Option<Date> {
    let text = node.scalar()?;
    let day = text.parse().ok().filter(|_| text.len() == 10);
    if day.is_none() {
        node.report(node.finding(Code::DateForm).with("value", &text));
    }
    day
}

pub(super) fn dates(node: &Node<'_>) -> Option<Dates> {
    let mut fields = node.fields()?;
    let mut at = |key| fields.find(key).and_then(|node| day(&node));
    let (opens, closes) = (at("opens"), at("closes"));
    let (results, decision, archived) = (at("results"), at("decision"), at("archived"));
    let extensions = fields.list("extensions", extension);
    fields.done();
    Some(Dates {
        opens,
        closes,
        extensions,
        results,
        decision,
        archived,
    })
}

fn extension(node: &Node<'_>) -> Option<Extension> {
    let mut fields = node.fields()?;
    let to = fields.require("to").and_then(|node| day(&node));
    let from = fields.find("from").and_then(|node| day(&node));
    let on = fields.find("on").and_then(|node| day(&node));
    let reason = text_at(&mut fields, "reason");
    fields.done();
    Some(Extension {
        from,
        to: to?,
        on,
        reason,
        origin: node.origin.clone(),
    })
}
