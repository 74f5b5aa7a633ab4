//! Things → pages: views made from the site, templates filled with them.
//!
//! Takes the site, the theme and the day; gives every page, and the files pages offer beside them. First all narrative is
//! rendered, so that it is known which page shows which indicator; then the pages, side by side. Writes nothing.

mod asked;
mod choice;
mod diagram;
mod edition;
mod evidence;
mod facts;
mod feed;
mod fields;
mod frame;
mod pages;
mod picture;
mod prose;
mod pull;
mod recall;
mod report;
mod routes;
mod row;
mod seen;
mod sentence;
mod sequence;
mod shelf;
mod source;
mod standing;
mod target;
mod update;
mod view;

pub(crate) use choice::choice;
pub use edition::editions;
pub(crate) use report::Standpoint;
pub(crate) use view::{Cell, Table};

use crate::export;
use crate::finding::{Code, Finding, Log, nearest};
use crate::index::Composite;
use crate::memo::{self, Ledger, Memo};
use crate::model::{Page, Site};
use crate::source::Snapshot;
use crate::survey::Results;
use crate::theme::Theme;
use facts::Facts;
use minijinja::{Value, context};
use prose::{AnchorLink, Calculator, Rendered};
use rayon::prelude::*;
pub use recall::Cause;
use recall::{Deciding, Told};
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
    /// The files it was read from.
    pub snapshot: &'a Snapshot,
    /// Its indices, computed.
    pub composites: &'a [Composite<'a>],
    /// What may be shown of the answers to consultations.
    pub results: &'a [Results],
    /// Templates, words and formats.
    pub theme: &'a Theme,
    /// Static files of the content folder, by their path in the site.
    pub files: &'a [String],
}

/// Every page and what it offers, in a fixed order. Those that nothing has changed for come out of the memo.
pub fn pages(material: Material<'_>, wishes: &Wishes, memo: &Memo, log: &Log) -> Pages {
    let Material {
        site,
        composites,
        results,
        theme,
        files,
        ..
    } = material;
    let routes = Routes::of(site, results, &theme.languages, wishes.drafts, log);
    let base_url = wishes.base_url.as_ref().map_or_else(
        || site.settings.base_url.clone(),
        |url| format!("{}/", url.trim_end_matches('/')),
    );
    let boundaries = &site.places.boundaries;
    let maps: Vec<(String, String)> = boundaries
        .iter()
        .map(|map| (map.name.clone(), map.geojson.clone()))
        .collect();
    let mut ledger = Ledger::default();
    let facts = Facts::of(material, &routes, wishes, &mut ledger);
    let report = Report {
        site,
        facts: &facts,
        composites,
        results,
        ranges: composites
            .iter()
            .flat_map(|it| {
                it.frame
                    .tops()
                    .map(|top| ((it.frame.index.id.clone(), top), OnceLock::new()))
            })
            .collect(),
        theme,
        routes: &routes,
        today: wishes.today,
        memo,
        files,
        base_url: &base_url,
        series: (0..theme.languages.len())
            .flat_map(|language| {
                site.indicators
                    .iter()
                    .map(move |indicator| ((language, indicator.id.clone()), OnceLock::new()))
            })
            .collect(),
        commons: theme.languages.iter().map(|_| OnceLock::new()).collect(),
        standings: Mutex::default(),
        maps_hash: hash_of(&maps),
        maps,
        by_layout: sequence::by_layout(site, &theme.languages),
        neighbours: sequence::neighbours(site, &theme.languages, &routes),
    };
    let calculators: Vec<Calculator> = theme
        .languages
        .iter()
        .map(|voice| Calculator::new(site, results, voice))
        .collect();
    let deciding = Deciding::of(&report, &ledger, wishes);
    let told = tell(&deciding, &calculators, log);
    let mentions = mentions(&routes, &told);
    let words: Vec<Value> = theme
        .languages
        .iter()
        .map(|voice| crate::theme::template_value(voice.words.tree()))
        .collect();
    let one = |(job, told): (&Job<'_>, &Told)| {
        let own = Log::default();
        let (known, cause) = match told {
            Told::Made(narrative, cause) => (Some(&**narrative), cause.clone()),
            Told::Known(record) => match deciding.page(job, record, &mentions) {
                None => {
                    return Made {
                        files: deciding.recalled(job, record),
                        ..Made::default()
                    };
                }
                Some(cause) => (None, cause),
            },
        };
        // What a narrative reported when it was told has been heard.
        let again = known
            .is_none()
            .then(|| narrative(&deciding, job, &calculators[job.language], &Log::default()));
        let Some(narrative) = known.or(again.as_ref()) else {
            return Made::default();
        };
        let (files, shelf) = page(&report, job, narrative, &mentions, &words[job.language], &own);
        let findings = own.into_inner();
        if findings.is_empty() && !narrative.reported {
            deciding.remember(job, narrative, &mentions, &shelf, &files);
        }
        Made {
            files,
            findings,
            cause: Some((job.route.clone(), cause)),
        }
    };
    let made: Vec<Made> = routes.jobs.par_iter().zip(told.par_iter()).map(one).collect();
    let mut pages = Pages {
        addresses: routes.jobs.iter().map(|job| job.route.clone()).collect(),
        ..Pages::default()
    };
    for one in made {
        pages.outputs.extend(one.files);
        pages.made.extend(one.cause);
        log.append(one.findings);
    }
    pages.outputs.extend(series_files(&report));
    pages.outputs.extend(feed::files(&report));
    let anchors: Vec<AnchorLink> = routes
        .jobs
        .iter()
        .zip(&told)
        .flat_map(|(job, told)| told.anchors(job))
        .collect();
    check_anchors(&pages.outputs, &anchors, log);
    pages
}

