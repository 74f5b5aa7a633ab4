//! Computes scores from figures, which are imputed, screened, treated, transformed, normalised and aggregated in that
//! order.
//!
//! A [`Recipe`] is one way of computing the index: the author's own, or one that a critic would try instead. Nothing here
//! knows which, and nothing here is random. Each step leaves the step before as it was, so that all can be shown.

use super::frame::{Column, Frame, Leaf, Provenance, Slice};
use super::normalise::{Anchors, Scale, scale};
use super::statistics::{mean, median};
use super::treat::{Treated, treat};
use crate::model::{Aggregation, Base, Fill, Method, Normalisation};
use std::borrow::Cow;

/// Numbers by unit.
pub type Numbers = Vec<Option<f64>>;

/// One way of computing the index.
#[derive(Clone, Debug)]
pub struct Recipe<'a> {
    /// The options of each step.
    pub method: Cow<'a, Method>,
    /// The period and sexes whose figures decide the scale.
    pub base: Base,
    /// Weights by node; those of siblings need not sum to 1.
    pub weights: Cow<'a, [f64]>,
    /// Whether published scores are normalised again, by the method's normalisation.
    pub published_too: bool,
    /// Whether scores are brought to 1–100 before they are aggregated, so that all means exist.
    pub positive: bool,
    /// A leaf that is left out.
    pub left_out: Option<usize>,
}

impl<'a> Recipe<'a> {
    /// The author's own recipe.
    #[must_use]
    pub fn nominal(frame: &Frame<'a>) -> Self {
        Self {
            method: Cow::Borrowed(&frame.index.method),
            base: frame.index.base,
            weights: frame.nodes.iter().map(|node| node.weight).collect(),
            published_too: false,
            positive: false,
            left_out: None,
        }
    }

    /// Whether scores by this recipe are points on the author's own scale.
    #[must_use]
    pub fn is_on_nominal_scale(&self) -> bool {
        !self.positive && !self.published_too
    }
}

/// The figures of one leaf on their way to scores.
#[derive(Clone, Debug, Default)]
pub struct LeafFigures {
    /// Figures after imputation; units that were screened out have none.
    pub imputed: Numbers,
    /// Figures after treatment of outliers, and after the logarithm where the index asks for it.
    pub treated: Numbers,
    /// Scores on the index's scale.
    pub scores: Numbers,
    /// The treatment of outliers.
    pub treatment: Treated,
    /// The scale by which figures were scored; absent for a leaf that is left out.
    pub scale: Option<Scale>,
}

/// Figures after imputation and screening, by leaf.
fn imputed(frame: &Frame<'_>, recipe: &Recipe<'_>, slice: usize) -> Vec<Numbers> {
    let columns = &frame.columns[slice];
    let mut filled: Vec<Numbers> = columns.iter().map(|column| impute(frame, recipe, column)).collect();
    if let Some(screening) = recipe.method.screening {
        for unit in 0..frame.units.len() {
            let has = |leaf: usize| {
                if screening.imputed {
                    filled[leaf][unit]
                } else {
                    columns[leaf].denominated[unit]
                }
                .is_some()
            };
            let present = (0..columns.len()).filter(|leaf| has(*leaf)).count();
            if share(present, columns.len()) < screening.at_least {
                for column in &mut filled {
                    column[unit] = None;
                }
            }
        }
    }
    filled
}

fn impute(frame: &Frame<'_>, recipe: &Recipe<'_>, column: &Column) -> Numbers {
    let imputation = &recipe.method.imputation;
    let known = |group: Option<usize>| -> Vec<f64> {
        let units = column.denominated.iter().zip(&frame.groups);
        units
            .filter(|(_, in_group)| group.is_none() || **in_group == group)
            .filter_map(|(number, _)| *number)
            .collect()
    };
    let centre = |numbers: Vec<f64>| {
        if imputation.fill == Fill::Mean {
            mean(&numbers)
        } else {
            median(&numbers)
        }
    };
    let missing = || column.denominated.iter().any(Option::is_none);
    match imputation.fill {
        Fill::Mean | Fill::Median if missing() => {
            let within = &imputation.within;
            let groups: Vec<Option<f64>> = (0..within.len()).map(|group| centre(known(Some(group)))).collect();
            // A unit that is in none of the groups is imputed only where there are none.
            let everyone = within.is_empty().then(|| centre(known(None))).flatten();
            let fill = |unit: usize| frame.groups[unit].map_or(everyone, |group| groups[group]);
            let units = column.denominated.iter().enumerate();
            units.map(|(unit, number)| number.or_else(|| fill(unit))).collect()
        }
        Fill::Parent => column
            .denominated
            .iter()
            .zip(&column.parents)
            .map(|(figure, parent)| figure.or(*parent))
            .collect(),
        Fill::Nothing | Fill::Mean | Fill::Median => column.denominated.clone(),
    }
}

