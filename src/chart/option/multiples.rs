//! Small trends side by side, with one value axis for all.
//!
//! Three a row wide, two narrow. Values are labelled at the left of each row, the first and last period under each panel, and
//! each line's last value at its end; a key above tells the lines apart where a panel has more than one.

use charming::Chart;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Line, Panel, Role, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels::{self, KeyEntry, LEADING};
use super::look::INK;
use super::strokes::{self, End, Stroke};
use super::trend;

/// Room between panels, beside and below.
const GAP: f64 = 14.0;
/// Height of a panel's plot.
const HEIGHT: f64 = 96.0;

/// Places of the panels, in pixels.
struct PanelLayout {
    columns: usize,
    /// Room for value labels at the left.
    left: f64,
    /// Room for a panel's last values.
    right: f64,
    /// Width of a panel with its last values.
    panel: f64,
    /// Top of each row's plots; titles stand above.
    tops: Vec<f64>,
}

/// The option of small multiples.
pub(super) fn sketch(
    periods: &[String],
    positions: &[f64],
    panels: &[Panel],
    axis: &ValueAxis,
    size: Size,
) -> Option<Sketch> {
    let values: Vec<f64> = panels
        .iter()
        .flat_map(|panel| &panel.lines)
        .flat_map(|line| &line.values)
        .flatten()
        .copied()
        .collect();
    if values.is_empty() || positions.is_empty() {
        return None;
    }
    let scale = AxisScale::around(values.into_iter(), false, 3.0);
    let (mut graphic, key) = key(panels, f64::from(size.width()));
    let layout = PanelLayout::measure(panels, axis, &scale, size, key);
    graphic.push(trend::unit(axis, key));
    let range = trend::range(positions);
    let mut chart = Chart::new();
    let (mut over_x, mut over_y, mut over, mut mark_labels) = (Vec::new(), Vec::new(), Vec::new(), MarkLabels::new());
    for (number, panel) in panels.iter().enumerate() {
        let plot = layout.plot(number);
        let title = layout.title(panel);
        graphic.push(labels::text(
            &title,
            plot.left,
            plot.top - 8.0 - labels::lines(&title) * LEADING / 2.0,
            INK,
            true,
        ));
        graphic.extend(axes::zero(&scale, &plot));
        let (time, laid_x) = axes::time(range, positions, &ends_of(periods, positions, &plot), &plot, axis);
        let (value, laid_y) = axes::upright(&scale, axis);
        #[expect(clippy::cast_precision_loss, reason = "there are some dozen panels")]
        let index = number as f64;
        chart = chart
            .grid(plot.grid())
            .x_axis(time.grid_index(index))
            .y_axis(value.grid_index(index));
        over_x.push(laid_x);
        over_y.push(if number.is_multiple_of(layout.columns) {
            laid_y
        } else {
            json!({ "axisLabel": { "show": false } })
        });
        if let Some((series, laid, _)) = strokes::crowd(panel.lines.iter(), positions, periods, axis) {
            chart = chart.series(series.x_axis_index(index).y_axis_index(index));
            over.push(laid);
        }
        let strokes = strokes::in_order(&panel.lines, positions);
        for (stroke, end) in strokes.iter().zip(ends(&strokes, axis, &plot, &scale)) {
            mark_labels.extend(
                stroke
                    .mark_labels(over.len(), periods, axis)
                    .into_iter()
                    .map(|(at, text)| match strokes.len() {
                        1 => (at, text.replacen(stroke.name, &panel.title, 1)),
                        _ => (at, text),
                    }),
            );
            chart = chart.series(stroke.series().x_axis_index(index).y_axis_index(index));
            over.push(stroke.over(end.as_ref()));
        }
    }
    let over = json!({ "xAxis": over_x, "yAxis": over_y, "series": over, "graphic": graphic });
    // A single axis is an object in charming's JSON, and is made the list that the overlay expects.
    let height = layout.plot(panels.len() - 1).bottom() + 26.0;
    Some(Sketch::new(
        &chart,
        listed(over, panels.len()),
        mark_labels,
        size,
        height,
    ))
}

/// Charming writes a lone axis as an object, not as a list.
fn listed(mut over: Value, panels: usize) -> Value {
    if panels == 1 {
        for name in ["xAxis", "yAxis"] {
            over[name] = over[name][0].take();
        }
    }
    over
}

