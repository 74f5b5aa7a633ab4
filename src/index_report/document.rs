//! The document: everything that is printed about an index, as one value with documented keys.
//!
//! Every key is explained in `src/guide/indices.md`; a test holds the two to each other. Numbers are in full, and what is
//! missing is null. Nodes are named by their ids, units by their codes.

use super::coherence::{Coherence, coherence};
use super::gap::GapAnalysis;
use super::rank::Rank;
use super::request::{Scope, moment};
use super::robustness::Robustness;
use crate::index::score::provenance;
use crate::index::treat::Treated;
use crate::index::{LeafFigures, Profile, Provenance, ScoreSheet};
use crate::measure::RankTable;
use serde::Serialize;

/// The number of this form of the document; it is raised when a key changes its meaning or goes.
pub const FORMAT: u8 = 1;

/// Everything that is printed about an index.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    /// [`FORMAT`].
    pub format: u8,
    /// Id, name and settings of the index.
    pub index: IndexInfo<'a>,
    /// The unit and the slice that were asked for.
    pub asked: Selection<'a>,
    /// The units, in the order of the place list.
    pub units: Vec<Unit<'a>>,
    /// The nodes, parents before children.
    pub nodes: Vec<Node<'a>>,
    /// Numbers by slice.
    pub slices: Vec<Slice<'a>>,
    /// Analyses of each top.
    pub tops: Vec<Top<'a>>,
    /// Correlations between the parts.
    pub coherence: Coherence<'a>,
}

/// An index, with the settings that matter to a reader.
#[derive(Debug, Serialize)]
pub struct IndexInfo<'a> {
    /// Id of the index.
    pub id: &'a str,
    name: &'a str,
    language: &'a str,
    lag: Option<u16>,
}

/// The unit and the slice that were asked for.
#[derive(Debug, Serialize)]
pub struct Selection<'a> {
    /// Code of the unit that is explained.
    pub unit: Option<&'a str>,
    /// The slice that is explained: `latest`, `lag` or a year.
    pub period: String,
    /// `T`, `K` or `M`.
    pub sex: &'static str,
}

/// A unit of the index.
#[derive(Debug, Serialize)]
pub struct Unit<'a> {
    /// Code of the place.
    pub code: &'a str,
    /// Name in the site's first language.
    pub name: &'a str,
}

/// A node of the index's tree.
#[derive(Debug, Serialize)]
pub struct Node<'a> {
    /// Id, unique in the index.
    pub id: &'a str,
    /// Name in the site's first language.
    pub name: &'a str,
    /// Id of its level.
    pub level: Option<&'a str>,
    depth: usize,
    /// Id of its parent.
    pub parent: Option<&'a str>,
    /// Nominal weight, as a share among its siblings.
    pub weight: f64,
    weight_in_top: f64,
    scored: bool,
    indicator: Option<&'a str>,
    denominator: Option<&'a str>,
    published: Option<bool>,
    better: Option<&'static str>,
    latest: Option<String>,
}

/// The numbers of a moment and a sex.
#[derive(Debug, Serialize)]
pub struct Slice<'a> {
    /// `latest`, `lag` or a year.
    pub period: String,
    /// `T`, `K` or `M`.
    pub sex: &'static str,
    /// Numbers of each unit at each node.
    pub values: Vec<Value<'a>>,
    /// The country's score at each node.
    pub country: Vec<Score<'a>>,
    treatments: Vec<Treatment<'a>>,
}

/// The numbers of a unit at a node.
#[derive(Debug, Serialize)]
pub struct Value<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// Code of the unit.
    pub unit: &'a str,
    /// Figure as published, at a leaf.
    pub measured: Option<f64>,
    /// Figure divided by its denominator.
    pub denominated: Option<f64>,
    /// Figure, imputed where it was missing.
    pub imputed: Option<f64>,
    /// Figure after treatment of outliers.
    pub treated: Option<f64>,
    /// Score on the index's scale.
    pub score: Option<f64>,
    /// Rank among the units.
    pub rank: Option<Rank>,
    /// Children with a score; `None` at a leaf.
    pub children: Option<Children>,
    /// Provenance of the figure, at a leaf.
    pub provenance: Option<FigureProvenance>,
    /// The unit's weights along the path, multiplied.
    pub effective_weight: f64,
}

