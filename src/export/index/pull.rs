//! What pulls a unit up and down at a node: its gap, what changed, its strengths and weaknesses, and what a gain is worth.

use super::document::Rank;
use super::request::{Scope, moment};
use crate::index::{Aim, Contribution, Decomposition, Profile, Reference, Standing, WhatIf};
use crate::model::Moment;
use serde::Serialize;

/// How many strengths, and how many weaknesses.
const MOST: usize = 5;

/// What pulls a unit up and down at a node; nothing when no unit is asked for.
#[derive(Debug, Default, Serialize)]
pub struct Pull<'a> {
    /// Against the reference.
    pub comparison: Option<Comparison<'a>>,
    /// Against the same unit earlier.
    pub change: Option<Change<'a>>,
    /// Where it does well.
    pub strengths: Option<Sides<'a>>,
    /// Where it does badly.
    pub weaknesses: Option<Sides<'a>>,
    /// What raising one leaf is worth.
    pub what_if: Option<Vec<Raised<'a>>>,
}

/// A unit beside what it is compared with.
#[derive(Debug, Serialize)]
pub struct Comparison<'a> {
    /// With what.
    pub against: Against,
    /// The unit's score.
    pub score: f64,
    /// Its rank.
    pub rank: Option<Rank>,
    /// The reference's score.
    pub against_score: f64,
    /// Whether the reference's scores are the means of their parts.
    pub against_is_made_of_parts: bool,
    /// The gap, split.
    #[serde(flatten)]
    pub split: Split<'a>,
}

/// What a unit is compared with.
#[derive(Debug, Serialize)]
pub struct Against {
    /// `country`, `median`, `best`, `unit` or `group`.
    pub kind: &'static str,
    /// The code of the unit, or the id of the group.
    pub id: Option<String>,
}

/// A unit beside itself at an earlier time.
#[derive(Debug, Serialize)]
pub struct Change<'a> {
    /// When before.
    pub from: String,
    /// When now.
    pub to: String,
    /// The score before.
    pub score_before: f64,
    /// The score now.
    pub score: f64,
    /// The change, split.
    #[serde(flatten)]
    pub split: Split<'a>,
}

/// A gap split over the nodes below.
#[derive(Debug, Serialize)]
pub struct Split<'a> {
    /// The gap.
    pub gap: f64,
    /// What the children of the node do not explain.
    pub residual: f64,
    /// What no leaf explains.
    pub residuals: f64,
    /// The nodes below, parents before children.
    pub parts: Vec<Part<'a>>,
}

/// What a node adds to a gap.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Part<'a> {
    /// Id.
    pub node: &'a str,
    /// The unit's own weights along the path, multiplied.
    pub effective_weight: f64,
    /// The difference at the node.
    pub difference: Option<f64>,
    /// Points of the gap.
    pub contribution: f64,
    /// What the node's own children do not explain.
    pub residual: f64,
}

/// Strengths, or weaknesses.
#[derive(Debug, Serialize)]
pub struct Sides<'a> {
    /// By rank among the units.
    pub by_rank: Vec<Ranked<'a>>,
    /// By what they add to the gap.
    pub by_contribution: Vec<Part<'a>>,
}

/// A unit's place in one of the figures that enter.
#[derive(Debug, Serialize)]
pub struct Ranked<'a> {
    /// Id of the leaf's node.
    pub node: &'a str,
    /// Its rank.
    pub rank: Rank,
    /// The figure as published.
    pub figure: f64,
}

/// One leaf raised.
#[derive(Debug, Serialize)]
pub struct Raised<'a> {
    /// Id of the leaf's node.
    pub node: &'a str,
    /// `country` or `best`.
    pub aim: &'static str,
    /// Points gained.
    pub gain: f64,
    /// The rank now.
    pub rank: Rank,
    /// The rank then.
    pub rank_after: Rank,
    /// The leaf and each node above it.
    pub steps: Vec<Step<'a>>,
}

/// A score before and after.
#[derive(Debug, Serialize)]
pub struct Step<'a> {
    /// Id.
    pub node: &'a str,
    /// The score now.
    pub from: f64,
    /// The score then.
    pub to: f64,
}

