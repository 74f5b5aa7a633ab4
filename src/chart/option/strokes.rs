//! Lines as drawn and what is marked on them: markers, labels at their ends, a target, zero.
//!
//! Takes values with positions and a look; gives charming's line series and what is laid over it. Shared by all kinds that
//! draw lines over a value axis. Only values that need it have a marker; their labels are given separately, so that a pointer
//! finds them all.

use charming::series::Line as Series;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::overlay;
use super::super::picture::{Line, Role, TargetMark, ValueAxis};
use super::super::svg::MarkLabels;
use super::axes::Plot;
use super::labels::{self, LEADING};
use super::look::{Look, PAPER, TARGET};

/// Up to this many values every one has a visible marker.
const MARKED: usize = 10;

/// A line and how it is drawn.
pub(super) struct Stroke<'a> {
    /// Name as labelled.
    pub(super) name: &'a str,
    /// Look of the line.
    pub(super) look: Look,
    /// A value a position.
    pub(super) values: &'a [Option<f64>],
    /// Positions whose value is provisional.
    pub(super) open: &'a [bool],
    /// Positions before which the line stops.
    pub(super) cut: &'a [bool],
    /// Position in time of each value, in years.
    pub(super) positions: &'a [f64],
}

/// A label at a line's end.
pub(super) struct End {
    /// Index of the value it stands at.
    pub(super) at: usize,
    /// The label.
    pub(super) text: String,
    /// Left edge and middle of the label, in pixels from the value.
    pub(super) offset: (f64, f64),
}

/// Order of drawing: the home place comes last, over all others.
pub(super) fn depth(role: Role) -> u8 {
    match role {
        Role::Crowd | Role::Lift | Role::Pull => 0,
        Role::Other(_) => 1,
        Role::Country => 2,
        Role::Home => 3,
    }
}

/// Strokes of all lines but the crowd's, in the order in which they are drawn.
pub(super) fn in_order<'a>(lines: &'a [Line], positions: &'a [f64]) -> Vec<Stroke<'a>> {
    let mut lines: Vec<&Line> = lines.iter().rev().filter(|line| line.role != Role::Crowd).collect();
    lines.sort_by_key(|line| depth(line.role));
    lines.into_iter().map(|line| Stroke::new(line, positions)).collect()
}

