//! `build`: gather → compile → say what is wrong → publish.

use super::number::whole_number;
use super::progress::Progress;
use super::site::{self, Input};
use super::terminal;
use crate::compile::{Rebuild, forgotten, unrecorded};
use crate::disk::{AnswersLock, BuildRecord, LedgerMark};
use crate::finding::message::{self, Message};
use crate::finding::{Failure, Finding, Language, Messages, OrFail, Result, has_errors};
use crate::page::Follower;
use crate::source::Snapshot;
use crate::survey::State;
use crate::{clock, disk, read};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    input: Input,
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[arg(long)]
    timings: bool,
    #[arg(long, short, value_name = "N", default_value_t = 0, value_parser = whole_number(0..=usize::MAX))]
    jobs: usize,
}

/// Builds and publishes; false when the input has errors.
pub(super) fn build(arguments: &Build, language: Language) -> Result<bool> {
    let input = &arguments.input;
    if arguments.jobs > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(arguments.jobs)
            .build_global()
            .or_fail(message::threads_not_set)?;
    }
    let output = arguments.output.clone().unwrap_or_else(|| input.site().join("output"));
    let messages = Messages::new(language);
    let progress = Progress::start(&messages);
    progress.stage("gather");
    let snapshot = input.gather(&output)?;
    let cache = disk::load_cache(&output);
    let mut outcome = site::compile(input, &snapshot, &cache, &progress)?;
    let mut ledgers = disk::load_build_record(&output).map_or_else(BTreeMap::new, |record| record.ledgers);
    outcome.findings.extend(lost(&snapshot, &ledgers, &output));
    ledgers.extend(written(&snapshot, &outcome.published));
    if !has_errors(&outcome.findings) {
        // Before anything goes out: what is published and not remembered protects nobody afterwards.
        outcome.findings.extend(record(&snapshot, &outcome.published));
    }
    let errors = has_errors(&outcome.findings);
    // Also of a site that is not published: who mends a mistake does not wait for drawings that were made already.
    let mut not_kept = disk::save_cache(&output, &cache).err();
    let (pages, rebuild) = (outcome.pages, outcome.rebuild.clone());
    let published = if errors {
        None
    } else {
        progress.stage("publish");
        let published = disk::publish(&output, &outcome.outputs)?;
        let record = BuildRecord {
            day: clock::today(input.today.as_deref())?.to_string(),
            base_url: input.base_url.clone(),
            drafts: input.drafts,
            ledgers,
        };
        not_kept = disk::save_build_record(&output, &record).err().or(not_kept);
        Some(published)
    };
    let timings = progress.finish();
    site::print(outcome.findings, &snapshot, &messages, input.format)?;
    let for_programs = input.format.is_for_programs();
    if let Some(published) = published.filter(|_| !for_programs) {
        let counts = [
            messages.count(pages, &message::pages()),
            messages.count(published.written, &message::written()),
            messages.count(published.unchanged, &message::unchanged()),
            messages.count(published.removed, &message::removed()),
        ];
        terminal::print_line(&format!("{} ({})", output.display(), counts.join(", ")))?;
        if let Some(rebuild) = rebuild {
            terminal::print_line(&build_again(&rebuild, &messages))?;
        }
    }
    // The site is what was asked for; a cache is not, so that it may fail.
    if let Some(cause) = not_kept.filter(|_| !errors) {
        let warning = Failure::from(message::cache_not_kept()).because(cause);
        terminal::eprint_line(&format!("utsikt: {}", messages.failure(&warning)));
    }
    if errors && !for_programs {
        terminal::eprint_line(&messages.text(&message::not_published()));
    }
    if arguments.timings {
        for (stage, took) in timings {
            let milliseconds = took.as_secs_f64() * 1000.0;
            terminal::eprint_line(&format!("{milliseconds:>9.1} ms  {}", messages.text(&stage)));
        }
    }
    Ok(!errors)
}

/// The ledger of a consultation, as it was before this build.
fn ledger<'a>(snapshot: &'a Snapshot, id: &str) -> &'a [u8] {
    let file = snapshot.find(&format!("answers/{id}/{}", read::LEDGER));
    file.map_or(&[][..], |file| &file.bytes)
}

/// A finding for each consultation with answers whose ledger no longer begins as it did when the folder was built.
fn lost(snapshot: &Snapshot, marks: &BTreeMap<String, LedgerMark>, output: &Path) -> Vec<Finding> {
    let record = disk::build_record_path(output).map_or_else(String::new, |path| path.display().to_string());
    let has_answers = |id: &str| snapshot.find(&format!("answers/{id}/{}", read::JOURNAL)).is_some();
    let lost = marks
        .iter()
        .filter(|(id, mark)| has_answers(id) && !mark.begins(ledger(snapshot, id)));
    lost.map(|(id, _)| forgotten(id, &record)).collect()
}

/// How the ledgers begin once what is about to be published stands in them.
fn written(snapshot: &Snapshot, published: &[(String, String)]) -> Vec<(String, LedgerMark)> {
    let name = format!("/{}", read::LEDGER);
    let before = snapshot.list("answers/", &name);
    let ids = before.filter_map(|file| file.path.split('/').nth(1).map(ToOwned::to_owned));
    let ids: BTreeSet<String> = ids.chain(published.iter().map(|(id, _)| id.clone())).collect();
    let mark = |id: String| {
        let line = published
            .iter()
            .find(|(other, _)| *other == id)
            .map_or("", |(_, line)| line);
        let whole = [ledger(snapshot, &id), line.as_bytes()].concat();
        (id, LedgerMark::of(&whole))
    };
    ids.into_iter().map(mark).collect()
}

/// Writes down what is about to be published of answers. Gives a finding for each ledger that cannot be written.
fn record(snapshot: &Snapshot, published: &[(String, String)]) -> Vec<Finding> {
    let folder = PathBuf::from(&snapshot.answers);
    let record = |(id, line): &(String, String)| {
        let before = ledger(snapshot, id);
        let written = AnswersLock::take(&folder, id)
            .and_then(|lock| lock.replace(read::LEDGER, before, &[before, line.as_bytes()]));
        written.err().map(|failure| unrecorded(id, &failure.to_string()))
    };
    published.iter().filter_map(record).collect()
}

/// When the site must be built again, and which consultations are then in another state.
fn build_again(rebuild: &Rebuild, messages: &Messages) -> String {
    let state = |(id, state): &(String, State)| format!("{id}: {}", messages.text(&state_name(*state)));
    let states: Vec<String> = rebuild.because.iter().map(state).collect();
    messages.text(&if states.is_empty() {
        message::build_again_updates(rebuild.day)
    } else {
        message::build_again(rebuild.day, states.join(", "))
    })
}

fn state_name(state: State) -> Message {
    match state {
        State::Coming => message::state_coming(),
        State::Open => message::state_open(),
        State::Extended => message::state_extended(),
        State::Paused => message::state_paused(),
        State::Withdrawn => message::state_withdrawn(),
        State::Unanswered => message::state_unanswered(),
        State::Closed => message::state_closed(),
        State::Results => message::state_results(),
        State::Decided => message::state_decided(),
        State::Archived => message::state_archived(),
    }
}
