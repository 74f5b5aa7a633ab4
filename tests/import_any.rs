//! Whatever is imported: it does not fall over, nothing is lost, and what it writes can be read.

#![expect(clippy::disallowed_methods, reason = "reads the imports of the other tests")]

mod support;

use proptest::prelude::*;
use std::fs;
use std::sync::LazyLock;
use utsikt::finding::Log;
use utsikt::import::{self, Survey, survive};
use utsikt::model::{Mapping, Site, Tool};
use utsikt::read;
use utsikt::source::{Snapshot, SourceFile};

static SNAPSHOT: LazyLock<Snapshot> =
    LazyLock::new(|| utsikt::disk::gather(&support::path("tests/import/base")).expect("the base can be read"));
static SITE: LazyLock<Site> = LazyLock::new(|| read::site(&SNAPSHOT, &Log::default()).expect("the base is a site"));

const TOOLS: [Option<Tool>; 5] = [
    None,
    Some(Tool::MsForms),
    Some(Tool::Google),
    Some(Tool::LimeSurvey),
    Some(Tool::Form),
];

fn survey(tool: Option<Tool>, mapping: Option<&'static Mapping>) -> Survey<'static> {
    Survey {
        consultation: &SITE.consultations[0],
        journal: "",
        codes: None,
        mapping,
        tool,
        today: None,
        relation: None,
    }
}

/// Imports bytes in every way, and reads what comes of it.
fn imported(bytes: &[u8]) {
    for tool in TOOLS {
        let (imported, _) = survive(&survey(tool, None), bytes);
        let mut snapshot = SNAPSHOT.clone();
        snapshot.insert("answers/enkat/responses.jsonl", imported.added.clone().into_bytes());
        let log = Log::default();
        let _ = read::answers(&SITE, &snapshot, &log);
        let broken: Vec<_> = read::findings(log)
            .into_iter()
            .filter(|own| own.code.name() == "answers/line")
            .collect();
        assert!(broken.is_empty(), "{broken:?}\n{}", imported.added);
        let again = Survey {
            journal: &imported.added,
            ..survey(tool, None)
        };
        assert_eq!(survive(&again, bytes).0.added, "");
    }
}

/// The files of the golden tests: real shapes to begin from.
fn corpus() -> Vec<Vec<u8>> {
    let tree = support::read_tree(&support::path("tests/import"));
    tree.into_iter()
        .filter(|(path, _)| path.contains("/given/"))
        .map(|(_, bytes)| bytes)
        .collect()
}

#[test]
fn damaged_files_do_no_harm() {
    for bytes in corpus() {
        imported(&bytes);
        for cut in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            imported(&bytes[..cut]);
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 12 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            imported(&damaged);
        }
    }
}

static MAPPING: LazyLock<Mapping> = LazyLock::new(|| {
    let text = fs::read(support::path("tests/import/msforms/mapping.yaml")).expect("a mapping");
    let file = SourceFile {
        path: "mapping.yaml".into(),
        bytes: text.into(),
    };
    read::mapping(&file, &Log::default()).expect("it can be read")
});

const HEADINGS: &str = "ID;Starttid;Slutförandetid;E-post;Namn;Kommun;Vilka styrkor ser ni?;Vilken roll har ni?;Vilka är de \
                        största utmaningarna?;I vilken grad speglar strategin era behov?;Strategin är tydlig;Strategin är \
                        känd;Ordna områdena;Hur många deltog?";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        imported(&bytes);
    }

    #[test]
    fn any_table_does_no_harm(text in "[a-z#;,\"\\[\\]\n=åÖ\u{a0}\u{0}]{0,120}") {
        imported(text.as_bytes());
    }

    #[test]
    fn any_object_does_no_harm(key in "[a-zé.\"]{0,12}", word in "\\PC{0,20}", number in any::<f64>()) {
        let own = serde_json::json!({
            "answers": { key.clone(): { "rows": { "vag": word }, "counts": number, "option": 3 }, "poang": { "points": { "a": number } } },
            "respondent": word, "meeting": 3, "unmatched": [word], "submitted": number, key: word,
        });
        imported(own.to_string().as_bytes());
    }

    /// Every cell becomes an answer, is kept as it was, or is in a column that stays behind.
    #[test]
    fn no_cell_is_lost(cells in prop::collection::vec("[a-zåäö0-9]{1,9}", 8)) {
        let row = format!(
            "1;;{};privat;hemligt;{};{};{};{};{};{};{};{};{}",
            cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[0], cells[1]
        );
        let text = format!("{HEADINGS}\n{row}\n");
        let file = SourceFile { path: "export.csv".into(), bytes: text.as_bytes().into() };
        let made = import::survey(&survey(None, Some(&MAPPING)), &[file], &Log::default()).added;
        for cell in &cells {
            // Numbers and ids are kept as what they stand for.
            let is_read = cell.parse::<f64>().is_ok() || matches!(cell.as_str(), "ja" | "nej" | "a" | "b" | "c");
            prop_assert!(is_read || made.contains(cell.as_str()), "{cell} is not in {made}");
        }
        prop_assert!(!made.contains("privat") && !made.contains("hemligt"));
    }
}

/// Names that a form has, and some that it should not have.
const POSTED: [&str; 14] = [
    "consultation",
    "version",
    "response",
    "styrkor",
    "roll",
    "roll.other",
    "utmaningar",
    "pastaenden.tydlig",
    "riktning.vag",
    "ordning.a",
    "poang.a",
    "respondent.body",
    "respondent.code",
    "meeting.participants",
];

proptest! {
    /// What is posted is refused or becomes one line, whose content is known again.
    #[test]
    fn posted_forms_become_one_line_or_none(
        form in prop::collection::vec((prop::sample::select(&POSTED[..]), prop::sample::select(vec!["", "enkat", "2", "a", "up", "1", "10", "kod", "x%0D%0Ay", "%C3%85", "%FF", "%"])), 0..12),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let pairs: Vec<String> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        utsikt::receive::survive(&SITE.consultations[0], pairs.join("&").as_bytes());
        utsikt::receive::survive(&SITE.consultations[0], &bytes);
    }
}
