//! A rank a row, and the ranks between which it may lie: a mark on a line, on a scale that begins at the best.
//!
//! The line is the interval, the mark the rank that the index gives; rank and interval are written at the right, so that
//! there is nothing to read off. The home place is told as in rankings.

use charming::Chart;
use charming::series::Scatter;
use serde_json::{Value, json};

use super::super::numbers::{self, AxisScale};
use super::super::picture::{Bar, Role, ValueAxis};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes;
use super::labels;
use super::look::{INK, Look, MEDIAN, MUTED};
use super::rows::NameRows;

/// Width of a mark.
const MARK: f64 = 9.0;
/// Room before the written interval.
const GAP: f64 = 14.0;

/// The option of intervals. `last` is the lowest rank there is.
pub(super) fn sketch(rows: &[Bar], last: f64, axis: &ValueAxis, size: Size) -> Option<Sketch> {
    if rows.iter().all(|row| row.value.is_none()) {
        return None;
    }
    let column = NameRows::measure(rows.iter().map(|row| (row.name.as_str(), row.role)), size);
    let widest = labels::widest(rows.iter().map(|row| row_label(row, axis)), true);
    let room = f64::from(size.width());
    let left = column.width + MARK;
    let top = 24.0;
    let plot = column.plot(left, top, (room - left - widest - GAP - 2.0).max(60.0));
    let scale = AxisScale {
        low: 1.0,
        high: last.max(2.0),
        step: 1.0,
    };
    let mut graphic = column.marks(top);
    for tick in ticks(last) {
        let x = plot.x(&scale, tick).round() + 0.5;
        graphic.push(labels::rule(
            (x, plot.top),
            (x, column.end(&plot)),
            "var(--rule)",
            1.0,
            &[],
        ));
        graphic.push(labels::text_at(
            "center",
            &numbers::label(tick, axis),
            x,
            6.0,
            MUTED,
            false,
        ));
    }
    for (row, bar) in rows.iter().enumerate() {
        let home = bar.role == Role::Home;
        let colour = if home { "var(--home)" } else { INK };
        let y = plot.top + column.middle(row);
        graphic.push(labels::text(&row_label(bar, axis), plot.right() + GAP, y, colour, home));
    }
    let (names, over_names) = column.axis(MARK);
    let chart = Chart::new()
        .grid(plot.grid())
        .x_axis(axes::silent(scale.low, scale.high))
        .y_axis(names)
        .series(Scatter::new().symbol_size(MARK));
    let over = json!({ "yAxis": over_names, "series": [marks(rows), lines(rows)], "graphic": graphic });
    let mark_label = |row: &Bar| Some(format!("{}: {}", row.name, row.value.map(|_| row_label(row, axis))?));
    let mark_labels: MarkLabels = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some(((0, at), mark_label(row)?)))
        .collect();
    Some(Sketch::new(&chart, over, mark_labels, size, column.end(&plot) + 4.0))
}

/// The first rank, the last, and every fifth between.
fn ticks(last: f64) -> Vec<f64> {
    let step = if last > 60.0 { 50.0 } else { 5.0 };
    let between = (1..)
        .map(|times| f64::from(times) * step)
        .take_while(|tick| *tick < last - step * 0.4);
    [1.0]
        .into_iter()
        .chain(between)
        .chain((last > 1.0).then_some(last))
        .collect()
}

/// Rank and interval: `14 (11–17)`.
fn row_label(row: &Bar, axis: &ValueAxis) -> String {
    let Some(value) = row.value else {
        return row.missing.clone().unwrap_or_else(|| "–".to_owned());
    };
    let value = numbers::label(value, axis);
    match row.bounds {
        // Where all runs agree there is no interval to write.
        Some([low, high]) if low < high => {
            format!("{value} ({}–{})", numbers::label(low, axis), numbers::label(high, axis))
        }
        _ => value,
    }
}

fn marks(rows: &[Bar]) -> Value {
    let items = rows.iter().enumerate().map(|(row, bar)| {
        let look = Look::of(bar.role);
        let colour = if bar.role == Role::Crowd {
            INK
        } else {
            look.colour.as_str()
        };
        json!({ "value": [bar.value, row], "itemStyle": { "color": colour, "opacity": 1 } })
    });
    let items: Vec<Value> = items.collect();
    json!({ "symbol": "circle", "z": 3, "emphasis": { "disabled": true }, "clip": false, "data": items })
}

fn lines(rows: &[Bar]) -> Value {
    let bounded = rows.iter().enumerate().filter_map(|(row, bar)| {
        let [low, high] = bar.value.and(bar.bounds)?;
        let style = if bar.role == Role::Home {
            json!({ "color": "var(--home)", "width": 4 })
        } else {
            json!({ "color": MEDIAN, "width": 2.5 })
        };
        Some(json!({ "coords": [[low, row], [high, row]], "lineStyle": style }))
    });
    let bounded: Vec<Value> = bounded.collect();
    json!({ "type": "lines", "coordinateSystem": "cartesian2d", "silent": true, "z": 2, "emphasis": { "disabled": true },
        "lineStyle": { "opacity": 1, "cap": "round" }, "data": bounded })
}
