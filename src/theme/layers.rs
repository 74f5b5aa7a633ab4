//! Files of a theme, looked up layer by layer: the chosen theme, its parents, `base`.
//!
//! A file found in no layer of the site comes from the base theme inside the program, so that a new
//! site needs no theme folder. `base/page.html` reaches just that layer: an override may extend
//! what it overrides.

use super::assets::Asset;
use super::unused::is_slip;
use crate::finding::{Code, Finding, Log};
use crate::read::{self, ThemeManifest};
use crate::source::{Origin, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

include!(concat!(env!("OUT_DIR"), "/base_theme.rs"));

/// Files by path.
pub(super) type Files = BTreeMap<String, Arc<[u8]>>;

/// A layer: name, and files by their path within the theme.
#[derive(Clone, Debug)]
struct Layer {
    name: String,
    files: Files,
}

/// The layers of a theme, topmost first.
#[derive(Clone, Debug)]
pub struct Layers(Vec<Layer>);

impl Layers {
    /// The layers of a theme, by its name. A theme that is not there is a finding; its place is taken by `base`.
    #[must_use]
    pub fn open(snapshot: &Snapshot, name: &str, log: &Log) -> Self {
        let mut layers = Vec::new();
        let mut next = Some(name.to_owned());
        let mut name_origin = Origin::file(&"data/site.yaml".into()).at("theme");
        while let Some(name) = next.take().filter(|name| name != "base") {
            let layer = site_layer(snapshot, &name, log);
            let is_its_own_parent = layers.iter().any(|layer: &Layer| layer.name == name);
            if layer.files.is_empty() || is_its_own_parent {
                let finding = Finding::new(Code::UnknownTheme, name_origin).with("value", &name);
                log.add(finding.near(&name, themes(snapshot)));
                break;
            }
            name_origin = Origin::file(&format!("themes/{name}/theme.yaml").into()).at("parent");
            next = manifest(&layer, log).parent;
            layers.push(layer);
        }
        let mut base = embedded();
        lay_over(&mut base.files, site_layer(snapshot, "base", log).files);
        layers.push(base);
        Self(layers)
    }

    /// Hash of every file of every layer, and of the codes of the languages used.
    #[must_use]
    pub fn hash(&self, languages: &[String]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(languages.join(",").as_bytes());
        for layer in &self.0 {
            for (path, bytes) in &layer.files {
                for part in [layer.name.as_bytes(), path.as_bytes(), bytes] {
                    hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
                }
            }
        }
        *hasher.finalize().as_bytes()
    }

    /// Languages that some layer has words in.
    pub(super) fn languages(&self) -> BTreeSet<String> {
        let words = self.all(|path| path.starts_with("words/"));
        let languages = words
            .iter()
            .filter_map(|(path, _)| path.split_once("/words/")?.1.split(['/', '.']).next());
        languages.map(ToOwned::to_owned).collect()
    }

    /// The file of this path in the topmost layer that has it; `LAYER/path` looks in that layer only.
    pub(super) fn find(&self, folder: &str, name: &str) -> Option<(String, Arc<[u8]>)> {
        if let Some((layer, rest)) = name.split_once('/')
            && let Some(layer) = self.0.iter().find(|other| other.name == layer)
            && let Some(bytes) = layer.files.get(&format!("{folder}/{rest}"))
        {
            return Some((format!("themes/{}/{folder}/{rest}", layer.name), bytes.clone()));
        }
        let path = format!("{folder}/{name}");
        self.0
            .iter()
            .find_map(|layer| Some((format!("themes/{}/{path}", layer.name), layer.files.get(&path)?.clone())))
    }

    /// Files of these paths in all layers, lowest layer first, so that later ones override.
    pub(super) fn all(&self, filter: impl Fn(&str) -> bool) -> Vec<(String, Arc<[u8]>)> {
        let of_layer = |layer: &Layer| {
            let files = layer.files.iter().filter(|(path, _)| filter(path));
            files
                .map(|(path, bytes)| (format!("themes/{}/{path}", layer.name), bytes.clone()))
                .collect::<Vec<_>>()
        };
        self.0.iter().rev().flat_map(of_layer).collect()
    }

    /// Stylesheets of all layers, lowest first, and the topmost script. One that is none of these assets is a finding.
    pub(super) fn manifest(&self, assets: &[Asset], log: &Log) -> (Vec<String>, Option<String>) {
        let manifests: Vec<ThemeManifest> = self.0.iter().map(|layer| manifest(layer, log)).collect();
        let exists = |(path, origin): &&(String, Origin)| {
            let exists = assets.iter().any(|asset| asset.path == *path);
            if !exists {
                let folder = origin.file.trim_end_matches("theme.yaml");
                let finding =
                    Finding::new(Code::ThemeFile, origin.clone()).with("path", format!("{folder}assets/{path}"));
                let names = assets.iter().map(|asset| asset.path.as_str());
                log.add(finding.near(path, names.filter(|name| is_slip(name, path))));
            }
            exists
        };
        let mut stylesheets: Vec<String> = Vec::new();
        for (path, _) in manifests
            .iter()
            .rev()
            .flat_map(|manifest| &manifest.stylesheets)
            .filter(exists)
        {
            if !stylesheets.contains(path) {
                stylesheets.push(path.clone());
            }
        }
        let script = manifests.iter().find_map(|manifest| manifest.script.as_ref());
        (stylesheets, script.filter(exists).map(|(path, _)| path.clone()))
    }

    /// Names of the layers.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|layer| layer.name.as_str())
    }

    /// Files of the base theme inside the program.
    pub(super) fn built_in() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        BASE.iter().copied()
    }

    /// Whether a layer below this theme, or the base theme inside the program, has a file of this path.
    pub(super) fn is_below(&self, theme: &str, path: &str) -> bool {
        let below = self.0.iter().skip_while(|layer| layer.name != theme).skip(1);
        below.into_iter().any(|layer| layer.files.contains_key(path))
            || Self::built_in().any(|(known, _)| known == path)
    }

    /// Whether one of them has a file below this folder, which ends in `/`.
    pub(super) fn has_below(&self, theme: &str, folder: &str) -> bool {
        let below = self.0.iter().skip_while(|layer| layer.name != theme).skip(1);
        below
            .into_iter()
            .any(|layer| layer.files.keys().any(|path| path.starts_with(folder)))
            || Self::built_in().any(|(known, _)| known.starts_with(folder))
    }

    /// Whether a template, stylesheet or script of the site's own themes has this text.
    pub(super) fn mentions(&self, text: &str) -> bool {
        let is_text = |path: &str| [".html", ".css", ".js"].iter().any(|ending| path.ends_with(ending));
        let mut files = self
            .0
            .iter()
            .flat_map(|layer| &layer.files)
            .filter(|(path, _)| is_text(path));
        let name = text.rsplit('/').next().unwrap_or(text);
        files.any(|(path, bytes)| !path.ends_with(text) && String::from_utf8_lossy(bytes).contains(name))
    }

    /// Files of words in the site's own themes, by their path in the site. A layer named `base` is the program's.
    pub(super) fn words_of_site(&self) -> Vec<(String, Arc<[u8]>)> {
        let is_words = |path: &str| path.starts_with("words/") && path.strip_suffix(".yaml").is_some();
        let mut files = self.all(is_words);
        files.retain(|(_, bytes)| Self::built_in().all(|(_, known)| known != &**bytes));
        files
    }

    /// Files of a folder, which ends in `/`, by path within it; each from the topmost layer that has it.
    pub(super) fn folder(&self, folder: &str) -> Files {
        let mut found = Files::new();
        for layer in self.0.iter().rev() {
            let files = layer.files.iter();
            let within = files.filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?.to_owned(), bytes.clone())));
            lay_over(&mut found, within.collect());
        }
        found
    }
}

