//! `import codes`: invitation codes for invited bodies, made of the machine's own randomness.

use super::print::tell;
use super::{AnswerSite, CodesArguments};
use crate::cli::terminal;
use crate::finding::print::Format;
use crate::finding::{Language, Log, Messages, OrFail, Result, message};
use crate::{disk, read};
use std::fmt::Write as _;

/// Letters and digits that are not mistaken for each other, read aloud or written by hand.
const ALPHABET: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Letters of a code, in groups of four: 59 bits.
const LENGTH: usize = 12;

/// Makes the codes that are missing, and says how many there are.
pub(in crate::cli) fn codes(arguments: &CodesArguments, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let site = AnswerSite::open(&arguments.place, &messages)?;
    let consultation = site.consultation(&arguments.id)?;
    let was = site.text(&arguments.id, "codes.csv");
    let log = Log::default();
    let known = site
        .snapshot
        .find(&format!("answers/{}/codes.csv", arguments.id))
        .map(|file| read::codes(file, &log))
        .unwrap_or_default();
    // Whoever seems to have no code because its row cannot be read would get a second one.
    if tell(read::findings(log), &site.snapshot, language, Format::Human)? {
        return Ok(false);
    }
    let mut text = String::new();
    if was.is_empty() {
        text.push_str("body,code\n");
    } else if !was.ends_with(b"\n") {
        text.push('\n');
    }
    let mut added = 0;
    for body in consultation
        .bodies()
        .filter(|body| !known.iter().any(|(known, _)| *known == body.id))
    {
        let _ = writeln!(text, "{},{}", body.id, code()?);
        added += 1;
    }
    if added > 0 {
        let lock = disk::AnswersLock::take(&site.folder, &arguments.id)?;
        lock.replace("codes.csv", &was, &[&was, text.as_bytes()])?;
    }
    let path = site.folder.join(&arguments.id).join("codes.csv");
    let count = messages.count(added, &message::codes_new());
    terminal::print_line(&format!("{} ({count})", path.display()))?;
    Ok(true)
}

/// A new code.
fn code() -> Result<String> {
    let mut bytes = [0u8; 64];
    getrandom::fill(&mut bytes)
        .map_err(|error| error.to_string())
        .or_fail(message::no_randomness)?;
    // Of 32 equally likely places one is empty and is passed over, so that every letter is as likely.
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
    let mut code = String::new();
    for (letter, at) in letters.take(LENGTH).zip(0..) {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(*letter));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_can_be_read_aloud_and_differ() {
        let (one, other) = (code().unwrap(), code().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), LENGTH + 2);
        assert!(
            one.chars()
                .all(|c| c == '-' || c.is_ascii_alphanumeric() && !"0O1lIio".contains(c))
        );
    }
}
