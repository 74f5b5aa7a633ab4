//! The plan of the house, held to: who may name whom, where foreign crates live, how big a file may be.

#![expect(clippy::disallowed_methods, reason = "reads the program's own source")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The storeys of the house, lowest first. A module names only those below it, and its own.
const STOREYS: &[&str] = &[
    "source",
    "html",
    "finding",
    "model",
    "read",
    "archive",
    "bind",
    "measure",
    "index",
    "import",
    "survey",
    "embargo",
    "chart",
    "theme",
    "cache",
    "page",
    "download",
    "render",
    "index_report",
    "check",
    "compile",
    "diff",
    "clock",
    "disk",
    "fetch",
    "watch",
    "serve",
    "receive",
    "cli",
];

/// Where each foreign crate is named; nowhere else. A folder stands for everything in it.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["finding/print"]),
    (
        "blake3",
        &[
            "chart/draw",
            "theme",
            "page/report",
            "render/figure/draw",
            "disk",
            "import",
            "read/draft",
            "read/provenance",
            "serve",
            "receive",
            "survey/basis",
            "survey/ledger",
        ],
    ),
    ("calamine", &["import/sheet"]),
    ("charming", &["chart/option", "chart/overlay"]),
    ("clap", &["cli"]),
    (
        "csv",
        &["read/table", "import/figures/written", "download", "index_report"],
    ),
    ("ctrlc", &["cli/serve"]),
    ("encoding_rs", &["read/table", "import/figures/px"]),
    ("getrandom", &["cli/import", "receive"]),
    ("http_body_util", &["receive"]),
    ("hyper", &["receive"]),
    ("hyper_util", &["receive"]),
    (
        "jiff",
        &[
            "model",
            "read",
            "import",
            "survey",
            "embargo",
            "theme/format",
            "page",
            "download",
            "render",
            "check",
            "compile",
            "diff/record",
            "clock",
            "cli/import",
            "cli/links",
            "receive",
        ],
    ),
    ("microlp", &["survey/disclosure/change"]),
    ("minijinja", &["theme/engine", "page", "render"]),
    ("notify", &["watch"]),
    (
        "pulldown_cmark",
        &["page/inline", "read/draft", "read/text_links", "render/markdown"],
    ),
    ("rand_pcg", &["index/draw"]),
    ("rayon", &["read", "index", "render", "disk", "cli"]),
    ("rquickjs", &["chart/engine"]),
    ("rustix", &["disk", "receive"]),
    ("saphyr_parser", &["read/outline"]),
    (
        "serde",
        &[
            "cli/help",
            "finding/language",
            "chart",
            "theme/engine",
            "page",
            "render",
            "index_report",
            "survey/ledger",
            "survey/recorded",
            "survey/results",
            "survey/quote",
        ],
    ),
    (
        "serde_json",
        &[
            "finding/print",
            "model/chart",
            "read",
            "archive/description",
            "import",
            "chart",
            "theme/words",
            "page/table",
            "render",
            "index_report",
            "diff",
            "serve",
            "receive",
            "survey/ledger",
        ],
    ),
    ("serde_yaml", &["finding/language", "read/yaml"]),
    ("sha2", &["archive/digest"]),
    ("strsim", &["finding/near"]),
    ("tokio", &["receive"]),
    ("unicode_normalization", &["import/label", "read"]),
    ("ureq", &["fetch"]),
    ("walkdir", &["disk"]),
    ("zip", &["import/sheet"]),
];

/// Lines a file may have, by folder and ending.
const CEILINGS: &[(&str, &[&str], usize)] = &[
    ("src", &["css", "js", "rs"], 400),
    ("themes/base", &["css", "html", "js"], 250),
    ("tests/browser", &["mjs"], 250),
];

/// Lists of one entry after the other, which are looked up and not read.
const LISTS: &[&str] = &["src/finding/code.rs"];

