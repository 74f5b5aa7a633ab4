//! All that is printed about an index, as one value with documented keys.
//!
//! Every key is explained in `src/guide/indices.md`; a test holds the two to each other. Numbers are in full, and what is
//! missing is null. Nodes are named by their ids, units by their codes.

use super::coherence::{Coherence, coherence};
use super::pull::Pull;
use super::request::{Scope, moment};
use super::sure::Sure;
use crate::index::score::provenance;
use crate::index::treat::Treated;
use crate::index::{Figures, Profile, Provenance, Sheet};
use crate::measure::{self, RankTable};
use serde::Serialize;

/// The number of this form of the document; it is raised when a key changes its meaning or goes.
pub const FORMAT: u8 = 1;

/// The document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    /// [`FORMAT`].
    pub format: u8,
    /// Which index.
    pub index: About<'a>,
    /// What was asked for.
    pub asked: Asked<'a>,
    /// The units, in the order of the place list.
    pub units: Vec<Unit<'a>>,
    /// The nodes, parents before children.
    pub nodes: Vec<Node<'a>>,
    /// Numbers by slice.
    pub slices: Vec<Slice<'a>>,
    /// What is told of each top.
    pub tops: Vec<Top<'a>>,
    /// How the parts hang together.
    pub coherence: Coherence<'a>,
}

/// Which index.
#[derive(Debug, Serialize)]
pub struct About<'a> {
    /// Id.
    pub id: &'a str,
    name: &'a str,
    language: &'a str,
    lag: Option<u16>,
}

/// What was asked for.
#[derive(Debug, Serialize)]
pub struct Asked<'a> {
    /// Code of the unit that is explained.
    pub unit: Option<&'a str>,
    /// The slice that is explained: `latest`, `lag` or a year.
    pub period: String,
    /// Of whom: `T`, `K` or `M`.
    pub sex: &'static str,
}

/// A unit.
#[derive(Debug, Serialize)]
pub struct Unit<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
}

/// A node.
#[derive(Debug, Serialize)]
pub struct Node<'a> {
    /// Id.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// Id of its level.
    pub level: Option<&'a str>,
    depth: usize,
    /// Id of its parent.
    pub parent: Option<&'a str>,
    /// Share among its siblings.
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
    /// Node by node, and unit by unit.
    pub values: Vec<Value<'a>>,
    /// Scores of the country.
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
    /// As published.
    pub measured: Option<f64>,
    /// Divided.
    pub denominated: Option<f64>,
    /// With what was missing filled in.
    pub imputed: Option<f64>,
    /// Without outliers.
    pub treated: Option<f64>,
    /// The score.
    pub score: Option<f64>,
    /// Its rank among the units.
    pub rank: Option<Rank>,
    /// Children with a score.
    pub children: Option<Children>,
    /// Where the figure comes from, at a leaf.
    pub provenance: Option<Origin>,
    /// Its own weights along the path, multiplied.
    pub effective_weight: f64,
}

/// A rank.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Rank {
    /// From 1, the best.
    pub position: usize,
    /// Units that have one.
    pub of: usize,
    /// Whether another has the same.
    pub shared: bool,
}

impl From<measure::Rank> for Rank {
    fn from(measure::Rank { position, of, shared }: measure::Rank) -> Self {
        Self { position, of, shared }
    }
}

/// How many children have a score.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Children {
    /// Those that have.
    pub present: usize,
    /// All.
    pub of: usize,
}

/// Where a figure comes from.
#[derive(Debug, Serialize)]
pub struct Origin {
    /// `observed`, `carried`, `imputed` or `missing`.
    pub kind: &'static str,
    /// Of which period it is.
    pub period: Option<String>,
}

/// A score at a node.
#[derive(Debug, Serialize)]
pub struct Score<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// The score.
    pub score: Option<f64>,
}

/// What was done about the outliers of a leaf.
#[derive(Debug, Serialize)]
pub(super) struct Treatment<'a> {
    node: &'a str,
    kind: &'static str,
    moved: Option<usize>,
    low: Option<f64>,
    high: Option<f64>,
    shift: Option<f64>,
}

