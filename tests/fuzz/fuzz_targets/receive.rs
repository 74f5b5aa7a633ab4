//! Any bytes, posted: `cargo +nightly fuzz run --fuzz-dir tests/fuzz -D -s none receive`. What is done with them is
//! `utsikt::receive::survive`, which an ordinary test runs too.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use utsikt::finding::Log;
use utsikt::model::Site;
use utsikt::read;
use utsikt::source::Snapshot;

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let mut snapshot = Snapshot::default();
    snapshot.insert("data/site.yaml", include_bytes!("../../import/base/data/site.yaml").to_vec());
    snapshot.insert("data/places.yaml", include_bytes!("../../import/base/data/places.yaml").to_vec());
    snapshot.insert("data/surveys/enkat.yaml", include_bytes!("../../import/base/data/surveys/enkat.yaml").to_vec());
    read::site(&snapshot, &Log::default()).expect("the base is a site")
});

fuzz_target!(|bytes: &[u8]| utsikt::receive::survive(&SITE.consultations[0], bytes));
