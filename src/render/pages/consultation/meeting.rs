//! A guide for meetings, and a sheet to record what they said.

use crate::model::Consultation;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use minijinja::context;

/// The guide.
pub(super) fn matter(standpoint: Standpoint<'_>, consultation: &Consultation) -> Matter {
    Matter {
        title: super::titled(standpoint, consultation, "meeting"),
        description: None,
        view: context! {},
        sample: consultation.sample,
    }
}
