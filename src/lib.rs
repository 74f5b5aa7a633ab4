#![doc = include_str!("ARCHITECTURE.md")]

pub mod bind;
pub mod chart;
pub mod check;
pub mod cli;
pub mod clock;
pub mod compile;
pub mod disk;
pub mod export;
pub mod finding;
pub mod measure;
pub mod memo;
pub mod model;
pub mod read;
pub mod render;
pub mod source;
pub mod theme;
