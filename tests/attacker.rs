//! An attacker with a pencil and patience: what is published of persons, build after build, must not tell of too few.
//!
//! He shares nothing with the code that protects. He reads the published files, and asks an integer programme over whole
//! people how many could have answered each thing: a person is one combination of answers, who was there at some of the
//! publications. He even knows how many came, went and stayed. What is promised: each number that is not shown could be any
//! of a range at least as wide as the minimum, or is surely as large, or is nobody.
//!
//! `tests/run attacker` tries 500 surveys.

#![expect(clippy::disallowed_methods, reason = "asks how many surveys to try")]
#![expect(clippy::print_stdout, reason = "says how much was tried")]

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::finding::has_errors;
use utsikt::page::BuildOptions;
use utsikt::source::Snapshot;

/// How many surveys are tried when nobody says otherwise.
const SURVEYS: u64 = 8;

/// Answers of one person: where he lives, his sex, and which of two things he wants. `None`: not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Person {
    ort: Option<usize>,
    kon: Option<usize>,
    vill: [bool; 2],
}

/// A number of a published file: question, answer, by, group.
type Key = [String; 4];

/// What a file tells: numbers, and those that are hidden.
type Published = BTreeMap<Key, Option<i64>>;

/// A fixed sequence of numbers without pattern.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn position(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let found = left < *weight;
                left = left.saturating_sub(*weight);
                found
            })
            .unwrap_or(0)
    }

    fn person(&mut self) -> Person {
        let ort = self.position(&[8, 5, 2, 1]);
        // Where one lives and one's sex go together in part, so that some combinations are rare.
        let kon = self.position(&if ort == 0 { [6, 3, 1] } else { [2, 7, 1] });
        Person {
            ort: (ort < 3).then_some(ort),
            kon: (kon < 2).then_some(kon),
            vill: [self.below(3) > 0, self.below(4) == 0],
        }
    }
}

impl Person {
    /// Every person there could be.
    fn all() -> Vec<Person> {
        let mut all = Vec::new();
        for ort in [None, Some(0), Some(1), Some(2)] {
            for kon in [None, Some(0), Some(1)] {
                for vill in [[false, false], [true, false], [false, true], [true, true]] {
                    all.push(Person { ort, kon, vill });
                }
            }
        }
        all
    }

