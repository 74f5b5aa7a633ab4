//! A drawing as a file of its own, for download.
//!
//! Takes a [`Drawing`] and the words around it; gives an SVG with title above, source below and the light colours worked in:
//! programs other than browsers know no CSS variables, and a file in a report is on paper. Labels for pointers are left out;
//! the page's table has their values.

use super::draw::Drawing;
use super::widths;
use super::xml::{self, Element, escaped};

/// The words around a drawing in a file.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Code of the words' language, as in HTML.
    pub lang: &'a str,
    /// The chart's message; stands above.
    pub title: &'a str,
    /// The drawing in words, for those who do not see it.
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

/// Room around the drawing, in pixels.
const MARGIN: f64 = 16.0;
/// Font sizes of title and source, in pixels.
const SIZES: (f64, f64) = (18.0, 12.0);
/// Distance from line to line, as a share of the font size.
const LEADING: f64 = 1.25;

/// A self-contained SVG file.
#[must_use]
pub fn standalone(drawing: &Drawing, caption: Caption) -> String {
    let drawing_width = f64::from(drawing.width);
    let title = widths::wrap(caption.title, SIZES.0, true, drawing_width);
    let source = if caption.source.is_empty() {
        Vec::new()
    } else {
        widths::wrap(caption.source, SIZES.1, false, drawing_width)
    };
    let drawing_top = MARGIN + height(&title, SIZES.0) + MARGIN;
    let source_top = drawing_top + f64::from(drawing.height) + MARGIN;
    let width = (drawing_width + 2.0 * MARGIN).to_string();
    let height = (source_top + height(&source, SIZES.1) + MARGIN).to_string();
    let mut root = Element::new(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("xml:lang", &escaped(caption.lang)),
            ("viewBox", &format!("0 0 {width} {height}")),
            ("width", &width),
            ("height", &height),
            ("role", "img"),
            ("aria-labelledby", "title description"),
            ("font-family", "var(--sans)"),
        ],
    );
    let with_text = |name, id, text| Element {
        text: escaped(text),
        ..Element::new(name, &[("id", id)])
    };
    root.children.push(with_text("title", "title", caption.title));
    root.children
        .push(with_text("desc", "description", caption.description));
    let background = [("width", "100%"), ("height", "100%"), ("fill", "var(--paper)")];
    root.children.push(Element::new("rect", &background));
    root.children.extend(lines(&title, MARGIN, SIZES.0, true));
    root.children.extend(in_place(drawing, drawing_top));
    root.children.extend(lines(&source, source_top, SIZES.1, false));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    root.write(&mut out);
    out.push('\n');
    with_light_colours(&out)
}

/// The drawing, moved to its place, without what only a page needs.
fn in_place(drawing: &Drawing, top: f64) -> Option<Element> {
    let mut svg = xml::read(&drawing.svg)?;
    for name in ["class", "focusable", "font-family"] {
        svg.take(name);
    }
    svg.set("x", MARGIN.to_string());
    svg.set("y", top.to_string());
    remove_pointer_marks(&mut svg);
    Some(svg)
}

fn remove_pointer_marks(element: &mut Element) {
    element.take("data-label");
    element
        .children
        .retain(|child| child.attribute("pointer-events").is_none());
    element.children.iter_mut().for_each(remove_pointer_marks);
}

/// Height of lines of text, in whole pixels.
#[expect(clippy::cast_precision_loss, reason = "there are a few lines")]
fn height(lines: &[String], size: f64) -> f64 {
    (lines.len() as f64 * size * LEADING).ceil()
}

/// Lines of text, one element each, from `top` down.
fn lines(lines: &[String], top: f64, size: f64, is_title: bool) -> Vec<Element> {
    let mut y = top;
    let line_element = |line: &String| {
        let mut text = Element::new("text", &[("x", &MARGIN.to_string())]);
        text.set("y", format!("{:.1}", y + size));
        text.set("font-size", size.to_string());
        if is_title {
            text.set("font-family", "var(--serif)");
            text.set("font-weight", "bold");
        }
        text.set("fill", if is_title { "var(--ink)" } else { "var(--muted)" });
        text.text = escaped(line);
        y += size * LEADING;
        text
    };
    lines.iter().map(line_element).collect()
}

/// The file with the light theme's values in place of CSS variables; an unknown variable stays.
fn with_light_colours(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once("var(") {
        out.push_str(before);
        let light = after.split_once(')').and_then(|(name, after)| {
            let value = LIGHT.iter().find(|(variable, _)| *variable == name)?.1;
            Some((value, after))
        });
        let (value, after) = light.unwrap_or(("var(", after));
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
