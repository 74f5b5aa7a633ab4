//! The tree of an index: nodes within nodes, or a flat list in which each names its parent, or both.
//!
//! Takes the key `tree`; gives the tops, each with what is below it. Reports cycles, branches without an indicator at their
//! end, and weights that are no shares.

use crate::finding::{Code, Finding, Log, message};
use crate::model::{Better, Score};
use crate::read::yaml::Node;
use crate::source::Origin;
use std::collections::BTreeMap;

/// The parent that a node names, if it does, and the node.
type WithParent = (Option<(String, Origin)>, Score);

/// The tops of the tree. With `relative` weights any positive numbers will do, else siblings' weights sum to 1 or 100.
pub(super) fn read(node: &Node<'_>, relative: bool) -> Vec<Score> {
    let nodes = node.list(|node| score(node, true)).unwrap_or_default();
    let tops = assemble(nodes, node.log());
    for score in &tops {
        check(score, relative, node.log());
    }
    tops
}

fn score(node: &Node<'_>, may_have_parent: bool) -> Option<WithParent> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::name);
    let parent = if may_have_parent {
        fields.optional("parent", Node::reference)
    } else {
        None
    };
    let directions = &[("higher", Better::Higher), ("lower", Better::Lower)];
    let score = Score {
        id: String::new(),
        name: name.clone().unwrap_or_default(),
        indicator: fields.optional("indicator", Node::string),
        kolada: fields.optional("kolada", Node::string).unwrap_or_default(),
        weight: fields.optional("weight", Node::number),
        better: fields.optional("better", |node| node.choice(directions)),
        because: fields.text("because"),
        log: fields.flag("log"),
        denominator: fields.optional("denominator", Node::string),
        target: fields.optional("target", Node::number),
        goalposts: fields.optional("goalposts", ends),
        children: fields
            .list("children", |node| score(node, false))
            .into_iter()
            .map(|(_, child)| child)
            .collect(),
        origin: node.origin.clone(),
    };
    fields.done();
    let id = id?;
    name.map(|_| (parent, Score { id, ..score }))
}

/// Two numbers that differ.
pub(super) fn ends(node: &Node<'_>) -> Option<[f64; 2]> {
    // What is no number has been reported.
    let numbers: Option<Vec<f64>> = node.list(|node| Some(node.number()))?.into_iter().collect();
    match <[f64; 2]>::try_from(numbers?) {
        Ok(ends) if (ends[0] - ends[1]).abs() > 0.0 => Some(ends),
        _ => {
            node.report(node.finding(Code::IndexEnds));
            None
        }
    }
}

/// Hangs nodes that name a parent under it. Those that cannot be reached from a top hang in a circle.
fn assemble(nodes: Vec<WithParent>, log: &Log) -> Vec<Score> {
    let ids: Vec<String> = nodes
        .iter()
        .flat_map(|(_, score)| score.walk())
        .map(|score| score.id.clone())
        .collect();
    let mut tops = Vec::new();
    let mut hanging: BTreeMap<String, Vec<Score>> = BTreeMap::new();
    let mut parents = Vec::new();
    for (parent, score) in nodes {
        match parent {
            None => tops.push(score),
            Some((parent, origin)) if ids.contains(&parent) => {
                parents.push((score.id.clone(), origin));
                hanging.entry(parent).or_default().push(score);
            }
            Some((parent, origin)) => {
                let finding = Finding::new(Code::UnknownNode, origin)
                    .with("value", &parent)
                    .with_message("expected", message::index_node());
                log.add(finding.near(&parent, ids.iter().map(String::as_str)));
            }
        }
    }
    for top in &mut tops {
        hang(top, &mut hanging);
    }
    let left: Vec<&Score> = hanging.values().flatten().collect();
    if let Some((id, origin)) = parents.iter().find(|(id, _)| left.iter().any(|score| score.id == *id)) {
        log.add(Finding::new(Code::IndexCycle, origin.clone()).with("value", id));
    }
    tops
}

fn hang(score: &mut Score, hanging: &mut BTreeMap<String, Vec<Score>>) {
    score.children.extend(hanging.remove(&score.id).unwrap_or_default());
    for child in &mut score.children {
        hang(child, hanging);
    }
}

/// Reports branches without an end, and weights that are no shares.
fn check(score: &Score, relative: bool, log: &Log) {
    if score.children.is_empty() && score.indicator.is_none() && score.kolada.is_empty() {
        log.add(Finding::new(Code::IndexEmpty, score.origin.clone()).with("value", &score.id));
    }
    let stated: Vec<f64> = score.children.iter().filter_map(|child| child.weight).collect();
    let sum: f64 = stated.iter().sum();
    let shares = [1.0, 100.0].iter().any(|whole| (sum - whole).abs() <= 1e-6 * whole);
    if let Some(child) = score
        .children
        .iter()
        .find(|child| child.weight.is_some_and(|weight| weight <= 0.0))
    {
        log.add(Finding::new(Code::IndexWeight, child.origin.at("weight")));
    } else if !stated.is_empty() && stated.len() < score.children.len() {
        let without = score.children.iter().find(|child| child.weight.is_none());
        let origin = without.map_or_else(|| score.origin.clone(), |child| child.origin.clone());
        log.add(Finding::new(Code::KeyMissing, origin).with("key", "weight"));
    } else if !stated.is_empty() && !relative && !shares {
        log.add(Finding::new(Code::IndexWeights, score.origin.at("children")).with("sum", (sum * 1e6).round() / 1e6));
    }
    for child in &score.children {
        check(child, relative, log);
    }
}
