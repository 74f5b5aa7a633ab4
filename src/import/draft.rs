//! A proposal as YAML for a human to go through: what was found, and, as comments, what was not.
//!
//! What is written can be read back as it stands.

use super::cell;
use super::columns::Headings;
use super::propose::Proposal;
use super::sheet::Sheet;
use crate::finding::Log;
use crate::model::{AnswerColumns, Column, Consultation, QuestionColumns};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Words of one column that are listed before the rest is only counted.
const MOST: usize = 30;

/// The proposal as text.
pub(super) fn written(proposal: &Proposal, sheet: &Sheet, consultation: &Consultation) -> String {
    let (mapping, headings) = (&proposal.mapping, &proposal.headings);
    let mut text = String::from(
        "# How this export is read. Go through every line; lines that begin with # say what fits nothing yet.\n",
    );
    line(&mut text, 0, "tool", mapping.tool.name());
    if !mapping.source.is_empty() {
        text.push_str("# The form's name in the ids of its responses. Never change it after the first import.\n");
        line(&mut text, 0, "source", &mapping.source);
    }
    line(&mut text, 0, "version", &consultation.questionnaire.version);
    let named = &mapping.columns;
    let whole = [
        ("id", &named.id),
        ("submitted", &named.submitted),
        ("language", &named.language),
        ("body", &named.body),
    ];
    if whole.iter().any(|(_, column)| column.is_some()) {
        text.push_str("columns:\n");
        for (key, column) in whole {
            if let Some((name, _)) = column {
                line(&mut text, 1, key, name);
            }
        }
    }
    list(
        &mut text,
        "Columns that are left behind: they tell who somebody is, or are the tool's own.",
        headings,
        &proposal.left,
    );
    list(
        &mut text,
        "Columns that fit nothing. Give each a place below, or list it under `ignore`.",
        headings,
        &proposal.unfit,
    );
    text.push_str("questions:\n");
    if mapping.questions.is_empty() {
        text.truncate(text.len() - "questions:\n".len());
        text.push_str("# No column's heading is a question's text or id.\n");
    }
    for question in &mapping.questions {
        columns(&mut text, question);
        let left = unmatched(proposal, question, sheet, consultation);
        if !left.is_empty() {
            text.push_str("    # Words that stand for nothing. Name the option of each: labels: { \"words\": id }\n");
            for words in left.iter().take(MOST) {
                comment(&mut text, 4, words);
            }
            if left.len() > MOST {
                let _ = writeln!(text, "    #   ({} more)", left.len() - MOST);
            }
        }
    }
    let without = consultation
        .questionnaire
        .questions()
        .filter(|asked| mapping.questions.iter().all(|mapped| mapped.question != asked.id));
    for (nth, question) in without.enumerate() {
        if nth == 0 {
            text.push_str("# Questions that no column answers:\n");
        }
        comment(&mut text, 0, &question.id);
    }
    text
}

/// Words in a question's columns that nothing stands for.
fn unmatched(
    proposal: &Proposal,
    question: &QuestionColumns,
    sheet: &Sheet,
    consultation: &Consultation,
) -> BTreeSet<String> {
    let mut mapping = proposal.mapping.clone();
    mapping.questions = vec![question.clone()];
    let mut plans = cell::plans(&proposal.headings, &mapping, consultation, &Log::default());
    for plan in &mut plans {
        plan.decide_numbers(sheet, 1);
    }
    let mut found = BTreeSet::new();
    let mut is_heading = true;
    sheet.each(|row| {
        if !std::mem::take(&mut is_heading) {
            let mut left = Vec::new();
            for plan in &plans {
                let _ = plan.answer(row, &mapping, &mut left);
            }
            found.extend(left.into_iter().map(|unread| unread.words));
        }
    });
    found
}

fn columns(text: &mut String, question: &QuestionColumns) {
    let key = quoted(&question.question);
    match &question.columns {
        AnswerColumns::One((name, _)) => {
            let _ = writeln!(text, "  {key}:\n    column: {}", quoted(name));
        }
        AnswerColumns::Each(each) => {
            let _ = writeln!(text, "  {key}:\n    columns:");
            for (id, (name, _)) in each {
                line(text, 3, id, name);
            }
        }
        AnswerColumns::Places(places) => {
            let _ = writeln!(text, "  {key}:\n    places:");
            for (name, _) in places {
                let _ = writeln!(text, "      - {}", quoted(name));
            }
        }
    }
    if let Some((name, _)) = &question.other as &Option<Column> {
        line(text, 2, "other", name);
    }
}

fn list(text: &mut String, title: &str, headings: &Headings, columns: &[usize]) {
    if !columns.is_empty() {
        let _ = writeln!(text, "# {title}");
        for at in columns {
            comment(text, 0, &quoted(&headings.name(*at)));
        }
    }
}

fn comment(text: &mut String, indent: usize, words: &str) {
    // A comment ends with its line, whatever the words are.
    let words = words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect::<Vec<_>>()
        .join(" ");
    let _ = writeln!(text, "{}#   {words}", " ".repeat(indent));
}

fn line(text: &mut String, depth: usize, key: &str, value: &str) {
    let key = if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        key.to_owned()
    } else {
        quoted(key)
    };
    let _ = writeln!(text, "{}{key}: {}", "  ".repeat(depth), quoted(value));
}

/// A string as YAML and JSON both write it.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
