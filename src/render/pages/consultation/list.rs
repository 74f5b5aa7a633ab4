//! All surveys and consultations, by state.

use crate::render::report::Standpoint;
use minijinja::{Value, context};

/// The list.
pub(in crate::render::pages) fn list(_standpoint: Standpoint<'_>) -> (Value, bool) {
    (context! {}, false)
}
