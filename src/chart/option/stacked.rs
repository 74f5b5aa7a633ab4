//! Parts of a whole over periods, as upright bars.
//!
//! Parts are told apart by order, by thin gaps in the paper's colour and by labels at the right, level with the last bar's
//! parts; colour comes last. Narrow, names stand in a key above, in the order of the parts, and values at the right. The
//! axis begins at zero, or below it where a part is negative.

use charming::Chart;
use charming::component::Axis;
use charming::element::{AxisLabel, AxisTick, AxisType};
use charming::series::Bar;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Line, Role, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels::{self, KeyEntry, LEADING, Sample};
use super::look::{INK, Look, MUTED, PAPER};
use super::trend;

/// Room between the plot and the labels at its right.
const GAP: f64 = 8.0;
/// Width of the sample of colour before a label.
const SWATCH: f64 = 8.0;
/// Bars take this part of a period's width.
const SHARE: f64 = 0.72;

/// The option of stacked parts.
pub(super) fn sketch(periods: &[String], parts: &[Line], axis: &ValueAxis, size: Size) -> Option<Sketch> {
    if parts.iter().all(|part| part.values.iter().all(Option::is_none)) {
        return None;
    }
    let scale = extent(periods.len(), parts);
    let (room, height) = (f64::from(size.width()), if size == Size::Wide { 360.0 } else { 300.0 });
    let ends_have_names = size == Size::Wide;
    let entries: Vec<KeyEntry> = parts
        .iter()
        .enumerate()
        .rev()
        .map(|(order, part)| entry(order, part))
        .collect();
    let (mut graphic, key) = if ends_have_names {
        (Vec::new(), 0.0)
    } else {
        labels::key(&entries, 0.0, room)
    };
    let last = periods.len().checked_sub(1)?;
    let ends: Vec<Option<String>> = parts
        .iter()
        .map(|part| end_label(part, last, axis, ends_have_names))
        .collect();
    let column = labels::widest(ends.iter().flatten(), false) + GAP + SWATCH + 5.0;
    let plot = Plot::around(&numbers::tick_labels(&scale, axis), column, room).from(key + 26.0, height - 52.0);
    graphic.push(trend::unit(axis, key));
    graphic.extend(axes::zero(&scale, &plot));
    graphic.extend(end_labels(parts, &ends, &plot, &scale));
    let (value, over_value) = axes::upright(&scale, axis);
    let mut chart = Chart::new().grid(plot.grid()).x_axis(period_axis()).y_axis(value);
    let (mut over, mut mark_labels) = (Vec::new(), MarkLabels::new());
    for (order, part) in parts.iter().enumerate() {
        chart = chart.series(Bar::new().name(part.name.as_str()).stack("parts"));
        over.push(series(order, part));
        mark_labels.extend(
            part.values
                .iter()
                .zip(periods)
                .enumerate()
                .filter_map(|(at, (value, period))| {
                    Some((
                        (order, at),
                        format!("{} {period}: {}", part.name, numbers::full_label((*value)?, axis)),
                    ))
                }),
        );
    }
    let over =
        json!({ "xAxis": over_periods(periods, &plot), "yAxis": over_value, "series": over, "graphic": graphic });
    Some(Sketch::new(&chart, over, mark_labels, size, height + key))
}

/// From the lowest to the highest sum of a period; negative parts are summed on their own.
fn extent(periods: usize, parts: &[Line]) -> AxisScale {
    let sums = (0..periods).flat_map(|at| {
        let values: Vec<f64> = parts.iter().filter_map(|part| *part.values.get(at)?).collect();
        [
            values.iter().filter(|value| **value > 0.0).sum(),
            values.iter().filter(|value| **value < 0.0).sum(),
        ]
    });
    AxisScale::around(sums, true, 4.5)
}

/// Fill of a part: its role's, or, where the parts have none, by order; beyond the sixth the colours begin again, paler.
fn fill(order: usize, part: &Line) -> (String, f64) {
    let place = match part.role {
        Role::Other(place) => usize::from(place.max(1) - 1),
        Role::Crowd => order,
        named => return (Look::of(named).colour, 1.0),
    };
    (
        format!("var(--series-{})", place % 6 + 1),
        if place < 6 { 1.0 } else { 0.75 },
    )
}

fn entry(order: usize, part: &Line) -> KeyEntry {
    let (colour, opacity) = fill(order, part);
    let look = Look {
        colour,
        opacity,
        text: INK.to_owned(),
        ..Look::median()
    };
    KeyEntry {
        name: part.name.clone(),
        look,
        sample: Sample::Area,
    }
}

fn end_label(part: &Line, last: usize, axis: &ValueAxis, with_name: bool) -> Option<String> {
    let value = numbers::label((*part.values.get(last)?)?, axis);
    Some(if with_name {
        labels::wrapped(&format!("{} {value}", part.name), false, 215.0)
    } else {
        value
    })
}

/// Labels beside the last bar, each as near its part as its neighbours allow, with a sample
/// of its colour.
fn end_labels(parts: &[Line], ends: &[Option<String>], plot: &Plot, scale: &AxisScale) -> Vec<Value> {
    let (mut above, mut below) = (0.0, 0.0);
    let mut wishes = Vec::new();
    let mut labels_with_fill = Vec::new();
    for (part, end) in parts.iter().zip(ends) {
        let (Some(text), Some(value)) = (end, part.values.last().copied().flatten()) else {
            continue;
        };
        let from = if value < 0.0 { &mut below } else { &mut above };
        wishes.push((plot.y(scale, *from + value / 2.0), labels::lines(text) * LEADING));
        *from += value;
        labels_with_fill.push((text, fill(labels_with_fill.len(), part)));
    }
    let centres = labels::spread(&wishes, plot.top - 20.0, plot.bottom() + 20.0);
    let texts = labels_with_fill.into_iter().zip(centres);
    texts
        .flat_map(|((text, (colour, opacity)), y)| {
            let first = y - (labels::lines(text) - 1.0) * LEADING / 2.0;
            let mut swatch = labels::swatch((plot.right() + GAP, first - 5.0), (SWATCH, 10.0), &colour, None);
            swatch["style"]["opacity"] = opacity.into();
            [
                swatch,
                labels::text(text, plot.right() + GAP + SWATCH + 5.0, y, INK, false),
            ]
        })
        .collect()
}

fn period_axis() -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().color(MUTED).font_size(labels::SIZE).interval(0.0))
}

/// Periods, those without room for their label left blank.
#[expect(clippy::cast_precision_loss, reason = "there are some dozen periods")]
fn over_periods(periods: &[String], plot: &Plot) -> Value {
    let labelled: Vec<(f64, String)> = periods
        .iter()
        .enumerate()
        .map(|(at, period)| (at as f64, period.clone()))
        .collect();
    let range = (-0.5, periods.len() as f64 - 0.5);
    let fitting = axes::fitting(&labelled, plot, range);
    let data: Vec<&str> = labelled
        .iter()
        .map(|one| if fitting.contains(one) { one.1.as_str() } else { "" })
        .collect();
    json!({ "data": data, "axisLine": { "onZero": false, "lineStyle": { "color": MUTED, "width": 1 } } })
}

fn series(order: usize, part: &Line) -> Value {
    let (colour, opacity) = fill(order, part);
    json!({ "data": part.values, "barWidth": format!("{}%", SHARE * 100.0), "emphasis": { "disabled": true }, "clip": false,
        "itemStyle": { "color": colour, "opacity": opacity, "borderColor": PAPER, "borderWidth": 1 } })
}
