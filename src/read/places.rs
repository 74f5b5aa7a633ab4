//! `data/places.yaml`: places, groups and maps.

use super::{data_file, document, place, text, text_at, text_of, unique, yaml::Node};
use crate::finding::{Code, Finding, Log};
use crate::model::{Boundaries, Level, Place, PlaceGroup, PlaceId, Places, Text};
use crate::source::{Origin, Snapshot};

/// All places; none when there is no file.
pub(super) fn read(snapshot: &Snapshot, log: &Log) -> Places {
    snapshot
        .find("data/places.yaml")
        .and_then(|file| document(file, log, |node| all(node, snapshot)))
        .unwrap_or_default()
}

pub(super) fn all(node: &Node<'_>, snapshot: &Snapshot) -> Option<Places> {
    let mut fields = node.fields()?;
    let mut places = Places::default();
    let mut parents = Vec::new();
    for (place, parent) in fields.list("places", one) {
        let copy = place.clone();
        match places.add(place) {
            Ok(id) => parents.extend(parent.map(|parent| (id, parent))),
            Err(first) => fields.report(taken(&copy, &places[first])),
        }
    }
    for (id, (code, origin)) in parents {
        match places.find(&code) {
            Some(parent) => places.set_parent(id, parent),
            None => {
                fields.report(
                    Finding::new(Code::UnknownPlace, origin)
                        .with("value", &code)
                        .near(&code, places.codes()),
                );
            }
        }
    }
    let groups = fields.list("groups", |node| Some((group(node, &places)?, node.origin.at("id"))));
    unique(
        groups.iter().map(|(group, origin)| (group.id.as_str(), origin.clone())),
        node.log(),
    );
    places.groups = groups.into_iter().map(|(group, _)| group).collect();
    places.boundaries = fields.list("maps", |node| map(node, &places, snapshot));
    fields.done();
    Some(places)
}

/// The finding about a code or alias that an earlier place already has.
fn taken(place: &Place, first: &Place) -> Finding {
    let codes = |place: &Place| -> Vec<(String, Origin)> {
        let aliases = place.aliases.iter().enumerate();
        let alias =
            |(index, alias): (usize, &String)| (alias.clone(), place.origin.at("aliases").at(&index.to_string()));
        std::iter::once((place.code.clone(), place.origin.at("code")))
            .chain(aliases.map(alias))
            .collect()
    };
    let earlier = codes(first);
    let both = codes(place).into_iter().find_map(|(code, origin)| {
        let (_, other) = earlier.iter().find(|(other, _)| *other == code)?;
        Some(
            Finding::new(Code::DuplicateId, origin)
                .with("value", code)
                .beside(other.clone()),
        )
    });
    both.unwrap_or_else(|| Finding::new(Code::DuplicateId, place.origin.clone()).with("value", &place.code))
}

type Parent = (String, Origin);

fn one(node: &Node<'_>) -> Option<(Place, Option<Parent>)> {
    let mut fields = node.fields()?;
    let code = fields.require("code").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let level = fields.require("level").and_then(|node| node.choice(Level::NAMES));
    let or_name = |written: Text| {
        if written.is_empty() {
            name.clone().unwrap_or_default()
        } else {
            written
        }
    };
    let short = or_name(text_at(&mut fields, "short"));
    let in_text = or_name(text_at(&mut fields, "in_text"));
    let aliases = fields.list("aliases", Node::string);
    let parent = fields
        .find("parent")
        .and_then(|node| Some((node.string()?, node.origin.clone())));
    fields.done();
    let place = Place {
        code: code?,
        name: name.clone()?,
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
    let id = fields.require("id").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let members = fields.list("places", |node| place(node, places));
    let source = text_at(&mut fields, "source");
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
    let level = fields.require("level").and_then(|node| node.choice(Level::NAMES));
    let parent: Option<PlaceId> = fields.find("parent").and_then(|node| place(&node, places));
    let file = fields.require("file").and_then(|node| data_file(&node, snapshot));
    let source = text_at(&mut fields, "source");
    fields.done();
    let file = file?;
    let geojson = text_of(file, node.log())?.to_owned();
    Some(Boundaries {
        level: level?,
        parent,
        geojson,
        source,
        name: file.path.to_string(),
    })
}
