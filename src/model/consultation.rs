//! Consultations and surveys: what is asked of whom, until when, and with which promises.
//!
//! A survey asks what is known or felt; a consultation asks what should be done. They are one type, since
//! everything that can be said of one can be said of the other. Dates are civil days in the site's own country; a
//! day that closes something belongs to what it closes.

use super::names::names;
use super::{Questionnaire, Text};
use crate::source::Origin;
use jiff::civil::Date;

/// A survey or a consultation.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// Id: name of the file. Surveys and consultations share one set of ids.
    pub id: String,
    /// Survey or consultation.
    pub kind: ConsultationKind,
    /// Title; makes sense alone.
    pub title: Text,
    /// One or two sentences that stay true through its whole life.
    pub description: Text,
    /// The use of the answers.
    pub purpose: Text,
    /// Things that answers can change, each a sentence.
    pub can_change: Vec<Text>,
    /// Things that answers cannot change.
    pub cannot_change: Vec<Text>,
    /// Bodies or persons: decides how results may be shown.
    pub respondents: Respondents,
    /// Invited bodies, in groups; empty: it is open to anyone who wants to answer.
    pub invited: Vec<InvitedGroup>,
    /// Whether others than the invited may answer.
    pub open_to_all: bool,
    /// Days at which its state changes.
    pub dates: Dates,
    /// Case number in the register; empty: none.
    pub case_number: String,
    /// Body that decides on the result.
    pub decided_by: Text,
    /// Recommended reading before answering.
    pub documents: Vec<Document>,
    /// Contact for questions.
    pub contact: Contact,
    /// The ways to answer.
    pub channels: Channels,
    /// Rules for showing answers.
    pub publication: Publication,
    /// Questions about the person who answers; `None`: there are none.
    pub personal_data: Option<PersonalData>,
    /// Indicator with the population of each place, and where it is named; for the share of the population that
    /// respondents stand for.
    pub population: Option<(String, Origin)>,
    /// The questions, as they are asked now.
    pub questionnaire: Questionnaire,
    /// The questions as they were asked before, oldest first.
    pub earlier: Vec<Questionnaire>,
    /// Questions (of one choice) by which the results of others are broken down, by id.
    pub breakdowns: Vec<(String, Origin)>,
    /// Codebook that its free text is coded by, and where it is named.
    pub codebook: Option<(String, Origin)>,
    /// Results reported by others, where the answers themselves are not to be had.
    pub reported: Option<Reported>,
    /// Whether its answers are made up to show how the program works.
    pub sample: bool,
    /// Further languages in which it can be read and answered, besides the site's own.
    pub languages: Vec<String>,
    /// Reservation shown wherever the consultation is, such as an assumed year; empty: none.
    pub note: Text,
    /// Its file, for findings.
    pub origin: Origin,
}

/// Survey or consultation, by the folder of its file.
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

/// Kind of respondents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Respondents {
    /// Organisations, such as municipalities: shown by name if the publication rule says so; few of them is no secret.
    Bodies,
    /// Persons: nothing is shown that stands for fewer than the publication's minimum.
    Persons,
}

names!(Respondents {
    Bodies = "bodies",
    Persons = "persons",
});

/// Bodies of one type that are invited: the municipalities, the agencies.
#[derive(Clone, Debug)]
pub struct InvitedGroup {
    /// Name of the group: `Kommuner`.
    pub name: Text,
    /// Bodies in the order written.
    pub bodies: Vec<Body>,
}

/// An invited organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Id in answers: a place's code, or a word of its own.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The place it governs; `None`: none.
    pub place: Option<super::PlaceId>,
}

/// Days of a consultation. The day named is the first of what it opens and the last of what it closes.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// First day to answer; `None`: not known, and open at once.
    pub opens: Option<Date>,
    /// Last day to answer, as it now stands; `None`: until further notice.
    pub closes: Option<Date>,
    /// Changes of the last day, oldest first.
    pub extensions: Vec<Extension>,
    /// Times in which it cannot be answered although it has opened.
    pub pauses: Vec<Pause>,
    /// End before its time; `None`: it was not withdrawn.
    pub withdrawn: Option<Withdrawal>,
    /// Whether the time for answers passed without any.
    pub unanswered: bool,
    /// Day when results are published; `None`: not decided.
    pub results: Option<Date>,
    /// Day of the decision.
    pub decision: Option<Date>,
    /// Day from which it is kept only for the record.
    pub archived: Option<Date>,
}

