//! `data/surveys/ID.yaml` and `data/consultations/ID.yaml`: what is asked of whom, until when, with which promises.

mod promise;
mod question;
mod time;

use super::{place, string_at, text, text_at, unique, yaml::Fields, yaml::Node};
use crate::finding::{Code, Finding, message};
use crate::model::{
    Area, Body, Channels, Consultation, ConsultationKind, Contact, Document, InvitedGroup, Level, Places,
    Questionnaire, Reported, Respondents, Text,
};
use crate::source::Origin;

pub(super) use question::evidence;
pub(super) use time::day;

pub(super) fn read(
    node: &Node<'_>,
    id: &str,
    kind: ConsultationKind,
    places: &Places,
    areas: &[Area],
) -> Option<Consultation> {
    let mut fields = node.fields()?;
    let title = fields.require("title").and_then(|node| text(&node));
    let respondents = fields
        .require("respondents")
        .and_then(|node| node.choice(Respondents::NAMES));
    let dates = fields
        .require("dates")
        .and_then(|node| time::dates(&node))
        .unwrap_or_default();
    let (questionnaire, earlier) = fields
        .require("questionnaire")
        .and_then(|node| question::questionnaires(&node, areas))
        .unzip();
    let respondents = respondents.unwrap_or(Respondents::Bodies);
    let invited = fields.list("invited", |node| group(node, places));
    let open_to_all = fields
        .find("open_to_all")
        .and_then(|node| node.truth())
        .unwrap_or(invited.is_empty());
    let consultation = Consultation {
        id: id.to_owned(),
        kind,
        title: title.clone().unwrap_or_else(|| Text::plain(id)),
        description: text_at(&mut fields, "description"),
        purpose: text_at(&mut fields, "purpose"),
        can_change: fields.list("can_change", text),
        cannot_change: fields.list("cannot_change", text),
        respondents,
        invited,
        open_to_all,
        dates,
        case_number: string_at(&mut fields, "case_number"),
        decided_by: text_at(&mut fields, "decided_by"),
        documents: fields.list("documents", document),
        contact: fields
            .find("contact")
            .and_then(|node| contact(&node))
            .unwrap_or_default(),
        channels: fields
            .find("channels")
            .and_then(|node| channels(&node))
            .unwrap_or_default(),
        publication: promise::publication(&mut fields, respondents),
        personal_data: fields
            .find("personal_data")
            .and_then(|node| promise::personal_data(&node)),
        population: named(&mut fields, "population"),
        questionnaire: questionnaire.unwrap_or_else(|| no_questions(node)),
        earlier: earlier.unwrap_or_default(),
        breakdowns: fields.list("breakdowns", name),
        codebook: named(&mut fields, "codebook"),
        reported: fields.find("reported").and_then(|node| reported(&node)),
        sample: fields.find("sample").and_then(|node| node.truth()).unwrap_or(false),
        languages: fields.list("languages", Node::string),
        note: text_at(&mut fields, "note"),
        origin: node.origin.clone(),
    };
    fields.done();
    let bodies = consultation.invited.iter().flat_map(|group| &group.bodies);
    unique(
        bodies.map(|body| (body.id.as_str(), node.origin.at("invited"))),
        node.log(),
    );
    title.map(|_| consultation)
}

/// A questionnaire that could not be read.
fn no_questions(node: &Node<'_>) -> Questionnaire {
    Questionnaire {
        version: String::new(),
        introduction: Text::default(),
        minutes: None,
        steps: Vec::new(),
        changes: Text::default(),
        origin: node.origin.clone(),
    }
}

/// The name of another thing, and where it stands.
pub(super) fn name(node: &Node<'_>) -> Option<(String, Origin)> {
    Some((node.string()?, node.origin.clone()))
}

/// The same under a key that may be absent.
pub(super) fn named(fields: &mut Fields<'_>, key: &'static str) -> Option<(String, Origin)> {
    fields.find(key).and_then(|node| name(&node))
}

