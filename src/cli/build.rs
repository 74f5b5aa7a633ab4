//! `build` and `check`: gather → compile → say what is wrong → publish.

use super::arguments::{Build, Check, Input};
use super::colour;
use super::links;
use super::progress::Progress;
use crate::cache::Cache;
use crate::compile::{Outcome, Rebuild, compile_followed};
use crate::disk::BuildRecord;
use crate::finding::print::{self as printed, Format};
use crate::finding::{Finding, Language, Messages, has_errors};
use crate::page::{BuildOptions, Follower};
use crate::source::Snapshot;
use crate::survey::State;
use crate::{clock, disk, read};
use anyhow::{Context, ensure};
use std::io::IsTerminal;
use std::path::Path;

/// Builds and publishes; false when the input has errors.
pub(super) fn build(wanted: &Build, language: Language) -> anyhow::Result<bool> {
    if wanted.jobs > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(wanted.jobs)
            .build_global()
            .context("the number of threads could not be set")?;
    }
    let output = wanted
        .output
        .clone()
        .unwrap_or_else(|| wanted.input.site.join("output"));
    let messages = Messages::of(language);
    let progress = Progress::start(&messages);
    progress.stage("gather");
    let snapshot = gather_with_answers(&wanted.input.site, wanted.input.answers.as_deref(), &output)?;
    let cache = disk::load_cache(&output);
    let outcome = compile(&wanted.input, &snapshot, &cache, &progress)?;
    let errors = has_errors(&outcome.findings);
    let (pages, rebuild) = (outcome.pages, outcome.rebuild.clone());
    let published = if errors {
        None
    } else {
        progress.stage("publish");
        let published = disk::publish(&output, &outcome.outputs)?;
        disk::save_cache(&output, &cache)?;
        let day = clock::today(wanted.input.today.as_deref())?.to_string();
        let Input { base_url, drafts, .. } = &wanted.input;
        disk::save_build_record(
            &output,
            &BuildRecord {
                day,
                base_url: base_url.clone(),
                drafts: *drafts,
            },
        )?;
        Some(published)
    };
    let timings = progress.finish();
    print(outcome.findings, &snapshot, &messages, wanted.input.format);
    let machine = wanted.input.format.is_for_programs();
    if let Some(published) = published.filter(|_| !machine) {
        let counts = [
            messages.count(pages, "one_page", "pages"),
            messages.count(published.written, "one_written", "written"),
            messages.count(published.unchanged, "one_unchanged", "unchanged"),
            messages.count(published.removed, "one_removed", "removed"),
        ];
        println!("{} ({})", output.display(), counts.join(", "));
        if let Some(rebuild) = rebuild {
            println!("{}", again(&rebuild, &messages));
        }
    }
    if errors && !machine {
        eprintln!("{}", messages.word("not_published"));
    }
    if wanted.timings {
        for (stage, took) in timings {
            eprintln!(
                "{:>9.1} ms  {}",
                took.as_secs_f64() * 1000.0,
                messages.word(&format!("stage_{stage}"))
            );
        }
    }
    Ok(!errors)
}

/// When the site must be built again, and why.
fn again(rebuild: &Rebuild, messages: &Messages) -> String {
    let state = |(id, state): &(String, State)| format!("{id}: {}", messages.word(&format!("state_{}", state.name())));
    let because: Vec<String> = rebuild.because.iter().map(state).collect();
    format!(
        "{} {} ({})",
        messages.word("build_again"),
        rebuild.day,
        because.join(", ")
    )
}

/// Compiles without publishing, and asks for links if wanted; false when the input has errors.
pub(super) fn check(wanted: &Check, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    let progress = Progress::start(&messages);
    progress.stage("gather");
    let output = wanted.input.site.join("output");
    let snapshot = gather_with_answers(&wanted.input.site, wanted.input.answers.as_deref(), &output)?;
    let cache = disk::load_cache(&output);
    let mut outcome = compile(&wanted.input, &snapshot, &cache, &progress)?;
    let mut remembered = Ok(());
    if wanted.links {
        let own = outcome
            .site
            .as_ref()
            .map(|site| site.settings.base_url.clone())
            .unwrap_or_default();
        let base_url = wanted.input.base_url.as_deref().unwrap_or(&own);
        let today = clock::today(wanted.input.today.as_deref())?;
        let how = links::Wanted {
            output: &output,
            today,
            local: wanted.local,
            base_url,
        };
        (outcome.findings, remembered) = links::check(&outcome, &snapshot, &how, &progress);
    }
    progress.finish();
    let errors = has_errors(&outcome.findings);
    let clean = outcome.findings.is_empty() && wanted.input.format == Format::Human;
    print(outcome.findings, &snapshot, &messages, wanted.input.format);
    if clean {
        println!("{}", messages.word("nothing_wrong"));
    }
    remembered.context("the links that are good could not be remembered")?;
    Ok(!errors)
}

/// The files of a site and the answers to its surveys, which must not lie where they would be published.
pub(super) fn gather_with_answers(site: &Path, answers: Option<&Path>, output: &Path) -> anyhow::Result<Snapshot> {
    let mut snapshot = gather(site)?;
    let folder = disk::answers_folder(site, &read::answers_folder(&snapshot), answers);
    ensure!(
        !disk::lies_in(&folder, output),
        "the answers in `{}` lie in the output folder, which is published; move them out of it",
        folder.display()
    );
    disk::gather_answers(&mut snapshot, site, &folder);
    let editions = read::edition_folders(&snapshot);
    disk::gather_editions(&mut snapshot, site, &editions);
    Ok(snapshot)
}

/// The files of a site.
pub(super) fn gather(site: &Path) -> anyhow::Result<Snapshot> {
    disk::gather(site).with_context(|| format!("{} could not be read", site.display()))
}

/// Compiles as the user wants it, telling how far it has come.
pub(super) fn compile(
    input: &Input,
    snapshot: &Snapshot,
    cache: &Cache,
    follower: &dyn Follower,
) -> anyhow::Result<Outcome> {
    let options = BuildOptions {
        today: clock::today(input.today.as_deref())?,
        base_url: input.base_url.clone(),
        drafts: input.drafts,
        release: input.release,
    };
    Ok(compile_followed(snapshot, &options, cache, follower))
}

/// Prints the findings: for people on standard error, for programs on standard output.
pub(super) fn print(findings: Vec<Finding>, snapshot: &Snapshot, messages: &Messages, format: Format) {
    let located = read::locate(findings, snapshot);
    match format {
        Format::Human | Format::Short => {
            eprint!(
                "{}",
                printed::print(&located, messages, format, colour(std::io::stderr().is_terminal()))
            );
        }
        Format::Json | Format::Github | Format::Sarif | Format::Gitlab => {
            print!("{}", printed::print(&located, messages, format, false));
        }
    }
}
