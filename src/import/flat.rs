//! The form's field names → the shape of the journal: `q`, `q.other`, `q.row`, `respondent.body`.
//!
//! Takes objects, or a table whose headings are such names. Only the shape: whether an option exists is for whoever reads the
//! journal.

use super::accept::{READ, RawResponse};
use super::columns::{Headings, is_private};
use super::sheet::Sheet;
use super::{Fields, NO_OPINION, Survey, paper};
use crate::finding::{Code, Finding, Log};
use crate::model::{Question, QuestionKind};
use serde_json::{Value, json};

/// Groups of fields that are objects in the journal.
const GROUPS: [&str; 3] = ["respondent", "decision", "meeting"];
/// The value of a choice whose answer stands in words beside it.
const OTHER: &str = "other";

/// The fields of one response, folded up.
pub(super) fn folded(fields: Vec<(String, Vec<Value>)>, survey: &Survey<'_>) -> Fields {
    let version = fields
        .iter()
        .find(|(key, _)| key == "version")
        .and_then(|(_, values)| values.first()?.as_str());
    let consultation = survey.consultation;
    let earlier = consultation
        .earlier
        .iter()
        .find(|asked| Some(asked.version.as_str()) == version);
    let asked = earlier.unwrap_or(&consultation.questionnaire);
    let (mut response, mut answers) = (Fields::new(), Fields::new());
    for (key, values) in fields {
        let values: Vec<Value> = values.into_iter().filter(|value| !is_empty(value)).collect();
        let Some(first) = values.first().cloned() else { continue };
        let (name, part) = key.split_once('.').unwrap_or((&key, ""));
        let taken = match asked.question(name) {
            Some((_, question)) => answer(&mut answers, question, part, &values),
            None => GROUPS.contains(&name) && !part.is_empty() && put(&mut response, name, part, first.clone()),
        };
        if !taken {
            // A field that nobody asked for keeps its name, unless it is that of something else.
            let is_taken = GROUPS.contains(&key.as_str()) || matches!(key.as_str(), "answers" | "unmatched");
            let value = if values.len() > 1 { Value::Array(values) } else { first };
            response.insert(if is_taken { format!("{key} ") } else { key }, value);
        }
    }
    // Words beside a choice count when no option was chosen; of several choices they stand beside them.
    for (_, answer) in &mut answers {
        if let Some(answer) = answer
            .as_object_mut()
            .filter(|answer| answer.get("option").is_some_and(|option| option == OTHER))
        {
            answer.remove("option");
        }
    }
    response.insert("answers".to_owned(), Value::Object(answers));
    response
}

/// Whether a table has the form's field names for headings.
pub(super) fn is_form(headings: &Headings) -> bool {
    let is_ours = |heading: &String| {
        matches!(heading.as_str(), "consultation" | "version" | "response") || heading.starts_with("respondent.")
    };
    headings.written.iter().any(is_ours)
}

