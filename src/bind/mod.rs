//! Ids that one data file uses of another: each exists, or is reported.
//!
//! Takes the site as read; adds findings. Changes nothing: later stages look things up by id and may rely on every id that is
//! not found having been reported. Links in narrative are followed when it is rendered, since anchors are known only then.

mod consultation;
mod index;
mod polarity;
mod target;

use crate::finding::{Code, Finding, Log};
use crate::model::{IndicatorSet, Site};
use crate::source::Origin;

/// Reports every id in the data files that nothing has.
pub fn check(site: &Site, log: &Log) {
    topics(site, log);
    for entry in site.sets.iter().flat_map(IndicatorSet::entries) {
        indicator(site, &entry.indicator, &entry.origin, log);
    }
    target::check(site, log);
    for index in &site.indices {
        index::check(site, index, log);
    }
    for analysis in &site.analyses {
        for node in analysis.groups.iter().flat_map(|group| &group.nodes) {
            if let Some(id) = &node.indicator {
                indicator(site, id, &node.origin.at("indicator"), log);
            }
        }
    }
    for (_, chart) in &site.charts {
        let several = chart.origin.at("indicators");
        for (index, id) in chart.indicators.iter().enumerate() {
            let origin = if chart.indicators.len() == 1 {
                chart.origin.at("indicator")
            } else {
                several.at(&index.to_string())
            };
            indicator(site, id, &origin, log);
        }
    }
    consultation::check(site, log);
    for (id, origin) in site.settings.navigation.iter().chain(&site.settings.footer) {
        page(site, id, origin, log);
    }
}

fn topics(site: &Site, log: &Log) {
    for indicator in site.indicators.iter().filter(|indicator| !indicator.topic.is_empty()) {
        let known = || site.topics.iter().map(|topic| topic.id.as_str());
        if !known().any(|id| id == indicator.topic) {
            let origin = indicator.origin.at("topic");
            unknown(Code::UnknownTopic, &indicator.topic, &origin, known(), log);
        }
    }
}

/// Reports an indicator that does not exist.
pub(crate) fn indicator(site: &Site, id: &str, origin: &Origin, log: &Log) {
    if site.indicator(id).is_none() {
        let known = site.indicators.iter().map(|indicator| indicator.id.as_str());
        unknown(Code::UnknownIndicator, id, origin, known, log);
    }
}

fn page(site: &Site, id: &str, origin: &Origin, log: &Log) {
    let language = site.settings.languages.first().map_or("", String::as_str);
    if site.page(language, id).is_none() {
        let pages = site.pages.iter().filter(|page| page.language == language);
        unknown(Code::UnknownPage, id, origin, pages.map(|page| page.id.as_str()), log);
    }
}

/// Reports an id that is none of those known.
fn unknown<'a>(code: Code, id: &str, origin: &Origin, known: impl Iterator<Item = &'a str>, log: &Log) {
    let finding = Finding::new(code, origin.clone()).with("value", id);
    log.add(finding.near(id, known));
}
