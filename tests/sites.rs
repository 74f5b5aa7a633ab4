//! A folder for every idea of a site: built, and compared with its `golden/` tree.
//!
//! `tests/sites/NAME` is laid over `tests/sites/base` and compiled for one fixed day. What is said about the input
//! is compared with `golden/findings.txt`, which is there only when there is something to say. What is compared
//! besides, and how pictures are told, stands in `tests/sites/README.md`. `ACCEPT=1 cargo test --test sites`
//! writes what is made.

#![expect(clippy::disallowed_methods, reason = "tests read and write their own folders")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use support::{Tree, options, path};
use utsikt::cache::Cache;
use utsikt::compile::{Outcome, compile};
use utsikt::finding::print::{Format, print};
use utsikt::finding::{Language, Messages, Severity};
use utsikt::page::BuildOptions;
use utsikt::read::locate;
use utsikt::source::Snapshot;

macro_rules! sites {
    ($($test:ident = $name:literal;)*) => {
        $(#[test] fn $test() { compare($name); })*

        #[test]
        fn every_folder_is_a_test() {
            let folders = fs::read_dir(path("tests/sites")).expect("the sites").filter_map(Result::ok);
            let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().to_string_lossy().into_owned());
            let folders: BTreeSet<String> = folders.filter(|name| name != "base").collect();
            assert_eq!(folders, BTreeSet::from([$($name.to_owned()),*]));
        }
    };
}

sites! {
    markdown_is_all_there = "markdown";
    expressions_stand_anywhere = "expressions";
    expressions_stand_in_every_text = "texts";
    expressions_know_these_functions = "functions";
    true_claims_are_sentences = "claims";
    a_missing_value_is_said_in_text = "missing-value";
    links_go_by_id_and_both_ways = "links";
    what_has_no_page_is_text = "unlinked";
    terms_are_explained_once = "terms";
    directives_become_parts = "directives";
    pictures_files_and_boxes_tell_what_they_are = "pictures";
    tables_are_read_in_every_dialect = "dialects";
    periods_are_of_every_kind = "periods";
    reasons_flags_and_breaks_are_shown = "reasons";
    women_and_men_stand_side_by_side = "sex";
    a_whole_is_divided = "breakdown";
    equals_share_a_rank = "ranking";
    verdicts_have_rules = "judgement";
    signals_are_kept_apart = "signals";
    targets_are_of_every_kind = "targets";
    numbers_are_written_as_the_language_does = "numbers";
    sites_speak_several_languages = "languages";
    themes_extend_what_they_override = "theme";
    drafts_are_left_out = "drafts";
    pages_know_where_they_are = "frame";
    an_indicator_tells_its_story = "indicator";
    a_place_tells_its_story = "place";
    an_index_is_a_tree_of_scores = "index";
    an_index_is_computed_from_figures = "composite";
    an_overview_lists_by_topic = "overview";
    downloads_say_where_they_came_from = "downloads";
    charts_are_of_every_kind = "charts";
    charts_of_little_or_much_are_drawn = "edges";
    level_and_change_make_four_quadrants = "relations";
    two_indicators_stand_against_each_other = "scatter";
    a_problem_chain_is_told_twice = "analysis";
    consultations_keep_one_page_through_their_life = "consultations";
    answers_become_results = "results";
    commitments_are_followed_up = "commitments";
    named_bodies_are_published_whole = "statements";
    drafts_are_answered_section_by_section = "draft";
    questions_can_be_answered = "answering";
    updates_are_told_to_readers = "updates";
    older_editions_lead_to_the_newest = "editions";
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let outcome = compile(
        &snapshot("drafts"),
        &BuildOptions {
            drafts: true,
            embargoed: false,
            ..options()
        },
        &Cache::default(),
    );
    assert!(outcome.outputs.iter().any(|output| output.route == "utkast.html"));
}

