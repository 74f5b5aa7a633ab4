//! From one period to another: a line a place between two columns.
//!
//! Names and values stand at the right, values alone at the left; neither touches its neighbour. Many lines are a crowd in
//! the background, without labels. There is no value axis, as every named line has its values written.

use charming::Chart;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Line, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels::{self, LEADING};
use super::look::{MUTED, RULE};
use super::strokes::{self, End, Stroke};

/// Room between a column and its labels.
const GAP: f64 = 10.0;
/// The two columns.
const POSITIONS: [f64; 2] = [0.0, 1.0];

/// The option of a slope.
pub(super) fn sketch(periods: &[String; 2], lines: &[Line], axis: &ValueAxis, size: Size) -> Option<Sketch> {
    let values: Vec<f64> = lines
        .iter()
        .flat_map(|line| line.values.iter().take(2))
        .flatten()
        .copied()
        .collect();
    if values.is_empty() {
        return None;
    }
    let strokes = strokes::in_order(lines, &POSITIONS);
    let (room, limit) = (f64::from(size.width()), if size == Size::Wide { 260.0 } else { 150.0 });
    let label = |stroke: &Stroke, at: usize| {
        let value = numbers::label(stroke.values.get(at).copied().flatten()?, axis);
        Some(if at == 0 {
            value
        } else {
            labels::wrapped(&format!("{} {value}", stroke.name), stroke.look.bold, limit)
        })
    };
    let widest = |at: usize| {
        let texts = strokes
            .iter()
            .filter_map(|stroke| Some(labels::width(&label(stroke, at)?, stroke.look.bold)));
        texts.fold(0.0, f64::max).max(labels::width(&periods[at], false) / 2.0)
    };
    let (before, after) = (widest(0) + GAP + 4.0, widest(1) + GAP + 4.0);
    let width = (room - before - after).clamp(80.0, 420.0).floor();
    let plot = Plot {
        left: before.ceil(),
        top: 30.0,
        width,
        height: if size == Size::Wide { 330.0 } else { 290.0 },
    };
    let scale = AxisScale::around(values.into_iter(), false, 6.0);
    let mut graphic = columns(periods, &plot);
    graphic.extend(starts(&strokes, &label, &plot, &scale));
    let ends = ends(&strokes, &label, &plot, &scale);
    let mut chart = Chart::new()
        .grid(plot.grid())
        .x_axis(axes::silent(0.0, 1.0))
        .y_axis(axes::silent(scale.low, scale.high));
    let (mut over, mut mark_labels) = (Vec::new(), MarkLabels::new());
    if let Some((series, laid, crowd_labels)) = strokes::crowd(lines.iter(), &POSITIONS, periods, axis) {
        chart = chart.series(series);
        over.push(laid);
        mark_labels.extend(crowd_labels);
    }
    for (stroke, end) in strokes.iter().zip(ends) {
        mark_labels.extend(stroke.mark_labels(over.len(), periods, axis));
        chart = chart.series(stroke.series());
        over.push(stroke.over(end.as_ref()));
    }
    let over = json!({ "series": over, "graphic": graphic });
    let height = plot.bottom() + 12.0;
    Some(Sketch::new(&chart, over, mark_labels, size, height))
}

/// The two upright lines with their periods above.
fn columns(periods: &[String; 2], plot: &Plot) -> Vec<Value> {
    let both = [plot.left, plot.right()].into_iter().zip(periods);
    both.flat_map(|(x, period)| {
        let x = x.round() + 0.5;
        [
            labels::rule((x, plot.top), (x, plot.bottom()), RULE, 1.0, &[]),
            labels::text_at("center", period, x, 10.0, MUTED, false),
        ]
    })
    .collect()
}

/// Values at the left, moved apart.
fn starts(
    strokes: &[Stroke],
    label: &impl Fn(&Stroke, usize) -> Option<String>,
    plot: &Plot,
    scale: &AxisScale,
) -> Vec<Value> {
    let labelled: Vec<_> = strokes
        .iter()
        .filter_map(|stroke| Some((stroke, label(stroke, 0)?, (*stroke.values.first()?)?)))
        .collect();
    let wishes: Vec<(f64, f64)> = labelled
        .iter()
        .map(|(_, _, value)| (plot.y(scale, *value), LEADING))
        .collect();
    let centres = labels::spread(&wishes, plot.top - 8.0, plot.bottom() + 8.0);
    let texts = labelled.iter().zip(centres);
    texts
        .map(|((stroke, text, _), y)| {
            labels::text_at("right", text, plot.left - GAP, y, &stroke.look.text, stroke.look.bold)
        })
        .collect()
}

/// Names and values at the right, moved apart.
fn ends(
    strokes: &[Stroke],
    label: &impl Fn(&Stroke, usize) -> Option<String>,
    plot: &Plot,
    scale: &AxisScale,
) -> Vec<Option<End>> {
    let y = |stroke: &Stroke| Some(plot.y(scale, stroke.values.get(1).copied().flatten()?));
    let labelled: Vec<Option<(String, f64)>> = strokes.iter().map(|stroke| label(stroke, 1).zip(y(stroke))).collect();
    let wishes: Vec<(f64, f64)> = labelled
        .iter()
        .flatten()
        .map(|(text, y)| (*y, labels::lines(text) * LEADING))
        .collect();
    let mut centres = labels::spread(&wishes, plot.top - 8.0, plot.bottom() + 8.0).into_iter();
    let ends = labelled.into_iter().map(|label| {
        let (text, y) = label?;
        Some(End {
            at: 1,
            text,
            offset: (GAP, centres.next()? - y),
        })
    });
    ends.collect()
}
