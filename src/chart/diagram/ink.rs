//! Writes a diagram as SVG.
//!
//! Takes a sheet and its arrows; gives one `<svg>` element of presentation attributes and CSS variables. It decides how
//! things look and moves nothing.

use std::fmt::Write as _;

use super::super::path::short;
use super::super::xml::{Node, escaped};
use super::Way;
use super::block::{BAR, Block, Item, PAD, Row, SIGN, SIGN_ROOM, TEXT, TITLE, VALUE};
use super::fold::Face;
use super::route::Arrow;
use super::sheet::Sheet;

/// Length of an arrow's head.
const HEAD: f64 = 9.0;
/// Half its width.
const HALF: f64 = 4.5;
/// Radius of corners.
const RADIUS: f64 = 8.0;
/// The theme's signs for a trend, on a square of 16; the level one as thin as the others.
const UP: &str = "M6 2.5H13.5V10H12V5.1L3.6 13.5 2.5 12.4 10.9 4H6Z";
const DOWN: &str = "M6 13.5H13.5V6H12V10.9L3.6 2.5 2.5 3.6 10.9 12H6Z";
const FLAT: &str = "M9.6 3.1 14.5 8 9.6 12.9 8.5 11.8 11.6 8.75H1.8V7.25H11.6L8.5 4.2Z";

/// The drawing.
pub(super) fn write(sheet: &Sheet, arrows: &[Arrow]) -> String {
    let (width, height) = (short(sheet.width), short(sheet.height));
    let view = format!("0 0 {width} {height}");
    let mut root = element(
        "svg",
        &[
            ("class", "drawing"),
            ("viewBox", &view),
            ("width", &width),
            ("height", &height),
            ("font-family", "var(--sans)"),
            ("font-size", &short(TEXT.size)),
            ("focusable", "false"),
        ],
    );
    root.kids.extend(sheet.blocks.iter().map(boxed));
    if !arrows.is_empty() {
        root.kids.push(drawn(arrows));
    }
    let mut out = String::new();
    root.write(&mut out);
    out
}

fn element(name: &str, attributes: &[(&str, &str)]) -> Node {
    let mut node = Node::new(name);
    for (name, value) in attributes {
        node.set(name, *value);
    }
    node
}

/// A box: frame, rules, bar on top, then text.
fn boxed(block: &Block) -> Node {
    let mut group = element("g", &[("fill", "var(--ink)")]);
    let (x, y, right) = (short(block.x), short(block.y), short(block.right()));
    group.kids.push(element(
        "rect",
        &[
            ("x", &short(block.x + 0.5)),
            ("y", &short(block.y + 0.5)),
            ("width", &short(block.width - 1.0)),
            ("height", &short(block.height - 1.0)),
            ("fill", "none"),
            ("stroke", "var(--median)"),
        ],
    ));
    let (from, to) = (short(block.x + PAD), short(block.right() - PAD));
    let line = |at: f64| format!("M{from} {}H{to}", short((block.y + at).floor() + 0.5));
    let rules: String = block.rules().map(line).collect();
    if !rules.is_empty() {
        group.kids.push(element(
            "path",
            &[("d", &rules), ("fill", "none"), ("stroke", "var(--rule)")],
        ));
    }
    let bar = format!("M{x} {y}H{right}V{}H{x}Z", short(block.y + BAR));
    group
        .kids
        .push(element("path", &[("d", &bar), ("fill", "var(--home)")]));
    if let Some(mut role) = text(block, &block.role, VALUE, 0.0) {
        role.set("fill", "var(--muted)");
        group.kids.push(role);
    }
    group.kids.extend(text(block, &block.title, TITLE, 0.0));
    group
        .kids
        .extend(block.items.iter().flat_map(|item| stated(block, item)));
    group
}

/// A statement with its value and how that has moved.
fn stated(block: &Block, item: &Item) -> Vec<Node> {
    let mut nodes: Vec<Node> = text(block, &item.text, TEXT, 0.0).into_iter().collect();
    let mut muted = |rows: &[Row], shift: f64| {
        if let Some(mut rows) = text(block, rows, VALUE, shift) {
            rows.set("fill", "var(--muted)");
            nodes.push(rows);
        }
    };
    muted(&item.value, 0.0);
    muted(&item.moved, SIGN_ROOM);
    if let (Some(trend), Some(row)) = (&item.trend, item.moved.first()) {
        let sign = match trend.way {
            Way::Up => UP,
            Way::Down => DOWN,
            Way::Flat => FLAT,
        };
        let fill = match trend.good {
            Some(true) => "var(--lift)",
            Some(false) => "var(--pull)",
            None => "var(--muted)",
        };
        let place = format!(
            "translate({} {})scale({})",
            short(block.x + PAD - 1.0),
            short(block.y + row.baseline - SIGN + 1.5),
            SIGN / 16.0
        );
        nodes.push(element("path", &[("d", sign), ("transform", &place), ("fill", fill)]));
    }
    nodes
}