/// A key of all lines that differ by role, where a panel has several.
fn key(panels: &[Panel], room: f64) -> (Vec<Value>, f64) {
    if panels.iter().all(|panel| panel.lines.len() < 2) {
        return (Vec::new(), 0.0);
    }
    let lines = || {
        panels
            .iter()
            .flat_map(|panel| &panel.lines)
            .filter(|line| line.role != Role::Crowd)
    };
    let mut distinct: Vec<&Line> = Vec::new();
    for line in lines() {
        // A role that stands for another place in each panel is named by the panels' titles.
        let same = lines().all(|other| other.role != line.role || other.name == line.name);
        if same && !distinct.iter().any(|one| one.role == line.role) {
            distinct.push(line);
        }
    }
    let entries: Vec<KeyEntry> = distinct.into_iter().map(KeyEntry::line).collect();
    labels::key(&entries, 0.0, room)
}

/// The first and the last period, or the last alone where both do not fit.
fn ends_of(periods: &[String], positions: &[f64], plot: &Plot) -> Vec<(f64, String)> {
    let labelled: Vec<(f64, String)> = positions.iter().copied().zip(periods.iter().cloned()).collect();
    let outer: Vec<(f64, String)> = match labelled.as_slice() {
        [first, .., last] => vec![first.clone(), last.clone()],
        few => few.to_vec(),
    };
    axes::fitting(&outer, plot, trend::range(positions))
}

/// Last values, moved apart.
fn ends(strokes: &[Stroke], axis: &ValueAxis, plot: &Plot, scale: &AxisScale) -> Vec<Option<End>> {
    let lasts: Vec<_> = strokes.iter().map(Stroke::last).collect();
    let wishes: Vec<(f64, f64)> = lasts
        .iter()
        .flatten()
        .map(|(_, value)| (plot.y(scale, *value), LEADING))
        .collect();
    let mut centres = labels::spread(&wishes, plot.top - 8.0, plot.bottom() + 4.0).into_iter();
    let time = |stroke: &Stroke, at: usize| {
        let (low, high) = trend::range(stroke.positions);
        plot.x(&AxisScale { low, high, step: 1.0 }, stroke.positions[at])
    };
    let ends = strokes.iter().zip(lasts).map(|(stroke, last)| {
        let (at, value) = last?;
        let offset = (
            plot.right() + 6.0 - time(stroke, at),
            centres.next()? - plot.y(scale, value),
        );
        Some(End {
            at,
            text: numbers::label(value, axis),
            offset,
        })
    });
    ends.collect()
}

impl PanelLayout {
    #[expect(clippy::cast_precision_loss, reason = "there are two or three columns")]
    fn measure(panels: &[Panel], axis: &ValueAxis, scale: &AxisScale, size: Size, key: f64) -> PanelLayout {
        let columns = if size == Size::Wide { 3 } else { 2 }.min(panels.len());
        let left = axes::tick_column(&numbers::tick_labels(scale, axis));
        let lines = panels.iter().flat_map(|panel| &panel.lines);
        let lasts = lines.filter_map(|line| Some((line.values.iter().rev().find_map(|value| *value)?, line.role)));
        let right = lasts
            .map(|(value, role)| labels::width(&numbers::label(value, axis), role == Role::Home))
            .fold(0.0, f64::max)
            + 8.0;
        let panel = ((f64::from(size.width()) - left - GAP * (columns as f64 - 1.0)) / columns as f64).floor();
        let mut layout = PanelLayout {
            columns,
            left,
            right,
            panel,
            tops: Vec::new(),
        };
        let mut top = key + 20.0;
        for row in panels.chunks(columns) {
            let titles = row.iter().map(|one| labels::lines(&layout.title(one)) * LEADING);
            top += titles.fold(LEADING, f64::max) + 16.0;
            layout.tops.push(top.round());
            top += HEIGHT + 34.0;
        }
        layout
    }

    fn title(&self, panel: &Panel) -> String {
        labels::wrapped(&panel.title, true, self.panel)
    }

    #[expect(clippy::cast_precision_loss, reason = "there are two or three columns")]
    fn plot(&self, number: usize) -> Plot {
        let (row, column) = (number / self.columns, (number % self.columns) as f64);
        Plot {
            left: self.left + column * (self.panel + GAP),
            top: self.tops[row],
            width: self.panel - self.right,
            height: HEIGHT,
        }
    }
}
