//! Generated sentences: what an indicator says, in the language's own words.
//!
//! Each sentence is one entry of the words, built so that it is right for every place and unit: names
//! stand in the nominative, differences as distances with "higher" or "lower".

use super::report::Standpoint;
use super::row::own_target;
use super::target::{progress, status_name};
use crate::measure::{self, Status, UnknownReason};
use crate::model::{Better, Indicator, Level, Part, PlaceId};
use crate::theme::escape;
use std::cmp::Ordering;

/// The message of an indicator for a place, as HTML; empty when there is no value.
pub(crate) fn message(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> String {
    let all = [
        value(standpoint, indicator, place),
        country(standpoint, indicator, place),
        rank(standpoint, indicator, place),
        change(standpoint, indicator, place),
        target(standpoint, indicator, place),
    ];
    all.into_iter()
        .flatten()
        .map(|sentence| escape(&sentence))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The shortest message: against the country, else the change.
pub(crate) fn short(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> String {
    let sentence = country(standpoint, indicator, place).or_else(|| change(standpoint, indicator, place));
    sentence.map(|sentence| escape(&sentence)).unwrap_or_default()
}

fn value(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let voice = standpoint.voice();
    let latest = measure::latest(indicator, place, Part::TOTAL, None)?;
    let number = voice
        .format
        .value(latest.value.known()?, &indicator.unit, standpoint.code());
    let period = voice.format.period_in_text(latest.period);
    Some(standpoint.fill(
        "sentence.value",
        &[
            ("place", standpoint.place_name(place)),
            ("value", &number),
            ("period", &period),
        ],
    ))
}

/// How far above or below the country, after the value.
pub(crate) fn country(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    against_country(standpoint, indicator, place, "sentence")
}

/// The same by itself, as a title.
pub(crate) fn country_title(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    against_country(standpoint, indicator, place, "sentence.title")
}

fn against_country(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId, words: &str) -> Option<String> {
    let country = standpoint.country().filter(|country| *country != place)?;
    let signal = measure::country_signal(indicator, place, country)?;
    let voice = standpoint.voice();
    let how = match signal.order {
        Ordering::Greater => "above",
        Ordering::Less => "below",
        Ordering::Equal => "level",
    };
    let distance = voice
        .format
        .distance(signal.difference, &indicator.unit, standpoint.code());
    let other = measure::value(indicator, country, Part::TOTAL, signal.period)?;
    let other = voice.format.value(other, &indicator.unit, standpoint.code());
    let arguments = [
        ("place", standpoint.place_name(place)),
        ("distance", &distance),
        ("country", standpoint.place_in_text(country)),
        ("value", &other),
    ];
    Some(standpoint.fill(&format!("{words}.{how}"), &arguments))
}

/// How it has changed within the report's period, after the value.
pub(crate) fn change(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    changed(standpoint, indicator, place, "sentence")
}

/// The same by itself, as a title.
pub(crate) fn change_title(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    changed(standpoint, indicator, place, "sentence.title")
}

fn changed(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId, words: &str) -> Option<String> {
    let signal = measure::trend_signal(indicator, place, standpoint.site().settings().period)?;
    let voice = standpoint.voice();
    let how = match signal.order {
        Ordering::Greater => "risen",
        Ordering::Less => "fallen",
        Ordering::Equal => "unchanged",
    };
    let distance = voice
        .format
        .distance(signal.difference, &indicator.unit, standpoint.code());
    let [from, to] = signal.periods.map(|period| voice.format.period_in_text(period));
    let arguments = [
        ("place", standpoint.place_in_text(place)),
        ("from", &from),
        ("to", &to),
        ("distance", &distance),
    ];
    Some(standpoint.fill(&format!("{words}.{how}"), &arguments))
}

/// Where it stands against the target it has in a set.
fn target(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let target = own_target(standpoint, indicator, place)?;
    let status = progress(standpoint, indicator, target, place).status;
    if matches!(status, Status::Unknown(doubt) if doubt != UnknownReason::Open) {
        return None;
    }
    let by = target
        .kind
        .periods()
        .find_map(|(key, period)| (key == "by").then_some(period));
    let by = by.map_or(String::new(), |by| standpoint.voice().format.period_in_text(by));
    let text = target.text.in_language(standpoint.code()).trim_end_matches('.');
    let path = format!("sentence.target.{}", status_name(status, &target.kind));
    Some(standpoint.fill(&path, &[("target", text), ("period", &by)]))
}

/// The rank among places of the same level.
fn rank(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let rank = standpoint.rank(indicator, place).filter(|rank| rank.of > 2)?;
    let level = match standpoint.site().places()[place].level {
        Level::Municipality => "sentence.among.municipality",
        _ => "sentence.among.county",
    };
    let first = match indicator.better {
        Better::Neither => "sentence.first.highest",
        Better::Higher | Better::Lower => "sentence.first.best",
    };
    let (position, of) = (rank.position.to_string(), rank.of.to_string());
    let path = if rank.shared {
        "sentence.ranked_shared"
    } else {
        "sentence.ranked"
    };
    Some(standpoint.fill(
        path,
        &[
            ("n", &position),
            ("total", &of),
            ("among", standpoint.word(level)),
            ("first", standpoint.word(first)),
        ],
    ))
}
