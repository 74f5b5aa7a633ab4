//! Labels: beside line ends without touching one another, or in a key above.
//!
//! Takes texts, looks and wished-for places in pixels; gives places, and ECharts `graphic` elements. Works with measured
//! widths, so what it says fits does fit.

use serde_json::{Value, json};

use super::super::picture::Line;
use super::super::widths;
use super::look::{Look, MUTED, PAPER};

/// Font size of labels and axes.
pub(super) const SIZE: f64 = 13.0;
/// Distance from line to line of text.
pub(super) const LEADING: f64 = 16.0;
/// Height of a row of a key.
const ROW: f64 = 20.0;
/// Length of a key's sample.
const SAMPLE: f64 = 26.0;

/// Width of a label.
pub(super) fn width(text: &str, bold: bool) -> f64 {
    text.split('\n')
        .map(|line| widths::width(line, SIZE, bold))
        .fold(0.0, f64::max)
}

/// Width of the widest of some labels; 0 where there is none.
pub(super) fn widest(labels: impl IntoIterator<Item = impl AsRef<str>>, bold: bool) -> f64 {
    let widths = labels.into_iter().map(|label| width(label.as_ref(), bold));
    widths.fold(0.0, f64::max)
}

/// A label broken at `limit` pixels.
pub(super) fn wrapped(text: &str, bold: bool, limit: f64) -> String {
    widths::wrap(text, SIZE, bold, limit).join("\n")
}

/// Lines of a broken label.
#[expect(clippy::cast_precision_loss, reason = "a label has a handful of lines")]
pub(super) fn lines(text: &str) -> f64 {
    text.split('\n').count() as f64
}

/// Moves labels apart: each gets a centre as near as may be to the wished-for one, in the same order, within the bounds.
///
/// `wishes` are centre and height. Neighbours that would touch form a run that settles around its mean.
pub(super) fn spread(wishes: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    struct Run {
        members: usize,
        height: f64,
        /// Sum of the tops the members would give the run.
        tops: f64,
    }
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    // Of lines that end together the one drawn last, the home place, comes first.
    order.sort_by(|&one, &other| wishes[one].0.total_cmp(&wishes[other].0).then(other.cmp(&one)));
    let mut runs: Vec<Run> = Vec::new();
    let place = |run: &Run| {
        let count = f64::from(u32::try_from(run.members).unwrap_or(u32::MAX));
        (run.tops / count).min(bottom - run.height).max(top)
    };
    for &at in &order {
        let (centre, height) = wishes[at];
        let mut run = Run {
            members: 1,
            height,
            tops: centre - height / 2.0,
        };
        while let Some(above) = runs.pop() {
            if place(&above) + above.height <= place(&run) {
                runs.push(above);
                break;
            }
            let shift = above.height * f64::from(u32::try_from(run.members).unwrap_or(u32::MAX));
            run = Run {
                members: above.members + run.members,
                height: above.height + run.height,
                tops: above.tops + run.tops - shift,
            };
        }
        runs.push(run);
    }
    let mut centres = vec![0.0; wishes.len()];
    let mut members = order.into_iter();
    for run in &runs {
        let mut y = place(run);
        for at in members.by_ref().take(run.members) {
            centres[at] = y + wishes[at].1 / 2.0;
            y += wishes[at].1;
        }
    }
    centres
}

/// A piece of text at a place; `x` is its left edge, `y` its middle.
pub(super) fn text(text: &str, x: f64, y: f64, colour: &str, bold: bool) -> Value {
    let mut style = json!({ "text": text, "fill": colour, "fontSize": SIZE, "fontFamily": "var(--sans)",
        "fontWeight": weight(bold), "verticalAlign": "middle" });
    lead(&mut style, text);
    json!({ "type": "text", "silent": true, "x": x, "y": y, "style": style })
}

/// Sets the lines of a text apart that is centred on its place. One line has no need of it, and ECharts lays an unseen
/// rectangle under every text it is said of.
pub(super) fn lead(style: &mut Value, text: &str) {
    if text.contains('\n') {
        style["lineHeight"] = LEADING.into();
    }
}

/// A piece of text whose middle (`center`) or right edge (`right`) is at `x`.
pub(super) fn text_at(align: &str, words: &str, x: f64, y: f64, colour: &str, bold: bool) -> Value {
    let mut element = text(words, x, y, colour, bold);
    element["style"]["align"] = align.into();
    element
}

/// A weight in CSS' words.
pub(super) fn weight(bold: bool) -> &'static str {
    if bold { "bold" } else { "normal" }
}

/// A text drawn over everything, with an edge in the colour of paper that keeps it apart from what it crosses.
pub(super) fn edged(mut text: Value) -> Value {
    text["style"]["stroke"] = PAPER.into();
    text["style"]["lineWidth"] = 3.into();
    on_top(text)
}

/// Over the marks, not under them.
pub(super) fn on_top(mut element: Value) -> Value {
    element["z"] = 5.into();
    element
}

