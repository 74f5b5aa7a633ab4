//! Older editions of the report: their pages as published, each with a banner that links to the newest edition.
//!
//! Takes the bags that were gathered; gives the files of each edition below a folder of its own. Only pages are changed: a
//! banner near the top, its stylesheet, and their canonical addresses. A bag that fails verification is a finding, and none of
//! its files is published.

use crate::archive;
use crate::archive::{BagFaultKind, Inventory, PAYLOAD, RebuildInfo};
use crate::finding::{Code, Finding, Log};
use crate::html::{Tag, tags};
use crate::model::{Edition, Site};
use crate::page::locale::language_prefix;
use crate::page::navigation;
use crate::page::output::Output;
use crate::page::routes::canonical;
use crate::source::Snapshot;
use crate::theme::{Theme, ThemeLanguage, built_in_language};
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// Files for search engines and for unknown addresses, of which a host has one each: the newest edition's.
const NOT_KEPT: [&str; 3] = ["robots.txt", "sitemap.xml", "404.html"];

/// The files of all older editions; findings are logged. `current` holds the files of the newest edition.
pub fn older_editions(
    site: &Site,
    snapshot: &Snapshot,
    theme: &Theme,
    base_url: &str,
    current: &[Output],
    log: &Log,
) -> Vec<Output> {
    let routes: BTreeSet<&str> = current.iter().map(|output| output.route.as_str()).collect();
    let mut all = Vec::new();
    for edition in &site.settings.editions {
        let folder = format!("editions/{}/", edition.id);
        let files: Vec<(&str, &[u8])> = snapshot
            .under(&folder, "")
            .map(|file| (&file.path[folder.len()..], &*file.bytes))
            .collect();
        let below = format!("{}/", edition.id);
        let is_below = |route: &&&str| route.starts_with(&below) || **route == edition.id;
        if let Some(taken) = routes.iter().find(is_below) {
            let finding = Finding::new(Code::EditionId, edition.origin.at("id")).with("value", &edition.id);
            log.add(finding.with("route", taken));
        } else if is_whole(edition, &files, log) {
            let file = |name: &str| files.iter().find(|(path, _)| *path == name).map(|(_, bytes)| *bytes);
            let rebuild_info = RebuildInfo::read(file);
            let older = rebuild_info.map(|info| info.editions).unwrap_or_default();
            let republisher = Republisher {
                edition,
                theme,
                base_url,
                routes: &routes,
                older: &older,
            };
            let (outputs, findings): (Vec<Output>, Vec<Vec<Finding>>) = files
                .par_iter()
                .filter_map(|(path, bytes)| Some((path.strip_prefix(PAYLOAD)?, *bytes)))
                .filter(|(route, _)| !NOT_KEPT.contains(route) && !republisher.is_older(route))
                .map(|(route, bytes)| {
                    let file_log = Log::default();
                    (republisher.file(route, bytes, &file_log), file_log.into_inner())
                })
                .unzip();
            all.extend(outputs);
            log.append(findings.into_iter().flatten().collect());
        }
    }
    all
}

/// Whether an edition's bag passes verification; the first fault is logged.
fn is_whole(edition: &Edition, files: &[(&str, &[u8])], log: &Log) -> bool {
    let measured = files
        .par_iter()
        .map(|(path, bytes)| ((*path).to_owned(), archive::FileDigest::of_bytes(bytes)))
        .collect();
    let tags = files.iter().filter(|(path, _)| !path.contains('/'));
    let tags = tags.map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    let faults = archive::verify(&Inventory {
        files: measured,
        tags,
        faults: Vec::new(),
    });
    // A wrong total size follows from other faults, where there are any.
    let cause = faults.iter().find(|fault| fault.kind != BagFaultKind::Oxum);
    if let Some(first) = cause.or(faults.first()) {
        let (path, origin) = &edition.archive;
        let finding = Finding::new(Code::EditionArchive, origin.clone())
            .with("path", path)
            .with("file", &first.path);
        log.add(finding.with_message("problem", first.kind.message()));
    }
    faults.is_empty()
}

/// A span of a page, and the text that replaces it.
type Change = (Range<usize>, Cow<'static, str>);

/// View of the banner (`parts/edition.html`).
#[derive(Serialize)]
struct BannerView<'a> {
    /// Language of the banner, where the page has another.
    language: Option<&'a str>,
    /// Title of the older edition.
    name: &'a str,
    /// The day on which it was published.
    date: String,
    /// Whether the newest edition has this page too.
    same: bool,
    /// Link to this page in the newest edition, or to its front page.
    href: String,
    /// Words of the banner's language.
    words: &'a serde_json::Value,
}

/// Publishes the files of one edition again, with banners in its pages.
struct Republisher<'a> {
    edition: &'a Edition,
    theme: &'a Theme,
    base_url: &'a str,
    /// Addresses of the newest edition.
    routes: &'a BTreeSet<&'a str>,
    /// Editions that were older than this one when it was new, by id.
    older: &'a [String],
}

