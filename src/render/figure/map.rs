//! Areas shaded by class.

use crate::chart::{Area, Role, Shape};
use crate::measure;
use crate::model::{Boundaries, ChartSpec, Indicator, Level, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::bars::{ends, placed};
use crate::render::figure::trend::measure_line;
use crate::render::figure::{Subject, select};

/// Classes a reader can tell apart.
const CLASSES: f64 = 5.0;

/// Nothing when no boundaries are known for the places.
pub(super) fn map<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Option<Subject<'a>> {
    let part = spec.selection.part();
    let boundaries = boundaries(page, spec)?;
    let places: Vec<PlaceId> = page.site.places.of(boundaries.level, boundaries.parent).collect();
    let period = select::period(spec, indicator, &places, part);
    let value = |place: PlaceId| measure::value(indicator, place, part, period?);
    let known: Vec<f64> = places.iter().filter_map(|place| value(*place)).collect();
    let areas = places.iter().map(|place| Area {
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
    let shown_period = period.map_or(String::new(), |period| format.period(period));
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
    let rows = order.map(|place| placed(page, *place, vec![cell(*place)]));
    let parent = boundaries.parent.map_or("", |place| page.place_name(place));
    let caption = measure_line(page, indicator, part, parent, &shown_period);
    let table = table::table(caption.clone(), columns, rows.collect());
    let mut description = page.fill(
        "sentence.chart.map",
        &[("n", &known.len().to_string()), ("period", &shown_period)],
    );
    if let Some(ends) = ends(page, indicator, &ranked) {
        description = format!("{description} {ends}");
    }
    let shape = Shape::Map {
        map: boundaries.name.clone(),
        areas: areas.collect(),
        limits: limits(&known),
        missing: page.word("sentence.no_value").to_owned(),
    };
    Some(Subject {
        shape: (!known.is_empty()).then_some(shape),
        unit: indicator.unit.clone(),
        subtitle: caption,
        description,
        table,
        indicators: vec![indicator],
    })
}

/// Boundaries of the level (and parent) asked for.
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
        let found = limits(&[43.9, 56.0]);
        assert!(found.len() <= 6 && found[0] <= 43.9 && found[found.len() - 1] >= 56.0);
        assert_eq!(limits(&[3.0, 3.0]), [3.0, 3.0]);
        assert!(limits(&[]).is_empty());
    }
}
