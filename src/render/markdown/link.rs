//! Links in narrative: by id, to files, to anchors, to other sites.

use crate::finding::{Code, Finding, nearest};
use crate::page::routes::{Reference, relative};
use crate::render::markdown::{Writer, term};
use crate::source::Origin;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};
use std::ops::Range;

/// Schemes that may be meant by a misspelt one.
const SCHEMES: [&str; 10] = [
    "indicator",
    "place",
    "set",
    "index",
    "page",
    "consultation",
    "term",
    "https",
    "mailto",
    "tel",
];

/// A link to an anchor, checked when all pages are made.
#[derive(Clone, Debug)]
pub(crate) struct AnchorLink {
    /// Address of the page.
    pub(crate) route: String,
    /// Anchor on it.
    pub(crate) anchor: String,
    /// Where the link is written.
    pub(crate) origin: Origin,
}

impl<'a> Writer<'a> {
    /// A link's start, its address finished; nothing where there is no place to go, and then what it holds stays as text.
    pub(super) fn link(
        &mut self,
        link_type: LinkType,
        dest: &str,
        title: CowStr<'a>,
        id: CowStr<'a>,
        range: &Range<usize>,
    ) -> Option<Event<'a>> {
        // An address between angle brackets is a letter to somebody.
        let letter = (link_type == LinkType::Email).then(|| format!("mailto:{dest}"));
        let href = letter.or_else(|| self.href(dest, range))?;
        let title = match dest.strip_prefix("term:") {
            Some(term) if title.is_empty() => self.meaning(term).into(),
            _ => title,
        };
        let link_type = if link_type == LinkType::Email {
            LinkType::Inline
        } else {
            link_type
        };
        Some(Event::Start(Tag::Link {
            link_type,
            dest_url: href.into(),
            title,
            id,
        }))
    }

    fn href(&mut self, dest: &str, range: &Range<usize>) -> Option<String> {
        let (target, anchor) = dest
            .split_once('#')
            .map_or((dest, None), |(target, anchor)| (target, Some(anchor)));
        let route = match target.split_once(':') {
            _ if target.is_empty() => self.page.route().to_owned(),
            None => return self.relative_link(target, anchor, range),
            Some(("http" | "https" | "mailto" | "tel", _)) => return Some(dest.to_owned()),
            Some(("term", id)) => return self.term_link(id, range),
            Some((kind @ ("indicator" | "place" | "set" | "index" | "page" | "consultation"), id)) => {
                self.thing(kind, id, range)?
            }
            Some((scheme, rest)) => {
                let finding = Finding::new(Code::LinkScheme, self.dest(dest, range)).with("target", dest);
                self.log.add(match nearest(scheme, SCHEMES) {
                    Some(near) => finding.with("near", format!("{near}:{rest}")),
                    None => finding,
                });
                return None;
            }
        };
        Some(self.anchored(&route, anchor, dest, range))
    }

    fn anchored(&mut self, route: &str, anchor: Option<&str>, dest: &str, range: &Range<usize>) -> String {
        let way = if *route == *self.page.route() && anchor.is_some() {
            String::new()
        } else {
            self.page.href_to(route)
        };
        let Some(anchor) = anchor else { return way };
        let origin = self.dest(dest, range);
        self.done.anchors.push(AnchorLink {
            route: route.to_owned(),
            anchor: anchor.to_owned(),
            origin,
        });
        format!("{way}#{anchor}")
    }

    /// Address of a thing named by id.
    fn thing(&mut self, kind: &str, id: &str, range: &Range<usize>) -> Option<String> {
        let site = self.page.site;
        let language = self.page.code();
        let about = match kind {
            "indicator" => site.indicator(id).map(|it| Reference::Indicator(it.id.clone())),
            "set" => site.set(id).map(|it| Reference::Set(it.id.clone())),
            "index" => site.index(id).map(|it| Reference::Index(it.id.clone())),
            "consultation" => site.consultation(id).map(|it| Reference::Consultation(it.id.clone())),
            "place" => site.places.find(id).map(Reference::Place),
            _ => site.page(language, id).map(|it| Reference::Page(it.id.clone())),
        };
        let Some(about) = about else {
            let (code, known): (Code, Vec<&str>) = match kind {
                "indicator" => (
                    Code::UnknownIndicator,
                    site.indicators.iter().map(|it| it.id.as_str()).collect(),
                ),
                "set" => (Code::UnknownSet, site.sets.iter().map(|it| it.id.as_str()).collect()),
                "index" => (
                    Code::UnknownIndex,
                    site.indices.iter().map(|it| it.id.as_str()).collect(),
                ),
                "consultation" => (
                    Code::UnknownConsultation,
                    site.consultations.iter().map(|it| it.id.as_str()).collect(),
                ),
                "place" => (Code::UnknownPlace, site.places.codes().collect()),
                _ => {
                    let own = site.pages.iter().filter(|page| page.language == language);
                    (Code::UnknownPage, own.map(|page| page.id.as_str()).collect())
                }
            };
            let written = format!("{kind}:{id}");
            self.log.add(
                Finding::new(code, self.dest(&written, range))
                    .with("value", id)
                    .near(id, known),
            );
            return None;
        };
        if let Reference::Indicator(id) = &about {
            self.done.uses.insert(id.clone());
        }
        let route = self.page.find(&about).map(ToOwned::to_owned);
        if route.is_none() {
            self.no_page(&format!("{kind}:{id}"), range);
        }
        route
    }

    /// A finding: the thing exists, but no page tells of it.
    fn no_page(&self, written: &str, range: &Range<usize>) {
        self.log
            .add(Finding::new(Code::LinkNoPage, self.dest(written, range)).with("target", written));
    }

    fn term_link(&mut self, id: &str, range: &Range<usize>) -> Option<String> {
        let terms = &self.page.site.terms;
        if !terms.iter().any(|term| term.id == id) {
            let known = terms.iter().map(|term| term.id.as_str());
            let written = format!("term:{id}");
            self.log.add(
                Finding::new(Code::UnknownTerm, self.dest(&written, range))
                    .with("value", id)
                    .near(id, known),
            );
            return None;
        }
        let Some(route) = term::page_of_terms(self.page) else {
            self.no_page(&format!("term:{id}"), range);
            return None;
        };
        Some(format!("{}#{id}", self.page.href_to(route)))
    }

    fn meaning(&self, id: &str) -> String {
        let code = self.page.code();
        let term = self.page.site.terms.iter().find(|term| term.id == id);
        term.map_or(String::new(), |term| {
            let name = term.name.in_language(code);
            if name.is_empty() {
                term.definition.in_language(code).to_owned()
            } else {
                name.to_owned()
            }
        })
    }

    /// A path: to another Markdown file, or to a file of the content folder.
    fn relative_link(&mut self, target: &str, anchor: Option<&str>, range: &Range<usize>) -> Option<String> {
        if let Some(path) = target.strip_suffix(".md") {
            let path = self.path_from_here(path);
            let (language, id) = self.page_id(&path);
            if let Some(route) = self.page.find_in(language, &Reference::Page(id)) {
                let route = route.to_owned();
                let written = anchor.map_or_else(|| target.to_owned(), |anchor| format!("{target}#{anchor}"));
                return Some(self.anchored(&route, anchor, &written, range));
            }
        }
        self.file_link(target, range)
    }

    /// A file of the content folder that is copied to the site.
    pub(super) fn file_link(&mut self, target: &str, range: &Range<usize>) -> Option<String> {
        if target.starts_with("https://") || target.starts_with("http://") {
            self.log
                .add(Finding::new(Code::LinkScheme, self.dest(target, range)).with("target", target));
            return None;
        }
        let path = self.path_from_here(&target.replace("%20", " "));
        if self.page.report.files.contains(&path) {
            return Some(relative(self.page.route(), &path));
        }
        let pages = self.page.site.pages.iter().map(|page| format!("{}.md", page.id));
        let known: Vec<String> = pages.chain(self.page.report.files.iter().cloned()).collect();
        let finding = Finding::new(Code::LinkBroken, self.dest(target, range)).with("target", target);
        let near = nearest(&path, known.iter().map(String::as_str)).map(ToOwned::to_owned);
        self.log.add(match near {
            Some(near) => finding.with("near", near),
            None => finding,
        });
        None
    }

    /// A path relative to this page's file, as a path of the content folder.
    fn path_from_here(&self, target: &str) -> String {
        let folder = self
            .file
            .strip_prefix("content/")
            .and_then(|path| path.rsplit_once('/'))
            .map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = if target.starts_with('/') {
            Vec::new()
        } else {
            folder.split('/').filter(|part| !part.is_empty()).collect()
        };
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    fn page_id(&self, path: &str) -> (usize, String) {
        let locales = self.page.report.locales;
        let further = path.split_once('/').and_then(|(first, rest)| {
            let language = locales.iter().skip(1).find(|locale| locale.code == first)?;
            Some((language.number, rest.to_owned()))
        });
        further.unwrap_or_else(|| (0, path.to_owned()))
    }

    /// The address within the link's own bytes.
    fn dest(&self, written: &str, range: &Range<usize>) -> Origin {
        let text = &self.text[range.clone()];
        let found = text
            .rfind(written)
            .map(|at| range.start + at..range.start + at + written.len());
        self.place(&found.unwrap_or_else(|| range.clone()))
    }
}