/// Whatever value of a file of data an expression is put into: it is evaluated or told.
#[test]
fn braces_never_reach_a_reader() {
    let whole = snapshot("texts");
    let files: Vec<&str> = [
        "data/site.yaml",
        "data/indicators/andel.yaml",
        "data/sets/mal.yaml",
        "data/charts/delat.yaml",
    ]
    .into_iter()
    .chain(["data/terms.yaml", "data/places.yaml", "content/index.md"])
    .collect();
    let mut silent = Vec::new();
    for path in files {
        let text = whole.find(path).expect("the file").text().expect("text").to_owned();
        for (number, line) in text.lines().enumerate() {
            let Some((key, value)) = line.split_once(": ") else {
                continue;
            };
            if value.starts_with(['"', '\'', '{', '[', '|']) || value.contains("{{") {
                continue;
            }
            let written = format!("{key}: '{value} {{{{ value(\"andel\") }}}}'");
            let lines: Vec<&str> = text.lines().collect();
            let changed = [&lines[..number], &[written.as_str()], &lines[number + 1..]]
                .concat()
                .join("\n");
            let mut site = whole.clone();
            site.insert(path, changed.into_bytes());
            let outcome = built(&site);
            let is_told = outcome
                .findings
                .iter()
                .any(|finding| finding.severity == Severity::Error);
            let shows = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("{{ value");
            if !is_told && outcome.outputs.iter().any(|output| shows(&output.bytes)) {
                silent.push(format!("{path}: {line}"));
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn every_dialect_gives_the_same_page() {
    let pages = compared("dialects", &built(&snapshot("dialects")));
    let plain = &pages["indikatorer/plain.html"];
    for name in pages.keys().filter(|name| name.starts_with("indikatorer/")) {
        assert_eq!(
            String::from_utf8_lossy(plain),
            String::from_utf8_lossy(&pages[name]),
            "{name}"
        );
    }
}

fn compare(name: &str) {
    let snapshot = snapshot(name);
    let outcome = built(&snapshot);
    let mut made = compared(name, &outcome);
    let located = locate(outcome.findings, &snapshot);
    if !located.is_empty() {
        let said = print(&located, &Messages::new(Language::Sv), Format::Short, false);
        made.insert("findings.txt".to_owned(), said.into_bytes());
    }
    let golden = path("tests/sites").join(name).join("golden");
    if support::accepting() {
        support::write_tree(&golden, &made);
        return;
    }
    let differences = support::differences(&support::read_tree(&golden), &made);
    assert!(
        differences.is_empty(),
        "{name}\n{}\nACCEPT=1 writes what is made",
        differences.join("\n")
    );
}

fn snapshot(name: &str) -> Snapshot {
    let mut snapshot = support::laid_over(&path("tests/sites/base"), &path("tests/sites").join(name));
    let settings = snapshot.find("data/site.yaml").and_then(|file| file.text().ok());
    // A theme that a site does not use is a fault of the site.
    if settings.is_some_and(|text| text.contains("theme: base")) {
        let theme: Vec<_> = snapshot
            .list("themes/test/", "")
            .map(|file| file.path.clone())
            .collect();
        for path in theme {
            snapshot.remove(&path);
        }
    }
    snapshot
}

fn built(snapshot: &Snapshot) -> Outcome {
    compile(snapshot, &options(), &Cache::default())
}

/// The files that are compared: those that `golden.txt` lists, else the pages.
fn compared(name: &str, outcome: &Outcome) -> Tree {
    let listed =
        fs::read_to_string(path("tests/sites").join(name).join("golden.txt")).unwrap_or_else(|_| "*.html".to_owned());
    let wanted = |route: &str| listed.lines().any(|pattern| matches(pattern, route));
    let files = support::tree(&outcome.outputs)
        .into_iter()
        .filter(|(route, _)| wanted(route));
    let is_page = |route: &str| route.rsplit_once('.').is_some_and(|(_, ending)| ending == "html");
    files
        .map(|(route, bytes)| {
            if is_page(&route) {
                (route, told(&bytes).into_bytes())
            } else {
                (route, bytes)
            }
        })
        .collect()
}

/// Whether a route is of this form, in which `*` stands for anything.
fn matches(pattern: &str, route: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == route,
        Some((start, rest)) => route
            .strip_prefix(start)
            .is_some_and(|end| (0..=end.len()).any(|at| end.is_char_boundary(at) && matches(rest, &end[at..]))),
    }
}

/// A page in which every picture is told by its words, in the order in which they are drawn: `[svg 640×360: 2017, 2018 …]`,
/// and no-break spaces can be seen.
fn told(page: &[u8]) -> String {
    let mut rest = std::str::from_utf8(page).expect("pages are UTF-8");
    let mut out = String::new();
    while let Some((before, (picture, after))) = rest
        .split_once("<svg")
        .and_then(|(before, svg)| Some((before, svg.split_once("</svg>")?)))
    {
        let size = between(picture, "viewBox=\"0 0 ", "\"")
            .next()
            .unwrap_or("?")
            .replace(' ', "×");
        let marks: Vec<&str> = between(picture, "data-label=\"", "\"").collect();
        let words: Vec<String> = between(picture, "<text", "</text>").map(plain).collect();
        let marks = if marks.is_empty() {
            String::new()
        } else {
            format!("; marks: {}", marks.join(", "))
        };
        out.extend([before, "[svg ", &size, ": ", &words.join(", "), &marks, "]"]);
        rest = after;
    }
    out.push_str(rest);
    support::visible(&out)
}

/// What stands between two texts, every time they stand so.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start)
        .skip(1)
        .filter_map(move |rest| Some(rest.split_once(end)?.0))
}

/// The text of an element's rest, ` x="1">Hej <tspan>du</tspan>` → `Hej du`.
fn plain(element: &str) -> String {
    let text = element.split_once('>').map_or("", |(_, text)| text);
    let pieces = text.split('<').enumerate().map(|(index, piece)| {
        if index == 0 {
            piece
        } else {
            piece.split_once('>').map_or("", |(_, text)| text)
        }
    });
    pieces.collect::<Vec<_>>().join("")
}
