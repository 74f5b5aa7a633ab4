//! How sure the ranks at a node are: intervals, which choice moves them, each leaf left out by turns, other bases.
//!
//! All of it is about the latest figures of both sexes, whatever slice is asked for.

use super::request::Scope;
use crate::index::choices::{Factor, Unusable};
use crate::index::leave_out::leave_out;
use crate::index::other_base::{Basis, other_bases};
use crate::index::sensitivity::Sensitivity as Indices;
use crate::index::sobol::{self, Estimate};
use crate::index::{Range, Ranges};
use crate::model::BasePeriod;
use serde::Serialize;

/// How sure the ranks at a node are.
#[derive(Debug, Serialize)]
pub struct Sure<'a> {
    /// The ranks between which units lie.
    pub intervals: Option<Intervals<'a>>,
    /// Which choice moves ranks.
    pub sensitivity: Option<Sensitivity<'a>>,
    /// Each leaf left out by turns.
    pub leave_one_out: Vec<LeftOut<'a>>,
    /// On the scales of other periods.
    pub other_bases: Vec<OtherBase<'a>>,
}

/// The ranks between which units lie.
#[derive(Debug, Serialize)]
pub struct Intervals<'a> {
    /// How many times the index was computed.
    pub runs: u32,
    seed: u64,
    mean_shift: Option<f64>,
    varied: Vec<Varied<'a>>,
    /// What the index asks for and its figures do not allow.
    pub not_possible: Vec<String>,
    /// Unit by unit.
    pub units: Vec<Interval<'a>>,
    /// What was varied, for whoever puts it in words.
    #[serde(skip)]
    pub factors: Vec<Factor>,
}

/// What was varied, and between what.
#[derive(Debug, Serialize)]
pub(super) struct Varied<'a> {
    factor: &'static str,
    spread: Option<f64>,
    own: Vec<String>,
    others: Vec<String>,
    left_out: Vec<&'a str>,
}

/// The ranks, and scores, between which a unit lies.
#[derive(Debug, Serialize)]
pub struct Interval<'a> {
    /// Code.
    pub unit: &'a str,
    /// Rank by the author's own choices.
    pub rank: u16,
    runs: usize,
    mean: f64,
    median: f64,
    /// 5th percentile.
    pub low: f64,
    /// 95th percentile.
    pub high: f64,
    best: u16,
    worst: u16,
    /// Scores on the author's own scale.
    pub score: Option<ScoreInterval>,
}

/// The scores between which a unit lies.
#[derive(Debug, Serialize)]
pub struct ScoreInterval {
    runs: usize,
    mean: f64,
    /// 5th percentile.
    pub low: f64,
    /// 95th percentile.
    pub high: f64,
}

/// Which choice moves ranks.
#[derive(Debug, Serialize)]
pub struct Sensitivity<'a> {
    rows: usize,
    runs: usize,
    /// Of the mean shift of all units' ranks.
    pub overall: Option<Vec<Effect>>,
    /// Of each unit's rank.
    pub units: Vec<OfUnit<'a>>,
}

/// Which choice moves a unit's rank.
#[derive(Debug, Serialize)]
pub struct OfUnit<'a> {
    /// Code.
    pub unit: &'a str,
    /// By factor; `None` when its rank does not vary.
    pub effects: Option<Vec<Effect>>,
}

/// How much of the variance a factor makes.
#[derive(Debug, Serialize)]
pub struct Effect {
    /// Name of the factor.
    pub factor: &'static str,
    /// Alone.
    pub first: Share,
    /// With all its interactions.
    pub total: Share,
}

/// A share of the variance, and how sure it is.
#[derive(Debug, Serialize)]
pub struct Share {
    /// The estimate.
    pub value: f64,
    low: f64,
    high: f64,
}

/// The index without one of its leaves.
#[derive(Debug, Serialize)]
pub struct LeftOut<'a> {
    /// Id of the leaf's node.
    pub node: &'a str,
    /// Mean of the steps that units move.
    pub mean_shift: Option<f64>,
    /// Unit by unit.
    pub units: Vec<Moved<'a>>,
}

/// How far a unit moves.
#[derive(Debug, Serialize)]
pub struct Moved<'a> {
    /// Code.
    pub unit: &'a str,
    /// Steps; below zero is nearer the top.
    pub rank_shift: Option<i32>,
    score_shift: Option<f64>,
}

/// The index on the scale of another base.
#[derive(Debug, Serialize)]
pub struct OtherBase<'a> {
    /// `latest`, `lag`, `all` or a year.
    pub base: String,
    /// Mean of the steps that units move.
    pub mean_shift: Option<f64>,
    /// Pairs of units that turn their order.
    pub turned: usize,
    /// All pairs.
    pub pairs: usize,
    /// Unit by unit.
    pub units: Vec<OnBase<'a>>,
}

/// A unit on the scale of another base.
#[derive(Debug, Serialize)]
pub struct OnBase<'a> {
    /// Code.
    pub unit: &'a str,
    score: Option<f64>,
    /// Its rank there.
    pub rank: Option<u16>,
}

