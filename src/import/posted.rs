//! A form as a browser posts it → a line of the journal, or why it cannot be taken in.
//!
//! Takes fields and values, one consultation and its codes. The same rules as for a file that is imported, with one difference:
//! the sender is still there. What a file's import sets aside (a wrong code) or leaves for the journal's reader to report (an
//! option that does not exist, points that do not add up), the sender is told and can mend. The time is not the sender's to
//! say: whoever receives the form adds it.

use super::accept::{RawResponse, accept_response, text};
use super::{Fields, Report, Survey, flat, journal, says_nothing};
use crate::finding::Log;
use crate::model::{Consultation, Question, QuestionKind, Questionnaire};
use crate::read::{self, TEST_ID};
use crate::source::Origin;
use serde_json::Value;
use std::collections::BTreeMap;

/// Most fields of one form; a questionnaire of a hundred grids has fewer.
const MOST_FIELDS: usize = 4000;
/// Most characters of a field that is no answer in words: a name, a body, an id.
const LONGEST_FIELD: usize = 500;
/// Fields that only files and protocols have.
const NOT_POSTED: [&str; 2] = ["draft", "meeting"];

/// A form that can be taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// The response in the shape of the journal, without id and time.
    fields: Fields,
    /// Id that the form gave it; `None`: a form without a script has none.
    pub id: Option<String>,
    /// Whether it only tries the way, and is not kept.
    pub is_test: bool,
    /// Hash of all it says: equal for a form that is sent again.
    pub content: u128,
}

/// Why a form is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostedFault {
    /// It has too many fields, or fields of another shape.
    Malformed,
    /// The questions have no such version: the page is older or newer than the site.
    Version,
    /// It answers nothing.
    Empty,
    /// The invitation code of the body is lacking.
    NoCode,
    /// The invitation code is not that of the body.
    WrongCode,
    /// A field has more characters than are allowed: its question, `None` for a field about the respondent; and how many it may have.
    TooLong(Option<String>, u64),
    /// Answers that do not fit their questions, by id.
    Unfit(Vec<String>),
}

/// Reads a form that was posted to this consultation.
///
/// # Errors
/// When it is not taken in.
pub fn posted(
    form: &[(String, String)],
    consultation: &Consultation,
    codes: Option<&[(String, String)]>,
) -> Result<Posted, PostedFault> {
    if form.len() > MOST_FIELDS {
        return Err(PostedFault::Malformed);
    }
    let version = value(form, "version");
    let versions = consultation.earlier.iter().chain([&consultation.questionnaire]);
    let asked = if version.is_empty() {
        &consultation.questionnaire
    } else {
        let mut versions = versions;
        let known = versions.find(|asked| asked.version == version);
        known.ok_or(PostedFault::Version)?
    };
    check_lengths(form, asked)?;
    let mut fields: BTreeMap<usize, (String, Vec<Value>)> = BTreeMap::new();
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, value) in form {
        let start = name.split('.').next().unwrap_or_default();
        if NOT_POSTED.contains(&start) || ["channel", "submitted"].contains(&name.as_str()) {
            continue;
        }
        let position = positions.len();
        let position = *positions.entry(name).or_insert(position);
        let entry = fields.entry(position).or_insert_with(|| (name.clone(), Vec::new()));
        entry.1.push(Value::from(plain_lines(value)));
    }
    let survey = Survey {
        consultation,
        journal: "",
        codes: codes.filter(|_| consultation.channels.codes),
        mapping: None,
        tool: None,
        today: None,
        relation: None,
    };
    let is_test = value(form, "response").starts_with(TEST_ID);
    let mut folded = flat::folded(fields.into_values().collect(), &survey);
    folded.insert("channel".to_owned(), "form".into());
    // A test is examined like any other answer, which its id would prevent.
    let test_id = if is_test { folded.remove("response") } else { None };
    let raw = RawResponse::of_form(folded, &survey, Origin::file(&"form".into()));
    // Nobody reads these findings: whatever matters to the sender is a fault, and a build reports the rest.
    let (mut report, log) = (Report::default(), Log::default());
    let (mut kept, _) = accept_response(raw, &survey, &mut report, &log).ok_or(PostedFault::Malformed)?;
    match text(&kept, "unverified") {
        "" => {}
        "no code" => return Err(PostedFault::NoCode),
        _ => return Err(PostedFault::WrongCode),
    }
    if says_nothing(&kept) && !is_test {
        return Err(PostedFault::Empty);
    }
    // What an earlier version asked is understood when the journal is read, as far as it is mapped to today's questions.
    let is_current = asked.version == consultation.questionnaire.version;
    if let Some(answers) = kept.get("answers").and_then(Value::as_object).filter(|_| is_current) {
        let unfit = read::unfit_answers(consultation, answers);
        if !unfit.is_empty() {
            return Err(PostedFault::Unfit(unfit));
        }
    }
    let id = test_id.or_else(|| kept.remove("response"));
    let id = id.as_ref().and_then(Value::as_str).map(str::to_owned);
    let content = content_of(&kept);
    Ok(Posted {
        fields: kept,
        id,
        is_test,
        content,
    })
}

