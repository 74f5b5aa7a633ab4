//! Assets: files that pages load, each at an address with a fingerprint of its contents.
//!
//! Takes the theme's layers; gives every asset once, from the topmost layer that has it. A folder that is named like a
//! script or a stylesheet, `answer.js/` or `css/form.css/`, is that file in parts, so that each part may be short and have
//! one concern: the parts are joined in the order of their names and served as one file. A theme overrides a part by a
//! file of the same path, adds one by a name between two others, and overrides all of them by a file `answer.js`.

use super::layers::Layers;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file of the theme that is copied to the site.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path below the theme's `assets/`.
    pub path: String,
    /// Address in the site, with a fingerprint of the contents.
    pub route: String,
    /// Contents.
    pub bytes: Arc<[u8]>,
}

impl Asset {
    fn new(path: &str, bytes: Arc<[u8]>) -> Self {
        Self {
            route: fingerprinted(path, &bytes),
            path: path.to_owned(),
            bytes,
        }
    }
}

/// The assets of a theme, sorted by path.
pub(super) fn assets(layers: &Layers) -> Vec<Asset> {
    let files = layers.folder("assets/");
    let mut parts: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    let mut assets = Vec::new();
    for (path, bytes) in &files {
        match whole(path) {
            Some(whole) => parts.entry(whole).or_default().push(bytes),
            None => assets.push(Asset::new(path, bytes.clone())),
        }
    }
    assets.extend(parts.iter().map(|(path, parts)| Asset::new(path, joined(parts))));
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    assets
}

/// The file that a path is a part of: `answer.js` of `answer.js/02-fields.js`.
pub(super) fn whole(path: &str) -> Option<&str> {
    let is_file_name = |folder: &&str| matches!(folder.rsplit_once('.'), Some((_, "js" | "css")));
    path.match_indices('/').map(|(end, _)| &path[..end]).find(is_file_name)
}

/// Parts as one file. Comments on lines of their own, indentation and empty lines are for whoever reads the parts, and would
/// only weigh on readers of the site. So no text of several lines may stand in a part.
fn joined(parts: &[&[u8]]) -> Arc<[u8]> {
    let mut whole = Vec::new();
    for part in parts {
        let part = part.strip_prefix(b"\xef\xbb\xbf").unwrap_or(part);
        let lines = part.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        for line in lines.filter(|line| !line.is_empty() && !is_comment(line)) {
            whole.extend_from_slice(line);
            whole.push(b'\n');
        }
    }
    whole.into()
}

/// True for `// …` and for `/* … */` when nothing else stands on the line.
fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let block = line.strip_prefix(b"/*").and_then(|rest| rest.strip_suffix(b"*/"));
    line.starts_with(b"//") || block.is_some_and(|text| !text.windows(2).any(|pair| pair == b"*/"))
}

/// `css/base.css` → `assets/css/base.1a2b3c4d.css`: new contents get a new address, so that hosts may let files be kept for ever.
fn fingerprinted(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &hash[..8]),
        None => format!("assets/{path}.{}", &hash[..8]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Log;
    use crate::source::Snapshot;

    #[test]
    fn only_whole_lines_of_comment_are_left_out() {
        let comments: [&[u8]; 4] = [b"// why", b"  /** A sentence. */\r", b"/* x */", b"/**/"];
        let code: [&[u8]; 6] = [
            b"let a; // why",
            b"/* a */ .b { c: d } /* e */",
            b"/* opens",
            b"closes */",
            b"/*/",
            b"",
        ];
        assert!(comments.into_iter().all(is_comment));
        assert!(!code.into_iter().any(is_comment));
    }

    #[test]
    fn only_folders_named_like_files_are_in_parts() {
        assert_eq!(whole("answer.js/02-fields.js"), Some("answer.js"));
        assert_eq!(whole("css/form.css/print/1-lines.css"), Some("css/form.css"));
        assert_eq!(whole("css/form.css"), None);
        assert_eq!(whole("fonts/inter-4.0/inter.woff2"), None);
    }

    /// What is served as `x.js` by the theme `mine`, whose parent is `base`, of assets by their path below `themes/`.
    fn served(assets_by_path: &[(&str, &str)]) -> String {
        let mut snapshot = Snapshot::default();
        for (path, text) in assets_by_path {
            snapshot.insert(&format!("themes/{path}"), text.as_bytes());
        }
        let all = assets(&Layers::open(&snapshot, "mine", &Log::default()));
        let mut found = all.iter().filter(|asset| asset.path.starts_with("x.js"));
        let asset = found.next().expect("an asset");
        assert!(asset.path == "x.js" && found.next().is_none(), "one file is served");
        String::from_utf8_lossy(&asset.bytes).into_owned()
    }

    #[test]
    fn parts_are_joined_and_a_theme_overrides_one_or_all() {
        let base = [
            ("base/assets/x.js/1-a.js", "// why\na"),
            ("base/assets/x.js/2-b.js", "b\n"),
        ];
        let with = |path, text| served(&[base[0], base[1], (path, text)]);
        assert_eq!(with("mine/theme.yaml", "name: mine"), "a\nb\n");
        assert_eq!(with("mine/assets/x.js/1-a.js", "new"), "new\nb\n");
        assert_eq!(with("mine/assets/x.js/15-c.js", "c"), "a\nc\nb\n");
        assert_eq!(with("mine/assets/x.js", "// all"), "// all");
        let whole = ("base/assets/x.js", "whole");
        assert_eq!(served(&[whole, ("mine/assets/x.js/1-a.js", "part")]), "part\n");
    }
}
