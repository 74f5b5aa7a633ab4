//! How pages look and speak: layers of theme files, templates, words, number formats.
//!
//! Takes the theme's files from the snapshot, with the program's own base theme underneath; gives a
//! [`Theme`] that renders views to HTML. Templates see only the view they are given and the words.

mod engine;
mod format;
mod layers;
mod problem;
mod words;

pub(crate) use engine::shown;
pub use engine::{Templates, escape};
pub use format::Format;
pub use layers::Layers;
pub(crate) use problem::problem;
pub use words::Words;
pub(crate) use words::fill;

use crate::finding::{Code, Finding, Log};
use crate::source::{Origin, Snapshot};

/// Everything that decides how pages of one language look.
#[derive(Debug)]
pub struct Voice {
    /// Language code.
    pub language: String,
    /// Words.
    pub words: Words,
    /// Numbers, periods, dates.
    pub format: Format,
}

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Templates.
    pub templates: Templates,
    /// Assets: path within the theme, address in the site, bytes.
    pub assets: Vec<Asset>,
    /// Paths of the stylesheets, in order.
    pub stylesheets: Vec<String>,
    /// Path of the script, if there is one.
    pub script: Option<String>,
    /// One voice a language, in the site's order.
    pub voices: Vec<Voice>,
    /// Hash of all its files and of the languages.
    pub hash: [u8; 32],
}

/// A file of the theme that is copied to the site.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path below the theme's `assets/`.
    pub path: String,
    /// Address in the site, with a fingerprint of the contents.
    pub route: String,
    /// Contents.
    pub bytes: std::sync::Arc<[u8]>,
}

/// The theme of this name, in these languages.
#[must_use]
pub fn open(snapshot: &Snapshot, name: &str, languages: &[String], log: &Log) -> Theme {
    let layers = Layers::of(snapshot, name, log);
    let (stylesheets, script) = layers.manifest(log);
    let assets = layers.assets();
    let known = layers.languages();
    for (index, language) in languages
        .iter()
        .enumerate()
        .filter(|(_, language)| !known.contains(*language))
    {
        let origin = Origin::file(&"data/site.yaml".into())
            .at("languages")
            .at(&index.to_string());
        let finding = Finding::new(Code::UnknownLanguage, origin).with("value", language);
        log.add(finding.near(language, known.iter().map(String::as_str)));
    }
    // Without a language that it has words in, the theme speaks Swedish.
    let spoken: Vec<&str> = languages
        .iter()
        .filter(|language| known.contains(*language))
        .map(String::as_str)
        .collect();
    let spoken = if spoken.is_empty() { vec!["sv"] } else { spoken };
    let voices = spoken
        .into_iter()
        .map(|language| voice(&layers, language, log))
        .collect();
    let hash = layers.hash(languages);
    Theme {
        templates: Templates::new(&layers, &assets),
        assets,
        stylesheets,
        script,
        voices,
        hash,
    }
}

fn voice(layers: &Layers, language: &str, log: &Log) -> Voice {
    let words = Words::of(layers, language, log);
    let format = Format::of(&words);
    Voice {
        language: language.to_owned(),
        words,
        format,
    }
}

/// How the program itself speaks a language, whatever theme a site has: for what it prints at a terminal.
#[must_use]
pub fn own_voice(language: &str) -> Voice {
    let log = Log::default();
    voice(&Layers::of(&Snapshot::default(), "base", &log), language, &log)
}

impl Theme {
    /// Address of an asset in the site.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&str> {
        self.assets
            .iter()
            .find(|asset| asset.path == path)
            .map(|asset| asset.route.as_str())
    }
}
