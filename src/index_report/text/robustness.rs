//! Robustness of ranks, in words and small tables.

use super::super::document::Top;
use super::super::robustness::{Effect, UnitShift};
use super::grid::{Grid, wrapped};
use super::{MOST, Printer};
use crate::index::factors::Factor;
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
        let choices: Vec<String> = intervals
            .factors
            .iter()
            .map(|factor| factor::in_words(&Locale::new(0, &self.voice), factor))
            .collect();
        let words = [
            ("runs", self.number(f64::from(intervals.runs), 0)),
            ("choices", choices.join("; ")),
        ];
        let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
        let varied = self.voice.words.fill("sentence.interval.varied", &words);
        let mut text = format!("\n{}\n", wrapped(&varied));
        if !intervals.not_possible.is_empty() {
            let choices = intervals.not_possible.join(", ");
            text.extend([
                wrapped(&self.fill("not_possible", &[("choices", &choices)])),
                "\n".to_owned(),
            ]);
        }
        text
    }

    fn sensitivity(&self, top: &Top<'_>) -> Grid {
        let of_unit = self.document.asked.unit;
        let mut head = vec![self.column("choice"), self.column("first"), self.column("total")];
        head.extend(self.scope.unit.map(|unit| self.place(unit).to_owned()));
        let mut grid = Grid::new(head, &[0]);
        let Some(sensitivity) = &top.robustness.sensitivity else {
            return grid;
        };
        let Some(overall) = &sensitivity.overall else {
            return grid;
        };
        let unit_effects = sensitivity
            .units
            .iter()
            .find(|unit| Some(unit.unit) == of_unit)
            .map(|unit| &unit.effects);
        let factors: &[Factor] = top
            .robustness
            .intervals
            .as_ref()
            .map_or(&[], |intervals| &intervals.factors);
        let mut order: Vec<usize> = (0..overall.len()).collect();
        order.sort_by(|a, b| overall[*b].total.value.total_cmp(&overall[*a].total.value));
        for at in order {
            let effect: &Effect = &overall[at];
            let name = factors.get(at).map_or(effect.factor, Factor::name);
            let name = self
                .voice
                .words
                .text(&format!("sentence.interval.short.{name}"))
                .to_owned();
            let mut row = vec![
                name,
                self.number(effect.first.value, 2),
                self.number(effect.total.value, 2),
            ];
            if let Some(effects) = unit_effects {
                let total = effects.as_ref().map(|effects| self.number(effects[at].total.value, 2));
                row.push(total.unwrap_or_else(|| "–".to_owned()));
            }
            grid.row(row);
        }
        grid
    }

    /// The parts without which ranks move most.
    fn without(&self, top: &Top<'_>) -> Grid {
        let mut head = vec![String::new(), self.column("steps")];
        head.extend(self.scope.unit.map(|unit| self.place(unit).to_owned()));
        let mut grid = Grid::new(head, &[0]);
        let mut all: Vec<_> = top
            .robustness
            .leave_one_out
            .iter()
            .filter_map(|left| Some((left, left.mean_shift?)))
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (left, steps) in all.into_iter().take(MOST) {
            let mut row = vec![self.node(left.node).to_owned(), self.number(steps, 1)];
            if let Some(asked) = self.document.asked.unit {
                let shift = |shift: &&UnitShift<'_>| shift.unit == asked;
                let steps = left.units.iter().find(shift).and_then(|shift| shift.rank_shift);
                row.push(steps.map_or_else(|| "–".to_owned(), |steps| self.voice.format.signed(f64::from(steps), 0)));
            }
            grid.row(row);
        }
        grid
    }

    fn bases(&self, top: &Top<'_>) -> Grid {
        let mut head = vec![self.column("base"), self.column("steps"), self.column("turned")];
        head.extend(self.scope.unit.map(|unit| self.place(unit).to_owned()));
        let mut grid = Grid::new(head, &[0]);
        for other in &top.robustness.other_bases {
            let base = match other.base.as_str() {
                "all" => self.voice.words.text("sentence.interval.method.all").to_owned(),
                base => self.period(base),
            };
            let steps = other
                .mean_shift
                .map_or_else(|| "–".to_owned(), |steps| self.number(steps, 1));
            let turned = [other.turned, other.pairs].map(|count| count.to_string());
            let mut row = vec![
                base,
                steps,
                self.fill("present", &[("present", &turned[0]), ("of", &turned[1])]),
            ];
            if let Some(asked) = self.document.asked.unit {
                let rank = other
                    .units
                    .iter()
                    .find(|unit| unit.unit == asked)
                    .and_then(|unit| unit.rank);
                row.push(rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()));
            }
            grid.row(row);
        }
        grid
    }
}
