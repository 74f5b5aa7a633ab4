//! Scores on several axes: a radar where there is room and nothing missing, else marks on lines, one line an axis.
//!
//! Both show the same. A radar would draw a missing value as its centre, and has no room on a phone; marks on lines leave the
//! value out, and their names have a column of their own.

use charming::Chart;
use charming::component::{RadarAxisName, RadarCoordinate, RadarIndicator};
use charming::datatype::CompositeValue;
use charming::element::{AxisLabel, AxisLine, AxisTick, LineStyle, Shape as Outline, SplitArea, SplitLine};
use charming::series::{Radar, Scatter};
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Extents, Line, Role, Shape, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes;
use super::labels::{self, KeyEntry, LEADING, Sample};
use super::look::{self, Look, MEDIAN, MUTED, PAPER, RULE};
use super::rows::NameRows;
use super::strokes;

/// Radius of a radar.
const RADIUS: f64 = 150.0;
/// Width of the line between the lowest and the highest place, and half the height of its ends.
const EXTENT: f64 = 3.0;
const END: f64 = 5.0;
/// Widest name beside a radar.
const NAME: f64 = 170.0;

/// The option of a profile.
pub(super) fn sketch(shape: &Shape, axis: &ValueAxis, size: Size) -> Option<Sketch> {
    let Shape::Profile {
        axes: names,
        range,
        spread,
        lines,
    } = shape
    else {
        return None;
    };
    if lines.iter().all(|line| line.values.iter().all(Option::is_none)) {
        return None;
    }
    let scale = AxisScale::around(range.iter().copied(), false, 4.5);
    let mut sorted: Vec<&Line> = lines.iter().rev().collect();
    sorted.sort_by_key(|line| strokes::depth(line.role));
    let is_complete = lines
        .iter()
        .all(|line| line.values.len() == names.len() && line.values.iter().all(Option::is_some));
    let mut entries: Vec<KeyEntry> = lines
        .iter()
        .filter(|line| line.role != Role::Crowd)
        .map(KeyEntry::line)
        .collect();
    entries.extend(spread.as_ref().map(|spread| KeyEntry {
        name: spread.name.clone(),
        look: extent_look(),
        sample: Sample::Line,
    }));
    let (key, height) = labels::key(&entries, 0.0, f64::from(size.width()));
    // Ends differ from axis to axis, which a radar would draw as two more places.
    Some(
        if size == Size::Wide && is_complete && spread.is_none() && (5..=10).contains(&names.len()) {
            radar(names, &sorted, axis, &scale, (key, height))
        } else {
            on_lines(names, &sorted, axis, (size, &scale), (key, height), spread.as_ref())
        },
    )
}

fn radar(names: &[String], lines: &[&Line], axis: &ValueAxis, scale: &AxisScale, key: (Vec<Value>, f64)) -> Sketch {
    let (mut graphic, key_height) = key;
    let names: Vec<String> = names.iter().map(|name| labels::wrapped(name, false, NAME)).collect();
    let deepest = names.iter().map(|name| labels::lines(name)).fold(1.0, f64::max) * LEADING;
    let centre = (
        f64::from(Size::Wide.width()) / 2.0,
        key_height + deepest + 18.0 + RADIUS,
    );
    let ticks = numbers::tick_labels(scale, axis);
    let light = || LineStyle::new().color(look::colour(RULE)).width(1.0);
    let coordinate = RadarCoordinate::new()
        .center(vec![CompositeValue::from(centre.0), CompositeValue::from(centre.1)])
        .radius(RADIUS)
        .shape(Outline::Polygon)
        .axis_name(
            RadarAxisName::new()
                .color(look::INK)
                .font_size(labels::SIZE)
                .line_height(LEADING),
        )
        .name_gap(12.0)
        .axis_line(AxisLine::new().show(true))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().show(false))
        .split_area(SplitArea::new().show(false))
        .split_line(SplitLine::new().line_style(light()))
        .indicator(
            names
                .iter()
                .map(|name| RadarIndicator::from((name.as_str(), scale.low, scale.high)))
                .collect::<Vec<_>>(),
        );
    let chart = Chart::new().radar(coordinate).series(Radar::new());
    let items: Vec<Value> = lines.iter().map(|line| radar_item(line)).collect();
    let mut mark_labels = MarkLabels::new();
    for (order, line) in lines.iter().enumerate() {
        mark_labels.extend(mark_labels_of(line, &names, axis).map(|(at, text)| ((0, order * names.len() + at), text)));
    }
    // Values of the rings, beside the upright axis; the innermost is the centre.
    for (tick, text) in ticks.iter().skip(1) {
        let y = centre.1 - scale.share(*tick) * RADIUS + 9.0;
        graphic.push(labels::edged(labels::text(text, centre.0 + 4.0, y, MUTED, false)));
    }
    let over = json!({
        "radar": [{ "splitNumber": ticks.len() - 1, "axisLine": { "lineStyle": { "color": RULE } } }],
        "series": [{ "data": items, "emphasis": { "disabled": true } }], "graphic": graphic
    });
    let height = centre.1 + RADIUS + deepest + 18.0;
    Sketch::new(&chart, over, mark_labels, Size::Wide, height)
}

