//! Places as points of a scatter plot: selected, with their roles, and with names beside some of them.

use crate::chart::{MeasuredAxis, Point, Role, ValueAxis};
use crate::model::{ChartSpec, Indicator, PlaceId, Unit};
use crate::page::context::PageContext;
use crate::render::figure::select;

/// Up to this many places all have their names where there is room.
const ALL_NAMED: usize = 12;

/// Places with a point: the members of the group, else all of the level (within the parent); to them the places that the
/// specification names.
pub(super) fn point_places(page: PageContext<'_>, spec: &ChartSpec, indicators: &[&Indicator]) -> Vec<PlaceId> {
    let selection = &spec.selection;
    let group = selection.group.as_ref().and_then(|id| page.site.places.group(id));
    let mut places = group.map_or_else(|| select::places_of_level(page, spec), |group| group.places.clone());
    if group.is_some() {
        places.extend(select::main_place(page, spec).filter(|main| !places.contains(main)));
    }
    for place in &selection.places {
        if !places.contains(place) {
            places.push(*place);
        }
    }
    // Places without a series at all were never part of the figures; the country is no one among many.
    let has_series = |place: &PlaceId| {
        indicators
            .iter()
            .all(|indicator| indicator.series(*place, selection.part()).is_some())
            && page.country() != Some(*place)
    };
    places.retain(has_series);
    places
}

/// A place's point, still without its name beside it; `mark_label` is its label for screen readers.
pub(super) fn point(
    page: PageContext<'_>,
    spec: &ChartSpec,
    place: PlaceId,
    at: [f64; 2],
    mark_label: String,
) -> Point {
    let nth = spec
        .selection
        .places
        .iter()
        .position(|other| *other == place)
        .and_then(|index| u8::try_from(index + 1).ok());
    let role = match select::role(page, spec, place, nth.unwrap_or_default()) {
        Role::Other(_) if nth.is_none() => Role::Crowd,
        role => role,
    };
    Point {
        name: page.place_short(place).to_owned(),
        role,
        at,
        mark_label,
        labelled: false,
    }
}

/// Sets names beside points: beside all of few, of many beside those at the ends of both axes.
pub(super) fn label_points(points: &mut [Point]) {
    if points.len() <= ALL_NAMED {
        for point in points {
            point.labelled = true;
        }
        return;
    }
    for axis in [0, 1] {
        let order = |a: &usize, b: &usize| points[*a].at[axis].total_cmp(&points[*b].at[axis]);
        let ends = [(0..points.len()).min_by(order), (0..points.len()).max_by(order)];
        ends.into_iter().flatten().for_each(|end| points[end].labelled = true);
    }
}

/// An axis whose values have this unit and so many decimals.
pub(super) fn dimension(page: PageContext<'_>, title: String, unit: &Unit, decimals: u8) -> MeasuredAxis {
    let format = &page.locale.format;
    let axis = ValueAxis {
        unit_in_labels: false,
        signed: false,
        unit: format.short_unit(unit, page.code()).to_owned(),
        decimals,
        numbers: format.style.clone(),
    };
    MeasuredAxis { title, axis }
}