/// Lines of one text, as one element, so that it is read and found as a whole.
fn text(block: &Block, rows: &[Row], face: Face, shift: f64) -> Option<Node> {
    let x = short(block.x + PAD + shift);
    let place = |name: &str, row: &Row| element(name, &[("x", &x), ("y", &short(block.y + row.baseline))]);
    let first = rows.first()?;
    let mut node = place("text", first);
    if face.bold {
        node.set("font-weight", "700");
    }
    if short(face.size) != short(TEXT.size) {
        node.set("font-size", short(face.size));
    }
    let joined = |row: &Row| {
        if row.text.ends_with('-') {
            escaped(&row.text)
        } else {
            escaped(&row.text) + " "
        }
    };
    let count = rows.len();
    node.text = if count > 1 { joined(first) } else { escaped(&first.text) };
    for (index, row) in rows.iter().enumerate().skip(1) {
        let mut line = place("tspan", row);
        line.text = if index + 1 < count {
            joined(row)
        } else {
            escaped(&row.text)
        };
        node.kids.push(line);
    }
    Some(node)
}

/// All arrows: lines, then heads and dots, each once however many arrows share it.
fn drawn(arrows: &[Arrow]) -> Node {
    let mut group = element("g", &[("fill", "var(--ink)")]);
    let mut heads: Vec<String> = Vec::new();
    let mut dots: Vec<Node> = Vec::new();
    let mut lines = String::new();
    for arrow in arrows {
        let mut points = simplified(&arrow.points);
        heads.extend(head(&mut points));
        if arrow.both {
            points.reverse();
            heads.extend(head(&mut points));
            points.reverse();
        } else if arrow.from_node
            && let Some(&(x, y)) = points.first()
        {
            let dot = element("circle", &[("cx", &short(x)), ("cy", &short(y)), ("r", "3")]);
            if !dots.contains(&dot) {
                dots.push(dot);
            }
        }
        lines.push_str(&rounded(&points));
    }
    heads.sort();
    heads.dedup();
    group.kids.push(element(
        "path",
        &[
            ("d", &lines),
            ("fill", "none"),
            ("stroke", "var(--ink)"),
            ("stroke-width", "1.5"),
        ],
    ));
    group.kids.push(element("path", &[("d", &heads.concat())]));
    group.kids.extend(dots);
    group
}

/// The same line without corners that turn nowhere.
fn simplified(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for &point in points {
        if kept.last().is_some_and(|&last| distance(last, point) < 0.5) {
            continue;
        }
        if let [.., before, last] = kept.as_slice()
            && ((before.0 - point.0).abs() < 0.5 && (last.0 - point.0).abs() < 0.5
                || (before.1 - point.1).abs() < 0.5 && (last.1 - point.1).abs() < 0.5)
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// The point `by` before `b` on the way from `a`.
fn before(a: (f64, f64), b: (f64, f64), by: f64) -> (f64, f64) {
    let length = distance(a, b).max(f64::MIN_POSITIVE);
    let share = (by / length).min(1.0);
    (b.0 + (a.0 - b.0) * share, b.1 + (a.1 - b.1) * share)
}

/// The head at the end of a line, which is shortened so that it ends under it.
fn head(points: &mut [(f64, f64)]) -> Option<String> {
    let [.., a, b] = points else { return None };
    let (tip, base) = (*b, before(*a, *b, HEAD));
    *b = before(*a, *b, HEAD - 1.0);
    let (dx, dy) = if (tip.0 - base.0).abs() > (tip.1 - base.1).abs() {
        (0.0, HALF)
    } else {
        (HALF, 0.0)
    };
    let corner = |x: f64, y: f64| format!("{} {}", short(x), short(y));
    Some(format!(
        "M{}L{} {}Z",
        corner(tip.0, tip.1),
        corner(base.0 + dx, base.1 + dy),
        corner(base.0 - dx, base.1 - dy)
    ))
}

/// Path data with rounded corners.
fn rounded(points: &[(f64, f64)]) -> String {
    let at = |(x, y): (f64, f64)| format!("{} {}", short(x), short(y));
    let Some((&first, rest)) = points.split_first() else {
        return String::new();
    };
    let mut out = format!("M{}", at(first));
    for corner in points.windows(3) {
        let radius = RADIUS
            .min(distance(corner[0], corner[1]) / 2.0)
            .min(distance(corner[1], corner[2]) / 2.0);
        let (enter, leave) = (
            before(corner[0], corner[1], radius),
            before(corner[2], corner[1], radius),
        );
        // Writing to a string cannot fail.
        let _ = write!(out, "L{}Q{} {}", at(enter), at(corner[1]), at(leave));
    }
    if let Some(&last) = rest.last() {
        let _ = write!(out, "L{}", at(last));
    }
    out
}
