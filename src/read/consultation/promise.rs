//! Promises to respondents: how answers are published, and what becomes of personal data.
//!
//! Takes the keys `publication` and `personal_data`; gives [`Publication`] and [`PersonalData`]. Whether a promise can be kept
//! is [`crate::check`]'s to report.

use crate::model::{ContactField, Naming, PersonalData, Publication, Respondents, Text};
use crate::read::yaml::{Fields, Node};

/// The rule under `publication`. Bodies are named and persons are not, unless it states another rule.
pub(super) fn publication(consultation: &mut Fields<'_>, respondents: Respondents) -> Publication {
    let usual = match respondents {
        Respondents::Bodies => Naming::Named,
        Respondents::Persons => Naming::Nothing,
    };
    let Some(mut fields) = consultation.optional("publication", Node::fields) else {
        return Publication {
            bodies: usual,
            minimum: None,
            interim: None,
            statements: false,
            rule: Text::default(),
        };
    };
    let bodies = fields.optional("bodies", |node| node.choice(Naming::NAMES));
    let publication = Publication {
        bodies: bodies.unwrap_or(usual),
        minimum: fields.optional("minimum", small_count),
        interim: fields.optional("interim", small_count).filter(|batch| *batch > 0),
        statements: fields.flag("statements"),
        rule: fields.text("rule"),
    };
    fields.done();
    publication
}

/// A count; one beyond 32 bits is as good as the largest.
fn small_count(node: &Node<'_>) -> Option<u32> {
    node.count().map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

pub(super) fn personal_data(node: &Node<'_>) -> Option<PersonalData> {
    let mut fields = node.fields()?;
    // A promise that is not made is a fault: who gives a name must be told why, on what ground, and for how long.
    let personal_data = PersonalData {
        fields: fields.required_list("fields", |node| node.choice(ContactField::NAMES)),
        purpose: fields.required("purpose", Node::text).unwrap_or_default(),
        basis: fields.required("basis", Node::text).unwrap_or_default(),
        retention: fields.required("retention", Node::text).unwrap_or_default(),
        controller: fields.text("controller"),
        origin: node.origin.clone(),
    };
    fields.done();
    Some(personal_data)
}
