//! The table of all indicators, with a legend of its signals.

use crate::model::{Indicator, PlaceId, Series};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::row::row;
use crate::page::view::{IndicatorGroup, Signal};
use serde::Serialize;

/// View of the overview (`overview.html`); empty when the report has no place of its own.
#[derive(Serialize)]
struct OverviewView {
    /// Indicators with a value, by topic.
    topics: Vec<IndicatorGroup>,
    /// Indicators without a value, by topic.
    without: Vec<IndicatorGroup>,
    legend: Vec<LegendGroup>,
}

/// The signals of one kind.
#[derive(Serialize)]
struct LegendGroup {
    /// `country`, `trend` or `target`.
    kind: &'static str,
    title: String,
    text: String,
    items: Vec<LegendItem>,
}

/// A signal and its meaning.
#[derive(Serialize)]
struct LegendItem {
    signal: Signal,
    meaning: String,
}

/// Rows by topic, indicators without a value apart, and the legend.
pub(crate) fn overview(page: PageContext<'_>) -> PageContent {
    let topics = page.home().map(|home| topics(page, home, true)).unwrap_or_default();
    let without = page.home().map(|home| topics_without(page, home)).unwrap_or_default();
    let sample = topics.iter().flat_map(|topic| &topic.rows).any(|row| row.sample);
    let view = OverviewView {
        topics,
        without,
        legend: page.home().map(|_| legend(page)).unwrap_or_default(),
    };
    PageContent::of_author_page(page, sample, &view)
}

/// Rows of the indicators with a value for a place, by topic in the site's order; those without a topic last. `anchored`: the
/// groups have the ids of their topics.
pub(crate) fn topics(page: PageContext<'_>, place: PlaceId, anchored: bool) -> Vec<IndicatorGroup> {
    let mut groups = by_topic(page, place, |indicator| has_value(indicator, place));
    if !anchored {
        for group in &mut groups {
            group.id.clear();
        }
    }
    groups
}

/// Rows of the indicators that ought to have a value for the place and have none. Those kept only for another level are left out.
fn topics_without(page: PageContext<'_>, place: PlaceId) -> Vec<IndicatorGroup> {
    let level = page.site.places[place].level;
    let is_kept = |indicator: &Indicator| {
        let mut series = indicator.series.iter();
        indicator.series.is_empty() || series.any(|series| page.site.places[series.place].level == level)
    };
    by_topic(page, place, |indicator| {
        !has_value(indicator, place) && is_kept(indicator)
    })
}

/// Rows of the selected indicators by topic; topics without any are left out.
fn by_topic(page: PageContext<'_>, place: PlaceId, select: impl Fn(&Indicator) -> bool) -> Vec<IndicatorGroup> {
    let site = page.site;
    let ordered = site.in_order();
    let group = |topic: &str, id: &str, title: &str| IndicatorGroup {
        id: id.to_owned(),
        title: title.to_owned(),
        rows: ordered
            .iter()
            .filter(|indicator| indicator.topic == topic && select(indicator))
            .map(|indicator| row(page, indicator, place, None))
            .collect(),
    };
    let topics = site.topics.iter();
    let named = topics.map(|topic| group(&topic.id, &topic.id, topic.name.in_language(page.code())));
    let rest = group("", "other", page.word("sentence.other_topic"));
    named.chain([rest]).filter(|group| !group.rows.is_empty()).collect()
}

fn has_value(indicator: &Indicator, place: PlaceId) -> bool {
    indicator.total(place).and_then(Series::latest).is_some()
}

/// Every signal once, with its meaning.
fn legend(page: PageContext<'_>) -> Vec<LegendGroup> {
    // Drawing, tone, word.
    type Item = (&'static str, &'static str, &'static str);
    const COUNTRY: &[Item] = &[
        ("better", "good", "better"),
        ("worse", "bad", "worse"),
        ("level", "neutral", "level"),
        ("up", "neutral", "neutral_above"),
        ("down", "neutral", "neutral_below"),
        ("none", "none", "none"),
    ];
    const TREND: &[Item] = &[
        ("up", "neutral", "up"),
        ("down", "neutral", "down"),
        ("flat", "neutral", "flat"),
        ("none", "none", "none"),
    ];
    const TARGET: &[Item] = &[
        ("reached", "good", "reached"),
        ("on_track", "good", "on_track"),
        ("behind", "bad", "behind_any"),
        ("unknown", "none", "unknown"),
        ("none", "none", "none"),
    ];
    let group = |kind: &'static str, items: &[Item]| LegendGroup {
        kind,
        title: page.word(&format!("sentence.legend.{kind}.title")).to_owned(),
        text: page.word(&format!("sentence.legend.{kind}.text")).to_owned(),
        items: items
            .iter()
            .map(|(code, tone, word)| {
                let word = page.word(&format!("signal.{kind}.{word}")).to_owned();
                LegendItem {
                    meaning: word.clone(),
                    signal: Signal {
                        kind,
                        code,
                        tone,
                        word,
                        detail: None,
                        order: None,
                    },
                }
            })
            .collect(),
    };
    vec![
        group("country", COUNTRY),
        group("trend", TREND),
        group("target", TARGET),
    ]
}
