//! `documents.yaml`: the documents that bodies sent along with their answers.
//!
//! Takes the list and the files beside it, in the folder `documents`; gives those that their bodies' publication allows. A
//! document that may not be published is reported and left where it is.

use super::sorting::SortingContext;
use crate::finding::{Code, Finding, Log, Message, message};
use crate::model::{Consultation, Naming, ReceivedDocument, Respondents};
use crate::read::document::document;
use crate::read::expressions::Expressions;
use crate::read::yaml::Node;
use crate::source::{Origin, Snapshot, SourceFile};

/// Name of the list, in the folder of a consultation's answers.
pub(super) const LIST: &str = "documents.yaml";

/// Endings of files that are published.
const ENDINGS: [&str; 4] = [".pdf", ".docx", ".odt", ".txt"];

/// An entry of the list.
pub(in crate::read) struct Entry {
    body: String,
    file: String,
    title: String,
}

/// The documents in a list.
pub(in crate::read) fn documents_of<T>(
    node: &Node<'_>,
    keep: impl Fn(Entry, &Node<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut fields = node.fields()?;
    let documents = fields.list("documents", |node| {
        let mut fields = node.fields()?;
        let body = fields.required("body", Node::scalar);
        let file = fields.required("file", Node::string);
        let title = fields.string("title");
        fields.done();
        let (body, file) = (body?, file?);
        keep(Entry { body, file, title }, node)
    });
    fields.done();
    Some(documents)
}

/// The documents of a list that may be published.
pub(super) fn documents(
    list: &SourceFile,
    folder: &str,
    context: &SortingContext<'_>,
    snapshot: &Snapshot,
) -> Vec<ReceivedDocument> {
    let keep = |entry: Entry, node: &Node<'_>| {
        let report = |key: &str, problem: Message| {
            let finding = Finding::new(Code::AnswersDocument, node.origin.at(key));
            node.report(finding.with("value", &entry.file).with_message("problem", problem));
        };
        let Some(file) = snapshot.find(&format!("{folder}documents/{}", entry.file)) else {
            report("file", message::document_missing());
            return None;
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let lower = entry.file.to_lowercase();
        if !entry.file.chars().all(is_plain) || !ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
            report("file", message::document_name());
            return None;
        }
        if let Some(problem) = refusal(context.consultation, &entry.body, context) {
            report("body", problem);
            return None;
        }
        Some(ReceivedDocument {
            body: entry.body,
            title: if entry.title.is_empty() {
                entry.file.clone()
            } else {
                entry.title
            },
            file: entry.file,
            bytes: file.bytes.clone(),
        })
    };
    document(list, Expressions::Unread, context.log, |node| documents_of(node, keep)).unwrap_or_default()
}

/// Why a body's documents are not published; `None`: they are.
fn refusal(consultation: &Consultation, body: &str, context: &SortingContext<'_>) -> Option<Message> {
    let publication = &consultation.publication;
    if consultation.respondents == Respondents::Persons {
        return Some(message::document_persons());
    }
    if publication.bodies != Naming::Named || !publication.statements {
        return Some(message::document_rule());
    }
    let mut responses = context.counted.values();
    match responses.find(|response| response.body.as_deref() == Some(body)) {
        None => Some(message::document_no_answer()),
        Some(response) if response.naming != Naming::Named => Some(message::document_unnamed()),
        Some(_) => None,
    }
}

/// Reports files among the documents that the list does not name.
pub(super) fn unlisted(folder: &str, snapshot: &Snapshot, log: &Log) {
    for file in snapshot.unopened(&format!("{folder}documents/")) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let finding = Finding::new(Code::AnswersDocument, Origin::file(&file.path)).with("value", name);
        log.add(finding.with_message("problem", message::document_unlisted(LIST)));
    }
}
