//! An indicator for one place: value, signals, rank, sparkline. The row of every table of indicators.

use super::report::Standpoint;
use super::routes::Reference;
use super::target;
use super::view::{Html, Row, Signal, Signals, Value};
use crate::chart::marks;
use crate::measure;
use crate::model::{self, Better, Flags, Indicator, Observation, Part, PlaceId, Reason, SetEntry, Target};
use std::cmp::Ordering;
use std::sync::Arc;

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
    let difference = newest
        .zip(other)
        .filter(|_| indicator.comparable)
        .and_then(|(own, other)| {
            Some(measure::difference(
                own.value.known()?,
                other.value.known()?,
                indicator.unit.decimals,
            ))
        });
    let rank = standpoint.rank(indicator, place);
    let target = entry
        .and_then(|entry| entry.target.as_ref())
        .or_else(|| own_target(standpoint, indicator, place));
    let target = target.map(|target| Arc::new(target::target_view(standpoint, indicator, place, target)));
    let needs = entry
        .map(|entry| entry.needs.in_language(code))
        .filter(|needs| !needs.is_empty());
    Row {
        title: indicator.name.in_language(code).to_owned(),
        href: standpoint
            .href(&Reference::Indicator(indicator.id.clone()))
            .unwrap_or_default(),
        value: value(standpoint, indicator, newest, true).into(),
        country: country.into(),
        difference: difference
            .map(|difference| standpoint.voice().format.difference(difference, &indicator.unit, code)),
        rank: rank.map(|rank| rank.position.to_string()),
        of: rank.map(|rank| rank.of.to_string()),
        of_text: rank.map(|rank| standpoint.fill("value.rank_of", &[("total", &rank.of.to_string())])),
        rank_note: rank
            .filter(|rank| rank.shared)
            .map(|_| standpoint.word("sentence.rank_shared").to_owned()),
        spark: minijinja::Value::from_safe_string(spark(indicator, place).0),
        signals: Arc::new(Signals {
            country: country_signal(standpoint, indicator, place, compared).into(),
            trend: trend_signal(standpoint, indicator, place).into(),
            target: target
                .as_ref()
                .map_or_else(|| target::none(standpoint).into(), |target| target.status.clone()),
        }),
        unit: standpoint.voice().format.unit(&indicator.unit, code).to_owned(),
        sample: indicator.sample,
        target,
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
    let entries = standpoint.site().sets().iter().flat_map(model::IndicatorSet::entries);
    entries
        .filter(|entry| entry.indicator == indicator.id)
        .find_map(|entry| entry.target.as_ref())
}

/// An observation as shown; without one, why.
pub(crate) fn value(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    observation: Option<&Observation>,
    with_period: bool,
) -> Value {
    let voice = standpoint.voice();
    let Some(observation) = observation else {
        return nothing(why_missing(standpoint, indicator));
    };
    let period = with_period.then(|| voice.format.period(observation.period));
    match observation.value {
        model::Value::Known(number) => {
            let flags = observation.flags;
            let flag = flag(standpoint, flags);
            let note = (!observation.note.is_empty()).then(|| observation.note.clone());
            let (text, number, unit) = voice.format.short_parts(number, &indicator.unit, standpoint.code());
            Value {
                text,
                number,
                unit: unit.to_owned(),
                missing: None,
                period,
                provisional: flags.provisional,
                flag,
                note,
            }
        }
        model::Value::Missing(reason) => Value {
            period,
            ..nothing(reason_word(standpoint, reason))
        },
    }
}

/// What is to be said of a number beside it.
pub(crate) fn flag(standpoint: Standpoint<'_>, flags: Flags) -> Option<String> {
    let words: Vec<&str> = flags
        .names()
        .iter()
        .map(|name| standpoint.word(&format!("flag.{name}")))
        .collect();
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
    Value {
        text: "–".to_owned(),
        missing: Some(why.to_owned()),
        ..Value::default()
    }
}

/// A small line of the place's values.
pub(crate) fn spark(indicator: &Indicator, place: PlaceId) -> Html {
    let Some(series) = indicator.total(place) else {
        return Html::default();
    };
    let values: Vec<Option<f64>> = series
        .observations
        .iter()
        .map(|observation| observation.value.known())
        .collect();
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

/// A sign: its drawing, its tone, and the word of its kind.
pub(crate) fn signal(
    standpoint: Standpoint<'_>,
    kind: &'static str,
    code: &'static str,
    tone: &'static str,
    word: &str,
    detail: Option<String>,
) -> Signal {
    let word = standpoint
        .voice()
        .words
        .text(&format!("signal.{kind}.{word}"))
        .to_owned();
    let order = match (tone, code) {
        (_, "none" | "unknown") => None,
        ("bad", _) => Some(1),
        ("good", _) if code != "on_track" => Some(3),
        _ => Some(2),
    };
    Signal {
        kind,
        code,
        tone,
        word,
        detail,
        order,
    }
}

pub(crate) fn country_signal(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    place: PlaceId,
    country: Option<PlaceId>,
) -> Signal {
    let measured = country.and_then(|country| measure::country_signal(indicator, place, country));
    let Some(measured) = measured else {
        return signal(standpoint, "country", "none", "none", "none", None);
    };
    let detail = Some(
        standpoint
            .voice()
            .format
            .difference(measured.difference, &indicator.unit, standpoint.code()),
    );
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
    let measured = measure::trend_signal(indicator, place, standpoint.site().settings().period);
    let Some(measured) = measured else {
        return signal(standpoint, "trend", "none", "none", "none", None);
    };
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
