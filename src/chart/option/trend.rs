//! Values over periods: lines, the spread of the others as an area, breaks and a target.
//!
//! The home place is drawn last and heaviest. Wide, every line is labelled at its end; narrow, or where the labels would not
//! fit, names stand in a key above and values at the ends. Gaps stay gaps.

use charming::Chart;
use charming::series::Custom as Series;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Band, BreakMark, Line, Role, Shape, TargetMark, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels::{self, KeyEntry, LEADING, Sample};
use super::look::{BAND, Look, MUTED};
use super::strokes::{self, End, Stroke};

/// Room between the plot and the labels at its right.
const GAP: f64 = 10.0;

/// The parts of a trend's shape, with its axis.
struct TrendParts<'a> {
    periods: &'a [String],
    positions: &'a [f64],
    lines: &'a [Line],
    band: Option<&'a Band>,
    breaks: &'a [BreakMark],
    target: Option<&'a TargetMark>,
    axis: &'a ValueAxis,
}

/// Places and scales of a trend.
struct TrendLayout {
    plot: Plot,
    scale: AxisScale,
    range: (f64, f64),
    /// Whether the line ends carry names.
    ends_have_names: bool,
}

/// The option of a trend.
pub(super) fn sketch(shape: &Shape, axis: &ValueAxis, size: Size) -> Option<Sketch> {
    let Shape::Trend {
        periods,
        positions,
        lines,
        band,
        breaks,
        target,
    } = shape
    else {
        return None;
    };
    let trend = TrendParts {
        periods,
        positions,
        lines,
        band: band.as_ref(),
        breaks,
        target: target.as_ref(),
        axis,
    };
    let values: Vec<f64> = trend.values().collect();
    if values.is_empty() || positions.is_empty() {
        return None;
    }
    let (room, height) = (f64::from(size.width()), if size == Size::Wide { 340.0 } else { 300.0 });
    let ends_have_names = size == Size::Wide && trend.labels_fit(height - 80.0);
    let (mut graphic, key_height) = if ends_have_names {
        (Vec::new(), 0.0)
    } else {
        labels::key(&trend.entries(), 0.0, room)
    };
    let target_values = trend.target.into_iter().flat_map(|target| {
        let start = target.line.map(|[(_, start), _]| start);
        start.into_iter().chain([target.value])
    });
    let scale = AxisScale::around(values.into_iter().chain(target_values), false, 4.0);
    let above = trend.breaks_height(room);
    let plot = Plot::around(&numbers::tick_labels(&scale, axis), trend.column(ends_have_names), room)
        .with_room_for(periods)
        .from(key_height + 26.0 + above, height - 52.0 - above);
    graphic.push(unit(axis, key_height));
    let layout = TrendLayout {
        plot,
        scale,
        range: range(positions),
        ends_have_names,
    };
    graphic.extend(trend.break_marks(&layout));
    let (chart, over, mark_labels) = trend.chart(&layout, graphic);
    Some(Sketch::new(&chart, over, mark_labels, size, height + key_height))
}

/// The unit, above the value axis.
pub(super) fn unit(axis: &ValueAxis, top: f64) -> Value {
    labels::text(&axis.unit, 0.0, top + 8.0, MUTED, false)
}

/// From the first to the last position, with a little room for markers.
pub(super) fn range(positions: &[f64]) -> (f64, f64) {
    let (first, last) = (positions[0], positions[positions.len() - 1]);
    let room = if last > first { (last - first) * 0.015 } else { 0.5 };
    (first - room, last + room)
}

impl<'a> TrendParts<'a> {
    fn values(&self) -> impl Iterator<Item = f64> {
        let band = self
            .band
            .into_iter()
            .flat_map(|band| [&band.low, &band.high, &band.median]);
        self.lines
            .iter()
            .map(|line| &line.values)
            .chain(band)
            .flatten()
            .flatten()
            .copied()
    }