impl<'a> Stroke<'a> {
    /// A line of a picture.
    pub(super) fn new(line: &'a Line, positions: &'a [f64]) -> Stroke<'a> {
        Stroke {
            name: &line.name,
            look: Look::of(line.role),
            values: &line.values,
            open: &line.open,
            cut: &line.cut,
            positions,
        }
    }

    /// Index and value of the last value.
    pub(super) fn last(&self) -> Option<(usize, f64)> {
        self.values
            .iter()
            .enumerate()
            .rev()
            .find_map(|(at, value)| Some((at, (*value)?)))
    }

    /// The series, as far as charming can say it.
    pub(super) fn series(&self) -> Series {
        Series::new()
            .name(self.name)
            .line_style(self.look.line())
            .show_symbol(true)
    }

    /// Options that charming cannot say: dashes, a marker a value, the label at the end.
    pub(super) fn over(&self, end: Option<&End>) -> Value {
        let mut data = Vec::new();
        for at in 0..self.values.len().min(self.positions.len()) {
            if self.stops_before(at) {
                data.push(json!([null, null]));
            }
            data.push(self.item(at, end));
        }
        let mut over = self.look.over();
        over["symbol"] = "none".into();
        if self.is_marked() {
            overlay::merge(&mut over, self.look.marker(false));
            over["symbolSize"] = (self.look.size - 2.0).into();
        }
        over["data"] = data.into();
        over
    }

    /// Whether every value has a visible marker. It is said once for the series: an item with a style of its own costs
    /// ECharts a quarter of a millisecond.
    fn is_marked(&self) -> bool {
        self.values.iter().flatten().count() <= MARKED && self.look.width > 1.5
    }

    fn item(&self, at: usize, end: Option<&End>) -> Value {
        let place = json!([self.positions[at], self.values[at]]);
        let end = end.filter(|end| end.at == at);
        let open = self.open.get(at).copied().unwrap_or(false);
        if self.values[at].is_none() || !(end.is_some() || open || self.is_alone(at)) {
            return place;
        }
        let mut item = self.look.marker(open);
        item["value"] = place;
        if let Some(end) = end {
            item["label"] = json!({
                "show": true, "position": "right", "distance": 0, "formatter": plain(&end.text),
                "offset": [end.offset.0 - self.look.size / 2.0, end.offset.1], "color": self.look.text,
                "fontSize": labels::SIZE, "fontWeight": labels::weight(self.look.bold)
            });
            labels::lead(&mut item["label"], &end.text);
        }
        item
    }

    /// Whether the line stops before a value: two values that nothing joins have an empty one between them.
    fn stops_before(&self, at: usize) -> bool {
        at > 0 && self.cut.get(at).copied().unwrap_or(false)
    }

    /// A value between two gaps, which no line would show.
    fn is_alone(&self, at: usize) -> bool {
        let gap = |at: Option<usize>| at.and_then(|at| self.values.get(at).copied().flatten()).is_none();
        let stops_after = self.stops_before(at + 1);
        self.values[at].is_some()
            && (self.stops_before(at) || gap(at.checked_sub(1)))
            && (stops_after || gap(at.checked_add(1)))
    }

    /// Labels of all values for a pointer: `Örebro län 2023: 78,1 %`.
    pub(super) fn mark_labels(&self, series: usize, periods: &[String], axis: &ValueAxis) -> MarkLabels {
        let values = self.values.iter().zip(periods).enumerate();
        let mut stops = 0;
        let labels = values.filter_map(|(at, (value, period))| {
            stops += usize::from(self.stops_before(at));
            Some((
                (series, at + stops),
                format!("{} {period}: {}", self.name, numbers::full_label((*value)?, axis)),
            ))
        });
        labels.collect()
    }
}

/// All lines of the crowd as one series with gaps between them, since a series each would cost a millisecond each; and
/// their labels. `None` where there is no crowd.
pub(super) fn crowd<'a>(
    lines: impl Iterator<Item = &'a Line>,
    positions: &[f64],
    periods: &[String],
    axis: &ValueAxis,
) -> Option<(Series, Value, MarkLabels)> {
    let look = Look::of(Role::Crowd);
    let (mut data, mut mark_labels) = (Vec::new(), MarkLabels::new());
    for line in lines.filter(|line| line.role == Role::Crowd) {
        let stroke = Stroke::new(line, positions);
        for (at, ((value, position), period)) in line.values.iter().zip(positions).zip(periods).enumerate() {
            if stroke.stops_before(at) {
                data.push(json!([null, null]));
            }
            if let Some(value) = value {
                mark_labels.insert(
                    (0, data.len()),
                    format!("{} {period}: {}", line.name, numbers::full_label(*value, axis)),
                );
            }
            data.push(json!([position, value]));
        }
        data.push(json!([null, null]));
    }
    let mut over = look.over();
    over["symbol"] = "none".into();
    let is_there = !data.is_empty();
    over["data"] = data.into();
    is_there.then(|| (Series::new().line_style(look.line()), over, mark_labels))
}

/// A text that ECharts shows as it is: braces would be its templates.
pub(super) fn plain(text: &str) -> String {
    text.replace('{', "(").replace('}', ")")
}

/// A labelled dashed line at the target, its label where the lines are furthest.
pub(super) fn target_line(
    target: &TargetMark,
    strokes: &[Stroke],
    plot: &Plot,
    scales: (&AxisScale, (f64, f64)),
) -> Value {
    let text = labels::wrapped(&target.text, false, plot.width * 0.8);
    let (wide, high) = (labels::width(&text, false), labels::lines(&text) * LEADING);
    let y = plot.y(scales.0, target.value);
    let points = points(strokes, plot, scales);
    let places = [
        ("insideStartTop", plot.left, y - high / 2.0 - 4.0),
        ("insideEndTop", plot.right() - wide, y - high / 2.0 - 4.0),
        ("insideStartBottom", plot.left, y + high / 2.0 + 4.0),
        ("insideEndBottom", plot.right() - wide, y + high / 2.0 + 4.0),
    ];
    let place = freest(&places, (wide, high), plot, &points);
    json!({ "silent": true, "symbol": "none", "animation": false, "data": [{ "yAxis": target.value }],
        "emphasis": { "disabled": true },
        "lineStyle": { "color": TARGET, "width": 1.5, "type": [7, 4] },
        "label": { "show": true, "formatter": plain(&text), "position": place.0, "color": TARGET, "fontSize": labels::SIZE,
            "lineHeight": LEADING, "textBorderColor": PAPER, "textBorderWidth": 3 } })
}

