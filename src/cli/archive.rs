//! `archive`: the published site → a bag to keep; with `--verify`, a bag → what is wrong with it, and whether a rebuild gives the same.

use super::{site, terminal};
use crate::archive::{self, BagDescription, Inventory, PAYLOAD, RebuildInfo};
use crate::compile::{Outcome, compile};
use crate::disk::{self, OutputState};
use crate::finding::print::Format;
use crate::finding::{Finding, Language, Messages, Result, has_errors, message};
use crate::page::{BuildOptions, Output};
use crate::source::Snapshot;
use crate::{clock, read};
use clap::Args;
use clap::builder::{StringValueParser, TypedValueParser};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Arguments of `archive`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Archive {
    dir: PathBuf,
    #[arg(long, conflicts_with_all = ["output", "today", "built_for", "base_url", "drafts"])]
    verify: bool,
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    #[arg(long, value_name = "DATE")]
    built_for: Option<String>,
    #[arg(long, value_name = "URL", value_parser = StringValueParser::new().try_map(super::site::base_url))]
    base_url: Option<String>,
    #[arg(long)]
    drafts: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Differences that are printed one by one.
const SHOWN: usize = 10;
/// Files that are named of those that are not as they should be.
const NAMED: usize = 5;

/// Writes or verifies an archive; false when something is wrong with the input or the archive.
pub(super) fn archive(arguments: &Archive, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    if arguments.verify {
        verify(arguments, &messages)
    } else {
        write(arguments, &messages)
    }
}

fn write(arguments: &Archive, messages: &Messages) -> Result<bool> {
    let site = arguments.site.clone().unwrap_or_else(|| PathBuf::from("."));
    let output = arguments.output.clone().unwrap_or_else(|| site.join("output"));
    let archived = clock::today(arguments.today.as_deref())?.to_string();
    let output_path = output.display().to_string();
    let around = arguments
        .dir
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    if disk::lies_in(around, &output) {
        return Err(message::archive_in_output(output_path).into());
    }
    let Some(published) = disk::output_state(&output)? else {
        return Err(message::archive_not_built(output_path).into());
    };
    refuse_changed(&published, &output_path)?;

    let built = disk::load_build_record(&output);
    let noted_day = built.as_ref().map(|built| built.day.as_str());
    let day = arguments.built_for.as_deref().or(noted_day).unwrap_or(&archived);
    let options = BuildOptions {
        today: clock::today(Some(day))?,
        base_url: arguments
            .base_url
            .clone()
            .or_else(|| built.as_ref().and_then(|built| built.base_url.clone())),
        drafts: arguments.drafts || built.as_ref().is_some_and(|built| built.drafts),
        embargoed: false,
        release: false,
    };
    let snapshot = site::gather_with_answers(&site, arguments.answers.as_deref(), &output)?;
    let cache = disk::load_cache(&output);
    let Outcome {
        outputs,
        findings,
        site: model,
        ..
    } = compile(&snapshot, &options, &cache);
    let errors = has_errors(&findings);
    site::print(findings, &snapshot, messages, arguments.format)?;
    let Some(model) = model.filter(|_| !errors) else {
        terminal::eprint_line(&messages.text(&message::archive_site_errors()));
        return Ok(false);
    };
    refuse_other(&published, &outputs, &output_path, day)?;
    let payload: Vec<(&str, &[u8])> = published
        .files
        .iter()
        .map(|(route, bytes)| (route.as_str(), &**bytes))
        .collect();
    refuse_reaching(&payload)?;

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
        left_out: &published.foreign,
    };
    let tags = archive::tag_files(&about, &payload);
    disk::write_bag(
        &arguments.dir,
        tags.iter().map(|(name, text)| (*name, text.as_bytes())),
        &payload,
    )?;
    if !arguments.format.is_for_programs() {
        let count = messages.count(payload.len(), &message::files());
        terminal::print_line(&format!("{} ({count}, {archived})", arguments.dir.display()))?;
        let is_clean = revision.is_none_or(|(_, clean)| clean);
        report_rest(&arguments.dir, &published.foreign, is_clean, messages)?;
    }
    Ok(true)
}

/// Prints what is not in the archive, a note on files that are not committed, and how the archive is checked.
fn report_rest(dir: &Path, left_out: &[String], is_clean: bool, messages: &Messages) -> Result<()> {
    if !left_out.is_empty() {
        let left_out = message::archive_left_out(named(left_out.iter().map(String::as_str)));
        terminal::print_line(&messages.text(&left_out))?;
    }
    if !is_clean {
        terminal::print_line(&messages.text(&message::archive_not_clean()))?;
    }
    let next = messages.text(&message::archive_next());
    terminal::print_line(&format!("{next} utsikt archive --verify {}", terminal::shell_word(dir)))
}

/// Refuses an output folder that somebody has changed since it was built.
fn refuse_changed(published: &OutputState, output: &str) -> Result<()> {
    let changed: Vec<&str> = published
        .missing
        .iter()
        .chain(&published.altered)
        .map(String::as_str)
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    Err(message::archive_changed(output, named(changed.into_iter())).into())
}

