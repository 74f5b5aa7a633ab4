//! Factors of the uncertainty analysis: choices of the author that a critic would question, each as a number from 0 to 1.
//!
//! Gives the recipe that the numbers make. Each factor is a trigger in the sense of Saisana, Saltelli & Tarantola 2005 (*Uncertainty and sensitivity analysis
//! techniques as tools for the quality assessment of composite indicators*, J. R. Stat. Soc. A 168): its number decides
//! which of several equally likely alternatives is taken, the author's own being one of them, or from which stream the
//! weights are drawn. Only what can make a difference is a factor. Handbook, step 7, pp. 117–131.

use super::draw::{Draw, Purpose, pick};
use super::frame::Frame;
use super::score::Recipe;
use super::tree::Node;
use crate::model::{Aggregation, BasePeriod, Fill, Normalisation};

/// A choice that is varied, and its alternatives or how much it is varied.
#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    /// Each weight is moved by at most this share of itself, up or down; then weights are rescaled among siblings.
    Weights {
        /// From 0 to 1.
        spread: f64,
    },
    /// How figures are brought to one scale; published scores too, when it is not the author's way.
    Normalisation {
        /// The author's; none when all scores are published.
        nominal: Normalisation,
        /// The others, on their usual ranges and not clamped.
        others: Vec<Normalisation>,
    },
    /// How the scores of children become one.
    Aggregation {
        /// The author's, by depth; the last holds for all below.
        nominal: Vec<Aggregation>,
        /// The others, each for all levels; before a geometric or harmonic mean scores are brought to 1–100.
        others: Vec<Aggregation>,
    },
    /// The imputation of missing figures.
    Imputation {
        /// The author's.
        nominal: Fill,
        /// The others.
        others: Vec<Fill>,
    },
    /// The period that decides the scale.
    Base {
        /// The author's.
        nominal: BasePeriod,
        /// The others.
        others: Vec<BasePeriod>,
    },
    /// None of the leaves is left out, or one of them; each as likely.
    LeaveOut {
        /// The leaves.
        leaves: Vec<usize>,
    },
}

impl Factor {
    /// The factor's name in the index's file, in documents and in the keys of words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Factor::Weights { .. } => "weights",
            Factor::Normalisation { .. } => "normalisation",
            Factor::Aggregation { .. } => "aggregation",
            Factor::Imputation { .. } => "imputation",
            Factor::Base { .. } => "base",
            Factor::LeaveOut { .. } => "leave_out",
        }
    }

    /// How many alternatives there are, the author's own included; `None` when it is a matter of degree.
    #[must_use]
    pub fn alternatives(&self) -> Option<usize> {
        let others = match self {
            Factor::Weights { .. } => return None,
            Factor::Normalisation { others, .. } => others.len(),
            Factor::Aggregation { others, .. } => others.len(),
            Factor::Imputation { others, .. } => others.len(),
            Factor::Base { others, .. } => others.len(),
            Factor::LeaveOut { leaves } => leaves.len(),
        };
        Some(others + 1)
    }

    /// Which of the alternatives a number stands for: 0 is the author's nominal.
    fn alternative(&self, u: f64) -> usize {
        self.alternatives().map_or(0, |count| pick(u, count))
    }

    /// Whether the scores of leaves depend on it, and not only how they are added up.
    fn affects_leaves(&self) -> bool {
        !matches!(self, Factor::Weights { .. } | Factor::LeaveOut { .. })
    }
}

/// An alternative that the index asks for and its data do not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusableAlternative {
    /// Some leaf lacks the target, the goalposts or the reference place's figure.
    Normalisation(&'static str),
    /// Some leaf has too few figures then.
    Base(BasePeriod),
}

/// All factors that are varied below one top of an index.
#[derive(Clone, Debug)]
pub struct Factors {
    /// The top.
    pub top: usize,
    /// The factors; empty when nothing can be varied.
    pub factors: Vec<Factor>,
    /// Alternatives that the index asks for and cannot be had.
    pub unusable: Vec<UnusableAlternative>,
}

impl Factors {
    /// The recipe that numbers from 0 up to 1 make, one for each factor.
    #[must_use]
    pub fn recipe<'a>(&self, frame: &Frame<'a>, u: &[f64]) -> Recipe<'a> {
        let mut recipe = Recipe::nominal(frame);
        // Whether scores may lie at or below zero although the author's do not.
        let mut moved = false;
        for (factor, u) in self.factors.iter().zip(u) {
            let other = factor.alternative(*u).checked_sub(1);
            match (factor, other) {
                (Factor::Weights { spread }, _) => recipe.weights = weights(frame, *spread, *u).into(),
                (_, None) => {}
                (Factor::Normalisation { others, .. }, Some(at)) => {
                    let method = recipe.method.to_mut();
                    method.normalisation = others[at];
                    method.range = others[at].usual_range();
                    method.clamp = false;
                    recipe.published_too = true;
                    moved = true;
                }
                (Factor::Aggregation { others, .. }, Some(at)) => {
                    recipe.method.to_mut().aggregation = vec![others[at]];
                    moved = true;
                }
                (Factor::Imputation { others, .. }, Some(at)) => recipe.method.to_mut().imputation.fill = others[at],
                (Factor::Base { others, .. }, Some(at)) => {
                    recipe.base.period = others[at];
                    moved = true;
                }
                (Factor::LeaveOut { leaves }, Some(at)) => recipe.left_out = Some(leaves[at]),
            }
        }
        recipe.positive = moved
            && recipe
                .method
                .aggregation
                .iter()
                .any(|kind| *kind != Aggregation::Arithmetic);
        recipe
    }

    /// The number of the combination of alternatives that decides the leaves' scores: the same for choices that differ
    /// only in weights or in the leaf that is left out.
    pub(super) fn leaf_combination(&self, u: &[f64]) -> usize {
        let factors = self.factors.iter().zip(u);
        factors
            .filter(|(factor, _)| factor.affects_leaves())
            .fold(0, |number, (factor, u)| {
                number * factor.alternatives().unwrap_or(1) + factor.alternative(*u)
            })
    }

    /// How many such combinations there are.
    pub(super) fn leaf_combinations(&self) -> usize {
        self.factors
            .iter()
            .filter(|factor| factor.affects_leaves())
            .filter_map(Factor::alternatives)
            .product()
    }
}

