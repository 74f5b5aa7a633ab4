//! `schema`: JSON Schemas of a site's files, printed or written to a folder.

use crate::finding::{Language, Messages};
use crate::read::{self, SCHEMA_FILES};
use anyhow::{Context, bail};
use std::fs;
use std::path::Path;

/// Prints the schema of a kind of file, writes all to a folder, or lists the kinds.
pub(super) fn schema(kind: Option<&str>, output: Option<&Path>, language: Language) -> anyhow::Result<bool> {
    if let Some(folder) = output {
        fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
        for (kind, _) in SCHEMA_FILES {
            let file = folder.join(format!("{kind}.json"));
            fs::write(&file, text(kind)).with_context(|| format!("{} could not be written", file.display()))?;
            println!("{}", file.display());
        }
        return Ok(true);
    }
    match kind {
        None => {
            for (kind, files) in SCHEMA_FILES {
                println!("{kind:<14}{files}");
            }
        }
        Some(kind) if read::schema(kind).is_some() => print!("{}", text(kind)),
        Some(kind) => {
            let known = SCHEMA_FILES.iter().map(|(known, _)| *known);
            bail!(Messages::of(language).unknown("no_kind", kind, known));
        }
    }
    Ok(true)
}

/// A schema as the text of its file.
pub(super) fn text(kind: &str) -> String {
    read::schema(kind).map(|found| format!("{:#}\n", found.schema)).unwrap_or_default()
}
