//! Questions with their evidence beside: the questions in their steps, and the development areas they are about.
//!
//! Takes the questionnaire as it is asked now; gives each question once, and each area with its figures and the questions
//! that are about it. How questions are answered is told by the page of questions.

use crate::model::{Area, Consultation, Evidence as About, Question};
use crate::page::consultation_state;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::view::{Evidence, Html, Link};
use crate::render::report::evidence::evidence;
use serde::Serialize;

/// What the questions are about.
pub(super) struct Beside {
    pub(super) steps: Vec<StepView>,
    pub(super) areas: Vec<AreaView>,
    /// Whether some of the figures are made up.
    pub(super) sample: bool,
}

/// Questions that are answered together.
#[derive(Serialize)]
pub(super) struct StepView {
    title: String,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    text: String,
    href: String,
    /// What it is about besides figures: areas, told further down, and a page.
    about: Vec<Link>,
    evidence: Vec<Evidence>,
}

/// A development area.
#[derive(Serialize)]
pub(super) struct AreaView {
    id: String,
    title: String,
    description: Html,
    /// The page about it.
    page: Option<Link>,
    evidence: Vec<Evidence>,
    questions: Vec<Link>,
}

/// Questions and areas.
pub(super) fn beside(page: PageContext<'_>, consultation: &Consultation) -> Beside {
    let steps = consultation.questionnaire.steps.iter().map(|step| StepView {
        title: step.title.in_language(page.code()).to_owned(),
        questions: step
            .questions
            .iter()
            .map(|question| view(page, consultation, question))
            .collect(),
    });
    let steps: Vec<StepView> = steps.collect();
    let is_asked = |area: &&Area| {
        consultation
            .questionnaire
            .questions()
            .any(|it| areas_of(it).any(|id| id == area.id))
    };
    let areas = page.site.areas.iter().filter(is_asked);
    let areas: Vec<AreaView> = areas.map(|area| area_view(page, consultation, area)).collect();
    let shown = steps
        .iter()
        .flat_map(|step| &step.questions)
        .flat_map(|question| &question.evidence);
    let sample = shown
        .chain(areas.iter().flat_map(|area| &area.evidence))
        .any(|evidence| evidence.sample);
    Beside { steps, areas, sample }
}

fn view(page: PageContext<'_>, consultation: &Consultation, question: &Question) -> QuestionView {
    let code = page.code();
    let of_items = question
        .kind
        .rows()
        .iter()
        .chain(question.kind.options())
        .map(|item| &item.evidence);
    let own: Vec<&About> = std::iter::once(&question.evidence).chain(of_items).collect();
    let areas = page
        .site
        .areas
        .iter()
        .filter(|area| areas_of(question).any(|id| id == area.id));
    let areas = areas.map(|area| Link {
        title: area.name.in_language(code).to_owned(),
        href: format!("#{}", area_anchor(page, area)),
        note: None,
    });
    let pages = own
        .iter()
        .filter_map(|about| about.page.as_ref())
        .filter_map(|(id, _)| page_link(page, id));
    let about = areas.chain(pages).collect();
    let indicators = own
        .iter()
        .flat_map(|about| &about.indicators)
        .map(|(id, _)| id.as_str());
    QuestionView {
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
    let items = question
        .kind
        .rows()
        .iter()
        .chain(question.kind.options())
        .map(|item| &item.evidence);
    std::iter::once(&question.evidence)
        .chain(items)
        .filter_map(|about| about.area.as_ref())
        .map(|(id, _)| id.as_str())
}

fn area_anchor(page: PageContext<'_>, area: &Area) -> String {
    format!("{}-{}", page.word("anchor.area"), area.id)
}

/// Each indicator once, for the report's own place.
fn figures<'a>(page: PageContext<'_>, ids: impl Iterator<Item = &'a str>) -> Vec<Evidence> {
    let mut seen: Vec<&str> = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    let known = seen.into_iter().filter_map(|id| page.site.indicator(id));
    known.map(|indicator| evidence(page, indicator)).collect()
}

/// A link to a page named by id, with an anchor or without.
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
