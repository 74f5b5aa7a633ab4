//! From a picture to a drawing.
//!
//! Takes a [`Picture`] and a [`Size`]; gives an `<svg>` element ready to stand in a page, in CSS variables for colours and
//! font, so that one drawing serves light, dark, print and forced colours. Same picture, same bytes, whatever was drawn
//! before. Titles, descriptions and tables are the page's; nothing in here writes them.

use super::engine::{self, Engine, Fault};
use super::option::{self, Sketch};
use super::overlay;
use super::picture::Picture;
use super::svg::{self, Manner};
use super::xml;

/// Which column a drawing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// A page's main column, 720 px.
    Wide,
    /// A phone, 360 px.
    Narrow,
}

impl Size {
    /// Both, in the order in which a page shows them.
    pub const ALL: [Size; 2] = [Size::Wide, Size::Narrow];

    /// Width in pixels.
    #[must_use]
    pub const fn width(self) -> u32 {
        match self {
            Size::Wide => 720,
            Size::Narrow => 360,
        }
    }
}

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

/// Changes with every change of this module that alters drawings, so that remembered ones are drawn anew.
const EDITION: &str = "9";

/// What a drawing is remembered by: everything that decides it, of which the picture is the author's part.
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
pub fn draw(engine: &mut Engine, picture: &Picture, size: Size) -> Result<Drawing, Fault> {
    let Some(mut sketch) = option::sketch(picture, size, engine)? else {
        return Ok(empty(size));
    };
    if !picture.overlay.is_null() {
        overlay::merge(&mut sketch.option, picture.overlay.clone());
    }
    let Sketch {
        option,
        says,
        width,
        height,
        map,
        front,
    } = sketch;
    let raw = engine.render(&option.to_string(), width, height, map.as_deref())?;
    let prefix = format!("u{}", &blake3::Hash::from(key(picture, size)).to_hex()[..10]);
    let manner = Manner {
        says: &says,
        front: &front,
        prefix: &prefix,
        clipped: !picture.overlay.is_null(),
    };
    let svg = svg::clean(&raw, &manner).ok_or_else(|| Fault {
        text: "ECharts gave a drawing that cannot be read".to_owned(),
    })?;
    Ok(Drawing { svg, width, height })
}

/// The calm frame shown where nothing has a value; the page says why beside it.
fn empty(size: Size) -> Drawing {
    let (width, height) = (size.width(), 56);
    let mut root = xml::Node::new("svg");
    root.set("class", "drawing");
    root.set("viewBox", format!("0 0 {width} {height}"));
    root.set("width", width.to_string());
    root.set("height", height.to_string());
    root.set("focusable", "false");
    let mut frame = xml::Node::new("path");
    frame.set("d", format!("M0 .5H{width}M0 {}.5H{width}", height - 1));
    frame.set("stroke", "var(--rule)");
    root.kids.push(frame);
    let mut svg = String::new();
    root.write(&mut svg);
    Drawing { svg, width, height }
}

#[cfg(test)]
mod tests {
    use super::super::picture::{Bar, Line, NumberStyle, Role, Shape, ValueAxis};
    use super::*;
    use serde_json::{Value, json};

    fn picture(shape: Shape, overlay: Value) -> Picture {
        let numbers = NumberStyle {
            decimal: ',',
            group: '\u{a0}',
            minus: '\u{2212}',
            percent_space: Some('\u{a0}'),
        };
        Picture {
            shape,
            axis: ValueAxis {
                unit: "%".to_owned(),
                decimals: 1,
                unit_in_labels: true,
                signed: false,
                numbers,
            },
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
        let shown = picture(
            trend(vec![Some(1.0), None, Some(3.0)]),
            json!({ "yAxis": { "max": 10 } }),
        );
        let first = draw(&mut engine, &shown, Size::Wide).expect("drawn");
        draw(&mut engine, &picture(bars(), Value::Null), Size::Narrow).expect("drawn");
        assert_eq!(draw(&mut engine, &shown, Size::Wide).expect("drawn"), first);
        assert_ne!(key(&shown, Size::Wide), key(&shown, Size::Narrow));
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
    fn an_absurd_option_ends_in_a_fault_and_the_next_drawing_is_well() {
        let mut engine = Engine::start(&[]).expect("ECharts loads");
        let endless = json!({ "calendar": { "range": ["0001-01-01", "9999-12-31"] },
            "series": [{ "type": "heatmap", "coordinateSystem": "calendar", "data": [] }] });
        assert!(draw(&mut engine, &picture(Shape::Free, endless), Size::Wide).is_err());
        let well = draw(&mut engine, &picture(bars(), Value::Null), Size::Wide).expect("drawn");
        assert!(well.svg.contains("\u{2212}1,5\u{a0}%"));
    }
}
