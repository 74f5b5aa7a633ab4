//! The help in another language: clap's tree of commands, with its texts and headings replaced.
//!
//! Of some things clap speaks only English and lets nobody change it: headings, defaults, possible values, the flag and the
//! command for help. These are made here.

use super::Speech;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};
use std::fmt::Write as _;

/// Where clap puts what is always there: after all else.
const LAST: usize = 999;
/// How clap begins a usage line, and how it indents a second.
const USAGE: &str = "Usage: ";

impl Speech {
    /// The commands in this language, built.
    pub(in crate::cli) fn translated(&self, command: Command) -> Command {
        let mut command = self.texts(command);
        command.build();
        self.framed(command)
    }

    /// The translation of a text; without one, which a test forbids, the text.
    fn translation(&self, text: &str) -> String {
        let wanted = key(text);
        self.help
            .iter()
            .find(|pair| key(&pair.said) == wanted)
            .map_or_else(|| text.to_owned(), |pair| pair.text.clone())
    }

    fn texts(&self, command: Command) -> Command {
        let own = |text: Option<&StyledStr>| text.map(|text| self.translation(&text.to_string()));
        let (about, long) = (own(command.get_about()), own(command.get_long_about()));
        let after = own(command.get_after_help());
        let flag = Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .display_order(LAST);
        let flag = flag
            .help(self.word("help_flag").to_owned())
            .long_help(self.word("help_flag_long").to_owned());
        let mut command = command
            .mut_args(|argument| self.argument(argument))
            .disable_help_flag(true)
            .arg(flag);
        if command.get_version().is_some() {
            let flag = Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .display_order(LAST);
            command = command
                .disable_version_flag(true)
                .arg(flag.help(self.word("version_flag").to_owned()));
        }
        command = about.into_iter().fold(command, Command::about);
        command = long.into_iter().fold(command, Command::long_about);
        command = after.into_iter().fold(command, Command::after_help);
        command.mut_subcommands(|own| self.texts(own))
    }

    fn argument(&self, mut argument: Arg) -> Arg {
        let own = |text: Option<&StyledStr>| text.map(|text| self.translation(&text.to_string()));
        let mut short = own(argument.get_help()).unwrap_or_default();
        let mut long = own(argument.get_long_help()).unwrap_or_else(|| short.clone());
        if !argument.get_action().takes_values() {
            return argument.help(short).long_help(long);
        }
        if let Some(names) = argument.get_value_names() {
            let names: Vec<String> = names.iter().map(|name| self.value_name(name)).collect();
            argument = argument.value_names(names);
        }
        let possible: Vec<_> = argument
            .get_possible_values()
            .into_iter()
            .filter(|own| !own.is_hide_set())
            .collect();
        if let Some(widest) = possible.iter().map(|own| own.get_name().chars().count()).max() {
            let _ = write!(long, "\n\n{}", self.word("values_long"));
            for own in &possible {
                let text = own
                    .get_help()
                    .map(|text| self.translation(&text.to_string()))
                    .unwrap_or_default();
                let gap = widest - own.get_name().chars().count();
                let _ = write!(long, "\n- {}: {:gap$}{text}", own.get_name(), "");
            }
        }
        let default: Vec<_> = argument
            .get_default_values()
            .iter()
            .map(|own| own.to_string_lossy())
            .collect();
        if !default.is_empty() && !argument.is_hide_default_value_set() {
            let said = format!("[{} {}]", self.word("default"), default.join(" "));
            let _ = write!(short, " {said}");
            let _ = write!(long, "\n\n{said}");
        }
        if !possible.is_empty() {
            let names: Vec<&str> = possible.iter().map(clap::builder::PossibleValue::get_name).collect();
            let _ = write!(short, " [{} {}]", self.word("values"), names.join(", "));
        }
        argument
            .hide_default_value(true)
            .hide_possible_values(true)
            .help(short)
            .long_help(long)
    }

