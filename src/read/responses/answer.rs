//! The answer to one question: JSON → [`Answer`], held against the question of today's questionnaire.
//!
//! Takes the object under the question's id; gives the answer with positions of options and rows. What does not fit is
//! reported and left out, and the rest of the answer is kept. Ids that options and rows had in earlier versions of the
//! questionnaire are understood.

use super::AnswerFault;
use crate::model::{Answer, Item, Pick, Question, QuestionKind};
use serde_json::{Map, Value};

/// Ids of the three answers to a direction question.
const DIRECTIONS: [&str; 3] = ["up", "same", "down"];
/// The id of "no opinion".
const NO_OPINION: &str = "no-opinion";

/// The answer, as far as it fits the question; `None` when nothing was answered.
pub(super) fn read(question: &Question, value: &Value, faults: &mut Vec<AnswerFault>) -> Option<Answer> {
    let Value::Object(object) = value else {
        faults.push(AnswerFault::new(&question.id, value, []));
        return None;
    };
    let mut reader = Reader { question, faults };
    if let Some(counts) = object.get("counts") {
        let counts = reader.counts(counts)?;
        let before = object.get("before").and_then(|before| reader.counts(before));
        return Some(Answer::Counts {
            counts,
            before: before.unwrap_or_default(),
        });
    }
    match &question.kind {
        QuestionKind::Text { .. } => reader.text(object, "text").map(Answer::Text),
        QuestionKind::Choice { options, other } => reader.one(object, options, *other).map(Answer::One),
        QuestionKind::Scale(scale) => reader.one(object, &scale.points, false).map(Answer::One),
        QuestionKind::Choices {
            options,
            other,
            at_most,
        } => reader.several(object, options, *other, *at_most),
        QuestionKind::Grid { rows, scale } => reader.rows(object, rows, &positions(&scale.points)),
        QuestionKind::Direction { items } => reader.rows(object, items, &direction_ids()),
        QuestionKind::Ranking { items, .. } => reader.ranks(object, items),
        QuestionKind::Points { items, total } => reader.points(object, items, *total),
        QuestionKind::Number { least, most, .. } => {
            let number = reader.number(object.get("number")?)?;
            let fits = least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
            if !fits {
                reader.unfit(&Value::from(number), []);
            }
            fits.then_some(Answer::Number(number))
        }
    }
}

/// Position by id; ids of earlier versions are among them.
type Positions<'a> = Vec<(&'a str, usize)>;

fn positions(items: &[Item]) -> Positions<'_> {
    let now = items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at));
    let before = items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| item.formerly.iter().map(move |id| (id.as_str(), at)));
    now.chain(before).collect()
}

fn direction_ids() -> Positions<'static> {
    DIRECTIONS.into_iter().zip(0..).collect()
}

fn find(positions: &Positions<'_>, id: &str) -> Option<usize> {
    positions.iter().find(|(known, _)| *known == id).map(|(_, at)| *at)
}

