//! Addresses: every page's, given out once.
//!
//! Takes the site and its voices; gives the address of every thing that has a page, in every language. Addresses
//! are relative paths ending in `.html`, so that the site works from any folder and from disk.

use crate::finding::{Code, Finding, Log};
use crate::memo::{Fact, Ledger};
use crate::model::{About, Consultation, Layout, Page, PlaceId, Site};
use crate::read::anchor;
use crate::source::Origin;
use crate::survey::Results;
use crate::theme::ThemeLanguage;
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
    /// What is new in the report.
    Updates,
    /// A further page of one.
    Chapter(String, Chapter),
}

/// What a consultation has pages of its own for, besides the one that tells of it.
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

    /// Whether a consultation has it.
    fn of(self, site: &Site, consultation: &Consultation, results: &[Results]) -> bool {
        match self {
            Chapter::Questions => consultation.questionnaire.questions().next().is_some(),
            Chapter::Thanks => consultation.channels.endpoint.is_some(),
            Chapter::Meeting => consultation.channels.meetings,
            Chapter::Results => results.iter().any(|results| results.consultation == consultation.id),
            Chapter::Replies => site.outcomes(&consultation.id).is_some(),
        }
    }

    /// Whether it is made in a language that the rest of the site does not speak.
    fn is_for_answering(self) -> bool {
        matches!(self, Chapter::Questions | Chapter::Thanks)
    }
}

/// A page to be made.
#[derive(Clone, Debug)]
pub(crate) struct Job<'a> {
    /// Position of its language.
    pub(crate) language: usize,
    /// Address.
    pub(crate) route: String,
    /// What it is about.
    pub(crate) about: Reference,
    /// The author's page, if one was written.
    pub(crate) page: Option<&'a Page>,
    /// Its layout.
    pub(crate) layout: Layout,
}

/// All pages and their addresses.
#[derive(Debug, Default)]
pub(crate) struct Routes<'a> {
    addresses: HashMap<(usize, Reference), String>,
    /// Pages, in a fixed order.
    pub(crate) jobs: Vec<Job<'a>>,
}

impl<'a> Routes<'a> {
    /// Addresses of all pages; two pages on one address are a finding.
    pub(crate) fn of(site: &'a Site, results: &[Results], voices: &[ThemeLanguage], drafts: bool, log: &Log) -> Self {
        let mut routes = Self::default();
        for (language, voice) in voices.iter().enumerate() {
            let prefix = if language == 0 {
                String::new()
            } else {
                format!("{}/", voice.code)
            };
            for page in site
                .pages
                .iter()
                .filter(|page| page.language == voice.code && (drafts || !page.draft))
            {
                let route = format!("{prefix}{}.html", page.id);
                routes.add_page(site, page, language, route, log);
            }
            let folder = |kind: &str| format!("{prefix}{}/", voice.words.text(&format!("routes.{kind}")));
            routes.add_consultations(site, results, language, voice, &folder("consultation"));
            // Languages beyond the site's own are there for those who answer.
            if language >= site.settings.languages.len() {
                continue;
            }
            if site.settings.indicator_pages {
                for indicator in &site.indicators {
                    let route = format!("{}{}.html", folder("indicator"), indicator.id);
                    routes.add_made(
                        language,
                        Reference::Indicator(indicator.id.clone()),
                        route,
                        Layout::Indicator,
                    );
                }
            }
            for set in &site.sets {
                let route = format!("{}{}.html", folder("set"), set.id);
                routes.add_made(language, Reference::Set(set.id.clone()), route, Layout::Set);
            }
            for index in &site.indices {
                // The nodes of an index that has no page are nobody's to look for.
                if routes.find(language, &Reference::Index(index.id.clone())).is_none() {
                    continue;
                }
                // A top is what the page of the index itself tells.
                let below = index
                    .scored()
                    .filter(|score| index.tree.iter().all(|top| top.id != score.id));
                for score in below.filter(|score| score.indicator.is_none()) {
                    let route = format!("{}{}/{}.html", folder("index"), index.id, anchor(&score.id));
                    let about = Reference::Score(index.id.clone(), score.id.clone());
                    routes.add_made(language, about, route, Layout::Score);
                }
            }
            if !site.updates.is_empty() {
                let route = format!("{prefix}{}.html", voice.words.text("routes.updates"));
                routes.add_made(language, Reference::Updates, route, Layout::Updates);
            }
            for place in site.places_with_pages() {
                let name = anchor(site.places[place].name.in_language(&voice.code));
                let route = format!("{}{name}.html", folder("place"));
                routes.add_made(language, Reference::Place(place), route, Layout::Place);
            }
        }
        routes.report_collisions(site, log);
        routes
    }

