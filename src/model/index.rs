//! Composite indices: trees of scores, and the method that makes the scores.
//!
//! Everything an analyst decides about an index stands here, as data; [`crate::index`] computes with it.

use super::names::names;
use super::{Better, Level, PlaceId, Source, Text};
use crate::source::Origin;

/// A composite index.
#[derive(Clone, Debug)]
pub struct Index {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Short name.
    pub short: Text,
    /// Its subject in words, for readers.
    pub description: Text,
    /// The ends of the scale in words.
    pub scale: Text,
    /// Source of the index.
    pub source: Source,
    /// Names of the levels, from the top.
    pub levels: Vec<IndexLevel>,
    /// Depth, from 0 at the top, at which published scores enter; `None`: the indicators at the ends of the tree do.
    pub entry_depth: Option<usize>,
    /// The places that are scored, and over which normalisation is done.
    pub units: Units,
    /// Whether every year with figures is scored, besides the latest of each indicator.
    pub yearly: bool,
    /// Years before the latest that are scored too, to see change; `None`: none.
    pub lag: Option<u16>,
    /// Whether women and men are scored too, where there are figures.
    pub by_sex: bool,
    /// The observations that decide the scale.
    pub base: Base,
    /// The steps from figures to scores.
    pub method: Method,
    /// Choices to vary in the uncertainty analysis.
    pub variation: Variation,
    /// Top of the tree.
    pub tree: Vec<Score>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

impl Index {
    /// The nodes that are made of others and computed, parents before their children.
    pub fn scored(&self) -> impl Iterator<Item = &Score> {
        fn walk<'a>(score: &'a Score, depth: usize, entry_depth: Option<usize>, into: &mut Vec<&'a Score>) {
            if !score.children.is_empty() && entry_depth.is_none_or(|entry_depth| depth < entry_depth) {
                into.push(score);
                score
                    .children
                    .iter()
                    .for_each(|child| walk(child, depth + 1, entry_depth, into));
            }
        }
        let mut scored = Vec::new();
        self.tree
            .iter()
            .for_each(|top| walk(top, 0, self.entry_depth, &mut scored));
        scored.into_iter()
    }

    /// All nodes, parents before their children.
    pub fn nodes(&self) -> impl Iterator<Item = &Score> {
        self.tree.iter().flat_map(Score::walk)
    }
}

/// Names of the nodes at one depth.
#[derive(Clone, Debug)]
pub struct IndexLevel {
    /// Id.
    pub id: String,
    /// Singular: `tema`.
    pub name: Text,
    /// Plural: `teman`.
    pub plural: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// A node of an index.
#[derive(Clone, Debug)]
pub struct Score {
    /// Id within the index.
    pub id: String,
    /// Name.
    pub name: Text,
    /// At the end of the tree, the indicator that is scored; further up, the one that holds the published scores.
    pub indicator: Option<String>,
    /// Kolada's id; an indicator of the site with this external id is used. Empty: none.
    pub kolada: String,
    /// Weight among its siblings; `None` with all of them: equal weights.
    pub weight: Option<f64>,
    /// Direction of improvement; `None`: the indicator's own.
    pub better: Option<Better>,
    /// Why this direction is right although the name suggests the other; empty: not said.
    pub because: Text,
    /// Whether the natural logarithm is taken before normalisation.
    pub log: bool,
    /// Id of the indicator it is divided by.
    pub denominator: Option<String>,
    /// The value that is full score, for [`Normalisation::Target`], in the indicator's unit.
    pub target: Option<f64>,
    /// Worst and best value, for [`Normalisation::Goalposts`], in the indicator's unit.
    pub goalposts: Option<[f64; 2]>,
    /// Nodes it is made of; empty at the ends of the tree.
    pub children: Vec<Score>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

impl Score {
    /// This node and all below it, parents before their children.
    #[must_use]
    pub fn walk(&self) -> Vec<&Score> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Score::walk));
        all
    }
}

/// The places that are scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Units {
    /// All of a level, within a place when one is given.
    Level(Level, Option<PlaceId>),
    /// Members of a group, by its id.
    Group(String),
    /// Places named one by one.
    Places(Vec<PlaceId>),
}

/// Observation of each series that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Each indicator's latest year, the same for all units.
    Latest,
    /// The year so many years before each indicator's latest, or the nearest year before that.
    Lag(u16),
    /// A given year.
    Year(i32),
}

/// The observations that decide the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// Of which year.
    pub period: BasePeriod,
    /// Of which sexes.
    pub sexes: BaseSexes,
}

/// Years that decide the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BasePeriod {
    /// Each indicator's latest.
    #[default]
    Latest,
    /// A given year, for all.
    Year(i32),
    /// All years that are scored, pooled.
    All,
}

/// Sexes that decide the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BaseSexes {
    /// Both together, also for the scores of women and of men.
    #[default]
    Total,
    /// Each its own.
    Separate,
    /// Totals, women and men as one set of numbers.
    Pooled,
}

names!(BaseSexes {
    Total = "total",
    Separate = "separate",
    Pooled = "pooled",
});

