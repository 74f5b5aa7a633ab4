//! The site as one page sees it: every look at it is noted.
//!
//! A page that was made before is made again when something it looked at is another. So that nothing is forgotten,
//! pages get at the site through this type alone; which part of the source decides each fact is said in
//! [`super::facts`].

use super::facts::Facts;
use crate::memo::Trace;
use crate::model::{
    Analysis, Area, ChartSpec, Codebook, Consultation, Index, Indicator, IndicatorSet, Outcomes, Page, PlaceId, Places,
    Score, Settings, Site, Term, Topic, Update,
};

/// The site, and the note of what was looked at.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(super) site: &'a Site,
    pub(super) facts: &'a Facts,
    pub(super) trace: &'a Trace,
}

impl<'a> Seen<'a> {
    /// What `data/site.yaml` says.
    pub(crate) fn settings(self) -> &'a Settings {
        self.trace.note(self.facts.settings);
        &self.site.settings
    }

    /// All places.
    pub(crate) fn places(self) -> &'a Places {
        self.trace.note(self.facts.places);
        &self.site.places
    }

    /// All topics.
    pub(crate) fn topics(self) -> &'a [Topic] {
        self.trace.note(self.facts.topics);
        &self.site.topics
    }

    /// All terms.
    pub(crate) fn terms(self) -> &'a [Term] {
        self.trace.note(self.facts.terms);
        &self.site.terms
    }

    /// All indicators.
    pub(crate) fn indicators(self) -> &'a [Indicator] {
        self.trace.note(self.facts.all_indicators);
        &self.site.indicators
    }

    /// All indicators as they are listed.
    pub(crate) fn in_order(self) -> Vec<&'a Indicator> {
        self.topics();
        self.indicators();
        self.site.in_order()
    }

    /// The indicator of this id.
    pub(crate) fn indicator(self, id: &str) -> Option<&'a Indicator> {
        let found = self
            .site
            .indicators
            .binary_search_by(|indicator| indicator.id.as_str().cmp(id))
            .ok();
        self.trace
            .note(found.map_or(self.facts.indicator_names, |at| self.facts.indicators[at]));
        found.map(|at| &self.site.indicators[at])
    }

    /// The indicator whose figures a node of an index uses.
    pub(crate) fn scored(self, score: &Score) -> Option<&'a Indicator> {
        self.indicators();
        self.site.scored(score)
    }

    /// All sets.
    pub(crate) fn sets(self) -> &'a [IndicatorSet] {
        self.trace.note(self.facts.sets);
        &self.site.sets
    }

    /// The set of this id.
    pub(crate) fn set(self, id: &str) -> Option<&'a IndicatorSet> {
        self.sets().iter().find(|set| set.id == id)
    }

    /// All indices.
    pub(crate) fn indices(self) -> &'a [Index] {
        self.trace.note(self.facts.indices);
        &self.site.indices
    }

    /// The index of this id.
    pub(crate) fn index(self, id: &str) -> Option<&'a Index> {
        self.indices().iter().find(|index| index.id == id)
    }

    /// All analyses.
    pub(crate) fn analyses(self) -> &'a [Analysis] {
        self.trace.note(self.facts.analyses);
        &self.site.analyses
    }

    /// The analysis of this id.
    pub(crate) fn analysis(self, id: &str) -> Option<&'a Analysis> {
        self.analyses().iter().find(|analysis| analysis.id == id)
    }

    /// Charts used in several places.
    pub(crate) fn charts(self) -> &'a [(String, ChartSpec)] {
        self.trace.note(self.facts.charts);
        &self.site.charts
    }

    /// The shared chart of this id.
    pub(crate) fn chart(self, id: &str) -> Option<&'a ChartSpec> {
        self.charts().iter().find(|(own, _)| own == id).map(|(_, chart)| chart)
    }

    /// Development areas.
    pub(crate) fn areas(self) -> &'a [Area] {
        self.trace.note(self.facts.consultations);
        &self.site.areas
    }

    /// The development area of this id.
    pub(crate) fn area(self, id: &str) -> Option<&'a Area> {
        self.areas().iter().find(|area| area.id == id)
    }

    /// Surveys and consultations.
    pub(crate) fn consultations(self) -> &'a [Consultation] {
        self.trace.note(self.facts.consultations);
        &self.site.consultations
    }

    /// The survey or consultation of this id.
    pub(crate) fn consultation(self, id: &str) -> Option<&'a Consultation> {
        self.consultations().iter().find(|consultation| consultation.id == id)
    }

    /// The codebook of this id.
    pub(crate) fn codebook(self, id: &str) -> Option<&'a Codebook> {
        self.trace.note(self.facts.consultations);
        self.site.codebook(id)
    }

    /// What came of the consultation of this id.
    pub(crate) fn outcomes(self, consultation: &str) -> Option<&'a Outcomes> {
        self.trace.note(self.facts.consultations);
        self.site.outcomes(consultation)
    }

    /// Recorded updates, newest first.
    pub(crate) fn updates(self) -> &'a [Update] {
        self.trace.note(self.facts.updates);
        &self.site.updates
    }

    /// Whether any update has been recorded.
    pub(crate) fn has_updates(self) -> bool {
        self.trace.note(self.facts.has_updates);
        !self.site.updates.is_empty()
    }

    /// Updates that touched this indicator, newest first. Their days, titles and number are all that is noted.
    pub(crate) fn updates_of(self, indicator: &str) -> Vec<&'a Update> {
        let found = self
            .site
            .indicators
            .binary_search_by(|it| it.id.as_str().cmp(indicator))
            .ok();
        self.trace
            .note(found.map_or(self.facts.updates, |at| self.facts.touched[at]));
        self.site
            .updates
            .iter()
            .filter(|update| update.figures_of(indicator).is_some())
            .collect()
    }

    /// What is said at the head of all pages: titles, layouts, order.
    pub(crate) fn pages(self) -> &'a [Page] {
        self.trace.note(self.facts.all_pages);
        &self.site.pages
    }

    /// The head of the page of this id in this language.
    pub(crate) fn page(self, language: &str, id: &str) -> Option<&'a Page> {
        let key = |page: &Page| (page.language.as_str(), page.id.as_str()).cmp(&(language, id));
        let found = self.site.pages.binary_search_by(key).ok();
        self.trace
            .note(found.map_or(self.facts.page_names, |at| self.facts.pages[at]));
        found.map(|at| &self.site.pages[at])
    }

    /// The first page in this language that shows this analysis.
    pub(crate) fn page_that_shows(self, language: &str, analysis: &Analysis) -> Option<&'a Page> {
        self.trace.note(self.facts.shown_analyses);
        self.site
            .pages
            .iter()
            .find(|page| page.language == language && page.shows(analysis))
    }

    /// Places with a page of their own.
    pub(crate) fn places_with_pages(self) -> Vec<PlaceId> {
        self.settings();
        self.places();
        self.site.places_with_pages()
    }

    /// The whole site, for work that may look at anything: it is done again whenever any data change.
    pub(crate) fn whole(self) -> &'a Site {
        self.facts.whole().for_each(|fact| self.trace.note(fact));
        self.site
    }
}