    /// A page for each consultation, and its chapters in a folder beside.
    fn add_consultations(
        &mut self,
        site: &Site,
        results: &[Results],
        language: usize,
        voice: &ThemeLanguage,
        folder: &str,
    ) {
        let own = language < site.settings.languages.len();
        for it in site
            .consultations
            .iter()
            .filter(|it| own || it.languages.contains(&voice.code))
        {
            let about = Reference::Consultation(it.id.clone());
            self.add_made(language, about, format!("{folder}{}.html", it.id), Layout::Consultation);
            for (chapter, layout) in Chapter::ALL {
                if chapter.of(site, it, results) && (own || chapter.is_for_answering()) {
                    let name = voice.words.text(&format!("routes.{}", layout.name()));
                    let route = format!("{folder}{}/{name}.html", it.id);
                    self.add_made(language, Reference::Chapter(it.id.clone(), chapter), route, layout);
                }
            }
        }
    }

    fn add_page(&mut self, site: &Site, page: &'a Page, language: usize, route: String, log: &Log) {
        let about = match &page.about {
            None => (page.layout == Layout::Updates).then_some(Reference::Updates),
            Some(About::Indicator(id)) => {
                crate::bind::indicator(site, id, &page.origin.at("indicator"), log);
                site.indicator(id).map(|_| Reference::Indicator(id.clone()))
            }
            Some(About::Set(id)) => {
                let known = site.sets.iter().map(|set| set.id.as_str());
                resolved(
                    site.set(id).is_some(),
                    Code::UnknownSet,
                    id,
                    page.origin.at("set"),
                    known,
                    log,
                )
                .then(|| Reference::Set(id.clone()))
            }
            Some(About::Index(id)) => {
                let known = site.indices.iter().map(|index| index.id.as_str());
                resolved(
                    site.index(id).is_some(),
                    Code::UnknownIndex,
                    id,
                    page.origin.at("index"),
                    known,
                    log,
                )
                .then(|| Reference::Index(id.clone()))
            }
            Some(About::Consultation(id)) => {
                let known = site.consultations.iter().map(|it| it.id.as_str());
                let (found, at) = (site.consultation(id).is_some(), page.origin.at("consultation"));
                resolved(found, Code::UnknownConsultation, id, at, known, log)
                    .then(|| Reference::Consultation(id.clone()))
            }
            Some(About::Place(code)) => {
                let found = site.places.find(code);
                resolved(
                    found.is_some(),
                    Code::UnknownPlace,
                    code,
                    page.origin.at("place"),
                    site.places.codes(),
                    log,
                );
                found.map(Reference::Place)
            }
        };
        let own = Reference::Page(page.id.clone());
        self.addresses.insert((language, own.clone()), route.clone());
        if let Some(about) = &about {
            self.addresses
                .entry((language, about.clone()))
                .or_insert_with(|| route.clone());
        }
        // A page whose thing does not exist is still a page.
        let needs_thing = matches!(
            page.layout,
            Layout::Indicator | Layout::Set | Layout::Place | Layout::Index | Layout::Consultation
        );
        let layout = if needs_thing && about.is_none() {
            Layout::Page
        } else {
            page.layout
        };
        self.jobs.push(Job {
            language,
            route,
            about: about.unwrap_or(own),
            page: Some(page),
            layout,
        });
    }