    fn value_name(&self, name: &str) -> String {
        self.values.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// Usage and headings, once all arguments are known.
    fn framed(&self, command: Command) -> Command {
        let mut command = command.subcommand_value_name(self.word("command").to_owned());
        if command.get_name() == "help" {
            command = command.about(self.word("help_command").to_owned());
        }
        let usage = command.render_usage().to_string();
        let heading = format!("{} ", self.word("usage"));
        let [indent, wider] = [USAGE, &heading].map(|heading| format!("\n{:1$}", "", heading.chars().count()));
        let usage = usage.strip_prefix(USAGE).unwrap_or(&usage).trim_end();
        let usage = usage
            .replace("[OPTIONS]", self.word("options_in_usage"))
            .replace(&indent, &wider);
        let styles = command.get_styles().clone();
        let (bold, header) = (styles.get_usage(), styles.get_header());
        let mut template = format!(
            "{{before-help}}{{about-with-newline}}\n{bold}{}{bold:#} {{usage}}",
            self.word("usage")
        );
        let mut part = |there: bool, heading: &str, tag: &str| {
            if there {
                let _ = write!(template, "\n\n{header}{}{header:#}\n{{{tag}}}", self.word(heading));
            }
        };
        part(command.get_subcommands().next().is_some(), "commands", "subcommands");
        part(command.get_positionals().next().is_some(), "arguments", "positionals");
        part(
            command.get_arguments().any(|own| !own.is_positional()),
            "options",
            "options",
        );
        template.push_str("{after-help}");
        command
            .override_usage(usage)
            .help_template(template)
            .mut_subcommands(|own| self.framed(own))
    }
}

/// A text by which it is known: without line breaks, and without the stop that clap takes off.
fn key(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::arguments::Arguments;
    use super::*;
    use crate::finding::Language;
    use clap::{CommandFactory, FromArgMatches};
    use std::collections::BTreeSet;

    /// Every English text of the tree, and every name of a value.
    fn told(command: &Command, texts: &mut BTreeSet<String>, values: &mut BTreeSet<String>) {
        let mut own: Vec<Option<&StyledStr>> =
            vec![command.get_about(), command.get_long_about(), command.get_after_help()];
        let unheard = [
            command.get_before_help(),
            command.get_before_long_help(),
            command.get_after_long_help(),
        ];
        assert_eq!(unheard, [None; 3], "{}: not translated by `texts`", command.get_name());
        for argument in command.get_arguments() {
            own.extend([argument.get_help(), argument.get_long_help()]);
            if argument.get_action().takes_values() {
                let possible = argument.get_possible_values();
                texts.extend(
                    possible
                        .iter()
                        .filter_map(|own| own.get_help())
                        .map(|text| key(&text.to_string())),
                );
                values.extend(
                    argument
                        .get_value_names()
                        .unwrap_or_default()
                        .iter()
                        .map(ToString::to_string),
                );
            }
        }
        texts.extend(own.into_iter().flatten().map(|text| key(&text.to_string())));
        for own in command.get_subcommands() {
            told(own, texts, values);
        }
    }

    /// A text is added to `sv.yaml` as two lines: `said`, as the code has it, and `text`.
    #[test]
    fn every_text_of_the_help_has_its_swedish_and_nothing_else_does() {
        let speech = Speech::of(Language::Sv);
        let (mut texts, mut values) = (BTreeSet::new(), BTreeSet::new());
        told(&Arguments::command(), &mut texts, &mut values);
        let written: BTreeSet<String> = speech.help.iter().map(|pair| key(&pair.said)).collect();
        assert_eq!(written.len(), speech.help.len(), "a text stands twice in sv.yaml");
        let lacking = texts
            .difference(&written)
            .map(|text| format!("- said: {text:?}\n  text: "))
            .collect::<Vec<_>>();
        assert!(
            lacking.is_empty(),
            "these lack their Swedish in src/cli/speech/sv.yaml, under `help`:\n{}",
            lacking.join("\n")
        );
        let left: Vec<&String> = written.difference(&texts).collect();
        assert!(
            left.is_empty(),
            "nobody says these any longer; take them out of src/cli/speech/sv.yaml: {left:#?}"
        );
        let named: BTreeSet<String> = speech.values.keys().cloned().collect();
        assert_eq!(
            named, values,
            "names of values in src/cli/speech/sv.yaml, and in the code"
        );
    }

    #[test]
    fn no_help_in_swedish_has_an_english_heading() {
        let speech = Speech::of(Language::Sv);
        let mut command = speech.translated(Arguments::command());
        let mut open: Vec<Command> = vec![command.clone()];
        let mut helps = vec![command.render_long_help().to_string()];
        while let Some(own) = open.pop() {
            open.extend(own.get_subcommands().cloned());
            let mut own = own;
            helps.extend([own.render_help().to_string(), own.render_long_help().to_string()]);
        }
        for help in helps {
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

    #[test]
    fn help_is_wrapped_in_both_languages() {
        let commands = [
            Arguments::command(),
            Speech::of(Language::Sv).translated(Arguments::command()),
        ];
        for command in commands {
            let mut narrow = command.term_width(50);
            let help = narrow.render_long_help().to_string();
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
        for command in [
            Arguments::command(),
            Speech::of(Language::Sv).translated(Arguments::command()),
        ] {
            let mut open = vec![command];
            while let Some(own) = open.pop() {
                let text = own.get_after_help().map(ToString::to_string).unwrap_or_default();
                let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
                assert!(long.is_empty(), "{long:#?}");
                open.extend(own.get_subcommands().cloned());
            }
        }
    }

    #[test]
    fn the_translated_commands_read_the_same_lines() {
        let line = "utsikt import csv ny --file a.csv --place kommun --new --lang sv";
        let read = |command: Command| {
            let mut found = command.try_get_matches_from(line.split(' ')).expect("a right line");
            format!(
                "{:?}",
                Arguments::from_arg_matches_mut(&mut found).expect("a right line")
            )
        };
        assert_eq!(
            read(Speech::of(Language::Sv).translated(Arguments::command())),
            read(Arguments::command())
        );
    }
}
