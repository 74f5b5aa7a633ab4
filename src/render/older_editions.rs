//! Older editions of the report: their pages as they were, each with a banner that leads to the newest edition.
//!
//! Takes the bags that were gathered; gives the files of each edition below a folder of its own. Only pages are changed: a
//! banner near the top, its stylesheet, and the addresses by which they call themselves. A bag that is not whole is a finding, and
//! nothing of it is shown.

use crate::archive;
use crate::archive::{BagFaultKind, Inventory, PAYLOAD, RebuildInfo, Tag};
use crate::finding::{Code, Finding, Log};
use crate::model::{Edition, Site};
use crate::page::locale::language_prefix;
use crate::page::output::Output;
use crate::page::routes::canonical;
use crate::source::Snapshot;
use crate::theme::{Theme, ThemeLanguage, built_in_language};
use minijinja::context;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What search engines are told of the whole site, and what a host shows for an address that is not there: the newest edition's alone.
const NOT_KEPT: [&str; 3] = ["robots.txt", "sitemap.xml", "404.html"];

/// The files of all older editions, with what was found wrong in the log. `current` is what the newest edition consists of.
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
        if let Some(taken) = routes
            .iter()
            .find(|route| route.starts_with(&below) || **route == edition.id)
        {
            let finding = Finding::new(Code::EditionId, edition.origin.at("id")).with("value", &edition.id);
            log.add(finding.with("route", taken));
        } else if is_whole(edition, &files, log) {
            let told = RebuildInfo::read(|name| files.iter().find(|(path, _)| *path == name).map(|(_, bytes)| *bytes));
            let older = told.map(|told| told.editions).unwrap_or_default();
            let press = Press {
                edition,
                theme,
                base_url,
                routes: &routes,
                older: &older,
            };
            let pages = files
                .iter()
                .filter_map(|(path, bytes)| Some((path.strip_prefix(PAYLOAD)?, *bytes)));
            let kept = pages.filter(|(route, _)| !NOT_KEPT.contains(route) && !press.is_older(route));
            let one = |(route, bytes): (&str, &[u8])| {
                let own = Log::default();
                (press.file(route, bytes, &own), own.into_inner())
            };
            let made: Vec<(Output, Vec<Finding>)> = kept.collect::<Vec<_>>().into_par_iter().map(one).collect();
            for (output, findings) in made {
                all.push(output);
                log.append(findings);
            }
        }
    }
    all
}

/// Whether an edition's bag is as it was made.
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
    // That the size is another follows from the others.
    let own = faults.iter().find(|fault| fault.kind != BagFaultKind::Oxum);
    if let Some(first) = own.or(faults.first()) {
        let (path, origin) = &edition.archive;
        let finding = Finding::new(Code::EditionArchive, origin.clone())
            .with("path", path)
            .with("file", &first.path);
        log.add(finding.with_message("problem", first.kind.message()));
    }
    faults.is_empty()
}

/// What puts banners into the pages of one edition.
struct Press<'a> {
    edition: &'a Edition,
    theme: &'a Theme,
    base_url: &'a str,
    /// Addresses of the newest edition.
    routes: &'a BTreeSet<&'a str>,
    /// Editions that were older than this one when it was new, by id.
    older: &'a [String],
}

