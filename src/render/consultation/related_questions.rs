//! What has been asked about an indicator or a page: questions, themes, and the way to answers and replies.
//!
//! Takes the site's consultations; gives links, so that one can go from a figure to the questions about it, from there to
//! the answers and to what came of them, and back. Consultations with made-up answers are left out: they lead to figures,
//! and figures do not lead to them.

use crate::model::{Codebook, Consultation, Evidence, Question, Theme};
use crate::page::consultation_state;
use crate::page::consultation_state::ConsultationState;
use crate::page::context::PageContext;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::Link;
use serde::Serialize;

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'a> {
    /// An indicator, by id.
    Indicator(&'a str),
    /// A page, by id.
    Page(&'a str),
}

/// A consultation that asks about it.
#[derive(Debug, Serialize)]
pub(crate) struct Asked {
    pub(crate) title: String,
    pub(crate) href: String,
    standing: ConsultationState,
    pub(crate) questions: Vec<Link>,
    /// Themes of the answers, each with what came of it as its note.
    themes: Vec<Link>,
    results: Option<Link>,
    replies: Option<Link>,
}

/// Consultations with a question or a theme about this, in the order of their ids.
pub(crate) fn asked(page: PageContext<'_>, subject: Subject<'_>) -> Vec<Asked> {
    let real = page.site.consultations.iter().filter(|it| !it.sample);
    real.filter_map(|it| one(page, it, subject)).collect()
}

fn one(page: PageContext<'_>, consultation: &Consultation, subject: Subject<'_>) -> Option<Asked> {
    let code = page.code();
    let href = page.href(&Reference::Consultation(consultation.id.clone()))?;
    let touches = |evidence: &Evidence| touches(page, evidence, subject);
    let is_about = |question: &&Question| evidence_of(question).any(touches);
    let questions: Vec<Link> = consultation
        .questionnaire
        .questions()
        .filter(is_about)
        .map(|question| consultation_state::question(page, consultation, question))
        .collect();
    let codebook = consultation
        .codebook
        .as_ref()
        .and_then(|(id, _)| page.site.codebook(id));
    let themes = codebook.into_iter().flat_map(Codebook::themes);
    let about: Vec<&Theme> = themes.filter(|theme| touches(&theme.evidence)).collect();
    if questions.is_empty() && about.is_empty() {
        return None;
    }
    Some(Asked {
        title: consultation.title.in_language(code).to_owned(),
        href,
        standing: consultation_state::state_view(page, consultation),
        questions,
        themes: about.into_iter().map(|it| theme(page, consultation, it)).collect(),
        results: consultation_state::chapter(page, consultation, Chapter::Results, "consultation.chapter.results"),
        replies: consultation_state::chapter(page, consultation, Chapter::Replies, "consultation.chapter.replies"),
    })
}

/// A theme, with the way to its reply if there is one, else to where it is explained; the note is what came of it.
pub(crate) fn theme(page: PageContext<'_>, consultation: &Consultation, theme: &Theme) -> Link {
    let replies = page.site.outcomes(&consultation.id);
    let reply = replies.and_then(|outcomes| outcomes.replies.iter().find(|reply| reply.theme == theme.id));
    let href = reply
        .and_then(|_| consultation_state::chapter(page, consultation, Chapter::Replies, "consultation.chapter.replies"))
        .map(|link| link.href)
        .or_else(|| page.href(&Reference::Consultation(consultation.id.clone())));
    let outcome = reply.map(|reply| page.word(&format!("consultation.outcome.{}", reply.outcome.name())));
    Link {
        title: theme.name.in_language(page.code()).to_owned(),
        href: href.map_or_else(String::new, |href| format!("{href}#{}", theme_anchor(page, &theme.id))),
        note: outcome.map(ToOwned::to_owned),
    }
}

/// Where a theme stands on the pages that tell of it.
pub(crate) fn theme_anchor(page: PageContext<'_>, theme: &str) -> String {
    format!("{}-{theme}", page.word("anchor.theme"))
}

/// The evidence of a question and of everything that is chosen, judged or ordered in it.
fn evidence_of(question: &Question) -> impl Iterator<Item = &Evidence> {
    let items = question.kind.rows().iter().chain(question.kind.options());
    std::iter::once(&question.evidence).chain(items.map(|item| &item.evidence))
}

/// Whether the evidence names it, itself or through a development area.
fn touches(page: PageContext<'_>, evidence: &Evidence, subject: Subject<'_>) -> bool {
    let area = evidence.area.as_ref().and_then(|(id, _)| page.site.area(id));
    match subject {
        Subject::Indicator(id) => {
            let of_area = area.into_iter().flat_map(|area| &area.indicators);
            evidence.indicators.iter().chain(of_area).any(|(own, _)| own == id)
        }
        Subject::Page(id) => {
            let of_area = area.and_then(|area| area.page.as_ref());
            evidence
                .page
                .iter()
                .chain(of_area)
                .any(|(own, _)| own.split('#').next() == Some(id))
        }
    }
}
