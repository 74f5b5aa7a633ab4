//! Chart specifications, from `data/charts/ID.yaml` and from fenced blocks.

use super::{any_period, place, settings::group, text, text_at, yaml::Node};
use crate::finding::{Code, Finding};
use crate::model::{ChartKind, ChartSpec, Level, Places, Selection, Sex};

/// A specification; `None` after a finding when it says too little to draw anything.
pub(crate) fn spec(node: &Node<'_>, places: &Places) -> Option<ChartSpec> {
    let mut fields = node.fields()?;
    let kind = fields.require("kind").and_then(|node| node.choice(ChartKind::NAMES));
    let title = fields.find("title").and_then(|node| text(&node));
    if title.as_ref().is_none_or(crate::model::Text::is_empty) && !fields.has_misspelling_of("title") {
        fields.report(Finding::new(Code::ChartTitle, node.origin.clone()));
    }
    let mut indicators = fields.list("indicators", Node::string);
    indicators.extend(fields.find("indicator").and_then(|node| node.string()));
    // Other kinds have no use for an index, and to say so is better than to pass over it.
    let of_index = matches!(kind, Some(ChartKind::Contributions | ChartKind::Intervals));
    let mut id = |key| {
        if of_index {
            fields.find(key).and_then(|node| node.string())
        } else {
            None
        }
    };
    let (score, index) = (id("node"), id("index"));
    let index = index.map(|index| (index, score));
    let selection = Selection {
        places: fields.list("places", |node| place(node, places)),
        level: fields.find("level").and_then(|node| node.choice(Level::NAMES)),
        parent: fields.find("parent").and_then(|node| place(&node, places)),
        group: fields.find("group").and_then(|node| group(&node, places)),
        place: fields.find("place").and_then(|node| place(&node, places)),
        from: fields.find("from").and_then(|node| any_period(&node)),
        to: fields.find("to").and_then(|node| any_period(&node)),
        period: fields.find("period").and_then(|node| any_period(&node)),
        sex: fields.find("sex").and_then(|node| node.choice(Sex::NAMES)),
        by: fields.find("by").and_then(|node| node.string()),
    };
    let spec = ChartSpec {
        kind: kind.unwrap_or(ChartKind::Trend),
        title: title.unwrap_or_default(),
        subtitle: text_at(&mut fields, "subtitle"),
        description: text_at(&mut fields, "description"),
        note: text_at(&mut fields, "note"),
        indicators,
        index,
        selection,
        option: fields
            .find("option")
            .and_then(|node| node.json())
            .unwrap_or(serde_json::Value::Null),
        origin: node.origin.clone(),
    };
    fields.done();
    kind.map(|_| spec)
}
