//! The respondent's step of a form: invited bodies to choose among, consent to be named, declared contact fields; and the
//! notice about personal data that stands before the form.

use crate::model::{Consultation, ContactField, Naming, Respondents};
use crate::page::context::PageContext;
use crate::page::view::{Fact, Html};
use crate::render::consultation::questions::view::lang;
use crate::theme::escape;
use serde::Serialize;

/// Questions about the respondent; an empty list is not asked for.
#[derive(Serialize)]
pub(super) struct RespondentView {
    groups: Vec<BodyGroup>,
    /// Whether a body that is not in the groups may answer.
    other: bool,
    /// Whether an invitation code is asked for.
    code: bool,
    /// Whether nobody may answer without a code.
    code_required: bool,
    /// Ways in which a respondent may agree to be named; empty when nobody is named.
    naming: Vec<LabelledValue>,
    contact: Vec<ContactFieldView>,
}

/// An invited group.
#[derive(Serialize)]
struct BodyGroup {
    title: String,
    /// Language of the title where it is another than the page's.
    lang: Option<String>,
    bodies: Vec<LabelledValue>,
}

/// A value of a field and its label.
#[derive(Serialize)]
struct LabelledValue {
    id: String,
    title: String,
    /// Language of the title where it is another than the page's.
    lang: Option<String>,
}

/// A field for the respondent's name, role, e-mail or telephone.
#[derive(Serialize)]
struct ContactFieldView {
    name: &'static str,
    label: String,
    /// HTML type of the input.
    kind: &'static str,
    /// HTML autofill token, by which a browser may fill the field in.
    autocomplete: &'static str,
}

/// The notice about personal data.
#[derive(Serialize)]
pub(super) struct PersonalDataNotice {
    /// The fields that are asked for, in one sentence.
    asked: String,
    /// Purpose, legal basis, retention and controller, as far as they are stated.
    facts: Vec<Fact>,
}

/// The view of the step; `None` when nothing is asked.
pub(super) fn respondent(page: PageContext<'_>, consultation: &Consultation) -> Option<RespondentView> {
    let code = page.code();
    let is_bodies = consultation.respondents == Respondents::Bodies;
    let groups: Vec<BodyGroup> = consultation
        .invited
        .iter()
        .map(|group| BodyGroup {
            title: group.name.in_language(code).to_owned(),
            lang: lang(page, &group.name),
            bodies: group
                .bodies
                .iter()
                .map(|body| LabelledValue {
                    id: body.id.clone(),
                    title: body.name.in_language(code).to_owned(),
                    lang: lang(page, &body.name),
                })
                .collect(),
        })
        .collect();
    let other = is_bodies && (consultation.open_to_all || groups.is_empty());
    let fields = consultation.personal_data.as_ref().map_or(&[][..], |data| &data.fields);
    let contact: Vec<ContactFieldView> = fields.iter().map(|field| contact(page, *field)).collect();
    let rule = consultation.publication.bodies;
    let allowed = Naming::NAMES
        .iter()
        .filter(|(_, naming)| rule != Naming::Nothing && *naming <= rule);
    let option = |(name, _): &(&str, Naming)| LabelledValue {
        id: (*name).to_owned(),
        title: page.word(&format!("answering.naming.{name}")).to_owned(),
        lang: None,
    };
    let who = RespondentView {
        code: consultation.channels.codes,
        code_required: consultation.channels.codes && !consultation.open_to_all,
        naming: allowed.map(option).collect(),
        groups,
        other,
        contact,
    };
    let asks = is_bodies || who.code || !who.groups.is_empty() || !who.naming.is_empty() || !who.contact.is_empty();
    asks.then_some(who)
}

fn contact(page: PageContext<'_>, field: ContactField) -> ContactFieldView {
    let (name, kind, autocomplete) = match field {
        ContactField::Name => ("name", "text", "name"),
        ContactField::Role => ("role", "text", "organization-title"),
        ContactField::Email => ("email", "email", "email"),
        ContactField::Phone => ("phone", "tel", "tel"),
    };
    ContactFieldView {
        name,
        label: page.word(&format!("answering.field.{name}")).to_owned(),
        kind,
        autocomplete,
    }
}

/// The notice; `None` when nothing is asked about a person.
pub(super) fn personal_data_notice(page: PageContext<'_>, consultation: &Consultation) -> Option<PersonalDataNotice> {
    let data = consultation
        .personal_data
        .as_ref()
        .filter(|data| !data.fields.is_empty())?;
    let code = page.code();
    let labels: Vec<String> = data.fields.iter().map(|field| in_text(page, *field)).collect();
    let list = page.locale.format.list(&labels);
    let statements = [
        ("purpose", &data.purpose),
        ("basis", &data.basis),
        ("retention", &data.retention),
        ("controller", &data.controller),
    ];
    let facts = statements
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| Fact {
            label: page.word(&format!("answering.promise.{name}")).to_owned(),
            html: match page.foreign(text) {
                Some(lang) => Html(format!(
                    "<span lang=\"{lang}\">{}</span>",
                    escape(text.in_language(code))
                )),
                None => Html(escape(text.in_language(code))),
            },
        });
    Some(PersonalDataNotice {
        asked: page.fill("answering.promise.asked", &[("fields", &list)]),
        facts: facts.collect(),
    })
}

/// A field's name within a sentence.
fn in_text(page: PageContext<'_>, field: ContactField) -> String {
    let name = contact(page, field).name;
    page.word(&format!("answering.field_in_text.{name}")).to_owned()
}
