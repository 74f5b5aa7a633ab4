//! The evidence of a questionnaire: each question with its figures, and the development areas that questions are about.
//!
//! Ways to answer the questions stand on the page of questions.

use crate::model::{Area, Consultation, Question};
use crate::page::consultation_state;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::view::{Evidence, Html, Link};
use crate::render::consultation::related_questions::evidence_of;
use crate::render::report::evidence::evidence;
use serde::Serialize;

/// Questions and areas with their evidence.
pub(super) struct QuestionEvidence {
    pub(super) steps: Vec<StepWithEvidence>,
    pub(super) areas: Vec<AreaView>,
    /// Whether some of the figures are made up.
    pub(super) sample: bool,
}

/// Questions that are answered together.
#[derive(Serialize)]
pub(super) struct StepWithEvidence {
    title: String,
    questions: Vec<QuestionWithEvidence>,
}

/// A question and its figures.
#[derive(Serialize)]
struct QuestionWithEvidence {
    text: String,
    /// Address of the question among the others; empty where the site has no page of questions.
    href: String,
    /// Areas, which stand further down, and pages that the question is about.
    about: Vec<Link>,
    evidence: Vec<Evidence>,
}

/// A development area with its figures.
#[derive(Serialize)]
pub(super) struct AreaView {
    /// Anchor.
    id: String,
    title: String,
    description: Html,
    /// The page about the area.
    page: Option<Link>,
    evidence: Vec<Evidence>,
    /// Questions about the area.
    questions: Vec<Link>,
}

/// The evidence of a consultation's questions, and the areas that some question is about.
pub(super) fn question_evidence(page: PageContext<'_>, consultation: &Consultation) -> QuestionEvidence {
    let steps = consultation.questionnaire.steps.iter().map(|step| StepWithEvidence {
        title: step.title.in_language(page.code()).to_owned(),
        questions: step
            .questions
            .iter()
            .map(|question| question_view(page, consultation, question))
            .collect(),
    });
    let steps: Vec<StepWithEvidence> = steps.collect();
    let is_asked = |area: &&Area| {
        consultation
            .questionnaire
            .questions()
            .any(|question| areas_of(question).any(|id| id == area.id))
    };
    let areas: Vec<AreaView> = page
        .site
        .areas
        .iter()
        .filter(is_asked)
        .map(|area| area_view(page, consultation, area))
        .collect();
    let of_questions = steps
        .iter()
        .flat_map(|step| &step.questions)
        .flat_map(|question| &question.evidence);
    let sample = of_questions
        .chain(areas.iter().flat_map(|area| &area.evidence))
        .any(|evidence| evidence.sample);
    QuestionEvidence { steps, areas, sample }
}

fn question_view(page: PageContext<'_>, consultation: &Consultation, question: &Question) -> QuestionWithEvidence {
    let code = page.code();
    let areas = page
        .site
        .areas
        .iter()
        .filter(|area| areas_of(question).any(|id| id == area.id))
        .map(|area| Link {
            title: area.name.in_language(code).to_owned(),
            href: format!("#{}", area_anchor(page, area)),
            note: None,
        });
    let pages = evidence_of(question)
        .filter_map(|evidence| evidence.page.as_ref())
        .filter_map(|(id, _)| page_link(page, id));
    let about = areas.chain(pages).collect();
    let indicators = evidence_of(question)
        .flat_map(|evidence| &evidence.indicators)
        .map(|(id, _)| id.as_str());
    QuestionWithEvidence {
        text: question.text.in_language(code).to_owned(),
        href: consultation_state::question(page, consultation, question).href,
        about,
        evidence: figures(page, indicators),
    }
}

fn area_view(page: PageContext<'_>, consultation: &Consultation, area: &Area) -> AreaView {
    let code = page.code();
    let is_about = |question: &&Question| areas_of(question).any(|id| id == area.id);
    AreaView {
        id: area_anchor(page, area),
        title: area.name.in_language(code).to_owned(),
        description: Html(inline(area.description.in_language(code))),
        page: area.page.as_ref().and_then(|(id, _)| page_link(page, id)),
        evidence: figures(page, area.indicators.iter().map(|(id, _)| id.as_str())),
        questions: consultation
            .questionnaire
            .questions()
            .filter(is_about)
            .map(|question| consultation_state::question(page, consultation, question))
            .collect(),
    }
}

/// Ids of the areas that a question, or something in it, is about.
fn areas_of(question: &Question) -> impl Iterator<Item = &str> {
    evidence_of(question)
        .filter_map(|evidence| evidence.area.as_ref())
        .map(|(id, _)| id.as_str())
}

fn area_anchor(page: PageContext<'_>, area: &Area) -> String {
    format!("{}-{}", page.word("anchor.area"), area.id)
}

/// The figures of the report's own place, each indicator once.
pub(super) fn figures<'a>(page: PageContext<'_>, ids: impl Iterator<Item = &'a str>) -> Vec<Evidence> {
    let mut distinct: Vec<&str> = Vec::new();
    for id in ids {
        if !distinct.contains(&id) {
            distinct.push(id);
        }
    }
    let indicators = distinct.into_iter().filter_map(|id| page.site.indicator(id));
    indicators.map(|indicator| evidence(page, indicator)).collect()
}

/// A link to a page by its id, which may have an anchor behind `#`; `None` where there is no such page in this language.
pub(super) fn page_link(page: PageContext<'_>, id: &str) -> Option<Link> {
    let (page_id, anchor) = id
        .split_once('#')
        .map_or((id, None), |(page_id, anchor)| (page_id, Some(anchor)));
    let title = &page.site.page(page.code(), page_id)?.title;
    let link = page.link(title, &Reference::Page(page_id.to_owned()))?;
    Some(Link {
        href: anchor.map_or_else(|| link.href.clone(), |anchor| format!("{}#{anchor}", link.href)),
        ..link
    })
}