/// What is told of a top, or of the node that was asked for instead.
#[derive(Debug, Serialize)]
pub struct Top<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// What pulls the unit up and down.
    #[serde(flatten)]
    pub pull: Pull<'a>,
    /// How sure its ranks are.
    #[serde(flatten)]
    pub sure: Sure<'a>,
}

impl<'a> Document<'a> {
    /// Everything in this scope.
    #[must_use]
    pub fn of(scope: &Scope<'_, 'a>) -> Self {
        let frame = &scope.composite.frame;
        let (index, language) = (frame.index, scope.language());
        let asked = frame.slices[scope.slice];
        let unit = |unit: usize| Unit {
            code: scope.code(unit),
            name: scope.site.places[frame.units[unit]].name.in_language(language),
        };
        let top = |node: usize| Top {
            node: scope.id(node),
            pull: Pull::of(scope, node),
            sure: Sure::of(scope, node),
        };
        Self {
            format: FORMAT,
            index: About {
                id: &index.id,
                name: index.name.in_language(language),
                language,
                lag: index.lag,
            },
            asked: Asked {
                unit: scope.unit.map(|unit| scope.code(unit)),
                period: moment(asked.moment),
                sex: asked.sex.letter(),
            },
            units: (0..frame.units.len()).map(unit).collect(),
            nodes: (0..frame.nodes.len())
                .filter(|node| scope.holds(*node))
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
    let nodes = || (0..frame.nodes.len()).filter(|node| scope.holds(*node) && !frame.nodes[*node].below);
    let effective: Vec<Vec<f64>> = (0..frame.units.len())
        .map(|unit| effective(scope, sheet, unit))
        .collect();
    let treated = |node: usize| treatment(scope.id(node), &sheet.figures[frame.nodes[node].leaf?]);
    Slice {
        period: moment(sheet.slice.moment),
        sex: sheet.slice.sex.letter(),
        values: nodes().flat_map(|node| values(scope, at, node, &effective)).collect(),
        country: nodes()
            .map(|node| Score {
                node: scope.id(node),
                score: sheet.country[node],
            })
            .collect(),
        treatments: nodes().filter_map(treated).collect(),
    }
}

/// What each node weighs in its top for this unit; 0 without a score.
fn effective(scope: &Scope<'_, '_>, sheet: &Sheet, unit: usize) -> Vec<f64> {
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
fn values<'a>(scope: &Scope<'_, 'a>, slice: usize, at: usize, effective: &[Vec<f64>]) -> Vec<Value<'a>> {
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
        provenance: leaf.map(|(column, figures)| origin(provenance(column, figures, unit))),
        effective_weight: effective[unit][at],
    };
    (0..frame.units.len()).map(value).collect()
}

fn origin(provenance: Provenance) -> Origin {
    let (kind, period) = match provenance {
        Provenance::Missing => ("missing", None),
        Provenance::Imputed => ("imputed", None),
        Provenance::Observed(period) => ("observed", Some(period)),
        Provenance::Carried(period) => ("carried", Some(period)),
    };
    Origin {
        kind,
        period: period.map(|period| period.to_string()),
    }
}

/// What was done about a leaf's outliers, if anything.
fn treatment<'a>(node: &'a str, figures: &Figures) -> Option<Treatment<'a>> {
    let end = |end: f64| Some(end).filter(|end| end.is_finite());
    let nothing = Treatment {
        node,
        kind: "",
        moved: None,
        low: None,
        high: None,
        shift: None,
    };
    match figures.treatment {
        Treated::No => None,
        Treated::Winsorised {
            ends: [low, high],
            moved,
        } => Some(Treatment {
            kind: "winsorised",
            moved: Some(moved),
            low: end(low),
            high: end(high),
            ..nothing
        }),
        Treated::Logged { shift } => Some(Treatment {
            kind: "logged",
            shift: Some(shift),
            ..nothing
        }),
    }
}
