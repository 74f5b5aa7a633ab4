//! What came of it: the reply to every theme and to every body.

use crate::model::Consultation;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use minijinja::context;

/// The replies; nothing when there are none.
pub(super) fn matter(standpoint: Standpoint<'_>, consultation: &Consultation) -> Option<Matter> {
    Some(Matter {
        title: super::titled(standpoint, consultation, "replies"),
        description: None,
        view: context! {},
        sample: consultation.sample,
    })
}
