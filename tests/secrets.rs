//! Suppression, attacked from what is published: the pages, pictures and files of whole builds.
//!
//! The attacker (`support/attacker.rs`) shares nothing with the code that protects. He must not be able to pin a hidden
//! number of persons narrower than the rule says, over all publications; where two sets of answers are published with the
//! same tables, no byte of any file may tell them apart; and what people have written about themselves stands nowhere.

#![expect(clippy::disallowed_methods, reason = "reads the first site's answers")]

#[path = "support/attacker.rs"]
mod attacker;
mod support;

use attacker::{Attacker, Key, REST, Table, Wanted, key, table};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use support::{Tree, options, path, tree};
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::finding::Log;
use utsikt::page::BuildOptions;
use utsikt::read;
use utsikt::source::Snapshot;

const OPEN: Date = date(2026, 3, 10);
const CLOSED: Date = date(2026, 11, 23);
const SITE: &[u8] =
    b"title: Prov\nperiod: { from: 2017, to: 2024 }\nhome: \"18\"\ncountry: \"00\"\nnavigation: [index]\n";
const PAGE: &[u8] = b"---\ntitle: Start\nlayout: front\n---\nHej.\n";

/// A small consultation of persons: results while it is open, and a breakdown.
const SMALL: &[u8] = b"
title: Prov
description: Prov.
respondents: persons
open_to_all: true
dates: { opens: 2026-02-02, closes: 2026-03-17, results: 2026-05-04, decision: 2026-09-01 }
publication: { bodies: none, minimum: 3, interim: 6 }
breakdowns: [bor]
codebook: bok
questionnaire:
  version: '1'
  steps:
    - title: Ett
      questions:
        - { id: bor, kind: choice, text: Var bor du?, options: [ { id: stad, text: Stad }, { id: land, text: Land } ] }
        - { id: val, kind: choice, text: Vad?, other: true, options: [ { id: a, text: A }, { id: b, text: B }, { id: c, text: C } ] }
        - { id: flera, kind: choices, text: Vilka?, options: [ { id: a, text: A }, { id: b, text: B } ] }
        - { id: fritt, kind: text, text: Skriv! }
";
const CODEBOOK: &[u8] = b"
description: Prov.
clusters:
  - { id: grupp, name: Grupp, meaning: Prov., question: fritt, themes: [ { id: tema, name: Tema, definition: Prov. } ] }
";

/// Responses as a journal holds them.
#[derive(Clone, Default)]
struct Journal {
    consultation: &'static str,
    lines: Vec<Value>,
    /// Response and theme.
    themes: Vec<(String, String)>,
    several: Vec<&'static str>,
}

impl Journal {
    /// How many of the first so many gave this answer: counted by hand, as an attacker would wish to.
    fn count(&self, key: &Key, lines: usize) -> i64 {
        let [question, item, answer, by, group] = key;
        let own = |line: &&Value| {
            let option = |id: &str| line["answers"][id]["option"].as_str();
            let is_in = by.is_empty() || option(by) == Some(group) || group == REST && option(by).is_none();
            is_in && self.gave(line, question, item, answer)
        };
        i64::try_from(self.lines[..lines].iter().filter(own).count()).expect("few")
    }

    fn gave(&self, line: &Value, question: &str, item: &str, answer: &str) -> bool {
        let said = &line["answers"][question];
        let row = said["rows"][item].as_str();
        let no_opinion = row == Some("no-opinion") || said["no_opinion"] == true;
        let chosen = row.or(said["option"].as_str()).filter(|_| !no_opinion);
        let answered = chosen.is_some()
            || ["other", "text"].iter().any(|kind| said[kind].is_string())
            || said["options"].as_array().is_some_and(|all| !all.is_empty());
        match answer {
            "_n" => answered,
            "_no_opinion" => no_opinion,
            "_unanswered" => !answered && !no_opinion,
            "_other" => said["other"].is_string(),
            "_theme" => self
                .themes
                .contains(&(line["response"].as_str().unwrap_or("").to_owned(), item.to_owned())),
            _ => {
                chosen == Some(answer)
                    || said["options"]
                        .as_array()
                        .is_some_and(|all| all.contains(&json!(answer)))
            }
        }
    }

    fn text(&self) -> String {
        self.lines
            .iter()
            .fold(String::new(), |text, line| text + &line.to_string() + "\n")
    }

