//! An indicator for one place: value, signals, rank, sparkline. The row of every table of indicators.

use super::report::Standpoint;
use super::routes::Reference;
use super::view::{Html, Row, Signal, Signals, TargetView, Value};
use crate::chart::marks;
use crate::measure::{self, Status};
use crate::model::{self, Better, Flags, Indicator, Observation, Part, PlaceId, Reason, SetEntry, Target, TargetKind};
use std::cmp::Ordering;

/// The row of an indicator for a place; `entry` is its place in a set, which may carry a target.
pub(crate) fn row(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId, entry: Option<&SetEntry>) -> Row {
    let code = standpoint.code();
    let newest = measure::newest(indicator, place, Part::TOTAL);
    let compared = compared_with(standpoint, place);
    // Beside a place that was never part of the figures, the country's own newest.
    let other = compared.and_then(|other| {
        newest.map_or_else(
            || measure::newest(indicator, other, Part::TOTAL),
            |own| indicator.at(other, Part::TOTAL, own.period),
        )
    });
    let country = match compared {
        None => Value::default(),
        Some(_) if indicator.comparable => value(standpoint, indicator, other, newest.is_none()),
        Some(_) => nothing(standpoint.word("sentence.not_compared")),
    };
    let difference = newest.zip(other).filter(|_| indicator.comparable).and_then(|(own, other)| {
        Some(measure::difference(own.value.known()?, other.value.known()?, indicator.unit.decimals))
    });
    let rank = standpoint.rank(indicator, place);
    let target = entry.and_then(|entry| entry.target.as_ref()).or_else(|| own_target(standpoint, indicator, place));
    let needs = entry.map(|entry| entry.needs.in_language(code)).filter(|needs| !needs.is_empty());
    Row {
        title: indicator.name.in_language(code).to_owned(),
        href: standpoint.href(&Reference::Indicator(indicator.id.clone())).unwrap_or_default(),
        value: value(standpoint, indicator, newest, true),
        country,
        difference: difference
            .map(|difference| standpoint.voice().format.difference(difference, &indicator.unit, code)),
        rank: rank.map(|rank| rank.position.to_string()),
        of: rank.map(|rank| rank.of.to_string()),
        of_text: rank.map(|rank| standpoint.fill("value.rank_of", &[("total", &rank.of.to_string())])),
        rank_note: rank.filter(|rank| rank.shared).map(|_| standpoint.word("sentence.rank_shared").to_owned()),
        spark: spark(indicator, place),
        signals: Signals {
            country: country_signal(standpoint, indicator, place, compared),
            trend: trend_signal(standpoint, indicator, place),
            target: target_signal(standpoint, indicator, place, target),
        },
        unit: standpoint.voice().format.unit(&indicator.unit, code).to_owned(),
        sample: indicator.sample,
        target: target.map(|target| target_view(standpoint, indicator, place, target)),
        needs: needs.map(ToOwned::to_owned),
        better: standpoint.word(better_word(indicator.better)).to_owned(),
    }
}

/// What a place is compared with: a county with the country, anything else too.
pub(crate) fn compared_with(standpoint: Standpoint<'_>, place: PlaceId) -> Option<PlaceId> {
    standpoint.country().filter(|country| *country != place)
}

/// The target an indicator has in the first set that gives it one; the report's own place only.
pub(crate) fn own_target<'a>(standpoint: Standpoint<'a>, indicator: &Indicator, place: PlaceId) -> Option<&'a Target> {
    if standpoint.home() != Some(place) {
        return None;
    }
    let entries = standpoint.site().sets.iter().flat_map(model::IndicatorSet::entries);
    entries.filter(|entry| entry.indicator == indicator.id).find_map(|entry| entry.target.as_ref())
}

/// An observation as shown; without one, why.
pub(crate) fn value(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    observation: Option<&Observation>,
    with_period: bool,
) -> Value {
    let voice = standpoint.voice();
    let Some(observation) = observation else { return nothing(why_missing(standpoint, indicator)) };
    let period = with_period.then(|| voice.format.period(observation.period));
    match observation.value {
        model::Value::Known(number) => {
            let flags = observation.flags;
            let flag = flag(standpoint, flags);
            let note = (!observation.note.is_empty()).then(|| observation.note.clone());
            let text = voice.format.short_value(number, &indicator.unit, standpoint.code());
            let unit = voice.format.short_unit(&indicator.unit, standpoint.code()).to_owned();
            Value {
                text,
                number: voice.format.plain(number, &indicator.unit),
                unit,
                missing: None,
                period,
                provisional: flags.provisional,
                flag,
                note,
            }
        }
        model::Value::Missing(reason) => Value { period, ..nothing(reason_word(standpoint, reason)) },
    }
}

/// What is to be said of a number beside it.
pub(crate) fn flag(standpoint: Standpoint<'_>, flags: Flags) -> Option<String> {
    let words: Vec<&str> = flags.names().iter().map(|name| standpoint.word(&format!("flag.{name}"))).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Why there is no number, in words.
pub(crate) fn reason_word(standpoint: Standpoint<'_>, reason: Reason) -> &str {
    standpoint.word(&format!("reason.{}", reason.name()))
}

/// Why an indicator has no observation here.
pub(crate) fn why_missing<'a>(standpoint: Standpoint<'a>, indicator: &Indicator) -> &'a str {
    match &indicator.absence {
        Some(absence) => reason_word(standpoint, absence.reason),
        None => standpoint.word("sentence.no_value"),
    }
}

