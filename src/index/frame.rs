//! Site and index → a frame: the units, the tree laid flat, and every figure that enters, slice by slice.
//!
//! A slice is a moment and a sex. Figures are as published and as divided by their denominators; nothing is imputed,
//! treated or scored yet. What the data lack is `None` with a [`Provenance`] that says so.

use crate::measure;
use crate::model::{
    BasePeriod, BaseSexes, Better, Index, Indicator, Moment, Observation, Part, Period, PlaceId, Places, Score, Series,
    Sex, Site, Units,
};
use std::collections::BTreeSet;

/// Everything that is known before anything is computed.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The index.
    pub index: &'a Index,
    /// All places, for groups of them.
    pub places: &'a Places,
    /// Places that are scored, in the order of the place list.
    pub units: Vec<PlaceId>,
    /// The tree laid flat, parents before children.
    pub nodes: Vec<Node<'a>>,
    /// The nodes at which figures enter.
    pub leaves: Vec<Leaf<'a>>,
    /// Slices that have figures; the first is the latest of both sexes.
    pub slices: Vec<Slice>,
    /// Figures, by slice and leaf.
    pub columns: Vec<Vec<Column>>,
    /// For each unit, which of the index's groups of imputation it is in.
    pub groups: Vec<Option<usize>>,
}

/// A moment and a sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slice {
    /// When.
    pub moment: Moment,
    /// Women, men or both.
    pub sex: Sex,
}

impl Slice {
    /// The latest figures of both sexes.
    pub const LATEST: Slice = Slice {
        moment: Moment::Latest,
        sex: Sex::Total,
    };
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// What the index says of it.
    pub score: &'a Score,
    /// The node it is part of; `None` at the top.
    pub parent: Option<usize>,
    /// From 0 at the top.
    pub depth: usize,
    /// The nodes it is made of; also those below where figures enter.
    pub children: Vec<usize>,
    /// Its share among its siblings; they sum to 1.
    pub weight: f64,
    /// The leaf, where figures enter here.
    pub leaf: Option<usize>,
    /// Whether it lies below a node where figures enter, so that it has no score.
    pub below: bool,
}

/// A node at which figures enter.
#[derive(Clone, Debug)]
pub struct Leaf<'a> {
    /// Which node.
    pub node: usize,
    /// Its figures; `None` when they have not been brought here.
    pub indicator: Option<&'a Indicator>,
    /// What its figures are divided by.
    pub denominator: Option<&'a Indicator>,
    /// Whether its figures are published scores, which are not normalised again.
    pub published: bool,
    /// Whether less is better.
    pub lower_is_better: bool,
    /// The latest period in which a unit has a figure.
    pub latest: Option<Period>,
}

/// The figures of one leaf in one slice, by unit.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// As published, in the indicator's unit.
    pub measured: Vec<Option<f64>>,
    /// Divided by the denominator; the same where there is none.
    pub denominated: Vec<Option<f64>>,
    /// The same of the place each unit lies in, for imputation.
    pub parents: Vec<Option<f64>>,
    /// Where each comes from.
    pub provenance: Vec<Provenance>,
    /// The same of the country.
    pub country: Option<f64>,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Provenance {
    /// There is none.
    #[default]
    Missing,
    /// Observed in this period.
    Observed(Period),
    /// Observed in this earlier period and carried on.
    Carried(Period),
    /// Imputed.
    Imputed,
}

impl<'a> Frame<'a> {
    /// The frame of an index. Names that lead nowhere are left out: others have reported them.
    #[must_use]
    pub fn of(site: &'a Site, index: &'a Index) -> Self {
        let units = units(site, index);
        let mut nodes = nodes(index);
        let mut leaves = Vec::new();
        for (node, flat) in nodes.iter_mut().enumerate() {
            if !flat.below && (flat.children.is_empty() || index.entry_depth == Some(flat.depth)) {
                flat.leaf = Some(leaves.len());
                leaves.push(leaf(site, flat, node, index.entry_depth == Some(flat.depth), &units));
            }
        }
        let group_of = |unit: &PlaceId| {
            let groups = index.method.imputation.within.iter().map(|id| site.places.group(id));
            groups
                .enumerate()
                .find_map(|(at, group)| group?.places.contains(unit).then_some(at))
        };
        let groups = units.iter().map(group_of).collect();
        let mut frame = Frame {
            index,
            places: &site.places,
            units,
            nodes,
            leaves,
            slices: Vec::new(),
            columns: Vec::new(),
            groups,
        };
        frame.fill(site);
        frame
    }

