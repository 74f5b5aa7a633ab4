//! Coherence of the index's parts, in the slice that is asked for.

use super::request::Scope;
use crate::index::coherence::{Fit, Pair};
use serde::Serialize;

/// Correlations between the parts of an index.
#[derive(Debug, Serialize)]
pub struct Coherence<'a> {
    /// Each node with its parent and top.
    pub fits: Vec<NodeFit<'a>>,
    /// Every two leaves.
    pub pairs: Vec<LeafPair<'a>>,
    /// Cronbach's alpha of every inner node.
    pub alphas: Vec<Alpha<'a>>,
}

/// A node with its parent and top.
#[derive(Debug, Serialize)]
pub struct NodeFit<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// Correlation with its parent.
    pub with_parent: Option<f64>,
    with_top: Option<f64>,
    /// Nominal weight, as a share among its siblings.
    pub weight: f64,
    /// Effective weight, as a share among its siblings.
    pub importance: Option<f64>,
    /// Whether it correlates negatively with its parent.
    pub against_parent: bool,
}

/// Two leaves.
#[derive(Debug, Serialize)]
pub struct LeafPair<'a> {
    /// Ids of the leaves' nodes.
    pub nodes: [&'a str; 2],
    siblings: bool,
    /// Pearson's correlation of their scores.
    pub correlation: Option<f64>,
    /// Whether they are siblings that measure nearly the same thing.
    pub redundant: bool,
}

/// Cronbach's alpha of a node's children.
#[derive(Debug, Serialize)]
pub struct Alpha<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// `None`: too few children or units.
    pub alpha: Option<f64>,
}

/// Correlations at and below the nodes that are asked for.
pub(super) fn coherence<'a>(scope: &Scope<'_, 'a>) -> Coherence<'a> {
    let coherence = scope.composite.coherence(&scope.composite.sheets[scope.slice]);
    let node_fit = |fit: &Fit| NodeFit {
        node: scope.id(fit.node),
        with_parent: fit.parent,
        with_top: fit.top,
        weight: fit.nominal,
        importance: fit.effective,
        against_parent: fit.trade_off(),
    };
    let leaf_pair = |pair: &Pair| LeafPair {
        nodes: pair.nodes.map(|node| scope.id(node)),
        siblings: pair.siblings,
        correlation: pair.correlation,
        redundant: pair.redundant(),
    };
    let alphas = coherence.alphas.iter().filter(|(node, _)| scope.covers(*node));
    Coherence {
        fits: coherence
            .fits
            .iter()
            .filter(|fit| scope.covers(fit.node))
            .map(node_fit)
            .collect(),
        pairs: coherence
            .pairs
            .iter()
            .filter(|pair| pair.nodes.iter().all(|node| scope.covers(*node)))
            .map(leaf_pair)
            .collect(),
        alphas: alphas
            .map(|(node, alpha)| Alpha {
                node: scope.id(*node),
                alpha: *alpha,
            })
            .collect(),
    }
}
