//! `--check`: posts a test answer to an endpoint, one's own or another's, as the form would with and without its script, and
//! says what is wrong.
//!
//! A test answer has an id that begins with `utsikt-test-`. This program's own receiver examines it and keeps nothing; what
//! another endpoint keeps of it no import takes in, and no build counts.

use super::door::Door;
use super::{form, reply};
use crate::fetch::endpoint::{EndpointReply, page_status, post_form};
use crate::finding::message::{self, Message};
use crate::finding::{Failure, OrFail, Result};
use crate::model::{Consultation, Question, QuestionKind};
use crate::read::{AddressKind, TEST_ID, address_kind};
use serde_json::Value;

/// What came of one thing that was tried.
#[derive(Debug)]
pub enum Trial {
    /// It is as it should be.
    Right(Message),
    /// It works, and could be better.
    Remark(Message),
    /// Somebody who answers meets with a fault.
    Wrong(Message),
    /// There was no reply.
    Unreachable(Failure),
}

/// What came of trying an endpoint.
#[derive(Debug, Default)]
pub struct EndpointCheck {
    /// The consultation that the test answer was for.
    pub consultation: String,
    /// The trials, in order.
    pub trials: Vec<Trial>,
}

/// Tries an endpoint with a test answer to the consultation named, or to the first that posts to it.
pub(super) fn check(door: &Door, url: &str, consultation: Option<&str>) -> Result<EndpointCheck> {
    let ids = door.ids();
    let posts_there = |id: &&String| {
        let consultation = door.consultation(id);
        consultation
            .and_then(|consultation| consultation.channels.endpoint.as_ref())
            .is_some_and(|(address, _)| address == url)
    };
    let id = match consultation {
        Some(id) => id.to_owned(),
        None => ids
            .iter()
            .find(posts_there)
            .or(ids.first())
            .cloned()
            .unwrap_or_default(),
    };
    let consultation = door
        .consultation(&id)
        .ok_or_else(|| Failure::from(message::no_consultation(&id)).near(&id, ids.iter().map(String::as_str)))?;
    let mut random = [0; 8];
    getrandom::fill(&mut random)
        .map_err(|error| error.to_string())
        .or_fail(message::no_randomness)?;
    let response = format!("{TEST_ID}{:016x}", u64::from_be_bytes(random));
    let body = form::encoded(&test_answer(consultation, &response));
    let mut check = EndpointCheck {
        consultation: id.clone(),
        trials: Vec::new(),
    };
    let trials = &mut check.trials;
    match address_kind(url) {
        AddressKind::Secure => trials.push(Trial::Right(message::check_secure())),
        AddressKind::Loopback => trials.push(Trial::Remark(message::check_loopback())),
        AddressKind::Within | AddressKind::Other => trials.push(Trial::Wrong(message::check_insecure())),
    }
    let post = |accept: &str| post_form(url, &body, accept, door.origin());
    match post("application/json") {
        Err(failure) => {
            trials.push(Trial::Unreachable(failure));
            return Ok(check);
        }
        Ok(first) => {
            script(trials, &first, door.origin());
            if (200..300).contains(&first.status) {
                receipt(trials, &first, &response, || post("application/json"));
            }
        }
    }
    match post("text/html,application/xhtml+xml") {
        Err(failure) => trials.push(Trial::Unreachable(failure)),
        Ok(plain) => browser(trials, &plain, &door.thanks(&id, "")),
    }
    Ok(check)
}

/// Judges the reply to a form that a script has sent.
fn script(trials: &mut Vec<Trial>, reply: &EndpointReply, origin: &str) {
    let status = reply.status;
    trials.push(match status {
        200..300 => Trial::Right(message::check_taken(status)),
        300..400 => Trial::Wrong(message::check_script_redirected(status)),
        415 | 406 => Trial::Wrong(message::check_encoding(status)),
        _ => Trial::Wrong(message::check_refused(status, excerpt(&reply.body))),
    });
    trials.push(match reply.allowed_origin.as_str() {
        "*" => Trial::Right(message::check_cors(origin)),
        allowed if allowed == origin => Trial::Right(message::check_cors(origin)),
        "" => Trial::Wrong(message::check_cors_missing(origin)),
        allowed => Trial::Wrong(message::check_cors_other(allowed, origin)),
    });
}