/// A straight line.
pub(super) fn rule(from: (f64, f64), to: (f64, f64), colour: &str, width: f64, dash: &[u8]) -> Value {
    let mut style = json!({ "stroke": colour, "lineWidth": width });
    if !dash.is_empty() {
        style["lineDash"] = json!(dash);
    }
    json!({ "type": "line", "silent": true, "style": style,
        "shape": { "x1": from.0, "y1": from.1, "x2": to.0, "y2": to.1 } })
}

/// A filled rectangle, outlined where `outline` says so.
pub(super) fn swatch(corner: (f64, f64), size: (f64, f64), colour: &str, outline: Option<&str>) -> Value {
    let mut style = json!({ "fill": colour });
    if let Some(outline) = outline {
        style["stroke"] = outline.into();
    }
    json!({ "type": "rect", "silent": true, "style": style,
        "shape": { "x": corner.0, "y": corner.1, "width": size.0, "height": size.1 } })
}

/// A closed shape through points.
pub(super) fn polygon(points: &[(f64, f64)], colour: &str) -> Value {
    json!({ "type": "polygon", "silent": true, "style": { "fill": colour }, "shape": { "points": points } })
}

/// A marker of a look at a place.
pub(super) fn marker(look: &Look, x: f64, y: f64) -> Value {
    let r = look.size / 2.0;
    match look.symbol {
        "diamond" => polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], &look.colour),
        "triangle" => polygon(&[(x, y - r), (x + r, y + r), (x - r, y + r)], &look.colour),
        "rect" => swatch((x - r, y - r), (2.0 * r, 2.0 * r), &look.colour, None),
        _ => {
            json!({ "type": "circle", "silent": true, "style": { "fill": look.colour }, "shape": { "cx": x, "cy": y, "r": r } })
        }
    }
}

/// Sample before a name in the key.
pub(super) enum Sample {
    /// A line with its marker.
    Line,
    /// A marker alone.
    Marker,
    /// A filled area.
    Area,
    /// A filled area with an outline, which is seen where its tone is too pale.
    Outlined,
}

/// An entry of a key.
pub(super) struct KeyEntry {
    /// Name, as at the line or mark.
    pub(super) name: String,
    /// Look of the line, mark or area.
    pub(super) look: Look,
    /// Sample before the name.
    pub(super) sample: Sample,
}

impl KeyEntry {
    /// A line's entry.
    pub(super) fn line(line: &Line) -> KeyEntry {
        KeyEntry {
            name: line.name.clone(),
            look: Look::of(line.role),
            sample: Sample::Line,
        }
    }
}

/// Lays a key out in rows from `top`; gives its elements and its height. Entries stay whole, long names break.
pub(super) fn key(entries: &[KeyEntry], top: f64, room: f64) -> (Vec<Value>, f64) {
    let mut elements = Vec::new();
    let (mut x, mut y, mut deepest) = (0.0, top, 0.0_f64);
    for entry in entries {
        let lead = if matches!(entry.sample, Sample::Marker) {
            12.0
        } else {
            SAMPLE
        };
        let name = wrapped(&entry.name, entry.look.bold, room - lead - 8.0);
        let wide = lead + 6.0 + width(&name, entry.look.bold);
        if x > 0.0 && x + wide > room {
            (x, y) = (0.0, y + deepest);
            deepest = 0.0;
        }
        let high = ROW + (lines(&name) - 1.0) * LEADING;
        let middle = y + ROW / 2.0;
        match entry.sample {
            Sample::Area | Sample::Outlined => {
                let edge = matches!(entry.sample, Sample::Outlined).then_some(MUTED);
                let mut area = swatch((x, middle - 5.0), (lead, 10.0), &entry.look.colour, edge);
                area["style"]["fillOpacity"] = entry.look.opacity.into();
                elements.push(area);
            }
            Sample::Line => {
                elements.push(rule(
                    (x, middle),
                    (x + lead, middle),
                    &entry.look.colour,
                    entry.look.width,
                    entry.look.dash,
                ));
                elements.push(marker(&entry.look, x + lead / 2.0, middle));
            }
            Sample::Marker => elements.push(marker(&entry.look, x + lead / 2.0, middle)),
        }
        elements.push(text(
            &name,
            x + lead + 6.0,
            y + high / 2.0,
            &entry.look.text,
            entry.look.bold,
        ));
        x += wide + 18.0;
        deepest = deepest.max(high);
    }
    (
        elements,
        if entries.is_empty() {
            0.0
        } else {
            y + deepest - top + 6.0
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_touch_nor_leave() {
        let wishes = [
            (50.0, 16.0),
            (52.0, 16.0),
            (51.0, 32.0),
            (190.0, 16.0),
            (199.0, 16.0),
            (5.0, 16.0),
        ];
        let centres = spread(&wishes, 0.0, 200.0);
        let mut spans: Vec<_> = centres
            .iter()
            .zip(&wishes)
            .map(|(centre, (_, height))| (centre - height / 2.0, centre + height / 2.0))
            .collect();
        spans.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9), "{spans:?}");
        assert!(
            spans.iter().all(|span| span.0 >= -1e-9 && span.1 <= 200.0 + 1e-9),
            "{spans:?}"
        );
        assert_eq!(spread(&[(40.0, 16.0)], 0.0, 100.0), [40.0]);
    }
}
