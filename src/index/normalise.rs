//! Normalisation: brings figures in different units to one scale.
//!
//! Takes the figures that decide the scale; gives a [`Scale`], by which any figure of the same indicator is scored, also
//! one that lies outside: scores are not clamped unless the index asks for it. Directions are applied here: a figure of
//! which less is better is turned round before anything else, as in COINr.
//! Formulas: OECD/JRC, *Handbook on Constructing Composite Indicators*, 2008, p. 30 (table of methods) and from p. 83.

use super::statistics::{deviation, extent, mean};
use crate::model::Normalisation;

/// Fixed points of an indicator's scale, and its direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anchors {
    /// Whether less is better.
    pub lower_is_better: bool,
    /// The figure of the reference place.
    pub reference: Option<f64>,
    /// The figure that is full score.
    pub target: Option<f64>,
    /// The figures that are the worst and the best score.
    pub goalposts: Option<[f64; 2]>,
}

/// The scale by which an indicator's figures are scored.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// Scores already.
    Same,
    /// A straight line: the figure times `slope`, plus `start`.
    Line {
        /// Points for one unit.
        slope: f64,
        /// Points for a figure of zero.
        start: f64,
    },
    /// A figure of which less is better, as a share of a better one: `best` divided by it, times the points of the best.
    Share {
        /// The figure that is full score.
        best: f64,
        /// Worst and best score.
        range: [f64; 2],
    },
    /// The number of others that are worse, times `step`, plus `start`.
    Ranks {
        /// All others, turned so that more is better, ascending.
        ascending: Vec<f64>,
        /// Whether figures are to be turned.
        turned: bool,
        /// Points for each that is worse.
        step: f64,
        /// Points for the worst.
        start: f64,
    },
    /// All figures are equal: no scale can be made, and all have this score, or none.
    Flat(Option<f64>),
    /// There is nothing to make a scale of: no figures, or no target, reference or goalposts.
    Nothing,
}

/// The scale that these figures make. `range` is the worst and best score (mean and deviation for z-scores); `flat` the
/// score when all figures are equal.
#[must_use]
pub fn scale(kind: Normalisation, figures: &[f64], anchors: Anchors, range: [f64; 2], flat: Option<f64>) -> Scale {
    let sign = if anchors.lower_is_better { -1.0 } else { 1.0 };
    let turned = |number: f64| number * sign;
    let between = |worst: f64, best: f64| {
        let slope = (range[1] - range[0]) / (best - worst);
        if slope.is_finite() {
            Scale::Line {
                slope: slope * sign,
                start: range[0] - slope * worst,
            }
        } else {
            Scale::Flat(flat)
        }
    };
    let figures: Vec<f64> = figures.iter().copied().map(turned).collect();
    let Some([worst, best]) = extent(&figures) else {
        return if kind == Normalisation::None {
            Scale::Same
        } else {
            Scale::Nothing
        };
    };
    match kind {
        Normalisation::None => Scale::Same,
        Normalisation::MinMax | Normalisation::Best { ratio: false } => between(worst, best),
        Normalisation::Best { ratio: true } => share(turned(best), anchors.lower_is_better, range),
        Normalisation::ZScore => match (mean(&figures), deviation(&figures)) {
            (Some(mean), Some(deviation)) if deviation > 0.0 => {
                let slope = range[1] / deviation;
                Scale::Line {
                    slope: slope * sign,
                    start: range[0] - slope * mean,
                }
            }
            _ => Scale::Flat(flat),
        },
        Normalisation::Rank => ranks(figures, sign < 0.0, 1.0, 1.0),
        #[expect(clippy::cast_precision_loss, reason = "lists are far shorter than 2^52")]
        Normalisation::PercentileRank => match figures.len() {
            1 => Scale::Flat(flat),
            n => ranks(figures, sign < 0.0, (range[1] - range[0]) / (n - 1) as f64, range[0]),
        },
        Normalisation::Reference { ratio, .. } => match anchors.reference {
            None => Scale::Nothing,
            Some(reference) if ratio => share(reference, anchors.lower_is_better, range),
            Some(reference) => between(worst, turned(reference)),
        },
        Normalisation::Target => anchors
            .target
            .map_or(Scale::Nothing, |target| between(worst, turned(target))),
        Normalisation::Goalposts => anchors
            .goalposts
            .map_or(Scale::Nothing, |[worst, best]| between(turned(worst), turned(best))),
    }
}

/// A share of `best`: the figure by the best, or the best by the figure when less is better.
fn share(best: f64, lower_is_better: bool, range: [f64; 2]) -> Scale {
    if lower_is_better {
        Scale::Share { best, range }
    } else if best == 0.0 {
        Scale::Nothing
    } else {
        Scale::Line {
            slope: (range[1] - range[0]) / best,
            start: range[0],
        }
    }
}

fn ranks(mut figures: Vec<f64>, turned: bool, step: f64, start: f64) -> Scale {
    figures.sort_by(f64::total_cmp);
    Scale::Ranks {
        ascending: figures,
        turned,
        step,
        start,
    }
}

