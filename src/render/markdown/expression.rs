//! Expressions in running text: figures of indicators and answers, and claims about them.
//!
//! Takes the text between `{{` and `}}`; gives its result, as HTML or as plain text, and a finding where it has none.

use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log, nearest};
use crate::measure;
use crate::model::Site;
use crate::page::locale::Locale;
use crate::render::markdown::claim::Trial;
use crate::render::markdown::expression_parts::{claim_calls, made_text};
use crate::render::markdown::record::{Assumption, CallProblem, Entries, FigureTime, RECORD, Record, Statement};
use crate::render::markdown::{answer_functions, figure_query, indicator_functions};
use crate::source::Origin;
use crate::survey::Results;
use crate::theme::{self, Format, escape};
use minijinja::machinery::ast::Expr;
use minijinja::machinery::{CodeGenerator, eval, make_string_output, parse_expr};
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{AutoEscape, Environment, Error, State, UndefinedBehavior, Value};
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
    site: Arc<Site>,
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
        add_claim(&mut environment, locale);
        Self {
            environment,
            format: locale.format.clone(),
            missing: locale.word("sentence.no_value").to_owned(),
            site: site.clone(),
        }
    }

    /// The result of an expression; `None` after a finding. Indicators whose figures it looks up are added to `uses`; `place` is
    /// that of its text without braces.
    pub(super) fn evaluate(
        &self,
        text: &str,
        place: &Origin,
        uses: &mut BTreeSet<String>,
        log: &Log,
    ) -> Option<Evaluated> {
        if let Err(refused) = theme::check_expression(text) {
            log.add(Finding::new(Code::ExpressionSyntax, place.clone()).with_message("problem", refused.problem()));
            return None;
        }
        let fault = |error: &Error| log.add(self.error_finding(Code::ExpressionSyntax, error, text, place));
        let compiled = self.environment.compile_expression(text).inspect_err(fault).ok()?;
        let parsed = parse_expr(text).inspect_err(fault).ok()?;
        let record = Arc::new(Record::default());
        let result = compiled.eval(context(&record));
        let entries = record.take();
        uses.extend(entries.lookups.iter().filter_map(|lookup| lookup.indicator.clone()));
        let fault = |error: &Error| log.add(self.error_finding(Code::ExpressionFails, error, text, place));
        let value = result.inspect_err(fault).ok()?;
        for side in made_text(&parsed) {
            let (part, _) = self.part(side, text, place, log)?;
            if part.kind() == ValueKind::Number {
                // It would stand there bare, with the digits and the decimal point of a program.
                let finding = Finding::new(Code::ExpressionFails, place.clone()).with("text", text);
                log.add(finding.with_message("problem", message::expression_joined()));
                return None;
            }
        }
        let claims = claim_calls(&parsed);
        let sound = claims
            .iter()
            .filter(|call| Trial::new(self, text, place, log).holds(call))
            .count();
        // A sentence that is not true is still what its author wrote, and no reason for a title that is missing.
        if sound < claims.len() && value.kind() != ValueKind::String {
            return None;
        }
        let missing = claims.is_empty() && report_missing(&entries, place, log);
        self.evaluated(&value, entries, missing)
            .map_err(|problem| {
                let finding = Finding::new(Code::ExpressionFails, place.clone()).with("text", text);
                log.add(finding.with_message("problem", problem));
            })
            .ok()
    }

    /// The value of a part of an expression, and what it looks up; `None` after a finding.
    pub(super) fn part(&self, part: &Expr<'_>, text: &str, place: &Origin, log: &Log) -> Option<(Value, Entries)> {
        let fault = |error: &Error| log.add(self.error_finding(Code::ExpressionFails, error, text, place));
        self.run(part, text, Record::default()).inspect_err(fault).ok()
    }

    /// The value that a part of an expression has under an assumption; `None` where it then has none.
    pub(super) fn part_assuming(&self, part: &Expr<'_>, text: &str, assumption: Assumption) -> Option<Value> {
        let result = self.run(part, text, Record::assuming(assumption));
        result.ok().map(|(value, _)| value)
    }

    fn run(&self, part: &Expr<'_>, text: &str, record: Record) -> Result<(Value, Entries), Error> {
        let mut generator = CodeGenerator::new("<expression>", text);
        generator.compile_expr(part);
        let (instructions, blocks) = generator.finish();
        let record = Arc::new(record);
        let mut nothing = String::new();
        let mut output = make_string_output(&mut nothing);
        let (value, _) = eval(
            &self.environment,
            &instructions,
            context(&record),
            &blocks,
            &mut output,
            AutoEscape::None,
        )?;
        Ok((value.unwrap_or_default(), record.take()))
    }

    /// The latest period in which all these figures could be compared, as an author writes it.
    pub(super) fn shared_period(&self, times: &[FigureTime]) -> Option<String> {
        let period = times.iter().map(|time| time.periods[1]).min()?;
        let has_figure = |time: &FigureTime| {
            let indicator = self.site.indicator(&time.indicator)?;
            measure::value(indicator, time.place, time.part, period)
        };
        let is_single = |time: &FigureTime| time.periods[0] == time.periods[1];
        let is_shared = times.iter().all(|time| is_single(time) && has_figure(time).is_some());
        is_shared.then(|| period.to_string())
    }

    /// The finding of an error in an expression, at the very word where that is known.
    fn error_finding(&self, code: Code, error: &Error, text: &str, place: &Origin) -> Finding {
        // Within a value of YAML, what is escaped there moves bytes, so the whole expression is the place.
        let at = |range: Range<usize>| match place.bytes() {
            Some((start, _)) => Origin::span(&place.file, start + range.start..start + range.end),
            None => place.clone(),
        };
        let word = |word: &str| {
            text.find(word)
                .map_or_else(|| place.clone(), |start| at(start..start + word.len()))
        };
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
                    let finding = Finding::new(*code, word(value))
                        .with("value", value)
                        .with("expected", expected);
                    return finding.near(value, known.iter().map(String::as_str));
                }
                Some(CallProblem::Place(value)) => {
                    let finding = Finding::new(Code::UnknownPlace, word(value)).with("value", value);
                    return self.site.places.suggest(finding, value);
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
        let letter = foreign_word(text).filter(|_| problem.contains("unexpected character"));
        let known = match letter {
            Some(_) => Some(message::expression_letter()),
            None => setting.or_else(|| theme::problem(&problem)),
        };
        let finding = Finding::new(code, letter.or(range).map_or_else(|| place.clone(), at))
            .with_words("problem", known, &problem)
            .with("text", text);
        let Some((unknown, names)) = unknown_word(&problem) else {
            return finding;
        };
        let origin = word(unknown);
        let near = nearest(unknown, names.iter().copied()).map(ToOwned::to_owned);
        let finding = Finding {
            origin: Some(origin),
            ..finding
        };
        match near {
            Some(near) => finding.with("near", near),
            None => finding,
        }
    }

    /// A value as readers see it; a number that was looked up has the unit and digits of its figure.
    fn evaluated(&self, value: &Value, entries: Entries, missing: bool) -> Result<Evaluated, Message> {
        match value.kind() {
            ValueKind::Number => {
                let number = f64::try_from(value.clone()).unwrap_or(f64::NAN);
                if missing && !number.is_finite() {
                    return Ok(Evaluated::Missing(self.missing.clone()));
                }
                if !number.is_finite() {
                    return Err(message::expression_infinite());
                }
                let lookup = entries
                    .lookups
                    .iter()
                    .rev()
                    .find(|lookup| lookup.number.to_bits() == number.to_bits());
                let decimals = u8::from(!value.is_integer());
                Ok(Evaluated::Figure {
                    text: lookup.map_or_else(|| self.format.number(number, decimals), |lookup| lookup.text.clone()),
                    number: lookup.map_or(number, |lookup| lookup.exact),
                })
            }
            ValueKind::String => {
                let written = value.as_str().unwrap_or_default();
                let mut statements = entries.statements.into_iter();
                Ok(match statements.find(|statement| statement.text() == written) {
                    Some(statement) => Evaluated::Statement(statement),
                    None => Evaluated::Text(written.to_owned()),
                })
            }
            _ => Err(message::expression_neither()),
        }
    }
}

