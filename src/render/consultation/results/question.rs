//! The result of one question: its text, how many answered, messages, chart and tables.
//!
//! The view stands alone, on the page of results and in narrative alike.

use crate::finding::Log;
use crate::model::{Question, QuestionKind, Questionnaire};
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Chart, Fold};
use crate::render::consultation::results::context::ResultsContext;
use crate::render::consultation::results::summary::Summary;
use crate::render::consultation::results::{choices, degrees, directions, orders, spreads, tallies};
use crate::survey::{Breakdown, Detail, Meeting};
use serde::Serialize;

/// The result of a question.
#[derive(Serialize)]
pub(crate) struct QuestionResultView {
    /// Anchor on the page.
    pub(crate) id: String,
    /// The question in few words.
    pub(crate) title: String,
    /// The question as it was asked.
    pub(crate) text: String,
    /// Address of the question among the others; `None` where the site has no page of questions.
    pub(crate) href: Option<String>,
    /// How many answered, have no opinion, did not answer, as sentences.
    pub(crate) base: String,
    /// Sentences made from the numbers, most important first.
    pub(crate) messages: Vec<String>,
    /// `None` where there is nothing to draw, such as for answers in words.
    pub(crate) chart: Option<Chart>,
    /// Sentences of less weight, such as the mean of a scale.
    pub(crate) remarks: Vec<String>,
    /// Further tables, folded.
    pub(crate) folds: Vec<Fold>,
}

impl ResultsContext<'_> {
    /// The view of the question at this position of the questionnaire; `None` where it has no result.
    pub(crate) fn question_view(self, position: usize, question: &Question, log: &Log) -> Option<QuestionResultView> {
        let result = self
            .results
            .questions
            .iter()
            .find(|result| result.question == question.id)?;
        Some(view(
            self,
            (position, question),
            (&result.detail, &result.breakdowns),
            log,
        ))
    }

    /// The view of what a meeting has counted of the question; `None` where it counted no hands.
    pub(super) fn meeting_view(
        self,
        meeting: &Meeting,
        position: usize,
        question: &Question,
        log: &Log,
    ) -> Option<QuestionResultView> {
        let detail = meeting.detail(question)?;
        Some(view(self, (position, question), (&detail, &[]), log))
    }
}

fn view(
    context: ResultsContext<'_>,
    (position, question): (usize, &Question),
    (detail, breakdowns): (&Detail, &[Breakdown]),
    log: &Log,
) -> QuestionResultView {
    let mut summary = match (detail, &question.kind) {
        (Detail::Text { answered, unanswered }, _) => Summary {
            base: context.fill(
                "base.text",
                &[
                    ("count", &context.count_in_sentence(*answered)),
                    ("unanswered", &context.count_in_sentence(*unanswered)),
                ],
            ),
            remarks: vec![context.word("text_elsewhere").to_owned()],
            ..Summary::default()
        },
        (Detail::Options(tally), QuestionKind::Scale(scale)) => {
            degrees::scale(context, (position, question), scale, tally, log)
        }
        (Detail::Options(tally), _) => choices::choices(context, (position, question), tally, log),
        (Detail::Rows(tallies), QuestionKind::Grid { rows, scale }) => {
            degrees::grid(context, question, (rows, scale), tallies, log)
        }
        (Detail::Directions(directions), _) => directions::directions(context, question, directions, log),
        (Detail::Ranking(ranking), _) => orders::orders(context, question, ranking, log),
        (Detail::Spreads(spreads), _) => spreads::spreads(context, question, spreads, log),
        (Detail::Rows(_) | Detail::Withheld, _) => Summary {
            base: context.word("withheld.question").to_owned(),
            ..Summary::default()
        },
    };
    let folds = breakdowns
        .iter()
        .filter_map(|breakdown| tallies::breakdown(context, question, question.kind.rows(), breakdown));
    summary.folds.splice(0..0, folds);
    // A meeting hears the question as it is asked now.
    let history = || history(context, question);
    summary
        .remarks
        .extend((!context.is_of_meeting()).then(history).flatten());
    let page = context.page;
    let chapter = Reference::Chapter(context.consultation.id.clone(), Chapter::Questions);
    QuestionResultView {
        id: page.files.id(&anchor(question)),
        title: context.text(&question.short).to_owned(),
        text: context.text(&question.text).to_owned(),
        href: page.href(&chapter).map(|href| format!("{href}#{}", anchor(question))),
        base: summary.base,
        messages: summary.messages,
        chart: summary.chart,
        remarks: summary.remarks,
        folds: summary.folds,
    }
}

/// What a reader must know of earlier versions: that they lacked the question, or had it in other words.
fn history(context: ResultsContext<'_>, question: &Question) -> Option<String> {
    let earlier = &context.consultation.earlier;
    let before = |id: &str| earlier.iter().rev().find_map(|version| version.question(id));
    let ids = || std::iter::once(&question.id).chain(&question.formerly);
    let has_it = |version: &Questionnaire| ids().any(|id| version.question(id).is_some());
    if earlier.iter().any(|version| !has_it(version)) {
        return Some(context.word("new_question").to_owned());
    }
    let (_, old) = ids().find_map(|id| before(id))?;
    let (now, then) = (context.text(&question.text), context.text(&old.text));
    (now != then).then(|| context.fill("reworded", &[("text", then)]))
}

/// A question's anchor, the same on the page of questions and on that of results.
pub(crate) fn anchor(question: &Question) -> String {
    format!("fraga-{}", question.id)
}
