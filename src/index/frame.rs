//! The frame of an index: its units, its tree laid flat, and every figure that enters, slice by slice.
//!
//! A slice is a moment and a sex. Figures are as published and as divided by their denominators; nothing is imputed,
//! treated or scored yet. A missing figure is `None` with a [`Provenance`] that says so.
//!
//! Units, nodes, leaves and slices are referred to by their positions in the lists here.

use super::tree::{Node, nodes};
use crate::measure;
use crate::model::{
    BasePeriod, BaseSexes, Better, Fill, Index, Indicator, Moment, Part, Period, PlaceId, Places, Sex, Site, Units,
};

/// Everything that an index is computed from.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The index as its author wrote it.
    pub index: &'a Index,
    /// All places of the site, for groups of them.
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
    /// The latest figures, those of a year, or those of some years before the latest.
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

/// A node at which figures enter.
#[derive(Clone, Debug)]
pub struct Leaf<'a> {
    /// The node.
    pub node: usize,
    /// Its figures; `None` when the site does not hold them.
    pub indicator: Option<&'a Indicator>,
    /// The figures by which its own are divided.
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
    /// The divided figure of the place each unit lies in, for imputation.
    pub parents: Vec<Option<f64>>,
    /// Where each unit's figure comes from.
    pub provenance: Vec<Provenance>,
    /// The divided figure of the country.
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
    /// The frame of an index. Names that lead nowhere are left out: `bind` has reported them.
    #[must_use]
    pub fn new(site: &'a Site, index: &'a Index) -> Self {
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
        frame.add_slices(site);
        frame
    }

    /// The slice of this moment and sex.
    #[must_use]
    pub fn slice(&self, slice: Slice) -> Option<usize> {
        self.slices.iter().position(|other| *other == slice)
    }

    /// The top nodes.
    pub fn tops(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|node| self.nodes[*node].parent.is_none())
    }

    /// The nodes that have scores, in the order of the tree.
    pub fn scored_nodes(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|node| !self.nodes[*node].below)
    }

    /// The nodes whose scores are the means of their children's.
    pub fn computed_nodes(&self) -> impl Iterator<Item = usize> {
        self.scored_nodes().filter(|node| self.nodes[*node].leaf.is_none())
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
    pub fn base_slices(&self, slice: Slice, period: BasePeriod, sexes: BaseSexes) -> Vec<usize> {
        let moment = |moment: Moment| match period {
            BasePeriod::Latest => moment == Moment::Latest,
            BasePeriod::Year(year) => moment == Moment::Year(year),
            BasePeriod::All => matches!(moment, Moment::Year(_)),
        };
        self.slices_of(slice.sex, moment, sexes)
    }

    /// The slices of these moments that decide the scale of this sex.
    #[must_use]
    pub fn slices_of(&self, sex: Sex, moment: impl Fn(Moment) -> bool, sexes: BaseSexes) -> Vec<usize> {
        let decides = |slice: &Slice| match sexes {
            BaseSexes::Total => slice.sex == Sex::Total,
            BaseSexes::Separate => slice.sex == sex,
            BaseSexes::Pooled => true,
        };
        let slices = self.slices.iter().enumerate();
        slices
            .filter(|(_, slice)| moment(slice.moment) && decides(slice))
            .map(|(at, _)| at)
            .collect()
    }

    /// The leaves below a top that have any figure.
    #[must_use]
    pub fn leaves_with_figures(&self, top: usize) -> Vec<usize> {
        let from_parents = self.index.method.imputation.fill == Fill::Parent;
        let has_any = |leaf: &usize| {
            let column = &self.columns[0][*leaf];
            let parents = column.parents.iter().filter(|_| from_parents);
            column.denominated.iter().chain(parents).any(Option::is_some)
        };
        self.leaves_below(top).filter(has_any).collect()
    }

    /// True if every leaf has at least two different values in `slices`, so that a scale can be computed. Leaves without
    /// any latest figure are not asked.
    #[must_use]
    pub fn has_variation(&self, leaves: &[usize], slices: &[usize]) -> bool {
        let values = |slice: usize, leaf: usize| self.columns[slice][leaf].denominated.iter().copied().flatten();
        leaves
            .iter()
            .filter(|leaf| values(0, **leaf).next().is_some())
            .all(|leaf| {
                let mut all = slices.iter().flat_map(|slice| values(*slice, *leaf));
                let first = all.next();
                all.any(|value| Some(value) != first)
            })
    }

    /// True if two lists of slices hold the same values of these leaves, one after the other.
    #[must_use]
    pub fn same_values(&self, leaves: &[usize], ones: &[usize], others: &[usize]) -> bool {
        let values = |slice: &usize, leaf: &usize| &self.columns[*slice][*leaf].denominated;
        let same = |leaf: &usize| {
            ones.iter()
                .zip(others)
                .all(|(one, other)| values(one, leaf) == values(other, leaf))
        };
        ones.len() == others.len() && leaves.iter().all(same)
    }
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

fn leaf<'a>(site: &'a Site, node: &Node<'a>, at: usize, published: bool, units: &[PlaceId]) -> Leaf<'a> {
    let score = node.score;
    let indicator = site.scored(score);
    let better = score.better.or(indicator.map(|indicator| indicator.better));
    let latest = |unit: &PlaceId| measure::latest(indicator?, *unit, Part::TOTAL, None).map(|latest| latest.period);
    Leaf {
        node: at,
        indicator,
        denominator: score.denominator.as_ref().and_then(|id| site.indicator(id)),
        published,
        lower_is_better: better == Some(Better::Lower),
        latest: units.iter().filter_map(latest).max(),
    }
}
