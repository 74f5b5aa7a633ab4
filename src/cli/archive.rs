//! `archive`: the published site → a bag to keep; with `--verify`, a bag → what is wrong with it, and whether a rebuild gives the same.

use super::{build, index};
use crate::archive::{self, BagDescription, Inventory, PAYLOAD, RebuildInfo};
use crate::compile::{Outcome, compile};
use crate::disk::{self, OutputState};
use crate::finding::print::Format;
use crate::finding::{Finding, Language, Messages, has_errors};
use crate::page::{BuildOptions, Output};
use crate::source::Snapshot;
use crate::{clock, read};
use anyhow::{Result, bail, ensure};
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(super) const LONG: &str = "\
Keep the published site: a dated, self-contained copy with a manifest; or check such a copy.

Writes the site as it stands in the output folder to DIR as a BagIt bag (RFC 8493), which archives know: data/ is the site, \
and beside it stand hashes of every file, the case number, the sources of the figures, the program's version and hashes of \
the files the site was made of. DIR must be new or empty. The output must be complete, untouched, and what the site gives \
for the day it was built; if not, build again first.

With --verify, checks DIR: missing, altered and extra files are told one by one. With --site as well, the site is built \
again in memory for the day of the archive and compared, byte for byte.

Exit code 1: the site has errors, or the archive is not as it was made.";

pub(super) const AFTER: &str = "\
Try:  utsikt build && utsikt archive ../arkiv/rapport-2026
      utsikt archive --verify ../arkiv/rapport-2026
      utsikt archive --verify ../arkiv/rapport-2026 --site .  same input, same pages?
      sha256sum -c manifest-sha256.txt                        the same check, without Utsikt";

/// Arguments of `archive`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Archive {
    /// The folder of the archive.
    dir: PathBuf,
    /// Check the archive instead of writing one.
    #[arg(long, conflicts_with_all = ["output", "today", "built_for", "base_url", "drafts"])]
    verify: bool,
    /// The site's folder; this one when not said. With --verify: build the site again and compare.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// The folder with the answers to surveys, instead of the one that data/site.yaml names.
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    /// Where the site was built; `output` in the site's folder when not said.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The day of the archive, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else today.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// The day the output was built for, where the last build has not left a note of it.
    #[arg(long, value_name = "DATE")]
    built_for: Option<String>,
    /// Absolute address of the front page that the output was built with, where the last build has not left a note of it.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The output was built with drafts.
    #[arg(long)]
    drafts: bool,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How many differences are shown one by one.
const SHOWN: usize = 10;
/// How many files are named of those that are not as they should be.
const NAMED: usize = 5;

/// Writes or verifies an archive; false when something is wrong with the input or the archive.
pub(super) fn archive(wanted: &Archive, language: Language) -> Result<bool> {
    let messages = Messages::of(language);
    if wanted.verify {
        verify(wanted, &messages)
    } else {
        write(wanted, &messages)
    }
}

