//! Input that is absurd ends in a finding, soon: chains of tens of thousands of links, padding of gigabytes, endless loops, tables
//! of a hundred thousand columns, names that break lines.

#![expect(clippy::disallowed_methods, reason = "measures how long it takes")]

mod support;

use std::time::{Duration, Instant};
use support::{options, path};
use utsikt::archive::{self, Inventory};
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::finding::{Code, Finding};

/// A second of an optimised program, on a busy machine without optimisation.
const SOON: Duration = Duration::from_secs(15);

/// Findings of the small site of the faults with this file in it, told soon.
fn findings(what: &str, file: &str, text: &str) -> Vec<Finding> {
    let mut snapshot = utsikt::disk::gather(&path("tests/faults/base")).expect("the base of the faults");
    if file.starts_with("themes/") {
        let settings = snapshot.find("data/site.yaml").expect("settings").bytes.to_vec();
        let settings = format!("theme: egen\n{}", String::from_utf8(settings).expect("text"));
        snapshot.insert("data/site.yaml", settings.into_bytes());
    }
    snapshot.insert(file, text.as_bytes().to_vec());
    let start = Instant::now();
    let findings = compile(&snapshot, &options(), &Cache::default()).findings;
    assert!(start.elapsed() < SOON, "{what} takes {:?}", start.elapsed());
    findings
}

/// The code of the one finding that this file gives.
fn code(what: &str, file: &str, text: &str) -> Code {
    let findings = findings(what, file, text);
    assert_eq!(findings.len(), 1, "{what}: {findings:?}");
    assert_eq!(
        findings[0].origin.as_ref().map(|origin| &*origin.file),
        Some(file),
        "{what}"
    );
    findings[0].code
}

fn page(text: &str) -> String {
    format!("---\ntitle: Om siffrorna\n---\n## Metod {{#metod}}\n\n{text}\n")
}

#[test]
fn no_expression_is_too_much() {
    const MANY: usize = 30_000;
    let chains = [
        format!("1{}", " + 1".repeat(MANY)),
        format!("1{}", " if 1 else 1".repeat(MANY)),
        format!("\"a\"{}", "|upper".repeat(MANY)),
        format!("a{}", ".a".repeat(MANY)),
        format!("a{}", "[0]".repeat(MANY)),
        format!("{}1", "-".repeat(MANY)),
        format!("{}1", "not ".repeat(MANY)),
        format!("{}1{}", "(".repeat(MANY), ")".repeat(MANY)),
        format!("{}{}", "[".repeat(MANY), "]".repeat(MANY)),
    ];
    for chain in &chains {
        let text = page(&format!("{{{{ {chain} }}}}"));
        assert_eq!(code(&chain[..20], "content/om.md", &text), Code::ExpressionSyntax);
    }
    let costly = [
        "\"%2000000000d\"|format(1)",
        "\"%.2000000000f\"|format(1.0)",
        "\"x\" * 9999999999",
        "(\"a\" * 100000)|replace(\"a\", \"b\" * 100000)",
        "range(100000)|join(\"x\" * 100000)",
        "range(100)|batch(1000000000, 1)|list",
        "\"abc\"|slice(100000000)|list",
        "range(100000000000)|list",
        "range(100000)|map(\"string\")|join|upper|lower|title",
        "\"x\"|indent(999999999)",
        "9 ** 99999999",
    ];
    for expression in costly {
        let text = page(&format!("{{{{ {expression} }}}}"));
        assert_eq!(code(expression, "content/om.md", &text), Code::ExpressionFails);
    }
}

#[test]
fn no_template_is_too_much() {
    let loops = "{% for a in range(100000) %}".repeat(4) + "x" + &"{% endfor %}".repeat(4);
    let doubling = "{% set n = namespace(t=\"xx\") %}{% for i in range(99) %}{% set n.t = n.t ~ n.t %}{% endfor %}";
    let bodies = [
        loops,
        doubling.to_owned(),
        "{% macro f(x) %}{{ f(x) }}{{ f(x) }}{% endmacro %}{{ f(1) }}".to_owned(),
        "{% include \"page.html\" %}".to_owned(),
        "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}".to_owned(),
        "{% import \"tell.html\" as a*b %}".to_owned(),
        format!("{{{{ 1{} }}}}", " + 1".repeat(30_000)),
        format!("{{% if 1 %}}{}{{% endif %}}", "{% elif 1 %}".repeat(30_000)),
        "{% if 1 %}".repeat(30_000) + &"{% endif %}".repeat(30_000),
        "{% filter upper %}".repeat(30_000) + &"{% endfilter %}".repeat(30_000),
    ];
    for body in &bodies {
        let text =
            format!("<!doctype html><html lang=\"sv\"><body><h1 id=\"metod\">x</h1>{body}{{{{ body }}}}</body></html>");
        let found = code(&body[..20], "themes/egen/templates/page.html", &text);
        assert_eq!(found, Code::TemplateBroken);
    }
}

#[test]
fn what_is_many_takes_no_longer_than_it_is_long() {
    let found = findings("equal headings", "content/om.md", &page(&"## Samma\n\n".repeat(20_000)));
    assert!(found.is_empty(), "{found:?}");
    let found = findings(
        "expressions",
        "content/om.md",
        &page(&"Tal {{ 1 + 1 }} här.\n\n".repeat(20_000)),
    );
    assert!(found.is_empty(), "{found:?}");
    let columns: String = (0..100_000)
        .flat_map(|number: u32| [",x".to_owned(), number.to_string()])
        .collect();
    for headings in [columns, ",value".repeat(100_000)] {
        let table = format!("place,period,value{headings}\n18,2020,1\n");
        let found = findings("columns", "data/series/arbetsloshet.csv", &table);
        assert!((1..=50).contains(&found.len()), "{}", found.len());
        assert!(found.iter().any(|finding| finding.argument("more").is_some()));
    }
}

#[test]
fn a_name_that_breaks_lines_is_told() {
    for file in [
        "content/a\nb.md",
        "content/a\nb.png",
        "content/a\\b.png",
        "data/indicators/a\tb.yaml",
    ] {
        let found = findings(file, file, &page("Hej."));
        let of_name = found
            .iter()
            .find(|finding| finding.code == Code::FileUnreadable)
            .expect(file);
        assert_eq!(of_name.origin.as_ref().map(|origin| &*origin.file), Some(file));
    }
}

#[test]
fn a_list_that_is_wrong_in_every_line_is_told_in_few() {
    let hash = "0".repeat(64);
    for line in [
        "nonsense\n".to_owned(),
        format!("{hash}  ../x\n"),
        format!("{hash}  data/NUMBER\n"),
    ] {
        let list: String = (0..400_000)
            .map(|number| line.replace("NUMBER", &number.to_string()))
            .collect();
        let files = [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            ("manifest-sha256.txt", &list),
        ];
        let start = Instant::now();
        let bag = Inventory::from_files(files.into_iter().map(|(name, text)| (name, text.as_bytes())));
        let found = archive::findings(&archive::verify(&bag));
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
        assert!((50..60).contains(&found.len()), "{}", found.len());
        let more = found.iter().find_map(|finding| finding.argument("more"));
        assert!(more.is_some_and(|more| more.starts_with("39995")), "{more:?}");
    }
}
