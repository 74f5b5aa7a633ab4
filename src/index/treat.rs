//! Treatment of outliers.
//!
//! As the JRC's tools do (COINr's `Treat`, W. Becker et al., *Journal of Open Source Software* 7 (2022) 4567): while
//! skewness and kurtosis are both beyond their limits, the outermost figures are moved to the next; if that does not help
//! within the number of figures allowed, the figures are left as they were and their logarithm is taken instead. Decided
//! over the figures that make the scale, and applied to others as [`Treated`] says.

use super::statistics::{extent, kurtosis, skewness};
use crate::model::Treatment;

/// The treatment of an indicator's figures, which is applied to other figures of the same indicator too.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Treated {
    /// Nothing.
    #[default]
    No,
    /// Figures beyond these ends were moved to them.
    Winsorised {
        /// Lowest and highest figure that is left; infinite where none was moved.
        ends: [f64; 2],
        /// How many were moved.
        moved: usize,
    },
    /// The logarithm of the figure, less `shift`.
    Logged {
        /// A hundredth of the extent below the lowest figure, so that all logarithms exist.
        shift: f64,
    },
}

impl Treated {
    /// The figure after treatment; `None` for one so far below the others that it has no logarithm.
    #[must_use]
    pub fn apply(self, figure: f64) -> Option<f64> {
        match self {
            Treated::No => Some(figure),
            Treated::Winsorised { ends, .. } => Some(figure.clamp(ends[0], ends[1])),
            Treated::Logged { shift } => (figure > shift).then(|| (figure - shift).ln()),
        }
    }
}

/// The treatment that the outliers among these figures need.
#[must_use]
#[expect(
    clippy::float_cmp,
    reason = "a figure is an end, or has been moved, when it is the very number"
)]
pub fn treat(figures: &[f64], treatment: Treatment) -> Treated {
    let passes = |figures: &[f64]| match (skewness(figures), kurtosis(figures)) {
        (Some(skewness), Some(kurtosis)) => skewness.abs() < treatment.skewness || kurtosis < treatment.kurtosis,
        // Too few to tell, or all equal: nothing can be called an outlier.
        _ => true,
    };
    if passes(figures) {
        return Treated::No;
    }
    let mut moved = 0;
    let mut now = figures.to_vec();
    while moved < treatment.winsorise && !passes(&now) {
        let Some([low, high]) = extent(&now) else { break };
        let (outer, next) = if skewness(&now).unwrap_or(0.0) >= 0.0 {
            (
                high,
                now.iter().copied().filter(|figure| *figure < high).reduce(f64::max),
            )
        } else {
            (low, now.iter().copied().filter(|figure| *figure > low).reduce(f64::min))
        };
        let Some(next) = next else { break };
        for figure in now.iter_mut().filter(|figure| **figure == outer) {
            *figure = next;
        }
        moved = figures
            .iter()
            .zip(&now)
            .filter(|(before, after)| before != after)
            .count();
    }
    let whole = extent(figures).unwrap_or_default();
    if passes(&now) || !treatment.log {
        let [low, high] = extent(&now).unwrap_or(whole);
        // An end that was not moved is no limit for other figures of the indicator.
        let ends = [
            if low > whole[0] { low } else { f64::NEG_INFINITY },
            if high < whole[1] { high } else { f64::INFINITY },
        ];
        return if moved == 0 {
            Treated::No
        } else {
            Treated::Winsorised { ends, moved }
        };
    }
    Treated::Logged {
        shift: whole[0] - 0.01 * (whole[1] - whole[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const USUAL: Treatment = Treatment {
        winsorise: 5,
        skewness: 2.0,
        kurtosis: 3.5,
        log: true,
    };

    #[test]
    fn one_outlier_is_moved_to_the_next() {
        let figures = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 100.0];
        assert_eq!(
            treat(&figures, USUAL),
            Treated::Winsorised {
                ends: [f64::NEG_INFINITY, 6.0],
                moved: 1
            }
        );
    }

    #[test]
    fn at_the_lower_end_too() {
        let figures = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, -100.0];
        assert_eq!(
            treat(&figures, USUAL),
            Treated::Winsorised {
                ends: [1.0, f64::INFINITY],
                moved: 1
            }
        );
    }

    #[test]
    fn what_winsorising_does_not_help_is_logged_from_the_original() {
        let figures: Vec<f64> = (0..20).map(|power| 3.0_f64.powi(power)).collect();
        let treated = treat(&figures, Treatment { winsorise: 1, ..USUAL });
        assert_eq!(
            treated,
            Treated::Logged {
                shift: 1.0 - 0.01 * (3.0_f64.powi(19) - 1.0)
            }
        );
        assert!(figures.iter().all(|figure| treated.apply(*figure).is_some()));
    }

    #[test]
    fn few_or_equal_figures_have_no_outliers() {
        assert_eq!(treat(&[1.0, 1.0, 100.0], USUAL), Treated::No);
        assert_eq!(treat(&[1.0; 9], USUAL), Treated::No);
    }

    proptest! {
        #[test]
        fn order_is_kept(figures in prop::collection::vec(-1e3..1e3f64, 4..20), outlier in 1e4..1e6f64) {
            let mut figures = figures;
            figures.push(outlier);
            let treated = treat(&figures, USUAL);
            figures.sort_by(f64::total_cmp);
            let after: Vec<f64> = figures.iter().filter_map(|figure| treated.apply(*figure)).collect();
            prop_assert_eq!(after.len(), figures.len());
            prop_assert!(after.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }
}
