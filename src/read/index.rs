//! `data/indices/ID.yaml`: a tree of scores.

use super::{indicator::source, text, text_at, unique, yaml::Node};
use crate::model::{Index, Score, Text};

pub(super) fn read(node: &Node<'_>, id: &str) -> Option<Index> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node));
    let short = text_at(&mut fields, "short");
    let index = Index {
        id: id.to_owned(),
        short: if short.is_empty() { name.clone().unwrap_or_default() } else { short },
        name: name.clone().unwrap_or_else(|| Text::plain(id)),
        description: text_at(&mut fields, "description"),
        scale: text_at(&mut fields, "scale"),
        source: fields.find("source").and_then(|node| source(&node)).unwrap_or_default(),
        tree: fields.require("tree").and_then(|node| node.list(score)).unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    let scores = index.tree.iter().flat_map(Score::walk);
    unique(scores.map(|score| (score.id.as_str(), score.origin.at("id"))), node.log());
    name.map(|_| index)
}

fn score(node: &Node<'_>) -> Option<Score> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let indicator = fields.find("indicator").and_then(|node| node.string());
    let children = fields.list("children", score);
    fields.done();
    Some(Score { id: id?, name: name?, indicator, children, origin: node.origin.clone() })
}
