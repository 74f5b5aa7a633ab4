//! `new`: a small site, or one commented file in a site.
//!
//! Nothing that is there is written over. A site is made beside its place and moved there whole, so that it is there or not.

use super::arguments::NewArguments;
use super::{build, schema};
use crate::finding::{Language, Log, Messages};
use crate::read::{self, SCHEMA_FILES};
use anyhow::{Context, bail, ensure};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

mod skeletons;

use skeletons::{KINDS, site_files, skeleton};

/// Where a site keeps its schemas.
const SCHEMAS: &str = ".utsikt/schema";

/// Makes what is wanted, and says what was made.
pub(super) fn new(wanted: &NewArguments, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    if wanted.kind == "site" {
        return new_site(Path::new(&wanted.name), language, &messages);
    }
    let Some((kind, folder)) = KINDS.iter().find(|(kind, _)| *kind == wanted.kind) else {
        let known = KINDS.iter().map(|(kind, _)| *kind).chain(["site"]);
        bail!(messages.unknown("no_kind", &wanted.kind, known));
    };
    let id = wanted.name.as_str();
    // A page may lie in a folder; everything else has one already.
    let valid = if *kind == "page" { id.split('/').all(read::is_id) } else { read::is_id(id) };
    ensure!(valid, "{}", messages.word("new_id").replace("{id}", id));
    ensure!(wanted.site.join("data/site.yaml").is_file(), "{}", messages.word("new_no_site"));

    let ending = if *kind == "page" { "md" } else { "yaml" };
    let file = wanted.site.join(folder).join(format!("{id}.{ending}"));
    let text = skeleton(kind, language)
        .replace("{kind}", kind)
        .replace("{id}", id)
        .replace("{indicator}", &an_indicator(&wanted.site)?);
    write_new(&file, &text, &messages)?;
    let own = wanted.site.join(SCHEMAS).join(format!("{kind}.json"));
    if !own.exists() {
        write_new(&own, &schema::text(kind), &messages)?;
    }
    println!("{}", file.display());
    Ok(true)
}

/// The first indicator of the site, which skeletons take as their example.
fn an_indicator(site: &Path) -> anyhow::Result<String> {
    let snapshot = build::gather(site)?;
    let found = read::site(&snapshot, &Log::default()).and_then(|site| site.indicators.into_iter().next());
    Ok(found.map_or_else(|| "indikator".to_owned(), |indicator| indicator.id))
}

fn new_site(folder: &Path, language: Language, messages: &Messages) -> anyhow::Result<bool> {
    let mut in_the_way = folder.exists();
    if folder.is_dir() {
        in_the_way =
            fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?.next().is_some();
    }
    ensure!(!in_the_way, "{}", messages.word("new_exists").replace("{files}", &format!("`{}`", folder.display())));

    let beside = beside(folder);
    let made = fill(&beside, folder, language, messages).and_then(|()| {
        fs::rename(&beside, folder).with_context(|| format!("{} could not be put in place", folder.display()))
    });
    if made.is_err() {
        // What is half made is of no use; that it cannot be taken away is the lesser trouble.
        let _ = fs::remove_dir_all(&beside);
    }
    made?;
    println!("{}", folder.display());
    println!("{} utsikt build --site {}", messages.word("new_next"), folder.display());
    Ok(true)
}

/// A folder beside the wanted one, on the same disk.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.new-{}", std::process::id()))
}

fn fill(beside: &Path, folder: &Path, language: Language, messages: &Messages) -> anyhow::Result<()> {
    let name = folder.file_name().map(|name| name.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut letters = name.chars().filter(|letter| !letter.is_control() && !"\"\\".contains(*letter));
    let title: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    for (file, text) in site_files(language) {
        write_new(&beside.join(file), &text.replace("{title}", &title), messages)?;
    }
    for (kind, _) in SCHEMA_FILES {
        write_new(&beside.join(SCHEMAS).join(format!("{kind}.json")), &schema::text(kind), messages)?;
    }
    Ok(())
}

/// Writes a file that must not be there yet.
fn write_new(file: &Path, text: &str, messages: &Messages) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    }
    let mut open = match fs::File::create_new(file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!("{}", messages.word("new_exists").replace("{files}", &format!("`{}`", file.display())))
        }
        opened => opened.with_context(|| format!("{} could not be written", file.display()))?,
    };
    let written = open.write_all(text.as_bytes());
    if written.is_err() {
        let _ = fs::remove_file(file);
    }
    written.with_context(|| format!("{} could not be written", file.display()))
}
