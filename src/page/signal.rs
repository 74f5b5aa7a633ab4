//! The signs beside a figure: against the country, direction of change. What stands against a target is in [`super::target`].

use super::context::PageContext;
use super::view::Signal;
use crate::measure;
use crate::model::{Better, Indicator, PlaceId};
use std::cmp::Ordering;

/// A sign: its drawing, its tone, and the word of its kind.
pub(crate) fn signal(
    page: PageContext<'_>,
    kind: &'static str,
    code: &'static str,
    tone: &'static str,
    word: &str,
    detail: Option<String>,
) -> Signal {
    let word = page.word(&format!("signal.{kind}.{word}")).to_owned();
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
    page: PageContext<'_>,
    indicator: &Indicator,
    place: PlaceId,
    country: Option<PlaceId>,
) -> Signal {
    let measured = country.and_then(|country| measure::country_signal(indicator, place, country));
    let Some(measured) = measured else {
        return signal(page, "country", "none", "none", "none", None);
    };
    let detail = Some(
        page.locale
            .format
            .difference(measured.difference, &indicator.unit, page.code()),
    );
    let (code, tone, word) = match (measured.order, measured.better) {
        (Ordering::Equal, _) => ("level", "neutral", "level"),
        (_, Some(Ordering::Greater)) => ("better", "good", "better"),
        (_, Some(_)) => ("worse", "bad", "worse"),
        (Ordering::Greater, None) => ("up", "neutral", "neutral_above"),
        (Ordering::Less, None) => ("down", "neutral", "neutral_below"),
    };
    signal(page, "country", code, tone, word, detail)
}

pub(crate) fn trend_signal(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Signal {
    let measured = measure::trend_signal(indicator, place, page.site.settings.period);
    let Some(measured) = measured else {
        return signal(page, "trend", "none", "none", "none", None);
    };
    let format = &page.locale.format;
    let change = format.difference(measured.difference, &indicator.unit, page.code());
    let [from, to] = measured.periods;
    let detail = Some(format!("{change} ({})", format.span(from, to)));
    let (code, tone, word) = match (measured.order, measured.better) {
        (Ordering::Equal, _) => ("flat", "neutral", "flat"),
        (order, Some(Ordering::Greater)) => (arrow(order), "good", "better"),
        (order, Some(_)) => (arrow(order), "bad", "worse"),
        (Ordering::Greater, None) => ("up", "neutral", "up"),
        (Ordering::Less, None) => ("down", "neutral", "down"),
    };
    signal(page, "trend", code, tone, word, detail)
}

/// The arrow shows the number's own direction; the word says whether that is better.
fn arrow(order: Ordering) -> &'static str {
    if order == Ordering::Greater { "up" } else { "down" }
}

pub(crate) fn better_word(better: Better) -> &'static str {
    match better {
        Better::Higher => "better.higher",
        Better::Lower => "better.lower",
        Better::Neither => "better.neither",
    }
}
