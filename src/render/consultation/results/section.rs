//! What was answered to the questions about one section of a draft: counts under the rules of the page of results.

use crate::model::Step;
use crate::page::consultation_state::chapter;
use crate::page::routes::Chapter;
use crate::page::view::{Link, Table};
use crate::render::consultation::results::context::ResultsContext;
use crate::render::consultation::results::question::anchor;
use crate::render::consultation::results::tallies;
use crate::survey::{Detail, Withheld};
use serde::Serialize;

/// The answers to a question about a section.
#[derive(Serialize)]
pub(crate) struct SectionResult {
    /// The question as it was asked.
    text: String,
    /// Numbers by answer; `None` for questions that are told on the page of results alone.
    counts: Option<Table>,
    /// The question on the page of results.
    link: Option<Link>,
}

/// The answers to the questions of a step; empty while nothing may be shown.
pub(crate) fn section_result(context: ResultsContext<'_>, step: &Step) -> Vec<SectionResult> {
    if context.results.withheld.contains(&Withheld::Open) {
        return Vec::new();
    }
    let result = |question: &crate::model::Question| {
        let mut results = context.results.questions.iter();
        let result = results.find(|result| result.question == question.id)?;
        let counts = match &result.detail {
            Detail::Withheld => return None,
            Detail::Options(tally) => {
                let names = tallies::answers(context, question);
                Some(tallies::by_answer(context, question, tally, &names))
            }
            _ => None,
        };
        let link = chapter(context.page, context.consultation, Chapter::Results, "draft.result");
        Some(SectionResult {
            text: context.text(&question.text).to_owned(),
            counts,
            link: link.map(|link| Link {
                href: format!("{}#{}", link.href, anchor(question)),
                ..link
            }),
        })
    };
    step.questions.iter().filter_map(result).collect()
}
