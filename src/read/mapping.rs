//! `ANSWERS/ID/mapping.yaml`: how a survey tool's export is read.
//!
//! Takes YAML; gives a [`Mapping`]. Whether its columns are in the file, and its ids in the questionnaire, is for the import
//! to say, which has both.

use super::{Fields, Node, document, string_at};
use crate::finding::{Code, Log, message};
use crate::model::{AnswerColumns, Column, Columns, ContactField, DateOrder, Mapping, Naming, QuestionColumns, Tool};
use crate::source::SourceFile;

/// The mapping in this file, or `None` after findings.
#[must_use]
pub fn mapping(file: &SourceFile, log: &Log) -> Option<Mapping> {
    document(file, log, read)
}

pub(super) fn read(node: &Node<'_>) -> Option<Mapping> {
    let mut fields = node.fields()?;
    let tool = fields
        .find("tool")
        .map_or(Some(Tool::Generic), |node| node.choice(Tool::NAMES));
    let own = fields
        .find("columns")
        .and_then(|node| columns(&node))
        .unwrap_or_default();
    let source = string_at(&mut fields, "source");
    if source.is_empty() && own.id.is_some() {
        // Two forms number their responses from 1: without a name of its own, one would overwrite the other's.
        fields.require("source");
    }
    let mapping = Mapping {
        tool: tool.unwrap_or(Tool::Generic),
        source,
        version: string_at(&mut fields, "version"),
        sheet: string_at(&mut fields, "sheet"),
        skip: rows(&mut fields, "skip"),
        skip_after: rows(&mut fields, "skip_after"),
        delimiter: fields.find("delimiter").and_then(|node| node.choice(DELIMITERS)),
        dates: fields.find("dates").and_then(|node| node.choice(DateOrder::NAMES)),
        columns: own,
        bodies: labels(&mut fields, "bodies"),
        naming: fields
            .find("naming")
            .and_then(|node| node.entries(|word, node| Some((word.to_owned(), node.choice(Naming::NAMES)?))))
            .unwrap_or_default(),
        no_answer: fields.list("no_answer", Node::scalar),
        no_opinion: fields.list("no_opinion", Node::scalar),
        ignored: fields.list("ignore", column),
        questions: fields
            .find("questions")
            .and_then(|node| node.entries(question))
            .unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    tool.map(|_| mapping)
}

const DELIMITERS: &[(&str, u8)] = &[(";", b';'), (",", b','), ("tab", b'\t')];

fn rows(fields: &mut Fields<'_>, key: &'static str) -> usize {
    fields
        .find(key)
        .and_then(|node| node.count())
        .and_then(|rows| usize::try_from(rows).ok())
        .unwrap_or_default()
}

fn column(node: &Node<'_>) -> Option<Column> {
    Some((node.scalar()?, node.origin.clone()))
}

fn column_at(fields: &mut Fields<'_>, key: &'static str) -> Option<Column> {
    fields.find(key).and_then(|node| column(&node))
}

fn columns(node: &Node<'_>) -> Option<Columns> {
    let mut fields = node.fields()?;
    let mut contact = Vec::new();
    for (name, field) in ContactField::NAMES {
        contact.extend(column_at(&mut fields, name).map(|column| (*field, column)));
    }
    let found = Columns {
        id: column_at(&mut fields, "id"),
        submitted: column_at(&mut fields, "submitted"),
        body: column_at(&mut fields, "body"),
        naming: column_at(&mut fields, "naming"),
        code: column_at(&mut fields, "code"),
        language: column_at(&mut fields, "language"),
        decision: ["decision_body", "decision_date", "decision_paragraph"].map(|key| column_at(&mut fields, key)),
        contact,
    };
    fields.done();
    Some(found)
}

fn question(id: &str, node: &Node<'_>) -> Option<QuestionColumns> {
    if !node.is_mapping() {
        let columns = AnswerColumns::One(column(node)?);
        let origin = node.origin.clone();
        let (labels, separator) = (Vec::new(), String::new());
        return Some(QuestionColumns {
            question: id.to_owned(),
            columns,
            labels,
            other: None,
            separator,
            origin,
        });
    }
    let mut fields = node.fields()?;
    let one = column_at(&mut fields, "column").map(AnswerColumns::One);
    let each = fields
        .find("columns")
        .and_then(|node| node.entries(|id, node| Some((id.to_owned(), column(node)?))))
        .map(AnswerColumns::Each);
    let places = fields
        .find("places")
        .and_then(|node| node.list(column))
        .map(AnswerColumns::Places);
    let found = [one, each, places].into_iter().flatten().collect::<Vec<_>>();
    if found.len() != 1 {
        let said = if found.is_empty() {
            message::none_given()
        } else {
            message::several_given()
        };
        let fault = node
            .finding(Code::KeyChoice)
            .with("keys", "`column`, `columns`, `places`");
        fields.report(fault.with_message("found", said));
    }
    let read = QuestionColumns {
        question: id.to_owned(),
        columns: found
            .into_iter()
            .next()
            .unwrap_or_else(|| AnswerColumns::Each(Vec::new())),
        labels: labels(&mut fields, "labels"),
        other: column_at(&mut fields, "other"),
        separator: fields
            .find("separator")
            .and_then(|node| node.string())
            .unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    Some(read)
}

/// Words and the ids they stand for.
fn labels(fields: &mut Fields<'_>, key: &'static str) -> Vec<(String, String)> {
    let found = fields
        .find(key)
        .and_then(|node| node.entries(|word, node| Some((word.to_owned(), node.scalar()?))));
    found.unwrap_or_default()
}
