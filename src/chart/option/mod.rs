//! From a picture to an ECharts option, one file per kind.
//!
//! Takes what is shown and for which column; gives a complete option in plain JSON, without functions, and what every mark
//! says. Each kind builds a typed [`charming::Chart`] and lays over it what charming 0.6 cannot say; layout is decided here, in
//! pixels, since only here are names and room both known. Nothing here runs ECharts.

mod axes;
mod bars;
mod cloud;
mod degrees;
mod intervals;
mod labels;
mod look;
mod map;
mod multiples;
mod pairs;
mod profile;
mod quadrants;
mod rows;
mod scatter;
mod slope;
mod stacked;
mod strokes;
mod trend;

use serde_json::{Value, json};

use super::draw::Size;
use super::engine::{Engine, Fault};
use super::overlay;
use super::picture::{Picture, Shape, ValueAxis};
use super::svg::Says;

/// An option and what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    /// ECharts' option.
    pub(crate) option: Value,
    /// What each mark says, by series and item.
    pub(crate) says: Says,
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
    /// Boundaries the option needs.
    pub(crate) map: Option<String>,
    /// Series and item of marks drawn after their neighbours, which would paint over their outline.
    pub(crate) front: Vec<(usize, usize)>,
}

/// The option of a picture; `None` where nothing in it has a value.
///
/// # Errors
/// When it needs boundaries the engine was not given.
pub(crate) fn sketch(picture: &Picture, size: Size, engine: &Engine) -> Result<Option<Sketch>, Fault> {
    let axis = &picture.axis;
    Ok(match &picture.shape {
        Shape::Trend { .. } => trend::sketch(&picture.shape, axis, size),
        Shape::Bars { bars, reference } => bars::sketch(bars, reference.as_ref(), axis, size),
        Shape::Intervals { rows, last } => intervals::sketch(rows, *last, axis, size),
        Shape::Pairs { names, rows } => pairs::sketch(names, rows, axis, size),
        Shape::Slope { periods, lines } => slope::sketch(periods, lines, axis, size),
        Shape::Stacked { periods, parts } => stacked::sketch(periods, parts, axis, size),
        Shape::Profile { .. } => profile::sketch(&picture.shape, axis, size),
        Shape::Map { map, .. } => {
            let outline = engine.outline(map).ok_or_else(|| Fault {
                text: format!("there are no boundaries named {map}"),
            })?;
            map::sketch(&picture.shape, outline, axis, size)
        }
        Shape::Multiples {
            periods,
            positions,
            panels,
        } => multiples::sketch(periods, positions, panels, axis, size),
        Shape::Quadrants { .. } => quadrants::sketch(&picture.shape, size),
        Shape::Scatter { axes, points } => scatter::sketch(axes, points, size),
        Shape::Degrees {
            points,
            zero,
            rows,
            columns,
        } => degrees::sketch(
            &degrees::Degrees {
                points,
                zero: *zero,
                rows,
                columns,
            },
            size,
        ),
        Shape::Free => Some(free(&picture.overlay, axis, size)),
    })
}

/// Colours for the nodes of a Sankey diagram, which ECharts would mix out of the palette, and cannot of variables.
fn node_colours(series: &Value, colours: &[String]) -> Value {
    let nodes = series["data"]
        .as_array()
        .or(series["nodes"].as_array())
        .filter(|_| series["type"] == "sankey");
    let Some(nodes) = nodes else { return json!({}) };
    let coloured = nodes
        .iter()
        .zip(colours.iter().cycle())
        .map(|(_, colour)| json!({ "itemStyle": { "color": colour } }));
    let coloured: Vec<Value> = coloured.collect();
    let text = json!({ "color": look::INK, "fontSize": labels::SIZE });
    let mut laid = json!({ "label": text, "lineStyle": { "color": look::MEDIAN, "opacity": 0.35 }, "emphasis": { "disabled": true } });
    laid[if series["data"].is_array() { "data" } else { "nodes" }] = coloured.into();
    laid
}

/// The author's own option on our ground; it is laid over afterwards like any other.
fn free(overlay: &Value, axis: &ValueAxis, size: Size) -> Sketch {
    let mut option = axes::ground();
    let colours: Vec<String> = (1..=6).map(|order| format!("var(--series-{order})")).collect();
    let line = json!({ "lineStyle": { "color": look::RULE } });
    let plain = json!({ "axisLine": line, "axisTick": line, "splitLine": line, "axisLabel": { "color": look::MUTED, "fontSize": labels::SIZE } });
    overlay::merge(&mut option, json!({ "color": colours }));
    // Numbers along an axis are written as the language does; an author's own formatter is laid over this one.
    let styled = |own: &Value| {
        let mut styled = plain.clone();
        if own["type"].as_str().unwrap_or("value") == "value" && own["data"].is_null() {
            styled["axisLabel"]["formatter"] = axes::formatter(Vec::new(), axis);
        }
        styled
    };
    for name in ["xAxis", "yAxis"] {
        // An axis nobody asked for would draw itself, and then fail for want of the other.
        match overlay.get(name) {
            Some(Value::Array(list)) => option[name] = list.iter().map(styled).collect(),
            Some(own @ Value::Object(_)) => option[name] = styled(own),
            _ => {}
        }
    }
    let series = overlay.get("series").and_then(Value::as_array);
    option["series"] = series
        .into_iter()
        .flatten()
        .map(|one| node_colours(one, &colours))
        .collect();
    Sketch {
        option,
        says: Says::new(),
        width: size.width(),
        height: if size == Size::Wide { 400 } else { 320 },
        map: None,
        front: Vec::new(),
    }
}
