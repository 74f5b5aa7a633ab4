//! Answers by degree: bars of pieces, lowest degree first, around a zero that is the scale's own.
//!
//! Pieces are told apart by order, by outlines, by what is written on them and by paler and fuller tones on the two sides of
//! zero; colour comes last. A middle degree is split by zero. What stands beside the scale, such as those without opinion,
//! is written in columns of its own and is no part of the bar.

use charming::Chart;
use charming::series::Bar;
use serde_json::{Value, json};

use super::super::numbers::AxisScale;
use super::super::picture::{DegreeRow, Role};
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::Sketch;
use super::axes::{self, Plot};
use super::labels::{self, KeyEntry, LEADING, Sample};
use super::look::{INK, Look, MUTED};
use super::rows::NameRows;

/// Room between the bars and the columns beside them, and between columns.
const GAP: f64 = 10.0;
/// Most room that a column's title takes before it breaks.
const TITLE: f64 = 82.0;

/// Height of a bar.
const BAR: f64 = 17.0;

/// The parts of the shape: see [`Shape::Degrees`](super::super::picture::Shape::Degrees).
pub(super) struct Degrees<'a> {
    pub(super) points: &'a [String],
    pub(super) zero: Option<f64>,
    pub(super) rows: &'a [DegreeRow],
    pub(super) columns: &'a [String],
}

/// The option of degrees.
pub(super) fn sketch(degrees: &Degrees<'_>, size: Size) -> Option<Sketch> {
    let scale = extent(degrees.rows)?;
    let statements = degrees.rows.iter().map(|row| (row.name.as_str(), Role::Other(1)));
    // On a phone columns and names beside one another would leave the bars no room.
    let names = match size {
        Size::Narrow if !degrees.columns.is_empty() => NameRows::above(statements, size),
        _ => NameRows::measure(statements, size),
    };
    let room = f64::from(size.width());
    let entries: Vec<KeyEntry> = degrees
        .points
        .iter()
        .enumerate()
        .map(|(point, name)| entry(degrees, point, name))
        .collect();
    let (mut graphic, key) = labels::key(&entries, 0.0, room);
    let columns = columns(degrees);
    let beside: f64 = columns.iter().map(|column| column.width + GAP).sum();
    let head = columns
        .iter()
        .map(|column| labels::lines(&column.title))
        .fold(0.0, f64::max)
        * LEADING;
    let top = key + head.max(4.0) + 4.0;
    let plot = names.plot(names.width, top, (room - names.width - beside - 1.0).max(60.0));
    let zero = plot.x(&scale, 0.0).round() + 0.5;
    // Labels are written over the line, not under it. Where names stand above the bars it would cross them.
    let mut rule = |from: f64, to: f64| {
        graphic.push(labels::on_top(labels::rule((zero, from), (zero, to), INK, 1.5, &[])));
    };
    if names.width > 0.0 {
        rule(plot.top - 2.0, names.end(&plot));
    } else {
        let middles = (0..degrees.rows.len()).map(|row| plot.top + names.middle(row));
        middles.for_each(|middle| rule(middle - BAR / 2.0 - 3.0, middle + BAR / 2.0 + 3.0));
    }
    graphic.extend(names.marks(top));
    for (row, row_answers) in degrees.rows.iter().enumerate() {
        let middle = plot.top + names.middle(row);
        graphic.extend(piece_labels(row_answers, &scale, &plot, middle));
        graphic.extend(
            row_answers
                .missing
                .iter()
                .map(|why| labels::text(why, plot.left + 4.0, middle, MUTED, false)),
        );
    }
    let mut right = plot.right();
    for column in &columns {
        right += GAP + column.width;
        let first = key + head - labels::lines(&column.title) * LEADING / 2.0;
        graphic.push(labels::text_at("right", &column.title, right, first, MUTED, false));
        for (row, cell) in column.cells.iter().enumerate() {
            graphic.push(labels::text_at(
                "right",
                cell,
                right,
                plot.top + names.middle(row),
                INK,
                false,
            ));
        }
    }
    let (axis, over_axis) = names.axis(0.0);
    let mut chart = Chart::new()
        .grid(plot.grid())
        .x_axis(axes::silent(scale.low, scale.high))
        .y_axis(axis);
    let (mut over, mut mark_labels) = (Vec::new(), MarkLabels::new());
    for (order, (point, side)) in halves(degrees).into_iter().enumerate() {
        chart = chart.series(Bar::new().name(degrees.points[point].as_str()).stack("degrees"));
        let (colour, opacity) = tone(degrees, point);
        let lengths: Vec<Option<f64>> = degrees.rows.iter().map(|row| length(row, point, side)).collect();
        mark_labels.extend(degrees.rows.iter().enumerate().filter_map(|(row, one)| {
            // The two halves of a split piece are one answer, and say it once.
            let has_label = lengths[row].is_some() && (side > 0.0 || length(one, point, 1.0).is_none());
            has_label.then(|| one.mark_labels.get(point).map(|label| ((order, row), label.clone())))?
        }));
        over.push(json!({ "data": lengths, "barWidth": BAR, "clip": false,
            "emphasis": { "disabled": true }, "itemStyle": { "color": colour, "opacity": opacity, "borderColor": MUTED, "borderWidth": 1 } }));
    }
    let over = json!({ "yAxis": over_axis, "series": over, "graphic": graphic });
    Some(Sketch::new(&chart, over, mark_labels, size, names.end(&plot) + 4.0))
}

