//! The gap between a unit and its benchmark at a node: its parts, its change, strengths and weaknesses, and gains.

use super::rank::Rank;
use super::request::{Scope, moment};
use crate::index::{Aim, Contribution, Decomposition, Frame, LeafRank, Profile, Reference, ScoreSheet, WhatIf};
use crate::model::Moment;
use serde::Serialize;

/// How many strengths, and how many weaknesses.
const MOST: usize = 5;

/// Analysis of a unit's gap at a node; empty when no unit is asked for.
#[derive(Debug, Default, Serialize)]
pub struct GapAnalysis<'a> {
    /// Gap to the benchmark.
    pub comparison: Option<Comparison<'a>>,
    /// Gap to the same unit earlier.
    pub change: Option<Change<'a>>,
    /// Leaves at which it does well.
    pub strengths: Option<Extremes<'a>>,
    /// Leaves at which it does badly.
    pub weaknesses: Option<Extremes<'a>>,
    /// Gains at the node from raising one leaf.
    pub what_if: Option<Vec<RaisedLeaf<'a>>>,
}

/// A unit beside its benchmark.
#[derive(Debug, Serialize)]
pub struct Comparison<'a> {
    /// Benchmark of the comparison: the country, a group, or the best unit.
    pub against: Benchmark,
    /// The unit's score.
    pub score: f64,
    /// The unit's rank.
    pub rank: Option<Rank>,
    /// The benchmark's score.
    pub against_score: f64,
    /// Whether the benchmark's scores are the means of their parts.
    pub against_is_made_of_parts: bool,
    /// The gap between them, split.
    #[serde(flatten)]
    pub split: Split<'a>,
}

/// Benchmark of a comparison.
#[derive(Debug, Serialize)]
pub struct Benchmark {
    /// `country`, `median`, `best`, `unit` or `group`.
    pub kind: &'static str,
    /// Code of the unit or id of the group; `None` for the other kinds.
    pub id: Option<String>,
}

/// A unit beside itself at an earlier time.
#[derive(Debug, Serialize)]
pub struct Change<'a> {
    /// Moment it is counted from.
    pub from: String,
    /// Moment it is counted to.
    pub to: String,
    /// Score at `from`.
    pub score_before: f64,
    /// Score at `to`.
    pub score: f64,
    /// Change of the score, split.
    #[serde(flatten)]
    pub split: Split<'a>,
}

/// A gap split over the nodes below.
#[derive(Debug, Serialize)]
pub struct Split<'a> {
    /// The gap in points of the node.
    pub gap: f64,
    /// Points that the children of the node do not explain.
    pub residual: f64,
    /// Points that no leaf explains.
    pub residuals: f64,
    /// Nodes below, parents before children.
    pub parts: Vec<Part<'a>>,
}

/// A node's contribution to a gap.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Part<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// The unit's weights along the path, multiplied.
    pub effective_weight: f64,
    /// Difference in points of the node.
    pub difference: Option<f64>,
    /// Points of the gap.
    pub contribution: f64,
    /// Points that the node's own children do not explain.
    pub residual: f64,
}

/// Strengths, or weaknesses.
#[derive(Debug, Serialize)]
pub struct Extremes<'a> {
    /// By rank among the units.
    pub by_rank: Vec<RankedLeaf<'a>>,
    /// By contribution to the gap.
    pub by_contribution: Vec<Part<'a>>,
}

/// A unit's rank at a leaf.
#[derive(Debug, Serialize)]
pub struct RankedLeaf<'a> {
    /// Id of the leaf's node.
    pub node: &'a str,
    /// Rank among the units.
    pub rank: Rank,
    /// Figure as published.
    pub figure: f64,
}

/// The gain at a node from raising one leaf.
#[derive(Debug, Serialize)]
pub struct RaisedLeaf<'a> {
    /// Id of the leaf's node.
    pub node: &'a str,
    /// `country` or `best`.
    pub aim: &'static str,
    /// Points gained.
    pub gain: f64,
    /// Rank now.
    pub rank: Rank,
    /// Rank with the gain.
    pub rank_after: Rank,
    /// The leaf and each node above it.
    pub steps: Vec<Step<'a>>,
}

/// A node's score now and with a gain.
#[derive(Debug, Serialize)]
pub struct Step<'a> {
    /// Id of the node.
    pub node: &'a str,
    /// Score now.
    pub from: f64,
    /// Score with the gain.
    pub to: f64,
}

impl<'a> GapAnalysis<'a> {
    /// Analyses the gap at a node of the unit that is asked for.
    #[must_use]
    pub fn new(scope: &Scope<'_, 'a>, node: usize) -> Self {
        let Some(unit) = scope.unit else { return Self::default() };
        let (composite, sheet) = (scope.composite, &scope.composite.sheets[scope.slice]);
        let reference = reference(scope, node);
        let gap = composite.decompose(sheet, node, unit, &reference);
        let parts = |outermost: fn(&Decomposition, &Frame<'_>, usize) -> Vec<Contribution>| {
            let contributions = gap.iter().flat_map(|gap| outermost(gap, &composite.frame, MOST));
            contributions.map(|contribution| part(scope, contribution)).collect()
        };
        let ranked = |ranks: Vec<LeafRank>| ranks.into_iter().map(|rank| ranked_leaf(scope, rank)).collect();
        let gains = composite.what_ifs(sheet, node, unit);
        Self {
            strengths: Some(Extremes {
                by_rank: ranked(composite.strengths(sheet, node, unit, MOST)),
                by_contribution: parts(Decomposition::lifting),
            }),
            weaknesses: Some(Extremes {
                by_rank: ranked(composite.weaknesses(sheet, node, unit, MOST)),
                by_contribution: parts(Decomposition::pulling),
            }),
            what_if: Some(gains.iter().map(|what_if| raised_leaf(scope, what_if)).collect()),
            change: change(scope, node, unit),
            comparison: gap
                .as_ref()
                .and_then(|gap| comparison(scope, node, unit, gap, &reference)),
        }
    }
}

