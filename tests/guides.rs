//! The guides that start from nothing can be followed: their files are written and their commands run, in their order.
//!
//! A fenced block whose first line names a file (`# PATH`, `<!-- PATH -->`) is written there. The lines of a block `sh` are run, and
//! must do what they do without fault; `sh fails` says that the last one must find errors. Each line of a block `text` must be in what the
//! last command printed. Lines that begin with `#` in `sh` are read by people alone.

#![expect(clippy::disallowed_methods, reason = "tests read and write their own folders")]

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fenced block: what stands after the fence, and what is in it.
type Block = (String, String);

fn blocks(guide: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for event in Parser::new(guide) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                found.push((kind.to_string(), String::new()));
                open = true;
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            Event::Text(text) if open => found.last_mut().expect("a block is open").1.push_str(&text),
            _ => {}
        }
    }
    found
}

/// The path that the first line of a block names, and the lines below it.
fn named_file(text: &str) -> Option<(&str, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let path = first
        .strip_prefix("# ")
        .or_else(|| first.strip_prefix("<!-- ")?.strip_suffix(" -->"))?;
    Some((path, rest))
}

/// Somebody who does what a guide says.
struct Reader {
    folder: PathBuf,
    printed: String,
}

impl Reader {
    /// Runs one line; whether it went well.
    fn run(&mut self, line: &str) -> bool {
        let mut words = line.split_whitespace();
        let program = words.next().expect("a command");
        let words: Vec<&str> = words.collect();
        match (program, words.as_slice()) {
            ("cd", [folder]) => {
                self.folder.push(folder);
                self.folder.is_dir()
            }
            ("rm", [file]) => fs::remove_file(self.folder.join(file)).is_ok(),
            ("utsikt", words) => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
                // The day on which the guides were written.
                command
                    .args(words)
                    .current_dir(&self.folder)
                    .env("SOURCE_DATE_EPOCH", "1795392000");
                let done = command.output().expect("the program starts");
                self.printed = [done.stdout, done.stderr]
                    .map(|it| String::from_utf8_lossy(&it).into_owned())
                    .concat();
                done.status.success()
            }
            _ => panic!("this test does not know how to run: {line}"),
        }
    }

    /// Does what one block says.
    fn follow(&mut self, (kind, text): &Block) {
        if let Some((path, content)) = named_file(text) {
            let file = self.folder.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("the folder can be made");
            fs::write(file, content).expect("the file can be written");
            return;
        }
        match kind.as_str() {
            "sh" | "sh fails" => {
                let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
                for (number, line) in lines.iter().enumerate() {
                    let wanted = kind == "sh" || number + 1 < lines.len();
                    assert_eq!(self.run(line), wanted, "{line}\n{}", self.printed);
                }
            }
            "text" => {
                for line in text.lines() {
                    assert!(
                        self.printed.contains(line),
                        "`{line}` was not printed, but:\n{}",
                        self.printed
                    );
                }
            }
            _ => panic!("a block that is neither a file nor a command: {kind}\n{text}"),
        }
    }
}

fn follow(guide: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    let mut reader = Reader {
        folder: home.path().to_owned(),
        printed: String::new(),
    };
    let blocks = blocks(guide);
    assert!(blocks.len() > 10, "the guide has steps");
    for block in &blocks {
        reader.follow(block);
    }
    home
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn a_report_can_be_made_from_nothing() {
    let home = follow(include_str!("../src/guide/report.md"));
    let page = read(&home.path().join("rapport/output/om/laget.html"));
    assert!(
        page.contains("Länet har gått om landet") && page.contains("<svg"),
        "{page}"
    );
}

#[test]
fn a_figure_can_be_brought_from_its_source_to_a_target() {
    let home = follow(include_str!("../src/guide/figures.md"));
    let site = home.path().join("siffror");
    let page = read(&site.join("output/indikatorer/sysselsattning.html"));
    assert!(page.contains("77,9"), "{page}");
    assert_eq!(
        read(&site.join("data/series/utbildning.csv"))
            .lines()
            .filter(|line| line.starts_with("99"))
            .count(),
        0
    );
}
