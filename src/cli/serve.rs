//! `serve`: gather → compile → show, and again after every edit; nothing is written to disk.

use super::number::whole_number;
use super::progress::Progress;
use super::site::{self, Input};
use super::terminal;
use crate::compile::Outcome;
use crate::disk::Renewed;
use crate::finding::message::{self, Message};
use crate::finding::{Finding, Language, Messages, OrFail, Result, has_errors};
use crate::memo::Memo;
use crate::serve::{self, Panel, Preview};
use crate::source::Snapshot;
use crate::watch::{self, Notice, Stir, Watcher};
use crate::{clock, disk, read};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
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
}

/// Shows the site until the user ends it; true, whatever is wrong with the input.
pub(super) fn serve(wanted: &Serve, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let (listener, address) = serve::listen(wanted.port).or_fail(|| taken(wanted.port))?;
    let mut desk = Desk::open(wanted, &messages)?;
    let (tell, told) = mpsc::channel();
    let mut watcher = Watcher::start(tell.clone(), wanted.poll);
    // What is touched from here on is told; what was touched while the site was read is looked for below.
    watcher.see(&desk.folders());
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
    while let Some(stir) = watch::next(&told) {
        if stir.stop {
            say(&messages.text(&message::preview_ended()));
            break;
        }
        match desk.renew(&stir) {
            Ok(Look::Nothing) => {}
            Ok(look) => {
                if look == Look::Everything {
                    watcher.see(&desk.folders());
                }
                desk.show(Some(&stir))?;
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
    snapshot: Snapshot,
    memo: Memo,
    preview: Arc<Preview>,
    /// Whether some site without errors has been shown.
    good: bool,
    findings: Vec<Finding>,
}

impl<'a> Desk<'a> {
    /// Reads the site and shows it.
    fn open(wanted: &'a Serve, messages: &'a Messages) -> Result<Self> {
        let output = output(wanted.input.site());
        let mut desk = Desk {
            wanted,
            messages,
            snapshot: wanted.input.gather(&output)?,
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
        let site = self.wanted.input.site();
        disk::watched(site, &self.answers(), &self.snapshot.ends)
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
    fn renew(&mut self, stir: &Stir) -> Result<Look> {
        let site = self.wanted.input.site();
        // Answers are known by other names than their paths, and the settings say where they lie.
        let (settings, answers) = (disk::real(site).join("data/site.yaml"), disk::real(&self.answers()));
        if !stir.unsure
            && !stir
                .paths
                .iter()
                .any(|path| *path == settings || path.starts_with(&answers))
        {
            let mut next = self.snapshot.clone();
            match disk::gather_again(&mut next, site, &stir.paths) {
                Renewed::Same => return Ok(Look::Nothing),
                Renewed::Changed => {
                    self.snapshot = next;
                    return Ok(Look::Files);
                }
                Renewed::Unsure => {}
            }
        }
        let next = self.wanted.input.gather(&output(site))?;
        if next == self.snapshot {
            return Ok(Look::Nothing);
        }
        self.snapshot = next;
        Ok(Look::Everything)
    }

    /// Makes the site of what has been read, and shows it; says what changed because of which edit.
    fn show(&mut self, stir: Option<&Stir>) -> Result<()> {
        let progress = Progress::start(self.messages);
        let remembered = self.memo.records();
        let outcome = site::compile(&self.wanted.input, &self.snapshot, &self.memo, &progress)?;
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
        if let Some(stir) = stir {
            say(&self.line(stir, changed, errors));
        }
        self.tell_findings(outcome)
    }

    /// What was edited, what came of it and how long that took.
    fn line(&self, stir: &Stir, changed: usize, errors: bool) -> String {
        let home = disk::real(self.wanted.input.site());
        let below = |path: &PathBuf| path.strip_prefix(&home).unwrap_or(path).display().to_string();
        let files: Vec<String> = stir
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
        let took = Instant::now().duration_since(stir.began).as_secs_f64() * 1000.0;
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
