//! `utsikt index` as it is typed: what each format prints, what is not there, and that threads do not matter.
//!
//! `ACCEPT=1 cargo test --test cli_index` writes the texts under `tests/cli`.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use support::path;

/// What a run left behind.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in the repository, in an environment that says nothing but this.
fn run_with(arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    command
        .current_dir(path(""))
        .env_clear()
        .envs(environment.iter().copied())
        .args(arguments);
    let output = command.output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
    Ran {
        code: output.status.code().expect("it ended by itself"),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// What is printed when nothing is wrong.
fn printed(arguments: &[&str]) -> String {
    let ran = run_with(arguments, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    ran.out
}

fn asem(arguments: &[&str]) -> String {
    printed(&[&["index", "asem", "--site", "tests/asem/site"], arguments].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn golden(name: &str, text: &str) {
    support::expect_file(&path("tests/cli").join(format!("{name}.txt")), text);
}

#[test]
fn without_an_id_all_are_listed() {
    golden("index-list", &printed(&["index", "--lang", "sv"]));
}

#[test]
fn a_unit_is_explained_at_a_terminal() {
    golden("index-asem-swe", &asem(&["--unit", "SWE"]));
}

#[test]
fn a_county_is_explained_in_swedish() {
    golden(
        "index-brpplus-18",
        &printed(&[
            "index",
            "brpplus",
            "--unit",
            "18",
            "--top",
            "livskvalitet",
            "--lang",
            "sv",
        ]),
    );
}

#[test]
fn women_are_ranked_by_their_own_scores() {
    let text = printed(&[
        "index",
        "brpplus",
        "--sex",
        "K",
        "--top",
        "hallbarhet",
        "--no-uncertainty",
    ]);
    golden("index-brpplus-women", &text);
}

/// The rows of a table by their columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("CSV")
}

#[test]
fn csv_and_json_say_the_same() {
    let (csv, json) = (
        asem(&["--unit", "SWE", "--format", "csv"]),
        json(&asem(&["--unit", "SWE", "--format", "json"])),
    );
    let rows = rows(&csv);
    let values = json["slices"][0]["values"].as_array().expect("values");
    assert_eq!(rows.len(), values.len());
    assert_eq!(rows.len(), 51 * 60);
    for (row, value) in rows.iter().zip(values) {
        assert_eq!(
            (&*row["node"], &*row["unit"]),
            (value["node"].as_str().unwrap(), value["unit"].as_str().unwrap())
        );
        for key in [
            "measured",
            "denominated",
            "imputed",
            "treated",
            "score",
            "effective_weight",
        ] {
            let (cell, number): (Option<f64>, _) = (row[key].parse().ok(), value[key].as_f64());
            // Both are written in full; reading JSON may miss the last bit.
            let same = cell
                .zip(number)
                .map_or(cell == number, |(a, b)| (a - b).abs() <= 1e-15 * a.abs());
            assert!(same, "{key}: {number:?} and {row:?}");
        }
        assert_eq!(row["rank"].parse().ok(), value["rank"]["position"].as_u64());
    }
    let parts = json["tops"][0]["comparison"]["parts"].as_array().expect("parts");
    let swedish = |node: &str| {
        rows.iter()
            .find(|row| row["node"] == node && row["unit"] == "SWE")
            .expect("a row")
    };
    for part in parts {
        let row = swedish(part["node"].as_str().unwrap());
        assert!((row["contribution"].parse::<f64>().unwrap() - part["contribution"].as_f64().unwrap()).abs() < 1e-15);
    }
    let gap = json["tops"][0]["comparison"]["gap"].as_f64().expect("a gap");
    assert!((swedish("index")["contribution"].parse::<f64>().unwrap() - gap).abs() < 1e-13);
    let intervals = rows.iter().filter(|row| !row["rank_low"].is_empty());
    assert!(intervals.clone().all(|row| row["node"] == "index"));
    assert_eq!(intervals.count(), 51);
}

#[test]
fn contributions_sum_to_the_gap() {
    for against in ["country", "median", "best", "NOR", "group:europe"] {
        let document = json(&asem(&[
            "--unit",
            "SWE",
            "--against",
            against,
            "--no-uncertainty",
            "--format",
            "json",
        ]));
        let comparison = &document["tops"][0]["comparison"];
        let leaves: Vec<&str> = {
            let nodes = document["nodes"].as_array().expect("nodes").iter();
            nodes
                .filter(|node| !node["indicator"].is_null())
                .filter_map(|node| node["id"].as_str())
                .collect()
        };
        let parts = comparison["parts"].as_array().expect("parts").iter();
        let parts = parts.filter(|part| leaves.contains(&part["node"].as_str().unwrap()));
        let sum: f64 = parts.map(|part| part["contribution"].as_f64().unwrap()).sum();
        let [gap, residuals] = ["gap", "residuals"].map(|key| comparison[key].as_f64().expect("a number"));
        assert!(
            (sum + residuals - gap).abs() < 1e-9,
            "{against}: {sum} + {residuals} is not {gap}"
        );
        assert!(document["tops"][0]["intervals"].is_null());
    }
}

#[test]
fn threads_and_the_environment_do_not_matter() {
    let arguments = [
        "index",
        "asem",
        "--site",
        "tests/asem/site",
        "--unit",
        "SWE",
        "--format",
        "json",
        "--runs",
        "100",
    ];
    let one = run_with(&arguments, &[("RAYON_NUM_THREADS", "1")]);
    let four = run_with(&arguments, &[("RAYON_NUM_THREADS", "4"), ("LANG", "sv_SE.UTF-8")]);
    assert!(one.code == 0 && one.out == four.out);
}

#[test]
fn runs_and_seed_go_before_the_file() {
    let of =
        |arguments: &[&str]| json(&asem(&[&["--format", "json"], arguments].concat()))["tops"][0]["intervals"].take();
    let own = of(&["--runs", "20"]);
    assert_eq!((&own["runs"], &own["seed"]), (&20.into(), &2018.into()));
    let other = of(&["--runs", "20", "--seed", "7"]);
    assert_eq!(other["seed"], 7);
    assert_ne!(own["units"], other["units"]);
}

#[test]
fn a_node_can_be_looked_at_alone() {
    let document = json(&asem(&["--top", "conn", "--format", "json", "--runs", "20"]));
    assert_eq!(document["tops"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["nodes"][0]["id"], "conn");
    assert!(
        document["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .all(|node| node["id"] != "sust")
    );
}

#[test]
fn what_is_not_there_is_answered_with_the_nearest() {
    let cases: [(&[&str], &str); 10] = [
        (&["brplus"], "there is no index `brplus`. Did you mean `brpplus`?"),
        (&["brpplus", "--unit", "118"], "has no place `118`"),
        (
            &["brpplus", "--unit", "Örebro"],
            "has no place `Örebro`. Did you mean `18`?",
        ),
        (&["brpplus", "--unit", "1880"], "has no place `1880`"),
        (&["brpplus", "--against", "meidan"], "Did you mean `median`?"),
        (
            &["brpplus", "--against", "group:rus-peer"],
            "there is no group `rus-peer`. Did you mean `rus-peers`?",
        ),
        (&["brpplus", "--top", "halbarhet"], "Did you mean `hallbarhet`?"),
        (&["brpplus", "--top", "u01420"], "`u01420`"),
        (
            &["brpplus", "--period", "2020"],
            "no figures for `2020`. There are: latest",
        ),
        (
            &["asem", "--site", "tests/asem/site", "--sex", "K"],
            "by sex: `K`. There are: T",
        ),
    ];
    for (arguments, said) in cases {
        let ran = run_with(&[&["index"], arguments].concat(), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn places_are_known_by_code_and_by_name() {
    let by = |unit| printed(&["index", "brpplus", "--unit", unit, "--no-uncertainty"]);
    assert_eq!(by("18"), by("örebro län"));
    let against = |what| {
        printed(&[
            "index",
            "brpplus",
            "--unit",
            "18",
            "--against",
            what,
            "--no-uncertainty",
        ])
    };
    assert_eq!(against("00"), against("country"));
}

/// A site of two counties and one indicator, in a folder of its own.
struct Small(tempfile::TempDir);

impl Small {
    /// With these further keys of the index, and these figures.
    fn new(method: &str, values: &str) -> Self {
        let site = Self(tempfile::TempDir::new().expect("a folder"));
        site.write("data/site.yaml", "title: Prov\n");
        let places =
            "places:\n  - { code: A, name: Ale, level: county }\n  - { code: B, name: \"=B\", level: county }\n";
        site.write("data/places.yaml", places);
        site.indicator(values);
        let tree = "tree:\n  - { id: topp, name: Topp, children: [ { id: ett, name: Ett, indicator: ett } ] }\n";
        site.write(
            "data/indices/prov.yaml",
            &format!("name: Prov\nsource: {{ publisher: X, licence: CC0 }}\n{method}{tree}"),
        );
        site
    }

    fn indicator(&self, values: &str) {
        let head = "name: Ett\nunit: { kind: number }\nbetter: higher\nsource: { publisher: X, licence: CC0 }\n";
        self.write("data/indicators/ett.yaml", &format!("{head}values: {values}\n"));
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.0.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let folder = self.0.path().to_str().expect("UTF-8");
        run_with(&[&["index", "prov", "--site", folder], arguments].concat(), &[])
    }
}

#[test]
fn change_is_told_between_the_two_periods() {
    let values = "{ A: { 2020: 1, 2023: 2, 2024: 4 }, B: { 2020: 0, 2023: 8, 2024: 6 } }";
    // On the scale of 2024, from 4 to 6: A was at −150, then at −100, and is at 0.
    for (method, more, from, to, gap) in [
        ("lag: 4\n", &[][..], "lag", "latest", 150.0),
        ("yearly: true\n", &[], "2023", "2024", 100.0),
        ("yearly: true\n", &["--period", "2023"], "2020", "2023", 50.0),
        ("yearly: true\nlag: 4\n", &[], "lag", "latest", 150.0),
    ] {
        let site = Small::new(method, values);
        let ran = site.run(&[&["--unit", "A", "--format", "json"], more].concat());
        let change = &json(&ran.out)["tops"][0]["change"];
        assert_eq!((&change["from"], &change["to"]), (&from.into(), &to.into()), "{method}");
        assert!(
            (change["gap"].as_f64().expect("a number") - gap).abs() < 1e-9,
            "{method}: {change}"
        );
        assert_eq!(change["parts"][0]["contribution"], change["gap"]);
    }
    let ran = Small::new("lag: 4\n", values).run(&["--unit", "A"]);
    assert!(
        ran.out
            .contains("From 4 years before the latest to latest figures: \u{2212}150.0 to 0.0, +150.00"),
        "{ran:?}"
    );
}

#[test]
fn only_faults_that_concern_the_index_stop_it() {
    let site = Small::new("", "{ A: { 2024: 1 }, B: { 2024: 2 } }");
    let ran = || site.run(&["--format", "csv"]);
    let clean = ran();
    assert_eq!((clean.code, clean.err.as_str()), (0, ""), "{clean:?}");
    assert!(
        clean.out.contains(",'=B,"),
        "a spreadsheet must not take a name for a formula: {}",
        clean.out
    );
    // Another indicator is broken: it is told, and the index is printed.
    site.write("data/indicators/annan.yaml", "name: [\n");
    let other = ran();
    assert!(
        other.code == 0 && other.out == clean.out && other.err.contains("data/indicators/annan.yaml"),
        "{other:?}"
    );
    // Its own is: nothing is printed.
    site.indicator("{ A: { 2024: x }, B: { 2024: 2 } }");
    let own = ran();
    assert!(
        own.code == 1 && own.out.is_empty() && own.err.contains("data/indicators/ett.yaml"),
        "{own:?}"
    );
    site.write("data/indices/prov.yaml", "name: [\n");
    let unread = ran();
    assert!(
        unread.code == 1 && unread.out.is_empty() && unread.err.contains("data/indices/prov.yaml"),
        "{unread:?}"
    );
}
