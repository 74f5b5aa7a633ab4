//! `data/analyses/ID.yaml`: a diagram of causes, goals and actions.
//!
//! Takes YAML; gives an [`Analysis`]. What the file alone can show to be wrong is reported here: links to nowhere, links
//! against the order of a problem chain, statements without indicator or note.

use super::{ids::unique, yaml::Node};
use crate::finding::{Code, Finding, message};
use crate::model::{self, Analysis, AnalysisGroup, AnalysisLink, GroupRole, Text};
use crate::source::Origin;

pub(super) fn read(node: &Node<'_>, id: &str) -> Option<Analysis> {
    let mut fields = node.fields()?;
    let name = fields.required("name", Node::text);
    let analysis = Analysis {
        id: id.to_owned(),
        name: name.clone().unwrap_or_else(|| Text::plain(id)),
        description: fields.text("description"),
        source: fields.text("source"),
        groups: fields.required_list("groups", group),
        links: fields.list("links", link),
        origin: node.origin.clone(),
    };
    fields.done();
    let groups = analysis.groups.iter().zip(0..).flat_map(|(group, index)| {
        let origin = node.origin.at("groups").at(&index.to_string()).at("id");
        let members = group.nodes.iter();
        let members = members.map(|member| (member.id.as_str(), member.origin.at("id")));
        std::iter::once((group.id.as_str(), origin)).chain(members)
    });
    unique(groups, node.log());
    check_links(&analysis, node);
    check_chain(&analysis, node);
    check_notes(&analysis, node);
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
                node.report(
                    finding
                        .with_message("expected", message::group_or_box())
                        .near(end, known.iter().copied()),
                );
            }
        }
    }
}

/// Reports links without a source, boxes and links that go against the order of a problem chain.
fn check_chain(analysis: &Analysis, node: &Node<'_>) {
    let role_of = |end: &str| {
        let holds = |group: &&AnalysisGroup| group.id == end || group.nodes.iter().any(|node| node.id == end);
        analysis.groups.iter().find(holds)?.role
    };
    let report = |origin: Origin, first: GroupRole, second: GroupRole| {
        let finding = Finding::new(Code::AnalysisOrder, origin).with("first", first.name());
        node.report(finding.with("second", second.name()));
    };
    for link in &analysis.links {
        if link.source.is_empty() {
            node.report(Finding::new(Code::AnalysisSource, link.origin.clone()));
        }
        if let Some((from, to)) = role_of(&link.from).zip(role_of(&link.to))
            && from > to
        {
            report(link.origin.clone(), from, to);
        }
    }
    for (index, group) in analysis.groups.iter().enumerate() {
        let Some(role) = group.role else { continue };
        let later = analysis.groups.iter().filter(|other| other.column > group.column);
        if let Some(before) = later.filter_map(|other| other.role).find(|other| *other < role) {
            report(node.origin.at("groups").at(&index.to_string()).at("role"), role, before);
        }
    }
}

/// Reports statements that neither name an indicator nor say why. An action is no state of things to be measured.
fn check_notes(analysis: &Analysis, node: &Node<'_>) {
    let groups = analysis
        .groups
        .iter()
        .filter(|group| group.role != Some(GroupRole::Actions));
    for member in groups.flat_map(|group| &group.nodes) {
        if member.indicator.is_none() && member.note.is_empty() {
            node.report(Finding::new(Code::AnalysisNote, member.origin.clone()).with("value", &member.id));
        }
    }
}

fn group(node: &Node<'_>) -> Option<AnalysisGroup> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::text);
    let role = fields.optional("role", |node| node.choice(GroupRole::NAMES));
    // The parts of a chain stand in its order unless a column is stated.
    let mut roles = GroupRole::NAMES.iter().zip(1..);
    let usual_column = roles.find(|((_, known), _)| Some(*known) == role);
    let column = fields.optional("column", Node::count);
    let column = column.unwrap_or(usual_column.map_or(1, |(_, column)| column));
    let nodes = fields.list("nodes", member);
    fields.done();
    Some(AnalysisGroup {
        id: id?,
        name: name?,
        role,
        column,
        nodes,
    })
}

fn member(node: &Node<'_>) -> Option<model::AnalysisNode> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let text = fields.required("text", Node::text);
    let indicator = fields.optional("indicator", Node::string);
    let source = fields.text("source");
    let remark = fields.text("note");
    fields.done();
    Some(model::AnalysisNode {
        id: id?,
        text: text?,
        indicator,
        source,
        note: remark,
        origin: node.origin.clone(),
    })
}

fn link(node: &Node<'_>) -> Option<AnalysisLink> {
    let mut fields = node.fields()?;
    let from = fields.required("from", Node::string);
    let to = fields.required("to", Node::string);
    let text = fields.text("text");
    let source = fields.text("source");
    fields.done();
    Some(AnalysisLink {
        from: from?,
        to: to?,
        text,
        source,
        origin: node.origin.clone(),
    })
}