impl<'a> Sure<'a> {
    /// How sure the ranks at a node are.
    #[must_use]
    pub fn of(scope: &Scope<'_, 'a>, node: usize) -> Self {
        let composite = scope.composite;
        let runs = composite.frame.index.variation.runs;
        let asked = || Some(composite).filter(|_| scope.uncertainty);
        Self {
            intervals: asked()
                .and_then(|it| Ranges::of(it, node))
                .map(|ranges| intervals(scope, ranges)),
            sensitivity: asked()
                .and_then(|it| Indices::of(it, node, runs))
                .map(|of| sensitivity(scope, &of)),
            leave_one_out: leave_out(composite, node)
                .iter()
                .map(|left| LeftOut {
                    node: scope.id(composite.frame.leaves[left.leaf].node),
                    mean_shift: left.mean_shift,
                    units: (0..composite.frame.units.len())
                        .map(|unit| Moved {
                            unit: scope.code(unit),
                            rank_shift: left.rank_shifts[unit],
                            score_shift: left.score_shifts[unit],
                        })
                        .collect(),
                })
                .collect(),
            other_bases: other_bases(scope.site, composite, node)
                .into_iter()
                .map(|other| OtherBase {
                    base: match other.basis {
                        Basis::Period(period) => base(period),
                        Basis::Lag(_) => "lag".to_owned(),
                    },
                    mean_shift: other.mean_shift,
                    turned: other.reversals.turned,
                    pairs: other.reversals.pairs,
                    units: (0..composite.frame.units.len())
                        .map(|unit| OnBase {
                            unit: scope.code(unit),
                            score: other.scores[unit],
                            rank: other.ranks[unit],
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}

fn intervals<'a>(scope: &Scope<'_, 'a>, ranges: Ranges) -> Intervals<'a> {
    let interval = |(unit, range): (usize, &Option<Range>)| {
        let range = (*range)?;
        Some(Interval {
            unit: scope.code(unit),
            rank: range.nominal,
            runs: range.runs,
            mean: range.mean,
            median: range.median,
            low: range.likely[0],
            high: range.likely[1],
            best: range.extent[0],
            worst: range.extent[1],
            score: range.scores.map(|score| ScoreInterval {
                runs: score.runs,
                mean: score.mean,
                low: score.likely[0],
                high: score.likely[1],
            }),
        })
    };
    let not_possible = |unusable: &Unusable| match unusable {
        Unusable::Normalisation(name) => format!("normalisation {name}"),
        Unusable::Base(period) => format!("base {}", base(*period)),
    };
    Intervals {
        runs: ranges.runs,
        seed: ranges.seed,
        mean_shift: ranges.mean_shift,
        varied: ranges.factors.iter().map(|factor| varied(scope, factor)).collect(),
        not_possible: ranges.unusable.iter().map(not_possible).collect(),
        units: ranges.units.iter().enumerate().filter_map(interval).collect(),
        factors: ranges.factors,
    }
}

fn varied<'a>(scope: &Scope<'_, 'a>, factor: &Factor) -> Varied<'a> {
    let names = |names: Vec<&str>| names.into_iter().map(ToOwned::to_owned).collect::<Vec<String>>();
    let (own, others) = match factor {
        Factor::Weights { .. } | Factor::LeaveOut { .. } => (Vec::new(), Vec::new()),
        Factor::Normalisation { own, others } => (
            names(vec![own.name()]),
            names(others.iter().map(|it| it.name()).collect()),
        ),
        Factor::Aggregation { own, others } => (
            names(own.iter().map(|it| it.name()).collect()),
            names(others.iter().map(|it| it.name()).collect()),
        ),
        Factor::Imputation { own, others } => (
            names(vec![own.name()]),
            names(others.iter().map(|it| it.name()).collect()),
        ),
        Factor::Base { own, others } => (vec![base(*own)], others.iter().copied().map(base).collect()),
    };
    let (spread, leaves) = match factor {
        Factor::Weights { spread } => (Some(*spread), &[][..]),
        Factor::LeaveOut { leaves } => (None, leaves.as_slice()),
        _ => (None, &[][..]),
    };
    let left_out = leaves
        .iter()
        .map(|leaf| scope.id(scope.composite.frame.leaves[*leaf].node))
        .collect();
    Varied {
        factor: factor.name(),
        spread,
        own,
        others,
        left_out,
    }
}

fn sensitivity<'a>(scope: &Scope<'_, 'a>, indices: &Indices) -> Sensitivity<'a> {
    let share = |estimate: &Estimate| Share {
        value: estimate.value,
        low: estimate.interval[0],
        high: estimate.interval[1],
    };
    let effects = |all: &Vec<sobol::Effect>| {
        let pairs = indices.factors.iter().zip(all);
        let effect = |(factor, effect): (&Factor, &sobol::Effect)| Effect {
            factor: factor.name(),
            first: share(&effect.first),
            total: share(&effect.total),
        };
        pairs.map(effect).collect::<Vec<Effect>>()
    };
    let units = indices.ranks.iter().enumerate();
    Sensitivity {
        rows: indices.rows,
        runs: indices.runs,
        overall: indices.shift.as_ref().map(effects),
        units: units
            .map(|(unit, all)| OfUnit {
                unit: scope.code(unit),
                effects: all.as_ref().map(effects),
            })
            .collect(),
    }
}

/// A base period as it is written in data files.
fn base(period: BasePeriod) -> String {
    match period {
        BasePeriod::Latest => "latest".to_owned(),
        BasePeriod::All => "all".to_owned(),
        BasePeriod::Year(year) => year.to_string(),
    }
}
