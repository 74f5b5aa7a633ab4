//! Values that mean the same in every file: periods, places, names of data files.
//!
//! Takes a node; gives the model's value, or `None` after a finding.

use super::yaml::Node;
use crate::finding::{Code, Finding};
use crate::model::{Period, PeriodKind, PlaceId, Places};
use crate::source::{Origin, Snapshot, SourceFile};
use jiff::civil::Date;

/// A period of a kind that is known.
pub(super) fn period(node: &Node<'_>, kind: PeriodKind) -> Option<Period> {
    period_of(&node.scalar()?, Some(kind), node)
}

/// A period in whatever kind its form shows.
pub(super) fn any_period(node: &Node<'_>) -> Option<Period> {
    period_of(&node.scalar()?, None, node)
}

fn period_of(text: &str, kind: Option<PeriodKind>, node: &Node<'_>) -> Option<Period> {
    let period = match kind {
        Some(kind) => Period::parse(text, kind),
        None => Period::guess(text),
    };
    if period.is_none() {
        node.report(period_fault(text, kind, &node.origin));
    }
    period
}

/// The finding about text that is no period, or one of another kind.
pub(super) fn period_fault(text: &str, kind: Option<PeriodKind>, origin: &Origin) -> Finding {
    match (Period::guess(text), kind) {
        (Some(_), Some(kind)) => Finding::new(Code::PeriodKind, origin.clone())
            .with("value", text)
            .with("expected", period_example(kind)),
        _ => Finding::new(Code::PeriodForm, origin.clone())
            .with("value", text)
            .with("expected", period_example(kind.unwrap_or_default())),
    }
}

/// A period of this kind, as it is written.
pub(crate) fn period_example(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Year | PeriodKind::Election => "2024",
        PeriodKind::SchoolYear => "2023/2024",
        PeriodKind::HalfYear => "2024H1",
        PeriodKind::Quarter => "2024Q1",
        PeriodKind::Month => "2024M03",
        PeriodKind::Span => "2020-2023",
    }
}

/// A place by code or alias.
pub(super) fn place(node: &Node<'_>, places: &Places) -> Option<PlaceId> {
    let code = node.string()?;
    let place = places.find(&code);
    if place.is_none() {
        let finding = node.finding(Code::UnknownPlace).with("value", &code);
        node.report(places.suggest(finding, &code));
    }
    place
}

/// A group of places by id.
pub(super) fn group(node: &Node<'_>, places: &Places) -> Option<String> {
    let id = node.string()?;
    if places.group(&id).is_none() {
        let known = places.groups.iter().map(|group| group.id.as_str());
        node.report(node.finding(Code::UnknownGroup).with("value", &id).near(&id, known));
        return None;
    }
    Some(id)
}

/// A civil day as `2026-03-17`.
pub(super) fn day(node: &Node<'_>) -> Option<Date> {
    let text = node.scalar()?;
    let day = text.parse().ok().filter(|_| text.len() == 10);
    if day.is_none() {
        node.report(node.finding(Code::DateForm).with("value", &text));
    }
    day
}

/// A file under `data/` that another file names, or a finding.
pub(super) fn data_file<'a>(node: &Node<'_>, snapshot: &'a Snapshot) -> Option<&'a SourceFile> {
    let name = node.string()?;
    if name.starts_with(['/', '\\']) || name.contains(':') || name.split(['/', '\\']).any(|part| part == "..") {
        node.report(node.finding(Code::FileOutside).with("path", &name));
        return None;
    }
    let path = format!("data/{name}");
    let file = snapshot.find(&path);
    // A file that exists but cannot be read has its own finding already.
    if file.is_none() && !snapshot.unreadable.iter().any(|file| *file.path == *path) {
        let files = snapshot.list("data/", "");
        let known = files.filter_map(|file| file.path.strip_prefix("data/"));
        let near = crate::finding::nearest(&name, known).map(ToOwned::to_owned);
        let finding = node.finding(Code::FileMissing).with("path", &path);
        node.report(match near {
            Some(near) => finding.with("near", near),
            None => finding,
        });
    }
    file
}
