//! Arrows: from the strips they pass through to points and heads.
//!
//! Takes a layout; gives each arrow as a line of right angles. Where an arrow meets a box is chosen so that lines run
//! straight where they can and keep apart where they mean different things. Within a strip, tracks are ordered so that few
//! lines cross.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{DiagramLayout, PITCH, between};
use super::link::{Anchor, Course, Route, Strip};

/// A line of right angles, from where it begins to where it points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrow {
    /// Corners, in order, both ends included.
    pub(super) points: Vec<(f64, f64)>,
    /// Whether it points to its beginning too.
    pub(super) both: bool,
    /// Whether it begins at a single statement.
    pub(super) from_node: bool,
}

/// Distance between ends that mean different things: a head's width; less where a box is too low.
const APART: [f64; 2] = [9.0, 5.0];
/// A bend smaller than this is worth avoiding.
const BEND: f64 = 14.0;

/// A place on a box's edge where arrows of some nets begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Port {
    /// Ends after beginnings.
    is_end: bool,
    gutter: Strip,
    at: Anchor,
    is_left: bool,
    /// Only for arrows both ways, which share their ends with no other.
    net_if_both: Option<usize>,
}

/// All arrows of a layout.
pub(super) fn arrows(layout: &DiagramLayout) -> Vec<Arrow> {
    let heights = Ports::new(&layout.routes).heights(layout);
    // Ends with every track in the middle of its strip, then the tracks in an order that follows from them.
    let middle = |strip: Strip, _| {
        layout
            .strips
            .get(&strip)
            .map_or(0.0, |(from, to)| f64::midpoint(*from, *to))
    };
    let rough: Vec<Vec<(f64, f64)>> = layout
        .routes
        .iter()
        .map(|route| points(layout, route, &heights, &middle))
        .collect();
    let tracks = tracks(layout, &rough);
    let track = |strip: Strip, net| tracks.get(&(strip, net)).copied().unwrap_or_else(|| middle(strip, net));
    let arrow = |route: &Route| Arrow {
        points: points(layout, route, &heights, &track),
        both: route.link.both,
        from_node: route.link.from.node.is_some(),
    };
    layout.routes.iter().map(arrow).collect()
}

/// The corners of an arrow; those on its strips are the second to the last but one.
fn points(
    layout: &DiagramLayout,
    route: &Route,
    heights: &BTreeMap<Port, f64>,
    track: &dyn Fn(Strip, usize) -> f64,
) -> Vec<(f64, f64)> {
    let (from, to) = (
        &layout.blocks[route.link.from.group],
        &layout.blocks[route.link.to.group],
    );
    let Some((out, into)) = ports(route) else {
        let x = (from.x + from.width / 2.0).floor();
        return if from.y < to.y {
            vec![(x, from.bottom()), (x, to.y)]
        } else {
            vec![(x, from.y), (x, to.bottom())]
        };
    };
    let height = |port: Port| heights.get(&port).copied().unwrap_or_default();
    let (mut x, mut y) = (from.right(), height(out));
    let mut points = vec![(x, y)];
    for &strip in &route.strips {
        match strip {
            Strip::Channel(_) => y = track(strip, route.net),
            Strip::Gutter(..) | Strip::Spine => x = track(strip, route.net),
        }
        points.push((x, y));
    }
    let end = height(into);
    points.push((x, end));
    points.push((if into.is_left { to.x } else { to.right() }, end));
    points
}

/// Ports at which an arrow leaves and arrives; `None`: it runs straight down.
fn ports(route: &Route) -> Option<(Port, Port)> {
    let (first, last) = (*route.strips.first()?, *route.strips.last()?);
    let net_if_both = route.link.both.then_some(route.net);
    let out = Port {
        is_end: false,
        gutter: first,
        at: route.link.from,
        is_left: false,
        net_if_both,
    };
    Some((
        out,
        Port {
            is_end: true,
            gutter: last,
            at: route.link.to,
            is_left: route.course != Course::Loop,
            net_if_both,
        },
    ))
}

/// Ports, with the arrows that use them.
struct Ports<'a>(BTreeMap<Port, Vec<&'a Route>>);

