//! Chart specifications: a closed vocabulary bound to indicators.

use super::names::names;
use super::{Level, Part, Period, PlaceId, Sex, Text};
use crate::source::Origin;

/// A chart to draw, as the author asked for it or as a page asks for it.
#[derive(Clone, Debug)]
pub struct ChartSpec {
    /// Kind of chart.
    pub kind: ChartKind,
    /// The message, above the chart.
    pub title: Text,
    /// Statistical subtitle; empty: the generated one does.
    pub subtitle: Text,
    /// Description; empty: the generated one does.
    pub description: Text,
    /// A note under the chart; empty: none.
    pub note: Text,
    /// Ids of the indicators shown.
    pub indicators: Vec<String>,
    /// The node of an index that is shown, by the ids of both; without a node, the index's first top.
    pub index: Option<(String, Option<String>)>,
    /// Places, periods and parts that are shown.
    pub selection: Selection,
    /// ECharts options laid over ours; `Null`: none.
    pub option: serde_json::Value,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

impl ChartSpec {
    /// A chart that a page makes for itself: kind and title, everything else as usual.
    #[must_use]
    pub fn new(kind: ChartKind, title: String, origin: Origin) -> Self {
        let (subtitle, description, note) = (Text::default(), Text::default(), Text::default());
        let (indicators, selection) = (Vec::new(), Selection::default());
        let (title, option) = (Text::plain(title), serde_json::Value::Null);
        Self {
            kind,
            title,
            subtitle,
            description,
            note,
            indicators,
            index: None,
            selection,
            option,
            origin,
        }
    }
}

/// Places, periods and parts of an indicator to show. What is `None` or empty is chosen by the kind of chart.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Places named one by one.
    pub places: Vec<PlaceId>,
    /// All places of a level …
    pub level: Option<Level>,
    /// … within this place.
    pub parent: Option<PlaceId>,
    /// Id of a group, all members of which are shown.
    pub group: Option<String>,
    /// Place that is the chart's subject; `None`: the report's own place.
    pub place: Option<PlaceId>,
    /// From this period …
    pub from: Option<Period>,
    /// … to this one.
    pub to: Option<Period>,
    /// One period only.
    pub period: Option<Period>,
    /// One sex only.
    pub sex: Option<Sex>,
    /// Column of the breakdown to split by.
    pub by: Option<String>,
}

impl Selection {
    /// The part of the population that is shown.
    #[must_use]
    pub fn part(&self) -> Part {
        Part::of_sex(self.sex.unwrap_or_default())
    }
}

/// Kinds of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Lines over time, with the spread of the others as a band.
    Trend,
    /// All places of a level, ordered.
    Ranking,
    /// Places within a place, as bars.
    Comparison,
    /// From one period to another.
    Slope,
    /// Parts of a whole over time.
    Stacked,
    /// Women and men.
    Pairs,
    /// Scores on several axes.
    Profile,
    /// Shaded areas.
    Map,
    /// Small trends side by side.
    Multiples,
    /// Contributions of the parts of an index to its distance from a benchmark.
    Contributions,
    /// Ranks by an index, and the intervals in which they may lie.
    Intervals,
    /// Places by level and change, in four quadrants.
    Quadrants,
    /// Two indicators against each other.
    Scatter,
    /// Whatever the author's own ECharts option draws.
    Option,
}

names!(ChartKind {
    Trend = "trend",
    Ranking = "ranking",
    Comparison = "comparison",
    Slope = "slope",
    Stacked = "stacked",
    Pairs = "pairs",
    Profile = "profile",
    Map = "map",
    Multiples = "multiples",
    Contributions = "contributions",
    Intervals = "intervals",
    Quadrants = "quadrants",
    Scatter = "scatter",
    Option = "option",
});
