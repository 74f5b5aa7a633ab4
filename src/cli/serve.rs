//! `serve`: gather → compile → show, and again after every edit; nothing is written to disk.

use super::number::whole_number;
use super::progress::Progress;
use super::site::{self, Input};
use super::terminal;
use crate::cache::Cache;
use crate::compile::{Outcome, compile_followed};
use crate::disk::Regathered;
use crate::finding::message::{self, Message};
use crate::finding::{Finding, Language, Messages, OrFail, Result, has_errors};
use crate::page::{BuildOptions, Follower, Output};
use crate::serve::{self, Panel, Preview};
use crate::source::Snapshot;
use crate::watch::{Edits, Notice, Notices, Watcher};
use crate::{clock, disk, read};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Instant;

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    input: Input,
    #[arg(long, value_name = "N", value_parser = whole_number(0..=u16::MAX))]
    port: Option<u16>,
    #[arg(long)]
    open: bool,
    #[arg(long)]
    poll: bool,
    #[arg(long)]
    embargoed: bool,
}

/// Shows the site until the user ends it; true, whatever is wrong with the input.
pub(super) fn serve(wanted: &Serve, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let (listener, address) = serve::listen(wanted.port).or_fail(|| taken(wanted.port))?;
    let (tell, told) = mpsc::channel();
    let mut desk = Desk::open(wanted, &messages, Notices::new(told))?;
    let mut watcher = Watcher::start(tell.clone(), wanted.poll);
    // What is touched from here on is told; what was touched while the site was read is looked for below.
    watcher.watch(&desk.folders());
    if watcher.is_polling() && !wanted.poll {
        terminal::eprint_line(&messages.text(&message::preview_polling()));
    }
    tell.send(Notice::Unsure).or_fail(message::site_unwatched)?;
    ctrlc::set_handler(move || drop(tell.send(Notice::Stop))).or_fail(message::interrupt_unheard)?;
    serve::answer(listener, desk.preview.clone());
    let shown = format!("http://{address}/");
    if wanted.port.is_none() && address.port() != serve::PORT {
        say(&messages.text(&message::preview_other_port(serve::PORT)));
    }
    say(&format!("{shown}  {}", messages.text(&message::preview_how_to_end())));
    if wanted.open && !opened(&shown) {
        terminal::eprint_line(&messages.text(&message::preview_not_opened()));
    }
    desk.show(None, true)?;
    while let Some(edits) = desk.notices.next() {
        if edits.stop {
            say(&messages.text(&message::preview_ended()));
            break;
        }
        match desk.renew(&edits) {
            Ok(Look::Nothing) if !desk.interrupted => {}
            Ok(look) => {
                if look == Look::Everything {
                    watcher.watch(&desk.folders());
                }
                // A file that is written all the time and is none of the site's must not keep the site from being built.
                desk.show(Some(&edits), look != Look::Nothing)?;
            }
            // The site may be on its way to come back: a checkout, a disk that is mounted again.
            Err(error) => terminal::eprint_line(&format!("utsikt: {}", messages.failure(&error))),
        }
    }
    Ok(true)
}

/// How much of the site has been read again because of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Nothing,
    Files,
    Everything,
}

/// What is kept from one edit to the next.
struct Desk<'a> {
    wanted: &'a Serve,
    messages: &'a Messages,
    notices: Notices,
    snapshot: Snapshot,
    cache: Cache,
    preview: Arc<Preview>,
    /// Whether some site without errors has been shown.
    good: bool,
    findings: Vec<Finding>,
    /// Whether the last build was interrupted by an edit.
    interrupted: bool,
}

impl<'a> Desk<'a> {
    /// Reads the site.
    fn open(wanted: &'a Serve, messages: &'a Messages, notices: Notices) -> Result<Self> {
        let output = output(wanted.input.site());
        Ok(Desk {
            wanted,
            messages,
            notices,
            snapshot: wanted.input.gather(&output)?,
            // What the last build remembered makes a quick start; a preview adds nothing to it.
            cache: disk::load_cache(&output),
            preview: Arc::new(Preview::new(clock::started())),
            good: false,
            findings: Vec::new(),
            interrupted: false,
        })
    }

    /// The folders in which an edit may be: each with all below it, or by itself.
    fn folders(&self) -> Vec<(PathBuf, bool)> {
        let site = self.wanted.input.site();
        disk::watched_folders(site, &self.answers(), &self.snapshot.link_targets)
    }

    fn answers(&self) -> PathBuf {
        let input = &self.wanted.input;
        disk::answers_folder(
            input.site(),
            &read::answers_folder(&self.snapshot),
            input.answers.as_deref(),
        )
    }

