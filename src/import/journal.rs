//! The journal, and what new responses add to it: nothing that it has already, and never less than it had.

use super::accept::UNTIMED;
use super::{Fields, Report};
use crate::read::moment;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The order of a line's keys; others follow.
const ORDER: [&str; 17] = [
    "format",
    "consultation",
    "version",
    "response",
    "language",
    "channel",
    "submitted",
    "suspect",
    "unverified",
    UNTIMED,
    "respondent",
    "decision",
    "naming",
    "meeting",
    "answers",
    "unmatched",
    "note",
];

/// What is known of a response.
#[derive(Default)]
struct Known {
    /// Fingerprints of all its lines.
    contents: BTreeSet<[u8; 16]>,
    /// When the newest was sent.
    moment: Option<i64>,
}

/// The responses of a journal, and lines to add.
#[derive(Default)]
pub(super) struct Journal {
    known: BTreeMap<String, Known>,
    /// Lines to add.
    pub(super) added: String,
}

impl Journal {
    /// The journal as it is. Lines that are no response are kept, and are none of an import's business.
    pub(super) fn new(text: &str) -> Self {
        let mut journal = Self::default();
        for line in text.lines() {
            let Ok(Value::Object(response)) = serde_json::from_str(line) else {
                continue;
            };
            let Some(id) = response.get("response").and_then(Value::as_str) else {
                continue;
            };
            let known = journal.known.entry(id.to_owned()).or_default();
            known.contents.insert(fingerprint(&response));
            known.moment = known.moment.max(sent(&response));
        }
        journal
    }

    /// Adds a response unless it is there already.
    pub(super) fn add(&mut self, response: &Fields, report: &mut Report) {
        let id = response.get("response").and_then(Value::as_str).unwrap_or_default();
        let is_new = !self.known.contains_key(id);
        let known = self.known.entry(id.to_owned()).or_default();
        let moment = sent(response);
        if !known.contents.insert(fingerprint(response)) {
            report.unchanged += 1;
            return;
        }
        if is_new {
            report.new += 1;
        } else if moment.zip(known.moment).is_some_and(|(sent, newest)| sent < newest) {
            report.older.push(id.to_owned());
        } else {
            report.replaced.push(id.to_owned());
        }
        known.moment = known.moment.max(moment);
        self.added.push_str(&written(response));
        self.added.push('\n');
    }
}

/// The id of a response that has none: the same content gives the same id, and the same content for the second time in one
/// file is another respondent's.
pub(super) fn made_id(identity: &str, seen: &mut BTreeMap<[u8; 16], u32>) -> String {
    let hash = hash(identity);
    let times = seen.entry(hash).and_modify(|times| *times += 1).or_insert(1);
    let digits = format!("{:032x}", u128::from_be_bytes(hash));
    if *times == 1 {
        format!("h-{digits}")
    } else {
        format!("h-{digits}-{times}")
    }
}

fn sent(response: &Fields) -> Option<i64> {
    response
        .get("submitted")
        .and_then(Value::as_str)
        .and_then(moment)
        .map(|(_, second)| second)
}

/// Keys are sorted, so that their order in a file makes no difference; nor does the day of the import.
fn fingerprint(response: &Fields) -> [u8; 16] {
    let own: BTreeMap<&String, &Value> = response.iter().filter(|(key, _)| *key != UNTIMED).collect();
    hash(&serde_json::to_string(&own).unwrap_or_default())
}

fn hash(text: &str) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    short
}

/// A response as a line.
fn written(response: &Fields) -> String {
    let first = ORDER.iter().filter_map(|key| response.get_key_value(*key));
    let rest = response.iter().filter(|(key, _)| !ORDER.contains(&key.as_str()));
    let entries = first
        .chain(rest)
        .map(|(key, value)| format!("{}:{value}", Value::from(key.as_str())));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}
