//! The document as text for a terminal, in the language of whoever reads it.

mod grid;
mod robustness;
mod unit;

use super::document::{Document, Slice, Top};
use super::request::Scope;
use crate::finding::Language;
use crate::index::{Frame, ScoreSheet};
use crate::measure::rounded;
use crate::model::{Moment, Sex, Site};
use crate::theme::{self, ThemeLanguage};
use grid::Grid;
use std::fmt::Write as _;

/// Flags and rows beyond these are counted only.
const MOST: usize = 5;

/// The site's indices, a line each.
#[must_use]
pub fn list(site: &Site, language: Language) -> String {
    let voice = theme::built_in_language(code(language));
    let word = |key: &str| voice.words.text(&format!("printed.column.{key}")).to_owned();
    if site.indices.is_empty() {
        return format!("{}\n", voice.words.text("printed.no_indices"));
    }
    let mut grid = Grid::new(vec![word("id"), word("name"), word("units")], &[0, 1]);
    for index in &site.indices {
        let units = Frame::new(site, index).units.len();
        grid.row(vec![
            index.id.clone(),
            index.name.in_language(&voice.code).to_owned(),
            units.to_string(),
        ]);
    }
    grid.lines()
}

/// The code of a language.
fn code(language: Language) -> &'static str {
    match language {
        Language::Sv => "sv",
        Language::En => "en",
    }
}

/// The document as text.
#[must_use]
pub fn text(scope: &Scope<'_, '_>, document: &Document<'_>, language: Language) -> String {
    let printer = Printer {
        scope,
        document,
        voice: theme::built_in_language(code(language)),
    };
    let tops = document.tops.iter().zip(&scope.tops);
    let mut parts: Vec<String> = tops.map(|(top, node)| printer.top(top, *node)).collect();
    parts.push(printer.coherence());
    parts.join("\n")
}

/// Prints a document in one language.
struct Printer<'t, 's, 'a> {
    scope: &'t Scope<'s, 'a>,
    document: &'t Document<'a>,
    voice: ThemeLanguage,
}