fn group(node: &Node<'_>, places: &Places) -> Option<InvitedGroup> {
    let mut fields = node.fields()?;
    let name = fields.require("name").and_then(|node| text(&node));
    let listed = fields.find("bodies");
    let level = fields.find("places");
    let mut bodies: Vec<Body> = listed
        .and_then(|node| node.list(|node| body(node, places)))
        .unwrap_or_default();
    if let Some(node) = level {
        let mut fields = node.fields()?;
        let level = fields.require("level").and_then(|node| node.choice(Level::NAMES));
        let parent = fields.find("parent").and_then(|node| place(&node, places));
        fields.done();
        bodies.extend(places.of(level?, parent).map(|id| body_of(places, id)));
    } else if bodies.is_empty() && !fields.has_misspelling_of("bodies") && !fields.has_misspelling_of("places") {
        let finding = Finding::new(Code::KeyChoice, node.origin.clone());
        node.report(
            finding
                .with("keys", "`bodies`, `places`")
                .with_message("found", message::none_given()),
        );
    }
    fields.done();
    Some(InvitedGroup { name: name?, bodies })
}

fn body(node: &Node<'_>, places: &Places) -> Option<Body> {
    let mut fields = node.fields()?;
    let governs = fields.find("place");
    let own = governs.as_ref().and_then(|node| place(node, places));
    let (id, name) = if governs.is_some() {
        (string_at(&mut fields, "id"), text_at(&mut fields, "name"))
    } else {
        let id = fields.require("id").and_then(|node| node.string()).unwrap_or_default();
        (
            id,
            fields.require("name").and_then(|node| text(&node)).unwrap_or_default(),
        )
    };
    fields.done();
    let mut body = match own {
        Some(place) => body_of(places, place),
        None => Body {
            id: String::new(),
            name: Text::default(),
            place: None,
        },
    };
    if !id.is_empty() {
        body.id = id;
    }
    if !name.is_empty() {
        body.name = name;
    }
    (!body.id.is_empty()).then_some(body)
}

fn body_of(places: &Places, place: crate::model::PlaceId) -> Body {
    Body {
        id: places[place].code.clone(),
        name: places[place].name.clone(),
        place: Some(place),
    }
}

fn document(node: &Node<'_>) -> Option<Document> {
    let mut fields = node.fields()?;
    let title = fields.require("title").and_then(|node| text(&node));
    let link = fields.require("link").and_then(|node| node.string());
    let told = text_at(&mut fields, "note");
    fields.done();
    Some(Document {
        title: title?,
        link: link?,
        note: told,
        origin: node.origin.clone(),
    })
}

fn contact(node: &Node<'_>) -> Option<Contact> {
    let mut fields = node.fields()?;
    let contact = Contact {
        name: text_at(&mut fields, "name"),
        email: string_at(&mut fields, "email"),
        phone: string_at(&mut fields, "phone"),
    };
    fields.done();
    Some(contact)
}

fn channels(node: &Node<'_>) -> Option<Channels> {
    let mut fields = node.fields()?;
    let mut is = |key| fields.find(key).and_then(|node| node.truth()).unwrap_or(false);
    let (file, meetings, codes) = (is("file"), is("meetings"), is("codes"));
    let channels = Channels {
        endpoint: named(&mut fields, "endpoint"),
        file,
        email: string_at(&mut fields, "email"),
        post: text_at(&mut fields, "post"),
        elsewhere: named(&mut fields, "elsewhere"),
        meetings,
        codes,
    };
    fields.done();
    Some(channels)
}

fn reported(node: &Node<'_>) -> Option<Reported> {
    let mut fields = node.fields()?;
    let source = fields.require("source").and_then(|node| text(&node));
    let reported = Reported {
        source: source.unwrap_or_default(),
        interim: fields.find("interim").and_then(|node| node.truth()).unwrap_or(false),
        statements: fields.list("statements", text),
        absence: text_at(&mut fields, "absence"),
    };
    fields.done();
    Some(reported)
}
