//! The functions of expressions that ask about answers to consultations.
//!
//! `answered("id")` and `invited("id")` give numbers of respondents, `answers("id", "question", "option")` how many chose an
//! option, with the id of a row or item as fourth where the question has several. Besides an option's id, `no-opinion`,
//! `other`, `unanswered` and `n` are understood; of directions `up`, `same`, `down`; of rankings `first`. A number that is
//! hidden is missing, like any figure that is not there.

use crate::finding::{Code, message};
use crate::model::{Consultation, Item, Question, QuestionKind, Site};
use crate::page::locale::Locale;
use crate::render::markdown::record::{Call, CallProblem, Record};
use crate::survey::{Count, Detail, Results, Tally};
use crate::theme::Format;
use minijinja::{Environment, Error, State, Value};
use std::sync::Arc;

/// Names of the functions, for near misses.
pub(super) const NAMES: [&str; 3] = ["answered", "invited", "answers"];

/// The answers of a site's consultations, in a language.
struct Answered {
    site: Arc<Site>,
    results: Vec<Results>,
    language: String,
    format: Format,
    missing: String,
    hidden: String,
}

/// Makes the functions known.
pub(super) fn register(
    environment: &mut Environment<'static>,
    site: &Arc<Site>,
    results: &[Results],
    locale: &Locale<'_>,
) {
    let answered = Arc::new(Answered {
        site: site.clone(),
        results: results.to_vec(),
        language: locale.code.to_owned(),
        format: locale.format.clone(),
        missing: locale.word("sentence.no_value").to_owned(),
        hidden: locale.word("result.hidden").to_owned(),
    });
    let own = answered.clone();
    environment.add_function("answered", move |state: &State, id: String| {
        let (consultation, results) = own.of(&id)?;
        Ok::<Value, Error>(own.given(
            state,
            consultation,
            "",
            results.map(|it| Count::Shown(it.base.answered)),
        ))
    });
    let own = answered.clone();
    environment.add_function("invited", move |state: &State, id: String| {
        let (consultation, _) = own.of(&id)?;
        let invited = u32::try_from(consultation.bodies().count())
            .ok()
            .filter(|count| *count > 0);
        Ok::<Value, Error>(own.given(state, consultation, "", invited.map(Count::Shown)))
    });
    environment.add_function(
        "answers",
        move |state: &State, id: String, question: String, option: String, row: Option<String>| {
            answered.answers(state, &id, &question, (&option, row.as_deref()))
        },
    );
}

impl Answered {
    fn of(&self, id: &str) -> Result<(&Consultation, Option<&Results>), Error> {
        let known = || self.site.consultations.iter().map(|it| it.id.clone()).collect();
        let found = self
            .site
            .consultation(id)
            .ok_or_else(|| CallProblem::error(Code::UnknownConsultation, id, known()))?;
        Ok((found, self.results.iter().find(|results| results.consultation == id)))
    }

    fn answers(
        &self,
        state: &State,
        id: &str,
        question: &str,
        (option, row): (&str, Option<&str>),
    ) -> Result<Value, Error> {
        let (consultation, results) = self.of(id)?;
        let known = || {
            consultation
                .questionnaire
                .questions()
                .map(|question| question.id.clone())
                .collect()
        };
        let (_, asked) = consultation
            .questionnaire
            .question(question)
            .ok_or_else(|| CallProblem::error(Code::UnknownQuestion, question, known()))?;
        let at = row_of(asked, row)?;
        let chosen = Chosen::of(asked, option)?;
        let detail = results.and_then(|results| {
            Some(
                &results
                    .questions
                    .iter()
                    .find(|result| result.question == asked.id)?
                    .detail,
            )
        });
        let short = asked.short.in_language(&self.language);
        let row = at
            .and_then(|at| asked.kind.rows().get(at))
            .map(|item| item.short.in_language(&self.language));
        let said = match row {
            Some(row) => format!(", {short}, {row}, {option}"),
            None => format!(", {short}, {option}"),
        };
        Ok(self.given(
            state,
            consultation,
            &said,
            detail.and_then(|detail| chosen.count(detail, at.unwrap_or(0))),
        ))
    }

    /// A number, written down with what it was asked for; a hidden one, or none at all, is missing.
    fn given(&self, state: &State, consultation: &Consultation, what: &str, count: Option<Count>) -> Value {
        let (number, shown, missing) = match count {
            Some(Count::Shown(number)) => (f64::from(number), self.format.number(f64::from(number), 0), None),
            Some(Count::Hidden) => (f64::NAN, self.hidden.clone(), Some(message::figure_suppressed())),
            None => (f64::NAN, self.missing.clone(), Some(message::figure_not_in_data())),
        };
        let title = consultation.title.in_language(&self.language);
        let call = Call {
            what: format!("{title}{what}"),
            indicator: None,
            number,
            shown,
            missing,
        };
        Record::note(state, |entries| entries.calls.push(call));
        match count {
            Some(Count::Shown(number)) => Value::from(number),
            _ => Value::from(f64::NAN),
        }
    }
}

/// The position of the row or item that was named; a question with several needs one.
fn row_of(question: &Question, row: Option<&str>) -> Result<Option<usize>, Error> {
    let items = question.kind.rows();
    if items.is_empty() {
        return Ok(None);
    }
    let known = || items.iter().map(|item| item.id.clone()).collect();
    let named = row.unwrap_or_default();
    let found = items.iter().position(|item| item.id == named);
    found
        .map(Some)
        .ok_or_else(|| CallProblem::error(Code::ValueChoice, named, known()))
}

/// What is counted.
enum Chosen {
    Option(usize),
    Other,
    NoOpinion,
    Unanswered,
    All,
    First,
}

impl Chosen {
    fn of(question: &Question, option: &str) -> Result<Self, Error> {
        let ways: &[&str] = match question.kind {
            QuestionKind::Direction { .. } => &["up", "same", "down"],
            _ => &[],
        };
        let ids = || {
            question
                .kind
                .options()
                .iter()
                .map(|item: &Item| item.id.as_str())
                .chain(ways.iter().copied())
        };
        if let Some(at) = ids().position(|id| id == option) {
            return Ok(Self::Option(at));
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

    /// How many; `None` where such a number is not made.
    fn count(&self, detail: &Detail, row: usize) -> Option<Count> {
        let of_tally = |tally: &Tally| match self {
            Self::Option(at) => tally.options.get(*at).copied(),
            Self::Other => tally.other,
            Self::NoOpinion => tally.no_opinion,
            Self::Unanswered => Some(tally.unanswered),
            Self::All => Some(tally.n),
            Self::First => None,
        };
        match detail {
            Detail::Options(tally) => of_tally(tally),
            Detail::Rows(tallies) => of_tally(tallies.get(row)?),
            Detail::Directions(directions) => of_tally(&directions.get(row)?.tally),
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
}