/// From the lowest beginning to the highest end of any bar; `None` where no row has one.
fn extent(rows: &[DegreeRow]) -> Option<AxisScale> {
    let edges = || {
        rows.iter()
            .flat_map(|row| row.pieces.iter().flat_map(|(from, to)| [*from, *to]))
    };
    let (low, high) = edges().fold((0.0_f64, 0.0_f64), |(low, high), edge| (low.min(edge), high.max(edge)));
    (high > low).then_some(AxisScale { low, high, step: 1.0 })
}

/// A column of text beside the bars.
struct TextColumn<'a> {
    title: String,
    cells: Vec<&'a str>,
    width: f64,
}

fn columns<'a>(degrees: &Degrees<'a>) -> Vec<TextColumn<'a>> {
    let column = |(at, title): (usize, &String)| {
        // A word that is longer than the column should be is not cut.
        let longest = title
            .split(' ')
            .map(|word| labels::width(word, false))
            .fold(TITLE, f64::max);
        let title = labels::wrapped(title, false, longest);
        let cells: Vec<&str> = degrees
            .rows
            .iter()
            .map(|row| row.beside.get(at).map_or("", String::as_str))
            .collect();
        let widest = labels::widest(&cells, false);
        TextColumn {
            width: widest.max(labels::width(&title, false)).ceil(),
            title,
            cells,
        }
    };
    degrees.columns.iter().enumerate().map(column).collect()
}

/// Parts of pieces in the order in which ECharts stacks them: on each side of zero from zero outward.
fn halves(degrees: &Degrees<'_>) -> Vec<(usize, f64)> {
    let points = 0..degrees.points.len();
    let has = |point: usize, side: f64| degrees.rows.iter().any(|row| length(row, point, side).is_some());
    let below = points
        .clone()
        .rev()
        .filter(|point| has(*point, -1.0))
        .map(|point| (point, -1.0));
    let above = points.filter(|point| has(*point, 1.0)).map(|point| (point, 1.0));
    below.chain(above).collect()
}

/// Length of a piece on one side of zero, negative below; `None` where it is not there.
fn length(row: &DegreeRow, point: usize, side: f64) -> Option<f64> {
    let (from, to) = *row.pieces.get(point)?;
    let reach = if side > 0.0 {
        to.max(0.0) - from.max(0.0)
    } else {
        from.min(0.0) - to.min(0.0)
    };
    (reach.abs() > 1e-9).then_some(reach)
}

