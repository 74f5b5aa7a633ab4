//! The guide for analysts is right: its YAML can be read, and it explains every key that is printed.

use serde_json::Value;
use std::collections::BTreeSet;
use utsikt::finding::{Finding, Log};
use utsikt::index::Composite;
use utsikt::index_report::{Document, Request, Scope};
use utsikt::model::Site;
use utsikt::source::Snapshot;

mod support;

const GUIDE: &str = include_str!("../src/guide/indices.md");

const PLACES: [&str; 6] = ["01", "03", "04", "05", "18", "19"];

/// Six counties, with the country and a group, and indicators with figures for five years.
fn site_with(index: &str) -> Snapshot {
    let mut snapshot = Snapshot::default();
    let mut file = |path: &str, text: String| snapshot.insert(path, text.into_bytes());
    file(
        "data/site.yaml",
        "title: Prov\nlanguages: [sv]\ncountry: \"00\"\nplace_pages: []\n".to_owned(),
    );
    let place = |code: &&str| format!("  - {{ code: \"{code}\", name: Län {code}, level: county, parent: \"00\" }}\n");
    let places = PLACES.iter().map(place).collect::<String>();
    let group = "groups:\n  - { id: GROUP, name: Grannar, places: [\"18\", \"19\", \"01\", \"03\", \"04\", \"05\"] }\n";
    file(
        "data/places.yaml",
        format!("places:\n  - {{ code: \"00\", name: Riket, level: country }}\n{places}{group}"),
    );
    for (number, id) in ["arbetsloshet", "inkomst-median", "valdeltagande-riksdag", "ID"]
        .iter()
        .enumerate()
    {
        let id = id.to_lowercase();
        let row = |(at, code): (usize, &&str)| {
            let figure = |year: usize| 10 + (at + 1) * (number + 2) * (year - 2010) % 37 + usize::from(at == 5) * 900;
            // The last year is missing for one, so that it is carried on or imputed.
            let years = (2020..=2024).filter(|year| (at, *year) != (1, 2024));
            let years: Vec<String> = years.map(|year| format!("{year}: {}", figure(year))).collect();
            format!("  \"{code}\": {{ {} }}\n", years.join(", "))
        };
        let better = if id == "arbetsloshet" { "lower" } else { "higher" };
        let head = format!(
            "name: {id}\nunit: {{ kind: number }}\nbetter: {better}\nsource: {{ publisher: X, licence: CC0 }}\n"
        );
        let values = PLACES.iter().enumerate().map(row).collect::<String>();
        file(
            &format!("data/indicators/{id}.yaml"),
            format!("{head}values:\n{values}"),
        );
    }
    file("data/indices/prov.yaml", index.to_owned());
    snapshot
}

/// The site, and everything that is wrong with it.
fn read(snapshot: &Snapshot) -> (Site, Vec<Finding>) {
    let log = Log::default();
    let site = utsikt::read::site(snapshot, &log).expect("a site");
    utsikt::bind::check(&site, &log);
    utsikt::index::check(&site, &utsikt::index::all(&site), &log);
    (site, utsikt::read::findings(log))
}

/// The fenced blocks of YAML.
fn blocks() -> Vec<&'static str> {
    GUIDE
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

/// The whole index of the guide.
fn whole() -> String {
    blocks().concat()
}

#[test]
fn the_blocks_are_an_index_without_faults() {
    assert_eq!(blocks().len(), 2);
    let (site, findings) = read(&site_with(&whole()));
    assert!(findings.is_empty(), "{findings:#?}");
    assert_eq!(site.indices[0].variation.seed, 2025);
}

/// Snippets of YAML in the second column of the table of steps.
fn steps() -> Vec<&'static str> {
    let table = GUIDE
        .split("| step |")
        .nth(1)
        .expect("the table of steps")
        .split("\n\n")
        .next()
        .expect("rows");
    let cells = table.lines().skip(2).filter_map(|row| row.split('|').nth(2));
    let snippets: Vec<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(snippets.len() >= 10, "{snippets:?}");
    snippets
}

#[test]
fn every_step_of_the_table_can_be_written_so() {
    for step in steps() {
        let step = step.replace("[GROUP, …]", "[GROUP]").replace(": ID", ": id");
        let index = match step.as_str() {
            "weight:" => continue,
            leaf if leaf.starts_with("denominator") || leaf.starts_with("log") => whole().replace(
                "indicator: valdeltagande-riksdag",
                &format!("indicator: valdeltagande-riksdag, {leaf}"),
            ),
            // Scores must be above zero.
            bare if bare.starts_with('{') => {
                let range = "normalisation: { kind: min_max, range: [1, 100] }";
                format!("{}method:\n  aggregation: {bare}\n  {range}\n", blocks()[0])
            }
            method => format!("{}method:\n  {method}\n", whole()),
        };
        let (_, findings) = read(&site_with(&index));
        assert!(findings.is_empty(), "{step}: {findings:#?}");
    }
}

