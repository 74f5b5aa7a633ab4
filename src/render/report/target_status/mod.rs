//! Targets followed up: status, figures and rule, for the pages of indicators, of sets and of all targets.
//!
//! Takes the result of [`crate::measure::progress`]; gives words and numbers. Each kind of target has figures of its own: a line
//! has paces and a projection, peers and gaps have a table. A figure that cannot be computed is a dash with the reason.

mod kinds;
mod writer;

use crate::measure::{self, Status, StatusBasis};
use crate::model::{Indicator, IndicatorSet, Part, SetEntry, TargetKind};
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::signal::signal;
use crate::page::target::{progress, target_signal, why_unknown};
use crate::page::value::value;
use crate::page::view::{Cell, Html, Link, Signal, Table, Value};
use serde::Serialize;
use writer::TargetWriter;

/// The follow-up of a target for the report's own place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TargetFollowUp {
    /// Anchor.
    id: String,
    /// Name of the indicator.
    title: String,
    /// Page of the indicator; empty when it has none.
    href: String,
    /// Whether the figures are constructed.
    sample: bool,
    /// Kind of target, in words.
    kind: String,
    /// The set that states the target; its address is empty when it has no page.
    set: Link,
    /// Name of the report's own place.
    place: String,
    /// The target as decided; may be empty.
    text: String,
    source: Option<Html>,
    status: Signal,
    /// The count that it belongs to: `reached`, `on_track`, `behind`, `missed` or `unknown`.
    counted: &'static str,
    /// The rule that judges it, which is also a key of the words: `line`, `peers`, `gap` or `direction`.
    rule: &'static str,
    /// Development so far and the pace that is needed, in whole sentences; empty when neither is known.
    sentence: String,
    /// The newest value.
    latest: Value,
    /// Value and period to reach.
    goal: Cell,
    /// Pace that is needed from now on.
    needed: Cell,
    /// Pace since the base year.
    so_far: Cell,
    /// Value in the target's year at the pace so far.
    projected: Cell,
    /// All figures behind the status, with labels.
    figures: Vec<TargetFigure>,
    /// The numbers of peers, or of women and men; absent for other kinds.
    table: Option<Table>,
}

impl TargetFollowUp {
    /// Whether its figures are constructed.
    pub(crate) fn is_sample(&self) -> bool {
        self.sample
    }
}

/// A figure behind a status, with its label.
#[derive(Clone, Debug, Serialize)]
struct TargetFigure {
    label: String,
    text: String,
    /// The span of years it is computed over, or the condition it depends on.
    note: Option<String>,
}

/// The number of targets with a status.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TargetCount {
    /// The number with the status in words.
    text: String,
    status: Signal,
}

/// Every target of a set for the report's own place, in order.
pub(crate) fn targets_of_set(page: PageContext<'_>, set: &IndicatorSet) -> Vec<TargetFollowUp> {
    let entries = set.entries();
    entries.filter_map(|entry| follow_up(page, set, entry)).collect()
}

/// Every target of an indicator for the report's own place, in the order of sets.
pub(crate) fn targets_of_indicator(page: PageContext<'_>, indicator: &Indicator) -> Vec<TargetFollowUp> {
    let entries = page
        .site
        .sets
        .iter()
        .flat_map(|set| set.entries().map(move |entry| (set, entry)));
    let of_indicator = entries.filter(|(_, entry)| entry.indicator == indicator.id);
    of_indicator
        .filter_map(|(set, entry)| follow_up(page, set, entry))
        .collect()
}

/// The number of targets with each status.
pub(crate) fn counts(page: PageContext<'_>, targets: &[TargetFollowUp]) -> Vec<TargetCount> {
    const STATUSES: [(&str, &str, &str); 5] = [
        ("reached", "reached", "good"),
        ("on_track", "on_track", "good"),
        ("behind", "behind", "bad"),
        ("missed", "behind", "bad"),
        ("unknown", "unknown", "none"),
    ];
    let count = |(name, code, tone): (&'static str, &'static str, &'static str)| {
        let n = targets
            .iter()
            .filter(|target| target.counted == name)
            .count()
            .to_string();
        let text = page.fill(&format!("sentence.target_count.{name}"), &[("n", &n)]);
        // The text names the status; the signal beside it is a drawing only.
        let word = if name == "behind" { "behind_any" } else { name };
        TargetCount {
            text,
            status: signal(page, "target", code, tone, word, None),
        }
    };
    STATUSES.into_iter().map(count).collect()
}

