//! Links in narrative: by id, to files, to anchors, to other sites.

use crate::finding::{Code, Finding, nearest};
use crate::html::decoded;
use crate::model::Page;
use crate::page::routes::{Reference, relative};
use crate::read::is_outside;
use crate::render::markdown::rendered::AnchorLink;
use crate::render::markdown::term;
use crate::render::markdown::writer::NarrativeWriter;
use crate::source::Origin;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};
use std::ops::Range;

/// Schemes of links, for near misses.
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

/// Whether this is a path on somebody's computer or file server.
fn is_on_a_computer(dest: &str) -> bool {
    let mut chars = dest.chars();
    let is_drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && matches!(chars.next(), Some('\\' | '/'));
    is_drive
        || dest.contains('\\')
        || ["file:", "/Users/", "/home/"]
            .iter()
            .any(|begin| dest.starts_with(begin))
}

fn is_mail_address(dest: &str) -> bool {
    let host = dest
        .split_once('@')
        .map(|(name, host)| (name.contains([':', '/', '?']), host));
    host.is_some_and(|(has_path, host)| !has_path && host.contains('.') && !host.contains('/'))
}

/// Path of the Markdown file of a page, in the content folder.
fn content_path(page: &Page) -> &str {
    page.prose.file.strip_prefix("content/").unwrap_or(&page.prose.file)
}

impl<'a> NarrativeWriter<'a> {
    /// The start of a link, with its final address; `None`, after a finding, where it leads nowhere: its text stays as text.
    pub(super) fn link(
        &mut self,
        link_type: LinkType,
        dest: &str,
        title: CowStr<'a>,
        id: CowStr<'a>,
        range: &Range<usize>,
    ) -> Option<Event<'a>> {
        // An address between angle brackets is a letter to somebody.
        let mailto = (link_type == LinkType::Email).then(|| format!("mailto:{dest}"));
        let href = mailto.or_else(|| self.href(dest, range))?;
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

    /// The final address; `None` after a finding.
    pub(super) fn href(&mut self, dest: &str, range: &Range<usize>) -> Option<String> {
        if self.is_written_otherwise(dest, range) {
            return None;
        }
        let (target, anchor) = dest
            .split_once('#')
            .map_or((dest, None), |(target, anchor)| (target, Some(anchor)));
        let route = match target.split_once(':') {
            _ if target.is_empty() => self.page.route().to_owned(),
            None => return self.relative_link(target, anchor, range),
            Some((scheme, rest)) if is_outside(scheme) && !rest.trim_matches('/').is_empty() => {
                return Some(dest.to_owned());
            }
            Some(("term", id)) => return self.term_link(id, range),
            Some((kind @ ("indicator" | "place" | "set" | "index" | "page" | "consultation"), id)) => {
                self.thing(kind, id, range)?
            }
            Some((scheme, rest)) => {
                let finding = Finding::new(Code::LinkScheme, self.dest_origin(dest, range)).with("target", dest);
                self.log.add(match nearest(scheme, SCHEMES) {
                    Some(near) => finding.with("near", format!("{near}:{rest}")),
                    None => finding,
                });
                return None;
            }
        };
        Some(self.anchored(&route, anchor, dest, range))
    }

    /// The address with its anchor, which is kept to be checked.
    fn anchored(&mut self, route: &str, anchor: Option<&str>, dest: &str, range: &Range<usize>) -> String {
        let href = if *route == *self.page.route() && anchor.is_some() {
            String::new()
        } else {
            self.page.href_to(route)
        };
        let Some(anchor) = anchor else { return href };
        let origin = self.dest_origin(dest, range);
        self.rendered.anchors.push(AnchorLink {
            route: route.to_owned(),
            anchor: anchor.to_owned(),
            origin,
        });
        format!("{href}#{anchor}")
    }

    /// Address of a thing named by id.
    fn thing(&mut self, kind: &str, id: &str, range: &Range<usize>) -> Option<String> {
        let site = self.page.site;
        let language = self.page.code();
        let about = match kind {
            "indicator" => site.indicator(id).map(|_| Reference::Indicator(id.to_owned())),
            "set" => site.set(id).map(|_| Reference::Set(id.to_owned())),
            "index" => site.index(id).map(|_| Reference::Index(id.to_owned())),
            "consultation" => site.consultation(id).map(|_| Reference::Consultation(id.to_owned())),
            "place" => site.places.find(id).map(Reference::Place),
            _ => site.page(language, id).map(|_| Reference::Page(id.to_owned())),
        };
        let Some(about) = about else {
            self.report_unknown(kind, id, range);
            return None;
        };
        if let Reference::Indicator(id) = &about {
            self.rendered.uses.insert(id.clone());
        }
        let route = self.page.find(&about).map(ToOwned::to_owned);
        if route.is_none() && self.is_draft(self.page.locale.number, id) && kind == "page" {
            self.report_draft(&format!("{kind}:{id}"), range);
        } else if route.is_none() {
            self.report_no_page(&format!("{kind}:{id}"), range);
        }
        route
    }

