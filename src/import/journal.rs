//! The journal, and what new responses add to it: nothing that it has already, and never less than it had.

use super::accept::UNTIMED;
use super::rows::{Content, KnownRow, Sheets};
use super::{Fields, Report};
use crate::read::moment;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The order of a line's keys; others follow.
const ORDER: [&str; 18] = [
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
    SHEET,
    "respondent",
    "decision",
    "naming",
    "meeting",
    "answers",
    "unmatched",
    "note",
];

/// The key of the sheet that a response without an id of its own stands in, how many rows that
/// had, and what its own says: `LABEL-ROWS-HASH`.
pub(super) const SHEET: &str = "sheet";

/// What is known of a response.
#[derive(Default)]
struct Known {
    /// Fingerprints of all its lines.
    contents: BTreeSet<Content>,
    /// When the newest was sent.
    moment: Option<i64>,
}

/// The responses of a journal, and lines to add.
#[derive(Default)]
pub(super) struct Journal {
    known: BTreeMap<String, Known>,
    /// Its responses without an id of their own.
    pub(super) sheets: Sheets,
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
            journal.note_row(id, &response);
        }
        journal
    }

    /// Remembers the row of a response without an id of its own.
    fn note_row(&mut self, id: &str, response: &Fields) {
        let sheet = response.get(SHEET).and_then(Value::as_str);
        let made = id.strip_prefix("h-").filter(|_| !response.contains_key("meeting"));
        let mut parts = sheet.unwrap_or_default().split('-');
        let (label, size, digits) = match ((parts.next(), parts.next(), parts.next()), made) {
            ((Some(label), Some(size), Some(digits)), _) => (label, size.parse::<usize>().ok(), digits),
            // Older journals: the id is made of what the row says.
            (_, Some(made)) => ("", None, made.split('-').next().unwrap_or_default()),
            _ => return,
        };
        let Ok(content) = u128::from_str_radix(digits, 16).map(u128::to_be_bytes) else {
            return;
        };
        let sheet = self.sheets.entry(label.to_owned()).or_default();
        sheet.sizes.extend(size);
        if let Some(at) = sheet.positions.get(id) {
            let row = &mut sheet.rows[*at];
            row.former.push(std::mem::replace(&mut row.content, content));
        } else {
            sheet.positions.insert(id.to_owned(), sheet.rows.len());
            sheet.rows.push(KnownRow {
                id: id.to_owned(),
                content,
                former: Vec::new(),
            });
        }
    }

    /// An id for a new response that says this: nobody else's.
    pub(super) fn new_id(&self, content: Content) -> String {
        let first = format!("h-{:032x}", u128::from_be_bytes(content));
        let others = (2..).map(|number| format!("{first}-{number}"));
        let mut all = std::iter::once(first.clone()).chain(others);
        all.find(|id| !self.known.contains_key(id)).unwrap_or_default()
    }

    /// A label for a new sheet with these rows: no other's.
    pub(super) fn new_label(&self, rows: &[Content]) -> String {
        let mut label = hash(&format!("{rows:?}"));
        loop {
            let text = format!("{:08x}", u32::from_be_bytes([label[0], label[1], label[2], label[3]]));
            if !self.sheets.contains_key(&text) {
                return text;
            }
            label = hash(&format!("{label:?}"));
        }
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
        self.note_row(id, response);
        self.added.push_str(&written(response));
        self.added.push('\n');
    }
}

/// The id of a response that its name tells from all others.
pub(super) fn id_of(name: &str) -> String {
    format!("h-{:032x}", u128::from_be_bytes(hash(name)))
}

/// The value of [`SHEET`].
pub(super) fn place_in_sheet(label: &str, rows: usize, content: Content) -> String {
    format!("{label}-{rows}-{:032x}", u128::from_be_bytes(content))
}

fn sent(response: &Fields) -> Option<i64> {
    response
        .get("submitted")
        .and_then(Value::as_str)
        .and_then(moment)
        .map(|(_, second)| second)
}

/// Keys are sorted, so that their order in a file makes no difference; nor do the day of the import and the sheet.
fn fingerprint(response: &Fields) -> Content {
    let own: BTreeMap<&String, &Value> = response
        .iter()
        .filter(|(key, _)| ![UNTIMED, SHEET].contains(&key.as_str()))
        .collect();
    hash(&serde_json::to_string(&own).unwrap_or_default())
}

/// Hash of a text.
pub(super) fn hash(text: &str) -> Content {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    short
}

/// A response as a line.
pub(super) fn written(response: &Fields) -> String {
    let first = ORDER.iter().filter_map(|key| response.get_key_value(*key));
    let rest = response.iter().filter(|(key, _)| !ORDER.contains(&key.as_str()));
    let entries = first
        .chain(rest)
        .map(|(key, value)| format!("{}:{value}", Value::from(key.as_str())));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}
