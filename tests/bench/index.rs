//! How long the index engine takes: the ASEM example beside COINr's stated times, and an index of all municipalities.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures and prints"
)]

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;
use utsikt::finding::Log;
use utsikt::index::Composite;
use utsikt::index::draw::{Draw, Purpose};
use utsikt::index::sensitivity::Sensitivity;
use utsikt::index::variation::RankIntervals;
use utsikt::model::Site;
use utsikt::source::Snapshot;

/// What COINr 1.1.14 needs for 500 uncertainty runs and for a sensitivity analysis of 600 runs, in milliseconds.
const COINR: [f64; 2] = [160_000.0, 91_000.0];
/// Times each is measured; the middle one is printed.
const TIMES: usize = 7;

fn main() {
    let asem =
        site(&utsikt::disk::gather(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/asem/site"))).expect("files"));
    let composite = Composite::new(&asem, &asem.indices[0]);
    println!("index engine, on {} threads", rayon::current_num_threads());
    row("ASEM, 51 countries × 49 indicators, computed", None, || {
        Composite::new(&asem, &asem.indices[0])
    });
    row("ASEM, 500 uncertainty runs", Some(COINR[0]), || {
        RankIntervals::compute(&composite, 0).expect("ranges")
    });
    row("ASEM, sensitivity analysis of 600 runs", Some(COINR[1]), || {
        Sensitivity::compute(&composite, 0, 600).expect("shares")
    });
    let made_up = site(&municipalities());
    let scored = Composite::new(&made_up, &made_up.indices[0]).sheets.len();
    assert_eq!(scored, 9, "eight years and the latest");
    row(
        "synthetic, 290 places × 84 indicators × 8 years, computed",
        None,
        || Composite::new(&made_up, &made_up.indices[0]),
    );
}

fn row<T>(name: &str, peer: Option<f64>, work: impl Fn() -> T) {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed().as_secs_f64() * 1000.0
    };
    let mut times: Vec<f64> = (0..TIMES).map(once).collect();
    times.sort_by(f64::total_cmp);
    let middle = times[TIMES / 2];
    let ratio = peer.map(|peer| format!("   1/{:.0} of COINr's stated {:.0} s", peer / middle, peer / 1000.0));
    println!("  {name:<58}{middle:>9.1} ms{}", ratio.unwrap_or_default());
}

fn site(snapshot: &Snapshot) -> Site {
    let log = Log::default();
    let site = utsikt::read::site(snapshot, &log);
    let findings = log.into_inner();
    assert!(findings.is_empty(), "{:#?}", findings.first());
    site.expect("a site")
}

/// Figures drawn from a seed, for no real place: only their number is that of Swedish municipalities and of BRP+.
fn municipalities() -> Snapshot {
    const PLACES: usize = 290;
    let mut snapshot = Snapshot::default();
    let mut places = "places:\n".to_owned();
    for place in 0..PLACES {
        let _ = writeln!(
            places,
            "  - {{ code: P{place:03}, name: Made-up place {place}, level: municipality }}"
        );
    }
    snapshot.insert("data/places.yaml", places.into_bytes());
    snapshot.insert(
        "data/site.yaml",
        &b"title: Synthetic\nlanguages: [en]\ntheme: base\nplace_pages: []\n"[..],
    );
    let mut tree = "tree:\n  - id: top\n    name: Synthetic index\n    children:\n".to_owned();
    for theme in 0..12 {
        let _ = writeln!(
            tree,
            "      - id: theme-{theme}\n        name: Theme {theme}\n        children:"
        );
        for own in 0..7 {
            let id = theme * 7 + own;
            let _ = writeln!(
                tree,
                "          - {{ id: leaf-{id}, name: Leaf {id}, indicator: i{id} }}"
            );
            snapshot.insert(
                &format!("data/indicators/i{id}.yaml"),
                indicator(id, PLACES).into_bytes(),
            );
        }
    }
    let head =
        "name: Synthetic\nsource: { publisher: Nobody, licence: CC0 }\nunits: { level: municipality }\nyearly: true\n";
    snapshot.insert("data/indices/synthetic.yaml", format!("{head}{tree}").into_bytes());
    snapshot
}

fn indicator(id: u64, places: usize) -> String {
    let mut draw = Draw::new(id, Purpose::Ranges, 0);
    let mut file =
        format!("name: Indicator {id}\nunit: {{ kind: number, decimals: 2 }}\nbetter: higher\nsample: true\n");
    file.push_str("source: { publisher: Nobody, licence: CC0 }\nvalues:\n");
    for place in 0..places {
        let year = |year: i32| format!("{year}: {:.2}", draw.share() * 100.0);
        let years: Vec<String> = (2017..2025).map(year).collect();
        let _ = writeln!(file, "  P{place:03}: {{ {} }}", years.join(", "));
    }
    file
}
