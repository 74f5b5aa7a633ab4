//! Level and change: points parted by two lines into four named quadrants.
//!
//! The lines look like the country's everywhere else, and a key says what they stand for. Each quadrant has its name in its
//! corner, so that nothing rests on colour; marks and names keep off those corners.

use super::super::picture::{Role, Shape};
use super::super::size::Size;
use super::Sketch;
use super::cloud::{self, CloudOptions};
use super::labels::{self, LEADING};
use super::look::Look;

/// Length of the key's sample of a line.
const SAMPLE: f64 = 26.0;
/// Between key and axis.
const AIR: f64 = 10.0;

/// The option of quadrants.
pub(super) fn sketch(shape: &Shape, size: Size) -> Option<Sketch> {
    let Shape::Quadrants {
        axes,
        points,
        lines,
        line_name,
        corners,
    } = shape
    else {
        return None;
    };
    let look = Look::of(Role::Country);
    let name = labels::wrapped(line_name, false, f64::from(size.width()) - SAMPLE - 6.0);
    let high = labels::lines(&name) * LEADING;
    let key = vec![
        labels::rule(
            (0.0, high / 2.0),
            (SAMPLE, high / 2.0),
            &look.colour,
            look.width,
            look.dash,
        ),
        labels::text(&name, SAMPLE + 6.0, high / 2.0, &look.text, false),
    ];
    let options = CloudOptions {
        lines: Some(*lines),
        corners: corners.clone(),
        head: high + AIR,
    };
    cloud::sketch(axes, points, &options, key, size)
}
