//! Areas shaded by class.
//!
//! At most five classes, areas parted by thin lines, the home place outlined and named; other names only where they fit inside
//! their area and meet no other, since the table beside has them all. Areas without a value are hatched, pale classes have
//! an outline. Right in proportion: degrees of longitude are as short as they are at the map's latitude.

use charming::Chart;
use serde_json::{Value, json};

use super::super::numbers;
use super::super::outline::{AreaPosition, MapOutline};
use super::super::picture::{MapArea, Role, Shape, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::Plot;
use super::labels::{self, LEADING};
use super::look::{INK, MEDIAN, MUTED, PAPER};

/// Height of a row of the key.
const ROW: f64 = 22.0;
/// Most classes there are colours for.
const CLASSES: usize = 5;

/// The option of a map.
pub(super) fn sketch(shape: &Shape, outline: &MapOutline, axis: &ValueAxis, size: Size) -> Option<Sketch> {
    let Shape::Map {
        map,
        areas,
        limits,
        missing,
    } = shape
    else {
        return None;
    };
    if areas.iter().all(|area| area.value.is_none()) {
        return None;
    }
    let room = f64::from(size.width());
    let entries = entries(areas, limits, missing, axis);
    #[expect(clippy::cast_precision_loss, reason = "there are six entries at most")]
    let key_height = entries.len() as f64 * ROW + LEADING + 12.0;
    let (plot, corner, height) = if size == Size::Wide {
        let plot = fitted(outline, (0.0, 6.0), (room - 200.0, 470.0));
        // The key stands beside the map, not at the far edge of the column.
        let x = (plot.right() + 60.0).min(room - 190.0).max(room * 0.55);
        (plot, (x, 20.0), 482.0)
    } else {
        let beside = room_beside(areas, outline, &fitted(outline, (0.0, 6.0), (room, 400.0)));
        let plot = fitted(outline, (beside, 6.0), (room - beside, 400.0));
        (plot, (0.0, plot.bottom() + 16.0), plot.bottom() + 16.0 + key_height)
    };
    let mut graphic = key(&entries, corner, axis);
    graphic.extend(names(areas, limits, outline, &plot));
    let items: Vec<Value> = areas.iter().map(|area| item(area, limits)).collect();
    let mark_label = |(at, area): (usize, &MapArea)| {
        let value = area
            .value
            .map_or_else(|| missing.clone(), |value| numbers::full_label(value, axis));
        ((0, at), format!("{}: {value}", area.name))
    };
    let mark_labels: MarkLabels = areas.iter().enumerate().map(mark_label).collect();
    // Charming 0.6 has a map series without a single field: all of it is laid over.
    let over = json!({ "graphic": graphic, "series": [{
        "type": "map", "map": map, "nameProperty": "code", "data": items, "roam": false, "selectedMode": false,
        "aspectScale": outline.squeeze(), "left": plot.left, "top": plot.top, "width": plot.width, "height": plot.height,
        "label": { "show": false }, "emphasis": { "disabled": true }, "itemStyle": { "areaColor": "var(--map-none)", "borderColor": MEDIAN }
    }] });
    let front = areas
        .iter()
        .enumerate()
        .filter(|(_, area)| area.role == Role::Home)
        .map(|(at, _)| (0, at))
        .collect();
    Some(Sketch {
        map: Some(map.clone()),
        front,
        ..Sketch::new(&Chart::new(), over, mark_labels, size, height)
    })
}

/// The largest place for the map in its proportions, in the middle of what there is.
fn fitted(outline: &MapOutline, corner: (f64, f64), room: (f64, f64)) -> Plot {
    let aspect = outline.aspect();
    let (width, height) = if aspect * room.1 <= room.0 {
        (aspect * room.1, room.1)
    } else {
        (room.0, room.0 / aspect)
    };
    Plot {
        left: corner.0 + ((room.0 - width) / 2.0).round(),
        top: corner.1,
        width,
        height,
    }
}

/// Room for the name of the home place left of the map, where it does not fit inside.
fn room_beside(areas: &[MapArea], outline: &MapOutline, plot: &Plot) -> f64 {
    let mut homes = areas.iter().filter(|area| area.role == Role::Home);
    let (Some(home), None) = (homes.next(), homes.next()) else {
        return 0.0;
    };
    let wide = labels::width(&home.name, true);
    let inside = outline
        .find(&home.code)
        .is_some_and(|place| wide + 6.0 <= in_pixels(place, outline, plot).2.0);
    if inside {
        0.0
    } else {
        (wide + 16.0 - plot.left).max(0.0).ceil()
    }
}

/// Class of a value: 0 for the lowest.
fn class(value: f64, limits: &[f64]) -> usize {
    let classes = limits.len().saturating_sub(1).clamp(1, CLASSES);
    let inner = limits.get(1..classes).unwrap_or_default();
    inner.iter().filter(|limit| value >= **limit).count()
}

/// Fill of a class: where there are fewer classes than colours, they keep their distance.
fn fill(class: usize, classes: usize) -> String {
    format!("var(--map-{})", tone(class, classes))
}

/// Number of a class's colour among the five.
fn tone(class: usize, classes: usize) -> usize {
    match classes {
        0 | 1 => 3,
        _ => 1 + class * (CLASSES - 1) / (classes - 1),
    }
}

/// The line around areas of a class: paper parts the dark ones, but the first three tones are too near paper themselves.
fn edge(class: usize, classes: usize) -> &'static str {
    if tone(class, classes) <= 3 { MEDIAN } else { PAPER }
}

