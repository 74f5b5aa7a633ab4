//! An observation as readers see it: number, unit, period, flags; without one, why.

use super::context::PageContext;
use super::view::{Html, Value};
use crate::chart::marks;
use crate::model::{self, Flags, Indicator, Observation, PlaceId, Reason};

/// An observation as shown; without one, why.
pub(crate) fn value(
    page: PageContext<'_>,
    indicator: &Indicator,
    observation: Option<&Observation>,
    with_period: bool,
) -> Value {
    let voice = page.locale;
    let Some(observation) = observation else {
        return nothing(why_missing(page, indicator));
    };
    let period = with_period.then(|| voice.format.period(observation.period));
    match observation.value {
        model::Value::Known(number) => {
            let flags = observation.flags;
            let flag = flag(page, flags);
            let note = (!observation.note.is_empty()).then(|| observation.note.clone());
            let (text, number, unit) = voice.format.short_parts(number, &indicator.unit, page.code());
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
            ..nothing(reason_word(page, reason))
        },
    }
}

/// What is to be said of a number beside it.
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
