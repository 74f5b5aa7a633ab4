//! Rules about the site as a whole that no single file breaks by itself.

mod consultation;
mod update;

use crate::finding::{Code, Finding, Log};
use crate::model::Site;
use crate::render::Wishes;

/// Reports every rule that is broken on the day the site is built for.
pub fn rules(site: &Site, wishes: &Wishes, log: &Log) {
    consultation::check(site, wishes.today, wishes.release, log);
    update::check(site, log);
    release(site, wishes, log);
}

/// What a release build refuses: constructed figures, and drafts that are asked for.
fn release(site: &Site, wishes: &Wishes, log: &Log) {
    if !wishes.release {
        return;
    }
    for indicator in site.indicators.iter().filter(|indicator| indicator.sample) {
        log.add(Finding::new(Code::ReleaseRefused, indicator.origin.at("sample")).with("what", &indicator.id));
    }
    for it in site.consultations.iter().filter(|it| it.sample) {
        log.add(Finding::new(Code::ReleaseRefused, it.origin.at("sample")).with("what", &it.id));
    }
    for page in site.pages.iter().filter(|page| page.draft && wishes.drafts) {
        log.add(Finding::new(Code::ReleaseRefused, page.origin.at("draft")).with("what", &page.title));
    }
}
