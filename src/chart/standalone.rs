//! A drawing as a file of its own, for download.
//!
//! Takes a [`Drawing`] and the words around it; gives an SVG with title above, source below and the light colours worked in:
//! programs other than browsers know no CSS variables, and a file in a report is on paper. What a pointer would find is left
//! out; the page's table has it.

use super::draw::Drawing;
use super::widths;
use super::xml::{self, Node, escaped};

/// The words around a drawing in a file.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Language of all words, as in HTML.
    pub lang: &'a str,
    /// The message; stands above.
    pub title: &'a str,
    /// What the drawing shows, for those who do not see it.
    pub description: &'a str,
    /// Source and terms; stands below. Empty: none.
    pub source: &'a str,
}

/// The light theme's colours (`look.md`) and its sans stack, without quotation marks that would end an attribute.
const LIGHT: [(&str, &str); 29] = [
    ("--paper", "#fbfaf6"),
    ("--ink", "#1c2326"),
    ("--muted", "#57636a"),
    ("--rule", "#d9d6cc"),
    ("--home", "#00616b"),
    ("--country", "#1c2326"),
    ("--median", "#6b767c"),
    ("--band", "#d7dde0"),
    ("--lift", "#1b5e9b"),
    ("--pull", "#b34700"),
    ("--target", "#8a1c5b"),
    ("--series-1", "#b34700"),
    ("--series-2", "#1b5e9b"),
    ("--series-3", "#6b4f9e"),
    ("--series-4", "#7a6000"),
    ("--series-5", "#a0325a"),
    ("--series-6", "#3f6b2f"),
    ("--degree-low", "#e0a067"),
    ("--degree-middle", "#d9d6cc"),
    ("--degree-high", "#86b4dc"),
    ("--map-1", "#e3eeee"),
    ("--map-2", "#b5d3d4"),
    ("--map-3", "#7fb2b5"),
    ("--map-4", "#3f8a90"),
    ("--map-5", "#00555e"),
    ("--map-none", "#fbfaf6"),
    ("--serif", "Palatino Linotype, Palatino, P052, serif"),
    (
        "--sans",
        "Seravek, Gill Sans Nova, Ubuntu, Calibri, DejaVu Sans, sans-serif",
    ),
    ("--mono", "monospace"),
];

/// Room around the drawing.
const MARGIN: f64 = 16.0;
/// Font sizes of title and source.
const SIZES: (f64, f64) = (18.0, 12.0);

/// A self-contained SVG file.
#[must_use]
pub fn standalone(drawing: &Drawing, caption: Caption) -> String {
    let across = f64::from(drawing.width);
    let title = widths::wrap(caption.title, SIZES.0, true, across);
    let below = if caption.source.is_empty() {
        Vec::new()
    } else {
        widths::wrap(caption.source, SIZES.1, false, across)
    };
    let (title_height, source_height) = (block(&title, SIZES.0), block(&below, SIZES.1));
    let (width, height) = (
        across + 2.0 * MARGIN,
        f64::from(drawing.height) + title_height + source_height + 4.0 * MARGIN,
    );
    let mut root = Node::new("svg");
    for (name, value) in [
        ("xmlns", "http://www.w3.org/2000/svg".to_owned()),
        ("xml:lang", escaped(caption.lang)),
        ("viewBox", format!("0 0 {width} {height}")),
        ("width", width.to_string()),
        ("height", height.to_string()),
        ("role", "img".to_owned()),
        ("aria-labelledby", "title description".to_owned()),
        ("font-family", "var(--sans)".to_owned()),
    ] {
        root.set(name, value);
    }
    root.kids.push(said("title", "title", caption.title));
    root.kids.push(said("desc", "description", caption.description));
    let mut ground = Node::new("rect");
    for (name, value) in [("width", "100%"), ("height", "100%"), ("fill", "var(--paper)")] {
        ground.set(name, value);
    }
    root.kids.push(ground);
    let top = MARGIN + title_height + MARGIN;
    root.kids.extend(lines(&title, MARGIN, SIZES.0, "title"));
    root.kids.extend(inner(drawing, top));
    root.kids.extend(lines(
        &below,
        top + f64::from(drawing.height) + MARGIN,
        SIZES.1,
        "source",
    ));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    root.write(&mut out);
    out.push('\n');
    resolved(&out)
}

/// The drawing, moved to its place, without what only a page needs.
fn inner(drawing: &Drawing, top: f64) -> Option<Node> {
    let mut svg = xml::read(&drawing.svg)?;
    for name in ["class", "focusable", "font-family"] {
        svg.take(name);
    }
    svg.set("x", MARGIN.to_string());
    svg.set("y", top.to_string());
    strip(&mut svg);
    Some(svg)
}

fn strip(node: &mut Node) {
    node.take("data-label");
    node.kids.retain(|kid| kid.attr("pointer-events").is_none());
    node.kids.iter_mut().for_each(strip);
}

fn said(name: &str, id: &str, text: &str) -> Node {
    let mut node = Node::new(name);
    node.set("id", id);
    node.text = escaped(text);
    node
}

#[expect(clippy::cast_precision_loss, reason = "there are a few lines")]
fn block(lines: &[String], size: f64) -> f64 {
    (lines.len() as f64 * size * 1.25).ceil()
}

/// Lines of text, one element each, from `top` down.
fn lines(lines: &[String], top: f64, size: f64, kind: &str) -> Vec<Node> {
    let mut y = top;
    let written = lines.iter().map(|line| {
        let mut text = Node::new("text");
        text.set("x", MARGIN.to_string());
        text.set("y", format!("{:.1}", y + size));
        text.set("font-size", size.to_string());
        if kind == "title" {
            text.set("font-family", "var(--serif)");
            text.set("font-weight", "bold");
        }
        text.set("fill", if kind == "title" { "var(--ink)" } else { "var(--muted)" });
        text.text = escaped(line);
        y += size * 1.25;
        text
    });
    written.collect()
}

/// Puts the light values in place of the variables.
fn resolved(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once("var(") {
        out.push_str(before);
        let known = after.split_once(')').and_then(|(name, after)| {
            let value = LIGHT.iter().find(|(known, _)| *known == name)?.1;
            Some((value, after))
        });
        let (value, after) = known.unwrap_or(("var(", after));
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_alone() {
        let svg = r#"<svg class="drawing" viewBox="0 0 360 56" width="360" height="56" focusable="false"><path d="M0 0H9" stroke="var(--home)" data-label="a"/><g pointer-events="all"><circle r="7"/></g></svg>"#;
        let drawing = Drawing {
            svg: svg.to_owned(),
            width: 360,
            height: 56,
        };
        let caption = Caption {
            lang: "sv",
            title: "Länet < riket",
            description: "En linje.",
            source: "Källa: SCB",
        };
        let file = standalone(&drawing, caption);
        assert!(
            file.starts_with("<?xml")
                && file.contains("xmlns=\"http://www.w3.org/2000/svg\"")
                && file.contains("xml:lang=\"sv\"")
        );
        assert!(
            file.contains("Länet &lt; riket") && file.contains("Källa: SCB") && file.contains("stroke=\"#00616b\"")
        );
        for gone in ["var(", "data-label", "circle", "class="] {
            assert!(!file.contains(gone), "{gone}");
        }
    }
}
