//! A difference → one JSON document, with everything that differs.
//!
//! Takes a [`Difference`](super::Difference) and the findings about it. Numbers are in the indicator's unit and unrounded,
//! periods as in data files; names are in one language. A key without a value is an empty list or null, never left out.

use super::{Difference, Figure, FiguresChange, RankAt, RankMove, Ranked, StatusMove, language_code};
use crate::finding::{Finding, Language, Messages};
use serde_json::{Value, json};

/// The difference, and the findings about it.
#[must_use]
pub fn json(difference: &Difference<'_>, about: &[Finding], (old, new): (&str, &str), language: Language) -> String {
    let messages = Messages::new(language);
    let code = language_code(language);
    let finding = |finding: &Finding| finding_object(finding, &messages);
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
        "ranks": ranks.iter().map(|rank_move| rank(rank_move, code)).collect::<Vec<_>>(),
        "statuses": statuses.iter().map(|status_move| status(status_move, code)).collect::<Vec<_>>(),
        "claims": claims.iter().copied().map(finding).collect::<Vec<_>>(),
        "findings": findings.iter().copied().chain(about).map(finding).collect::<Vec<_>>(),
        "mended": mended,
        "pages": { "added": pages.added, "removed": pages.removed, "changed": changed },
        "files": { "added": pages.files_added, "removed": pages.files_removed, "changed": pages.files_changed },
    });
    format!("{document:#}\n")
}

fn finding_object(finding: &Finding, messages: &Messages) -> Value {
    json!({
        "code": finding.code.name(),
        "headline": messages.headline(finding),
        "label": messages.label(finding),
        "help": messages.help(finding),
        "file": finding.origin.as_ref().map(|origin| origin.file.to_string()),
    })
}

fn figures_change(change: &FiguresChange<'_>, code: &str) -> Value {
    let list = |figures: &[Figure<'_>]| figures.iter().map(|one| figure(one, code)).collect::<Vec<_>>();
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

fn rank(rank_move: &RankMove<'_>, code: &str) -> Value {
    let (kind, id) = match rank_move.subject {
        Ranked::Indicator(indicator) => ("indicator", indicator.id.clone()),
        Ranked::Top(index, score) => ("index", format!("{}/{}", index.id, score.id)),
    };
    let rank_at = |RankAt { period, rank }: &RankAt| {
        let period = period.map(|period| period.to_string());
        json!({ "period": period, "position": rank.position, "of": rank.of })
    };
    json!({
        "of": kind,
        "id": id,
        "name": rank_move.subject.name().in_language(code),
        "place": rank_move.place.code,
        "place_name": rank_move.place.name.in_language(code),
        "was": rank_at(&rank_move.from),
        "now": rank_at(&rank_move.to),
    })
}

fn status(status_move: &StatusMove<'_>, code: &str) -> Value {
    json!({
        "set": status_move.set.id,
        "indicator": status_move.indicator.id,
        "name": status_move.indicator.name.in_language(code),
        "place": status_move.place.code,
        "place_name": status_move.place.name.in_language(code),
        "was": status_move.from.name(),
        "now": status_move.to.name(),
    })
}
