//! A map: areas shaded by class.

use crate::chart::{MapArea, Role, Shape};
use crate::measure;
use crate::model::{Boundaries, ChartSpec, Indicator, Level, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{extremes_sentence, measure_line};
use crate::render::figure::select;
use crate::render::figure::tables::place_row;

/// Classes a reader can tell apart.
const CLASSES: f64 = 5.0;

/// `None` when no boundaries are values for the places.
pub(super) fn map<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Option<ChartContent<'a>> {
    let part = spec.selection.part();
    let boundaries = boundaries(page, spec)?;
    let places: Vec<PlaceId> = page.site.places.at_level(boundaries.level, boundaries.parent).collect();
    let period = select::period(spec, indicator, &places, part);
    let value = |place: PlaceId| measure::value(indicator, place, part, period?);
    let values: Vec<f64> = places.iter().filter_map(|place| value(*place)).collect();
    let areas = places.iter().map(|place| MapArea {
        code: page.site.places[*place].code.clone(),
        name: page.place_short(*place).to_owned(),
        role: if page.home() == Some(*place) {
            Role::Home
        } else {
            Role::Crowd
        },
        value: value(*place),
    });
    let format = &page.locale.format;
    let period_text = period.map_or(String::new(), |period| format.period(period));
    let ranked = period
        .map(|period| measure::ranking(indicator, part, period, &places))
        .unwrap_or_default();
    let unit = table::unit(page, &indicator.unit);
    let columns = vec![
        table::texts(page.word("sentence.column.place")),
        table::numbers(page.word("sentence.column.value"), unit),
    ];
    let missing = places.iter().filter(|place| value(**place).is_none());
    let order = ranked.iter().map(|(place, ..)| place).chain(missing);
    let cell = |place: PlaceId| match period {
        Some(period) => table::observation(page, indicator, place, part, period),
        None => table::number(page, None, &indicator.unit),
    };
    let rows = order.map(|place| place_row(page, *place, vec![cell(*place)]));
    let parent = boundaries.parent.map_or("", |place| page.place_name(place));
    let caption = measure_line(page, indicator, part, parent, &period_text);
    let table = table::table(caption.clone(), columns, rows.collect());
    let mut description = page.fill(
        "sentence.chart.map",
        &[("n", &values.len().to_string()), ("period", &period_text)],
    );
    if let Some(extremes) = extremes_sentence(page, indicator, &ranked) {
        description = format!("{description} {extremes}");
    }
    let shape = Shape::Map {
        map: boundaries.name.clone(),
        areas: areas.collect(),
        limits: limits(&values),
        missing: page.word("sentence.no_value").to_owned(),
    };
    Some(ChartContent {
        shape: (!values.is_empty()).then_some(shape),
        unit: indicator.unit.clone(),
        subtitle: caption,
        description,
        table,
        indicators: vec![indicator],
    })
}

/// Boundaries of the specification's level, and parent where it names one.
fn boundaries<'a>(page: PageContext<'a>, spec: &ChartSpec) -> Option<&'a Boundaries> {
    let level = spec.selection.level.unwrap_or(if spec.selection.parent.is_some() {
        Level::Municipality
    } else {
        Level::County
    });
    let all = &page.site.places.boundaries;
    all.iter()
        .find(|map| map.level == level && (spec.selection.parent.is_none() || map.parent == spec.selection.parent))
}

/// Limits of at most five classes of equal width, on round numbers, from the lowest to the highest value.
fn limits(values: &[f64]) -> Vec<f64> {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(*value), high.max(*value))
    });
    if values.is_empty() {
        return Vec::new();
    }
    if high <= low {
        return vec![low, low];
    }
    let raw = (high - low) / CLASSES;
    let power = 10f64.powf(raw.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|step| step * power);
    let class_count = |step: f64| ((high / step).ceil() - (low / step).floor()).round();
    let step = steps
        .into_iter()
        .find(|step| *step >= raw && class_count(*step) <= CLASSES)
        .unwrap_or(steps[5]);
    let start = (low / step).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most five classes"
    )]
    let classes = class_count(step).clamp(1.0, CLASSES) as u32;
    (0..=classes).map(|class| (start + f64::from(class)) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::limits;

    #[test]
    fn classes_have_round_limits_that_hold_all_values() {
        let class_limits = limits(&[43.9, 56.0]);
        assert!(class_limits.len() <= 6 && class_limits[0] <= 43.9 && class_limits[class_limits.len() - 1] >= 56.0);
        assert_eq!(limits(&[3.0, 3.0]), [3.0, 3.0]);
        assert!(limits(&[]).is_empty());
    }
}
