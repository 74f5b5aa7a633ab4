//! Changes: other numbers for some cells with which everything published still agrees.
//!
//! Takes a system in which every cell has a value; gives changes that keep every sum. A linear programme proposes them;
//! they are rounded to whole numbers and then checked exactly, so that nothing rests on the solver's arithmetic: a
//! proposal that is not whole is no proposal.

use super::system::System;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, SolveOptions, Variable};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Cells and how much they change.
pub(super) type Change = Vec<(usize, i64)>;

/// How far from a whole number a proposal may lie.
const NEAR: f64 = 1e-5;

/// How a change is to move its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Move {
    /// By this much, as cheaply as possible.
    By(i64),
    /// As far up as possible.
    Up,
    /// As far down as possible.
    Down,
}

/// How many branches are tried for a change in whole numbers.
const BRANCHES: u64 = 200;

/// A change of the target and of other cells that keeps every sum; `None`: there is none in whole numbers, as far as can
/// be told. `price` is that of moving a cell by one; without a price it stays.
pub(super) fn change(
    system: &System,
    target: usize,
    movement: Move,
    price: &dyn Fn(usize) -> Option<f64>,
) -> Option<Change> {
    let component = Component::around(system, target, &|cell| price(cell).is_some());
    let goal = |cell: usize| match movement {
        Move::By(_) => Goal::Near(price(cell).unwrap_or(0.0)),
        Move::Up if cell == target => Goal::Far(1.0),
        Move::Down if cell == target => Goal::Far(-1.0),
        Move::Up | Move::Down => Goal::Far(0.0),
    };
    let fixed = if let Move::By(amount) = movement {
        Some((target, amount))
    } else {
        None
    };
    let programme = |domain| Programme::new(system, &component, &goal, fixed, domain);
    // Nearly every optimum of these systems is whole by itself.
    let change = match programme(Domain::Real).solve()? {
        Ok(change) => change,
        Err(NotWhole) => programme(Domain::Whole).solve()?.ok()?,
    };
    keeps_sums(system, &change, &component.sums).then_some(change)
}

/// A change of a component's cells that keeps every sum and is as large as it can be, by the weights of cells: up where
/// those are positive, down where they are negative. `None`: none was found at once.
pub(super) fn farthest(system: &System, component: &Component, weight: &dyn Fn(usize) -> f64) -> Option<Change> {
    let goal = |cell| Goal::Far(weight(cell));
    let programme = Programme::new(system, component, &goal, None, Domain::Real);
    let change = programme.solve()?.ok()?;
    keeps_sums(system, &change, &component.sums).then_some(change)
}

/// The part of a cell in a programme's objective.
#[derive(Clone, Copy, Debug)]
enum Goal {
    /// Leave it where it is: moving it by one costs this.
    Near(f64),
    /// Move it up, with this weight; down where that is negative.
    Far(f64),
}

/// Values that a programme's variables may have.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Domain {
    Real,
    Whole,
}

/// A proposal is not in whole numbers.
struct NotWhole;

/// A linear programme: how far each cell goes up and down. Two variables each, so that the answers as they are (all 0) are
/// where the solver begins.
struct Programme {
    problem: Problem,
    variables: BTreeMap<usize, (Variable, Variable)>,
}