impl<'a> Pull<'a> {
    /// What pulls the unit that is asked for up and down at a node.
    #[must_use]
    pub fn of(scope: &Scope<'_, 'a>, node: usize) -> Self {
        let Some(unit) = scope.unit else { return Self::default() };
        let (composite, sheet) = (scope.composite, &scope.composite.sheets[scope.slice]);
        let ranked = |found: Vec<Standing>| found.into_iter().map(|standing| ranked(scope, standing)).collect();
        let reference = reference(scope, node);
        let gap = composite.decompose(sheet, node, unit, &reference);
        let outermost = |of: fn(&Decomposition, &crate::index::Frame<'_>, usize) -> Vec<Contribution>| {
            let found = gap
                .as_ref()
                .map(|gap| of(gap, &composite.frame, MOST))
                .unwrap_or_default();
            found.into_iter().map(|own| part(scope, own)).collect()
        };
        Self {
            strengths: Some(Sides {
                by_rank: ranked(composite.strengths(sheet, node, unit, MOST)),
                by_contribution: outermost(Decomposition::lifting),
            }),
            weaknesses: Some(Sides {
                by_rank: ranked(composite.weaknesses(sheet, node, unit, MOST)),
                by_contribution: outermost(Decomposition::pulling),
            }),
            what_if: Some(
                composite
                    .what_ifs(sheet, node, unit)
                    .iter()
                    .map(|own| raised(scope, own))
                    .collect(),
            ),
            change: change(scope, node, unit),
            comparison: gap
                .as_ref()
                .and_then(|gap| comparison(scope, node, unit, gap, &reference)),
        }
    }
}

/// What units are compared with at a node.
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
    by: &Reference,
) -> Option<Comparison<'a>> {
    let (composite, sheet) = (scope.composite, &scope.composite.sheets[scope.slice]);
    let Profile { scores, inner, .. } = composite.reference(sheet, node, by)?;
    let (kind, id) = match by {
        Reference::Country => ("country", None),
        Reference::Median => ("median", None),
        Reference::Best => ("best", None),
        Reference::Unit(other) => ("unit", Some(scope.code(*other).to_owned())),
        Reference::Group(id) => ("group", Some(id.clone())),
    };
    Some(Comparison {
        against: Against { kind, id },
        score: sheet.scores[node][unit]?,
        rank: composite.rank(sheet, node, unit).map(Rank::from),
        against_score: scores[node]?,
        against_is_made_of_parts: inner,
        split: split(scope, gap),
    })
}

/// What moved the unit since the time that the index looks back to, or else since the year before that has a score.
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
    let year_before = |sheet: &crate::index::Sheet| {
        let own = year(sheet.slice.moment)?;
        let earlier = scored().filter(|sheet| year(sheet.slice.moment).is_some_and(|year| year < own));
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
        parts: gap.parts.iter().map(|own| part(scope, *own)).collect(),
    }
}

fn part<'a>(scope: &Scope<'_, 'a>, own: Contribution) -> Part<'a> {
    let Contribution {
        node,
        share,
        difference,
        contribution,
        residual,
    } = own;
    Part {
        node: scope.id(node),
        effective_weight: share,
        difference,
        contribution,
        residual,
    }
}

fn ranked<'a>(scope: &Scope<'_, 'a>, standing: Standing) -> Ranked<'a> {
    Ranked {
        node: scope.id(standing.node),
        rank: standing.rank.into(),
        figure: standing.figure,
    }
}

fn raised<'a>(scope: &Scope<'_, 'a>, raised: &WhatIf) -> Raised<'a> {
    let steps = raised.steps.iter();
    Raised {
        node: scope.id(raised.node),
        aim: match raised.aim {
            Aim::Country => "country",
            Aim::Best => "best",
        },
        gain: raised.gain,
        rank: raised.before.into(),
        rank_after: raised.after.into(),
        steps: steps
            .map(|step| Step {
                node: scope.id(step.node),
                from: step.from,
                to: step.to,
            })
            .collect(),
    }
}
