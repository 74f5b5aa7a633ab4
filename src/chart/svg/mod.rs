//! Makes ECharts' SVG fit for a page: small, stable, without styles, ids that clash, or anything that moves.
//!
//! Takes the raw drawing and [`CleanOptions`]; gives one `<svg>` element for inline HTML. Colours stay CSS variables. Rules it
//! keeps: no `style`, no `<style>`, no event attributes, no class that depends on what was drawn
//! before, every id with the prefix. It moves nothing by more than a rounding.

mod group;
mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::engine::{MarkPosition, RawDrawing};
use super::path::px;
use super::xml::{self, Element};

/// Texts that a pointer finds at marks ("Örebro län 2023: 78,1 %"), by series and item.
pub(crate) type MarkLabels = BTreeMap<(usize, usize), String>;

/// Everything that cleaning needs to know of a drawing.
pub(crate) struct CleanOptions<'a> {
    /// Labels that marks get; a mark without one gets none.
    pub(crate) labels: &'a MarkLabels,
    /// Marks drawn after their neighbours.
    pub(crate) front: &'a [(usize, usize)],
    /// Beginning of every id.
    pub(crate) prefix: &'a str,
    /// Whether ECharts' clip paths are kept. Our own options never draw beyond the plot, and each clip path costs an id
    /// and a group; an author's option may.
    pub(crate) clipped: bool,
}

/// Font size of text that names none, in pixels; stands once, at the root.
const FONT_SIZE: &str = "13";

/// Radius in pixels around a value of a line within which a pointer finds it.
const POINTER_RADIUS: &str = "7";

/// Attribute that marks an element to be drawn last, while cleaning lasts.
const FRONT: &str = "front";

/// Cleans a drawing; `None` where ECharts' text cannot be read.
pub(crate) fn clean(raw: &RawDrawing, options: &CleanOptions) -> Option<String> {
    let source = xml::read(&raw.svg)?;
    let mut ids = Vec::new();
    list_ids(&source, &mut ids);
    let with_pointer_marks = raw.positions.iter().map(|position| position.series).collect();
    let cleaner = Cleaner {
        options,
        ids,
        with_pointer_marks,
    };
    let mut root = Element::drawing(source.attribute("width")?, source.attribute("height")?);
    for (name, value) in [
        ("font-family", "var(--sans)"),
        ("font-size", FONT_SIZE),
        ("stroke-linejoin", "round"),
        ("focusable", "false"),
    ] {
        root.set(name, value);
    }
    root.children = cleaner.content(source.children);
    root.children.extend(pointer_marks(&raw.positions, options.labels));
    let mut out = String::with_capacity(raw.svg.len() / 2);
    root.write(&mut out);
    Some(out)
}

/// Unseen circles over the values of lines, which carry their labels.
fn pointer_marks(positions: &[MarkPosition], labels: &MarkLabels) -> Option<Element> {
    let mut group = Element::new("g", &[("fill", "none"), ("pointer-events", "all")]);
    for position in positions {
        if let Some(label) = labels.get(&(position.series, position.item)) {
            group.children.push(Element::new(
                "circle",
                &[
                    ("cx", &px(position.x)),
                    ("cy", &px(position.y)),
                    ("r", POINTER_RADIUS),
                    ("data-label", &xml::escaped(label)),
                ],
            ));
        }
    }
    (!group.children.is_empty()).then_some(group)
}

/// Ids in the order in which they are defined.
fn list_ids(element: &Element, ids: &mut Vec<String>) {
    ids.extend(element.attribute("id").map(str::to_owned));
    element.children.iter().for_each(|child| list_ids(child, ids));
}

struct Cleaner<'a> {
    options: &'a CleanOptions<'a>,
    ids: Vec<String>,
    /// Series with pointer marks of our own. ECharts' marks there get no label: a value would be said twice, and those of
    /// a radar count lines, not values.
    with_pointer_marks: BTreeSet<usize>,
}

