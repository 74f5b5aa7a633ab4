//! The functions of expressions that ask about answers to consultations.
//!
//! `answered("id")` and `invited("id")` give numbers of respondents, `answers("id", "question", "option")` how many chose an
//! option, with the id of a row or item as fourth where the question has several. Besides an option's id, `no-opinion`,
//! `other`, `unanswered` and `n` are understood; of directions `up`, `same`, `down`; of rankings `first`. A number that is
//! hidden is missing, like any figure that is not there.

use crate::finding::{Code, message};
use crate::model::{Consultation, Question, QuestionKind, Site};
use crate::page::locale::Locale;
use crate::render::markdown::record::{CallProblem, Lookup, Record};
use crate::survey::{Count, Detail, Results, Tally};
use crate::theme::Format;
use minijinja::{Environment, Error, State, Value};
use std::sync::Arc;

/// Names of the functions, for near misses.
pub(super) const NAMES: [&str; 3] = ["answered", "invited", "answers"];

/// The answers of a site's consultations, in a language.
struct AnswerFunctions {
    site: Arc<Site>,
    results: Vec<Results>,
    language: String,
    format: Format,
    /// The word for a number that is not there.
    missing: String,
    /// The word for a hidden number.
    hidden: String,
}

/// Adds the functions to the environment.
pub(super) fn register(
    environment: &mut Environment<'static>,
    site: &Arc<Site>,
    results: &[Results],
    locale: &Locale<'_>,
) {
    let functions = Arc::new(AnswerFunctions {
        site: site.clone(),
        results: results.to_vec(),
        language: locale.code.to_owned(),
        format: locale.format.clone(),
        missing: locale.word("sentence.no_value").to_owned(),
        hidden: locale.word("result.hidden").to_owned(),
    });
    let answered = functions.clone();
    environment.add_function("answered", move |state: &State, id: String| {
        answered.answered(state, &id)
    });
    let invited = functions.clone();
    environment.add_function("invited", move |state: &State, id: String| invited.invited(state, &id));
    environment.add_function(
        "answers",
        move |state: &State, id: String, question: String, option: String, row: Option<String>| {
            functions.answers(state, &id, &question, (&option, row.as_deref()))
        },
    );
}

impl AnswerFunctions {
    fn consultation(&self, id: &str) -> Result<&Consultation, Error> {
        self.site.consultation(id).ok_or_else(|| {
            let ids = self
                .site
                .consultations
                .iter()
                .map(|consultation| consultation.id.clone());
            CallProblem::error(Code::UnknownConsultation, id, ids.collect())
        })
    }

    /// The results of a consultation; `None` before there are any.
    fn results(&self, consultation: &Consultation) -> Option<&Results> {
        self.results
            .iter()
            .find(|results| results.consultation == consultation.id)
    }

    fn answered(&self, state: &State, id: &str) -> Result<Value, Error> {
        let consultation = self.consultation(id)?;
        let answered = self.results(consultation).map(|results| results.base.answered);
        Ok(self.record(state, consultation, "", answered.map(Count::Shown)))
    }

    fn invited(&self, state: &State, id: &str) -> Result<Value, Error> {
        let consultation = self.consultation(id)?;
        let invited = u32::try_from(consultation.bodies().count())
            .ok()
            .filter(|count| *count > 0);
        Ok(self.record(state, consultation, "", invited.map(Count::Shown)))
    }

    fn answers(
        &self,
        state: &State,
        id: &str,
        question_id: &str,
        (option, row_id): (&str, Option<&str>),
    ) -> Result<Value, Error> {
        let consultation = self.consultation(id)?;
        let questionnaire = &consultation.questionnaire;
        let (_, question) = questionnaire.question(question_id).ok_or_else(|| {
            let ids = questionnaire.questions().map(|question| question.id.clone());
            CallProblem::error(Code::UnknownQuestion, question_id, ids.collect())
        })?;
        let row = row_position(question, row_id)?;
        let answer = CountedAnswer::parse(question, option)?;
        let result = self
            .results(consultation)
            .and_then(|results| results.questions.iter().find(|result| result.question == question.id));
        let count = result.and_then(|result| answer.count(&result.detail, row.unwrap_or(0)));
        let short = question.short.in_language(&self.language);
        let row = row.and_then(|row| question.kind.rows().get(row));
        let figure = match row.map(|item| item.short.in_language(&self.language)) {
            Some(row) => format!(", {short}, {row}, {option}"),
            None => format!(", {short}, {option}"),
        };
        Ok(self.record(state, consultation, &figure, count))
    }

