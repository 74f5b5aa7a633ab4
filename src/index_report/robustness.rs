//! Robustness of the ranks at a node: rank intervals, sensitivity, leaving one leaf out, and other base periods.
//!
//! All of it is about the latest figures of both sexes, whatever slice is asked for.

use super::request::Scope;
use crate::index::factors::{Factor, UnusableAlternative};
use crate::index::leave_out::{self, leave_out};
use crate::index::other_base::{self, Basis, other_bases};
use crate::index::sensitivity::Sensitivity as SobolIndices;
use crate::index::sobol::{self, Estimate};
use crate::index::{RankInterval, RankIntervals};
use crate::model::BasePeriod;
use serde::Serialize;

/// Robustness of the ranks at a node.
#[derive(Debug, Serialize)]
pub struct Robustness<'a> {
    /// Uncertainty analysis; `None` when nothing is varied or it is not asked for.
    pub intervals: Option<Intervals<'a>>,
    /// Sensitivity analysis; `None` when nothing is varied or it is not asked for.
    pub sensitivity: Option<Sensitivity<'a>>,
    /// Ranks without each of the leaves in turn.
    pub leave_one_out: Vec<LeftOut<'a>>,
    /// Ranks on the scales of other base periods.
    pub other_bases: Vec<OtherBase<'a>>,
}

/// Intervals of the units' ranks.
#[derive(Debug, Serialize)]
pub struct Intervals<'a> {
    /// How many times the index was computed.
    pub runs: u32,
    seed: u64,
    mean_shift: Option<f64>,
    varied: Vec<VariedFactor<'a>>,
    /// Alternatives that the index asks for and its figures do not allow.
    pub not_possible: Vec<String>,
    /// One interval for each unit that has a rank.
    pub units: Vec<Interval<'a>>,
    /// The varied factors, for text; `varied` holds them for programs.
    #[serde(skip)]
    pub factors: Vec<Factor>,
}

/// A factor of the uncertainty analysis and its alternatives.
#[derive(Debug, Serialize)]
pub(super) struct VariedFactor<'a> {
    factor: &'static str,
    spread: Option<f64>,
    own: Vec<String>,
    others: Vec<String>,
    left_out: Vec<&'a str>,
}

/// Intervals of a unit's rank and score.
#[derive(Debug, Serialize)]
pub struct Interval<'a> {
    /// Code of the unit.
    pub unit: &'a str,
    /// Rank by the author's own method.
    pub rank: u16,
    runs: usize,
    mean: f64,
    median: f64,
    /// 5th percentile of the rank.
    pub low: f64,
    /// 95th percentile of the rank.
    pub high: f64,
    best: u16,
    worst: u16,
    /// Interval of the score, over runs on the author's own scale.
    pub score: Option<ScoreInterval>,
}

/// Interval of a unit's score.
#[derive(Debug, Serialize)]
pub struct ScoreInterval {
    runs: usize,
    mean: f64,
    /// 5th percentile of the score.
    pub low: f64,
    /// 95th percentile of the score.
    pub high: f64,
}

/// Sensitivity of ranks to each factor.
#[derive(Debug, Serialize)]
pub struct Sensitivity<'a> {
    rows: usize,
    runs: usize,
    /// Effects on the mean shift of all units' ranks.
    pub overall: Option<Vec<Effect>>,
    /// Effects on each unit's rank.
    pub units: Vec<UnitEffects<'a>>,
}

/// Effects on one unit's rank.
#[derive(Debug, Serialize)]
pub struct UnitEffects<'a> {
    /// Code of the unit.
    pub unit: &'a str,
    /// One for each factor; `None` when the rank does not vary.
    pub effects: Option<Vec<Effect>>,
}

/// The share of the variance that one factor makes.
#[derive(Debug, Serialize)]
pub struct Effect {
    /// Name of the factor.
    pub factor: &'static str,
    /// First-order effect: the factor alone.
    pub first: Share,
    /// Total effect: the factor with all its interactions.
    pub total: Share,
}

/// A share of the variance with its interval.
#[derive(Debug, Serialize)]
pub struct Share {
    /// Estimate; may lie outside 0 to 1 after too few runs.
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
    /// One for each unit.
    pub units: Vec<UnitShift<'a>>,
}

/// The move of one unit.
#[derive(Debug, Serialize)]
pub struct UnitShift<'a> {
    /// Code of the unit.
    pub unit: &'a str,
    /// Steps in rank; below zero is nearer the top.
    pub rank_shift: Option<i32>,
    score_shift: Option<f64>,
}

/// The index on the scale of another base period.
#[derive(Debug, Serialize)]
pub struct OtherBase<'a> {
    /// `latest`, `lag`, `all` or a year.
    pub base: String,
    /// Mean of the steps that units move.
    pub mean_shift: Option<f64>,
    /// Pairs of units whose order is reversed.
    pub turned: usize,
    /// All pairs of units.
    pub pairs: usize,
    /// One for each unit.
    pub units: Vec<UnitOnBase<'a>>,
}

/// A unit on the scale of another base period.
#[derive(Debug, Serialize)]
pub struct UnitOnBase<'a> {
    /// Code of the unit.
    pub unit: &'a str,
    score: Option<f64>,
    /// Rank on that scale.
    pub rank: Option<u16>,
}

