//! `ANSWERS/ID/mapping.yaml`: the meaning of the columns of a survey tool's export.
//!
//! Takes YAML; gives a [`Mapping`]. Whether its columns are in the export, and its ids in the questionnaire, is for the
//! import to report, which has both.

use super::document::document;
use super::expressions::Expressions;
use super::yaml::Node;
use crate::finding::{Code, Log, message};
use crate::model::{AnswerColumns, Column, Columns, ContactField, DateOrder, Mapping, Naming, QuestionColumns, Tool};
use crate::source::SourceFile;

/// The mapping in this file, or `None` after findings.
#[must_use]
pub fn mapping(file: &SourceFile, log: &Log) -> Option<Mapping> {
    document(file, Expressions::Unread, log, read)
}

pub(super) fn read(node: &Node<'_>) -> Option<Mapping> {
    let mut fields = node.fields()?;
    let tool = fields
        .find("tool")
        .map_or(Some(Tool::Generic), |node| node.choice(Tool::NAMES));
    let columns = fields.optional("columns", columns).unwrap_or_default();
    let source = fields.string("source");
    if source.is_empty() && columns.id.is_some() {
        // Two forms number their responses from 1: without a name of its own, one would overwrite the other's.
        fields.require("source");
    }
    let mapping = Mapping {
        tool: tool.unwrap_or(Tool::Generic),
        source,
        version: fields.string("version"),
        sheet: fields.string("sheet"),
        skip: fields.optional("skip", row_count).unwrap_or_default(),
        skip_after: fields.optional("skip_after", row_count).unwrap_or_default(),
        delimiter: fields.optional("delimiter", |node| node.choice(DELIMITERS)),
        dates: fields.optional("dates", |node| node.choice(DateOrder::NAMES)),
        columns,
        bodies: fields.entries("bodies", label),
        naming: fields.entries("naming", |word, node| {
            Some((word.to_owned(), node.choice(Naming::NAMES)?))
        }),
        no_answer: fields.list("no_answer", Node::scalar),
        no_opinion: fields.list("no_opinion", Node::scalar),
        ignored: fields.list("ignore", column),
        questions: fields.entries("questions", question),
        origin: node.origin.clone(),
    };
    fields.done();
    tool.map(|_| mapping)
}

const DELIMITERS: &[(&str, u8)] = &[(";", b';'), (",", b','), ("tab", b'\t')];

fn row_count(node: &Node<'_>) -> Option<usize> {
    node.count().and_then(|rows| usize::try_from(rows).ok())
}

fn column(node: &Node<'_>) -> Option<Column> {
    Some((node.scalar()?, node.origin.clone()))
}

fn columns(node: &Node<'_>) -> Option<Columns> {
    let mut fields = node.fields()?;
    let mut contact = Vec::new();
    for (name, field) in ContactField::NAMES {
        contact.extend(fields.optional(name, column).map(|column| (*field, column)));
    }
    let columns = Columns {
        id: fields.optional("id", column),
        submitted: fields.optional("submitted", column),
        body: fields.optional("body", column),
        naming: fields.optional("naming", column),
        code: fields.optional("code", column),
        language: fields.optional("language", column),
        decision: ["decision_body", "decision_date", "decision_paragraph"].map(|key| fields.optional(key, column)),
        contact,
    };
    fields.done();
    Some(columns)
}

fn question(id: &str, node: &Node<'_>) -> Option<QuestionColumns> {
    if !node.is_mapping() {
        return Some(QuestionColumns {
            question: id.to_owned(),
            columns: AnswerColumns::One(column(node)?),
            labels: Vec::new(),
            other: None,
            separator: String::new(),
            origin: node.origin.clone(),
        });
    }
    let mut fields = node.fields()?;
    let one = fields.optional("column", column).map(AnswerColumns::One);
    let each = fields.optional("columns", |node| {
        node.entries(|id, node| Some((id.to_owned(), column(node)?)))
    });
    let places = fields.optional("places", |node| node.list(column));
    let ways = [one, each.map(AnswerColumns::Each), places.map(AnswerColumns::Places)];
    let mut ways = ways.into_iter().flatten();
    let (columns, others) = (ways.next(), ways.count());
    if columns.is_none() || others > 0 {
        let number = if columns.is_none() {
            message::none_given()
        } else {
            message::several_given()
        };
        let finding = node.finding(Code::KeyChoice);
        let finding = finding.with("keys", "`column`, `columns`, `places`");
        node.report(finding.with_message("found", number));
    }
    let question = QuestionColumns {
        question: id.to_owned(),
        columns: columns.unwrap_or_else(|| AnswerColumns::Each(Vec::new())),
        labels: fields.entries("labels", label),
        other: fields.optional("other", column),
        separator: fields.optional("separator", Node::string).unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    Some(question)
}

/// A word, and the id it stands for.
fn label(word: &str, node: &Node<'_>) -> Option<(String, String)> {
    Some((word.to_owned(), node.scalar()?))
}
