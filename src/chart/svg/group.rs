//! Neighbouring elements, written once where they are painted alike.

use std::mem;

use super::super::xml::Element;

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

/// Lines drawn one after the other in the same way become one path.
pub(super) fn join_lines(elements: Vec<Element>) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::with_capacity(elements.len());
    for element in elements {
        if let Some(last) = out.last_mut()
            && is_bare_line(&element)
            && is_bare_line(last)
            && all_but_path(last).eq(all_but_path(&element))
            && let (Some(start), Some(more)) = (last.attribute("d"), element.attribute("d"))
        {
            let both = format!("{start}{more}");
            last.set("d", both);
        } else {
            out.push(element);
        }
    }
    out
}

fn is_bare_line(element: &Element) -> bool {
    // Grid lines stay apart: each is then plainly a line to whoever looks at the shapes, not an area too pale to see.
    element.name == "path"
        && element.attribute("stroke") != Some("var(--rule)")
        && element.attribute("fill") == Some("none")
        && element.attribute("data-label").is_none()
        && element.attribute("transform").is_none()
}

/// All attributes but the path data.
fn all_but_path(element: &Element) -> impl Iterator<Item = &(String, String)> {
    element.attributes.iter().filter(|(name, _)| name != "d")
}

/// Three or more neighbours painted alike share a group that says so once.
pub(super) fn gather(elements: Vec<Element>) -> Vec<Element> {
    let mut out = Vec::with_capacity(elements.len());
    let mut run: Vec<Element> = Vec::new();
    for element in elements {
        if run
            .last()
            .is_some_and(|last| inherited(last).is_empty() || inherited(last) != inherited(&element))
        {
            end_run(&mut run, &mut out);
        }
        run.push(element);
    }
    end_run(&mut run, &mut out);
    out
}

/// Attributes that a group could carry for an element, sorted; empty where it is never grouped.
fn inherited(element: &Element) -> Vec<&(String, String)> {
    if !matches!(element.name.as_str(), "path" | "circle" | "text") {
        return Vec::new();
    }
    let mut inherited: Vec<_> = element
        .attributes
        .iter()
        .filter(|(name, _)| INHERITED.contains(&name.as_str()))
        .collect();
    inherited.sort();
    inherited
}

/// Ends a run: three or more become a group, fewer stay as they are.
fn end_run(run: &mut Vec<Element>, out: &mut Vec<Element>) {
    if run.len() < 3 {
        out.append(run);
        return;
    }
    let mut group = Element::new("g", &[]);
    group.attributes = inherited(&run[0]).into_iter().cloned().collect();
    for element in run.iter_mut() {
        element
            .attributes
            .retain(|(name, _)| !INHERITED.contains(&name.as_str()));
    }
    group.children = mem::take(run);
    out.push(group);
}