/// Hands over the responses of a table with the form's field names; none when a heading is no such name.
pub(super) fn table(
    sheet: &Sheet,
    headings: &Headings,
    survey: &Survey<'_>,
    behind: &mut Vec<String>,
    log: &Log,
    each: &mut dyn FnMut(RawResponse),
) {
    let consultation = survey.consultation;
    let asked = || consultation.earlier.iter().chain([&consultation.questionnaire]);
    let mut is_fine = true;
    let mut left: Vec<&str> = Vec::new();
    // Whoever keys in paper may use the words of the form.
    let fields: Vec<(String, Option<Value>)> = headings
        .written
        .iter()
        .map(|heading| paper::field(heading, survey))
        .collect();
    for (heading, (field, _)) in headings.written.iter().zip(&fields) {
        if heading.is_empty() {
            continue;
        }
        let (name, part) = field.split_once('.').unwrap_or((field, ""));
        let known = READ.contains(&field.as_str())
            || GROUPS.contains(&name) && !part.is_empty()
            || asked().any(|asked| asked.question(name).is_some());
        let mut ignored = survey.mapping.iter().flat_map(|mapping| &mapping.ignored);
        if ignored.any(|(name, _)| headings.find(name).is_some_and(|at| headings.written[at] == *heading)) {
            left.push(heading.as_str());
            continue;
        }
        if is_private(heading) && !known {
            behind.push(heading.clone());
        } else if !known {
            is_fine = false;
            let questions = asked().flat_map(|asked| asked.questions().map(|question| question.id.as_str()));
            let finding = Finding::new(Code::ImportColumn, sheet.origin()).with("column", heading);
            let near = crate::finding::nearest(heading, questions.chain(READ)).map(ToOwned::to_owned);
            log.add(match near {
                Some(near) => finding.with("near", near),
                None => finding,
            });
        }
    }
    let mut is_heading = true;
    sheet.each(|row| {
        if is_fine && !std::mem::take(&mut is_heading) {
            if let Some(finding) = row.surplus(headings.written.len()) {
                log.add(finding);
                return;
            }
            let is_read = |heading: &str| !heading.is_empty() && !left.contains(&heading);
            let cells = headings
                .written
                .iter()
                .enumerate()
                .filter(|(_, heading)| is_read(heading));
            let mut response: Vec<(String, Vec<Value>)> = Vec::new();
            for (at, (field, constant)) in cells.filter_map(|(at, _)| Some((at, fields.get(at)?))) {
                let value = constant
                    .clone()
                    .unwrap_or_else(|| paper::by_ids(field, row.cell(at), survey));
                match response.iter_mut().find(|(name, _)| name == field) {
                    Some((_, values)) => values.push(value),
                    None => response.push((field.clone(), vec![value])),
                }
            }
            each(RawResponse::of_form(folded(response, survey), survey, row.place(0)));
        }
    });
}

/// Puts a field into the answer to its question; false when the question has no such field.
fn answer(answers: &mut Fields, question: &Question, part: &str, values: &[Value]) -> bool {
    let id = question.id.as_str();
    let Some(first) = values.first().cloned() else {
        return true;
    };
    let group = match (&question.kind, part) {
        (QuestionKind::Text { .. }, "") => return put(answers, id, "text", first),
        (QuestionKind::Number { .. }, "") => return put(answers, id, "number", first),
        (QuestionKind::Scale(_), "") if first == NO_OPINION => return put(answers, id, "no_opinion", json!(true)),
        (QuestionKind::Choice { .. } | QuestionKind::Scale(_), "") => return put(answers, id, "option", first),
        (QuestionKind::Choice { .. } | QuestionKind::Choices { .. }, OTHER) => return put(answers, id, "other", first),
        (QuestionKind::Choices { .. }, "") => {
            let chosen: Vec<Value> = values.iter().flat_map(ids).filter(|id| id != OTHER).collect();
            return chosen.is_empty() || put(answers, id, "options", Value::Array(chosen));
        }
        (_, "") => return false,
        (QuestionKind::Grid { .. } | QuestionKind::Direction { .. }, _) => "rows",
        (QuestionKind::Ranking { .. }, _) => "ranks",
        (QuestionKind::Points { .. }, _) => "points",
        _ => return false,
    };
    let entry = answers.entry(id).or_insert_with(|| json!({}));
    let Some(entry) = entry.as_object_mut() else {
        return false;
    };
    put(entry, group, part, first)
}

/// Ids in one value: a table has one cell for a field that was sent several times.
fn ids(value: &Value) -> Vec<Value> {
    match value.as_str() {
        Some(text) => {
            let ids = text
                .split([',', ';', '|', ' ', '\n', '\r', '\t'])
                .filter(|id| !id.is_empty());
            ids.map(Value::from).collect()
        }
        None => vec![value.clone()],
    }
}

/// Puts a value into an object within an object. True, for what follows.
fn put(response: &mut Fields, group: &str, key: &str, value: Value) -> bool {
    let entry = response.entry(group).or_insert_with(|| json!({}));
    if let Some(entry) = entry.as_object_mut() {
        entry.insert(key.to_owned(), value);
    }
    true
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}
