//! The terminal: results go to standard output, what is told of the work to standard error.

use crate::finding::{OrFail, Result, message};
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{MAIN_SEPARATOR, Path};

/// Writes to standard output. A reader who has seen enough, such as `head`, is no fault.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.or_fail(message::cannot_print),
    }
}

/// Writes a line to standard output.
pub(super) fn print_line(text: &str) -> Result<()> {
    print(&format!("{text}\n"))
}

/// A path as it is typed in a command: within quotation marks where the shell would take it apart or take it for something else.
pub(super) fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    // An option begins with a hyphen, and so might a folder.
    let text = if text.starts_with('-') {
        format!("./{text}")
    } else {
        text
    };
    let is_plain = |character: char| {
        character.is_alphanumeric() || "/._-+,:@%=".contains(character) || character == MAIN_SEPARATOR
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    if cfg!(windows) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// Writes to standard error. Where that is closed, there is nobody to tell.
pub(super) fn eprint(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes a line to standard error.
pub(super) fn eprint_line(text: &str) {
    eprint(&format!("{text}\n"));
}

/// True if standard error is read by a person at a terminal who wants colour.
pub(super) fn has_colour() -> bool {
    std::io::stderr().is_terminal()
        && std::env::var_os("NO_COLOR").is_none()
        && std::env::var("TERM").is_ok_and(|term| term != "dumb")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_where_a_shell_would_take_them_apart() {
        let words = [
            ("rapport", "rapport"),
            ("../län/rapport", "../län/rapport"),
            ("Min rapport", "'Min rapport'"),
            ("it's $HOME", r"'it'\''s $HOME'"),
            ("-x", "./-x"),
            ("~", "'~'"),
        ];
        for (path, word) in words {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }
}
