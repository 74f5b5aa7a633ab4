//! The pipeline, as one sentence: source files in, finished site and findings out.
//!
//! Pure: same snapshot, same options, same bytes. Errors do not empty the outputs; whoever publishes decides.

use crate::cache::Cache;
use crate::download::sitemap::sitemap;
use crate::finding::{Finding, Log};
use crate::model::Site;
use crate::page::locale::Locale;
use crate::page::report::{Report, ReportInputs};
use crate::page::routes::Routes;
use crate::page::{BuildOptions, Follower, Output};
use crate::source::Snapshot;
use crate::survey::State;
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
    // A copy, in which no file has been opened: at the end it knows those that nothing has read.
    let snapshot = &snapshot.clone();
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
    let results = survey::all(&site, &answers, options.today);
    check::results(&site, &results, options, &log);
    follower.stage("theme");
    let theme = theme::open(snapshot, &site.settings.theme, &languages(&site), &log);
    let mut outputs = assets(&theme);
    let attachments = render::Attachments::new(snapshot);
    follower.ready(&outputs);
    follower.ready(&attachments.all());
    follower.stage("render");
    let base_url = options.base_url(&site);
    let locales = Locale::all(&site, &theme.languages);
    let routes = Routes::new(&site, &results, &locales, options.drafts, &log);
    let files = attachments.routes();
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
    let (attached, unlinked) = attachments.published(&outputs, &site);
    outputs.extend(attached);
    if !follower.is_cancelled() {
        check::files(&site, snapshot, &unlinked, &theme, &log);
    }
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
    }
}

/// The theme's assets, which need no rendering.
fn assets(theme: &Theme) -> Vec<Output> {
    let assets = theme.assets.iter().map(|asset| Output {
        route: asset.route.clone(),
        bytes: asset.bytes.clone(),
    });
    assets.collect()
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