impl Posted {
    /// The line of the journal, with its line break: under this id, sent at this moment.
    #[must_use]
    pub fn line(&self, id: &str, moment: &str) -> String {
        let mut response = self.fields.clone();
        response.insert("response".to_owned(), id.into());
        response.insert("submitted".to_owned(), moment.into());
        journal::written(&response) + "\n"
    }
}

/// A response of the journal: its id, the hash of what it says, and when it was sent; `None`: the line is none.
#[must_use]
pub fn known_response(line: &str) -> Option<(String, u128, Option<i64>)> {
    let Ok(Value::Object(mut response)) = serde_json::from_str(line) else {
        return None;
    };
    let id = response.remove("response")?.as_str()?.to_owned();
    let submitted = response.remove("submitted");
    let moment = submitted.as_ref().and_then(Value::as_str).and_then(read::moment);
    Some((id, content_of(&response), moment.map(|(_, second)| second)))
}

/// The hash of what a response says, whatever the order of its keys.
fn content_of(response: &Fields) -> u128 {
    let own = response
        .iter()
        .filter(|(key, _)| ![super::accept::UNTIMED, journal::SHEET].contains(&key.as_str()));
    let own: Fields = own.map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut canonical = String::new();
    write_sorted(&Value::Object(own), &mut canonical);
    u128::from_be_bytes(journal::hash(&canonical))
}

fn write_sorted(value: &Value, text: &mut String) {
    match value {
        Value::Object(object) => {
            let sorted: BTreeMap<&String, &Value> = object.iter().collect();
            text.push('{');
            for (key, value) in sorted {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_sorted(value, text);
                text.push(',');
            }
            text.push('}');
        }
        value => text.push_str(&value.to_string()),
    }
}

/// The first value of a field; empty when there is none.
fn value<'f>(form: &'f [(String, String)], name: &str) -> &'f str {
    let found = form.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value.trim())
}

