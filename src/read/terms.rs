//! `data/topics.yaml` and `data/terms.yaml`: headings of indicators, and the glossary.
//!
//! Takes YAML; gives [`Topic`]s and [`Term`]s in the order written.

use super::document::document_at;
use super::expressions::Expressions;
use super::ids::{anchor, is_id, unique};
use super::yaml::Node;
use crate::finding::Log;
use crate::model::{Term, Topic};
use crate::source::Snapshot;

/// Topics and terms; none where there is no file.
pub(super) fn read(snapshot: &Snapshot, expressions: Expressions<'_>, log: &Log) -> (Vec<Topic>, Vec<Term>) {
    let topics = document_at(snapshot, "data/topics.yaml", expressions, log, topics);
    let terms = document_at(snapshot, "data/terms.yaml", expressions, log, terms);
    (topics.unwrap_or_default(), terms.unwrap_or_default())
}

pub(super) fn topics(node: &Node<'_>) -> Option<Vec<Topic>> {
    let mut fields = node.fields()?;
    let topics = fields.list("topics", |node| {
        let mut fields = node.fields()?;
        let id = fields.required("id", Node::string);
        let name = fields.required("name", Node::text);
        fields.done();
        Some((Topic { id: id?, name: name? }, node.origin.at("id")))
    });
    fields.done();
    unique(
        topics.iter().map(|(topic, origin)| (&*topic.id, origin.clone())),
        node.log(),
    );
    Some(topics.into_iter().map(|(topic, _)| topic).collect())
}

pub(super) fn terms(node: &Node<'_>) -> Option<Vec<Term>> {
    let mut fields = node.fields()?;
    let terms: Vec<Term> = fields.list("terms", term);
    fields.done();
    unique(terms.iter().map(|term| (&*term.id, term.origin.at("term"))), node.log());
    Some(terms)
}

fn term(node: &Node<'_>) -> Option<Term> {
    let mut fields = node.fields()?;
    let term = fields.required("term", Node::name);
    let stated_id = fields.string("id");
    let name = fields.name("name");
    let also = fields.list("also", Node::string);
    let definition = fields.required("definition", Node::text);
    fields.done();
    let term = term?;
    let id = if is_id(&stated_id) {
        stated_id
    } else {
        anchor(term.in_language(""))
    };
    Some(Term {
        id,
        term,
        name,
        also,
        definition: definition?,
        origin: node.origin.clone(),
    })
}
