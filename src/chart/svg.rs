//! Makes ECharts' SVG fit for a page: small, stable, without styles, ids that clash, or anything that moves.
//!
//! Takes the raw text, the labels of the marks and a prefix for ids; gives one `<svg>` element for inline HTML. Colours stay
//! CSS variables. Rules it keeps: no `style`, no `<style>`, no event attributes, no class that depends on what was drawn
//! before, every id with the prefix. It moves nothing by more than a rounding.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::engine::{Found, Raw};
use super::path::{self, Matrix, Shape, short};
use super::xml::{self, Node};

/// What a mark says, by series and item.
pub(crate) type Says = BTreeMap<(usize, usize), String>;

/// What cleaning needs to know of a drawing.
pub(crate) struct Manner<'a> {
    /// What marks say.
    pub(crate) says: &'a Says,
    /// Marks drawn after their neighbours.
    pub(crate) front: &'a [(usize, usize)],
    /// What ids begin with.
    pub(crate) prefix: &'a str,
    /// Whether marks may reach beyond the plot, as they may once an author has changed the option. ECharts cuts every
    /// line off at its plot, which costs an id and a group each.
    pub(crate) clipped: bool,
}

/// Font size of text that names none, in pixels; stands once, at the root.
pub(crate) const FONT_SIZE: &str = "13";

/// Attributes that elements inherit, and that a group may carry for all in it.
const INHERITED: [&str; 12] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "fill-opacity",
    "stroke-opacity",
    "text-anchor",
    "font-size",
    "font-weight",
    "paint-order",
    "pointer-events",
];

/// Radius around a value of a line within which a pointer finds it.
const REACH: &str = "7";

/// Cleans a drawing; `None` where ECharts' text cannot be read.
pub(crate) fn clean(raw: &Raw, manner: &Manner) -> Option<String> {
    let source = xml::read(&raw.svg)?;
    let mut ids = Vec::new();
    list_ids(&source, &mut ids);
    let found = raw.places.iter().map(|place| place.series).collect();
    let cleaner = Cleaner { manner, ids, found };
    let (width, height) = (source.attr("width")?, source.attr("height")?);
    let mut root = Node::new("svg");
    root.set("class", "drawing");
    root.set("viewBox", format!("0 0 {width} {height}"));
    root.set("width", width);
    root.set("height", height);
    root.set("font-family", "var(--sans)");
    root.set("font-size", FONT_SIZE);
    root.set("stroke-linejoin", "round");
    root.set("focusable", "false");
    root.kids = cleaner.content(source.kids);
    root.kids.extend(finders(&raw.places, manner.says));
    let mut out = String::with_capacity(raw.svg.len() / 2);
    root.write(&mut out);
    Some(out)
}

/// Unseen marks over the values of lines, which say them.
fn finders(places: &[Found], says: &Says) -> Option<Node> {
    let mut group = Node::new("g");
    group.set("fill", "none");
    group.set("pointer-events", "all");
    for place in places {
        let Some(said) = says.get(&(place.series, place.item)) else {
            continue;
        };
        let mut mark = Node::new("circle");
        for (name, value) in [("cx", short(place.x)), ("cy", short(place.y)), ("r", REACH.to_owned())] {
            mark.set(name, value);
        }
        mark.set("data-label", xml::escaped(said));
        group.kids.push(mark);
    }
    (!group.kids.is_empty()).then_some(group)
}

/// Ids in the order in which they are defined.
fn list_ids(node: &Node, ids: &mut Vec<String>) {
    ids.extend(node.attr("id").map(str::to_owned));
    node.kids.iter().for_each(|kid| list_ids(kid, ids));
}

struct Cleaner<'a> {
    manner: &'a Manner<'a>,
    ids: Vec<String>,
    /// Series whose values are found by marks of our own. ECharts' marks there must not speak as well: a value would be
    /// said twice, and those of a radar count lines, not values.
    found: BTreeSet<usize>,
}

/// Attribute that marks an element to be drawn last, while cleaning lasts.
const FRONT: &str = "front";

