//! The whole report.

use super::{
    Analysis, Area, ChartSpec, Codebook, Consultation, Index, Indicator, IndicatorSet, Level, Outcomes, Page, Place,
    PlaceId, Places, Score, Text, Topic, Update,
};
use crate::source::Origin;
use jiff::civil::Date;

/// Everything an author has said, with every name resolved or reported.
#[derive(Clone, Debug)]
pub struct Site {
    /// Title, languages, period and so on.
    pub settings: Settings,
    /// Places.
    pub places: Places,
    /// Topics, in order.
    pub topics: Vec<Topic>,
    /// Indicators, sorted by id.
    pub indicators: Vec<Indicator>,
    /// Sets by id.
    pub sets: Vec<IndicatorSet>,
    /// Indices by id.
    pub indices: Vec<Index>,
    /// Analyses by id.
    pub analyses: Vec<Analysis>,
    /// Charts used in several places, by id.
    pub charts: Vec<(String, ChartSpec)>,
    /// Development areas, in order.
    pub areas: Vec<Area>,
    /// Surveys and consultations, by id.
    pub consultations: Vec<Consultation>,
    /// Codebooks by id.
    pub codebooks: Vec<Codebook>,
    /// Replies to consultations, by id of the consultation.
    pub outcomes: Vec<Outcomes>,
    /// Updates that have been recorded, newest first.
    pub updates: Vec<Update>,
    /// Terms by id.
    pub terms: Vec<Term>,
    /// Pages, sorted by language and id.
    pub pages: Vec<Page>,
}

/// A word that is explained.
#[derive(Clone, Debug)]
pub struct Term {
    /// Id; the anchor on the page of terms.
    pub id: String,
    /// The word.
    pub term: Text,
    /// Full form of an abbreviation; empty: it is none.
    pub name: Text,
    /// Other words for the same.
    pub also: Vec<String>,
    /// Definition.
    pub definition: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Contents of `data/site.yaml`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Title of the site.
    pub title: Text,
    /// Short title, for navigation.
    pub short_title: Text,
    /// One sentence about the site, for search engines.
    pub description: Text,
    /// Absolute address of the front page, ending in `/`; empty: not known.
    pub base_url: String,
    /// Language codes; the first is the default and lives at the root.
    pub languages: Vec<String>,
    /// Name of the theme.
    pub theme: String,
    /// First and last year of the report.
    pub period: Option<(i32, i32)>,
    /// The place the report is about.
    pub home: Option<PlaceId>,
    /// The place it is compared with.
    pub country: Option<PlaceId>,
    /// Id of the group of peers.
    pub peers: Option<String>,
    /// Name of the publisher.
    pub publisher: Text,
    /// The publisher's e-mail address; empty: none.
    pub publisher_email: String,
    /// Address of the publisher's own site; empty: none.
    pub publisher_url: String,
    /// Text on every page; empty: none.
    pub notice: Text,
    /// Ids of the pages in the main navigation, and where they are named.
    pub navigation: Vec<(String, Origin)>,
    /// Ids of the pages at the foot, and where they are named.
    pub footer: Vec<(String, Origin)>,
    /// The accessibility statement's fields.
    pub accessibility: Accessibility,
    /// Levels of places with a page each, within a parent; `None`: all of the level.
    pub place_pages: Vec<(Level, Option<PlaceId>)>,
    /// Whether every indicator gets a page.
    pub indicator_pages: bool,
    /// Files and folders below `content/` that are published although no page refers to them, and where they are named.
    pub files: Vec<(String, Origin)>,
    /// The folder with the answers to surveys, relative to the site's; it may lie outside.
    pub answers: (String, Origin),
    /// Per cent by which a figure may be revised before readers must be told why, by a note; `None`: no note is asked for.
    pub note_above_percent: Option<f64>,
    /// Case number of the report's own matter; empty: none.
    pub case_number: String,
    /// Earlier editions of the report, as they are listed.
    pub editions: Vec<Edition>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// An earlier edition of the report, which stays at an address of its own.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Id: the folder in which its pages are published.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The day it was published.
    pub date: Date,
    /// The bag that holds it, as seen from the site's folder; it may lie outside.
    pub archive: (String, Origin),
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Fields of the accessibility statement. Empty texts: not stated.
#[derive(Clone, Debug, Default)]
pub struct Accessibility {
    /// `full`, `partial` or `none`.
    pub status: String,
    /// Day of the last test, as written.
    pub tested: String,
    /// Test method.
    pub method: Text,
    /// Contact for reports of faults.
    pub contact: Text,
    /// Supervisory authority.
    pub supervisor: Text,
    /// Known shortcomings.
    pub shortcomings: Vec<Text>,
}

impl Site {
    /// The indicator of this id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators
            .binary_search_by(|indicator| indicator.id.as_str().cmp(id))
            .ok()
            .map(|index| &self.indicators[index])
    }

