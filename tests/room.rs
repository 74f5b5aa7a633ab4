//! The page for the room counts as the page of results does: its arithmetic, run as it is served, gives the same net, the same
//! words and the same order as the program's own, for any counts.

#![expect(clippy::disallowed_methods, reason = "reads the sites and the script of the room")]

use proptest::prelude::*;
use rquickjs::{Context, Runtime};
use std::fs;
use utsikt::finding::Log;
use utsikt::model::Question;
use utsikt::read;
use utsikt::source::Snapshot;
use utsikt::survey::{Detail, Meeting};

/// A question of direction.
fn question() -> Question {
    let mut snapshot = Snapshot::default();
    for entry in walkdir::WalkDir::new("tests/faults/base")
        .into_iter()
        .filter_map(Result::ok)
    {
        let path = entry.path().strip_prefix("tests/faults/base").expect("below it");
        if entry.file_type().is_file() {
            let path = path.to_string_lossy().replace('\\', "/");
            snapshot.insert(&path, fs::read(entry.path()).expect("a file"));
        }
    }
    let site = read::site(&snapshot, &Log::default()).expect("a site");
    let (_, question) = site.consultations[0]
        .questionnaire
        .question("riktning")
        .expect("a question");
    question.clone()
}

/// By row, in the order shown: its position, net, and word for agreement.
type Row = (usize, i64, String);

fn of_program(question: &Question, counts: &[Vec<u32>]) -> Vec<Row> {
    let meeting = Meeting {
        name: String::new(),
        date: String::new(),
        participants: None,
        counts: vec![(question.id.clone(), counts.to_vec())],
        before: Vec::new(),
    };
    let Some(Detail::Directions(directions)) = meeting.detail(question) else {
        panic!("directions")
    };
    let mut all: Vec<_> = directions.iter().enumerate().collect();
    all.sort_by_key(|(_, direction)| direction.rank());
    all.into_iter()
        .map(|(at, direction)| (at, direction.net.expect("shown"), direction.agreement().to_owned()))
        .collect()
}

fn of_page(context: &Context, counts: &[Vec<u32>]) -> Vec<Row> {
    let asked = serde_json::to_string(counts).expect("numbers");
    let script = format!(
        "JSON.stringify({asked}.map(([up, same, down], at) => ({{ at, up, same, down }}))
           .sort(tally.compare).map((row) => [row.at, tally.net(row), tally.agreement(row)]))"
    );
    let answer: String = context.with(|context| context.eval(script)).expect("it runs");
    serde_json::from_str(&answer).expect("rows")
}

#[test]
fn the_page_counts_as_the_results_do() {
    let question = question();
    let runtime = Runtime::new().expect("an engine");
    let context = Context::full(&runtime).expect("a context");
    let script = fs::read_to_string("themes/base/assets/room.js/01-tally.js").expect("the script");
    context.with(|context| context.eval::<(), _>(script)).expect("it runs");
    let small = prop::collection::vec(prop::collection::vec(0..8_u32, 3), 1..40);
    let any = prop::collection::vec(prop::collection::vec(0..10_000_u32, 3), 1..40);
    proptest!(|(counts in prop_oneof![small, any])| {
        prop_assert_eq!(of_page(&context, &counts), of_program(&question, &counts));
    });
}
