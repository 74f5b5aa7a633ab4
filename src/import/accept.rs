//! A response as it came → the line that is kept: only what may be kept, checked for its sender, with an id.
//!
//! Everything else in this module's neighbours is about shapes; this is about trust. The invitation code never gets into
//! the journal, fields about a person only those that were declared, and nothing that is kept is judged by its contents.

use super::{Fields, Report, Survey};
use crate::finding::{Code, Finding, Log, message};
use crate::model::ContactField;
use crate::read::{FORMAT, TEST_ID, moment};
use crate::source::Origin;
use serde_json::{Map, Value};

/// A response that came faster than this after its form was opened was hardly written by a human, in milliseconds.
const FASTEST: f64 = 3000.0;
/// Fields of a response that are no answers and no groups.
pub(super) const READ: [&str; 11] = [
    "format",
    "consultation",
    "version",
    "response",
    "language",
    "channel",
    "submitted",
    "naming",
    "webbplats",
    "started",
    "unmatched",
];
/// The key of a response of which nothing tells that it came in time.
pub(super) const UNTIMED: &str = "untimed";
/// Longest id, in bytes.
const LONGEST_ID: usize = 200;

/// A response as it came, in the shape of the journal, with all that its sender said.
pub(super) struct RawResponse {
    /// The response.
    pub(super) fields: Fields,
    /// What tells it from others when it has no id; empty: its own content.
    pub(super) identity: String,
    /// Whether its sender was asked for an invitation code.
    pub(super) has_code: bool,
    /// Fields about a person that its mapping declares.
    pub(super) contact: Vec<ContactField>,
    /// Where it came from.
    pub(super) origin: Origin,
}

impl RawResponse {
    /// A response of the form.
    pub(super) fn of_form(fields: Fields, survey: &Survey<'_>, origin: Origin) -> Self {
        let declared = survey.consultation.personal_data.as_ref();
        let contact = declared
            .map(|personal_data| personal_data.fields.clone())
            .unwrap_or_default();
        let has_code = !matches!(text(&fields, "channel"), "paper" | "meeting" | "tool");
        Self {
            fields,
            identity: String::new(),
            has_code,
            contact,
            origin,
        }
    }
}

/// What a response's id is made of.
pub(super) enum Identity {
    /// It has its own.
    Own,
    /// A name that it alone has, such as that of a meeting.
    Name(String),
    /// All that it says; who says the same may be somebody else.
    Content(String),
}

/// Text under a key; empty when there is none.
pub(super) fn text<'v>(fields: &'v Fields, key: &str) -> &'v str {
    fields.get(key).and_then(Value::as_str).unwrap_or_default().trim()
}

/// The response as it is kept, and what its id is made of; `None` after a finding when it is none of this consultation's.
pub(super) fn accept_response(
    raw: RawResponse,
    survey: &Survey<'_>,
    report: &mut Report,
    log: &Log,
) -> Option<(Fields, Identity)> {
    let mut fields = raw.fields;
    for key in READ {
        if let Some(Value::Number(number)) = fields.get(key) {
            let number = number.to_string();
            fields.insert(key.to_owned(), number.into());
        }
    }
    let consultation = &survey.consultation.id;
    let claimed = text(&fields, "consultation");
    if !claimed.is_empty() && claimed != consultation {
        let fault = Finding::new(Code::ImportFile, raw.origin).with_message("problem", message::response_elsewhere());
        log.add(fault.with("value", claimed));
        return None;
    }
    if text(&fields, "response").starts_with(TEST_ID) {
        report.tests += 1;
        return None;
    }
    if fields
        .remove("draft")
        .is_some_and(|draft| !matches!(draft, Value::Bool(false)))
    {
        log.add(Finding::new(Code::ImportDraft, raw.origin));
        report.drafts += 1;
        return None;
    }
    let mut kept = Fields::new();
    let mut keep = |key: &str, value: Value| drop(kept.insert(key.to_owned(), value));
    keep("format", FORMAT.into());
    keep("consultation", consultation.as_str().into());
    let version = text(&fields, "version");
    let version = if version.is_empty() {
        &survey.consultation.questionnaire.version
    } else {
        version
    };
    keep("version", version.into());
    for key in ["language", "channel", "submitted", "naming"] {
        if !text(&fields, key).is_empty() {
            keep(key, text(&fields, key).into());
        }
    }
    if let Some(reason) = suspicion(&fields) {
        keep("suspect", reason.into());
        report.suspect += 1;
    }
    let mut respondent = object(fields.remove("respondent"));
    let code = respondent.remove("code");
    let code = code.as_ref().and_then(Value::as_str).unwrap_or_default();
    if let Some(reason) = unverified_reason(&mut respondent, code, raw.has_code, survey) {
        keep("unverified", reason.into());
        report.unverified += 1;
    }
    let may_be_kept = |key: &str| {
        let contact = ContactField::NAMES
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, field)| field);
        matches!(key, "body" | "other") || contact.is_some_and(|field| raw.contact.contains(field))
    };
    let before = respondent.len();
    respondent.retain(|key, value| may_be_kept(key) && !is_blank(value));
    report.left_behind += before - respondent.len();
    if !respondent.is_empty() {
        keep("respondent", Value::Object(respondent));
    }
    for key in ["decision", "meeting", "answers"] {
        let is_object = fields.get(key).is_some_and(Value::is_object);
        let value = if is_object { fields.remove(key) } else { None };
        if let Some(value) = value.filter(|value| !is_blank(value) || key == "answers") {
            keep(key, value);
        }
    }
    let unmatched = unmatched(&mut fields, survey, &raw.origin, log);
    report.unmatched += unmatched.len();
    if !unmatched.is_empty() {
        keep("unmatched", Value::Object(unmatched));
    }
    let id = text(&fields, "response");
    let has_id = !id.is_empty() && id.len() <= LONGEST_ID;
    if has_id {
        keep("response", id.into());
    }
    let identity = match raw.identity {
        _ if has_id => Identity::Own,
        _ if !id.is_empty() => Identity::Name(id.to_owned()),
        identity if identity.is_empty() && kept.contains_key("meeting") => Identity::Name(meeting_identity(&kept)),
        identity if kept.contains_key("meeting") => Identity::Name(identity),
        identity if !identity.is_empty() => Identity::Content(identity),
        _ => Identity::Content(Value::Object(kept.clone()).to_string()),
    };
    // After the id is made of what it says: the same response is the same on whatever day it is imported.
    if is_untimed(&kept, survey) {
        kept.insert(UNTIMED.to_owned(), "imported after the last day".into());
    }
    Some((kept, identity))
}

