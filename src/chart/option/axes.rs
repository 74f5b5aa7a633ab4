//! Axes and ground common to all kinds: value axis, time axis, rows, and the frame of an option.
//!
//! Takes scales and labels that are already chosen; gives charming's components, and beside each what charming 0.6
//! cannot say, as JSON to be laid over. Draws few and light lines.

use charming::component::{Axis, Grid};
use charming::datatype::CompositeValue;
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, LineStyle, SplitLine};
use serde_json::{Map, Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::ValueAxis;
use super::labels;
use super::look::{INK, MUTED, RULE};

/// The rectangle in which values are drawn, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plot {
    /// Left edge.
    pub(super) left: f64,
    /// Upper edge.
    pub(super) top: f64,
    /// Width.
    pub(super) width: f64,
    /// Height.
    pub(super) height: f64,
}

impl Plot {
    /// A plot between its value labels at the left and a column of labels at the right; heights follow by [`Plot::from`].
    pub(super) fn around(ticks: &[(f64, String)], column: f64, room: f64) -> Plot {
        let left = tick_column(ticks);
        Plot {
            left,
            top: 0.0,
            width: (room - left - column).floor(),
            height: 0.0,
        }
    }

    /// The plot begun further right, where half of the first period's label would else leave the drawing.
    pub(super) fn with_room_for(self, periods: &[String]) -> Plot {
        let half = periods.first().map_or(0.0, |first| labels::width(first, false) / 2.0);
        let shift = (half - 4.0 - self.left).max(0.0).ceil();
        Plot {
            left: self.left + shift,
            width: self.width - shift,
            ..self
        }
    }

    /// The plot from `top` down, `height` high.
    pub(super) fn from(self, top: f64, height: f64) -> Plot {
        Plot {
            top: top.round(),
            height: height.round(),
            ..self
        }
    }

    /// Right edge.
    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Lower edge.
    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Height at which a value stands.
    pub(super) fn y(&self, scale: &AxisScale, value: f64) -> f64 {
        self.bottom() - scale.share(value) * self.height
    }

    /// Distance from the left at which a value stands.
    pub(super) fn x(&self, scale: &AxisScale, value: f64) -> f64 {
        self.left + scale.share(value) * self.width
    }

    /// The rectangle as charming's grid.
    pub(super) fn grid(&self) -> Grid {
        let px = |value: f64| CompositeValue::from(value);
        Grid::new()
            .left(px(self.left))
            .top(px(self.top))
            .width(px(self.width))
            .height(px(self.height))
    }
}

/// Ground of every option: no movement, our font, time in UTC.
pub(super) fn ground() -> Value {
    json!({ "animation": false, "useUTC": true, "textStyle": { "fontFamily": "var(--sans)", "fontSize": labels::SIZE, "color": INK } })
}

/// An upright value axis with light lines, and what charming cannot say of it.
pub(super) fn upright(scale: &AxisScale, axis: &ValueAxis) -> (Axis, Value) {
    let component = Axis::new()
        .type_(AxisType::Value)
        .min(scale.low)
        .max(scale.high)
        .interval(scale.step)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().color(MUTED).font_size(labels::SIZE))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(RULE).width(1.0)));
    (
        component,
        json!({ "axisLabel": { "formatter": formatter(numbers::tick_labels(scale, axis), axis) } }),
    )
}

/// Width of the column of an upright axis' labels, its distance from the plot included.
pub(super) fn tick_column(ticks: &[(f64, String)]) -> f64 {
    labels::widest(ticks.iter().map(|(_, text)| text), false).ceil() + 10.0
}

/// The zero line of an upright axis that goes below it.
pub(super) fn zero(scale: &AxisScale, plot: &Plot) -> Option<Value> {
    let y = plot.y(scale, 0.0).round() + 0.5;
    let line = labels::rule((plot.left, y), (plot.right(), y), MUTED, 1.0, &[]);
    (scale.low < 0.0 && scale.high > 0.0).then_some(line)
}

/// An axis that measures and shows nothing.
pub(super) fn silent(low: f64, high: f64) -> Axis {
    Axis::new().type_(AxisType::Value).show(false).min(low).max(high)
}

/// A time axis: a label under each chosen period, ticks at all of them.
pub(super) fn time(
    range: (f64, f64),
    positions: &[f64],
    labels: &[(f64, String)],
    plot: &Plot,
    axis: &ValueAxis,
) -> (Axis, Value) {
    let component = Axis::new()
        .type_(AxisType::Value)
        .min(range.0)
        .max(range.1)
        .split_line(SplitLine::new().show(false))
        .axis_label(AxisLabel::new().color(MUTED).font_size(labels::SIZE));
    let marks: Vec<f64> = labels.iter().map(|(at, _)| *at).collect();
    // Ticks set too close are a grey line.
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred periods")]
    let ticks = if positions.len() as f64 * 11.0 > plot.width {
        &marks
    } else {
        positions
    };
    let over = json!({
        "axisLine": { "onZero": false, "lineStyle": { "color": MUTED, "width": 1 } },
        "axisTick": { "length": 4, "customValues": ticks },
        "axisLabel": { "customValues": marks, "formatter": formatter(labels.to_vec(), axis), "hideOverlap": false }
    });
    (component, over)
}

/// Labels for an axis as the prelude of the engine understands them.
pub(super) fn formatter(texts: Vec<(f64, String)>, axis: &ValueAxis) -> Value {
    let texts: Map<String, Value> = texts.into_iter().map(|(at, text)| (plain(at), text.into())).collect();
    let style = &axis.numbers;
    json!({ "texts": texts, "numbers": { "decimal": style.decimal, "group": style.group, "minus": style.minus } })
}

/// A number as JavaScript writes it in the ranges that charts meet.
fn plain(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else {
        value.to_string()
    }
}

/// The periods whose labels fit side by side: the last one always, the first one before any other.
pub(super) fn fitting(labelled: &[(f64, String)], plot: &Plot, range: (f64, f64)) -> Vec<(f64, String)> {
    let scale = AxisScale {
        low: range.0,
        high: range.1,
        step: 1.0,
    };
    let span = |(at, text): &(f64, String)| {
        let (middle, half) = (plot.x(&scale, *at), labels::width(text, false) / 2.0 + 5.0);
        (middle - half, middle + half)
    };
    let Some((last, before)) = labelled.split_last() else {
        return Vec::new();
    };
    let mut chosen = vec![last.clone()];
    let first_end = before.first().map_or(f64::NEG_INFINITY, |first| span(first).1);
    let mut edge = span(last).0;
    for (at, label) in before.iter().enumerate().rev() {
        let (left, right) = span(label);
        if right <= edge && (at == 0 || left >= first_end) {
            chosen.push(label.clone());
            edge = left;
        }
    }
    chosen.reverse();
    chosen
}
