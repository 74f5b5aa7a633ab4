//! Questions and themes about an indicator or a page, with links to results and replies.
//!
//! Readers go from a figure to the questions about it, to the answers, to what came of them, and back. Made-up
//! consultations are left out: they lead to figures, and figures do not lead to them.

use crate::model::{Codebook, Consultation, Evidence, Question, Theme};
use crate::page::consultation_state;
use crate::page::consultation_state::ConsultationState;
use crate::page::context::PageContext;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::Link;
use serde::Serialize;

/// A thing that questions can be about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum QuestionSubject<'a> {
    /// An indicator, by id.
    Indicator(&'a str),
    /// A page, by id.
    Page(&'a str),
}

/// A consultation with questions or themes about the subject.
#[derive(Debug, Serialize)]
pub(crate) struct RelatedConsultation {
    pub(crate) title: String,
    pub(crate) href: String,
    standing: ConsultationState,
    pub(crate) questions: Vec<Link>,
    /// Themes of the answers; the note of each is its outcome.
    themes: Vec<Link>,
    /// `None` before there are results, or replies.
    results: Option<Link>,
    replies: Option<Link>,
}

/// Consultations with a question or a theme about the subject, in the order of their ids.
pub(crate) fn related_consultations(page: PageContext<'_>, subject: QuestionSubject<'_>) -> Vec<RelatedConsultation> {
    let real = page
        .site
        .consultations
        .iter()
        .filter(|consultation| !consultation.sample);
    real.filter_map(|consultation| related_consultation(page, consultation, subject))
        .collect()
}

fn related_consultation(
    page: PageContext<'_>,
    consultation: &Consultation,
    subject: QuestionSubject<'_>,
) -> Option<RelatedConsultation> {
    let code = page.code();
    let href = page.href(&Reference::Consultation(consultation.id.clone()))?;
    let names_subject = |evidence: &Evidence| names_subject(page, evidence, subject);
    let is_about = |question: &&Question| evidence_of(question).any(names_subject);
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
    let themes: Vec<Link> = themes
        .filter(|theme| names_subject(&theme.evidence))
        .map(|theme| theme_link(page, consultation, theme))
        .collect();
    if questions.is_empty() && themes.is_empty() {
        return None;
    }
    Some(RelatedConsultation {
        title: consultation.title.in_language(code).to_owned(),
        href,
        standing: consultation_state::state_view(page, consultation),
        questions,
        themes,
        results: consultation_state::chapter(page, consultation, Chapter::Results, "consultation.chapter.results"),
        replies: consultation_state::chapter(page, consultation, Chapter::Replies, "consultation.chapter.replies"),
    })
}

/// A link to the reply to a theme, else to its definition; the note is its outcome, if there is a reply.
pub(crate) fn theme_link(page: PageContext<'_>, consultation: &Consultation, theme: &Theme) -> Link {
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

/// A theme's anchor, the same on the consultation's own page and on that of replies.
pub(crate) fn theme_anchor(page: PageContext<'_>, theme: &str) -> String {
    format!("{}-{theme}", page.word("anchor.theme"))
}

/// The evidence of a question and of everything that is chosen, judged or ordered in it.
pub(super) fn evidence_of(question: &Question) -> impl Iterator<Item = &Evidence> {
    let items = question.kind.rows().iter().chain(question.kind.options());
    std::iter::once(&question.evidence).chain(items.map(|item| &item.evidence))
}

/// Whether the evidence names the subject, itself or through a development area.
fn names_subject(page: PageContext<'_>, evidence: &Evidence, subject: QuestionSubject<'_>) -> bool {
    let area = evidence.area.as_ref().and_then(|(id, _)| page.site.area(id));
    match subject {
        QuestionSubject::Indicator(id) => {
            let of_area = area.into_iter().flat_map(|area| &area.indicators);
            evidence.indicators.iter().chain(of_area).any(|(other, _)| other == id)
        }
        QuestionSubject::Page(id) => {
            let of_area = area.and_then(|area| area.page.as_ref());
            evidence
                .page
                .iter()
                .chain(of_area)
                .any(|(other, _)| other.split('#').next() == Some(id))
        }
    }
}
