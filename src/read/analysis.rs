//! `data/analyses/ID.yaml`: a picture of how things hang together.

use super::{text, text_at, unique, yaml::Node};
use crate::finding::{Code, Finding};
use crate::model::{self, Analysis, Group, Link, Text};

pub(super) fn read(node: &Node<'_>, id: &str) -> Option<Analysis> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node));
    let analysis = Analysis {
        id: id.to_owned(),
        name: name.clone().unwrap_or_else(|| Text::plain(id)),
        description: text_at(&mut fields, "description"),
        source: text_at(&mut fields, "source"),
        groups: fields.require("groups").and_then(|node| node.list(group)).unwrap_or_default(),
        links: fields.list("links", link),
        origin: node.origin.clone(),
    };
    fields.done();
    let groups = analysis.groups.iter().zip(0..).flat_map(|(group, index)| {
        let own = node.origin.at("groups").at(&index.to_string()).at("id");
        let members = group.nodes.iter().map(|member| (member.id.as_str(), member.origin.at("id")));
        std::iter::once((group.id.as_str(), own)).chain(members)
    });
    unique(groups, node.log());
    check_links(&analysis, node);
    name.map(|_| analysis)
}

fn check_links(analysis: &Analysis, node: &Node<'_>) {
    let known: Vec<&str> = analysis
        .groups
        .iter()
        .flat_map(|group| std::iter::once(group.id.as_str()).chain(group.nodes.iter().map(|node| node.id.as_str())))
        .collect();
    for link in &analysis.links {
        for (end, key) in [(&link.from, "from"), (&link.to, "to")] {
            if !known.contains(&end.as_str()) {
                let finding = Finding::new(Code::UnknownNode, link.origin.at(key)).with("value", end);
                node.report(finding.with("expected", "group or box").near(end, known.iter().copied()));
            }
        }
    }
}

fn group(node: &Node<'_>) -> Option<Group> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let column = fields.find("column").and_then(|node| node.count()).unwrap_or(1);
    let nodes = fields.list("nodes", member);
    fields.done();
    Some(Group { id: id?, name: name?, column, nodes })
}

fn member(node: &Node<'_>) -> Option<model::Node> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let text = fields.require("text").and_then(|node| text(&node));
    let indicator = fields.find("indicator").and_then(|node| node.string());
    let source = text_at(&mut fields, "source");
    let remark = text_at(&mut fields, "note");
    fields.done();
    Some(model::Node { id: id?, text: text?, indicator, source, note: remark, origin: node.origin.clone() })
}

fn link(node: &Node<'_>) -> Option<Link> {
    let mut fields = node.fields()?;
    let from = fields.require("from").and_then(|node| node.string());
    let to = fields.require("to").and_then(|node| node.string());
    let text = text_at(&mut fields, "text");
    let source = text_at(&mut fields, "source");
    fields.done();
    Some(Link { from: from?, to: to?, text, source, origin: node.origin.clone() })
}
