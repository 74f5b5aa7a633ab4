//! Who answers: the invited bodies to choose among, the formal decision, consent to be named, and declared contact fields.
//!
//! Takes a consultation; gives the last step of its form, and the promise about personal data that stands before it.

use crate::model::{Consultation, ContactField, Naming, Respondents};
use crate::page::context::PageContext;
use crate::page::view::{Fact, Html};
use crate::theme::escape;
use serde::Serialize;

/// What is asked about the respondent. Everything may be empty: then nothing is asked.
#[derive(Serialize)]
pub(super) struct Who {
    groups: Vec<Group>,
    /// Whether somebody who is not in the groups may answer, under a name of its own.
    other: bool,
    /// Whether an invitation code is asked for, and whether one must have it.
    code: bool,
    code_required: bool,
    /// How far a respondent may agree to be named; empty when the rule is that nobody is.
    naming: Vec<Named>,
    contact: Vec<Field>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    bodies: Vec<Named>,
}

/// A value of a field and what it is called.
#[derive(Serialize)]
struct Named {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    label: String,
    /// The type of its input.
    kind: &'static str,
    /// What a browser may fill it in with (HTML, "autofill").
    autocomplete: &'static str,
}

/// What is promised about personal data, before any is given.
#[derive(Serialize)]
pub(super) struct Promise {
    /// What is asked for, in one sentence.
    asked: String,
    facts: Vec<Fact>,
}

/// The last step; `None` when nothing is asked.
pub(super) fn who(page: PageContext<'_>, consultation: &Consultation) -> Option<Who> {
    let code = page.code();
    let is_bodies = consultation.respondents == Respondents::Bodies;
    let groups: Vec<Group> = consultation
        .invited
        .iter()
        .map(|group| Group {
            title: group.name.in_language(code).to_owned(),
            bodies: group
                .bodies
                .iter()
                .map(|body| Named {
                    id: body.id.clone(),
                    title: body.name.in_language(code).to_owned(),
                })
                .collect(),
        })
        .collect();
    let other = is_bodies && (consultation.open_to_all || groups.is_empty());
    let fields = consultation.personal_data.as_ref().map_or(&[][..], |data| &data.fields);
    let contact: Vec<Field> = fields.iter().map(|field| contact(page, *field)).collect();
    let rule = consultation.publication.bodies;
    let allowed = Naming::NAMES
        .iter()
        .filter(|(_, naming)| rule != Naming::Nothing && *naming <= rule);
    let named = |(name, _): &(&str, Naming)| Named {
        id: (*name).to_owned(),
        title: page.word(&format!("answering.naming.{name}")).to_owned(),
    };
    let who = Who {
        code: consultation.channels.codes,
        code_required: consultation.channels.codes && !consultation.open_to_all,
        naming: allowed.map(named).collect(),
        groups,
        other,
        contact,
    };
    let asks = is_bodies || who.code || !who.groups.is_empty() || !who.naming.is_empty() || !who.contact.is_empty();
    asks.then_some(who)
}

fn contact(page: PageContext<'_>, field: ContactField) -> Field {
    let (name, kind, autocomplete) = match field {
        ContactField::Name => ("name", "text", "name"),
        ContactField::Role => ("role", "text", "organization-title"),
        ContactField::Email => ("email", "email", "email"),
        ContactField::Phone => ("phone", "tel", "tel"),
    };
    Field {
        name,
        label: page.word(&format!("answering.field.{name}")).to_owned(),
        kind,
        autocomplete,
    }
}

/// The promise; `None` when nothing is asked about a person.
pub(super) fn promise(page: PageContext<'_>, consultation: &Consultation) -> Option<Promise> {
    let data = consultation
        .personal_data
        .as_ref()
        .filter(|data| !data.fields.is_empty())?;
    let code = page.code();
    let labels: Vec<String> = data.fields.iter().map(|field| in_text(page, *field)).collect();
    let list = page.locale.format.list(&labels);
    let told = [
        ("purpose", &data.purpose),
        ("basis", &data.basis),
        ("retention", &data.retention),
        ("controller", &data.controller),
    ];
    let facts = told
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| Fact {
            label: page.word(&format!("answering.promise.{name}")).to_owned(),
            html: Html(escape(text.in_language(code))),
        });
    Some(Promise {
        asked: page.fill("answering.promise.asked", &[("fields", &list)]),
        facts: facts.collect(),
    })
}

/// A field's name within a sentence.
fn in_text(page: PageContext<'_>, field: ContactField) -> String {
    let name = contact(page, field).name;
    page.word(&format!("answering.field_in_text.{name}")).to_owned()
}
