//! Differences in words, and as one JSON document.

use super::revision::{Difference, Figure, Revision};
use crate::finding::Messages;
use crate::model::{Sex, Value};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// Differences of one kind that are shown in words; the rest are counted.
const SHOWN: usize = 20;

/// One line: how many figures are new, revised and gone.
#[must_use]
pub fn summary(revision: &Revision, messages: &Messages) -> String {
    let counts = [
        (revision.new.len(), "one_figure_new", "figures_new"),
        (revision.revised.len(), "one_figure_revised", "figures_revised"),
        (revision.gone.len(), "one_figure_gone", "figures_gone"),
        (revision.said.len(), "one_fact_changed", "facts_changed"),
    ];
    let told = counts.into_iter().filter(|(n, _, _)| *n > 0);
    told.map(|(n, one, many)| messages.count(n, one, many))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What would change, series by series.
#[must_use]
pub fn text(revisions: &[(String, Revision)], messages: &Messages) -> String {
    let mut text = String::new();
    for (id, revision) in revisions {
        let short = summary(revision, messages);
        let _ = writeln!(
            text,
            "{id}: {}",
            if short.is_empty() {
                messages.word("nothing_new")
            } else {
                &short
            }
        );
        for (fact, old, new) in &revision.said {
            let _ = writeln!(text, "  {}: {old:?} → {new:?}", messages.word(&format!("fact_{fact}")));
        }
        let groups = [
            ("revised", &revision.revised),
            ("gone", &revision.gone),
            ("new", &revision.new),
        ];
        for (kind, list) in groups {
            for own in list.iter().take(SHOWN) {
                let _ = writeln!(text, "  {} {}", messages.word(&format!("figure_{kind}")), line(own));
            }
            if list.len() > SHOWN {
                let _ = writeln!(
                    text,
                    "  {} … +{}",
                    messages.word(&format!("figure_{kind}")),
                    list.len() - SHOWN
                );
            }
        }
    }
    text
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
