//! Figures in running text: expressions over the indicators.
//!
//! Takes the text between `{{` and `}}`; gives what stands in its place, and a finding where it cannot be had.
//! Functions give plain numbers, so that they can be compared and reckoned with; what a function was asked
//! for is written down beside, so that the same number, printed, has its unit and digits, and so that a
//! claim that does not hold can quote the figures.

use crate::finding::message::{self, Message};

use crate::finding::{Code, Finding, Log, nearest};
use crate::measure;
use crate::model::Site;
use crate::page::locale::Locale;
use crate::render::markdown::answered;
use crate::render::markdown::figures;
use crate::render::markdown::record::{Call, CallProblem, Entries, RECORD, Record};
use crate::source::Origin;
use crate::survey::Results;
use crate::theme::{self, Format, escape};
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, State, UndefinedBehavior, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Evaluates expressions in one language.
#[derive(Debug)]
pub(crate) struct Calculator {
    environment: Environment<'static>,
    format: Format,
    missing: String,
}

impl Calculator {
    /// A calculator over this site's figures.
    pub(crate) fn new(site: &Arc<Site>, results: &[Results], locale: &Locale<'_>) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_debug(true);
        figures::register(&mut environment, site, locale);
        answered::register(&mut environment, site, results, locale);
        environment.add_function("claim", |state: &State, sentence: String, holds: Value| {
            Record::note(state, |entries| {
                entries.claims.push((sentence.clone(), holds.is_true()));
            });
            sentence
        });
        Self {
            environment,
            format: locale.format.clone(),
            missing: locale.word("sentence.no_value").to_owned(),
        }
    }

    /// What stands in place of the expression, as HTML, and the indicators it used. `place` is the expression's text without its braces.
    pub(super) fn evaluate(&self, text: &str, place: &Origin, uses: &mut BTreeSet<String>, log: &Log) -> String {
        let record = Arc::new(Record::default());
        let context = Value::from(BTreeMap::from([(RECORD, Value::from_dyn_object(record.clone()))]));
        let compiled = match self.environment.compile_expression(text) {
            Ok(compiled) => compiled,
            Err(error) => {
                log.add(fault(Code::ExpressionSyntax, &error, text, place));
                return String::new();
            }
        };
        let result = compiled.eval(context);
        let Ok(entries) = record.0.lock() else {
            return String::new();
        };
        uses.extend(entries.calls.iter().filter_map(|call| call.indicator.clone()));
        match result {
            Ok(value) => {
                let missing = report(&entries, place, log);
                self.shown(&value, &entries, missing, text, place, log)
            }
            Err(error) => {
                log.add(fault(Code::ExpressionFails, &error, text, place));
                String::new()
            }
        }
    }

    fn shown(&self, value: &Value, entries: &Entries, missing: bool, text: &str, place: &Origin, log: &Log) -> String {
        match value.kind() {
            ValueKind::Number => {
                let number = f64::try_from(value.clone()).unwrap_or(f64::NAN);
                if missing && !number.is_finite() {
                    return format!("<span class=\"missing\">{}</span>", escape(&self.missing));
                }
                if !number.is_finite() {
                    log.add(
                        Finding::new(Code::ExpressionFails, place.clone())
                            .with_message("problem", message::expression_infinite())
                            .with("text", text),
                    );
                    return String::new();
                }
                let known = entries
                    .calls
                    .iter()
                    .rev()
                    .find(|call| call.number.to_bits() == number.to_bits());
                let whole = value.is_integer();
                let shown = known.map_or_else(
                    || self.format.number(number, u8::from(!whole)),
                    |call| call.shown.clone(),
                );
                format!(
                    "<data class=\"figure\" value=\"{}\">{}</data>",
                    measure::without_float_noise(number),
                    escape(&shown)
                )
            }
            ValueKind::String => escape(value.as_str().unwrap_or_default()),
            _ => {
                log.add(
                    Finding::new(Code::ExpressionFails, place.clone())
                        .with_message("problem", message::expression_neither())
                        .with("text", text),
                );
                String::new()
            }
        }
    }
}

/// Findings about missing figures and claims; whether a figure was missing.
fn report(entries: &Entries, place: &Origin, log: &Log) -> bool {
    let figures = || {
        entries
            .calls
            .iter()
            .map(|call| format!("{}: {}", call.what, call.shown))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let missing: Vec<(&Call, &Message)> = entries
        .calls
        .iter()
        .filter_map(|call| Some((call, call.missing.as_ref()?)))
        .collect();
    for (claim, holds) in &entries.claims {
        let code = if !missing.is_empty() {
            Code::ClaimOpen
        } else if !holds {
            Code::ClaimFalse
        } else {
            continue;
        };
        log.add(
            Finding::new(code, place.clone())
                .with("claim", claim)
                .with("figures", figures()),
        );
    }
    if entries.claims.is_empty() {
        for (call, reason) in &missing {
            let finding = Finding::new(Code::ExpressionMissing, place.clone()).with("what", &call.what);
            log.add(finding.with_message("reason", (*reason).clone()));
        }
    }
    !missing.is_empty()
}

/// What is wrong with an expression, at the very word where that is known.
fn fault(code: Code, error: &Error, text: &str, place: &Origin) -> Finding {
    let start = match place.at {
        crate::source::At::Span(start, _) => start,
        _ => 0,
    };
    let at = |range: Range<usize>| Origin::span(&place.file, start + range.start..start + range.end);
    let mut setting = None;
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        match inner.downcast_ref::<CallProblem>() {
            Some(CallProblem::Name {
                code,
                value,
                known,
                expected,
            }) => {
                let origin = text
                    .find(value)
                    .map_or_else(|| place.clone(), |found| at(found..found + value.len()));
                let finding = Finding::new(*code, origin)
                    .with("value", value)
                    .with("expected", expected);
                return finding.near(value, known.iter().map(String::as_str));
            }
            Some(CallProblem::Setting(lacking)) => setting = Some(lacking.clone()),
            None => {}
        }
        source = inner.source();
    }
    let range = error
        .range()
        .filter(|range| range.end <= text.len() && range.start < range.end);
    let problem = error
        .detail()
        .map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    let finding = Finding::new(code, range.map_or_else(|| place.clone(), at))
        .with_words("problem", setting.or_else(|| theme::problem(&problem)), &problem)
        .with("text", text);
    let Some((word, known)) = unknown_word(&problem) else {
        return finding;
    };
    let origin = text
        .find(word)
        .map_or_else(|| place.clone(), |found| at(found..found + word.len()));
    let near = nearest(word, known.iter().copied()).map(ToOwned::to_owned);
    let finding = Finding {
        origin: Some(origin),
        ..finding
    };
    match near {
        Some(near) => finding.with("near", near),
        None => finding,
    }
}

/// The function or argument that minijinja does not know, and what it might have been.
fn unknown_word(problem: &str) -> Option<(&str, Vec<&'static str>)> {
    if let Some(argument) = problem.strip_prefix("unknown keyword argument '") {
        return Some((argument.trim_end_matches('\''), figures::ARGUMENTS.to_vec()));
    }
    let function = problem.strip_suffix(" is unknown")?;
    (!function.contains(' ')).then(|| (function, [figures::NAMES, &answered::NAMES].concat()))
}