/// Figures and scores of every leaf in a slice.
#[must_use]
pub fn figures(frame: &Frame<'_>, recipe: &Recipe<'_>, slice: usize) -> Vec<LeafFigures> {
    figures_on(
        frame,
        recipe,
        slice,
        &frame.base_slices(frame.slices[slice], recipe.base.period, recipe.base.sexes),
    )
}

/// Figures and scores of every leaf on the scale that the figures of the slices `base` make, whatever the recipe's base.
#[must_use]
pub fn figures_on(frame: &Frame<'_>, recipe: &Recipe<'_>, slice: usize, base: &[usize]) -> Vec<LeafFigures> {
    let columns = imputed(frame, recipe, slice);
    let others: Vec<Vec<Numbers>> = base
        .iter()
        .filter(|other| **other != slice)
        .map(|other| imputed(frame, recipe, *other))
        .collect();
    let mut all = Vec::with_capacity(columns.len());
    for (at, imputed) in columns.into_iter().enumerate() {
        let leaf = &frame.leaves[at];
        if recipe.left_out == Some(at) {
            all.push(LeafFigures {
                imputed,
                ..LeafFigures::default()
            });
            continue;
        }
        let mut deciding: Vec<f64> = others
            .iter()
            .flat_map(|columns| columns[at].iter().copied().flatten())
            .collect();
        if base.contains(&slice) {
            deciding.extend(imputed.iter().copied().flatten());
        }
        let treatment = match recipe.method.treatment {
            Some(treatment) if !leaf.published => treat(&deciding, treatment),
            _ => Treated::No,
        };
        let prepare = |figure: f64| {
            let treated = treatment.apply(figure)?;
            if frame.nodes[leaf.node].score.log {
                Some(treated.ln()).filter(|logarithm| logarithm.is_finite())
            } else {
                Some(treated)
            }
        };
        let deciding: Vec<f64> = deciding.into_iter().filter_map(prepare).collect();
        let treated: Numbers = imputed.iter().map(|figure| prepare((*figure)?)).collect();
        let scale = scale_of(frame, recipe, leaf, &deciding, &treated);
        let scores = scored(recipe, leaf, &scale, &treated);
        all.push(LeafFigures {
            imputed,
            treated,
            scores,
            treatment,
            scale: Some(scale),
        });
    }
    all
}

/// The scale of a leaf's figures.
fn scale_of(
    frame: &Frame<'_>,
    recipe: &Recipe<'_>,
    leaf: &Leaf<'_>,
    deciding: &[f64],
    treated: &[Option<f64>],
) -> Scale {
    let score = frame.nodes[leaf.node].score;
    let method = &recipe.method;
    let kind = if leaf.published && !recipe.published_too {
        Normalisation::None
    } else {
        method.normalisation
    };
    let logged = |figure: f64| if score.log { figure.ln() } else { figure };
    let reference = match kind {
        Normalisation::Reference { place, .. } => frame
            .units
            .iter()
            .position(|unit| *unit == place)
            .and_then(|unit| treated[unit]),
        _ => None,
    };
    let anchors = Anchors {
        lower_is_better: leaf.lower_is_better && !leaf.published,
        reference,
        target: score.target.map(logged),
        goalposts: score.goalposts.map(|ends| ends.map(logged)),
    };
    scale(kind, deciding, anchors, method.range, method.flat)
}

fn scored(recipe: &Recipe<'_>, leaf: &Leaf<'_>, leaf_scale: &Scale, treated: &[Option<f64>]) -> Numbers {
    let [worst, best] = recipe.method.range;
    let clamp = recipe.method.clamp && (!leaf.published || recipe.published_too);
    let end = |score: f64| {
        if clamp {
            score.clamp(worst.min(best), worst.max(best))
        } else {
            score
        }
    };
    let mut scores: Numbers = treated
        .iter()
        .map(|figure| leaf_scale.score((*figure)?).map(end))
        .collect();
    if recipe.positive {
        let known: Vec<f64> = scores.iter().copied().flatten().collect();
        let positive = scale(
            Normalisation::MinMax,
            &known,
            Anchors::default(),
            [1.0, 100.0],
            Some(1.0),
        );
        for score in &mut scores {
            *score = score.and_then(|score| positive.score(score));
        }
    }
    scores
}

