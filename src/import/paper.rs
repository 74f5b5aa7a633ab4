//! A sheet to key in what was answered on paper, and how a sheet that somebody typed is understood.
//!
//! Headings are the form's field names, the question's own words, or both: `bor`, `Var bor du?`, `bor (Var bor du?)`. Answers
//! are ids or the words of the form. What is not exactly one of them is left as it is, for whoever reads the journal to find.

use super::accept::READ;
use super::label::{Labels, plain};
use super::{NO_OPINION, Survey};
use crate::model::{
    Consultation, ContactField, Item, Naming, Question, QuestionKind, Questionnaire, Respondents, Text,
};
use serde_json::Value;

/// The heading by which every row of a sheet was answered on paper.
const CHANNEL: &str = "channel=paper";

/// The headings of an empty sheet, as a line of CSV with the byte order mark, by which spreadsheets know its letters. They have
/// the texts in this language. Semicolons stand between them, as spreadsheets with a decimal comma want it.
#[must_use]
pub fn paper_sheet(consultation: &Consultation, language: &str) -> String {
    let mut headings = vec![CHANNEL.to_owned(), "response".to_owned(), "submitted".to_owned()];
    let is_of_bodies = consultation.respondents == Respondents::Bodies;
    if !consultation.invited.is_empty() {
        headings.push("respondent.body".to_owned());
    }
    if is_of_bodies {
        headings.extend(
            [
                "respondent.other",
                "decision.body",
                "decision.date",
                "decision.paragraph",
            ]
            .map(str::to_owned),
        );
        if consultation.publication.bodies != Naming::Nothing {
            headings.push("naming".to_owned());
        }
    }
    let contact = consultation.personal_data.iter().flat_map(|data| &data.fields);
    for field in contact {
        let name = ContactField::NAMES.iter().find(|(_, known)| known == field);
        headings.extend(name.map(|(name, _)| format!("respondent.{name}")));
    }
    for question in consultation.questionnaire.questions() {
        let text = question.text.in_language(language);
        match question.kind.rows() {
            [] => headings.push(format!("{} ({text})", question.id)),
            rows => headings.extend(rows.iter().map(|row| {
                let short = question.short.in_language(language);
                format!(
                    "{}.{} ({short}: {})",
                    question.id,
                    row.id,
                    row.short.in_language(language)
                )
            })),
        }
        if has_other(question) {
            headings.push(format!("{}.other", question.id));
        }
    }
    let quoted = headings
        .iter()
        .map(|heading| format!("\"{}\"", heading.replace('"', "\"\"")));
    format!("\u{feff}{}\n", quoted.collect::<Vec<String>>().join(";"))
}

fn has_other(question: &Question) -> bool {
    matches!(
        question.kind,
        QuestionKind::Choice { other: true, .. } | QuestionKind::Choices { other: true, .. }
    )
}

/// The field name that a heading stands for, and the value that it gives every row; the heading itself when it is no name.
pub(super) fn field(heading: &str, survey: &Survey<'_>) -> (String, Option<Value>) {
    if heading == CHANNEL {
        return ("channel".to_owned(), Some("paper".into()));
    }
    let before = heading.split_once(" (").map_or(heading, |(name, _)| name).trim();
    if is_known(before, survey.consultation) {
        return (before.to_owned(), None);
    }
    let mut named = survey.consultation.questionnaire.questions().flat_map(names);
    let wanted = plain(heading);
    let found = named.find(|(text, _)| *text == wanted).map(|(_, name)| name);
    // Two questions with the same words are told apart by their names alone.
    let is_alone = named.all(|(text, name)| text != wanted || found.as_ref() == Some(&name));
    (found.filter(|_| is_alone).unwrap_or_else(|| heading.to_owned()), None)
}

/// Whether the headings are those of our own sheet.
pub(super) fn is_sheet(headings: &[String]) -> bool {
    headings.iter().any(|heading| heading == CHANNEL)
}

