//! The texts that `new` writes, in both languages. `{title}`, `{id}` and `{indicator}` are filled in by whoever writes them.

use crate::finding::Language;

/// Kinds of file and the folders they lie in.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("indicator", "data/indicators"),
    ("set", "data/sets"),
    ("chart", "data/charts"),
    ("analysis", "data/analyses"),
    ("index", "data/indices"),
    ("survey", "data/surveys"),
    ("consultation", "data/consultations"),
    ("page", "content"),
];

macro_rules! in_both {
    ($language:expr, $file:literal) => {
        match $language {
            Language::Sv => include_str!(concat!("sv/", $file)),
            Language::En => include_str!(concat!("en/", $file)),
        }
    };
}

/// The skeleton of a kind of file.
pub(super) fn skeleton(kind: &str, language: Language) -> &'static str {
    match kind {
        "indicator" => in_both!(language, "indicator.yaml"),
        "set" => in_both!(language, "set.yaml"),
        "chart" => in_both!(language, "chart.yaml"),
        "analysis" => in_both!(language, "analysis.yaml"),
        "index" => in_both!(language, "index.yaml"),
        "survey" | "consultation" => in_both!(language, "consultation.yaml"),
        _ => in_both!(language, "page.md"),
    }
}

/// The files of a new site, by their paths in it.
pub(super) fn site_files(language: Language) -> Vec<(&'static str, &'static str)> {
    let [indicator, set, overview, method, accessibility] = match language {
        Language::Sv => [
            "data/indicators/exempel.yaml",
            "data/sets/mal.yaml",
            "content/indikatorer.md",
            "content/metod.md",
            "content/tillganglighet.md",
        ],
        Language::En => [
            "data/indicators/example.yaml",
            "data/sets/targets.yaml",
            "content/indicators.md",
            "content/method.md",
            "content/accessibility.md",
        ],
    };
    vec![
        ("README.md", in_both!(language, "site/README.md")),
        (".gitignore", "output/\n.output.utsikt/\n"),
        (
            ".github/workflows/site.yml",
            include_str!("../../../.github/workflows/site.yml"),
        ),
        (".github/workflows/report.yml", in_both!(language, "site/github.yml")),
        (".gitlab/site.yml", include_str!("../../../.gitlab/site.yml")),
        (".gitlab-ci.yml", in_both!(language, "site/gitlab.yml")),
        ("data/site.yaml", in_both!(language, "site/site.yaml")),
        ("data/places.yaml", in_both!(language, "site/places.yaml")),
        ("data/topics.yaml", in_both!(language, "site/topics.yaml")),
        (indicator, in_both!(language, "site/indicator.yaml")),
        (set, in_both!(language, "site/set.yaml")),
        ("content/index.md", in_both!(language, "site/index.md")),
        (overview, in_both!(language, "site/overview.md")),
        (method, in_both!(language, "site/method.md")),
        (accessibility, in_both!(language, "site/accessibility.md")),
    ]
}
