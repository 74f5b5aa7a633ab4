//! Names beside points, placed so that none covers another or leaves the drawing.
//!
//! The home place, the country and other named places always have theirs, the rest only where there is room.

use serde_json::Value;

use super::super::numbers::AxisScale;
use super::super::picture::{Point, Role};
use super::axes::Plot;
use super::labels::{self, LEADING};
use super::look::{INK, Look};
use super::strokes;

/// Between a mark and its name.
pub(super) const GAP: f64 = 4.0;

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect(pub(super) f64, pub(super) f64, pub(super) f64, pub(super) f64);

impl Rect {
    /// Whether two rectangles have room in common.
    pub(super) fn meets(&self, other: &Rect) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }
}

/// Names beside their marks. `taken` are rectangles that hold other text, `lines` those that part the plot.
pub(super) fn beside_marks(
    points: &[Point],
    plot: &Plot,
    scales: &[AxisScale; 2],
    lines: Option<[f64; 2]>,
    mut taken: Vec<Rect>,
    room: f64,
) -> Vec<Value> {
    let place = |point: &Point| (plot.x(&scales[0], point.at[0]), plot.y(&scales[1], point.at[1]));
    let mark_rect = |point: &Point| {
        let ((x, y), half) = (place(point), Look::of_point(point.role).size / 2.0);
        Rect(x - half, y - half, x + half, y + half)
    };
    let marks: Vec<Rect> = points.iter().map(mark_rect).collect();
    let line_rects: Vec<Rect> = lines.map_or_else(Vec::new, |[x, y]| {
        let (x, y) = (plot.x(&scales[0], x), plot.y(&scales[1], y));
        vec![
            Rect(x - 1.0, plot.top, x + 1.0, plot.bottom()),
            Rect(plot.left, y - 1.0, plot.right(), y + 1.0),
        ]
    });
    let mut candidates: Vec<&Point> = points
        .iter()
        .filter(|point| point.labelled || point.role != Role::Crowd)
        .collect();
    candidates.sort_by_key(|point| std::cmp::Reverse(strokes::depth(point.role)));
    let mut elements = Vec::new();
    for point in candidates {
        let look = Look::of_point(point.role);
        let ((x, y), wide) = (place(point), labels::width(&point.name, look.bold));
        let spots = spots((x, y), look.size / 2.0 + GAP, wide);
        let inside = |spot: &Rect| spot.0 >= 0.0 && spot.2 <= room && spot.1 >= plot.top && spot.3 <= plot.bottom();
        let meeting = |spot: &Rect, others: &[Rect]| others.iter().filter(|other| spot.meets(other)).count();
        let cost = |spot: &Rect| 100 * meeting(spot, &taken) + 10 * meeting(spot, &marks) + meeting(spot, &line_rects);
        let best = spots
            .into_iter()
            .filter(inside)
            .map(|spot| (cost(&spot), spot))
            .min_by_key(|(cost, _)| *cost);
        // A name never covers another; one of the crowd's covers no mark either.
        let limit = if point.role == Role::Crowd { 10 } else { 100 };
        if let Some((cost, spot)) = best
            && cost < limit
        {
            let colour = if point.role == Role::Crowd { INK } else { &look.text };
            let text = labels::text(&point.name, spot.0, f64::midpoint(spot.1, spot.3), colour, look.bold);
            elements.push(labels::edged(text));
            taken.push(spot);
        }
    }
    elements
}

/// Places for a name: beside its mark, above, below, aslant; then all of these further off.
fn spots((x, y): (f64, f64), away: f64, wide: f64) -> Vec<Rect> {
    let half = LEADING / 2.0;
    let at = |left: f64, middle: f64| Rect(left, middle - half, left + wide, middle + half);
    let around = |away: f64| {
        let aslant = away * 0.8;
        [
            at(x + away, y),
            at(x - away - wide, y),
            at(x - wide / 2.0, y - away - half),
            at(x - wide / 2.0, y + away + half),
            at(x + aslant, y - aslant - half / 2.0),
            at(x + aslant, y + aslant + half / 2.0),
            at(x - aslant - wide, y - aslant - half / 2.0),
            at(x - aslant - wide, y + aslant + half / 2.0),
        ]
    };
    [around(away), around(away + 12.0)].concat()
}
