//! Every command that the program prints can be typed: what stands in messages, in the help and in the guides is read by the same
//! definition that reads the command line.

use super::arguments::Arguments;
use crate::finding::{Code, Language, Messages};
use clap::Parser;
use clap::error::ErrorKind;
use std::collections::BTreeSet;

/// Texts with commands in them, and where they come from. What `explain` shows as wrong is left out.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = vec![
        ("help/sv.yaml".to_owned(), unquoted(include_str!("help/sv.yaml"))),
        ("help/en.yaml".to_owned(), unquoted(include_str!("help/en.yaml"))),
        ("README.md".to_owned(), include_str!("../../README.md").to_owned()),
    ];
    for (language, file) in [
        (Language::Sv, include_str!("../finding/messages/sv.yaml")),
        (Language::En, include_str!("../finding/messages/en.yaml")),
    ] {
        let messages = Messages::new(language);
        for code in Code::ALL {
            let shown = messages.code(*code);
            texts.push((
                format!("explain {}", code.name()),
                format!("{}\n{}", shown.explain, shown.right),
            ));
        }
        // Remedies, headlines and other messages: all but the examples, which have lines of their own.
        let prose = file
            .lines()
            .filter(|line| line.contains('`'))
            .collect::<Vec<_>>()
            .join("\n");
        texts.push((format!("messages in {}", language.code()), unquoted(&prose)));
    }
    let guides = super::guide::GUIDES.iter();
    texts.extend(guides.map(|(name, _, text)| ((*name).to_owned(), (*text).to_owned())));
    texts
}

/// The text of a YAML file of texts, without the escapes of its quotation marks.
fn unquoted(text: &str) -> String {
    text.replace("\\\"", "\"").replace("{{", "{").replace("}}", "}")
}

/// Commands in a text: within backticks, or at the beginning of a line, before what explains them.
fn commands(text: &str) -> BTreeSet<String> {
    let inline = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|piece| !piece.contains('\n'))
        .map(ToOwned::to_owned);
    let lines = text.lines().map(|line| {
        let line = line.trim_start().trim_start_matches("$ ");
        let end = line.find("  ").or_else(|| line.find(" #")).unwrap_or(line.len());
        line[..end].trim_end_matches('\\').to_owned()
    });
    inline
        .chain(lines)
        .flat_map(|line| {
            line.split(" && ")
                .filter(|command| command.starts_with("utsikt "))
                .map(|command| {
                    command
                        .split([';', '|', '>'])
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The words of a command as a shell takes them apart, with something in the place of each placeholder.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in command.chars() {
        match (character, quote) {
            (_, Some(open)) if character == open => quote = None,
            ('"' | '\'', None) => quote = Some(character),
            (' ', None) => words.push(String::new()),
            _ => words.last_mut().expect("one at least").push(character),
        }
    }
    let mut last = String::new();
    let filled = words
        .into_iter()
        .filter(|word| !word.is_empty() && word != "…")
        .map(|word| {
            let is_placeholder = word.chars().all(char::is_uppercase) && word.len() > 1
                || word == "N"
                || word.starts_with('{')
                || word.contains('…');
            let filled = match (last.as_str(), word.as_str()) {
                (_, "SYMBOL=WORD" | "TECKEN=ORD") => "-=unavailable".to_owned(),
                (_, "COMMAND") => "build".to_owned(),
                ("--period", _) if is_placeholder => "year".to_owned(),
                ("--years", _) if is_placeholder => "2017".to_owned(),
                ("--jobs" | "--port" | "--skip", _) if is_placeholder => "1".to_owned(),
                _ if is_placeholder && word.contains('=') => "x=1".to_owned(),
                _ if is_placeholder => ".".to_owned(),
                _ => word.clone(),
            };
            last = word;
            filled
        });
    filled.collect()
}

/// Whether a line is only too short: prose speaks of `utsikt import` without saying what is imported. An option or a word that does
/// not exist is another kind of error.
fn names_a_command(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::MissingRequiredArgument
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

#[test]
fn every_command_that_is_printed_can_be_typed() {
    let mut refused = Vec::new();
    let mut count = 0;
    for (place, text) in texts() {
        for command in commands(&text) {
            count += 1;
            let (_, line) = super::language::take(words(&command).into_iter().map(Into::into));
            if let Err(error) = Arguments::try_parse_from(line)
                && !names_a_command(error.kind())
            {
                refused.push(format!(
                    "{place}: `{command}`: {}",
                    error.to_string().lines().next().unwrap_or_default()
                ));
            }
        }
    }
    assert!(
        refused.is_empty(),
        "{} of {count}:\n{}",
        refused.len(),
        refused.join("\n")
    );
    assert!(count > 100, "only {count} commands were found");
}

#[test]
fn symbols_that_look_like_options_are_values() {
    for line in [
        "utsikt import csv x --file a.csv --status -=unavailable",
        "utsikt import csv x --file a.csv --status --=zero --value - --ignore -",
        "utsikt import csv x --file a.csv --where -=-,x --total - --breakdown kon",
    ] {
        let read = Arguments::try_parse_from(line.split(' '));
        assert!(read.is_ok(), "{line}: {:?}", read.err().map(|error| error.to_string()));
    }
}
