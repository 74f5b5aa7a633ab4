//! Pictures → drawings.
//!
//! Takes a [`Picture`]: what a chart shows, measured and named. Gives SVG in CSS variables, drawn by ECharts (through
//! charming) in a JavaScript engine that cargo compiles, and small in-table marks drawn by hand. Titles,
//! descriptions and tables stand in the page, not in the drawing.

pub mod diagram;
mod draw;
mod engine;
#[cfg(test)]
mod example;
pub mod marks;
mod numbers;
mod option;
mod outline;
mod overlay;
mod path;
mod picture;
mod size;
pub mod squares;
mod standalone;
mod svg;
mod widths;
mod xml;

pub use draw::{Drawing, draw, key};
pub use engine::{DrawError, Engine};
pub use numbers::write as write_number;
pub use overlay::unknown_options;
pub use picture::{
    Band, Bar, BreakMark, DegreeRow, Extents, Line, MapArea, MeasuredAxis, NumberStyle, Pair, Panel, Picture, Point,
    ReferenceLine, Role, Shape, TargetMark, ValueAxis,
};
pub use size::Size;
pub use standalone::{Caption, standalone};
