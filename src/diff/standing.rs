//! Ranks and statuses that moved, of the report's place and its municipalities.
//!
//! Takes two sites; gives what each says today, where that is not the same. Ranks are those that pages show: of the latest
//! number among the places of its level, and of the latest score at the tops of an index.

use super::own_places;
use crate::index::{self, Composite};
use crate::measure::{Rank, Status, latest, progress, rank};
use crate::model::{Index, Indicator, IndicatorSet, Part, Period, Place, PlaceId, Score, Site};

/// What is ranked.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// An indicator's latest number.
    Indicator(&'a Indicator),
    /// A top of an index.
    Top(&'a Index, &'a Score),
}

/// A rank that moved.
#[derive(Debug)]
pub struct RankMove<'a> {
    /// What is ranked.
    pub subject: Subject<'a>,
    /// Whose rank.
    pub place: &'a Place,
    /// The rank before, and the period of the number; an index has none.
    pub from: (Option<Period>, Rank),
    /// The rank now.
    pub to: (Option<Period>, Rank),
}

/// A status against a target that moved.
#[derive(Debug)]
pub struct StatusMove<'a> {
    /// The set in which the target stands.
    pub set: &'a IndicatorSet,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Whose status.
    pub place: &'a Place,
    /// Before.
    pub from: Status,
    /// Now.
    pub to: Status,
}

pub(super) fn ranks<'a>(old: &'a Site, new: &'a Site) -> Vec<RankMove<'a>> {
    let own = own_places(new);
    let both = new
        .indicators
        .iter()
        .filter_map(|after| Some((old.indicator(&after.id)?, after)));
    let indicators = both.flat_map(|(before, after)| {
        own.iter().filter_map(move |place| {
            let from = ranked(old, before, same_place(old, new, *place)?)?;
            let to = ranked(new, after, *place)?;
            moved(Subject::Indicator(after), &new.places[*place], from, to)
        })
    });
    let (before, after) = (index::all(old), index::all(new));
    let tops = after.iter().flat_map(|after| {
        let before = before
            .iter()
            .find(|before| before.frame.index.id == after.frame.index.id);
        before
            .into_iter()
            .flat_map(|before| tops(old, new, (before, after), &own))
            .collect::<Vec<_>>()
    });
    indicators.chain(tops).collect()
}

fn moved<'a>(
    subject: Subject<'a>,
    place: &'a Place,
    from: (Option<Period>, Rank),
    to: (Option<Period>, Rank),
) -> Option<RankMove<'a>> {
    (from.1.position != to.1.position).then_some(RankMove {
        subject,
        place,
        from,
        to,
    })
}

/// The rank of a place's latest number among the places of its level.
fn ranked(site: &Site, indicator: &Indicator, place: PlaceId) -> Option<(Option<Period>, Rank)> {
    let period = latest(indicator, place, Part::TOTAL, None)
        .filter(|_| indicator.comparable)?
        .period;
    let peers: Vec<PlaceId> = site.places.at_level(site.places[place].level, None).collect();
    let rank = rank(indicator, Part::TOTAL, period, place, &peers).filter(|rank| rank.of > 1)?;
    Some((Some(period), rank))
}

fn tops<'a>(
    old: &'a Site,
    new: &'a Site,
    (before, after): (&Composite<'a>, &Composite<'a>),
    own: &[PlaceId],
) -> Vec<RankMove<'a>> {
    let score = |composite: &Composite<'a>, node: usize| composite.frame.nodes[node].score;
    let at = |composite: &Composite<'a>, node: usize, place: PlaceId| {
        let unit = composite.frame.units.iter().position(|unit| *unit == place)?;
        composite.rank(composite.latest(), node, unit)
    };
    let tops = after.frame.tops().filter_map(|node| {
        let id = &score(after, node).id;
        Some((before.frame.tops().find(|other| score(before, *other).id == *id)?, node))
    });
    tops.flat_map(|(there, here)| {
        own.iter().filter_map(move |place| {
            let from = at(before, there, same_place(old, new, *place)?)?;
            let to = at(after, here, *place)?;
            moved(
                Subject::Top(after.frame.index, score(after, here)),
                &new.places[*place],
                (None, from),
                (None, to),
            )
        })
    })
    .collect()
}

pub(super) fn statuses<'a>(old: &'a Site, new: &'a Site, this_year: i32) -> Vec<StatusMove<'a>> {
    let own = own_places(new);
    let mut moves = Vec::new();
    for set in &new.sets {
        let Some(was) = old.set(&set.id) else { continue };
        for entry in set.entries() {
            let same = was.entries().find(|other| other.indicator == entry.indicator);
            let targets = same.and_then(|same| same.target.as_ref()).zip(entry.target.as_ref());
            let indicators = old.indicator(&entry.indicator).zip(new.indicator(&entry.indicator));
            let (Some((goal, target)), Some((before, after))) = (targets, indicators) else {
                continue;
            };
            for place in &own {
                let Some(there) = same_place(old, new, *place) else {
                    continue;
                };
                let from = progress((&old.places, old.settings.period), before, &goal.kind, there, this_year).status;
                let to = progress(
                    (&new.places, new.settings.period),
                    after,
                    &target.kind,
                    *place,
                    this_year,
                )
                .status;
                if from != to {
                    moves.push(StatusMove {
                        set,
                        indicator: after,
                        place: &new.places[*place],
                        from,
                        to,
                    });
                }
            }
        }
    }
    moves
}

/// The place of the old site that has the code of one of the new.
fn same_place(old: &Site, new: &Site, place: PlaceId) -> Option<PlaceId> {
    old.places.find(&new.places[place].code)
}
