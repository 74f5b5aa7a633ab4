//! Pages: views made from the site, rendered by the theme's templates.
//!
//! Takes the report; gives every page, and the files that pages offer for download. First all narrative is rendered, which
//! shows on which pages each indicator is; then the pages, in parallel. A page that a reader waits for comes before all others.
//! Writes nothing.

mod anchors;
mod attachments;
mod audit;
mod consultation;
mod content;
mod figure;
mod index;
mod markdown;
mod older_editions;
mod renderer;
mod report;
mod updates;

pub use attachments::{Attachments, lies_in, page_path};
pub use older_editions::older_editions;

use crate::download::csv_file;
use crate::finding::{Finding, Log};
use crate::page::content::Mentions;
use crate::page::report::Report;
use crate::page::routes::PagePlan;
use crate::page::{Follower, Output};
use audit::FinishedPage;
use markdown::AnchorLink;
pub(crate) use markdown::SiteTexts;
use rayon::prelude::*;
use renderer::{Narrative, Renderer};

/// Every page with the files it offers, in a fixed order; findings are logged.
pub(crate) fn pages(report: &Report<'_>, follower: &dyn Follower, log: &Log) -> Vec<Output> {
    let renderer = Renderer::new(report, follower);
    let plans = &report.routes.pages;
    let narratives: Vec<Narrative> = in_parallel(plans, log, |plan, log| {
        renderer.render_wanted(None);
        renderer.narrative(plan, log)
    });
    let mentions = mentions(plans, &narratives);
    let with_narrative: Vec<(&PagePlan<'_>, &Narrative)> = plans.iter().zip(&narratives).collect();
    let pages: Vec<Vec<Output>> = in_parallel(&with_narrative, log, |(plan, narrative), log| {
        renderer.render_wanted(Some(&mentions));
        renderer.page(plan, narrative, &mentions, log)
    });
    let finished: Vec<FinishedPage<'_>> = pages
        .iter()
        .zip(&with_narrative)
        .filter_map(|(outputs, (plan, narrative))| {
            // A page whose template failed has a finding of its own.
            let output = outputs.first().filter(|output| output.route == plan.route)?;
            let narrative = &narrative.rendered;
            Some(FinishedPage { output, narrative })
        })
        .collect();
    let added: Vec<&Output> = pages.iter().flatten().collect();
    audit::check(&finished, &added, report, log);
    let mut outputs: Vec<Output> = pages.into_iter().flatten().collect();
    outputs.extend(csv_file::series_files(report));
    outputs.extend(updates::feed::files(report));
    let links: Vec<AnchorLink> = narratives
        .into_iter()
        .flat_map(|narrative| narrative.rendered.anchors)
        .collect();
    anchors::check(&outputs, &links, log);
    outputs
}

/// Does the work in parallel; findings are logged in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], log: &Log, work: impl Fn(&T, &Log) -> R + Sync) -> Vec<R> {
    let results: Vec<(R, Vec<Finding>)> = items
        .par_iter()
        .map(|item| {
            let item_log = Log::default();
            let result = work(item, &item_log);
            (result, item_log.into_inner())
        })
        .collect();
    results
        .into_iter()
        .map(|(result, findings)| {
            log.append(findings);
            result
        })
        .collect()
}

/// The authors' pages that show each indicator.
fn mentions<'a>(plans: &[PagePlan<'a>], narratives: &[Narrative]) -> Mentions<'a> {
    let mut mentions = Mentions::new();
    for (plan, narrative) in plans.iter().zip(narratives) {
        let Some(page) = plan.page else { continue };
        for id in &narrative.rendered.uses {
            mentions.entry((plan.language, id.clone())).or_default().push(page);
        }
    }
    mentions
}