    /// The slice of this moment and sex.
    #[must_use]
    pub fn slice(&self, slice: Slice) -> Option<usize> {
        self.slices.iter().position(|own| *own == slice)
    }

    /// The top nodes.
    pub fn tops(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|node| self.nodes[*node].parent.is_none())
    }

    /// A node and those above it, up to its top.
    pub fn path(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |at| self.nodes[*at].parent)
    }

    /// The leaves at or below a node, by number, in the order of the tree.
    pub fn leaves_below(&self, node: usize) -> impl Iterator<Item = usize> {
        (0..self.leaves.len()).filter(move |leaf| self.path(self.leaves[*leaf].node).any(|at| at == node))
    }

    /// The slices that decide the scale of a slice.
    #[must_use]
    pub fn base(&self, slice: Slice, period: BasePeriod, sexes: BaseSexes) -> Vec<usize> {
        let moment = |moment: Moment| match period {
            BasePeriod::Latest => moment == Moment::Latest,
            BasePeriod::Year(year) => moment == Moment::Year(year),
            BasePeriod::All => matches!(moment, Moment::Year(_)),
        };
        self.at(slice.sex, moment, sexes)
    }

    /// The slices of these moments that decide the scale of this sex.
    #[must_use]
    pub fn at(&self, sex: Sex, moment: impl Fn(Moment) -> bool, sexes: BaseSexes) -> Vec<usize> {
        let decides = |own: Sex| match sexes {
            BaseSexes::Total => own == Sex::Total,
            BaseSexes::Separate => own == sex,
            BaseSexes::Pooled => true,
        };
        let slices = self.slices.iter().enumerate();
        slices
            .filter(|(_, own)| moment(own.moment) && decides(own.sex))
            .map(|(at, _)| at)
            .collect()
    }

    /// Every slice that is scored, or that decides a scale, and has any figure.
    fn fill(&mut self, site: &Site) {
        let index = self.index;
        let mut moments: BTreeSet<Moment> = index.lag.map(Moment::Lag).into_iter().collect();
        let bases = index.variation.base.iter().copied().chain([index.base.period]);
        for base in bases {
            match base {
                BasePeriod::Latest => {}
                BasePeriod::Year(year) => {
                    moments.insert(Moment::Year(year));
                }
                BasePeriod::All => moments.extend(self.years().into_iter().map(Moment::Year)),
            }
        }
        if index.yearly {
            moments.extend(self.years().into_iter().map(Moment::Year));
        }
        let sexes: &[Sex] = if index.by_sex || index.base.sexes != BaseSexes::Total {
            &[Sex::Total, Sex::Women, Sex::Men]
        } else {
            &[Sex::Total]
        };
        for moment in [Moment::Latest].into_iter().chain(moments) {
            for sex in sexes {
                let slice = Slice { moment, sex: *sex };
                let columns: Vec<Column> = self.leaves.iter().map(|leaf| self.column(site, leaf, slice)).collect();
                let any = columns.iter().any(|column| column.measured.iter().any(Option::is_some));
                if any || slice == Slice::LATEST {
                    self.slices.push(slice);
                    self.columns.push(columns);
                }
            }
        }
    }

    /// All years in which a unit has a figure.
    fn years(&self) -> BTreeSet<i32> {
        let mut years = BTreeSet::new();
        for indicator in self.leaves.iter().filter_map(|leaf| leaf.indicator) {
            for unit in &self.units {
                let observations = indicator.total(*unit).map_or(&[][..], |series| &series.observations);
                years.extend(
                    observations
                        .iter()
                        .filter(|it| it.value.known().is_some())
                        .map(|it| it.period.year()),
                );
            }
        }
        years
    }

    fn column(&self, site: &Site, leaf: &Leaf<'_>, slice: Slice) -> Column {
        let carry = i32::from(self.index.method.imputation.carry);
        let wanted = |moment| match (moment, leaf.latest) {
            (Moment::Year(year), _) => Some(year),
            (_, None) => None,
            (Moment::Latest, Some(latest)) => Some(latest.year()),
            (Moment::Lag(years), Some(latest)) => Some(latest.year() - i32::from(years)),
        };
        let part = Part::of_sex(slice.sex);
        let pick = |indicator: &'_ Indicator, place: PlaceId, part: Part| -> Option<(Period, f64)> {
            let year = wanted(slice.moment)?;
            let mut backwards = indicator
                .series(place, part)?
                .observations
                .iter()
                .rev()
                .filter_map(known);
            let last = backwards.find(|(period, _)| period.year() <= year);
            match slice.moment {
                // The nearest earlier year, or else the first there is.
                Moment::Lag(_) => last.or_else(|| indicator.series(place, part).and_then(first)),
                _ => last.filter(|(period, _)| period.year() + carry >= year),
            }
        };
        let divided = |place: PlaceId, figure: Option<(Period, f64)>| -> Option<f64> {
            let (period, number) = figure?;
            let Some(denominator) = leaf.denominator else {
                return Some(number);
            };
            let series = denominator.series(place, part).or_else(|| denominator.total(place))?;
            // The denominator of the same year, or the nearest before; where there is none so old, the first.
            let mut before = series.observations.iter().rev().filter_map(known);
            let same = before.find(|(own, _)| own.year() <= period.year());
            let by = same.or_else(|| first(series))?.1;
            Some(number / by).filter(|quotient| quotient.is_finite())
        };
        let figure = |place: PlaceId| pick(leaf.indicator?, place, part);
        let mut column = Column::default();
        for unit in &self.units {
            let own = figure(*unit);
            column.measured.push(own.map(|(_, number)| number));
            column.denominated.push(divided(*unit, own));
            let parent = site.places[*unit].parent;
            column
                .parents
                .push(parent.and_then(|parent| divided(parent, figure(parent))));
            column.provenance.push(match own {
                None => Provenance::Missing,
                Some((period, _)) if wanted(slice.moment).is_some_and(|year| period.year() < year) => {
                    Provenance::Carried(period)
                }
                Some((period, _)) => Provenance::Observed(period),
            });
        }
        column.country = site
            .settings
            .country
            .and_then(|country| divided(country, figure(country)));
        column
    }
}

