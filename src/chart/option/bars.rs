//! One value a place, as horizontal bars: a ranking or a comparison.
//!
//! Bars begin at zero; the value stands at the bar's end, so there is no value axis to read. The home place is told by
//! fill, weight and pointer. A missing value is said in words. Bounds are thin lines with their ends marked.

use charming::Chart;
use charming::series::{Bar as Series, Custom};
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Bar, ReferenceLine, Role, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels;
use super::look::{self, INK, MUTED, PAPER};
use super::rows::NameRows;
use super::strokes::plain;

/// Room between a bar's end and its value.
const GAP: f64 = 5.0;
/// Room between the longest bar and a column of values.
const COLUMN: f64 = 14.0;

/// The option of bars.
pub(super) fn sketch(bars: &[Bar], reference: Option<&ReferenceLine>, axis: &ValueAxis, size: Size) -> Option<Sketch> {
    if bars.iter().all(|bar| bar.value.is_none()) {
        return None;
    }
    let rows = NameRows::measure(bars.iter().map(|bar| (bar.name.as_str(), bar.role)), size);
    let scale = extent(bars, reference);
    let (before, after) = room_for_values(bars, axis);
    let room = f64::from(size.width());
    let top = if reference.is_some() { 24.0 } else { 4.0 };
    let left = rows.width + before;
    let plot = rows.plot(left, top, (room - left - after).max(40.0));
    let (names, over_names) = rows.axis(before);
    let mut chart = Chart::new()
        .grid(plot.grid())
        .x_axis(axes::silent(scale.low, scale.high))
        .y_axis(names)
        .series(
            Series::new()
                .item_style(look::fill(look::MEDIAN))
                .bar_width((rows.height * 0.68).min(16.0).round()),
        );
    let data: Vec<Value> = bars.iter().map(|bar| item(bar, axis, &plot, &scale)).collect();
    let mut over = vec![
        json!({ "emphasis": { "disabled": true }, "clip": false, "data": data, "label": {
        "show": true, "position": "right", "distance": GAP, "color": INK, "fontSize": labels::SIZE,
        "textBorderColor": PAPER, "textBorderWidth": 6
    } }),
    ];
    let mut graphic = rows.marks(top);
    let zero = plot.x(&scale, 0.0).round() + 0.5;
    graphic.push(labels::rule((zero, plot.top), (zero, rows.end(&plot)), MUTED, 1.0, &[]));
    if let Some(reference) = reference {
        graphic.push(reference_label(reference, axis, &plot, &scale));
        chart = chart.series(Custom::new().name(reference.name.as_str()));
        over.push(reference_line(reference));
    }
    if bars.iter().any(|bar| bar.bounds.is_some()) {
        over.extend([whiskers(bars, PAPER, 4.0), whiskers(bars, INK, 1.5)]);
    }
    let over = json!({ "yAxis": over_names, "series": over, "graphic": graphic });
    let mark_labels = mark_labels(bars, axis);
    Some(Sketch::new(&chart, over, mark_labels, size, rows.end(&plot) + 4.0))
}

/// From the lowest to the highest end of anything drawn, zero included.
fn extent(bars: &[Bar], reference: Option<&ReferenceLine>) -> AxisScale {
    let ends = bars
        .iter()
        .flat_map(|bar| bar.value.into_iter().chain(bar.bounds.into_iter().flatten()));
    let ends = ends
        .chain(reference.map(|reference| reference.value))
        .filter(|end| end.is_finite());
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    AxisScale {
        low,
        high: if high > low { high } else { low + 1.0 },
        step: 1.0,
    }
}

