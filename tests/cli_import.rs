//! `utsikt import` of figures as it is typed: from files and from a server, when all is well and when it is not.
//!
//! `ACCEPT=1 cargo test --test cli_import` writes the texts under `tests/cli`.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

#[path = "support/server.rs"]
mod server;
mod support;

use server::{Answer, Server};
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Tree, path, read_tree};
use tempfile::TempDir;

/// What a run left behind.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// A site of its own, with the places and indicators of the faults' base.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        support::write_tree(&folder.path().join("site"), &read_tree(&path("tests/faults/base")));
        Self { folder }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a file to import");
        path.display().to_string()
    }

    fn data(&self) -> Tree {
        read_tree(&self.folder.path().join("site/data"))
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join("site/data").join(name)).expect("a file of the data")
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .current_dir(self.folder.path().join("site"))
            .env_clear()
            .args(arguments);
        let output = command.output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        Ran {
            code: output.status.code().expect("it ended by itself"),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Runs `import` on a fixed day.
    fn import(&self, words: &str) -> Ran {
        let words: Vec<&str> = ["import"].into_iter().chain(words.split(' ')).collect();
        self.run(&[&words[..], &["--today", "2026-11-23"]].concat())
    }
}

/// Without what differs from run to run: the server's address and the folder.
fn steady(text: &str, place: &Place, server: Option<&Server>) -> String {
    let text = text.replace(&place.folder.path().display().to_string(), "FOLDER");
    server.map_or(text.clone(), |server| {
        text.replace(&server.address, "https://api.example")
    })
}

fn golden(name: &str, text: &str) {
    support::expect_file(&path("tests/cli").join(format!("import-{name}.txt")), text);
}

fn kolada(values: &[(&str, u16, &str)], next: &str) -> String {
    let row = |(place, year, value): &(&str, u16, &str)| {
        format!(
            "{{\"kpi\":\"N1\",\"municipality\":\"{place}\",\"period\":{year},\"values\":[{{\"gender\":\"T\",\"count\":1,\
             \"status\":\"\",\"value\":{value},\"isdeleted\":false}}]}}"
        )
    };
    let rows: Vec<String> = values.iter().map(row).collect();
    let next = if next.is_empty() {
        "null".to_owned()
    } else {
        format!("\"{next}\"")
    };
    format!(
        "{{\"values\":[{}],\"count\":{},\"next_url\":{next},\"previous_url\":null}}",
        rows.join(","),
        rows.len()
    )
}

const KPI: &str = r#"{"values":[{"id":"N1","title":"Arbetslöshet 20-64 år, andel (%)","description":"Andelen arbetslösa.","publication_date":"2027-05-05"}],"count":1,"next_url":null}"#;
const KPI_PATH: &str = "/kpi/N1";
const DATA_PATH: &str = "/data/kpi/N1/municipality/0018,1814,1880";

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

#[test]
fn kolada_is_asked_page_by_page_and_patiently() {
    let place = Place::new();
    let busy = Answer::Status(429, "retry-after: 0\r\n", String::new());
    let first = kolada(&[("0018", 2023, "6.1"), ("0018", 2024, "5.95")], "/more?page=2");
    let second = kolada(&[("1880", 2024, "6.3")], "").replace("\"previous_url\":null", "\"previous_url\":\"/x\"");
    let server = Server::start(&[
        (KPI_PATH, &[text(KPI)]),
        (DATA_PATH, &[busy, text(&first)]),
        ("/more?page=2", &[text(&second)]),
    ]);
    let ran = place.import(&format!("kolada ny --kpi N1 --new --lang sv --api {}", server.address));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    golden("kolada", &ran.out);
    golden("kolada-series", &place.text("series/ny.csv"));
    golden(
        "kolada-origin",
        &steady(&place.text("series/ny.origin.yaml"), &place, Some(&server)),
    );
    golden("kolada-indicator", &place.text("indicators/ny.yaml"));
    let asked = [
        "GET /kpi/N1",
        &format!("GET {DATA_PATH}"),
        &format!("GET {DATA_PATH}"),
        "GET /more?page=2",
    ];
    assert_eq!(server.asked(), asked);
    let check = place.run(&["check"]);
    assert_eq!((check.code, check.err.as_str()), (0, ""), "{check:?}");
}