impl Cleaner<'_> {
    fn content(&self, elements: Vec<Element>) -> Vec<Element> {
        let mut cleaned: Vec<Element> = elements.into_iter().flat_map(|element| self.element(element)).collect();
        cleaned.sort_by_key(|element| element.attribute(FRONT).is_some());
        for element in &mut cleaned {
            element.take(FRONT);
        }
        group::gather(group::join_lines(cleaned))
    }

    /// One element cleaned: itself, its content in its place, or nothing.
    fn element(&self, mut element: Element) -> Vec<Element> {
        element.children = self.content(mem::take(&mut element.children));
        self.clean_attributes(&mut element);
        match element.name.as_str() {
            "clipPath" if !self.options.clipped => Vec::new(),
            "style" | "script" | "title" | "desc" | "metadata" => Vec::new(),
            "g" | "defs" | "clipPath" | "pattern" | "mask" if element.children.is_empty() => Vec::new(),
            "g" if element.attributes.is_empty() => element.children,
            "path" => shape::path(element).into_iter().collect(),
            "text" => shape::text(element).into_iter().collect(),
            "rect" if !shape::is_painted(&element) => Vec::new(),
            _ => vec![element],
        }
    }

    /// Turns styles into attributes, ECharts' marks into labels, ids into ours; drops what does nothing.
    fn clean_attributes(&self, element: &mut Element) {
        let index = |element: &mut Element, name: &str| element.take(name)?.parse::<usize>().ok();
        let mark = (
            index(element, "ecmeta_series_index"),
            index(element, "ecmeta_data_index"),
        );
        // A mark line counts its own items, under its series' number.
        let is_mark_line = element.attribute("ecmeta_silent").is_some();
        let mut attributes: Vec<(String, String)> = Vec::new();
        for (name, value) in mem::take(&mut element.attributes) {
            if name == "style" {
                attributes.extend(declarations(&value));
            } else if !is_idle(&name, &value) && (self.options.clipped || name != "clip-path") {
                attributes.push((name, self.with_new_id(value)));
            }
        }
        element.attributes = attributes;
        // ECharts pales an area and its edge alike; the edge is what tells a pale area from the ground.
        if element.attribute("fill-opacity").is_some() {
            element.take("stroke-opacity");
        }
        let (false, (Some(series), Some(item))) = (is_mark_line, mark) else {
            return;
        };
        let label = self.options.labels.get(&(series, item));
        if let Some(label) = label.filter(|_| !self.with_pointer_marks.contains(&series)) {
            element.set("data-label", xml::escaped(label));
        }
        if self.options.front.contains(&(series, item)) {
            element.set(FRONT, "");
        }
    }

    /// An attribute's value; where it is an id, or a reference to one, with the id's new name.
    fn with_new_id(&self, value: String) -> String {
        let bare = value
            .strip_prefix("url(#")
            .and_then(|rest| rest.strip_suffix(')'))
            .or(value.strip_prefix('#'));
        let id = bare.unwrap_or(&value);
        match self.ids.iter().position(|other| other == id) {
            Some(number) => value.replace(id, &format!("{}-{number}", self.options.prefix)),
            None => value,
        }
    }
}

/// The declarations of a style that are worth keeping, as presentation attributes.
fn declarations(style: &str) -> Vec<(String, String)> {
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim().trim_end_matches("px")))
        .filter(|(name, value)| !is_idle(name, value) && *name != "white-space")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Whether an attribute changes nothing, or nothing but what happens under a pointer.
fn is_idle(name: &str, value: &str) -> bool {
    match name {
        "class" | "xml:space" | "stroke-linejoin" | "stroke-miterlimit" | "ecmeta_ssr_type" | "ecmeta_silent"
        | "cursor" => true,
        "font-family" => value == "var(--sans)",
        "font-size" => value == FONT_SIZE,
        "font-weight" => value == "normal",
        _ => name.starts_with("on") || name.starts_with("xmlns") || name.starts_with("ecmeta_"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = r##"<svg width="10" height="8" xmlns="x"><rect width="10" height="8" fill="none"></rect>
<g clip-path="url(#zr7-c0)"><path d="M1 2L3 2" fill="transparent" stroke="var(--home)" class="zr7-cls-3"></path></g>
<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0" transform="matrix(3,0,0,3,5,6)" fill="var(--home)" ecmeta_series_index="0" ecmeta_data_index="1"></path>
<text dominant-baseline="central" style="font-size:12px;font-family:var(--sans);" transform="translate(4 5)">a &lt; b</text>
<defs><clipPath id="zr7-c0"><path d="M0 0l1 0l0 1l-1 0Z" fill="#000"></path></clipPath></defs>
<style><![CDATA[.zr7-cls-3:hover { cursor:pointer }]]></style></svg>"##;

    #[test]
    fn nothing_is_left_that_depends_on_order_or_policy() {
        let labels = MarkLabels::from([((0, 1), "a \"1\"".to_owned()), ((1, 1), "b".to_owned())]);
        let positions = vec![
            MarkPosition {
                series: 1,
                item: 1,
                x: 5.0,
                y: 6.0,
            },
            MarkPosition {
                series: 1,
                item: 0,
                x: 1.0,
                y: 2.0,
            },
        ];
        let options = CleanOptions {
            labels: &labels,
            front: &[],
            prefix: "u1",
            clipped: true,
        };
        let clean = clean(
            &RawDrawing {
                svg: RAW.to_owned(),
                positions,
            },
            &options,
        )
        .expect("readable");
        for gone in ["style", "zr7", "class=\"zr", "ecmeta", "<rect", "transform"] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        assert!(clean.contains(r#"<g clip-path="url(#u1-0)">"#) && clean.contains(r#"id="u1-0""#));
        assert!(clean.contains(r#"<circle fill="var(--home)" data-label="a &quot;1&quot;" cx="5" cy="6" r="3"/>"#));
        assert!(clean.ends_with(r#"<circle cx="5" cy="6" r="7" data-label="b"/></g></svg>"#));
        let with_label = CleanOptions {
            labels: &MarkLabels::from([((0, 1), "a".to_owned())]),
            ..options
        };
        let positions = vec![MarkPosition {
            series: 0,
            item: 1,
            x: 5.0,
            y: 6.0,
        }];
        let once = super::clean(
            &RawDrawing {
                svg: RAW.to_owned(),
                positions,
            },
            &with_label,
        )
        .expect("readable");
        assert_eq!(once.matches("data-label").count(), 1, "{once}");
        assert!(clean.contains(r#"<text font-size="12" x="4" y="9.3">a &lt; b</text>"#));
    }
}
