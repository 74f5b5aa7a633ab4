//! Two values a row, joined: women and men, then and now.
//!
//! A full mark for the first value and an open one for the second, so that they differ without colour; a line between them
//! shows the distance. Both values are written, outside the pair. The home place is told as in rankings.

use charming::Chart;
use charming::series::Scatter;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Pair, Role, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes;
use super::labels::{self, KeyEntry, Sample};
use super::look::{INK, Look, MEDIAN, MUTED, PAPER};
use super::rows::NameRows;
use super::strokes::plain;

/// Width of a mark.
const MARK: f64 = 10.0;
/// Room between a mark and its value.
const GAP: f64 = 5.0;

/// The option of pairs.
pub(super) fn sketch(names: &[String; 2], rows: &[Pair], axis: &ValueAxis, size: Size) -> Option<Sketch> {
    let values: Vec<f64> = rows.iter().flat_map(|row| row.values).flatten().collect();
    if values.is_empty() {
        return None;
    }
    let column = NameRows::measure(rows.iter().map(|row| (row.name.as_str(), row.role)), size);
    let scale = AxisScale::around(values.iter().copied(), false, 4.0);
    let widest = labels::widest(values.iter().map(|value| numbers::label(*value, axis)), true);
    let beside = (widest + MARK / 2.0 + GAP).ceil();
    let entries = [0, 1].map(|which| KeyEntry {
        name: names[which].clone(),
        look: look(which),
        sample: Sample::Marker,
    });
    let room = f64::from(size.width());
    let (mut graphic, key) = labels::key(&entries, 0.0, room);
    let plot = column.plot(
        column.width + beside,
        key,
        (room - column.width - 2.0 * beside).max(60.0),
    );
    graphic.extend(column.marks(key));
    let (rows_axis, over_rows) = column.axis(beside);
    let mut chart = Chart::new()
        .grid(plot.grid())
        .x_axis(axes::silent(scale.low, scale.high))
        .y_axis(rows_axis);
    let mut over = Vec::new();
    let mut mark_labels = MarkLabels::new();
    for which in [0, 1] {
        chart = chart.series(Scatter::new().name(names[which].as_str()).symbol_size(MARK));
        over.push(marks(rows, which, axis));
        mark_labels.extend(rows.iter().enumerate().filter_map(|(row, pair)| {
            let value = numbers::full_label(pair.values[which]?, axis);
            Some(((which, row), format!("{}, {}: {value}", pair.name, names[which])))
        }));
    }
    over.push(joints(rows));
    let over = json!({ "yAxis": over_rows, "series": over, "graphic": graphic });
    let height = column.end(&plot) + 4.0;
    Some(Sketch::new(&chart, over, mark_labels, size, height))
}

/// The look of the first and of the second value.
fn look(which: usize) -> Look {
    let colour = format!("var(--series-{})", which + 1);
    let symbol = if which == 0 { "circle" } else { "diamond" };
    Look {
        colour,
        symbol,
        size: MARK,
        text: INK.to_owned(),
        ..Look::median()
    }
}

/// One of the two marks in every row, its value on the outer side.
fn marks(rows: &[Pair], which: usize, axis: &ValueAxis) -> Value {
    let look = look(which);
    let items = rows.iter().enumerate().map(|(row, pair)| {
        let Some(value) = pair.values[which] else { return json!([null, row]) };
        let other = pair.values[1 - which];
        let leftmost = other.map_or(which == 0, |other| value < other || (value <= other && which == 0));
        let home = pair.role == Role::Home;
        json!({
            "value": [value, row],
            "label": { "position": if leftmost { "left" } else { "right" }, "formatter": plain(&numbers::label(value, axis)),
                "fontWeight": labels::weight(home), "color": if home { "var(--home)" } else { INK } }
        })
    });
    let items: Vec<Value> = items.collect();
    json!({ "symbol": look.symbol, "symbolSize": if which == 0 { MARK } else { MARK + 2.0 }, "z": 3, "emphasis": { "disabled": true }, "clip": false,
        "label": { "show": true, "distance": GAP, "fontSize": labels::SIZE },
        "itemStyle": { "color": look.colour, "borderColor": PAPER, "borderWidth": 1, "opacity": 1 }, "data": items })
}

/// The distance of every pair, as a line.
fn joints(rows: &[Pair]) -> Value {
    let joined = rows.iter().enumerate().filter_map(|(row, pair)| {
        let [Some(one), Some(other)] = pair.values else {
            return None;
        };
        let style = if pair.role == Role::Home {
            json!({ "color": "var(--home)", "width": 3 })
        } else {
            json!({ "color": MEDIAN, "width": 1.5 })
        };
        Some(json!({ "coords": [[one, row], [other, row]], "lineStyle": style }))
    });
    let joined: Vec<Value> = joined.collect();
    json!({ "type": "lines", "coordinateSystem": "cartesian2d", "silent": true, "z": 2, "emphasis": { "disabled": true },
        "lineStyle": { "opacity": 1, "color": MUTED }, "data": joined })
}
