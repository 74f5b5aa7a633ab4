//! Texts of a consultation that are lacking in a language in which it can be read.

use crate::finding::{Code, Finding, Log};
use crate::model::{Consultation, Question, QuestionKind, Site, Text};

/// Texts of the form that are lacking in a language in which it can be read.
pub(super) fn check(site: &Site, consultation: &Consultation, log: &Log) {
    let languages = &site.settings.languages;
    let first = languages.first().map_or("", String::as_str);
    let texts: Vec<&Text> = texts(consultation).filter(|text| has_words(text)).collect();
    for language in languages.iter().chain(&consultation.languages) {
        let is_lacking = |text: &&&Text| {
            let mut codes = text
                .entries()
                .map(|(code, _)| if code.is_empty() { first } else { code });
            codes.all(|code| code != language)
        };
        let lacking: Vec<&&Text> = texts.iter().filter(is_lacking).collect();
        if let Some(text) = lacking.first() {
            let finding = Finding::new(Code::ConsultationUntranslated, consultation.origin.clone());
            let value = text.all().next().unwrap_or_default();
            let finding = finding.with("language", language).with("count", lacking.len());
            log.add(finding.with("value", value));
        }
    }
}

/// Whether a text says anything that would be said otherwise in another language: a letter or a number would not.
fn has_words(text: &Text) -> bool {
    text.all().any(|text| {
        text.split_whitespace()
            .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
    })
}

/// The texts of a question with its options and rows.
fn question_texts(question: &Question) -> impl Iterator<Item = &Text> {
    let kind = &question.kind;
    let items = kind.options().iter().chain(kind.rows()).map(|item| &item.text);
    let own = match kind {
        QuestionKind::Scale(scale) | QuestionKind::Grid { scale, .. } => scale.no_opinion.as_ref(),
        QuestionKind::Number { unit, .. } => Some(unit),
        _ => None,
    };
    [&question.text, &question.help].into_iter().chain(items).chain(own)
}

/// The texts that readers of a form meet, in their order. Names of bodies are the same in every language.
fn texts(consultation: &Consultation) -> impl Iterator<Item = &Text> {
    let questionnaire = &consultation.questionnaire;
    let head = [
        &consultation.title,
        &consultation.description,
        &consultation.purpose,
        &consultation.note,
        &questionnaire.introduction,
        &questionnaire.changes,
        &consultation.publication.rule,
    ];
    let data = consultation.personal_data.iter();
    let data = data.flat_map(|data| [&data.purpose, &data.basis, &data.retention, &data.controller]);
    let steps = questionnaire.steps.iter().flat_map(|step| {
        let questions = step.questions.iter().flat_map(question_texts);
        [&step.title, &step.text]
            .into_iter()
            .chain(questions)
            .collect::<Vec<&Text>>()
    });
    head.into_iter().chain(data).chain(steps)
}
