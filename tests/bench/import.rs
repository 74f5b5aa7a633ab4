//! 50,000 responses: imported, read and tabulated. `cargo bench --bench import`; peak memory: `/usr/bin/time -v` before the
//! program that it builds. The responses are made up, and the same each time.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;
use utsikt::finding::Log;
use utsikt::import::{self, Survey};
use utsikt::read;
use utsikt::source::SourceFile;

const RESPONSES: usize = 50_000;

fn main() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/base");
    let mut snapshot = utsikt::disk::gather(&base).expect("the base can be read");
    let site = read::site(&snapshot, &Log::default()).expect("the base is a site");
    let text = made_up();
    println!("{:>8.1} MB of CSV, {RESPONSES} responses", text.len() as f64 / 1e6);
    let file = SourceFile {
        path: "svar.csv".into(),
        bytes: text.into_bytes().into(),
    };
    let survey = Survey {
        consultation: &site.consultations[0],
        journal: "",
        codes: None,
        mapping: None,
        tool: None,
        today: None,
        relation: None,
    };
    let begun = Instant::now();
    let imported = import::survey(&survey, &[file], &Log::default());
    println!("{:>8.0} ms  import", begun.elapsed().as_secs_f64() * 1000.0);
    assert_eq!(imported.report.new, RESPONSES);
    println!("{:>8.1} MB of journal", imported.added.len() as f64 / 1e6);
    snapshot.insert("answers/enkat/responses.jsonl", imported.added.into_bytes());
    let begun = Instant::now();
    let answers = read::answers(&site, &snapshot, &Log::default());
    println!(
        "{:>8.0} ms  read, {} responses count",
        begun.elapsed().as_secs_f64() * 1000.0,
        answers[0].responses.len()
    );
    let begun = Instant::now();
    let results = utsikt::survey::all(&site, &answers, jiff::civil::date(2026, 11, 23));
    println!(
        "{:>8.0} ms  tabulate, {} consultations",
        begun.elapsed().as_secs_f64() * 1000.0,
        results.len()
    );
}

/// A table with the form's field names.
fn made_up() -> String {
    let mut text = String::from(
        "consultation,version,response,submitted,styrkor,roll,utmaningar,speglar,pastaenden.tydlig,pastaenden.kand,riktning.vag,\
         riktning.tag,ordning.a,ordning.b,ordning.c,poang.a,poang.b,antal\n",
    );
    let mut seed = 1_u32;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    for number in 0..RESPONSES {
        let ways = ["up", "same", "down", "no-opinion"];
        let points = next(11);
        let _ = writeln!(
            text,
            "enkat,2,r{number},2026-03-{:02},\"Närheten till naturen, och {} andra skäl som tar en rad i anspråk.\",{},{},{},{},{},{},{},\
             {},{},{},{points},{},{}",
            1 + next(17),
            next(100),
            ["politik", "tjansteman"][next(2) as usize],
            ["bostader", "kompetens;klimat", ""][next(3) as usize],
            1 + next(3),
            1 + next(3),
            1 + next(3),
            ways[next(4) as usize],
            ways[next(4) as usize],
            1 + next(3),
            1 + next(3),
            1 + next(3),
            10 - points,
            next(500),
        );
    }
    text
}
