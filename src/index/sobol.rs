//! Sobol' indices: how much of a function's variance each of its arguments makes, alone and with the others.
//!
//! Saltelli's design (*Making best use of model evaluations to compute sensitivity indices*, Comput. Phys. Commun. 145,
//! 2002; Saltelli et al. 2010): two sets of N rows, A and B, and for each factor i a third, A with column i from B;
//! N·(d + 2) runs. With f centred on its mean over A and B, and V its variance there,
//!
//! ```text
//! first order   S_i = 1/N  Σ f(B)_j · (f(A_B^i)_j − f(A)_j) / V        Saltelli et al. 2010, Comput. Phys. Commun. 181, table 2 (b)
//! total         T_i = 1/2N Σ (f(A)_j − f(A_B^i)_j)² / V                Jansen 1999, Comput. Phys. Commun. 117; ibid. (f)
//! ```
//!
//! Nothing is clamped: an estimate below 0 or above 1 is a sign of too few runs, and is shown as it is. The interval of an
//! estimate is by resampling the rows (Archer, Saltelli & Sobol', J. Stat. Comput. Simul. 58, 1997).

use super::draw::{Draw, Purpose, pick};
use super::statistics::{mean, quantile};
use rayon::prelude::*;

/// How many times rows are drawn again for an interval.
const RESAMPLES: u64 = 200;

/// How much of the variance one factor makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// First order: the share that would go if only this factor were fixed.
    pub first: Estimate,
    /// Total: the share that would remain if all others were fixed.
    pub total: Estimate,
}

/// A share of the variance, as these runs estimate it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// 5th and 95th percentile of the estimate when rows are drawn again.
    pub interval: [f64; 2],
}

/// The values of a function at each point of the design.
#[derive(Clone, Debug)]
pub struct Runs<T> {
    /// At the rows of A.
    pub a: Vec<T>,
    /// At the rows of B.
    pub b: Vec<T>,
    /// By factor, at the rows of A with that factor's column from B.
    pub mixed: Vec<Vec<T>>,
}

impl<T: Send> Runs<T> {
    /// Runs a function of `factors` numbers at `rows`·(`factors` + 2) points. The same on any number of threads.
    pub fn evaluate(factors: usize, rows: usize, seed: u64, function: impl Fn(&[f64]) -> T + Sync) -> Self {
        let row = |row: usize| {
            let mut draw = Draw::new(seed, Purpose::Sensitivity, row as u64);
            let (a, b) = (draw.shares(factors), draw.shares(factors));
            let mixed = (0..factors).map(|factor| {
                let mut point = a.clone();
                point[factor] = b[factor];
                function(&point)
            });
            (mixed.collect::<Vec<T>>(), function(&a), function(&b))
        };
        let evaluated: Vec<(Vec<T>, T, T)> = (0..rows).into_par_iter().map(row).collect();
        let mut runs = Self {
            a: Vec::new(),
            b: Vec::new(),
            mixed: (0..factors).map(|_| Vec::new()).collect(),
        };
        for (mixed, a, b) in evaluated {
            runs.a.push(a);
            runs.b.push(b);
            for (column, value) in runs.mixed.iter_mut().zip(mixed) {
                column.push(value);
            }
        }
        runs
    }
}

impl<T> Runs<T> {
    /// One number of each run; `None` when one of them has none.
    pub fn number(&self, number_of: impl Fn(&T) -> Option<f64>) -> Option<Runs<f64>> {
        let all = |column: &[T]| column.iter().map(&number_of).collect::<Option<Vec<f64>>>();
        let mixed = self.mixed.iter().map(|column| all(column)).collect::<Option<Vec<_>>>();
        Some(Runs {
            a: all(&self.a)?,
            b: all(&self.b)?,
            mixed: mixed?,
        })
    }
}