    /// Indicators as they are listed: by topic, then their own order, then id.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Indicator> {
        let mut indicators: Vec<&Indicator> = self.indicators.iter().collect();
        let topic = |indicator: &Indicator| {
            self.topics
                .iter()
                .position(|topic| topic.id == indicator.topic)
                .unwrap_or(usize::MAX)
        };
        indicators.sort_by_key(|indicator| (topic(indicator), indicator.order.unwrap_or(u64::MAX)));
        indicators
    }

    /// The set of this id.
    #[must_use]
    pub fn set(&self, id: &str) -> Option<&IndicatorSet> {
        self.sets.iter().find(|set| set.id == id)
    }

    /// The index of this id.
    #[must_use]
    pub fn index(&self, id: &str) -> Option<&Index> {
        self.indices.iter().find(|index| index.id == id)
    }

    /// The indicator whose figures a node of an index uses: the one it names, or the one that carries its Kolada id. Of
    /// several that carry it, one with figures comes before those whose figures have not been brought here.
    #[must_use]
    pub fn scored(&self, score: &Score) -> Option<&Indicator> {
        let carries = |indicator: &&Indicator| {
            indicator
                .external
                .iter()
                .any(|(publisher, id)| publisher == "kolada" && *id == score.kolada && !id.is_empty())
        };
        if let Some(id) = &score.indicator {
            return self.indicator(id);
        }
        let carrying = || self.indicators.iter().filter(carries);
        carrying()
            .find(|indicator| !indicator.series.is_empty())
            .or_else(|| carrying().next())
    }

    /// The analysis of this id.
    #[must_use]
    pub fn analysis(&self, id: &str) -> Option<&Analysis> {
        self.analyses.iter().find(|analysis| analysis.id == id)
    }

    /// The survey or consultation of this id.
    #[must_use]
    pub fn consultation(&self, id: &str) -> Option<&Consultation> {
        self.consultations.iter().find(|consultation| consultation.id == id)
    }

    /// The codebook of this id.
    #[must_use]
    pub fn codebook(&self, id: &str) -> Option<&Codebook> {
        self.codebooks.iter().find(|codebook| codebook.id == id)
    }

    /// Replies to the consultation of this id; `None`: there are none yet.
    #[must_use]
    pub fn outcomes(&self, consultation: &str) -> Option<&Outcomes> {
        self.outcomes
            .iter()
            .find(|outcomes| outcomes.consultation == consultation)
    }

    /// The development area of this id.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// The shared chart of this id.
    #[must_use]
    pub fn chart(&self, id: &str) -> Option<&ChartSpec> {
        self.charts
            .iter()
            .find(|(other, _)| other == id)
            .map(|(_, chart)| chart)
    }

    /// The page of this id in this language.
    #[must_use]
    pub fn page(&self, language: &str, id: &str) -> Option<&Page> {
        let key = |page: &Page| (page.language.as_str(), page.id.as_str()).cmp(&(language, id));
        self.pages.binary_search_by(key).ok().map(|index| &self.pages[index])
    }

    /// Places with a page of their own, in the order of the place list.
    #[must_use]
    pub fn places_with_pages(&self) -> Vec<PlaceId> {
        let has_page = |place: &Place| {
            let rules = &self.settings.place_pages;
            rules
                .iter()
                .any(|(level, within)| *level == place.level && (within.is_none() || *within == place.parent))
        };
        self.places
            .iter()
            .filter(|(_, place)| has_page(place))
            .map(|(id, _)| id)
            .collect()
    }
}
