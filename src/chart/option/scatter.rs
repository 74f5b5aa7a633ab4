//! One indicator against another: a point a place, nothing more. What the points say together is the page's to tell.

use super::super::picture::{MeasuredAxis, Point};
use super::super::size::Size;
use super::Sketch;
use super::cloud::{self, CloudOptions};

/// The option of a scatter.
pub(super) fn sketch(axes: &[MeasuredAxis; 2], points: &[Point], size: Size) -> Option<Sketch> {
    cloud::sketch(axes, points, &CloudOptions::default(), Vec::new(), size)
}