impl Runs<f64> {
    /// How much each factor makes of the variance; `None` when there is none. `seed` is for the intervals.
    #[must_use]
    pub fn effects(&self, seed: u64) -> Option<Vec<Effect>> {
        let rows: Vec<usize> = (0..self.a.len()).collect();
        let values = self.shares(&rows)?;
        let again = |resample: u64| {
            let mut draw = Draw::new(seed, Purpose::Resampling, resample);
            let rows: Vec<usize> = rows.iter().map(|_| pick(draw.share(), rows.len())).collect();
            self.shares(&rows)
        };
        let others: Vec<Vec<[f64; 2]>> = (0..RESAMPLES).filter_map(again).collect();
        let estimate = |factor: usize, order: usize| {
            let drawn: Vec<f64> = others.iter().map(|shares| shares[factor][order]).collect();
            let value = values[factor][order];
            let end = |share| quantile(&drawn, share).unwrap_or(value);
            Estimate {
                value,
                interval: [end(0.05), end(0.95)],
            }
        };
        let effect = |factor| Effect {
            first: estimate(factor, 0),
            total: estimate(factor, 1),
        };
        Some((0..self.mixed.len()).map(effect).collect())
    }

    /// First and total share of each factor over these rows.
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
    fn shares(&self, rows: &[usize]) -> Option<Vec<[f64; 2]>> {
        let all: Vec<f64> = rows.iter().flat_map(|row| [self.a[*row], self.b[*row]]).collect();
        let mean = mean(&all)?;
        let variance = all.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / all.len() as f64;
        // Less than the last digits of the numbers is no variance.
        if variance <= (mean * 1e-12).powi(2) {
            return None;
        }
        let count = rows.len() as f64;
        let of = |mixed: &Vec<f64>| {
            let (mut first, mut total) = (0.0, 0.0);
            for row in rows {
                let moved = mixed[*row] - self.a[*row];
                first += (self.b[*row] - mean) * moved;
                total += moved * moved;
            }
            [first / count / variance, total / (2.0 * count) / variance]
        };
        Some(self.mixed.iter().map(of).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn sobol(function: impl Fn(&[f64]) -> f64 + Sync, factors: usize, rows: usize, seed: u64) -> Option<Vec<Effect>> {
        Runs::evaluate(factors, rows, seed, function).effects(seed)
    }

    fn near(effects: &[Effect], first: &[f64], total: &[f64], tolerance: f64) {
        for (at, effect) in effects.iter().enumerate() {
            for (actual, expected) in [(effect.first, first[at]), (effect.total, total[at])] {
                assert!(
                    (actual.value - expected).abs() < tolerance,
                    "{at}: {actual:?} is not {expected}"
                );
                assert!(
                    actual.interval[0] <= actual.value && actual.value <= actual.interval[1],
                    "{actual:?}"
                );
            }
        }
    }

    /// Ishigami & Homma 1990, a = 7, b = 0.1: every textbook's example, with known shares.
    #[test]
    fn ishigami() {
        let ishigami = |u: &[f64]| {
            let [x, y, z] = [u[0], u[1], u[2]].map(|u| PI * (2.0 * u - 1.0));
            x.sin() + 7.0 * y.sin().powi(2) + 0.1 * z.powi(4) * x.sin()
        };
        let effects = sobol(ishigami, 3, 1 << 14, 1).expect("it varies");
        near(&effects, &[0.3139, 0.4424, 0.0], &[0.5576, 0.4424, 0.2437], 0.02);
        let interactions = effects[2].total.value - effects[2].first.value;
        assert!((interactions - 0.2437).abs() < 0.02);
    }

    #[test]
    fn a_sum_has_no_interactions_and_a_product_nothing_else() {
        // Variances 1/12 and 4/12.
        let sum = sobol(|u| u[0] + 2.0 * u[1], 2, 1 << 13, 1).expect("it varies");
        near(&sum, &[0.2, 0.8], &[0.2, 0.8], 0.03);
        let product = sobol(|u| (u[0] - 0.5) * (u[1] - 0.5), 2, 1 << 13, 1).expect("it varies");
        near(&product, &[0.0, 0.0], &[1.0, 1.0], 0.05);
    }

    #[test]
    fn what_does_not_matter_makes_nothing_and_what_does_not_vary_has_no_shares() {
        let idle = sobol(|u| u[0], 2, 100, 1).expect("it varies")[1];
        assert!(idle.first.value.abs() + idle.total.value.abs() < 1e-12, "{idle:?}");
        assert_eq!(sobol(|_| 7.0, 2, 100, 1), None);
        assert_eq!(sobol(|u| u[0], 1, 0, 1), None);
    }

    #[test]
    fn a_run_without_a_number_leaves_no_shares() {
        let runs = Runs::evaluate(2, 10, 1, |u| u[0]);
        assert!(runs.number(|number| (*number > 0.5).then_some(*number)).is_none());
        assert!(runs.number(|number| Some(*number)).is_some());
    }
}
