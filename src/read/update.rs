//! `data/changes/DATE.yaml`: an update of the report, as `utsikt diff --publish` recorded it and a person completed it.
//!
//! Takes YAML; gives an [`Update`] with the names and units of its day. Whether a large revision has its note is
//! [`crate::check`]'s to report.

use super::indicator;
use super::values::{any_period, place};
use super::yaml::Node;
use crate::finding::{Code, message};
use crate::model::{
    Extent, Fate, Places, RankChange, Ranked, RecordedRank, RecordedStatus, RetiredClaim, RevisedFigure, Revision, Sex,
    StatusChange, Update, UpdatedFigures,
};
use jiff::civil::Date;

/// Folder of the files.
pub(crate) const FOLDER: &str = "data/changes/";

pub(super) fn read(node: &Node<'_>, id: &str, places: &Places) -> Option<Update> {
    let date: Option<Date> = id.parse().ok().filter(|_| id.len() == 10);
    if date.is_none() {
        node.report(node.finding(Code::UpdateDate).with("value", id));
    }
    let mut fields = node.fields()?;
    let update = Update {
        date: date.unwrap_or_default(),
        title: fields.text("title"),
        text: fields.text("text"),
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
    let indicator = fields.required("indicator", Node::string);
    let name = fields.required("name", Node::text);
    let unit = fields.required("unit", indicator::unit);
    let fate = fields
        .optional("fate", |node| node.choice(Fate::NAMES))
        .unwrap_or_default();
    let redefined = fields.list("redefined", |node| node.choice(Update::ASPECTS));
    let added = fields.optional("added", extent);
    let gone = fields.optional("gone", extent);
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
    let figures = fields.required("figures", Node::count);
    let first = fields.required("first", any_period);
    let last = fields.required("last", any_period);
    fields.done();
    Some(Extent {
        figures: figures?,
        first: first?,
        last: last?,
    })
}

fn revision(node: &Node<'_>, places: &Places) -> Option<Revision> {
    let mut fields = node.fields()?;
    let period = fields.required("period", any_period);
    let remark = fields.text("note");
    let values = fields.required_list("values", |node| revised_figure(node, places));
    fields.done();
    Some(Revision {
        period: period?,
        note: remark,
        values,
        origin: node.origin.clone(),
    })
}

fn revised_figure(node: &Node<'_>, places: &Places) -> Option<RevisedFigure> {
    let mut fields = node.fields()?;
    let place = fields.required("place", |node| place(node, places));
    let sex = fields
        .optional("sex", |node| node.choice(Sex::NAMES))
        .unwrap_or_default();
    let category = fields.text("category");
    let was = fields.required("was", Node::number);
    let now = fields.required("now", Node::number);
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
    let indicator = fields.optional("indicator", Node::string);
    let index = fields.optional("index", Node::string);
    let subject = match (indicator, index) {
        (Some(indicator), None) => Some(Ranked::Indicator(indicator)),
        (None, Some(index)) => Some(Ranked::Index(index)),
        (indicator, _) => {
            let number = if indicator.is_some() {
                message::several_given()
            } else {
                message::none_given()
            };
            let finding = node.finding(Code::KeyChoice).with("keys", "`indicator`, `index`");
            node.report(finding.with_message("found", number));
            None
        }
    };
    let name = fields.required("name", Node::text);
    let place = fields.required("place", |node| place(node, places));
    let was = fields.required("was", rank_then);
    let now = fields.required("now", rank_then);
    fields.done();
    Some(RankChange {
        subject: subject?,
        name: name?,
        place: place?,
        was: was?,
        now: now?,
    })
}

fn rank_then(node: &Node<'_>) -> Option<RecordedRank> {
    let mut fields = node.fields()?;
    let position = fields.required("position", Node::count);
    let of = fields.required("of", Node::count);
    let period = fields.optional("period", any_period);
    fields.done();
    Some(RecordedRank {
        position: position?,
        of: of?,
        period,
    })
}

fn status(node: &Node<'_>, places: &Places) -> Option<StatusChange> {
    let mut fields = node.fields()?;
    let indicator = fields.required("indicator", Node::string);
    let name = fields.required("name", Node::text);
    let set = fields.required("set", Node::string);
    let set_name = fields.required("set_name", Node::text);
    let place = fields.required("place", |node| place(node, places));
    let was = fields.required("was", |node| node.choice(RecordedStatus::NAMES));
    let now = fields.required("now", |node| node.choice(RecordedStatus::NAMES));
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
    let text = fields.required("text", Node::string);
    let page = fields.optional("page", Node::string).unwrap_or_default();
    fields.done();
    Some(RetiredClaim { text: text?, page })
}
