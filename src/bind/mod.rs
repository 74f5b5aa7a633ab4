//! Names → things: every id that one data file uses of another is followed, or reported.
//!
//! Takes the parts as read; adds findings. Changes nothing: later stages look things up by id and may rely
//! on a reported name being the only kind that is not found. Links in narrative are followed when
//! it is rendered, since only then anchors are known.

mod target;

use crate::finding::{Code, Finding, Log};
use crate::model::{IndicatorSet, Site};
use crate::source::Origin;

mod consultation;
mod index;
mod polarity;

/// Reports every name in the data files that leads nowhere.
pub fn check(site: &Site, log: &Log) {
    topics(site, log);
    for set in &site.sets {
        members(site, set, log);
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
    for indicator in &site.indicators {
        let known = || site.topics.iter().map(|topic| topic.id.as_str());
        if !indicator.topic.is_empty() && !known().any(|id| id == indicator.topic) {
            let finding =
                Finding::new(Code::UnknownTopic, indicator.origin.at("topic")).with("value", &indicator.topic);
            log.add(finding.near(&indicator.topic, known()));
        }
    }
}

fn members(site: &Site, set: &IndicatorSet, log: &Log) {
    for entry in set.entries() {
        indicator(site, &entry.indicator, &entry.origin, log);
    }
}

/// Reports an indicator that does not exist.
pub(crate) fn indicator(site: &Site, id: &str, origin: &Origin, log: &Log) {
    if site.indicator(id).is_none() {
        let known = site.indicators.iter().map(|indicator| indicator.id.as_str());
        log.add(
            Finding::new(Code::UnknownIndicator, origin.clone())
                .with("value", id)
                .near(id, known),
        );
    }
}

fn page(site: &Site, id: &str, origin: &Origin, log: &Log) {
    let language = site.settings.languages.first().map_or("", String::as_str);
    if site.page(language, id).is_none() {
        let known = site
            .pages
            .iter()
            .filter(|page| page.language == language)
            .map(|page| page.id.as_str());
        log.add(
            Finding::new(Code::UnknownPage, origin.clone())
                .with("value", id)
                .near(id, known),
        );
    }
}
