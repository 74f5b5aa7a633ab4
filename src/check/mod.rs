//! Rules about the site as a whole that no single file breaks by itself.
//!
//! Takes the site, the day and the options of the build; adds findings. Ids that nothing has are [`crate::bind`]'s, claims
//! in narrative are judged when it is rendered. [`links`] is apart: it works on compiled pages, and only when asked.

mod commitment;
mod consultation;
mod draft;
mod files;
pub mod links;
mod place;
mod placeholder;
pub mod plausibility;
mod release;
mod target;
mod translation;
mod update;

use crate::finding::{Code, Finding, Log};
use crate::model::Site;
use crate::page::BuildOptions;
use crate::source::Snapshot;
use crate::survey::Results;
use jiff::civil::Date;

pub use files::files;

/// Reports every rule that is broken on the day the site is built for.
pub fn rules(site: &Site, snapshot: &Snapshot, options: &BuildOptions, log: &Log) {
    days(site, options.today, log);
    consultation::check(site, options.today, options.release, log);
    draft::check(site, options.today, log);
    commitment::check(site, options.today, log);
    update::check(site, log);
    files::pages(site, log);
    files::drafts(site, options, log);
    plausibility::check(site, snapshot, options.today, log);
    target::check(site, log);
    if options.release {
        release::check(site, snapshot, options, log);
    }
}

/// Reports days in the future on which something is said to have happened.
fn days(site: &Site, today: Date, log: &Log) {
    let fetched = site
        .indicators
        .iter()
        .map(|indicator| (&indicator.source.fetched, indicator.origin.at("source").at("fetched")));
    let settings = &site.settings;
    let tested = (
        &settings.accessibility.tested,
        settings.origin.at("accessibility").at("tested"),
    );
    for (day, origin) in fetched.chain([tested]) {
        if day.parse::<Date>().is_ok_and(|day| day > today) {
            log.add(Finding::new(Code::DateFuture, origin).with("value", day));
        }
    }
}

/// Reports consultations that have closed and whose results are overdue.
pub fn results(site: &Site, results: &[Results], options: &BuildOptions, log: &Log) {
    consultation::overdue(site, results, options.today, log);
}
