//! Targets beside a figure: how far towards a target a place has come, as a sign and in words.

use super::context::PageContext;
use super::signal::signal;
use super::view::{Signal, TargetView};
use crate::measure::{self, Status, StatusBasis, TargetPath, TargetProgress, UnknownReason};
use crate::model::{Indicator, IndicatorSet, PlaceId, Target, TargetKind};

/// The target an indicator has in the first set that gives it one; the report's own place only.
pub(crate) fn own_target<'a>(page: PageContext<'a>, indicator: &Indicator, place: PlaceId) -> Option<&'a Target> {
    if page.home() != Some(place) {
        return None;
    }
    let entries = page.site.sets.iter().flat_map(IndicatorSet::entries);
    entries
        .filter(|entry| entry.indicator == indicator.id)
        .find_map(|entry| entry.target.as_ref())
}

/// How a place does against a target, seen from the day the site is built for.
pub(crate) fn progress(
    page: PageContext<'_>,
    indicator: &Indicator,
    target: &Target,
    place: PlaceId,
) -> TargetProgress {
    let this_year = i32::from(page.report.today.year());
    let site = page.site;
    measure::progress(
        (&site.places, site.settings.period),
        indicator,
        &target.kind,
        place,
        this_year,
    )
}

/// The line to an indicator's target, from the first of its targets that has a number and a period; own place only.
pub(crate) fn own_path(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<TargetPath> {
    own_target(page, indicator, place)?;
    let entries = page.site.sets.iter().flat_map(IndicatorSet::entries);
    let mut own = entries
        .filter(|entry| entry.indicator == indicator.id)
        .filter_map(|entry| entry.target.as_ref());
    own.find_map(|target| match progress(page, indicator, target, place).basis {
        StatusBasis::Path(path) => Some(path),
        _ => None,
    })
}

/// Name of a status where it differs by kind of target; also a key of the words.
pub(crate) fn status_name(status: Status, kind: &TargetKind) -> &'static str {
    match (status, kind) {
        (Status::Behind, TargetKind::Peers { .. }) => "behind_peers",
        (Status::Behind, TargetKind::Gap { .. }) => "behind_gap",
        (Status::Behind, TargetKind::Direction { .. }) => "behind_direction",
        (Status::Unknown(UnknownReason::Open), _) => "open",
        (status, _) => status.name(),
    }
}

/// The third of an indicator's signs.
pub(crate) fn target_signal(page: PageContext<'_>, target: &Target, progress: &TargetProgress) -> Signal {
    let name = status_name(progress.status, &target.kind);
    let plain = |code, tone| signal(page, "target", code, tone, name, None);
    match progress.status {
        Status::Reached => plain("reached", "good"),
        Status::OnTrack => plain("on_track", "good"),
        Status::Behind | Status::Missed => plain("behind", "bad"),
        Status::Unknown(doubt) => {
            let why = Some(why(page, target, doubt));
            signal(page, "target", "unknown", "none", "unknown", why)
        }
    }
}

/// No target.
pub(crate) fn none(page: PageContext<'_>) -> Signal {
    signal(page, "target", "none", "none", "none", None)
}

/// A target in a row of a table.
pub(crate) fn target_view(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, target: &Target) -> TargetView {
    let voice = page.locale;
    let progress = progress(page, indicator, target, place);
    let rule = match &progress.basis {
        StatusBasis::Path(TargetPath {
            goal: Some(goal), by, ..
        }) => {
            let value = voice.format.value(*goal, &indicator.unit, page.code());
            let period = voice.format.period(*by);
            Some(page.fill("sentence.target_value", &[("value", &value), ("period", &period)]))
        }
        _ => None,
    };
    let status = target_signal(page, target, &progress);
    TargetView {
        text: target.text.in_language(page.code()).to_owned(),
        status: status.into(),
        rule,
    }
}

/// Why a target cannot be judged.
pub(crate) fn why(page: PageContext<'_>, target: &Target, doubt: UnknownReason) -> String {
    let name = match doubt {
        UnknownReason::NoValue => "no_value",
        UnknownReason::NoBase => "no_base",
        UnknownReason::Single => "single",
        UnknownReason::Break => "break",
        UnknownReason::NoPeers => "no_peers",
        UnknownReason::Open => "open",
        UnknownReason::NoDirection => "no_direction",
    };
    let by = target
        .kind
        .periods()
        .find_map(|(key, period)| (key == "by").then_some(period));
    let by = by.map_or(String::new(), |by| page.locale.format.period_in_text(by));
    page.fill(&format!("sentence.status.{name}"), &[("period", &by)])
}
