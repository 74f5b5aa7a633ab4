//! Places as points: who is shown among whom, and whose name stands beside the mark.

use super::select;
use crate::chart::{MeasuredAxis, Point, Role, ValueAxis};
use crate::model::{ChartSpec, Indicator, Level, PlaceId, Unit};
use crate::render::report::Standpoint;

/// Up to this many places all have their names where there is room.
const ALL_NAMED: usize = 12;

/// Places shown: the members of the group, else all of the level (within the parent). Places named one by one are
/// pointed out among them.
pub(super) fn crowd(standpoint: Standpoint<'_>, spec: &ChartSpec, indicators: &[&Indicator]) -> Vec<PlaceId> {
    let site = standpoint.site();
    let selection = &spec.selection;
    let group = selection.group.as_ref().and_then(|id| site.places().group(id));
    let level = selection.level.unwrap_or(match selection.parent {
        Some(parent) if site.places()[parent].level == Level::County => Level::Municipality,
        _ => Level::County,
    });
    let mut places: Vec<PlaceId> = group.map_or_else(
        || site.places().at_level(level, selection.parent).collect(),
        |group| group.places.clone(),
    );
    if group.is_some() {
        places.extend(select::subject(standpoint, spec).filter(|own| !places.contains(own)));
    }
    places.extend(
        selection
            .places
            .iter()
            .filter(|place| !places.contains(place))
            .copied()
            .collect::<Vec<_>>(),
    );
    // Places without a series at all were never part of the figures; the country is no one among many.
    let known = |place: &PlaceId| {
        indicators
            .iter()
            .all(|indicator| indicator.series(*place, selection.part()).is_some())
            && standpoint.country() != Some(*place)
    };
    places.retain(known);
    places
}

/// A place's point, before it is known who stands at the ends.
pub(super) fn point(
    standpoint: Standpoint<'_>,
    spec: &ChartSpec,
    place: PlaceId,
    at: [f64; 2],
    mark_label: String,
) -> Point {
    let named = spec
        .selection
        .places
        .iter()
        .position(|own| *own == place)
        .and_then(|nth| u8::try_from(nth + 1).ok());
    let role = match select::role(standpoint, spec, place, named.unwrap_or_default()) {
        Role::Other(_) if named.is_none() => Role::Crowd,
        role => role,
    };
    Point {
        name: standpoint.place_short(place).to_owned(),
        role,
        at,
        mark_label,
        labelled: false,
    }
}

/// Names the few, or, of many, those at the ends.
pub(super) fn name_ends(points: &mut [Point]) {
    if points.len() <= ALL_NAMED {
        for point in points {
            point.labelled = true;
        }
        return;
    }
    for which in [0, 1] {
        let order = |a: &usize, b: &usize| points[*a].at[which].total_cmp(&points[*b].at[which]);
        let ends = [(0..points.len()).min_by(order), (0..points.len()).max_by(order)];
        ends.into_iter().flatten().for_each(|end| points[end].labelled = true);
    }
}

/// An axis that measures a unit with so many decimals.
pub(super) fn dimension(standpoint: Standpoint<'_>, title: String, unit: &Unit, decimals: u8) -> MeasuredAxis {
    let format = &standpoint.voice().format;
    let short = format.short_unit(unit, standpoint.code()).to_owned();
    let axis = ValueAxis {
        unit_in_labels: false,
        signed: false,
        unit: short,
        decimals,
        numbers: format.style.clone(),
    };
    MeasuredAxis { title, axis }
}

/// The unit in words, as it stands after a comma.
pub(super) fn unit_in_words<'a>(standpoint: Standpoint<'a>, unit: &'a Unit) -> &'a str {
    match standpoint.voice().format.unit(unit, standpoint.code()) {
        "%" => standpoint.word("unit.percent_long"),
        word => word,
    }
}

/// What is not empty, parted by commas.
pub(super) fn listed(parts: &[&str]) -> String {
    parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect::<Vec<&str>>()
        .join(", ")
}
