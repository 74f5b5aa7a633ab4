//! Claims: a sentence that is printed, and a condition on which it holds.
//!
//! The rule, which guide and method page tell in other words: a condition is made of comparisons, each of which looks up a
//! figure, and it holds **for the figures as readers see them**. They are rounded as they are shown
//! ([`super::indicator_functions`]), and they are of one period, unless the author names the periods or compares a series with
//! itself. A comparison that cannot be false is no comparison.

use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::measure;
use crate::model::Period;
use crate::render::markdown::expression::Calculator;
use crate::render::markdown::record::{Assumption, Entries, FigureTime, Lookup};
use crate::source::Origin;
use minijinja::Value;
use minijinja::machinery::ast::{BinOpKind, Call, CallArg, Compare, CompareOpKind, Expr, UnaryOpKind};
use minijinja::value::ValueKind;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Two sides and how they are compared.
type Comparison<'e, 't> = (&'e Expr<'t>, CompareOpKind, &'e Expr<'t>);

/// The trial of one claim.
pub(super) struct Trial<'a> {
    pub(super) calculator: &'a Calculator,
    pub(super) text: &'a str,
    /// The place of the expression.
    pub(super) place: &'a Origin,
    pub(super) log: &'a Log,
    sentence: String,
    /// Figures that the condition looks up.
    lookups: Vec<Lookup>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(calculator: &'a Calculator, text: &'a str, place: &'a Origin, log: &'a Log) -> Self {
        Self {
            calculator,
            text,
            place,
            log,
            sentence: String::new(),
            lookups: Vec::new(),
        }
    }

    /// Whether the claim is one and the figures bear it out; false after a finding. Only what is marked as the statement of
    /// somebody else may go without a condition.
    pub(super) fn holds(mut self, call: &Call<'_>) -> bool {
        let positional: Vec<&Expr<'_>> = call
            .args
            .iter()
            .filter_map(|argument| match argument {
                CallArg::Pos(part) => Some(part),
                _ => None,
            })
            .collect();
        let is_statement = call
            .args
            .iter()
            .any(|argument| matches!(argument, CallArg::Kwarg("stated" | "by", _)));
        if !self.is_sentence(positional.first().copied()) {
            return false;
        }
        let holds = match positional.get(1) {
            Some(condition) => self.condition(condition),
            None if is_statement => return true,
            None => self.fault(message::claim_without_condition()),
        };
        let Some(holds) = holds else { return false };
        let code = if self.lookups.iter().any(|lookup| lookup.missing.is_some()) {
            Code::ClaimOpen
        } else if holds {
            return true;
        } else {
            Code::ClaimFalse
        };
        self.log.add(self.finding(code).with("figures", figures(&self.lookups)));
        false
    }

    /// Whether this is a sentence to be printed as it stands.
    fn is_sentence(&mut self, expression: Option<&Expr<'_>>) -> bool {
        let Some((value, _)) = expression.and_then(|expression| self.part(expression)) else {
            // What is not there is no sentence either; what fails has its finding.
            if expression.is_none() {
                let finding = Finding::new(Code::ClaimSentence, self.place.clone());
                self.log
                    .add(finding.with_message("problem", message::claim_no_sentence()));
            }
            return false;
        };
        value.as_str().unwrap_or_default().trim().clone_into(&mut self.sentence);
        let problem = if value.kind() != ValueKind::String {
            message::claim_sentence_second()
        } else if self.sentence.is_empty() {
            message::claim_no_sentence()
        } else if has_markup(&self.sentence) {
            message::claim_markup()
        } else {
            return true;
        };
        self.log
            .add(self.finding(Code::ClaimSentence).with_message("problem", problem));
        false
    }

    /// Whether the condition holds; `None` after a finding. Every comparison is made, so that none goes untested behind an `or`.
    fn condition(&mut self, expression: &Expr<'_>) -> Option<bool> {
        match expression {
            Expr::BinOp(operation) => match operation.op {
                BinOpKind::ScAnd | BinOpKind::ScOr => {
                    let (left, right) = (self.condition(&operation.left), self.condition(&operation.right));
                    Some(match operation.op {
                        BinOpKind::ScAnd => left? && right?,
                        _ => left? || right?,
                    })
                }
                other => match comparison(other) {
                    Some(op) => self.comparison((&operation.left, op, &operation.right)),
                    None => self.fault(message::claim_no_comparison()),
                },
            },
            Expr::Compare(compare) => self.chain(compare),
            Expr::UnaryOp(operation) if matches!(operation.op, UnaryOpKind::Not) => {
                self.condition(&operation.expr).map(|holds| !holds)
            }
            _ => self.fault(message::claim_no_comparison()),
        }
    }

    /// `1 < a < b`: each neighbours are compared.
    fn chain(&mut self, compare: &Compare<'_>) -> Option<bool> {
        let mut left = &compare.expr;
        let mut holds = Some(true);
        for step in &compare.ops {
            let link = self.comparison((left, step.op, &step.expr));
            holds = holds.zip(link).map(|(before, link)| before && link);
            left = &step.expr;
        }
        holds
    }

    fn comparison(&mut self, (left, op, right): Comparison<'_, '_>) -> Option<bool> {
        let sides = [left, right];
        let ((left, left_entries), (right, right_entries)) = (self.part(left)?, self.part(right)?);
        let is_moved = self.moves(sides[0], &left_entries) || self.moves(sides[1], &right_entries);
        let lookups: Vec<Lookup> = left_entries.lookups.into_iter().chain(right_entries.lookups).collect();
        if lookups.is_empty() {
            return self.fault(message::claim_without_figure());
        }
        let is_missing = lookups.iter().any(|lookup| lookup.missing.is_some());
        let times: Vec<FigureTime> = lookups.iter().filter_map(|lookup| lookup.time.clone()).collect();
        let is_of_one = times.len() > 1 && times.len() == lookups.len();
        if !is_moved {
            return self.fault(message::claim_of_nothing());
        }
        if is_of_one && times.iter().all(|time| is_same_figure(time, &times[0])) {
            return self.fault(message::claim_of_itself());
        }
        if let Some((earlier, later)) = mixed_periods(&times) {
            let finding = self.finding(Code::ClaimPeriods).with("figures", figures(&lookups));
            let shared = self.calculator.shared_period(&times);
            self.log.add(match shared {
                Some(period) => finding.with("near", period),
                None => finding.with("first", earlier).with("second", later),
            });
            return None;
        }
        self.lookups.extend(lookups);
        if is_missing {
            // Nothing can be said of it; that it is missing is told of the whole claim.
            return Some(false);
        }
        let holds = compare(&left, op, &right);
        if holds.is_none() {
            return self.fault(message::claim_of_kinds());
        }
        holds
    }

    /// Whether a side would be another if its figures were: `value("x") * 0` would not.
    fn moves(&self, side: &Expr<'_>, entries: &Entries) -> bool {
        // Text is not reckoned with, and what cannot be evaluated is no constant.
        let is_plain = matches!(side, Expr::Call(_)) || entries.lookups.iter().any(|lookup| !lookup.number.is_finite());
        let under = |round| self.calculator.part_assuming(side, self.text, Assumption { round });
        is_plain || under(1).zip(under(2)).is_none_or(|(one, other)| one != other)
    }

    /// The value of a part of the expression, and what it looks up; `None` after a finding.
    fn part(&self, expression: &Expr<'_>) -> Option<(Value, Entries)> {
        self.calculator.part(expression, self.text, self.place, self.log)
    }

    fn finding(&self, code: Code) -> Finding {
        Finding::new(code, self.place.clone()).with("claim", &self.sentence)
    }

    /// Reports that a condition is none.
    fn fault(&self, problem: Message) -> Option<bool> {
        self.log
            .add(self.finding(Code::ClaimCondition).with_message("problem", problem));
        None
    }
}