/// Lays files over those below. Where one has a folder and the other a file of its name, what is above counts.
fn lay_over(below: &mut Files, above: Files) {
    let is_inside = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    below.retain(|path, _| {
        !above
            .keys()
            .any(|upper| is_inside(path, upper) || is_inside(upper, path))
    });
    below.extend(above);
}

/// Names of the themes there are.
fn themes(snapshot: &Snapshot) -> Vec<&str> {
    let of_site = snapshot
        .list("themes/", "")
        .filter_map(|file| Some(file.path["themes/".len()..].split_once('/')?.0));
    of_site.chain(["base"]).collect()
}

fn embedded() -> Layer {
    let files = BASE
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), Arc::from(*bytes)))
        .collect();
    Layer {
        name: "base".to_owned(),
        files,
    }
}

fn site_layer(snapshot: &Snapshot, name: &str, log: &Log) -> Layer {
    let folder = format!("themes/{name}/");
    for template in snapshot.list(&format!("{folder}templates/"), ".html") {
        read::utf8(&template.path, &template.bytes, log);
    }
    let files = snapshot
        .list(&folder, "")
        .map(|file| (file.path[folder.len()..].to_owned(), file.bytes.clone()))
        .collect();
    Layer {
        name: name.to_owned(),
        files,
    }
}

fn manifest(layer: &Layer, log: &Log) -> ThemeManifest {
    let Some(bytes) = layer.files.get("theme.yaml") else {
        return ThemeManifest::default();
    };
    let origin = Origin::file(&format!("themes/{}/theme.yaml", layer.name).into());
    read::utf8(&origin.file, bytes, log)
        .and_then(|text| read::embedded(text, &origin, read::Expressions::Unread, log, read::theme_manifest))
        .unwrap_or_default()
}
