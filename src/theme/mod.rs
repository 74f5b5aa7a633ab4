//! Themes: layers of files, templates, words, number formats.
//!
//! Takes the theme's files from the snapshot, with the program's own base theme underneath; gives a
//! [`Theme`] that renders views to HTML. Templates see only the view they are given and the words.

mod assets;
mod bounds;
mod engine;
mod format;
mod inline;
mod layers;
mod problem;
mod unused;
mod words;

pub use assets::Asset;
pub(crate) use bounds::{EXPRESSION_FUEL, check_expression};
pub(crate) use engine::template_value;
pub use engine::{Templates, escape};
pub use format::Format;
pub use layers::Layers;
pub(crate) use problem::problem;
pub use unused::UnusedFile;
pub use words::Words;
pub(crate) use words::fill;

use crate::finding::{Code, Finding, Log};
use crate::source::{Origin, Snapshot};

/// A language as a theme speaks it.
#[derive(Debug)]
pub struct ThemeLanguage {
    /// Code: `sv`.
    pub code: String,
    /// Words of the interface.
    pub words: Words,
    /// Formats of numbers, periods and dates.
    pub format: Format,
}

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Templates of all layers.
    pub templates: Templates,
    /// Files to publish, each once, by path.
    pub assets: Vec<Asset>,
    /// Paths of the stylesheets, in order.
    pub stylesheets: Vec<String>,
    /// Path of the script; `None`: the theme has none.
    pub script: Option<String>,
    /// The site's languages that the theme has words in, in the site's order; never empty.
    pub languages: Vec<ThemeLanguage>,
    /// Hash of all its files and of the languages.
    pub hash: [u8; 32],
    layers: Layers,
}

/// Opens the theme of this name, in these languages. Whatever is missing is a finding, and `base` takes its place.
#[must_use]
pub fn open(snapshot: &Snapshot, name: &str, languages: &[String], log: &Log) -> Theme {
    let layers = Layers::open(snapshot, name, log);
    let assets = assets::assets(&layers);
    let (stylesheets, script) = layers.manifest(&assets, log);
    let with_words = layers.languages();
    let mut usable: Vec<&str> = Vec::new();
    for (index, code) in languages.iter().enumerate() {
        if with_words.contains(code) {
            usable.push(code);
            continue;
        }
        let origin = Origin::file(&"data/site.yaml".into())
            .at("languages")
            .at(&index.to_string());
        let finding = Finding::new(Code::UnknownLanguage, origin).with("value", code);
        log.add(finding.near(code, with_words.iter().map(String::as_str)));
    }
    // Where the theme has words in none of them, it speaks Swedish.
    if usable.is_empty() {
        usable.push("sv");
    }
    Theme {
        templates: Templates::new(&layers, &assets),
        assets,
        stylesheets,
        script,
        languages: usable
            .into_iter()
            .map(|code| theme_language(&layers, code, log))
            .collect(),
        hash: layers.hash(languages),
        layers,
    }
}

fn theme_language(layers: &Layers, code: &str, log: &Log) -> ThemeLanguage {
    let words = Words::read(layers, code, log);
    let format = Format::new(&words);
    ThemeLanguage {
        code: code.to_owned(),
        words,
        format,
    }
}

/// A language as the program's own base theme speaks it, whatever theme a site has: for what is printed at a terminal.
#[must_use]
pub fn built_in_language(code: &str) -> ThemeLanguage {
    let log = Log::default();
    theme_language(&Layers::open(&Snapshot::default(), "base", &log), code, &log)
}

impl Theme {
    /// Address of an asset in the site, by its path; `None`: the theme has no such file.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&str> {
        self.assets
            .iter()
            .find(|asset| asset.path == path)
            .map(|asset| asset.route.as_str())
    }
}
