//! The tree of an index, laid flat with its weights.

use crate::model::{Index, Score};

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The node as the index's author wrote it.
    pub score: &'a Score,
    /// The node it is part of; `None` at the top.
    pub parent: Option<usize>,
    /// From 0 at the top.
    pub depth: usize,
    /// The nodes it is made of; also those below where figures enter.
    pub children: Vec<usize>,
    /// Its share among its siblings; they sum to 1.
    pub weight: f64,
    /// The leaf, where figures enter here.
    pub leaf: Option<usize>,
    /// Whether it lies below a node where figures enter, so that it has no score.
    pub below: bool,
}

/// The tree laid flat, with weights, and no leaves marked yet.
pub(super) fn nodes(index: &Index) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for score in &index.tree {
        flatten(index, score, None, 0, false, &mut nodes);
    }
    share_weights(&mut nodes);
    nodes
}

fn flatten<'a>(
    index: &Index,
    score: &'a Score,
    parent: Option<usize>,
    depth: usize,
    below: bool,
    nodes: &mut Vec<Node<'a>>,
) {
    let at = nodes.len();
    nodes.push(Node {
        score,
        parent,
        depth,
        children: Vec::new(),
        weight: 1.0,
        leaf: None,
        below,
    });
    if let Some(parent) = parent {
        nodes[parent].children.push(at);
    }
    for child in &score.children {
        flatten(
            index,
            child,
            Some(at),
            depth + 1,
            below || index.entry_depth.is_some_and(|enters| depth >= enters),
            nodes,
        );
    }
}

/// Weights as shares of their siblings. Tops are no siblings: each is an index of its own.
fn share_weights(nodes: &mut [Node<'_>]) {
    for parent in 0..nodes.len() {
        let children = nodes[parent].children.clone();
        let weight = |child: &usize| nodes[*child].score.weight.unwrap_or(1.0);
        let whole: f64 = children.iter().map(weight).sum();
        for child in children {
            nodes[child].weight = nodes[child].score.weight.unwrap_or(1.0) / whole;
        }
    }
}