/// Room for the values left of negative bars and right of the others.
fn room_for_values(bars: &[Bar], axis: &ValueAxis) -> (f64, f64) {
    let mut room = (0.0_f64, 0.0_f64);
    for bar in bars {
        let column = bar.bounds.map_or(0.0, |_| COLUMN);
        let wide = labels::width(&end_label(bar, axis), bar.role == Role::Home) + GAP + 2.0 + column;
        match bar.value {
            Some(value) if value < 0.0 => room.0 = room.0.max(wide),
            Some(_) => room.1 = room.1.max(wide),
            // Words in place of a bar have the plot to themselves.
            None => room.1 = room.1.max(wide - 80.0),
        }
    }
    (room.0.ceil(), room.1.ceil())
}

/// Label at a bar's end: its value, else the reason why there is none.
fn end_label(bar: &Bar, axis: &ValueAxis) -> String {
    match bar.value {
        Some(value) => numbers::label(value, axis),
        None => bar.missing.clone().unwrap_or_else(|| "–".to_owned()),
    }
}

/// A bar with its value; without one, words at zero.
fn item(bar: &Bar, axis: &ValueAxis, plot: &Plot, scale: &AxisScale) -> Value {
    let value = bar.value.unwrap_or(0.0);
    let home = bar.role == Role::Home;
    // Where bars have bounds, values stand in a column of their own: at the end of the bounds they would seem to be those.
    let beyond = bar.bounds.map_or(0.0, |_| {
        let column = if value < 0.0 { plot.left } else { plot.right() + COLUMN };
        column - plot.x(scale, value)
    });
    let colour = match (bar.value, home) {
        (None, _) => MUTED,
        (_, true) => "var(--home)",
        (_, false) => INK,
    };
    // What all bars have in common stands with the series, for which ECharts looks once.
    let mut label = json!({ "formatter": plain(&end_label(bar, axis)) });
    if value < 0.0 {
        label["position"] = "left".into();
    }
    if beyond != 0.0 {
        label["offset"] = json!([beyond, 0]);
    }
    if colour != INK {
        label["color"] = colour.into();
        label["fontWeight"] = labels::weight(home).into();
    }
    let mut item = json!({ "value": value, "label": label });
    if bar.role != Role::Crowd {
        item["itemStyle"] = json!({ "color": look::Look::of(bar.role).colour });
    }
    item
}

/// Bounds as thin lines from end to end; drawn in paper first and broader, so that they are seen over the bar.
fn whiskers(bars: &[Bar], colour: &str, width: f64) -> Value {
    let bounded = bars
        .iter()
        .enumerate()
        .filter_map(|(row, bar)| bar.value.and(bar.bounds).map(|bounds| (row, bounds)));
    let lines: Vec<Value> = bounded
        .map(|(row, [low, high])| json!({ "coords": [[low, row], [high, row]] }))
        .collect();
    json!({ "type": "lines", "coordinateSystem": "cartesian2d", "silent": true, "z": 3,
        "emphasis": { "disabled": true }, "lineStyle": { "color": colour, "width": width, "opacity": 1 }, "data": lines })
}

/// A line across all bars.
fn reference_line(reference: &ReferenceLine) -> Value {
    json!({ "silent": true, "renderItem": "rule", "encode": { "x": 0 }, "itemStyle": { "color": "var(--country)" }, "data": [[reference.value, 0]] })
}

/// Name and value of the line, above it, moved inside the drawing.
fn reference_label(reference: &ReferenceLine, axis: &ValueAxis, plot: &Plot, scale: &AxisScale) -> Value {
    let text = format!("{} {}", reference.name, numbers::label(reference.value, axis));
    let half = labels::width(&text, false) / 2.0;
    let x = plot
        .x(scale, reference.value)
        .clamp(half, (plot.right() + 60.0 - half).max(half));
    labels::text_at("center", &text, x, plot.top - 12.0, "var(--country)", false)
}

fn mark_labels(bars: &[Bar], axis: &ValueAxis) -> MarkLabels {
    let spoken = |bar: &Bar| bar.value.map(|value| numbers::full_label(value, axis));
    bars.iter()
        .enumerate()
        .filter_map(|(at, bar)| Some(((0, at), format!("{}: {}", bar.name, spoken(bar)?))))
        .collect()
}
