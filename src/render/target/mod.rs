//! Targets as a reader sees them: status, figures and rule, for tables of indicators, follow-ups and the overview.
//!
//! Takes what [`crate::measure::progress`] found; gives words and numbers. Every kind of target shows what it has: a line has
//! paces and a projection, peers and gaps have a table. What cannot be had says why.

mod told;

use super::prose;
use super::report::Standpoint;
use super::routes::Reference;
use super::row::{own_target, signal, value};
use super::view::{Cell, Html, Link, Signal, Table, TargetView, Value};
use crate::measure::{self, Status, StatusBasis, TargetPath, TargetProgress, UnknownReason};
use crate::model::{Indicator, IndicatorSet, Part, PlaceId, SetEntry, Target, TargetKind};
use serde::Serialize;
use told::Teller;

/// A target with everything that says how it goes, for the report's own place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FollowedTarget {
    /// Anchor.
    id: String,
    /// The indicator's name.
    title: String,
    /// The indicator's page; empty when it has none.
    href: String,
    sample: bool,
    /// Kind of target, in words.
    kind: String,
    set: Link,
    place: String,
    /// The target as decided.
    text: String,
    source: Option<Html>,
    status: Signal,
    /// Which of the five counts it belongs to.
    counted: &'static str,
    /// Which rule judges it; also a key of the words.
    rule: &'static str,
    /// How it has gone and what is needed, in whole sentences; empty when nothing can be said.
    sentence: String,
    latest: Value,
    goal: Cell,
    needed: Cell,
    so_far: Cell,
    projected: Cell,
    figures: Vec<Figure>,
    table: Option<Table>,
}

impl FollowedTarget {
    /// Whether its figures are constructed.
    pub(crate) fn is_sample(&self) -> bool {
        self.sample
    }
}

/// A figure behind a status, with its label.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    label: String,
    text: String,
    /// What it is counted over, or under which condition.
    note: Option<String>,
}

/// How many targets have a status.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TargetCount {
    text: String,
    status: Signal,
}

/// How a place does against a target, seen from the day the site is built for.
pub(crate) fn progress(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    target: &Target,
    place: PlaceId,
) -> TargetProgress {
    let this_year = i32::from(standpoint.report.today.year());
    let site = standpoint.site();
    measure::progress(
        (site.places(), site.settings().period),
        indicator,
        &target.kind,
        place,
        this_year,
    )
}