/// What tells a meeting from others: its name and day, whichever way its counts came, so that a corrected protocol replaces
/// the former.
fn meeting_identity(kept: &Fields) -> String {
    let meeting = object(kept.get("meeting").cloned());
    let word = |key: &str| text(&meeting, key).to_owned();
    super::meeting::identity(&word("name"), &word("date"))
}

/// Whether nothing tells that the response came in time: it has no time of its own and is imported after the last day. What
/// somebody has keyed in was looked at when it came.
fn is_untimed(response: &Fields, survey: &Survey<'_>) -> bool {
    let last = survey.consultation.dates.closes;
    let is_over = survey.today.zip(last).is_some_and(|(today, last)| today > last);
    is_over
        && moment(text(response, "submitted")).is_none()
        && !matches!(text(response, "channel"), "paper" | "meeting")
}

/// Why the response may be a machine's.
fn suspicion(fields: &Fields) -> Option<&'static str> {
    if fields.get("webbplats").is_some_and(|value| !is_blank(value)) {
        return Some("honeypot");
    }
    let took = match fields.get("started")? {
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        _ => return None,
    };
    (took < FASTEST).then_some("speed")
}

/// Holds the code against the body that the response claims to come from; gives why it is not to be believed. A right code
/// without a body says which body it is.
fn unverified_reason(respondent: &mut Fields, code: &str, has_code: bool, survey: &Survey<'_>) -> Option<&'static str> {
    let codes = survey.codes.filter(|_| has_code)?;
    let claimed = text(respondent, "body").to_owned();
    let owner = codes
        .iter()
        .find(|(_, body_code)| same_code(body_code, code))
        .map(|(body, _)| body.as_str());
    match owner {
        Some(body) if claimed.is_empty() => {
            respondent.insert("body".to_owned(), body.into());
            None
        }
        Some(body) if body == claimed => None,
        // Others than the invited have no code, and claim to be nobody's.
        None if code.trim().is_empty() && claimed.is_empty() => None,
        None if code.trim().is_empty() => Some("no code"),
        _ => Some("wrong code"),
    }
}

/// Whether two codes are the same, apart from case and what people put between groups of letters.
fn same_code(code: &str, other: &str) -> bool {
    let bare = |code: &str| {
        code.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    !bare(code).is_empty() && bare(code) == bare(other)
}

/// What the response says in fields that nobody asked for, and what was set aside while its shape was read.
fn unmatched(fields: &mut Fields, survey: &Survey<'_>, origin: &Origin, log: &Log) -> Fields {
    let questions = survey.consultation.questionnaire.questions();
    let asked: Vec<&str> = questions.map(|question| question.id.as_str()).collect();
    let mut unmatched = object(fields.remove("unmatched"));
    for (key, value) in std::mem::take(fields) {
        if READ.contains(&key.as_str()) && (value.is_string() || is_blank(&value)) {
            fields.insert(key, value);
        } else if super::columns::is_private(&key) || is_blank(&value) {
            // What may tell who somebody is stays behind unless it was declared.
        } else {
            let finding = Finding::new(Code::ImportField, origin.clone()).with("column", &key);
            log.add(finding.near(&key, asked.iter().copied()));
            unmatched.insert(key, value);
        }
    }
    unmatched
}

fn object(value: Option<Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}
