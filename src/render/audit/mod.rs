//! Every finished page read again: what templates, data and narrative give together.
//!
//! Takes the HTML of pages and the narrative in them; adds findings. A page has one main heading, no level of heading is left
//! out, every picture has a text in its place and a file, and nothing stands in it that its own policy forbids. A finding stands
//! where the author wrote what is wrong; what is a template's is told once, with the first page that shows it.

mod policy;

use crate::archive::resolve;
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::html::{Tag, decoded, tags_named};
use crate::page::Output;
use crate::page::report::Report;
use crate::render::markdown::{HeadingPlace, LoadSource, RenderedMarkdown};
use crate::source::Origin;
use policy::Policy;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};

/// A finished page, and the narrative in it.
pub(super) struct FinishedPage<'a> {
    pub(super) output: &'a Output,
    pub(super) narrative: &'a RenderedMarkdown,
}

/// Reports what is wrong with the finished pages; `outputs` are the files that pages have added to the site.
pub(super) fn check(pages: &[FinishedPage<'_>], outputs: &[&Output], report: &Report<'_>, log: &Log) {
    let outputs = outputs.iter().map(|output| output.route.as_str());
    let assets = report.theme.assets.iter().map(|asset| asset.route.as_str());
    let content = report.files.keys().copied();
    let files: HashSet<&str> = outputs.chain(assets).chain(content).collect();
    let faults: Vec<Faults> = pages.par_iter().map(|page| read(page, &files)).collect();
    let mut told = BTreeSet::new();
    for (page, faults) in pages.iter().zip(faults) {
        log.append(faults.of_author);
        for problem in faults.of_templates {
            if told.insert(problem.clone()) {
                let route = &page.output.route;
                let plan = report.routes.pages.iter().find(|plan| plan.route == *route);
                let layout = plan.map_or("layout", |plan| plan.layout.name());
                let template = format!("themes/{}/templates/{layout}.html", report.site.settings.theme);
                let finding = Finding::new(Code::TemplatePage, Origin::file(&template.into())).with("page", route);
                log.add(finding.with_message("problem", problem));
            }
        }
    }
}

/// What is wrong with a page.
#[derive(Default)]
struct Faults {
    of_author: Vec<Finding>,
    of_templates: Vec<Message>,
}

fn read(page: &FinishedPage<'_>, files: &HashSet<&str>) -> Faults {
    let html = String::from_utf8_lossy(&page.output.bytes);
    let narrative = page.narrative;
    let mut faults = Faults::default();
    let mut outline = Outline::default();
    let is_wanted = |name: &str| name.eq_ignore_ascii_case("img") || heading_level(name).is_some();
    for tag in tags_named(&html, is_wanted) {
        if let Some(level) = heading_level(tag.name).filter(|_| !tag.closing) {
            let written = narrative.html.as_str();
            let unnamed = outline.unnamed(narrative, &tag, |tag| written.contains(&html[tag.span.clone()]));
            let Some(problem) = outline.heading(level) else {
                continue;
            };
            match unnamed
                .or_else(|| named(narrative, &tag))
                .filter(|heading| heading.level == level)
            {
                Some(place) => {
                    let finding = Finding::new(Code::PageHeadings, place.origin.clone());
                    faults.of_author.push(finding.with_message("problem", problem));
                }
                None => faults.of_templates.push(problem),
            }
        } else if tag.opens("img")
            && let Some(problem) = picture(&tag, &page.output.route, files)
            && !narrative.html.contains(&html[tag.span.clone()])
        {
            // What is wrong with an author's picture has been told where it is written.
            faults.of_templates.push(problem);
        }
    }
    // A template may give but a part of a page, for another page to take in.
    if !outline.has_main && html.contains("<html") {
        faults.of_templates.push(message::heading_main_missing());
    }
    if !narrative.loads.is_empty() {
        let policy = Policy::of_page(&html);
        let forbidden = narrative
            .loads
            .iter()
            .filter(|load| !policy.allows(load.kind, &load.source));
        faults.of_author.extend(forbidden.map(|load| {
            let finding = Finding::new(Code::PageHtml, load.origin.clone()).with("value", &load.element);
            finding.with_message("problem", forbidden_message(&load.source))
        }));
    }
    faults
}

fn forbidden_message(source: &LoadSource) -> Message {
    match source {
        LoadSource::Inline => message::html_forbidden_inline(),
        LoadSource::Site | LoadSource::Outside(_) => message::html_forbidden(),
    }
}

/// The headings of a page that have been read.
#[derive(Default)]
struct Outline {
    has_main: bool,
    /// Level of the last one.
    level: u8,
    /// How many of the author's headings without an id have been met.
    unnamed: usize,
}

impl Outline {
    /// The author's heading without an id that this tag is. They stand in the page in the order of the narrative.
    fn unnamed<'a>(
        &mut self,
        narrative: &'a RenderedMarkdown,
        tag: &Tag<'_>,
        is_written: impl Fn(&Tag<'_>) -> bool,
    ) -> Option<&'a HeadingPlace> {
        let mut unnamed = narrative.headings.iter().filter(|heading| heading.id.is_none());
        let place = unnamed.nth(self.unnamed).filter(|_| tag.attribute("id").is_none())?;
        is_written(tag).then(|| {
            self.unnamed += 1;
            place
        })
    }

    /// Takes a heading of this level; gives what is wrong with it.
    fn heading(&mut self, level: u8) -> Option<Message> {
        let before = std::mem::replace(&mut self.level, level);
        if level == 1 {
            return std::mem::replace(&mut self.has_main, true).then(message::heading_main_again);
        }
        // Where nothing stands before, the main heading is missing, which is told of the page.
        (before > 0 && level > before + 1)
            .then(|| message::heading_skips(before + 1, level, "#".repeat(usize::from(before + 1))))
    }
}

/// The author's heading with the id of this tag.
fn named<'a>(narrative: &'a RenderedMarkdown, tag: &Tag<'_>) -> Option<&'a HeadingPlace> {
    let id = tag.attribute("id")?.value;
    narrative
        .headings
        .iter()
        .find(|heading| heading.id.as_deref() == Some(id))
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// What is wrong with a template's picture.
fn picture(tag: &Tag<'_>, route: &str, files: &HashSet<&str>) -> Option<Message> {
    let source = tag.attribute("src").map_or("", |source| source.value);
    if tag.attribute("alt").is_none() {
        return Some(message::template_picture_text(source));
    }
    let is_here = source.contains(':')
        || resolve(route, &decoded(&source.replace("&amp;", "&"))).is_some_and(|path| files.contains(path.as_str()));
    (!is_here).then(|| message::template_picture_file(source))
}
