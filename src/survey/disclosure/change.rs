//! Other numbers that agree with everything published.
//!
//! Takes a system in which every cell has a value; gives changes of some cells that keep every sum. A linear programme
//! proposes them; they are rounded to whole numbers and then checked exactly, so that nothing rests on the solver's
//! arithmetic: a proposal that is not whole is no proposal.

use super::system::System;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, SolveOptions, Variable};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Cells and how much they change.
pub(super) type Change = Vec<(usize, i64)>;

/// How far from a whole number a proposal may lie.
const NEAR: f64 = 1e-5;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// The target changes by this much, as cheaply as possible.
    By(i64),
    /// The target becomes as large as it can.
    Up,
    /// The target becomes as small as it can.
    Down,
}

/// How many branches are tried for a change in whole numbers.
const BRANCHES: u64 = 200;

/// A change of the target and of other cells that keeps every sum. `price` of moving a cell by one; `None`: it stays.
/// `None`: there is none in whole numbers, as far as can be told.
pub(super) fn change(system: &System, target: usize, aim: Aim, price: &dyn Fn(usize) -> Option<f64>) -> Option<Change> {
    let (moving, sums) = reach(system, target, price);
    let programme = |numbers| Programme::of(system, target, aim, price, (&moving, &sums), numbers);
    // Nearly every optimum of these systems is whole by itself.
    let found = match programme(Numbers::Real).solve()? {
        Ok(found) => found,
        Err(Broken) => programme(Numbers::Whole).solve()?.ok()?,
    };
    keeps(system, &found, &sums).then_some(found)
}

/// What values a programme's variables may have.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Numbers {
    Real,
    Whole,
}

/// A proposal is not in whole numbers.
struct Broken;

/// A linear programme: how far each cell goes up and down.
struct Programme {
    problem: Problem,
    variables: BTreeMap<usize, (Variable, Variable)>,
}

impl Programme {
    fn of(
        system: &System,
        target: usize,
        aim: Aim,
        price: &dyn Fn(usize) -> Option<f64>,
        (moving, sums): (&BTreeSet<usize>, &BTreeSet<usize>),
        numbers: Numbers,
    ) -> Programme {
        let value = |cell: usize| system.cells[cell].value.unwrap_or(0);
        let mut problem = Problem::new(match aim {
            Aim::Up => OptimizationDirection::Maximize,
            Aim::By(_) | Aim::Down => OptimizationDirection::Minimize,
        });
        let mut add = |price: f64, most: i64| match (numbers, i32::try_from(most)) {
            (Numbers::Whole, Ok(most)) => problem.add_integer_var(price, (0, most)),
            _ => problem.add_var(price, (0.0, float(most))),
        };
        let mut variables = BTreeMap::new();
        for cell in moving {
            let (dear, own) = match aim {
                Aim::By(_) => (price(*cell).unwrap_or(0.0), 0.0),
                Aim::Up | Aim::Down => (0.0, if *cell == target { 1.0 } else { 0.0 }),
            };
            let down = value(*cell) - system.cells[*cell].least;
            variables.insert(*cell, (add(dear + own, 2 * system.most), add(dear - own, down.max(0))));
        }
        if let Aim::By(amount) = aim {
            let (up, down) = variables[&target];
            problem.add_constraint([(up, 1.0), (down, -1.0)], ComparisonOp::Eq, float(amount));
        }
        for sum in sums.iter().map(|sum| &system.sums[*sum]) {
            let parts = sum.parts.iter().filter_map(|(cell, factor)| Some((variables.get(cell)?, float(*factor))));
            let parts: Vec<(Variable, f64)> =
                parts.flat_map(|((up, down), factor)| [(*up, factor), (*down, -factor)]).collect();
            let (operator, room) = if sum.equal { (ComparisonOp::Eq, 0) } else { (ComparisonOp::Le, sum.left(value)) };
            problem.add_constraint(parts.as_slice(), operator, float(room));
        }
        Programme { problem, variables }
    }

    /// The best change; `None`: there is none, or it was not found within the branches allowed.
    fn solve(&self) -> Option<Result<Change, Broken>> {
        let solution = solve(&self.problem)?;
        let by = |(cell, (up, down)): (&usize, &(Variable, Variable))| {
            Some((*cell, whole(solution.var_value(*up) - solution.var_value(*down))?))
        };
        let found: Option<Change> = self.variables.iter().map(by).collect();
        Some(found.map(|all| all.into_iter().filter(|(_, by)| *by != 0).collect()).ok_or(Broken))
    }
}

/// Sets the values that we do not know to some that agree with everything; `false`: there are none.
pub(super) fn complete(system: &mut System) -> bool {
    let unknown: Vec<usize> = (0..system.cells.len()).filter(|cell| system.cells[*cell].value.is_none()).collect();
    if unknown.is_empty() {
        return true;
    }
    let Ok(most) = i32::try_from(system.most) else { return false };
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut variables = BTreeMap::new();
    for cell in unknown {
        let least = if system.cells[cell].least < 0 { -most } else { 0 };
        variables.insert(cell, problem.add_integer_var(0.0, (least, most)));
    }
    for sum in &system.sums {
        let parts = sum.parts.iter().filter_map(|(cell, factor)| Some((*variables.get(cell)?, float(*factor))));
        let parts: Vec<(Variable, f64)> = parts.collect();
        if !parts.is_empty() {
            let operator = if sum.equal { ComparisonOp::Eq } else { ComparisonOp::Le };
            let left = sum.left(|cell| system.cells[cell].value.unwrap_or(0));
            problem.add_constraint(parts.as_slice(), operator, float(left));
        }
    }
    let Some(solution) = solve(&problem) else { return false };
    for (cell, variable) in variables {
        system.cells[cell].value = whole(solution.var_value(variable));
    }
    let value = |cell: usize| system.cells[cell].value.unwrap_or(i64::MIN / 4);
    system.sums.iter().all(|sum| sum.holds(value))
}

/// The optimum, unless there is none or it takes too many branches.
fn solve(problem: &Problem) -> Option<Solution> {
    let mut options = SolveOptions::default();
    options.node_limit = Some(BRANCHES);
    let outcome = problem.solve_with(options).ok()?;
    outcome.is_optimal().then_some(outcome)?.into_solution().ok()
}

/// Cells that move when the target does, and the sums they are in.
fn reach(system: &System, target: usize, price: &dyn Fn(usize) -> Option<f64>) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let (mut moving, mut sums) = (BTreeSet::from([target]), BTreeSet::new());
    let mut queue = VecDeque::from([target]);
    while let Some(cell) = queue.pop_front() {
        for sum in &system.of[cell] {
            if sums.insert(*sum) {
                for (other, _) in &system.sums[*sum].parts {
                    if price(*other).is_some() && moving.insert(*other) {
                        queue.push_back(*other);
                    }
                }
            }
        }
    }
    (moving, sums)
}

/// Whether every sum still holds, and no cell is below what it can be: in whole numbers, exactly.
fn keeps(system: &System, change: &Change, sums: &BTreeSet<usize>) -> bool {
    let by: BTreeMap<usize, i64> = change.iter().copied().collect();
    let value = |cell: usize| system.cells[cell].value.unwrap_or(0) + by.get(&cell).copied().unwrap_or(0);
    change.iter().all(|(cell, _)| value(*cell) >= system.cells[*cell].least)
        && sums.iter().all(|sum| system.sums[*sum].holds(value))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of respondents are far below 2^52")]
fn float(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and bounded by the number of respondents")]
fn whole(number: f64) -> Option<i64> {
    let near = number.round();
    ((number - near).abs() < NEAR).then_some(near as i64)
}
