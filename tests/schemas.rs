//! The schemas of a site's files: as the readers have it, kind to every file that is right, and no file that is wrong.
//!
//! `ACCEPT=1 cargo test --test schemas` writes `src/schema/*.json`.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the sites of the repository and writes the schemas"
)]

mod support;

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use support::{accepting, path, read_tree};
use utsikt::finding::Language;
use utsikt::read::{SCHEMA_FILES, key_reference, schema};

/// Schemas by kind.
static SCHEMAS: LazyLock<BTreeMap<&str, Value>> = LazyLock::new(|| {
    SCHEMA_FILES
        .iter()
        .map(|(kind, _)| (*kind, schema(kind, Language::En).expect("a kind").schema))
        .collect()
});

#[test]
fn schemas_are_what_the_readers_ask_for() {
    for (kind, _) in SCHEMA_FILES {
        let made = serde_json::to_string_pretty(&SCHEMAS[kind]).expect("JSON") + "\n";
        let file = path(&format!("src/schema/{kind}.json"));
        if accepting() {
            fs::create_dir_all(path("src/schema")).expect("a folder");
            fs::write(&file, made).expect("written");
        } else {
            let kept = fs::read_to_string(&file).unwrap_or_default();
            assert!(
                made == kept,
                "{} is not what the readers ask for: ACCEPT=1",
                file.display()
            );
        }
    }
}

#[test]
fn the_key_reference_is_what_the_readers_ask_for() {
    let (file, made) = (path("src/guide/keys.md"), key_reference(Language::En));
    if accepting() {
        fs::write(&file, made).expect("written");
    } else {
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            made == kept,
            "{} is not what the readers ask for: ACCEPT=1",
            file.display()
        );
    }
}