/// The benchmark at a node.
fn reference(scope: &Scope<'_, '_>, node: usize) -> Reference {
    let has_country = || scope.composite.sheets[scope.slice].country[node].is_some();
    match &scope.against {
        Some(against) => against.clone(),
        None if has_country() => Reference::Country,
        None => Reference::Median,
    }
}

fn comparison<'a>(
    scope: &Scope<'_, 'a>,
    node: usize,
    unit: usize,
    gap: &Decomposition,
    reference: &Reference,
) -> Option<Comparison<'a>> {
    let (composite, sheet) = (scope.composite, &scope.composite.sheets[scope.slice]);
    let Profile {
        scores,
        is_made_of_parts,
        ..
    } = composite.reference(sheet, node, reference)?;
    let (kind, id) = match reference {
        Reference::Country => ("country", None),
        Reference::Median => ("median", None),
        Reference::Best => ("best", None),
        Reference::Unit(other) => ("unit", Some(scope.code(*other).to_owned())),
        Reference::Group(id) => ("group", Some(id.clone())),
    };
    Some(Comparison {
        against: Benchmark { kind, id },
        score: sheet.scores[node][unit]?,
        rank: composite.rank(sheet, node, unit).map(Rank::from),
        against_score: scores[node]?,
        against_is_made_of_parts: is_made_of_parts,
        split: split(scope, gap),
    })
}

/// The change of the unit since the time that the index looks back to, or else since the year before that has a score.
fn change<'a>(scope: &Scope<'_, 'a>, node: usize, unit: usize) -> Option<Change<'a>> {
    let composite = scope.composite;
    let now = &composite.sheets[scope.slice];
    let scored = || {
        let same_sex = composite.sheets.iter().filter(|sheet| sheet.slice.sex == now.slice.sex);
        same_sex.filter(|sheet| sheet.scores[node][unit].is_some())
    };
    let year = |moment: Moment| match moment {
        Moment::Year(year) => Some(year),
        Moment::Latest | Moment::Lag(_) => None,
    };
    let lag = || scored().find(|sheet| matches!(sheet.slice.moment, Moment::Lag(_)));
    let last_year = || scored().max_by_key(|sheet| year(sheet.slice.moment));
    let year_before = |sheet: &ScoreSheet| {
        let last = year(sheet.slice.moment)?;
        let earlier = scored().filter(|sheet| year(sheet.slice.moment).is_some_and(|year| year < last));
        earlier.max_by_key(|sheet| year(sheet.slice.moment))
    };
    let (before, now) = match (now.slice.moment, lag()) {
        (Moment::Lag(_), _) => return None,
        (Moment::Latest, Some(before)) => (before, now),
        (Moment::Year(_), _) => (year_before(now)?, now),
        (Moment::Latest, None) => {
            let last = last_year()?;
            (year_before(last)?, last)
        }
    };
    Some(Change {
        from: moment(before.slice.moment),
        to: moment(now.slice.moment),
        score_before: before.scores[node][unit]?,
        score: now.scores[node][unit]?,
        split: split(scope, &composite.change(before, now, node, unit)?),
    })
}

fn split<'a>(scope: &Scope<'_, 'a>, gap: &Decomposition) -> Split<'a> {
    Split {
        gap: gap.gap,
        residual: gap.residual,
        residuals: gap.residuals(),
        parts: gap
            .parts
            .iter()
            .map(|contribution| part(scope, *contribution))
            .collect(),
    }
}

fn part<'a>(scope: &Scope<'_, 'a>, contribution: Contribution) -> Part<'a> {
    Part {
        node: scope.id(contribution.node),
        effective_weight: contribution.share,
        difference: contribution.difference,
        contribution: contribution.contribution,
        residual: contribution.residual,
    }
}

fn ranked_leaf<'a>(scope: &Scope<'_, 'a>, leaf: LeafRank) -> RankedLeaf<'a> {
    RankedLeaf {
        node: scope.id(leaf.node),
        rank: leaf.rank.into(),
        figure: leaf.figure,
    }
}

fn raised_leaf<'a>(scope: &Scope<'_, 'a>, what_if: &WhatIf) -> RaisedLeaf<'a> {
    let steps = what_if.steps.iter();
    RaisedLeaf {
        node: scope.id(what_if.node),
        aim: match what_if.aim {
            Aim::Country => "country",
            Aim::Best => "best",
        },
        gain: what_if.gain,
        rank: what_if.before.into(),
        rank_after: what_if.after.into(),
        steps: steps
            .map(|step| Step {
                node: scope.id(step.node),
                from: step.from,
                to: step.to,
            })
            .collect(),
    }
}
