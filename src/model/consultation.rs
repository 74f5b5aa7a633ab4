//! Consultations and surveys: what is asked of whom, until when, and with which promises.
//!
//! A survey asks what is known or felt; a consultation asks what should be done. They are one type, since
//! everything that can be said of one can be said of the other. Dates are civil days in the site's own country; a
//! day that closes something belongs to what it closes.

use super::{Questionnaire, Text};
use crate::source::Origin;
use jiff::civil::Date;

/// A survey or a consultation.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// Its id: the file's name. Surveys and consultations share one set of ids.
    pub id: String,
    /// Which of the two.
    pub kind: ConsultationKind,
    /// Title; makes sense alone.
    pub title: Text,
    /// One or two sentences that stay true through its whole life.
    pub description: Text,
    /// What the answers are for.
    pub purpose: Text,
    /// What answers can change.
    pub can_change: Vec<Text>,
    /// What they cannot.
    pub cannot_change: Vec<Text>,
    /// Who answers: decides how results may be shown.
    pub respondents: Respondents,
    /// Who is invited, in groups; empty when it is open to anyone who wants to answer.
    pub invited: Vec<InvitedGroup>,
    /// Whether others than the invited may answer.
    pub open_to_all: bool,
    /// Days.
    pub dates: Dates,
    /// The register's number of the matter; empty when there is none.
    pub case_number: String,
    /// Who decides what it leads to.
    pub decided_by: Text,
    /// What one should read before answering.
    pub documents: Vec<Document>,
    /// Whom to ask.
    pub contact: Contact,
    /// The ways to answer.
    pub channels: Channels,
    /// What is shown of the answers.
    pub publication: Publication,
    /// What is asked about the person who answers; `None`: nothing.
    pub personal_data: Option<PersonalData>,
    /// The indicator that tells how many live in each place; for the share of the population that respondents stand for.
    pub population: Option<(String, Origin)>,
    /// The questions, as they are asked now.
    pub questionnaire: Questionnaire,
    /// The questions as they were asked before, oldest first.
    pub earlier: Vec<Questionnaire>,
    /// Questions (of one choice) by which the results of others are broken down, by id.
    pub breakdowns: Vec<(String, Origin)>,
    /// The codebook its free text is sorted by.
    pub codebook: Option<(String, Origin)>,
    /// Results told by others, where the answers themselves are not to be had.
    pub reported: Option<Reported>,
    /// Whether its answers are made up to show what the program does.
    pub sample: bool,
    /// Further languages in which it can be read and answered, besides the site's own.
    pub languages: Vec<String>,
    /// What must be said wherever it is shown, such as an assumed year.
    pub note: Text,
    /// Its file.
    pub origin: Origin,
}

/// Which folder it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsultationKind {
    /// `data/surveys`.
    Survey,
    /// `data/consultations`.
    Consultation,
}

impl ConsultationKind {
    /// As commands and words call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ConsultationKind::Survey => "survey",
            ConsultationKind::Consultation => "consultation",
        }
    }
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Respondents {
    /// Organisations, such as municipalities: shown by name if the publication rule says so; few of them is no secret.
    Bodies,
    /// Persons: nothing is shown that stands for fewer than the publication's minimum.
    Persons,
}

impl Respondents {
    /// As written in data files.
    pub const NAMES: &'static [(&'static str, Respondents)] =
        &[("bodies", Respondents::Bodies), ("persons", Respondents::Persons)];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Respondents::Bodies => "bodies",
            Respondents::Persons => "persons",
        }
    }
}

/// Bodies of one type that are invited: the municipalities, the agencies.
#[derive(Clone, Debug)]
pub struct InvitedGroup {
    /// What they are called together: `Kommuner`.
    pub name: Text,
    /// Its bodies.
    pub bodies: Vec<Body>,
}

/// An invited organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its id in answers: a place's code, or a word of its own.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The place it governs.
    pub place: Option<super::PlaceId>,
}

/// Days of a consultation. The day named is the first of what it opens and the last of what it closes.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// First day to answer; `None`: not known, and open at once.
    pub opens: Option<Date>,
    /// Last day to answer, as it now stands; `None`: until further notice.
    pub closes: Option<Date>,
    /// How the last day has been moved, oldest first.
    pub extensions: Vec<Extension>,
    /// Day when results are published; `None`: not decided.
    pub results: Option<Date>,
    /// Day of the decision.
    pub decision: Option<Date>,
    /// Day from which it is kept only for the record.
    pub archived: Option<Date>,
}