    /// A page made from data, unless an author's page is about the same thing.
    fn add_made(&mut self, language: usize, about: Reference, route: String, layout: Layout) {
        if let Entry::Vacant(free) = self.addresses.entry((language, about.clone())) {
            free.insert(route.clone());
            self.jobs.push(Job {
                language,
                route,
                about,
                page: None,
                layout,
            });
        }
    }

    fn report_collisions(&self, site: &Site, log: &Log) {
        let mut owners: BTreeMap<&str, &Job<'_>> = BTreeMap::new();
        for job in &self.jobs {
            if let Some(first) = owners.insert(&job.route, job) {
                // An author's page can be renamed, a page made from data cannot.
                let (job, first) = if job.page.is_none() { (first, job) } else { (job, first) };
                let finding = Finding::new(Code::DuplicateAddress, origin(site, job)).with("route", &job.route);
                log.add(finding.beside(origin(site, first)));
            }
        }
    }

    /// Enters every address as a fact of its own, and all of them as one, which is what one depends on who finds none.
    pub(super) fn enter(&self, ledger: &mut Ledger) -> (Fact, HashMap<(usize, Reference), Fact>) {
        let own = |job: &Job<'a>| job.page.map(|page| Reference::Page(page.id.clone()));
        let all = self.jobs.iter().flat_map(|job| {
            let things = std::iter::once(job.about.clone()).chain(own(job));
            things.map(|about| (job.language, about))
        });
        let mut hasher = blake3::Hasher::new();
        let mut facts = HashMap::new();
        for key in all {
            let Some(route) = self.find(key.0, &key.1) else {
                continue;
            };
            let name = format!("address of {:?}, language {}", key.1, key.0);
            hasher.update(name.as_bytes()).update(route.as_bytes());
            let fact = ledger.enter(&name, *blake3::hash(route.as_bytes()).as_bytes());
            facts.insert(key, fact);
        }
        (ledger.enter("addresses", *hasher.finalize().as_bytes()), facts)
    }

    /// Address of a thing in a language, if it has a page.
    pub(crate) fn find(&self, language: usize, about: &Reference) -> Option<&str> {
        self.addresses.get(&(language, about.clone())).map(String::as_str)
    }
}

fn resolved<'a>(
    known: bool,
    code: Code,
    id: &str,
    origin: Origin,
    candidates: impl Iterator<Item = &'a str>,
    log: &Log,
) -> bool {
    if !known {
        log.add(Finding::new(code, origin).with("value", id).near(id, candidates));
    }
    known
}

fn origin(site: &Site, job: &Job<'_>) -> Origin {
    match (job.page, &job.about) {
        (Some(page), _) => page.origin.clone(),
        (None, Reference::Indicator(id)) => site
            .indicator(id)
            .map_or_else(|| site.settings.origin.clone(), |it| it.origin.clone()),
        (None, Reference::Set(id)) => site
            .set(id)
            .map_or_else(|| site.settings.origin.clone(), |it| it.origin.clone()),
        (None, Reference::Consultation(id) | Reference::Chapter(id, _)) => site
            .consultation(id)
            .map_or_else(|| site.settings.origin.clone(), |it| it.origin.clone()),
        (None, Reference::Updates) => site
            .updates
            .first()
            .map_or_else(|| site.settings.origin.clone(), |it| it.origin.clone()),
        (None, Reference::Place(place)) => site.places[*place].origin.clone(),
        (None, _) => site.settings.origin.clone(),
    }
}

/// The way from one address to another.
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
    fn ways_are_relative() {
        assert_eq!(relative("index.html", "mal/rus.html"), "mal/rus.html");
        assert_eq!(relative("mal/rus.html", "index.html"), "../index.html");
        assert_eq!(relative("mal/rus.html", "mal/uo19.html"), "uo19.html");
        assert_eq!(relative("en/a/b.html", "en/c.html"), "../c.html");
    }
}
