//! What has a day is not published before it, and is on that day: no file of the whole site holds a word of it.

mod support;

use jiff::civil::{Date, date};
use support::{Tree, options, path, tree};
use utsikt::cache::Cache;
use utsikt::compile::{Outcome, compile};
use utsikt::page::BuildOptions;
use utsikt::source::Snapshot;

/// A word that stands in one thing, and the day of that.
const WORDS: [(&str, Date); 8] = [
    ("Hemligcitat", date(2026, 5, 4)),
    ("Hemligtema", date(2026, 5, 4)),
    ("Hemligbedömd tidigt", date(2026, 8, 1)),
    ("Hemligbedömd sedan", date(2026, 9, 1)),
    ("Hemligsammanfattning", date(2026, 9, 1)),
    ("Hemligståndpunkt", date(2026, 9, 1)),
    ("Hemligändring", date(2026, 9, 1)),
    ("Hemlignyhet", date(2026, 10, 1)),
];

fn site() -> Snapshot {
    support::laid_over(&path("tests/sites/base"), &path("tests/embargo"))
}

fn built(snapshot: &Snapshot, today: Date) -> Outcome {
    compile(snapshot, &BuildOptions { today, ..options() }, &Cache::default())
}

/// The files that hold these words.
fn files_with(outputs: &Tree, words: &str) -> Vec<String> {
    let has = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(words);
    let files = outputs.iter().filter(|(_, bytes)| has(bytes));
    files.map(|(route, _)| route.clone()).collect()
}

#[test]
fn nothing_goes_out_before_its_day() {
    let snapshot = site();
    let mut days: Vec<Date> = WORDS
        .iter()
        .flat_map(|(_, day)| [day.yesterday().unwrap(), *day])
        .collect();
    days.extend([date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 17), date(2026, 3, 18)]);
    for today in days {
        let outputs = tree(&built(&snapshot, today).outputs);
        for (words, day) in WORDS {
            let files = files_with(&outputs, words);
            assert_eq!(files.is_empty(), today < day, "{words} on {today}: {files:?}");
        }
        let has_results = outputs.contains_key("assets/data/prov-resultat.csv");
        assert_eq!(has_results, today >= date(2026, 5, 4), "results on {today}");
    }
}

#[test]
fn the_program_says_when_something_is_due() {
    let snapshot = site();
    let mut today = date(2026, 1, 1);
    let mut days = Vec::new();
    while let Some(rebuild) = built(&snapshot, today).rebuild {
        today = rebuild.day;
        days.push(today.to_string());
    }
    let expected = [
        "2026-02-02",
        "2026-03-18",
        "2026-05-04",
        "2026-08-01",
        "2026-09-01",
        "2026-10-01",
    ];
    assert_eq!(days, expected);
}

#[test]
fn an_officer_sees_it_beforehand_on_pages_that_say_so() {
    let early = BuildOptions {
        today: date(2026, 3, 20),
        embargoed: true,
        ..options()
    };
    let outputs = tree(&compile(&site(), &early, &Cache::default()).outputs);
    for (words, _) in WORDS {
        assert!(!files_with(&outputs, words).is_empty(), "{words}");
    }
    let pages = outputs.keys().filter(|route| route.strip_suffix(".html").is_some());
    let marked = files_with(&outputs, "Visa det inte för andra");
    assert_eq!(marked, pages.cloned().collect::<Vec<_>>());
}

#[test]
fn a_stated_day_of_publication_goes_before_that_of_the_decision() {
    let mut snapshot = site();
    let file = "data/outcomes/prov.yaml";
    let text = snapshot.find(file).expect("the replies").bytes.to_vec();
    snapshot.insert(file, [b"published: 2026-06-01\n", &text[..]].concat());
    for (today, is_out) in [(date(2026, 5, 31), false), (date(2026, 6, 1), true)] {
        let outputs = tree(&built(&snapshot, today).outputs);
        assert_eq!(
            !files_with(&outputs, "Hemligsammanfattning").is_empty(),
            is_out,
            "{today}"
        );
    }
}

/// The site, with other days for its consultation.
fn with_dates(dates: &str) -> Snapshot {
    let mut snapshot = site();
    let file = "data/consultations/prov.yaml";
    let text = String::from_utf8(snapshot.find(file).expect("it is there").bytes.to_vec()).expect("text");
    let lines = text.lines().map(|line| {
        if line.starts_with("dates:") {
            format!("dates: {dates}")
        } else {
            line.to_owned()
        }
    });
    snapshot.insert(file, lines.collect::<Vec<_>>().join("\n").into_bytes());
    snapshot
}

#[test]
fn a_withdrawn_consultation_says_so_and_reports_no_answers() {
    let snapshot = with_dates(
        "{ opens: 2026-02-02, closes: 2026-03-17, withdrawn: { on: 2026-03-05, reason: Remissen görs om. } }",
    );
    let outputs = tree(&built(&snapshot, date(2026, 6, 1)).outputs);
    assert!(!outputs.contains_key("assets/data/prov-resultat.csv"));
    assert!(!files_with(&outputs, "Remissen görs om.").is_empty());
    assert!(files_with(&outputs, "Svaren bearbetas").is_empty());
    assert!(files_with(&outputs, "Hemligcitat").is_empty());
}

#[test]
fn a_paused_consultation_cannot_be_answered() {
    let snapshot = with_dates(
        "{ opens: 2026-02-02, closes: 2026-03-17, pauses: [ { from: 2026-02-10, to: 2026-02-12, reason: Ett fel i frågorna. } ] }",
    );
    for (today, is_paused) in [
        (date(2026, 2, 9), false),
        (date(2026, 2, 10), true),
        (date(2026, 2, 12), true),
        (date(2026, 2, 13), false),
    ] {
        let outputs = tree(&built(&snapshot, today).outputs);
        assert_eq!(
            !files_with(&outputs, "Ett fel i frågorna.").is_empty(),
            is_paused,
            "{today}"
        );
        assert_eq!(files_with(&outputs, "<form").is_empty(), is_paused, "{today}");
    }
}
