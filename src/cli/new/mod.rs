//! `new`: a small site, or one commented file in a site.
//!
//! Nothing that is there is written over. A site is made beside its place and moved there whole, so that it is there or not.

use super::{schema, site, terminal};
use crate::disk;
use crate::finding::{Failure, Language, Log, Messages, OrFail, Result, message};
use crate::read::{self, SCHEMA_FILES};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

mod skeletons;

use skeletons::{KINDS, site_files, skeleton};

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct New {
    kind: String,
    #[arg(value_name = "DIR|ID")]
    name: String,
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

/// Makes the site or file, and says where it is.
pub(super) fn new(arguments: &New, language: Language) -> Result<bool> {
    if arguments.kind == "site" {
        return new_site(Path::new(&arguments.name), language);
    }
    let Some((kind, folder)) = KINDS.iter().find(|(kind, _)| *kind == arguments.kind) else {
        let kinds = KINDS.iter().map(|(kind, _)| *kind).chain(["site"]);
        return Err(Failure::from(message::no_kind(&arguments.kind)).near(&arguments.kind, kinds));
    };
    let id = arguments.name.as_str();
    // A page may lie in a folder; everything else has one already.
    let valid = if *kind == "page" {
        id.split('/').all(read::is_id)
    } else {
        read::is_id(id)
    };
    if !valid {
        return Err(message::new_id(id).into());
    }
    if !arguments.site.join("data/site.yaml").is_file() {
        return Err(message::new_no_site().into());
    }

    let ending = if *kind == "page" { "md" } else { "yaml" };
    let file = arguments.site.join(folder).join(format!("{id}.{ending}"));
    let text = skeleton(kind, language)
        .replace("{kind}", kind)
        .replace("{id}", id)
        .replace("{indicator}", &an_indicator(&arguments.site)?);
    write_new(&file, &text)?;
    let schema_file = arguments.site.join(read::schema_path(kind));
    if !schema_file.exists() {
        write_new(&schema_file, &schema::text(kind, language))?;
    }
    terminal::print_line(&file.display().to_string())?;
    Ok(true)
}

/// The first indicator of the site, which skeletons take as their example.
fn an_indicator(site: &Path) -> Result<String> {
    let snapshot = site::gather(site)?;
    let first = read::site(&snapshot, &Log::default()).and_then(|site| site.indicators.into_iter().next());
    Ok(first.map_or_else(|| "indikator".to_owned(), |indicator| indicator.id))
}

fn new_site(folder: &Path, language: Language) -> Result<bool> {
    let mut in_the_way = folder.exists();
    if folder.is_dir() {
        in_the_way = disk::has_files(folder).or_fail(|| message::cannot_read_site(folder.display()))?;
    }
    if in_the_way {
        return Err(message::new_exists(folder.display()).into());
    }

    let draft = disk::Draft::open(folder)?;
    // `.` has no name of its own, and the site is called by its folder's.
    let named = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let filled = fill(&draft.path, &named, language);
    draft.place(filled)?;
    terminal::print_line(&folder.display().to_string())?;
    let next = Messages::new(language).text(&message::new_next());
    terminal::print_line(&format!("{next} utsikt build --site {}", terminal::shell_word(folder)))?;
    Ok(true)
}

fn fill(draft: &Path, folder: &Path, language: Language) -> Result<()> {
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().replace(['-', '_'], " "))
        .unwrap_or_default();
    let mut letters = name
        .chars()
        .filter(|letter| !letter.is_control() && !"\"\\".contains(*letter));
    let title: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    for (file, text) in site_files(language) {
        disk::write_new_file(&draft.join(file), text.replace("{title}", &title).as_bytes())?;
    }
    for (kind, _) in SCHEMA_FILES {
        disk::write_new_file(
            &draft.join(read::schema_path(kind)),
            schema::text(kind, language).as_bytes(),
        )?;
    }
    Ok(())
}

/// Writes a file that must not be there yet.
fn write_new(file: &Path, text: &str) -> Result<()> {
    if disk::write_new_file(file, text.as_bytes())? {
        Ok(())
    } else {
        Err(message::new_exists(file.display()).into())
    }
}
