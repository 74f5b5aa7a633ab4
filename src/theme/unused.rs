//! What of a theme changes nothing: files that no page loads and that override nothing, words that no template asks for.
//!
//! Takes the theme when all pages are made, which is when it is known what they asked for; gives files, each with where it was
//! meant to lie, and findings about words. Files of the base theme inside the program are never unused.

use super::assets::whole;
use super::layers::Layers;
use super::{Theme, words};
use crate::finding::{Log, Message, message};
use crate::source::{FilePath, Snapshot};
use std::collections::BTreeSet;

/// A file of a theme that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedFile {
    /// Its path in the site.
    pub path: FilePath,
    /// Why nothing uses it.
    pub reason: Message,
    /// Where it was meant to lie; `None`: nowhere that is known.
    pub near: Option<String>,
}

impl Theme {
    /// Every file under `themes/` that changes nothing; of a theme that the site does not use only the first.
    #[must_use]
    pub fn unused_files(&self, snapshot: &Snapshot) -> Vec<UnusedFile> {
        let asked = self.asked_for();
        let mut foreign_themes = BTreeSet::new();
        let files = snapshot.list("themes/", "");
        let unused = files.filter_map(|file| {
            let (theme, path) = file.path["themes/".len()..].split_once('/').unwrap_or_default();
            if is_note(&file.path) {
                return None;
            }
            let is_used = self.layers.names().any(|name| name == theme);
            if !theme.is_empty() && !is_used {
                let is_first = foreign_themes.insert(theme.to_owned());
                return is_first.then(|| UnusedFile {
                    path: file.path.clone(),
                    reason: message::unread_theme(theme),
                    near: None,
                });
            }
            let (reason, near) = self.why_unused(theme, path, &asked)?;
            let near = near.map(|near| format!("themes/{theme}/{near}"));
            Some(UnusedFile {
                path: file.path.clone(),
                reason,
                near,
            })
        });
        unused.collect()
    }

    /// Why a file of a layer changes nothing, and the path within the theme that it should have; `None`: it changes something.
    fn why_unused(&self, theme: &str, path: &str, asked: &BTreeSet<String>) -> Option<(Message, Option<String>)> {
        let overrides = |path: &str| self.layers.is_below(theme, path);
        let (folder, within) = path.split_once('/').unwrap_or(("", path));
        match folder {
            "" if path == "theme.yaml" => None,
            "templates" => {
                let is_loaded = asked.contains(&format!("themes/{theme}/{path}"));
                let is_used = overrides(path) || is_loaded || self.layers.mentions(within);
                (!is_used).then(|| (message::unread_template(), Self::elsewhere(path)))
            }
            "assets" => {
                let served = whole(within).unwrap_or(within);
                let is_part = whole(within).is_some() && overrides(&format!("assets/{served}"));
                let parts = format!("assets/{served}/");
                let is_used = overrides(path)
                    || is_part
                    || self.layers.has_below(theme, &parts)
                    || asked.contains(served)
                    || self.layers.mentions(served);
                let reason = if within.strip_suffix(".css").is_some() {
                    message::unread_stylesheet(served)
                } else {
                    message::unread_asset(served)
                };
                (!is_used).then(|| (reason, Self::elsewhere(path)))
            }
            "words" => {
                let language = within.split(['/', '.']).next().unwrap_or_default();
                let is_yaml = within.strip_suffix(".yaml").is_some();
                let known = Layers::built_in_languages().contains(language)
                    || self.languages.iter().any(|spoken| spoken.code == language);
                let near = (!is_yaml).then(|| Self::elsewhere(path)).flatten();
                (!is_yaml || !known).then(|| (message::unread_words(language), near))
            }
            _ => Some((message::unread_in_theme(), Self::elsewhere(path))),
        }
    }

    /// The path of a file of the base theme that one of this path was meant to override, else the folder for its ending.
    fn elsewhere(path: &str) -> Option<String> {
        let renamed = path.strip_suffix(".yml").map(|stem| format!("{stem}.yaml"));
        let sought = renamed.as_deref().unwrap_or(path);
        let base = Layers::built_in_paths();
        let is_same_end = |known: &&String| known.ends_with(&format!("/{sought}")) || **known == sought;
        let name = sought.rsplit('/').next().unwrap_or(sought);
        let is_same_name = |known: &&String| known.rsplit('/').next() == Some(name);
        let found = base.iter().find(is_same_end).or_else(|| base.iter().find(is_same_name));
        let found = found
            .or_else(|| base.iter().find(|known| is_slip(known, sought)))
            .cloned();
        let by_ending = || {
            let folder = match name.rsplit_once('.')?.1 {
                "html" => "templates",
                "css" | "js" | "svg" | "png" | "jpg" | "webp" | "woff2" | "woff" | "ico" => "assets",
                _ => return None,
            };
            (!path.starts_with(&format!("{folder}/"))).then(|| format!("{folder}/{sought}"))
        };
        found.or_else(by_ending).filter(|found| found != path)
    }

    /// Templates that were loaded, by their path in the site, and assets that were asked for, by their path in the theme.
    fn asked_for(&self) -> BTreeSet<String> {
        let mut asked = self.templates.asked_for();
        asked.extend(self.stylesheets.iter().cloned());
        asked.extend(self.script.iter().cloned());
        asked
    }

    /// Adds a finding for every word of the site's themes that the base theme does not have and no template names.
    pub fn report_unused_words(&self, log: &Log) {
        words::report_unused(&self.layers, log);
    }
}

/// Whether the name of one file may be a slip of the pen for that of another: close to it, with its first letter and ending.
pub(super) fn is_slip(known: &str, written: &str) -> bool {
    let parts = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        (stem.to_owned(), ending.to_owned())
    };
    let ((known, ending), (written, other_ending)) = (parts(known), parts(written));
    let is_close = known.chars().next() == written.chars().next() && known.len().abs_diff(written.len()) < 3;
    is_close && ending == other_ending && crate::finding::nearest(&written, [known.as_str()]).is_some()
}

/// Whether a file is there for people.
fn is_note(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    ["readme", "license", "licence", "licens", "copying", "notice", "ofl"]
        .iter()
        .any(|note| name == *note || name.starts_with(&format!("{note}.")))
}

impl Layers {
    /// Paths within the base theme inside the program.
    fn built_in_paths() -> Vec<String> {
        Layers::built_in().map(|(path, _)| path.to_owned()).collect()
    }

    fn built_in_languages() -> BTreeSet<&'static str> {
        let words = Layers::built_in().filter_map(|(path, _)| path.strip_prefix("words/"));
        words.filter_map(|rest| rest.split(['/', '.']).next()).collect()
    }
}