#[test]
fn an_answer_that_is_none_leaves_the_data_as_they_were() {
    let half = &kolada(&[("0018", 2023, "6.1")], "")[..60];
    let failures: [(&str, Answer, i32); 5] = [
        ("500", Answer::Status(500, "", "fel".to_owned()), 2),
        ("html", text("<!doctype html><title>Underhåll</title>"), 1),
        ("half", text(half), 1),
        ("gzip", Answer::WrongGzip, 2),
        ("cut", Answer::Cut(half.to_owned()), 2),
    ];
    for (name, answer, code) in failures {
        let place = Place::new();
        let before = place.data();
        let server = Server::start(&[(KPI_PATH, &[text(KPI)]), (DATA_PATH, &[answer])]);
        let ran = place.import(&format!("kolada ny --kpi N1 --new --api {}", server.address));
        assert_eq!(ran.code, code, "{name}: {ran:?}");
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{name}: {ran:?}");
        assert_eq!(place.data(), before, "{name}");
    }
}

const METADATA: &str = r#"{"version":"2.0","class":"dataset","label":"Folkmängd","source":"SCB","id":["Region","Kon","ContentsCode","Tid"],"size":[3,2,1,3],
"role":{"time":["Tid"],"geo":["Region"],"metric":["ContentsCode"]},"dimension":{
"Region":{"label":"region","category":{"index":{"00":0,"18":1,"99":2},"label":{"00":"Riket","18":"Örebro län","99":"Annat"}}},
"Kon":{"label":"kön","category":{"index":{"1":0,"2":1},"label":{"1":"män","2":"kvinnor"}}},
"ContentsCode":{"label":"tabellinnehåll","category":{"index":{"A":0},"label":{"A":"Folkmängd"},"unit":{"A":{"base":"antal","decimals":0}}}},
"Tid":{"label":"år","category":{"index":{"2022":0,"2023":1,"2024":2}}}}}"#;

/// The part of the table that a question of half of it gives: one region, both sexes, the last two years.
fn part(region: &str, first: u32) -> String {
    let values: Vec<String> = (0..4).map(|at| (first + at).to_string()).collect();
    METADATA
        .replace("[3,2,1,3]", "[1,2,1,2]")
        .replace(r#"{"00":0,"18":1,"99":2}"#, &format!("{{\"{region}\":0}}"))
        .replace(r#"{"2022":0,"2023":1,"2024":2}"#, r#"{"2023":0,"2024":1}"#)
        .replace("\"class\"", &format!("\"value\":[{}],\"class\"", values.join(",")))
}

#[test]
fn a_table_is_asked_for_in_portions() {
    let place = Place::new();
    let config = r#"{"maxDataCells":4,"license":"https://creativecommons.org/share-your-work/public-domain/cc0/"}"#;
    let server = Server::start(&[
        ("/config", &[text(config)]),
        ("/tables/TAB1/metadata?lang=sv", &[text(METADATA)]),
        (
            "/tables/TAB1/data?lang=sv&outputFormat=json-stat2",
            &[text(&part("00", 1)), text(&part("18", 5))],
        ),
    ]);
    let ran = place.import(&format!(
        "pxweb folk --table TAB1 --where Tid=top(2) --new --api {}",
        server.address
    ));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    golden("pxweb-series", &place.text("series/folk.csv"));
    golden("pxweb-asked", &(server.asked().join("\n") + "\n"));
    golden(
        "pxweb-indicator",
        &steady(&place.text("indicators/folk.yaml"), &place, Some(&server)),
    );
}

#[test]
fn the_first_version_is_asked_by_path() {
    let place = Place::new();
    let description = r#"{"title":"Folkmängd","variables":[{"code":"Region","text":"region","values":["18","99"],"valueTexts":["Örebro län","Annat"]},
        {"code":"Tid","text":"år","values":["2023","2024"],"valueTexts":["2023","2024"],"time":true}]}"#;
    let data = r#"{"class":"dataset","id":["Region","Tid"],"size":[1,2],"role":{"time":["Tid"]},"dimension":{"Region":{"category":{"index":["18"]}},
        "Tid":{"category":{"index":["2023","2024"]}}},"value":[1,2]}"#;
    let server = Server::start(&[("/AM/Tabell", &[text(description), text(data)])]);
    let ran = place.import(&format!("pxweb folk --table AM/Tabell --new --api {}", server.address));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        place.text("series/folk.csv"),
        "place,period,value\n18,2023,1\n18,2024,2\n"
    );
    golden("pxweb-asked-1", &(server.asked().join("\n") + "\n"));
}

