//! Targets as a reader sees them: status, figures and rule, for tables of indicators, follow-ups and the overview.
//!
//! Takes what [`crate::measure::progress`] found; gives words and numbers. Every kind of target shows what it has: a line has
//! paces and a projection, peers and gaps have a table. What cannot be had says why.

mod sentences;

use crate::measure;
use crate::measure::{Status, StatusBasis};
use crate::model::{Indicator, IndicatorSet, Part, SetEntry, TargetKind};
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::signal::signal;
use crate::page::target::{progress, target_signal, why};
use crate::page::value::value;
use crate::page::view::{Cell, Html, Link, Signal, Table, Value};
use sentences::Teller;
use serde::Serialize;

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

/// Every target of a set for the report's own place, in order.
pub(crate) fn followed_of(page: PageContext<'_>, set: &IndicatorSet) -> Vec<FollowedTarget> {
    set.entries().filter_map(|entry| followed(page, set, entry)).collect()
}

/// Every target an indicator has, in the order of sets.
pub(crate) fn followed_for(page: PageContext<'_>, indicator: &Indicator) -> Vec<FollowedTarget> {
    let entries = page
        .site
        .sets
        .iter()
        .flat_map(|set| set.entries().map(move |entry| (set, entry)));
    let own = entries.filter(|(_, entry)| entry.indicator == indicator.id);
    own.filter_map(|(set, entry)| followed(page, set, entry)).collect()
}

/// How many targets have each status.
pub(crate) fn counts(page: PageContext<'_>, all: &[FollowedTarget]) -> Vec<TargetCount> {
    const STATUSES: [(&str, &str, &str); 5] = [
        ("reached", "reached", "good"),
        ("on_track", "on_track", "good"),
        ("behind", "behind", "bad"),
        ("missed", "behind", "bad"),
        ("unknown", "unknown", "none"),
    ];
    let count = |(name, code, tone): (&'static str, &'static str, &'static str)| {
        let n = all.iter().filter(|one| one.counted == name).count().to_string();
        let text = page.fill(&format!("sentence.target_count.{name}"), &[("n", &n)]);
        // The count says it in words; the sign beside it is a picture only.
        let word = if name == "behind" { "behind_any" } else { name };
        TargetCount {
            text,
            status: signal(page, "target", code, tone, word, None),
        }
    };
    STATUSES.into_iter().map(count).collect()
}

/// The rules of the kinds of target shown, as HTML: one paragraph or more a kind.
pub(crate) fn rules(page: PageContext<'_>, shown: &[FollowedTarget]) -> Html {
    let of = |rule: &str| shown.iter().any(|one| one.rule == rule);
    let kinds = ["line", "peers", "gap", "direction"]
        .into_iter()
        .filter(|rule| of(rule));
    let common = (!shown.is_empty()).then_some("all");
    Html(
        kinds
            .chain(common)
            .map(|rule| page.word(&format!("sentence.rule.{rule}")))
            .collect(),
    )
}

fn followed(page: PageContext<'_>, set: &IndicatorSet, entry: &SetEntry) -> Option<FollowedTarget> {
    let (target, place) = (entry.target.as_ref()?, page.home()?);
    let indicator = page.site.indicator(&entry.indicator)?;
    let code = page.code();
    let progress = progress(page, indicator, target, place);
    let (rule, counted) = (rule_name(&progress.basis), progress.status.name());
    let because = match progress.status {
        Status::Unknown(doubt) => why(page, target, doubt),
        Status::Reached if rule == "line" => page.word("signal.target.reached").to_owned(),
        Status::Missed => page.word("sentence.progress.time_is_up").to_owned(),
        _ => page.word("sentence.progress.no_year").to_owned(),
    };
    let nothing = Cell {
        text: "–".to_owned(),
        missing: Some(because),
        ..Cell::default()
    };
    let mut followed = FollowedTarget {
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
        goal: nothing.clone(),
        needed: nothing.clone(),
        so_far: nothing.clone(),
        projected: nothing,
        figures: Vec::new(),
        table: None,
    };
    let teller = Teller { page, indicator, place };
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
