//! From a picture to an ECharts option, one file per kind.
//!
//! Takes what is shown and for which column; gives a complete option in plain JSON, without functions, and what every mark
//! says. Each kind builds a typed [`charming::Chart`] and lays over it what charming 0.6 cannot say; layout is decided here, in
//! pixels, since only here are names and room both known. Nothing here runs ECharts.

mod axes;
mod bars;
mod cloud;
mod degrees;
mod free;
mod intervals;
mod labels;
mod look;
mod map;
mod multiples;
mod pairs;
mod point_names;
mod profile;
mod quadrants;
mod rows;
mod scatter;
mod sketch;
mod slope;
mod stacked;
mod strokes;
mod trend;

use super::engine::{DrawError, Engine};
use super::picture::{Picture, Shape};
use super::size::Size;
pub(crate) use sketch::Sketch;

/// The option of a picture; `None` where nothing in it has a value.
///
/// # Errors
/// When it needs boundaries the engine was not given.
pub(crate) fn sketch(picture: &Picture, size: Size, engine: &Engine) -> Result<Option<Sketch>, DrawError> {
    let axis = &picture.axis;
    Ok(match &picture.shape {
        Shape::Trend { .. } => trend::sketch(&picture.shape, axis, size),
        Shape::Bars { bars, reference } => bars::sketch(bars, reference.as_ref(), axis, size),
        Shape::Intervals { rows, last } => intervals::sketch(rows, *last, axis, size),
        Shape::Pairs { names, rows } => pairs::sketch(names, rows, axis, size),
        Shape::Slope { periods, lines } => slope::sketch(periods, lines, axis, size),
        Shape::Stacked { periods, parts } => stacked::sketch(periods, parts, axis, size),
        Shape::Profile { .. } => profile::sketch(&picture.shape, axis, size),
        Shape::Map { map, .. } => {
            let outline = engine
                .outline(map)
                .ok_or_else(|| DrawError::new(format!("there are no boundaries named {map}")))?;
            map::sketch(&picture.shape, outline, axis, size)
        }
        Shape::Multiples {
            periods,
            positions,
            panels,
        } => multiples::sketch(periods, positions, panels, axis, size),
        Shape::Quadrants { .. } => quadrants::sketch(&picture.shape, size),
        Shape::Scatter { axes, points } => scatter::sketch(axes, points, size),
        Shape::Degrees {
            points,
            zero,
            rows,
            columns,
        } => degrees::sketch(
            &degrees::Degrees {
                points,
                zero: *zero,
                rows,
                columns,
            },
            size,
        ),
        Shape::Free => Some(free::sketch(&picture.overlay, axis, size)),
    })
}
