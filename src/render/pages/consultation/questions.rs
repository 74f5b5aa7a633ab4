//! The questions: the form that is filled in, sent, saved or printed.

use crate::model::Consultation;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use minijinja::context;

/// The form.
pub(super) fn matter(standpoint: Standpoint<'_>, consultation: &Consultation) -> Matter {
    Matter {
        title: super::titled(standpoint, consultation, "questions"),
        description: None,
        view: context! {},
        sample: consultation.sample,
    }
}

/// What is told to someone who has sent an answer.
pub(super) fn thanks(standpoint: Standpoint<'_>, consultation: &Consultation) -> Matter {
    Matter {
        title: super::titled(standpoint, consultation, "thanks"),
        description: None,
        view: context! {},
        sample: consultation.sample,
    }
}
