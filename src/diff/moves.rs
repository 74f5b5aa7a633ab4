//! Ranks and statuses that moved, of the report's place and its municipalities.
//!
//! Takes two sites; gives the ranks and statuses of today that differ between them. Ranks are those that pages show: of the
//! latest number among the places of its level, and of the latest score at the tops of an index.

use super::home_places;
use crate::index::{self, Composite};
use crate::measure::{Rank, Status, latest, progress, rank};
use crate::model::{Index, Indicator, IndicatorSet, Part, Period, Place, PlaceId, Score, Site, Text};

/// The indicator or score by which places are ranked.
#[derive(Clone, Copy, Debug)]
pub enum Ranked<'a> {
    /// An indicator's latest number.
    Indicator(&'a Indicator),
    /// A top of an index.
    Top(&'a Index, &'a Score),
}

impl<'a> Ranked<'a> {
    /// Name of the indicator or score.
    #[must_use]
    pub fn name(self) -> &'a Text {
        match self {
            Ranked::Indicator(indicator) => &indicator.name,
            Ranked::Top(_, score) => &score.name,
        }
    }
}

/// A rank in one of the two sites.
#[derive(Clone, Copy, Debug)]
pub struct RankAt {
    /// Period of the number; an index has none.
    pub period: Option<Period>,
    /// The rank.
    pub rank: Rank,
}

/// A rank that moved.
#[derive(Debug)]
pub struct RankMove<'a> {
    /// The indicator or score.
    pub subject: Ranked<'a>,
    /// Place whose rank it is.
    pub place: &'a Place,
    /// The rank in the old site.
    pub from: RankAt,
    /// The rank in the new site.
    pub to: RankAt,
}

/// A status against a target that moved.
#[derive(Debug)]
pub struct StatusMove<'a> {
    /// The set in which the target stands.
    pub set: &'a IndicatorSet,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Place whose status it is.
    pub place: &'a Place,
    /// The status in the old site.
    pub from: Status,
    /// The status in the new site.
    pub to: Status,
}

pub(super) fn ranks<'a>(old: &'a Site, new: &'a Site) -> Vec<RankMove<'a>> {
    let home = home_places(new);
    let both = new
        .indicators
        .iter()
        .filter_map(|after| Some((old.indicator(&after.id)?, after)));
    let indicators = both.flat_map(|(before, after)| {
        home.iter().filter_map(move |place| {
            let from = latest_rank(old, before, same_place(old, new, *place)?)?;
            let to = latest_rank(new, after, *place)?;
            moved(Ranked::Indicator(after), &new.places[*place], from, to)
        })
    });
    let (before, after) = (index::all(old), index::all(new));
    let tops = after.iter().flat_map(|after| {
        let before = before
            .iter()
            .find(|before| before.frame.index.id == after.frame.index.id);
        before
            .into_iter()
            .flat_map(|before| tops(old, new, (before, after), &home))
            .collect::<Vec<_>>()
    });
    indicators.chain(tops).collect()
}

fn moved<'a>(subject: Ranked<'a>, place: &'a Place, from: RankAt, to: RankAt) -> Option<RankMove<'a>> {
    (from.rank.position != to.rank.position).then_some(RankMove {
        subject,
        place,
        from,
        to,
    })
}

/// The rank of a place's latest number among the places of its level.
fn latest_rank(site: &Site, indicator: &Indicator, place: PlaceId) -> Option<RankAt> {
    let period = latest(indicator, place, Part::TOTAL, None)
        .filter(|_| indicator.comparable)?
        .period;
    let peers: Vec<PlaceId> = site.places.at_level(site.places[place].level, None).collect();
    let rank = rank(indicator, Part::TOTAL, period, place, &peers).filter(|rank| rank.of > 1)?;
    Some(RankAt {
        period: Some(period),
        rank,
    })
}

fn tops<'a>(
    old: &'a Site,
    new: &'a Site,
    (before, after): (&Composite<'a>, &Composite<'a>),
    home: &[PlaceId],
) -> Vec<RankMove<'a>> {
    let score = |composite: &Composite<'a>, node: usize| composite.frame.nodes[node].score;
    let at = |composite: &Composite<'a>, node: usize, place: PlaceId| {
        let unit = composite.frame.units.iter().position(|unit| *unit == place)?;
        let rank = composite.rank(composite.latest(), node, unit)?;
        Some(RankAt { period: None, rank })
    };
    let tops = after.frame.tops().filter_map(|node| {
        let id = &score(after, node).id;
        Some((before.frame.tops().find(|other| score(before, *other).id == *id)?, node))
    });
    tops.flat_map(|(old_top, new_top)| {
        home.iter().filter_map(move |place| {
            let from = at(before, old_top, same_place(old, new, *place)?)?;
            let to = at(after, new_top, *place)?;
            moved(
                Ranked::Top(after.frame.index, score(after, new_top)),
                &new.places[*place],
                from,
                to,
            )
        })
    })
    .collect()
}

pub(super) fn statuses<'a>(old: &'a Site, new: &'a Site, this_year: i32) -> Vec<StatusMove<'a>> {
    let home = home_places(new);
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
            for place in &home {
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
