//! Where a file was meant to lie: the right folder, name and ending of one that nothing reads.
//!
//! Takes a path; gives the path that a reader would open, or `None` where none is near. Knows the folders of a site and the
//! words by which others call them; looks at no contents.

use crate::finding::nearest;
use crate::read::{self, SCHEMA_FILES};

/// Folders of the data whose files are read, besides those with a schema.
const TABLES: [(&str, &str); 2] = [("series", "csv"), ("geo", "geojson")];

/// Folders of the data in which files are read.
pub(super) const KNOWN_FOLDERS: [&str; 13] = [
    "indicators",
    "series",
    "sets",
    "indices",
    "analyses",
    "charts",
    "geo",
    "surveys",
    "consultations",
    "codebooks",
    "outcomes",
    "changes",
    "answers",
];

/// What folders and files of the data are called by those who do not know their names.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("indikatorer", "indicators"),
    ("indikator", "indicators"),
    ("serier", "series"),
    ("tabeller", "series"),
    ("tables", "series"),
    ("csv", "series"),
    ("uppsattningar", "sets"),
    ("mal", "sets"),
    ("targets", "sets"),
    ("goals", "sets"),
    ("index", "indices"),
    ("indexes", "indices"),
    ("analyser", "analyses"),
    ("analysis", "analyses"),
    ("diagram", "charts"),
    ("graphs", "charts"),
    ("figures", "charts"),
    ("kartor", "geo"),
    ("maps", "geo"),
    ("geojson", "geo"),
    ("granser", "geo"),
    ("boundaries", "geo"),
    ("enkater", "surveys"),
    ("samrad", "consultations"),
    ("remisser", "consultations"),
    ("kodbocker", "codebooks"),
    ("utfall", "outcomes"),
    ("replies", "outcomes"),
    ("uppdateringar", "changes"),
    ("updates", "changes"),
    ("andringar", "changes"),
    ("platser", "places"),
    ("kommuner", "places"),
    ("amnen", "topics"),
    ("omraden", "areas"),
    ("begrepp", "terms"),
    ("ordlista", "terms"),
    ("glossary", "terms"),
    ("settings", "site"),
    ("config", "site"),
    ("installningar", "site"),
    ("innehall", "content"),
    ("pages", "content"),
    ("sidor", "content"),
    ("tema", "themes"),
    ("teman", "themes"),
    ("theme", "themes"),
];

/// Languages in which public bodies here write, besides those that themes have words in: folders named like them are taken
/// for the language rather than for a subject.
const LANGUAGES: [&str; 12] = ["sv", "en", "fi", "de", "fr", "es", "ar", "so", "fa", "pl", "ru", "uk"];

/// Files that tell people about a folder and that nothing is meant to read.
const NOTES: [&str; 7] = ["readme", "license", "licence", "licens", "copying", "notice", "lasmig"];

/// Whether a file is there for people: a readme or a licence, with any ending of text or none.
pub(super) fn is_beside_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = read::anchor(stem);
    let is_text = matches!(ending.to_lowercase().as_str(), "" | "md" | "txt");
    is_text
        && NOTES
            .iter()
            .any(|note| stem == *note || stem.starts_with(&format!("{note}-")))
}

/// The known word that another stands for: itself, one that is nearly so written, or what others call it.
fn known_word<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = read::anchor(word);
    let synonym = OTHER_WORDS
        .iter()
        .find(|(other, _)| *other == plain)
        .map(|(_, own)| *own);
    let of_synonym = synonym.and_then(|own| known.iter().find(|known| **known == own).copied());
    of_synonym.or_else(|| nearest(&plain, known.iter().copied()))
}

/// The ending as readers want it.
fn known_ending(ending: &str) -> String {
    match ending.to_lowercase().as_str() {
        "yml" => "yaml".to_owned(),
        other => other.to_owned(),
    }
}

/// Names of the single files of the data, without ending.
fn single_files() -> Vec<&'static str> {
    let files = SCHEMA_FILES.iter().map(|(_, path)| *path);
    files
        .filter_map(|path| path.strip_prefix("data/")?.strip_suffix(".yaml"))
        .filter(|name| !name.contains('/'))
        .collect()
}

/// Where a file of the data, by its path there, was meant to lie; `None`: there is no such place, or it lies there.
pub(super) fn in_data(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = known_ending(ending);
    let of_ending = TABLES
        .iter()
        .find(|(_, table)| *table == ending)
        .map(|(folder, _)| *folder);
    let place = if folder.is_empty() {
        let single = (ending == "yaml").then(|| known_word(stem, &single_files())).flatten();
        match (single, of_ending) {
            (Some(single), _) => format!("{single}.yaml"),
            (None, Some(folder)) => format!("{folder}/{stem}.{ending}"),
            (None, None) => return None,
        }
    } else {
        // Of several folders the first that is known counts: `indicators/old/x.yaml` is a file of indicators.
        let known = folder.split('/').find_map(|part| known_word(part, &KNOWN_FOLDERS))?;
        let table = TABLES
            .iter()
            .find(|(folder, _)| *folder == known)
            .map(|(_, ending)| *ending);
        let is_provenance = known == "series" && name.ends_with(".origin.yaml");
        let wanted = table.filter(|_| !is_provenance).unwrap_or("yaml");
        let known = if wanted == ending {
            known
        } else {
            of_ending.filter(|_| table.is_none())?
        };
        format!("{known}/{stem}.{ending}")
    };
    (place != path).then_some(place)
}

