//! The help of the command line: clap's tree of commands, with texts and headings in one language.
//!
//! Texts stand in `help/LANGUAGE.yaml`, by the paths of commands and the ids of arguments; a test holds the files to the tree. Of
//! headings, defaults, possible values, and the flag and the command for help clap speaks only English and lets nobody change
//! it: they are made here, in both languages alike.

use crate::finding::message::{self, Message};
use crate::finding::{Language, Messages, own_texts};
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Position that clap gives to the flags that every command has: after all others.
const LAST: usize = 999;
/// The beginning of a usage line in clap; further lines are indented by as much.
const USAGE: &str = "Usage: ";

/// The texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Help {
    /// Placeholders of values, such as DIR; without an entry they stay.
    #[serde(default)]
    value_names: BTreeMap<String, String>,
    /// Arguments that mean the same in all commands that have none of their own.
    arguments: BTreeMap<String, ArgumentTexts>,
    /// Commands by their path below the program, such as `import kolada`.
    commands: BTreeMap<String, CommandTexts>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommandTexts {
    /// One line for the list of commands and for `-h`.
    about: String,
    /// The beginning of `--help`; without it, `about`.
    long: Option<String>,
    /// Examples, after all else.
    after: Option<String>,
    #[serde(default)]
    arguments: BTreeMap<String, ArgumentTexts>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum ArgumentTexts {
    Plain(String),
    /// An argument with possible values, each with a text.
    Choice {
        text: String,
        values: BTreeMap<String, String>,
    },
}

impl Help {
    fn new(language: Language) -> Self {
        own_texts(match language {
            Language::Sv => include_str!("help/sv.yaml"),
            Language::En => include_str!("help/en.yaml"),
        })
    }

    /// The texts of an argument of this command.
    fn argument(&self, path: &str, id: &str) -> Option<&ArgumentTexts> {
        let of_command = self.commands.get(path).and_then(|command| command.arguments.get(id));
        of_command.or_else(|| self.arguments.get(id))
    }
}

/// The commands with all their texts in this language, built.
pub(super) fn described(command: Command, language: Language, messages: &Messages) -> Command {
    let writer = Writer {
        help: Help::new(language),
        messages,
    };
    let mut command = writer.with_texts(command, "");
    command.build();
    writer.with_headings(command)
}

/// Writes texts into the tree.
struct Writer<'m> {
    help: Help,
    messages: &'m Messages,
}