/// All pages, and what they offer.
#[derive(Debug, Default)]
pub struct Pages {
    /// Files, in a fixed order.
    pub outputs: Vec<Output>,
    /// Addresses of all pages.
    pub addresses: Vec<String>,
    /// Addresses of those that were not remembered, and why.
    pub made: Vec<(String, Cause)>,
}

/// One page, made or remembered.
#[derive(Default)]
struct Made {
    files: Vec<Output>,
    findings: Vec<Finding>,
    /// Its address and why it was made; nothing when it was remembered.
    cause: Option<(String, Cause)>,
}

/// The files of series that pages offer.
fn series_files(report: &Report<'_>) -> Vec<Output> {
    let made = report.series.iter().filter_map(|((language, id), file)| {
        let path = export::route(id);
        let voice = &report.theme.languages[*language];
        let route = if *language == 0 {
            path
        } else {
            format!("{}/{path}", voice.code)
        };
        Some(Output {
            route,
            bytes: file.get()?.clone(),
        })
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

/// A page's narrative, and what came with it.
struct Narrative {
    rendered: Rendered,
    /// Files it offers.
    outputs: Vec<Output>,
    /// Ids it has given out.
    ids: BTreeSet<String>,
    /// Series it offers: language and indicator.
    series: BTreeSet<(usize, String)>,
    /// What it looked at.
    seen: memo::Seen,
    /// Whether there was something to report.
    reported: bool,
}

/// Every page's narrative, made or known from before; what it had to report is in the log.
fn tell(deciding: &Deciding<'_>, calculators: &[Calculator], log: &Log) -> Vec<Told> {
    let one = |job: &Job<'_>| {
        let own = Log::default();
        let told = match deciding.narrative(job) {
            Ok(record) => Told::Known(record),
            Err(cause) => Told::Made(
                Box::new(narrative(deciding, job, &calculators[job.language], &own)),
                cause,
            ),
        };
        (told, own.into_inner())
    };
    let made: Vec<(Told, Vec<Finding>)> = deciding.report.routes.jobs.par_iter().map(one).collect();
    made.into_iter()
        .map(|(told, findings)| {
            log.append(findings);
            told
        })
        .collect()
}

fn narrative(deciding: &Deciding<'_>, job: &Job<'_>, calculator: &Calculator, log: &Log) -> Narrative {
    let (report, shelf, own) = (deciding.report, Shelf::default(), Log::default());
    let rendered = match job.page {
        Some(page) => {
            let standpoint = Standpoint {
                report,
                language: job.language,
                route: &job.route,
                job,
                shelf: &shelf,
            };
            prose::render(standpoint, page, calculator, &own)
        }
        None => Rendered::default(),
    };
    let findings = own.into_inner();
    let reported = !findings.is_empty();
    log.append(findings);
    let seen = deciding.ledger.seen(&shelf.trace);
    let series = shelf.series.borrow().clone();
    let (outputs, mut ids) = shelf.into_parts();
    ids.extend(rendered.contents.iter().map(|heading| heading.id.clone()));
    Narrative {
        rendered,
        outputs,
        ids,
        series,
        seen,
        reported,
    }
}

/// Pages that show each indicator, by language and indicator, in the order of the pages.
pub(crate) type Mentions<'a> = HashMap<(usize, String), Vec<&'a Page>>;

fn mentions<'a>(routes: &Routes<'a>, told: &[Told]) -> Mentions<'a> {
    let mut all = Mentions::new();
    for (job, told) in routes.jobs.iter().zip(told) {
        let Some(page) = job.page else { continue };
        for id in told.uses() {
            all.entry((job.language, id.to_owned())).or_default().push(page);
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
) -> (Vec<Output>, Shelf) {
    let shelf = Shelf::with_ids(narrative.ids.clone());
    let offered = &narrative.outputs;
    let narrative = &narrative.rendered;
    let standpoint = Standpoint {
        report,
        language: job.language,
        route: &job.route,
        job,
        shelf: &shelf,
    };
    let matter = pages::matter(standpoint, log);
    let (previous, next) = frame::sequence(standpoint);
    let view = frame::PageView {
        id: job.page.map_or_else(
            || job.route.trim_end_matches(".html").to_owned(),
            |page| page.id.clone(),
        ),
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
        site => crate::theme::template_value(frame::site(standpoint)),
        page => crate::theme::template_value(&view),
        body => Value::from_safe_string(narrative.html.clone()),
        view => matter.view,
        words => words.clone(),
    };
    let html = report
        .theme
        .templates
        .render(&format!("{}.html", job.layout.name()), context, log);
    let mut outputs: Vec<Output> = html
        .map(|html| Output {
            route: job.route.clone(),
            bytes: html.into_bytes().into(),
        })
        .into_iter()
        .collect();
    outputs.extend(shelf.take());
    outputs.extend(offered.iter().cloned());
    (outputs, shelf)
}

fn canonical(base_url: &str, route: &str) -> String {
    let tidy = route
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(route);
    format!("{base_url}{tidy}")
}

/// Links to anchors, checked against the ids of the finished pages.
fn check_anchors(outputs: &[Output], links: &[AnchorLink], log: &Log) {
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
    html.split(" id=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

/// A file's size for readers: `4 kB`, at least one.
pub(crate) fn size(standpoint: Standpoint<'_>, bytes: usize) -> String {
    let kilobytes = bytes.div_ceil(1000);
    #[expect(clippy::cast_precision_loss, reason = "a size for readers")]
    let number = standpoint.voice().format.number(kilobytes as f64, 0);
    format!("{number}\u{a0}kB")
}
