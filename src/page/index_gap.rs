//! The gap between a place's score in an index and the country's: how much each part contributes, in numbers and sentences.
//!
//! Takes a composite; gives its parts in order of their contributions. Pages of indices, indicators and places, and charts,
//! all show the same.

use crate::index::{Composite, Decomposition, RankIntervals, Reference as Against, ScoreSheet};
use crate::measure;
use crate::measure::Rank;
use crate::model::{PlaceId, Score, Unit, UnitKind};
use crate::page::context::PageContext;
use crate::page::routes::Reference;

/// The gap of one node at one place, against the country.
pub(crate) struct IndexGap<'a> {
    pub(crate) composite: &'a Composite<'a>,
    /// The latest scores.
    pub(crate) sheet: &'a ScoreSheet,
    /// Position of the node in the composite's frame.
    pub(crate) node: usize,
    /// Position of the place among the frame's units.
    pub(crate) unit: usize,
    pub(crate) place: PlaceId,
    pub(crate) place_score: f64,
    pub(crate) country_score: f64,
    /// The place's score less the country's, as a reader subtracts them.
    pub(crate) difference: f64,
    /// Rank of the place among the units.
    pub(crate) rank: Rank,
    /// Parts right below the node, from the lowest contribution to the highest.
    pub(crate) parts: Vec<GapPart<'a>>,
    /// The part of the difference that the parts do not explain.
    pub(crate) remainder: f64,
    /// Contributions of all parts, down to where scores enter.
    pub(crate) decomposition: Decomposition,
}

/// A part of a node and its contribution to the gap.
#[derive(Clone, Copy)]
pub(crate) struct GapPart<'a> {
    /// Position of the part in the composite's frame.
    pub(crate) node: usize,
    pub(crate) score: &'a Score,
    /// Absent when the place has no score in it.
    pub(crate) place_score: Option<f64>,
    /// Absent when the country has no score in it.
    pub(crate) country_score: Option<f64>,
    /// Points of the node that the part belongs to.
    pub(crate) contribution: f64,
}

/// Scores are written with one decimal.
pub(crate) const DECIMALS: u8 = 1;

impl<'a> IndexGap<'a> {
    /// The gap of a node at a place; nothing when the place or the country has no score.
    pub(crate) fn new(composite: &'a Composite<'a>, node: usize, place: PlaceId) -> Option<Self> {
        let sheet = composite.latest();
        let unit = composite.frame.units.iter().position(|unit| *unit == place)?;
        let place_score = sheet.scores[node][unit]?;
        let country_score = sheet.country[node]?;
        let decomposition = composite.decompose(sheet, node, unit, &Against::Country)?;
        let children = decomposition.children(&composite.frame, node).map(|part| GapPart {
            node: part.node,
            score: composite.frame.nodes[part.node].score,
            place_score: sheet.scores[part.node][unit],
            country_score: sheet.country[part.node],
            contribution: part.contribution,
        });
        let mut parts: Vec<GapPart<'a>> = children.collect();
        parts.sort_by(|a, b| a.contribution.total_cmp(&b.contribution));
        let rank = composite.rank(sheet, node, unit)?;
        Some(Self {
            composite,
            sheet,
            node,
            unit,
            place,
            place_score,
            country_score,
            difference: measure::difference(place_score, country_score, DECIMALS),
            rank,
            parts,
            remainder: decomposition.residual,
            decomposition,
        })
    }

