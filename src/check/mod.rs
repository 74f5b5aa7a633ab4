//! Rules about the site as a whole that no single file breaks by itself.

mod consultation;
pub mod links;
mod placeholder;
pub mod plausibility;
mod release;
mod update;

use crate::finding::Log;
use crate::model::Site;
use crate::render::Wishes;
use crate::source::Snapshot;
use crate::survey::Results;

/// Reports every rule that is broken on the day the site is built for.
pub fn rules(site: &Site, snapshot: &Snapshot, wishes: &Wishes, log: &Log) {
    consultation::check(site, wishes.today, wishes.release, log);
    update::check(site, log);
    plausibility::check(site, snapshot, wishes.today, log);
    if wishes.release {
        release::check(site, snapshot, wishes, log);
    }
}

/// Reports consultations that have closed and whose results are overdue.
pub fn results(site: &Site, results: &[Results], wishes: &Wishes, log: &Log) {
    consultation::overdue(site, results, wishes.today, log);
}