#[test]
fn every_file_of_the_sites_is_right() {
    let sites = fs::read_dir(path("tests/sites"))
        .expect("sites")
        .filter_map(Result::ok)
        .map(|entry| entry.path());
    let mut wrong = Vec::new();
    for site in sites
        .filter(|site| site.is_dir())
        .chain([path(""), path("tests/faults/base")])
    {
        // Some sites show what is said of faults.
        let expected = fs::read_to_string(site.join("expected.txt")).unwrap_or_default()
            + &fs::read_to_string(site.join("expected/findings.txt")).unwrap_or_default();
        if expected.contains("[yaml/") {
            continue;
        }
        let checked = faults_of(&site);
        wrong.extend(checked.into_iter().map(|fault| format!("{}: {fault}", site.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_with_faults_of_form_are_wrong() {
    let mut passed = Vec::new();
    let mut tried = 0;
    for entry in fs::read_dir(path("tests/faults/yaml"))
        .expect("faults")
        .filter_map(Result::ok)
    {
        let expected = fs::read_to_string(entry.path().join("expected.txt")).unwrap_or_default();
        let about = ["yaml/key-unknown]", "yaml/key-missing]", "yaml/choice]", "yaml/type]"];
        // What stands inside pages and tables is nothing that a schema sees.
        let line = expected
            .lines()
            .find(|line| line.starts_with(" --> "))
            .unwrap_or_default();
        let is_file = line.contains(".yaml:") || line.contains(".md:") && expected.contains("[yaml/key-missing]");
        if about.iter().any(|code| expected.contains(code)) && is_file {
            tried += 1;
            if faults_of(&entry.path()).is_empty() {
                passed.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    assert!(
        tried >= 10 && passed.is_empty(),
        "{tried} tried; these should not have passed: {passed:?}"
    );
}

#[test]
fn a_word_decides_which_keys_go_with_it() {
    let target = |text: &str| {
        let set = format!("name: A\ngroups: [{{ indicators: [{{ id: a, target: {{ {text} }} }}] }}]");
        faults(&SCHEMAS["set"], &yaml(&set)).len()
    };
    assert_eq!(target("kind: value, by: 2030, value: 3"), 0);
    assert_eq!(target("kind: direction"), 0);
    assert!(target("kind: value, by: 2030") > 0);
    assert!(target("kind: value, by: 2030, value: 3, percent: 4") > 0);
    assert!(target("kind: change, from: 2020, by: 2030, value: 3") > 0);
}

#[test]
fn a_tree_is_checked_however_deep() {
    let index = |leaf: &str| {
        let text =
            format!("name: A\ntree: [{{ id: a, name: A, children: [{{ id: b, name: B, children: [{leaf}] }}] }}]");
        faults(&SCHEMAS["index"], &yaml(&text)).len()
    };
    assert_eq!(index("{ id: c, name: C, weight: 1 }"), 0);
    assert!(index("{ id: c, name: C, wieght: 1 }") > 0);
    assert!(index("{ id: c, name: C, parent: a }") > 0);
}

/// What the schemas find wrong with the files of a site.
fn faults_of(site: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let trees = [("data", "data"), ("content", "content"), ("answers", "data/answers")];
    for (folder, shown) in trees {
        for (file, bytes) in read_tree(&site.join(folder)) {
            let file = format!("{shown}/{file}");
            let (Some(kind), Ok(text)) = (kind_of(&file), String::from_utf8(bytes)) else {
                continue;
            };
            let text = if matches!(kind, "page" | "draft") {
                text.split("---").nth(1).unwrap_or_default().to_owned()
            } else {
                text
            };
            if text.trim().is_empty() {
                continue;
            }
            found.extend(
                faults(&SCHEMAS[kind], &yaml(&text))
                    .into_iter()
                    .map(|fault| format!("{file}: {fault}")),
            );
        }
    }
    found
}

fn kind_of(file: &str) -> Option<&'static str> {
    let kind = SCHEMA_FILES.iter().find(|(_, files)| {
        let files = files.replace("ANSWERS", "data/answers").replace("**/*", "*");
        match files.split_once('*') {
            None => files == file,
            Some((start, end)) => {
                let nested = start == "content/" || start == "data/answers/";
                let rest = file.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
                rest.is_some_and(|id| nested || !id.contains('/'))
            }
        }
    });
    kind.map(|(kind, _)| *kind)
}

/// YAML as JSON, keys as text.
fn yaml(text: &str) -> Value {
    fn json(value: serde_yaml::Value) -> Value {
        match value {
            serde_yaml::Value::Mapping(map) => Value::Object(
                map.into_iter()
                    .map(|(key, value)| {
                        let key = match key {
                            serde_yaml::Value::String(key) => key,
                            other => serde_yaml::to_string(&other).expect("a key").trim().to_owned(),
                        };
                        (key, json(value))
                    })
                    .collect::<Map<_, _>>(),
            ),
            serde_yaml::Value::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
            plain => serde_json::to_value(plain).expect("a plain value"),
        }
    }
    serde_yaml::from_str(text).map_or(Value::Null, json)
}

/// What is wrong with a value, by the keywords that the schemas use.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, value, "", &mut found);
    found.is_empty()
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            found.push(format!("{at}: must not be there"));
        }
        return;
    };
    let no_list = Vec::new();
    for (keyword, rule) in rules {
        let all = rule.as_array().unwrap_or(&no_list);
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "then" => {}
            "$ref" => {
                let referenced = root
                    .pointer(&rule.as_str().expect("a reference")[1..])
                    .expect("what is referred to");
                check(root, referenced, value, at, found);
            }
            "type" => {
                let types = if all.is_empty() {
                    std::slice::from_ref(rule)
                } else {
                    all
                };
                if !types.iter().any(|wanted| is(value, wanted.as_str().expect("a type"))) {
                    found.push(format!("{at}: {value} is not {rule}"));
                }
            }
            "enum" => {
                if !all.contains(value) {
                    found.push(format!("{at}: {value} is none of {rule}"));
                }
            }
            "minimum" => assert_eq!(rule, 0),
            "anyOf" => {
                if !all.iter().any(|way| fits(root, way, value)) {
                    found.push(format!("{at}: {value} is none of {rule}"));
                }
            }
            "allOf" => all.iter().for_each(|inner| check(root, inner, value, at, found)),
            "not" => {
                if fits(root, rule, value) {
                    found.push(format!("{at}: must not be so"));
                }
            }
            "if" => {
                if fits(root, rule, value) {
                    check(root, &rules["then"], value, at, found);
                }
            }
            "required" => {
                let lacking = all
                    .iter()
                    .filter(|key| value.is_object() && value.get(key.as_str().expect("a key")).is_none());
                found.extend(lacking.map(|key| format!("{at}: lacks {key}")));
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{at}/{index}"), found);
                }
            }
            "properties" => {
                for (key, inner) in rule.as_object().expect("keys") {
                    if let Some(value) = value.get(key) {
                        check(root, inner, value, &format!("{at}/{key}"), found);
                    }
                }
            }
            "additionalProperties" => {
                let known = rules.get("properties").and_then(Value::as_object);
                for (key, value) in value.as_object().into_iter().flatten() {
                    if !known.is_some_and(|known| known.contains_key(key)) {
                        check(root, rule, value, &format!("{at}/{key}"), found);
                    }
                }
            }
            other => panic!("the schemas use `{other}`, which this test does not know"),
        }
    }
}

fn is(value: &Value, wanted: &str) -> bool {
    match wanted {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("no type `{other}`"),
    }
}
