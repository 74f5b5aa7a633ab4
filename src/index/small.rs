//! A site of four counties and three indicators, small enough to be computed by hand.
//!
//! Latest scores of the leaves `one`, `two`, `three`, which are their figures:
//!
//! ```text
//!        one  two  three   index   rank
//!   A    100  100   100     100     1
//!   B     80   50    20      50     3
//!   C     40   60    80      60     2
//!   D      0    0     0       0     4
//! ```
//!
//! In 2010 `one` was 20, 10, 5 and 0, the others as they are.

use super::Composite;
use crate::finding::Log;
use crate::model::Site;
use crate::source::Snapshot;

/// The site, with this variation of its index.
pub(super) fn site(variation: &str) -> Site {
    let mut snapshot = Snapshot::default();
    let mut file = |path: &str, text: String| snapshot.insert(path, text.into_bytes());
    file(
        "data/site.yaml",
        "title: Small\nlanguages: [en]\ntheme: base\nplace_pages: []\n".to_owned(),
    );
    let place = |code: &str| format!("  - {{ code: {code}, name: {code}, level: county }}\n");
    file(
        "data/places.yaml",
        format!("places:\n{}", ["A", "B", "C", "D"].map(place).concat()),
    );
    let figures: [(&str, [i32; 4], [i32; 4]); 3] = [
        ("one", [20, 10, 5, 0], [100, 80, 40, 0]),
        ("two", [100, 50, 60, 0], [100, 50, 60, 0]),
        ("three", [100, 20, 80, 0], [100, 20, 80, 0]),
    ];
    for (id, old, new) in figures {
        let row = |at: usize| {
            format!(
                "  {}: {{ 2010: {}, 2020: {} }}\n",
                ["A", "B", "C", "D"][at],
                old[at],
                new[at]
            )
        };
        let head = "unit: { kind: number }\nbetter: higher\nsource: { publisher: Nobody, licence: CC0 }\nvalues:\n";
        file(
            &format!("data/indicators/{id}.yaml"),
            format!("name: {id}\n{head}{}", [0, 1, 2, 3].map(row).concat()),
        );
    }
    let leaf = |id: &str| format!("      - {{ id: leaf-{id}, name: {id}, indicator: {id}, goalposts: [0, 200] }}\n");
    let tree = format!(
        "tree:\n  - id: top\n    name: Top\n    children:\n{}",
        ["one", "two", "three"].map(leaf).concat()
    );
    let index = format!(
        "name: Small\nsource: {{ publisher: Nobody, licence: CC0 }}\nlag: 10\nuncertainty: {variation}\n{tree}"
    );
    file("data/indices/small.yaml", index);
    let log = Log::default();
    let site = crate::read::site(&snapshot, &log);
    let findings = log.into_inner();
    assert!(findings.is_empty(), "{findings:#?}");
    site.expect("a site")
}

/// Examines its index, computed.
pub(super) fn composite(variation: &str, examine: impl FnOnce(&Composite<'_>)) {
    let site = site(variation);
    examine(&Composite::new(&site, &site.indices[0]));
}