/// Colour of a degree and how full it is: the farther from zero the fuller.
fn tone(degrees: &Degrees<'_>, point: usize) -> (&'static str, f64) {
    let at = f64::from(u32::try_from(point).unwrap_or(0)) + 0.5;
    let all = f64::from(u32::try_from(degrees.points.len()).unwrap_or(1));
    let zero = degrees.zero.unwrap_or(0.0);
    let (distance, side) = (at - zero, if at < zero { zero } else { all - zero });
    if degrees.zero.is_some() && distance.abs() < 0.25 {
        return ("var(--degree-middle)", 1.0);
    }
    let full = ((distance.abs() + 0.5).floor() / side.floor().max(1.0)).min(1.0);
    (
        if distance < 0.0 {
            "var(--degree-low)"
        } else {
            "var(--degree-high)"
        },
        0.2 + 0.8 * full,
    )
}

fn entry(degrees: &Degrees<'_>, point: usize, name: &str) -> KeyEntry {
    let (colour, opacity) = tone(degrees, point);
    let look = Look {
        colour: colour.to_owned(),
        opacity,
        text: INK.to_owned(),
        ..Look::median()
    };
    KeyEntry {
        name: name.to_owned(),
        look,
        sample: Sample::Outlined,
    }
}

/// Labels on a row's pieces, where there is room for them.
fn piece_labels(row: &DegreeRow, scale: &AxisScale, plot: &Plot, middle: f64) -> Vec<Value> {
    let mut elements = Vec::new();
    for (at, (from, to)) in row.pieces.iter().enumerate().filter(|(_, (from, to))| to - from > 1e-9) {
        let (left, right) = (plot.x(scale, *from), plot.x(scale, *to));
        let Some(label) = row.labels.get(at) else { continue };
        if labels::width(label, false) + 4.0 <= right - left {
            elements.push(labels::edged(labels::text_at(
                "center",
                label,
                f64::midpoint(left, right),
                middle,
                INK,
                false,
            )));
        }
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(pieces: &[(f64, f64)]) -> DegreeRow {
        DegreeRow {
            pieces: pieces.to_vec(),
            ..DegreeRow::default()
        }
    }

    #[test]
    fn a_split_piece_has_a_half_on_each_side() {
        let row = row(&[(-0.5, -0.25), (-0.25, 0.25), (0.25, 0.5)]);
        assert_eq!((length(&row, 1, -1.0), length(&row, 1, 1.0)), (Some(-0.25), Some(0.25)));
        assert_eq!((length(&row, 0, -1.0), length(&row, 0, 1.0)), (Some(-0.25), None));
        assert_eq!((length(&row, 2, -1.0), length(&row, 2, 1.0)), (None, Some(0.25)));
    }

    #[test]
    fn pieces_are_stacked_from_zero_outward() {
        let (points, rows) = (
            ["a", "b", "c", "d"].map(str::to_owned),
            [row(&[(-0.5, -0.2), (-0.2, 0.0), (0.0, 0.1), (0.1, 0.5)])],
        );
        let degrees = Degrees {
            points: &points,
            zero: Some(2.0),
            rows: &rows,
            columns: &[],
        };
        assert_eq!(halves(&degrees), [(1, -1.0), (0, -1.0), (2, 1.0), (3, 1.0)]);
        let full = |point| tone(&degrees, point);
        assert!(full(0).1 > full(1).1 && full(3).1 > full(2).1 && full(0).0 != full(3).0);
    }

    #[test]
    fn without_a_zero_of_its_own_a_scale_grows_fuller_upwards() {
        let points = ["a", "b", "c"].map(str::to_owned);
        let degrees = Degrees {
            points: &points,
            zero: None,
            rows: &[],
            columns: &[],
        };
        let tones: Vec<f64> = (0..3).map(|point| tone(&degrees, point).1).collect();
        assert!(tones.windows(2).all(|pair| pair[0] < pair[1]), "{tones:?}");
        assert!((0..3).all(|point| tone(&degrees, point).0 == tone(&degrees, 0).0));
    }
}
