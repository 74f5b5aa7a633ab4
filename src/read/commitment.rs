//! Commitments in `data/outcomes/ID.yaml`: what is to be done after the decision, and how far it has come.
//!
//! Takes an entry of the list; gives a [`Commitment`]. Whether its days are in order is [`crate::check`]'s to report.

use super::values::day;
use super::yaml::Node;
use crate::model::{Commitment, CommitmentStatus, Progress};

pub(super) fn commitment(node: &Node<'_>) -> Option<Commitment> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let text = fields.required("text", Node::text);
    let responsible = fields.required("responsible", Node::text);
    let due = fields.required("due", day);
    let indicator = fields.optional("indicator", Node::reference);
    let section = fields.optional("section", Node::reference);
    let themes = fields.list("themes", Node::reference);
    let history = fields.required_list("history", progress);
    fields.done();
    Some(Commitment {
        id: id?,
        text: text?,
        responsible: responsible?,
        due: due?,
        indicator,
        section,
        themes,
        history,
        origin: node.origin.clone(),
    })
}

fn progress(node: &Node<'_>) -> Option<Progress> {
    let mut fields = node.fields()?;
    let date = fields.required("date", day);
    let status = fields.required("status", |node| node.choice(CommitmentStatus::NAMES));
    let what_happened = fields.text("note");
    fields.done();
    Some(Progress {
        date: date?,
        status: status?,
        note: what_happened,
        origin: node.origin.clone(),
    })
}
