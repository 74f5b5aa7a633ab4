//! `check --links`: the addresses that pages link to → asked, or remembered → findings.

use super::progress::Progress;
use crate::check::links::{self, Link, Verdict};
use crate::compile::Outcome;
use crate::disk;
use crate::fetch::links::{Manners, ask};
use crate::finding::{Finding, Log, Result};
use crate::page::Follower;
use crate::read;
use crate::source::Snapshot;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Time that a server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The pause between two questions to one host.
const PAUSE: Duration = Duration::from_secs(1);
/// The pause on one's own machine, which can bear less.
const LOCAL_PAUSE: Duration = Duration::from_millis(10);

/// Options of a check of links.
#[derive(Debug)]
pub(super) struct Options<'a> {
    /// The output folder, beside which good answers are remembered.
    pub(super) output: &'a Path,
    /// Today.
    pub(super) today: Date,
    /// True if private addresses are asked.
    pub(super) local: bool,
    /// The site's own address.
    pub(super) base_url: &'a str,
}

/// All findings of the site, with those about its links; and whether what was good could be remembered.
pub(super) fn check(
    outcome: &Outcome,
    snapshot: &Snapshot,
    options: &Options<'_>,
    progress: &Progress,
) -> (Vec<Finding>, Result<()>) {
    progress.stage("links");
    let all_links = links::links(&outcome.outputs, options.base_url);
    let mut verdicts_by_address = links::remembered(&disk::load_links(options.output), options.today);
    let unknown: Vec<String> = all_links
        .iter()
        .map(|link| link.address.clone())
        .filter(|address| !verdicts_by_address.contains_key(address))
        .collect();
    let manners = Manners {
        patience: PATIENCE,
        pause: if options.local { LOCAL_PAUSE } else { PAUSE },
        local: options.local,
    };
    progress.count(0, unknown.len());
    let verdicts = ask(&unknown, manners, &|done| progress.count(done, unknown.len()));
    let is_offline = is_offline(&unknown, &verdicts);
    verdicts_by_address.extend(
        unknown
            .iter()
            .cloned()
            .zip(verdicts.into_iter().map(|verdict| (options.today, verdict))),
    );
    let log = Log::default();
    log.append(outcome.findings.clone());
    if is_offline {
        log.add(links::offline(unknown.len()));
    }
    let is_reported = |verdict: &Verdict| !(is_offline && matches!(verdict, Verdict::Unreached(_)));
    for link in &all_links {
        let finding = |(_, verdict): &(Date, Verdict)| {
            is_reported(verdict)
                .then(|| links::finding(link, verdict, snapshot))
                .flatten()
        };
        log.append(
            verdicts_by_address
                .get(&link.address)
                .and_then(finding)
                .into_iter()
                .collect(),
        );
    }
    // What no page links to any more need not be remembered.
    verdicts_by_address.retain(|address, _| {
        all_links
            .binary_search_by(|link: &Link| link.address.cmp(address))
            .is_ok()
    });
    (
        read::findings(log),
        disk::save_links(options.output, &links::memory(&verdicts_by_address)),
    )
}

/// True if this machine seems to have no network: no host of several has answered.
fn is_offline(asked: &[String], verdicts: &[Verdict]) -> bool {
    let hosts: BTreeSet<&str> = asked.iter().filter_map(|address| address.split('/').nth(2)).collect();
    hosts.len() > 1
        && verdicts
            .iter()
            .all(|verdict| matches!(verdict, Verdict::Unreached(_) | Verdict::Private))
        && verdicts.iter().any(|verdict| matches!(verdict, Verdict::Unreached(_)))
}
