#![doc = include_str!("ARCHITECTURE.md")]

pub mod source;
pub mod finding;
pub mod model;
pub mod read;
pub mod bind;
pub mod measure;
pub mod chart;
pub mod theme;
pub mod memo;
pub mod render;
pub mod export;
pub mod check;
pub mod compile;
pub mod clock;
pub mod disk;
pub mod cli;
