//! `data/areas.yaml`, `data/codebooks/ID.yaml` and `data/outcomes/ID.yaml`: what is up for discussion, what answers are
//! sorted under, and what came of them.

use super::consultation::{day, evidence, name, named};
use super::{document, is_id, text, text_at, unique, yaml::Node};
use crate::finding::Log;
use crate::model::{Area, Change, Cluster, Codebook, Outcome, Outcomes, Position, Reply, Stance, Theme};
use crate::source::Snapshot;

/// Development areas; none where there is no file.
pub(super) fn areas(snapshot: &Snapshot, log: &Log) -> Vec<Area> {
    snapshot
        .find("data/areas.yaml")
        .and_then(|file| document(file, log, all_areas))
        .unwrap_or_default()
}

pub(super) fn all_areas(node: &Node<'_>) -> Option<Vec<Area>> {
    let mut fields = node.fields()?;
    let areas: Vec<Area> = fields.list("areas", area);
    fields.done();
    unique(
        areas.iter().map(|area| (area.id.as_str(), area.origin.at("id"))),
        node.log(),
    );
    Some(areas)
}

fn area(node: &Node<'_>) -> Option<Area> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let called = fields.require("name").and_then(|node| text(&node));
    let description = text_at(&mut fields, "description");
    let indicators = fields.list("indicators", name);
    let page = named(&mut fields, "page");
    fields.done();
    let id = id.filter(|id| is_id(id))?;
    Some(Area {
        id,
        name: called?,
        description,
        indicators,
        page,
        origin: node.origin.clone(),
    })
}

pub(super) fn codebook(node: &Node<'_>, id: &str) -> Option<Codebook> {
    let mut fields = node.fields()?;
    let codebook = Codebook {
        id: id.to_owned(),
        description: text_at(&mut fields, "description"),
        clusters: fields
            .require("clusters")
            .and_then(|node| node.list(cluster))
            .unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    unique(
        codebook
            .themes()
            .map(|theme| (theme.id.as_str(), theme.origin.at("id"))),
        node.log(),
    );
    Some(codebook)
}

fn cluster(node: &Node<'_>) -> Option<Cluster> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let called = fields.require("name").and_then(|node| text(&node));
    let meaning = text_at(&mut fields, "meaning");
    let question = named(&mut fields, "question");
    let page = named(&mut fields, "page");
    let themes = fields
        .require("themes")
        .and_then(|node| node.list(theme))
        .unwrap_or_default();
    fields.done();
    Some(Cluster {
        id: id?,
        name: called?,
        meaning,
        question,
        page,
        themes,
    })
}

fn theme(node: &Node<'_>) -> Option<Theme> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let called = fields.require("name").and_then(|node| text(&node));
    let definition = text_at(&mut fields, "definition");
    let evidence = fields
        .find("about")
        .and_then(|node| evidence(&node))
        .unwrap_or_default();
    fields.done();
    Some(Theme {
        id: id?,
        name: called?,
        definition,
        evidence,
        origin: node.origin.clone(),
    })
}

pub(super) fn outcomes(node: &Node<'_>, consultation: &str) -> Option<Outcomes> {
    let mut fields = node.fields()?;
    let outcomes = Outcomes {
        consultation: consultation.to_owned(),
        summary: text_at(&mut fields, "summary"),
        replies: fields.list("replies", reply),
        positions: fields.list("positions", position),
        changes: fields.list("changes", change),
        origin: node.origin.clone(),
    };
    fields.done();
    unique(
        outcomes
            .replies
            .iter()
            .map(|reply| (reply.theme.as_str(), reply.origin.at("theme"))),
        node.log(),
    );
    Some(outcomes)
}

fn reply(node: &Node<'_>) -> Option<Reply> {
    let mut fields = node.fields()?;
    let theme = fields.require("theme").and_then(|node| node.string());
    let outcome = fields.require("outcome").and_then(|node| node.choice(Outcome::NAMES));
    let mut told = |key| text_at(&mut fields, key);
    let (views, assessment, reason) = (told("said"), told("assessment"), told("reason"));
    let (place, responsible) = (told("place"), told("responsible"));
    let date = fields.find("date").and_then(|node| day(&node));
    fields.done();
    let origin = node.origin.clone();
    Some(Reply {
        theme: theme?,
        views,
        assessment,
        outcome: outcome?,
        reason,
        place,
        responsible,
        date,
        origin,
    })
}

fn position(node: &Node<'_>) -> Option<Position> {
    let mut fields = node.fields()?;
    let body = fields.require("body").and_then(|node| node.string());
    let stance = fields.find("stance").and_then(|node| node.choice(Stance::NAMES));
    let summary = text_at(&mut fields, "summary");
    let reply = text_at(&mut fields, "reply");
    let themes = fields.list("themes", name);
    fields.done();
    Some(Position {
        body: body?,
        stance,
        summary,
        reply,
        themes,
        origin: node.origin.clone(),
    })
}

fn change(node: &Node<'_>) -> Option<Change> {
    let mut fields = node.fields()?;
    let mut told = |key| text_at(&mut fields, key);
    let (place, draft, decided) = (told("place"), told("draft"), told("decided"));
    let themes = fields.list("themes", name);
    fields.done();
    Some(Change {
        place,
        draft,
        decided,
        themes,
    })
}
