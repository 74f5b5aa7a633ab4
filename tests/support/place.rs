//! A folder in which `output` is published, and what stands in it.
//!
//! It is deleted with the value. Processes that publish are the test program itself, told by its environment what to do.

#![expect(clippy::disallowed_methods, reason = "tests of the rim that touches files")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use utsikt::disk::{Published, publish};
use utsikt::page::Output;

/// Name of the list in an output folder of what was made there.
pub(crate) const LIST: &str = ".utsikt-manifest";

/// A folder in which `output` is published.
pub(crate) struct Place {
    /// The folder.
    pub(crate) folder: TempDir,
}

impl Place {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
        }
    }

    /// A path in the folder.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The folder that is published.
    pub(crate) fn output(&self) -> PathBuf {
        self.at("output")
    }

    /// A path in the work folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.at(".output.utsikt").join(name)
    }

    /// Publishes these pages: route and text.
    pub(crate) fn publish(&self, pages: &[(&str, &str)]) -> Published {
        publish(&self.output(), &outputs(pages)).expect("the output can be published")
    }

    /// Why these pages are not published.
    pub(crate) fn refusal(&self, pages: &[(&str, &str)]) -> String {
        publish(&self.output(), &outputs(pages))
            .expect_err("the output is refused")
            .to_string()
    }

    /// Writes a file as somebody else would.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap_or(&path)).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Number by which the disk knows a path of the output: the same as long as it is the same file.
    pub(crate) fn node(&self, path: &str) -> u64 {
        fs::metadata(self.output().join(path)).expect("the file is there").ino()
    }

    /// The site, apart from its list.
    pub(crate) fn site(&self) -> BTreeMap<String, String> {
        let mut site = tree(&self.output());
        site.remove(LIST);
        site
    }

    /// Names in the work folder.
    pub(crate) fn work(&self) -> Vec<String> {
        let entries = fs::read_dir(self.beside("")).expect("there is a work folder");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("it can be read")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// Starts a program that is a copy of this one on a task; as a user without rights, if so wished.
    pub(crate) fn start(&self, program: PathBuf, task: &str, as_nobody: bool) -> Child {
        let mut command = Command::new(program);
        if as_nobody {
            command.uid(65534).current_dir("/");
        }
        self.started(command, task)
    }

    /// Starts a command that ends in this program on a task.
    pub(crate) fn started(&self, mut command: Command, task: &str) -> Child {
        command
            .args(["--exact", "publishing"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
            .env("UTSIKT_TEST_TARGET", self.output())
            .env("UTSIKT_TEST_TASK", task);
        command.spawn().expect("this program can be started again")
    }
}

/// The path of the running test program.
pub(crate) fn this_program() -> PathBuf {
    std::env::current_exe().expect("a program knows its own path")
}

/// What a build has done: files written, unchanged, removed.
pub(crate) fn published(written: usize, unchanged: usize, removed: usize) -> Published {
    Published {
        written,
        unchanged,
        removed,
    }
}

/// Outputs of these routes and texts.
pub(crate) fn outputs(pages: &[(&str, &str)]) -> Vec<Output> {
    pages
        .iter()
        .map(|(route, text)| Output {
            route: (*route).to_owned(),
            bytes: text.as_bytes().into(),
        })
        .collect()
}

/// A tree of these paths and texts.
pub(crate) fn files(pages: &[(&str, &str)]) -> BTreeMap<String, String> {
    pages
        .iter()
        .map(|(route, text)| ((*route).to_owned(), (*text).to_owned()))
        .collect()
}

/// A site of which half the pages are the same in every edition, a quarter differ, and a quarter are its own.
pub(crate) fn edition(name: char) -> Vec<Output> {
    let page = |number: usize| match number % 4 {
        0 | 1 => (
            format!("{}/{number}.html", number % 16),
            format!("{number}\n").repeat(200),
        ),
        2 => (
            format!("{}/{number}.html", number % 16),
            format!("{number} {name}\n").repeat(200),
        ),
        _ => (
            format!("{}/{name}/{number}.html", number % 16),
            format!("{number}\n").repeat(200),
        ),
    };
    (0..200)
        .map(page)
        .map(|(route, text)| Output {
            route,
            bytes: text.into_bytes().into(),
        })
        .collect()
}

/// The tree that these outputs should become.
pub(crate) fn listed(outputs: &[Output]) -> BTreeMap<String, String> {
    let text = |output: &Output| String::from_utf8_lossy(&output.bytes).into_owned();
    outputs
        .iter()
        .map(|output| (output.route.clone(), text(output)))
        .collect()
}

/// Every file and link below a folder, by path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).expect("a folder can be read") {
            let path = entry.expect("a folder can be read").path();
            let metadata = fs::symlink_metadata(&path).expect("a file can be looked at");
            let name = path
                .strip_prefix(folder)
                .expect("it lies below")
                .to_string_lossy()
                .into_owned();
            if metadata.is_dir() {
                waiting.push(path);
            } else if metadata.is_symlink() {
                found.insert(
                    name,
                    format!("→ {}", fs::read_link(&path).expect("a link can be read").display()),
                );
            } else {
                let bytes = fs::read(&path).expect("a file can be read");
                found.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    found
}
