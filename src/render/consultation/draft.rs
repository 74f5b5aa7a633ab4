//! A draft section by section, with its evidence and what was answered; and the adopted text with what was changed and why.

use crate::model::{Change, Consultation, Outcomes, Section, Step};
use crate::page::consultation_state;
use crate::page::consultation_state::{ConsultationState, chapter};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::{block, inline, paragraphs};
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Heading, Html, Link};
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::questions::folded_evidence::{FoldedEvidence, folded_evidence};
use crate::render::consultation::results::{ResultsContext, SectionResult, section_result};
use crate::render::consultation::themes::theme_link_by_id;
use crate::render::consultation::wording::{Run, changed_paragraphs, words};
use serde::Serialize;

/// A text section by section, for `draft.html` and `adopted.html`.
#[derive(Serialize)]
struct DraftView {
    /// The consultation's own page; `None` where it has none in this language.
    consultation: Option<Link>,
    standing: ConsultationState,
    /// Language of the text, where it is another than the page's.
    language: Option<String>,
    introduction: Html,
    /// How many sections were changed, as a sentence; `None` for a draft.
    summary: Option<String>,
    /// Headings of the sections, for the table of contents.
    contents: Vec<Heading>,
    sections: Vec<SectionView>,
    /// Sections of the draft that were not adopted; empty for a draft.
    removed: Vec<SectionView>,
    /// The questions, the other text, results and replies, as far as they exist.
    links: Vec<Link>,
}

/// A section.
#[derive(Serialize)]
struct SectionView {
    /// Anchor.
    id: String,
    heading: String,
    /// Level of its heading on the page, 2 to 6.
    level: usize,
    body: Html,
    evidence: Option<FoldedEvidence>,
    /// The questions about it; `None` where they cannot be answered now.
    question: Option<Link>,
    results: Vec<SectionResult>,
    /// What the decision did with it; `None` for a draft.
    decision: Option<DecisionView>,
}

/// What the decision did with a section.
#[derive(Serialize)]
struct DecisionView {
    /// `kept`, `changed`, `new` or `removed`.
    fate: &'static str,
    /// The same in words, with the section's number in the draft where it has another now.
    word: String,
    /// The heading, where it was changed; empty otherwise.
    heading: Vec<Run>,
    /// Paragraphs that differ from the draft's.
    paragraphs: Vec<Vec<Run>>,
    reasons: Vec<ReasonView>,
}

/// Why a section was changed.
#[derive(Serialize)]
struct ReasonView {
    text: Html,
    /// The replies to the themes that led to it.
    themes: Vec<Link>,
}

/// Language of authors' texts that have only one; `None` where it is the page's own.
pub(super) fn foreign_language(page: PageContext<'_>) -> Option<String> {
    let first = page.site.settings.languages.first()?;
    (first != page.code()).then(|| first.clone())
}

/// The page of the draft.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let drafts = &consultation.questionnaire.drafts;
    let sections = drafts.iter().flat_map(|draft| &draft.sections);
    let sections = sections
        .map(|section| section_view(page, consultation, section))
        .collect();
    let introduction = drafts.iter().map(|draft| block(&draft.introduction)).collect();
    let links = [
        (Chapter::Questions, "consultation.read_questions"),
        (Chapter::Results, "consultation.read_results"),
        (Chapter::Adopted, "consultation.read_adopted"),
    ];
    let view = view(page, consultation, (introduction, sections, Vec::new()), &links);
    finished(page, consultation, "draft", &view)
}

/// The page of the adopted text; `None` before it is published.
pub(super) fn adopted(page: PageContext<'_>, consultation: &Consultation) -> Option<PageContent> {
    let outcomes = page.site.outcomes(&consultation.id)?;
    let adopted = outcomes.adopted.as_ref()?;
    let drafts = &consultation.questionnaire.drafts;
    let before = |id: &str| drafts.iter().find_map(|draft| draft.section(id));
    let sections = adopted.sections.iter().map(|section| {
        let decision = decision(page, consultation, outcomes, before(&section.id), Some(section));
        // Of the heading of a chapter there is nothing to tell unless it was changed.
        let is_told = decision.fate != "kept" || !section.body.is_empty();
        SectionView {
            decision: is_told.then_some(decision),
            ..section_view(page, consultation, section)
        }
    });
    let mut sections: Vec<SectionView> = sections.collect();
    let is_removed = |section: &&Section| adopted.section(&section.id).is_none();
    let removed = drafts.iter().flat_map(|draft| &draft.sections).filter(is_removed);
    let mut removed: Vec<SectionView> = removed
        .map(|section| SectionView {
            level: 3,
            heading: section.title.clone(),
            decision: Some(decision(page, consultation, outcomes, Some(section), None)),
            body: Html::default(),
            ..section_view(page, consultation, section)
        })
        .collect();
    for section in sections.iter_mut().chain(&mut removed) {
        section.question = None;
    }
    if drafts.is_empty() {
        for section in &mut sections {
            section.decision = None;
        }
    }
    let links = [
        (Chapter::Draft, "consultation.read_draft"),
        (Chapter::Results, "consultation.read_results"),
        (Chapter::Replies, "consultation.read_replies"),
    ];
    let introduction = block(&adopted.introduction);
    let summary = (!drafts.is_empty()).then(|| summary(page, &sections, &removed));
    let view = DraftView {
        summary,
        ..view(page, consultation, (introduction, sections, removed), &links)
    };
    Some(finished(page, consultation, "adopted", &view))
}