/// Whether every heading is a field of the form, and one at least a question's.
pub(super) fn is_keyed_in(headings: &[String], survey: &Survey<'_>) -> bool {
    let mut names = headings
        .iter()
        .filter(|heading| !heading.is_empty())
        .map(|heading| field(heading, survey).0);
    let asks = |name: &String| question_of(name, survey.consultation).is_some();
    let names: Vec<String> = names.by_ref().collect();
    names.iter().any(asks) && names.iter().all(|name| is_known(name, survey.consultation))
}

fn question_of<'a>(name: &str, consultation: &'a Consultation) -> Option<&'a Question> {
    let id = name.split_once('.').map_or(name, |(id, _)| id);
    let mut versions = std::iter::once(&consultation.questionnaire).chain(&consultation.earlier);
    versions.find_map(|questionnaire: &Questionnaire| questionnaire.question(id).map(|(_, question)| question))
}

fn is_known(name: &str, consultation: &Consultation) -> bool {
    let group = ["respondent.", "decision.", "meeting."]
        .iter()
        .any(|group| name.starts_with(group));
    READ.contains(&name) || group || question_of(name, consultation).is_some()
}

/// The words by which a question's fields can be called, and their names.
fn names(question: &Question) -> Vec<(String, String)> {
    let texts = |text: &Text, short: &Text| {
        text.all()
            .chain(short.all())
            .map(str::to_owned)
            .collect::<Vec<String>>()
    };
    let of_question = texts(&question.text, &question.short);
    let of_row = |row: &Item| {
        let of_row = texts(&row.text, &row.short);
        let pairs = of_question
            .iter()
            .flat_map(|question| of_row.iter().map(move |row| format!("{question}: {row}")));
        let name = format!("{}.{}", question.id, row.id);
        pairs
            .map(|text| (plain(&text), name.clone()))
            .collect::<Vec<(String, String)>>()
    };
    match question.kind.rows() {
        [] => of_question
            .iter()
            .map(|text| (plain(text), question.id.clone()))
            .collect(),
        rows => rows.iter().flat_map(of_row).collect(),
    }
}

/// The ids that a cell's words stand for, in the place of the words; a cell of ids, or of anything else, as it is.
pub(super) fn by_ids(name: &str, cell: &str, survey: &Survey<'_>) -> Value {
    let consultation = survey.consultation;
    if name == "respondent.body" {
        let called = |name: &str| plain(name) == plain(cell);
        let mut bodies = consultation.bodies();
        let body = bodies.find(|body| body.id == cell.trim() || body.name.all().any(called));
        return body.map_or(cell, |body| body.id.as_str()).into();
    }
    let part = name.split_once('.').map_or("", |(_, part)| part);
    let Some(question) = question_of(name, consultation).filter(|_| part != "other") else {
        return cell.into();
    };
    let labels = || {
        Labels::new(
            question,
            &[],
            &["Ingen uppfattning".to_owned(), "No opinion".to_owned()],
        )
    };
    let is_id = |id: &str| {
        let is_option = question.kind.options().iter().any(|option| option.id == id);
        is_option || id == NO_OPINION || id == "other" || super::WAYS.contains(&id)
    };
    match &question.kind {
        QuestionKind::Choices { .. } => {
            if cell
                .split([',', ';', '|', ' ', '\n', '\r', '\t'])
                .filter(|id| !id.is_empty())
                .all(is_id)
            {
                return cell.into();
            }
            let labels = labels();
            let (ids, left) = labels.split(cell, if cell.contains(';') { ";" } else { "," });
            if left.is_empty() {
                ids.join(";").into()
            } else {
                cell.into()
            }
        }
        QuestionKind::Choice { .. }
        | QuestionKind::Scale(_)
        | QuestionKind::Grid { .. }
        | QuestionKind::Direction { .. } => {
            let cell = cell.trim();
            if is_id(cell) {
                return cell.into();
            }
            labels().find(cell).unwrap_or(cell).into()
        }
        _ => cell.into(),
    }
}
