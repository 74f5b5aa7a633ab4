//! `data/indices/ID.yaml`: a composite index, its tree and its method.
//!
//! What can be known from the file alone is checked here: ids, weights, cycles, empty branches. What needs the
//! indicators is [`crate::bind`]'s, what needs their figures [`crate::index`]'s.

use super::{indicator::source, text, text_at, unique, yaml::Node};
use crate::finding::{Code, Finding, message};
use crate::model::{Base, BasePeriod, BaseSexes, Index, IndexLevel, Level, Period, Places, Text, Units};
use crate::source::Origin;

mod method;
mod tree;

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places) -> Option<Index> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node));
    let short = text_at(&mut fields, "short");
    let levels = fields.list("levels", level);
    let tree = fields.require("tree");
    let (method, relative) = method::read(&mut fields, places, &levels);
    let index = Index {
        id: id.to_owned(),
        short: if short.is_empty() {
            name.clone().unwrap_or_default()
        } else {
            short
        },
        name: name.clone().unwrap_or_else(|| Text::plain(id)),
        description: text_at(&mut fields, "description"),
        scale: text_at(&mut fields, "scale"),
        source: fields.find("source").and_then(|node| source(&node)).unwrap_or_default(),
        enters: fields.find("enters").and_then(|node| depth(&node, &levels)),
        units: fields
            .find("units")
            .and_then(|node| units(&node, places))
            .unwrap_or(Units::Level(Level::County, None)),
        yearly: fields.find("yearly").and_then(|node| node.truth()).unwrap_or(false),
        lag: fields.find("lag").and_then(|node| method::years(&node)),
        by_sex: fields.find("by_sex").and_then(|node| node.truth()).unwrap_or(false),
        base: fields.find("base").and_then(|node| base(&node)).unwrap_or_default(),
        method,
        variation: fields
            .find("uncertainty")
            .and_then(|node| method::variation(&node, places))
            .unwrap_or_default(),
        tree: tree.map(|node| tree::read(&node, relative)).unwrap_or_default(),
        levels,
        origin: node.origin.clone(),
    };
    fields.done();
    unique(
        index
            .levels
            .iter()
            .map(|level| (level.id.as_str(), level.origin.at("id"))),
        node.log(),
    );
    unique(
        index.nodes().map(|score| (score.id.as_str(), score.origin.at("id"))),
        node.log(),
    );
    name.map(|_| index)
}

fn level(node: &Node<'_>) -> Option<IndexLevel> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let plural = text_at(&mut fields, "plural");
    fields.done();
    let name = name?;
    Some(IndexLevel {
        id: id?,
        plural: if plural.is_empty() { name.clone() } else { plural },
        name,
        origin: node.origin.clone(),
    })
}

/// The depth of a level named by its id.
fn depth(node: &Node<'_>, levels: &[IndexLevel]) -> Option<usize> {
    let id = node.string()?;
    let depth = levels.iter().position(|level| level.id == id);
    if depth.is_none() {
        let known = levels.iter().map(|level| level.id.as_str());
        node.report(node.finding(Code::ValueChoice).with("value", &id).near(&id, known));
    }
    depth
}

fn units(node: &Node<'_>, places: &Places) -> Option<Units> {
    let mut fields = node.fields()?;
    let level = fields.find("level");
    let group = fields.find("group");
    let listed = fields.find("places");
    let within = fields.find("within").and_then(|node| super::place(&node, places));
    let said: Vec<&Origin> = [&level, &group, &listed]
        .into_iter()
        .flatten()
        .map(|node| &node.origin)
        .collect();
    let fault = |at: &Origin| Finding::new(Code::KeyChoice, at.clone()).with("keys", "`level`, `group`, `places`");
    match &said[..] {
        [] if ["level", "group", "places"]
            .iter()
            .any(|key| fields.has_misspelling_of(key)) => {}
        [] => fields.report(fault(&fields.origin).with_message("found", message::no_units())),
        [_] => {}
        [first, others @ ..] => fields.report(
            fault(others[0])
                .with_message("found", message::several_given())
                .beside((*first).clone()),
        ),
    }
    let units = match (level, group, listed) {
        (Some(level), None, None) => level.choice(Level::NAMES).map(|level| Units::Level(level, within)),
        (None, Some(group), None) => super::settings::group(&group, places).map(Units::Group),
        (None, None, Some(listed)) => listed.list(|node| super::place(node, places)).map(Units::Places),
        _ => None,
    };
    fields.done();
    units
}

fn base(node: &Node<'_>) -> Option<Base> {
    let mut fields = node.fields()?;
    let base = Base {
        period: fields
            .find("period")
            .and_then(|node| base_period(&node))
            .unwrap_or_default(),
        sexes: fields
            .find("sexes")
            .and_then(|node| node.choice(BaseSexes::NAMES))
            .unwrap_or_default(),
    };
    fields.done();
    Some(base)
}

/// `latest`, `all`, or a year.
fn base_period(node: &Node<'_>) -> Option<BasePeriod> {
    let text = node.scalar()?;
    match text.as_str() {
        "latest" => Some(BasePeriod::Latest),
        "all" => Some(BasePeriod::All),
        _ => {
            if let Some(Period::Year(year)) = Period::guess(&text) {
                return Some(BasePeriod::Year(year));
            }
            node.report(
                node.finding(Code::ValueChoice)
                    .with("value", &text)
                    .near(&text, ["latest", "all"]),
            );
            None
        }
    }
}
