//! The table of all indicators, with what its signs mean.

use crate::model::{Indicator, PlaceId};
use crate::render::report::Standpoint;
use crate::render::row::row;
use crate::render::view::{Row, RowGroup, Signal};
use minijinja::{Value, context};
use serde::Serialize;

#[derive(Serialize)]
struct Legend {
    kind: &'static str,
    title: String,
    text: String,
    items: Vec<Meaning>,
}

#[derive(Serialize)]
struct Meaning {
    signal: Signal,
    meaning: String,
}

/// Rows by topic, those without a value apart, and the legend.
pub(super) fn overview(standpoint: Standpoint<'_>) -> (Value, bool) {
    let Some(home) = standpoint.home() else {
        return (
            context! { topics => (), without => (), legend => (), counts => () },
            false,
        );
    };
    let topics: Vec<RowGroup> = topics(standpoint, home, true);
    let without: Vec<RowGroup> = topics_without(standpoint, home);
    let sample = topics.iter().flat_map(|topic| &topic.rows).any(|row| row.sample);
    let count = |all: &[RowGroup]| all.iter().map(|topic| topic.rows.len()).sum::<usize>();
    let counts = context! { with => count(&topics), without => count(&without) };
    let view = context! {
        topics => RowGroup::shown(topics),
        without => RowGroup::shown(without),
        legend => crate::theme::template_value(legend(standpoint)),
        counts => counts,
    };
    (view, sample)
}

/// Indicators with a value for a place, by topic in the site's order; those without a topic last.
pub(super) fn topics(standpoint: Standpoint<'_>, place: PlaceId, anchored: bool) -> Vec<RowGroup> {
    by_topic(standpoint, |indicator| has_value(indicator, place))
        .into_iter()
        .map(|(id, title, indicators)| RowGroup {
            id: if anchored { id } else { String::new() },
            title,
            rows: indicators
                .into_iter()
                .map(|indicator| row(standpoint, indicator, place, None))
                .collect(),
        })
        .collect()
}

/// Indicators that ought to have a value for the place and have none. Those kept only for another level are left out.
fn topics_without(standpoint: Standpoint<'_>, place: PlaceId) -> Vec<RowGroup> {
    let level = standpoint.site().places()[place].level;
    let expected = |indicator: &Indicator| {
        let other_level_only = !indicator.series.is_empty()
            && !indicator
                .series
                .iter()
                .any(|series| standpoint.site().places()[series.place].level == level);
        !has_value(indicator, place) && !other_level_only
    };
    let groups = by_topic(standpoint, expected).into_iter();
    groups
        .map(|(id, title, found)| RowGroup {
            id,
            title,
            rows: found
                .into_iter()
                .map(|it| row(standpoint, it, place, None))
                .collect::<Vec<Row>>(),
        })
        .collect()
}

type Group<'a> = (String, String, Vec<&'a Indicator>);

fn by_topic(standpoint: Standpoint<'_>, wanted: impl Fn(&Indicator) -> bool) -> Vec<Group<'_>> {
    let site = standpoint.site();
    let ordered = site.in_order();
    let of = |topic: &str| {
        ordered
            .iter()
            .copied()
            .filter(|indicator| indicator.topic == topic && wanted(indicator))
            .collect::<Vec<_>>()
    };
    let named = site.topics().iter().map(|topic| {
        (
            topic.id.clone(),
            topic.name.in_language(standpoint.code()).to_owned(),
            of(&topic.id),
        )
    });
    let rest = (
        "other".to_owned(),
        standpoint.word("sentence.other_topic").to_owned(),
        of(""),
    );
    named.chain([rest]).filter(|(.., found)| !found.is_empty()).collect()
}

fn has_value(indicator: &Indicator, place: PlaceId) -> bool {
    indicator.total(place).and_then(crate::model::Series::latest).is_some()
}

/// Every sign once, with what it means.
fn legend(standpoint: Standpoint<'_>) -> Vec<Legend> {
    // Sign, tone, word.
    type Item = (&'static str, &'static str, &'static str);
    const COUNTRY: &[Item] = &[
        ("better", "good", "better"),
        ("worse", "bad", "worse"),
        ("level", "neutral", "level"),
        ("up", "neutral", "neutral_above"),
        ("down", "neutral", "neutral_below"),
        ("none", "none", "none"),
    ];
    const TREND: &[Item] = &[
        ("up", "neutral", "up"),
        ("down", "neutral", "down"),
        ("flat", "neutral", "flat"),
        ("none", "none", "none"),
    ];
    const TARGET: &[Item] = &[
        ("reached", "good", "reached"),
        ("on_track", "good", "on_track"),
        ("behind", "bad", "behind_any"),
        ("unknown", "none", "unknown"),
        ("none", "none", "none"),
    ];
    let group = |kind: &'static str, items: &[Item]| Legend {
        kind,
        title: standpoint
            .voice()
            .words
            .text(&format!("sentence.legend.{kind}.title"))
            .to_owned(),
        text: standpoint
            .voice()
            .words
            .text(&format!("sentence.legend.{kind}.text"))
            .to_owned(),
        items: items
            .iter()
            .map(|(code, tone, word)| {
                let word = standpoint
                    .voice()
                    .words
                    .text(&format!("signal.{kind}.{word}"))
                    .to_owned();
                Meaning {
                    meaning: word.clone(),
                    signal: Signal {
                        kind,
                        code,
                        tone,
                        word,
                        detail: None,
                        order: None,
                    },
                }
            })
            .collect(),
    };
    vec![
        group("country", COUNTRY),
        group("trend", TREND),
        group("target", TARGET),
    ]
}
