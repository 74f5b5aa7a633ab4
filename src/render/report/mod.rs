//! Pages of the report: indicators, sets, places, the overview, the data and its sources.

pub(crate) mod data;
pub(crate) mod evidence;
pub(crate) mod indicator;
mod indicator_charts;
pub(crate) mod listing;
pub(crate) mod overview;
pub(crate) mod place;
pub(crate) mod set;
pub(crate) mod target_status;