/// A position in 16 bits: no questionnaire has more options, and YAML of more is not read.
fn small(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

struct Reader<'q, 'f> {
    question: &'q Question,
    faults: &'f mut Vec<AnswerFault>,
}

impl Reader<'_, '_> {
    /// Reports a value that does not fit; `known` are the ids that would.
    fn unfit<'a>(&mut self, value: &Value, known: impl IntoIterator<Item = &'a str>) {
        self.faults.push(AnswerFault::new(&self.question.id, value, known));
    }

    fn text(&mut self, object: &Map<String, Value>, key: &str) -> Option<String> {
        match object.get(key)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Null => None,
            other => {
                self.unfit(other, []);
                None
            }
        }
    }

    /// A number as JSON has it, or as text with point or comma.
    fn number(&mut self, value: &Value) -> Option<f64> {
        let number = match value {
            Value::Null => return None,
            Value::Number(number) => number.as_f64(),
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => crate::read::number(text, crate::read::Decimal::Point)
                .or_else(|| crate::read::number(text, crate::read::Decimal::Comma)),
            _ => None,
        };
        if number.is_none() {
            self.unfit(value, []);
        }
        number
    }

    /// A whole number that fits, or a fault.
    fn whole(&mut self, value: &Value, most: u32) -> Option<u32> {
        let number = self.number(value)?;
        let fits = number.fract() == 0.0 && (0.0..=f64::from(most)).contains(&number);
        let whole = if fits {
            // By its text, since no cast of a float is without loss for all floats.
            format!("{number:.0}").trim_start_matches('-').parse().ok()
        } else {
            None
        };
        if whole.is_none() {
            self.unfit(value, []);
        }
        whole
    }

    fn pick(&mut self, value: &Value, known: &Positions<'_>) -> Option<Pick> {
        let id = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null => return None,
            _ => String::new(),
        };
        if id.is_empty() && value.is_string() {
            return None;
        }
        if id == NO_OPINION && self.question.kind.has_no_opinion() {
            return Some(Pick::NoOpinion);
        }
        let position = find(known, &id);
        if position.is_none() {
            self.unfit(value, known.iter().map(|(id, _)| *id));
        }
        position.map(|at| Pick::Option(small(at)))
    }

    fn one(&mut self, object: &Map<String, Value>, options: &[Item], other: bool) -> Option<Pick> {
        if object.get("no_opinion") == Some(&Value::Bool(true)) && self.question.kind.has_no_opinion() {
            return Some(Pick::NoOpinion);
        }
        if let Some(value) = object.get("option").filter(|value| !value.is_null()) {
            return self.pick(value, &positions(options));
        }
        let text = self.text(object, "other")?;
        if !other {
            self.unfit(&Value::from(text.as_str()), []);
        }
        other.then_some(Pick::Other(text))
    }

    fn several(
        &mut self,
        object: &Map<String, Value>,
        options: &[Item],
        other: bool,
        at_most: Option<u64>,
    ) -> Option<Answer> {
        let known = positions(options);
        let mut chosen = Vec::new();
        match object.get("options") {
            None | Some(Value::Null) => {}
            Some(Value::Array(values)) => {
                for value in values {
                    if let Some(Pick::Option(at)) = self.pick(value, &known) {
                        chosen.push(at);
                    }
                }
            }
            Some(value) => self.unfit(value, []),
        }
        chosen.sort_unstable();
        chosen.dedup();
        let mut other_text = self.text(object, "other").unwrap_or_default();
        if !other_text.is_empty() && !other {
            self.unfit(&Value::from(other_text.as_str()), []);
            other_text.clear();
        }
        let count = chosen.len() + usize::from(!other_text.is_empty());
        if at_most.is_some_and(|most| count as u64 > most) {
            // Which of them were meant is not ours to say.
            self.unfit(&Value::Object(object.clone()), []);
            return None;
        }
        (count > 0).then_some(Answer::Several(chosen, other_text))
    }

    /// The entries of an object whose keys are rows or items; keys that name none are reported.
    fn by_item<'v>(&mut self, value: &'v Value, items: &[Item]) -> Vec<(usize, &'v Value)> {
        let Value::Object(entries) = value else {
            self.unfit(value, []);
            return Vec::new();
        };
        let known = positions(items);
        let mut by_item = Vec::new();
        for (key, value) in entries {
            match find(&known, key) {
                Some(at) => by_item.push((at, value)),
                None => self.unfit(&Value::from(key.as_str()), items.iter().map(|item| item.id.as_str())),
            }
        }
        by_item
    }

    fn rows(&mut self, object: &Map<String, Value>, rows: &[Item], points: &Positions<'_>) -> Option<Answer> {
        let mut picks = vec![None; rows.len()];
        for (at, value) in self.by_item(object.get("rows")?, rows) {
            picks[at] = self.pick(value, points);
        }
        picks.iter().any(Option::is_some).then_some(Answer::Rows(picks))
    }

    fn ranks(&mut self, object: &Map<String, Value>, items: &[Item]) -> Option<Answer> {
        let mut ranks = vec![None; items.len()];
        let most = u32::from(small(items.len()));
        for (at, value) in self.by_item(object.get("ranks")?, items) {
            match self.whole(value, most) {
                Some(0) => self.unfit(value, []),
                rank => ranks[at] = rank.and_then(|rank| u16::try_from(rank).ok()),
            }
        }
        ranks.iter().any(Option::is_some).then_some(Answer::Ranks(ranks))
    }

    fn points(&mut self, object: &Map<String, Value>, items: &[Item], total: u64) -> Option<Answer> {
        let value = object.get("points")?;
        let mut points = vec![0.0; items.len()];
        for (at, value) in self.by_item(value, items) {
            points[at] = self.number(value).unwrap_or(0.0);
        }
        let sum: f64 = points.iter().sum();
        if points.iter().all(|point| *point == 0.0) {
            return None;
        }
        // Points that do not add up would weigh more, or less, than another respondent's.
        let fits = points.iter().all(|point| *point >= 0.0)
            && (sum - u32::try_from(total).map_or(f64::MAX, f64::from)).abs() < 1e-6;
        if !fits {
            self.unfit(value, []);
        }
        fits.then_some(Answer::Points(points))
    }

    /// A meeting's counts. "No opinion" may be counted on the sheet and has no place among the options.
    fn counts(&mut self, value: &Value) -> Option<Vec<Vec<u32>>> {
        let kind = &self.question.kind;
        let columns = match kind {
            QuestionKind::Direction { .. } => direction_ids(),
            QuestionKind::Ranking { .. } => vec![("first", 0)],
            kind => positions(kind.options()),
        };
        let width = columns.iter().map(|(_, at)| at + 1).max()?;
        let rows = kind.rows();
        let mut counts = vec![vec![0; width]; rows.len().max(1)];
        if rows.is_empty() {
            self.count(value, &columns, &mut counts[0]);
        } else {
            for (at, value) in self.by_item(value, rows) {
                match value {
                    Value::Number(_) if width == 1 => counts[at][0] = self.whole(value, u32::MAX).unwrap_or(0),
                    _ => self.count(value, &columns, &mut counts[at]),
                }
            }
        }
        counts.iter().flatten().any(|count| *count > 0).then_some(counts)
    }

    fn count(&mut self, value: &Value, columns: &Positions<'_>, counts: &mut [u32]) {
        let Value::Object(entries) = value else {
            return self.unfit(value, []);
        };
        for (key, value) in entries {
            match find(columns, key) {
                Some(at) => counts[at] = self.whole(value, u32::MAX).unwrap_or(0),
                None if key == NO_OPINION => {}
                None => self.unfit(&Value::from(key.as_str()), columns.iter().map(|(id, _)| *id)),
            }
        }
    }
}
