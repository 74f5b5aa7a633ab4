//! The cells of one question → its answer in the shape of the journal.

use super::columns::Headings;
use super::label::{Labels, plain};
use super::number::{Notation, is_open, notation, number_in};
use super::sheet::{CellKind, Row, Sheet};
use super::{Fields, NO_OPINION};
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{AnswerColumns, Column, Consultation, Item, Mapping, Question, QuestionColumns, QuestionKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What tools write when one of several options was chosen.
const YES: [&str; 9] = ["y", "yes", "ja", "j", "x", "1", "true", "sant", "vald"];
/// What they write when it was not.
const NO: [&str; 7] = ["n", "no", "nej", "0", "false", "falskt", "n/a"];

/// What tools call the option of another answer.
pub(super) const OTHERS: [&str; 8] = [
    "-oth-",
    "other",
    "other:",
    "annat",
    "annan",
    "övrigt",
    "övriga",
    "annat svar",
];

/// Where a question's answer stands in a row.
pub(super) struct AnswerPlan<'a> {
    /// The question, as it is asked now.
    pub(super) question: &'a Question,
    /// What can be said in answer.
    pub(super) labels: Labels,
    shape: Shape,
    other: Option<usize>,
    separator: &'a str,
    /// How columns of numbers write them; empty until [`Plan::decide_numbers`].
    notations: BTreeMap<usize, Notation>,
}

/// Columns by their positions.
enum Shape {
    One(usize),
    Each(Vec<(String, usize)>),
    Places(Vec<usize>),
}

/// Words that could not be read, kept as they are.
pub(super) struct Unread {
    /// The key under which they are kept.
    pub(super) key: String,
    pub(super) column: usize,
    pub(super) words: String,
    pub(super) reason: UnreadReason,
}

/// Why words could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnreadReason {
    /// Nothing that can be answered is called so.
    Unknown,
    /// They are a number that can be read in two ways.
    OpenNumber,
    /// They give one item two ranks.
    RankTwice,
}

/// Where the answers to each question stand; a question that no column answers is told.
pub(super) fn plans<'a>(
    headings: &Headings,
    mapping: &'a Mapping,
    consultation: &'a Consultation,
    log: &Log,
) -> Vec<AnswerPlan<'a>> {
    let questionnaire = &consultation.questionnaire;
    let mut plans = Vec::new();
    for mapped in &mapping.questions {
        let Some((_, question)) = questionnaire.question(&mapped.question) else {
            let finding = Finding::new(Code::ImportMapping, mapped.origin.clone())
                .with_message("expected", message::a_question());
            let known = questionnaire.questions().map(|question| question.id.as_str());
            log.add(finding.with("value", &mapped.question).near(&mapped.question, known));
            continue;
        };
        plans.extend(plan(mapped, question, headings, mapping, log));
    }
    for question in questionnaire
        .questions()
        .filter(|question| !plans.iter().any(|plan| plan.question.id == question.id))
    {
        if !mapping.questions.iter().any(|mapped| mapped.question == question.id) {
            log.add(Finding::new(Code::ImportQuestion, mapping.origin.clone()).with("value", &question.id));
        }
    }
    plans
}

fn plan<'a>(
    mapped: &'a QuestionColumns,
    question: &'a Question,
    headings: &Headings,
    mapping: &'a Mapping,
    log: &Log,
) -> Option<AnswerPlan<'a>> {
    let parts: Vec<&Item> = match &question.kind {
        QuestionKind::Choices { options, .. } => options.iter().collect(),
        kind => kind.rows().iter().collect(),
    };
    let known = |id: &str| parts.iter().any(|part| part.id == id);
    let fault = |expected: Message, id: &str| {
        let finding = Finding::new(Code::ImportMapping, mapped.origin.clone())
            .with_message("expected", expected)
            .with("value", id);
        log.add(finding.near(id, parts.iter().map(|part| part.id.as_str())));
    };
    let public = |column: &Column| headings.resolve_public(column, &question.id, log);
    let all = |columns: &[Column]| columns.iter().map(public).collect::<Option<Vec<_>>>();
    let is_single = matches!(
        question.kind,
        QuestionKind::Text { .. } | QuestionKind::Choice { .. } | QuestionKind::Scale(_) | QuestionKind::Number { .. }
    );
    let shape = match &mapped.columns {
        AnswerColumns::One(column) => Shape::One(public(column)?),
        AnswerColumns::Places(columns) => Shape::Places(all(columns)?),
        AnswerColumns::Each(each) => {
            each.iter()
                .filter(|(id, _)| !known(id))
                .for_each(|(id, _)| fault(message::item_of_question(), id));
            let found = each.iter().map(|(id, column)| Some((id.clone(), public(column)?)));
            Shape::Each(found.collect::<Option<_>>()?)
        }
    };
    let fits = match &shape {
        Shape::One(_) => !matches!(
            question.kind,
            QuestionKind::Grid { .. } | QuestionKind::Direction { .. } | QuestionKind::Points { .. }
        ),
        Shape::Each(_) => !is_single,
        Shape::Places(_) => matches!(question.kind, QuestionKind::Ranking { .. }),
    };
    if !fits {
        fault(message::fitting_columns(), &question.id);
    }
    let labels = Labels::new(question, &mapped.labels, &mapping.no_opinion);
    let other = match &mapped.other {
        Some(column) => Some(public(column)?),
        None => None,
    };
    let separator = if mapped.separator.is_empty() {
        mapping.tool.separator()
    } else {
        &mapped.separator
    };
    fits.then_some(AnswerPlan {
        question,
        labels,
        shape,
        other,
        separator,
        notations: BTreeMap::new(),
    })
}