/// Refuses an output folder that is not what the site gives: its files have changed since, or its day is another.
fn refuse_other(published: &OutputState, outputs: &[Output], output: &str, day: &str) -> Result<()> {
    let rebuilt_files: BTreeSet<(&str, &[u8])> =
        outputs.iter().map(|output| (&*output.route, &*output.bytes)).collect();
    let published_files: BTreeSet<(&str, &[u8])> = published
        .files
        .iter()
        .map(|(route, bytes)| (&**route, &**bytes))
        .collect();
    let differing: BTreeSet<&str> = rebuilt_files
        .symmetric_difference(&published_files)
        .map(|(route, _)| *route)
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    Err(message::archive_other(output, day, named(differing.into_iter())).into())
}

/// Refuses pages that need something from elsewhere, which would be lost.
fn refuse_reaching(payload: &[(&str, &[u8])]) -> Result<()> {
    let reaches = archive::outside_references(payload);
    let links: Vec<String> = reaches
        .iter()
        .map(|reach| format!("{} → {}", reach.page, reach.target))
        .collect();
    if links.is_empty() {
        return Ok(());
    }
    Err(message::archive_reaches(named(links.iter().map(String::as_str))).into())
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

fn verify(arguments: &Archive, messages: &Messages) -> Result<bool> {
    let bag = disk::inventory(&arguments.dir)?;
    // Findings name files of the archive by the folder's name.
    let mut place = Snapshot::default();
    place.prefix = format!("{}/", arguments.dir.display().to_string().trim_end_matches('/'));
    let faults = archive::findings(&archive::verify(&bag));
    if !faults.is_empty() {
        site::print(faults, &place, messages, arguments.format)?;
        return Ok(false);
    }
    let record = RebuildInfo::read(|name| bag.tags.get(name).map(Vec::as_slice));
    let files = bag.files.keys().filter(|path| path.starts_with(PAYLOAD)).count();
    let count = messages.count(files, &message::files());
    if let Some(site) = &arguments.site {
        let Some(record) = record else {
            return Err(message::archive_not_ours(arguments.dir.display()).into());
        };
        let differences = rebuilt(arguments, site, &bag, &record, messages)?;
        if !differences.is_empty() {
            let more = differences.len().saturating_sub(SHOWN);
            let most = if arguments.format.is_for_programs() {
                differences.len()
            } else {
                SHOWN
            };
            let first = differences.into_iter().take(most).collect();
            site::print(first, &place, messages, arguments.format)?;
            if more > 0 && !arguments.format.is_for_programs() {
                terminal::eprint_line(&messages.text(&message::archive_more(more)));
            }
            hint(&record, arguments, site, messages)?;
            return Ok(false);
        }
    }
    if arguments.format.is_for_programs() {
        site::print(Vec::new(), &place, messages, arguments.format)?;
        return Ok(true);
    }
    let verdict = if arguments.site.is_some() {
        message::archive_same()
    } else {
        message::archive_whole()
    };
    terminal::print_line(&format!(
        "{}: {} ({count})",
        arguments.dir.display(),
        messages.text(&verdict)
    ))?;
    Ok(true)
}

/// Builds the site in memory for the day of the archive; every file that becomes another.
fn rebuilt(
    arguments: &Archive,
    site: &Path,
    bag: &Inventory,
    record: &RebuildInfo,
    messages: &Messages,
) -> Result<Vec<Finding>> {
    let snapshot = site::gather_with_answers(site, arguments.answers.as_deref(), &site.join("output"))?;
    let options = BuildOptions {
        today: clock::today(Some(&record.built))?,
        base_url: Some(record.base_url.clone()).filter(|address| !address.is_empty()),
        drafts: record.drafts,
        embargoed: false,
        release: false,
    };
    let outcome = compile(&snapshot, &options, &disk::load_cache(&site.join("output")));
    if has_errors(&outcome.findings) {
        site::print(outcome.findings, &snapshot, messages, arguments.format)?;
        return Err(message::archive_no_rebuild(site.display()).into());
    }
    Ok(archive::rebuild_differences(
        bag,
        outcome.outputs.iter().map(|output| (&*output.route, &*output.bytes)),
    ))
}

/// Says what may be why: another program, files of the site that are others now.
fn hint(record: &RebuildInfo, arguments: &Archive, site: &Path, messages: &Messages) -> Result<()> {
    let this_version = env!("CARGO_PKG_VERSION");
    if record.version != this_version {
        terminal::eprint_line(&messages.text(&message::archive_version(&record.version, this_version)));
    }
    let snapshot = site::gather_with_answers(site, arguments.answers.as_deref(), &site.join("output"))?;
    let now = archive::input_hashes(&snapshot, &read::answers_folder(&snapshot));
    let then: BTreeSet<(&String, &String)> = record.input.iter().collect();
    let differing: BTreeSet<&str> = now
        .iter()
        .collect::<BTreeSet<_>>()
        .symmetric_difference(&then)
        .map(|(path, _)| path.as_str())
        .collect();
    if !differing.is_empty() {
        let files = named(differing.into_iter());
        terminal::eprint_line(&messages.text(&message::archive_input(files)));
    }
    Ok(())
}