#[test]
fn a_refresh_shows_what_is_revised_before_it_is_written() {
    let place = Place::new();
    let before = kolada(&[("0018", 2023, "6.1"), ("1880", 2023, "6.3")], "");
    let after = kolada(&[("0018", 2023, "6.2"), ("0018", 2024, "5.9")], "");
    let title = KPI.replace("Andelen arbetslösa.", "Andelen arbetslösa, ny definition.");
    let server = Server::start(&[
        (KPI_PATH, &[text(KPI), text(&title)]),
        (DATA_PATH, &[text(&before), text(&after)]),
    ]);
    assert_eq!(
        place
            .import(&format!("kolada ny --kpi N1 --new --api {}", server.address))
            .code,
        0
    );
    let data = place.data();
    let shown = place.import("--refresh --lang sv");
    assert_eq!((shown.code, shown.err.as_str()), (1, ""), "{shown:?}");
    golden("refresh", &shown.out);
    assert_eq!(place.data(), data);
    let machine = place.import("--refresh ny --format json");
    assert_eq!(machine.code, 1);
    golden("refresh-json", &machine.out);
    assert_eq!(place.import("--refresh ny --yes").code, 0);
    assert_eq!(
        place.text("series/ny.csv"),
        "place,period,value\n18,2023,6.2\n18,2024,5.9\n"
    );
    let again = place.import("--refresh");
    assert_eq!((again.code, again.out.as_str()), (0, "ny: nothing new\n"), "{again:?}");
}

#[test]
fn a_source_that_does_not_answer_says_nothing_about_the_others() {
    let place = Place::new();
    let gone = place.file("gone.csv", "kommun,år,value\n1880,2024,6.7\n");
    let stays = place.file("stays.csv", "kommun,år,value\n1880,2024,6.7\n");
    assert_eq!(place.import(&format!("csv a --file {gone} --new")).code, 0);
    assert_eq!(place.import(&format!("csv b --file {stays} --new")).code, 0);
    fs::remove_file(&gone).expect("it was there");
    fs::write(&stays, "kommun,år,value\n1880,2024,6.8\n").expect("it can be written");
    let before = place.data();
    let ran = place.import("--refresh --yes");
    assert_eq!(
        (ran.code, ran.out.contains("6.7 → 6.8"), ran.err.contains("utsikt: a: ")),
        (1, true, true),
        "{ran:?}"
    );
    assert_eq!(place.data(), before);
}

#[test]
fn years_are_looked_at_before_anybody_is_asked() {
    let ran = Place::new().import("kolada ny --kpi N1 --years 2024-2017 --new");
    assert_eq!((ran.code, ran.err.contains("2017-2024")), (2, true), "{ran:?}");
}

#[test]
fn an_unknown_series_cannot_be_refreshed() {
    let ran = Place::new().import("--refresh okand");
    assert_eq!((ran.code, ran.err.contains("okand")), (2, true), "{ran:?}");
}