impl Cleaner<'_> {
    fn content(&self, nodes: Vec<Node>) -> Vec<Node> {
        let mut cleaned: Vec<Node> = nodes.into_iter().flat_map(|node| self.node(node)).collect();
        cleaned.sort_by_key(|node| node.attr(FRONT).is_some());
        for node in &mut cleaned {
            node.take(FRONT);
        }
        gathered(joined(cleaned))
    }

    /// One element cleaned: itself, its content in its place, or nothing.
    fn node(&self, mut node: Node) -> Vec<Node> {
        node.kids = self.content(mem::take(&mut node.kids));
        self.attributes(&mut node);
        match node.name.as_str() {
            "clipPath" if !self.manner.clipped => Vec::new(),
            "style" | "script" | "title" | "desc" | "metadata" => Vec::new(),
            "g" | "defs" | "clipPath" | "pattern" | "mask" if node.kids.is_empty() => Vec::new(),
            "g" if node.attrs.is_empty() => node.kids,
            "path" => path(node).into_iter().collect(),
            "text" => text(node).into_iter().collect(),
            "rect" if !is_painted(&node) => Vec::new(),
            _ => vec![node],
        }
    }

    /// Turns styles into attributes, marks into labels, ids into ours; drops what does nothing.
    fn attributes(&self, node: &mut Node) {
        let index = |node: &mut Node, name: &str| node.take(name).and_then(|value| value.parse::<usize>().ok());
        let mark = (index(node, "ecmeta_series_index"), index(node, "ecmeta_data_index"));
        // A mark line counts its own items, under its series' number.
        let silent = node.attr("ecmeta_silent").is_some();
        let mut kept: Vec<(String, String)> = Vec::new();
        for (name, value) in mem::take(&mut node.attrs) {
            if name == "style" {
                kept.extend(declarations(&value));
            } else if !is_idle(&name, &value) && (self.manner.clipped || name != "clip-path") {
                kept.push((name, self.renamed(value)));
            }
        }
        node.attrs = kept;
        // ECharts pales an area and its edge alike; the edge is what tells a pale area from the ground.
        if node.attr("fill-opacity").is_some() {
            node.take("stroke-opacity");
        }
        let (false, (Some(series), Some(item))) = (silent, mark) else {
            return;
        };
        if let Some(says) = self
            .manner
            .says
            .get(&(series, item))
            .filter(|_| !self.found.contains(&series))
        {
            node.set("data-label", xml::escaped(says));
        }
        if self.manner.front.contains(&(series, item)) {
            node.set(FRONT, "");
        }
    }

    /// An id, or a reference to one, under its new name.
    fn renamed(&self, value: String) -> String {
        let bare = value
            .strip_prefix("url(#")
            .and_then(|rest| rest.strip_suffix(')'))
            .or(value.strip_prefix('#'));
        let id = bare.unwrap_or(&value);
        match self.ids.iter().position(|known| known == id) {
            Some(place) => value.replace(id, &format!("{}-{place}", self.manner.prefix)),
            None => value,
        }
    }
}

/// The declarations of a style that are worth keeping, as presentation attributes.
fn declarations(style: &str) -> Vec<(String, String)> {
    let pairs = style.split(';').filter_map(|one| one.split_once(':'));
    let pairs = pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().trim_end_matches("px").to_owned()));
    pairs
        .filter(|(name, value)| !is_idle(name, value) && name != "white-space")
        .collect()
}

/// Attributes that change nothing, or that only a pointer would feel.
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

fn is_painted(node: &Node) -> bool {
    let unseen = |paint: &str, otherwise: &str| matches!(node.attr(paint).unwrap_or(otherwise), "none" | "transparent");
    !(unseen("fill", "black") && (unseen("stroke", "none") || node.attr("stroke-width") == Some("0")))
}

/// A path with its matrix worked in; a round one as a circle. Invisible ones stay only where they speak.
fn path(mut node: Node) -> Option<Node> {
    for paint in ["fill", "stroke"] {
        if node.attr(paint) == Some("transparent") {
            node.set(paint, "none");
        }
    }
    if node.attr("stroke") == Some("none") {
        node.take("stroke");
    }
    if !is_painted(&node) {
        node.attr("data-label")?;
        node.set("pointer-events", "all");
    }
    let Some(matrix) = Matrix::read(node.attr("transform")) else {
        return Some(node);
    };
    match path::bake(node.attr("d")?, matrix) {
        Some(Shape::Circle(x, y, radius)) => {
            "circle".clone_into(&mut node.name);
            node.take("d");
            for (name, value) in [("cx", x), ("cy", y), ("r", radius)] {
                node.set(name, short(value));
            }
        }
        // A line of no length, such as that of a single point, or a bar of none.
        Some(Shape::Path(d)) if d.is_empty() || !d.contains(['L', 'H', 'V', 'C', 'A', 'Q']) => return None,
        Some(Shape::Path(d)) => node.set("d", d),
        None => return Some(node),
    }
    node.take("transform");
    // ECharts divides the width of a symbol's outline by its matrix.
    if let Some(width) = node.number("stroke-width") {
        node.set("stroke-width", short(width * matrix.a.abs()));
    } else if !matrix.is_shift() && node.attr("stroke").is_some() {
        node.set("stroke-width", short(matrix.a.abs()));
    }
    if let Some(dashes) = node.take("stroke-dasharray") {
        node.set("stroke-dasharray", dashes.replace(',', " "));
    }
    Some(node)
}

