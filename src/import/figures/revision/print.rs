//! Differences in words, and as one JSON document.

use super::{ChangedFact, Difference, Figure, Revision};
use crate::finding::Messages;
use crate::model::{Sex, Value};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// Differences of one kind that are shown in words; the rest are counted.
const MOST: usize = 20;

/// One line: how many figures are new, revised, gone and kept.
#[must_use]
pub fn summary(revision: &Revision, messages: &Messages) -> String {
    let counts = [
        (revision.new.len(), "one_figure_new", "figures_new"),
        (revision.revised.len(), "one_figure_revised", "figures_revised"),
        (revision.gone.len(), "one_figure_gone", "figures_gone"),
        (revision.facts.len(), "one_fact_changed", "facts_changed"),
        (revision.kept.values().sum(), "one_figure_kept", "figures_kept"),
    ];
    let counts = counts.into_iter().filter(|(n, _, _)| *n > 0);
    counts
        .map(|(n, one, many)| messages.count(n, one, many))
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
        if !revision.overwritten.is_empty() {
            let _ = writeln!(text, "  {}: {}", messages.word("overwritten"), revision.overwritten);
        }
        for fact in &revision.facts {
            let _ = writeln!(text, "  {}", fact_line(fact, messages));
        }
        let groups = [
            ("revised", &revision.revised),
            ("gone", &revision.gone),
            ("new", &revision.new),
        ];
        for (kind, list) in groups {
            let word = messages.word(&format!("figure_{kind}"));
            for difference in list.iter().take(MOST) {
                let _ = writeln!(text, "  {word} {}", line(difference));
            }
            if list.len() > MOST {
                let _ = writeln!(text, "  {word} … +{}", list.len() - MOST);
            }
        }
        if !revision.kept.is_empty() {
            let periods = revision.kept.keys().map(ToString::to_string).collect::<Vec<_>>();
            let _ = writeln!(text, "  {} {}", messages.word("figure_kept"), periods.join(", "));
        }
    }
    text
}

/// A fact as it was and is; a remark that is new or gone has one side alone.
fn fact_line(fact: &ChangedFact, messages: &Messages) -> String {
    let mut text = messages.word(&format!("fact_{}", fact.kind.name())).to_owned();
    if !fact.subject.is_empty() {
        let _ = write!(text, " {}", fact.subject);
    }
    let _ = write!(text, ": {:?} → {:?}", fact.old, fact.new);
    text
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
