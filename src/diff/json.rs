//! A difference → one JSON document, with everything that differs.
//!
//! Numbers are in the indicator's unit and unrounded, periods as in data files; names are in the language asked for. A key
//! that has nothing to say is an empty list or null, never left out.

use super::{Difference, Figure, FiguresChange, RankMove, StatusMove, Subject};
use crate::finding::{Finding, Language, Messages};
use serde_json::{Value, json};

/// What differs, and the findings about the difference itself.
#[must_use]
pub fn json(difference: &Difference<'_>, own: &[Finding], (old, new): (&str, &str), language: Language) -> String {
    let messages = Messages::new(language);
    let code = match language {
        Language::Sv => "sv",
        Language::En => "en",
    };
    let finding = |finding: &Finding| told(finding, &messages);
    let Difference {
        figures,
        ranks,
        statuses,
        claims,
        findings,
        mended,
        pages,
    } = difference;
    let changed: Vec<Value> = pages
        .changed
        .iter()
        .map(|page| json!({ "page": page.route, "text": page.text }))
        .collect();
    let document = json!({
        "old": old,
        "new": new,
        "figures": figures.iter().map(|change| figures_change(change, code)).collect::<Vec<_>>(),
        "ranks": ranks.iter().map(|it| rank(it, code)).collect::<Vec<_>>(),
        "statuses": statuses.iter().map(|it| status(it, code)).collect::<Vec<_>>(),
        "claims": claims.iter().copied().map(finding).collect::<Vec<_>>(),
        "findings": findings.iter().copied().chain(own).map(finding).collect::<Vec<_>>(),
        "mended": mended,
        "pages": { "added": pages.added, "removed": pages.removed, "changed": changed },
        "files": { "added": pages.files_added, "removed": pages.files_removed, "changed": pages.files_changed },
    });
    format!("{document:#}\n")
}

fn told(finding: &Finding, messages: &Messages) -> Value {
    json!({
        "code": finding.code.name(),
        "headline": messages.headline(finding),
        "label": messages.label(finding),
        "help": messages.help(finding),
        "file": finding.origin.as_ref().map(|origin| origin.file.to_string()),
    })
}

fn figures_change(change: &FiguresChange<'_>, code: &str) -> Value {
    let list = |figures: &[Figure<'_>]| figures.iter().map(|it| figure(it, code)).collect::<Vec<_>>();
    json!({
        "indicator": change.indicator.id,
        "name": change.indicator.name.in_language(code),
        "fate": change.fate.name(),
        "redefined": change.redefined,
        "added": list(&change.added),
        "revised": list(&change.revised),
        "gone": list(&change.gone),
    })
}

fn figure(figure: &Figure<'_>, code: &str) -> Value {
    json!({
        "place": figure.place,
        "place_name": figure.name.in_language(code),
        "sex": figure.sex.letter(),
        "category": figure.category.map(|(category, _)| category),
        "period": figure.period.to_string(),
        "was": figure.was,
        "now": figure.now,
        "percent": figure.percent(),
        "reason": figure.reason.map(crate::model::Reason::name),
        "noted": figure.noted,
    })
}

fn rank(it: &RankMove<'_>, code: &str) -> Value {
    let (kind, id, name) = match it.subject {
        Subject::Indicator(indicator) => ("indicator", indicator.id.clone(), &indicator.name),
        Subject::Top(index, score) => ("index", format!("{}/{}", index.id, score.id), &score.name),
    };
    let stand = |(period, rank): &(Option<crate::model::Period>, crate::measure::Rank)| json!({ "period": period.map(|period| period.to_string()), "position": rank.position, "of": rank.of });
    json!({
        "of": kind,
        "id": id,
        "name": name.in_language(code),
        "place": it.place.code,
        "place_name": it.place.name.in_language(code),
        "was": stand(&it.from),
        "now": stand(&it.to),
    })
}

fn status(it: &StatusMove<'_>, code: &str) -> Value {
    json!({
        "set": it.set.id,
        "indicator": it.indicator.id,
        "name": it.indicator.name.in_language(code),
        "place": it.place.code,
        "place_name": it.place.name.in_language(code),
        "was": it.from.name(),
        "now": it.to.name(),
    })
}
