//! Things → pages: views made from the site, templates filled with them.
//!
//! Takes the site, the theme and the day; gives every page, and the files pages offer beside them. First all narrative is
//! rendered, so that it is known which page shows which indicator; then the pages, side by side. Writes nothing.

mod asked;
mod choice;
mod diagram;
mod evidence;
mod feed;
mod fields;
mod frame;
mod pages;
mod picture;
mod prose;
mod pull;
mod report;
mod routes;
mod row;
mod sentence;
mod sequence;
mod shelf;
mod source;
mod standing;
mod target;
mod view;

pub(crate) use choice::choice;
pub(crate) use report::Standpoint;
pub(crate) use view::{Cell, Table};

use crate::export;
use crate::finding::{Code, Finding, Log, nearest};
use crate::index::Composite;
use crate::memo::Memo;
use crate::model::{Page, Site};
use crate::survey::Results;
use crate::theme::Theme;
use minijinja::{Value, context};
use prose::{AnchorLink, Calculator, Rendered};
use rayon::prelude::*;
use report::Report;
use routes::{Job, Routes};
use shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// A file of the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Path below the output folder, with `/`.
    pub route: String,
    /// Contents.
    pub bytes: Arc<[u8]>,
}

/// What a build is asked for beside the input.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The day the site is built for.
    pub today: jiff::civil::Date,
    /// Absolute address of the front page, instead of the site's own.
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether samples and drafts are refused.
    pub release: bool,
}

/// What pages are made of.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The site.
    pub site: &'a Arc<Site>,
    /// Its indices, computed.
    pub composites: &'a [Composite<'a>],
    /// What may be shown of the answers to consultations.
    pub results: &'a [Results],
    /// Templates, words and formats.
    pub theme: &'a Theme,
    /// Static files of the content folder, by their path in the site.
    pub files: &'a [String],
}

/// Every page and what it offers, in a fixed order, and the addresses of all pages.
pub fn pages(material: Material<'_>, wishes: &Wishes, memo: &Memo, log: &Log) -> (Vec<Output>, Vec<String>) {
    let Material { site, composites, results, theme, files } = material;
    let routes = Routes::of(site, results, &theme.voices, wishes.drafts, log);
    let base_url = wishes
        .base_url
        .as_ref()
        .map_or_else(|| site.settings.base_url.clone(), |url| format!("{}/", url.trim_end_matches('/')));
    let boundaries = &site.places.boundaries;
    let maps: Vec<(String, String)> = boundaries.iter().map(|map| (map.name.clone(), map.geojson.clone())).collect();
    let report = Report {
        site,
        composites,
        results,
        ranges: composites
            .iter()
            .flat_map(|it| it.frame.tops().map(|top| ((it.frame.index.id.clone(), top), OnceLock::new())))
            .collect(),
        theme,
        routes: &routes,
        today: wishes.today,
        memo,
        files,
        base_url: &base_url,
        series: (0..theme.voices.len())
            .flat_map(|language| {
                site.indicators.iter().map(move |indicator| ((language, indicator.id.clone()), OnceLock::new()))
            })
            .collect(),
        commons: theme.voices.iter().map(|_| OnceLock::new()).collect(),
        standings: Mutex::default(),
        maps_hash: hash_of(&maps),
        maps,
        by_layout: sequence::by_layout(site, &theme.voices),
        neighbours: sequence::neighbours(site, &theme.voices, &routes),
    };
    let calculators: Vec<Calculator> = theme.voices.iter().map(|voice| Calculator::new(site, voice)).collect();
    let narratives = narratives(&report, &calculators, log);
    let mentions = mentions(&routes, &narratives);
    let words: Vec<Value> = theme.voices.iter().map(|voice| crate::theme::shown(voice.words.tree())).collect();
    let made: Vec<(Vec<Output>, Vec<Finding>)> = routes
        .jobs
        .par_iter()
        .zip(narratives.par_iter())
        .map(|(job, narrative)| {
            let own = Log::default();
            let mut outputs = page(&report, job, narrative, &mentions, &words[job.language], &own);
            outputs.extend(narrative.outputs.iter().cloned());
            (outputs, own.into_inner())
        })
        .collect();
    let mut outputs = Vec::new();
    for (mut own, findings) in made {
        outputs.append(&mut own);
        log.append(findings);
    }
    outputs.extend(series_files(&report));
    outputs.extend(feed::files(&report));
    check_anchors(&outputs, narratives.iter().flat_map(|narrative| &narrative.rendered.anchors), log);
    let addresses = routes.jobs.iter().map(|job| job.route.clone()).collect();
    (outputs, addresses)
}

/// The files of series that pages offer.
fn series_files(report: &Report<'_>) -> Vec<Output> {
    let made = report.series.iter().filter_map(|((language, id), file)| {
        let path = export::route(id);
        let voice = &report.theme.voices[*language];
        let route = if *language == 0 { path } else { format!("{}/{path}", voice.language) };
        Some(Output { route, bytes: file.get()?.clone() })
    });
    made.collect()
}

