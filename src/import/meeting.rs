//! The recording sheet of meetings → responses of the channel `meeting`: counts instead of a respondent.
//!
//! One row a count: `meeting,date,participants,question,item,answer,count`. The rows of a meeting (its name and day) make
//! one response, with an id made of those two, so that a corrected sheet replaces what was imported before.

use super::accept::RawResponse;
use super::columns::Headings;
use super::label::{Labels, plain};
use super::sheet::{Row, Sheet};
use super::{Fields, Survey};
use crate::finding::{Code, Finding, Log};
use crate::model::QuestionKind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The headings of the sheet.
const HEADINGS: [&str; 7] = ["meeting", "date", "participants", "question", "item", "answer", "count"];

/// Whether a table is a recording sheet.
pub(super) fn is_sheet(headings: &Headings) -> bool {
    ["meeting", "question", "count"]
        .iter()
        .all(|name| headings.find(name).is_some())
}

/// The meetings of a sheet.
pub(super) fn read(sheet: &Sheet, headings: &Headings, survey: &Survey<'_>, log: &Log) -> Vec<RawResponse> {
    let places = HEADINGS.map(|name| headings.find(name));
    let mut meetings: BTreeMap<(String, String), RawResponse> = BTreeMap::new();
    let mut unread: BTreeSet<(String, String)> = BTreeSet::new();
    let mut is_heading = true;
    sheet.each(|row| {
        if std::mem::take(&mut is_heading) {
            return;
        }
        if let Some(finding) = row.surplus(headings.written.len()) {
            log.add(finding);
            return;
        }
        let [name, date, participants, question, item, answer, count] =
            places.map(|column| column.map_or("", |column| row.cell(column)));
        let raw = meetings
            .entry((name.to_owned(), date.to_owned()))
            .or_insert_with(|| opened(name, date, row));
        let group =
            |fields: &mut Fields, key: &str| fields.entry(key).or_insert_with(|| json!({})).as_object_mut().cloned();
        let mut meeting = group(&mut raw.fields, "meeting").unwrap_or_default();
        match participants.parse::<u32>() {
            Ok(participants) => drop(meeting.insert("participants".to_owned(), participants.into())),
            // Once a meeting: the number stands on every row.
            Err(_) if !participants.is_empty() && unread.insert((name.to_owned(), date.to_owned())) => {
                log.add(unreadable(row, &places, 2));
            }
            Err(_) => {}
        }
        raw.fields.insert("meeting".to_owned(), Value::Object(meeting));
        if let Err(column) = counted(&mut raw.fields, survey, question, item, answer, count) {
            log.add(unreadable(row, &places, column));
            let key = [question, item, answer].join(".");
            let mut unmatched = group(&mut raw.fields, "unmatched").unwrap_or_default();
            unmatched.insert(key, count.into());
            raw.fields.insert("unmatched".to_owned(), Value::Object(unmatched));
        }
    });
    meetings.into_values().collect()
}

/// A cell of the sheet that stands for nothing; `column` is its place among the headings.
fn unreadable(row: &Row<'_>, places: &[Option<usize>; 7], column: usize) -> Finding {
    let finding = Finding::new(Code::ImportLabel, row.place(places[column].unwrap_or_default()));
    finding
        .with("row", row.number)
        .with("column", HEADINGS[column])
        .with("sheet", HEADINGS[column])
}

/// What tells a meeting from others.
pub(super) fn identity(name: &str, date: &str) -> String {
    format!("meeting\u{1f}{}\u{1f}{date}", plain(name))
}

fn opened(name: &str, date: &str, row: &Row<'_>) -> RawResponse {
    let mut fields = Fields::new();
    fields.insert("channel".to_owned(), "meeting".into());
    fields.insert("submitted".to_owned(), date.into());
    fields.insert("meeting".to_owned(), json!({ "name": name, "date": date }));
    fields.insert("answers".to_owned(), json!({}));
    RawResponse {
        fields,
        identity: identity(name, date),
        has_code: false,
        contact: Vec::new(),
        origin: row.place(0),
    }
}

/// Puts a row's count in its place; else the column, by its place in the headings, and the words that stand for nothing.
fn counted(
    fields: &mut Fields,
    survey: &Survey<'_>,
    question: &str,
    item: &str,
    answer: &str,
    count: &str,
) -> Result<(), usize> {
    let questionnaire = &survey.consultation.questionnaire;
    let by_words = || {
        questionnaire
            .questions()
            .find(|asked| asked.text.all().any(|text| plain(text) == plain(question)))
    };
    let found = questionnaire
        .question(question)
        .map(|(_, question)| question)
        .or_else(by_words);
    let question = found.ok_or(3_usize)?;
    let answers = fields.entry("answers").or_insert_with(|| json!({}));
    if matches!(question.kind, QuestionKind::Text { .. }) {
        let free_text = &mut answers[&question.id];
        let before = free_text
            .get("text")
            .and_then(Value::as_str)
            .map(|text| format!("{text}\n"))
            .unwrap_or_default();
        *free_text = json!({ "text": format!("{before}{answer}") });
        return Ok(());
    }
    let is_ranking = matches!(question.kind, QuestionKind::Ranking { .. });
    let labels = Labels::new(question, &[], &[]);
    let count: u32 = if count.is_empty() {
        0
    } else {
        count.parse().map_err(|_| 6_usize)?
    };
    let rows = question.kind.rows();
    let option = if is_ranking {
        "first"
    } else {
        labels.find(answer).ok_or(5_usize)?
    };
    if rows.is_empty() {
        answers[&question.id]["counts"][option] = count.into();
        return Ok(());
    }
    let is_meant = |words: &str| plain(words) == plain(item);
    let row = rows
        .iter()
        .find(|row| is_meant(&row.id) || row.text.all().chain(row.short.all()).any(is_meant));
    let row = row.ok_or(4_usize)?;
    answers[&question.id]["counts"][&row.id][option] = count.into();
    Ok(())
}
