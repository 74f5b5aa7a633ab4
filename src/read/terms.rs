//! `data/topics.yaml` and `data/terms.yaml`: headings, and words that are explained.

use super::{document, is_id, string_at, text, text_at, unique, yaml::Node};
use crate::finding::Log;
use crate::model::{Term, Topic};
use crate::source::Snapshot;

/// Topics and terms; none where there is no file.
pub(super) fn read(snapshot: &Snapshot, log: &Log) -> (Vec<Topic>, Vec<Term>) {
    let topics = snapshot
        .find("data/topics.yaml")
        .and_then(|file| document(file, log, topics))
        .unwrap_or_default();
    let terms = snapshot
        .find("data/terms.yaml")
        .and_then(|file| document(file, log, terms))
        .unwrap_or_default();
    (topics, terms)
}

pub(super) fn topics(node: &Node<'_>) -> Option<Vec<Topic>> {
    let mut fields = node.fields()?;
    let topics = fields.list("topics", |node| {
        let mut fields = node.fields()?;
        let id = fields.require("id").and_then(|node| node.string());
        let name = fields.require("name").and_then(|node| text(&node));
        fields.done();
        Some((Topic { id: id?, name: name? }, node.origin.at("id")))
    });
    fields.done();
    unique(
        topics.iter().map(|(topic, origin)| (topic.id.as_str(), origin.clone())),
        node.log(),
    );
    Some(topics.into_iter().map(|(topic, _)| topic).collect())
}

pub(super) fn terms(node: &Node<'_>) -> Option<Vec<Term>> {
    let mut fields = node.fields()?;
    let terms: Vec<Term> = fields.list("terms", term);
    fields.done();
    unique(
        terms.iter().map(|term| (term.id.as_str(), term.origin.at("term"))),
        node.log(),
    );
    Some(terms)
}

fn term(node: &Node<'_>) -> Option<Term> {
    let mut fields = node.fields()?;
    let word = fields.require("term").and_then(|node| text(&node));
    let written = string_at(&mut fields, "id");
    let name = text_at(&mut fields, "name");
    let also = fields.list("also", Node::string);
    let definition = fields.require("definition").and_then(|node| text(&node));
    fields.done();
    let term = word?;
    let id = if is_id(&written) {
        written
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

/// An address part made of a word: lower case, å and ä as a, ö as o, `+` as "plus", the rest hyphens.
pub(crate) fn anchor(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'å' | 'ä' | 'à' | 'á' => out.push('a'),
            'ö' | 'ø' => out.push('o'),
            'é' | 'è' => out.push('e'),
            'ü' => out.push('u'),
            '+' => out.push_str("plus"),
            '₂' => out.push('2'),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::anchor;

    #[test]
    fn swedish_words_make_addresses() {
        assert_eq!(anchor("Örebro län"), "orebro-lan");
        assert_eq!(anchor("BRP+"), "brpplus");
        assert_eq!(anchor("Vad saknas?"), "vad-saknas");
    }
}
