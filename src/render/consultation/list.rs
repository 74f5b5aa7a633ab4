//! All surveys and consultations, by state: those that can be answered first, made-up ones apart.

use crate::model::{Consultation, ConsultationKind, Layout};
use crate::page::consultation_state;
use crate::page::consultation_state::{ConsultationState, chapter};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Heading, Html, Link};
use crate::render::updates::feed;
use crate::survey::State;
use serde::Serialize;

/// States that stand under one heading, in the order of the page.
const GROUPS: [(&str, &[State]); 6] = [
    ("open", &[State::Open, State::Extended]),
    ("coming", &[State::Coming]),
    ("closed", &[State::Closed]),
    ("results", &[State::Results]),
    ("decided", &[State::Decided]),
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
    /// Its questions, results and replies, and its last day for the calendar, as far as they exist.
    links: Vec<Link>,
}

/// The page of all surveys and consultations.
pub(in crate::render) fn list(page: PageContext<'_>) -> PageContent {
    let all = &page.site.consultations;
    let (samples, real): (Vec<&Consultation>, Vec<&Consultation>) = all.iter().partition(|it| it.sample);
    let group = |(name, states): (&str, &[State])| {
        let within = real
            .iter()
            .copied()
            .filter(|it| states.contains(&consultation_state::state_of(page, it)));
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

/// Those with the nearest last day first, then by title.
fn entries<'a>(page: PageContext<'_>, all: impl Iterator<Item = &'a Consultation>) -> Vec<ConsultationEntry> {
    let mut all: Vec<&Consultation> = all.collect();
    all.sort_by_key(|it| (it.dates.closes.is_none(), it.dates.closes, it.id.as_str()));
    all.into_iter().filter_map(|it| entry(page, it)).collect()
}

fn entry(page: PageContext<'_>, it: &Consultation) -> Option<ConsultationEntry> {
    let code = page.code();
    let standing = consultation_state::state_view(page, it);
    let chapters = [
        (Chapter::Questions, Layout::Questions),
        (Chapter::Results, Layout::Results),
        (Chapter::Replies, Layout::Replies),
    ];
    let links = chapters
        .into_iter()
        .filter_map(|(part, layout)| chapter(page, it, part, &format!("consultation.chapter.{}", layout.name())));
    let calendar = (standing.awaited && it.dates.closes.is_some() && !it.sample).then(|| Link {
        title: page.word("consultation.calendar").to_owned(),
        href: page.href_to(&crate::render::consultation::calendar_route(page, it)),
        note: None,
    });
    let kind = match it.kind {
        ConsultationKind::Survey => "survey",
        ConsultationKind::Consultation => "consultation",
    };
    Some(ConsultationEntry {
        id: it.id.clone(),
        title: it.title.in_language(code).to_owned(),
        href: page.href(&Reference::Consultation(it.id.clone()))?,
        kind: page.word(&format!("consultation.kind.{kind}")).to_owned(),
        description: Html(inline(it.description.in_language(code))),
        standing,
        links: links.chain(calendar).collect(),
    })
}
