//! A square a respondent: the most honest picture of few answers, drawn by hand.
//!
//! Takes rows, an answer each, and what each of its squares says; gives a [`Drawing`] in CSS variables for one of the two
//! columns. Squares of those who stand outside the question, such as those without opinion, are open.

use super::draw::{Drawing, Size};
use super::widths;
use super::xml::{Node, escaped};

/// An answer and those who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SquareRow {
    /// The answer.
    pub name: String,
    /// What each square says, in the order in which they stand.
    pub says: Vec<String>,
    /// The number, written behind the squares; or why there is none.
    pub label: String,
    /// Whether they stand outside the question.
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
    if rows.iter().all(|row| row.says.is_empty()) {
        return None;
    }
    let across = f64::from(size.width());
    let limit = (across * if size == Size::Wide { 0.5 } else { 0.42 }).floor();
    let names: Vec<Vec<String>> = rows
        .iter()
        .map(|row| widths::wrap(&row.name, TEXT.0, false, limit))
        .collect();
    let widest = names
        .iter()
        .flatten()
        .map(|line| widths::width(line, TEXT.0, false))
        .fold(0.0, f64::max);
    let left = widest.ceil() + GAP;
    let label = rows
        .iter()
        .map(|row| widths::width(&row.label, TEXT.0, true))
        .fold(0.0, f64::max);
    let a_line = (((across - left - label - 8.0) / STEP).floor()).max(1.0);
    let mut root = Node::new("svg");
    let (mut y, mut kids) = (2.0, Vec::new());
    for (row, name) in rows.iter().zip(&names) {
        let count = count(row.says.len());
        let lines = (count / a_line).ceil().max(1.0);
        let height = (self::count(name.len()) * TEXT.1).max(lines * STEP) + 8.0;
        let first = y + (height - 8.0) / 2.0;
        for (at, line) in name.iter().enumerate() {
            let shift = (self::count(at) - (self::count(name.len()) - 1.0) / 2.0) * TEXT.1;
            kids.push(text(line, 0.0, first + shift, false));
        }
        let top = first - (lines * STEP - (STEP - SIDE)) / 2.0;
        for (at, said) in row.says.iter().enumerate() {
            let at = self::count(at);
            let place = (left + (at % a_line) * STEP, top + (at / a_line).floor() * STEP);
            kids.push(square(place, said, row.outside));
        }
        kids.push(text(
            &row.label,
            left + count.min(a_line) * STEP + if count > 0.0 { 4.0 } else { 0.0 },
            first,
            true,
        ));
        y += height;
    }
    for (name, value) in [
        ("class", "drawing".to_owned()),
        ("viewBox", format!("0 0 {across} {y}")),
        ("width", across.to_string()),
        ("height", y.to_string()),
        ("font-family", "var(--sans)".to_owned()),
        ("font-size", TEXT.0.to_string()),
        ("focusable", "false".to_owned()),
    ] {
        root.set(name, value);
    }
    root.kids = kids;
    let mut svg = String::new();
    root.write(&mut svg);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a drawing is some hundred pixels high"
    )]
    Some(Drawing {
        svg,
        width: size.width(),
        height: y as u32,
    })
}

fn square((x, y): (f64, f64), said: &str, open: bool) -> Node {
    let mut square = Node::new("rect");
    let fill = if open { "var(--paper)" } else { "var(--degree-high)" };
    for (name, value) in [
        ("x", (x + 0.5).to_string()),
        ("y", (y.round() + 0.5).to_string()),
        ("width", (SIDE - 1.0).to_string()),
        ("height", (SIDE - 1.0).to_string()),
        ("fill", fill.to_owned()),
        ("stroke", "var(--ink)".to_owned()),
    ] {
        square.set(name, value);
    }
    if open {
        square.set("stroke-dasharray", "2 2");
    }
    if !said.is_empty() {
        square.set("data-label", escaped(said));
    }
    square
}

fn text(said: &str, x: f64, y: f64, bold: bool) -> Node {
    let mut text = Node::new("text");
    text.set("x", x.to_string());
    text.set("y", y.to_string());
    text.set("dominant-baseline", "central");
    text.set("fill", "var(--ink)");
    if bold {
        text.set("font-weight", "bold");
    }
    text.text = escaped(said);
    text
}

#[expect(clippy::cast_precision_loss, reason = "there are some dozen")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, says: &[&str], outside: bool) -> SquareRow {
        let says: Vec<String> = says.iter().map(|said| (*said).to_owned()).collect();
        SquareRow {
            name: name.to_owned(),
            label: says.len().to_string(),
            says,
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
