//! The list of all surveys and consultations by state: those that can be answered first, made-up ones apart.

use crate::model::{Consultation, ConsultationKind, Layout};
use crate::page::consultation_state;
use crate::page::consultation_state::{ConsultationState, chapter};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Heading, Html, Link};
use crate::render::consultation::chapters::calendar_route;
use crate::render::consultation::ways::form;
use crate::render::updates::feed;
use crate::survey::State;
use serde::Serialize;

/// States that stand under one heading, in the order of the page.
const GROUPS: [(&str, &[State]); 8] = [
    ("open", &[State::Open, State::Extended]),
    ("coming", &[State::Coming]),
    ("paused", &[State::Paused]),
    ("closed", &[State::Closed]),
    ("results", &[State::Results]),
    ("decided", &[State::Decided]),
    ("ended", &[State::Withdrawn, State::Unanswered]),
    ("archived", &[State::Archived]),
];

/// All surveys and consultations, for `consultations.html`.
#[derive(Serialize)]
struct ConsultationsView {
    /// Headings of the groups, for the table of contents.
    contents: Vec<Heading>,
    /// Consultations by state; a state that none is in is left out.
    groups: Vec<StateGroup>,
    /// Made-up consultations, whatever their state.
    samples: Vec<ConsultationEntry>,
    /// Address of the feed of consultations; `None` where the site has no feed.
    feed: Option<String>,
}

/// Consultations whose states stand under one heading.
#[derive(Serialize)]
struct StateGroup {
    /// Anchor of the heading.
    id: String,
    title: String,
    /// Nearest last day first, then by id; never empty.
    entries: Vec<ConsultationEntry>,
}

/// A consultation in a group.
#[derive(Serialize)]
struct ConsultationEntry {
    id: String,
    title: String,
    /// Address of its own page.
    href: String,
    /// Survey or consultation, in words.
    kind: String,
    /// One sentence; empty where the author has written none.
    description: Html,
    standing: ConsultationState,
    /// Questions, results, replies, and the last day for the calendar, as far as they exist.
    links: Vec<Link>,
    /// The form, while it can be answered here.
    answer: Option<Link>,
}

/// The page of all surveys and consultations.
pub(crate) fn list(page: PageContext<'_>) -> PageContent {
    let (samples, real): (Vec<&Consultation>, Vec<&Consultation>) = page
        .site
        .consultations
        .iter()
        .partition(|consultation| consultation.sample);
    let group = |(name, states): (&str, &[State])| {
        let within = real
            .iter()
            .copied()
            .filter(|consultation| states.contains(&consultation_state::state_of(page, consultation)));
        StateGroup {
            id: format!("{}-{name}", page.word("anchor.consultations")),
            title: page.word(&format!("consultation.group.{name}")).to_owned(),
            entries: entries(page, within),
        }
    };
    let groups: Vec<StateGroup> = GROUPS
        .into_iter()
        .map(group)
        .filter(|group| !group.entries.is_empty())
        .collect();
    let heading = |group: &StateGroup| Heading {
        id: group.id.clone(),
        title: group.title.clone(),
        level: 2,
    };
    let contents: Vec<Heading> = groups.iter().map(heading).collect();
    let view = ConsultationsView {
        contents,
        groups,
        samples: entries(page, samples.into_iter()),
        feed: feed::consultations_route(page.report, page.locale).map(|route| page.href_to(&route)),
    };
    PageContent::of_author_page(page, false, &view)
}

/// Entries with the nearest last day first, then by id.
fn entries<'a>(page: PageContext<'_>, all: impl Iterator<Item = &'a Consultation>) -> Vec<ConsultationEntry> {
    let mut sorted: Vec<&Consultation> = all.collect();
    sorted.sort_by_key(|consultation| {
        let closes = consultation.dates.closes;
        (closes.is_none(), closes, consultation.id.as_str())
    });
    sorted
        .into_iter()
        .filter_map(|consultation| entry(page, consultation))
        .collect()
}

/// The entry of a consultation; `None` where it has no page in this language.
fn entry(page: PageContext<'_>, consultation: &Consultation) -> Option<ConsultationEntry> {
    let code = page.code();
    let standing = consultation_state::state_view(page, consultation);
    let chapters = [
        (Chapter::Draft, Layout::Draft),
        (Chapter::Questions, Layout::Questions),
        (Chapter::Results, Layout::Results),
        (Chapter::Statements, Layout::Statements),
        (Chapter::Replies, Layout::Replies),
        (Chapter::Adopted, Layout::Adopted),
        (Chapter::Commitments, Layout::Commitments),
    ];
    let links = chapters.into_iter().filter_map(|(part, layout)| {
        chapter(
            page,
            consultation,
            part,
            &format!("consultation.chapter.{}", layout.name()),
        )
    });
    let calendar = (standing.awaited && consultation.dates.closes.is_some() && !consultation.sample).then(|| Link {
        title: page.word("consultation.calendar").to_owned(),
        href: page.href_to(&calendar_route(page, consultation)),
        note: None,
    });
    let answer = form(page, consultation, consultation_state::state_of(page, consultation));
    let kind = match consultation.kind {
        ConsultationKind::Survey => "survey",
        ConsultationKind::Consultation => "consultation",
    };
    Some(ConsultationEntry {
        id: consultation.id.clone(),
        title: consultation.title.in_language(code).to_owned(),
        href: page.href(&Reference::Consultation(consultation.id.clone()))?,
        kind: page.word(&format!("consultation.kind.{kind}")).to_owned(),
        description: Html(inline(consultation.description.in_language(code))),
        standing,
        answer,
        links: links.chain(calendar).collect(),
    })
}
