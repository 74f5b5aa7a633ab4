//! The pipeline, as one sentence: source files in, finished site and findings out.
//!
//! Pure: same snapshot, same wishes, same bytes. Errors do not empty the outputs; whoever publishes decides.

use crate::finding::{Finding, Log};
use crate::memo::Memo;
use crate::model::Site;
use crate::render::{Cause, Material, Output, Wishes};
use crate::source::Snapshot;
use crate::survey::State;
use crate::{bind, check, export, index, read, render, survey, theme};
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
    /// Addresses of the pages that were not remembered, and why they were made.
    pub made: Vec<(String, Cause)>,
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
pub fn compile(snapshot: &Snapshot, wishes: &Wishes, memo: &Memo) -> Outcome {
    compile_watched(snapshot, wishes, memo, &|_| {})
}

/// The same, saying which stage begins: `read`, `bind`, `index`, `survey`, `theme`, `render`, `export`.
#[must_use]
pub fn compile_watched(snapshot: &Snapshot, wishes: &Wishes, memo: &Memo, stage: &dyn Fn(&'static str)) -> Outcome {
    let log = Log::default();
    stage("read");
    let Some(site) = read::site(snapshot, &log) else {
        return Outcome {
            findings: read::findings(log),
            ..Outcome::default()
        };
    };
    stage("bind");
    bind::check(&site, &log);
    check::rules(&site, snapshot, wishes, &log);
    stage("index");
    let site = Arc::new(site);
    let composites = index::all(&site);
    index::check(&site, &composites, &log);
    stage("survey");
    let answers = read::answers(&site, snapshot, &log);
    let results = survey::all(&site, &answers, wishes.today);
    check::results(&site, &results, wishes, &log);
    stage("theme");
    let theme = theme::open(snapshot, &site.settings.theme, &languages(&site), &log);
    let files = static_files(snapshot);
    let names: Vec<String> = files.iter().map(|file| file.route.clone()).collect();
    stage("render");
    let material = Material {
        site: &site,
        snapshot,
        composites: &composites,
        results: &results,
        theme: &theme,
        files: &names,
    };
    let render::Pages {
        mut outputs,
        addresses,
        made,
    } = render::pages(material, wishes, memo, &log);
    let base_url = wishes.base_url.as_deref().unwrap_or(&site.settings.base_url);
    outputs.extend(theme.assets.iter().map(|asset| Output {
        route: asset.route.clone(),
        bytes: asset.bytes.clone(),
    }));
    outputs.extend(files);
    let editions = render::editions(&site, snapshot, &theme, &tidy(base_url), &outputs, &log);
    // A word that is lacking would be reported only by pages that ask for it, so none of them may be remembered.
    let before = log.len();
    for voice in &theme.voices {
        voice.words.report(&log);
    }
    memo.settle(log.len() > before);
    stage("export");
    // Of an older edition the front page, from which the others are found.
    let fronts = site
        .settings
        .editions
        .iter()
        .map(|edition| format!("{}/index.html", edition.id));
    let fronts = fronts.filter(|front| editions.iter().any(|output| output.route == *front));
    outputs.extend(export::sitemap(
        base_url,
        &addresses.iter().cloned().chain(fronts).collect::<Vec<_>>(),
    ));
    outputs.extend(editions);
    outputs.sort_by(|a, b| a.route.cmp(&b.route));
    outputs.dedup_by(|a, b| a.route == b.route);
    let rebuild = survey::next_change(&site.consultations, wishes.today).map(|(day, concerned)| Rebuild {
        day,
        because: concerned
            .into_iter()
            .map(|(it, state)| (it.id.clone(), state))
            .collect(),
    });
    let pages = addresses.len();
    let mut findings = read::findings(log);
    if wishes.release {
        findings.iter_mut().for_each(Finding::raise_for_release);
    }
    Outcome {
        outputs,
        findings,
        pages,
        made,
        site: Some(site.clone()),
        rebuild,
    }
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

/// An absolute address that ends in `/`; empty when it is not known.
fn tidy(base_url: &str) -> String {
    if base_url.is_empty() {
        String::new()
    } else {
        format!("{}/", base_url.trim_end_matches('/'))
    }
}

/// Files of the content folder that are no narrative: pictures, documents.
fn static_files(snapshot: &Snapshot) -> Vec<Output> {
    let files = snapshot
        .under("content/", "")
        .filter(|file| !file.path.ends_with(".md"));
    files
        .map(|file| Output {
            route: file.path["content/".len()..].to_owned(),
            bytes: file.bytes.clone(),
        })
        .collect()
}
