//! Chart specifications: a closed vocabulary bound to indicators.

use super::{Level, Part, Period, PlaceId, Sex, Text};
use crate::source::Origin;

/// What to draw, as the author asked for it or as a page asks for it.
#[derive(Clone, Debug)]
pub struct ChartSpec {
    /// Kind.
    pub kind: ChartKind,
    /// The message.
    pub title: Text,
    /// Statistical subtitle, when the generated one does not do.
    pub subtitle: Text,
    /// Description, when the generated one does not do.
    pub description: Text,
    /// A note under the chart.
    pub note: Text,
    /// Ids of the indicators shown.
    pub indicators: Vec<String>,
    /// The node of an index that is shown, by the ids of both; without a node, the index's first top.
    pub index: Option<(String, Option<String>)>,
    /// What part of their figures is shown.
    pub selection: Selection,
    /// ECharts options laid over ours; `Null`: none.
    pub option: serde_json::Value,
    /// Where it is written.
    pub origin: Origin,
}

impl ChartSpec {
    /// A chart that a page makes for itself: kind and title, nothing else said.
    #[must_use]
    pub fn made(kind: ChartKind, title: String, origin: Origin) -> Self {
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

/// Which figures of an indicator.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Places named one by one.
    pub places: Vec<PlaceId>,
    /// All places of a level …
    pub level: Option<Level>,
    /// … within this place.
    pub parent: Option<PlaceId>,
    /// The members of a group.
    pub group: Option<String>,
    /// Whose chart it is; the report's own place when not said.
    pub place: Option<PlaceId>,
    /// From this period …
    pub from: Option<Period>,
    /// … to this one.
    pub to: Option<Period>,
    /// One period only.
    pub period: Option<Period>,
    /// One sex only.
    pub sex: Option<Sex>,
    /// Split by this breakdown.
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
    /// What pulls an index up and down.
    Contributions,
    /// Ranks by an index, and how sure they are.
    Intervals,
    /// Places by level and change, in four quadrants.
    Quadrants,
    /// Two indicators against each other.
    Scatter,
    /// Whatever the option says.
    Option,
}

impl ChartKind {
    /// As written in data files.
    pub const NAMES: &'static [(&'static str, ChartKind)] = &[
        ("trend", ChartKind::Trend),
        ("ranking", ChartKind::Ranking),
        ("comparison", ChartKind::Comparison),
        ("slope", ChartKind::Slope),
        ("stacked", ChartKind::Stacked),
        ("pairs", ChartKind::Pairs),
        ("profile", ChartKind::Profile),
        ("map", ChartKind::Map),
        ("multiples", ChartKind::Multiples),
        ("contributions", ChartKind::Contributions),
        ("intervals", ChartKind::Intervals),
        ("quadrants", ChartKind::Quadrants),
        ("scatter", ChartKind::Scatter),
        ("option", ChartKind::Option),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }
}