    /// Reports an id that nothing of this kind has.
    fn report_unknown(&self, kind: &str, id: &str, range: &Range<usize>) {
        let site = self.page.site;
        let is_elsewhere = |page: &&Page| kind == "page" && page.id == id && page.language != self.page.code();
        if let Some(page) = site.pages.iter().find(is_elsewhere) {
            let finding = Finding::new(Code::LinkLanguage, self.dest_origin(&format!("{kind}:{id}"), range));
            let near = self.written(content_path(page));
            self.log.add(
                finding
                    .with("value", id)
                    .with("language", &page.language)
                    .with("near", near),
            );
            return;
        }
        let (code, ids): (Code, Vec<&str>) = match kind {
            "indicator" => {
                let ids = site.indicators.iter().map(|indicator| indicator.id.as_str());
                (Code::UnknownIndicator, ids.collect())
            }
            "set" => (Code::UnknownSet, site.sets.iter().map(|set| set.id.as_str()).collect()),
            "index" => {
                let ids = site.indices.iter().map(|index| index.id.as_str());
                (Code::UnknownIndex, ids.collect())
            }
            "consultation" => {
                let ids = site.consultations.iter().map(|consultation| consultation.id.as_str());
                (Code::UnknownConsultation, ids.collect())
            }
            "place" => {
                let finding = Finding::new(Code::UnknownPlace, self.dest_origin(&format!("place:{id}"), range));
                self.log.add(site.places.suggest(finding.with("value", id), id));
                return;
            }
            _ => {
                let in_language = site.pages.iter().filter(|page| page.language == self.page.code());
                (Code::UnknownPage, in_language.map(|page| page.id.as_str()).collect())
            }
        };
        let finding = Finding::new(code, self.dest_origin(&format!("{kind}:{id}"), range));
        self.log.add(finding.with("value", id).near(id, ids));
    }

    /// Reports a link to a thing that exists but has no page.
    fn report_no_page(&self, written: &str, range: &Range<usize>) {
        self.log
            .add(Finding::new(Code::LinkNoPage, self.dest_origin(written, range)).with("target", written));
    }

    fn term_link(&mut self, id: &str, range: &Range<usize>) -> Option<String> {
        let terms = &self.page.site.terms;
        if !terms.iter().any(|term| term.id == id) {
            let ids = terms.iter().map(|term| term.id.as_str());
            let finding = Finding::new(Code::UnknownTerm, self.dest_origin(&format!("term:{id}"), range));
            self.log.add(finding.with("value", id).near(id, ids));
            return None;
        }
        let Some(route) = term::page_of_terms(self.page) else {
            self.report_no_page(&format!("term:{id}"), range);
            return None;
        };
        Some(format!("{}#{id}", self.page.href_to(route)))
    }

    /// A term's full name, else its definition; empty for an unknown one.
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

    /// The address of a path to another Markdown file, or to a file of the content folder.
    fn relative_link(&mut self, target: &str, anchor: Option<&str>, range: &Range<usize>) -> Option<String> {
        if let Some(path) = target.strip_suffix(".md") {
            let path = self.path_from_here(path);
            let (language, id) = self.page_id(&path);
            if let Some(route) = self.page.find_in(language, &Reference::Page(id.clone())) {
                let route = route.to_owned();
                let written = anchor.map_or_else(|| target.to_owned(), |anchor| format!("{target}#{anchor}"));
                return Some(self.anchored(&route, anchor, &written, range));
            }
            if self.is_draft(language, &id) {
                self.report_draft(target, range);
                return None;
            }
        }
        self.file_link(target, range)
    }

    /// Whether this page of the language of this position is a draft.
    fn is_draft(&self, language: usize, id: &str) -> bool {
        let code = self.page.report.locales.get(language).map_or("", |locale| locale.code);
        self.page.site.page(code, id).is_some_and(|page| page.draft)
    }

