//! All surveys and consultations, by state: those that can be answered first, made-up ones apart.

use crate::model::{Consultation, ConsultationKind, Layout};
use crate::render::report::Standpoint;
use crate::render::routes::{Chapter, Reference};
use crate::render::standing::{self, Standing, chapter};
use crate::render::view::{Heading, Html, Link};
use crate::render::{feed, prose};
use crate::survey::State;
use minijinja::{Value, context};
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
    standing: Standing,
    /// Its questions, results and replies, and its last day for the calendar.
    links: Vec<Link>,
}

/// The list.
pub(in crate::render::pages) fn list(standpoint: Standpoint<'_>) -> (Value, bool) {
    let all = standpoint.site().consultations();
    let (samples, real): (Vec<&Consultation>, Vec<&Consultation>) = all.iter().partition(|it| it.sample);
    let group = |(name, states): (&str, &[State])| {
        let within = real
            .iter()
            .copied()
            .filter(|it| states.contains(&standing::state_of(standpoint, it)));
        Group {
            id: format!("{}-{name}", standpoint.word("anchor.consultations")),
            title: standpoint.word(&format!("consultation.group.{name}")).to_owned(),
            entries: entries(standpoint, within),
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
        contents => crate::theme::template_value(contents),
        groups => crate::theme::template_value(groups),
        samples => crate::theme::template_value(entries(standpoint, samples.into_iter())),
        feed => feed::route(standpoint.report, standpoint.language).map(|route| standpoint.way(&route)),
    };
    (view, false)
}

/// Those with the nearest last day first, then by title.
fn entries<'a>(standpoint: Standpoint<'_>, all: impl Iterator<Item = &'a Consultation>) -> Vec<Entry> {
    let mut all: Vec<&Consultation> = all.collect();
    all.sort_by_key(|it| (it.dates.closes.is_none(), it.dates.closes, it.id.as_str()));
    all.into_iter().filter_map(|it| entry(standpoint, it)).collect()
}

fn entry(standpoint: Standpoint<'_>, it: &Consultation) -> Option<Entry> {
    let code = standpoint.code();
    let standing = standing::standing(standpoint, it);
    let chapters = [
        (Chapter::Questions, Layout::Questions),
        (Chapter::Results, Layout::Results),
        (Chapter::Replies, Layout::Replies),
    ];
    let links = chapters
        .into_iter()
        .filter_map(|(part, layout)| chapter(standpoint, it, part, &format!("consultation.chapter.{}", layout.name())));
    let calendar = (standing.awaited && it.dates.closes.is_some() && !it.sample).then(|| Link {
        title: standpoint.word("consultation.calendar").to_owned(),
        href: standpoint.way(&super::calendar_route(standpoint, it)),
        note: None,
    });
    let kind = match it.kind {
        ConsultationKind::Survey => "survey",
        ConsultationKind::Consultation => "consultation",
    };
    Some(Entry {
        id: it.id.clone(),
        title: it.title.in_language(code).to_owned(),
        href: standpoint.href(&Reference::Consultation(it.id.clone()))?,
        kind: standpoint.word(&format!("consultation.kind.{kind}")).to_owned(),
        description: Html(prose::inline(it.description.in_language(code))),
        standing,
        links: links.chain(calendar).collect(),
    })
}
