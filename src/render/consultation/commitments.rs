//! Commitments after a decision: status, last day, the indicator that should move, and what has happened.

use crate::model::{Commitment, CommitmentStatus, Consultation};
use crate::page::consultation_state::{chapter, day};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Evidence, Html, Link};
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::draft;
use crate::render::consultation::question_evidence::figures;
use crate::render::consultation::themes::theme_link_by_id;
use serde::Serialize;

/// All commitments, for `commitments.html`.
#[derive(Serialize)]
struct CommitmentsView {
    /// The consultation's own page; `None` where it has none in this language.
    consultation: Option<Link>,
    /// The adopted text and the replies, as far as they exist.
    links: Vec<Link>,
    /// How many there are and how many of them are late, in one sentence.
    summary: String,
    /// How many have each status; a status that none has is left out.
    counts: Vec<StatusCount>,
    /// Commitments in the order written.
    commitments: Vec<CommitmentView>,
    /// The day of the build, in words: what is late is late on that day.
    today: String,
}

/// The commitments that have one status.
#[derive(Serialize)]
struct StatusCount {
    /// The status as data files name it, for drawings and style sheets.
    status: &'static str,
    /// The status and its number: "Klart: 2".
    text: String,
}

/// A commitment.
#[derive(Serialize)]
struct CommitmentView {
    /// Anchor.
    id: String,
    text: Html,
    /// The status as data files name it.
    status: &'static str,
    /// The status in words.
    word: String,
    /// Since when it is late, as a sentence; `None` where it is not.
    late: Option<String>,
    responsible: String,
    /// Last day, in words.
    due: String,
    /// The indicator with its newest value and direction; empty without one.
    evidence: Vec<Evidence>,
    /// Section of the adopted text and replies to themes that it comes from.
    sources: Vec<Link>,
    /// News, newest first.
    history: Vec<NewsView>,
}

/// News of a commitment.
#[derive(Serialize)]
struct NewsView {
    /// `2026-09-01`.
    date: String,
    /// The day in words.
    day: String,
    status: String,
    note: Html,
}

/// The page of commitments; `None` where there are none.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> Option<PageContent> {
    let commitments = &page.site.outcomes(&consultation.id)?.commitments;
    let title = consultation.title.in_language(page.code());
    let links = [
        (Chapter::Adopted, "consultation.read_adopted"),
        (Chapter::Replies, "consultation.read_replies"),
    ];
    let late = commitments
        .iter()
        .filter(|commitment| commitment.is_late(page.report.today))
        .count();
    let (n, late) = (commitments.len().to_string(), late.to_string());
    let commitments_view: Vec<CommitmentView> = commitments
        .iter()
        .map(|commitment| view(page, consultation, commitment))
        .collect();
    let sample = consultation.sample
        || commitments_view
            .iter()
            .flat_map(|one| &one.evidence)
            .any(|figure| figure.sample);
    let view = CommitmentsView {
        consultation: page.link(title, &Reference::Consultation(consultation.id.clone())),
        links: links
            .iter()
            .filter_map(|(part, word)| chapter(page, consultation, *part, word))
            .collect(),
        summary: page.fill("commitment.summary", &[("n", &n), ("late", &late)]),
        counts: CommitmentStatus::NAMES
            .iter()
            .filter_map(|(_, status)| count(page, commitments, *status))
            .collect(),
        commitments: commitments_view,
        today: day(page.locale, page.report.today),
    };
    let description = page.fill("commitment.about", &[("title", title)]);
    let title = chapter_title(page, consultation, "commitments");
    Some(PageContent::new(title, Some(description), sample, &view))
}

fn count(page: PageContext<'_>, commitments: &[Commitment], status: CommitmentStatus) -> Option<StatusCount> {
    let n = commitments
        .iter()
        .filter(|commitment| commitment.status() == status)
        .count();
    (n > 0).then(|| StatusCount {
        status: status.name(),
        text: page.fill(
            "commitment.count",
            &[("status", status_word(page, status)), ("n", &n.to_string())],
        ),
    })
}

fn view(page: PageContext<'_>, consultation: &Consultation, commitment: &Commitment) -> CommitmentView {
    let code = page.code();
    let due = day(page.locale, commitment.due);
    let indicators = commitment.indicator.iter().map(|(id, _)| id.as_str());
    let history = commitment.history.iter().rev().map(|news| NewsView {
        date: news.date.to_string(),
        day: day(page.locale, news.date),
        status: status_word(page, news.status).to_owned(),
        note: Html(inline(news.note.in_language(code))),
    });
    let themes = commitment
        .themes
        .iter()
        .map(|(id, _)| theme_link_by_id(page, consultation, id));
    CommitmentView {
        id: anchor(page, commitment),
        text: Html(inline(commitment.text.in_language(code))),
        status: commitment.status().name(),
        word: status_word(page, commitment.status()).to_owned(),
        late: commitment
            .is_late(page.report.today)
            .then(|| page.fill("commitment.late", &[("day", &due)])),
        responsible: commitment.responsible.in_language(code).to_owned(),
        due,
        evidence: figures(page, indicators),
        sources: section_link(page, consultation, commitment)
            .into_iter()
            .chain(themes)
            .collect(),
        history: history.collect(),
    }
}

/// The section of the adopted text that a commitment carries out.
fn section_link(page: PageContext<'_>, consultation: &Consultation, commitment: &Commitment) -> Option<Link> {
    let (id, _) = commitment.section.as_ref()?;
    let section = page.site.outcomes(&consultation.id)?.adopted.as_ref()?.section(id)?;
    let link = chapter(page, consultation, Chapter::Adopted, "consultation.read_adopted")?;
    Some(Link {
        title: section.heading(),
        href: format!("{}#{}", link.href, draft::anchor(page, section)),
        note: None,
    })
}

fn status_word(page: PageContext<'_>, status: CommitmentStatus) -> &str {
    page.word(&format!("commitment.status.{}", status.name()))
}

fn anchor(page: PageContext<'_>, commitment: &Commitment) -> String {
    format!("{}-{}", page.word("anchor.commitment"), commitment.id)
}