    fn line(self, id: usize) -> String {
        let mut answers = Vec::new();
        answers.extend(self.ort.map(|at| format!(r#""ort":{{"option":"o{at}"}}"#)));
        answers.extend(self.kon.map(|at| format!(r#""kon":{{"option":"k{at}"}}"#)));
        let chosen: Vec<String> = (0..2)
            .filter(|at| self.vill[*at])
            .map(|at| format!(r#""v{at}""#))
            .collect();
        if !chosen.is_empty() {
            answers.push(format!(r#""vill":{{"options":[{}]}}"#, chosen.join(",")));
        }
        format!(
            r#"{{"format":"utsikt-response/1","consultation":"prov","version":"1","response":"p{id}","channel":"form","submitted":"2026-03-01","naming":"none","answers":{{{}}}}}"#,
            answers.join(",")
        ) + "\n"
    }

    /// Whether the person is one of those that a number counts.
    fn counts(self, [question, answer, by, group]: &Key) -> bool {
        self.answers(question, answer) && (by.is_empty() || self.answers(by, group))
    }

    fn answers(self, question: &str, answer: &str) -> bool {
        let chosen: Vec<String> = match question {
            "ort" => self.ort.iter().map(|at| format!("o{at}")).collect(),
            "kon" => self.kon.iter().map(|at| format!("k{at}")).collect(),
            "vill" => (0..2).filter(|at| self.vill[*at]).map(|at| format!("v{at}")).collect(),
            _ => return answer == "answered",
        };
        match answer {
            "_n" => !chosen.is_empty(),
            "_unanswered" => chosen.is_empty(),
            _ => chosen.iter().any(|option| option == answer),
        }
    }
}

/// A journal at one time: who stands in it, by id.
type Journal = BTreeMap<usize, Person>;

/// The publications of a site that is built once for each of these journals, and what it holds then.
fn publish(minimum: u64, interim: bool, journals: &[Journal]) -> Vec<(Published, Journal)> {
    let mut ledger = String::new();
    let mut published: Vec<(Published, Journal)> = Vec::new();
    for (at, journal) in journals.iter().enumerate() {
        let mut site = site(minimum, interim);
        let lines: String = journal.iter().map(|(id, person)| person.line(*id)).collect();
        site.insert("answers/prov/responses.jsonl", lines.into_bytes());
        site.insert("answers/prov/published.jsonl", ledger.clone().into_bytes());
        let is_open = interim && at + 1 < journals.len();
        let options = BuildOptions {
            today: if is_open {
                jiff::civil::date(2026, 3, 10)
            } else {
                jiff::civil::date(2026, 11, 23)
            },
            base_url: None,
            drafts: false,
            embargoed: false,
            release: false,
        };
        let outcome = compile(&site, &options, &Cache::default());
        assert!(!has_errors(&outcome.findings), "{:?}", outcome.findings);
        let file = outcome
            .outputs
            .iter()
            .find(|output| output.route == "assets/data/prov-resultat.csv");
        let text = file.map(|file| String::from_utf8(file.bytes.to_vec()).expect("text"));
        ledger.extend(outcome.published.into_iter().map(|(_, line)| line));
        let numbers = text.as_deref().map(read).unwrap_or_default();
        if numbers.len() > 2 && published.last().is_none_or(|(last, _)| *last != numbers) {
            published.push((numbers, journal.clone()));
        }
    }
    published
}

/// The numbers of a published file.
fn read(text: &str) -> Published {
    let mut numbers = Published::new();
    for row in text.trim_start_matches('\u{feff}').lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        if fields[2] == "uninvited" {
            continue;
        }
        let key = [fields[0], fields[2], fields[3], fields[4]].map(ToOwned::to_owned);
        numbers.insert(key, fields[5].parse().ok());
    }
    numbers
}

fn site(minimum: u64, interim: bool) -> Snapshot {
    let mut site = Snapshot::default();
    let interim = if interim {
        format!(", interim: {minimum}")
    } else {
        String::new()
    };
    let consultation = format!(
        "title: Prov
description: Prov.
respondents: persons
open_to_all: true
sample: false
dates: {{ opens: 2026-02-02, closes: 2026-03-17 }}
publication: {{ bodies: none, minimum: {minimum}{interim} }}
breakdowns: [ort, kon]
questionnaire:
  version: '1'
  steps:
    - title: Ett
      questions:
        - {{ id: ort, kind: choice, text: Q, options: [ {{ id: o0, text: A }}, {{ id: o1, text: B }}, {{ id: o2, text: C }} ] }}
        - {{ id: kon, kind: choice, text: Q, options: [ {{ id: k0, text: A }}, {{ id: k1, text: B }} ] }}
        - {{ id: vill, kind: choices, text: Q, options: [ {{ id: v0, text: A }}, {{ id: v1, text: B }} ] }}
"
    );
    for (path, text) in [
        ("content/index.md", "---\ntitle: T\nlayout: front\n---\nHej.\n"),
        ("data/site.yaml", "title: T\nnavigation: [index]\nhome: '18'\n"),
        (
            "data/places.yaml",
            "places:\n  - { code: '18', name: L, level: county }\n",
        ),
        ("data/consultations/prov.yaml", consultation.as_str()),
    ] {
        site.insert(path, text.as_bytes().to_vec());
    }
    site.answers_outside = true;
    site
}

/// Everything that several publications tell, as whole people.
struct Attack<'a> {
    published: &'a [(Published, Journal)],
    /// By number, which of all people there could be it counts.
    counted: BTreeMap<&'a Key, Vec<bool>>,
    /// How many people were there at which publications, as bits.
    presence: Vec<(usize, i64)>,
}

/// A sum over publications of a number, and the values it is known to be able to have.
struct Wanted<'a> {
    key: &'a Key,
    weights: Vec<(usize, f64)>,
    low: f64,
    high: f64,
}

/// How many of each kind of people there are, by presence.
struct Answers {
    objective: f64,
    /// By presence, then by person.
    numbers: Vec<Vec<f64>>,
    are_whole: bool,
}

impl<'a> Attack<'a> {
    fn new(published: &'a [(Published, Journal)]) -> Attack<'a> {
        let mut presence: BTreeMap<usize, i64> = BTreeMap::new();
        let everyone: BTreeSet<(usize, Person)> = published
            .iter()
            .flat_map(|(_, journal)| journal.iter().map(|(id, person)| (*id, *person)))
            .collect();
        for (id, person) in everyone {
            let bits = published
                .iter()
                .enumerate()
                .map(|(at, (_, journal))| usize::from(journal.get(&id) == Some(&person)) << at);
            *presence.entry(bits.sum()).or_default() += 1;
        }
        let people = Person::all();
        let keys = published.iter().flat_map(|(numbers, _)| numbers.keys());
        let counted = keys.map(|key| (key, people.iter().map(|person| person.counts(key)).collect()));
        Attack {
            published,
            counted: counted.collect(),
            presence: presence.into_iter().collect(),
        }
    }

    /// What a person who was there at these publications adds to a sum.
    fn weight(weights: &[(usize, f64)], bits: usize) -> f64 {
        let there = weights.iter().filter(|(at, _)| bits >> at & 1 == 1);
        there.map(|(_, weight)| weight).sum()
    }

    /// Answers with which the sum is the least or the most that it can be; `None`: too hard to say.
    fn extreme(&self, wanted: &Wanted, direction: OptimizationDirection, whole: bool) -> Option<Answers> {
        let mut problem = Problem::new(direction);
        let mut variables: Vec<Vec<Variable>> = Vec::new();
        let counts = &self.counted[wanted.key];
        for (bits, size) in &self.presence {
            let size = i32::try_from(*size).ok()?;
            let weight = Self::weight(&wanted.weights, *bits);
            let gains = counts.iter().map(|counts| if *counts { weight } else { 0.0 });
            let group: Vec<Variable> = gains
                .map(|gain| {
                    if whole {
                        problem.add_integer_var(gain, (0, size))
                    } else {
                        problem.add_var(gain, (0.0, f64::from(size)))
                    }
                })
                .collect();
            let all: Vec<(Variable, f64)> = group.iter().map(|variable| (*variable, 1.0)).collect();
            problem.add_constraint(all.as_slice(), ComparisonOp::Eq, f64::from(size));
            variables.push(group);
        }
        for (at, (numbers, _)) in self.published.iter().enumerate() {
            for (key, number) in numbers {
                let Some(number) = number else { continue };
                let there = self
                    .presence
                    .iter()
                    .zip(&variables)
                    .filter(|((bits, _), _)| bits >> at & 1 == 1);
                let parts: Vec<(Variable, f64)> = there
                    .flat_map(|(_, group)| group.iter().zip(&self.counted[key]))
                    .filter(|(_, counts)| **counts)
                    .map(|(variable, _)| (*variable, 1.0))
                    .collect();
                #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
                problem.add_constraint(parts.as_slice(), ComparisonOp::Eq, *number as f64);
            }
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(300);
        let outcome = problem.solve_with(options).ok()?;
        let solution = outcome.is_optimal().then_some(outcome)?.into_solution().ok()?;
        let numbers: Vec<Vec<f64>> = variables
            .iter()
            .map(|group| group.iter().map(|variable| solution.var_value(*variable)).collect())
            .collect();
        let is_whole = |number: &f64| (number - number.round()).abs() < 1e-6;
        Some(Answers {
            objective: solution.objective(),
            are_whole: numbers.iter().flatten().all(is_whole),
            numbers,
        })
    }

    /// What a sum is if these are the answers.
    fn sum(&self, wanted: &Wanted, answers: &Answers) -> f64 {
        let counts = &self.counted[wanted.key];
        let of_group = |((bits, _), group): (&(usize, i64), &Vec<f64>)| {
            let counted = group.iter().zip(counts).filter(|(_, counts)| **counts);
            Self::weight(&wanted.weights, *bits) * counted.map(|(number, _)| number).sum::<f64>()
        };
        self.presence
            .iter()
            .zip(&answers.numbers)
            .map(of_group)
            .sum::<f64>()
            .round()
    }

    /// The range of a sum, narrowed as far as is needed to tell whether it is as wide as the minimum; and whole answers found
    /// on the way.
    fn range(&self, wanted: &Wanted, minimum: f64) -> Option<(f64, f64, Vec<Answers>)> {
        use OptimizationDirection::{Maximize, Minimize};
        let lowest = self.extreme(wanted, Minimize, false)?;
        let highest = self.extreme(wanted, Maximize, false)?;
        let (mut low, mut high) = ((lowest.objective - 1e-6).ceil(), (highest.objective + 1e-6).floor());
        let mut found = Vec::new();
        // Whole people are looked for only where fractions of them would do better.
        for (answers, direction) in [(lowest, Minimize), (highest, Maximize)] {
            let answers = if answers.are_whole || is_narrow(low, high, minimum) {
                Some(answers)
            } else {
                self.extreme(wanted, direction, true)
            };
            let Some(answers) = answers.filter(|answers| answers.are_whole) else {
                continue;
            };
            match direction {
                Minimize => low = answers.objective.round(),
                Maximize => high = answers.objective.round(),
            }
            found.push(answers);
        }
        Some((low, high, found))
    }

    /// Every sum that must not be known too closely, with the value it has.
    fn wanted(&self) -> Vec<Wanted<'a>> {
        let mut all = Vec::new();
        for (at, (numbers, _)) in self.published.iter().enumerate() {
            for (key, number) in numbers {
                let growth = (0..at).map(|then| vec![(at, 1.0), (then, -1.0)]);
                let own = number.is_none().then(|| vec![(at, 1.0)]);
                for weights in own.into_iter().chain(growth) {
                    let count = |at: usize| {
                        self.published[at]
                            .1
                            .values()
                            .filter(|person| person.counts(key))
                            .count()
                    };
                    #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
                    let value = weights.iter().map(|(at, weight)| weight * count(*at) as f64).sum();
                    all.push(Wanted {
                        key,
                        weights,
                        low: value,
                        high: value,
                    });
                }
            }
        }
        all
    }

    /// Numbers that are known too closely.
    fn leaks(&self, minimum: u64) -> Vec<String> {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let minimum = minimum as f64;
        let (mut leaks, mut wanted) = (Vec::new(), self.wanted());
        for at in 0..wanted.len() {
            if wanted[at].high - wanted[at].low >= minimum {
                continue;
            }
            let Some((low, high, found)) = self.range(&wanted[at], minimum) else {
                continue;
            };
            if is_narrow(low, high, minimum) {
                let Wanted { key, weights, .. } = &wanted[at];
                leaks.push(format!("{key:?} at {weights:?}: {low} to {high}"));
            }
            // Whole answers with which all that is published agrees show of other numbers too that they may be so.
            for answers in &found {
                for other in &mut wanted[at + 1..] {
                    let sum = self.sum(other, answers);
                    (other.low, other.high) = (other.low.min(sum), other.high.max(sum));
                }
            }
        }
        leaks
    }
}

fn is_narrow(low: f64, high: f64, minimum: f64) -> bool {
    let is_nobody = low == 0.0 && high == 0.0;
    high - low < minimum && low < minimum && high > -minimum && !is_nobody
}

/// The journals of a survey, one for each build, and whether results are shown while it is open.
fn history(seed: u64, draw: &mut Draw, minimum: usize) -> (Vec<Journal>, bool) {
    let size = 2 * minimum + usize::try_from(draw.below(16)).expect("small");
    let mut journal: Journal = (0..size).map(|id| (id, draw.person())).collect();
    let mut journals = vec![journal.clone()];
    let kind = seed % 4;
    for _ in 0..if kind == 0 { 0 } else { 2 } {
        let next = journal.keys().last().map_or(0, |last| last + 1);
        let new = match kind {
            // Batches while it is open; and answers that come late.
            1 => minimum + usize::try_from(draw.below(6)).expect("small"),
            _ => usize::try_from(draw.below(9)).expect("small"),
        };
        journal.extend((next..next + new).map(|id| (id, draw.person())));
        if kind > 1 {
            // Withdrawn, and answered anew.
            let first = *journal.keys().next().expect("somebody");
            if kind == 2 {
                journal.remove(&first);
            } else {
                journal.insert(first, draw.person());
            }
        }
        journals.push(journal.clone());
    }
    (journals, kind == 1)
}

/// What a survey tells: its leaks, how many numbers it shows, and in how many publications.
fn attacked(seed: u64) -> (Vec<String>, usize, usize) {
    let mut draw = Draw(seed.wrapping_mul(7919) + 17);
    let minimum = 3 + seed / 4 % 3;
    let (journals, interim) = history(seed, &mut draw, usize::try_from(minimum).expect("small"));
    let published = publish(minimum, interim, &journals);
    let shown = published.iter().flat_map(|(numbers, _)| numbers.values()).flatten();
    let leaks = Attack::new(&published).leaks(minimum).into_iter();
    let leaks = leaks.map(|leak| format!("survey {seed}, minimum {minimum}: {leak}"));
    (leaks.collect(), shown.count(), published.len())
}

#[test]
fn whole_people_tell_no_more_than_is_promised() {
    let surveys = std::env::var("SURVEYS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(SURVEYS);
    let all: Vec<_> = (0..surveys).into_par_iter().map(attacked).collect();
    let shown: usize = all.iter().map(|(_, shown, _)| shown).sum();
    let builds: usize = all.iter().map(|(_, _, builds)| builds).sum();
    let found: Vec<String> = all.into_iter().flat_map(|(leaks, ..)| leaks).collect();
    println!(
        "{surveys} surveys, {builds} publications, {shown} numbers shown, {} leaks",
        found.len()
    );
    assert!(
        shown > usize::try_from(surveys).expect("few") * 5,
        "something is shown: {shown} numbers in {builds} publications"
    );
    assert!(found.is_empty(), "{} leaks\n{}", found.len(), found.join("\n"));
}

/// Publishes a count of these people by sex, and by sex where they live, all but one number.
fn leaking(people: &Journal) -> Published {
    let mut numbers = Published::new();
    for (question, answers) in [
        ("ort", ["o0", "o1", "_unanswered"]),
        ("kon", ["k0", "k1", "_unanswered"]),
    ] {
        for answer in answers {
            let key = [question, answer, "", ""].map(ToOwned::to_owned);
            let count = people.values().filter(|person| person.counts(&key)).count();
            numbers.insert(key, i64::try_from(count).ok());
        }
    }
    numbers
}

#[test]
fn the_attacker_finds_a_number_that_is_left() {
    let people: Journal = (0..20)
        .map(|id| {
            (
                id,
                Person {
                    ort: Some(usize::from(id == 0)),
                    kon: Some(id % 2),
                    vill: [true, false],
                },
            )
        })
        .collect();
    let mut numbers = leaking(&people);
    let key = ["ort", "o1", "", ""].map(ToOwned::to_owned);
    numbers.insert(["ort", "o2", "", ""].map(ToOwned::to_owned), Some(0));
    numbers.insert(key, None);
    let published = [(numbers, people)];
    let leaks = Attack::new(&published).leaks(5);
    assert_eq!(leaks.len(), 1, "{leaks:?}");
    assert!(leaks[0].ends_with("1 to 1"), "{leaks:?}");
}

#[test]
fn the_attacker_finds_the_one_who_came_between() {
    let person = |id: usize| Person {
        ort: Some(id % 2),
        kon: Some(id % 2),
        vill: [true, false],
    };
    let before: Journal = (0..20).map(|id| (id, person(id))).collect();
    let after: Journal = (0..21).map(|id| (id, person(id))).collect();
    let published = [before, after].map(|people| (leaking(&people), people));
    let leaks = Attack::new(&published).leaks(5);
    assert!(
        leaks
            .iter()
            .any(|leak| leak.contains("\"o0\"") && leak.ends_with("1 to 1")),
        "{leaks:?}"
    );
}
