//! One path or one text, cleaned: its matrix worked in, and nothing left that paints nothing.

use super::super::path::{self, Matrix, PathShape, px};
use super::super::xml::Element;

/// Whether fill or stroke of a shape is seen; without attributes the fill is black.
pub(super) fn is_painted(element: &Element) -> bool {
    let seen = |paint, default| !matches!(element.attribute(paint).unwrap_or(default), "none" | "transparent");
    seen("fill", "black") || seen("stroke", "none") && element.attribute("stroke-width") != Some("0")
}

/// A path with its matrix worked in; a round one as a circle. `None`: nothing would be seen, and a pointer finds no label.
pub(super) fn path(mut element: Element) -> Option<Element> {
    for paint in ["fill", "stroke"] {
        if element.attribute(paint) == Some("transparent") {
            element.set(paint, "none");
        }
    }
    if element.attribute("stroke") == Some("none") {
        element.take("stroke");
    }
    if !is_painted(&element) {
        element.attribute("data-label")?;
        element.set("pointer-events", "all");
    }
    let Some(matrix) = Matrix::read(element.attribute("transform")) else {
        return Some(element);
    };
    match path::transformed(element.attribute("d")?, matrix) {
        Some(PathShape::Circle(x, y, radius)) => {
            "circle".clone_into(&mut element.name);
            element.take("d");
            for (name, value) in [("cx", x), ("cy", y), ("r", radius)] {
                element.set(name, px(value));
            }
        }
        // A line of no length, such as that of a single point, or a bar of none.
        Some(PathShape::Path(d)) if d.is_empty() || !d.contains(['L', 'H', 'V', 'C', 'A', 'Q']) => return None,
        Some(PathShape::Path(d)) => element.set("d", d),
        None => return Some(element),
    }
    element.take("transform");
    // ECharts divides the width of a symbol's outline by its matrix.
    if let Some(width) = element.number("stroke-width") {
        element.set("stroke-width", px(width * matrix.a.abs()));
    } else if !matrix.is_shift() && element.attribute("stroke").is_some() {
        element.set("stroke-width", px(matrix.a.abs()));
    }
    if let Some(dashes) = element.take("stroke-dasharray") {
        element.set("stroke-dasharray", dashes.replace(',', " "));
    }
    Some(element)
}

/// A text with its shift worked in, and with the usual baseline, which every reader of SVG understands. `None`: it is empty.
pub(super) fn text(mut element: Element) -> Option<Element> {
    if element.text.trim().is_empty() && element.children.is_empty() {
        return None;
    }
    let size = element.number("font-size").unwrap_or(13.0);
    let shift_down = match element.take("dominant-baseline").as_deref() {
        Some("central" | "middle") => 0.36 * size,
        Some("hanging" | "text-before-edge") => 0.8 * size,
        _ => 0.0,
    };
    let (x, y) = (element.number("x").unwrap_or(0.0), element.number("y").unwrap_or(0.0));
    if let Some(matrix) = Matrix::read(element.attribute("transform")).filter(|matrix| matrix.is_shift()) {
        element.take("transform");
        element.set("x", px(x + matrix.e));
        element.set("y", px(y + matrix.f + shift_down));
    } else {
        element.set("y", px(y + shift_down));
    }
    if element.attribute("text-anchor") == Some("start") {
        element.take("text-anchor");
    }
    Some(element)
}
