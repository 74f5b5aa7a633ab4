//! What is remembered changes nothing, and no drawing is made twice.
//!
//! Every file of every site under `tests/sites` is edited in one of five ways, in turn: a number made another, a word made
//! another, a line taken out, an empty line added, the file taken away. Each edit is compiled with the same cache: it makes
//! the drawings it has never made, and no other. At the end that cache gives the site that an empty one gives.

#![expect(clippy::disallowed_methods, reason = "tests read their own folders")]

mod support;

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use support::{differences, options, path, tree};
use utsikt::cache::{Cache, Key};
use utsikt::compile::{Outcome, compile};
use utsikt::source::Snapshot;

fn sites() -> Vec<String> {
    let folders = fs::read_dir(path("tests/sites"))
        .expect("the sites")
        .filter_map(Result::ok);
    let folders = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let names: BTreeSet<String> = folders.filter(|name| name != "base").collect();
    names.into_iter().collect()
}

fn snapshot(name: &str) -> Snapshot {
    support::laid_over(&path("tests/sites/base"), &path("tests/sites").join(name))
}

/// The same files with this one as told; `None` takes it away.
fn edited(snapshot: &Snapshot, path: &str, text: Option<&str>) -> Snapshot {
    let mut edited = Snapshot::default();
    for file in snapshot.under("", "") {
        match text {
            _ if *file.path != *path => edited.insert(&file.path, file.bytes.clone()),
            Some(text) => edited.insert(path, text.as_bytes().to_vec()),
            None => {}
        }
    }
    edited
}

/// A text edited in the way of this number: its last digit, its longest word, its middle line, its end; `None` is no text.
fn edit(text: &str, way: usize) -> Option<String> {
    match way % 5 {
        0 => text.rfind(|c: char| c.is_ascii_digit()).map_or(edit(text, 1), |at| {
            let other = if &text[at..=at] == "7" { "8" } else { "7" };
            Some(format!("{}{other}{}", &text[..at], &text[at + 1..]))
        }),
        1 => {
            let word = text
                .split(|c: char| !c.is_alphabetic())
                .max_by_key(|word| word.len())
                .unwrap_or_default();
            Some(text.replacen(word, &format!("{word}x"), 1))
        }
        2 => {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            lines.drain(lines.len() / 2..(lines.len() / 2 + 1).min(lines.len()));
            Some(lines.concat())
        }
        3 => Some(format!("{text}\n")),
        _ => None,
    }
}

fn same(what: &str, cold: &Outcome, warm: &Outcome) {
    let differences = differences(&tree(&cold.outputs), &tree(&warm.outputs));
    assert!(
        differences.is_empty(),
        "{what}: {} files\n{}",
        differences.len(),
        differences[0]
    );
    assert_eq!(cold.findings, warm.findings, "{what}");
}

fn keys(cache: &Cache) -> BTreeSet<Key> {
    cache.entries().into_keys().collect()
}

#[test]
fn after_every_edit_only_new_drawings_are_made_and_the_site_is_as_made_cold() {
    sites().par_iter().enumerate().for_each(|(number, name)| {
        let original = snapshot(name);
        let cache = Cache::default();
        let _ = compile(&original, &options(), &cache);
        let mut ever_made = keys(&cache);
        let files = original
            .under("", "")
            .filter(|file| !file.path.starts_with("themes/") || name == "theme");
        for (way, file) in files.enumerate() {
            let Ok(text) = file.text() else { continue };
            let text = edit(text, number + way);
            let made_before = cache.made();
            let _ = compile(&edited(&original, &file.path, text.as_deref()), &options(), &cache);
            let (made, now) = (cache.made() - made_before, keys(&cache));
            let new = now.difference(&ever_made).count();
            // Two threads may make one drawing at the same time; a cache that forgets makes many more.
            assert!(
                made <= new + 1,
                "{name}, {} as {text:?}: {made} made, {new} new",
                file.path
            );
            ever_made.extend(now);
        }
        let warm = compile(&original, &options(), &cache);
        same(name, &compile(&original, &options(), &Cache::default()), &warm);
    });
}

/// A site with charts of every kind, built once.
fn built(cache: &Cache) -> Snapshot {
    let site = snapshot("charts");
    let _ = compile(&site, &options(), cache);
    assert!(cache.made() > 10, "the site has drawings");
    site
}

fn made_by(cache: &Cache, compile_again: impl FnOnce()) -> usize {
    let before = cache.made();
    compile_again();
    cache.made() - before
}

#[test]
fn quiet_days_do_not_throw_drawings_away() {
    let cache = Cache::default();
    let site = built(&cache);
    let made = made_by(&cache, || {
        for days in 1..=5 {
            let mut options = options();
            options.today = options.today.saturating_add(jiff::Span::new().days(days));
            let _ = compile(&site, &options, &cache);
        }
    });
    assert_eq!(made, 0);
}

#[test]
fn a_broken_site_does_not_throw_drawings_away() {
    let cache = Cache::default();
    let site = built(&cache);
    let broken = edited(&site, "data/site.yaml", Some("title: [\n"));
    let made = made_by(&cache, || {
        let _ = compile(&broken, &options(), &cache);
        let _ = compile(&site, &options(), &cache);
    });
    assert_eq!(made, 0);
}

#[test]
fn a_template_a_word_and_the_address_change_no_drawing() {
    let cache = Cache::default();
    let site = built(&cache);
    let mut themed = site.clone();
    themed.insert("themes/own/theme.yaml", b"parent: test\n".to_vec());
    themed.insert(
        "themes/own/templates/page.html",
        b"<title>{{ page.title }}</title><p>{{ words.frame.skip }}</p>{{ body|safe }}".to_vec(),
    );
    themed.insert(
        "themes/own/words/sv.yaml",
        "frame:\n  skip: Till texten\n".as_bytes().to_vec(),
    );
    let settings = site.find("data/site.yaml").expect("settings").text().expect("text");
    themed.insert(
        "data/site.yaml",
        format!(
            "{}\nbase_url: https://prov.example/\n",
            settings.replace("theme: test", "theme: own")
        )
        .into_bytes(),
    );
    let made = made_by(&cache, || {
        let outcome = compile(&themed, &options(), &cache);
        let page = outcome.outputs.iter().find(|output| output.route == "index.html");
        let page = String::from_utf8_lossy(&page.expect("the front page").bytes).into_owned();
        assert!(page.contains("Till texten"), "the theme is the site's own");
    });
    assert_eq!(made, 0);
}