/// Figures as findings quote them.
pub(super) fn figures(lookups: &[Lookup]) -> String {
    let mut quoted: Vec<String> = Vec::new();
    for lookup in lookups {
        let quote = format!("{}: {}", lookup.figure, lookup.text);
        if !quoted.contains(&quote) {
            quoted.push(quote);
        }
    }
    quoted.join("; ")
}

fn is_same_figure(a: &FigureTime, b: &FigureTime) -> bool {
    a.same_series(b) && (a.function, a.periods) == (b.function, b.periods)
}

/// Periods of two figures that differ although the author named them not both; a series may be compared with its own past if
/// one is named.
fn mixed_periods(times: &[FigureTime]) -> Option<(Period, Period)> {
    let pairs = times
        .iter()
        .enumerate()
        .flat_map(|(at, a)| times[at + 1..].iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| a.periods != b.periods)
        .find(|(a, b)| {
            let is_own_past = a.same_series(b) && (a.is_named || b.is_named);
            !(is_own_past || a.is_named && b.is_named)
        })
        .map(|(a, b)| (a.periods[1].min(b.periods[1]), a.periods[1].max(b.periods[1])))
}

/// The comparison of two values: of numbers without the noise of binary arithmetic, or of texts. `None` for values of
/// different kinds.
fn compare(left: &Value, op: CompareOpKind, right: &Value) -> Option<bool> {
    let ordering = match (left.kind(), right.kind()) {
        (ValueKind::Number, ValueKind::Number) => {
            let [left, right] =
                [left, right].map(|value| f64::try_from(value.clone()).map_or(f64::NAN, measure::without_float_noise));
            left.partial_cmp(&right)?
        }
        (ValueKind::String, ValueKind::String) => left.as_str()?.cmp(right.as_str()?),
        (_, ValueKind::Seq) => {
            let mut equals = right
                .try_iter()
                .ok()?
                .map(|item| compare(left, CompareOpKind::Eq, &item));
            return match op {
                CompareOpKind::In => Some(equals.any(|equal| equal == Some(true))),
                CompareOpKind::NotIn => Some(!equals.any(|equal| equal == Some(true))),
                _ => None,
            };
        }
        _ => return None,
    };
    Some(match op {
        CompareOpKind::Eq => ordering.is_eq(),
        CompareOpKind::Ne => ordering.is_ne(),
        CompareOpKind::Lt => ordering.is_lt(),
        CompareOpKind::Lte => ordering.is_le(),
        CompareOpKind::Gt => ordering.is_gt(),
        CompareOpKind::Gte => ordering.is_ge(),
        CompareOpKind::In | CompareOpKind::NotIn => return None,
    })
}

