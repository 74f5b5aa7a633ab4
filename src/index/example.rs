//! Small indices to try the arithmetic on: a tree, its means, and scores by leaf and unit, as if published.

use super::frame::{Column, Leaf};
use super::tree::nodes;
use super::{Composite, Frame, Recipe, Slice, score};
use crate::model::{
    Aggregation, Base, Index, Level, Method, Place, PlaceGroup, PlaceId, Places, Score, Source, Text, Units, Variation,
};
use crate::source::Origin;

fn origin() -> Origin {
    Origin::file(&"data/indices/x.yaml".into())
}

/// A node with this weight, made of these.
pub(super) fn node(id: &str, weight: f64, children: Vec<Score>) -> Score {
    Score {
        id: id.to_owned(),
        name: Text::plain(id),
        indicator: None,
        kolada: String::new(),
        weight: Some(weight),
        better: None,
        because: Text::default(),
        log: false,
        denominator: None,
        target: None,
        goalposts: None,
        children,
        origin: origin(),
    }
}

/// A node at which figures enter.
pub(super) fn leaf(id: &str, weight: f64) -> Score {
    node(id, weight, Vec::new())
}

/// An index with one kind of mean at all levels.
pub(super) fn index(aggregation: Aggregation, tree: Vec<Score>) -> Index {
    Index {
        id: "x".to_owned(),
        name: Text::plain("X"),
        short: Text::plain("X"),
        description: Text::default(),
        scale: Text::default(),
        source: Source::default(),
        levels: Vec::new(),
        entry_depth: None,
        units: Units::Places(Vec::new()),
        yearly: false,
        lag: None,
        by_sex: false,
        base: Base::default(),
        method: Method {
            aggregation: vec![aggregation],
            range: [0.0, 100.0],
            ..Method::default()
        },
        variation: Variation::default(),
        tree,
        origin: origin(),
    }
}

/// Six places, `0` to `5`, of which `0` and `2` are a group named `pair`.
pub(super) fn places() -> Places {
    let mut places = Places::default();
    for code in 0..6 {
        let place = Place {
            code: code.to_string(),
            name: Text::plain(code.to_string()),
            short: Text::default(),
            in_text: Text::default(),
            level: Level::County,
            parent: None,
            aliases: Vec::new(),
            origin: origin(),
        };
        places.add(place).expect("codes differ");
    }
    let pair = vec![PlaceId(0), PlaceId(2)];
    places.groups.push(PlaceGroup {
        id: "pair".to_owned(),
        name: Text::default(),
        places: pair,
        source: Text::default(),
    });
    places
}

/// The index computed from scores by leaf (in the order of the tree) and unit.
pub(super) fn composite<'a>(index: &'a Index, places: &'a Places, scores: &[Vec<Option<f64>>]) -> Composite<'a> {
    let mut nodes = nodes(index);
    let mut leaves = Vec::new();
    for (at, node) in nodes
        .iter_mut()
        .enumerate()
        .filter(|(_, node)| node.children.is_empty())
    {
        node.leaf = Some(leaves.len());
        leaves.push(Leaf {
            node: at,
            indicator: None,
            denominator: None,
            published: false,
            lower_is_better: false,
            latest: None,
        });
    }
    let count = scores.first().map_or(0, Vec::len);
    let column = |scores: &Vec<Option<f64>>| Column {
        measured: scores.clone(),
        denominated: scores.clone(),
        parents: vec![None; count],
        provenance: vec![super::Provenance::Missing; count],
        country: None,
    };
    let frame = Frame {
        index,
        places,
        units: (0u16..).map(PlaceId).take(count).collect(),
        nodes,
        leaves,
        slices: vec![Slice::LATEST],
        columns: vec![scores.iter().map(column).collect()],
        groups: vec![None; count],
    };
    let recipe = Recipe::nominal(&frame);
    let sheets = vec![score::sheet(&frame, &recipe, 0)];
    Composite { frame, recipe, sheets }
}
