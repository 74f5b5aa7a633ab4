//! `data/site.yaml`: the settings of a site: its names, places and languages, its menus, its accessibility statement, its
//! older editions.
//!
//! Takes YAML; gives [`Settings`]. Whether the pages of the menus exist is [`crate::bind`]'s to report.

use super::base_url::base_url_fault;
use super::ids::{id_fault, is_id, unique};
use super::values::{day, group, place};
use super::yaml::Node;
use crate::finding::{Code, Finding};
use crate::model::{Accessibility, Edition, Level, PlaceId, Places, Settings, Text};

/// The folder of answers, where the settings name no other.
pub(super) const ANSWERS: &str = "data/answers";

pub(super) fn read(node: &Node<'_>, places: &Places) -> Option<Settings> {
    let mut fields = node.fields()?;
    let title = fields.required("title", Node::text);
    let full_title = title.clone().unwrap_or_default();
    let languages: Vec<String> = fields.list("languages", Node::string);
    let (publisher, publisher_email, publisher_url) = fields.optional("publisher", publisher).unwrap_or_default();
    let base_url = fields.optional("base_url", base_url).unwrap_or_default();
    let settings = Settings {
        short_title: fields.text_or("short_title", &full_title),
        title: full_title,
        description: fields.text("description"),
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
            .optional("theme", Node::string)
            .unwrap_or_else(|| "base".to_owned()),
        period: fields.optional("period", years),
        home: fields.optional("home", |node| place(node, places)),
        country: fields.optional("country", |node| place(node, places)),
        peers: fields.optional("peers", |node| group(node, places)),
        publisher,
        publisher_email,
        publisher_url,
        notice: fields.text("notice"),
        navigation: fields.list("navigation", Node::reference),
        footer: fields.list("footer", Node::reference),
        accessibility: fields.optional("accessibility", accessibility).unwrap_or_default(),
        place_pages: fields.list("place_pages", |node| place_pages(node, places)),
        answers: fields
            .optional("answers", Node::reference)
            .unwrap_or_else(|| (ANSWERS.to_owned(), node.origin.clone())),
        indicator_pages: fields.optional("indicator_pages", Node::truth).unwrap_or(true),
        files: fields.list("files", Node::reference),
        note_above_percent: fields.optional("revisions", note_above_percent),
        case_number: fields.string("case_number"),
        editions: fields.find("editions").map(|node| editions(&node)).unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    title.map(|_| settings)
}

/// The address of the site; nothing where none is written.
fn base_url(node: &Node<'_>) -> Option<String> {
    let address = node.scalar()?;
    if let Some(problem) = base_url_fault(&address).filter(|_| !address.is_empty()) {
        let shown = address.escape_debug().to_string();
        let finding = node.finding(Code::SiteBaseUrl).with("value", shown);
        node.report(finding.with_message("problem", problem));
        return None;
    }
    Some(address)
}

/// Earlier editions, in the order they are written.
pub(super) fn editions(node: &Node<'_>) -> Vec<Edition> {
    let editions = node.list(edition).unwrap_or_default();
    let ids = editions.iter().map(|edition| (&*edition.id, edition.origin.at("id")));
    unique(ids, node.log());
    editions
}

fn edition(node: &Node<'_>) -> Option<Edition> {
    let mut fields = node.fields()?;
    let id = fields.required("id", id);
    let title = fields.required("title", Node::text);
    let date = fields.required("date", day);
    let archive = fields.required("archive", Node::reference);
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
    node.report(id_fault(Code::EditionId, "value", &id, node.origin.clone()));
    None
}

/// Name, address of e-mail, address of the web site.
fn publisher(node: &Node<'_>) -> Option<(Text, String, String)> {
    let mut fields = node.fields()?;
    let name = fields.required("name", Node::text).unwrap_or_default();
    let (email, url) = (fields.string("email"), fields.string("url"));
    fields.done();
    Some((name, email, url))
}

/// The size of a revision, in per cent, above which it needs a note.
fn note_above_percent(node: &Node<'_>) -> Option<f64> {
    let mut fields = node.fields()?;
    let percent = fields.required("note_above_percent", |node| {
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
    let mut year = |key| i32::try_from(fields.required(key, Node::count)?).ok();
    let (from, to) = (year("from"), year("to"));
    let origin = fields.origin.clone();
    fields.done();
    let (from, to) = (from?, to?);
    if to < from {
        let finding = Finding::new(Code::PeriodOrder, origin.at("to"));
        node.report(finding.with("from", from).with("to", to));
        return None;
    }
    Some((from, to))
}

fn accessibility(node: &Node<'_>) -> Option<Accessibility> {
    let mut fields = node.fields()?;
    let statuses = &[("full", "full"), ("partial", "partial"), ("none", "none")];
    let statement = Accessibility {
        status: fields
            .required("status", |node| node.choice(statuses))
            .unwrap_or_default()
            .to_owned(),
        tested: fields.string("tested"),
        method: fields.text("method"),
        contact: fields.text("contact"),
        supervisor: fields.text("supervisor"),
        shortcomings: fields.list("shortcomings", Node::text),
    };
    fields.done();
    Some(statement)
}

fn place_pages(node: &Node<'_>, places: &Places) -> Option<(Level, Option<PlaceId>)> {
    let mut fields = node.fields()?;
    let level = fields.required("level", |node| node.choice(Level::NAMES));
    let parent = fields.optional("parent", |node| place(node, places));
    fields.done();
    Some((level?, parent))
}