/// The result of an expression.
pub(super) enum Evaluated {
    Figure {
        text: String,
        /// Unrounded, for programs.
        number: f64,
    },
    /// The word for a figure that is not there.
    Missing(String),
    Text(String),
    /// A claim that is marked as somebody else's.
    Statement(Statement),
}

impl Evaluated {
    /// As HTML for running text.
    pub(super) fn html(&self) -> String {
        match self {
            Self::Figure { text, number } => format!(
                "<data class=\"figure\" value=\"{}\">{}</data>",
                measure::without_float_noise(*number),
                escape(text)
            ),
            Self::Missing(word) => format!("<span class=\"missing\">{}</span>", escape(word)),
            Self::Text(text) => escape(text),
            Self::Statement(statement) => format!(
                "<span class=\"statement\">{} <span class=\"statement-source\">{}</span></span>",
                escape(&statement.sentence),
                escape(&statement.note)
            ),
        }
    }

    /// As plain text, for titles, attributes and files.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Figure { text, .. } | Self::Missing(text) | Self::Text(text) => text,
            Self::Statement(statement) => statement.text(),
        }
    }
}

/// The variables of an evaluation: the record alone.
fn context(record: &Arc<Record>) -> Value {
    Value::from(BTreeMap::from([(RECORD, Value::from_dyn_object(record.clone()))]))
}

