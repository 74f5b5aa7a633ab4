//! Lines that cannot be understood: clap's kind of error and its facts → what is wrong, what to type instead, how the command is used.

use crate::finding::message::{self, Message};
use crate::finding::{Failure, Messages, nearest};
use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::error::Error as _;
use std::ffi::OsString;

/// Says what is wrong with the line, how its command is used and where help is. `root` is built, in the language of `messages`.
pub(super) fn usage(error: &Error, root: &Command, line: &[OsString], messages: &Messages) -> String {
    let (path, command) = command_of(root, line);
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim().to_owned();
    let complaint = messages.failure(&complaint(error, &path, command));
    let [heading, more] = [message::heading_usage(), message::heading_more()].map(|heading| messages.text(&heading));
    format!("utsikt: {complaint}\n\n{heading} {usage}\n{more} {path} --help\n")
}

/// Says what is wrong with the line, and what to type instead. `path` is the name of the command with those above it.
pub(super) fn complaint(error: &Error, path: &str, command: &Command) -> Failure {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let commands = || {
        let names = command.get_subcommands().map(Command::get_name);
        message::there_are(names.filter(|name| *name != "help").collect::<Vec<_>>().join(", "))
    };
    let choices = || {
        let choices = list(error, ContextKind::ValidValue);
        (!choices.is_empty()).then(|| message::choose(choices.join(", ")))
    };
    let (wrong, instead) = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => (message::word_too_many(&argument, path), None),
        ErrorKind::UnknownArgument => (
            message::unknown_option(path, &argument),
            near(error, ContextKind::SuggestedArg),
        ),
        ErrorKind::InvalidSubcommand => {
            let near = near(error, ContextKind::SuggestedSubcommand);
            let typed = text(error, ContextKind::InvalidSubcommand);
            (message::unknown_command(path, typed), near.or_else(|| Some(commands())))
        }
        ErrorKind::MissingSubcommand => (message::command_missing(path), Some(commands())),
        ErrorKind::MissingRequiredArgument => {
            let missing = quoted(error, ContextKind::InvalidArg);
            (message::argument_missing(path, missing), None)
        }
        ErrorKind::InvalidValue if value.is_empty() => (message::value_missing(&argument), choices()),
        ErrorKind::InvalidValue => {
            let near = near_choice(&value, &list(error, ContextKind::ValidValue)).map(message::did_you_mean);
            (message::value_unknown(&value, &argument), near.or_else(choices))
        }
        ErrorKind::ValueValidation => (message::value_wrong(&value, &argument), None),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => (message::value_too_many(&argument, &value), None),
        ErrorKind::TooFewValues => (message::value_missing(&argument), None),
        ErrorKind::ArgumentConflict if list(error, ContextKind::PriorArg) == [argument.as_str()] => {
            (message::said_twice(&argument), None)
        }
        ErrorKind::ArgumentConflict => {
            let others = quoted(error, ContextKind::PriorArg);
            (message::said_together(&argument, others), None)
        }
        ErrorKind::InvalidUtf8 => (message::no_text(), None),
        _ => (message::not_understood(), None),
    };
    let failure = Failure::from(wrong);
    let failure = match instead {
        Some(instead) => failure.hint(instead),
        None => failure,
    };
    match error.source() {
        // What reads values gives failures of its own.
        Some(reason) if error.kind() == ErrorKind::ValueValidation => match reason.downcast_ref::<Failure>() {
            Some(reason) => failure.because(Failure::from(reason.message().clone())),
            None => failure.because(reason.to_string()),
        },
        _ => failure,
    }
}

/// The command that a line reaches: how it is called, and itself.
fn command_of<'c>(root: &'c Command, line: &[OsString]) -> (String, &'c Command) {
    let mut path = root.get_name().to_owned();
    let mut reached = root;
    for word in line.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(command) = reached
            .find_subcommand(word)
            .filter(|command| command.get_name() != "help")
        {
            path = format!("{path} {word}");
            reached = command;
        }
    }
    (path, reached)
}

/// The choice that was meant: one that the value begins with (`svenska` is `sv`), or the nearest.
fn near_choice<'c>(value: &str, choices: &'c [String]) -> Option<&'c str> {
    let value = value.to_lowercase();
    let begins = choices
        .iter()
        .map(String::as_str)
        .find(|choice| value.starts_with(choice));
    begins.or_else(|| nearest(&value, choices.iter().map(String::as_str)))
}

fn near(error: &Error, kind: ContextKind) -> Option<Message> {
    list(error, kind).first().map(message::did_you_mean)
}

fn quoted(error: &Error, kind: ContextKind) -> String {
    let quoted: Vec<String> = list(error, kind).iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
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
