//! A consultation and its answers, to be counted at any line of the journal.
//!
//! Takes the site, a consultation and its answers; gives which responses count at a line, and how much each weighs.
//! Meetings are no respondents and are counted by themselves. Of one body there is at most one current response: which one
//! of several stands is settled by a human, and the reader sees to it.

use super::naming::naming;
use crate::model::{Answers, Channel, Consultation, Naming, PlaceId, Respondents, Response, Site};
use std::collections::{BTreeMap, BTreeSet};

/// A consultation and its answers.
pub(super) struct Poll<'a> {
    pub(super) site: &'a Site,
    pub(super) consultation: &'a Consultation,
    pub(super) answers: &'a Answers,
    /// All that respondents have sent, replaced responses too, in the order of the journal.
    pub(super) lines: Vec<&'a Response>,
    /// The line on which each respondent first sent something, ascending.
    pub(super) arrivals: Vec<u32>,
}

/// A response that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountedResponse<'a> {
    pub(super) response: &'a Response,
    /// How many live in the place of the body that sent it; `None`: it has no part in weighted shares.
    pub(super) weight: Option<f64>,
}

impl<'a> Poll<'a> {
    /// Puts the journal in order.
    pub(super) fn new(site: &'a Site, consultation: &'a Consultation, answers: &'a Answers) -> Self {
        let sent = answers
            .responses
            .iter()
            .filter(|response| response.channel != Channel::Meeting);
        let mut lines: Vec<&Response> = sent.collect();
        lines.sort_by_key(|response| response.received);
        let mut seen = BTreeSet::new();
        let first = lines.iter().filter(|response| seen.insert(response.id.as_str()));
        let arrivals = first.map(|response| response.received).collect();
        Self {
            site,
            consultation,
            answers,
            lines,
            arrivals,
        }
    }

    /// Whether persons answer, and not bodies.
    pub(super) fn of_persons(&self) -> bool {
        self.consultation.respondents == Respondents::Persons
    }

    /// The meetings that count when the journal had so many lines.
    pub(super) fn meetings(&self, lines: u32) -> impl Iterator<Item = &'a Response> {
        let meetings = self
            .answers
            .responses
            .iter()
            .filter(|response| response.channel == Channel::Meeting);
        meetings.filter(move |response| counts(response, lines))
    }

    /// The responses that count when the journal had so many lines.
    pub(super) fn entries(&self, lines: u32) -> Vec<CountedResponse<'a>> {
        let until = self.lines.partition_point(|response| response.received < lines);
        let counted = self.lines[..until].iter().filter(|response| counts(response, lines));
        let mut entries: Vec<CountedResponse> = counted
            .map(|response| CountedResponse { response, weight: None })
            .collect();
        if let Some(weights) = self.weights(&entries) {
            for (entry, weight) in entries.iter_mut().zip(weights) {
                entry.weight = weight;
            }
        }
        entries
    }

    /// How many live in a place, by the latest total of the indicator that the consultation names.
    pub(super) fn inhabitants(&self, place: PlaceId) -> Option<f64> {
        let (indicator, _) = self.consultation.population.as_ref()?;
        let latest = self.site.indicator(indicator)?.total(place)?.latest()?;
        latest.value.known().filter(|number| *number > 0.0)
    }

    /// The weight of each response; `None` where one that has a place cannot be weighed, or is not named: exact shares
    /// of known weights tell who is in them.
    fn weights(&self, entries: &[CountedResponse]) -> Option<Vec<Option<f64>>> {
        if self.of_persons() || self.consultation.population.is_none() {
            return None;
        }
        let places: BTreeMap<&str, PlaceId> = self
            .consultation
            .bodies()
            .filter_map(|body| Some((body.id.as_str(), body.place?)))
            .collect();
        let weight = |entry: &CountedResponse| {
            let body = entry.response.body.as_deref();
            let Some(place) = body.and_then(|body| places.get(body)) else {
                return Some(None);
            };
            let named = naming(self.consultation, entry.response) == Naming::Named;
            self.inhabitants(*place).filter(|_| named).map(Some)
        };
        entries.iter().map(weight).collect()
    }
}

fn counts(response: &Response, lines: u32) -> bool {
    if lines == u32::MAX {
        response.replaced.is_none()
    } else {
        response.counts_after(lines)
    }
}
