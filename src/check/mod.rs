//! Rules about the site as a whole that no single file breaks by itself.

use crate::finding::{Code, Finding, Log};
use crate::model::Site;
use crate::render::Wishes;

/// What a release build refuses: constructed figures, and drafts that are asked for.
pub fn release(site: &Site, wishes: &Wishes, log: &Log) {
    if !wishes.release {
        return;
    }
    for indicator in site.indicators.iter().filter(|indicator| indicator.sample) {
        log.add(Finding::new(Code::ReleaseRefused, indicator.origin.at("sample")).with("what", &indicator.id));
    }
    for page in site.pages.iter().filter(|page| page.draft && wishes.drafts) {
        log.add(Finding::new(Code::ReleaseRefused, page.origin.at("draft")).with("what", &page.title));
    }
}