    /// Reads again what was touched.
    fn renew(&mut self, edits: &Edits) -> Result<Look> {
        let site = self.wanted.input.site();
        // Answers are known by other names than their paths, and the settings say where they lie.
        let (settings, answers) = (
            disk::canonical(site).join("data/site.yaml"),
            disk::canonical(&self.answers()),
        );
        if !edits.unsure
            && !edits
                .paths
                .iter()
                .any(|path| *path == settings || path.starts_with(&answers))
        {
            let mut next = self.snapshot.clone();
            match disk::regather(&mut next, site, &edits.paths) {
                Regathered::Same => return Ok(Look::Nothing),
                Regathered::Changed => {
                    self.snapshot = next;
                    return Ok(Look::Files);
                }
                Regathered::Unsure => {}
            }
        }
        let next = self.wanted.input.gather(&output(site))?;
        if next == self.snapshot {
            return Ok(Look::Nothing);
        }
        self.snapshot = next;
        Ok(Look::Everything)
    }

    /// Builds the site of what has been read, and shows it: first the pages that somebody waits for, then, if no further edit
    /// comes meanwhile, all of it with what is wrong. Says what changed because of which edit.
    fn show(&mut self, edits: Option<&Edits>, can_be_interrupted: bool) -> Result<()> {
        self.preview.begin();
        let progress = Progress::start(self.messages);
        let follower = Desktop {
            progress: &progress,
            preview: &self.preview,
            notices: can_be_interrupted.then_some(&self.notices),
            interrupted: AtomicBool::new(false),
        };
        let options = BuildOptions {
            embargoed: self.wanted.embargoed,
            ..site::options(&self.wanted.input)?
        };
        let outcome = compile_followed(&self.snapshot, &options, &self.cache, &follower);
        self.interrupted = follower.interrupted.into_inner();
        progress.finish();
        if self.interrupted {
            return Ok(());
        }
        let errors = has_errors(&outcome.findings);
        let located = read::locate(outcome.findings.clone(), &self.snapshot);
        let panel = Panel::of(&located, self.messages, errors && self.good);
        let changed = self.preview.show(&outcome.outputs, errors, panel);
        self.good |= !errors;
        if let Some(edits) = edits {
            say(&self.line(edits, changed, errors));
        }
        self.tell_findings(outcome)
    }

    /// What was edited, what came of it and how long that took.
    fn line(&self, edits: &Edits, changed: usize, errors: bool) -> String {
        let home = disk::canonical(self.wanted.input.site());
        let below = |path: &PathBuf| path.strip_prefix(&home).unwrap_or(path).display().to_string();
        let files: Vec<String> = edits
            .paths
            .iter()
            .filter(|path| path.starts_with(&home))
            .map(below)
            .collect();
        let edited = match files.as_slice() {
            [] => self.messages.text(&message::preview_site()),
            [file] => file.clone(),
            [first, rest @ ..] => format!("{first} (+{})", rest.len()),
        };
        let came = if errors && self.good {
            self.messages.text(&message::preview_kept())
        } else {
            self.messages.count(changed, &message::changed_files())
        };
        let took = Instant::now().duration_since(edits.began).as_secs_f64() * 1000.0;
        format!("{edited}: {came} ({took:.0} ms)")
    }

    /// Prints the findings when they are others than before.
    fn tell_findings(&mut self, outcome: Outcome) -> Result<()> {
        if outcome.findings != self.findings {
            if outcome.findings.is_empty() {
                say(&self.messages.text(&message::nothing_wrong()));
            }
            self.findings.clone_from(&outcome.findings);
            site::print(
                outcome.findings,
                &self.snapshot,
                self.messages,
                self.wanted.input.format,
            )?;
        }
        Ok(())
    }
}

/// What the preview wants of a build that goes on.
struct Desktop<'a> {
    progress: &'a Progress,
    preview: &'a Preview,
    /// Edits that make this build pointless.
    notices: Option<&'a Notices>,
    interrupted: AtomicBool,
}

impl Follower for Desktop<'_> {
    fn stage(&self, name: &'static str) {
        self.progress.stage(name);
    }

    fn next_wanted(&self) -> Option<String> {
        self.preview.next_wanted()
    }

    fn ready(&self, outputs: &[Output]) {
        self.preview.show_early(outputs);
    }

    fn is_cancelled(&self) -> bool {
        let interrupted = self.interrupted.load(Ordering::Relaxed) || self.notices.is_some_and(Notices::interrupt);
        self.interrupted.store(interrupted, Ordering::Relaxed);
        interrupted
    }
}

/// Where a build of this site would put it, and keeps what it remembers beside.
fn output(site: &Path) -> PathBuf {
    site.join("output")
}

/// Why the preview cannot listen.
fn taken(port: Option<u16>) -> Message {
    match port {
        Some(port) => message::port_taken(port),
        None => message::no_port_free(),
    }
}

/// A line on standard output. Whoever read it may have gone; the preview goes on.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Asks the system to open an address in the browser; whether it could be asked.
fn opened(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command
        .args(before)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // Somebody must wait for it, else it stays as a name without a process.
    std::thread::spawn(move || child.wait());
    true
}
