//! The pipeline, as one sentence: source files in, finished site and findings out.
//!
//! Pure: same snapshot, same options, same bytes. Errors do not empty the outputs; whoever publishes decides.

use crate::cache::Cache;
use crate::download::sitemap::sitemap;
use crate::finding::{Code, Finding, Log};
use crate::model::Site;
use crate::page::locale::Locale;
use crate::page::report::{Report, ReportInputs};
use crate::page::routes::Routes;
use crate::page::{BuildOptions, Follower, Output};
use crate::source::{Origin, Snapshot};
use crate::survey::{LedgerFault, Results, State};
use crate::theme::Theme;
use crate::{bind, check, index, read, render, survey, theme};
use jiff::civil::Date;
use std::sync::Arc;

/// What a build gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files of the site, by address, each address once.
    pub outputs: Vec<Output>,
    /// Everything that is wrong with the input, sorted.
    pub findings: Vec<Finding>,
    /// Number of pages among the outputs.
    pub pages: usize,
    /// What the author has said; `None` when there is no site to read.
    pub site: Option<Arc<Site>>,
    /// When the site says something else though nothing was edited: a consultation opens or closes.
    pub rebuild: Option<Rebuild>,
    /// What must be written down before the site is published: a line for the ledger of each consultation, by id, whose
    /// results have not gone out like this before.
    pub published: Vec<(String, String)>,
}

/// A day on which the site must be built again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuild {
    /// The day.
    pub day: Date,
    /// Consultations by id, and where they then stand.
    pub because: Vec<(String, State)>,
}

/// Source files in, finished site out.
#[must_use]
pub fn compile(snapshot: &Snapshot, options: &BuildOptions, cache: &Cache) -> Outcome {
    compile_followed(snapshot, options, cache, &())
}

/// [`compile`], followed while it goes on. When the follower cancels it, pages and findings are missing in the outcome.
#[must_use]
pub fn compile_followed(
    snapshot: &Snapshot,
    options: &BuildOptions,
    cache: &Cache,
    follower: &dyn Follower,
) -> Outcome {
    let log = Log::default();
    follower.stage("read");
    let Some(site) = read::site(snapshot, &log) else {
        return Outcome {
            findings: read::findings(log),
            ..Outcome::default()
        };
    };
    follower.stage("bind");
    bind::check(&site, &log);
    check::rules(&site, snapshot, options, &log);
    follower.stage("index");
    let site = Arc::new(site);
    let composites = index::all(&site);
    index::check(&site, &composites, &log);
    follower.stage("survey");
    let answers = read::answers(&site, snapshot, &log);
    let (results, published) = results(survey::all(&site, &answers, options.today), &log);
    check::results(&site, &results, options, &log);
    follower.stage("theme");
    let theme = theme::open(snapshot, &site.settings.theme, &languages(&site), &log);
    let mut outputs = unrendered(&theme, snapshot);
    follower.ready(&outputs);
    follower.stage("render");
    let base_url = options.base_url(&site);
    let locales = Locale::all(&site, &theme.languages);
    let routes = Routes::new(&site, &results, &locales, options.drafts, &log);
    let files = content_files(snapshot);
    let report = Report::new(ReportInputs {
        site: &site,
        theme: &theme,
        locales: &locales,
        composites: &composites,
        results: &results,
        routes: &routes,
        cache,
        files: &files,
        base_url: &base_url,
        today: options.today,
    });
    outputs.splice(0..0, render::pages(&report, follower, &log));
    let editions = render::older_editions(&site, snapshot, &theme, &base_url, &outputs, &log);
    cache.end_run();
    // Only now is it known which words pages asked for in vain.
    for voice in &theme.languages {
        voice.words.report(&log);
    }
    follower.stage("export");
    // Of an older edition the front page, from which the others are found.
    let fronts = site
        .settings
        .editions
        .iter()
        .map(|edition| format!("{}/index.html", edition.id));
    let fronts = fronts.filter(|front| editions.iter().any(|output| output.route == *front));
    let addresses: Vec<String> = routes
        .pages
        .iter()
        .map(|plan| plan.route.clone())
        .chain(fronts)
        .collect();
    outputs.extend(sitemap(&base_url, &addresses));
    outputs.extend(editions);
    outputs.sort_by(|a, b| a.route.cmp(&b.route));
    outputs.dedup_by(|a, b| a.route == b.route);
    let rebuild = survey::next_change(&site.consultations, options.today).map(|(day, concerned)| Rebuild {
        day,
        because: concerned
            .into_iter()
            .map(|(consultation, state)| (consultation.id.clone(), state))
            .collect(),
    });
    let mut findings = read::findings(log);
    if options.release {
        findings.iter_mut().for_each(Finding::raise_for_release);
    }
    Outcome {
        outputs,
        findings,
        pages: routes.pages.len(),
        site: Some(site.clone()),
        rebuild,
        published,
    }
}

/// Says that new results of a consultation cannot be written down, for this reason, and so must not go out.
#[must_use]
pub fn unrecorded(id: &str, reason: &str) -> Finding {
    let origin = Origin::file(&format!("answers/{id}/{}", read::LEDGER).as_str().into());
    Finding::new(Code::AnswersUnrecorded, origin)
        .with("value", id)
        .with("reason", reason)
}

/// The results, the lines for ledgers, and a finding for each ledger that cannot be relied on.
fn results(all: Vec<survey::Published>, log: &Log) -> (Vec<Results>, Vec<(String, String)>) {
    let (mut results, mut lines) = (Vec::new(), Vec::new());
    for published in all {
        let id = published.results.consultation.clone();
        if let Some(fault) = published.fault {
            let (code, line) = match fault {
                LedgerFault::Line(line) => (Code::AnswersLedger, line),
                LedgerFault::Questionnaire(line) => (Code::AnswersRearranged, line),
            };
            let origin = Origin::file(&format!("answers/{id}/{}", read::LEDGER).as_str().into());
            log.add(
                Finding::new(code, origin)
                    .with("value", &id)
                    .with("line", line.to_string()),
            );
        }
        lines.extend(published.line.map(|line| (id, line)));
        results.push(published.results);
    }
    (results, lines)
}

/// Files that need no rendering: the theme's assets, and pictures and documents of the content folder.
fn unrendered(theme: &Theme, snapshot: &Snapshot) -> Vec<Output> {
    let assets = theme.assets.iter().map(|asset| Output {
        route: asset.route.clone(),
        bytes: asset.bytes.clone(),
    });
    let content = snapshot.under("content/", "").filter_map(|file| {
        Some(Output {
            route: content_route(&file.path)?.to_owned(),
            bytes: file.bytes.clone(),
        })
    });
    assets.chain(content).collect()
}

/// Addresses of the files of the content folder that are no narrative.
fn content_files(snapshot: &Snapshot) -> Vec<String> {
    let files = snapshot.under("content/", "");
    files
        .filter_map(|file| content_route(&file.path).map(ToOwned::to_owned))
        .collect()
}

fn content_route(path: &str) -> Option<&str> {
    let is_narrative = |route: &&str| route.strip_suffix(".md").is_some();
    path.strip_prefix("content/").filter(|route| !is_narrative(route))
}

/// The site's languages, and those in which some consultation can be answered besides.
fn languages(site: &Site) -> Vec<String> {
    let mut all = site.settings.languages.clone();
    for language in site
        .consultations
        .iter()
        .flat_map(|consultation| &consultation.languages)
    {
        if !all.contains(language) {
            all.push(language.clone());
        }
    }
    all
}
