//! Points on two axes that measure different things: what quadrants and scatters have in common.
//!
//! Takes axes, points and the room a kind wants to keep free; gives axes drawn as few light lines, one series of marks, and
//! names beside the marks (`point_names`).

use charming::Chart;
use charming::series::Scatter;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{MeasuredAxis, Point, Role};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels::{self, LEADING};
use super::look::{Look, MUTED, PAPER, RULE};
use super::point_names::{self, Rect};
use super::strokes;

/// Between the outermost mark and the edge of the plot.
const MARGIN: f64 = 14.0;
/// Between the names of axes and what they name.
const AIR: f64 = 8.0;

/// Additions of quadrants to the points.
#[derive(Default)]
pub(super) struct CloudOptions {
    /// Lines that part the plot, across and upright.
    pub(super) lines: Option<[f64; 2]>,
    /// Names of the parts: lower left, lower right, upper left, upper right.
    pub(super) corners: [String; 4],
    /// Height kept free above the plot and the name of the upright axis.
    pub(super) head: f64,
}

/// The option of points on two axes; `None` without points. `graphic` is drawn above the plot.
pub(super) fn sketch(
    dimensions: &[MeasuredAxis; 2],
    points: &[Point],
    options: &CloudOptions,
    mut graphic: Vec<Value>,
    size: Size,
) -> Option<Sketch> {
    if points.is_empty() {
        return None;
    }
    let room = f64::from(size.width());
    let height = if size == Size::Wide { 400.0 } else { 320.0 };
    let corners = options
        .corners
        .iter()
        .map(|name| labels::width(name, true) + 2.0 * AIR)
        .collect::<Vec<f64>>();
    let edge = if options.lines.is_some() { LEADING + AIR } else { 0.0 };
    let line = |which: usize| options.lines.map(|lines| lines[which]);
    let upright = scale(points, 1, line(1), [MARGIN + edge; 2], [MARGIN + edge; 2], height);
    let ticks = [Vec::new(), tick_labels(&upright, &dimensions[1], points, 1)];
    let plot = Plot::around(&ticks[1], MARGIN, room);
    let sides = [corners[0].max(corners[2]), corners[1].max(corners[3])];
    let across = scale(points, 0, line(0), [MARGIN; 2], sides, plot.width);
    let title = labels::wrapped(&format!("↑ {}", dimensions[1].title), false, room);
    let top = options.head + labels::lines(&title) * LEADING + AIR;
    let plot = plot.from(top, height);
    let scales = [across, upright];
    graphic.push(labels::text(
        &title,
        0.0,
        options.head + labels::lines(&title) * LEADING / 2.0,
        MUTED,
        false,
    ));
    let ticks = [
        tick_labels(&scales[0], &dimensions[0], points, 0),
        ticks.into_iter().next_back().unwrap_or_default(),
    ];
    graphic.extend(grid(&plot, &scales, &ticks));
    let below = labels::wrapped(&format!("{} →", dimensions[0].title), false, room);
    let below_top = plot.bottom() + 2.0 * LEADING;
    graphic.push(labels::text(
        &below,
        0.0,
        below_top + labels::lines(&below) * LEADING / 2.0,
        MUTED,
        false,
    ));
    let mut taken = tick_rects(&plot, &scales, &ticks);
    if let Some(lines) = options.lines {
        graphic.extend(dividing_lines(&plot, &scales, lines));
        for (index, name) in options.corners.iter().enumerate() {
            let (element, rect) = corner_name(&plot, index, name);
            graphic.push(element);
            taken.push(rect);
        }
    }
    graphic.extend(point_names::beside_marks(
        points,
        &plot,
        &scales,
        options.lines,
        taken,
        room,
    ));
    let (series, mark_labels) = marks(points);
    let [x, y] = &scales;
    let chart = Chart::new()
        .grid(plot.grid())
        .x_axis(axes::silent(x.low, x.high))
        .y_axis(axes::silent(y.low, y.high))
        .series(Scatter::new());
    let over = json!({ "series": [series], "graphic": graphic });
    Some(Sketch::new(
        &chart,
        over,
        mark_labels,
        size,
        below_top + labels::lines(&below) * LEADING + 4.0,
    ))
}

