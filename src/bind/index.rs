//! Indices against the site: their indicators, places, directions and goals.
//!
//! Takes the site as read; adds findings. Faults that the index's file alone shows are [`crate::read`]'s to report, those that
//! only the figures show [`crate::index`]'s.

use super::polarity;
use crate::finding::{Code, Finding, Log};
use crate::model::{Better, Index, Normalisation, PlaceId, Score, Site, Units};

/// Reports ids of an index that nothing has, and values that its method needs and that nobody has given.
pub(super) fn check(site: &Site, index: &Index, log: &Log) {
    units(site, index, log);
    for score in index.nodes() {
        let named = [(&score.indicator, "indicator"), (&score.denominator, "denominator")];
        for (id, key) in named {
            if let Some(id) = id {
                super::indicator(site, id, &score.origin.at(key), log);
            }
        }
    }
    for score in &index.tree {
        branch_ends(site, index, score, 0, log);
    }
}

/// Reports places that cannot be compared, and a reference that is not one of them.
fn units(site: &Site, index: &Index, log: &Log) {
    let at = index.origin.at("units");
    let group = |id: &str| {
        site.places
            .group(id)
            .map(|group| group.places.clone())
            .unwrap_or_default()
    };
    let (units, origin): (Vec<PlaceId>, _) = match &index.units {
        Units::Level(level, parent) => (site.places.at_level(*level, *parent).collect(), at.at("level")),
        Units::Group(id) => (group(id), at.at("group")),
        Units::Places(places) => (places.clone(), at.at("places")),
    };
    let language = site.settings.languages.first().map_or("", String::as_str);
    let name = |place: PlaceId| site.places[place].name.in_language(language);
    let level = |place: &PlaceId| site.places[*place].level;
    if let Some((first, rest)) = units.split_first()
        && let Some(other) = rest.iter().find(|unit| level(unit) != level(first))
    {
        let finding = Finding::new(Code::IndexUnits, origin).with("value", name(*first));
        log.add(finding.with("other", name(*other)));
    }
    let chosen = index.origin.at("method").at("normalisation");
    let varied = index.origin.at("uncertainty").at("normalisation");
    let kinds = index.variation.normalisation.iter().enumerate();
    let kinds = kinds.map(|(number, kind)| (*kind, varied.at(&number.to_string())));
    for (kind, at) in kinds.chain([(index.method.normalisation, chosen)]) {
        if let Normalisation::Reference { place, .. } = kind
            && !units.contains(&place)
        {
            log.add(Finding::new(Code::IndexReference, at.at("place")).with("value", name(place)));
        }
    }
}

/// Reports what is lacking at the ends of a branch. Those below where published scores enter are shown, so they are
/// looked at too, but nothing is computed from them. A published score needs no direction: more is better.
fn branch_ends(site: &Site, index: &Index, score: &Score, depth: usize, log: &Log) {
    for child in &score.children {
        branch_ends(site, index, child, depth + 1, log);
    }
    if !score.children.is_empty() || index.entry_depth == Some(depth) {
        return;
    }
    direction(site, score, log);
    if index.entry_depth.is_none_or(|enters| depth < enters) {
        goal(index, score, log);
    }
}

/// Reports a node without a direction, and one whose name suggests the opposite.
fn direction(site: &Site, score: &Score, log: &Log) {
    let indicator = site.scored(score);
    let better = score.better.or(indicator.map(|indicator| indicator.better));
    match better {
        Some(better @ (Better::Higher | Better::Lower)) if score.because.is_empty() => {
            let opposite = match better {
                Better::Lower => Better::Higher,
                _ => Better::Lower,
            };
            let suggests_opposite =
                |language: &&String| polarity::suggested(score.name.in_language(language), language) == Some(opposite);
            if let Some(language) = site.settings.languages.iter().find(suggests_opposite) {
                let finding = Finding::new(Code::IndexPolarity, score.origin.at("name")).with("value", &score.id);
                let finding = finding
                    .with("name", score.name.in_language(language))
                    .with("better", better.name());
                log.add(finding.with("near", opposite.name()));
            }
        }
        Some(Better::Higher | Better::Lower) => {}
        // An indicator that does not exist, or is not named at all, has a finding of its own.
        None if score.indicator.is_some() || score.kolada.is_empty() => {}
        Some(Better::Neither) | None => {
            let key = if score.indicator.is_some() {
                "indicator"
            } else {
                "kolada"
            };
            let finding = Finding::new(Code::IndexDirection, score.origin.at(key)).with("value", &score.id);
            log.add(match indicator {
                Some(indicator) => finding.with("indicator", &indicator.id),
                None => finding,
            });
        }
    }
}

/// Reports a node without the target or goalposts that its score is, or may be, computed against.
fn goal(index: &Index, score: &Score, log: &Log) {
    let is_used = |kind| index.method.normalisation == kind || index.variation.normalisation.contains(&kind);
    let lacks = [
        ("target", score.target.is_none() && is_used(Normalisation::Target)),
        (
            "goalposts",
            score.goalposts.is_none() && is_used(Normalisation::Goalposts),
        ),
    ];
    for (key, _) in lacks.into_iter().filter(|(_, lacks)| *lacks) {
        log.add(
            Finding::new(Code::IndexGoal, score.origin.at("id"))
                .with("value", &score.id)
                .with("key", key),
        );
    }
}
