//! What pulls an index up and down at a place: the numbers, and the sentences that tell them.
//!
//! Takes a composite; gives its parts in order of what they contribute. Pages, charts and county pages tell the same.

use super::report::Standpoint;
use super::routes::Reference;
use crate::index::{Composite, Decomposition, Ranges, Reference as Against, Sheet};
use crate::measure::{self, Rank};
use crate::model::{PlaceId, Score, Unit, UnitKind};

/// What pulls one node at one place, against the country.
pub(crate) struct Pull<'a> {
    pub(crate) composite: &'a Composite<'a>,
    pub(crate) sheet: &'a Sheet,
    /// The node.
    pub(crate) node: usize,
    /// The place, as a unit of the index.
    pub(crate) unit: usize,
    pub(crate) place: PlaceId,
    /// Score of the place.
    pub(crate) own: f64,
    /// Score of the country.
    pub(crate) other: f64,
    /// The difference between them, unrounded.
    pub(crate) gap: f64,
    /// Its rank among the units.
    pub(crate) rank: Rank,
    /// Parts right below the node, from what pulls down most to what lifts most.
    pub(crate) parts: Vec<Part<'a>>,
    /// What the parts do not explain.
    pub(crate) rest: f64,
    /// All parts, down to where scores enter.
    pub(crate) whole: Decomposition,
}

/// A part and what it contributes.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) node: usize,
    pub(crate) score: &'a Score,
    pub(crate) own: Option<f64>,
    pub(crate) other: Option<f64>,
    /// Points of the node it is part of.
    pub(crate) contribution: f64,
}

/// Scores are written with one decimal.
pub(crate) const DECIMALS: u8 = 1;

impl<'a> Pull<'a> {
    /// What pulls a node at a place; nothing when the place is not scored, or there is no country.
    pub(crate) fn of(composite: &'a Composite<'a>, node: usize, place: PlaceId) -> Option<Self> {
        let sheet = composite.latest();
        let unit = composite.frame.units.iter().position(|own| *own == place)?;
        let own = sheet.scores[node][unit]?;
        let other = sheet.country[node]?;
        let whole = composite.decompose(sheet, node, unit, &Against::Country)?;
        let children = whole.children(&composite.frame, node).map(|part| Part {
            node: part.node,
            score: composite.frame.nodes[part.node].score,
            own: sheet.scores[part.node][unit],
            other: sheet.country[part.node],
            contribution: part.contribution,
        });
        let mut parts: Vec<Part<'a>> = children.collect();
        parts.sort_by(|a, b| a.contribution.total_cmp(&b.contribution));
        let rest = whole.residual;
        let rank = composite.rank(sheet, node, unit)?;
        Some(Self {
            composite,
            sheet,
            node,
            unit,
            place,
            own,
            other,
            gap: whole.gap,
            rank,
            parts,
            rest,
            whole,
        })
    }

