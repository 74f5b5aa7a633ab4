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
use minijinja::context;
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

/// Consultations under a heading.
#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    entries: Vec<Entry>,
}

/// A consultation in the list.
#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    href: String,
    kind: String,
    description: Html,
    standing: ConsultationState,
    /// Its questions, results and replies, and its last day for the calendar.
    links: Vec<Link>,
}

/// The list.
pub(in crate::render) fn list(page: PageContext<'_>) -> PageContent {
    let all = &page.site.consultations;
    let (samples, real): (Vec<&Consultation>, Vec<&Consultation>) = all.iter().partition(|it| it.sample);
    let group = |(name, states): (&str, &[State])| {
        let within = real
            .iter()
            .copied()
            .filter(|it| states.contains(&consultation_state::state_of(page, it)));
        Group {
            id: format!("{}-{name}", page.word("anchor.consultations")),
            title: page.word(&format!("consultation.group.{name}")).to_owned(),
            entries: entries(page, within),
        }
    };
    let groups: Vec<Group> = GROUPS
        .into_iter()
        .map(group)
        .filter(|group| !group.entries.is_empty())
        .collect();
    let heading = |group: &Group| Heading {
        id: group.id.clone(),
        title: group.title.clone(),
        level: 2,
    };
    let contents: Vec<Heading> = groups.iter().map(heading).collect();
    let view = context! {
        contents => crate::theme::shown(contents),
        groups => crate::theme::shown(groups),
        samples => crate::theme::shown(entries(page, samples.into_iter())),
        feed => feed::consultations_route(page.report, page.locale).map(|route| page.href_to(&route)),
    };
    PageContent::of_author_page(page, false, &view)
}

/// Those with the nearest last day first, then by title.
fn entries<'a>(page: PageContext<'_>, all: impl Iterator<Item = &'a Consultation>) -> Vec<Entry> {
    let mut all: Vec<&Consultation> = all.collect();
    all.sort_by_key(|it| (it.dates.closes.is_none(), it.dates.closes, it.id.as_str()));
    all.into_iter().filter_map(|it| entry(page, it)).collect()
}

fn entry(page: PageContext<'_>, it: &Consultation) -> Option<Entry> {
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
    Some(Entry {
        id: it.id.clone(),
        title: it.title.in_language(code).to_owned(),
        href: page.href(&Reference::Consultation(it.id.clone()))?,
        kind: page.word(&format!("consultation.kind.{kind}")).to_owned(),
        description: Html(inline(it.description.in_language(code))),
        standing,
        links: links.chain(calendar).collect(),
    })
}
