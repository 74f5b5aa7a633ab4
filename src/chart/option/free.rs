//! Whatever the author's own option draws, on our ground: our font, colours and way of writing numbers.

use serde_json::{Value, json};

use super::super::overlay;
use super::super::picture::ValueAxis;
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::{Sketch, axes, labels, look};

/// The ground for the author's option, which is laid over it afterwards as over any other.
pub(super) fn sketch(overlay: &Value, axis: &ValueAxis, size: Size) -> Sketch {
    let mut option = axes::ground();
    let colours: Vec<String> = (1..=6).map(|order| format!("var(--series-{order})")).collect();
    let line = json!({ "lineStyle": { "color": look::RULE } });
    let plain = json!({ "axisLine": line, "axisTick": line, "splitLine": line, "axisLabel": { "color": look::MUTED, "fontSize": labels::SIZE } });
    overlay::merge(&mut option, json!({ "color": colours }));
    // Numbers along an axis are written as the language does; an author's own formatter is laid over this one.
    let styled = |axis_option: &Value| {
        let mut axis_style = plain.clone();
        if axis_option["type"].as_str().unwrap_or("value") == "value" && axis_option["data"].is_null() {
            axis_style["axisLabel"]["formatter"] = axes::formatter(Vec::new(), axis);
        }
        axis_style
    };
    for name in ["xAxis", "yAxis"] {
        // An axis nobody asked for would draw itself, and then fail for want of the other.
        match overlay.get(name) {
            Some(Value::Array(list)) => option[name] = list.iter().map(styled).collect(),
            Some(axis_option @ Value::Object(_)) => option[name] = styled(axis_option),
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
        mark_labels: MarkLabels::new(),
        width: size.width(),
        height: if size == Size::Wide { 400 } else { 320 },
        map: None,
        front: Vec::new(),
    }
}

/// Colours for the nodes of a Sankey diagram, which ECharts would mix out of the palette, and cannot of variables.
fn node_colours(series: &Value, colours: &[String]) -> Value {
    let nodes = series["data"]
        .as_array()
        .or(series["nodes"].as_array())
        .filter(|_| series["type"] == "sankey");
    let Some(nodes) = nodes else { return json!({}) };
    let coloured: Vec<Value> = nodes
        .iter()
        .zip(colours.iter().cycle())
        .map(|(_, colour)| json!({ "itemStyle": { "color": colour } }))
        .collect();
    let text = json!({ "color": look::INK, "fontSize": labels::SIZE });
    let mut over = json!({ "label": text, "lineStyle": { "color": look::MEDIAN, "opacity": 0.35 }, "emphasis": { "disabled": true } });
    over[if series["data"].is_array() { "data" } else { "nodes" }] = coloured.into();
    over
}