/// The operator as a comparison; `None` for arithmetic.
fn comparison(op: BinOpKind) -> Option<CompareOpKind> {
    Some(match op {
        BinOpKind::Eq => CompareOpKind::Eq,
        BinOpKind::Ne => CompareOpKind::Ne,
        BinOpKind::Lt => CompareOpKind::Lt,
        BinOpKind::Lte => CompareOpKind::Lte,
        BinOpKind::Gt => CompareOpKind::Gt,
        BinOpKind::Gte => CompareOpKind::Gte,
        BinOpKind::In => CompareOpKind::In,
        _ => return None,
    })
}

/// Whether a sentence holds Markdown or HTML, which would be printed as it is written.
fn has_markup(sentence: &str) -> bool {
    // Behind a word, what begins a list or a heading elsewhere is text.
    let line = format!("x {sentence}");
    let mut text = String::new();
    for event in Parser::new(&line) {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Text(part) => text.push_str(&part),
            Event::SoftBreak => text.push('\n'),
            _ => return true,
        }
    }
    text != line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures_are_no_markup() {
        for sentence in [
            "2024. Så var det",
            "5 * 3 < 20 & mer",
            "a_b_c, 50 % (av alla)",
            "# först",
            "rad\ntvå",
        ] {
            assert!(!has_markup(sentence), "{sentence}");
        }
        for sentence in [
            "**fet**",
            "[länk](page:x)",
            "`kod`",
            "<b>fet</b>",
            "&nbsp;",
            "\\*",
            "![bild](x.png)",
        ] {
            assert!(has_markup(sentence), "{sentence}");
        }
    }
}
