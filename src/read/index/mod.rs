//! `data/indices/ID.yaml`: a composite index, its tree and its method.
//!
//! Takes YAML; gives an [`Index`]. What the file alone can show to be wrong is reported here: ids, weights, cycles, empty
//! branches. What needs the indicators is [`crate::bind`]'s, what needs their figures [`crate::index`]'s.

mod method;
mod tree;

use super::ids::unique;
use super::indicator::source;
use super::values::{group, place};
use super::yaml::Node;
use crate::finding::{Code, message};
use crate::model::{Base, BasePeriod, BaseSexes, Index, IndexLevel, Level, Period, Places, Text, Units};

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places) -> Option<Index> {
    let mut fields = node.fields()?;
    let name = fields.required("name", Node::name);
    let name_or_id = name.clone().unwrap_or_else(|| Text::plain(id));
    let levels = fields.list("levels", level);
    let tree = fields.require("tree");
    let (method, relative) = method::read(&mut fields, places, &levels);
    let index = Index {
        id: id.to_owned(),
        short: fields.name_or("short", &name_or_id),
        name: name_or_id,
        description: fields.text("description"),
        scale: fields.text("scale"),
        source: fields.optional("source", source).unwrap_or_default(),
        entry_depth: fields.optional("enters", |node| depth(node, &levels)),
        units: fields
            .optional("units", |node| units(node, places))
            .unwrap_or(Units::Level(Level::County, None)),
        yearly: fields.flag("yearly"),
        lag: fields.optional("lag", method::years),
        by_sex: fields.flag("by_sex"),
        base: fields.optional("base", base).unwrap_or_default(),
        method,
        variation: fields
            .optional("uncertainty", |node| method::variation(node, places))
            .unwrap_or_default(),
        tree: tree.map(|node| tree::read(&node, relative)).unwrap_or_default(),
        levels,
        origin: node.origin.clone(),
    };
    fields.done();
    let levels = index.levels.iter();
    unique(levels.map(|level| (&*level.id, level.origin.at("id"))), node.log());
    unique(
        index.nodes().map(|score| (&*score.id, score.origin.at("id"))),
        node.log(),
    );
    name.map(|_| index)
}

fn level(node: &Node<'_>) -> Option<IndexLevel> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let name = fields.required("name", Node::name);
    let plural = fields.name_or("plural", &name.clone().unwrap_or_default());
    fields.done();
    Some(IndexLevel {
        id: id?,
        plural,
        name: name?,
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
    let named_group = fields.find("group");
    let listed = fields.find("places");
    let within = fields.optional("within", |node| place(node, places));
    let keys = [("level", &level), ("group", &named_group), ("places", &listed)];
    fields.exactly_one(&keys, message::no_units());
    let units = match (level, named_group, listed) {
        (Some(level), None, None) => level.choice(Level::NAMES).map(|level| Units::Level(level, within)),
        (None, Some(id), None) => group(&id, places).map(Units::Group),
        (None, None, Some(listed)) => listed.list(|node| place(node, places)).map(Units::Places),
        _ => None,
    };
    fields.done();
    units
}

fn base(node: &Node<'_>) -> Option<Base> {
    let mut fields = node.fields()?;
    let base = Base {
        period: fields.optional("period", base_period).unwrap_or_default(),
        sexes: fields
            .optional("sexes", |node| node.choice(BaseSexes::NAMES))
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
            let finding = node.finding(Code::ValueChoice).with("value", &text);
            node.report(finding.near(&text, ["latest", "all"]));
            None
        }
    }
}
