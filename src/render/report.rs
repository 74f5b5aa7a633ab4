//! What every page is made with: the site, the theme, the addresses, the day.

use super::facts::Facts;
use super::routes::{Job, Reference, Routes, relative};
use super::seen::Seen;
use super::shelf::Shelf;
use super::view::Link;
use crate::export;
use crate::index::{Composite, Ranges};
use crate::measure::{self, Rank, RankTable};
use crate::memo::Memo;
use crate::model::{Indicator, Layout, Level, Part, Period, PlaceId, Site};
use crate::survey::Results;
use crate::theme::{Theme, ThemeLanguage};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// Everything pages may draw on.
pub(crate) struct Report<'a> {
    /// The site; pages see it through [`Standpoint::site`].
    pub(super) site: &'a Arc<Site>,
    /// What pages can look at, by number.
    pub(super) facts: &'a Facts,
    pub(crate) theme: &'a Theme,
    /// The indices, computed; pages see them through [`Standpoint::composites`].
    pub(super) composites: &'a [Composite<'a>],
    /// What may be shown of the answers to consultations.
    pub(super) results: &'a [Results],
    /// How sure their ranks are, by index and top; computed when first asked for.
    pub(crate) ranges: HashMap<(String, usize), OnceLock<Option<Ranges>>>,
    pub(super) routes: &'a Routes<'a>,
    pub(crate) today: jiff::civil::Date,
    pub(crate) memo: &'a Memo,
    /// Static files of the content folder, by their path in the site.
    pub(super) files: &'a [String],
    /// Absolute address of the front page, ending in `/`; empty when not known.
    pub(crate) base_url: &'a str,
    /// Boundaries as the engine wants them: name and `GeoJSON`.
    pub(crate) maps: Vec<(String, String)>,
    /// Hash of the boundaries.
    pub(crate) maps_hash: [u8; 32],
    /// RankTable of the places of a level, by indicator, period and level; made when first asked for.
    pub(crate) standings: Mutex<HashMap<(String, Period, Level), Arc<RankTable>>>,
    /// Files of series, by language and indicator; made when a page offers one, and put out once.
    pub(crate) series: BTreeMap<(usize, String), OnceLock<Arc<[u8]>>>,
    /// What the rows of each indicator have in common in files, by language; made when first asked for.
    pub(crate) commons: Vec<OnceLock<Vec<export::Common>>>,
    /// The page of each layout, by language: the first there is.
    pub(super) by_layout: HashMap<(usize, Layout), String>,
    /// What comes before and after each thing in reading order.
    pub(crate) neighbours: HashMap<(usize, Reference), (Option<Neighbour>, Option<Neighbour>)>,
}

/// A thing in a sequence, and its title in links.
pub(crate) type Neighbour = (Reference, String);

/// A page's point of view: its language and its address.
#[derive(Clone, Copy)]
pub(crate) struct Standpoint<'a> {
    pub(crate) report: &'a Report<'a>,
    pub(crate) language: usize,
    pub(crate) route: &'a str,
    /// The page that is being made.
    pub(crate) job: &'a Job<'a>,
    /// What the page makes besides itself.
    pub(crate) shelf: &'a Shelf,
}