/// Where a file beside the folders of a site was meant to lie.
pub(super) fn beside(path: &str) -> Option<String> {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = known_ending(ending);
    let plain = read::anchor(folder);
    let own = |word: &str| {
        OTHER_WORDS
            .iter()
            .find(|(other, _)| *other == word)
            .map(|(_, own)| *own)
    };
    if folder.is_empty() {
        let is_single = ending == "yaml" && single_files().contains(&stem);
        return is_single.then(|| format!("data/{stem}.yaml"));
    }
    let folder = own(&plain).unwrap_or(&plain);
    match folder {
        "content" | "themes" | "data" if ending == "yaml" || ending == "md" => Some(format!("{folder}/{name}")),
        known if ending == "yaml" && KNOWN_FOLDERS.contains(&known) && known != "answers" => {
            Some(format!("data/{known}/{stem}.yaml"))
        }
        _ => None,
    }
}

/// The name that a file in the folder of a consultation's answers was meant to have.
pub(super) fn in_answers(path: &str) -> Option<String> {
    const NAMES: [&str; 6] = [
        "responses.jsonl",
        "mapping.yaml",
        "quotes.yaml",
        "rulings.yaml",
        "coding.csv",
        "codes.csv",
    ];
    let (folder, name) = path.rsplit_once('/')?;
    let (stem, ending) = name.rsplit_once('.')?;
    let written = format!("{stem}.{}", known_ending(ending));
    let near = nearest(&written, NAMES)?;
    (near != name).then(|| format!("{folder}/{near}"))
}

/// Whether a folder of this name is meant as a language.
pub(super) fn is_language(folder: &str) -> bool {
    LANGUAGES.contains(&folder)
}

/// The path below `content/` that makes a good address in place of this one; `None`: this one does. Empty: none can be made.
pub(super) fn page_name(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | '/');
    if stem.chars().all(is_plain) {
        return None;
    }
    // A browser that saves a file a second time adds a number in brackets.
    let bare = stem
        .trim_end_matches(')')
        .rsplit_once(" (")
        .map_or(stem, |(bare, number)| {
            if stem.ends_with(')') && number.chars().all(|c| c.is_ascii_digit()) {
                bare
            } else {
                stem
            }
        });
    let parts: Vec<String> = bare.split('/').map(read::anchor).collect();
    let is_whole = parts.iter().all(|part| !part.is_empty() && part.is_ascii());
    Some(if is_whole {
        format!("{}.md", parts.join("/"))
    } else {
        String::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_data_are_told_where_they_belong() {
        let cases = [
            ("indikatorer/a.yaml", Some("indicators/a.yaml")),
            ("indicator/a.yaml", Some("indicators/a.yaml")),
            ("indicators/a.yml", Some("indicators/a.yaml")),
            ("indicators/a.YAML", Some("indicators/a.yaml")),
            ("charts/x.yml", Some("charts/x.yaml")),
            ("site.yml", Some("site.yaml")),
            ("plats.yaml", Some("places.yaml")),
            ("platser.yaml", Some("places.yaml")),
            ("befolkning.csv", Some("series/befolkning.csv")),
            ("lan.geojson", Some("geo/lan.geojson")),
            ("indicators/a.csv", Some("series/a.csv")),
            ("series/a.csv", None),
            ("series/a.yaml", None),
            ("arkiv/a.yaml", None),
        ];
        for (path, place) in cases {
            assert_eq!(in_data(path).as_deref(), place, "{path}");
        }
    }

    #[test]
    fn folders_beside_the_site_are_told_where_they_belong() {
        assert_eq!(beside("indicators/a.yaml").as_deref(), Some("data/indicators/a.yaml"));
        assert_eq!(beside("indikatorer/a.yml").as_deref(), Some("data/indicators/a.yaml"));
        assert_eq!(beside("site.yaml").as_deref(), Some("data/site.yaml"));
        assert_eq!(beside("tests/a.yaml"), None);
        assert_eq!(beside("mkdocs.yml"), None);
    }

    #[test]
    fn addresses_are_small_letters() {
        assert_eq!(page_name("om/arbetet.md"), None);
        assert_eq!(page_name("om/Ny sida.md").as_deref(), Some("om/ny-sida.md"));
        assert_eq!(page_name("nulaget (1).md").as_deref(), Some("nulaget.md"));
        assert_eq!(page_name("åäö.md").as_deref(), Some("aao.md"));
        assert_eq!(page_name("日本.md").as_deref(), Some(""));
    }

    #[test]
    fn readmes_and_licences_are_for_people() {
        assert!(
            is_beside_data("data/README.md")
                && is_beside_data("data/geo/LICENSE")
                && is_beside_data("x/licence-scb.txt")
        );
        assert!(!is_beside_data("data/notes.txt") && !is_beside_data("data/readme.yaml"));
    }
}
