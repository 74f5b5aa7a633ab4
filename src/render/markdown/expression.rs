//! Expressions in running text: figures of indicators and answers, and claims about them.
//!
//! Takes the text between `{{` and `}}`; gives the HTML of its result, and a finding where it has none.

use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log, nearest};
use crate::measure;
use crate::model::Site;
use crate::page::locale::Locale;
use crate::render::markdown::record::{CallProblem, Claim, Entries, Lookup, RECORD, Record};
use crate::render::markdown::{answer_functions, figure_query, indicator_functions};
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
    /// The word for a figure that is not there.
    missing: String,
}

impl Calculator {
    /// A calculator over this site's figures.
    pub(crate) fn new(site: &Arc<Site>, results: &[Results], locale: &Locale<'_>) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_debug(true);
        environment.set_fuel(Some(theme::EXPRESSION_FUEL));
        indicator_functions::register(&mut environment, site, locale);
        answer_functions::register(&mut environment, site, results, locale);
        environment.add_function("claim", |state: &State, sentence: String, condition: Value| {
            let claim = Claim {
                sentence: sentence.clone(),
                holds: condition.is_true(),
            };
            Record::write(state, |entries| entries.claims.push(claim));
            sentence
        });
        Self {
            environment,
            format: locale.format.clone(),
            missing: locale.word("sentence.no_value").to_owned(),
        }
    }

    /// The result of an expression as HTML, which takes its place; empty after a finding. Indicators whose figures it looks up
    /// are added to `uses`; `place` is that of its text without braces.
    pub(super) fn evaluate(&self, text: &str, place: &Origin, uses: &mut BTreeSet<String>, log: &Log) -> String {
        if let Err(refused) = theme::check_expression(text) {
            log.add(Finding::new(Code::ExpressionSyntax, place.clone()).with_message("problem", refused.problem()));
            return String::new();
        }
        let record = Arc::new(Record::default());
        let context = Value::from(BTreeMap::from([(RECORD, Value::from_dyn_object(record.clone()))]));
        let compiled = match self.environment.compile_expression(text) {
            Ok(compiled) => compiled,
            Err(error) => {
                log.add(error_finding(Code::ExpressionSyntax, &error, text, place));
                return String::new();
            }
        };
        let result = compiled.eval(context);
        let Ok(entries) = record.0.lock() else {
            return String::new();
        };
        uses.extend(entries.lookups.iter().filter_map(|lookup| lookup.indicator.clone()));
        match result {
            Ok(value) => {
                let missing = report(&entries, place, log);
                self.html(&value, &entries, missing, text, place, log)
            }
            Err(error) => {
                log.add(error_finding(Code::ExpressionFails, &error, text, place));
                String::new()
            }
        }
    }

    /// A value as HTML; a number that was looked up has the unit and digits of its figure.
    fn html(&self, value: &Value, entries: &Entries, missing: bool, text: &str, place: &Origin, log: &Log) -> String {
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
                let lookup = entries
                    .lookups
                    .iter()
                    .rev()
                    .find(|lookup| lookup.number.to_bits() == number.to_bits());
                let decimals = u8::from(!value.is_integer());
                let text = lookup.map_or_else(|| self.format.number(number, decimals), |lookup| lookup.text.clone());
                format!(
                    "<data class=\"figure\" value=\"{}\">{}</data>",
                    measure::without_float_noise(number),
                    escape(&text)
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

/// Reports missing figures and claims that do not hold; true if a figure is missing.
fn report(entries: &Entries, place: &Origin, log: &Log) -> bool {
    let figures = || {
        entries
            .lookups
            .iter()
            .map(|lookup| format!("{}: {}", lookup.figure, lookup.text))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let missing: Vec<(&Lookup, &Message)> = entries
        .lookups
        .iter()
        .filter_map(|lookup| Some((lookup, lookup.missing.as_ref()?)))
        .collect();
    for claim in &entries.claims {
        let code = if !missing.is_empty() {
            Code::ClaimOpen
        } else if !claim.holds {
            Code::ClaimFalse
        } else {
            continue;
        };
        log.add(
            Finding::new(code, place.clone())
                .with("claim", &claim.sentence)
                .with("figures", figures()),
        );
    }
    if entries.claims.is_empty() {
        for (lookup, reason) in &missing {
            let finding = Finding::new(Code::ExpressionMissing, place.clone()).with("what", &lookup.figure);
            log.add(finding.with_message("reason", (*reason).clone()));
        }
    }
    !missing.is_empty()
}

/// The finding of an error in an expression, at the very word where that is known.
fn error_finding(code: Code, error: &Error, text: &str, place: &Origin) -> Finding {
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
                    .map_or_else(|| place.clone(), |start| at(start..start + value.len()));
                let finding = Finding::new(*code, origin)
                    .with("value", value)
                    .with("expected", expected);
                return finding.near(value, known.iter().map(String::as_str));
            }
            Some(CallProblem::Setting(message)) => setting = Some(message.clone()),
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
    let Some((word, names)) = unknown_word(&problem) else {
        return finding;
    };
    let origin = text
        .find(word)
        .map_or_else(|| place.clone(), |start| at(start..start + word.len()));
    let near = nearest(word, names.iter().copied()).map(ToOwned::to_owned);
    let finding = Finding {
        origin: Some(origin),
        ..finding
    };
    match near {
        Some(near) => finding.with("near", near),
        None => finding,
    }
}

/// The function or argument that minijinja does not know, and the names that exist.
fn unknown_word(problem: &str) -> Option<(&str, Vec<&'static str>)> {
    if let Some(argument) = problem.strip_prefix("unknown keyword argument '") {
        return Some((argument.trim_end_matches('\''), figure_query::ARGUMENTS.to_vec()));
    }
    let function = problem.strip_suffix(" is unknown")?;
    (!function.contains(' ')).then(|| {
        (
            function,
            [indicator_functions::NAMES, &answer_functions::NAMES].concat(),
        )
    })
}