/// The line to an indicator's target, from the first of its targets that has a number and a period; own place only.
pub(crate) fn own_path(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId) -> Option<TargetPath> {
    own_target(standpoint, indicator, place)?;
    let entries = standpoint.site().sets().iter().flat_map(IndicatorSet::entries);
    let mut own = entries
        .filter(|entry| entry.indicator == indicator.id)
        .filter_map(|entry| entry.target.as_ref());
    own.find_map(|target| match progress(standpoint, indicator, target, place).basis {
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
pub(crate) fn target_signal(standpoint: Standpoint<'_>, target: &Target, progress: &TargetProgress) -> Signal {
    let name = status_name(progress.status, &target.kind);
    let plain = |code, tone| signal(standpoint, "target", code, tone, name, None);
    match progress.status {
        Status::Reached => plain("reached", "good"),
        Status::OnTrack => plain("on_track", "good"),
        Status::Behind | Status::Missed => plain("behind", "bad"),
        Status::Unknown(doubt) => {
            let why = Some(why(standpoint, target, doubt));
            signal(standpoint, "target", "unknown", "none", "unknown", why)
        }
    }
}

/// Why a target cannot be judged.
fn why(standpoint: Standpoint<'_>, target: &Target, doubt: UnknownReason) -> String {
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
    let by = by.map_or(String::new(), |by| standpoint.voice().format.period_in_text(by));
    standpoint.fill(&format!("sentence.status.{name}"), &[("period", &by)])
}

/// No target.
pub(crate) fn none(standpoint: Standpoint<'_>) -> Signal {
    signal(standpoint, "target", "none", "none", "none", None)
}

/// A target in a row of a table.
pub(crate) fn target_view(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    place: PlaceId,
    target: &Target,
) -> TargetView {
    let voice = standpoint.voice();
    let progress = progress(standpoint, indicator, target, place);
    let rule = match &progress.basis {
        StatusBasis::Path(TargetPath {
            goal: Some(goal), by, ..
        }) => {
            let value = voice.format.value(*goal, &indicator.unit, standpoint.code());
            let period = voice.format.period(*by);
            Some(standpoint.fill("sentence.target_value", &[("value", &value), ("period", &period)]))
        }
        _ => None,
    };
    let status = target_signal(standpoint, target, &progress);
    TargetView {
        text: target.text.in_language(standpoint.code()).to_owned(),
        status: status.into(),
        rule,
    }
}

/// Every target of a set for the report's own place, in order.
pub(crate) fn followed_of(standpoint: Standpoint<'_>, set: &IndicatorSet) -> Vec<FollowedTarget> {
    set.entries()
        .filter_map(|entry| followed(standpoint, set, entry))
        .collect()
}

/// Every target an indicator has, in the order of sets.
pub(crate) fn followed_for(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<FollowedTarget> {
    let entries = standpoint
        .site()
        .sets()
        .iter()
        .flat_map(|set| set.entries().map(move |entry| (set, entry)));
    let own = entries.filter(|(_, entry)| entry.indicator == indicator.id);
    own.filter_map(|(set, entry)| followed(standpoint, set, entry))
        .collect()
}

/// How many targets have each status.
pub(crate) fn counts(standpoint: Standpoint<'_>, all: &[FollowedTarget]) -> Vec<TargetCount> {
    const STATUSES: [(&str, &str, &str); 5] = [
        ("reached", "reached", "good"),
        ("on_track", "on_track", "good"),
        ("behind", "behind", "bad"),
        ("missed", "behind", "bad"),
        ("unknown", "unknown", "none"),
    ];
    let count = |(name, code, tone): (&'static str, &'static str, &'static str)| {
        let n = all.iter().filter(|one| one.counted == name).count().to_string();
        let text = standpoint.fill(&format!("sentence.target_count.{name}"), &[("n", &n)]);
        // The count says it in words; the sign beside it is a picture only.
        let word = if name == "behind" { "behind_any" } else { name };
        TargetCount {
            text,
            status: signal(standpoint, "target", code, tone, word, None),
        }
    };
    STATUSES.into_iter().map(count).collect()
}

/// The rules of the kinds of target shown, as HTML: one paragraph or more a kind.
pub(crate) fn rules(standpoint: Standpoint<'_>, shown: &[FollowedTarget]) -> Html {
    let of = |rule: &str| shown.iter().any(|one| one.rule == rule);
    let kinds = ["line", "peers", "gap", "direction"]
        .into_iter()
        .filter(|rule| of(rule));
    let common = (!shown.is_empty()).then_some("all");
    Html(
        kinds
            .chain(common)
            .map(|rule| standpoint.word(&format!("sentence.rule.{rule}")))
            .collect(),
    )
}

fn followed(standpoint: Standpoint<'_>, set: &IndicatorSet, entry: &SetEntry) -> Option<FollowedTarget> {
    let (target, place) = (entry.target.as_ref()?, standpoint.home()?);
    let indicator = standpoint.site().indicator(&entry.indicator)?;
    let code = standpoint.code();
    let progress = progress(standpoint, indicator, target, place);
    let (rule, counted) = (rule_name(&progress.basis), progress.status.name());
    let because = match progress.status {
        Status::Unknown(doubt) => why(standpoint, target, doubt),
        Status::Reached if rule == "line" => standpoint.word("signal.target.reached").to_owned(),
        Status::Missed => standpoint.word("sentence.progress.time_is_up").to_owned(),
        _ => standpoint.word("sentence.progress.no_year").to_owned(),
    };
    let nothing = Cell {
        text: "–".to_owned(),
        missing: Some(because),
        ..Cell::default()
    };
    let mut followed = FollowedTarget {
        id: standpoint
            .shelf
            .id(&format!("{}-{}", standpoint.word("anchor.target"), indicator.id)),
        title: indicator.name.in_language(code).to_owned(),
        href: standpoint
            .href(&Reference::Indicator(indicator.id.clone()))
            .unwrap_or_default(),
        sample: indicator.sample,
        kind: standpoint
            .word(&format!("sentence.target_kind.{}", target.kind.name()))
            .to_owned(),
        set: Link {
            title: set.short.in_language(code).to_owned(),
            href: standpoint.href(&Reference::Set(set.id.clone())).unwrap_or_default(),
            note: None,
        },
        place: standpoint.place_name(place).to_owned(),
        text: target.text.in_language(code).to_owned(),
        source: (!target.source.is_empty()).then(|| Html(prose::inline(target.source.in_language(code)))),
        status: target_signal(standpoint, target, &progress),
        counted,
        rule,
        sentence: String::new(),
        latest: value(
            standpoint,
            indicator,
            measure::newest(indicator, place, Part::TOTAL),
            true,
        ),
        goal: nothing.clone(),
        needed: nothing.clone(),
        so_far: nothing.clone(),
        projected: nothing,
        figures: Vec::new(),
        table: None,
    };
    let teller = Teller {
        standpoint,
        indicator,
        place,
    };
    match (&progress.basis, &target.kind) {
        (StatusBasis::Path(path), _) => teller.path(&mut followed, path),
        (StatusBasis::Peers(comparison), TargetKind::Peers { group, .. }) => {
            teller.peers(&mut followed, comparison, group);
        }
        (StatusBasis::Peers(_), _) => {}
        (StatusBasis::Gap(gap), _) => teller.gap(&mut followed, gap),
        (StatusBasis::Direction(way), _) => teller.way(&mut followed, way),
    }
    Some(followed)
}

fn rule_name(basis: &StatusBasis) -> &'static str {
    match basis {
        StatusBasis::Path(_) => "line",
        StatusBasis::Peers(_) => "peers",
        StatusBasis::Gap(_) => "gap",
        StatusBasis::Direction(_) => "direction",
    }
}
