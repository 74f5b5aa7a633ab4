//! `data/site.yaml`: what the site is called, what it is about, how it is laid out.

use super::consultation::day;
use super::{anchor, is_id, place, string_at, text, text_at, unique, yaml::Node};
use crate::finding::Code;
use crate::model::{Accessibility, Edition, Level, PlaceId, Places, Settings, Text};

/// Where answers are kept when nothing else is said.
pub(super) const ANSWERS: &str = "data/answers";

pub(super) fn read(node: &Node<'_>, places: &Places) -> Option<Settings> {
    let mut fields = node.fields()?;
    let title = fields.require("title").and_then(|node| text(&node));
    let short_title = text_at(&mut fields, "short_title");
    let languages: Vec<String> = fields.list("languages", Node::string);
    let publisher = fields
        .find("publisher")
        .and_then(|node| publisher(&node))
        .unwrap_or_default();
    let accessibility = fields
        .find("accessibility")
        .and_then(|node| accessibility(&node))
        .unwrap_or_default();
    let base_url = string_at(&mut fields, "base_url");
    let settings = Settings {
        short_title: if short_title.is_empty() {
            title.clone().unwrap_or_default()
        } else {
            short_title
        },
        title: title.clone().unwrap_or_default(),
        description: text_at(&mut fields, "description"),
        base_url: if base_url.is_empty() || base_url.ends_with('/') {
            base_url
        } else {
            base_url + "/"
        },
        languages: if languages.is_empty() {
            vec!["sv".to_owned()]
        } else {
            languages
        },
        theme: fields
            .find("theme")
            .and_then(|node| node.string())
            .unwrap_or_else(|| "base".to_owned()),
        period: fields.find("period").and_then(|node| years(&node)),
        home: fields.find("home").and_then(|node| place(&node, places)),
        country: fields.find("country").and_then(|node| place(&node, places)),
        peers: fields.find("peers").and_then(|node| group(&node, places)),
        publisher: publisher.0,
        publisher_email: publisher.1,
        publisher_url: publisher.2,
        notice: text_at(&mut fields, "notice"),
        navigation: fields.list("navigation", |node| Some((node.string()?, node.origin.clone()))),
        footer: fields.list("footer", |node| Some((node.string()?, node.origin.clone()))),
        accessibility,
        place_pages: fields.list("place_pages", |node| place_pages(node, places)),
        answers: fields
            .find("answers")
            .and_then(|node| Some((node.string()?, node.origin.clone())))
            .unwrap_or_else(|| (ANSWERS.to_owned(), node.origin.clone())),
        indicator_pages: fields
            .find("indicator_pages")
            .and_then(|node| node.truth())
            .unwrap_or(true),
        note_above_percent: fields.find("revisions").and_then(|node| note_above_percent(&node)),
        case_number: string_at(&mut fields, "case_number"),
        editions: fields.find("editions").map(|node| editions(&node)).unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    title.map(|_| settings)
}

/// Earlier editions, in the order they are written.
pub(super) fn editions(node: &Node<'_>) -> Vec<Edition> {
    let editions = node.list(edition).unwrap_or_default();
    unique(
        editions
            .iter()
            .map(|edition| (edition.id.as_str(), edition.origin.at("id"))),
        node.log(),
    );
    editions
}

fn edition(node: &Node<'_>) -> Option<Edition> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| id(&node));
    let title = fields.require("title").and_then(|node| text(&node));
    let date = fields.require("date").and_then(|node| day(&node));
    let archive = fields
        .require("archive")
        .and_then(|node| Some((node.string()?, node.origin.clone())));
    fields.done();
    Some(Edition {
        id: id?,
        title: title?,
        date: date?,
        archive: archive?,
        origin: node.origin.clone(),
    })
}

/// An id that can be the name of a folder.
fn id(node: &Node<'_>) -> Option<String> {
    let id = node.string()?;
    if is_id(&id) {
        return Some(id);
    }
    let finding = node.finding(Code::EditionId).with("value", &id);
    let near = anchor(&id);
    node.report(if near.is_empty() {
        finding
    } else {
        finding.with("near", near)
    });
    None
}

fn publisher(node: &Node<'_>) -> Option<(Text, String, String)> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node)).unwrap_or_default();
    let found = (name, string_at(&mut fields, "email"), string_at(&mut fields, "url"));
    fields.done();
    Some(found)
}

/// From how large a revision on a note is wanted. Less than nothing is not a size.
fn note_above_percent(node: &Node<'_>) -> Option<f64> {
    let mut fields = node.fields()?;
    let percent = fields.require("note_above_percent").and_then(|node| {
        let percent = node.number()?;
        if percent < 0.0 {
            node.report(node.finding(Code::NumberRange).with("from", 0).with("to", 1000));
        }
        (percent >= 0.0).then_some(percent)
    });
    fields.done();
    percent
}

fn years(node: &Node<'_>) -> Option<(i32, i32)> {
    let mut fields = node.fields()?;
    let mut year = |key| {
        fields
            .require(key)
            .and_then(|node| node.count())
            .and_then(|year| i32::try_from(year).ok())
    };
    let (from, to) = (year("from"), year("to"));
    fields.done();
    Some((from?, to?))
}

/// A group of places by id.
pub(super) fn group(node: &Node<'_>, places: &Places) -> Option<String> {
    let id = node.string()?;
    if places.group(&id).is_none() {
        let known = places.groups.iter().map(|group| group.id.as_str());
        node.report(node.finding(Code::UnknownGroup).with("value", &id).near(&id, known));
        return None;
    }
    Some(id)
}

fn accessibility(node: &Node<'_>) -> Option<Accessibility> {
    let mut fields = node.fields()?;
    let statuses = &[("full", "full"), ("partial", "partial"), ("none", "none")];
    let found = Accessibility {
        status: fields
            .require("status")
            .and_then(|node| node.choice(statuses))
            .unwrap_or_default()
            .to_owned(),
        tested: string_at(&mut fields, "tested"),
        method: text_at(&mut fields, "method"),
        contact: text_at(&mut fields, "contact"),
        supervisor: text_at(&mut fields, "supervisor"),
        shortcomings: fields.list("shortcomings", text),
    };
    fields.done();
    Some(found)
}

fn place_pages(node: &Node<'_>, places: &Places) -> Option<(Level, Option<PlaceId>)> {
    let mut fields = node.fields()?;
    let level = fields.require("level").and_then(|node| node.choice(Level::NAMES));
    let parent = fields.find("parent").and_then(|node| place(&node, places));
    fields.done();
    Some((level?, parent))
}
