//! Things → files for programs.

pub mod index;
