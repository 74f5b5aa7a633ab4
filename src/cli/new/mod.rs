//! `new`: a small site, or one commented file in a site.
//!
//! Nothing that is there is written over. A site is made beside its place and moved there whole, so that it is there or not.

use super::arguments::NewArguments;
use super::{build, schema};
use crate::disk;
use crate::finding::{Language, Log, Messages};
use crate::read::{self, SCHEMA_FILES};
use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::Path;

mod skeletons;

use skeletons::{KINDS, site_files, skeleton};

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
    let valid = if *kind == "page" {
        id.split('/').all(read::is_id)
    } else {
        read::is_id(id)
    };
    ensure!(valid, "{}", messages.word("new_id").replace("{id}", id));
    ensure!(
        wanted.site.join("data/site.yaml").is_file(),
        "{}",
        messages.word("new_no_site")
    );

    let ending = if *kind == "page" { "md" } else { "yaml" };
    let file = wanted.site.join(folder).join(format!("{id}.{ending}"));
    let text = skeleton(kind, language)
        .replace("{kind}", kind)
        .replace("{id}", id)
        .replace("{indicator}", &an_indicator(&wanted.site)?);
    write_new(&file, &text, &messages)?;
    let own = wanted.site.join(read::schema_path(kind));
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
        in_the_way = fs::read_dir(folder)
            .with_context(|| format!("{} could not be read", folder.display()))?
            .next()
            .is_some();
    }
    ensure!(
        !in_the_way,
        "{}",
        messages
            .word("new_exists")
            .replace("{files}", &format!("`{}`", folder.display()))
    );

    let draft = disk::Draft::open(folder)?;
    let filled = fill(&draft.path, folder, language);
    draft.place(filled)?;
    println!("{}", folder.display());
    println!("{} utsikt build --site {}", messages.word("new_next"), folder.display());
    Ok(true)
}

fn fill(draft: &Path, folder: &Path, language: Language) -> anyhow::Result<()> {
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
        disk::write_new_file(&draft.join(read::schema_path(kind)), schema::text(kind).as_bytes())?;
    }
    Ok(())
}

/// Writes a file that must not be there yet.
fn write_new(file: &Path, text: &str, messages: &Messages) -> anyhow::Result<()> {
    let written = disk::write_new_file(file, text.as_bytes())?;
    ensure!(
        written,
        "{}",
        messages
            .word("new_exists")
            .replace("{files}", &format!("`{}`", file.display()))
    );
    Ok(())
}