fn item(area: &MapArea, limits: &[f64]) -> Value {
    let classes = limits.len().saturating_sub(1).clamp(1, CLASSES);
    let mut style = match area.value {
        Some(value) => {
            let class = class(value, limits);
            json!({ "areaColor": fill(class, classes), "borderColor": edge(class, classes), "borderWidth": 0.75 })
        }
        None => json!({ "areaColor": "var(--map-none)", "borderColor": MEDIAN, "borderWidth": 0.75, "decal": hatch() }),
    };
    if area.role == Role::Home {
        style["borderColor"] = INK.into();
        style["borderWidth"] = 2.into();
    }
    json!({ "name": area.code, "value": area.value, "itemStyle": style })
}

/// Slanting hairlines.
fn hatch() -> Value {
    json!({ "symbol": "rect", "symbolSize": 1, "dashArrayX": [1, 0], "dashArrayY": [1, 5], "rotation": -std::f64::consts::FRAC_PI_4, "color": MEDIAN })
}

/// A class in the key; without `fill` it stands for areas without a value.
struct ClassEntry {
    fill: Option<String>,
    edge: &'static str,
    text: String,
}

/// Classes from the highest, then areas without a value.
fn entries(areas: &[MapArea], limits: &[f64], missing: &str, axis: &ValueAxis) -> Vec<ClassEntry> {
    let classes = limits.len().saturating_sub(1).min(CLASSES);
    let write = |limit: f64| numbers::write(limit, axis.decimals, &axis.numbers);
    // A value on the limit of two classes is in the upper one, and a key that says so has no number twice.
    let last_digit = 10f64.powi(-i32::from(axis.decimals));
    let mut entries: Vec<ClassEntry> = (0..classes)
        .rev()
        .map(|class| ClassEntry {
            fill: Some(fill(class, classes)),
            edge: edge(class, classes),
            text: format!(
                "{}–{}",
                write(limits[class]),
                write(if class + 1 == classes {
                    limits[limits.len() - 1]
                } else {
                    (limits[class + 1] - last_digit).max(limits[class])
                })
            ),
        })
        .collect();
    if areas.iter().any(|area| area.value.is_none()) {
        entries.push(ClassEntry {
            fill: None,
            edge: MEDIAN,
            text: missing.to_owned(),
        });
    }
    entries
}

