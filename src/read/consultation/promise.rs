//! What the respondents were promised: how answers are shown, and what becomes of what they tell about themselves.

use super::super::{
    text, text_at,
    yaml::{Fields, Node},
};
use crate::model::{ContactField, Naming, PersonalData, Publication, Respondents, Text};

/// The rule under `publication`. Bodies are named and persons are not, unless it says otherwise.
pub(super) fn publication(fields: &mut Fields<'_>, respondents: Respondents) -> Publication {
    let usual = match respondents {
        Respondents::Bodies => Naming::Named,
        Respondents::Persons => Naming::Nothing,
    };
    let mut publication = Publication {
        bodies: usual,
        minimum: None,
        interim: None,
        rule: Text::default(),
    };
    let Some(mut own) = fields.find("publication").and_then(|node| node.fields()) else {
        return publication;
    };
    let whole = |node: Node<'_>| node.count().map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    publication.bodies = own
        .find("bodies")
        .and_then(|node| node.choice(Naming::NAMES))
        .unwrap_or(usual);
    publication.minimum = own.find("minimum").and_then(whole);
    publication.interim = own.find("interim").and_then(whole).filter(|batch| *batch > 0);
    publication.rule = text_at(&mut own, "rule");
    own.done();
    publication
}

pub(super) fn personal_data(node: &Node<'_>) -> Option<PersonalData> {
    let mut fields = node.fields()?;
    let asked = fields
        .require("fields")
        .and_then(|node| node.list(|node| node.choice(ContactField::NAMES)));
    // A promise that is not made is a fault: who gives a name must be told why, on what ground, and for how long.
    let mut told = |key| fields.require(key).and_then(|node| text(&node)).unwrap_or_default();
    let (purpose, basis, retention) = (told("purpose"), told("basis"), told("retention"));
    let controller = text_at(&mut fields, "controller");
    fields.done();
    let fields = asked.unwrap_or_default();
    Some(PersonalData {
        fields,
        purpose,
        basis,
        retention,
        controller,
        origin: node.origin.clone(),
    })
}
