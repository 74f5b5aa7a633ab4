//! `serve`: gather → compile → show, and again after every edit; nothing is written to disk.

use super::arguments::Serve;
use super::build;
use super::progress::Progress;
use super::speech::Speech;
use crate::compile::Outcome;
use crate::disk::Regathered;
use crate::finding::{Finding, Language, Messages, has_errors};
use crate::memo::Memo;
use crate::serve::{self, Panel, Preview};
use crate::source::Snapshot;
use crate::watch::{self, Edits, Notice, Watcher};
use crate::{clock, disk, read};
use anyhow::{Context, Result, anyhow};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Instant;

/// Shows the site until the user ends it; true, whatever is wrong with the input.
pub(super) fn serve(wanted: &Serve, language: Language) -> Result<bool> {
    let messages = Messages::of(language);
    let (listener, address) = serve::listen(wanted.port).with_context(|| taken(wanted.port, &messages))?;
    let mut desk = Desk::open(wanted, &messages, language)?;
    let (tell, told) = mpsc::channel();
    let mut watcher = Watcher::start(tell.clone(), wanted.poll);
    // What is touched from here on is told; what was touched while the site was read is looked for below.
    watcher.watch(&desk.folders());
    if watcher.is_polling() && !wanted.poll {
        eprintln!("{}", messages.word("preview_polling"));
    }
    tell.send(Notice::Unsure).context("the site cannot be watched")?;
    ctrlc::set_handler(move || drop(tell.send(Notice::Stop))).context("Ctrl-C cannot be heard")?;
    serve::answer(listener, desk.preview.clone());
    let shown = format!("http://{address}/");
    if wanted.port.is_none() && address.port() != serve::PORT {
        say(&messages
            .word("preview_other_port")
            .replace("{port}", &serve::PORT.to_string()));
    }
    say(&format!("{shown}  {}", messages.word("preview_how_to_end")));
    if wanted.open && !opened(&shown) {
        eprintln!("{}", messages.word("preview_not_opened"));
    }
    while let Some(edits) = watch::next(&told) {
        if edits.stop {
            say(messages.word("preview_ended"));
            break;
        }
        match desk.renew(&edits) {
            Ok(Look::Nothing) => {}
            Ok(look) => {
                if look == Look::Everything {
                    watcher.watch(&desk.folders());
                }
                desk.show(Some(&edits))?;
            }
            // The site may be on its way to come back: a checkout, a disk that is mounted again.
            Err(error) => eprintln!("utsikt: {}", Speech::of(language).refusal(&error)),
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
    language: Language,
    snapshot: Snapshot,
    memo: Memo,
    preview: Arc<Preview>,
    /// Whether some site without errors has been shown.
    good: bool,
    findings: Vec<Finding>,
}

impl<'a> Desk<'a> {
    /// Reads the site and shows it.
    fn open(wanted: &'a Serve, messages: &'a Messages, language: Language) -> Result<Self> {
        let output = output(&wanted.input.site);
        let mut desk = Desk {
            wanted,
            messages,
            language,
            snapshot: build::gather_with_answers(&wanted.input.site, wanted.input.answers.as_deref(), &output)?,
            // What the last build remembered makes a quick start; a preview adds nothing to it.
            memo: disk::load_memo(&output),
            preview: Arc::new(Preview::new(clock::started())),
            good: false,
            findings: Vec::new(),
        };
        desk.show(None)?;
        Ok(desk)
    }

    /// The folders in which an edit may be: each with all below it, or by itself.
    fn folders(&self) -> Vec<(PathBuf, bool)> {
        let site = &self.wanted.input.site;
        disk::watched_folders(site, &self.answers(), &self.snapshot.ends)
    }

    fn answers(&self) -> PathBuf {
        let input = &self.wanted.input;
        disk::answers_folder(
            &input.site,
            &read::answers_folder(&self.snapshot),
            input.answers.as_deref(),
        )
    }

    /// Reads again what was touched.
    fn renew(&mut self, edits: &Edits) -> Result<Look> {
        let site = &self.wanted.input.site;
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
        let next = build::gather_with_answers(
            &self.wanted.input.site,
            self.wanted.input.answers.as_deref(),
            &output(site),
        )?;
        if next == self.snapshot {
            return Ok(Look::Nothing);
        }
        self.snapshot = next;
        Ok(Look::Everything)
    }

    /// Makes the site of what has been read, and shows it; says what changed because of which edit.
    fn show(&mut self, edits: Option<&Edits>) -> Result<()> {
        let progress = Progress::start(self.messages);
        let remembered = self.memo.records();
        let outcome = build::compile(&self.wanted.input, &self.snapshot, &self.memo, &progress)?;
        progress.finish();
        let errors = has_errors(&outcome.findings);
        if errors && self.good {
            // What is mended is compared with what is shown, not with what was made of the mistake.
            self.memo.settle(true);
            for (name, record) in remembered {
                self.memo.restore(name, record);
            }
        }
        let located = read::locate(outcome.findings.clone(), &self.snapshot);
        let panel = Panel::of(&located, self.messages, errors && self.good);
        let changed = self.preview.show(&outcome.outputs, errors, panel);
        self.good |= !errors;
        if let Some(edits) = edits {
            say(&self.line(edits, changed, errors));
        }
        if self.wanted.explain && edits.is_some() {
            build::explain(&outcome, self.messages, self.language);
        }
        self.tell_findings(outcome);
        Ok(())
    }

    /// What was edited, what came of it and how long that took.
    fn line(&self, edits: &Edits, changed: usize, errors: bool) -> String {
        let home = disk::canonical(&self.wanted.input.site);
        let below = |path: &PathBuf| path.strip_prefix(&home).unwrap_or(path).display().to_string();
        let files: Vec<String> = edits
            .paths
            .iter()
            .filter(|path| path.starts_with(&home))
            .map(below)
            .collect();
        let edited = match files.as_slice() {
            [] => self.messages.word("preview_site").to_owned(),
            [file] => file.clone(),
            [first, rest @ ..] => format!("{first} (+{})", rest.len()),
        };
        let came = if errors && self.good {
            self.messages.word("preview_kept").to_owned()
        } else {
            self.messages.count(changed, "one_address", "addresses")
        };
        let took = Instant::now().duration_since(edits.began).as_secs_f64() * 1000.0;
        format!("{edited}: {came} ({took:.0} ms)")
    }

    /// Prints the findings when they are others than before.
    fn tell_findings(&mut self, outcome: Outcome) {
        if outcome.findings != self.findings {
            if outcome.findings.is_empty() {
                say(self.messages.word("nothing_wrong"));
            }
            self.findings.clone_from(&outcome.findings);
            build::print(
                outcome.findings,
                &self.snapshot,
                self.messages,
                self.wanted.input.format,
            );
        }
    }
}

/// Where a build of this site would put it, and keeps what it remembers beside.
fn output(site: &Path) -> PathBuf {
    site.join("output")
}

/// Why the preview cannot listen.
fn taken(port: Option<u16>, messages: &Messages) -> anyhow::Error {
    match port {
        Some(port) => anyhow!(messages.word("preview_port_taken").replace("{port}", &port.to_string())),
        None => anyhow!(messages.word("preview_no_port").to_owned()),
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