/// Nominal weights, each times 1 + spread·(2v − 1), as shares of their siblings. `v` is drawn for each node from the
/// stream that `u` decides.
fn weights(frame: &Frame<'_>, spread: f64, u: f64) -> Vec<f64> {
    let mut draw = Draw::new(u.to_bits(), Purpose::Weights, 0);
    let moved = |node: &Node<'_>| node.weight * (1.0 + spread * (2.0 * draw.share() - 1.0));
    let mut weights: Vec<f64> = frame.nodes.iter().map(moved).collect();
    for node in frame.nodes.iter().filter(|node| !node.children.is_empty()) {
        let whole: f64 = node.children.iter().map(|child| weights[*child]).sum();
        node.children
            .iter()
            .filter(|_| whole > 0.0)
            .for_each(|child| weights[*child] /= whole);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::small;

    const ALL: &str = "{ weights: 0.2, normalisation: [min_max, z_score, z_score, target, goalposts], \
                         aggregation: [arithmetic, geometric], imputation: [mean], base: [latest, 2010, 1999], leave_out: true }";

    #[test]
    fn only_what_can_differ_is_varied() {
        small::composite(ALL, |composite| {
            let factors = Factors::new(&composite.frame, 0);
            // Nothing is missing, so imputation makes no difference; no leaf has a target, and 1999 no figures.
            let expected = [
                Factor::Weights { spread: 0.2 },
                Factor::Normalisation {
                    nominal: Normalisation::MinMax,
                    others: vec![Normalisation::ZScore, Normalisation::Goalposts],
                },
                Factor::Aggregation {
                    nominal: vec![Aggregation::Arithmetic],
                    others: vec![Aggregation::Geometric],
                },
                Factor::Base {
                    nominal: BasePeriod::Latest,
                    others: vec![BasePeriod::Year(2010)],
                },
                Factor::LeaveOut { leaves: vec![0, 1, 2] },
            ];
            assert_eq!(factors.factors, expected);
            let unusable = [
                UnusableAlternative::Normalisation("target"),
                UnusableAlternative::Base(BasePeriod::Year(1999)),
            ];
            assert_eq!(factors.unusable, unusable);
            assert_eq!(
                factors.factors.iter().map(Factor::alternatives).collect::<Vec<_>>(),
                [None, Some(3), Some(2), Some(2), Some(4)]
            );
        });
    }

    #[test]
    fn what_has_no_figures_cannot_be_left_out_and_what_is_missing_is_imputed() {
        let mut site = small::site(ALL);
        let three = site
            .indicators
            .iter_mut()
            .find(|indicator| indicator.id == "three")
            .expect("it is there");
        three.series.clear();
        let frame = Frame::new(&site, &site.indices[0]);
        let factors = Factors::new(&frame, 0).factors;
        assert!(
            factors.contains(&Factor::LeaveOut { leaves: vec![0, 1] }),
            "{factors:?}"
        );
        assert!(
            factors.contains(&Factor::Imputation {
                nominal: Fill::Nothing,
                others: vec![Fill::Mean]
            }),
            "{factors:?}"
        );
    }

    #[test]
    fn numbers_pick_alternatives() {
        small::composite(ALL, |composite| {
            let factors = Factors::new(&composite.frame, 0);
            let nominal = factors.recipe(&composite.frame, &[0.5, 0.0, 0.0, 0.0, 0.0]);
            assert_eq!(
                (nominal.left_out, nominal.positive, nominal.is_on_nominal_scale()),
                (None, false, true)
            );
            assert_eq!(nominal.method.normalisation, Normalisation::MinMax);
            let other = factors.recipe(&composite.frame, &[0.5, 0.4, 0.5, 0.5, 0.99]);
            assert_eq!(
                (other.method.normalisation, other.method.range),
                (Normalisation::ZScore, [0.0, 1.0])
            );
            assert_eq!((other.base.period, other.left_out), (BasePeriod::Year(2010), Some(2)));
            assert!(other.positive && !other.is_on_nominal_scale());
        });
    }

    #[test]
    fn weights_stay_near_and_sum_to_one() {
        small::composite(ALL, |composite| {
            let factors = Factors::new(&composite.frame, 0);
            let weights = |u| {
                factors
                    .recipe(&composite.frame, &[u, 0.0, 0.0, 0.0, 0.0])
                    .weights
                    .into_owned()
            };
            for u in [0.0, 0.1, 0.2, 0.3] {
                let drawn = weights(u);
                assert!((drawn[1..].iter().sum::<f64>() - 1.0).abs() < 1e-12, "{drawn:?}");
                // A third at 0.8 among two at 1.2, and the other way round.
                assert!(
                    drawn[1..].iter().all(|share| (0.8 / 3.2..=1.2 / 2.8).contains(share)),
                    "{drawn:?}"
                );
                assert_eq!(drawn, weights(u));
            }
            assert_ne!(weights(0.1), weights(0.2));
        });
    }
}