/// Browsers send a line break as two characters and count it as one.
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Holds every field against the most characters it may have. Characters are those of browsers: units of UTF-16.
fn check_lengths(form: &[(String, String)], asked: &Questionnaire) -> Result<(), PostedFault> {
    for (name, value) in form {
        let (id, part) = name.split_once('.').unwrap_or((name, ""));
        let question = asked.question(id).map(|(_, question)| question);
        let most = match question {
            Some(Question {
                kind: QuestionKind::Text { longest, .. },
                ..
            }) if part.is_empty() => *longest,
            Some(_) => Some(LONGEST_FIELD as u64 * 4),
            None => Some(LONGEST_FIELD as u64),
        };
        let Some(most) = most else { continue };
        let length = plain_lines(value).encode_utf16().count() as u64;
        if length > most {
            return Err(PostedFault::TooLong(question.map(|question| question.id.clone()), most));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Snapshot;

    const SURVEY: &str = "title: Prov\ndescription: Prov.\nrespondents: bodies\n\
        invited: [{ name: Kommuner, bodies: [{ id: a, name: A }, { id: b, name: B }] }]\n\
        open_to_all: true\ndates: {}\nchannels: { endpoint: /svar, codes: true }\npublication: { bodies: named, rule: R. }\n\
        questionnaire:\n  version: \"2\"\n  steps:\n    - title: Ett\n      questions:\n\
        \x20       - { id: ord, kind: text, text: Ord?, longest: 5 }\n\
        \x20       - { id: val, kind: choice, text: Val?, options: [{ id: x, text: X }, { id: y, text: Y }] }\n\
        \x20       - { id: p, kind: points, text: Poäng?, total: 10, items: [{ id: i, text: I }, { id: j, text: J }] }\n";

    fn consultation() -> Consultation {
        let mut snapshot = Snapshot::default();
        snapshot.insert("data/site.yaml", &b"title: Prov\n"[..]);
        snapshot.insert("data/consultations/prov.yaml", SURVEY.as_bytes());
        let log = Log::default();
        let mut site = read::site(&snapshot, &log).expect("a site");
        site.consultations.remove(0)
    }

    fn post(form: &[(&str, &str)]) -> Result<Posted, PostedFault> {
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let codes = [("a".to_owned(), "kod-a".to_owned())];
        posted(&form, &consultation(), Some(&codes))
    }

    #[test]
    fn a_form_becomes_the_line_that_an_import_writes() {
        let form = [
            ("consultation", "prov"),
            ("version", "2"),
            ("channel", "paper"),
            ("response", "r1"),
            ("submitted", "x"),
        ];
        let answers = [
            ("ord", "å\r\nb"),
            ("val", "x"),
            ("respondent.body", "a"),
            ("respondent.code", "KOD a"),
        ];
        let posted = post(&[&form[..], &answers[..]].concat()).expect("it is taken in");
        assert_eq!(posted.id.as_deref(), Some("r1"));
        let line = posted.line("r1", "2026-03-17T14:32:05+01:00");
        let expected = r#"{"format":"utsikt-response/1","consultation":"prov","version":"2","response":"r1","channel":"form","submitted":"2026-03-17T14:32:05+01:00","respondent":{"body":"a"},"answers":{"ord":{"text":"å\nb"},"val":{"option":"x"}}}"#;
        assert_eq!(line.trim_end(), expected);
        let known = known_response(&line).expect("a response");
        assert_eq!((known.0.as_str(), known.1), ("r1", posted.content));
    }

    #[test]
    fn what_the_sender_can_mend_is_refused() {
        let fault = |form: &[(&str, &str)]| post(form).err();
        assert_eq!(fault(&[("val", "x"), ("version", "7")]), Some(PostedFault::Version));
        assert_eq!(
            fault(&[("consultation", "prov"), ("val", "")]),
            Some(PostedFault::Empty)
        );
        assert_eq!(
            fault(&[("val", "x"), ("consultation", "annan")]),
            Some(PostedFault::Malformed)
        );
        assert_eq!(
            fault(&[("val", "x"), ("respondent.body", "a")]),
            Some(PostedFault::NoCode)
        );
        let wrong = [("val", "x"), ("respondent.body", "a"), ("respondent.code", "gissning")];
        assert_eq!(fault(&wrong), Some(PostedFault::WrongCode));
        assert_eq!(
            fault(&[("ord", "sex tecken")]),
            Some(PostedFault::TooLong(Some("ord".into()), 5))
        );
        assert_eq!(fault(&[("val", "z")]), Some(PostedFault::Unfit(vec!["val".into()])));
        assert_eq!(
            fault(&[("p.i", "4"), ("p.j", "5")]),
            Some(PostedFault::Unfit(vec!["p".into()]))
        );
        assert_eq!(fault(&[("ord", "\r\n\r\nabc")]), None);
    }

    #[test]
    fn no_form_is_a_meeting_or_paper() {
        let posted =
            post(&[("val", "x"), ("meeting.participants", "40"), ("channel", "meeting")]).expect("it is taken in");
        let line = posted.line("r", "2026-03-17");
        assert!(
            !line.contains("meeting") && line.contains(r#""channel":"form""#),
            "{line}"
        );
    }

    #[test]
    fn machines_are_kept_and_marked() {
        for mark in [("webbplats", "http://x"), ("started", "200")] {
            let line = post(&[("val", "x"), mark])
                .expect("it is taken in")
                .line("r", "2026-03-17");
            assert!(line.contains("suspect"), "{line}");
        }
    }
}
