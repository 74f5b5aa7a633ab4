//! `explain`: what a code means, with a wrong and a right example.

use crate::finding::{Code, Language, Messages, nearest};
use anyhow::bail;

/// Prints one code's meaning, or every code with its headline.
pub(super) fn explain(code: Option<&str>, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    let Some(name) = code else {
        let widest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
        for code in Code::ALL {
            println!("{:widest$}  {}", code.name(), messages.message(*code).headline);
        }
        return Ok(true);
    };
    let Some(code) = Code::ALL.iter().find(|code| code.name() == name) else {
        // Of so many, all would be no help.
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        bail!(messages.unknown("unknown_code", name, near));
    };
    let message = messages.message(*code);
    let indented = |text: &str| {
        text.trim_end()
            .lines()
            .flat_map(|line| ["    ", line, "\n"])
            .collect::<String>()
    };
    println!("{}\n\n{}\n", code.name(), message.explain.trim());
    println!("{}\n{}", messages.word("wrong"), indented(&message.wrong));
    println!("{}\n{}", messages.word("right"), indented(&message.right));
    Ok(true)
}
