//! Whether the parts of an index belong together, for the slice that is asked for.

use super::request::Scope;
use crate::index::coherence::{Fit, Pair};
use serde::Serialize;

/// How the parts hang together.
#[derive(Debug, Serialize)]
pub struct Coherence<'a> {
    /// Each node with what it is part of.
    pub fits: Vec<OfNode<'a>>,
    /// Every two leaves.
    pub pairs: Vec<OfPair<'a>>,
    /// Every inner node.
    pub alphas: Vec<Alpha<'a>>,
}

/// A node with what it is part of.
#[derive(Debug, Serialize)]
pub struct OfNode<'a> {
    /// Id.
    pub node: &'a str,
    /// Correlation with its parent.
    pub with_parent: Option<f64>,
    with_top: Option<f64>,
    /// Nominal weight.
    pub weight: f64,
    /// What it really weighs.
    pub importance: Option<f64>,
    /// Whether it pulls against its parent.
    pub against_parent: bool,
}

/// Two leaves.
#[derive(Debug, Serialize)]
pub struct OfPair<'a> {
    /// Ids.
    pub nodes: [&'a str; 2],
    siblings: bool,
    /// Correlation.
    pub correlation: Option<f64>,
    /// Whether they are siblings that say the same thing.
    pub redundant: bool,
}

/// Cronbach's alpha of a node's children.
#[derive(Debug, Serialize)]
pub struct Alpha<'a> {
    /// Id.
    pub node: &'a str,
    /// Alpha.
    pub alpha: Option<f64>,
}

/// How the parts hang together at and below the nodes that are asked for.
pub(super) fn coherence<'a>(scope: &Scope<'_, 'a>) -> Coherence<'a> {
    let found = scope.composite.coherence(&scope.composite.sheets[scope.slice]);
    let of_node = |fit: &Fit| OfNode {
        node: scope.id(fit.node),
        with_parent: fit.parent,
        with_top: fit.top,
        weight: fit.nominal,
        importance: fit.effective,
        against_parent: fit.trade_off(),
    };
    let of_pair = |pair: &Pair| OfPair {
        nodes: pair.nodes.map(|node| scope.id(node)),
        siblings: pair.siblings,
        correlation: pair.correlation,
        redundant: pair.redundant(),
    };
    let alphas = found.alphas.iter().filter(|(node, _)| scope.holds(*node));
    Coherence {
        fits: found
            .fits
            .iter()
            .filter(|fit| scope.holds(fit.node))
            .map(of_node)
            .collect(),
        pairs: found
            .pairs
            .iter()
            .filter(|it| it.nodes.iter().all(|node| scope.holds(*node)))
            .map(of_pair)
            .collect(),
        alphas: alphas
            .map(|(node, alpha)| Alpha {
                node: scope.id(*node),
                alpha: *alpha,
            })
            .collect(),
    }
}
