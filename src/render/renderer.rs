//! The renderer of single pages: first the narrative, then the page around it.

use super::content;
use super::markdown::{self, Calculator, RenderedMarkdown};
use crate::finding::{Log, has_errors};
use crate::page::content::Mentions;
use crate::page::context::PageContext;
use crate::page::navigation::{self, PageView, SiteView};
use crate::page::output::PageFiles;
use crate::page::report::Report;
use crate::page::routes::{PagePlan, Reference, canonical};
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
    /// Evaluators of expressions in the narrative, by language.
    calculators: Vec<Calculator>,
    /// Words as template values, by language.
    words: Vec<Value>,
    /// Pages that a reader waits for, but that cannot be rendered before all narrative is.
    postponed: Mutex<Vec<&'a PagePlan<'a>>>,
}

/// A page's narrative as HTML, with the files and ids that it has taken.
#[derive(Default)]
pub(super) struct Narrative {
    pub(super) rendered: RenderedMarkdown,
    /// Files that it offers.
    outputs: Vec<Output>,
    /// Ids of its elements, which the page around it must not use again.
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

    /// Renders pages that a reader waits for and hands them to the follower, except pages with errors: the reader keeps the last
    /// good one. Findings are dropped here and logged when the page has its turn, so that they keep their order.
    pub(super) fn render_wanted(&self, mentions: Option<&Mentions<'_>>) {
        let plan = |route: String| self.report.routes.pages.iter().find(|plan| plan.route == route);
        let mut plans: Vec<&PagePlan<'_>> = std::iter::from_fn(|| self.follower.next_wanted())
            .filter_map(plan)
            .collect();
        let mut postponed = self.postponed.lock().unwrap_or_else(PoisonError::into_inner);
        if mentions.is_some() {
            plans.append(&mut postponed);
        } else {
            // The page of an indicator lists the pages that show it, which only their narrative tells.
            let (later, now) = plans
                .into_iter()
                .partition(|plan| matches!(plan.about, Reference::Indicator(_)));
            postponed.extend::<Vec<_>>(later);
            plans = now;
        }
        drop(postponed);
        for plan in plans {
            let log = Log::default();
            let narrative = self.narrative(plan, &log);
            let outputs = self.page(plan, &narrative, mentions.unwrap_or(&Mentions::new()), &log);
            if !has_errors(&log.into_inner()) {
                self.follower.ready(&outputs);
            }
        }
    }

    /// The narrative of a page; empty for a page that no author wrote.
    pub(super) fn narrative(&self, plan: &PagePlan<'_>, log: &Log) -> Narrative {
        let Some(page) = plan.page.filter(|_| !self.follower.is_cancelled()) else {
            return Narrative::default();
        };
        let files = PageFiles::default();
        let context = PageContext::new(self.report, plan, &files);
        let rendered = markdown::render(context, page, &self.calculators[plan.language], log);
        let (outputs, mut ids) = files.into_parts();
        ids.extend(rendered.contents.iter().map(|heading| heading.id.clone()));
        Narrative { rendered, outputs, ids }
    }

    /// A page and the files it offers.
    pub(super) fn page(
        &self,
        plan: &PagePlan<'_>,
        narrative: &Narrative,
        mentions: &Mentions<'_>,
        log: &Log,
    ) -> Vec<Output> {
        if self.follower.is_cancelled() {
            return Vec::new();
        }
        let report = self.report;
        let files = PageFiles::with_ids(narrative.ids.clone());
        let page = PageContext::new(report, plan, &files);
        let content = content::content(page, log);
        let (previous, next) = navigation::sequence(page);
        let page_view = PageView {
            id: plan.page.map_or_else(
                || plan.route.trim_end_matches(".html").to_owned(),
                |page| page.id.clone(),
            ),
            breadcrumbs: navigation::breadcrumbs(page, plan.page.map_or(&content.title, |page| &page.menu)),
            title: content.title,
            description: content.description.filter(|text| !text.is_empty()),
            layout: plan.layout.name(),
            root: navigation::root(&plan.route),
            canonical: (!report.base_url.is_empty()).then(|| canonical(report.base_url, &plan.route)),
            contents: narrative.rendered.contents.clone(),
            previous,
            next,
            related: content::related(page, &narrative.rendered, mentions),
            sample: content.sample || narrative.rendered.sample,
            draft: plan.page.is_some_and(|page| page.draft),
            embargoed: report.embargoed,
        };
        let input = TemplateInput {
            site: navigation::site(page),
            page: page_view,
            body: Html(narrative.rendered.html.clone()),
            view: content.view,
            words: self.words[plan.language].clone(),
        };
        let template = format!("{}.html", plan.layout.name());
        let templates = &report.theme.templates;
        let html = templates.render(&template, crate::theme::template_value(input), log);
        let mut outputs: Vec<Output> = html
            .map(|html| Output {
                route: plan.route.clone(),
                bytes: html.into_bytes().into(),
            })
            .into_iter()
            .collect();
        outputs.extend(files.into_parts().0);
        outputs.extend(narrative.outputs.iter().cloned());
        outputs
    }
}
