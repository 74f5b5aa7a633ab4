//! Writes a diagram as SVG.
//!
//! Takes a layout and its arrows; gives one `<svg>` element of presentation attributes and CSS variables. It decides how
//! things look and moves nothing.

use std::fmt::Write as _;

use super::super::path::px;
use super::super::xml::{Element, escaped};
use super::block::{BAR, Block, MeasuredNode, PAD, SIGN, SIGN_ROOM, TEXT, TITLE, TextLine, VALUE};
use super::fold::Face;
use super::layout::DiagramLayout;
use super::plan::TrendSign;
use super::route::Arrow;

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
pub(super) fn write(layout: &DiagramLayout, arrows: &[Arrow]) -> String {
    let mut root = Element::drawing(&px(layout.width), &px(layout.height));
    root.set("font-family", "var(--sans)");
    root.set("font-size", px(TEXT.size));
    root.set("focusable", "false");
    root.children.extend(layout.blocks.iter().map(box_element));
    if !arrows.is_empty() {
        root.children.push(arrow_elements(arrows));
    }
    root.markup()
}

/// A box: frame, rules, bar on top, then text.
fn box_element(block: &Block) -> Element {
    let mut group = Element::new("g", &[("fill", "var(--ink)")]);
    let (x, y, right) = (px(block.x), px(block.y), px(block.right()));
    group.children.push(Element::new(
        "rect",
        &[
            ("x", &px(block.x + 0.5)),
            ("y", &px(block.y + 0.5)),
            ("width", &px(block.width - 1.0)),
            ("height", &px(block.height - 1.0)),
            ("fill", "none"),
            ("stroke", "var(--median)"),
        ],
    ));
    let (from, to) = (px(block.x + PAD), px(block.right() - PAD));
    let line = |at: f64| format!("M{from} {}H{to}", px((block.y + at).floor() + 0.5));
    let rules: String = block.rules().map(line).collect();
    if !rules.is_empty() {
        group.children.push(Element::new(
            "path",
            &[("d", &rules), ("fill", "none"), ("stroke", "var(--rule)")],
        ));
    }
    let bar = format!("M{x} {y}H{right}V{}H{x}Z", px(block.y + BAR));
    group
        .children
        .push(Element::new("path", &[("d", &bar), ("fill", "var(--home)")]));
    if let Some(mut role) = text(block, &block.role, VALUE, 0.0) {
        role.set("fill", "var(--muted)");
        group.children.push(role);
    }
    group.children.extend(text(block, &block.title, TITLE, 0.0));
    group
        .children
        .extend(block.items.iter().flat_map(|item| statement_elements(block, item)));
    group
}

/// A statement with its value and how that has moved.
fn statement_elements(block: &Block, item: &MeasuredNode) -> Vec<Element> {
    let mut elements: Vec<Element> = text(block, &item.text, TEXT, 0.0).into_iter().collect();
    let mut add_muted = |lines: &[TextLine], shift: f64| {
        if let Some(mut text) = text(block, lines, VALUE, shift) {
            text.set("fill", "var(--muted)");
            elements.push(text);
        }
    };
    add_muted(&item.value, 0.0);
    add_muted(&item.movement, SIGN_ROOM);
    if let (Some(trend), Some(line)) = (&item.trend, item.movement.first()) {
        let sign = match trend.sign {
            TrendSign::Up => UP,
            TrendSign::Down => DOWN,
            TrendSign::Flat => FLAT,
        };
        let fill = match trend.good {
            Some(true) => "var(--lift)",
            Some(false) => "var(--pull)",
            None => "var(--muted)",
        };
        let transform = format!(
            "translate({} {})scale({})",
            px(block.x + PAD - 1.0),
            px(block.y + line.baseline - SIGN + 1.5),
            SIGN / 16.0
        );
        elements.push(Element::new(
            "path",
            &[("d", sign), ("transform", &transform), ("fill", fill)],
        ));
    }
    elements
}

/// Lines of one text as one element, so that it is read and searched as a whole; `None` without lines.
fn text(block: &Block, lines: &[TextLine], face: Face, shift: f64) -> Option<Element> {
    let x = px(block.x + PAD + shift);
    let at_line = |name: &str, line: &TextLine| Element::new(name, &[("x", &x), ("y", &px(block.y + line.baseline))]);
    let first = lines.first()?;
    let mut text = at_line("text", first);
    if face.bold {
        text.set("font-weight", "700");
    }
    if px(face.size) != px(TEXT.size) {
        text.set("font-size", px(face.size));
    }
    // A space between lines, for those who read the text or copy it; none after the hyphen of a broken word.
    let line_text = |index: usize, line: &TextLine| {
        let is_joined = index + 1 == lines.len() || line.text.ends_with('-');
        escaped(&line.text) + if is_joined { "" } else { " " }
    };
    text.text = line_text(0, first);
    for (index, line) in lines.iter().enumerate().skip(1) {
        text.children.push(Element {
            text: line_text(index, line),
            ..at_line("tspan", line)
        });
    }
    Some(text)
}

/// All arrows: lines, then heads and dots, each once however many arrows share it.
fn arrow_elements(arrows: &[Arrow]) -> Element {
    let mut group = Element::new("g", &[("fill", "var(--ink)")]);
    let mut heads: Vec<String> = Vec::new();
    let mut dots: Vec<Element> = Vec::new();
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
            let dot = Element::new("circle", &[("cx", &px(x)), ("cy", &px(y)), ("r", "3")]);
            if !dots.contains(&dot) {
                dots.push(dot);
            }
        }
        lines.push_str(&rounded(&points));
    }
    heads.sort();
    heads.dedup();
    group.children.push(Element::new(
        "path",
        &[
            ("d", &lines),
            ("fill", "none"),
            ("stroke", "var(--ink)"),
            ("stroke-width", "1.5"),
        ],
    ));
    group.children.push(Element::new("path", &[("d", &heads.concat())]));
    group.children.extend(dots);
    group
}

/// A line without corners at which it does not turn.
fn simplified(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for &point in points {
        if corners.last().is_some_and(|&last| distance(last, point) < 0.5) {
            continue;
        }
        if let [.., before, last] = corners.as_slice()
            && ((before.0 - point.0).abs() < 0.5 && (last.0 - point.0).abs() < 0.5
                || (before.1 - point.1).abs() < 0.5 && (last.1 - point.1).abs() < 0.5)
        {
            corners.pop();
        }
        corners.push(point);
    }
    corners
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
    let corner = |x: f64, y: f64| format!("{} {}", px(x), px(y));
    Some(format!(
        "M{}L{} {}Z",
        corner(tip.0, tip.1),
        corner(base.0 + dx, base.1 + dy),
        corner(base.0 - dx, base.1 - dy)
    ))
}

/// Path data with rounded corners.
fn rounded(points: &[(f64, f64)]) -> String {
    let at = |(x, y): (f64, f64)| format!("{} {}", px(x), px(y));
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
