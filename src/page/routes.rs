//! Addresses: the plan of all pages, each with an address of its own.
//!
//! Takes the site and its locales; gives the address of every thing that has a page, in every language. Addresses are
//! relative paths ending in `.html`, so that the site works from any folder and from disk.

use super::locale::Locale;
use crate::finding::{Code, Finding, Log};
use crate::model::{About, Consultation, Layout, Page, PlaceId, Site};
use crate::read::anchor;
use crate::source::Origin;
use crate::survey::Results;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// A thing that can have a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reference {
    Page(String),
    Indicator(String),
    Set(String),
    Place(PlaceId),
    Index(String),
    /// A node of an index that has no indicator of its own, by the ids of both.
    Score(String, String),
    /// A survey or consultation, by id.
    Consultation(String),
    /// The page of updates.
    Updates,
    /// A further page of a survey or consultation, by its id.
    Chapter(String, Chapter),
}

/// A further page of a consultation, beside its main page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Chapter {
    Questions,
    Thanks,
    Meeting,
    Results,
    Replies,
}

impl Chapter {
    /// All, in reading order, with their layouts.
    const ALL: [(Chapter, Layout); 5] = [
        (Chapter::Questions, Layout::Questions),
        (Chapter::Thanks, Layout::Thanks),
        (Chapter::Meeting, Layout::Meeting),
        (Chapter::Results, Layout::Results),
        (Chapter::Replies, Layout::Replies),
    ];

    /// Whether a consultation has this chapter.
    fn exists(self, site: &Site, consultation: &Consultation, results: &[Results]) -> bool {
        match self {
            Chapter::Questions => consultation.questionnaire.questions().next().is_some(),
            Chapter::Thanks => consultation.channels.endpoint.is_some(),
            Chapter::Meeting => consultation.channels.meetings,
            Chapter::Results => results.iter().any(|results| results.consultation == consultation.id),
            Chapter::Replies => site.outcomes(&consultation.id).is_some(),
        }
    }

    /// Whether it also exists in languages that only consultations have.
    fn is_for_answering(self) -> bool {
        matches!(self, Chapter::Questions | Chapter::Thanks)
    }
}

/// A planned page: its address, subject and layout.
#[derive(Clone, Debug)]
pub(crate) struct PagePlan<'a> {
    /// Position of its language among the site's.
    pub(crate) language: usize,
    /// Address in the site.
    pub(crate) route: String,
    /// The subject of the page; an author's page without one is its own.
    pub(crate) about: Reference,
    /// The author's page; absent for a page made from data alone.
    pub(crate) page: Option<&'a Page>,
    pub(crate) layout: Layout,
}

/// All pages and their addresses.
#[derive(Debug, Default)]
pub(crate) struct Routes<'a> {
    addresses: HashMap<(usize, Reference), String>,
    /// Pages, in a fixed order.
    pub(crate) pages: Vec<PagePlan<'a>>,
}

