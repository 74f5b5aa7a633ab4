//! `schema`: JSON Schemas of a site's files, printed or written to a folder.

use crate::disk;
use crate::finding::{Language, Messages};
use crate::read::{self, SCHEMA_FILES};
use anyhow::bail;
use std::path::Path;

/// Prints the schema of a kind of file, writes all to a folder, or lists the kinds.
pub(super) fn schema(kind: Option<&str>, output: Option<&Path>, language: Language) -> anyhow::Result<bool> {
    if let Some(folder) = output {
        let files: Vec<(String, Vec<u8>)> = SCHEMA_FILES
            .iter()
            .map(|(kind, _)| (format!("{kind}.json"), text(kind).into_bytes()))
            .collect();
        disk::DataLock::take_folder(folder)?.write(&files)?;
        for (file, _) in files {
            println!("{}", folder.join(file).display());
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
    read::schema(kind)
        .map(|found| format!("{:#}\n", found.schema))
        .unwrap_or_default()
}
