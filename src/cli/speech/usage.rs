//! What is wrong with a line that was typed: clap's kind of error and its facts → what, what instead, how it is used.

use super::Speech;
use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::error::Error as _;
use std::ffi::OsString;

impl Speech {
    /// What is wrong with the line, how its command is used and where more is said. `command` is built, in this language.
    pub(in crate::cli) fn usage(&self, error: &Error, command: &Command, line: &[OsString]) -> String {
        let (path, command) = typed(command, line);
        let usage = command.clone().render_usage().to_string();
        let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim().to_owned();
        let said = self.complaint(error, &path, command);
        let (how, more) = (self.word("usage"), self.word("more"));
        format!("utsikt: {said}\n\n{how} {usage}\n{more} {path} --help\n")
    }

    /// What is wrong with the line, and what to type instead.
    fn complaint(&self, error: &Error, path: &str, command: &Command) -> String {
        let said = |name: &str| self.fill(name, error, path);
        let known = |word: &str, names: &[String]| {
            (!names.is_empty()).then(|| self.word(word).replace("{known}", &names.join(", ")))
        };
        let commands = || -> Vec<String> {
            let own = command
                .get_subcommands()
                .map(clap::Command::get_name)
                .filter(|name| *name != "help");
            own.map(ToOwned::to_owned).collect()
        };
        let argument = text(error, ContextKind::InvalidArg);
        match error.kind() {
            ErrorKind::UnknownArgument if !argument.starts_with('-') => said("word_too_many"),
            ErrorKind::UnknownArgument => {
                sentences(said("unknown_option"), self.near(error, ContextKind::SuggestedArg))
            }
            ErrorKind::InvalidSubcommand => {
                let near = self.near(error, ContextKind::SuggestedSubcommand);
                sentences(
                    said("unknown_command"),
                    near.or_else(|| known("there_are", &commands())),
                )
            }
            ErrorKind::MissingSubcommand => sentences(said("command_missing"), known("there_are", &commands())),
            ErrorKind::MissingRequiredArgument => said("argument_missing"),
            ErrorKind::InvalidValue if text(error, ContextKind::InvalidValue).is_empty() => sentences(
                said("value_missing"),
                known("choose", &list(error, ContextKind::ValidValue)),
            ),
            ErrorKind::InvalidValue => {
                let near = self.near(error, ContextKind::SuggestedValue);
                let known = known("choose", &list(error, ContextKind::ValidValue));
                sentences(said("value_unknown"), near.or(known))
            }
            ErrorKind::ValueValidation => {
                let reason = error.source().map(ToString::to_string).unwrap_or_default();
                said("value_wrong").replace("{reason}", &self.refused(&reason))
            }
            ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => said("value_too_many"),
            ErrorKind::TooFewValues => said("value_missing"),
            ErrorKind::ArgumentConflict if list(error, ContextKind::PriorArg) == [argument.as_str()] => said("twice"),
            ErrorKind::ArgumentConflict => said("conflict"),
            ErrorKind::InvalidUtf8 => said("no_text"),
            _ => said("not_understood"),
        }
    }

    /// A sentence with what the error knows.
    fn fill(&self, name: &str, error: &Error, path: &str) -> String {
        let several = |kind| {
            list(error, kind)
                .iter()
                .map(|own| format!("`{own}`"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.word(name)
            .replace("{command}", path)
            .replace("{subcommand}", &text(error, ContextKind::InvalidSubcommand))
            .replace("{arguments}", &several(ContextKind::InvalidArg))
            .replace("{argument}", &text(error, ContextKind::InvalidArg))
            .replace("{others}", &several(ContextKind::PriorArg))
            .replace("{value}", &text(error, ContextKind::InvalidValue))
    }

    fn near(&self, error: &Error, kind: ContextKind) -> Option<String> {
        let near = list(error, kind).into_iter().next()?;
        Some(self.word("did_you_mean").replace("{near}", &near))
    }
}

/// The command that a line reaches, by its words and itself.
fn typed<'c>(root: &'c Command, line: &[OsString]) -> (String, &'c Command) {
    let mut path = root.get_name().to_owned();
    let mut reached = root;
    for word in line.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(own) = reached.find_subcommand(word).filter(|own| own.get_name() != "help") {
            path = format!("{path} {word}");
            reached = own;
        }
    }
    (path, reached)
}

fn sentences(first: String, second: Option<String>) -> String {
    match second {
        Some(second) => format!("{first}. {second}"),
        None => first,
    }
}

fn text(error: &Error, kind: ContextKind) -> String {
    list(error, kind).join(" ")
}

fn list(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        _ => Vec::new(),
    }
}
