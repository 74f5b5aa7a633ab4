//! One page: its narrative, then the page around it.

use super::content;
use super::markdown::{self, Calculator, Rendered};
use crate::finding::{Log, has_errors};
use crate::page::content::Mentions;
use crate::page::context::PageContext;
use crate::page::navigation::{self, PageView, SiteView};
use crate::page::output::PageFiles;
use crate::page::report::Report;
use crate::page::routes::{Job, Reference, canonical};
use crate::page::view::Html;
use crate::page::{Follower, Output};
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Renders the pages of one report.
pub(super) struct Renderer<'a> {
    report: &'a Report<'a>,
    follower: &'a dyn Follower,
    /// By language.
    calculators: Vec<Calculator>,
    /// Words as templates are given them, by language.
    words: Vec<Value>,
    /// Pages that somebody waits for, but that cannot be rendered before all narrative is.
    postponed: Mutex<Vec<&'a Job<'a>>>,
}

/// A page's narrative, and what came with it.
#[derive(Default)]
pub(super) struct Narrative {
    pub(super) rendered: Rendered,
    /// Files it offers.
    outputs: Vec<Output>,
    /// Ids of its elements.
    ids: BTreeSet<String>,
}

/// Everything that the template of a page is given.
#[derive(Serialize)]
struct TemplateInput {
    site: SiteView,
    page: PageView,
    /// The author's narrative; empty where no author wrote any.
    body: Html,
    /// The view of the page's layout, see [`PageContent::view`].
    ///
    /// [`PageContent::view`]: crate::page::content::PageContent::view
    view: Value,
    /// Words of the page's language.
    words: Value,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(report: &'a Report<'a>, follower: &'a dyn Follower) -> Self {
        let locales = report.locales.iter();
        Self {
            report,
            follower,
            calculators: locales
                .clone()
                .map(|locale| Calculator::new(report.site, report.results, locale))
                .collect(),
            words: locales
                .map(|locale| crate::theme::template_value(locale.words.tree()))
                .collect(),
            postponed: Mutex::default(),
        }
    }

    /// Renders what somebody waits for and hands it over. Pages with errors are not: the reader keeps the last good one. What is
    /// wrong is told when the page has its turn, so that findings keep their order.
    pub(super) fn render_wanted(&self, mentions: Option<&Mentions<'_>>) {
        let job = |route: String| self.report.routes.jobs.iter().find(|job| job.route == route);
        let mut wanted: Vec<&Job<'_>> = std::iter::from_fn(|| self.follower.next_wanted())
            .filter_map(job)
            .collect();
        let mut postponed = self.postponed.lock().unwrap_or_else(PoisonError::into_inner);
        if mentions.is_some() {
            wanted.append(&mut postponed);
        } else {
            // Which pages show an indicator stands on its page.
            let (later, now) = wanted
                .into_iter()
                .partition(|job| matches!(job.about, Reference::Indicator(_)));
            postponed.extend::<Vec<_>>(later);
            wanted = now;
        }
        drop(postponed);
        for job in wanted {
            let log = Log::default();
            let narrative = self.narrative(job, &log);
            let outputs = self.page(job, &narrative, mentions.unwrap_or(&Mentions::new()), &log);
            if !has_errors(&log.into_inner()) {
                self.follower.ready(&outputs);
            }
        }
    }

    /// The narrative of a page; nothing of one that no author wrote.
    pub(super) fn narrative(&self, job: &Job<'_>, log: &Log) -> Narrative {
        let Some(page) = job.page.filter(|_| !self.follower.is_cancelled()) else {
            return Narrative::default();
        };
        let files = PageFiles::default();
        let context = PageContext::new(self.report, job, &files);
        let rendered = markdown::render(context, page, &self.calculators[job.language], log);
        let (outputs, mut ids) = files.into_parts();
        ids.extend(rendered.contents.iter().map(|heading| heading.id.clone()));
        Narrative { rendered, outputs, ids }
    }

    /// A page and the files it offers.
    pub(super) fn page(&self, job: &Job<'_>, narrative: &Narrative, mentions: &Mentions<'_>, log: &Log) -> Vec<Output> {
        if self.follower.is_cancelled() {
            return Vec::new();
        }
        let report = self.report;
        let files = PageFiles::with_ids(narrative.ids.clone());
        let page = PageContext::new(report, job, &files);
        let content = content::content(page, log);
        let (previous, next) = navigation::sequence(page);
        let page_view = PageView {
            id: job.page.map_or_else(
                || job.route.trim_end_matches(".html").to_owned(),
                |page| page.id.clone(),
            ),
            breadcrumbs: navigation::breadcrumbs(page, job.page.map_or(&content.title, |page| &page.menu)),
            title: content.title,
            description: content.description.filter(|text| !text.is_empty()),
            layout: job.layout.name(),
            root: navigation::root(&job.route),
            canonical: (!report.base_url.is_empty()).then(|| canonical(report.base_url, &job.route)),
            contents: narrative.rendered.contents.clone(),
            previous,
            next,
            related: content::related(page, &narrative.rendered, mentions),
            sample: content.sample || narrative.rendered.sample,
            draft: job.page.is_some_and(|page| page.draft),
        };
        let input = TemplateInput {
            site: navigation::site(page),
            page: page_view,
            body: Html(narrative.rendered.html.clone()),
            view: content.view,
            words: self.words[job.language].clone(),
        };
        let template = format!("{}.html", job.layout.name());
        let templates = &report.theme.templates;
        let html = templates.render(&template, crate::theme::template_value(input), log);
        let mut outputs: Vec<Output> = html
            .map(|html| Output {
                route: job.route.clone(),
                bytes: html.into_bytes().into(),
            })
            .into_iter()
            .collect();
        outputs.extend(files.into_parts().0);
        outputs.extend(narrative.outputs.iter().cloned());
        outputs
    }
}
