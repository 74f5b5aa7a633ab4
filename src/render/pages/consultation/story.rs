//! What a consultation is: its purpose, its days, the evidence, and where its other pages are.

use crate::model::Consultation;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use minijinja::context;

/// The page that keeps its address through the consultation's whole life.
pub(super) fn matter(standpoint: Standpoint<'_>, consultation: &Consultation, _log: &crate::finding::Log) -> Matter {
    Matter {
        title: consultation.title.in_language(standpoint.code()).to_owned(),
        description: None,
        view: context! {},
        sample: consultation.sample,
    }
}