impl<'a> Ports<'a> {
    fn new(routes: &'a [Route]) -> Ports<'a> {
        let mut users: BTreeMap<Port, Vec<&Route>> = BTreeMap::new();
        for route in routes {
            let ends = ports(route).map(|(out, into)| [out, into]);
            for port in ends.into_iter().flatten() {
                users.entry(port).or_default().push(route);
            }
        }
        Ports(users)
    }

    /// Height of every port: beginnings first, then ends that follow them, each moved aside where another net is near.
    fn heights(&self, layout: &DiagramLayout) -> BTreeMap<Port, f64> {
        let mut heights: BTreeMap<Port, f64> = BTreeMap::new();
        for (&port, routes) in &self.0 {
            let (low, high) = layout.blocks[port.at.group].span(port.at.node);
            let wish = if port.is_end {
                ending(layout, port, routes, &heights)
            } else {
                self.beginning(layout, port, routes)
            };
            let free = APART.into_iter().find_map(|apart| {
                let tried = (0..6)
                    .flat_map(|step| [f64::from(step), -f64::from(step)])
                    .map(|step| wish + step * apart);
                tried
                    .into_iter()
                    .find(|&y| (low..=high).contains(&y) && self.is_free(port, y, apart, &heights))
            });
            heights.insert(port, free.unwrap_or(wish));
        }
        heights
    }

    fn is_free(&self, port: Port, y: f64, apart: f64, heights: &BTreeMap<Port, f64>) -> bool {
        let nets = |port: &Port| -> BTreeSet<usize> {
            self.0.get(port).into_iter().flatten().map(|route| route.net).collect()
        };
        let mut near = heights
            .iter()
            .filter(|(other, at)| other.gutter == port.gutter && (*at - y).abs() < apart - 0.5);
        let mine = nets(&port);
        near.all(|(other, _)| other.is_left != port.is_left && !nets(other).is_disjoint(&mine))
    }

    /// The usual height, or, for a group with one arrow to something beside it, a height both have.
    fn beginning(&self, layout: &DiagramLayout, port: Port, routes: &[&Route]) -> f64 {
        let (low, high) = layout.blocks[port.at.group].span(port.at.node);
        let middle = usual(layout, port, routes);
        let [route] = routes else { return middle };
        let Some((_, into)) = ports(route).filter(|_| route.course == Course::Across) else {
            return middle;
        };
        let beside = |routes: &[&Route]| routes.iter().filter(|route| route.course == Course::Across).count();
        let alone = into.at.node.is_some() || self.0.get(&into).is_some_and(|routes| beside(routes) == 1);
        let (other_low, other_high) = layout.blocks[into.at.group].span(into.at.node);
        let (top, bottom) = (low.max(other_low), high.min(other_high));
        if alone && top <= bottom {
            middle.clamp(top, bottom)
        } else {
            middle
        }
    }
}

/// The middle; beside the title where arrows join groups of one column, so that titles seem joined.
fn usual(layout: &DiagramLayout, port: Port, routes: &[&Route]) -> f64 {
    let (low, high) = layout.blocks[port.at.group].span(port.at.node);
    let in_column = port.at.node.is_none() && routes.iter().all(|route| route.course == Course::Loop);
    if in_column {
        low + 10.0
    } else {
        f64::midpoint(low, high).floor()
    }
}

/// The height of a lone arrow's beginning if that is at hand, else the usual one, unless a beginning is very near to it.
fn ending(layout: &DiagramLayout, port: Port, routes: &[&Route], heights: &BTreeMap<Port, f64>) -> f64 {
    let (low, high) = layout.blocks[port.at.group].span(port.at.node);
    let middle = usual(layout, port, routes);
    let across = routes.iter().filter(|route| route.course == Course::Across);
    let starts: Vec<f64> = across
        .filter_map(|route| heights.get(&ports(route)?.0).copied())
        .collect();
    let near = starts
        .iter()
        .copied()
        .find(|y| (low..=high).contains(y) && (y - middle).abs() < BEND);
    match starts.as_slice() {
        [y] if port.at.node.is_none() => y.clamp(low, high),
        [y] if (low..=high).contains(y) => *y,
        _ => near.unwrap_or(middle),
    }
}

/// Position of each net's track in each strip.
fn tracks(layout: &DiagramLayout, rough: &[Vec<(f64, f64)>]) -> BTreeMap<(Strip, usize), f64> {
    let mut legs: BTreeMap<Strip, BTreeMap<usize, Vec<Leg>>> = BTreeMap::new();
    for (route, points) in layout.routes.iter().zip(rough) {
        for (&strip, ends) in route.strips.iter().zip(points.windows(2).skip(1)) {
            let along = |(x, y): (f64, f64)| if matches!(strip, Strip::Channel(_)) { x } else { y };
            let leg = Leg {
                from: along(ends[0]),
                to: along(ends[1]),
                is_loop: route.course == Course::Loop,
            };
            legs.entry(strip).or_default().entry(route.net).or_default().push(leg);
        }
    }
    let mut tracks = BTreeMap::new();
    for (strip, nets) in legs {
        let (from, to) = layout.strips.get(&strip).copied().unwrap_or_default();
        let mut order: Vec<(usize, (u8, f64))> = nets.iter().map(|(net, legs)| (*net, rank(strip, legs))).collect();
        order.sort_by(|(_, a), (_, b)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let steps = between(order.len());
        let pitch = if steps > 0.0 {
            ((to - from) / steps).clamp(0.0, PITCH)
        } else {
            0.0
        };
        let mut place = (f64::midpoint(from, to) - pitch * steps / 2.0).floor();
        for (net, _) in order {
            tracks.insert((strip, net), place);
            place += pitch;
        }
    }
    tracks
}

/// A net's way along a strip.
struct Leg {
    from: f64,
    to: f64,
    is_loop: bool,
}

/// Sort key of a net's place in a strip, from the left or the top: loops, the shortest inside; then those going up, the
/// highest end first; then those going down, the lowest end first. In a channel, the shortest is nearest to its row.
fn rank(strip: Strip, legs: &[Leg]) -> (u8, f64) {
    let longest = legs.iter().map(|leg| (leg.to - leg.from).abs()).fold(0.0, f64::max);
    let drift: f64 = legs.iter().map(|leg| leg.to - leg.from).sum();
    let end = legs.iter().map(|leg| leg.to).fold(f64::INFINITY, f64::min);
    match strip {
        Strip::Channel(_) => (0, longest),
        _ if legs.iter().all(|leg| leg.is_loop) => (0, longest),
        _ if drift <= 0.0 => (1, end),
        _ => (2, -end),
    }
}
