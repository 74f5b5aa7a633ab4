//! Same files, same day: same bytes. However many threads, remembered or not, whatever the folder is called.
//!
//! The repository's own site is the example, since it has everything. It is compiled cold once, and what that
//! remembered serves the other tests; that drawings do not depend on threads either is shown on a small site.

use rayon::ThreadPoolBuilder;
use std::sync::OnceLock;
use support::{Tree, differences, options, path, tree};
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::disk::gather;
use utsikt::source::Snapshot;

mod support;

/// The whole site as first made, and the drawings that were made for it.
fn cold() -> &'static (Tree, Cache) {
    static COLD: OnceLock<(Tree, Cache)> = OnceLock::new();
    COLD.get_or_init(|| {
        let cache = Cache::default();
        (on_threads(4, &site(), &cache), cache)
    })
}

fn site() -> Snapshot {
    gather(&path("")).expect("the repository's own site")
}

fn on_threads(count: usize, snapshot: &Snapshot, cache: &Cache) -> Tree {
    let pool = ThreadPoolBuilder::new().num_threads(count).build().expect("threads");
    pool.install(|| tree(&compile(snapshot, &options(), cache).outputs))
}

/// A cache that knows what another knows, as one that has been to disk and back.
fn remembered(cache: &Cache) -> Cache {
    Cache::new(cache.entries())
}

fn same(expected: &Tree, made: &Tree) {
    let differences = differences(expected, made);
    assert!(
        differences.is_empty(),
        "{} files\n{}",
        differences.len(),
        differences[..differences.len().min(5)].join("\n")
    );
}

#[test]
fn warm_is_as_cold_and_one_thread_as_four() {
    let (first, cache) = cold();
    same(first, &on_threads(1, &site(), &remembered(cache)));
}

#[test]
fn another_folder_gives_the_same_site() {
    let (first, cache) = cold();
    let mut elsewhere = site();
    elsewhere.prefix = "../någon annanstans/".to_owned();
    same(first, &on_threads(2, &elsewhere, &remembered(cache)));
}

#[test]
fn nothing_of_the_machine_is_in_the_site() {
    let (first, _) = cold();
    let here = path("").to_string_lossy().trim_end_matches('/').to_owned();
    let telling = first
        .iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&here));
    assert_eq!(
        telling.map(|(route, _)| route.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn a_build_uses_all_that_it_remembers() {
    let (_, cache) = cold();
    let warm = remembered(cache);
    on_threads(2, &site(), &warm);
    assert_eq!(warm.made(), 0);
    assert_eq!(warm.entries().len(), cache.entries().len());
}

#[test]
fn drawings_do_not_depend_on_threads_or_order() {
    let charts = || support::laid_over(&path("tests/sites/base"), &path("tests/sites/charts"));
    let first = on_threads(1, &charts(), &Cache::default());
    same(&first, &on_threads(1, &charts(), &Cache::default()));
    same(&first, &on_threads(4, &charts(), &Cache::default()));
}

#[test]
fn a_drawing_is_the_same_whatever_was_drawn_before_it() {
    let charts = || support::laid_over(&path("tests/sites/base"), &path("tests/sites/charts"));
    let edges = support::laid_over(&path("tests/sites/base"), &path("tests/sites/edges"));
    let fresh = on_threads(1, &charts(), &Cache::default());
    let pool = ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let after = pool.install(|| {
        let _ = compile(&edges, &options(), &Cache::default());
        tree(&compile(&charts(), &options(), &Cache::default()).outputs)
    });
    same(&fresh, &after);
}