fn key(entries: &[ClassEntry], corner: (f64, f64), axis: &ValueAxis) -> Vec<Value> {
    let (x, mut y) = corner;
    let mut elements = vec![labels::text(&axis.unit, x, y, MUTED, false)];
    y += LEADING + 5.0;
    for entry in entries {
        let place = ((x + 0.5, y - 6.5), (24.0, 13.0));
        let fill = entry.fill.as_deref().unwrap_or("var(--map-none)");
        elements.push(labels::swatch(place.0, place.1, fill, Some(entry.edge)));
        for shift in [4.0, 11.0, 18.0].into_iter().filter(|_| entry.fill.is_none()) {
            elements.push(labels::rule(
                (x + shift - 3.0, y + 6.0),
                (x + shift + 6.0, y - 6.0),
                MEDIAN,
                1.0,
                &[],
            ));
        }
        elements.push(labels::text(&entry.text, x + 32.0, y, INK, false));
        y += ROW;
    }
    elements
}

/// Names: own places first, beside the map where they do not fit inside; others only inside.
fn names(areas: &[MapArea], limits: &[f64], outline: &MapOutline, plot: &Plot) -> Vec<Value> {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut elements = Vec::new();
    let mut ordered: Vec<&MapArea> = areas.iter().collect();
    ordered.sort_by_key(|area| area.role != Role::Home);
    // Where all are the home place's parts, or none is, none stands out.
    let homes = areas.iter().filter(|area| area.role == Role::Home).count();
    for area in ordered {
        let Some(place) = outline.find(&area.code) else {
            continue;
        };
        let home = area.role == Role::Home;
        let (x, y, room) = in_pixels(place, outline, plot);
        let wide = labels::width(&area.name, home);
        let span = [x - wide / 2.0 - 2.0, y - 8.0, x + wide / 2.0 + 2.0, y + 8.0];
        let free = |span: &[f64; 4]| {
            taken
                .iter()
                .all(|other| span[2] < other[0] || other[2] < span[0] || span[3] < other[1] || other[3] < span[1])
        };
        if wide + 6.0 <= room.0 && room.1 >= LEADING * 1.6 && free(&span) {
            elements.push(inner_name(
                labels::text_at("center", &area.name, x, y, INK, home),
                area,
                limits,
            ));
            taken.push(span);
        } else if home && homes == 1 {
            let left = (plot.left - wide - 12.0).max(0.0);
            let (from, to) = (left + wide + 4.0, x - room.0 / 2.0);
            elements.push(labels::text(&area.name, left, y, INK, true));
            if from < to {
                elements.push(labels::on_top(labels::rule((from, y), (to, y), INK, 1.0, &[])));
            }
            taken.push([left, y - 8.0, to, y + 8.0]);
        }
    }
    elements
}

/// A name over its area: paper on the darkest class, else ink with an edge of paper.
fn inner_name(mut name: Value, area: &MapArea, limits: &[f64]) -> Value {
    let classes = limits.len().saturating_sub(1).clamp(1, CLASSES);
    let darkest = area
        .value
        .is_some_and(|value| fill(class(value, limits), classes) == "var(--map-5)");
    if !darkest {
        return labels::edged(name);
    }
    name["style"]["fill"] = PAPER.into();
    labels::on_top(name)
}

/// Middle of an area in pixels, and the room there.
fn in_pixels(place: &AreaPosition, outline: &MapOutline, plot: &Plot) -> (f64, f64, (f64, f64)) {
    let bounds = outline.bounds;
    let (across, down) = (
        plot.width / (bounds.east - bounds.west),
        plot.height / (bounds.north - bounds.south),
    );
    let x = plot.left + (place.centre.0 - bounds.west) * across;
    let y = plot.top + (bounds.north - place.centre.1) * down;
    (x, y, (place.width * across, place.height * down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_belong_to_the_upper_class_and_the_ends_to_theirs() {
        let limits = [0.0, 10.0, 20.0, 30.0];
        assert_eq!(
            [0.0, 9.9, 10.0, 20.0, 30.0, 31.0].map(|value| class(value, &limits)),
            [0, 0, 1, 2, 2, 2]
        );
        assert_eq!(class(5.0, &[]), 0);
        assert_eq!(
            (fill(0, 3), fill(2, 3)),
            ("var(--map-1)".to_owned(), "var(--map-5)".to_owned())
        );
    }
}
