//! Random numbers from a seed, a purpose and the number of a run: the same on every machine and ever after.
//!
//! The generator is PCG64-DXSM (O'Neill, *PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for
//! Random Number Generation*, HMC-CS-2014-0905), whose values its crate keeps stable. Every run has a stream of its own,
//! so that no run depends on which others have been made, in which order or on which thread.

use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;

/// The purpose that numbers are drawn for; each has streams of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Runs of the uncertainty analysis.
    Ranges = 0,
    /// Rows of the sensitivity analysis.
    Sensitivity = 1,
    /// Weights, from one number that stands for all of them.
    Weights = 2,
    /// Rows drawn again, for the intervals of sensitivity indices.
    Resampling = 3,
}

/// A row of random numbers.
#[derive(Clone, Debug)]
pub struct Draw(Pcg64Dxsm);

impl Draw {
    /// The row of this seed, purpose and run.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose, run: u64) -> Self {
        Self(Pcg64Dxsm::new(
            u128::from(seed),
            (purpose as u128) << 64 | u128::from(run),
        ))
    }

    /// The next number, evenly spread from 0 up to but not 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what the number holds")]
    pub fn share(&mut self) -> f64 {
        const STEPS: f64 = (1_u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 / STEPS
    }

    /// The next so many numbers.
    pub fn shares(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.share()).collect()
    }
}

/// Which of `count` equally likely alternatives a number from 0 to 1 stands for.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
pub fn pick(share: f64, count: usize) -> usize {
    ((share * count as f64) as usize).min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(run: u64) -> f64 {
        Draw::new(2018, Purpose::Ranges, run).share()
    }

    #[test]
    fn a_row_never_changes() {
        let row = Draw::new(2018, Purpose::Ranges, 7).shares(3);
        assert_eq!(row, Draw::new(2018, Purpose::Ranges, 7).shares(3));
        let millionths: Vec<usize> = row.iter().map(|share| pick(*share, 1_000_000)).collect();
        assert_eq!(millionths, [357_679, 298_695, 156_731]);
    }

    #[test]
    fn neighbouring_streams_are_not_alike() {
        // 10 000 numbers: the standard error of a correlation is 0.01, of a tenth's share 0.003.
        let numbers: Vec<f64> = (0..10_001).map(first).collect();
        let centred: Vec<f64> = numbers.iter().map(|number| number - 0.5).collect();
        let with_next: f64 = centred.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() * 12.0 / 10_000.0;
        assert!(with_next.abs() < 0.04, "{with_next}");
        let second = |run| Draw::new(2018, Purpose::Ranges, run).shares(2)[1] - 0.5;
        let within: f64 = centred
            .iter()
            .zip(0..)
            .map(|(number, run)| number * second(run))
            .sum::<f64>()
            * 12.0
            / 10_000.0;
        assert!(within.abs() < 0.04, "{within}");
        for tenth in 0..10 {
            let share = numbers.iter().filter(|number| pick(**number, 10) == tenth).count();
            assert!((850..1150).contains(&share), "{share} of 10 000 in tenth {tenth}");
        }
    }

    #[test]
    fn alternatives_share_evenly() {
        assert_eq!(
            [0.0, 0.33, 0.34, 0.66, 0.67, 0.999].map(|share| pick(share, 3)),
            [0, 0, 1, 1, 2, 2]
        );
    }
}
