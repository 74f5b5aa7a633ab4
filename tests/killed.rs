//! Every command that writes, killed at many moments and with a disk that takes no more: what is there is the old or the new.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use support::{Tree, path, read_tree, write_tree};
use tempfile::TempDir;

/// How many times each command is killed: at least, at most, and for how long altogether.
const KILLS: (u32, u32) = (4, 14);
const TIME: Duration = Duration::from_secs(6);

/// A command and what it stands on.
struct Case<'a> {
    /// What is typed, in the folder `site`.
    words: &'a str,
    /// Files beside those of the base, by path below the folder that holds `site`.
    files: &'a [(&'a str, &'a str)],
    /// What is run before, so that there is something to change.
    before: &'a [&'a str],
    /// What of a path's contents counts: all, but for codes, which are random.
    random: bool,
}

const PLAIN: Case<'static> = Case {
    words: "",
    files: &[],
    before: &[],
    random: false,
};

const OLD: &str = "place,period,value\n18,2022,5.0\n18,2023,6.1\n";

/// A folder with a site, ready for the command.
struct Fixture(TempDir);

impl Fixture {
    fn new(case: &Case<'_>) -> Self {
        let fixture = Self(TempDir::new().expect("a folder"));
        write_tree(&fixture.at("site"), &read_tree(&path("tests/faults/base")));
        for (file, text) in case.files {
            let file = fixture.at(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        for words in case.before {
            // A word that begins with `=` is a file that changes after the commands before it.
            if let Some((file, text)) = words.strip_prefix('=').and_then(|rest| rest.split_once('=')) {
                fs::write(fixture.at(file), text).expect("a file");
                continue;
            }
            let ran = fixture.command(words).output().expect("the program runs");
            assert!(
                ran.status.success(),
                "{words}: {}",
                String::from_utf8_lossy(&ran.stderr)
            );
        }
        fixture
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        self.prepare(&mut command);
        command.args(words.split(' '));
        command
    }

    fn prepare(&self, command: &mut Command) {
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SOURCE_DATE_EPOCH", "1795392000");
        command.env("GIT_CEILING_DIRECTORIES", self.0.path());
        command
            .current_dir(self.at("site"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
    }

    /// Starts a command and kills it.
    fn kill(&self, words: &str, took: Duration, moment: Moment) {
        let before = self.names();
        let mut child = self.command(words).spawn().expect("the program starts");
        match moment {
            Moment::Share(share) => std::thread::sleep(took.mul_f64(share)),
            Moment::Writing(after) => {
                while self.names() == before && child.try_wait().expect("it can be asked").is_none() {}
                std::thread::sleep(after);
            }
        }
        let _ = child.kill();
        child.wait().expect("it ends");
    }

    /// Names of everything that stands there.
    fn names(&self) -> Vec<PathBuf> {
        let all = walkdir::WalkDir::new(self.0.path())
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok);
        all.map(walkdir::DirEntry::into_path).collect()
    }

    /// Runs a command whose files may not grow beyond so many blocks, as on a disk that is full.
    fn full(&self, words: &str, blocks: u32) -> Output {
        let mut command = Command::new("sh");
        self.prepare(&mut command);
        // 25 is SIGXFSZ: a program that ignores it is told by the write that fails.
        let script = format!("trap '' 25; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        command
            .args(["-c", &script, env!("CARGO_BIN_EXE_utsikt")])
            .args(words.split(' '));
        command.output().expect("a shell runs")
    }

    /// What stands there, without what the program keeps for itself.
    fn tree(&self, random: bool) -> Tree {
        let all = read_tree(self.0.path());
        // The log tells of what is in the journal already; a command that is killed between the two leaves it a line short.
        let seen = all
            .into_iter()
            .filter(|(file, _)| !file.split('/').any(is_own) && !file.ends_with("import.log"));
        seen.map(|(file, bytes)| {
            let codes = random && file.ends_with("codes.csv");
            let text = || {
                String::from_utf8_lossy(&bytes)
                    .lines()
                    .map(|line| without_code(line) + "\n")
                    .collect::<String>()
            };
            let contents = if codes { text().into_bytes() } else { bytes };
            (file, contents)
        })
        .collect()
    }

    /// Names of what a command that was stopped has left, and the next should have cleared away.
    fn leftovers(&self) -> Vec<String> {
        let kept = |name: &str| name == ".lock" || name == ".output.utsikt" || !is_own(name);
        read_tree(self.0.path())
            .into_keys()
            .filter(|file| !file.split('/').all(kept))
            .collect()
    }
}

/// A line of codes with the code's letters replaced.
fn without_code(line: &str) -> String {
    match line.split_once(',') {
        Some((body, code)) if code.contains('-') => format!("{body},{}", "x".repeat(code.len())),
        _ => line.to_owned(),
    }
}

/// Names that the program gives to what is not there yet, or for itself alone.
fn is_own(name: &str) -> bool {
    let endings = [".draft", ".next", ".was", ".utsikt-new", ".utsikt"];
    name.starts_with('.')
        && endings
            .iter()
            .any(|ending| name.ends_with(ending) && name.len() > ending.len())
        || [".import", ".lock", ".utsikt-writing"].contains(&name)
}

/// What was there before and what is there after, and how long it takes.
fn ends(case: &Case<'_>) -> (Tree, Tree, Duration) {
    let fixture = Fixture::new(case);
    let old = fixture.tree(case.random);
    let began = Instant::now();
    let ran = fixture.command(case.words).output().expect("the program runs");
    let took = began.elapsed();
    assert!(
        ran.status.success(),
        "{}: {}",
        case.words,
        String::from_utf8_lossy(&ran.stderr)
    );
    let new = fixture.tree(case.random);
    assert!(old != new, "{} changes nothing", case.words);
    assert_eq!(fixture.leftovers(), Vec::<String>::new(), "{}", case.words);
    (old, new, took)
}

/// When a command is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// After this share of the time it takes.
    Share(f64),
    /// So long after it has begun to write.
    Writing(Duration),
}

/// The moments at which a command is killed: most of them while it writes, which is but a short part of its time.
fn moments(took: Duration) -> Vec<Moment> {
    let kills = u32::try_from(TIME.as_millis() / took.as_millis().max(1))
        .unwrap_or(KILLS.1)
        .clamp(KILLS.0, KILLS.1);
    let writing = |at: u32| Moment::Writing(Duration::from_micros(150) * at * at);
    let share = |at: u32| Moment::Share(f64::from(at + 1) / f64::from(kills / 4 + 1));
    (0..kills)
        .map(|at| if at % 4 == 3 { share(at / 4) } else { writing(at) })
        .collect()
}

/// Kills the command at many moments, and lets it write nothing, or little.
fn survives_interruption(case: &Case<'_>) {
    let (old, new, took) = ends(case);
    let mut fixture = Fixture::new(case);
    for moment in moments(took) {
        if fixture.tree(case.random) == new {
            fixture = Fixture::new(case);
        }
        fixture.kill(case.words, took, moment);
        let found = fixture.tree(case.random);
        let under_way = fixture.at("site/data/.import").exists() || fixture.at("schemas/.utsikt-writing").exists();
        assert!(
            under_way || found == old || found == new,
            "{}: {moment:?} left {:?}",
            case.words,
            found.keys()
        );
    }
    // What was already done may be refused; the next command that is not, finishes and clears away.
    let again = fixture.command(case.words).output().expect("the program runs");
    if fixture.tree(case.random) == new && !again.status.success() {
        assert!(!again.stderr.is_empty());
    } else {
        assert!(
            fixture.tree(case.random) == new,
            "{}: {}",
            case.words,
            String::from_utf8_lossy(&again.stderr)
        );
        assert_eq!(fixture.leftovers(), Vec::<String>::new(), "{}", case.words);
    }
    for blocks in [0, 1, 8] {
        let fixture = Fixture::new(case);
        let ran = fixture.full(case.words, blocks);
        let message = String::from_utf8_lossy(&ran.stderr).into_owned();
        let found = fixture.tree(case.random);
        assert!(
            found == old || found == new,
            "{} with {blocks} blocks: {message}",
            case.words
        );
        if found == old {
            assert_eq!(
                ran.status.code(),
                Some(2),
                "{} with {blocks} blocks: {message}",
                case.words
            );
            let (named, remedy) = (
                message.contains('`') || message.contains('/'),
                message.contains("help: the disk is full"),
            );
            assert!(named && remedy, "{}: {message}", case.words);
            assert_eq!(
                fixture.leftovers(),
                Vec::<String>::new(),
                "{} with {blocks} blocks",
                case.words
            );
        }
        assert!(
            found == old || blocks > 0,
            "{} writes where nothing can be written",
            case.words
        );
    }
}

#[test]
fn build() {
    survives_interruption(&Case {
        words: "build",
        before: &["build", "=site/content/index.md=---\ntitle: Ny\n---\nNytt.\n"],
        ..PLAIN
    });
}

#[test]
fn archive() {
    // So large that it takes a while to write.
    let large = "x".repeat(8 << 20);
    survives_interruption(&Case {
        words: "archive ../bag",
        files: &[("site/content/stor.txt", &large)],
        before: &["build"],
        ..PLAIN
    });
}

#[test]
fn publish_update() {
    // Compared with a site without figures, all of them are new.
    let old = &[
        ("old/data/site.yaml", "title: Prov\n"),
        ("old/content/index.md", "---\ntitle: Start\n---\nHej.\n"),
    ];
    survives_interruption(&Case {
        words: "diff ../old --publish",
        files: old,
        ..PLAIN
    });
}

#[test]
fn new_site() {
    survives_interruption(&Case {
        words: "new site ../nytt",
        ..PLAIN
    });
}

#[test]
fn new_kind() {
    // With the first of its kind comes its schema.
    survives_interruption(&Case {
        words: "new indicator prov",
        before: &["new indicator annan"],
        ..PLAIN
    });
}

#[test]
fn schemas() {
    survives_interruption(&Case {
        words: "schema --output ../schemas",
        files: &[("schemas/site.json", "{}\n")],
        ..PLAIN
    });
}

#[test]
fn import_figures() {
    survives_interruption(&Case {
        words: "import csv prov --file ../a.csv --new",
        files: &[("a.csv", OLD)],
        ..PLAIN
    });
}

#[test]
fn import_refresh() {
    survives_interruption(&Case {
        words: "import --refresh prov --yes",
        files: &[("a.csv", OLD)],
        before: &[
            "import csv prov --file ../a.csv --new",
            "=a.csv=place,period,value\n18,2022,5.5\n18,2024,6.2\n",
        ],
        ..PLAIN
    });
}

const SURVEY: (&str, &str) = (
    "site/data/surveys/enkat.yaml",
    include_str!("import/base/data/surveys/enkat.yaml"),
);

#[test]
fn import_codes() {
    let few = SURVEY.1.replace("level: municipality, parent: \"18\"", "level: county");
    assert!(few != SURVEY.1, "others are invited first");
    let later = format!("={}={}", SURVEY.0, SURVEY.1);
    let (files, before) = ([(SURVEY.0, few.as_str())], ["import codes enkat", later.as_str()]);
    survives_interruption(&Case {
        words: "import codes enkat",
        files: &files,
        before: &before,
        random: true,
    });
}

#[test]
fn import_survey() {
    let mapping = "tool: generic\nsource: gammal\ncolumns: { id: Nr, submitted: Svarade, body: Kommun }\n\
                   questions: { styrkor: Styrkor }\n";
    let first = "Nr;Svarade;Kommun;Styrkor\n1;2026-03-17 14:32;Örebro;Bra läge\n";
    let both = format!("=svar.csv={first}2;2026-03-16 09:10;Lekeberg;Vatten\n");
    let files = &[SURVEY, ("svar/enkat/mapping.yaml", mapping), ("svar.csv", first)];
    let before = &["import survey enkat ../svar.csv", both.as_str()];
    survives_interruption(&Case {
        words: "import survey enkat ../svar.csv",
        files,
        before,
        ..PLAIN
    });
}

#[test]
fn what_only_looks_writes_nothing() {
    let fixture = Fixture::new(&Case {
        before: &["build"],
        ..PLAIN
    });
    let all = || read_tree(fixture.0.path());
    let before = all();
    assert_eq!(
        fixture
            .command("archive ../bag")
            .output()
            .expect("the program runs")
            .status
            .code(),
        Some(0)
    );
    let bag = all();
    assert!(
        before.iter().all(|(file, bytes)| bag.get(file) == Some(bytes)),
        "the site is as it was"
    );
    let before = bag;
    for words in [
        "check",
        "index",
        "explain",
        "schema",
        "schema site",
        "diff . .",
        "archive --verify ../bag --site .",
    ] {
        let ran = fixture.command(words).output().expect("the program runs");
        assert_eq!(
            ran.status.code(),
            Some(0),
            "{words}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        assert!(all() == before, "{words} has written something");
    }
}