impl<'a> Routes<'a> {
    /// Addresses of all pages; two pages on one address are a finding.
    pub(crate) fn new(site: &'a Site, results: &[Results], locales: &[Locale<'_>], drafts: bool, log: &Log) -> Self {
        let mut routes = Self::default();
        for locale in locales {
            let (language, prefix) = (locale.number, &locale.prefix);
            for page in site
                .pages
                .iter()
                .filter(|page| page.language == locale.code && (drafts || !page.draft))
            {
                let route = format!("{prefix}{}.html", page.id);
                routes.add_page(site, page, language, route, log);
            }
            let folder = |kind: &str| format!("{prefix}{}/", locale.word(&format!("routes.{kind}")));
            routes.add_consultations(site, results, locale, &folder("consultation"));
            // Languages beyond the site's own are there for those who answer.
            if !locale.is_full {
                continue;
            }
            if site.settings.indicator_pages {
                for indicator in &site.indicators {
                    let route = format!("{}{}.html", folder("indicator"), indicator.id);
                    routes.add_generated(
                        language,
                        Reference::Indicator(indicator.id.clone()),
                        route,
                        Layout::Indicator,
                    );
                }
            }
            for set in &site.sets {
                let route = format!("{}{}.html", folder("set"), set.id);
                routes.add_generated(language, Reference::Set(set.id.clone()), route, Layout::Set);
            }
            for index in &site.indices {
                // Only the page of an index links to the pages of its nodes.
                if routes.find(language, &Reference::Index(index.id.clone())).is_none() {
                    continue;
                }
                // The page of the index itself is about its tops.
                let below = index
                    .scored()
                    .filter(|score| index.tree.iter().all(|top| top.id != score.id));
                for score in below.filter(|score| score.indicator.is_none()) {
                    let route = format!("{}{}/{}.html", folder("index"), index.id, anchor(&score.id));
                    let about = Reference::Score(index.id.clone(), score.id.clone());
                    routes.add_generated(language, about, route, Layout::Score);
                }
            }
            if !site.updates.is_empty() {
                let route = format!("{prefix}{}.html", locale.word("routes.updates"));
                routes.add_generated(language, Reference::Updates, route, Layout::Updates);
            }
            for place in site.places_with_pages() {
                let name = anchor(site.places[place].name.in_language(locale.code));
                let route = format!("{}{name}.html", folder("place"));
                routes.add_generated(language, Reference::Place(place), route, Layout::Place);
            }
        }
        routes.report_collisions(site, log);
        routes
    }

    /// A page for each consultation, and its chapters in a folder beside.
    fn add_consultations(&mut self, site: &Site, results: &[Results], locale: &Locale<'_>, folder: &str) {
        let language = locale.number;
        for consultation in &site.consultations {
            if !locale.is_full && !consultation.languages.iter().any(|code| code == locale.code) {
                continue;
            }
            let id = &consultation.id;
            let about = Reference::Consultation(id.clone());
            self.add_generated(language, about, format!("{folder}{id}.html"), Layout::Consultation);
            for (chapter, layout) in Chapter::ALL {
                let is_in_language = locale.is_full || chapter.is_for_answering();
                if is_in_language && chapter.exists(site, consultation, results) {
                    let name = locale.word(&format!("routes.{}", layout.name()));
                    let route = format!("{folder}{id}/{name}.html");
                    self.add_generated(language, Reference::Chapter(id.clone(), chapter), route, layout);
                }
            }
        }
    }

    /// A page that an author wrote, under its own id and under its subject.
    fn add_page(&mut self, site: &Site, page: &'a Page, language: usize, route: String, log: &Log) {
        let itself = Reference::Page(page.id.clone());
        let about = subject(site, page, log);
        self.addresses.insert((language, itself.clone()), route.clone());
        if let Some(about) = &about {
            let address = self.addresses.entry((language, about.clone()));
            address.or_insert_with(|| route.clone());
        }
        // A page whose subject does not exist is still a page.
        let needs_subject = matches!(
            page.layout,
            Layout::Indicator | Layout::Set | Layout::Place | Layout::Index | Layout::Consultation
        );
        let layout = if needs_subject && about.is_none() {
            Layout::Page
        } else {
            page.layout
        };
        self.pages.push(PagePlan {
            language,
            route,
            about: about.unwrap_or(itself),
            page: Some(page),
            layout,
        });
    }
    /// A page made from data, unless an author's page is about the same thing.
    fn add_generated(&mut self, language: usize, about: Reference, route: String, layout: Layout) {
        if let Entry::Vacant(free) = self.addresses.entry((language, about.clone())) {
            free.insert(route.clone());
            self.pages.push(PagePlan {
                language,
                route,
                about,
                page: None,
                layout,
            });
        }
    }

    /// Reports pages with the same address.
    fn report_collisions(&self, site: &Site, log: &Log) {
        let mut owners: BTreeMap<&str, &PagePlan<'_>> = BTreeMap::new();
        for plan in &self.pages {
            if let Some(first) = owners.insert(&plan.route, plan) {
                // An author's page can be renamed, a page made from data cannot.
                let (plan, first) = if plan.page.is_none() {
                    (first, plan)
                } else {
                    (plan, first)
                };
                let finding = Finding::new(Code::DuplicateAddress, origin(site, plan)).with("route", &plan.route);
                log.add(finding.beside(origin(site, first)));
            }
        }
    }

    /// Address of a thing in a language, if it has a page.
    pub(crate) fn find(&self, language: usize, about: &Reference) -> Option<&str> {
        self.addresses.get(&(language, about.clone())).map(String::as_str)
    }
}