pub(crate) fn nothing(why: &str) -> Value {
    Value { text: "–".to_owned(), missing: Some(why.to_owned()), ..Value::default() }
}

/// A small line of the place's values.
pub(crate) fn spark(indicator: &Indicator, place: PlaceId) -> Html {
    let Some(series) = indicator.total(place) else { return Html::default() };
    let values: Vec<Option<f64>> = series.observations.iter().map(|observation| observation.value.known()).collect();
    if values.iter().flatten().count() < 2 {
        return Html::default();
    }
    Html(marks::sparkline(&values))
}

pub(crate) fn better_word(better: Better) -> &'static str {
    match better {
        Better::Higher => "better.higher",
        Better::Lower => "better.lower",
        Better::Neither => "better.neither",
    }
}

fn signal(
    standpoint: Standpoint<'_>,
    kind: &'static str,
    code: &'static str,
    tone: &'static str,
    word: &str,
    detail: Option<String>,
) -> Signal {
    let word = standpoint.voice().words.text(&format!("signal.{kind}.{word}")).to_owned();
    let order = match (tone, code) {
        (_, "none" | "unknown") => None,
        ("bad", _) => Some(1),
        ("good", _) if code != "on_track" => Some(3),
        _ => Some(2),
    };
    Signal { kind, code, tone, word, detail, order }
}

pub(crate) fn country_signal(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    place: PlaceId,
    country: Option<PlaceId>,
) -> Signal {
    let measured = country.and_then(|country| measure::country_signal(indicator, place, country));
    let Some(measured) = measured else { return signal(standpoint, "country", "none", "none", "none", None) };
    let detail = Some(standpoint.voice().format.difference(measured.difference, &indicator.unit, standpoint.code()));
    let (code, tone, word) = match (measured.order, measured.better) {
        (Ordering::Equal, _) => ("level", "neutral", "level"),
        (_, Some(Ordering::Greater)) => ("better", "good", "better"),
        (_, Some(_)) => ("worse", "bad", "worse"),
        (Ordering::Greater, None) => ("up", "neutral", "neutral_above"),
        (Ordering::Less, None) => ("down", "neutral", "neutral_below"),
    };
    signal(standpoint, "country", code, tone, word, detail)
}

pub(crate) fn trend_signal(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Signal {
    let measured = measure::trend_signal(indicator, place, standpoint.site().settings.period);
    let Some(measured) = measured else { return signal(standpoint, "trend", "none", "none", "none", None) };
    let format = &standpoint.voice().format;
    let change = format.difference(measured.difference, &indicator.unit, standpoint.code());
    let [from, to] = measured.periods;
    let detail = Some(format!("{change} ({})", format.span(from, to)));
    let (code, tone, word) = match (measured.order, measured.better) {
        (Ordering::Equal, _) => ("flat", "neutral", "flat"),
        (order, Some(Ordering::Greater)) => (arrow(order), "good", "better"),
        (order, Some(_)) => (arrow(order), "bad", "worse"),
        (Ordering::Greater, None) => ("up", "neutral", "up"),
        (Ordering::Less, None) => ("down", "neutral", "down"),
    };
    signal(standpoint, "trend", code, tone, word, detail)
}

/// The arrow shows the number's own direction; the word says whether that is better.
fn arrow(order: Ordering) -> &'static str {
    if order == Ordering::Greater { "up" } else { "down" }
}

pub(crate) fn target_signal(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    place: PlaceId,
    target: Option<&Target>,
) -> Signal {
    let Some(target) = target else { return signal(standpoint, "target", "none", "none", "none", None) };
    let detail = |path: &'static str| Some(standpoint.word(path).to_owned());
    match measure::status(standpoint.site(), indicator, &target.kind, place) {
        Status::Reached => signal(standpoint, "target", "reached", "good", "reached", None),
        Status::OnTrack => signal(standpoint, "target", "on_track", "good", "on_track", None),
        Status::Behind => signal(standpoint, "target", "behind", "bad", behind(&target.kind), None),
        Status::Missed => signal(standpoint, "target", "behind", "bad", "missed", None),
        Status::NoValue => {
            signal(standpoint, "target", "unknown", "none", "unknown", detail("sentence.status.no_value"))
        }
        Status::NoBase => signal(standpoint, "target", "unknown", "none", "unknown", detail("sentence.status.no_base")),
        Status::NoPeers => {
            signal(standpoint, "target", "unknown", "none", "unknown", detail("sentence.status.no_peers"))
        }
    }
}

/// What is wrong when a target of this kind is behind; also a key of the words.
pub(crate) fn behind(kind: &TargetKind) -> &'static str {
    match kind {
        TargetKind::Value { .. } | TargetKind::Change { .. } => "behind",
        TargetKind::Peers { .. } => "behind_peers",
        TargetKind::Gap { .. } => "behind_gap",
        TargetKind::Direction { .. } => "behind_direction",
    }
}

fn target_view(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId, target: &Target) -> TargetView {
    let voice = standpoint.voice();
    let goal = measure::target_value(indicator, &target.kind, place).zip(measure::target_period(&target.kind));
    let rule = goal.map(|(value, by)| {
        let value = voice.format.value(value, &indicator.unit, standpoint.code());
        standpoint.fill("sentence.target_value", &[("value", &value), ("period", &voice.format.period(by))])
    });
    let status = target_signal(standpoint, indicator, place, Some(target));
    TargetView { text: target.text.in_language(standpoint.code()).to_owned(), status, rule }
}
