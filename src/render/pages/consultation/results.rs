//! What was answered: base, pictures, tables, files.

use crate::model::Consultation;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use minijinja::context;

/// The results; nothing when there are none.
pub(super) fn matter(
    standpoint: Standpoint<'_>,
    consultation: &Consultation,
    _log: &crate::finding::Log,
) -> Option<Matter> {
    Some(Matter {
        title: super::titled(standpoint, consultation, "results"),
        description: None,
        view: context! {},
        sample: consultation.sample,
    })
}