impl Writer<'_> {
    fn word(&self, message: &Message) -> String {
        self.messages.text(message)
    }

    fn with_texts(&self, command: Command, path: &str) -> Command {
        let flag = |name: &'static str, short: char, action: ArgAction| {
            Arg::new(name)
                .short(short)
                .long(name)
                .action(action)
                .display_order(LAST)
        };
        let help = flag("help", 'h', ArgAction::Help)
            .help(self.word(&message::help_flag()))
            .long_help(self.word(&message::help_flag_long()));
        let mut command = command
            .mut_args(|argument| self.argument(path, argument))
            .disable_help_flag(true)
            .arg(help);
        if command.get_version().is_some() {
            let version = flag("version", 'V', ArgAction::Version).help(self.word(&message::version_flag()));
            command = command.disable_version_flag(true).arg(version);
        }
        if let Some(texts) = self.help.commands.get(path) {
            command = command.about(texts.about.clone());
            command = texts.long.clone().into_iter().fold(command, Command::long_about);
            command = texts.after.clone().into_iter().fold(command, Command::after_help);
        }
        command.mut_subcommands(|below| {
            let path = format!("{path} {}", below.get_name());
            self.with_texts(below, path.trim_start())
        })
    }

    fn argument(&self, path: &str, mut argument: Arg) -> Arg {
        let (text, values) = match self.help.argument(path, argument.get_id().as_str()) {
            Some(ArgumentTexts::Choice { text, values }) => (text.as_str(), Some(values)),
            Some(ArgumentTexts::Plain(text)) => (text.as_str(), None),
            None => ("", None),
        };
        let (mut short, mut long) = (text.to_owned(), text.to_owned());
        if !argument.get_action().takes_values() {
            return argument.help(short).long_help(long);
        }
        if let Some(names) = argument.get_value_names() {
            let name = |name: &str| self.help.value_names.get(name).map_or(name, String::as_str).to_owned();
            let names: Vec<String> = names.iter().map(|english| name(english)).collect();
            argument = argument.value_names(names);
        }
        let possible: Vec<PossibleValue> = argument
            .get_possible_values()
            .into_iter()
            .filter(|value| !value.is_hide_set())
            .collect();
        let names: Vec<&str> = possible.iter().map(PossibleValue::get_name).collect();
        if let Some(widest) = names.iter().map(|name| name.chars().count()).max() {
            let _ = write!(long, "\n\n{}", self.word(&message::heading_values_long()));
            for name in &names {
                let text = values.and_then(|values| values.get(*name)).map_or("", String::as_str);
                let gap = widest - name.chars().count();
                let _ = write!(long, "\n- {name}: {:gap$}{text}", "");
            }
        }
        let defaults: Vec<_> = argument
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        if !defaults.is_empty() && !argument.is_hide_default_value_set() {
            let note = format!("[{} {}]", self.word(&message::heading_default()), defaults.join(" "));
            let _ = write!(short, " {note}");
            let _ = write!(long, "\n\n{note}");
        }
        if !names.is_empty() {
            let _ = write!(
                short,
                " [{} {}]",
                self.word(&message::heading_values()),
                names.join(", ")
            );
        }
        argument
            .hide_default_value(true)
            .hide_possible_values(true)
            .help(short)
            .long_help(long)
    }

    /// Usage and headings, once all arguments are known.
    fn with_headings(&self, command: Command) -> Command {
        let mut command = command.subcommand_value_name(self.word(&message::usage_command()));
        if command.get_name() == "help" {
            command = command.about(self.word(&message::help_command()));
        }
        let usage = command.render_usage().to_string();
        let heading = self.word(&message::heading_usage());
        // Further lines of usage begin under the first.
        let [indent, wider] = [USAGE.len(), heading.chars().count() + 1].map(|width| format!("\n{:width$}", ""));
        let usage = usage.strip_prefix(USAGE).unwrap_or(&usage).trim_end();
        let usage = usage
            .replace("[OPTIONS]", &self.word(&message::usage_options()))
            .replace(&indent, &wider);
        let styles = command.get_styles().clone();
        let (bold, header) = (styles.get_usage(), styles.get_header());
        let mut template = format!("{{before-help}}{{about-with-newline}}\n{bold}{heading}{bold:#} {{usage}}");
        let mut part = |is_there: bool, heading: Message, tag: &str| {
            if is_there {
                let _ = write!(template, "\n\n{header}{}{header:#}\n{{{tag}}}", self.word(&heading));
            }
        };
        let has_options = command.get_arguments().any(|argument| !argument.is_positional());
        part(command.has_subcommands(), message::heading_commands(), "subcommands");
        part(
            command.get_positionals().next().is_some(),
            message::heading_arguments(),
            "positionals",
        );
        part(has_options, message::heading_options(), "options");
        template.push_str("{after-help}");
        command
            .override_usage(usage)
            .help_template(template)
            .mut_subcommands(|below| self.with_headings(below))
    }
}

#[cfg(test)]
mod tests {
    use super::super::arguments::Arguments;
    use super::*;
    use clap::{CommandFactory, FromArgMatches};
    use std::collections::BTreeSet;

    fn in_both() -> [Command; 2] {
        Language::ALL.map(|language| described(Arguments::command(), language, &Messages::new(language)))
    }