/// How many children have a score.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Children {
    /// Children with a score.
    pub present: usize,
    /// All children.
    pub of: usize,
}

/// Provenance of a figure.
#[derive(Debug, Serialize)]
pub struct FigureProvenance {
    /// `observed`, `carried`, `imputed` or `missing`.
    pub kind: &'static str,
    /// Period in which it was observed.
    pub period: Option<String>,
}

/// A score at a node.
#[derive(Debug, Serialize)]
pub struct Score<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// Score on the index's scale.
    pub score: Option<f64>,
}

/// Treatment of a leaf's outliers.
#[derive(Debug, Default, Serialize)]
pub(super) struct Treatment<'a> {
    node: &'a str,
    kind: &'static str,
    moved: Option<usize>,
    low: Option<f64>,
    high: Option<f64>,
    shift: Option<f64>,
}

/// Analyses of a top, or of the node that was asked for instead.
#[derive(Debug, Serialize)]
pub struct Top<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// Gap of the unit that is asked for.
    #[serde(flatten)]
    pub gap: GapAnalysis<'a>,
    /// Robustness of ranks.
    #[serde(flatten)]
    pub robustness: Robustness<'a>,
}

impl<'a> Document<'a> {
    /// Gathers everything in this scope.
    #[must_use]
    pub fn new(scope: &Scope<'_, 'a>) -> Self {
        let frame = &scope.composite.frame;
        let (index, language) = (frame.index, scope.language());
        let explained = frame.slices[scope.slice];
        let unit = |unit: usize| Unit {
            code: scope.code(unit),
            name: scope.site.places[frame.units[unit]].name.in_language(language),
        };
        let top = |node: usize| Top {
            node: scope.id(node),
            gap: GapAnalysis::new(scope, node),
            robustness: Robustness::new(scope, node),
        };
        Self {
            format: FORMAT,
            index: IndexInfo {
                id: &index.id,
                name: index.name.in_language(language),
                language,
                lag: index.lag,
            },
            asked: Selection {
                unit: scope.unit.map(|unit| scope.code(unit)),
                period: moment(explained.moment),
                sex: explained.sex.letter(),
            },
            units: (0..frame.units.len()).map(unit).collect(),
            nodes: (0..frame.nodes.len())
                .filter(|node| scope.covers(*node))
                .map(|at| node(scope, at))
                .collect(),
            slices: scope.slices.iter().map(|at| slice(scope, *at)).collect(),
            tops: scope.tops.iter().map(|at| top(*at)).collect(),
            coherence: coherence(scope),
        }
    }
}

fn node<'a>(scope: &Scope<'_, 'a>, at: usize) -> Node<'a> {
    let frame = &scope.composite.frame;
    let node = &frame.nodes[at];
    let leaf = node.leaf.map(|leaf| &frame.leaves[leaf]);
    let lower = leaf.map(|leaf| leaf.lower_is_better && !leaf.published);
    Node {
        id: scope.id(at),
        name: node.score.name.in_language(scope.language()),
        level: frame.index.levels.get(node.depth).map(|level| level.id.as_str()),
        depth: node.depth,
        parent: node.parent.map(|parent| scope.id(parent)),
        weight: node.weight,
        weight_in_top: frame.path(at).map(|at| frame.nodes[at].weight).product(),
        scored: !node.below,
        indicator: leaf
            .and_then(|leaf| leaf.indicator)
            .map(|indicator| indicator.id.as_str()),
        denominator: leaf
            .and_then(|leaf| leaf.denominator)
            .map(|indicator| indicator.id.as_str()),
        published: leaf.map(|leaf| leaf.published),
        better: lower.map(|lower| if lower { "lower" } else { "higher" }),
        latest: leaf.and_then(|leaf| leaf.latest).map(|period| period.to_string()),
    }
}

