//! `data/changes/DATE.yaml`: what an update did to the report, as `utsikt diff --publish` recorded it and a person told it.

use super::{any_period, indicator, place, text, text_at, yaml::Node};
use crate::finding::{Code, message};
use crate::model::{
    Extent, Fate, Places, RankChange, RankThen, Ranked, RetiredClaim, RevisedFigure, Revision, Sex, StatusChange,
    StatusThen, Update, UpdatedFigures,
};
use jiff::civil::Date;

/// Where the files lie.
pub(crate) const FOLDER: &str = "data/changes/";

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places) -> Option<Update> {
    let date: Option<Date> = id.parse().ok().filter(|_| id.len() == 10);
    if date.is_none() {
        node.report(node.finding(Code::UpdateDate).with("value", id));
    }
    let mut fields = node.fields()?;
    let update = Update {
        date: date.unwrap_or_default(),
        title: text_at(&mut fields, "title"),
        text: text_at(&mut fields, "text"),
        figures: fields.list("figures", |node| figures(node, places)),
        ranks: fields.list("ranks", |node| rank(node, places)),
        statuses: fields.list("statuses", |node| status(node, places)),
        claims: fields.list("claims", claim),
        origin: node.origin.clone(),
    };
    fields.done();
    date.map(|_| update)
}

fn figures(node: &Node<'_>, places: &Places) -> Option<UpdatedFigures> {
    let mut fields = node.fields()?;
    let indicator = fields.require("indicator").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let unit = fields.require("unit").and_then(|node| indicator::unit(&node));
    let fate = fields
        .find("fate")
        .and_then(|node| node.choice(Fate::NAMES))
        .unwrap_or_default();
    let redefined = fields.list("redefined", |node| node.choice(Update::ASPECTS));
    let added = fields.find("added").and_then(|node| extent(&node));
    let gone = fields.find("gone").and_then(|node| extent(&node));
    let vanished = fields.list("vanished", |node| place(node, places));
    let revised = fields.list("revised", |node| revision(node, places));
    fields.done();
    Some(UpdatedFigures {
        indicator: indicator?,
        name: name?,
        unit: unit.unwrap_or_default(),
        fate,
        redefined,
        added,
        gone,
        vanished,
        revised,
    })
}

fn extent(node: &Node<'_>) -> Option<Extent> {
    let mut fields = node.fields()?;
    let figures = fields.require("figures").and_then(|node| node.count());
    let first = fields.require("first").and_then(|node| any_period(&node));
    let last = fields.require("last").and_then(|node| any_period(&node));
    fields.done();
    Some(Extent {
        figures: figures?,
        first: first?,
        last: last?,
    })
}

fn revision(node: &Node<'_>, places: &Places) -> Option<Revision> {
    let mut fields = node.fields()?;
    let period = fields.require("period").and_then(|node| any_period(&node));
    let why = text_at(&mut fields, "note");
    let values = fields
        .require("values")
        .and_then(|node| node.list(|node| revised(node, places)))
        .unwrap_or_default();
    fields.done();
    Some(Revision {
        period: period?,
        note: why,
        values,
        origin: node.origin.clone(),
    })
}

fn revised(node: &Node<'_>, places: &Places) -> Option<RevisedFigure> {
    let mut fields = node.fields()?;
    let place = fields.require("place").and_then(|node| place(&node, places));
    let sex = fields
        .find("sex")
        .and_then(|node| node.choice(Sex::NAMES))
        .unwrap_or_default();
    let category = text_at(&mut fields, "category");
    let was = fields.require("was").and_then(|node| node.number());
    let now = fields.require("now").and_then(|node| node.number());
    fields.done();
    Some(RevisedFigure {
        place: place?,
        sex,
        category,
        was: was?,
        now: now?,
    })
}

fn rank(node: &Node<'_>, places: &Places) -> Option<RankChange> {
    let mut fields = node.fields()?;
    let indicator = fields.find("indicator").and_then(|node| node.string());
    let index = fields.find("index").and_then(|node| node.string());
    let subject = match (indicator, index) {
        (Some(indicator), None) => Some(Ranked::Indicator(indicator)),
        (None, Some(index)) => Some(Ranked::Index(index)),
        (said, _) => {
            let found = if said.is_some() {
                message::several_given()
            } else {
                message::none_given()
            };
            node.report(
                node.finding(Code::KeyChoice)
                    .with("keys", "`indicator`, `index`")
                    .with_message("found", found),
            );
            None
        }
    };
    let name = fields.require("name").and_then(|node| text(&node));
    let place = fields.require("place").and_then(|node| place(&node, places));
    let was = fields.require("was").and_then(|node| rank_then(&node));
    let now = fields.require("now").and_then(|node| rank_then(&node));
    fields.done();
    Some(RankChange {
        subject: subject?,
        name: name?,
        place: place?,
        was: was?,
        now: now?,
    })
}

fn rank_then(node: &Node<'_>) -> Option<RankThen> {
    let mut fields = node.fields()?;
    let position = fields.require("position").and_then(|node| node.count());
    let of = fields.require("of").and_then(|node| node.count());
    let period = fields.find("period").and_then(|node| any_period(&node));
    fields.done();
    Some(RankThen {
        position: position?,
        of: of?,
        period,
    })
}

fn status(node: &Node<'_>, places: &Places) -> Option<StatusChange> {
    let mut fields = node.fields()?;
    let indicator = fields.require("indicator").and_then(|node| node.string());
    let name = fields.require("name").and_then(|node| text(&node));
    let set = fields.require("set").and_then(|node| node.string());
    let set_name = fields.require("set_name").and_then(|node| text(&node));
    let place = fields.require("place").and_then(|node| place(&node, places));
    let was = fields.require("was").and_then(|node| node.choice(StatusThen::NAMES));
    let now = fields.require("now").and_then(|node| node.choice(StatusThen::NAMES));
    fields.done();
    Some(StatusChange {
        indicator: indicator?,
        name: name?,
        set: set?,
        set_name: set_name?,
        place: place?,
        was: was?,
        now: now?,
    })
}

fn claim(node: &Node<'_>) -> Option<RetiredClaim> {
    let mut fields = node.fields()?;
    let text = fields.require("text").and_then(|node| node.string());
    let page = fields.find("page").and_then(|node| node.string()).unwrap_or_default();
    fields.done();
    Some(RetiredClaim { text: text?, page })
}
