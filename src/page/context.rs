//! The context of one page.

use super::locale::Locale;
use super::output::PageFiles;
use super::report::Report;
use super::routes::{PagePlan, Reference, relative};
use super::view::Link;
use crate::measure::{self, Rank, RankTable};
use crate::model::{Indicator, Layout, Level, Page, Part, PlaceId, Site, Text};
use crate::survey::Results;
use std::sync::Arc;

/// Everything needed to render one page: site, results, locale, route, and the files the page adds.
#[derive(Clone, Copy)]
pub(crate) struct PageContext<'a> {
    pub(crate) site: &'a Site,
    pub(crate) report: &'a Report<'a>,
    pub(crate) locale: &'a Locale<'a>,
    /// Address, subject and layout of the page.
    pub(crate) plan: &'a PagePlan<'a>,
    /// Files that the page adds to the site, and the ids of its elements.
    pub(crate) files: &'a PageFiles,
}

impl<'a> PageContext<'a> {
    /// The context of a planned page.
    pub(crate) fn new(report: &'a Report<'a>, plan: &'a PagePlan<'a>, files: &'a PageFiles) -> Self {
        Self {
            site: report.site,
            report,
            locale: &report.locales[plan.language],
            plan,
            files,
        }
    }

    /// Address of the page in the site.
    pub(crate) fn route(&self) -> &'a str {
        &self.plan.route
    }

    /// The page's language code.
    pub(crate) fn code(&self) -> &'a str {
        self.locale.code
    }

    /// The language of a text that is not to be had in the page's, for its `lang` attribute; `None` where it is.
    pub(crate) fn foreign(&self, text: &Text) -> Option<&'a str> {
        let first = self.report.locales[0].code;
        let code = self.code();
        let entries = text.entries().map(|(own, _)| if own.is_empty() { first } else { own });
        let codes: Vec<&str> = entries.collect();
        if text.is_empty() || codes.contains(&code) {
            return None;
        }
        let shown = text.language_of(code);
        let is_known = |locale: &&'a Locale<'a>| locale.code == shown;
        let known = self.report.locales.iter().find(is_known).map(|locale| locale.code);
        known.or_else(|| shown.is_empty().then_some(first))
    }

    /// A word of the page's language.
    pub(crate) fn word(&self, key: &str) -> &'a str {
        self.locale.word(key)
    }

    /// A word with its placeholders filled.
    pub(crate) fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.locale.fill(key, arguments)
    }

    /// Address of a thing in the page's language, if it has a page.
    pub(crate) fn find(&self, about: &Reference) -> Option<&'a str> {
        self.report.routes.find(self.locale.number, about)
    }

    /// Address of a thing in the language of this position, if it has a page.
    pub(crate) fn find_in(&self, language: usize, about: &Reference) -> Option<&'a str> {
        self.report.routes.find(language, about)
    }

    /// Results of a consultation after suppression; `None` when there are none to publish.
    pub(crate) fn results(&self, consultation: &str) -> Option<&'a Results> {
        self.report
            .results
            .iter()
            .find(|results| results.consultation == consultation)
    }

    /// The first page of a layout in the page's language.
    pub(crate) fn page_of_layout(&self, layout: Layout) -> Option<&'a Page> {
        let id = self.report.first_pages.get(&(self.locale.number, layout))?;
        self.site.page(self.code(), id)
    }

    /// Relative address of a thing's page, if it has one.
    pub(crate) fn href(&self, about: &Reference) -> Option<String> {
        self.find(about).map(|route| self.href_to(route))
    }

    /// Relative address of an address in the site.
    pub(crate) fn href_to(&self, route: &str) -> String {
        relative(self.route(), route)
    }

    /// A link to a thing's page; without a page there is no link.
    pub(crate) fn link(&self, title: &str, about: &Reference) -> Option<Link> {
        Some(Link {
            title: title.to_owned(),
            href: self.href(about)?,
            note: None,
        })
    }

    /// A link to an indicator's page; its address is empty when it has none.
    pub(crate) fn indicator_link(&self, indicator: &Indicator) -> Link {
        let href = self.href(&Reference::Indicator(indicator.id.clone()));
        Link {
            title: indicator.name.in_language(self.code()).to_owned(),
            href: href.unwrap_or_default(),
            note: None,
        }
    }

    /// A link to a place's page.
    pub(crate) fn place_link(&self, place: PlaceId) -> Option<Link> {
        self.link(self.place_name(place), &Reference::Place(place))
    }

    /// Adds a file to the site and returns a link to it, with its size as the note.
    pub(crate) fn offer(&self, title: &str, path: &str, text: String) -> Link {
        let route = self.locale.file_route(path);
        let note = size(self.locale, text.len());
        let href = self.href_to(&route);
        self.files.put(route, text.into_bytes());
        Link {
            title: title.to_owned(),
            href,
            note: Some(note),
        }
    }

    /// Adds a file of an author's or a respondent's, and gives a link to it with its type and size.
    pub(crate) fn attach(&self, title: &str, route: String, bytes: &[u8]) -> Link {
        let ending = route.rsplit('.').next().unwrap_or_default().to_uppercase();
        let note = format!("{ending}, {}", size(self.locale, bytes.len()));
        let href = self.href_to(&route);
        self.files.put(route, bytes.to_vec());
        Link {
            title: title.to_owned(),
            href,
            note: Some(note),
        }
    }

    /// A place's full name.
    pub(crate) fn place_name(&self, place: PlaceId) -> &'a str {
        self.site.places[place].name.in_language(self.code())
    }

    /// A place's name within a sentence: the country has another there ("riket").
    pub(crate) fn place_in_text(&self, place: PlaceId) -> &'a str {
        if self.country() == Some(place) {
            self.site.places[place].in_text.in_language(self.code())
        } else {
            self.place_name(place)
        }
    }

    /// A place's short name.
    pub(crate) fn place_short(&self, place: PlaceId) -> &'a str {
        self.site.places[place].short.in_language(self.code())
    }

    /// The place that the report is about; absent when it is about none in particular.
    pub(crate) fn home(&self) -> Option<PlaceId> {
        self.site.settings.home
    }

    /// The country, for comparisons; absent when the site has none.
    pub(crate) fn country(&self) -> Option<PlaceId> {
        self.site.settings.country
    }

    /// Places of the same level as this one, itself included.
    pub(crate) fn peers_of(&self, place: PlaceId) -> Vec<PlaceId> {
        let level = self.site.places[place].level;
        self.site.places.at_level(level, None).collect()
    }

    /// Municipalities of the report's own county.
    pub(crate) fn municipalities(&self) -> Vec<PlaceId> {
        let Some(home) = self.home() else { return Vec::new() };
        self.site.places.at_level(Level::Municipality, Some(home)).collect()
    }

    /// The rank of a place's latest number among the places of its level, if totals can be compared at all.
    pub(crate) fn rank(&self, indicator: &Indicator, place: PlaceId) -> Option<Rank> {
        let latest = measure::latest(indicator, place, Part::TOTAL, None)
            .filter(|_| indicator.comparable && !indicator.modelled)?;
        let level = self.site.places[place].level;
        let key = (indicator.id.clone(), latest.period, level);
        let tables = &self.report.rank_tables;
        let cached = tables.lock().ok().and_then(|tables| tables.get(&key).cloned());
        let table = cached.unwrap_or_else(|| {
            let places: Vec<PlaceId> = self.site.places.at_level(level, None).collect();
            let table = Arc::new(RankTable::new(indicator, Part::TOTAL, latest.period, &places));
            if let Ok(mut tables) = tables.lock() {
                tables.insert(key, table.clone());
            }
            table
        });
        Some(table.rank(latest.value.known()?)).filter(|rank| rank.of > 1)
    }
}

/// A file's size for readers: `4 kB`, at least one; `2,3 MB` from a million bytes.
pub(crate) fn size(locale: &Locale<'_>, bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a size for readers")]
    let (number, unit) = if bytes < 1_000_000 {
        (locale.format.number(bytes.div_ceil(1000) as f64, 0), "kB")
    } else {
        (locale.format.number(bytes as f64 / 1e6, 1), "MB")
    };
    format!("{number}\u{a0}{unit}")
}