/// The steps from figures to scores, in the order in which they are taken.
#[derive(Clone, Debug, Default)]
pub struct Method {
    /// Treatment of missing figures.
    pub imputation: Imputation,
    /// Units with a smaller share of figures are left out altogether; `None`: none are.
    pub screening: Option<Screening>,
    /// Treatment of outliers; `None`: they stay.
    pub treatment: Option<Treatment>,
    /// Rule that brings figures in different units to one scale.
    pub normalisation: Normalisation,
    /// The scale of normalised figures: worst and best; for z-scores, mean and standard deviation.
    pub range: [f64; 2],
    /// Whether scores beyond the range are moved to its ends.
    pub clamp: bool,
    /// The score when all units have the same figure; `None`: no score.
    pub flat: Option<f64>,
    /// Rule that makes one score of those of the children, by depth of the parent from the top; the last holds for all
    /// below.
    pub aggregation: Vec<Aggregation>,
    /// Smallest share of children that must have a score for their parent to have one.
    pub at_least: f64,
}

impl Method {
    /// Rule that makes one score of those of the children, by depth of the parent from the top; the last holds for all
    /// below.
    #[must_use]
    pub fn aggregation(&self, depth: usize) -> Aggregation {
        self.aggregation
            .get(depth)
            .or(self.aggregation.last())
            .copied()
            .unwrap_or_default()
    }
}

/// Treatment of missing figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imputation {
    /// Figure that is filled in.
    pub fill: Fill,
    /// Ids of place groups; a unit is filled from the first group it is in. Empty: from all units.
    pub within: Vec<String>,
    /// Number of further years for which the last figure may be used.
    pub carry: u16,
}

/// Figure that is filled in for a missing one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// It stays missing.
    #[default]
    Nothing,
    /// The mean of the units that have one.
    Mean,
    /// Their median.
    Median,
    /// The figure of the place it lies in.
    Parent,
}

names!(Fill {
    Nothing = "none",
    Mean = "mean",
    Median = "median",
    Parent = "parent",
});

/// Rule by which units with too few figures are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screening {
    /// Smallest share of figures.
    pub at_least: f64,
    /// Whether imputed figures count.
    pub imputed: bool,
}

/// Treatment of outliers, indicator by indicator, while its skewness and its kurtosis are both beyond the limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Treatment {
    /// Most figures that are moved: the outermost, to the next.
    pub winsorise: usize,
    /// Limit of the absolute skewness.
    pub skewness: f64,
    /// Limit of the kurtosis (that of a normal distribution is 0).
    pub kurtosis: f64,
    /// Whether, if that does not help, the logarithm is taken instead.
    pub log: bool,
}

/// Rule that brings figures in different units to one scale.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Normalisation {
    /// They are scores already.
    #[default]
    None,
    /// From the lowest to the highest.
    MinMax,
    /// In standard deviations from the mean.
    ZScore,
    /// By rank: the worst is 1; equals share the lower rank.
    Rank,
    /// By the share of the other units that are worse.
    PercentileRank,
    /// From the lowest to the best, or as a share of the best.
    Best {
        /// A share of the best: 1 is the best, and zero is zero.
        ratio: bool,
    },
    /// From the lowest to a place's figure, or as a share of it.
    Reference {
        /// The place.
        place: PlaceId,
        /// A share of the place's figure.
        ratio: bool,
    },
    /// From the lowest to the target of each indicator.
    Target,
    /// From the worst to the best value that each indicator states.
    Goalposts,
}

impl Normalisation {
    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Normalisation::None => "none",
            Normalisation::MinMax => "min_max",
            Normalisation::ZScore => "z_score",
            Normalisation::Rank => "rank",
            Normalisation::PercentileRank => "percentile_rank",
            Normalisation::Best { .. } => "best",
            Normalisation::Reference { .. } => "reference",
            Normalisation::Target => "target",
            Normalisation::Goalposts => "goalposts",
        }
    }

    /// The range where none is stated.
    #[must_use]
    pub fn usual_range(self) -> [f64; 2] {
        if self == Normalisation::ZScore {
            [0.0, 1.0]
        } else {
            [0.0, 100.0]
        }
    }
}

/// Rule that makes one score of those of the children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aggregation {
    /// Weighted arithmetic mean: a low score is made up for by a high one.
    #[default]
    Arithmetic,
    /// Weighted geometric mean: a low score is only partly made up for. Scores must be above zero.
    Geometric,
    /// Weighted harmonic mean: a low score is made up for still less. Scores must be above zero.
    Harmonic,
}

names!(Aggregation {
    Arithmetic = "arithmetic",
    Geometric = "geometric",
    Harmonic = "harmonic",
});

/// Choices to vary, each at random or by turns, to see how sure ranks are.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// Number of times the index is computed anew.
    pub runs: u32,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Each weight is moved by at most this share of itself, up or down; 0: weights stay.
    pub weights: f64,
    /// Normalisations to choose from besides the index's own.
    pub normalisation: Vec<Normalisation>,
    /// Aggregations to choose from besides the index's own, for all levels at once.
    pub aggregation: Vec<Aggregation>,
    /// Imputations to choose from besides the index's own.
    pub imputation: Vec<Fill>,
    /// Base periods to choose from besides the index's own.
    pub base: Vec<BasePeriod>,
    /// Whether one of the figures that enter is left out at a time.
    pub leave_out: bool,
}

impl Default for Variation {
    fn default() -> Self {
        Self {
            runs: 1000,
            seed: 1,
            weights: 0.25,
            normalisation: Vec::new(),
            aggregation: Vec::new(),
            imputation: Vec::new(),
            base: Vec::new(),
            leave_out: true,
        }
    }
}