impl Press<'_> {
    /// Whether an address is one of an edition that has a place of its own now.
    fn is_older(&self, route: &str) -> bool {
        self.older.iter().any(|id| {
            route
                .strip_prefix(id.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    fn file(&self, route: &str, bytes: &[u8], log: &Log) -> Output {
        let own = format!("{}/{route}", self.edition.id);
        let page = std::str::from_utf8(bytes)
            .ok()
            .filter(|_| route.rsplit_once('.').is_some_and(|it| it.1 == "html"));
        let bytes = page.map_or_else(
            || bytes.into(),
            |html| self.page(route, &own, html, log).into_bytes().into(),
        );
        Output { route: own, bytes }
    }

    /// A page with its banner.
    fn page(&self, route: &str, own: &str, html: &str, log: &Log) -> String {
        let tags: Vec<Tag<'_>> = archive::tags(html).collect();
        let mut changes: Vec<(usize, usize, Cow<'_, str>)> = Vec::new();
        let code = tags
            .iter()
            .find(|tag| tag.opens("html"))
            .and_then(|tag| tag.attribute("lang"))
            .map_or("", |it| it.value);
        let root = crate::page::navigation::root(own);
        if let (Some(sheet), Some(head)) = (
            self.theme.asset("css/edition.css"),
            tags.iter()
                .find(|tag| tag.closing && tag.name.eq_ignore_ascii_case("head")),
        ) {
            let link = format!("  <link rel=\"stylesheet\" href=\"{root}{sheet}\">\n");
            changes.push((head.span.start, head.span.start, link.into()));
        }
        if let Some(at) = place(&tags) {
            changes.push((at, at, self.banner(route, &root, code, log).into()));
        }
        for tag in &tags {
            changes.extend(self.address(own, tag));
            changes.extend(self.link_to_older(route, tag));
        }
        changes.sort_by_key(|(start, ..)| *start);
        let mut text = String::with_capacity(html.len() + 1024);
        let mut at = 0;
        for (start, end, new) in changes {
            text.push_str(&html[at..start]);
            text.push_str(&new);
            at = end;
        }
        text + &html[at..]
    }

    /// The banner, in the page's language if the theme or the program has words in it.
    fn banner(&self, route: &str, root: &str, code: &str, log: &Log) -> String {
        let spoken = self.theme.languages.iter().find(|voice| voice.code == code);
        let own: ThemeLanguage;
        let voice = match (spoken, self.theme.languages.first()) {
            (Some(voice), _) => voice,
            (None, Some(first)) if !matches!(code, "sv" | "en") => first,
            (None, _) => {
                own = built_in_language(code);
                &own
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
        let front = [format!("{folder}index.html"), "index.html".to_owned()];
        let front = front
            .into_iter()
            .find(|front| self.routes.contains(front.as_str()))
            .unwrap_or_default();
        let context = context! {
            language => (code != language).then_some(language),
            name => self.edition.title.in_language(language),
            date => voice.format.date(&self.edition.date.to_string()),
            same,
            href => format!("{root}{}", if same { route } else { &front }),
            words => crate::theme::template_value(voice.words.tree()),
        };
        self.theme
            .templates
            .render("parts/edition.html", context, log)
            .unwrap_or_default()
    }

    /// The address by which a page calls itself: its new one, so that search engines do not take it for the newest edition's; none
    /// at all when it is not known where the site lies.
    fn address(&self, own: &str, tag: &Tag<'_>) -> Option<(usize, usize, Cow<'static, str>)> {
        let named = if tag.opens("link") && tag.has_word("rel", "canonical") {
            tag.attribute("href")?
        } else if tag.opens("meta") && tag.has_word("property", "og:url") {
            tag.attribute("content")?
        } else {
            return None;
        };
        if self.base_url.is_empty() {
            return Some((tag.span.start, tag.span.end, "".into()));
        }
        let address = crate::theme::escape(&canonical(self.base_url, own));
        Some((named.span.start, named.span.end, address.into()))
    }

    /// The way to an edition that was older still, which is one folder up from where it was.
    fn link_to_older(&self, route: &str, tag: &Tag<'_>) -> Option<(usize, usize, Cow<'static, str>)> {
        let href = tag.attribute("href").filter(|_| tag.opens("a"))?;
        let path = href.value.split(['?', '#']).next()?;
        let leads = !path.is_empty() && archive::resolve(route, path).is_some_and(|end| self.is_older(&end));
        leads.then(|| (href.span.start, href.span.start, "../".into()))
    }
}

/// Where the banner stands: before everything a page has, but after the link that skips to its content.
fn place(tags: &[Tag<'_>]) -> Option<usize> {
    let body = tags.iter().position(|tag| tag.opens("body"))?;
    let skips = |tag: &Tag<'_>| tag.opens("a") && tag.attribute("href").is_some_and(|it| it.value.starts_with('#'));
    match &tags[body + 1..] {
        [skip, end, ..] if skips(skip) && end.closing => Some(end.span.end),
        _ => Some(tags[body].span.end),
    }
}
