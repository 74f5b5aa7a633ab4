//! One unit: its gap and contributions, its strengths and weaknesses, and the worth of a better figure.

use super::super::document::Top;
use super::super::gap::{Comparison, Part, RaisedLeaf, RankedLeaf, Split};
use super::grid::Grid;
use super::{MOST, Printer};
use crate::measure::rounded;
use std::collections::BTreeMap;

impl Printer<'_, '_, '_> {
    pub(super) fn unit(&self, top: &Top<'_>, node: usize, unit: usize) -> String {
        let gap = &top.gap;
        let mut text = format!("\n{}\n", self.standing(top, node, unit));
        match &gap.comparison {
            Some(comparison) => text.push_str(&self.gap(top, node, unit, comparison)),
            None => text.extend([&self.word("no_comparison"), "\n"]),
        }
        let sides = [("lifting", &gap.strengths), ("pulling", &gap.weaknesses)];
        for (heading, sides) in sides.into_iter().filter(|_| self.is_deep(node)) {
            let parts = sides.as_ref().map_or(&[][..], |sides| &sides.by_contribution);
            text.push_str(&self.section(heading, &self.parts(node, parts)));
        }
        if let Some(change) = &gap.change {
            let words = [
                ("from", &*self.period(&change.from)),
                ("to", &self.period(&change.to)),
                ("before", &self.score(node, Some(change.score_before))),
                ("score", &self.score(node, Some(change.score))),
                ("gap", &self.points(node, change.split.gap)),
            ];
            let mut grid = Grid::new(Vec::new(), &[0]);
            self.children(top, node, &change.split, &mut grid, |_| Vec::new());
            text.extend(["\n", &self.fill("change", &words), "\n", &grid.lines()]);
        }
        // Of few leaves, none is shown as both.
        let most = (self.frame().leaves_below(node).count() / 2).clamp(1, MOST);
        for (heading, sides) in [("strengths", &gap.strengths), ("weaknesses", &gap.weaknesses)] {
            let ranked = sides.as_ref().map_or(&[][..], |sides| &sides.by_rank);
            let ranked = if heading == "strengths" {
                &ranked[..most.min(ranked.len())]
            } else {
                &ranked[ranked.len().saturating_sub(most)..]
            };
            text.push_str(&self.section(heading, &self.ranked(ranked)));
        }
        let gains = gap.what_if.as_deref().unwrap_or_default();
        text.push_str(&self.section("what_if", &self.what_if(node, gains)));
        text
    }

    /// Score, rank, interval.
    fn standing(&self, top: &Top<'_>, node: usize, unit: usize) -> String {
        let place = self.place(unit);
        let Some(rank) = self.scope.composite.rank(self.sheet(), node, unit) else {
            return self.fill("unscored", &[("place", place)]);
        };
        let words = [
            ("place", place),
            ("score", &self.score(node, self.sheet().scores[node][unit])),
            ("rank", &rank.position.to_string()),
            ("of", &rank.of.to_string()),
        ];
        let mut line = self.fill("unit", &words);
        let code = self.scope.code(unit);
        let intervals = top.robustness.intervals.as_ref().filter(|_| self.is_latest());
        if let Some(interval) = intervals.and_then(|all| all.units.iter().find(|interval| interval.unit == code)) {
            let [low, high] = [interval.low, interval.high].map(|rank| rounded(rank, 0).to_string());
            let n = if low == high { "1" } else { "2" };
            line.extend([", ", &self.fill("between", &[("low", &low), ("high", &high), ("n", n)])]);
        }
        line
    }

    /// The name of the benchmark.
    fn benchmark(&self, node: usize, comparison: &Comparison<'_>) -> String {
        let language = &self.voice.code;
        let site = self.scope.site;
        let id = comparison.against.id.as_deref().unwrap_or_default();
        match comparison.against.kind {
            "country" => match site.settings.country {
                Some(_) => self.word("against.country"),
                None => self.word("against.mean"),
            },
            "best" => {
                let rank = |unit: &usize| self.scope.composite.rank(self.sheet(), node, *unit);
                let is_first = |unit: &usize| rank(unit).is_some_and(|rank| rank.position == 1);
                let best = (0..self.document.units.len()).find(is_first);
                self.fill("against.best", &[("place", best.map_or("", |unit| self.place(unit)))])
            }
            "unit" => site
                .places
                .find(id)
                .map_or(id, |place| site.places[place].name.in_language(language))
                .to_owned(),
            "group" => site
                .places
                .group(id)
                .map_or(id, |group| group.name.in_language(language))
                .to_owned(),
            _ => self.word("against.median"),
        }
    }

    /// The gap, and the children of the node in order of what they add.
    fn gap(&self, top: &Top<'_>, node: usize, unit: usize, comparison: &Comparison<'_>) -> String {
        let benchmark = self.benchmark(node, comparison);
        let words = [
            ("against", &*benchmark),
            ("score", &self.score(node, Some(comparison.against_score))),
            ("gap", &self.points(node, comparison.split.gap)),
        ];
        let sentence = self.fill("gap", &words);
        let place = self.place(unit).to_owned();
        let mut grid = Grid::new(vec![String::new(), self.column("points"), place, benchmark], &[0]);
        self.children(top, node, &comparison.split, &mut grid, |part| {
            let at = self.frame().nodes.iter().position(|node| node.score.id == part.node);
            let score = at.and_then(|at| self.sheet().scores[at][unit]);
            let other = score.zip(part.difference).map(|(score, difference)| score - difference);
            vec![self.score(node, score), self.score(node, other)]
        });
        format!("{sentence}\n\n{}", grid.lines())
    }

    /// The children of a node in order of what they add, what they leave, and the sum.
    fn children(
        &self,
        top: &Top<'_>,
        node: usize,
        split: &Split<'_>,
        grid: &mut Grid,
        more: impl Fn(&Part<'_>) -> Vec<String>,
    ) {
        let children = &self.frame().nodes[node].children;
        let mut parts: Vec<&Part<'_>> = children
            .iter()
            .filter_map(|child| split.parts.iter().find(|part| part.node == self.scope.id(*child)))
            .collect();
        parts.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        for part in parts {
            let mut row = vec![self.node(part.node).to_owned(), self.points(node, part.contribution)];
            row.extend(more(part));
            grid.row(row);
        }
        if split.residual.abs() > 1e-9 {
            grid.row(vec![self.word("rest"), self.points(node, split.residual)]);
        }
        if !children.is_empty() && top.node == self.scope.id(node) {
            grid.row(vec![self.word("sum"), self.points(node, split.gap)]);
        }
    }

    /// Whether figures enter deeper than right below the node.
    fn is_deep(&self, node: usize) -> bool {
        let nodes = &self.frame().nodes;
        nodes[node].children.iter().any(|child| nodes[*child].leaf.is_none())
    }

    fn parts(&self, node: usize, parts: &[Part<'_>]) -> Grid {
        let mut grid = Grid::new(vec![String::new(), self.column("points")], &[0]);
        for part in parts {
            let points = self.points(node, part.contribution);
            grid.row(vec![self.node(part.node).to_owned(), points]);
        }
        grid
    }

    fn ranked(&self, leaves: &[RankedLeaf<'_>]) -> Grid {
        let mut grid = Grid::new(vec![String::new(), self.column("rank"), self.column("figure")], &[0]);
        for leaf in leaves {
            let rank = self.out_of("rank", [leaf.rank.position, leaf.rank.of]);
            let node = self.frame().nodes.iter().find(|node| node.score.id == leaf.node);
            let at = node.and_then(|node| node.leaf);
            let format = &self.voice.format;
            let figure = match at.and_then(|at| self.frame().leaves[at].indicator) {
                Some(indicator) => format.short_value(leaf.figure, &indicator.unit, &self.voice.code),
                None => self.number(leaf.figure, 1),
            };
            grid.row(vec![self.node(leaf.node).to_owned(), rank, figure]);
        }
        grid
    }

    /// The leaves whose rise is worth most: to the country's level and to the best.
    fn what_if(&self, node: usize, gains: &[RaisedLeaf<'_>]) -> Grid {
        let country = match self.scope.site.settings.country {
            Some(_) => "to_country",
            None => "to_mean",
        };
        let head = ["", country, "rank", "to_best", "rank"].map(|key| self.column(key));
        let mut grid = Grid::new(head.to_vec(), &[0]);
        let mut order: Vec<&str> = Vec::new();
        let mut by_leaf: BTreeMap<(&str, &str), &RaisedLeaf<'_>> = BTreeMap::new();
        for gain in gains {
            by_leaf.insert((gain.node, gain.aim), gain);
            if !order.contains(&gain.node) {
                order.push(gain.node);
            }
        }
        for leaf in order.into_iter().take(MOST) {
            let cells = ["country", "best"].map(|aim| match by_leaf.get(&(leaf, aim)) {
                Some(gain) => [self.points(node, gain.gain), gain.rank_after.position.to_string()],
                None => ["–".to_owned(), "–".to_owned()],
            });
            let mut row = vec![self.node(leaf).to_owned()];
            row.extend(cells.into_iter().flatten());
            grid.row(row);
        }
        grid
    }
}
