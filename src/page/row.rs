//! The row of every table of indicators: value, signals, rank and sparkline for one place.

use super::context::PageContext;
use super::routes::Reference;
use super::signal::{country_signal, trend_signal};
use super::target::{self, home_target};
use super::value::{missing_value, sparkline, value};
use super::view::{IndicatorRow, Signals, Value};
use crate::measure;
use crate::model::{Indicator, Part, PlaceId, SetEntry};

/// The row of an indicator for a place; `entry` is the indicator's entry in a set, which may have a target.
pub(crate) fn row(
    page: PageContext<'_>,
    indicator: &Indicator,
    place: PlaceId,
    entry: Option<&SetEntry>,
) -> IndicatorRow {
    let code = page.code();
    let newest = measure::newest(indicator, place, Part::TOTAL);
    let country = compared_with(page, place);
    let country_observation = country.and_then(|country| match newest {
        Some(newest) => indicator.at(country, Part::TOTAL, newest.period),
        // Beside a place that was never part of the figures, the country's own newest.
        None => measure::newest(indicator, country, Part::TOTAL),
    });
    let country_value = match country {
        None => Value::default(),
        Some(_) if indicator.comparable => value(page, indicator, country_observation, newest.is_none()),
        Some(_) => missing_value(page.word("sentence.not_compared")),
    };
    let difference = newest
        .zip(country_observation)
        .filter(|_| indicator.comparable)
        .and_then(|(newest, other)| {
            Some(measure::difference(
                newest.value.known()?,
                other.value.known()?,
                indicator.unit.decimals,
            ))
        });
    let rank = page.rank(indicator, place);
    let target = entry
        .and_then(|entry| entry.target.as_ref())
        .or_else(|| home_target(page, indicator, place));
    let target = target.map(|target| target::row_target(page, indicator, place, target));
    let needs = entry
        .map(|entry| entry.needs.in_language(code))
        .filter(|needs| !needs.is_empty());
    IndicatorRow {
        title: indicator.name.in_language(code).to_owned(),
        href: page
            .href(&Reference::Indicator(indicator.id.clone()))
            .unwrap_or_default(),
        value: value(page, indicator, newest, true),
        country: country_value,
        difference: difference.map(|difference| page.locale.format.difference(difference, &indicator.unit, code)),
        rank: rank.map(|rank| rank.position.to_string()),
        of: rank.map(|rank| rank.of.to_string()),
        of_text: rank.map(|rank| page.fill("value.rank_of", &[("total", &rank.of.to_string())])),
        rank_note: rank
            .filter(|rank| rank.shared)
            .map(|_| page.word("sentence.rank_shared").to_owned()),
        spark: sparkline(indicator, place),
        signals: Signals {
            country: country_signal(page, indicator, place, country),
            trend: trend_signal(page, indicator, place),
            target: target
                .as_ref()
                .map_or_else(|| target::no_target(page), |target| target.status.clone()),
        },
        sample: indicator.sample,
        target,
        needs: needs.map(ToOwned::to_owned),
    }
}

/// The country, with which every other place is compared; nothing for the country itself.
pub(crate) fn compared_with(page: PageContext<'_>, place: PlaceId) -> Option<PlaceId> {
    page.country().filter(|country| *country != place)
}
