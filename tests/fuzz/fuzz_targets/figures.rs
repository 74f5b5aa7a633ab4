//! Any bytes as a publisher's answer: `cargo +nightly fuzz run --fuzz-dir tests/fuzz -D -s none figures`. Nothing may fall over, and no
//! figure may be lost without being counted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use utsikt::finding::Log;
use utsikt::import::figures::{self, Choice, TableColumns, Format, SiteContext};
use utsikt::model::Site;
use utsikt::read;
use utsikt::source::{Snapshot, SourceFile};

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let mut snapshot = Snapshot::default();
    snapshot.insert("data/site.yaml", include_bytes!("../../../data/site.yaml").to_vec());
    snapshot.insert("data/places.yaml", include_bytes!("../../../data/places.yaml").to_vec());
    read::site(&snapshot, &Log::default()).expect("a site")
});

fuzz_target!(|bytes: &[u8]| {
    let file = SourceFile { path: "fuzz".into(), bytes: bytes.into() };
    for (_, format) in Format::NAMES {
        let log = Log::default();
        let Some(table) = figures::read(*format, std::slice::from_ref(&file), &TableColumns::default(), &log) else { continue };
        let context = SiteContext { places: &SITE.places, language: "sv", path: &file.path };
        if let Some(mapped) = figures::map(&table, &Choice::default(), context, &log) {
            assert!(mapped.account.is_balanced());
            let _ = figures::table(&mapped.rows, &SITE.places, figures::BREAKDOWN_COLUMN);
        }
    }
});
