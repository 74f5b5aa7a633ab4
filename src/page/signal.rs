//! The signals beside a figure: against the country, and direction of change. The signal of a target is in [`super::target`].

use super::context::PageContext;
use super::view::Signal;
use crate::measure;
use crate::model::{Better, Indicator, PlaceId};
use std::cmp::Ordering;

/// A signal of a kind, with its word in the page's language.
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

/// The signal against the country, with the difference; `none` without a country or a number to compare.
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

/// The signal of the change within the report's period, with the change and its years; `none` with fewer than two numbers.
pub(crate) fn trend_signal(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Signal {
    let measured = measure::trend_signal(indicator, place, page.site.settings.period);
    let Some(measured) = measured else {
        return signal(page, "trend", "none", "none", "none", None);
    };
    let format = &page.locale.format;
    let change = format.difference(measured.difference, &indicator.unit, page.code());
    let [from, to] = measured.periods;
    let detail = Some(format!("{change} ({})", format.span(from, to)));
    if let Some(doubt) = measured.doubt {
        let code = match measured.order {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "flat",
        };
        return signal(page, "trend", code, "neutral", doubt.name(), detail);
    }
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

/// Key of the words that say which direction is better.
pub(crate) fn better_word(better: Better) -> &'static str {
    match better {
        Better::Higher => "better.higher",
        Better::Lower => "better.lower",
        Better::Neither => "better.neither",
    }
}
