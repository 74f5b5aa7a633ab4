//! Generated sentences: the message of an indicator in the language of the page.
//!
//! Each sentence is one entry of the words, built so that it is right for every place and unit: names stand in the
//! nominative, differences as distances with "higher" or "lower".

use crate::measure;
use crate::measure::{Status, UnknownReason};
use crate::model::{Better, Indicator, Level, Part, PlaceId};
use crate::page::context::PageContext;
use crate::page::target::{home_target, progress, status_name};
use crate::theme::escape;
use std::cmp::Ordering;

/// The message of an indicator for a place, as HTML; empty when there is no value.
pub(crate) fn message(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> String {
    let all = [
        value(page, indicator, place),
        country(page, indicator, place),
        rank(page, indicator, place),
        change(page, indicator, place),
        long_view(page, indicator, place),
        target(page, indicator, place),
    ];
    all.into_iter()
        .flatten()
        .map(|sentence| escape(&sentence))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The shortest message: against the country, else the change.
pub(crate) fn short(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> String {
    let sentence = country(page, indicator, place).or_else(|| change(page, indicator, place));
    sentence.map(|sentence| escape(&sentence)).unwrap_or_default()
}

fn value(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let format = &page.locale.format;
    let latest = measure::latest(indicator, place, Part::TOTAL, None)?;
    let number = format.value(latest.value.known()?, &indicator.unit, page.code());
    let period = format.period_in_text(latest.period);
    Some(page.fill(
        "sentence.value",
        &[
            ("place", page.place_name(place)),
            ("value", &number),
            ("period", &period),
        ],
    ))
}

/// The distance above or below the country, to follow the value.
pub(crate) fn country(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    against_country(page, indicator, place, "sentence")
}

/// The distance above or below the country, as a title.
pub(crate) fn country_title(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    against_country(page, indicator, place, "sentence.title")
}

fn against_country(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, words: &str) -> Option<String> {
    let country = page.country().filter(|country| *country != place)?;
    let signal = measure::country_signal(indicator, place, country)?;
    let format = &page.locale.format;
    let direction = match signal.order {
        Ordering::Greater => "above",
        Ordering::Less => "below",
        Ordering::Equal => "level",
    };
    let distance = format.distance(signal.difference, &indicator.unit, page.code());
    let other = measure::value(indicator, country, Part::TOTAL, signal.period)?;
    let other = format.value(other, &indicator.unit, page.code());
    let arguments = [
        ("place", page.place_name(place)),
        ("distance", &distance),
        ("country", page.place_in_text(country)),
        ("value", &other),
    ];
    Some(page.fill(&format!("{words}.{direction}"), &arguments))
}

/// The change within the report's period, to follow the value.
pub(crate) fn change(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    change_in_words(page, indicator, place, "sentence")
}

/// The change within the report's period, as a title.
pub(crate) fn change_title(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    change_in_words(page, indicator, place, "sentence.title")
}

fn change_in_words(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, words: &str) -> Option<String> {
    let signal = measure::trend_signal(indicator, place, page.site.settings.period)?;
    let format = &page.locale.format;
    let direction = match signal.order {
        Ordering::Greater => "risen",
        Ordering::Less => "fallen",
        Ordering::Equal => "unchanged",
    };
    let distance = format.distance(signal.difference, &indicator.unit, page.code());
    let [from, to] = signal.periods.map(|period| format.period_in_text(period));
    let arguments = [
        ("place", page.place_in_text(place)),
        ("from", &from),
        ("to", &to),
        ("distance", &distance),
    ];
    Some(page.fill(&format!("{words}.{direction}"), &arguments))
}

/// The change over all comparable years, where it goes the other way than that within the report's period.
fn long_view(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let signal = measure::trend_signal(indicator, place, page.site.settings.period)?;
    let long = signal.long_view?;
    let direction = if long.order.is_gt() { "risen" } else { "fallen" };
    let format = &page.locale.format;
    let arguments = [
        ("place", page.place_in_text(place)),
        ("from", &*format.period_in_text(long.periods[0])),
        ("to", &format.period_in_text(long.periods[1])),
        (
            "distance",
            &format.distance(long.difference, &indicator.unit, page.code()),
        ),
    ];
    Some(page.fill(&format!("sentence.long_view.{direction}"), &arguments))
}

/// The status against the target that the indicator has in a set.
fn target(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let target = home_target(page, indicator, place)?;
    let status = progress(page, indicator, target, place).status;
    if matches!(status, Status::Unknown(doubt) if doubt != UnknownReason::Open) {
        return None;
    }
    let by = target
        .kind
        .periods()
        .find_map(|(key, period)| (key == "by").then_some(period));
    let by = by.map_or(String::new(), |by| page.locale.format.period_in_text(by));
    let text = target.text.in_language(page.code()).trim_end_matches('.');
    let path = format!("sentence.target.{}", status_name(status, &target.kind));
    Some(page.fill(&path, &[("target", text), ("period", &by)]))
}

/// The rank among places of the same level.
fn rank(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let rank = page.rank(indicator, place).filter(|rank| rank.of > 2)?;
    let level = match page.site.places[place].level {
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
    Some(page.fill(
        path,
        &[
            ("n", &position),
            ("total", &of),
            ("among", page.word(level)),
            ("first", page.word(first)),
        ],
    ))
}