impl Republisher<'_> {
    /// Whether an address belongs to a still older edition, which is published beside this one now.
    fn is_older(&self, route: &str) -> bool {
        self.older.iter().any(|id| {
            route
                .strip_prefix(id.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// A file at its new address: a page with its banner, any other as it is.
    fn file(&self, route: &str, bytes: &[u8], log: &Log) -> Output {
        let new_route = format!("{}/{route}", self.edition.id);
        let is_page = route.rsplit_once('.').is_some_and(|(_, extension)| extension == "html");
        let html = std::str::from_utf8(bytes).ok().filter(|_| is_page);
        let bytes = match html {
            Some(html) => self.page(route, &new_route, html, log).into_bytes().into(),
            None => bytes.into(),
        };
        Output {
            route: new_route,
            bytes,
        }
    }

    /// A page with its banner.
    fn page(&self, route: &str, new_route: &str, html: &str, log: &Log) -> String {
        let tags: Vec<Tag<'_>> = tags(html).collect();
        let mut changes: Vec<Change> = Vec::new();
        let code = tags
            .iter()
            .find(|tag| tag.opens("html"))
            .and_then(|tag| tag.attribute("lang"))
            .map_or("", |language| language.value);
        let root = navigation::root(new_route);
        if let (Some(sheet), Some(head)) = (
            self.theme.asset("css/edition.css"),
            tags.iter()
                .find(|tag| tag.closing && tag.name.eq_ignore_ascii_case("head")),
        ) {
            let link = format!("  <link rel=\"stylesheet\" href=\"{root}{sheet}\">\n");
            changes.push((head.span.start..head.span.start, link.into()));
        }
        if let Some(at) = banner_position(&tags) {
            changes.push((at..at, self.banner(route, &root, code, log).into()));
        }
        for tag in &tags {
            changes.extend(self.canonical_address(new_route, tag));
            changes.extend(self.link_to_older(route, tag));
        }
        changes.sort_by_key(|(span, _)| span.start);
        let mut page = String::with_capacity(html.len() + 1024);
        let mut copied = 0;
        for (span, text) in changes {
            page.push_str(&html[copied..span.start]);
            page.push_str(&text);
            copied = span.end;
        }
        page + &html[copied..]
    }

    /// The banner, in the page's language if the theme or the program has words in that.
    fn banner(&self, route: &str, root: &str, code: &str, log: &Log) -> String {
        let of_page = self.theme.languages.iter().find(|voice| voice.code == code);
        let built_in: ThemeLanguage;
        let voice = match (of_page, self.theme.languages.first()) {
            (Some(voice), _) => voice,
            (None, Some(first)) if !matches!(code, "sv" | "en") => first,
            (None, _) => {
                built_in = built_in_language(code);
                &built_in
            }
        };
        let same = self.routes.contains(route);
        let language = &voice.code;
        let is_first = self
            .theme
            .languages
            .first()
            .is_some_and(|first| first.code == *language);
        let folder = language_prefix(is_first, language);
        let fronts = [format!("{folder}index.html"), "index.html".to_owned()];
        let front = fronts.iter().find(|front| self.routes.contains(front.as_str()));
        let target = if same { route } else { front.map_or("", String::as_str) };
        let view = BannerView {
            language: (code != language).then_some(language.as_str()),
            name: self.edition.title.in_language(language),
            date: voice.format.date(&self.edition.date.to_string()),
            same,
            href: format!("{root}{target}"),
            words: voice.words.tree(),
        };
        self.theme
            .templates
            .render("parts/edition.html", crate::theme::template_value(view), log)
            .unwrap_or_default()
    }

    /// Replaces a page's canonical address by its new one, so that search engines do not take the page for the newest
    /// edition's. Without a base address the tag is removed.
    fn canonical_address(&self, new_route: &str, tag: &Tag<'_>) -> Option<Change> {
        let address = if tag.opens("link") && tag.has_word("rel", "canonical") {
            tag.attribute("href")?
        } else if tag.opens("meta") && tag.has_word("property", "og:url") {
            tag.attribute("content")?
        } else {
            return None;
        };
        if self.base_url.is_empty() {
            return Some((tag.span.clone(), "".into()));
        }
        let new_address = crate::theme::escape(&canonical(self.base_url, new_route));
        Some((address.span.clone(), new_address.into()))
    }

    /// Mends a link to a still older edition, which is one folder up from where it was.
    fn link_to_older(&self, route: &str, tag: &Tag<'_>) -> Option<Change> {
        let href = tag.attribute("href").filter(|_| tag.opens("a"))?;
        let path = href.value.split(['?', '#']).next()?;
        let leads = !path.is_empty() && archive::resolve(route, path).is_some_and(|end| self.is_older(&end));
        leads.then(|| (href.span.start..href.span.start, "../".into()))
    }
}

/// Position of the banner: before everything a page has, but after the link that skips to its content.
fn banner_position(tags: &[Tag<'_>]) -> Option<usize> {
    let body = tags.iter().position(|tag| tag.opens("body"))?;
    let skips = |tag: &Tag<'_>| tag.opens("a") && tag.attribute("href").is_some_and(|href| href.value.starts_with('#'));
    match &tags[body + 1..] {
        [skip, end, ..] if skips(skip) && end.closing => Some(end.span.end),
        _ => Some(tags[body].span.end),
    }
}
