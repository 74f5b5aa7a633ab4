//! `explain`: what a code means, with a wrong and a right example.

use super::terminal;
use crate::finding::{Code, Failure, Language, Messages, Result, message, nearest};
use clap::Args;
use std::fmt::Write as _;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    code: Option<String>,
}

/// Prints one code's meaning, or every code with its headline.
pub(super) fn explain(arguments: &Explain, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let names = || Code::ALL.iter().map(|code| code.name());
    let Some(name) = &arguments.code else {
        let widest = names().map(str::len).max().unwrap_or(0);
        let mut list = String::new();
        for code in Code::ALL {
            let _ = writeln!(list, "{:widest$}  {}", code.name(), messages.code(*code).headline);
        }
        terminal::print(&list)?;
        return Ok(true);
    };
    let Some(code) = Code::ALL.iter().find(|code| code.name() == name) else {
        // Of so many, all would be no help.
        let near = nearest(name, names());
        return Err(Failure::from(message::no_code(name)).near(name, near));
    };
    let texts = messages.code(*code);
    let indented = |text: &str| {
        text.trim_end()
            .lines()
            .flat_map(|line| ["    ", line, "\n"])
            .collect::<String>()
    };
    terminal::print(&format!(
        "{}\n\n{}\n\n{}\n{}\n{}\n{}\n",
        code.name(),
        texts.explain.trim(),
        messages.text(&message::wrong()),
        indented(&texts.wrong),
        messages.text(&message::right()),
        indented(&texts.right),
    ))?;
    Ok(true)
}