fn write(wanted: &Archive, messages: &Messages) -> Result<bool> {
    let site = wanted.site.clone().unwrap_or_else(|| PathBuf::from("."));
    let output = wanted.output.clone().unwrap_or_else(|| site.join("output"));
    let archived = clock::today(wanted.today.as_deref())?.to_string();
    let shown_output = output.display().to_string();
    let around = wanted
        .dir
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    ensure!(
        !disk::lies_in(around, &output),
        "{}",
        fill(messages, "archive_in_output", &[("output", &shown_output)])
    );
    let Some(shown) = disk::output_state(&output)? else {
        bail!("{}", fill(messages, "archive_not_built", &[("output", &shown_output)]));
    };
    refuse_changed(&shown, &shown_output, messages)?;

    let built = disk::load_build_record(&output);
    let known = built.as_ref().map(|built| built.day.as_str());
    let day = wanted.built_for.as_deref().or(known).unwrap_or(&archived);
    let options = BuildOptions {
        today: clock::today(Some(day))?,
        base_url: wanted
            .base_url
            .clone()
            .or_else(|| built.as_ref().and_then(|built| built.base_url.clone())),
        drafts: wanted.drafts || built.as_ref().is_some_and(|built| built.drafts),
        release: false,
    };
    let snapshot = build::gather_with_answers(&site, wanted.answers.as_deref(), &output)?;
    let cache = disk::load_cache(&output);
    let Outcome {
        outputs,
        findings,
        site: model,
        ..
    } = compile(&snapshot, &options, &cache);
    let errors = has_errors(&findings);
    build::print(findings, &snapshot, messages, wanted.format);
    let Some(model) = model.filter(|_| !errors) else {
        eprintln!("{}", messages.word("archive_site_errors"));
        return Ok(false);
    };
    refuse_other(&shown, &outputs, &shown_output, day, messages)?;
    let payload: Vec<(&str, &[u8])> = shown
        .files
        .iter()
        .map(|(route, bytes)| (route.as_str(), &**bytes))
        .collect();
    refuse_reaching(&payload, messages)?;

    let revision = disk::current_commit(&site);
    let about = BagDescription {
        site: &model,
        input: &archive::input_hashes(&snapshot, &read::answers_folder(&snapshot)),
        answers: snapshot.under("answers/", "").count(),
        archived: &archived,
        built: day,
        base_url: options.base_url.as_deref().unwrap_or(&model.settings.base_url),
        drafts: options.drafts,
        revision: revision.as_ref().map(|(commit, clean)| (commit.as_str(), *clean)),
        left_out: &shown.foreign,
    };
    let tags = archive::tag_files(&about, &payload);
    disk::write_bag(
        &wanted.dir,
        tags.iter().map(|(name, text)| (*name, text.as_bytes())),
        &payload,
    )?;
    if wanted.format.is_for_programs() {
        return Ok(true);
    }
    let count = messages.count(payload.len(), "one_file", "files");
    println!("{} ({count}, {archived})", wanted.dir.display());
    if !shown.foreign.is_empty() {
        println!(
            "{} {}",
            messages.word("archive_left_out"),
            named(shown.foreign.iter().map(String::as_str))
        );
    }
    if revision.is_some_and(|(_, clean)| !clean) {
        println!("{}", messages.word("archive_not_clean"));
    }
    println!(
        "{} utsikt archive --verify {}",
        messages.word("archive_next"),
        wanted.dir.display()
    );
    Ok(true)
}

/// Refuses an output folder that somebody has changed since it was built.
fn refuse_changed(shown: &OutputState, output: &str, messages: &Messages) -> Result<()> {
    let changed: Vec<&str> = shown.missing.iter().chain(&shown.altered).map(String::as_str).collect();
    ensure!(
        changed.is_empty(),
        "{}",
        fill(
            messages,
            "archive_changed",
            &[("output", output), ("files", &named(changed.into_iter()))]
        )
    );
    Ok(())
}

/// Refuses an output folder that is not what the site gives: its files have changed since, or its day is another.
fn refuse_other(shown: &OutputState, outputs: &[Output], output: &str, day: &str, messages: &Messages) -> Result<()> {
    let made: BTreeSet<(&str, &[u8])> = outputs.iter().map(|output| (&*output.route, &*output.bytes)).collect();
    let there: BTreeSet<(&str, &[u8])> = shown.files.iter().map(|(route, bytes)| (&**route, &**bytes)).collect();
    let differing: BTreeSet<&str> = made.symmetric_difference(&there).map(|(route, _)| *route).collect();
    ensure!(
        differing.is_empty(),
        "{}",
        fill(
            messages,
            "archive_other",
            &[
                ("output", output),
                ("day", day),
                ("files", &named(differing.into_iter()))
            ]
        )
    );
    Ok(())
}

/// Refuses pages that need something from elsewhere, which would be lost.
fn refuse_reaching(payload: &[(&str, &[u8])], messages: &Messages) -> Result<()> {
    let reaches = archive::outside_references(payload);
    let told: Vec<String> = reaches
        .iter()
        .map(|reach| format!("{} → {}", reach.page, reach.target))
        .collect();
    ensure!(
        told.is_empty(),
        "{}",
        fill(
            messages,
            "archive_reaches",
            &[("files", &named(told.iter().map(String::as_str)))]
        )
    );
    Ok(())
}