impl<'a> Standpoint<'a> {
    /// The site, noting what is looked at.
    pub(crate) fn site(&self) -> Seen<'a> {
        Seen {
            site: self.report.site,
            facts: self.report.facts,
            trace: &self.shelf.trace,
        }
    }

    /// The indices, computed.
    pub(crate) fn composites(&self) -> &'a [Composite<'a>] {
        self.shelf.trace.note(self.report.facts.composites);
        self.report.composites
    }

    /// Static files of the content folder, by their path in the site.
    pub(crate) fn files(&self) -> &'a [String] {
        self.shelf.trace.note(self.report.facts.files);
        self.report.files
    }

    /// Address of a thing in a language, if it has a page.
    pub(crate) fn find(&self, language: usize, about: &Reference) -> Option<&'a str> {
        let facts = self.report.facts;
        self.shelf.trace.note(facts.address(language, about));
        self.report.routes.find(language, about)
    }

    /// What may be shown of the answers to a consultation; `None`: there are none.
    pub(crate) fn results(&self, consultation: &str) -> Option<&'a Results> {
        self.shelf.trace.note(self.report.facts.results);
        self.report
            .results
            .iter()
            .find(|results| results.consultation == consultation)
    }

    /// Id of the page of a layout: the first there is.
    pub(crate) fn of_layout(&self, layout: Layout) -> Option<&'a String> {
        self.shelf.trace.note(self.report.facts.layouts);
        self.report.by_layout.get(&(self.language, layout))
    }

    /// Notes that something may have been computed from answers.
    pub(crate) fn note_results(&self) {
        self.shelf.trace.note(self.report.facts.results);
    }

    /// Words and formats of the page's language.
    pub(crate) fn voice(&self) -> &'a ThemeLanguage {
        &self.report.theme.languages[self.language]
    }

    /// The page's language code.
    pub(crate) fn code(&self) -> &'a str {
        &self.voice().code
    }

    /// A word.
    pub(crate) fn word(&self, path: &str) -> &'a str {
        self.voice().words.text(path)
    }

    /// A word with its placeholders filled.
    pub(crate) fn fill(&self, path: &str, arguments: &[(&str, &str)]) -> String {
        self.voice().words.fill(path, arguments)
    }

    /// The way to a thing's page, if it has one.
    pub(crate) fn href(&self, about: &Reference) -> Option<String> {
        self.find(self.language, about).map(|route| relative(self.route, route))
    }

    /// Address of a file made for pages of this language.
    pub(crate) fn file_route(&self, path: &str) -> String {
        if self.language == 0 {
            path.to_owned()
        } else {
            format!("{}/{path}", self.code())
        }
    }

    /// A link to the file of an indicator's series; nothing when it has none.
    pub(crate) fn series_link(&self, title: &str, indicator: &Indicator) -> Option<Link> {
        let file = self
            .report
            .series
            .get(&(self.language, indicator.id.clone()))
            .filter(|_| !indicator.series.is_empty())?;
        self.shelf
            .series
            .borrow_mut()
            .insert((self.language, indicator.id.clone()));
        let bytes = file.get_or_init(|| export::series(*self, &[indicator]).into_bytes().into());
        let href = self.way(&self.file_route(&export::route(&indicator.id)));
        Some(Link {
            title: title.to_owned(),
            href,
            note: Some(super::size(*self, bytes.len())),
        })
    }

    /// A file that this page makes, as a link.
    pub(crate) fn offer(&self, title: &str, path: &str, text: String) -> Link {
        let route = self.file_route(path);
        let note = super::size(*self, text.len());
        let href = self.way(&route);
        self.shelf.put(route, text.into_bytes());
        Link {
            title: title.to_owned(),
            href,
            note: Some(note),
        }
    }

    /// The way to an address of the site.
    pub(crate) fn way(&self, route: &str) -> String {
        relative(self.route, route)
    }

    /// A link to a thing's page; without a page there is no link.
    pub(crate) fn link(&self, title: &str, about: &Reference) -> Option<Link> {
        Some(Link {
            title: title.to_owned(),
            href: self.href(about)?,
            note: None,
        })
    }

    /// A link to an indicator's page.
    pub(crate) fn indicator_link(&self, indicator: &Indicator) -> Link {
        let href = self
            .href(&Reference::Indicator(indicator.id.clone()))
            .unwrap_or_default();
        Link {
            title: indicator.name.in_language(self.code()).to_owned(),
            href,
            note: None,
        }
    }

    /// A link to a place's page.
    pub(crate) fn place_link(&self, place: PlaceId) -> Option<Link> {
        self.link(self.place_name(place), &Reference::Place(place))
    }

    /// A place's full name.
    pub(crate) fn place_name(&self, place: PlaceId) -> &'a str {
        self.site().places()[place].name.in_language(self.code())
    }

    /// A place's name within a sentence: the country's is the word of running text.
    pub(crate) fn place_in_text(&self, place: PlaceId) -> &'a str {
        if self.country() == Some(place) {
            self.site().places()[place].in_text.in_language(self.code())
        } else {
            self.place_name(place)
        }
    }

    /// A place's short name.
    pub(crate) fn place_short(&self, place: PlaceId) -> &'a str {
        self.site().places()[place].short.in_language(self.code())
    }

    /// The report's own place.
    pub(crate) fn home(&self) -> Option<PlaceId> {
        self.site().settings().home
    }

    /// The country.
    pub(crate) fn country(&self) -> Option<PlaceId> {
        self.site().settings().country
    }

    /// Places of the same level as this one, itself included.
    pub(crate) fn peers_of(&self, place: PlaceId) -> Vec<PlaceId> {
        let level = self.site().places()[place].level;
        self.site().places().at_level(level, None).collect()
    }

    /// The rank of a place's latest number among the places of its level, if totals can be compared at all.
    pub(crate) fn rank(&self, indicator: &Indicator, place: PlaceId) -> Option<Rank> {
        let latest = measure::latest(indicator, place, Part::TOTAL, None).filter(|_| indicator.comparable)?;
        let level = self.site().places()[place].level;
        let key = (indicator.id.clone(), latest.period, level);
        let known = self.report.standings.lock().ok().and_then(|all| all.get(&key).cloned());
        let standings = known.unwrap_or_else(|| {
            let places: Vec<PlaceId> = self.site().places().at_level(level, None).collect();
            let made = Arc::new(RankTable::new(indicator, Part::TOTAL, latest.period, &places));
            if let Ok(mut all) = self.report.standings.lock() {
                all.insert(key, made.clone());
            }
            made
        });
        Some(standings.rank(latest.value.known()?)).filter(|rank| rank.of > 1)
    }

    /// Municipalities of the report's own county.
    pub(crate) fn municipalities(&self) -> Vec<PlaceId> {
        match self.home() {
            Some(home) => self.site().places().at_level(Level::Municipality, Some(home)).collect(),
            None => Vec::new(),
        }
    }
}
