//! Our own JSON → responses: a file that the form saved, several in a list, or one a line; also flat objects with the form's
//! field names, as endpoints pass them on.

use super::accept::RawResponse;
use super::{Fields, Survey, flat};
use crate::finding::{Code, Finding, Log, message};
use crate::read::{decode, json_offset, json_problem, utf8};
use crate::source::{Origin, SourceFile};
use serde_json::Value;

/// Whether the bytes are JSON rather than a table: what begins with a bracket.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    decode(bytes).trim_start().starts_with(['{', '['])
}

/// Hands over the responses in this file.
pub(super) fn read(file: &SourceFile, survey: &Survey<'_>, log: &Log, each: &mut dyn FnMut(RawResponse)) {
    let Some(text) = utf8(&file.path, &file.bytes, log) else {
        return;
    };
    let ahead = file.bytes.len() - text.len();
    let whole = Origin::span(&file.path, ahead..ahead);
    if is_lines(text) {
        return lines(file, text, ahead, survey, log, each);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(values)) => {
            let responses = values
                .into_iter()
                .filter_map(|value| response(value, survey, whole.clone(), log));
            responses.for_each(each);
        }
        Ok(value) => response(value, survey, whole, log).into_iter().for_each(each),
        Err(error) => {
            let at = ahead + json_offset(text, &error);
            let finding = Finding::new(Code::ImportFile, Origin::span(&file.path, at..at));
            log.add(finding.with_message("problem", json_problem(&error)));
        }
    }
}

/// Hands over the response on each line.
fn lines(
    file: &SourceFile,
    text: &str,
    ahead: usize,
    survey: &Survey<'_>,
    log: &Log,
    each: &mut dyn FnMut(RawResponse),
) {
    let mut at = ahead;
    for line in text.split_inclusive('\n') {
        let place = Origin::span(&file.path, at..at + line.trim_end().len());
        at += line.len();
        match serde_json::from_str::<Value>(line) {
            _ if line.trim().is_empty() => {}
            Ok(value) => response(value, survey, place, log).into_iter().for_each(&mut *each),
            Err(_) => log.add(Finding::new(Code::ImportFile, place).with_message("problem", message::text_no_json())),
        }
    }
}

/// Whether each line is meant to be a value: the first one is.
fn is_lines(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    serde_json::from_str::<Value>(first).is_ok_and(|value| value.is_object())
}

fn response(value: Value, survey: &Survey<'_>, origin: Origin, log: &Log) -> Option<RawResponse> {
    let Value::Object(response) = value else {
        log.add(Finding::new(Code::ImportFile, origin).with_message("problem", message::no_response()));
        return None;
    };
    let shaped = response.get("answers").is_some_and(Value::is_object);
    let response = if shaped {
        response
    } else {
        flat::folded(fields(response), survey)
    };
    Some(RawResponse::of_form(response, survey, origin))
}

/// A flat object as fields and their values.
fn fields(response: Fields) -> Vec<(String, Vec<Value>)> {
    let values = |value| match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    response.into_iter().map(|(key, value)| (key, values(value))).collect()
}