/// Adds `claim`, which gives its sentence. What it must be and whether it holds is judged by [`Trial`].
fn add_claim(environment: &mut Environment<'static>, locale: &Locale<'_>) {
    let [tested, untested] = ["sentence.stated", "sentence.stated_untested"].map(|key| locale.word(key).to_owned());
    let format = locale.format.clone();
    environment.add_function(
        "claim",
        move |state: &State, sentence: Option<Value>, condition: Option<Value>, arguments: Kwargs| {
            let sentence = sentence.unwrap_or_default();
            let (day, by) = (
                arguments.get::<Option<String>>("stated")?,
                arguments.get::<Option<String>>("by")?,
            );
            arguments.assert_all_used()?;
            let (day, by) = match (day, by) {
                (None, None) => return Ok::<Value, Error>(sentence),
                (Some(day), Some(by)) if !by.trim().is_empty() => (day, by),
                _ => Err(CallProblem::Setting(message::statement_incomplete()))?,
            };
            if day.len() != DAY.len() || day.parse::<jiff::civil::Date>().is_err() {
                return Err(CallProblem::expecting(Code::DateForm, &day, Vec::new(), DAY));
            }
            let pattern = if condition.is_some() { &tested } else { &untested };
            let statement = Statement {
                sentence: sentence.as_str().unwrap_or_default().trim().to_owned(),
                note: theme::fill(pattern, &[("by", &by), ("date", &format.date(&day))]),
            };
            let text = statement.text();
            Record::quote(state, statement);
            Ok(Value::from(text))
        },
    );
}

/// A day as an author writes it.
const DAY: &str = "2024-05-02";

/// Reports missing figures; true if there are any.
fn report_missing(entries: &Entries, place: &Origin, log: &Log) -> bool {
    let mut is_missing = false;
    for lookup in &entries.lookups {
        let Some(reason) = &lookup.missing else { continue };
        let finding = Finding::new(Code::ExpressionMissing, place.clone()).with("what", &lookup.figure);
        log.add(finding.with_message("reason", reason.clone()));
        is_missing = true;
    }
    is_missing
}

/// Bytes of the first word outside quotation marks that has other letters than a–z: `värde`.
fn foreign_word(text: &str) -> Option<Range<usize>> {
    let mut quote = None;
    let (at, _) = text.char_indices().find(|(_, c)| {
        match quote {
            Some(open) if open == *c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            _ => {}
        }
        quote.is_none() && c.is_alphabetic() && !c.is_ascii()
    })?;
    let is_other = |c: char| !c.is_alphanumeric() && c != '_';
    let start = text[..at].rfind(is_other).map_or(0, |before| {
        before + text[before..].chars().next().map_or(1, char::len_utf8)
    });
    let end = text[at..].find(is_other).map_or(text.len(), |length| at + length);
    Some(start..end)
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