/// Hash of the boundaries, which decide how maps are drawn.
fn hash_of(maps: &[(String, String)]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (name, geojson) in maps {
        hasher.update(name.as_bytes()).update(b"\0").update(geojson.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// A page's narrative, the files it offers, and the ids it has given out.
struct Narrative {
    rendered: Rendered,
    outputs: Vec<Output>,
    ids: BTreeSet<String>,
}

fn narratives(report: &Report<'_>, calculators: &[Calculator], log: &Log) -> Vec<Narrative> {
    let made: Vec<(Narrative, Vec<Finding>)> = report
        .routes
        .jobs
        .par_iter()
        .map(|job| {
            let own = Log::default();
            let shelf = Shelf::default();
            let rendered = match job.page {
                Some(page) => {
                    let standpoint =
                        Standpoint { report, language: job.language, route: &job.route, job, shelf: &shelf };
                    prose::render(standpoint, page, &calculators[job.language], &own)
                }
                None => Rendered::default(),
            };
            let (outputs, mut ids) = shelf.into_parts();
            ids.extend(rendered.contents.iter().map(|heading| heading.id.clone()));
            (Narrative { rendered, outputs, ids }, own.into_inner())
        })
        .collect();
    made.into_iter()
        .map(|(narrative, findings)| {
            log.append(findings);
            narrative
        })
        .collect()
}

/// Pages that show each indicator, by language and indicator, in the order of the pages.
pub(crate) type Mentions<'a> = HashMap<(usize, String), Vec<&'a Page>>;

fn mentions<'a>(routes: &Routes<'a>, narratives: &[Narrative]) -> Mentions<'a> {
    let mut all = Mentions::new();
    for (job, narrative) in routes.jobs.iter().zip(narratives) {
        let Some(page) = job.page else { continue };
        for id in &narrative.rendered.uses {
            all.entry((job.language, id.clone())).or_default().push(page);
        }
    }
    all
}

fn page(
    report: &Report<'_>,
    job: &Job<'_>,
    narrative: &Narrative,
    mentions: &Mentions<'_>,
    words: &Value,
    log: &Log,
) -> Vec<Output> {
    let shelf = Shelf::with_ids(narrative.ids.clone());
    let narrative = &narrative.rendered;
    let standpoint = Standpoint { report, language: job.language, route: &job.route, job, shelf: &shelf };
    let matter = pages::matter(standpoint, log);
    let (previous, next) = frame::sequence(standpoint);
    let view = frame::PageView {
        id: job.page.map_or_else(|| job.route.trim_end_matches(".html").to_owned(), |page| page.id.clone()),
        breadcrumbs: frame::breadcrumbs(standpoint, job.page.map_or(&matter.title, |page| &page.menu)),
        title: matter.title,
        description: matter.description.filter(|text| !text.is_empty()),
        layout: job.layout.name(),
        root: frame::root(&job.route),
        canonical: (!report.base_url.is_empty()).then(|| canonical(report.base_url, &job.route)),
        contents: narrative.contents.clone(),
        previous,
        next,
        related: pages::related(standpoint, narrative, mentions),
        sample: matter.sample || narrative.sample,
        draft: job.page.is_some_and(|page| page.draft),
        updated: None,
    };
    let context = context! {
        site => crate::theme::shown(frame::site(standpoint)),
        page => crate::theme::shown(&view),
        body => Value::from_safe_string(narrative.html.clone()),
        view => matter.view,
        words => words.clone(),
    };
    let html = report.theme.templates.render(&format!("{}.html", job.layout.name()), context, log);
    let mut outputs: Vec<Output> =
        html.map(|html| Output { route: job.route.clone(), bytes: html.into_bytes().into() }).into_iter().collect();
    outputs.extend(shelf.into_parts().0);
    outputs
}

fn canonical(base_url: &str, route: &str) -> String {
    let tidy =
        route.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(route);
    format!("{base_url}{tidy}")
}

/// Links to anchors, checked against the ids of the finished pages.
fn check_anchors<'a>(outputs: &[Output], links: impl Iterator<Item = &'a AnchorLink>, log: &Log) {
    let mut known: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
    for link in links {
        let ids = known.entry(link.route.as_str()).or_insert_with(|| {
            let page = outputs.iter().find(|output| output.route == link.route)?;
            Some(ids(&String::from_utf8_lossy(&page.bytes)))
        });
        // A page that could not be made has a finding of its own.
        let Some(ids) = ids else { continue };
        if !ids.contains(&link.anchor) {
            let finding = Finding::new(Code::UnknownAnchor, link.origin.clone()).with("value", &link.anchor);
            let near = nearest(&link.anchor, ids.iter().map(String::as_str)).map(ToOwned::to_owned);
            log.add(match near {
                Some(near) => finding.with("near", near),
                None => finding,
            });
        }
    }
}

/// Ids of a page's elements.
fn ids(html: &str) -> BTreeSet<String> {
    html.split(" id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// A file's size for readers: `4 kB`, at least one.
pub(crate) fn size(standpoint: Standpoint<'_>, bytes: usize) -> String {
    let kilobytes = bytes.div_ceil(1000);
    #[expect(clippy::cast_precision_loss, reason = "a size for readers")]
    let number = standpoint.voice().format.number(kilobytes as f64, 0);
    format!("{number}\u{a0}kB")
}