/// The dashed line to a target, with a marker where it ends; and its label, above or below that, where there is most room.
pub(super) fn line_to_target(
    target: &TargetMark,
    ends: [(f64, f64); 2],
    strokes: &[Stroke],
    plot: &Plot,
    scales: (&AxisScale, (f64, f64)),
) -> (Series, Value, Value) {
    let look = Look {
        colour: TARGET.to_owned(),
        width: 1.5,
        dash: &[7, 4],
        symbol: "diamond",
        size: 10.0,
        ..Look::of(Role::Crowd)
    };
    let mut end = look.marker(false);
    end["value"] = json!([ends[1].0, ends[1].1]);
    let mut over = look.over();
    over["symbol"] = "none".into();
    over["data"] = json!([[ends[0].0, ends[0].1], end]);
    let text = labels::wrapped(&target.text, false, plot.width * 0.95);
    let (wide, high) = (labels::width(&text, false), labels::lines(&text) * LEADING);
    let [from, to] = ends.map(|point| at(plot, scales, point));
    let mut points = points(strokes, plot, scales);
    points.extend((0..20).map(|step| {
        let part = f64::from(step) / 20.0;
        (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
    }));
    let right = (to.0 + 6.0).min(plot.right());
    let above = to.1 - high / 2.0 - 8.0;
    let below = to.1 + high / 2.0 + 8.0;
    let (_, _, middle) = freest(
        &[("above", right - wide, above), ("below", right - wide, below)],
        (wide, high),
        plot,
        &points,
    );
    let label = labels::edged(labels::text_at("right", &text, right, middle, TARGET, false));
    (
        Series::new()
            .name(target.text.as_str())
            .line_style(look.line())
            .show_symbol(true),
        over,
        label,
    )
}

/// Every value of the strokes, in pixels.
fn points(strokes: &[Stroke], plot: &Plot, scales: (&AxisScale, (f64, f64))) -> Vec<(f64, f64)> {
    let values = strokes
        .iter()
        .flat_map(|stroke| stroke.positions.iter().zip(stroke.values));
    values
        .filter_map(|(position, value)| Some(at(plot, scales, (*position, (*value)?))))
        .collect()
}

/// A value at a position in time, in pixels.
fn at(plot: &Plot, (scale, (first, last)): (&AxisScale, (f64, f64)), (position, value): (f64, f64)) -> (f64, f64) {
    let time = AxisScale {
        low: first,
        high: last,
        step: 1.0,
    };
    (plot.x(&time, position), plot.y(scale, value))
}

/// Of named places (left edge, middle) for a label the one furthest from all points, as far as it lies within the plot.
fn freest(
    places: &[(&'static str, f64, f64)],
    (wide, high): (f64, f64),
    plot: &Plot,
    points: &[(f64, f64)],
) -> (&'static str, f64, f64) {
    let fits = |middle: f64| middle - high / 2.0 >= plot.top - LEADING && middle + high / 2.0 <= plot.bottom() + 2.0;
    let room = |left: f64, middle: f64| {
        let near = points
            .iter()
            .filter(|(x, _)| *x > left - 20.0 && *x < left + wide + 20.0);
        near.map(|(_, y)| (y - middle).abs())
            .fold(f64::INFINITY, f64::min)
            .min(40.0)
    };
    let fitting = places
        .iter()
        .filter(|place| fits(place.2))
        .map(|place| (*place, room(place.1, place.2)));
    fitting
        .fold(
            (places[0], -1.0),
            |best, next| if next.1 > best.1 { next } else { best },
        )
        .0
}