/// Judges whether the receipt names the answer, and whether the same answer gets the same again.
fn receipt(trials: &mut Vec<Trial>, first: &EndpointReply, id: &str, again: impl Fn() -> Result<EndpointReply>) {
    let named = |reply: &EndpointReply| {
        let body: Option<Value> = serde_json::from_str(&reply.body).ok();
        body.and_then(|body| body.get("response")?.as_str().map(str::to_owned))
    };
    if named(first).as_deref() != Some(id) {
        trials.push(Trial::Remark(message::check_no_receipt(id)));
        return;
    }
    trials.push(Trial::Right(message::check_receipt(reply::number(id))));
    trials.push(match again() {
        Err(failure) => Trial::Unreachable(failure),
        Ok(second) if named(&second).as_deref() == Some(id) => Trial::Right(message::check_same()),
        Ok(_) => Trial::Wrong(message::check_not_same()),
    });
}

/// Judges the reply to a form that a browser has sent by itself.
fn browser(trials: &mut Vec<Trial>, reply: &EndpointReply, thanks: &str) {
    let status = reply.status;
    let target = reply.location.split(['?', '#']).next().unwrap_or_default();
    let is_sent_on = matches!(status, 301..=303) && !target.is_empty();
    trials.push(match status {
        303 if is_sent_on => Trial::Right(message::check_sent_on(status)),
        301 | 302 if is_sent_on => Trial::Remark(message::check_sent_on_other(status)),
        200..300 => Trial::Wrong(message::check_not_sent_on(status, thanks)),
        300..400 => Trial::Wrong(message::check_sent_again(status, thanks)),
        _ => Trial::Wrong(message::check_refused(status, excerpt(&reply.body))),
    });
    if !is_sent_on {
        return;
    }
    trials.push(match page_status(target) {
        Ok(200..300) if target == thanks => Trial::Right(message::check_thanks(thanks)),
        Ok(200..300) => Trial::Remark(message::check_thanks_other(target, thanks)),
        Ok(status) => Trial::Wrong(message::check_no_thanks(target, status)),
        Err(failure) => Trial::Unreachable(failure),
    });
}

/// The beginning of a short reply in words; a page is meant for browsers.
fn excerpt(body: &str) -> String {
    let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.starts_with('<') {
        String::new()
    } else {
        words.chars().take(200).collect()
    }
}

/// A form in which everything is answered somehow.
fn test_answer(consultation: &Consultation, id: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
    put("consultation", &consultation.id);
    put("version", &consultation.questionnaire.version);
    put("language", "sv");
    put("channel", "form");
    put("response", id);
    put("submitted", "");
    put("started", "60000");
    put("webbplats", "");
    put("naming", "none");
    for question in consultation.questionnaire.questions() {
        for (name, value) in test_fields(question) {
            put(&name, &value);
        }
    }
    fields
}

fn test_fields(question: &Question) -> Vec<(String, String)> {
    let id = &question.id;
    let one = |value: &str| vec![(id.clone(), value.to_owned())];
    let each = |value: &dyn Fn(usize) -> String| {
        let rows = question.kind.rows().iter().enumerate();
        rows.map(|(at, row)| (format!("{id}.{}", row.id), value(at))).collect()
    };
    let first_option = question.kind.options().first().map_or("", |option| &option.id);
    match &question.kind {
        QuestionKind::Text { .. } => one("test"),
        QuestionKind::Choice { .. } | QuestionKind::Choices { .. } | QuestionKind::Scale(_) => one(first_option),
        QuestionKind::Grid { .. } => each(&|_| first_option.to_owned()),
        QuestionKind::Direction { .. } => each(&|_| "same".to_owned()),
        QuestionKind::Ranking { .. } => each(&|at| if at == 0 { "1".to_owned() } else { String::new() }),
        QuestionKind::Points { total, .. } => each(&|at| if at == 0 { total.to_string() } else { "0".to_owned() }),
        QuestionKind::Number { least, most, .. } => one(&least.or(*most).unwrap_or(0.0).to_string()),
    }
}
