//! JSON answers: bytes → a value, or what stands there instead.
//!
//! Tells a web page, an empty answer and one that ends in the middle from a slip in the JSON itself. Depth is bounded by
//! `serde_json`.

use super::fault::{Fault, malformed};
use crate::finding::{Code, Finding, message};
use crate::read::decode;
use crate::source::{FilePath, Origin, SourceFile};
use serde_json::{Map, Value};

/// The document in this file.
pub(super) fn open(file: &SourceFile) -> Result<Value, Fault> {
    let text = decode(&file.bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    let fault = |code| Err(Box::new(Finding::new(code, Origin::file(&file.path))));
    if text.starts_with('<') {
        return fault(Code::FiguresPage);
    }
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        Err(error) if error.is_eof() => fault(Code::FiguresCut),
        Err(error) => Err(malformed(
            &file.path,
            message::figures_no_json(),
            format!("{}:{}", error.line(), error.column()),
        )),
    }
}

/// The object that this value must be.
pub(super) fn object<'a>(value: &'a Value, path: &FilePath, place: &str) -> Result<&'a Map<String, Value>, Fault> {
    value
        .as_object()
        .ok_or_else(|| malformed(path, message::no_object(), place))
}

/// The list under this key.
pub(super) fn list<'a>(object: &'a Map<String, Value>, key: &str, path: &FilePath) -> Result<&'a [Value], Fault> {
    object
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .ok_or_else(|| malformed(path, message::figures_no_list(), key))
}

/// Text, a number or a truth as text; empty for anything else.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => String::new(),
    }
}

/// A whole number, which older servers write as text.
pub(super) fn count(value: &Value) -> Option<usize> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_u64(),
    };
    number.and_then(|number| usize::try_from(number).ok())
}

/// Number of decimals, when it is a reasonable one.
pub(super) fn decimals(value: Option<&Value>) -> Option<u8> {
    value?
        .as_u64()
        .and_then(|count| u8::try_from(count).ok())
        .filter(|count| *count <= 15)
}
