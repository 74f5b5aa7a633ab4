//! The base of results: who was invited, who has answered, who is missing, and how many inhabitants they stand for.
//!
//! Takes the responses that count and all that have come. Where a body wants no name, it is not told who is missing. Of persons
//! there are neither groups nor missing, and while it is open the number of those who wait only when it is not below the minimum.

use super::naming::naming;
use super::poll::{CountedResponse, Poll};
use super::results::{Base, Count};
use crate::model::{Channel, Naming, PlaceId};
use std::collections::{BTreeMap, BTreeSet};

/// The base of results that rest on these entries, when `lines` of the journal are in.
pub(super) fn base(poll: &Poll, entries: &[CountedResponse], lines: u32, interim: bool) -> Base {
    let waiting = poll.arrivals.len() - poll.arrivals.partition_point(|arrival| *arrival < lines);
    let base = Base {
        answered: number(entries.len()),
        waiting: number(waiting),
        ..Base::default()
    };
    if poll.of_persons() {
        // Once it has closed no later number can be held against this one.
        let few = interim && base.waiting < poll.consultation.publication.minimum.unwrap_or(0);
        let waiting = if few { 0 } else { base.waiting };
        return Base {
            waiting,
            channels: channels(entries),
            ..base
        };
    }
    let answered: BTreeSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.response.body.as_deref())
        .collect();
    // Whoever wants no name must not be one of those who are left when the silent are taken from the invited.
    let unnamed: BTreeSet<&str> = poll
        .lines
        .iter()
        .filter(|line| naming(poll.consultation, line) < Naming::Named)
        .filter_map(|line| line.body.as_deref())
        .collect();
    let has_sent: BTreeSet<&str> = poll.lines.iter().filter_map(|line| line.body.as_deref()).collect();
    let bodies = || poll.consultation.bodies();
    let invited = bodies().count();
    let of_group = |(position, group): (usize, &crate::model::InvitedGroup)| {
        let have = group
            .bodies
            .iter()
            .filter(|body| answered.contains(body.id.as_str()))
            .count();
        (position, number(group.bodies.len()), number(have))
    };
    let are_all_known = |group: &crate::model::InvitedGroup| {
        let mut ids = group.bodies.iter().map(|body| body.id.as_str());
        ids.clone().all(|id| answered.contains(id)) && ids.any(|id| unnamed.contains(id))
    };
    let groups = || poll.consultation.invited.iter();
    let uninvited = |entry: &&CountedResponse| {
        entry
            .response
            .body
            .as_deref()
            .is_none_or(|body| poll.consultation.body(body).is_none())
    };
    Base {
        invited: (invited > 0).then(|| number(invited)),
        uninvited: if invited > 0 {
            number(entries.iter().filter(uninvited).count())
        } else {
            0
        },
        groups: if groups().any(are_all_known) {
            Vec::new()
        } else {
            groups().enumerate().map(of_group).collect()
        },
        missing: unnamed.is_empty().then(|| {
            let silent = bodies().filter(|body| !has_sent.contains(body.id.as_str()));
            silent.map(|body| body.id.clone()).collect()
        }),
        population: population(poll, &answered).filter(|_| unnamed.is_empty()),
        channels: channels(entries),
        ..base
    }
}

/// The share of the inhabitants of all invited places who live where the body has answered. A place within another of
/// them is not counted twice.
fn population(poll: &Poll, answered: &BTreeSet<&str>) -> Option<f64> {
    let places = |only_answered: bool| -> BTreeSet<PlaceId> {
        let bodies = poll
            .consultation
            .bodies()
            .filter(|body| !only_answered || answered.contains(body.id.as_str()));
        bodies.filter_map(|body| body.place).collect()
    };
    let all = inhabitants(poll, &places(false)).filter(|all| *all > 0.0)?;
    Some(inhabitants(poll, &places(true))? / all)
}

fn inhabitants(poll: &Poll, places: &BTreeSet<PlaceId>) -> Option<f64> {
    let parent = |place: &PlaceId| poll.site.places[*place].parent;
    let within_another = |place: &PlaceId| {
        // As many steps as there are places: parents that go in a circle end too.
        std::iter::successors(parent(place), parent)
            .take(poll.site.places.len())
            .any(|above| places.contains(&above))
    };
    places
        .iter()
        .filter(|place| !within_another(place))
        .map(|place| poll.inhabitants(*place))
        .sum()
}