    /// Parts that pull down as shown, most first.
    pub(crate) fn pulling(&self) -> Vec<Part<'a>> {
        self.parts
            .iter()
            .copied()
            .filter(|part| shown(part.contribution) < 0.0)
            .collect()
    }

    /// Parts that lift as shown, most first.
    pub(crate) fn lifting(&self) -> Vec<Part<'a>> {
        self.parts
            .iter()
            .rev()
            .copied()
            .filter(|part| shown(part.contribution) > 0.0)
            .collect()
    }

    /// Whether a remainder is large enough to be seen.
    pub(crate) fn has_rest(&self) -> bool {
        shown(self.rest) < 0.0 || shown(self.rest) > 0.0
    }

    /// How far the node is from the country, which way, and what pulls and lifts most.
    pub(crate) fn sentences(&self, standpoint: Standpoint<'_>) -> Vec<String> {
        let name = self.composite.frame.nodes[self.node]
            .score
            .name
            .in_language(standpoint.code());
        let country = standpoint
            .country()
            .map_or("", |country| standpoint.place_in_text(country));
        let difference = measure::difference(self.own, self.other, DECIMALS);
        let [own, other, distance] =
            [self.own, self.other, difference.abs()].map(|number| standpoint.voice().format.number(number, DECIMALS));
        let way = if difference > 0.0 {
            "above"
        } else if difference < 0.0 {
            "below"
        } else {
            "level"
        };
        let level = standpoint.site().places()[self.place].level;
        // Of 290 municipalities an index may hold twelve, and a rank among those is no rank among all.
        let all = standpoint.site().places().at_level(level, None).count();
        let some = if self.composite.frame.units.len() < all {
            "some_"
        } else {
            ""
        };
        let among = standpoint.word(&format!("sentence.pull.among.{some}{}", level.name()));
        let words = [
            ("among", among),
            ("place", standpoint.place_name(self.place)),
            ("index", name),
            ("value", &own),
            ("country", country),
            ("other", &other),
            ("distance", &distance),
            ("n", &self.rank.position.to_string()),
            ("total", &self.rank.of.to_string()),
        ];
        let shared = if self.rank.shared { "rank_shared" } else { "rank" };
        let mut sentences = vec![
            standpoint.fill(&format!("sentence.pull.{way}"), &words),
            standpoint.fill(&format!("sentence.pull.{shared}"), &words),
        ];
        for (parts, some, none) in [
            (self.pulling(), "pulls", "none_pulls"),
            (self.lifting(), "lifts", "none_lifts"),
        ] {
            let key = if parts.is_empty() { none } else { some };
            let named = named(standpoint, &parts[..parts.len().min(3)]);
            sentences.push(standpoint.fill(&format!("sentence.pull.{key}"), &[("parts", &named)]));
        }
        if self.has_rest() {
            let rest = standpoint.voice().format.signed(self.rest, DECIMALS);
            sentences.push(standpoint.fill("sentence.pull.rest", &[("rest", &rest)]));
        }
        sentences
    }
}

/// `Trygghet och säkerhet (−1,5), Bostad (−0,8) samt Hälsa (−0,8)`: names have an "and" of their own.
fn named(standpoint: Standpoint<'_>, parts: &[Part<'_>]) -> String {
    let named = parts.iter().map(|part| {
        let by = standpoint.voice().format.signed(part.contribution, DECIMALS);
        format!("{} ({by})", part.score.name.in_language(standpoint.code()))
    });
    let named: Vec<String> = named.collect();
    match named.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => {
            format!("{} {} {last}", before.join(", "), standpoint.word("sentence.pull.and"))
        }
        None => String::new(),
    }
}

impl Part<'_> {
    /// What it contributes, where both it and the country's have a score; otherwise it is in the remainder.
    pub(crate) fn known(&self) -> Option<f64> {
        self.own.and(self.other).map(|_| self.contribution)
    }
}

/// A contribution as shown: rounded, so that what is written as 0,0 neither pulls nor lifts.
pub(crate) fn shown(contribution: f64) -> f64 {
    measure::rounded(contribution, DECIMALS)
}

/// The unit of scores.
pub(crate) fn unit() -> Unit {
    Unit {
        kind: UnitKind::Index,
        decimals: DECIMALS,
        ..Unit::default()
    }
}

impl<'a> Standpoint<'a> {
    /// The computed index of this id.
    pub(crate) fn composite(&self, id: &str) -> Option<&'a Composite<'a>> {
        self.composites()
            .iter()
            .find(|composite| composite.frame.index.id == id)
    }

    /// How sure the ranks at a top are; computed when first asked for.
    pub(crate) fn ranges(&self, composite: &Composite<'_>, top: usize) -> Option<&'a Ranges> {
        let made = self.report.ranges.get(&(composite.frame.index.id.clone(), top))?;
        made.get_or_init(|| Ranges::of(composite, top)).as_ref()
    }

    /// The way to the page of an index's node: its own indicator's, where it has one.
    pub(crate) fn score_href(&self, index: &str, score: &Score) -> Option<String> {
        match &score.indicator {
            Some(id) => self.href(&Reference::Indicator(id.clone())),
            None => self.href(&Reference::Score(index.to_owned(), score.id.clone())),
        }
    }
}