/// The first few names, and how many more there are.
fn named<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<&str> = names.collect();
    let more = if all.len() > NAMED {
        format!(" (+{})", all.len() - NAMED)
    } else {
        String::new()
    };
    format!(
        "{}{more}",
        all.iter()
            .take(NAMED)
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

fn fill(messages: &Messages, word: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(messages.word(word).to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

fn verify(wanted: &Archive, messages: &Messages) -> Result<bool> {
    let bag = disk::inventory(&wanted.dir)?;
    // Findings name files of the archive by the folder's name.
    let mut place = Snapshot::default();
    place.prefix = format!("{}/", wanted.dir.display().to_string().trim_end_matches('/'));
    let faults = archive::findings(&archive::verify(&bag));
    if !faults.is_empty() {
        return Ok(tell(faults, &place, wanted, messages));
    }
    let told = RebuildInfo::read(|name| bag.tags.get(name).map(Vec::as_slice));
    let files = bag.files.keys().filter(|path| path.starts_with(PAYLOAD)).count();
    let count = messages.count(files, "one_file", "files");
    if let Some(site) = &wanted.site {
        let Some(told) = told else {
            bail!(
                "{}",
                fill(
                    messages,
                    "archive_not_ours",
                    &[("dir", &wanted.dir.display().to_string())]
                )
            );
        };
        let differences = rebuilt(wanted, site, &bag, &told, messages)?;
        if !differences.is_empty() {
            let more = differences.len().saturating_sub(SHOWN);
            let shown = if wanted.format.is_for_programs() {
                differences.len()
            } else {
                SHOWN
            };
            tell(differences.into_iter().take(shown).collect(), &place, wanted, messages);
            if more > 0 && !wanted.format.is_for_programs() {
                eprintln!("{}", fill(messages, "archive_more", &[("n", &more.to_string())]));
            }
            hint(&told, wanted, site, messages)?;
            return Ok(false);
        }
    }
    if wanted.format.is_for_programs() {
        return Ok(tell(Vec::new(), &place, wanted, messages));
    }
    let said = if wanted.site.is_some() {
        "archive_same"
    } else {
        "archive_whole"
    };
    index::put(&format!(
        "{}: {} ({count})\n",
        wanted.dir.display(),
        messages.word(said)
    ))?;
    Ok(true)
}

/// Prints findings about an archive; whether there are none.
fn tell(findings: Vec<Finding>, place: &Snapshot, wanted: &Archive, messages: &Messages) -> bool {
    let good = findings.is_empty();
    build::print(findings, place, messages, wanted.format);
    good
}

/// Builds the site in memory for the day of the archive; every file that becomes another.
fn rebuilt(
    wanted: &Archive,
    site: &Path,
    bag: &Inventory,
    told: &RebuildInfo,
    messages: &Messages,
) -> Result<Vec<Finding>> {
    let snapshot = build::gather_with_answers(site, wanted.answers.as_deref(), &site.join("output"))?;
    let options = BuildOptions {
        today: clock::today(Some(&told.built))?,
        base_url: Some(told.base_url.clone()).filter(|address| !address.is_empty()),
        drafts: told.drafts,
        release: false,
    };
    let outcome = compile(&snapshot, &options, &disk::load_cache(&site.join("output")));
    if has_errors(&outcome.findings) {
        build::print(outcome.findings, &snapshot, messages, wanted.format);
        bail!(
            "{}",
            fill(messages, "archive_no_rebuild", &[("site", &site.display().to_string())])
        );
    }
    Ok(archive::rebuild_differences(
        bag,
        outcome.outputs.iter().map(|output| (&*output.route, &*output.bytes)),
    ))
}

/// Says what may be why: another program, files of the site that are others now.
fn hint(told: &RebuildInfo, wanted: &Archive, site: &Path, messages: &Messages) -> Result<()> {
    let own = env!("CARGO_PKG_VERSION");
    if told.version != own {
        eprintln!(
            "{}",
            fill(messages, "archive_version", &[("then", &told.version), ("now", own)])
        );
    }
    let snapshot = build::gather_with_answers(site, wanted.answers.as_deref(), &site.join("output"))?;
    let now = archive::input_hashes(&snapshot, &read::answers_folder(&snapshot));
    let then: BTreeSet<(&String, &String)> = told.input.iter().collect();
    let differing: BTreeSet<&str> = now
        .iter()
        .collect::<BTreeSet<_>>()
        .symmetric_difference(&then)
        .map(|(path, _)| path.as_str())
        .collect();
    if !differing.is_empty() {
        eprintln!(
            "{}",
            fill(messages, "archive_input", &[("files", &named(differing.into_iter()))])
        );
    }
    Ok(())
}