impl<'a> Robustness<'a> {
    /// Analyses the robustness of the ranks at a node.
    #[must_use]
    pub fn new(scope: &Scope<'_, 'a>, node: usize) -> Self {
        let composite = scope.composite;
        let varied = Some(composite).filter(|_| scope.uncertainty);
        let runs = composite.frame.index.variation.runs;
        let ranks = varied.and_then(|composite| RankIntervals::compute(composite, node));
        let indices = varied.and_then(|composite| SobolIndices::compute(composite, node, runs));
        let bases = other_bases(scope.site, composite, node);
        Self {
            intervals: ranks.map(|ranks| intervals(scope, ranks)),
            sensitivity: indices.map(|indices| sensitivity(scope, &indices)),
            leave_one_out: leave_out(composite, node)
                .iter()
                .map(|left| left_out(scope, left))
                .collect(),
            other_bases: bases.iter().map(|base| other_base(scope, base)).collect(),
        }
    }
}

fn left_out<'a>(scope: &Scope<'_, 'a>, left: &leave_out::LeftOut) -> LeftOut<'a> {
    let frame = &scope.composite.frame;
    let unit = |unit: usize| UnitShift {
        unit: scope.code(unit),
        rank_shift: left.rank_shifts[unit],
        score_shift: left.score_shifts[unit],
    };
    LeftOut {
        node: scope.id(frame.leaves[left.leaf].node),
        mean_shift: left.mean_shift,
        units: (0..frame.units.len()).map(unit).collect(),
    }
}

fn other_base<'a>(scope: &Scope<'_, 'a>, other: &other_base::OtherBase) -> OtherBase<'a> {
    let unit = |unit: usize| UnitOnBase {
        unit: scope.code(unit),
        score: other.scores[unit],
        rank: other.ranks[unit],
    };
    OtherBase {
        base: match other.basis {
            Basis::Period(period) => base_name(period),
            Basis::Lag(_) => "lag".to_owned(),
        },
        mean_shift: other.mean_shift,
        turned: other.reversals.turned,
        pairs: other.reversals.pairs,
        units: (0..other.scores.len()).map(unit).collect(),
    }
}

fn intervals<'a>(scope: &Scope<'_, 'a>, ranks: RankIntervals) -> Intervals<'a> {
    let interval = |(unit, rank): (usize, &Option<RankInterval>)| {
        let rank = (*rank)?;
        Some(Interval {
            unit: scope.code(unit),
            rank: rank.nominal,
            runs: rank.runs,
            mean: rank.mean,
            median: rank.median,
            low: rank.likely[0],
            high: rank.likely[1],
            best: rank.extent[0],
            worst: rank.extent[1],
            score: rank.scores.map(|score| ScoreInterval {
                runs: score.runs,
                mean: score.mean,
                low: score.likely[0],
                high: score.likely[1],
            }),
        })
    };
    let not_possible = |unusable: &UnusableAlternative| match unusable {
        UnusableAlternative::Normalisation(name) => format!("normalisation {name}"),
        UnusableAlternative::Base(period) => format!("base {}", base_name(*period)),
    };
    Intervals {
        runs: ranks.runs,
        seed: ranks.seed,
        mean_shift: ranks.mean_shift,
        varied: ranks
            .factors
            .iter()
            .map(|factor| varied_factor(scope, factor))
            .collect(),
        not_possible: ranks.unusable.iter().map(not_possible).collect(),
        units: ranks.units.iter().enumerate().filter_map(interval).collect(),
        factors: ranks.factors,
    }
}

fn varied_factor<'a>(scope: &Scope<'_, 'a>, factor: &Factor) -> VariedFactor<'a> {
    let mut varied = VariedFactor {
        factor: factor.name(),
        spread: None,
        own: Vec::new(),
        others: Vec::new(),
        left_out: Vec::new(),
    };
    match factor {
        Factor::Weights { spread } => varied.spread = Some(*spread),
        Factor::Normalisation { nominal, others } => {
            varied.own = vec![nominal.name().to_owned()];
            varied.others = others.iter().map(|method| method.name().to_owned()).collect();
        }
        Factor::Aggregation { nominal, others } => {
            varied.own = nominal.iter().map(|mean| mean.name().to_owned()).collect();
            varied.others = others.iter().map(|mean| mean.name().to_owned()).collect();
        }
        Factor::Imputation { nominal, others } => {
            varied.own = vec![nominal.name().to_owned()];
            varied.others = others.iter().map(|fill| fill.name().to_owned()).collect();
        }
        Factor::Base { nominal, others } => {
            varied.own = vec![base_name(*nominal)];
            varied.others = others.iter().copied().map(base_name).collect();
        }
        Factor::LeaveOut { leaves } => {
            let nodes = leaves.iter().map(|leaf| scope.composite.frame.leaves[*leaf].node);
            varied.left_out = nodes.map(|node| scope.id(node)).collect();
        }
    }
    varied
}

fn sensitivity<'a>(scope: &Scope<'_, 'a>, indices: &SobolIndices) -> Sensitivity<'a> {
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
            .map(|(unit, all)| UnitEffects {
                unit: scope.code(unit),
                effects: all.as_ref().map(effects),
            })
            .collect(),
    }
}

/// A base period as it is written in data files.
fn base_name(period: BasePeriod) -> String {
    match period {
        BasePeriod::Latest => "latest".to_owned(),
        BasePeriod::All => "all".to_owned(),
        BasePeriod::Year(year) => year.to_string(),
    }
}
