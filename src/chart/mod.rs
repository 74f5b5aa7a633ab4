//! Pictures → drawings.
//!
//! Takes a [`Picture`]: what a chart shows, measured and named. Gives SVG in CSS variables, drawn by ECharts (through
//! charming) in a JavaScript engine that cargo compiles, and small in-table marks drawn by hand. Titles,
//! descriptions and tables stand in the page, not in the drawing.

pub mod diagram;
mod draw;
mod engine;
pub mod marks;
mod numbers;
mod option;
mod outline;
mod overlay;
mod path;
mod picture;
pub mod squares;
mod standalone;
mod svg;
mod widths;
mod xml;

pub use draw::{Drawing, Size, draw, key};
pub use engine::{Engine, Fault};
pub use numbers::write as write_number;
pub use overlay::unknown_options;
pub use picture::{
    Area, Band, Bar, DegreeRow, Dimension, Extents, Line, Mark, NumberStyle, Pair, Panel, Picture, Point, Reference,
    Role, Shape, Target, ValueAxis,
};
pub use standalone::{Caption, standalone};