impl Printer<'_, '_, '_> {
    fn word(&self, key: &str) -> String {
        self.voice.words.text(&format!("printed.{key}")).to_owned()
    }

    fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.voice.words.fill(&format!("printed.{key}"), arguments)
    }

    /// A count out of another, such as `3 of 4`; its name in the words is the key itself.
    fn out_of(&self, key: &str, [count, of]: [usize; 2]) -> String {
        self.fill(key, &[(key, &count.to_string()), ("of", &of.to_string())])
    }

    /// The heading of a column; no key, no heading.
    fn column(&self, key: &str) -> String {
        match key {
            "" => String::new(),
            key => self.word(&format!("column.{key}")),
        }
    }

    /// A table with these columns, and one for the unit that is asked for.
    fn grid_with_unit(&self, columns: &[&str]) -> Grid {
        let columns = columns.iter().map(|key| self.column(key));
        let unit = self.scope.unit.map(|unit| self.place(unit).to_owned());
        Grid::new(columns.chain(unit).collect(), &[0])
    }

    fn frame(&self) -> &Frame<'_> {
        &self.scope.composite.frame
    }

    /// Scores in the slice that is explained.
    fn sheet(&self) -> &ScoreSheet {
        &self.scope.composite.sheets[self.scope.slice]
    }

    /// The name of a node by its id.
    fn node(&self, id: &str) -> &str {
        let node = self.frame().nodes.iter().find(|node| node.score.id == id);
        node.map_or("", |node| node.score.name.in_language(&self.voice.code))
    }

    /// The name of a unit.
    fn place(&self, unit: usize) -> &str {
        let place = &self.scope.site.places[self.frame().units[unit]];
        place.name.in_language(&self.voice.code)
    }

    /// Scores of an index from 0 to 100 have one decimal, z-scores and shares three.
    fn decimals(&self, node: usize) -> u8 {
        let scores = self.sheet().scores[node].iter().flatten();
        if scores.fold(0.0_f64, |most, score| most.max(score.abs())) < 10.0 {
            3
        } else {
            1
        }
    }

    fn score(&self, node: usize, score: Option<f64>) -> String {
        or_dash(score.map(|score| self.number(score, self.decimals(node))))
    }

    /// Points of a gap, with one decimal more than scores, so that small parts are told from each other.
    fn points(&self, node: usize, points: f64) -> String {
        self.voice.format.signed(points, self.decimals(node) + 1)
    }

    fn number(&self, number: f64, decimals: u8) -> String {
        self.voice.format.number(number, decimals)
    }

    fn period(&self, period: &str) -> String {
        match period {
            "latest" => self.word("period.latest"),
            "lag" => {
                let years = self.frame().index.lag.unwrap_or_default().to_string();
                self.fill("period.lag", &[("years", &years)])
            }
            year => year.to_owned(),
        }
    }

    /// Whether the slice that is explained is the one that intervals are about.
    fn is_latest(&self) -> bool {
        let slice = self.sheet().slice;
        slice.moment == Moment::Latest && slice.sex == Sex::Total
    }

    fn top(&self, top: &Top<'_>, node: usize) -> String {
        let index = self.frame().index.name.in_language(&self.voice.code);
        let part = self.node(top.node);
        let title = if index.to_lowercase() == part.to_lowercase() {
            index.to_owned()
        } else {
            format!("{index}: {part}")
        };
        let asked = &self.document.asked;
        let slice = [
            ("n", &*self.document.units.len().to_string()),
            ("period", &self.period(&asked.period)),
            ("sex", &self.word(&format!("sex.{}", asked.sex))),
        ];
        let underline = "=".repeat(title.chars().count());
        let mut text = format!("{title}\n{underline}\n{}\n\n", self.fill("head", &slice));
        text.push_str(&self.ranking(top, node));
        if let Some(unit) = self.scope.unit {
            text.push_str(&self.unit(top, node, unit));
        }
        text.push_str(&self.robustness(top));
        text
    }

    /// The units in order of rank. With a unit asked for, only the first, the last, and those around it.
    fn ranking(&self, top: &Top<'_>, node: usize) -> String {
        let asked = &self.document.asked;
        let is_explained = |slice: &&Slice<'_>| slice.period == asked.period && slice.sex == asked.sex;
        let Some(slice) = self.document.slices.iter().find(is_explained) else {
            return String::new();
        };
        let mut values: Vec<_> = slice.values.iter().filter(|value| value.node == top.node).collect();
        values.sort_by_key(|value| value.rank.map_or(usize::MAX, |rank| rank.position));
        let own = values.iter().position(|value| Some(value.unit) == asked.unit);
        let lacking = values
            .iter()
            .any(|value| value.children.is_some_and(|children| children.present < children.of));
        let intervals = top.robustness.intervals.as_ref().filter(|_| self.is_latest());
        let mut head = ["", "rank", "place", "score"].map(|key| self.column(key)).to_vec();
        head.extend(intervals.map(|_| self.column("runs")));
        head.extend(lacking.then(|| self.column("parts")));
        let mut grid = Grid::new(head, &[0, 2]);
        let mut passed = false;
        for (at, value) in values.iter().enumerate() {
            let near = own.is_none_or(|own| at < 3 || at + 1 == values.len() || at.abs_diff(own) <= 2);
            if !near {
                if !passed {
                    grid.row(vec![String::new(), "…".to_owned()]);
                }
                passed = true;
                continue;
            }
            passed = false;
            let mark = if Some(at) == own { ">" } else { "" };
            let rank = or_dash(value.rank.map(|rank| rank.position.to_string()));
            let place = self.document.units.iter().position(|unit| unit.code == value.unit);
            let name = place.map_or("", |unit| self.place(unit));
            let mut row = vec![mark.to_owned(), rank, name.to_owned(), self.score(node, value.score)];
            if let Some(intervals) = intervals {
                let interval = intervals.units.iter().find(|interval| interval.unit == value.unit);
                row.push(interval.map_or_else(String::new, |interval| span(interval.low, interval.high)));
            }
            if let Some(children) = value.children.filter(|_| lacking) {
                row.push(self.out_of("present", [children.present, children.of]));
            }
            grid.row(row);
        }
        grid.lines()
    }

    /// Parts of the index that do not belong together.
    fn coherence(&self) -> String {
        let coherence = &self.document.coherence;
        let two = |number: Option<f64>| or_dash(number.map(|number| self.number(number, 2)));
        let mut flags = Vec::new();
        for fit in coherence.fits.iter().filter(|fit| fit.against_parent) {
            let node = self.document.nodes.iter().find(|node| node.id == fit.node);
            let parent = self.node(node.and_then(|node| node.parent).unwrap_or_default());
            let words = [
                ("node", self.node(fit.node)),
                ("parent", parent),
                ("correlation", &two(fit.with_parent)),
            ];
            flags.push(self.fill("against_parent", &words));
        }
        for pair in coherence.pairs.iter().filter(|pair| pair.redundant) {
            let [a, b] = pair.nodes.map(|node| self.node(node));
            let words = [("a", a), ("b", b), ("correlation", &two(pair.correlation))];
            flags.push(self.fill("redundant", &words));
        }
        if flags.is_empty() {
            flags.push(self.word("no_flags"));
        }
        let more = flags.len().saturating_sub(2 * MOST);
        flags.truncate(2 * MOST);
        if more > 0 {
            flags.push(self.fill("more", &[("n", &more.to_string())]));
        }
        for top in &self.document.tops {
            let alpha = coherence.alphas.iter().find(|alpha| alpha.node == top.node);
            let alpha = alpha.and_then(|alpha| alpha.alpha);
            if alpha.is_some() {
                flags.push(self.fill("alpha", &[("node", self.node(top.node)), ("alpha", &two(alpha))]));
            }
        }
        let mut text = format!("{}\n", self.word("coherence"));
        for flag in flags {
            // Writing to memory cannot fail.
            let _ = writeln!(text, "  {flag}");
        }
        text
    }
}

/// A text, or a dash where there is none.
fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}

/// From one rank to another, or one rank. The ends of an interval may lie between two.
fn span(low: f64, high: f64) -> String {
    let [low, high] = [low, high].map(|rank| rounded(rank, 0).to_string());
    if low == high { low } else { format!("{low}–{high}") }
}