/// Scores of all nodes, by unit, from those of the leaves. Nodes below where figures enter have none.
#[must_use]
pub fn aggregate<'s>(
    frame: &Frame<'_>,
    recipe: &Recipe<'_>,
    leaf_scores: impl Fn(usize) -> &'s [Option<f64>],
) -> Vec<Numbers> {
    let mut scores: Vec<Numbers> = vec![Vec::new(); frame.nodes.len()];
    // Parents stand before their children.
    for (at, node) in frame.nodes.iter().enumerate().rev() {
        scores[at] = match node.leaf {
            Some(leaf) if recipe.left_out == Some(leaf) => vec![None; frame.units.len()],
            Some(leaf) => leaf_scores(leaf).to_vec(),
            None if node.below => vec![None; frame.units.len()],
            None => {
                let kind = recipe.method.aggregation(node.depth);
                (0..frame.units.len())
                    .map(|unit| together(kind, &node.children, recipe, |child| scores[child][unit]))
                    .collect()
            }
        };
    }
    scores
}

/// The score of a parent; `None` when too few of its children have one.
#[must_use]
pub fn together(
    kind: Aggregation,
    children: &[usize],
    recipe: &Recipe<'_>,
    score: impl Fn(usize) -> Option<f64>,
) -> Option<f64> {
    let present = children.iter().filter(|child| score(**child).is_some()).count();
    if present == 0 || share(present, children.len()) < recipe.method.at_least {
        return None;
    }
    kind.mean(
        children
            .iter()
            .filter_map(|child| Some((recipe.weights[*child], score(*child)?))),
    )
}

/// Scores of all nodes in a slice.
#[must_use]
pub fn scores(frame: &Frame<'_>, recipe: &Recipe<'_>, slice: usize) -> Vec<Numbers> {
    let figures = figures(frame, recipe, slice);
    aggregate(frame, recipe, |leaf| &figures[leaf].scores)
}

/// Where a figure comes from once imputation has been done.
#[must_use]
pub fn provenance(column: &Column, figures: &LeafFigures, unit: usize) -> Provenance {
    match (column.denominated[unit], figures.imputed[unit]) {
        (None, Some(_)) => Provenance::Imputed,
        (_, None) => Provenance::Missing,
        _ => column.provenance[unit],
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of units and nodes")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The scores of one slice, and all that led to them.
#[derive(Clone, Debug)]
pub struct ScoreSheet {
    /// Moment and sex.
    pub slice: Slice,
    /// Figures on their way to scores, by leaf.
    pub figures: Vec<LeafFigures>,
    /// Scores by node and unit.
    pub scores: Vec<Numbers>,
    /// The country's score by node.
    pub country: Numbers,
}

/// The sheet of a slice.
#[must_use]
pub fn sheet(frame: &Frame<'_>, recipe: &Recipe<'_>, slice: usize) -> ScoreSheet {
    let figures = figures(frame, recipe, slice);
    let scores = aggregate(frame, recipe, |leaf| &figures[leaf].scores);
    let country = country(frame, recipe, slice, &scores);
    ScoreSheet {
        slice: frame.slices[slice],
        figures,
        scores,
        country,
    }
}

/// The country is the unweighted mean of the units, at each node. Where published scores enter and the country has its
/// own, which may stand for units that are not here, those are used and aggregated like any unit's.
fn country(frame: &Frame<'_>, recipe: &Recipe<'_>, slice: usize, scores: &[Numbers]) -> Numbers {
    let published = |leaf: usize| {
        frame.columns[slice][leaf]
            .country
            .filter(|_| frame.leaves[leaf].published)
    };
    let mut country: Numbers = vec![None; frame.nodes.len()];
    for (at, node) in frame.nodes.iter().enumerate().rev() {
        let known: Vec<f64> = scores[at].iter().copied().flatten().collect();
        // A theme without figures of women says nothing about whether the country's are published.
        let has_scores = |leaf: &usize| scores[frame.leaves[*leaf].node].iter().any(Option::is_some);
        let all_published = frame
            .leaves_below(at)
            .filter(has_scores)
            .all(|leaf| published(leaf).is_some());
        country[at] = match node.leaf {
            Some(leaf) => published(leaf).or_else(|| mean(&known)),
            None if all_published && !node.below => {
                let kind = recipe.method.aggregation(node.depth);
                together(kind, &node.children, recipe, |child| country[child])
            }
            None => mean(&known),
        };
    }
    country
}
