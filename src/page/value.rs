//! An observation as readers see it: number, unit, period and flags, or the reason why there is none.

use super::context::PageContext;
use super::view::{Html, Value};
use crate::chart::marks;
use crate::measure;
use crate::model::{self, Flags, Indicator, Observation, Part, PlaceId, Reason};

/// The view of an observation; without one, a dash and the reason.
pub(crate) fn value(
    page: PageContext<'_>,
    indicator: &Indicator,
    observation: Option<&Observation>,
    with_period: bool,
) -> Value {
    let format = &page.locale.format;
    let Some(observation) = observation else {
        return missing_value(why_missing(page, indicator));
    };
    let period = with_period.then(|| format.period(observation.period));
    match observation.value {
        model::Value::Known(number) => {
            let (text, number, unit) = format.short_parts(number, &indicator.unit, page.code());
            Value {
                text,
                number,
                unit: unit.to_owned(),
                missing: None,
                period,
                provisional: observation.flags.provisional,
                flag: flag(page, observation.flags),
                note: (!observation.note.is_empty()).then(|| observation.note.clone()),
            }
        }
        model::Value::Missing(reason) => Value {
            period,
            ..missing_value(reason_word(page, reason))
        },
    }
}

/// Flags of a number in words; nothing when it has none.
pub(crate) fn flag(page: PageContext<'_>, flags: Flags) -> Option<String> {
    let words: Vec<&str> = flags
        .names()
        .iter()
        .map(|name| page.word(&format!("flag.{name}")))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Why there is no number, in words.
pub(crate) fn reason_word(page: PageContext<'_>, reason: Reason) -> &str {
    page.word(&format!("reason.{}", reason.name()))
}

/// Why an indicator has no observation here.
pub(crate) fn why_missing<'a>(page: PageContext<'a>, indicator: &Indicator) -> &'a str {
    match &indicator.absence {
        Some(absence) => reason_word(page, absence.reason),
        None => page.word("sentence.no_value"),
    }
}

/// A dash with the reason why there is no value.
pub(crate) fn missing_value(reason: &str) -> Value {
    Value {
        text: "–".to_owned(),
        missing: Some(reason.to_owned()),
        ..Value::default()
    }
}

/// A sparkline of the place's values; empty with fewer than two.
pub(crate) fn sparkline(indicator: &Indicator, place: PlaceId) -> Html {
    let Some(series) = indicator.total(place) else {
        return Html::default();
    };
    let mut values: Vec<Option<f64>> = Vec::new();
    let mut before = None;
    for observation in &series.observations {
        // A line stops where a period is missing, and at a break.
        let stops = before.is_some_and(|before| {
            let is_broken = measure::break_between(indicator, place, Part::TOTAL, before, observation.period).is_some();
            is_broken || !observation.period.follows(before)
        });
        values.extend(stops.then_some(None));
        values.push(observation.value.known());
        before = Some(observation.period);
    }
    if values.iter().flatten().count() < 2 {
        return Html::default();
    }
    Html(marks::sparkline(&values))
}
