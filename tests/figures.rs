//! Published figures in every format: what series they become, and what is said of the rest.
//!
//! `tests/figures` holds files in the shape of each source; those with real figures are the sources' own, the others are
//! made up. `ACCEPT=1 cargo test --test figures` writes `tests/figures/expected`. Whatever bytes come, nothing panics
//! and every figure is accounted for.

#![expect(clippy::disallowed_methods, reason = "reads its own folder")]

mod support;

use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;
use support::path;
use utsikt::finding::print::{Format as Printed, print};
use utsikt::finding::{Language, Log, Messages};
use utsikt::import::figures::{self, Account, Choice, ChosenRole, Format, SiteContext, TableColumns};
use utsikt::model::Site;
use utsikt::read;
use utsikt::source::{Snapshot, SourceFile};

/// A site with the places of the country.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let mut snapshot = Snapshot::default();
    for file in ["data/places.yaml", "data/site.yaml"] {
        snapshot.insert(file, fs::read(path(file)).expect("a file of the site"));
    }
    read::site(&snapshot, &Log::default()).expect("a site")
});

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(Language::Sv));

/// Name of the sample, its format, the choices, and the names of special columns.
type Sample = (&'static str, Format, &'static [&'static str], TableColumns);

fn samples() -> Vec<Sample> {
    let none = TableColumns::default;
    let column = |value: &str, note: &str, sheet: &str| TableColumns {
        value: value.to_owned(),
        note: note.to_owned(),
        sheet: sheet.to_owned(),
        ..TableColumns::default()
    };
    vec![
        ("answer.kolada.json", Format::Kolada, &[], none()),
        ("old.kolada.json", Format::Kolada, &[], none()),
        ("dense.json", Format::JsonStat, &[], none()),
        ("sparse.json", Format::JsonStat, &[], none()),
        ("flags.jsonstat.json", Format::JsonStat, &[], none()),
        ("bundle.jsonstat.json", Format::JsonStat, &["time:läsår"], none()),
        ("wrapped.jsonstat.json", Format::JsonStat, &["time:läsår"], none()),
        ("answer.pxweb.json", Format::Pxweb, &[], none()),
        ("contents.pxweb.json", Format::Pxweb, &["ContentsCode=B"], none()),
        ("small.px", Format::Px, &[], none()),
        ("months.px", Format::Px, &[], none()),
        ("keys.px", Format::Px, &["ålder=20-64"], none()),
        ("wide.csv", Format::Csv, &["län=18"], none()),
        ("latin.csv", Format::Csv, &[], column("andel", "anm", "")),
        ("book.xlsx", Format::Xlsx, &["place:kommunkod"], column("", "", "Data")),
    ]
}

fn choice(words: &[&str]) -> Choice {
    let mut choice = Choice::default();
    for word in words {
        match word.split_once(':') {
            Some(("time", name)) => choice.roles.push((name.to_owned(), ChosenRole::Time)),
            Some(("place", name)) => choice.roles.push((name.to_owned(), ChosenRole::Place)),
            Some((_, name)) => choice.breakdown = Some(name.to_owned()),
            None => choice.wheres.push(figures::parse_where(word).expect("a choice")),
        }
    }
    choice
}

/// The series and the findings of these bytes, and the account.
fn imported(sample: &Sample, bytes: &[u8]) -> (String, Option<Account>) {
    let (name, format, words, columns) = sample;
    let mut snapshot = Snapshot::default();
    snapshot.insert(name, Vec::new());
    let file = SourceFile {
        path: (*name).into(),
        bytes: bytes.into(),
    };
    let log = Log::default();
    let mut text = String::new();
    let table = figures::read(*format, std::slice::from_ref(&file), columns, &log);
    let context = SiteContext {
        places: &SITE.places,
        language: "sv",
        path: &file.path,
    };
    let mapped = table
        .as_ref()
        .and_then(|table| figures::map(table, &choice(words), context, &log));
    if let (Some(table), Some(mapped)) = (&table, &mapped) {
        text.push_str(&figures::table(&mapped.rows, &SITE.places, figures::BREAKDOWN_COLUMN));
        let _ = write!(
            text,
            "\n{:?} {:?} {:?}\n{:#?}\n",
            mapped.kind, mapped.unit, mapped.decimals, table.facts
        );
    }
    let findings = read::locate(read::findings(log), &snapshot);
    text.push_str(&print(&findings, &MESSAGES, Printed::Human, false));
    (text, mapped.map(|mapped| mapped.account))
}

#[test]
fn every_sample_becomes_the_series_it_should() {
    for sample in samples() {
        let bytes = fs::read(path("tests/figures").join(sample.0)).expect("a sample");
        let (text, account) = imported(&sample, &bytes);
        support::expect_file(&path("tests/figures/expected").join(format!("{}.txt", sample.0)), &text);
        assert!(account.expect("it can be imported").is_balanced(), "{}", sample.0);
    }
}

#[test]
fn dense_and_sparse_give_the_same_series() {
    let sample = |name| samples().into_iter().find(|sample| sample.0 == name).expect("a sample");
    let series = |name| {
        let own = sample(name);
        let (text, _) = imported(&own, &fs::read(path("tests/figures").join(name)).expect("a sample"));
        text.split("\n\n")
            .next()
            .unwrap_or_default()
            .trim_end_matches(',')
            .to_owned()
    };
    assert_eq!(series("sparse.json"), series("small.px"));
    assert_eq!(
        series("sparse.json")
            .replace("18,2021,,unavailable", "18,2021,6.9")
            .replace(",\n", "\n")
            .replace(",status", ""),
        series("dense.json")
    );
}

#[test]
fn a_page_that_is_not_there_is_missed() {
    let page = |next: &str, previous: &str| {
        let text = format!(
            "{{\"values\":[{{\"kpi\":\"N\",\"municipality\":\"18\",\"period\":1,\"values\":[]}}],\"next_url\":{next},\"previous_url\":{previous}}}"
        );
        SourceFile {
            path: "x".into(),
            bytes: text.as_bytes().into(),
        }
    };
    let whole = |files: &[SourceFile]| {
        figures::read(Format::Kolada, files, &TableColumns::default(), &Log::default()).is_some()
    };
    assert!(whole(&[page("\"b\"", "null"), page("null", "\"a\"")]));
    assert!(whole(&[page("null", "\"a\""), page("\"b\"", "null")]));
    assert!(!whole(&[page("\"b\"", "null")]) && !whole(&[page("null", "\"a\"")]));
}

/// Bytes of a sample, some of them others or gone.
fn mutated() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let all: Vec<Vec<u8>> = samples()
        .iter()
        .map(|sample| fs::read(path("tests/figures").join(sample.0)).expect("a sample"))
        .collect();
    (
        0..all.len(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..8),
    )
        .prop_map(move |(sample, changes)| {
            let mut bytes = all[sample].clone();
            for (at, byte, kind) in changes {
                if bytes.is_empty() {
                    break;
                }
                let at = at.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.truncate(at),
                    _ => {
                        bytes.remove(at);
                    }
                }
            }
            (sample, bytes)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_refused_or_accounted_for((sample, bytes) in mutated()) {
        let (_, account) = imported(&samples()[sample], &bytes);
        prop_assert!(account.is_none_or(|account| account.is_balanced()));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for sample in samples() {
            imported(&sample, &bytes);
        }
    }

    #[test]
    fn any_statements_are_read_without_panic(text in "[A-Z]{0,4}[\\(\\)\\[\\]\"=;, .0-9a-zA]{0,60}") {
        for sample in samples() {
            imported(&sample, text.as_bytes());
        }
    }
}
