//! A square a respondent: the most honest picture of few answers, drawn by hand.
//!
//! Takes rows, an answer each; gives a [`Drawing`] in CSS variables for one of the two columns. Squares of those who stand
//! outside the question, such as those without opinion, are open.

use super::draw::Drawing;
use super::size::Size;
use super::widths;
use super::xml::{Element, escaped};

/// An answer and those who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SquareRow {
    /// The answer.
    pub name: String,
    /// Text that a pointer finds at each square, in the order in which they stand; an empty label is left out.
    pub mark_labels: Vec<String>,
    /// The number, written behind the squares; or why there is none.
    pub label: String,
    /// Whether the answer stands outside the question, such as "no opinion".
    pub outside: bool,
}

/// Side of a square.
const SIDE: f64 = 14.0;
/// From square to square.
const STEP: f64 = 18.0;
/// Font size, and distance from line to line.
const TEXT: (f64, f64) = (13.0, 16.0);
/// Room between names and squares.
const GAP: f64 = 12.0;

/// The squares of all rows; `None` where there is not a single one.
#[must_use]
pub fn squares(rows: &[SquareRow], size: Size) -> Option<Drawing> {
    if rows.iter().all(|row| row.mark_labels.is_empty()) {
        return None;
    }
    let width = f64::from(size.width());
    let limit = (width * if size == Size::Wide { 0.5 } else { 0.42 }).floor();
    let names: Vec<Vec<String>> = rows
        .iter()
        .map(|row| widths::wrap(&row.name, TEXT.0, false, limit))
        .collect();
    let widest_name = names
        .iter()
        .flatten()
        .map(|line| widths::width(line, TEXT.0, false))
        .fold(0.0, f64::max);
    let left = widest_name.ceil() + GAP;
    let widest_label = rows
        .iter()
        .map(|row| widths::width(&row.label, TEXT.0, true))
        .fold(0.0, f64::max);
    let per_line = (((width - left - widest_label - 8.0) / STEP).floor()).max(1.0);
    let (mut y, mut children) = (2.0, Vec::new());
    for (row, name) in rows.iter().zip(&names) {
        let (squares, name_lines) = (count(row.mark_labels.len()), count(name.len()));
        let lines = (squares / per_line).ceil().max(1.0);
        let height = (name_lines * TEXT.1).max(lines * STEP) + 8.0;
        let middle = y + (height - 8.0) / 2.0;
        for (at, line) in name.iter().enumerate() {
            let shift = (count(at) - (name_lines - 1.0) / 2.0) * TEXT.1;
            children.push(text(line, 0.0, middle + shift, false));
        }
        let top = middle - (lines * STEP - (STEP - SIDE)) / 2.0;
        for (at, label) in row.mark_labels.iter().enumerate() {
            let at = count(at);
            let corner = (left + (at % per_line) * STEP, top + (at / per_line).floor() * STEP);
            children.push(square(corner, label, row.outside));
        }
        let after = left + squares.min(per_line) * STEP + if squares > 0.0 { 4.0 } else { 0.0 };
        children.push(text(&row.label, after, middle, true));
        y += height;
    }
    let mut root = Element::drawing(&width.to_string(), &y.to_string());
    root.set("font-family", "var(--sans)");
    root.set("font-size", TEXT.0.to_string());
    root.set("focusable", "false");
    root.children = children;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a drawing is some hundred pixels high"
    )]
    Some(Drawing {
        svg: root.markup(),
        width: size.width(),
        height: y as u32,
    })
}

fn square((x, y): (f64, f64), label: &str, open: bool) -> Element {
    let side = (SIDE - 1.0).to_string();
    let mut square = Element::new(
        "rect",
        &[
            ("x", &(x + 0.5).to_string()),
            ("y", &(y.round() + 0.5).to_string()),
            ("width", &side),
            ("height", &side),
            ("fill", if open { "var(--paper)" } else { "var(--degree-high)" }),
            ("stroke", "var(--ink)"),
        ],
    );
    if open {
        square.set("stroke-dasharray", "2 2");
    }
    if !label.is_empty() {
        square.set("data-label", escaped(label));
    }
    square
}

fn text(words: &str, x: f64, y: f64, bold: bool) -> Element {
    let mut text = Element::new(
        "text",
        &[
            ("x", &x.to_string()),
            ("y", &y.to_string()),
            ("dominant-baseline", "central"),
            ("fill", "var(--ink)"),
        ],
    );
    if bold {
        text.set("font-weight", "bold");
    }
    text.text = escaped(words);
    text
}

#[expect(clippy::cast_precision_loss, reason = "there are some dozen")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, bodies: &[&str], outside: bool) -> SquareRow {
        SquareRow {
            name: name.to_owned(),
            mark_labels: bodies.iter().map(|body| (*body).to_owned()).collect(),
            label: bodies.len().to_string(),
            outside,
        }
    }

    #[test]
    fn every_respondent_is_a_square_that_says_who() {
        let rows = [
            row("I hög grad", &["Kumla", "Nora & Laxå"], false),
            row("Vet ej", &["Hällefors"], true),
        ];
        let drawn = squares(&rows, Size::Wide).expect("drawn");
        assert_eq!(drawn.svg.matches("<rect").count(), 3);
        assert_eq!(drawn.svg.matches("stroke-dasharray").count(), 1);
        assert!(drawn.svg.contains("data-label=\"Nora &amp; Laxå\"") && !drawn.svg.contains("style"));
    }

    #[test]
    fn nobody_is_no_drawing() {
        assert_eq!(squares(&[row("I hög grad", &[], false)], Size::Narrow), None);
    }

    #[test]
    fn what_does_not_fit_on_a_line_stands_on_the_next() {
        let many = ["a"; 19];
        let narrow = squares(&[row("I mycket hög grad", &many, false)], Size::Narrow).expect("drawn");
        let wide = squares(&[row("I mycket hög grad", &many, false)], Size::Wide).expect("drawn");
        assert!(narrow.height > wide.height);
    }
}
