//! Views of the directives' templates: one struct a file of `templates/parts`, whose fields are the template's variables.

use crate::page::consultation_state::ConsultationState;
use crate::page::view::{Aside, Chart, Diagram, Evidence, Link};
use crate::render::consultation::results::QuestionResultView;
use crate::render::report::set::SetView;
use serde::Serialize;

/// `parts/chart.html`, the `chart` directive.
#[derive(Serialize)]
pub(super) struct ChartPart {
    pub(super) chart: Chart,
}

/// `parts/evidence.html`, the `indicator` and `evidence` directives.
#[derive(Serialize)]
pub(super) struct EvidencePart {
    pub(super) items: Vec<Evidence>,
}

/// `parts/set.html`, the `set` directive.
#[derive(Serialize)]
pub(super) struct SetPart {
    pub(super) set: SetView,
}

/// `parts/note.html`, the `note` directive.
#[derive(Serialize)]
pub(super) struct NotePart {
    pub(super) note: Aside,
}

/// `parts/question.html`, the `question` directive.
#[derive(Serialize)]
pub(super) struct QuestionPart {
    pub(super) question: AskedQuestion,
}

/// A question of a consultation, and the way to answer it.
#[derive(Serialize)]
pub(super) struct AskedQuestion {
    /// The question as it is asked.
    pub(super) text: String,
    /// The question among the others; without an address where the site has no page of questions.
    pub(super) link: Link,
    /// Whether the consultation has a form.
    pub(super) answers: bool,
    /// The consultation's own page; `None` where it has none.
    pub(super) consultation: Option<Link>,
    pub(super) standing: ConsultationState,
    /// Whether the consultation is made up.
    pub(super) sample: bool,
}

/// `parts/result.html`, the `result` directive.
#[derive(Serialize)]
pub(super) struct ResultPart {
    /// `None` as long as there is no result.
    pub(super) question: Option<QuestionResultView>,
    /// The page of results, else the consultation's own; `None` where it has neither.
    pub(super) about: Option<Link>,
}

/// `parts/diagram.html`, the `diagram` directive.
#[derive(Serialize)]
pub(super) struct DiagramPart {
    pub(super) diagram: Diagram,
}
