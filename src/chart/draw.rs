//! From a picture to a drawing.
//!
//! Takes a [`Picture`] and a [`Size`]; gives an `<svg>` element ready to stand in a page, in CSS variables for colours and
//! font, so that one drawing serves light, dark, print and forced colours. Same picture, same bytes, whatever was drawn
//! before. Titles, descriptions and tables belong to the page and are not written here.

use super::engine::{self, DrawError, Engine};
use super::option::{self, Sketch};
use super::overlay;
use super::picture::Picture;
use super::size::Size;
use super::svg::{self, CleanOptions};
use super::xml::Element;

/// A finished drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// An `<svg class="drawing">` element for inline HTML: no styles, no scripts, ids unlike any other drawing's.
    pub svg: String,
    /// Natural width in pixels.
    pub width: u32,
    /// Natural height in pixels.
    pub height: u32,
}

/// Changes with every change of this module that alters drawings, so that cached ones are drawn anew.
const EDITION: &str = "9";

/// Cache key of a drawing: the hash of everything that decides it, of which the picture is the author's part.
///
/// Maps count by name only; whoever changes boundaries under the same name adds their hash.
#[must_use]
pub fn key(picture: &Picture, size: Size) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in [
        EDITION,
        engine::VERSION,
        env!("CARGO_PKG_VERSION"),
        if size == Size::Wide { "wide" } else { "narrow" },
    ] {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    // Only a map with keys that are no strings cannot be written as JSON, and a picture has none.
    hasher.update(&serde_json::to_vec(picture).unwrap_or_default());
    *hasher.finalize().as_bytes()
}

/// Draws a picture.
///
/// # Errors
/// When the author's own option breaks ECharts, runs away, or asks for a map the engine was not given.
pub fn draw(engine: &mut Engine, picture: &Picture, size: Size) -> Result<Drawing, DrawError> {
    let Some(mut sketch) = option::sketch(picture, size, engine)? else {
        return Ok(empty(size));
    };
    if !picture.overlay.is_null() {
        overlay::merge(&mut sketch.option, picture.overlay.clone());
    }
    let Sketch { width, height, .. } = sketch;
    let raw = engine.render(&sketch.option.to_string(), width, height, sketch.map.as_deref())?;
    let prefix = format!("u{}", &blake3::Hash::from(key(picture, size)).to_hex()[..10]);
    let options = CleanOptions {
        labels: &sketch.mark_labels,
        front: &sketch.front,
        prefix: &prefix,
        clipped: !picture.overlay.is_null(),
    };
    let svg = svg::clean(&raw, &options).ok_or_else(|| DrawError::new("ECharts gave a drawing that cannot be read"))?;
    Ok(Drawing { svg, width, height })
}

/// The calm frame shown where nothing has a value; the page says why beside it.
fn empty(size: Size) -> Drawing {
    let (width, height) = (size.width(), 56);
    let mut root = Element::drawing(&width.to_string(), &height.to_string());
    root.set("focusable", "false");
    let lines = format!("M0 .5H{width}M0 {}.5H{width}", height - 1);
    root.children = vec![Element::new("path", &[("d", &lines), ("stroke", "var(--rule)")])];
    let svg = root.markup();
    Drawing { svg, width, height }
}

#[cfg(test)]
mod tests {
    use super::super::example::per_cent;
    use super::super::picture::{Bar, Line, Role, Shape};
    use super::*;
    use serde_json::{Value, json};

    fn picture(shape: Shape, overlay: Value) -> Picture {
        Picture {
            shape,
            axis: per_cent(),
            overlay,
        }
    }

    fn trend(values: Vec<Option<f64>>) -> Shape {
        let years = 2020..2020 + i32::try_from(values.len()).expect("few");
        let open = vec![false; values.len()];
        Shape::Trend {
            periods: years.clone().map(|year| year.to_string()).collect(),
            positions: years.map(f64::from).collect(),
            lines: vec![Line {
                name: "Örebro län".to_owned(),
                role: Role::Home,
                values,
                open,
                cut: Vec::new(),
            }],
            band: None,
            breaks: Vec::new(),
            target: None,
        }
    }

    fn bars() -> Shape {
        let bar = |name: &str, role, value| Bar {
            name: name.to_owned(),
            role,
            value,
            missing: None,
            bounds: None,
        };
        Shape::Bars {
            bars: vec![
                bar("Örebro län", Role::Home, Some(-1.5)),
                bar("Riket", Role::Country, None),
            ],
            reference: None,
        }
    }

    #[test]
    fn same_picture_same_bytes_and_nothing_a_strict_page_forbids() {
        let mut engine = Engine::start(&[]).expect("ECharts loads");
        let trend = picture(
            trend(vec![Some(1.0), None, Some(3.0)]),
            json!({ "yAxis": { "max": 10 } }),
        );
        let first = draw(&mut engine, &trend, Size::Wide).expect("drawn");
        draw(&mut engine, &picture(bars(), Value::Null), Size::Narrow).expect("drawn");
        assert_eq!(draw(&mut engine, &trend, Size::Wide).expect("drawn"), first);
        assert_ne!(key(&trend, Size::Wide), key(&trend, Size::Narrow));
        for gone in ["style", "zr", "<title", "ecmeta", "#fff", "NaN"] {
            assert!(!first.svg.contains(gone), "{gone} in {}", first.svg);
        }
        assert!(first.svg.contains("data-label=\"Örebro län 2020: 1,0\u{a0}%\"") && first.svg.contains("id=\"u"));
    }

    #[test]
    fn gaps_part_the_line_and_nothing_at_all_is_a_frame() {
        let mut engine = Engine::start(&[]).expect("ECharts loads");
        let drawn = draw(
            &mut engine,
            &picture(trend(vec![Some(1.0), Some(2.0), None, Some(3.0)]), Value::Null),
            Size::Narrow,
        );
        let svg = drawn.expect("drawn").svg;
        assert_eq!(svg.matches("r=\"7\"").count(), 3, "every value can be found");
        assert!(!svg.contains(" id="), "nothing is cut off, so nothing needs an id");
        let nothing = draw(&mut engine, &picture(trend(vec![None, None]), Value::Null), Size::Wide).expect("drawn");
        assert_eq!((nothing.width, nothing.height), (720, 56));
    }

    #[test]
    fn an_absurd_option_ends_in_an_error_and_the_next_drawing_is_well() {
        let mut engine = Engine::start(&[]).expect("ECharts loads");
        let endless = json!({ "calendar": { "range": ["0001-01-01", "9999-12-31"] },
            "series": [{ "type": "heatmap", "coordinateSystem": "calendar", "data": [] }] });
        assert!(draw(&mut engine, &picture(Shape::Free, endless), Size::Wide).is_err());
        let well = draw(&mut engine, &picture(bars(), Value::Null), Size::Wide).expect("drawn");
        assert!(well.svg.contains("\u{2212}1,5\u{a0}%"));
    }
}