#[test]
fn a_table_of_anybodys_is_read_in_the_swedish_dialect() {
    let place = Place::new();
    let table = "Andel behöriga\n\nkommun;2022;2023;2024\n1880 Örebro;81,7;82,3;..\n1814;80;-;79,5\n9999;1;2;3\n";
    let file = place.file("tabell.csv", table);
    let ran = place.import(&format!("csv ny --file {file} --new --lang sv"));
    assert_eq!(ran.code, 0, "{ran:?}");
    golden("csv", &steady(&(ran.out + &ran.err), &place, None));
    golden("csv-series", &place.text("series/ny.csv"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    let before = place.data();
    let file = place.file("tabell.csv", "kommun,år,value\n1880,2024,6.7\n");
    assert_eq!(place.import(&format!("csv ny --file {file} --new --dry-run")).code, 0);
    assert_eq!(place.data(), before);
}

#[test]
fn an_import_that_cannot_be_written_leaves_the_data_as_they_were() {
    let place = Place::new();
    let blocked = place.folder.path().join("site/data/series/ny.origin.yaml/in-the-way");
    fs::create_dir_all(&blocked).expect("a folder in the way");
    let before = place.data();
    let file = place.file("tabell.csv", "kommun,år,value\n1880,2024,6.7\n");
    let ran = place.import(&format!("csv ny --file {file} --new"));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(place.data(), before);
    assert!(!Path::new(&place.folder.path().join("site/data/series/ny.csv")).exists());
}

#[test]
fn the_answer_is_held_against_the_question() {
    let answers = [
        (
            "another figure",
            kolada(&[("0018", 2024, "6.1")], "").replace("\"N1\"", "\"N2\""),
        ),
        ("another place", kolada(&[("0017", 2024, "6.1")], "")),
    ];
    for (name, answer) in answers {
        let place = Place::new();
        let before = place.data();
        let server = Server::start(&[(KPI_PATH, &[text(KPI)]), (DATA_PATH, &[text(&answer)])]);
        let ran = place.import(&format!("kolada ny --kpi N1 --new --api {}", server.address));
        assert_eq!(
            (ran.code, ran.err.contains("figures/answer")),
            (1, true),
            "{name}: {ran:?}"
        );
        assert_eq!(place.data(), before, "{name}");
    }
    let place = Place::new();
    let years = format!("{DATA_PATH}/year/2023,2024");
    let server = Server::start(&[
        (KPI_PATH, &[text(KPI)]),
        (&years, &[text(&kolada(&[("0018", 2023, "6.1")], ""))]),
    ]);
    let ran = place.import(&format!(
        "kolada ny --kpi N1 --years 2023-2024 --new --api {}",
        server.address
    ));
    assert_eq!((ran.code, ran.err.contains("figures/absent")), (0, true), "{ran:?}");
}

#[test]
fn a_table_gives_what_was_chosen_of_it() {
    let config = r#"{"maxDataCells":100}"#;
    let data = "/tables/TAB1/data?lang=sv&outputFormat=json-stat2";
    let run = |answer: &str| {
        let place = Place::new();
        let server = Server::start(&[
            ("/config", &[text(config)]),
            ("/tables/TAB1/metadata?lang=sv", &[text(METADATA)]),
            (data, &[text(answer)]),
        ]);
        place.import(&format!(
            "pxweb folk --table TAB1 --where Tid=top(2) --new --api {}",
            server.address
        ))
    };
    // The regions 00 and 18 were asked for.
    let other = run(&part("99", 1));
    assert_eq!(
        (other.code, other.err.contains("figures/answer")),
        (1, true),
        "{other:?}"
    );
    let fewer = run(&part("18", 1));
    assert_eq!(
        (fewer.code, fewer.err.contains("figures/absent")),
        (0, true),
        "{fewer:?}"
    );
    let measure = run(&part("18", 1).replace("{\"A\":0}", "{\"B\":0}"));
    assert_eq!(
        (measure.code, measure.err.contains("figures/answer")),
        (1, true),
        "{measure:?}"
    );
}

#[test]
fn a_part_of_an_answer_is_none() {
    let place = Place::new();
    let before = place.data();
    let half = Answer::Status(
        206,
        "content-range: bytes 0-9/99\r\n",
        kolada(&[("0018", 2024, "6.1")], ""),
    );
    let server = Server::start(&[(KPI_PATH, &[text(KPI)]), (DATA_PATH, &[half])]);
    let ran = place.import(&format!("kolada ny --kpi N1 --new --api {}", server.address));
    assert_eq!((ran.code, ran.err.contains("206")), (2, true), "{ran:?}");
    assert_eq!(place.data(), before);
}
