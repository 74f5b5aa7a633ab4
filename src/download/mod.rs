//! Files to download: series and tables as CSV, answers to consultations, calendar files, feeds, the list of addresses.
//!
//! Takes figures, results and a locale or page context; gives text: numbers in full, reasons where there are none, and the
//! source, so that a file that wanders off still says where it came from. Knows nothing of templates.

pub(crate) mod answers;
pub(crate) mod atom;
pub(crate) mod calendar;
pub(crate) mod csv_file;
pub(crate) mod sitemap;
