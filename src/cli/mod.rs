//! The command line: arguments → library calls → messages and an exit code.
//!
//! Exit codes: 0 nothing wrong, 1 findings of error severity, 2 could not run. The only module that writes to
//! the terminal.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where environment and clock are asked"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line is where messages are printed"
)]

mod archive;
mod arguments;
mod build;
mod diff;
mod explain;
mod import;
mod index;
mod links;
mod new;
mod progress;
mod schema;
mod serve;
mod speech;

use crate::finding::{Language, Messages};
use arguments::{Arguments, Command};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use speech::Speech;
use std::ffi::OsString;
use std::process::ExitCode;

/// Could not run: bad arguments, no such folder, a disk that refuses.
const COULD_NOT_RUN: u8 = 2;
/// The input has errors.
const HAS_ERRORS: u8 = 1;

/// Runs the program with the process's own arguments.
#[must_use]
pub fn run() -> ExitCode {
    let (said, line) = speech::taken(std::env::args_os());
    let language = speech::language(said);
    let arguments = match Arguments::try_parse_from(&line) {
        Ok(arguments) => arguments,
        Err(error) => return answer(error, &line, language),
    };
    let result = match &arguments.command {
        Command::Build(wanted) => build::build(wanted, language),
        Command::Serve(wanted) => serve::serve(wanted, language),
        Command::Check(wanted) => build::check(wanted, language),
        Command::Import(wanted) => import::import(wanted, language),
        Command::Diff(wanted) => diff::diff(wanted, language),
        Command::Index(wanted) => index::index(wanted, language),
        Command::New(wanted) => new::new(wanted, language),
        Command::Archive(wanted) => archive::archive(wanted, language),
        Command::Schema { kind, output } => schema::schema(kind.as_deref(), output.as_deref(), language),
        Command::Explain { code } => explain::explain(code.as_deref(), language),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(HAS_ERRORS),
        Err(error) => {
            eprintln!("utsikt: {}", Speech::of(language).refusal(&error));
            if error.chain().any(is_refused_by_disk) {
                eprintln!(" = {}", Messages::of(language).word("disk_full"));
            }
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Answers a line that asks for help, or cannot be understood.
fn answer(error: clap::Error, line: &[OsString], language: Language) -> ExitCode {
    let speech = Speech::of(language);
    let mut command = Arguments::command();
    let mut error = error;
    if language == Language::En {
        command.build();
    } else {
        command = speech.translated(command);
        // The same line, read again, gives the same answer in the other language.
        if let Err(translated) = command.clone().try_get_matches_from(line) {
            error = translated;
        }
    }
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Whoever asked may have seen enough, such as `head`.
            let _ = error.print();
        }
        _ => eprint!("{}", speech.usage(&error, &command, line)),
    }
    ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { 0 })
}

/// Whether this is a disk that is full or must not be written to.
fn is_refused_by_disk(error: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind;
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::QuotaExceeded,
        ErrorKind::FileTooLarge,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::PermissionDenied,
    ];
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| kinds.contains(&error.kind()))
}

/// Whether the messages of `stream` are for a person at a terminal who wants colour.
fn colour(terminal: bool) -> bool {
    terminal && std::env::var_os("NO_COLOR").is_none() && std::env::var("TERM").is_ok_and(|term| term != "dumb")
}
