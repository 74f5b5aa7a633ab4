//! The command line: arguments → library calls → messages and an exit code.
//!
//! Exit codes: 0 nothing wrong, 1 findings of error severity, 2 could not run. Each command is a file with its arguments; what
//! several share stands in `site` (which site, and what is built of it) and `terminal` (the only place that writes to it).

#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where environment and clock are asked"
)]

mod archive;
mod arguments;
mod build;
mod check;
mod diff;
mod explain;
mod guide;
mod help;
mod import;
mod index;
mod language;
mod links;
mod new;
mod number;
#[cfg(test)]
mod printed_commands;
mod progress;
mod receive;
mod schema;
mod serve;
mod site;
mod terminal;
mod usage;

use crate::finding::{Failure, Language, Messages, Result, message};
use arguments::{Arguments, Command};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::process::ExitCode;

/// Could not run: bad arguments, no such folder, a disk that refuses.
const COULD_NOT_RUN: u8 = 2;
/// The input has errors.
const HAS_ERRORS: u8 = 1;

/// Runs the program with the process's own arguments.
#[must_use]
pub fn run() -> ExitCode {
    let (asked, line) = language::take(std::env::args_os());
    let language = language::language(asked);
    let command = match Arguments::try_parse_from(&line) {
        Ok(arguments) => arguments.command,
        Err(error) => return answer(&error, &line, language),
    };
    match run_command(&command, language) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(HAS_ERRORS),
        Err(failure) => {
            let messages = Messages::new(language);
            terminal::eprint_line(&format!("utsikt: {}", messages.failure(&failure)));
            if is_refused_by_disk(&failure) {
                terminal::eprint_line(&format!(" = {}", messages.text(&message::disk_full())));
            }
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Runs a command; false when the input has errors.
fn run_command(command: &Command, language: Language) -> Result<bool> {
    match command {
        Command::Build(arguments) => build::build(arguments, language),
        Command::Serve(arguments) => serve::serve(arguments, language),
        Command::Check(arguments) => check::check(arguments, language),
        Command::Diff(arguments) => diff::diff(arguments, language),
        Command::Index(arguments) => index::index(arguments, language),
        Command::Import(arguments) => import::import(arguments, language),
        Command::Receive(arguments) => receive::receive(arguments, language),
        Command::New(arguments) => new::new(arguments, language),
        Command::Archive(arguments) => archive::archive(arguments, language),
        Command::Schema(arguments) => schema::schema(arguments, language),
        Command::Explain(arguments) => explain::explain(arguments, language),
        Command::Guide(arguments) => guide::guide(arguments, language),
    }
}

/// Answers a line that asks for help, or cannot be understood.
fn answer(error: &clap::Error, line: &[OsString], language: Language) -> ExitCode {
    let messages = Messages::new(language);
    let command = help::described(Arguments::command(), language, &messages);
    // The same line, read again with texts in its language, gives the same kind of answer.
    let described = command.clone().try_get_matches_from(line).err();
    let error = described.as_ref().unwrap_or(error);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Whoever asked may have seen enough, such as `head`.
            let _ = error.print();
        }
        _ => terminal::eprint(&usage::usage(error, &command, line, &messages)),
    }
    ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { 0 })
}

/// True if the cause is a disk that is full or must not be written to.
fn is_refused_by_disk(failure: &Failure) -> bool {
    use std::io::ErrorKind;
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::QuotaExceeded,
        ErrorKind::FileTooLarge,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::PermissionDenied,
    ];
    failure
        .causes()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| kinds.contains(&error.kind()))
}
