//! `data/places.yaml`: places, groups and maps.
//!
//! Takes YAML and the boundary files it names; gives [`Places`], whose codes and aliases are unique and whose parents exist.
//! Boundaries are [`super::boundaries`]'s.

use super::boundaries;
use super::document::document_at;
use super::expressions::Expressions;
use super::ids::unique;
use super::values::{data_file, place};
use super::yaml::Node;
use crate::finding::{Code, Finding, Log, Severity};
use crate::model::{Boundaries, Level, Place, PlaceGroup, PlaceId, Places};
use crate::source::{Origin, Snapshot};

/// All places; none when there is no file.
pub(super) fn read(snapshot: &Snapshot, expressions: Expressions<'_>, log: &Log) -> Places {
    document_at(snapshot, "data/places.yaml", expressions, log, |node| {
        all_places(node, snapshot)
    })
    .unwrap_or_default()
}

pub(super) fn all_places(node: &Node<'_>, snapshot: &Snapshot) -> Option<Places> {
    let mut fields = node.fields()?;
    let mut places = Places::default();
    let mut parents = Vec::new();
    for (place, parent) in fields.list("places", one_place) {
        let copy = place.clone();
        match places.add(place) {
            Ok(id) => parents.extend(parent.map(|parent| (id, parent))),
            Err(first) => fields.report(duplicate(&copy, &places[first])),
        }
    }
    // A parent may stand further down in the file.
    for (id, (code, origin)) in parents {
        if let Some(parent) = places.find(&code) {
            places.set_parent(id, parent);
        } else {
            let finding = Finding::new(Code::UnknownPlace, origin).with("value", &code);
            fields.report(places.suggest(finding, &code));
        }
    }
    let groups = fields.list("groups", |node| Some((group(node, &places)?, node.origin.at("id"))));
    unique(
        groups.iter().map(|(group, origin)| (&*group.id, origin.clone())),
        node.log(),
    );
    places.groups = groups.into_iter().map(|(group, _)| group).collect();
    let before = node.log().len();
    places.boundaries = fields.list("maps", |node| map(node, &places, snapshot));
    places.has_broken_boundaries = node
        .log()
        .any_since(before, |finding| finding.severity == Severity::Error);
    fields.done();
    Some(places)
}

/// The finding about a code or alias that an earlier place already has.
fn duplicate(place: &Place, first: &Place) -> Finding {
    let codes = |place: &Place| -> Vec<(String, Origin)> {
        let at_aliases = place.origin.at("aliases");
        let aliases = place.aliases.iter().enumerate();
        std::iter::once((place.code.clone(), place.origin.at("code")))
            .chain(aliases.map(|(index, alias)| (alias.clone(), at_aliases.at(&index.to_string()))))
            .collect()
    };
    let first_codes = codes(first);
    let shared = codes(place).into_iter().find_map(|(code, origin)| {
        let (_, first_origin) = first_codes.iter().find(|(other, _)| *other == code)?;
        let finding = Finding::new(Code::DuplicateId, origin).with("value", code);
        Some(finding.beside(first_origin.clone()))
    });
    shared.unwrap_or_else(|| Finding::new(Code::DuplicateId, place.origin.clone()).with("value", &place.code))
}

/// A place, and the code of its parent with where it stands.
fn one_place(node: &Node<'_>) -> Option<(Place, Option<(String, Origin)>)> {
    let mut fields = node.fields()?;
    let code = fields.required("code", Node::string);
    let name = fields.required("name", Node::name);
    let level = fields.required("level", |node| node.choice(Level::NAMES));
    let usual = name.clone().unwrap_or_default();
    let short = fields.name_or("short", &usual);
    let in_text = fields.name_or("in_text", &usual);
    let aliases = fields.list("aliases", Node::string);
    let parent = fields.optional("parent", Node::reference);
    fields.done();
    let place = Place {
        code: code?,
        name: name?,
        short,
        in_text,
        level: level?,
        parent: None,
        aliases,
        origin: node.origin.clone(),
    };
    Some((place, parent))
}

fn group(node: &Node<'_>, places: &Places) -> Option<PlaceGroup> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::text);
    let members = fields.list("places", |node| place(node, places));
    let source = fields.text("source");
    fields.done();
    Some(PlaceGroup {
        id: id?,
        name: name?,
        places: members,
        source,
    })
}

fn map(node: &Node<'_>, places: &Places, snapshot: &Snapshot) -> Option<Boundaries> {
    let mut fields = node.fields()?;
    let level = fields.required("level", |node| node.choice(Level::NAMES));
    let parent: Option<PlaceId> = fields.optional("parent", |node| place(node, places));
    let file = fields.required("file", |node| data_file(node, snapshot));
    let source = fields.text("source");
    fields.done();
    let file = file?;
    let geojson = boundaries::read(file, places, node.log())?.into_owned();
    Some(Boundaries {
        level: level?,
        parent,
        geojson,
        source,
        name: file.path.to_string(),
    })
}