impl AnswerPlan<'_> {
    /// Decides how the question's numbers are written, from all rows below the headings.
    pub(super) fn decide_numbers(&mut self, sheet: &Sheet, first_row: usize) {
        let columns: Vec<usize> = match (&self.question.kind, &self.shape) {
            (QuestionKind::Number { .. }, Shape::One(column)) => vec![*column],
            (QuestionKind::Points { .. }, Shape::Each(each)) => each.iter().map(|(_, column)| *column).collect(),
            _ => return,
        };
        let mut cells: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
        let mut seen = 0;
        sheet.each(|row| {
            seen += 1;
            // Numbers of a workbook are what they are.
            for (column, cells) in columns.iter().zip(&mut cells) {
                if seen > first_row && row.kind(*column) == CellKind::Text {
                    cells.push(row.cell(*column).to_owned());
                }
            }
        });
        let notations = cells.iter().map(|cells| notation(cells.iter().map(String::as_str)));
        self.notations = columns.into_iter().zip(notations).collect();
    }

    /// The number in a cell, if it is one.
    fn number(&self, row: &Row<'_>, column: usize, words: &str) -> Option<f64> {
        if row.kind(column) != CellKind::Text {
            return words.parse().ok();
        }
        number_in(words, self.notations.get(&column).copied().unwrap_or(Notation::Either))
    }
    /// The answer in this row; `None` when nothing was answered.
    pub(super) fn answer(&self, row: &Row<'_>, mapping: &Mapping, left: &mut Vec<Unread>) -> Option<Value> {
        let words_in = |column: usize| {
            let written = row.cell(column);
            let is_nothing = mapping.no_answer.iter().any(|word| plain(word) == plain(written));
            if is_nothing { "" } else { written }
        };
        let other = self.other.map_or("", words_in);
        let mut answer = Fields::new();
        match &self.shape {
            Shape::One(column) => self.whole(row, *column, words_in(*column), &mut answer, left),
            Shape::Each(each) => {
                for (id, column) in each {
                    self.part(row, id, (*column, words_in(*column)), &mut answer, left);
                }
            }
            Shape::Places(columns) => {
                let items: Vec<Option<&str>> = columns
                    .iter()
                    .map(|column| self.labels.find(words_in(*column)))
                    .collect();
                for ((column, item), rank) in columns.iter().zip(&items).zip(1..) {
                    let is_twice = item.is_some() && items.iter().filter(|other| *other == item).count() > 1;
                    match item {
                        Some(_) if is_twice => {
                            let words = words_in(*column);
                            self.leave(&rank.to_string(), *column, words, UnreadReason::RankTwice, left);
                        }
                        Some(item) => drop(group(&mut answer, "ranks").insert((*item).to_owned(), json!(rank))),
                        None => self.leave_unknown(&rank.to_string(), *column, words_in(*column), left),
                    }
                }
            }
        }
        if !other.is_empty() {
            if self.takes_other() {
                let before = answer
                    .get("other")
                    .and_then(Value::as_str)
                    .map(|words| format!("{words}; "));
                answer.insert(
                    "other".to_owned(),
                    format!("{}{other}", before.unwrap_or_default()).into(),
                );
            } else if let Some(column) = self.other {
                self.leave_unknown("other", column, other, left);
            }
        }
        (!answer.is_empty()).then_some(Value::Object(answer))
    }

    fn takes_other(&self) -> bool {
        matches!(
            self.question.kind,
            QuestionKind::Choice { other: true, .. } | QuestionKind::Choices { other: true, .. }
        )
    }

    /// Keeps words as they are, under the question or the part of it that they answer.
    fn leave(&self, part: &str, column: usize, words: &str, reason: UnreadReason, left: &mut Vec<Unread>) {
        if words.is_empty() {
            return;
        }
        let id = &self.question.id;
        left.push(Unread {
            key: if part.is_empty() {
                id.clone()
            } else {
                format!("{id}.{part}")
            },
            column,
            words: words.to_owned(),
            reason,
        });
    }

    fn leave_unknown(&self, part: &str, column: usize, words: &str, left: &mut Vec<Unread>) {
        self.leave(part, column, words, UnreadReason::Unknown, left);
    }

    /// Keeps words that are no number, or one that can be read in two ways.
    fn leave_number(&self, part: &str, column: usize, words: &str, left: &mut Vec<Unread>) {
        let reason = if is_open(words) {
            UnreadReason::OpenNumber
        } else {
            UnreadReason::Unknown
        };
        self.leave(part, column, words, reason, left);
    }

    /// All of the answer is in one cell.
    fn whole(&self, row: &Row<'_>, column: usize, words: &str, answer: &mut Fields, left: &mut Vec<Unread>) {
        if words.is_empty() {
            return;
        }
        match &self.question.kind {
            QuestionKind::Text { .. } => drop(answer.insert("text".to_owned(), words.into())),
            QuestionKind::Number { .. } => match self.number(row, column, words) {
                Some(number) => drop(answer.insert("number".to_owned(), json!(number))),
                None => self.leave_number("", column, words, left),
            },
            QuestionKind::Choices { .. } => {
                let (found, rest) = self.labels.split(words, self.separator);
                if !found.is_empty() {
                    answer.insert("options".to_owned(), json!(found));
                }
                self.rest(column, &rest.join(self.separator), answer, left);
            }
            QuestionKind::Ranking { .. } => {
                let (found, rest) = self.labels.split(words, self.separator);
                let is_twice = found.iter().enumerate().any(|(at, item)| found[..at].contains(item));
                if is_twice {
                    self.leave("", column, words, UnreadReason::RankTwice, left);
                } else if rest.is_empty() {
                    for (item, rank) in found.into_iter().zip(1..) {
                        group(answer, "ranks").insert(item.to_owned(), json!(rank));
                    }
                } else {
                    // Ranks after an item that is not known would be wrong by one.
                    self.leave_unknown("", column, words, left);
                }
            }
            _ => match self.labels.find(words) {
                Some(NO_OPINION) => drop(answer.insert("no_opinion".to_owned(), json!(true))),
                Some(id) => drop(answer.insert("option".to_owned(), id.into())),
                // The other answer has a column of its own, and this is only the sign that it is there.
                None if self.other.is_some() && OTHERS.contains(&plain(words).as_str()) => {}
                None => self.rest(column, words, answer, left),
            },
        }
    }

    /// Words that no option stands for: another answer, where one may be written.
    fn rest(&self, column: usize, words: &str, answer: &mut Fields, left: &mut Vec<Unread>) {
        // With a column of its own for them, they are not expected here.
        if words.is_empty() {
        } else if self.takes_other() && self.other.is_none() {
            answer.insert("other".to_owned(), words.into());
        } else {
            self.leave_unknown("", column, words, left);
        }
    }

    /// The cell of one option, row or item.
    fn part(
        &self,
        row: &Row<'_>,
        id: &str,
        (column, words): (usize, &str),
        answer: &mut Fields,
        left: &mut Vec<Unread>,
    ) {
        if words.is_empty() {
            return;
        }
        match &self.question.kind {
            QuestionKind::Choices { .. } => {
                let plain_words = plain(words);
                if YES.contains(&plain_words.as_str()) || self.labels.find(words) == Some(id) {
                    if let Some(chosen) = answer.entry("options").or_insert_with(|| json!([])).as_array_mut() {
                        chosen.push(id.into());
                    }
                } else if !NO.contains(&plain_words.as_str()) {
                    self.leave_unknown(id, column, words, left);
                }
            }
            QuestionKind::Ranking { .. } => match words.parse::<u16>().ok().filter(|rank| *rank > 0) {
                Some(rank) => drop(group(answer, "ranks").insert(id.to_owned(), json!(rank))),
                None => self.leave_unknown(id, column, words, left),
            },
            QuestionKind::Points { .. } => match self.number(row, column, words) {
                Some(points) => drop(group(answer, "points").insert(id.to_owned(), json!(points))),
                None => self.leave_number(id, column, words, left),
            },
            _ => match self.labels.find(words) {
                Some(point) => drop(group(answer, "rows").insert(id.to_owned(), point.into())),
                None => self.leave_unknown(id, column, words, left),
            },
        }
    }
}

/// An object within an answer.
fn group<'v>(answer: &'v mut Fields, key: &str) -> &'v mut Fields {
    let entry = answer.entry(key).or_insert_with(|| json!({}));
    entry
        .as_object_mut()
        .expect("nothing else is put under the keys of groups")
}
