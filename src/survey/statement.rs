//! Whole answers of bodies that are published by name: their words and attached documents, beside what the results show of them.
//!
//! Takes the answers and the results that may be shown; gives words and documents of those bodies alone that have a row of their
//! own in final results, so that no rule about names is applied twice.

use super::Results;
use crate::model::{Answer, Answers, Channel, Naming, Pick, Response, Site};
use crate::read::without_personal;
use std::sync::Arc;

/// What a named body has said beyond its answers to closed questions, which the results have.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Id of the consultation.
    pub consultation: String,
    /// Id of the body.
    pub body: String,
    /// Words by question; empty: none. What points out a person is `[…]`.
    pub words: Vec<String>,
    /// Documents that the body sent along.
    pub documents: Vec<AttachedDocument>,
}

/// A document that is published with a body's answer.
#[derive(Clone, Debug)]
pub struct AttachedDocument {
    /// Title.
    pub title: String,
    /// Name of the file.
    pub file: String,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// Whether whole answers of a consultation are published with these results.
#[must_use]
pub fn has_statements(site: &Site, results: &Results) -> bool {
    let promised = site
        .consultation(&results.consultation)
        .is_some_and(|consultation| consultation.publication.statements);
    promised && bodies(results).next().is_some()
}

/// Bodies with a row of their own, once the results are final.
fn bodies(results: &Results) -> impl Iterator<Item = &str> {
    let rows = results.matrix.iter().flatten().filter(|_| !results.interim);
    rows.filter(|row| row.response.is_some()).map(|row| row.body.as_str())
}

/// The statements that go out with these results.
#[must_use]
pub fn statements(site: &Site, answers: &[Answers], results: &[Results]) -> Vec<Statement> {
    let of_results = |results: &Results| {
        let answers = answers
            .iter()
            .find(|answers| answers.consultation == results.consultation);
        let Some(answers) = answers.filter(|_| has_statements(site, results)) else {
            return Vec::new();
        };
        bodies(results).filter_map(|body| statement(answers, body)).collect()
    };
    results.iter().flat_map(of_results).collect()
}

/// The statement of a body, of the response that counts now; `None`: it was withdrawn, or wants no name any more.
fn statement(answers: &Answers, body: &str) -> Option<Statement> {
    let counts = |response: &&Response| {
        response.replaced.is_none() && response.channel != Channel::Meeting && response.body.as_deref() == Some(body)
    };
    let response = answers.responses.iter().find(counts)?;
    if response.naming != Naming::Named {
        return None;
    }
    let words = |answer: &Option<Answer>| match answer {
        Some(Answer::Text(words) | Answer::Several(_, words) | Answer::One(Pick::Other(words))) => {
            without_personal(words)
        }
        _ => String::new(),
    };
    let documents = answers.documents.iter().filter(|document| document.body == body);
    Some(Statement {
        consultation: answers.consultation.clone(),
        body: body.to_owned(),
        words: response.answers.iter().map(words).collect(),
        documents: documents
            .map(|document| AttachedDocument {
                title: document.title.clone(),
                file: document.file.clone(),
                bytes: document.bytes.clone(),
            })
            .collect(),
    })
}
