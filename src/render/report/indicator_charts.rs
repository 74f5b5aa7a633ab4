//! The charts of an indicator's page: every kind that its figures allow, each with a title that says what they show.

use crate::finding::Log;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Level, Part, PlaceId, Selection, Series, Sex, Text};
use crate::page::context::PageContext;
use crate::page::sentence;
use crate::page::view::Chart;
use crate::render::figure;

/// Charts of the indicator that can be drawn from its figures; none when the report has no place of its own.
pub(super) fn charts(page: PageContext<'_>, indicator: &Indicator, log: &Log) -> Vec<Chart> {
    let specs = page.home().map(|home| Specs { page, indicator, home }.all());
    let specs = specs.into_iter().flatten();
    specs.filter_map(|spec| figure::page_chart(page, &spec, log)).collect()
}

/// Specifies the charts of an indicator.
#[derive(Clone, Copy)]
struct Specs<'a> {
    page: PageContext<'a>,
    indicator: &'a Indicator,
    home: PlaceId,
}

impl Specs<'_> {
    fn all(self) -> Vec<ChartSpec> {
        let (indicator, home) = (self.indicator, self.home);
        let own_level = Selection {
            level: Some(self.page.site.places[home].level),
            ..Selection::default()
        };
        let municipalities = Selection {
            level: Some(Level::Municipality),
            parent: Some(home),
            ..Selection::default()
        };
        let mut specs = Vec::new();
        let is_ranked = !indicator.modelled;
        let periods = indicator.total(home).map_or(0, |series| {
            let values = series
                .observations
                .iter()
                .filter_map(|observation| observation.value.known());
            values.count()
        });
        if periods > 1 {
            specs.push(self.spec(ChartKind::Trend, "trend", Selection::default()));
        }
        if self.with_value(&self.page.peers_of(home)) > 2 && indicator.comparable && is_ranked {
            specs.push(self.spec(ChartKind::Ranking, "ranking", own_level.clone()));
            specs.push(self.quadrants(own_level));
        }
        let own_municipalities = self.page.municipalities();
        if self.with_value(&own_municipalities) > 1 && is_ranked {
            specs.push(self.spec(ChartKind::Comparison, "municipalities", municipalities.clone()));
            if indicator.comparable && self.has_map() {
                specs.push(self.spec(ChartKind::Map, "map", municipalities.clone()));
            }
        }
        if self.is_by_sex(home) {
            let country = self.page.country().filter(|_| indicator.comparable);
            let places = std::iter::once(home).chain(country).collect();
            let home_and_country = Selection {
                places,
                ..Selection::default()
            };
            specs.push(self.spec(ChartKind::Pairs, "pairs", home_and_country));
        } else if own_municipalities.iter().any(|place| self.is_by_sex(*place)) {
            specs.push(self.spec(ChartKind::Pairs, "pairs", municipalities));
        }
        let mut series = indicator.series.iter();
        if series.any(|series| series.place == home && series.part.category.is_some()) {
            specs.push(self.spec(ChartKind::Stacked, "stacked", Selection::default()));
        }
        specs
    }

    fn spec(self, kind: ChartKind, word: &str, selection: Selection) -> ChartSpec {
        ChartSpec {
            indicators: vec![self.indicator.id.clone()],
            selection,
            ..ChartSpec::new(kind, self.title(word), self.indicator.origin.clone())
        }
    }

    /// Level and change, titled by the quadrant of the report's own place.
    fn quadrants(self, selection: Selection) -> ChartSpec {
        let spec = self.spec(ChartKind::Quadrants, "quadrants", selection);
        match figure::quadrant_title(self.page, &spec, self.indicator) {
            Some(title) => ChartSpec {
                title: Text::plain(title),
                ..spec
            },
            None => spec,
        }
    }

    /// Title of a chart: the finding where one sentence says it, else the subject of the chart.
    fn title(self, word: &str) -> String {
        let (page, indicator, home) = (self.page, self.indicator, self.home);
        let finding_title = match word {
            "trend" => sentence::change_title(page, indicator, home),
            "ranking" => sentence::country_title(page, indicator, home),
            _ => None,
        };
        let subject_title = || {
            let breakdown = indicator.breakdown.as_ref();
            let breakdown = breakdown.map_or(String::new(), |breakdown| {
                breakdown.name.in_language(page.code()).to_lowercase()
            });
            let words = [("place", page.place_in_text(home)), ("breakdown", &breakdown)];
            page.fill(&format!("sentence.title.{word}"), &words)
        };
        finding_title.unwrap_or_else(subject_title)
    }

    /// How many of the places have a value.
    fn with_value(self, places: &[PlaceId]) -> usize {
        let has_value = |place: &&PlaceId| self.indicator.total(**place).and_then(Series::latest).is_some();
        places.iter().filter(has_value).count()
    }

    /// Whether there are boundaries of the own county's municipalities.
    fn has_map(self) -> bool {
        let mut maps = self.page.site.places.boundaries.iter();
        maps.any(|map| map.level == Level::Municipality && map.parent == Some(self.home))
    }

    /// Whether a place has values for women and for men.
    fn is_by_sex(self, place: PlaceId) -> bool {
        let mut sexes = [Sex::Women, Sex::Men].into_iter();
        sexes.all(|sex| measure::latest(self.indicator, place, Part::of_sex(sex), None).is_some())
    }
}