impl Scale {
    /// The score of a figure; `None` where the scale gives none.
    #[must_use]
    pub fn score(&self, figure: f64) -> Option<f64> {
        match self {
            Scale::Same => Some(figure),
            Scale::Line { slope, start } => Some(figure * slope + start),
            Scale::Share { best, range } => {
                Some(range[0] + (range[1] - range[0]) * best / figure).filter(|score| score.is_finite())
            }
            #[expect(clippy::cast_precision_loss, reason = "lists are far shorter than 2^52")]
            Scale::Ranks {
                ascending,
                turned,
                step,
                start,
            } => {
                let figure = if *turned { -figure } else { figure };
                Some(start + step * ascending.partition_point(|other| *other < figure) as f64)
            }
            Scale::Flat(score) => *score,
            Scale::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIGURES: [f64; 4] = [2.0, 4.0, 4.0, 10.0];

    fn scored(kind: Normalisation, lower: bool, range: [f64; 2]) -> Vec<f64> {
        let anchors = Anchors {
            lower_is_better: lower,
            reference: Some(4.0),
            target: Some(if lower { 0.0 } else { 12.0 }),
            goalposts: Some(if lower { [12.0, 2.0] } else { [2.0, 12.0] }),
        };
        let scale = scale(kind, &FIGURES, anchors, range, None);
        FIGURES
            .iter()
            .map(|figure| scale.score(*figure).expect("a score"))
            .collect()
    }

    fn assert_near(found: &[f64], wanted: &[f64]) {
        let near = found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near && found.len() == wanted.len(), "{found:?} is not {wanted:?}");
    }

    #[test]
    fn every_normalisation_by_hand() {
        let hundred = [0.0, 100.0];
        assert_near(
            &scored(Normalisation::MinMax, false, hundred),
            &[0.0, 25.0, 25.0, 100.0],
        );
        assert_near(&scored(Normalisation::MinMax, true, hundred), &[100.0, 75.0, 75.0, 0.0]);
        assert_near(&scored(Normalisation::MinMax, false, [1.0, 5.0]), &[1.0, 2.0, 2.0, 5.0]);
        assert_near(
            &scored(Normalisation::ZScore, false, [0.0, 12.0_f64.sqrt()]),
            &[-3.0, -1.0, -1.0, 5.0],
        );
        assert_near(&scored(Normalisation::Rank, false, hundred), &[1.0, 2.0, 2.0, 4.0]);
        assert_near(&scored(Normalisation::Rank, true, hundred), &[4.0, 2.0, 2.0, 1.0]);
        assert_near(
            &scored(Normalisation::PercentileRank, false, [0.0, 3.0]),
            &[0.0, 1.0, 1.0, 3.0],
        );
        assert_near(
            &scored(Normalisation::Best { ratio: false }, false, [0.0, 1.0]),
            &[0.0, 0.25, 0.25, 1.0],
        );
        assert_near(
            &scored(Normalisation::Best { ratio: true }, false, [0.0, 1.0]),
            &[0.2, 0.4, 0.4, 1.0],
        );
        assert_near(
            &scored(Normalisation::Best { ratio: true }, true, [0.0, 1.0]),
            &[1.0, 0.5, 0.5, 0.2],
        );
        assert_near(&scored(Normalisation::Target, false, hundred), &[0.0, 20.0, 20.0, 80.0]);
        assert_near(&scored(Normalisation::Target, true, hundred), &[80.0, 60.0, 60.0, 0.0]);
        assert_near(
            &scored(Normalisation::Goalposts, false, hundred),
            &[0.0, 20.0, 20.0, 80.0],
        );
        assert_near(
            &scored(Normalisation::Goalposts, true, hundred),
            &[100.0, 80.0, 80.0, 20.0],
        );
        let place = crate::model::PlaceId(0);
        assert_near(
            &scored(Normalisation::Reference { place, ratio: false }, false, [0.0, 1.0]),
            &[0.0, 1.0, 1.0, 4.0],
        );
        assert_near(
            &scored(Normalisation::Reference { place, ratio: true }, true, [0.0, 1.0]),
            &[2.0, 1.0, 1.0, 0.4],
        );
    }

    #[test]
    fn equal_figures_make_no_scale() {
        for kind in [Normalisation::MinMax, Normalisation::ZScore] {
            let made = |flat| scale(kind, &[7.0; 4], Anchors::default(), [0.0, 100.0], flat);
            assert_eq!(made(Some(0.0)).score(7.0), Some(0.0));
            assert_eq!(made(None).score(7.0), None);
        }
        assert_eq!(
            scale(Normalisation::MinMax, &[], Anchors::default(), [0.0, 100.0], Some(0.0)),
            Scale::Nothing
        );
    }

    proptest! {
        #[test]
        fn better_figures_never_score_lower(figures in prop::collection::vec(0.1..1e6f64, 2..9), lower: bool) {
            let place = crate::model::PlaceId(0);
            for kind in [Normalisation::MinMax, Normalisation::ZScore, Normalisation::Rank, Normalisation::PercentileRank,
                         Normalisation::Best { ratio: true }, Normalisation::Reference { place, ratio: true }] {
                let anchors = Anchors { lower_is_better: lower, reference: Some(figures[0]), ..Anchors::default() };
                let scale = scale(kind, &figures, anchors, [0.0, 100.0], Some(0.0));
                let mut ordered = figures.clone();
                ordered.sort_by(f64::total_cmp);
                if lower { ordered.reverse(); }
                for pair in ordered.windows(2) {
                    prop_assert!(scale.score(pair[0]) <= scale.score(pair[1]).map(|score| score + 1e-9));
                }
            }
        }
    }
}
