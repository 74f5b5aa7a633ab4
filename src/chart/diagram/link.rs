//! Links that can be drawn, and the strips through which their arrows run.
//!
//! Takes a plan's links and where its boxes stand in the grid; gives, for each arrow, the strips between boxes through which
//! it passes. Arrows to the same end share a net, and with it one track in each strip. Leaves the measuring to others.

use std::collections::BTreeMap;

use super::plan::Plan;

/// A group, or a node in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    /// Index of the group.
    pub(super) group: usize,
    /// Index of the node in the group.
    pub(super) node: Option<usize>,
}

/// An arrow between two different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ResolvedLink {
    /// Beginning of the arrow.
    pub(super) from: Anchor,
    /// End with the head.
    pub(super) to: Anchor,
    /// Whether it points both ways.
    pub(super) both: bool,
}

/// Position of a box in the grid. Ordered as read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GridPosition {
    /// Row of columns.
    pub(super) row: usize,
    /// Column in the row.
    pub(super) column: usize,
    /// Number in the column, from the top.
    pub(super) rank: usize,
}

/// A strip without boxes, for arrows to run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strip {
    /// In a row, left of the column of this number; after the last column too.
    Gutter(usize, usize),
    /// Above the row of this number; after the last row too.
    Channel(usize),
    /// Left of all rows.
    Spine,
}

/// Course of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// Straight down (or up) to the next box of the column.
    Down,
    /// Out on the right and in again on the right, within a column.
    Loop,
    /// To the next column.
    Across,
    /// Around other boxes.
    Round,
}

/// An arrow on its way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Route {
    /// From where to where.
    pub(super) link: ResolvedLink,
    /// Course among the boxes.
    pub(super) course: Course,
    /// Arrows of the same net may lie on each other.
    pub(super) net: usize,
    /// Strips in turn: gutters and channels alternate, a gutter first and last; none straight down.
    pub(super) strips: Vec<Strip>,
}

/// The links that can be drawn, each once, in the plan's order.
pub(super) fn resolve(plan: &Plan) -> Vec<ResolvedLink> {
    let mut anchors: BTreeMap<&str, Anchor> = BTreeMap::new();
    for (group, named) in plan.groups.iter().enumerate() {
        anchors.entry(&named.id).or_insert(Anchor { group, node: None });
    }
    for (group, named) in plan.groups.iter().enumerate() {
        for (node, named) in named.nodes.iter().enumerate() {
            anchors.entry(&named.id).or_insert(Anchor {
                group,
                node: Some(node),
            });
        }
    }
    let mut links: Vec<ResolvedLink> = Vec::new();
    for (from, to) in &plan.links {
        let (Some(&from), Some(&to)) = (anchors.get(from.as_str()), anchors.get(to.as_str())) else {
            continue;
        };
        if from == to || from.group == to.group && (from.node.is_none() || to.node.is_none()) {
            continue;
        }
        if let Some(back) = links.iter_mut().find(|link| link.from == to && link.to == from) {
            back.both = true;
        } else if !links.iter().any(|link| link.from == from && link.to == to) {
            links.push(ResolvedLink { from, to, both: false });
        }
    }
    links
}

/// The ways of all links, given the position of each group.
pub(super) fn routes(links: &[ResolvedLink], positions: &[GridPosition]) -> Vec<Route> {
    let mut ends: Vec<(Anchor, Option<Anchor>)> = Vec::new();
    let mut routes = Vec::new();
    for &link in links {
        let (Some(&a), Some(&b)) = (positions.get(link.from.group), positions.get(link.to.group)) else {
            continue;
        };
        // A link both ways is drawn from the first to the second, on tracks of its own.
        let turned = ResolvedLink {
            from: link.to,
            to: link.from,
            both: true,
        };
        let (link, a, b) = if link.both && b < a {
            (turned, b, a)
        } else {
            (link, a, b)
        };
        let end = (link.to, link.both.then_some(link.from));
        let net = ends.iter().position(|other| *other == end).unwrap_or_else(|| {
            ends.push(end);
            ends.len() - 1
        });
        let course = course(link, a, b);
        routes.push(Route {
            link,
            course,
            net,
            strips: strips(course, a, b),
        });
    }
    routes
}

fn course(link: ResolvedLink, a: GridPosition, b: GridPosition) -> Course {
    let are_groups = link.from.node.is_none() && link.to.node.is_none();
    match (a.row == b.row, a.column, b.column) {
        (true, from, to) if from == to && are_groups && a.rank.abs_diff(b.rank) == 1 => Course::Down,
        (true, from, to) if from == to => Course::Loop,
        (true, from, to) if from + 1 == to => Course::Across,
        _ => Course::Round,
    }
}

fn strips(course: Course, a: GridPosition, b: GridPosition) -> Vec<Strip> {
    let (out, into) = (Strip::Gutter(a.row, a.column + 1), Strip::Gutter(b.row, b.column));
    match course {
        Course::Down => Vec::new(),
        Course::Loop => vec![out],
        Course::Across => vec![into],
        Course::Round => {
            // Below the row when staying in it or going on, above it when going back.
            let (leaving, arriving) = if b.row < a.row {
                (a.row, b.row + 1)
            } else {
                (a.row + 1, b.row.max(a.row + 1))
            };
            let mut strips = vec![out, Strip::Channel(leaving)];
            if leaving != arriving {
                strips.extend([Strip::Spine, Strip::Channel(arriving)]);
            }
            strips.push(into);
            strips
        }
    }
}
