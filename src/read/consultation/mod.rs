//! `data/surveys/ID.yaml` and `data/consultations/ID.yaml`: a survey or consultation with its days, its invited bodies, its
//! questionnaire and its promises to respondents.
//!
//! Takes YAML; gives a [`Consultation`]. Answers are [`super::responses`]'s, rules about days and promises
//! [`crate::check`]'s.

mod promise;
mod question;
mod time;

use super::ids::unique;
use super::values::place;
use super::yaml::Node;
use crate::finding::{Code, Finding, message};
use crate::model::{
    Area, Body, Channels, Consultation, ConsultationKind, Contact, Document, InvitedGroup, Level, Meetings, PlaceId,
    Places, Questionnaire, Reported, Respondents, Text,
};
use crate::source::Snapshot;

pub(super) fn read(
    node: &Node<'_>,
    id: &str,
    kind: ConsultationKind,
    places: &Places,
    (areas, snapshot): (&[Area], &Snapshot),
) -> Option<Consultation> {
    let mut fields = node.fields()?;
    let title = fields.required("title", Node::name);
    let respondents = fields.required("respondents", |node| node.choice(Respondents::NAMES));
    let dates = fields.required("dates", time::dates).unwrap_or_default();
    let (questionnaire, earlier) = fields
        .required("questionnaire", |node| {
            question::questionnaires(node, (areas, snapshot))
        })
        .unzip();
    let respondents = respondents.unwrap_or(Respondents::Bodies);
    let invited = fields.list("invited", |node| group(node, places));
    let open_to_all = fields
        .optional("open_to_all", Node::truth)
        .unwrap_or(invited.is_empty());
    let consultation = Consultation {
        id: id.to_owned(),
        kind,
        title: title.clone().unwrap_or_else(|| Text::plain(id)),
        description: fields.text("description"),
        purpose: fields.text("purpose"),
        can_change: fields.list("can_change", Node::text),
        cannot_change: fields.list("cannot_change", Node::text),
        respondents,
        invited,
        open_to_all,
        dates,
        case_number: fields.string("case_number"),
        decided_by: fields.text("decided_by"),
        documents: fields.list("documents", document),
        contact: fields.optional("contact", contact).unwrap_or_default(),
        channels: fields.optional("channels", channels).unwrap_or_default(),
        publication: promise::publication(&mut fields, respondents),
        personal_data: fields.optional("personal_data", promise::personal_data),
        population: fields.optional("population", Node::reference),
        questionnaire: questionnaire.unwrap_or_else(|| no_questions(node)),
        earlier: earlier.unwrap_or_default(),
        breakdowns: fields.list("breakdowns", Node::reference),
        codebook: fields.optional("codebook", Node::reference),
        reported: fields.optional("reported", reported),
        sample: fields.flag("sample"),
        languages: fields.list("languages", Node::string),
        note: fields.text("note"),
        origin: node.origin.clone(),
    };
    fields.done();
    let bodies = consultation.invited.iter().flat_map(|group| &group.bodies);
    let ids = bodies.map(|body| (&*body.id, node.origin.at("invited")));
    unique(ids, node.log());
    title.map(|_| consultation)
}

/// A questionnaire that could not be read.
fn no_questions(node: &Node<'_>) -> Questionnaire {
    Questionnaire {
        version: String::new(),
        introduction: Text::default(),
        minutes: None,
        steps: Vec::new(),
        drafts: Vec::new(),
        changes: Text::default(),
        origin: node.origin.clone(),
    }
}

fn group(node: &Node<'_>, places: &Places) -> Option<InvitedGroup> {
    let mut fields = node.fields()?;
    let name = fields.required("name", Node::name);
    let mut bodies: Vec<Body> = fields.list("bodies", |node| body(node, places));
    if let Some(node) = fields.find("places") {
        let mut fields = node.fields()?;
        let level = fields.required("level", |node| node.choice(Level::NAMES));
        let parent = fields.optional("parent", |node| place(node, places));
        fields.done();
        bodies.extend(places.at_level(level?, parent).map(|id| governing_body(places, id)));
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
    let place_node = fields.find("place");
    let place = place_node.as_ref().and_then(|node| place(node, places));
    let (id, name) = if place_node.is_some() {
        (fields.string("id"), fields.name("name"))
    } else {
        let id = fields.required("id", Node::string).unwrap_or_default();
        (id, fields.required("name", Node::name).unwrap_or_default())
    };
    fields.done();
    let usual = place.map(|place| governing_body(places, place));
    let (usual_id, usual_name) = usual.map(|body| (body.id, body.name)).unwrap_or_default();
    let body = Body {
        id: if id.is_empty() { usual_id } else { id },
        name: if name.is_empty() { usual_name } else { name },
        place,
    };
    (!body.id.is_empty()).then_some(body)
}

/// The body that governs a place, under the place's code and name.
fn governing_body(places: &Places, place: PlaceId) -> Body {
    Body {
        id: places[place].code.clone(),
        name: places[place].name.clone(),
        place: Some(place),
    }
}

fn document(node: &Node<'_>) -> Option<Document> {
    let mut fields = node.fields()?;
    let title = fields.required("title", Node::text);
    let link = fields.required("link", Node::string);
    let remark = fields.text("note");
    fields.done();
    Some(Document {
        title: title?,
        link: link?,
        note: remark,
        origin: node.origin.clone(),
    })
}

fn contact(node: &Node<'_>) -> Option<Contact> {
    let mut fields = node.fields()?;
    let contact = Contact {
        name: fields.text("name"),
        email: fields.string("email"),
        phone: fields.string("phone"),
    };
    fields.done();
    Some(contact)
}

fn channels(node: &Node<'_>) -> Option<Channels> {
    let mut fields = node.fields()?;
    let channels = Channels {
        endpoint: fields.optional("endpoint", Node::reference),
        file: fields.flag("file"),
        email: fields.string("email"),
        post: fields.text("post"),
        elsewhere: fields.optional("elsewhere", Node::reference),
        meetings: fields.optional("meetings", meetings).unwrap_or_default(),
        codes: fields.flag("codes"),
    };
    fields.done();
    Some(channels)
}

/// `true`, `false`, or `open` where meetings are public.
fn meetings(node: &Node<'_>) -> Option<Meetings> {
    if node.peek_text().is_some() {
        return node.choice(&[("open", Meetings::Open)]);
    }
    node.truth()
        .map(|yes| if yes { Meetings::Closed } else { Meetings::None })
}

fn reported(node: &Node<'_>) -> Option<Reported> {
    let mut fields = node.fields()?;
    let reported = Reported {
        source: fields.required("source", Node::text).unwrap_or_default(),
        interim: fields.flag("interim"),
        statements: fields.list("statements", Node::text),
        absence: fields.text("absence"),
    };
    fields.done();
    Some(reported)
}
