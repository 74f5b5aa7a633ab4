//! Differences in words, and as one JSON document.

use super::revision::{Difference, Figure, Revision};
use crate::finding::Messages;
use crate::finding::message::{self, Message};
use crate::model::{Sex, Value};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// Differences of one kind that are shown in words; the rest are counted.
const SHOWN: usize = 20;

/// One line: how many figures are new, revised and gone.
#[must_use]
pub fn summary(revision: &Revision, messages: &Messages) -> String {
    let counts = [
        (revision.new.len(), message::figures_new()),
        (revision.revised.len(), message::figures_revised()),
        (revision.gone.len(), message::figures_gone()),
        (revision.said.len(), message::facts_changed()),
    ];
    let told = counts.into_iter().filter(|(n, _)| *n > 0);
    told.map(|(n, counted)| messages.count(n, &counted))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What would change, series by series.
#[must_use]
pub fn text(revisions: &[(String, Revision)], messages: &Messages) -> String {
    let mut text = String::new();
    for (id, revision) in revisions {
        let mut short = summary(revision, messages);
        if short.is_empty() {
            short = messages.text(&message::nothing_new());
        }
        let _ = writeln!(text, "{id}: {short}");
        for (fact, old, new) in &revision.said {
            let _ = writeln!(text, "  {}: {old:?} → {new:?}", messages.text(&fact_name(fact)));
        }
        let groups = [
            (message::figure_revised(), &revision.revised),
            (message::figure_gone(), &revision.gone),
            (message::figure_new(), &revision.new),
        ];
        for (kind, list) in groups {
            let kind = messages.text(&kind);
            for own in list.iter().take(SHOWN) {
                let _ = writeln!(text, "  {kind} {}", line(own));
            }
            if list.len() > SHOWN {
                let _ = writeln!(text, "  {kind} … +{}", list.len() - SHOWN);
            }
        }
    }
    text
}

/// The name of a fact about a series.
fn fact_name(fact: &str) -> Message {
    match fact {
        "title" => message::fact_title(),
        "definition" => message::fact_definition(),
        "unit" => message::fact_unit(),
        "measure" => message::fact_measure(),
        _ => message::fact_publisher(),
    }
}

fn line(own: &Difference) -> String {
    let mut text = format!("{} {} {}", own.place, own.name, own.period);
    if own.sex != Sex::Total {
        let _ = write!(text, " {}", own.sex.letter());
    }
    if !own.category.is_empty() {
        let _ = write!(text, " {}", own.category);
    }
    match (&own.old, &own.new) {
        (Some(old), Some(new)) => {
            let _ = write!(text, ": {} → {}", figure(old), figure(new));
        }
        (old, new) => {
            let one = old.as_ref().or(new.as_ref()).map(figure).unwrap_or_default();
            let _ = write!(text, ": {one}");
        }
    }
    text
}

fn figure(own: &Figure) -> String {
    let value = match own.value {
        Value::Known(number) => number.to_string(),
        Value::Missing(reason) => reason.name().to_owned(),
    };
    let said: Vec<&str> = own
        .flags
        .names()
        .into_iter()
        .chain([own.note.as_str()])
        .filter(|one| !one.is_empty())
        .collect();
    if said.is_empty() {
        value
    } else {
        format!("{value} ({})", said.join(", "))
    }
}

/// What would change, as one document; `written` says whether it has been.
#[must_use]
pub fn json(revisions: &[(String, Revision)], written: bool) -> String {
    let figure = |own: &Option<Figure>| match own {
        None => Json::Null,
        Some(own) => {
            let (value, reason) = match own.value {
                Value::Known(number) => (json!(number), Json::Null),
                Value::Missing(reason) => (Json::Null, json!(reason.name())),
            };
            json!({"value": value, "reason": reason, "flags": own.flags.names(), "note": own.note})
        }
    };
    let difference = |own: &Difference| {
        json!({
            "place": own.place, "name": own.name, "period": own.period.to_string(), "sex": own.sex.letter(),
            "category": own.category, "old": figure(&own.old), "new": figure(&own.new),
        })
    };
    let list = |own: &[Difference]| own.iter().map(difference).collect::<Vec<_>>();
    let series: Vec<Json> = revisions
        .iter()
        .map(|(id, own)| {
            let said = own
                .said
                .iter()
                .map(|(fact, old, new)| json!({"fact": fact, "old": old, "new": new}));
            json!({
                "indicator": id, "new": list(&own.new), "revised": list(&own.revised), "gone": list(&own.gone),
                "said": said.collect::<Vec<_>>(),
            })
        })
        .collect();
    let document = json!({"format": "utsikt-refresh/1", "written": written, "series": series});
    format!("{document:#}\n")
}
