//! Words of the interface, one tree a language.
//!
//! Takes `words/LANGUAGE.yaml` and `words/LANGUAGE/*.yaml` of all layers, laid over one another; gives texts by dotted path.
//! A word that is asked for and missing becomes a finding.

use super::layers::Layers;
use crate::finding::{Code, Finding, Log};
use crate::read;
use crate::source::Origin;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

/// Words of one language.
#[derive(Debug)]
pub struct Words {
    language: String,
    /// Topmost file they come from.
    file: String,
    tree: Value,
    /// The texts of the tree by dotted path: pages ask for thousands.
    texts: HashMap<String, String>,
    /// Paths that were asked for and are not there.
    missing: Mutex<BTreeSet<String>>,
}

impl Words {
    pub(super) fn read(layers: &Layers, language: &str, log: &Log) -> Self {
        let (single, folder) = (format!("words/{language}.yaml"), format!("words/{language}/"));
        let mut tree = Value::Object(serde_json::Map::new());
        let mut file = format!("themes/base/{single}");
        let is_yaml = |path: &str| path.rsplit_once('.').is_some_and(|(_, ending)| ending == "yaml");
        for (path, bytes) in layers.all(|path| path == single || (path.starts_with(&folder) && is_yaml(path))) {
            let origin = Origin::file(&path.as_str().into());
            let layer = read::utf8(&origin.file, &bytes, log)
                .and_then(|text| read::embedded(text, &origin, read::Expressions::Unread, log, as_tree));
            if let Some(layer) = layer {
                merge(&mut tree, layer);
            }
            file = path;
        }
        let mut texts = HashMap::new();
        list_texts(&tree, "", &mut texts);
        Self {
            language: language.to_owned(),
            file,
            tree,
            texts,
            missing: Mutex::default(),
        }
    }

    /// The word at this dotted path; empty, and noted for [`Words::report`], when the language lacks it.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        if let Some(text) = self.texts.get(path) {
            return text;
        }
        if let Ok(mut missing) = self.missing.lock() {
            missing.insert(path.to_owned());
        }
        ""
    }

    /// The word with its `{placeholders}` filled. One with two forms is `{ one: …, many: … }`; the argument `n` decides.
    #[must_use]
    pub fn fill(&self, path: &str, arguments: &[(&str, &str)]) -> String {
        let has_forms = || self.find(path).is_some_and(Value::is_object);
        if !self.texts.contains_key(path) && has_forms() {
            fill(self.text(&format!("{path}.{}", form(arguments))), arguments)
        } else {
            fill(self.text(path), arguments)
        }
    }

    /// The word's forms for one thing and for several, which are the same unless the word has both.
    #[must_use]
    pub fn forms(&self, path: &str) -> [&str; 2] {
        if self.find(path).is_some_and(Value::is_object) {
            ["one", "many"].map(|form| self.text(&format!("{path}.{form}")))
        } else {
            [self.text(path); 2]
        }
    }

    /// The words in the list at this dotted path; empty where there is no list.
    #[must_use]
    pub fn list(&self, path: &str) -> Vec<&str> {
        self.find(path)
            .and_then(Value::as_array)
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    fn find(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(&self.tree, |tree, key| tree.get(key))
    }

    /// All words, for templates.
    #[must_use]
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Adds a finding for every word that was asked for and is missing.
    pub fn report(&self, log: &Log) {
        let Ok(missing) = self.missing.lock() else { return };
        for word in missing.iter() {
            let origin = word
                .split('.')
                .fold(Origin::file(&self.file.as_str().into()), |origin, part| origin.at(part));
            let finding = Finding::new(Code::WordMissing, origin);
            log.add(finding.with("word", word).with("language", &self.language));
        }
    }
}

/// Words as they stand in the file.
fn as_tree(node: &read::Node<'_>) -> Option<Value> {
    node.json()
}

/// Adds a finding for every word of the site's themes that the base theme does not have and no template names.
pub(super) fn report_unused(layers: &Layers, log: &Log) {
    for (path, bytes) in layers.words_of_site() {
        let rest = path.split_once("/words/").map_or("", |(_, rest)| rest);
        let language = rest.split(['/', '.']).next().unwrap_or_default();
        let origin = Origin::file(&path.as_str().into());
        // What cannot be read was reported when the words were.
        let silent = Log::default();
        let tree = read::utf8(&origin.file, &bytes, &silent)
            .and_then(|text| read::embedded(text, &origin, read::Expressions::Unread, &silent, as_tree));
        if let Some(tree) = tree {
            unused(&tree, &built_in(language), ("", &origin), layers, log);
        }
    }
}

/// Reports the words of a tree that are neither known nor named by a template; `place` is the tree's dotted path and origin.
fn unused(tree: &Value, known: &Value, place: (&str, &Origin), layers: &Layers, log: &Log) {
    let (Some(tree), Some(known), (path, origin)) = (tree.as_object(), known.as_object(), place) else {
        return;
    };
    for (key, word) in tree {
        let dotted = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match known.get(key) {
            Some(known) => unused(word, known, (&dotted, &origin.at(key)), layers, log),
            None if layers.mentions(key) => {}
            None => {
                let finding = Finding::new(Code::WordUnused, origin.key(key)).with("word", &dotted);
                log.add(finding.near(key, known.keys().map(String::as_str)));
            }
        }
    }
}

/// The words of the base theme inside the program in this language; in Swedish where it has none in it.
fn built_in(language: &str) -> Value {
    let of_language = |language: &str| {
        let (single, folder) = (format!("words/{language}.yaml"), format!("words/{language}/"));
        let mut tree = Value::Object(serde_json::Map::new());
        for (path, bytes) in Layers::built_in().filter(|(path, _)| *path == single || path.starts_with(&folder)) {
            let origin = Origin::file(&path.into());
            let words = read::embedded(
                &String::from_utf8_lossy(bytes),
                &origin,
                read::Expressions::Unread,
                &Log::default(),
                as_tree,
            );
            merge(&mut tree, words.unwrap_or_default());
        }
        tree
    };
    let tree = of_language(language);
    if tree.as_object().is_some_and(serde_json::Map::is_empty) {
        of_language("sv")
    } else {
        tree
    }
}

/// The form of a word that the argument `n` asks for: `one` for 1, else `many`.
pub(super) fn form(arguments: &[(&str, &str)]) -> &'static str {
    if arguments.contains(&("n", "1")) { "one" } else { "many" }
}

/// Text with its `{placeholders}` filled; one that is not given stays as written.
#[must_use]
pub(crate) fn fill(text: &str, arguments: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        let name = &rest[start + 1..start + length];
        filled.push_str(&rest[..start]);
        match arguments.iter().find(|(argument, _)| *argument == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&rest[start..=start + length]),
        }
        rest = &rest[start + length + 1..];
    }
    filled.push_str(rest);
    filled
}

/// The texts of a tree of words by dotted path.
fn list_texts(tree: &Value, path: &str, texts: &mut HashMap<String, String>) {
    match tree {
        Value::String(text) => {
            texts.insert(path.to_owned(), text.clone());
        }
        Value::Object(words) => {
            for (key, word) in words {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                list_texts(word, &path, texts);
            }
        }
        _ => {}
    }
}

fn merge(tree: &mut Value, layer: Value) {
    match (tree, layer) {
        (Value::Object(tree), Value::Object(layer)) => {
            for (key, value) in layer {
                merge(tree.entry(key).or_insert(Value::Null), value);
            }
        }
        (tree, layer) => *tree = layer,
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(fill("{a} av {b}, {c", &[("a", "{b}"), ("b", "21")]), "{b} av 21, {c");
    }
}