    /// A command and all below it, with their paths.
    fn tree(command: &Command) -> Vec<(String, &Command)> {
        let mut found = vec![(String::new(), command)];
        let mut next = 0;
        while let Some((path, command)) = found.get(next).cloned() {
            let below = command.get_subcommands();
            found.extend(below.map(|own| (format!("{path} {}", own.get_name()).trim_start().to_owned(), own)));
            next += 1;
        }
        found
    }

    #[test]
    fn every_command_argument_and_value_has_its_text_in_both_languages_and_nothing_else_does() {
        for language in Language::ALL {
            let help = Help::new(language);
            let root = Arguments::command();
            let commands = tree(&root);
            let paths: BTreeSet<&str> = commands.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(help.commands.keys().map(String::as_str).collect::<BTreeSet<_>>(), paths);
            let mut value_names = BTreeSet::new();
            let mut used = BTreeSet::new();
            for (path, command) in &commands {
                for argument in command.get_arguments() {
                    let id = argument.get_id().as_str();
                    let own = help.commands[path].arguments.contains_key(id);
                    used.insert((if own { path.as_str() } else { "everywhere" }, id));
                    value_names.extend(
                        argument
                            .get_value_names()
                            .unwrap_or_default()
                            .iter()
                            .map(ToString::to_string),
                    );
                    let possible: BTreeSet<String> = argument
                        .get_possible_values()
                        .iter()
                        .filter(|_| argument.get_action().takes_values())
                        .map(|value| value.get_name().to_owned())
                        .collect();
                    let described = match help.argument(path, id) {
                        Some(ArgumentTexts::Choice { values, .. }) => values.keys().cloned().collect(),
                        Some(ArgumentTexts::Plain(_)) => BTreeSet::new(),
                        None => panic!("`{path}` has no text for `{id}`"),
                    };
                    assert_eq!(described, possible, "`{path}`: `{id}`");
                }
            }
            let own = help
                .commands
                .iter()
                .flat_map(|(path, command)| command.arguments.keys().map(|id| (path.as_str(), id.as_str())));
            let written: BTreeSet<(&str, &str)> = own
                .chain(help.arguments.keys().map(|id| ("everywhere", id.as_str())))
                .collect();
            assert_eq!(written, used);
            assert!(help.value_names.keys().all(|name| value_names.contains(name)));
        }
    }

    #[test]
    fn no_help_in_swedish_has_an_english_heading() {
        let [swedish, _] = in_both();
        for (_, command) in tree(&swedish) {
            let mut command = command.clone();
            for help in [
                command.render_help().to_string(),
                command.render_long_help().to_string(),
            ] {
                for english in [
                    "Usage:",
                    "Options:",
                    "Arguments:",
                    "Commands:",
                    "[default",
                    "ossible values",
                    "Print ",
                ] {
                    assert!(!help.contains(english), "{english} in\n{help}");
                }
            }
        }
    }

    #[test]
    fn help_is_wrapped_in_both_languages() {
        for command in in_both() {
            let help = command.term_width(50).render_long_help().to_string();
            let prose = help.lines().take_while(|line| !line.contains("utsikt ["));
            assert!(
                prose.clone().count() > 4 && prose.clone().all(|line| line.chars().count() <= 50),
                "{help}"
            );
        }
    }

    /// Columns of examples would not survive being wrapped.
    #[test]
    fn examples_fit_a_line() {
        for root in in_both() {
            for (path, command) in tree(&root) {
                let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
                assert!(long.is_empty(), "{path}: {long:#?}");
            }
        }
    }

    #[test]
    fn the_described_commands_read_the_same_lines() {
        let line = "utsikt import csv ny --file a.csv --place kommun --new --lang sv";
        let read = |command: Command| {
            let mut found = command.try_get_matches_from(line.split(' ')).expect("a right line");
            let arguments = Arguments::from_arg_matches_mut(&mut found).expect("a right line");
            format!("{arguments:?}")
        };
        for command in in_both() {
            assert_eq!(read(command), read(Arguments::command()));
        }
    }
}
