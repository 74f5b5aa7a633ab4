//! `schema`: JSON Schemas of a site's files, printed or written to a folder.

use super::terminal;
use crate::disk;
use crate::finding::{Failure, Language, Result, message};
use crate::read::{self, SCHEMA_FILES};
use clap::Args;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct Schema {
    kind: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    output: Option<PathBuf>,
}

/// Prints the schema of a kind of file, writes all to a folder, or lists the kinds.
pub(super) fn schema(arguments: &Schema, language: Language) -> Result<bool> {
    let printed = match (&arguments.output, &arguments.kind) {
        (Some(folder), _) => write_all(folder, language)?,
        (None, None) => SCHEMA_FILES.iter().fold(String::new(), |mut list, (kind, files)| {
            let _ = writeln!(list, "{kind:<14}{files}");
            list
        }),
        (None, Some(kind)) if read::schema(kind, language).is_some() => text(kind, language),
        (None, Some(kind)) => {
            let kinds = SCHEMA_FILES.iter().map(|(kind, _)| *kind);
            return Err(Failure::from(message::no_kind(kind)).near(kind, kinds));
        }
    };
    terminal::print(&printed)?;
    Ok(true)
}

/// Writes all schemas into a folder; their paths, a line each.
fn write_all(folder: &Path, language: Language) -> Result<String> {
    let files: Vec<(String, Vec<u8>)> = SCHEMA_FILES
        .iter()
        .map(|(kind, _)| (format!("{kind}.json"), text(kind, language).into_bytes()))
        .collect();
    disk::DataLock::take_folder(folder)?.write(&files)?;
    let path = |(file, _): &(String, Vec<u8>)| format!("{}\n", folder.join(file).display());
    Ok(files.iter().map(path).collect())
}

/// A schema as the text of its file.
pub(super) fn text(kind: &str, language: Language) -> String {
    read::schema(kind, language)
        .map(|found| format!("{:#}\n", found.schema))
        .unwrap_or_default()
}
