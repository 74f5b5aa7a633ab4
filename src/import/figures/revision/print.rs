//! Differences in words, and as one JSON document.

use super::{ChangedFact, Difference, FactKind, Figure, Revision};
use crate::finding::Messages;
use crate::finding::message::{self, Message};
use crate::model::{Sex, Value};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// Differences of one kind that are shown in words; the rest are counted.
const MOST: usize = 20;

/// One line: how many figures are new, revised, gone and kept.
#[must_use]
pub fn summary(revision: &Revision, messages: &Messages) -> String {
    let counts = [
        (revision.new.len(), message::figures_new()),
        (revision.revised.len(), message::figures_revised()),
        (revision.gone.len(), message::figures_gone()),
        (revision.facts.len(), message::facts_changed()),
        (revision.kept.values().sum(), message::figures_kept()),
    ];
    let counts = counts.into_iter().filter(|(n, _)| *n > 0);
    counts
        .map(|(n, counted)| messages.count(n, &counted))
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
        if !revision.overwritten.is_empty() {
            let _ = writeln!(
                text,
                "  {}: {}",
                messages.text(&message::overwritten()),
                revision.overwritten
            );
        }
        for fact in &revision.facts {
            let _ = writeln!(text, "  {}", fact_line(fact, messages));
        }
        let groups = [
            (message::figure_revised(), &revision.revised),
            (message::figure_gone(), &revision.gone),
            (message::figure_new(), &revision.new),
        ];
        for (kind, list) in groups {
            let word = messages.text(&kind);
            for difference in list.iter().take(MOST) {
                let _ = writeln!(text, "  {word} {}", line(difference));
            }
            if list.len() > MOST {
                let _ = writeln!(text, "  {word} … +{}", list.len() - MOST);
            }
        }
        if !revision.kept.is_empty() {
            let periods = revision.kept.keys().map(ToString::to_string).collect::<Vec<_>>();
            let _ = writeln!(
                text,
                "  {} {}",
                messages.text(&message::figure_kept()),
                periods.join(", ")
            );
        }
    }
    text
}

/// A fact as it was and is; a remark that is new or gone has one side alone.
fn fact_line(fact: &ChangedFact, messages: &Messages) -> String {
    let mut text = messages.text(&fact_name(fact.kind));
    if !fact.subject.is_empty() {
        let _ = write!(text, " {}", fact.subject);
    }
    let _ = write!(text, ": {:?} → {:?}", fact.old, fact.new);
    text
}

/// The name of a fact about a series.
fn fact_name(kind: FactKind) -> Message {
    match kind {
        FactKind::Title => message::fact_title(),
        FactKind::Definition => message::fact_definition(),
        FactKind::Unit => message::fact_unit(),
        FactKind::Measure => message::fact_measure(),
        FactKind::Publisher => message::fact_publisher(),
        FactKind::Name => message::fact_name(),
        FactKind::Code => message::fact_code(),
        FactKind::Note => message::fact_note(),
    }
}

fn line(difference: &Difference) -> String {
    let mut text = format!("{} {} {}", difference.place, difference.name, difference.period);
    if difference.sex != Sex::Total {
        let _ = write!(text, " {}", difference.sex.letter());
    }
    if !difference.category.is_empty() {
        let _ = write!(text, " {}", difference.category);
    }
    match (&difference.old, &difference.new) {
        (Some(old), Some(new)) => {
            let _ = write!(text, ": {} → {}", figure(old), figure(new));
        }
        (old, new) => {
            let only = old.as_ref().or(new.as_ref()).map(figure).unwrap_or_default();
            let _ = write!(text, ": {only}");
        }
    }
    text
}

fn figure(figure: &Figure) -> String {
    let value = match figure.value {
        Value::Known(number) => number.to_string(),
        Value::Missing(reason) => reason.name().to_owned(),
    };
    let bounds = figure.bounds.map(|(low, high)| format!("{low}–{high}"));
    let beside: Vec<&str> = figure
        .flags
        .names()
        .into_iter()
        .chain(bounds.as_deref())
        .chain([figure.note.as_str()])
        .filter(|text| !text.is_empty())
        .collect();
    if beside.is_empty() {
        value
    } else {
        format!("{value} ({})", beside.join(", "))
    }
}

/// What would change, as one document; `written` says whether it has been.
#[must_use]
pub fn json(revisions: &[(String, Revision)], written: bool) -> String {
    let figure = |figure: &Option<Figure>| match figure {
        None => Json::Null,
        Some(figure) => {
            let (value, reason) = match figure.value {
                Value::Known(number) => (json!(number), Json::Null),
                Value::Missing(reason) => (Json::Null, json!(reason.name())),
            };
            json!({"value": value, "reason": reason, "flags": figure.flags.names(), "note": figure.note})
        }
    };
    let difference = |item: &Difference| {
        json!({
            "place": item.place, "name": item.name, "period": item.period.to_string(), "sex": item.sex.letter(),
            "category": item.category, "old": figure(&item.old), "new": figure(&item.new),
        })
    };
    let list = |differences: &[Difference]| differences.iter().map(difference).collect::<Vec<_>>();
    let series: Vec<Json> = revisions
        .iter()
        .map(|(id, revision)| {
            let facts = revision.facts.iter().map(|fact| {
                let mut entry = json!({"fact": fact.kind.name(), "old": fact.old, "new": fact.new});
                if !fact.subject.is_empty() {
                    entry["subject"] = json!(fact.subject);
                }
                entry
            });
            let mut entry = json!({
                "indicator": id, "new": list(&revision.new), "revised": list(&revision.revised), "gone": list(&revision.gone),
                "said": facts.collect::<Vec<_>>(),
            });
            if !revision.kept.is_empty() {
                let kept = revision
                    .kept
                    .iter()
                    .map(|(period, count)| (period.to_string(), json!(count)));
                entry["kept"] = Json::Object(kept.collect());
            }
            entry
        })
        .collect();
    let document = json!({"format": "utsikt-refresh/1", "written": written, "series": series});
    format!("{document:#}\n")
}