fn view(
    page: PageContext<'_>,
    consultation: &Consultation,
    (introduction, sections, removed): (String, Vec<SectionView>, Vec<SectionView>),
    links: &[(Chapter, &str)],
) -> DraftView {
    let heading = |section: &SectionView| Heading {
        id: section.id.clone(),
        title: section.heading.clone(),
        level: 2,
    };
    let title = consultation.title.in_language(page.code());
    let links = links
        .iter()
        .filter_map(|(part, word)| chapter(page, consultation, *part, word));
    DraftView {
        consultation: page.link(title, &Reference::Consultation(consultation.id.clone())),
        standing: consultation_state::state_view(page, consultation),
        language: foreign_language(page),
        introduction: Html(introduction),
        summary: None,
        contents: sections
            .iter()
            .filter(|section| section.level == 2)
            .map(heading)
            .collect(),
        sections,
        removed,
        links: links.collect(),
    }
}

fn finished(page: PageContext<'_>, consultation: &Consultation, name: &str, view: &DraftView) -> PageContent {
    let title = consultation.title.in_language(page.code());
    let description = page.fill(&format!("draft.about.{name}"), &[("title", title)]);
    let of_sections = view.sections.iter().filter_map(|section| section.evidence.as_ref());
    let sample = consultation.sample || of_sections.into_iter().any(FoldedEvidence::shows_sample);
    let title = chapter_title(page, consultation, name);
    PageContent::new(title, Some(description), sample, view)
}

/// A section with its evidence, the questions about it and what was answered.
fn section_view(page: PageContext<'_>, consultation: &Consultation, section: &Section) -> SectionView {
    let is_about = |step: &&Step| step.section.as_ref().is_some_and(|about| about.id == section.id);
    let step = consultation.questionnaire.steps.iter().find(is_about);
    let is_open = consultation_state::state_of(page, consultation).is_open();
    let first_question = step.and_then(|step| step.questions.first()).filter(|_| is_open);
    let question = first_question.map(|question| Link {
        title: page.fill("draft.answer", &[("section", &section.heading())]),
        ..consultation_state::question(page, consultation, question)
    });
    let results = ResultsContext::new(page, consultation).zip(step);
    SectionView {
        id: anchor(page, section),
        heading: section.heading(),
        level: (section.depth + 1).min(6),
        body: Html(block(&section.body)),
        evidence: folded_evidence(page, &section.evidence, false),
        question: question.filter(|link| !link.href.starts_with('#')),
        results: results
            .map(|(context, step)| section_result(context, step))
            .unwrap_or_default(),
        decision: None,
    }
}

/// The anchor of a section, on the page of the draft and on that of the adopted text.
pub(super) fn anchor(page: PageContext<'_>, section: &Section) -> String {
    format!("{}-{}", page.word("anchor.section"), section.id)
}

/// What the decision did with a section of the draft, or of the adopted text.
fn decision(
    page: PageContext<'_>,
    consultation: &Consultation,
    outcomes: &Outcomes,
    before: Option<&Section>,
    after: Option<&Section>,
) -> DecisionView {
    let words_of = |section: Option<&Section>| section.map(|section| paragraphs(&section.body)).unwrap_or_default();
    let changed = changed_paragraphs(&words_of(before), &words_of(after));
    let heading = match (before, after) {
        (Some(before), Some(after)) if before.title != after.title => words(&before.title, &after.title),
        _ => Vec::new(),
    };
    let fate = match (before, after) {
        (None, _) => "new",
        (_, None) => "removed",
        _ if changed.is_empty() && heading.is_empty() => "kept",
        _ => "changed",
    };
    // Numbers of the draft mean nothing among those of the adopted text.
    let moved = before.filter(|before| after.is_none_or(|after| after.number != before.number));
    let word = page.word(&format!("draft.fate.{fate}"));
    let word = moved.map_or_else(
        || word.to_owned(),
        |before| page.fill("draft.moved", &[("fate", word), ("number", &before.number)]),
    );
    let id = before.or(after).map_or("", |section| &section.id);
    let is_about = |change: &&Change| change.section.as_ref().is_some_and(|(section, _)| section == id);
    let reason = |change: &Change| ReasonView {
        text: Html(inline(change.reason.in_language(page.code()))),
        themes: change
            .themes
            .iter()
            .map(|(theme, _)| theme_link_by_id(page, consultation, theme))
            .collect(),
    };
    DecisionView {
        fate,
        word,
        heading,
        paragraphs: if fate == "new" { Vec::new() } else { changed },
        reasons: outcomes.changes.iter().filter(is_about).map(reason).collect(),
    }
}

/// How many sections were changed, are new and were removed, in one sentence.
fn summary(page: PageContext<'_>, sections: &[SectionView], removed: &[SectionView]) -> String {
    let count = |fate: &str| {
        let decisions = sections.iter().filter_map(|section| section.decision.as_ref());
        decisions.filter(|decision| decision.fate == fate).count().to_string()
    };
    page.fill(
        "draft.summary",
        &[
            ("kept", &count("kept")),
            ("changed", &count("changed")),
            ("new", &count("new")),
            ("removed", &removed.len().to_string()),
        ],
    )
}
