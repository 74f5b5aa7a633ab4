//! `data/sets/ID.yaml`: a selection of indicators, with targets.

use super::{
    any_period, settings, text, text_at,
    yaml::{Fields, Node},
};
use crate::finding::Code;
use crate::model::{
    Direction, IndicatorSet, PeerMeasure, Period, Places, SetEntry, SetGroup, Sex, Target, TargetKind, Text,
};

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places) -> Option<IndicatorSet> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node));
    let short = text_at(&mut fields, "short");
    let set = IndicatorSet {
        id: id.to_owned(),
        short: if short.is_empty() {
            name.clone().unwrap_or_default()
        } else {
            short
        },
        name: name.clone().unwrap_or_else(|| Text::plain(id)),
        description: text_at(&mut fields, "description"),
        source: text_at(&mut fields, "source"),
        groups: fields
            .require("groups")
            .and_then(|node| node.list(|node| group(node, places)))
            .unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    name.map(|_| set)
}

fn group(node: &Node<'_>, places: &Places) -> Option<SetGroup> {
    let mut fields = node.fields()?;
    let group = SetGroup {
        name: text_at(&mut fields, "name"),
        entries: fields
            .require("indicators")
            .and_then(|node| node.list(|node| entry(node, places)))
            .unwrap_or_default(),
    };
    fields.done();
    Some(group)
}

fn entry(node: &Node<'_>, places: &Places) -> Option<SetEntry> {
    let mut fields = node.fields()?;
    let id = fields.require("id");
    let target = fields.find("target").and_then(|node| target(&node, places));
    let needs = text_at(&mut fields, "needs");
    fields.done();
    let id = id?;
    Some(SetEntry {
        indicator: id.string()?,
        target,
        needs,
        origin: id.origin.clone(),
    })
}

#[derive(Clone, Copy)]
enum Kind {
    Value,
    Change,
    Peers,
    Gap,
    Direction,
}

const KINDS: &[(&str, Kind)] = &[
    ("value", Kind::Value),
    ("change", Kind::Change),
    ("peers", Kind::Peers),
    ("gap", Kind::Gap),
    ("direction", Kind::Direction),
];

fn target(node: &Node<'_>, places: &Places) -> Option<Target> {
    let mut fields = node.fields()?;
    let kind = fields.require("kind").and_then(|node| node.choice(KINDS));
    let kind = match kind? {
        Kind::Value => {
            let from = fields.find("from").and_then(|node| any_period(&node));
            let by = required_period(&mut fields, "by");
            let value = fields.require("value").and_then(|node| node.number());
            by.zip(value).map(|(by, value)| TargetKind::Value { from, by, value })
        }
        Kind::Change => {
            let from = required_period(&mut fields, "from");
            let by = required_period(&mut fields, "by");
            let percent = fields.require("percent").and_then(|node| node.number());
            from.zip(by)
                .zip(percent)
                .map(|((from, by), percent)| TargetKind::Change { from, by, percent })
        }
        Kind::Peers => {
            let group = fields.require("group").and_then(|node| settings::group(&node, places));
            let from = fields.find("from").and_then(|node| any_period(&node));
            let measures = &[("level", PeerMeasure::Level), ("growth", PeerMeasure::Growth(from))];
            let measure = fields
                .find("measure")
                .and_then(|node| node.choice(measures))
                .unwrap_or(PeerMeasure::Level);
            group.map(|group| TargetKind::Peers { group, measure })
        }
        Kind::Gap => {
            let between = match fields.find("between") {
                Some(node) => two_sexes(&node),
                None => Some([Sex::Women, Sex::Men]),
            };
            let from = required_period(&mut fields, "from");
            between
                .zip(from)
                .map(|(between, from)| TargetKind::Gap { between, from })
        }
        Kind::Direction => {
            let ways = &[
                ("up", Direction::Up),
                ("down", Direction::Down),
                ("better", Direction::Better),
            ];
            let direction = fields
                .find("direction")
                .and_then(|node| node.choice(ways))
                .unwrap_or(Direction::Better);
            let from = fields.find("from").and_then(|node| any_period(&node));
            Some(TargetKind::Direction { direction, from })
        }
    };
    let text = text_at(&mut fields, "text");
    let source = text_at(&mut fields, "source");
    fields.done();
    Some(Target {
        kind: kind?,
        text,
        source,
        origin: node.origin.clone(),
    })
}

/// Two different sexes.
fn two_sexes(node: &Node<'_>) -> Option<[Sex; 2]> {
    // An item that is no sex has its finding already.
    let sexes = node
        .list(|node| Some(node.choice(Sex::NAMES)))?
        .into_iter()
        .collect::<Option<Vec<Sex>>>()?;
    let pair = <[Sex; 2]>::try_from(sexes).ok().filter(|[one, other]| one != other);
    if pair.is_none() {
        node.report(node.finding(Code::TargetGap));
    }
    pair
}

fn required_period(fields: &mut Fields<'_>, key: &'static str) -> Option<Period> {
    fields.require(key).and_then(|node| any_period(&node))
}