impl Programme {
    fn new(
        system: &System,
        component: &Component,
        goal: &dyn Fn(usize) -> Goal,
        fixed: Option<(usize, i64)>,
        domain: Domain,
    ) -> Programme {
        let value = |cell: usize| system.cells[cell].value.unwrap_or(0);
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut add = |price: f64, most: i64| match (domain, i32::try_from(most)) {
            (Domain::Whole, Ok(most)) => problem.add_integer_var(price, (0, most)),
            _ => problem.add_var(price, (0.0, float(most))),
        };
        let mut variables = BTreeMap::new();
        for cell in &component.cells {
            let up = 2 * system.most;
            let down = (value(*cell) - system.cells[*cell].least).max(0);
            let (rise, fall) = match goal(*cell) {
                Goal::Near(price) => (price, price),
                Goal::Far(weight) => (-weight, weight),
            };
            variables.insert(*cell, (add(rise, up), add(fall, down)));
        }
        let terms = |cell: usize, factor: f64| {
            let (up, down) = variables.get(&cell)?;
            Some([(*up, factor), (*down, -factor)])
        };
        if let Some((cell, amount)) = fixed {
            let parts: Vec<(Variable, f64)> = terms(cell, 1.0).into_iter().flatten().collect();
            problem.add_constraint(parts.as_slice(), ComparisonOp::Eq, float(amount));
        }
        for sum in component.sums.iter().map(|sum| &system.sums[*sum]) {
            let parts: Vec<(Variable, f64)> = sum
                .parts
                .iter()
                .filter_map(|(cell, factor)| terms(*cell, float(*factor)))
                .flatten()
                .collect();
            let (operator, room) = if sum.equal {
                (ComparisonOp::Eq, 0)
            } else {
                (ComparisonOp::Le, sum.left(value))
            };
            problem.add_constraint(parts.as_slice(), operator, float(room));
        }
        Programme { problem, variables }
    }

    /// The best change; `None`: there is none, or it was not found within the branches allowed.
    fn solve(&self) -> Option<Result<Change, NotWhole>> {
        let solution = solve(&self.problem)?;
        let by = |(cell, (up, down)): (&usize, &(Variable, Variable))| {
            let by = whole(solution.var_value(*up) - solution.var_value(*down)).ok_or(NotWhole)?;
            Ok((*cell, by))
        };
        let all: Result<Change, NotWhole> = self.variables.iter().map(by).collect();
        Some(all.map(|all| all.into_iter().filter(|(_, by)| *by != 0).collect()))
    }
}

/// Sets the values that we do not know to some that agree with everything; `false`: there are none.
pub(super) fn fill_in(system: &mut System) -> bool {
    let unknown: Vec<usize> = (0..system.cells.len())
        .filter(|cell| system.cells[*cell].value.is_none())
        .collect();
    if unknown.is_empty() {
        return true;
    }
    let Ok(most) = i32::try_from(system.most) else {
        return false;
    };
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut variables = BTreeMap::new();
    for cell in unknown {
        let least = if system.cells[cell].least < 0 { -most } else { 0 };
        variables.insert(cell, problem.add_integer_var(0.0, (least, most)));
    }
    for sum in &system.sums {
        let parts = sum
            .parts
            .iter()
            .filter_map(|(cell, factor)| Some((*variables.get(cell)?, float(*factor))));
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

/// Cells connected by sums, so that when one moves the others may have to.
pub(super) struct Component {
    pub(super) cells: BTreeSet<usize>,
    sums: BTreeSet<usize>,
}

impl Component {
    /// The component around a cell, by way of those cells that may move.
    pub(super) fn around(system: &System, target: usize, may_move: &dyn Fn(usize) -> bool) -> Component {
        let (mut cells, mut sums) = (BTreeSet::from([target]), BTreeSet::new());
        let mut queue = VecDeque::from([target]);
        while let Some(cell) = queue.pop_front() {
            for sum in &system.sums_with[cell] {
                if sums.insert(*sum) {
                    for (other, _) in &system.sums[*sum].parts {
                        if may_move(*other) && cells.insert(*other) {
                            queue.push_back(*other);
                        }
                    }
                }
            }
        }
        Component { cells, sums }
    }
}

/// Whether every sum still holds, and no cell is below what it can be: in whole numbers, exactly.
fn keeps_sums(system: &System, change: &Change, sums: &BTreeSet<usize>) -> bool {
    let by: BTreeMap<usize, i64> = change.iter().copied().collect();
    let value = |cell: usize| system.cells[cell].value.unwrap_or(0) + by.get(&cell).copied().unwrap_or(0);
    change.iter().all(|(cell, _)| value(*cell) >= system.cells[*cell].least)
        && sums.iter().all(|sum| system.sums[*sum].holds(value))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of respondents are far below 2^52")]
fn float(number: i64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded, and bounded by the number of respondents"
)]
fn whole(number: f64) -> Option<i64> {
    let near = number.round();
    ((number - near).abs() < NEAR).then_some(near as i64)
}