    /// What is published of the first so many responses.
    fn published(&self, site: &Snapshot, lines: usize, today: Date) -> Tree {
        let mut snapshot = site.clone();
        let first = Journal {
            lines: self.lines[..lines].to_vec(),
            ..self.clone()
        };
        snapshot.insert(
            &format!("answers/{}/responses.jsonl", self.consultation),
            first.text().into_bytes(),
        );
        tree(&compile(&snapshot, &BuildOptions { today, ..options() }, &Cache::default()).outputs)
    }

    fn table(&self, output: &Tree) -> Option<Table> {
        let file = output.get(&format!("assets/data/{}-resultat.csv", self.consultation))?;
        Some(table(&String::from_utf8_lossy(file)))
    }

    /// What the attacker finds in publications that are made of the first so many responses each: numbers of too few
    /// that are known more closely than the rule allows.
    fn attacked(&self, publications: &[Table], minimum: i64) -> Vec<String> {
        let lines = |table: &Table| usize::try_from(table[&key("", "", "answered")].unwrap_or(0)).expect("few");
        let lines: Vec<usize> = publications.iter().map(lines).collect();
        let truth = |own: &Wanted| {
            let now = self.count(&own.key, lines[own.publication]);
            if own.growth {
                now - self.count(&own.key, lines[own.publication - 1])
            } else {
                now
            }
        };
        let attacker = Attacker::of(publications, &self.several);
        assert!(
            attacker.believes(&truth),
            "what is published is true, and the attacker's sums are"
        );
        let mut found = Vec::new();
        for wanted in attacker.wanted() {
            // What is written nowhere is a secret only of few; what is hidden is one in any case.
            let is_written = !wanted.growth && wanted.key[4] != REST;
            if !is_written && !(1..minimum).contains(&truth(wanted)) {
                continue;
            }
            let [question, item, answer, ..] = &wanted.key;
            if publications[wanted.publication][&key(question, item, answer)] == Some(0) {
                // That nobody at all gave this answer is no secret, so neither is that nobody of a group did.
                continue;
            }
            let (low, high) = attacker.interval(wanted, minimum, &truth);
            if high - low < minimum && low < minimum {
                found.push(format!(
                    "{wanted:?} is {} and known to be {low} to {high}",
                    truth(wanted)
                ));
            }
        }
        found
    }

    /// All numbers as they are, for a table with these places.
    fn bare(&self, like: &Table) -> Table {
        let own = |key: &Key| {
            if key[0].is_empty() {
                like[key]
            } else {
                Some(self.count(key, self.lines.len()))
            }
        };
        like.keys().map(|key| (key.clone(), own(key))).collect()
    }
}

/// A site of little more than a consultation, with the theme that readers see.
fn site(files: &[(&str, &[u8])]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    let places = given("tests/sites/base/data/places.yaml");
    let own = [
        ("data/places.yaml", &*places),
        ("data/site.yaml", SITE),
        ("content/index.md", PAGE),
    ];
    for (file, bytes) in own.into_iter().chain(files.iter().copied()) {
        snapshot.insert(file, bytes.to_vec());
    }
    "answers/".clone_into(&mut snapshot.answers);
    snapshot
}

fn given(file: &str) -> Vec<u8> {
    std::fs::read(path(file)).unwrap_or_else(|_| panic!("{file} can be read"))
}

fn small_site() -> Snapshot {
    site(&[
        ("data/consultations/prov.yaml", SMALL),
        ("data/codebooks/bok.yaml", CODEBOOK),
    ])
}

/// Made-up answers to the small consultation, others for every seed.
fn small_journal(seed: u32, responses: usize) -> Journal {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    let line = |number: usize| {
        let mut answers = json!({});
        if let Some(place) = ["stad", "stad", "stad", "land", "land"].get(next(6)) {
            answers["bor"] = json!({ "option": place });
        }
        match next(12) {
            at @ 0..8 => answers["val"] = json!({ "option": (["a", "a", "a", "a", "b", "b", "b", "c"][at]) }),
            8 => answers["val"] = json!({ "other": "annat" }),
            _ => {}
        }
        let several = [&[][..], &["a"], &["a"], &["a", "b"], &["b"]][next(5)];
        answers["flera"] = json!({ "options": several });
        json!({
            "format": "utsikt-response/1", "consultation": "prov", "version": "1", "response": format!("svar-{number:03}"),
            "channel": "form", "submitted": "2026-03-01", "naming": "none", "answers": answers,
        })
    };
    Journal {
        consultation: "prov",
        lines: (0..responses).map(line).collect(),
        several: vec!["flera"],
        ..Journal::default()
    }
}