fn known(observation: &Observation) -> Option<(Period, f64)> {
    Some((observation.period, observation.value.known()?))
}

fn first(series: &Series) -> Option<(Period, f64)> {
    series.observations.iter().find_map(known)
}

fn units(site: &Site, index: &Index) -> Vec<PlaceId> {
    match &index.units {
        Units::Level(level, parent) => site.places.at_level(*level, *parent).collect(),
        Units::Group(id) => site
            .places
            .group(id)
            .map(|group| group.places.clone())
            .unwrap_or_default(),
        Units::Places(places) => places.clone(),
    }
}

/// The tree laid flat, with weights, and no leaves marked yet.
pub(super) fn nodes(index: &Index) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for score in &index.tree {
        flatten(index, score, None, 0, false, &mut nodes);
    }
    share_weights(&mut nodes);
    nodes
}

fn flatten<'a>(
    index: &Index,
    score: &'a Score,
    parent: Option<usize>,
    depth: usize,
    below: bool,
    nodes: &mut Vec<Node<'a>>,
) {
    let own = nodes.len();
    nodes.push(Node {
        score,
        parent,
        depth,
        children: Vec::new(),
        weight: 1.0,
        leaf: None,
        below,
    });
    if let Some(parent) = parent {
        nodes[parent].children.push(own);
    }
    for child in &score.children {
        flatten(
            index,
            child,
            Some(own),
            depth + 1,
            below || index.entry_depth.is_some_and(|enters| depth >= enters),
            nodes,
        );
    }
}

/// Weights as shares of their siblings. Tops are no siblings: each is an index of its own.
fn share_weights(nodes: &mut [Node<'_>]) {
    for parent in 0..nodes.len() {
        let children = nodes[parent].children.clone();
        let weight = |child: &usize| nodes[*child].score.weight.unwrap_or(1.0);
        let whole: f64 = children.iter().map(weight).sum();
        for child in children {
            nodes[child].weight = nodes[child].score.weight.unwrap_or(1.0) / whole;
        }
    }
}

fn leaf<'a>(site: &'a Site, node: &Node<'a>, at: usize, published: bool, units: &[PlaceId]) -> Leaf<'a> {
    let score = node.score;
    let indicator = site.scored(score);
    let better = score.better.or(indicator.map(|indicator| indicator.better));
    let latest = |unit: &PlaceId| measure::latest(indicator?, *unit, Part::TOTAL, None).map(|it| it.period);
    Leaf {
        node: at,
        indicator,
        denominator: score.denominator.as_ref().and_then(|id| site.indicator(id)),
        published,
        lower_is_better: better == Some(Better::Lower),
        latest: units.iter().filter_map(latest).max(),
    }
}
