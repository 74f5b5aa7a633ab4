//! Lists of files with their hashes ↔ text: a line `HASH  PATH` each, as `sha256sum` writes and checks them.
//!
//! In a path a percent sign and line ends are written `%25`, `%0A` and `%0D`, and nothing else is (RFC 8493, 2.1.3).

use super::{BagFault, BagFaultKind};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The line of a file.
pub(super) fn hash_line(path: &str, sha256: &str) -> String {
    let path = path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D");
    format!("{sha256}  {path}\n")
}

/// The files of a list, hash by path. Lines that cannot be believed are faults of the list called `name`; all paths must lie
/// in `folder`, which is empty or ends in `/`.
pub(super) fn parse_hash_list(
    name: &str,
    text: &str,
    folder: &str,
    faults: &mut Vec<BagFault>,
) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).split(['\r', '\n']);
    for (line, number) in lines.filter(|line| !line.trim().is_empty()).zip(1..) {
        let mut fault = |kind, detail: &str| faults.push(BagFault::new(kind, name, &format!("{number}: {detail}")));
        let entry = line
            .split_once([' ', '\t'])
            .map(|(hash, path)| (hash, path.trim_start_matches([' ', '\t'])));
        let Some((hash, path)) = entry.filter(|(hash, path)| is_hash(hash) && !path.is_empty()) else {
            fault(BagFaultKind::Line, &shortened(line));
            continue;
        };
        let path = decoded(path);
        if !is_inside(&path) || !path.starts_with(folder) {
            fault(BagFaultKind::Outside, &shortened(&path));
            continue;
        }
        match files.entry(path) {
            Entry::Vacant(free) => drop(free.insert(hash.to_ascii_lowercase())),
            Entry::Occupied(taken) => fault(BagFaultKind::Twice, &shortened(taken.key())),
        }
    }
    files
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a path stays where it is looked up, on any system.
fn is_inside(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    !drive && !path.contains(['\\', '\0']) && !path.split('/').any(|part| matches!(part, "" | "." | ".."))
}

/// A path with the three escapes undone; anything else after a percent sign is the path's own.
fn decoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let escape = rest.get(at..at + 3).map(str::to_ascii_uppercase);
        let meant = match escape.as_deref() {
            Some("%25") => Some('%'),
            Some("%0A") => Some('\n'),
            Some("%0D") => Some('\r'),
            _ => None,
        };
        text.push(meant.unwrap_or('%'));
        rest = &rest[at + if meant.is_some() { 3 } else { 1 }..];
    }
    text + rest
}

/// The first 120 characters of a line, without any that move a terminal's cursor.
pub(super) fn shortened(line: &str) -> String {
    let start: String = line
        .chars()
        .take(120)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if start.len() < line.len() && line.chars().nth(120).is_some() {
        start + "…"
    } else {
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> (Vec<String>, Vec<BagFaultKind>) {
        let mut faults = Vec::new();
        let files = parse_hash_list("manifest-sha256.txt", text, "data/", &mut faults);
        (
            files.into_keys().collect(),
            faults.into_iter().map(|fault| fault.kind).collect(),
        )
    }

    #[test]
    fn what_is_written_is_read_again() {
        let hash = "0".repeat(64);
        let paths = ["data/a b", "data/100%", "data/%0A", "data/line\nend\r", "data/å"];
        let text: String = paths.iter().map(|path| hash_line(path, &hash)).collect();
        let (mut found, faults) = kinds(&text);
        let mut expected = paths.map(String::from).to_vec();
        found.sort();
        expected.sort();
        assert_eq!((found, faults), (expected, Vec::new()));
    }

    #[test]
    fn any_line_ends_are_read() {
        let hash = "A".repeat(64);
        for end in ["\n", "\r\n", "\r"] {
            let (found, faults) = kinds(&format!("{hash} data/a{end}{hash}\tdata/b{end}"));
            assert_eq!(
                (found, faults),
                (vec!["data/a".to_owned(), "data/b".to_owned()], Vec::new())
            );
        }
    }

    #[test]
    fn paths_that_lead_out_are_not_believed() {
        let hash = "0".repeat(64);
        let paths = [
            "../x",
            "data/../x",
            "/etc/passwd",
            "data//x",
            "data/./x",
            "C:/x",
            "data\\x",
            "bagit.txt",
            "data/%0a/../x",
        ];
        for path in paths {
            assert_eq!(
                kinds(&format!("{hash}  {path}\n")),
                (Vec::new(), vec![BagFaultKind::Outside]),
                "{path}"
            );
        }
    }

    #[test]
    fn lines_that_are_none_are_told() {
        let hash = "0".repeat(64);
        for text in [
            "nonsense\n",
            "zz data/x\n",
            &format!("{hash}\n"),
            &format!("{}  data/x\n", "0".repeat(32)),
        ] {
            assert_eq!(kinds(text), (Vec::new(), vec![BagFaultKind::Line]), "{text}");
        }
        assert_eq!(
            kinds(&format!("{hash}  data/x\n{hash}  data/x\n")).1,
            [BagFaultKind::Twice]
        );
    }
}