    /// Lines from the first drawn to the last: median, others, country, home place.
    fn strokes(&self) -> Vec<Stroke<'a>> {
        let mut strokes = strokes::in_order(self.lines, self.positions);
        if let Some(band) = self.band {
            let median = Stroke {
                name: &band.median_name,
                look: Look::median(),
                values: &band.median,
                open: &[],
                cut: &band.cut,
                positions: self.positions,
            };
            strokes.insert(0, median);
        }
        strokes
    }

    /// Name and last value, or the value alone; with its period where the line ends early.
    fn end_label(&self, stroke: &Stroke, with_name: bool) -> Option<String> {
        let (at, value) = stroke.last()?;
        let value = numbers::label(value, self.axis);
        if !with_name {
            return Some(value);
        }
        let early = at + 1 < stroke.values.len();
        let period = self
            .periods
            .get(at)
            .filter(|_| early)
            .map(|period| format!(" ({period})"))
            .unwrap_or_default();
        Some(labels::wrapped(
            &format!("{} {value}{period}", stroke.name),
            stroke.look.bold,
            215.0,
        ))
    }

    fn band_label(&self) -> Option<(String, f64)> {
        let band = self.band?;
        let low = band.low.iter().rev().find_map(|low| *low)?;
        Some((labels::wrapped(&band.name, false, 215.0), low))
    }

    /// Width of the column of labels at the right, its distance included.
    fn column(&self, with_name: bool) -> f64 {
        let strokes = self.strokes();
        let ends = strokes
            .iter()
            .filter_map(|line| Some(labels::width(&self.end_label(line, with_name)?, line.look.bold)));
        let band = self
            .band_label()
            .filter(|_| with_name)
            .map(|(text, _)| labels::width(&text, false));
        ends.chain(band).fold(0.0, f64::max) + GAP + 6.0
    }

    /// Whether all labels find room at the line ends, one above the other.
    fn labels_fit(&self, room: f64) -> bool {
        let strokes = self.strokes();
        let ends = strokes.iter().filter_map(|line| self.end_label(line, true));
        let high: f64 = ends
            .chain(self.band_label().map(|(text, _)| text))
            .map(|text| labels::lines(&text))
            .sum();
        high * LEADING <= room
    }

    /// The key, home place first.
    fn entries(&self) -> Vec<KeyEntry> {
        let lines = self.lines.iter().filter(|line| line.role != Role::Crowd);
        let mut entries: Vec<KeyEntry> = lines.map(KeyEntry::line).collect();
        if let Some(band) = self.band {
            if band.median.iter().any(Option::is_some) {
                entries.push(KeyEntry {
                    name: band.median_name.clone(),
                    look: Look::median(),
                    sample: Sample::Line,
                });
            }
            let look = Look {
                colour: BAND.to_owned(),
                ..Look::median()
            };
            entries.push(KeyEntry {
                name: band.name.clone(),
                look,
                sample: Sample::Area,
            });
        }
        entries
    }

    fn break_label(mark: &BreakMark, room: f64) -> String {
        labels::wrapped(&mark.text, false, room * 0.5)
    }

    /// Height of the rows above the plot that break labels take, one below the other so that none runs into another.
    fn breaks_height(&self, room: f64) -> f64 {
        self.breaks
            .iter()
            .map(|mark| labels::lines(&TrendParts::break_label(mark, room)) * LEADING)
            .sum()
    }

    /// A thin upright line before the period of each break, its label at the top.
    fn break_marks(&self, layout: &TrendLayout) -> Vec<Value> {
        let time = AxisScale {
            low: layout.range.0,
            high: layout.range.1,
            step: 1.0,
        };
        let mut top = layout.plot.top - 6.0 - self.breaks_height(layout.plot.right());
        let mut elements = Vec::new();
        for mark in self.breaks.iter().filter(|mark| mark.at < self.positions.len()) {
            let here = self.positions[mark.at];
            let before = mark.at.checked_sub(1).map_or(here - 0.5, |at| self.positions[at]);
            let x = layout.plot.x(&time, f64::midpoint(here, before)).round();
            let text = TrendParts::break_label(mark, layout.plot.right());
            let high = labels::lines(&text) * LEADING;
            let align = if x + labels::width(&text, false) < layout.plot.right() + GAP {
                "left"
            } else {
                "right"
            };
            let aside = if align == "left" { 5.0 } else { -5.0 };
            elements.push(labels::rule((x, top), (x, layout.plot.bottom()), MUTED, 1.0, &[]));
            elements.push(labels::text_at(align, &text, x + aside, top + high / 2.0, MUTED, false));
            top += high;
        }
        elements
    }

    /// The chart, what charming cannot say of it, and what its marks say.
    fn chart(&self, layout: &TrendLayout, mut graphic: Vec<Value>) -> (Chart, Value, MarkLabels) {
        let labelled: Vec<(f64, String)> = self
            .positions
            .iter()
            .copied()
            .zip(self.periods.iter().cloned())
            .collect();
        let fitting = axes::fitting(&labelled, &layout.plot, layout.range);
        let (time, over_time) = axes::time(layout.range, self.positions, &fitting, &layout.plot, self.axis);
        let (value, over_value) = axes::upright(&layout.scale, self.axis);
        let mut chart = Chart::new().grid(layout.plot.grid()).x_axis(time).y_axis(value);
        let (mut over, mut mark_labels) = (Vec::new(), MarkLabels::new());
        if let Some(band) = self.band {
            let (series, laid) = band_series(band, self.positions);
            chart = chart.series(series);
            over.push(laid);
        }
        if let Some((series, laid, _)) = strokes::crowd(self.lines.iter(), self.positions, self.periods, self.axis) {
            chart = chart.series(series);
            over.push(laid);
        }
        let (ends, band_y) = self.ends(layout);
        for (stroke, end) in self.strokes().iter().zip(ends) {
            mark_labels.extend(stroke.mark_labels(over.len(), self.periods, self.axis));
            chart = chart.series(stroke.series());
            over.push(stroke.over(end.as_ref()));
        }
        if let (Some((text, _)), Some(y)) = (self.band_label(), band_y) {
            graphic.push(labels::text(&text, layout.plot.right() + GAP, y, MUTED, false));
        }
        let scales = (&layout.scale, layout.range);
        if let Some((target, ends)) = self.target.and_then(|target| Some((target, target.line?))) {
            let (series, laid, label) = strokes::line_to_target(target, ends, &self.strokes(), &layout.plot, scales);
            mark_labels.insert((over.len(), 1), target.text.clone());
            chart = chart.series(series);
            over.push(laid);
            graphic.push(label);
        } else if let (Some(target), Some(last)) = (self.target, over.last_mut()) {
            last["markLine"] = strokes::target_line(target, &self.strokes(), &layout.plot, scales);
        }
        graphic.extend(axes::zero(&layout.scale, &layout.plot));
        let over = json!({ "xAxis": over_time, "yAxis": over_value, "series": over, "graphic": graphic });
        (chart, over, mark_labels)
    }

    /// Labels at the line ends, moved apart; and the height of the band's.
    fn ends(&self, layout: &TrendLayout) -> (Vec<Option<End>>, Option<f64>) {
        let time = AxisScale {
            low: layout.range.0,
            high: layout.range.1,
            step: 1.0,
        };
        let strokes = self.strokes();
        let band = self.band_label().filter(|_| layout.ends_have_names);
        let mut wishes = Vec::new();
        let mut labelled = Vec::new();
        for stroke in &strokes {
            let label = self.end_label(stroke, layout.ends_have_names).zip(stroke.last());
            if let Some((text, (_, value))) = &label {
                wishes.push((layout.plot.y(&layout.scale, *value), labels::lines(text) * LEADING));
            }
            labelled.push(label);
        }
        if let Some((text, low)) = &band {
            wishes.push((layout.plot.y(&layout.scale, *low), labels::lines(text) * LEADING));
        }
        let mut centres = labels::spread(&wishes, layout.plot.top - 8.0, layout.plot.bottom() + 4.0).into_iter();
        let ends = labelled.into_iter().map(|label| {
            let (text, (at, value)) = label?;
            let (x, y) = (
                layout.plot.x(&time, self.positions[at]),
                layout.plot.y(&layout.scale, value),
            );
            Some(End {
                at,
                text,
                offset: (layout.plot.right() + GAP - x, centres.next()? - y),
            })
        });
        let ends = ends.collect();
        (ends, band.and_then(|_| centres.next()))
    }
}

/// The spread as an area, drawn by the prelude: ECharts stacks lines only over categories.
fn band_series(band: &Band, positions: &[f64]) -> (Series, Value) {
    let pairs = band.low.iter().zip(&band.high).zip(positions);
    let data: Vec<Value> = pairs
        .enumerate()
        .flat_map(|(nth, ((low, high), at))| {
            let stops = nth > 0 && band.cut.get(nth).copied().unwrap_or(false);
            let gap = stops.then(|| json!([at, null, null]));
            gap.into_iter().chain([json!([at, low, high])])
        })
        .collect();
    let over = json!({ "silent": true, "renderItem": "band", "encode": { "x": 0, "y": [1, 2] }, "itemStyle": { "color": BAND }, "data": data });
    (Series::new().name(band.name.as_str()), over)
}