#[test]
fn modules_name_only_what_stands_below_them() {
    let storey = |module: &str| STOREYS.iter().position(|storey| *storey == module);
    let mut broken = Vec::new();
    for (file, line, code) in code_lines() {
        let own = module_of(&file);
        let Some(height) = storey(own) else { continue };
        for named in modules_named(&code) {
            if named != own && storey(&named).is_some_and(|other| other >= height) {
                broken.push(format!("src/{file}:{line}: `{own}` must not look up at `{named}`"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_module_has_its_storey() {
    let lib = fs::read_to_string(src("lib.rs")).expect("the library");
    let modules: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let known: BTreeSet<&str> = STOREYS.iter().copied().collect();
    assert_eq!(modules.iter().copied().collect::<BTreeSet<_>>(), known);
    assert_eq!(modules.len(), known.len(), "a module stands twice in src/lib.rs");
}

#[test]
fn nobody_climbs_out_of_the_house_by_super() {
    let mut climbs = Vec::new();
    for (file, line, code) in code_lines().into_iter().filter(|(file, ..)| file.contains('/')) {
        let depth = file.matches('/').count() + usize::from(!file.ends_with("/mod.rs"));
        let way = "super::".repeat(depth);
        let reached = code.split(&way).skip(1).map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        });
        if reached.into_iter().any(|name| STOREYS.contains(&name)) {
            climbs.push(format!("src/{file}:{line}: {}", code.trim()));
        }
    }
    assert!(
        climbs.is_empty(),
        "say `crate::` where the way leads out of a module:\n{}",
        climbs.join("\n")
    );
}

/// Files that need each other, be it by way of others, cannot be read one after the other. Within a folder that is bearable.
#[test]
fn no_circle_of_imports_crosses_folders() {
    let imports = imports();
    let folder = |file: &str| Path::new(file).parent().map(Path::to_owned);
    let mut circles = Vec::new();
    for (file, needed) in &imports {
        for other in needed.iter().filter(|other| folder(other) != folder(file)) {
            let (mut reached, mut left) = (BTreeSet::from([other]), vec![other]);
            while let Some(next) = left.pop() {
                left.extend(imports[next].iter().filter(|further| reached.insert(further)));
            }
            if reached.contains(file) {
                circles.push(format!("src/{file} and src/{other} need each other"));
            }
        }
    }
    assert!(
        circles.is_empty(),
        "move what both need to its own file:\n{}",
        circles.join("\n")
    );
}

#[test]
fn foreign_crates_stay_at_home() {
    let mut strays = Vec::new();
    for (file, line, text) in code_lines() {
        for (foreign, homes) in HOMES {
            let at_home = homes
                .iter()
                .any(|home| file.strip_prefix(home).is_some_and(|rest| rest.starts_with(['/', '.'])));
            if !at_home && names_crate(&text, foreign) {
                strays.push(format!("src/{file}:{line}: {foreign} lives in {}", homes.join(", ")));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn every_foreign_crate_has_a_home_and_lives_there() {
    let manifest = fs::read_to_string(src("../Cargo.toml")).expect("the manifest");
    let section = manifest
        .split("[dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .expect("dependencies");
    let wanted: BTreeSet<String> = section
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")))
        .collect();
    assert_eq!(wanted, HOMES.iter().map(|(foreign, _)| (*foreign).to_owned()).collect());
    let lines = code_lines();
    for (foreign, homes) in HOMES {
        for home in *homes {
            let inhabited = lines
                .iter()
                .any(|(file, _, code)| file.starts_with(home) && names_crate(code, foreign));
            assert!(inhabited, "{foreign} no longer lives in {home}");
        }
    }
}

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let mut long = Vec::new();
    for (folder, endings, ceiling) in CEILINGS {
        let files = files(folder, endings);
        assert!(!files.is_empty(), "{folder} has no file ending in {endings:?}");
        let lines = files
            .iter()
            .map(|(file, text)| (format!("{folder}/{file}"), text.lines().count()));
        long.extend(
            lines
                .filter(|(file, count)| count > ceiling && !LISTS.contains(&&**file))
                .map(|(file, count)| format!("{file}: {count} lines")),
        );
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    // The library is told by the map.
    let opens = |text: &str| text.starts_with("//! ") || text.starts_with("#![doc = include_str!(");
    let silent = sources().into_iter().filter(|(_, text)| !opens(text));
    let silent: Vec<String> = silent.map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "these open without `//!`: {silent:?}");
}

#[test]
fn the_map_names_every_folder() {
    let map = fs::read_to_string(src("ARCHITECTURE.md")).expect("the map");
    let folders: BTreeSet<String> = sources()
        .into_keys()
        .filter_map(|file| Some(file.rsplit_once('/')?.0.to_owned()))
        .collect();
    let named = |folder: &str| {
        let ways = [
            format!("[`{folder}`]"),
            format!("`{folder}`"),
            format!("`{folder}/"),
            format!("`{}::", folder.replace('/', "::")),
            format!("`{}`", folder.replace('/', "::")),
        ];
        ways.iter().any(|way| map.contains(way))
    };
    let lacking: Vec<&String> = folders.iter().filter(|folder| !named(folder)).collect();
    assert!(lacking.is_empty(), "src/ARCHITECTURE.md does not name {lacking:?}");
}

#[test]
fn files_are_touched_only_at_the_rim() {
    let rim = ["disk", "clock", "watch", "serve", "receive", "cli", "build.rs"];
    let touches = [
        "std::fs",
        "std::env",
        "SystemTime",
        "Instant::",
        "std::process::Command",
        "std::net",
    ];
    let inner = code_lines()
        .into_iter()
        .filter(|(file, ..)| !rim.iter().any(|own| file.starts_with(own)));
    let inner = inner.filter(|(file, _, code)| file != "main.rs" && touches.iter().any(|touch| code.contains(touch)));
    let inner: Vec<String> = inner
        .map(|(file, line, code)| format!("src/{file}:{line}: {}", code.trim()))
        .collect();
    assert!(inner.is_empty(), "{}", inner.join("\n"));
}

#[test]
fn only_imports_and_the_check_of_links_go_online() {
    let asks = code_lines().into_iter().filter(|(file, _, code)| {
        !file.starts_with("fetch/")
            && !file.starts_with("cli/import/")
            && file != "cli/links.rs"
            && file != "receive/check.rs"
            && modules_named(code).iter().any(|own| own == "fetch")
    });
    let asks: Vec<String> = asks
        .map(|(file, line, code)| format!("src/{file}:{line}: {}", code.trim()))
        .collect();
    assert!(asks.is_empty(), "{}", asks.join("\n"));
}

fn src(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file)
}

/// Every Rust file of `src` by its path there.
fn sources() -> BTreeMap<String, String> {
    files("src", &["rs"])
}

/// Every file of a folder with one of these endings, by its path there. Packages that npm installs are not ours.
fn files(folder: &str, endings: &[&str]) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let has_ending = |path: &Path| {
        path.extension()
            .is_some_and(|found| endings.iter().any(|ending| found == *ending))
    };
    let entries = walkdir::WalkDir::new(&root).into_iter();
    let ours = entries
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .filter_map(Result::ok);
    let files = ours.filter(|entry| entry.file_type().is_file() && has_ending(entry.path()));
    files
        .map(|entry| {
            let parts = entry
                .path()
                .strip_prefix(&root)
                .expect("below its folder")
                .iter()
                .map(|part| part.to_string_lossy().into_owned());
            (
                parts.collect::<Vec<_>>().join("/"),
                fs::read_to_string(entry.path()).expect("a source file"),
            )
        })
        .collect()
}

/// Lines of the library without comments: file, number, code. The build script stands outside the house.
fn code_lines() -> Vec<(String, usize, String)> {
    let library = sources().into_iter().filter(|(file, _)| file != "build.rs");
    library
        .flat_map(|(file, text)| {
            let joined = joined_imports(&text);
            joined
                .into_iter()
                .map(move |(number, line)| (file.clone(), number, line))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Lines without comments, an import over several lines as one.
fn joined_imports(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (line, number) in text.lines().zip(1..) {
        let code = line.split("//").next().unwrap_or_default();
        match lines.last_mut() {
            Some((_, import)) if open => import.push_str(code.trim()),
            _ => lines.push((number, code.to_owned())),
        }
        let last = &lines.last().expect("just pushed").1;
        open = is_use(last) && !last.contains(';');
    }
    lines
}

/// `use …` or `pub(crate) use …`.
fn is_use(code: &str) -> bool {
    code.split_whitespace().take(2).any(|word| word == "use")
}

/// `chart` of `chart/option/bars.rs`, `cache` of `cache.rs`.
fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

/// Modules that a line names by `crate::name` or `crate::{name, other::Thing}`.
fn modules_named(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut named = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => named.push(word(rest)),
            Some(list) => {
                let mut depth = 1;
                let mut starts = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' => starts = depth == 1,
                        c if c.is_whitespace() => {}
                        _ if starts && depth == 1 => {
                            named.push(word(&list[at..]));
                            starts = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    named
}

type ModulePath = Vec<String>;

/// The files that each file of the library needs, tests aside. A re-export needs nothing: whoever names what it offers needs
/// the file that has it.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, _, code) in code_lines().into_iter().filter(|(file, ..)| file != "main.rs") {
        lines.entry(file).or_default().push(code);
    }
    let module = |file: &str| -> ModulePath {
        let parts = file.trim_end_matches(".rs").split('/').map(str::to_owned);
        parts.filter(|part| part != "lib" && part != "mod").collect()
    };
    let files: BTreeMap<ModulePath, &String> = lines.keys().map(|file| (module(file), file)).collect();
    // Paths from the root that a file names, in lines of one kind.
    let named = |file: &String, kind: fn(&str) -> bool| -> Vec<ModulePath> {
        let here = module(file);
        let from_root = |path: ModulePath| match path[0].as_str() {
            "crate" => Some(path[1..].to_vec()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                Some([&here[..here.len().checked_sub(ups)?], &path[ups..]].concat())
            }
            _ => Some([&here[..], &path].concat()).filter(|path| files.contains_key(&path[..=here.len()])),
        };
        let before_tests = lines[file].iter().take_while(|code| *code != "mod tests {");
        let of_kind = before_tests.filter(|code| kind(code));
        of_kind
            .flat_map(|code| paths(&without_reach(code)))
            .filter_map(from_root)
            .collect()
    };
    let use_paths: BTreeMap<&String, Vec<ModulePath>> = lines.keys().map(|file| (file, named(file, is_use))).collect();
    let owner = |mut path: ModulePath| loop {
        let is_module = |depth: &usize| files.contains_key(&path[..*depth]);
        let depth = (0..=path.len()).rev().find(is_module).expect("the root is one");
        let file = files[&path[..depth]];
        let has_name = |used: &&ModulePath| depth < path.len() && used.last() == path.get(depth);
        match use_paths[file].iter().find(has_name).filter(|used| **used != path) {
            Some(used) => path = [&used[..], &path[depth + 1..]].concat(),
            None => break file.clone(),
        }
    };
    let needs_of = |file: &String| -> BTreeSet<String> {
        let needed_paths = named(file, |code| !(is_use(code) && code.trim_start().starts_with("pub")));
        needed_paths
            .into_iter()
            .map(owner)
            .filter(|other| other != file)
            .collect()
    };
    lines.keys().map(|file| (file.clone(), needs_of(file))).collect()
}

/// A line without `pub(in PATH)`: to be seen by a module is not to need it.
fn without_reach(code: &str) -> String {
    let mut parts = code.split("pub(in ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |line, part| {
        line + part.split_once(')').map_or("", |(_, rest)| rest)
    })
}

/// Paths in a line, lists in braces written out: `crate::{bind, read::Node}` is `crate::bind`, `crate::read::Node`.
fn paths(code: &str) -> Vec<ModulePath> {
    let (mut heads, mut word, mut paths) = (vec![String::new()], String::new(), Vec::new());
    for c in code.chars().chain([' ']) {
        if c.is_alphanumeric() || matches!(c, '_' | ':') {
            word.push(c);
            continue;
        }
        let path = heads.last().cloned().unwrap_or_default() + &word;
        if c == '{' && word.ends_with("::") {
            heads.push(path);
        } else if !word.is_empty() {
            let parts = path.split("::").filter(|part| *part != "self");
            paths.push(parts.map(str::to_owned).collect());
        }
        if c == '}' {
            heads.pop();
        }
        word.clear();
    }
    paths.retain(|path: &ModulePath| path.len() > 1);
    paths
}

fn names_crate(code: &str, foreign: &str) -> bool {
    let before = |at: usize| code[..at].chars().next_back();
    code.match_indices(&format!("{foreign}::"))
        .any(|(at, _)| before(at).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ':')))
        || code
            .trim_start()
            .strip_prefix("use ")
            .is_some_and(|rest| rest.trim_end().trim_end_matches(';') == foreign)
}

#[test]
fn lists_of_imports_are_understood() {
    assert_eq!(
        modules_named("use crate::{bind, read::{Node, x}, theme};"),
        ["bind", "read", "theme"]
    );
    assert_eq!(
        modules_named("crate::theme::shown(crate::model::Site)"),
        ["theme", "model"]
    );
    let written_out = paths("use crate::{bind, read::{self, Node}};");
    assert!(written_out.contains(&vec!["crate".to_owned(), "read".to_owned(), "Node".to_owned()]));
    assert!(names_crate("use csv::Reader;", "csv") && !names_crate("export::csv::x", "csv"));
}
