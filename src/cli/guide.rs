//! `guide`: the guides, for those who have only the program.

use super::terminal;
use crate::finding::message::{self, Key};
use crate::finding::{Failure, Language, Messages, Result};
use crate::read;
use clap::Args;
use std::fmt::Write as _;

/// Arguments of `guide`.
#[derive(Debug, Args)]
pub(super) struct Guide {
    name: Option<String>,
}

macro_rules! guides {
    ($($name:literal, $purpose:path;)*) => {
        /// Every guide: its name, what it is for, and its text in Markdown.
        pub(super) const GUIDES: &[(&str, Key, &str)] =
            &[$(($name, $purpose, include_str!(concat!("../guide/", $name, ".md"))),)*];
    };
}

guides! {
    "report", message::guide_report;
    "figures", message::guide_figures;
    "consultations", message::guide_consultations;
    "indices", message::guide_indices;
    "import", message::guide_import;
    "hosting", message::guide_hosting;
    "keeping", message::guide_keeping;
    "receive", message::guide_receive;
    "keys", message::guide_keys;
}

/// The guide that is made of the readers.
const KEYS: &str = "keys";

/// Prints a guide, or lists them all.
pub(super) fn guide(arguments: &Guide, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let names = || GUIDES.iter().map(|(name, ..)| *name);
    let Some(written) = &arguments.name else {
        let widest = names().map(str::len).max().unwrap_or(0);
        let mut list = String::new();
        for (name, purpose, _) in GUIDES {
            let _ = writeln!(list, "{name:widest$}  {}", messages.text(&purpose()));
        }
        terminal::print(&format!("{list}\n{}\n", messages.text(&message::guide_how_to())))?;
        return Ok(true);
    };
    let Some((.., text)) = GUIDES.iter().find(|(name, ..)| name == written) else {
        return Err(Failure::from(message::no_guide(written)).near(written, names()));
    };
    // The keys are told in every language; the other guides are in English.
    if written == KEYS {
        terminal::print(&read::key_reference(language))?;
    } else {
        terminal::print(text)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_guide_can_be_printed() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide")).unwrap();
        let files: BTreeSet<String> = folder
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(files, GUIDES.iter().map(|(name, ..)| format!("{name}.md")).collect());
    }
}