/// The first site's example, without the rest of that site.
fn example() -> (Snapshot, Journal) {
    let name = "utvecklingsomraden-exempel";
    let mut snapshot = site(&[("data/areas.yaml", &given("data/areas.yaml"))]);
    for folder in ["consultations", "codebooks", "outcomes"] {
        let file = format!("data/{folder}/{name}.yaml");
        snapshot.insert(&file, given(&file));
    }
    for file in ["coding.csv", "quotes.yaml"] {
        snapshot.insert(
            &format!("answers/{name}/{file}"),
            given(&format!("data/answers/{name}/{file}")),
        );
    }
    let text = |file: &str| String::from_utf8(given(&format!("data/answers/{name}/{file}"))).expect("text");
    let lines = text("responses.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let coding = text("coding.csv");
    let rows: Vec<Vec<&str>> = coding.lines().skip(1).map(|row| row.split(',').collect()).collect();
    // An answer is under a theme where all who sorted it put it there.
    let put = |response: &str, theme: &str, coder: &str| {
        rows.iter()
            .any(|row| (row[0], row[2], row[3]) == (response, theme, coder))
    };
    let is_agreed = |row: &&Vec<&str>| {
        let mut others = rows.iter().filter(|other| other[0] == row[0]);
        others.all(|other| put(row[0], row[2], other[3]))
    };
    let themes = rows
        .iter()
        .filter(is_agreed)
        .map(|row| (row[0].to_owned(), row[2].to_owned()))
        .collect();
    (
        snapshot,
        Journal {
            consultation: "utvecklingsomraden-exempel",
            lines,
            themes,
            several: Vec::new(),
        },
    )
}

#[test]
fn hidden_numbers_of_the_example_cannot_be_worked_out() {
    let (site, mut journal) = example();
    // A meeting counts for itself, in tables of its own.
    let output = journal.published(&site, journal.lines.len(), CLOSED);
    journal.lines.retain(|line| line["meeting"].is_null());
    let table = journal.table(&output).expect("it has results");
    let hidden = table.values().filter(|number| number.is_none()).count();
    assert!(
        hidden > 10 && hidden < table.len(),
        "{hidden} of {} are hidden",
        table.len()
    );
    assert_eq!(journal.attacked(&[table], 5), Vec::<String>::new());
}

#[test]
fn hidden_numbers_cannot_be_worked_out_of_several_publications() {
    for seed in 0..3 {
        let (site, journal) = (small_site(), small_journal(seed, 26));
        let mut publications: Vec<Table> = Vec::new();
        let states = (1..=26).step_by(5).map(|lines| (lines, OPEN)).chain([(26, CLOSED)]);
        for (lines, today) in states {
            let output = journal.published(&site, lines, today);
            let Some(table) = journal
                .table(&output)
                .filter(|own| own[&key("", "", "answered")] > Some(0))
            else {
                continue;
            };
            if publications.last() != Some(&table) {
                publications.push(table);
            }
        }
        assert!(publications.len() > 2, "{} publications", publications.len());
        assert_eq!(journal.attacked(&publications, 3), Vec::<String>::new(), "seed {seed}");
    }
}

/// What the tests above would say if small numbers alone were hidden, or if one more were told.
#[test]
fn the_attacker_sees_what_is_badly_hidden() {
    let (site, journal) = (small_site(), small_journal(1, 24));
    let published = journal
        .table(&journal.published(&site, 24, CLOSED))
        .expect("it has results");
    let mut few = journal.bare(&published);
    for (key, number) in few.iter_mut().filter(|(key, _)| !key[0].is_empty()) {
        *number = number.filter(|number| !(1..3).contains(number));
        assert!(number.is_none() || key[3].is_empty() || published.contains_key(key));
    }
    assert!(!journal.attacked(&[few], 3).is_empty(), "small numbers alone do not do");
    let hidden: Vec<Key> = published
        .iter()
        .filter(|(_, number)| number.is_none())
        .map(|(key, _)| key.clone())
        .collect();
    let uncovers = |key: &Key| {
        let mut more = published.clone();
        more.insert(key.clone(), Some(journal.count(key, 24)));
        !journal.attacked(&[more], 3).is_empty()
    };
    assert!(hidden.iter().any(uncovers), "to tell another one gives some away");
}

/// Different answers that have the same tables also have the same pages, pictures and files.
#[test]
fn no_byte_depends_on_what_is_hidden() {
    const PEOPLE: usize = 9;
    let site = small_site();
    let mut seen: BTreeMap<String, Journal> = BTreeMap::new();
    let mut twins = 0;
    for seed in 0..400 {
        // The same people, who differ in one answer.
        let mut journal = small_journal(1, PEOPLE);
        let others = small_journal(seed, PEOPLE);
        for (line, other) in journal.lines.iter_mut().zip(others.lines) {
            line["answers"]["val"] = other["answers"]["val"].clone();
        }
        let mut snapshot = site.clone();
        snapshot.insert("answers/prov/responses.jsonl", journal.text().into_bytes());
        let log = Log::default();
        let read = read::site(&snapshot, &log).expect("it is a site");
        let published = utsikt::survey::all(&read, &read::answers(&read, &snapshot, &log), CLOSED);
        let results: Vec<_> = published.into_iter().map(|published| published.results).collect();
        let told = format!("{:?}", results[0].questions);
        let Some(other) = seen.get(&told) else {
            seen.insert(told, journal);
            continue;
        };
        let output = journal.published(&site, PEOPLE, CLOSED);
        let table = journal.table(&output).expect("results");
        let differs = table
            .iter()
            .any(|(key, number)| number.is_none() && journal.count(key, PEOPLE) != other.count(key, PEOPLE));
        if differs && table.values().filter(|number| number.is_some()).count() > 12 {
            assert_eq!(
                support::differences(&other.published(&site, PEOPLE, CLOSED), &output),
                Vec::<String>::new()
            );
            twins += 1;
        }
        if twins == 3 {
            return;
        }
    }
    panic!("only {twins} pairs of journals with the same tables");
}

/// Words that must stand nowhere: each a canary of its own.
#[test]
fn what_people_write_about_themselves_is_in_no_file() {
    let mut journal = small_journal(1, 26);
    let mut secrets = vec![
        "HEMLIG-KODARE".to_owned(),
        "HEMLIG-NOTERING".to_owned(),
        "HEMLIG-ORSAK".to_owned(),
    ];
    for (line, number) in journal.lines.iter_mut().zip(0..) {
        let mut secret = |kind: &str| {
            secrets.push(format!("HEMLIG-{kind}-{number:03}"));
            secrets.last().cloned().expect("it was put there")
        };
        line["response"] = json!(secret("id"));
        line["respondent"] = json!({
            "other": secret("vem"), "code": secret("kod"), "name": secret("namn"), "role": secret("roll"),
            "email": format!("{}@example.org", secret("post")), "phone": secret("telefon"),
        });
        line["decision"] = json!({ "body": secret("organ"), "date": "2026-03-01", "paragraph": secret("paragraf") });
        line["answers"]["fritt"] = json!({ "text": secret("text") });
        line["answers"]["val"] = json!({ "other": secret("annat") });
        line["unmatched"] = json!({ "fritt": secret("oläst") });
        line["answers"]["borta"] = json!({ "text": secret("borta") });
    }
    let mut site = small_site();
    let mut coding = String::from("response,question,theme,coder,note\n");
    for number in 0..26 {
        let _ = writeln!(coding, "HEMLIG-id-{number:03},fritt,tema,HEMLIG-KODARE,HEMLIG-NOTERING");
    }
    let quote = |number: u32, approved: bool| {
        format!(
            "  - {{ response: HEMLIG-id-{number:03}, question: fritt, theme: tema, text: HEMLIG-text-{number:03}, approved: {approved}, naming: named, reason: HEMLIG-ORSAK }}\n"
        )
    };
    for (file, text) in [
        ("coding.csv", coding),
        ("quotes.yaml", format!("quotes:\n{}{}", quote(3, true), quote(4, false))),
        (
            "rulings.yaml",
            "withdrawn: [ { response: HEMLIG-id-025, reason: HEMLIG-ORSAK } ]\n".to_owned(),
        ),
        ("codes.csv", "body,code\n1880,HEMLIG-kod-000\n".to_owned()),
        ("import.log", "HEMLIG-namn-000\n".to_owned()),
    ] {
        site.insert(&format!("answers/prov/{file}"), text.into_bytes());
    }
    let output = journal.published(&site, 26, CLOSED);
    let told = |secret: &str| {
        let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|own| own == secret.as_bytes());
        output
            .iter()
            .find(|(route, bytes)| route.contains(secret) || holds(bytes))
            .map(|(route, _)| route.clone())
    };
    assert!(
        told("HEMLIG-text-003").is_some(),
        "an approved quote is shown, so the others could be"
    );
    for secret in secrets
        .iter()
        .filter(|own| *own != "HEMLIG-text-003" && *own != "HEMLIG-ORSAK")
    {
        assert_eq!(told(secret), None, "{secret}");
    }
}