fn radar_item(line: &Line) -> Value {
    let look = Look::of(line.role);
    let mut item = look.marker(false);
    item["symbolSize"] = (look.size - 2.0).into();
    item["value"] = json!(line.values);
    item["lineStyle"] = json!({ "color": look.colour, "width": look.width });
    if !look.dash.is_empty() {
        item["lineStyle"]["type"] = json!(look.dash);
    }
    item
}

fn on_lines(
    names: &[String],
    lines: &[&Line],
    axis: &ValueAxis,
    shown: (Size, &AxisScale),
    key: (Vec<Value>, f64),
    spread: Option<&Extents>,
) -> Sketch {
    let (size, scale) = shown;
    let (mut graphic, key_height) = key;
    let rows = NameRows::measure(names.iter().map(|name| (name.as_str(), Role::Country)), size);
    let home = lines.iter().find(|line| line.role == Role::Home);
    let last = home.map_or(0.0, |line| {
        let texts = line
            .values
            .iter()
            .flatten()
            .map(|value| labels::width(&numbers::label(*value, axis), true));
        texts.fold(0.0, f64::max) + 14.0
    });
    let top = key_height + 24.0;
    let plot = rows.plot(
        rows.width + 8.0,
        top,
        (f64::from(size.width()) - rows.width - 8.0 - last.max(14.0)).floor(),
    );
    graphic.extend(rows.marks(top));
    let ends = spread.into_iter().flat_map(|spread| spread.ends.iter().enumerate());
    for (row, [low, high]) in ends.filter_map(|(row, ends)| Some((row, (*ends)?))) {
        let y = plot.top + rows.middle(row);
        let (from, to) = (plot.x(scale, low), plot.x(scale, high));
        graphic.push(labels::rule((from, y), (to, y), MEDIAN, EXTENT, &[]));
        graphic.extend([from, to].map(|x| labels::rule((x, y - END), (x, y + END), MEDIAN, 1.5, &[])));
    }
    for (row, value) in (0..names.len()).map(|row| (row, home.and_then(|line| *line.values.get(row)?))) {
        let y = plot.top + rows.middle(row);
        graphic.push(labels::rule((plot.left, y), (plot.right(), y), MUTED, 0.5, &[]));
        if let Some(value) = value {
            graphic.push(labels::text(
                &numbers::label(value, axis),
                plot.right() + 10.0,
                y,
                "var(--home)",
                true,
            ));
        }
    }
    let (value, mut over_value) = axes::upright(scale, axis);
    // The labels keep their place above the first row, where its name stands too.
    over_value["axisLabel"]["margin"] = (8.0 + rows.shift).into();
    let (names_axis, over_names) = rows.axis(8.0);
    let mut chart = Chart::new()
        .grid(plot.grid())
        .x_axis(value.position("top"))
        .y_axis(names_axis);
    let (mut over, mut mark_labels) = (Vec::new(), MarkLabels::new());
    for (order, line) in lines.iter().enumerate() {
        mark_labels.extend(mark_labels_of(line, names, axis).map(|(at, text)| ((order, at), text)));
        chart = chart.series(Scatter::new().name(line.name.as_str()));
        over.push(marks(line));
    }
    let over = json!({ "xAxis": over_value, "yAxis": over_names, "series": over, "graphic": graphic });
    let height = rows.end(&plot) + 4.0;
    Sketch::new(&chart, over, mark_labels, size, height)
}

/// The look of the line between the lowest and the highest place.
fn extent_look() -> Look {
    Look {
        width: EXTENT,
        size: EXTENT,
        ..Look::median()
    }
}

/// A line's marks, one an axis.
fn marks(line: &Line) -> Value {
    let look = Look::of(line.role);
    let items = line.values.iter().enumerate().map(|(row, value)| json!([value, row]));
    let items: Vec<Value> = items.collect();
    json!({ "symbol": look.symbol, "symbolSize": look.size + 1.0, "emphasis": { "disabled": true }, "clip": false, "data": items,
        "itemStyle": { "color": look.colour, "opacity": 1, "borderColor": PAPER, "borderWidth": 1 } })
}

/// Labels of a line's values for a pointer, by axis.
fn mark_labels_of<'a>(
    line: &'a Line,
    names: &'a [String],
    axis: &'a ValueAxis,
) -> impl Iterator<Item = (usize, String)> + 'a {
    let values = line.values.iter().zip(names).enumerate();
    values.filter_map(move |(at, (value, name))| {
        Some((
            at,
            format!(
                "{}, {}: {}",
                line.name,
                name.replace('\n', " "),
                numbers::full_label((*value)?, axis)
            ),
        ))
    })
}