/// How many answered by each channel; empty when there is only one.
fn channels(entries: &[CountedResponse]) -> Vec<(Channel, Count)> {
    let all = every_channel(entries);
    if all.len() < 2 { Vec::new() } else { all }
}

/// How many answered by each channel that anybody used.
pub(super) fn every_channel(entries: &[CountedResponse]) -> Vec<(Channel, Count)> {
    let mut counts: BTreeMap<Channel, u32> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.response.channel).or_default() += 1;
    }
    let counts = counts.into_iter();
    counts.map(|(channel, count)| (channel, Count::Shown(count))).collect()
}

/// A number of respondents, from the length of a list.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, OPEN, consultation, count, degree, persons, response};
    use super::super::results::Count;
    use crate::model::{Channel, Response};

    #[test]
    fn invited_answered_missing_and_the_inhabitants_they_stand_for() {
        let others = response("x", 3, Vec::new());
        let base = count(
            consultation(),
            vec![degree("1", 0, 1), degree("lst", 1, 0), degree("4", 2, 1), others],
            CLOSED,
        )
        .base;
        assert_eq!((base.invited, base.answered, base.uninvited), (Some(5), 4, 1));
        assert_eq!(base.groups, [(0, 4, 2), (1, 1, 1)]);
        assert_eq!(base.missing, Some(vec!["2".to_owned(), "3".to_owned()]));
        assert_eq!(base.population, Some(0.5), "the latest numbers: 100 and 400 of 1,000");
    }

    #[test]
    fn a_county_has_the_inhabitants_of_its_municipalities_once() {
        let mut consultation = consultation();
        let mut county = consultation.invited[0].bodies[0].clone();
        (county.id, county.place) = ("18".to_owned(), Some(crate::model::PlaceId(0)));
        consultation.invited[0].bodies.push(county);
        let share = |answered: &str| {
            count(consultation.clone(), vec![degree(answered, 0, 1)], CLOSED)
                .base
                .population
        };
        assert_eq!([share("1"), share("18")], [Some(0.1), Some(1.0)]);
    }

    #[test]
    fn an_unknown_number_of_inhabitants_leaves_no_share() {
        let mut consultation = consultation();
        consultation.population = None;
        assert_eq!(
            count(consultation, vec![degree("1", 0, 1)], CLOSED).base.population,
            None
        );
    }

    #[test]
    fn a_body_that_waits_for_the_next_batch_is_not_missing() {
        let mut consultation = consultation();
        consultation.publication.interim = Some(2);
        let base = count(
            consultation,
            vec![degree("1", 0, 1), degree("2", 1, 1), degree("3", 2, 1)],
            OPEN,
        )
        .base;
        assert_eq!((base.answered, base.waiting), (2, 1));
        assert_eq!(base.missing, Some(vec!["4".to_owned(), "lst".to_owned()]));
    }

    #[test]
    fn one_that_wants_no_name_is_not_what_the_silent_leave() {
        let unnamed = Response {
            naming: crate::model::Naming::Type,
            ..degree("lst", 2, 1)
        };
        let base = count(
            consultation(),
            vec![degree("1", 0, 1), degree("2", 1, 1), unnamed],
            CLOSED,
        )
        .base;
        assert_eq!((base.missing, base.population), (None, None));
        assert!(base.groups.is_empty(), "the only one of its group: {:?}", base.groups);
    }

    #[test]
    fn persons_are_told_by_number_only() {
        let base = count(
            persons(2, None),
            vec![degree("1", 0, 1), response("x", 1, Vec::new())],
            CLOSED,
        )
        .base;
        assert_eq!(
            (base.invited, base.answered, base.uninvited, base.population),
            (None, 2, 0, None)
        );
        assert!(base.missing.is_none() && base.groups.is_empty());
    }

    #[test]
    fn channels_are_told_where_there_are_several() {
        let paper = Response {
            channel: Channel::Paper,
            ..degree("2", 1, 0)
        };
        let base = count(consultation(), vec![degree("1", 0, 1), paper], CLOSED).base;
        assert_eq!(
            base.channels,
            [(Channel::File, Count::Shown(1)), (Channel::Paper, Count::Shown(1))]
        );
        assert!(
            count(consultation(), vec![degree("1", 0, 1)], CLOSED)
                .base
                .channels
                .is_empty()
        );
    }
}
