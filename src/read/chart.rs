//! Chart specifications, from `data/charts/ID.yaml` and from fenced blocks.
//!
//! Takes YAML; gives a [`ChartSpec`]. Whether its indicators have figures is known when it is drawn.

use super::values::{any_period, group, place};
use super::yaml::Node;
use crate::finding::{Code, Finding};
use crate::model::{ChartKind, ChartSpec, Level, Places, Selection, Sex, Text};

/// A specification; `None` after a finding when it has no kind.
pub(crate) fn spec(node: &Node<'_>, places: &Places) -> Option<ChartSpec> {
    let mut fields = node.fields()?;
    let kind = fields.required("kind", |node| node.choice(ChartKind::NAMES));
    let title = fields.optional("title", Node::text);
    if title.as_ref().is_none_or(Text::is_empty) && !fields.has_misspelling_of("title") {
        fields.report(Finding::new(Code::ChartTitle, node.origin.clone()));
    }
    let mut indicators = fields.list("indicators", Node::string);
    indicators.extend(fields.optional("indicator", Node::string));
    // Other kinds have no use for an index: then the keys are unknown, which is better than to pass over them.
    let index = if matches!(kind, Some(ChartKind::Contributions | ChartKind::Intervals)) {
        let score = fields.optional("node", Node::string);
        fields.optional("index", Node::string).map(|index| (index, score))
    } else {
        None
    };
    let selection = Selection {
        places: fields.list("places", |node| place(node, places)),
        level: fields.optional("level", |node| node.choice(Level::NAMES)),
        parent: fields.optional("parent", |node| place(node, places)),
        group: fields.optional("group", |node| group(node, places)),
        place: fields.optional("place", |node| place(node, places)),
        from: fields.optional("from", any_period),
        to: fields.optional("to", any_period),
        period: fields.optional("period", any_period),
        sex: fields.optional("sex", |node| node.choice(Sex::NAMES)),
        by: fields.optional("by", Node::string),
    };
    let spec = ChartSpec {
        kind: kind.unwrap_or(ChartKind::Trend),
        title: title.unwrap_or_default(),
        subtitle: fields.text("subtitle"),
        description: fields.text("description"),
        note: fields.text("note"),
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