/// A text with its place worked in and its baseline made plain, which every reader of SVG understands.
fn text(mut node: Node) -> Option<Node> {
    if node.text.trim().is_empty() && node.kids.is_empty() {
        return None;
    }
    let size = node.number("font-size").unwrap_or(13.0);
    let lowered = match node.take("dominant-baseline").as_deref() {
        Some("central" | "middle") => 0.36 * size,
        Some("hanging" | "text-before-edge") => 0.8 * size,
        _ => 0.0,
    };
    let (x, y) = (node.number("x").unwrap_or(0.0), node.number("y").unwrap_or(0.0));
    if let Some(matrix) = Matrix::read(node.attr("transform")).filter(|matrix| matrix.is_shift()) {
        node.take("transform");
        node.set("x", short(x + matrix.e));
        node.set("y", short(y + matrix.f + lowered));
    } else {
        node.set("y", short(y + lowered));
    }
    if node.attr("text-anchor") == Some("start") {
        node.take("text-anchor");
    }
    Some(node)
}

/// Lines drawn one after the other in the same way become one path.
fn joined(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if let Some(last) = out.last_mut()
            && is_bare_line(&node)
            && is_bare_line(last)
            && rest_of(last).eq(rest_of(&node))
            && let (Some(begun), Some(more)) = (last.attr("d"), node.attr("d"))
        {
            let both = format!("{begun}{more}");
            last.set("d", both);
        } else {
            out.push(node);
        }
    }
    out
}

fn is_bare_line(node: &Node) -> bool {
    // Grid lines stay apart: each is then plainly a line to whoever looks at the shapes, not an area too pale to see.
    node.name == "path"
        && node.attr("stroke") != Some("var(--rule)")
        && node.attr("fill") == Some("none")
        && node.attr("data-label").is_none()
        && node.attr("transform").is_none()
}

/// All attributes but the path data.
fn rest_of(node: &Node) -> impl Iterator<Item = &(String, String)> {
    node.attrs.iter().filter(|(name, _)| name != "d")
}

/// Neighbours painted alike share a group that says so once.
fn gathered(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    let mut run: Vec<Node> = Vec::new();
    for node in nodes {
        if run
            .last()
            .is_some_and(|last| shared(last).is_empty() || shared(last) != shared(&node))
        {
            close(&mut run, &mut out);
        }
        run.push(node);
    }
    close(&mut run, &mut out);
    out
}

fn shared(node: &Node) -> Vec<&(String, String)> {
    if !matches!(node.name.as_str(), "path" | "circle" | "text") {
        return Vec::new();
    }
    let mut shared: Vec<_> = node
        .attrs
        .iter()
        .filter(|(name, _)| INHERITED.contains(&name.as_str()))
        .collect();
    shared.sort();
    shared
}

/// Ends a run: three or more become a group, fewer stay as they are.
fn close(run: &mut Vec<Node>, out: &mut Vec<Node>) {
    if run.len() < 3 {
        out.append(run);
        return;
    }
    let mut group = Node::new("g");
    group.attrs = shared(&run[0]).into_iter().cloned().collect();
    for node in run.iter_mut() {
        node.attrs.retain(|(name, _)| !INHERITED.contains(&name.as_str()));
    }
    group.kids = mem::take(run);
    out.push(group);
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
        let says = Says::from([((0, 1), "a \"1\"".to_owned()), ((1, 1), "b".to_owned())]);
        let places = vec![
            Found {
                series: 1,
                item: 1,
                x: 5.0,
                y: 6.0,
            },
            Found {
                series: 1,
                item: 0,
                x: 1.0,
                y: 2.0,
            },
        ];
        let manner = Manner {
            says: &says,
            front: &[],
            prefix: "u1",
            clipped: true,
        };
        let clean = clean(
            &Raw {
                svg: RAW.to_owned(),
                places,
            },
            &manner,
        )
        .expect("readable");
        for gone in ["style", "zr7", "class=\"zr", "ecmeta", "<rect", "transform"] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        assert!(clean.contains(r#"<g clip-path="url(#u1-0)">"#) && clean.contains(r#"id="u1-0""#));
        assert!(clean.contains(r#"<circle fill="var(--home)" data-label="a &quot;1&quot;" cx="5" cy="6" r="3"/>"#));
        assert!(clean.ends_with(r#"<circle cx="5" cy="6" r="7" data-label="b"/></g></svg>"#));
        let spoken = Manner {
            says: &Says::from([((0, 1), "a".to_owned())]),
            ..manner
        };
        let places = vec![Found {
            series: 0,
            item: 1,
            x: 5.0,
            y: 6.0,
        }];
        let once = super::clean(
            &Raw {
                svg: RAW.to_owned(),
                places,
            },
            &spoken,
        )
        .expect("readable");
        assert_eq!(once.matches("data-label").count(), 1, "{once}");
        assert!(clean.contains(r#"<text font-size="12" x="4" y="9.3">a &lt; b</text>"#));
    }
}