/// A range in which no mark comes nearer to the ends than `margin` pixels of `length`, and a line leaves `sides` beside it.
fn scale(
    points: &[Point],
    which: usize,
    line: Option<f64>,
    margin: [f64; 2],
    sides: [f64; 2],
    length: f64,
) -> AxisScale {
    let values = points.iter().map(|point| point.at[which]).chain(line);
    let round = AxisScale::around(values.clone(), false, (length / 70.0).clamp(3.0, 6.0));
    let (mut low, mut high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if high - low <= high.abs().max(low.abs()) * 1e-9 {
        (low, high) = (round.low, round.high);
    }
    let pixel = (high - low) / (length - margin[0] - margin[1]);
    (low, high) = (low - pixel * margin[0], high + pixel * margin[1]);
    if let Some(line) = line {
        let [before, after] = sides.map(|side| (side / length).min(0.45));
        // Each widening narrows the other side's share a little; the rest after a few turns is less than a pixel.
        for _ in 0..12 {
            low = low.min(line - (high - line) * before / (1.0 - before));
            high = high.max(line + (line - low) * after / (1.0 - after));
        }
    }
    AxisScale {
        low,
        high,
        step: round.step,
    }
}

/// Labels at the round numbers within a range; none below zero where no value is.
fn tick_labels(scale: &AxisScale, dimension: &MeasuredAxis, points: &[Point], which: usize) -> Vec<(f64, String)> {
    let step = scale.step;
    let round = AxisScale {
        low: (scale.low / step).ceil() * step,
        high: (scale.high / step).floor() * step,
        step,
    };
    let negative = points.iter().any(|point| point.at[which] < 0.0);
    let inside = |at: f64| at >= scale.low && at <= scale.high && (negative || at >= 0.0);
    numbers::tick_labels(&round, &dimension.axis)
        .into_iter()
        .filter(|(at, _)| inside(*at))
        .collect()
}

/// Light lines with their numbers.
fn grid(plot: &Plot, scales: &[AxisScale; 2], ticks: &[Vec<(f64, String)>; 2]) -> Vec<Value> {
    let mut elements = Vec::new();
    for (at, text) in &ticks[0] {
        let x = plot.x(&scales[0], *at).round() + 0.5;
        elements.push(labels::rule((x, plot.top), (x, plot.bottom()), RULE, 1.0, &[]));
        elements.push(labels::text_at(
            "center",
            text,
            x,
            plot.bottom() + LEADING,
            MUTED,
            false,
        ));
    }
    for (at, text) in &ticks[1] {
        let y = plot.y(&scales[1], *at).round() + 0.5;
        elements.push(labels::rule((plot.left, y), (plot.right(), y), RULE, 1.0, &[]));
        elements.push(labels::text_at("right", text, plot.left - AIR, y, MUTED, false));
    }
    elements
}

/// The rectangles of the numbers at both axes, which names keep off.
fn tick_rects(plot: &Plot, scales: &[AxisScale; 2], ticks: &[Vec<(f64, String)>; 2]) -> Vec<Rect> {
    let around = |left: f64, text: &str, y: f64| {
        let width = labels::width(text, false);
        Rect(left, y - LEADING / 2.0, left + width, y + LEADING / 2.0)
    };
    let below = ticks[0].iter().map(|(at, text)| {
        let left = plot.x(&scales[0], *at) - labels::width(text, false) / 2.0;
        around(left, text, plot.bottom() + LEADING)
    });
    let beside = ticks[1].iter().map(|(at, text)| {
        let left = plot.left - AIR - labels::width(text, false);
        around(left, text, plot.y(&scales[1], *at))
    });
    below.chain(beside).collect()
}

/// The two lines that part the plot.
fn dividing_lines(plot: &Plot, scales: &[AxisScale; 2], lines: [f64; 2]) -> [Value; 2] {
    let country = Look::of(Role::Country);
    let (x, y) = (plot.x(&scales[0], lines[0]), plot.y(&scales[1], lines[1]));
    let rule = |from, to| labels::rule(from, to, &country.colour, country.width, country.dash);
    [
        rule((x, plot.top), (x, plot.bottom())),
        rule((plot.left, y), (plot.right(), y)),
    ]
}

/// The name of a part in its corner, and the rectangle it takes.
fn corner_name(plot: &Plot, index: usize, name: &str) -> (Value, Rect) {
    let width = labels::width(name, true);
    let (is_right, is_upper) = (index % 2 == 1, index >= 2);
    let y = if is_upper {
        plot.top + AIR + 2.0
    } else {
        plot.bottom() - AIR - 2.0
    };
    let (align, x) = if is_right {
        ("right", plot.right() - 2.0)
    } else {
        ("left", plot.left + 4.0)
    };
    let left = if is_right { x - width } else { x };
    let element = labels::edged(labels::text_at(align, name, x, y, MUTED, true));
    (
        element,
        Rect(
            left - point_names::GAP,
            y - LEADING / 2.0,
            left + width + point_names::GAP,
            y + LEADING / 2.0,
        ),
    )
}

/// All marks as one series, the home place last, and their labels.
fn marks(points: &[Point]) -> (Value, MarkLabels) {
    let mut order: Vec<&Point> = points.iter().collect();
    order.sort_by_key(|point| strokes::depth(point.role));
    let mut mark_labels = MarkLabels::new();
    let items = order.iter().enumerate().map(|(index, point)| {
        mark_labels.insert((0, index), point.mark_label.clone());
        let look = Look::of_point(point.role);
        json!({ "value": point.at, "symbol": look.symbol, "symbolSize": look.size,
            "itemStyle": { "color": look.colour, "borderColor": PAPER, "borderWidth": 1, "opacity": 1 } })
    });
    let items: Vec<Value> = items.collect();
    (
        json!({ "z": 3, "emphasis": { "disabled": true }, "clip": false, "data": items }),
        mark_labels,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::example::per_cent;

    fn axis(title: &str) -> MeasuredAxis {
        MeasuredAxis {
            title: title.to_owned(),
            axis: per_cent(),
        }
    }

    fn point(name: &str, role: Role, at: [f64; 2]) -> Point {
        Point {
            name: name.to_owned(),
            role,
            at,
            mark_label: name.to_owned(),
            labelled: true,
        }
    }

    fn names_in(option: &Value) -> Vec<(String, f64, f64)> {
        let elements = option["graphic"].as_array().expect("elements").iter();
        let texts = elements.filter(|element| element["type"] == "text" && element["z"] == 5);
        texts
            .map(|element| {
                let number = |key: &str| element[key].as_f64().expect("a place");
                (
                    element["style"]["text"].as_str().expect("words").to_owned(),
                    number("x"),
                    number("y"),
                )
            })
            .collect()
    }

    #[test]
    fn a_line_at_the_very_edge_leaves_room_on_both_sides() {
        let points = [point("a", Role::Crowd, [5.0, 5.0]), point("b", Role::Crowd, [6.0, 6.0])];
        let scale = scale(&points, 0, Some(5.0), [14.0; 2], [100.0, 90.0], 300.0);
        assert!(
            scale.share(5.0) * 300.0 > 99.0 && (1.0 - scale.share(5.0)) * 300.0 > 89.0,
            "{scale:?}"
        );
        assert!(scale.low < 5.0 && scale.high > 6.0);
    }

    #[test]
    fn names_keep_off_each_other_and_inside() {
        let names = [
            "Västra Götaland",
            "Västernorrland",
            "Västmanland",
            "Södermanland",
            "Östergötland",
        ];
        let crowd = names
            .iter()
            .zip(0..)
            .map(|(name, at)| point(name, Role::Crowd, [10.0 + f64::from(at) * 0.02, 5.0]));
        let mut points: Vec<Point> = crowd.collect();
        points.push(point("Örebro län", Role::Home, [10.05, 5.0]));
        points.push(point("Gotland", Role::Crowd, [90.0, 1.0]));
        let dimensions = [axis("Vågrätt"), axis("Lodrätt")];
        let sketch = sketch(&dimensions, &points, &CloudOptions::default(), Vec::new(), Size::Narrow).expect("points");
        let rects: Vec<Rect> = names_in(&sketch.option)
            .into_iter()
            .map(|(text, x, y)| Rect(x, y - 8.0, x + labels::width(&text, text == "Örebro län"), y + 8.0))
            .collect();
        assert!(
            names_in(&sketch.option).iter().any(|(text, ..)| text == "Örebro län"),
            "the home place has its name"
        );
        for (index, one) in rects.iter().enumerate() {
            assert!(one.0 >= 0.0 && one.2 <= 360.0, "{one:?}");
            assert!(rects[..index].iter().all(|other| !one.meets(other)), "{rects:?}");
        }
    }

    #[test]
    fn one_point_is_a_picture_and_none_is_not() {
        let dimensions = [axis("Vågrätt"), axis("Lodrätt")];
        let one = [point("a", Role::Home, [3.0, 3.0])];
        let drawn = sketch(&dimensions, &one, &CloudOptions::default(), Vec::new(), Size::Wide).expect("a point");
        assert!(!drawn.option.to_string().contains("null"));
        assert!(sketch(&dimensions, &[], &CloudOptions::default(), Vec::new(), Size::Wide).is_none());
    }
}
