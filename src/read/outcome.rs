//! `data/areas.yaml`, `data/codebooks/ID.yaml` and `data/outcomes/ID.yaml`: development areas, the themes that answers are
//! coded under, and the publisher's replies to them.
//!
//! Takes YAML; gives [`Area`]s, a [`Codebook`], [`Outcomes`]. Whether a theme or consultation that is named exists is
//! [`crate::bind`]'s to report.

use super::commitment::commitment;
use super::document::document_at;
use super::draft::draft;
use super::evidence::evidence;
use super::expressions::Expressions;
use super::ids::{is_id, unique};
use super::values::day;
use super::yaml::Node;
use crate::finding::Log;
use crate::model::{Area, Change, Cluster, Codebook, Outcome, Outcomes, Position, Reply, Stance, Theme};
use crate::source::Snapshot;

/// Development areas; none where there is no file.
pub(super) fn areas(snapshot: &Snapshot, expressions: Expressions<'_>, log: &Log) -> Vec<Area> {
    document_at(snapshot, "data/areas.yaml", expressions, log, all_areas).unwrap_or_default()
}

pub(super) fn all_areas(node: &Node<'_>) -> Option<Vec<Area>> {
    let mut fields = node.fields()?;
    let areas: Vec<Area> = fields.list("areas", area);
    fields.done();
    unique(areas.iter().map(|area| (&*area.id, area.origin.at("id"))), node.log());
    Some(areas)
}

fn area(node: &Node<'_>) -> Option<Area> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::name);
    let description = fields.text("description");
    let indicators = fields.list("indicators", Node::reference);
    let page = fields.optional("page", Node::reference);
    fields.done();
    Some(Area {
        id: id.filter(|id| is_id(id))?,
        name: name?,
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
        description: fields.text("description"),
        clusters: fields.required_list("clusters", cluster),
        origin: node.origin.clone(),
    };
    fields.done();
    unique(
        codebook.themes().map(|theme| (&*theme.id, theme.origin.at("id"))),
        node.log(),
    );
    Some(codebook)
}

fn cluster(node: &Node<'_>) -> Option<Cluster> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::name);
    let meaning = fields.text("meaning");
    let question = fields.optional("question", Node::reference);
    let page = fields.optional("page", Node::reference);
    let themes = fields.required_list("themes", theme);
    fields.done();
    Some(Cluster {
        id: id?,
        name: name?,
        meaning,
        question,
        page,
        themes,
    })
}

fn theme(node: &Node<'_>) -> Option<Theme> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::name);
    let definition = fields.text("definition");
    let evidence = fields.optional("about", evidence).unwrap_or_default();
    fields.done();
    Some(Theme {
        id: id?,
        name: name?,
        definition,
        evidence,
        origin: node.origin.clone(),
    })
}

pub(super) fn outcomes(node: &Node<'_>, consultation: &str, snapshot: &Snapshot) -> Option<Outcomes> {
    let mut fields = node.fields()?;
    let outcomes = Outcomes {
        consultation: consultation.to_owned(),
        published: fields.optional("published", day),
        summary: fields.text("summary"),
        replies: fields.list("replies", reply),
        positions: fields.list("positions", position),
        changes: fields.list("changes", change),
        commitments: fields.list("commitments", commitment),
        adopted: fields.optional("adopted", |node| draft(node, snapshot)),
        origin: node.origin.clone(),
    };
    fields.done();
    let commitments = outcomes.commitments.iter();
    unique(
        commitments.map(|commitment| (&*commitment.id, commitment.origin.at("id"))),
        node.log(),
    );
    let themes = outcomes.replies.iter();
    unique(
        themes.map(|reply| (&*reply.theme, reply.origin.at("theme"))),
        node.log(),
    );
    Some(outcomes)
}

fn reply(node: &Node<'_>) -> Option<Reply> {
    let mut fields = node.fields()?;
    let theme = fields.required("theme", Node::string);
    let outcome = fields.required("outcome", |node| node.choice(Outcome::NAMES));
    let views = fields.text("said");
    let assessment = fields.text("assessment");
    let reason = fields.text("reason");
    let place = fields.text("place");
    let responsible = fields.text("responsible");
    let date = fields.optional("date", day);
    fields.done();
    Some(Reply {
        theme: theme?,
        views,
        assessment,
        outcome: outcome?,
        reason,
        place,
        responsible,
        date,
        origin: node.origin.clone(),
    })
}

fn position(node: &Node<'_>) -> Option<Position> {
    let mut fields = node.fields()?;
    let body = fields.required("body", Node::string);
    let stance = fields.optional("stance", |node| node.choice(Stance::NAMES));
    let summary = fields.text("summary");
    let reply = fields.text("reply");
    let themes = fields.list("themes", Node::reference);
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
    let change = Change {
        section: fields.optional("section", Node::reference),
        place: fields.text("place"),
        draft: fields.text("draft"),
        decided: fields.text("decided"),
        reason: fields.text("reason"),
        themes: fields.list("themes", Node::reference),
    };
    fields.done();
    Some(change)
}