    /// Reports a link to a draft, which has no page in this build.
    fn report_draft(&self, target: &str, range: &Range<usize>) {
        let finding = Finding::new(Code::LinkDraft, self.dest_origin(target, range));
        self.log.add(finding.with("target", target));
    }

    /// The address of a file of the content folder, which is copied to the site; `None` after a finding.
    pub(super) fn file_link(&mut self, target: &str, range: &Range<usize>) -> Option<String> {
        if self.is_written_otherwise(target, range) {
            return None;
        }
        let scheme = target.split_once(':').map(|(scheme, _)| scheme);
        if scheme.is_some_and(is_outside) || target.starts_with("//") {
            self.log
                .add(Finding::new(Code::LinkPicture, self.dest_origin(target, range)).with("target", target));
            return None;
        }
        let path = self.path_from_here(&decoded(target));
        if self.page.report.files.contains_key(path.as_str()) {
            return Some(relative(self.page.route(), &path));
        }
        if self
            .page
            .site
            .pages
            .iter()
            .any(|page| page.draft && content_path(page) == path)
        {
            self.report_draft(target, range);
            return None;
        }
        let finding = Finding::new(Code::LinkBroken, self.dest_origin(target, range)).with("target", target);
        let near = self.nearest_page(&path).or_else(|| self.nearest_file(&path));
        self.log.add(match near {
            Some(near) => finding.with("near", near),
            None => finding,
        });
        None
    }

    /// The link by id to the page that has this address in the site.
    fn nearest_page(&self, path: &str) -> Option<String> {
        let mut plans = self.page.report.routes.pages.iter();
        let plan = plans.find(|plan| plan.route == path && plan.language == self.page.locale.number)?;
        Some(match &plan.about {
            Reference::Page(id) => format!("page:{id}"),
            Reference::Indicator(id) => format!("indicator:{id}"),
            Reference::Set(id) => format!("set:{id}"),
            Reference::Index(id) => format!("index:{id}"),
            Reference::Consultation(id) => format!("consultation:{id}"),
            Reference::Place(place) => format!("place:{}", self.page.site.places[*place].code),
            Reference::Score(..) | Reference::Updates | Reference::Chapter(..) => return None,
        })
    }

    /// The file or page that is called like this path, or nearly so, as it is written on this page.
    fn nearest_file(&self, path: &str) -> Option<String> {
        let pages = self.page.site.pages.iter().filter(|page| !page.draft).map(content_path);
        let files = self.page.report.files.keys().copied();
        let paths: Vec<&str> = pages.chain(files).collect();
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
        let named = name(path);
        let of_name: Vec<&str> = paths.iter().copied().filter(|other| name(other) == named).collect();
        let near = nearest(path, of_name.iter().copied())
            .or(of_name.first().copied())
            .or_else(|| nearest(path, paths.iter().copied()))?;
        Some(self.written(near))
    }

    /// A path of the content folder as an author writes it on this page, in angle brackets where it has blanks or brackets.
    fn written(&self, path: &str) -> String {
        let here = self.file.strip_prefix("content/").unwrap_or(&self.file);
        let written = relative(here, path);
        if written.contains([' ', '(', ')']) {
            format!("<{written}>")
        } else {
            written
        }
    }

    /// Reports addresses that are of no site: without their scheme, or of a file on somebody's computer.
    fn is_written_otherwise(&self, dest: &str, range: &Range<usize>) -> bool {
        let near = if is_on_a_computer(dest) {
            let finding = Finding::new(Code::LinkLocal, self.dest_origin(dest, range)).with("target", dest);
            let name = dest.rsplit(['/', '\\']).next().unwrap_or_default();
            self.log.add(finding.with("near", name));
            return true;
        } else if dest.is_empty() {
            self.log.add(Finding::new(Code::LinkEmpty, self.place(range)));
            return true;
        } else if dest.starts_with("www.") || dest.starts_with("//") {
            format!("https://{}", dest.trim_start_matches('/'))
        } else if is_mail_address(dest) {
            format!("mailto:{dest}")
        } else {
            return false;
        };
        let finding = Finding::new(Code::LinkBroken, self.dest_origin(dest, range)).with("target", dest);
        self.log.add(finding.with("near", near));
        true
    }

    /// The place of the address within the bytes of the link; of the whole link where it is written otherwise.
    fn dest_origin(&self, written: &str, range: &Range<usize>) -> Origin {
        let text = &self.text[range.clone()];
        let address = text
            .rfind(written)
            .map(|at| range.start + at..range.start + at + written.len());
        self.place(&address.unwrap_or_else(|| range.clone()))
    }
}
