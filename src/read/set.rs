//! `data/sets/ID.yaml`: a selection of indicators, with targets.
//!
//! Takes YAML; gives an [`IndicatorSet`]. Whether its indicators exist is [`crate::bind`]'s to report.

use super::values::{any_period, group as place_group};
use super::yaml::{Fields, Node};
use crate::finding::Code;
use crate::model::{Direction, IndicatorSet, PeerMeasure, Places, SetEntry, SetGroup, Sex, Target, TargetKind, Text};

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places) -> Option<IndicatorSet> {
    let mut fields = node.fields()?;
    let name = fields.required("name", Node::text);
    let name_or_id = name.clone().unwrap_or_else(|| Text::plain(id));
    let set = IndicatorSet {
        id: id.to_owned(),
        short: fields.text_or("short", &name_or_id),
        name: name_or_id,
        description: fields.text("description"),
        source: fields.text("source"),
        groups: fields.required_list("groups", |node| group(node, places)),
        origin: node.origin.clone(),
    };
    fields.done();
    name.map(|_| set)
}

fn group(node: &Node<'_>, places: &Places) -> Option<SetGroup> {
    let mut fields = node.fields()?;
    let group = SetGroup {
        name: fields.text("name"),
        entries: fields.required_list("indicators", |node| entry(node, places)),
    };
    fields.done();
    Some(group)
}

fn entry(node: &Node<'_>, places: &Places) -> Option<SetEntry> {
    let mut fields = node.fields()?;
    let id = fields.require("id");
    let target = fields.optional("target", |node| target(node, places));
    let needs = fields.text("needs");
    fields.done();
    let id = id?;
    Some(SetEntry {
        indicator: id.string()?,
        target,
        needs,
        origin: id.origin.clone(),
    })
}

/// Reads the keys that belong to one kind of target.
type ReadKind = fn(&mut Fields<'_>, &Places) -> Option<TargetKind>;

const KINDS: &[(&str, ReadKind)] = &[
    ("value", value),
    ("change", change),
    ("peers", peers),
    ("gap", gap),
    ("direction", |fields, _| Some(direction(fields))),
];

fn target(node: &Node<'_>, places: &Places) -> Option<Target> {
    let mut fields = node.fields()?;
    let read_kind = fields.required("kind", |node| node.choice(KINDS))?;
    let kind = read_kind(&mut fields, places);
    let text = fields.text("text");
    let source = fields.text("source");
    fields.done();
    Some(Target {
        kind: kind?,
        text,
        source,
        origin: node.origin.clone(),
    })
}

fn value(fields: &mut Fields<'_>, _: &Places) -> Option<TargetKind> {
    let from = fields.optional("from", any_period);
    let by = fields.required("by", any_period);
    let value = fields.required("value", Node::number);
    Some(TargetKind::Value {
        from,
        by: by?,
        value: value?,
    })
}

fn change(fields: &mut Fields<'_>, _: &Places) -> Option<TargetKind> {
    let from = fields.required("from", any_period);
    let by = fields.required("by", any_period);
    let percent = fields.required("percent", Node::number);
    Some(TargetKind::Change {
        from: from?,
        by: by?,
        percent: percent?,
    })
}

fn peers(fields: &mut Fields<'_>, places: &Places) -> Option<TargetKind> {
    let group = fields.required("group", |node| place_group(node, places));
    let from = fields.optional("from", any_period);
    let measures = &[("level", PeerMeasure::Level), ("growth", PeerMeasure::Growth(from))];
    let measure = fields.optional("measure", |node| node.choice(measures));
    Some(TargetKind::Peers {
        group: group?,
        measure: measure.unwrap_or(PeerMeasure::Level),
    })
}

fn gap(fields: &mut Fields<'_>, _: &Places) -> Option<TargetKind> {
    let between = match fields.find("between") {
        Some(node) => two_sexes(&node),
        None => Some([Sex::Women, Sex::Men]),
    };
    let from = fields.required("from", any_period);
    Some(TargetKind::Gap {
        between: between?,
        from: from?,
    })
}

fn direction(fields: &mut Fields<'_>) -> TargetKind {
    let words = &[
        ("up", Direction::Up),
        ("down", Direction::Down),
        ("better", Direction::Better),
    ];
    let direction = fields.optional("direction", |node| node.choice(words));
    TargetKind::Direction {
        direction: direction.unwrap_or(Direction::Better),
        from: fields.optional("from", any_period),
    }
}

/// Two different sexes.
fn two_sexes(node: &Node<'_>) -> Option<[Sex; 2]> {
    // An item that is no sex has its finding already.
    let sexes: Option<Vec<Sex>> = node.list(|node| Some(node.choice(Sex::NAMES)))?.into_iter().collect();
    let pair = <[Sex; 2]>::try_from(sexes?).ok().filter(|[one, other]| one != other);
    if pair.is_none() {
        node.report(node.finding(Code::TargetGap));
    }
    pair
}