/// The last day was moved.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The last day until then; `None`: not known.
    pub from: Option<Date>,
    /// The last day from then on.
    pub to: Date,
    /// When that was decided; `None`: not known.
    pub on: Option<Date>,
    /// Why; empty when not known.
    pub reason: Text,
    /// Where it was said.
    pub origin: Origin,
}

/// Something to read: a page of the site or an address elsewhere.
#[derive(Clone, Debug)]
pub struct Document {
    /// Title.
    pub title: Text,
    /// `page:ID`, a file of the content folder, or an `https` address.
    pub link: String,
    /// What it is.
    pub note: Text,
    /// Where it was said.
    pub origin: Origin,
}

/// Whom to ask.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Name of a person or a function.
    pub name: Text,
    /// Address; empty when there is none.
    pub email: String,
    /// Number; empty when there is none.
    pub phone: String,
}

/// The ways to answer. None: the questions are shown, and nobody can answer here.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// The form posts to this address (`https`, or the site's own).
    pub endpoint: Option<(String, Origin)>,
    /// The answer is saved as a file.
    pub file: bool,
    /// Where files and letters are sent.
    pub email: String,
    /// Postal address; lines.
    pub post: Text,
    /// It is answered on another site.
    pub elsewhere: Option<(String, Origin)>,
    /// Whether meetings discuss it: there is a guide and a recording sheet.
    pub meetings: bool,
    /// Whether invited bodies have been sent a code that the form asks for.
    pub codes: bool,
}

impl Channels {
    /// Whether there is a form to fill in here.
    #[must_use]
    pub fn has_form(&self) -> bool {
        self.endpoint.is_some() || self.file
    }
}

/// What is shown of the answers.
#[derive(Clone, Debug)]
pub struct Publication {
    /// How bodies are shown in answers to closed questions.
    pub bodies: Naming,
    /// The least number of persons that any published number stands for; `None` for bodies.
    pub minimum: Option<u32>,
    /// Results are shown while it is open, in batches of this many new responses; `None`: not before it has closed.
    pub interim: Option<u32>,
    /// The rule in the words the respondents were given.
    pub rule: Text,
}

/// How far a respondent is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// Not shown one by one.
    Nothing,
    /// By type: "a municipality".
    Type,
    /// By name.
    Named,
}

impl Naming {
    /// As written in data files and answers.
    pub const NAMES: &'static [(&'static str, Naming)] = &[
        ("named", Naming::Named),
        ("type", Naming::Type),
        ("none", Naming::Nothing),
    ];
}

/// What is asked about the person who answers, and the promise made about it.
#[derive(Clone, Debug)]
pub struct PersonalData {
    /// Which fields are asked for.
    pub fields: Vec<ContactField>,
    /// Why.
    pub purpose: Text,
    /// The legal basis.
    pub basis: Text,
    /// How long it is kept.
    pub retention: Text,
    /// Who is responsible, and whom to turn to.
    pub controller: Text,
    /// Where it was said.
    pub origin: Origin,
}

/// A field about the person who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactField {
    /// Name.
    Name,
    /// Role in the organisation.
    Role,
    /// E-mail.
    Email,
    /// Telephone.
    Phone,
}

impl ContactField {
    /// As written in data files, answers and mappings.
    pub const NAMES: &'static [(&'static str, ContactField)] = &[
        ("name", ContactField::Name),
        ("role", ContactField::Role),
        ("email", ContactField::Email),
        ("phone", ContactField::Phone),
    ];
}

/// Results as somebody else has told them.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Where they come from.
    pub source: Text,
    /// Whether they were told while it was still open.
    pub interim: bool,
    /// What was told, one thing each.
    pub statements: Vec<Text>,
    /// Why the answers themselves are not here.
    pub absence: Text,
}

impl Consultation {
    /// All invited bodies, in the order written.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.invited.iter().flat_map(|group| &group.bodies)
    }

    /// The invited body of this id.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies().find(|body| body.id == id)
    }
}