/// The subject of an author's page; nothing when the author states none, or one that does not exist, which is a finding.
fn subject(site: &Site, page: &Page, log: &Log) -> Option<Reference> {
    let resolve = |subject: Option<Reference>, code: Code, key: &str, id: &str, candidates: Vec<&str>| {
        if subject.is_none() {
            let finding = Finding::new(code, page.origin.at(key)).with("value", id);
            log.add(finding.near(id, candidates));
        }
        subject
    };
    match page.about.as_ref() {
        None => (page.layout == Layout::Updates).then_some(Reference::Updates),
        Some(About::Indicator(id)) => {
            crate::bind::indicator(site, id, &page.origin.at("indicator"), log);
            site.indicator(id).map(|_| Reference::Indicator(id.clone()))
        }
        Some(About::Set(id)) => {
            let set = site.set(id).map(|_| Reference::Set(id.clone()));
            let ids = site.sets.iter().map(|set| set.id.as_str());
            resolve(set, Code::UnknownSet, "set", id, ids.collect())
        }
        Some(About::Index(id)) => {
            let index = site.index(id).map(|_| Reference::Index(id.clone()));
            let ids = site.indices.iter().map(|index| index.id.as_str());
            resolve(index, Code::UnknownIndex, "index", id, ids.collect())
        }
        Some(About::Consultation(id)) => {
            let consultation = site.consultation(id).map(|_| Reference::Consultation(id.clone()));
            let ids = site.consultations.iter().map(|consultation| consultation.id.as_str());
            resolve(
                consultation,
                Code::UnknownConsultation,
                "consultation",
                id,
                ids.collect(),
            )
        }
        Some(About::Place(code)) => {
            let place = site.places.find(code).map(Reference::Place);
            if place.is_none() {
                let finding = Finding::new(Code::UnknownPlace, page.origin.at("place")).with("value", code);
                log.add(site.places.suggest(finding, code));
            }
            place
        }
    }
}

/// Where to report a fault of a page: its own file, else the data it is made from.
fn origin(site: &Site, plan: &PagePlan<'_>) -> Origin {
    let of_data = match &plan.about {
        Reference::Indicator(id) => site.indicator(id).map(|indicator| &indicator.origin),
        Reference::Set(id) => site.set(id).map(|set| &set.origin),
        Reference::Consultation(id) | Reference::Chapter(id, _) => {
            site.consultation(id).map(|consultation| &consultation.origin)
        }
        Reference::Updates => site.updates.first().map(|update| &update.origin),
        Reference::Place(place) => Some(&site.places[*place].origin),
        Reference::Page(_) | Reference::Index(_) | Reference::Score(_, _) => None,
    };
    let of_page = plan.page.map(|page| &page.origin);
    of_page.or(of_data).unwrap_or(&site.settings.origin).clone()
}

/// Absolute address of a page: the front page of a folder is called by the folder.
pub(crate) fn canonical(base_url: &str, route: &str) -> String {
    let folder = route
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("{base_url}{}", folder.unwrap_or(route))
}

/// Relative address of `to`, seen from the page at `from`.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let here: Vec<&str> = from.split('/').collect();
    let there: Vec<&str> = to.split('/').collect();
    let folders = here.len() - 1;
    let common = here[..folders]
        .iter()
        .zip(&there[..there.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = "../".repeat(folders - common);
    out.push_str(&there[common..].join("/"));
    out
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn addresses_are_relative() {
        assert_eq!(relative("index.html", "mal/rus.html"), "mal/rus.html");
        assert_eq!(relative("mal/rus.html", "index.html"), "../index.html");
        assert_eq!(relative("mal/rus.html", "mal/uo19.html"), "uo19.html");
        assert_eq!(relative("en/a/b.html", "en/c.html"), "../c.html");
    }
}
