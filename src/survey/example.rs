//! A small survey to try the arithmetic on: four municipalities with inhabitants, an agency, and one question of each kind.

use super::Counted;
use super::count;
use super::poll::Poll;
use crate::finding::Log;
use crate::model::{Answer, Answers, Channel, Consultation, Naming, Pick, Respondents, Response, Site};
use crate::read;
use crate::source::{Origin, Snapshot};
use jiff::civil::{Date, date};
use std::sync::LazyLock;

/// A day on which it is open.
pub(super) const OPEN: Date = date(2026, 2, 10);
/// A day after it has closed.
pub(super) const CLOSED: Date = date(2026, 4, 1);

const FILES: &[(&str, &str)] = &[
    ("data/site.yaml", "title: T\nlanguages: [sv]\n"),
    (
        "data/places.yaml",
        "places:
  - { code: '18', name: Länet, level: county }
  - { code: '1', name: Ett, level: municipality, parent: '18' }
  - { code: '2', name: Två, level: municipality, parent: '18' }
  - { code: '3', name: Tre, level: municipality, parent: '18' }
  - { code: '4', name: Fyra, level: municipality, parent: '18' }
",
    ),
    (
        "data/indicators/invanare.yaml",
        "name: Invånare
definition: Folkbokförda.
unit: { kind: number }
better: neither
source: { publisher: Ingen, licence: CC0 }
values:
  '18': { 2024: 1000 }
  '1': { 2023: 90, 2024: 100 }
  '2': { 2024: 200 }
  '3': { 2024: 300 }
  '4': { 2024: 400 }
",
    ),
    (
        "data/codebooks/bok.yaml",
        "clusters:
  - { id: a, name: A, question: saknas, themes: [ { id: vatten, name: V }, { id: luft, name: L } ] }
",
    ),
    (
        "data/surveys/enkat.yaml",
        "title: Enkät
description: D
respondents: bodies
invited:
  - { name: Kommuner, bodies: [ { place: '1' }, { place: '2' }, { place: '3' }, { place: '4' } ] }
  - { name: Myndigheter, bodies: [ { id: lst, name: Länsstyrelsen } ] }
open_to_all: true
dates: { opens: 2026-02-02, closes: 2026-03-17 }
channels: { file: true }
publication: { bodies: named }
population: invanare
breakdowns: [storlek]
codebook: bok
questionnaire:
  version: '2'
  steps:
    - title: S
      questions:
        - { id: storlek, kind: choice, text: Q, options: [ { id: stad, text: S }, { id: land, text: L } ] }
        - id: grad
          kind: scale
          text: Q
          formerly: [betyg]
          scale: { polarity: bipolar, no_opinion: Vet ej, points: [ { id: '1', text: a }, { id: '2', text: b } ] }
        - { id: hinder, kind: choices, text: Q, other: true, options: [ { id: a, text: A }, { id: b, text: B } ] }
        - { id: riktning, kind: direction, text: Q, items: [ { id: x, text: X }, { id: y, text: Y } ] }
        - { id: ordning, kind: ranking, text: Q, items: [ { id: x, text: X }, { id: y, text: Y }, { id: z, text: Z } ] }
        - { id: poang, kind: points, text: Q, total: 10, items: [ { id: x, text: X }, { id: y, text: Y } ] }
        - { id: antal, kind: number, text: Q }
        - { id: saknas, kind: text, text: Q }
  earlier:
    - version: '1'
      steps:
        - title: S
          questions:
            - id: betyg
              kind: scale
              text: Q
              scale: { polarity: bipolar, no_opinion: Vet ej, points: [ { id: '1', text: a }, { id: '2', text: b } ] }
            - { id: riktning, kind: direction, text: Q, items: [ { id: x, text: X } ] }
",
    ),
];

/// Positions of its questions.
pub(super) const SIZE: usize = 0;
pub(super) const DEGREE: usize = 1;
pub(super) const OBSTACLES: usize = 2;
pub(super) const DIRECTION: usize = 3;
pub(super) const ORDER: usize = 4;
pub(super) const POINTS: usize = 5;
pub(super) const NUMBER: usize = 6;
pub(super) const MISSING: usize = 7;

/// The site with the survey as its only consultation.
pub(super) fn site() -> Site {
    SITE.clone()
}

static SITE: LazyLock<Site> = LazyLock::new(read_site);

fn read_site() -> Site {
    let mut snapshot = Snapshot::default();
    for (path, text) in FILES {
        snapshot.insert(path, text.as_bytes().to_vec());
    }
    let log = Log::default();
    let site = read::site(&snapshot, &log).expect("a site");
    let findings = read::findings(log);
    assert!(findings.is_empty(), "{findings:?}");
    site
}

/// The survey.
pub(super) fn consultation() -> Consultation {
    site().consultations.remove(0)
}

/// The survey, asked of persons.
pub(super) fn persons(minimum: u32, interim: Option<u32>) -> Consultation {
    let mut consultation = consultation();
    consultation.respondents = Respondents::Persons;
    consultation.invited.clear();
    consultation.population = None;
    (consultation.publication.minimum, consultation.publication.interim) = (Some(minimum), interim);
    consultation
}

/// A response of nobody in particular, with answers by position of the question.
pub(super) fn response(id: &str, received: u32, by_position: Vec<(usize, Answer)>) -> Response {
    let mut answers = vec![None; 8];
    for (at, answer) in by_position {
        answers[at] = Some(answer);
    }
    Response {
        id: id.to_owned(),
        version: "2".to_owned(),
        channel: Channel::File,
        submitted: None,
        received,
        replaced: None,
        body: None,
        decision: None,
        naming: Naming::Named,
        meeting: String::new(),
        meeting_date: String::new(),
        participants: None,
        answers,
        origin: Origin::file(&"answers/enkat/responses.jsonl".into()),
    }
}

/// A body's response to the scale.
pub(super) fn degree(body: &str, received: u32, point: u16) -> Response {
    let answer = Answer::One(Pick::Option(point));
    Response {
        body: Some(body.to_owned()),
        ..response(&format!("r{received}"), received, vec![(DEGREE, answer)])
    }
}

/// Counts these responses on this day.
pub(super) fn count(consultation: Consultation, responses: Vec<Response>, today: Date) -> Counted {
    let answers = Answers {
        consultation: consultation.id.clone(),
        responses,
        ..Answers::default()
    };
    count_answers(consultation, &answers, today)
}

/// Counts these answers on this day.
pub(super) fn count_answers(consultation: Consultation, answers: &Answers, today: Date) -> Counted {
    let mut site = site();
    site.consultations = vec![consultation];
    count::count(&Poll::new(&site, &site.consultations[0], answers), today)
}
