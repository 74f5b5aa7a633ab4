//! An indicator for one place: value, signals, rank, sparkline. The row of every table of indicators.

use super::context::PageContext;
use super::routes::Reference;
use super::signal::{better_word, country_signal, trend_signal};
use super::target::{self, own_target};
use super::value::{nothing, spark, value};
use super::view::{Row, Signals, Value};
use crate::measure;
use crate::model::{Indicator, Part, PlaceId, SetEntry};
use std::sync::Arc;

/// The row of an indicator for a place; `entry` is its place in a set, which may carry a target.
pub(crate) fn row(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, entry: Option<&SetEntry>) -> Row {
    let code = page.code();
    let newest = measure::newest(indicator, place, Part::TOTAL);
    let compared = compared_with(page, place);
    // Beside a place that was never part of the figures, the country's own newest.
    let other = compared.and_then(|other| {
        newest.map_or_else(
            || measure::newest(indicator, other, Part::TOTAL),
            |own| indicator.at(other, Part::TOTAL, own.period),
        )
    });
    let country = match compared {
        None => Value::default(),
        Some(_) if indicator.comparable => value(page, indicator, other, newest.is_none()),
        Some(_) => nothing(page.word("sentence.not_compared")),
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
    let rank = page.rank(indicator, place);
    let target = entry
        .and_then(|entry| entry.target.as_ref())
        .or_else(|| own_target(page, indicator, place));
    let target = target.map(|target| Arc::new(target::target_view(page, indicator, place, target)));
    let needs = entry
        .map(|entry| entry.needs.in_language(code))
        .filter(|needs| !needs.is_empty());
    Row {
        title: indicator.name.in_language(code).to_owned(),
        href: page
            .href(&Reference::Indicator(indicator.id.clone()))
            .unwrap_or_default(),
        value: value(page, indicator, newest, true).into(),
        country: country.into(),
        difference: difference.map(|difference| page.locale.format.difference(difference, &indicator.unit, code)),
        rank: rank.map(|rank| rank.position.to_string()),
        of: rank.map(|rank| rank.of.to_string()),
        of_text: rank.map(|rank| page.fill("value.rank_of", &[("total", &rank.of.to_string())])),
        rank_note: rank
            .filter(|rank| rank.shared)
            .map(|_| page.word("sentence.rank_shared").to_owned()),
        spark: minijinja::Value::from_safe_string(spark(indicator, place).0),
        signals: Arc::new(Signals {
            country: country_signal(page, indicator, place, compared).into(),
            trend: trend_signal(page, indicator, place).into(),
            target: target
                .as_ref()
                .map_or_else(|| target::none(page).into(), |target| target.status.clone()),
        }),
        unit: page.locale.format.unit(&indicator.unit, code).to_owned(),
        sample: indicator.sample,
        target,
        needs: needs.map(ToOwned::to_owned),
        better: page.word(better_word(indicator.better)).to_owned(),
    }
}

/// What a place is compared with: a county with the country, anything else too.
pub(crate) fn compared_with(page: PageContext<'_>, place: PlaceId) -> Option<PlaceId> {
    page.country().filter(|country| *country != place)
}
