//! Files to download: series and tables as CSV, results of consultations, calendar files, feeds, the sitemap.
//!
//! Takes figures, results and a locale or page context; gives text: numbers in full, reasons where there are none, and the
//! source, so that a file says where it comes from wherever it is copied. Uses no templates.

pub(crate) mod answers;
pub(crate) mod atom;
pub(crate) mod calendar;
pub(crate) mod csv_file;
pub(crate) mod sitemap;
