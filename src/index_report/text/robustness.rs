//! Robustness of ranks, in words and small tables.

use super::super::document::Top;
use super::super::robustness::Effect;
use super::grid::{Grid, wrapped};
use super::{MOST, Printer, or_dash};
use crate::page::factor;
use crate::page::locale::Locale;

impl Printer<'_, '_, '_> {
    /// The varied factors, their effects, and ranks without a part or on another scale.
    pub(super) fn robustness(&self, top: &Top<'_>) -> String {
        if !self.is_latest() {
            return format!("\n{}\n", wrapped(&self.word("latest_only")));
        }
        let mut text = self.varied(top);
        text.push_str(&self.section("sensitivity", &self.sensitivity(top)));
        text.push_str(&self.section("without", &self.without(top)));
        text.push_str(&self.section("bases", &self.bases(top)));
        text
    }

    /// A heading and a table; nothing without rows.
    pub(super) fn section(&self, heading: &str, grid: &Grid) -> String {
        if grid.has_rows() {
            format!("\n{}\n{}", self.word(heading), grid.lines())
        } else {
            String::new()
        }
    }

    /// The varied factors, and alternatives that were not possible.
    fn varied(&self, top: &Top<'_>) -> String {
        let Some(intervals) = &top.robustness.intervals else {
            return if self.scope.uncertainty {
                String::new()
            } else {
                format!("\n{}\n", self.word("not_asked"))
            };
        };
        let factors = intervals
            .factors
            .iter()
            .map(|factor| factor::in_words(&Locale::new(0, &self.voice), factor));
        let words = [
            ("runs", &*self.number(f64::from(intervals.runs), 0)),
            ("choices", &factors.collect::<Vec<_>>().join("; ")),
        ];
        let varied = self.voice.words.fill("sentence.interval.varied", &words);
        let mut text = format!("\n{}\n", wrapped(&varied));
        if !intervals.not_possible.is_empty() {
            let words = [("choices", &*intervals.not_possible.join(", "))];
            text.push_str(&wrapped(&self.fill("not_possible", &words)));
            text.push('\n');
        }
        text
    }

    fn sensitivity(&self, top: &Top<'_>) -> Grid {
        let mut grid = self.grid_with_unit(&["choice", "first", "total"]);
        let Some(sensitivity) = &top.robustness.sensitivity else {
            return grid;
        };
        let asked = self.document.asked.unit;
        let unit = sensitivity.units.iter().find(|unit| Some(unit.unit) == asked);
        let mut effects: Vec<(usize, &Effect)> = sensitivity.overall.iter().flatten().enumerate().collect();
        effects.sort_by(|(_, a), (_, b)| b.total.value.total_cmp(&a.total.value));
        for (at, effect) in effects {
            let name = self
                .voice
                .words
                .text(&format!("sentence.interval.short.{}", effect.factor));
            let [first, total] = [&effect.first, &effect.total].map(|share| self.number(share.value, 2));
            let mut row = vec![name.to_owned(), first, total];
            if let Some(unit) = unit {
                let effects = unit.effects.as_ref();
                row.push(or_dash(effects.map(|effects| self.number(effects[at].total.value, 2))));
            }
            grid.row(row);
        }
        grid
    }

    /// The parts without which ranks move most.
    fn without(&self, top: &Top<'_>) -> Grid {
        let mut grid = self.grid_with_unit(&["", "steps"]);
        let all = top.robustness.leave_one_out.iter();
        let mut all: Vec<_> = all.filter_map(|left| Some((left, left.mean_shift?))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (left, steps) in all.into_iter().take(MOST) {
            let mut row = vec![self.node(left.node).to_owned(), self.number(steps, 1)];
            if let Some(asked) = self.document.asked.unit {
                let shift = left.units.iter().find(|shift| shift.unit == asked);
                let steps = shift.and_then(|shift| shift.rank_shift).map(f64::from);
                row.push(or_dash(steps.map(|steps| self.voice.format.signed(steps, 0))));
            }
            grid.row(row);
        }
        grid
    }

    fn bases(&self, top: &Top<'_>) -> Grid {
        let mut grid = self.grid_with_unit(&["base", "steps", "turned"]);
        for other in &top.robustness.other_bases {
            let base = match other.base.as_str() {
                "all" => self.voice.words.text("sentence.interval.method.all").to_owned(),
                base => self.period(base),
            };
            let steps = or_dash(other.mean_shift.map(|steps| self.number(steps, 1)));
            let mut row = vec![base, steps, self.out_of("present", [other.turned, other.pairs])];
            if let Some(asked) = self.document.asked.unit {
                let unit = other.units.iter().find(|unit| unit.unit == asked);
                let rank = unit.and_then(|unit| unit.rank);
                row.push(or_dash(rank.map(|rank| rank.to_string())));
            }
            grid.row(row);
        }
        grid
    }
}
