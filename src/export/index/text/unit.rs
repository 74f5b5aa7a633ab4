//! What is told of one unit: its gap and what it is made of, its strengths and weaknesses, what a better figure is worth.

use super::super::document::Top;
use super::super::pull::{Comparison, Part, Raised, Ranked, Split};
use super::grid::Grid;
use super::{MOST, Teller};
use crate::measure::rounded;
use std::collections::BTreeMap;

impl Teller<'_, '_, '_> {
    pub(super) fn unit(&self, top: &Top<'_>, node: usize, unit: usize) -> String {
        let pull = &top.pull;
        let mut text = format!("\n{}\n", self.standing(top, node, unit));
        match &pull.comparison {
            Some(comparison) => text.push_str(&self.gap(top, node, unit, comparison)),
            None => text.extend([&self.word("no_comparison"), "\n"]),
        }
        let sides = [("lifting", &pull.strengths), ("pulling", &pull.weaknesses)];
        for (heading, sides) in sides.into_iter().filter(|_| self.is_deep(node)) {
            let parts = sides.as_ref().map_or(&[][..], |sides| &sides.by_contribution);
            text.push_str(&self.section(heading, &self.parts(node, parts)));
        }
        if let Some(change) = &pull.change {
            let [before, score] = [change.score_before, change.score].map(|score| self.score(node, Some(score)));
            let words = [
                ("from", self.period(&change.from)),
                ("to", self.period(&change.to)),
                ("before", before),
                ("score", score),
                ("gap", self.points(node, change.split.gap)),
            ];
            let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
            let mut grid = Grid::new(Vec::new(), &[0]);
            self.children(top, node, &change.split, &mut grid, |_| Vec::new());
            text.extend(["\n", &self.fill("change", &words), "\n", &grid.lines()]);
        }
        // Of few leaves, none is shown as both.
        let most = self
            .scope
            .composite
            .frame
            .leaves_below(node)
            .count()
            .div_euclid(2)
            .clamp(1, MOST);
        for (heading, sides) in [("strengths", &pull.strengths), ("weaknesses", &pull.weaknesses)] {
            let ranked = sides.as_ref().map_or(&[][..], |sides| &sides.by_rank);
            let ranked = if heading == "strengths" {
                &ranked[..most.min(ranked.len())]
            } else {
                &ranked[ranked.len().saturating_sub(most)..]
            };
            text.push_str(&self.section(heading, &self.ranked(ranked)));
        }
        text.push_str(&self.section(
            "what_if",
            &self.what_if(node, pull.what_if.as_deref().unwrap_or_default()),
        ));
        text
    }

    /// Score, rank, interval.
    fn standing(&self, top: &Top<'_>, node: usize, unit: usize) -> String {
        let (composite, slice) = (self.scope.composite, self.scope.slice);
        let sheet = &composite.sheets[slice];
        let place = self.place(unit);
        let Some(rank) = composite.rank(sheet, node, unit) else {
            return self.fill("unscored", &[("place", place)]);
        };
        let [position, of] = [rank.position, rank.of].map(|count| count.to_string());
        let score = self.score(node, sheet.scores[node][unit]);
        let mut line = self.fill(
            "unit",
            &[("place", place), ("score", &score), ("rank", &position), ("of", &of)],
        );
        let code = self.scope.code(unit);
        let intervals = top.sure.intervals.as_ref().filter(|_| self.is_latest());
        if let Some(own) = intervals.and_then(|all| all.units.iter().find(|own| own.unit == code)) {
            let [low, high] = [own.low, own.high].map(|rank| rounded(rank, 0).to_string());
            let n = if low == high { "1" } else { "2" };
            line.extend([", ", &self.fill("between", &[("low", &low), ("high", &high), ("n", n)])]);
        }
        line
    }

    /// What the unit is compared with.
    fn against(&self, node: usize, comparison: &Comparison<'_>) -> String {
        let language = &self.voice.code;
        let site = self.scope.site;
        let id = comparison.against.id.as_deref().unwrap_or_default();
        match comparison.against.kind {
            "country" => match site.settings.country {
                Some(_) => self.word("against.country"),
                None => self.word("against.mean"),
            },
            "best" => {
                let sheet = &self.scope.composite.sheets[self.scope.slice];
                let first = |unit: &usize| {
                    self.scope
                        .composite
                        .rank(sheet, node, *unit)
                        .is_some_and(|rank| rank.position == 1)
                };
                let best = (0..self.document.units.len()).find(first);
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
        let against = self.against(node, comparison);
        let words = [
            ("against", against.clone()),
            ("score", self.score(node, Some(comparison.against_score))),
            ("gap", self.points(node, comparison.split.gap)),
        ];
        let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
        let head = vec![
            String::new(),
            self.column("points"),
            self.place(unit).to_owned(),
            against,
        ];
        let mut grid = Grid::new(head, &[0]);
        let sheet = &self.scope.composite.sheets[self.scope.slice];
        let nodes = &self.scope.composite.frame.nodes;
        self.children(top, node, &comparison.split, &mut grid, |part| {
            let at = nodes.iter().position(|node| node.score.id == part.node);
            let own = at.and_then(|at| sheet.scores[at][unit]);
            let other = own.zip(part.difference).map(|(own, difference)| own - difference);
            vec![self.score(node, own), self.score(node, other)]
        });
        format!("{}\n\n{}", self.fill("gap", &words), grid.lines())
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
        let frame = &self.scope.composite.frame;
        let children = frame.nodes[node].children.iter().map(|child| self.scope.id(*child));
        let mut parts: Vec<&Part<'_>> = children
            .filter_map(|child| split.parts.iter().find(|part| part.node == child))
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
        if !frame.nodes[node].children.is_empty() && top.node == self.scope.id(node) {
            grid.row(vec![self.word("sum"), self.points(node, split.gap)]);
        }
    }

    /// Whether figures enter deeper than right below the node.
    fn is_deep(&self, node: usize) -> bool {
        let frame = &self.scope.composite.frame;
        frame.nodes[node]
            .children
            .iter()
            .any(|child| frame.nodes[*child].leaf.is_none())
    }

    fn parts(&self, node: usize, parts: &[Part<'_>]) -> Grid {
        let mut grid = Grid::new(vec![String::new(), self.column("points")], &[0]);
        for part in parts {
            grid.row(vec![
                self.node(part.node).to_owned(),
                self.points(node, part.contribution),
            ]);
        }
        grid
    }

    fn ranked(&self, ranked: &[Ranked<'_>]) -> Grid {
        let mut grid = Grid::new(vec![String::new(), self.column("rank"), self.column("figure")], &[0]);
        for own in ranked {
            let [position, of] = [own.rank.position, own.rank.of].map(|count| count.to_string());
            let rank = self.fill("rank", &[("rank", &position), ("of", &of)]);
            let nodes = &self.scope.composite.frame.nodes;
            let leaf = nodes
                .iter()
                .find(|node| node.score.id == own.node)
                .and_then(|node| node.leaf);
            let indicator = leaf.and_then(|leaf| self.scope.composite.frame.leaves[leaf].indicator);
            let figure = indicator.map_or_else(
                || self.number(own.figure, 1),
                |indicator| {
                    self.voice
                        .format
                        .short_value(own.figure, &indicator.unit, &self.voice.code)
                },
            );
            grid.row(vec![self.node(own.node).to_owned(), rank, figure]);
        }
        grid
    }

    /// The leaves whose rise is worth most: to the country's level and to the best.
    fn what_if(&self, node: usize, all: &[Raised<'_>]) -> Grid {
        let rank = self.column("rank");
        let country = if self.scope.site.settings.country.is_some() {
            "to_country"
        } else {
            "to_mean"
        };
        let head = vec![
            String::new(),
            self.column(country),
            rank.clone(),
            self.column("to_best"),
            rank,
        ];
        let mut grid = Grid::new(head, &[0]);
        let mut order: Vec<&str> = Vec::new();
        let mut found: BTreeMap<(&str, &str), &Raised<'_>> = BTreeMap::new();
        for raised in all {
            found.insert((raised.node, raised.aim), raised);
            if !order.contains(&raised.node) {
                order.push(raised.node);
            }
        }
        for leaf in order.into_iter().take(MOST) {
            let cells = ["country", "best"].map(|aim| match found.get(&(leaf, aim)) {
                Some(raised) => [self.points(node, raised.gain), raised.rank_after.position.to_string()],
                None => ["–".to_owned(), "–".to_owned()],
            });
            grid.row(
                [self.node(leaf).to_owned()]
                    .into_iter()
                    .chain(cells.into_iter().flatten())
                    .collect(),
            );
        }
        grid
    }
}