#[test]
fn every_kind_of_normalisation_can_be_written_so() {
    let table = GUIDE
        .split("| `kind` |")
        .nth(1)
        .expect("the table of kinds")
        .split("\n\n")
        .next()
        .expect("rows");
    let mut kinds = 0;
    for row in table.lines().skip(2) {
        let kind = row.split('`').nth(1).expect("a kind");
        let needs = match kind {
            "reference" => ", place: \"18\"",
            _ => "",
        };
        let leaf = match kind {
            "target" => "target: 5, ",
            "goalposts" => "goalposts: [90, 1], ",
            _ => "",
        };
        let index = whole().replace("indicator: ", &format!("{leaf}indicator: "));
        for ratio in ["", ", ratio: true"]
            .iter()
            .filter(|ratio| ratio.is_empty() || row.contains("ratio: true"))
        {
            let method = format!("method:\n  normalisation: {{ kind: {kind}{needs}{ratio} }}\n");
            let (_, findings) = read(&site_with(&format!("{index}{method}")));
            let readable = findings
                .iter()
                .filter(|finding| finding.code.name().starts_with("yaml"));
            assert_eq!(readable.count(), 0, "{kind}: {findings:#?}");
        }
        kinds += 1;
    }
    assert_eq!(kinds, 9);
}

/// `a.{b,c}.d` → `a.b.d`, `a.c.d`.
fn spread(key: &str) -> Vec<String> {
    let Some((before, rest)) = key.split_once('{') else {
        return vec![key.to_owned()];
    };
    let (list, after) = rest.split_once('}').expect("a brace is closed");
    list.split(',')
        .flat_map(|one| spread(&format!("{before}{one}{after}")))
        .collect()
}

/// The keys that the guide explains, with `[]` after those of lists.
fn explained() -> BTreeSet<String> {
    let table = GUIDE.split("| key | what it is |").nth(1).expect("the table of keys");
    let rows = table.lines().skip(2).filter_map(|row| row.strip_prefix("| `"));
    let keys: Vec<String> = rows
        .flat_map(|row| spread(row.split('`').next().expect("a key")))
        .collect();
    let all: BTreeSet<String> = keys.iter().cloned().collect();
    assert_eq!(all.len(), keys.len(), "a key is explained twice");
    all
}

/// The keys of a document that hold a number, a text, nothing, or a list of such.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                keys(
                    value,
                    &if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    },
                    found,
                );
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                keys(item, &format!("{path}[]"), found);
            }
        }
        // What is missing may be an object, and an empty list one of objects: other documents tell.
        value if value.is_null() || value.as_array().is_some_and(Vec::is_empty) => {}
        _ => {
            found.insert(path.to_owned());
        }
    }
}

/// Everything about the first index of a site, with the last of its places explained.
fn document(site: &Site, unit: &str) -> Value {
    let composite = Composite::new(site, &site.indices[0]);
    let request = Request {
        unit: Some(unit),
        against: Some("18"),
        period: None,
        sex: None,
        top: None,
        uncertainty: true,
    };
    let scope = Scope::resolve(site, &composite, &request).expect("all of it is there");
    serde_json::from_str(&utsikt::index_report::json(&Document::new(&scope))).expect("JSON")
}

#[test]
fn every_key_that_is_printed_is_explained_and_no_other() {
    let more = "yearly: true\nlag: 2\nmethod:\n  imputation: { fill: mean, carry: 1 }\n  normalisation: { kind: min_max }\n  \
                treatment: { winsorise: 0, skewness: 2, kurtosis: 3.5, then: log }\n";
    let varied = whole().replace("normalisation: [z_score, rank]", "normalisation: [z_score, target]");
    let denominated = varied.replace(
        "indicator: valdeltagande-riksdag",
        "indicator: valdeltagande-riksdag, denominator: id",
    );
    let (site, _) = read(&site_with(&format!("{denominated}{more}")));
    let mut found = BTreeSet::new();
    keys(&document(&site, "05"), "", &mut found);
    let asem = utsikt::disk::gather(&support::path("tests/asem/site")).expect("the example is there");
    let log = Log::default();
    let mut asem = utsikt::read::site(&asem, &log).expect("a site");
    asem.indices[0].variation.runs = 50;
    let composite = Composite::new(&asem, &asem.indices[0]);
    let request = Request {
        unit: Some("SWE"),
        against: None,
        period: None,
        sex: None,
        top: None,
        uncertainty: true,
    };
    let scope = Scope::resolve(&asem, &composite, &request).expect("all of it is there");
    let whole = serde_json::from_str(&utsikt::index_report::json(&Document::new(&scope))).expect("JSON");
    keys(&whole, "", &mut found);
    let explained = explained();
    let printed_only: Vec<&String> = found.difference(&explained).collect();
    let explained_only: Vec<&String> = explained.difference(&found).collect();
    assert!(
        printed_only.is_empty() && explained_only.is_empty(),
        "not explained: {printed_only:#?}\nnot printed: {explained_only:#?}"
    );
}