    /// Parts that pull the node down by at least what is written as 0,1; most first.
    pub(crate) fn pulling(&self) -> Vec<GapPart<'a>> {
        let parts = self.parts.iter().copied();
        parts.filter(|part| as_written(part.contribution) < 0.0).collect()
    }

    /// Parts that lift the node by at least what is written as 0,1; most first.
    pub(crate) fn lifting(&self) -> Vec<GapPart<'a>> {
        let parts = self.parts.iter().rev().copied();
        parts.filter(|part| as_written(part.contribution) > 0.0).collect()
    }

    /// Whether the remainder is large enough to be seen.
    pub(crate) fn has_remainder(&self) -> bool {
        as_written(self.remainder).abs() > 0.0
    }

    /// Sentences: how far the node is above or below the country, its rank, and the parts that pull and lift most.
    pub(crate) fn sentences(&self, page: PageContext<'_>) -> Vec<String> {
        let name = self.composite.frame.nodes[self.node]
            .score
            .name
            .in_language(page.code());
        let country = page.country().map_or("", |country| page.place_in_text(country));
        let number = |number: f64| page.locale.format.number(number, DECIMALS);
        let difference = measure::difference(self.place_score, self.country_score, DECIMALS);
        let direction = if difference > 0.0 {
            "above"
        } else if difference < 0.0 {
            "below"
        } else {
            "level"
        };
        let level = page.site.places[self.place].level;
        // Of 290 municipalities an index may hold twelve, and a rank among those is no rank among all.
        let all = page.site.places.at_level(level, None).count();
        let scope = if self.composite.frame.units.len() < all {
            "some_"
        } else {
            ""
        };
        let among = page.word(&format!("sentence.pull.among.{scope}{}", level.name()));
        let words = [
            ("among", among),
            ("place", page.place_name(self.place)),
            ("index", name),
            ("value", &number(self.place_score)),
            ("country", country),
            ("other", &number(self.country_score)),
            ("distance", &number(difference.abs())),
            ("n", &self.rank.position.to_string()),
            ("total", &self.rank.of.to_string()),
        ];
        let rank = if self.rank.shared { "rank_shared" } else { "rank" };
        let mut sentences = vec![
            page.fill(&format!("sentence.pull.{direction}"), &words),
            page.fill(&format!("sentence.pull.{rank}"), &words),
        ];
        for (parts, some, none) in [
            (self.pulling(), "pulls", "none_pulls"),
            (self.lifting(), "lifts", "none_lifts"),
        ] {
            let key = if parts.is_empty() { none } else { some };
            let list = list(page, &parts[..parts.len().min(3)]);
            sentences.push(page.fill(&format!("sentence.pull.{key}"), &[("parts", &list)]));
        }
        if self.has_remainder() {
            let remainder = page.locale.format.signed(self.remainder, DECIMALS);
            sentences.push(page.fill("sentence.pull.rest", &[("rest", &remainder)]));
        }
        sentences
    }
}

/// `Trygghet och säkerhet (−1,5), Bostad (−0,8) samt Hälsa (−0,8)`: names have an "and" of their own.
fn list(page: PageContext<'_>, parts: &[GapPart<'_>]) -> String {
    let items = parts.iter().map(|part| {
        let contribution = page.locale.format.signed(part.contribution, DECIMALS);
        format!("{} ({contribution})", part.score.name.in_language(page.code()))
    });
    let items: Vec<String> = items.collect();
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => {
            format!("{} {} {last}", before.join(", "), page.word("sentence.pull.and"))
        }
        None => String::new(),
    }
}

impl GapPart<'_> {
    /// The contribution, if both the place and the country have a score; otherwise it is part of the remainder.
    pub(crate) fn scored_contribution(&self) -> Option<f64> {
        self.place_score.and(self.country_score).map(|_| self.contribution)
    }
}

/// A contribution rounded as it is written, so that 0,0 neither pulls nor lifts.
pub(crate) fn as_written(contribution: f64) -> f64 {
    measure::rounded(contribution, DECIMALS)
}

/// The unit of scores, for their format.
pub(crate) fn score_unit() -> Unit {
    Unit {
        kind: UnitKind::Index,
        decimals: DECIMALS,
        ..Unit::default()
    }
}

impl<'a> PageContext<'a> {
    /// The computed index of this id.
    pub(crate) fn composite(&self, id: &str) -> Option<&'a Composite<'a>> {
        self.report
            .composites
            .iter()
            .find(|composite| composite.frame.index.id == id)
    }

    /// Uncertainty of the ranks at a top; computed when a page first needs it. Nothing when the index states no factors to vary.
    pub(crate) fn rank_intervals(&self, composite: &Composite<'_>, top: usize) -> Option<&'a RankIntervals> {
        let key = (composite.frame.index.id.clone(), top);
        let cached = self.report.rank_intervals.get(&key)?;
        cached.get_or_init(|| RankIntervals::compute(composite, top)).as_ref()
    }

    /// Relative address of the page of an index's node: its indicator's, where it has one.
    pub(crate) fn score_href(&self, index: &str, score: &Score) -> Option<String> {
        match &score.indicator {
            Some(id) => self.href(&Reference::Indicator(id.clone())),
            None => self.href(&Reference::Score(index.to_owned(), score.id.clone())),
        }
    }
}
