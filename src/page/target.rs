//! Targets beside a figure: the status of a place against a target, as a signal and in words.

use super::context::PageContext;
use super::signal::signal;
use super::view::{RowTarget, Signal};
use crate::measure::{self, Status, StatusBasis, TargetPath, TargetProgress, UnknownReason};
use crate::model::{Indicator, IndicatorSet, PlaceId, Target, TargetKind};

/// The target of an indicator in the first set that states one; for the report's own place only.
pub(crate) fn home_target<'a>(page: PageContext<'a>, indicator: &Indicator, place: PlaceId) -> Option<&'a Target> {
    if page.home() != Some(place) {
        return None;
    }
    let entries = page.site.sets.iter().flat_map(IndicatorSet::entries);
    entries
        .filter(|entry| entry.indicator == indicator.id)
        .find_map(|entry| entry.target.as_ref())
}

/// The status of a place against a target on the day of the build, with the figures behind it.
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

/// The line to the first of an indicator's targets that has a number and a period; for the report's own place only.
pub(crate) fn home_path(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<TargetPath> {
    home_target(page, indicator, place)?;
    let entries = page.site.sets.iter().flat_map(IndicatorSet::entries);
    let mut targets = entries
        .filter(|entry| entry.indicator == indicator.id)
        .filter_map(|entry| entry.target.as_ref());
    targets.find_map(|target| match progress(page, indicator, target, place).basis {
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

/// The signal of a status against a target.
pub(crate) fn target_signal(page: PageContext<'_>, target: &Target, progress: &TargetProgress) -> Signal {
    let name = status_name(progress.status, &target.kind);
    let plain = |code, tone| signal(page, "target", code, tone, name, None);
    match progress.status {
        Status::Reached => plain("reached", "good"),
        Status::OnTrack => plain("on_track", "good"),
        Status::Behind | Status::Missed => plain("behind", "bad"),
        Status::Unknown(doubt) => {
            let reason = Some(why_unknown(page, target, doubt));
            signal(page, "target", "unknown", "none", "unknown", reason)
        }
    }
}

/// The signal of an indicator without a target.
pub(crate) fn no_target(page: PageContext<'_>) -> Signal {
    signal(page, "target", "none", "none", "none", None)
}

/// The target in the row of its indicator.
pub(crate) fn row_target(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, target: &Target) -> RowTarget {
    let format = &page.locale.format;
    let progress = progress(page, indicator, target, place);
    let rule = match &progress.basis {
        StatusBasis::Path(TargetPath {
            goal: Some(goal), by, ..
        }) => {
            let value = format.value(*goal, &indicator.unit, page.code());
            let period = format.period(*by);
            Some(page.fill("sentence.target_value", &[("value", &value), ("period", &period)]))
        }
        _ => None,
    };
    let status = target_signal(page, target, &progress);
    RowTarget {
        text: target.text.in_language(page.code()).to_owned(),
        status,
        rule,
    }
}

/// Why a target cannot be judged.
pub(crate) fn why_unknown(page: PageContext<'_>, target: &Target, doubt: UnknownReason) -> String {
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