fn slice<'a>(scope: &Scope<'_, 'a>, at: usize) -> Slice<'a> {
    let (frame, sheet) = (&scope.composite.frame, &scope.composite.sheets[at]);
    let nodes = || frame.scored_nodes().filter(|node| scope.covers(*node));
    let weights: Vec<Vec<f64>> = (0..frame.units.len())
        .map(|unit| effective_weights(scope, sheet, unit))
        .collect();
    let treatment = |node: usize| treatment(scope.id(node), &sheet.figures[frame.nodes[node].leaf?]);
    Slice {
        period: moment(sheet.slice.moment),
        sex: sheet.slice.sex.letter(),
        values: nodes().flat_map(|node| values(scope, at, node, &weights)).collect(),
        country: nodes()
            .map(|node| Score {
                node: scope.id(node),
                score: sheet.country[node],
            })
            .collect(),
        treatments: nodes().filter_map(treatment).collect(),
    }
}

/// The weight of each node in its top for this unit; 0 without a score.
fn effective_weights(scope: &Scope<'_, '_>, sheet: &ScoreSheet, unit: usize) -> Vec<f64> {
    let mut weights = Profile::unit(scope.composite, sheet, unit).weights;
    // Parents stand before their children.
    for (at, node) in scope.composite.frame.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            weights[at] *= weights[parent];
        }
    }
    weights
}

/// The numbers of all units at a node.
fn values<'a>(scope: &Scope<'_, 'a>, slice: usize, at: usize, weights: &[Vec<f64>]) -> Vec<Value<'a>> {
    let composite = scope.composite;
    let (frame, sheet) = (&composite.frame, &composite.sheets[slice]);
    let leaf = frame.nodes[at]
        .leaf
        .map(|leaf| (&frame.columns[slice][leaf], &sheet.figures[leaf]));
    let standings = RankTable::of_scores(&sheet.scores[at]);
    let value = |unit: usize| Value {
        node: scope.id(at),
        unit: scope.code(unit),
        measured: leaf.and_then(|(column, _)| column.measured[unit]),
        denominated: leaf.and_then(|(column, _)| column.denominated[unit]),
        imputed: leaf.and_then(|(_, figures)| figures.imputed[unit]),
        treated: leaf.and_then(|(_, figures)| figures.treated.get(unit).copied().flatten()),
        score: sheet.scores[at][unit],
        rank: sheet.scores[at][unit].map(|score| standings.rank(score).into()),
        children: leaf.is_none().then(|| {
            let (present, of) = composite.present(sheet, at, unit);
            Children { present, of }
        }),
        provenance: leaf.map(|(column, figures)| figure_provenance(provenance(column, figures, unit))),
        effective_weight: weights[unit][at],
    };
    (0..frame.units.len()).map(value).collect()
}

fn figure_provenance(provenance: Provenance) -> FigureProvenance {
    let (kind, period) = match provenance {
        Provenance::Missing => ("missing", None),
        Provenance::Imputed => ("imputed", None),
        Provenance::Observed(period) => ("observed", Some(period)),
        Provenance::Carried(period) => ("carried", Some(period)),
    };
    FigureProvenance {
        kind,
        period: period.map(|period| period.to_string()),
    }
}

/// The treatment of a leaf's outliers, if any.
fn treatment<'a>(node: &'a str, figures: &LeafFigures) -> Option<Treatment<'a>> {
    let end = |end: f64| Some(end).filter(|end| end.is_finite());
    match figures.treatment {
        Treated::No => None,
        Treated::Winsorised {
            ends: [low, high],
            moved,
        } => Some(Treatment {
            node,
            kind: "winsorised",
            moved: Some(moved),
            low: end(low),
            high: end(high),
            shift: None,
        }),
        Treated::Logged { shift } => Some(Treatment {
            node,
            kind: "logged",
            shift: Some(shift),
            ..Treatment::default()
        }),
    }
}
