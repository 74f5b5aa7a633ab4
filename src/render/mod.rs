//! Things → pages: views made from the site, templates filled with them.
//!
//! Takes the report; gives every page, and the files pages offer beside them. First all narrative is rendered, so that it is
//! known which page shows which indicator; then the pages, side by side. A page that somebody waits for comes before
//! all others. Writes nothing.

mod anchors;
mod consultation;
mod content;
mod figure;
mod index;
mod markdown;
mod older_editions;
mod renderer;
mod report;
mod updates;

pub use older_editions::older_editions;

use crate::download::csv_file;
use crate::finding::{Finding, Log};
use crate::page::content::Mentions;
use crate::page::report::Report;
use crate::page::routes::Job;
use crate::page::{Follower, Output};
use markdown::AnchorLink;
use rayon::prelude::*;
use renderer::{Narrative, Renderer};

/// Every page and what it offers, in a fixed order; what is wrong is in the log.
pub(crate) fn pages(report: &Report<'_>, follower: &dyn Follower, log: &Log) -> Vec<Output> {
    let renderer = Renderer::new(report, follower);
    let jobs = &report.routes.jobs;
    let narratives: Vec<Narrative> = in_parallel(jobs, log, |job, log| {
        renderer.render_wanted(None);
        renderer.narrative(job, log)
    });
    let mentions = mentions(jobs, &narratives);
    let jobs: Vec<(&Job<'_>, &Narrative)> = jobs.iter().zip(&narratives).collect();
    let pages: Vec<Vec<Output>> = in_parallel(&jobs, log, |(job, narrative), log| {
        renderer.render_wanted(Some(&mentions));
        renderer.page(job, narrative, &mentions, log)
    });
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

/// Does the work side by side; findings are logged in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], log: &Log, work: impl Fn(&T, &Log) -> R + Sync) -> Vec<R> {
    let done: Vec<(R, Vec<Finding>)> = items
        .par_iter()
        .map(|item| {
            let own_log = Log::default();
            let result = work(item, &own_log);
            (result, own_log.into_inner())
        })
        .collect();
    done.into_iter()
        .map(|(result, findings)| {
            log.append(findings);
            result
        })
        .collect()
}

/// Authors' pages that show each indicator.
fn mentions<'a>(jobs: &[Job<'a>], narratives: &[Narrative]) -> Mentions<'a> {
    let mut mentions = Mentions::new();
    for (job, narrative) in jobs.iter().zip(narratives) {
        let Some(page) = job.page else { continue };
        for id in &narrative.rendered.uses {
            mentions.entry((job.language, id.clone())).or_default().push(page);
        }
    }
    mentions
}