/// A change of the last day.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Last day before the change; `None`: not known.
    pub from: Option<Date>,
    /// Last day from the change on.
    pub to: Date,
    /// Day of the change; `None`: not known.
    pub on: Option<Date>,
    /// Reason for the change; empty: not known.
    pub reason: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// A time in which a consultation cannot be answered although it has opened.
#[derive(Clone, Debug)]
pub struct Pause {
    /// First day.
    pub from: Date,
    /// Last day; `None`: until further notice.
    pub to: Option<Date>,
    /// Reason for the pause; empty: not stated.
    pub reason: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

impl Pause {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// The end of a consultation before its time. Its answers lead to no results.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// First day on which it cannot be answered any more.
    pub on: Date,
    /// Reason; empty: not stated.
    pub reason: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Something to read: a page of the site or an address elsewhere.
#[derive(Clone, Debug)]
pub struct Document {
    /// Title.
    pub title: Text,
    /// `page:ID`, a file of the content folder, or an `https` address.
    pub link: String,
    /// Short description; empty: none.
    pub note: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Contact for questions; an empty text: not stated.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Name of a person or a function.
    pub name: Text,
    /// E-mail address; empty: none.
    pub email: String,
    /// Telephone number; empty: none.
    pub phone: String,
}

/// The ways to answer. None: the questions are shown, and nobody can answer here.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// Address the form posts to (`https`, or the site's own), and where it is written; `None`: the form is not posted.
    pub endpoint: Option<(String, Origin)>,
    /// The answer is saved as a file.
    pub file: bool,
    /// E-mail address for files and letters; empty: none.
    pub email: String,
    /// Postal address, in lines; empty: none.
    pub post: Text,
    /// Address of another site where it is answered, and where that is written; `None`: it is answered here.
    pub elsewhere: Option<(String, Origin)>,
    /// Whether meetings discuss it, and by which rule what they count is shown.
    pub meetings: Meetings,
    /// Whether invited bodies have been sent a code that the form asks for.
    pub codes: bool,
}

/// Whether meetings discuss a consultation, and by which rule what they count is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Meetings {
    /// None do.
    #[default]
    None,
    /// There are a guide, a page for the room and a recording sheet; of persons small counts are not shown.
    Closed,
    /// The same for public bodies, such as a council: raised hands are no secret, and every count is shown.
    Open,
}

impl Channels {
    /// Whether there is a form to fill in here.
    #[must_use]
    pub fn has_form(&self) -> bool {
        self.endpoint.is_some() || self.file
    }
}

/// Rules for showing answers.
#[derive(Clone, Debug)]
pub struct Publication {
    /// How far bodies are named in answers to closed questions.
    pub bodies: Naming,
    /// The least number of persons that any published number stands for; `None` for bodies.
    pub minimum: Option<u32>,
    /// Results are shown while it is open, in batches of this many new responses; `None`: not before it has closed.
    pub interim: Option<u32>,
    /// Whether whole answers of bodies that are published by name are shown, with their words and documents.
    pub statements: bool,
    /// The rule in the words that respondents were given.
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

names!(Naming {
    Named = "named",
    Type = "type",
    Nothing = "none",
});

/// Questions about the person who answers, and the promises made about the answers to them.
#[derive(Clone, Debug)]
pub struct PersonalData {
    /// Fields asked for.
    pub fields: Vec<ContactField>,
    /// Purpose of asking.
    pub purpose: Text,
    /// The legal basis.
    pub basis: Text,
    /// Retention period, in words.
    pub retention: Text,
    /// Controller, and contact for questions about personal data.
    pub controller: Text,
    /// Place of the definition in the source, for findings.
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

names!(ContactField {
    Name = "name",
    Role = "role",
    Email = "email",
    Phone = "phone",
});

/// Results as somebody else has reported them.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Source of the report.
    pub source: Text,
    /// Whether the report was made while the consultation was still open.
    pub interim: bool,
    /// Reported results, one a sentence.
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