    /// Records a number and gives it; a hidden one, or none at all, is missing.
    fn record(&self, state: &State, consultation: &Consultation, figure: &str, count: Option<Count>) -> Value {
        let (number, text, missing) = match count {
            Some(Count::Shown(number)) => (f64::from(number), self.format.number(f64::from(number), 0), None),
            Some(Count::Hidden) => (f64::NAN, self.hidden.clone(), Some(message::figure_suppressed())),
            None => (f64::NAN, self.missing.clone(), Some(message::figure_not_in_data())),
        };
        let title = consultation.title.in_language(&self.language);
        let lookup = Lookup {
            figure: format!("{title}{figure}"),
            indicator: None,
            number,
            exact: number,
            text,
            missing,
            time: None,
        };
        match (Record::enter(state, lookup), count) {
            (Some(assumed), _) => Value::from(assumed),
            (None, Some(Count::Shown(number))) => Value::from(number),
            _ => Value::from(f64::NAN),
        }
    }
}

/// Position of the row or item with this id, which a question with several needs; `None` for a question without.
fn row_position(question: &Question, id: Option<&str>) -> Result<Option<usize>, Error> {
    let items = question.kind.rows();
    if items.is_empty() {
        return Ok(None);
    }
    let id = id.unwrap_or_default();
    match items.iter().position(|item| item.id == id) {
        Some(position) => Ok(Some(position)),
        None => Err(CallProblem::error(
            Code::ValueChoice,
            id,
            items.iter().map(|item| item.id.clone()).collect(),
        )),
    }
}

/// The answers that are counted.
enum CountedAnswer {
    /// An option, by its position.
    Option(usize),
    Other,
    NoOpinion,
    Unanswered,
    /// All answers to the question.
    All,
    /// An item in the first place of a ranking.
    First,
}

impl CountedAnswer {
    /// The answer that this id or word means to the question.
    fn parse(question: &Question, option: &str) -> Result<Self, Error> {
        let directions: &[&str] = match question.kind {
            QuestionKind::Direction { .. } => &["up", "same", "down"],
            _ => &[],
        };
        let ids = || {
            let options = question.kind.options().iter().map(|item| item.id.as_str());
            options.chain(directions.iter().copied())
        };
        if let Some(position) = ids().position(|id| id == option) {
            return Ok(Self::Option(position));
        }
        match (option, &question.kind) {
            ("first", QuestionKind::Ranking { .. }) => Ok(Self::First),
            ("n", _) => Ok(Self::All),
            ("unanswered", _) => Ok(Self::Unanswered),
            ("no-opinion", kind) if kind.has_no_opinion() => Ok(Self::NoOpinion),
            ("other", QuestionKind::Choice { other: true, .. } | QuestionKind::Choices { other: true, .. }) => {
                Ok(Self::Other)
            }
            _ => Err(CallProblem::error(
                Code::ValueChoice,
                option,
                ids().chain(["n", "unanswered"]).map(ToOwned::to_owned).collect(),
            )),
        }
    }

    /// The number of such answers; `None` where results of this kind do not have it.
    fn count(&self, detail: &Detail, row: usize) -> Option<Count> {
        match detail {
            Detail::Options(tally) => self.count_in(tally),
            Detail::Rows(tallies) => self.count_in(tallies.get(row)?),
            Detail::Directions(directions) => self.count_in(&directions.get(row)?.tally),
            Detail::Text { answered, unanswered } => match self {
                Self::All => Some(*answered),
                Self::Unanswered => Some(*unanswered),
                _ => None,
            },
            Detail::Ranking(ranking) => match self {
                Self::First => Some(ranking.items.get(row)?.first),
                Self::All => Some(ranking.n),
                Self::Unanswered => Some(ranking.unanswered),
                _ => None,
            },
            Detail::Spreads(spreads) => spreads
                .get(row)?
                .n
                .filter(|_| matches!(self, Self::All))
                .map(Count::Shown),
            Detail::Withheld => Some(Count::Hidden),
        }
    }

    fn count_in(&self, tally: &Tally) -> Option<Count> {
        match self {
            Self::Option(position) => tally.options.get(*position).copied(),
            Self::Other => tally.other,
            Self::NoOpinion => tally.no_opinion,
            Self::Unanswered => Some(tally.unanswered),
            Self::All => Some(tally.n),
            Self::First => None,
        }
    }
}
