//! The pipeline, as one sentence: source files in, finished site and findings out.
//!
//! Pure: same snapshot, same options, same bytes. Errors do not empty the outputs; whoever publishes decides.

use crate::cache::Cache;
use crate::download::sitemap::sitemap;
use crate::finding::{Code, Finding, Log};
use crate::model::{Consultation, Site};
use crate::page::locale::Locale;
use crate::page::report::{Report, ReportInputs};
use crate::page::routes::Routes;
use crate::page::{BuildOptions, Follower, Output};
use crate::read::Expressions;
use crate::render::SiteTexts;
use crate::source::{Origin, Snapshot};
use crate::survey::{LedgerFault, Results, State, state};
use crate::theme::Theme;
use crate::{bind, check, embargo, index, read, render, survey, theme};
use jiff::civil::Date;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    /// When the site says something else though nothing was edited: a consultation opens or closes, a reply or an update has its day.
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
    /// Consultations by id, and where they then stand; none where only updates come.
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
    let (mut reading_log, has_expressions) = (Log::default(), AtomicBool::default());
    let Some(mut site) = read::site_with(snapshot, Expressions::Noted(&has_expressions), &reading_log) else {
        log.append(reading_log.into_inner());
        return Outcome {
            findings: read::findings(log),
            ..Outcome::default()
        };
    };
    follower.stage("bind");
    bind::check(&site, &log);
    check::rules(&site, snapshot, options, &log);
    let answers = read::answers(&site, snapshot, &log);
    let rebuild = next_rebuild(&site, options.today);
    // What must wait for its day has been checked, and is not there for anything that follows.
    let horizon = if options.embargoed { Date::MAX } else { options.today };
    embargo::hold_back(&mut site, horizon);
    let mut site = Arc::new(site);
    follower.stage("survey");
    let (results, published) = results(survey::all(&site, &answers, horizon), &log);
    check::results(&site, &results, options, &log);
    let statements = survey::statements(&site, &answers, &results);
    follower.stage("theme");
    let theme = theme::open(snapshot, &site.settings.theme, &languages(&site), &log);
    let locales = Locale::all(&site, &theme.languages);
    // What expressions in texts ask for is known only now, so their files are read once more.
    if has_expressions.into_inner() {
        let texts = SiteTexts::new(&site, &results, &locales);
        let second_log = Log::default();
        if let Some(mut evaluated) = read::site_with(snapshot, Expressions::Evaluated(&texts), &second_log) {
            embargo::hold_back(&mut evaluated, horizon);
            (site, reading_log) = (Arc::new(evaluated), second_log);
        }
    }
    log.append(reading_log.into_inner());
    follower.stage("index");
    let composites = index::all(&site);
    index::check(&site, &composites, &log);
    let mut outputs = assets(&theme);
    let attachments = render::Attachments::new(snapshot);
    follower.ready(&outputs);
    follower.ready(&attachments.all());
    follower.stage("render");
    let base_url = options.base_url(&site);
    let routes = Routes::new(&site, &results, &locales, options.drafts, &log);
    let files = attachments.contents();
    let report = Report::new(ReportInputs {
        site: &site,
        theme: &theme,
        locales: &locales,
        composites: &composites,
        results: &results,
        statements: &statements,
        routes: &routes,
        cache,
        files: &files,
        base_url: &base_url,
        today: options.today,
        embargoed: options.embargoed,
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

/// The next day on which the site says something else though nothing was edited.
fn next_rebuild(site: &Site, today: Date) -> Option<Rebuild> {
    let changes = survey::changes(&site.consultations, today);
    let changes = changes.into_iter().map(|(day, consultation)| (day, Some(consultation)));
    let all: Vec<_> = changes.chain(embargo::days_after(site, today)).collect();
    let day = all.iter().map(|(day, _)| *day).min()?;
    let concerned = site.consultations.iter().filter(|consultation| {
        let is_it = |other: Option<&Consultation>| other.is_some_and(|other| other.id == consultation.id);
        all.iter().any(|(other, concerned)| *other == day && is_it(*concerned))
    });
    let because = concerned.map(|consultation| (consultation.id.clone(), state(&consultation.dates, day)));
    Some(Rebuild {
        day,
        because: because.collect(),
    })
}

/// Says that new results of a consultation cannot be written down, for this reason, and so must not go out.
#[must_use]
pub fn unrecorded(id: &str, reason: &str) -> Finding {
    let origin = Origin::file(&format!("answers/{id}/{}", read::LEDGER).as_str().into());
    Finding::new(Code::AnswersUnrecorded, origin)
        .with("value", id)
        .with("reason", reason)
}

/// Says that the ledger of a consultation has lost what was published. `record`: the file that knows better.
#[must_use]
pub fn forgotten(id: &str, record: &str) -> Finding {
    let origin = Origin::file(&format!("answers/{id}/{}", read::LEDGER).as_str().into());
    Finding::new(Code::AnswersForgotten, origin)
        .with("value", id)
        .with("path", record)
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

/// The theme's assets, which need no rendering.
fn assets(theme: &Theme) -> Vec<Output> {
    let assets = theme.assets.iter().map(|asset| Output {
        route: asset.route.clone(),
        bytes: asset.bytes.clone(),
    });
    assets.collect()
}

/// The site's languages, and those in which some consultation can be answered besides.
pub(crate) fn languages(site: &Site) -> Vec<String> {
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