/// The rules that judge these targets: at least one paragraph for each kind among them, and one common to all.
pub(crate) fn rules(page: PageContext<'_>, targets: &[TargetFollowUp]) -> Html {
    let kinds = ["line", "peers", "gap", "direction"]
        .into_iter()
        .filter(|rule| targets.iter().any(|target| target.rule == *rule));
    let common = (!targets.is_empty()).then_some("all");
    Html(
        kinds
            .chain(common)
            .map(|rule| page.word(&format!("sentence.rule.{rule}")))
            .collect(),
    )
}

/// The follow-up of an entry's target; nothing when it has none or the report has no place of its own.
fn follow_up(page: PageContext<'_>, set: &IndicatorSet, entry: &SetEntry) -> Option<TargetFollowUp> {
    let (target, place) = (entry.target.as_ref()?, page.home()?);
    let indicator = page.site.indicator(&entry.indicator)?;
    let code = page.code();
    let progress = progress(page, indicator, target, place);
    let (rule, counted) = (rule_name(&progress.basis), progress.status.name());
    let reason = match progress.status {
        Status::Unknown(doubt) => why_unknown(page, target, doubt),
        Status::Reached if rule == "line" => page.word("signal.target.reached").to_owned(),
        Status::Missed => page.word("sentence.progress.time_is_up").to_owned(),
        _ => page.word("sentence.progress.no_year").to_owned(),
    };
    let unknown = Cell {
        text: "–".to_owned(),
        missing: Some(reason),
        ..Cell::default()
    };
    let mut follow_up = TargetFollowUp {
        id: page
            .files
            .id(&format!("{}-{}", page.word("anchor.target"), indicator.id)),
        title: indicator.name.in_language(code).to_owned(),
        href: page
            .href(&Reference::Indicator(indicator.id.clone()))
            .unwrap_or_default(),
        sample: indicator.sample,
        kind: page
            .word(&format!("sentence.target_kind.{}", target.kind.name()))
            .to_owned(),
        set: Link {
            title: set.short.in_language(code).to_owned(),
            href: page.href(&Reference::Set(set.id.clone())).unwrap_or_default(),
            note: None,
        },
        place: page.place_name(place).to_owned(),
        text: target.text.in_language(code).to_owned(),
        source: (!target.source.is_empty()).then(|| Html(inline(target.source.in_language(code)))),
        status: target_signal(page, target, &progress),
        counted,
        rule,
        sentence: String::new(),
        latest: value(page, indicator, measure::newest(indicator, place, Part::TOTAL), true),
        goal: unknown.clone(),
        needed: unknown.clone(),
        so_far: unknown.clone(),
        projected: unknown,
        figures: Vec::new(),
        table: None,
    };
    let writer = TargetWriter { page, indicator, place };
    match (&progress.basis, &target.kind) {
        (StatusBasis::Path(path), _) => writer.line(&mut follow_up, path),
        (StatusBasis::Peers(comparison), TargetKind::Peers { group, .. }) => {
            writer.peers(&mut follow_up, comparison, group);
        }
        (StatusBasis::Peers(_), _) => {}
        (StatusBasis::Gap(gap), _) => writer.gap(&mut follow_up, gap),
        (StatusBasis::Direction(way), _) => writer.direction(&mut follow_up, way),
    }
    Some(follow_up)
}

/// Name of the rule that judges a target, which is also a key of the words.
fn rule_name(basis: &StatusBasis) -> &'static str {
    match basis {
        StatusBasis::Path(_) => "line",
        StatusBasis::Peers(_) => "peers",
        StatusBasis::Gap(_) => "gap",
        StatusBasis::Direction(_) => "direction",
    }
}
