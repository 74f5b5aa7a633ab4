//! Every command in both languages: its help, what it says when all is well, and each way in which it can fail.
//!
//! A session is typed in English and in Swedish, each in a folder of its own; what was said is a file in `tests/cli/spoken`.
//! `ACCEPT=1 cargo test --test spoken` writes them. Whatever is said in running text must differ between the languages.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use support::{expect_file, path, read_tree, write_tree};
use tempfile::TempDir;

/// What is typed at a terminal, in a language, and what comes of it.
struct Session {
    language: &'static str,
    folder: TempDir,
    /// What was typed and said, as a terminal shows it.
    shown: String,
    /// What was said to each line.
    said: Vec<(String, String)>,
}

/// Types the same in both languages, and compares what is said with what is expected.
fn session(name: &str, typed: impl Fn(&mut Session)) {
    let [english, swedish] = ["en", "sv"].map(|language| {
        let folder = TempDir::new().expect("a folder");
        write_tree(&folder.path().join("site"), &read_tree(&path("tests/faults/base")));
        let mut session = Session {
            language,
            folder,
            shown: String::new(),
            said: Vec::new(),
        };
        typed(&mut session);
        expect_file(
            &path("tests/cli/spoken").join(format!("{name}.{language}.txt")),
            &session.shown,
        );
        session.said
    });
    for ((line, english), (_, swedish)) in english.into_iter().zip(swedish) {
        assert!(
            english.is_empty() || english != swedish,
            "`{line}` says the same in both languages:\n{english}"
        );
    }
}

impl Session {
    fn at(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.at(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.at(file)).expect("a file");
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(self.at(file), text.replacen(from, to, 1)).expect("a file");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command
            .env("LC_ALL", format!("{}_SE.UTF-8", self.language))
            .env("SOURCE_DATE_EPOCH", "1795392000");
        command.current_dir(self.folder.path());
        command
    }

    /// A line that says something in the language.
    fn types(&mut self, line: &str) {
        let said = self.plain(line);
        self.said.push((line.to_owned(), said));
    }

    /// A line whose answer is names and figures alone.
    fn plain(&mut self, line: &str) -> String {
        let output = self
            .command()
            .args(line.split_whitespace())
            .output()
            .expect("the program runs");
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        let said = self.steady(&(out + &err));
        self.show(line, &said, output.status.code());
        said
    }

    fn show(&mut self, line: &str, said: &str, code: Option<i32>) {
        let code = code.expect("it ended by itself");
        let _ = write!(self.shown, "$ utsikt {line}\n{said}[{code}]\n\n");
    }

    /// Without what differs from run to run: folders, ports and times.
    fn steady(&self, said: &str) -> String {
        let said = said.replace(&self.folder.path().display().to_string(), "FOLDER");
        let lines = said.lines().map(|line| match line.split_once(" ms  ") {
            Some((_, stage)) => format!("… ms  {stage}\n"),
            None => format!("{line}\n"),
        });
        lines.collect()
    }
}

/// The commands that help lists, each with those below it.
fn commands(language: &str) -> BTreeMap<String, String> {
    let mut helps = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(own) = open.pop() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        let line = format!("{own} --help --lang {language}");
        let output = command
            .env_clear()
            .args(line.split_whitespace())
            .output()
            .expect("the program runs");
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{line}: {output:?}"
        );
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        let list = help
            .lines()
            .skip_while(|line| !["Commands:", "Kommandon:"].contains(line));
        let list = list.skip(1).take_while(|line| !line.is_empty());
        let names = list.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
        let names = names
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help");
        open.extend(names.map(|name| format!("{own} {name}").trim().to_owned()));
        helps.insert(own, help);
    }
    helps
}

#[test]
fn every_command_has_its_help() {
    let [english, swedish] = ["en", "sv"].map(commands);
    assert!(
        english.keys().eq(swedish.keys()) && english.len() > 15,
        "{:?}",
        english.keys()
    );
    for (language, helps) in [("en", english), ("sv", swedish)] {
        for (command, help) in helps {
            let name = if command.is_empty() {
                "utsikt".to_owned()
            } else {
                command.replace(' ', "-")
            };
            expect_file(&path("tests/cli/help").join(format!("{name}.{language}.txt")), &help);
        }
    }
}

#[test]
fn help_is_asked_for_in_several_ways() {
    session("help", |it| {
        it.types("-h");
        it.types("");
        it.types("help explain");
        it.types("explain -h");
        it.types("help help");
        it.plain("--version");
        it.types("import");
    });
}

#[test]
fn lines_that_cannot_be_understood() {
    session("usage", |it| {
        for line in [
            "biuld",
            "zzz",
            "import kolda",
            "help zzz",
            "build --sitte x",
            "build x",
            "build --site",
            "explain --site x",
            "build --drafts=x",
            "build --format xml",
            "check --format jsno",
            "check --format=",
            "build --jobs many",
            "index --runs 5",
            "build --today 2026-11-23 --today 2026-11-24",
            "schema page --output x",
            "new site",
            "import csv",
            "import --yes",
            "import kolada x",
            "import kolada x --years 2024-2017",
            "import csv x --period day",
            "import csv x --where kon",
            "import csv x --status -",
            "--lang",
            "import survey x --preset y z",
        ] {
            it.types(line);
        }
    });
}

#[test]
fn the_language_said_comes_before_the_environments() {
    session("lang", |it| {
        let other = if it.language == "sv" { "en" } else { "sv" };
        let typed = [
            "build --no --lang LANG",
            "--lang=LANG build --no",
            "--lang no",
            "build --no -- --lang LANG",
        ];
        for line in typed {
            let line = line.replace("LANG", other);
            it.types(&line);
        }
    });
}

#[test]
fn build() {
    session("build", |it| {
        it.types("build --site site --timings");
        it.edit("site/data/site.yaml", "home: \"18\"", "home: \"81\"");
        it.types("build --site site");
        it.types("build --site site --format short");
        it.types("build --site site --format json");
        it.types("build --site nowhere");
        it.types("build site");
        it.types("build site --site site");
        it.types("build my site");
        it.types("build site again");
        it.types("build --site site/data/site.yaml");
        it.types("build --site site --today 2026-02-30");
        it.edit("site/data/site.yaml", "home: \"81\"", "home: \"18\"");
        it.types("build --site site --output site");
        it.types("build --site site --output site/content/ut");
        it.write("taken/brev.txt", "mitt");
        it.types("build --site site --output taken");
        it.types("build --site site --output taken/brev.txt");
        it.write("site/output/svar/anteckning.txt", "mitt");
        it.types("build --site site --answers site/output/svar");
    });
}

#[test]
fn check() {
    session("check", |it| {
        it.types("check --site site");
        it.edit("site/data/site.yaml", "home: \"18\"", "home: \"81\"");
        it.types("check --site site");
        it.types("check --site site --format github");
        it.types("check --site nowhere");
        it.types("check site");
    });
}

#[test]
fn receive() {
    session("receive", |it| {
        it.types("receive --site nowhere");
        it.types("receive --site site --origin example.se");
        it.types("receive --site site");
        it.types("receive --site site --base-url https://example.se/");
    });
}

#[test]
fn serve() {
    session("serve", |it| {
        let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = taken.local_addr().expect("its address").port().to_string();
        let said = it
            .command()
            .args(["serve", "--site", "site", "--port", &port])
            .output()
            .expect("it runs");
        let err = String::from_utf8(said.stderr).expect("UTF-8").replace(&port, "PORT");
        it.show("serve --site site --port PORT", &err, said.status.code());
        it.said.push(("serve on a port that is taken".to_owned(), err));
        it.types("serve --site nowhere --port 0");
        let mut command = it.command();
        command
            .args(["serve", "--site", "site", "--port", "0"])
            .stdout(Stdio::piped());
        let mut program = command.spawn().expect("it runs");
        let mut out = BufReader::new(program.stdout.take().expect("its output"));
        let mut first = String::new();
        out.read_line(&mut first).expect("a line");
        let kill = Command::new("/bin/kill")
            .args(["-INT", &program.id().to_string()])
            .status();
        assert!(kill.expect("kill runs").success());
        let mut rest = String::new();
        out.read_to_string(&mut rest).expect("text");
        let ended = program.wait().expect("it ends");
        let (address, told) = first.split_once("  ").expect("an address and how to end it");
        assert!(address.starts_with("http://127.0.0.1:"), "{first}");
        let said = format!("http://127.0.0.1:PORT/  {told}{rest}");
        it.show("serve --site site --port 0", &said, ended.code());
        it.said.push(("serve".to_owned(), said));
    });
}

#[test]
fn diff() {
    session("diff", |it| {
        write_tree(&it.at("new"), &read_tree(&it.at("site")));
        it.types("diff site new");
        it.edit(
            "new/data/indicators/behorighet.yaml",
            "82.3 }",
            "76.9, 2024/2025: 84.0 }",
        );
        it.types("diff site new");
        it.types("diff site nowhere");
        it.edit("new/data/site.yaml", "title: Siffror för länet", "title: [");
        it.types("diff site new");
    });
}

#[test]
fn index() {
    session("index", |it| {
        it.types("index --site site zzz");
        let mut site = read_tree(&path("tests/sites/base"));
        site.extend(read_tree(&path("tests/sites/index")));
        write_tree(&it.at("site"), &site);
        it.types("index --site site");
        it.types("index site");
        it.types("index --site site brpplus --runs 20");
        it.types("index --site site brplus");
        it.types("index --site site brpplus --unit Gävle");
        it.types("index --site site brpplus --period 1900");
        it.types("index --site site brpplus --against group:zzz");
        it.types("index --site nowhere");
    });
}

#[test]
fn new_and_schema() {
    session("new", |it| {
        it.types("new site rapport");
        it.types("new site rapport");
        it.plain("new indicator antal --site rapport");
        it.types("new indicator antal --site rapport");
        it.types("new indicator Två --site rapport");
        it.types("new indikator antal --site rapport");
        it.types("new page om --site nowhere");
        it.plain("schema");
        it.types("schema pgae");
        it.plain("schema --output schemas");
        it.write("file", "");
        it.types("schema --output file");
    });
}

#[test]
fn explain() {
    session("explain", |it| {
        it.types("explain yaml/key-unknown");
        it.types("explain yaml/key-unknwon");
        it.types("explain zzz");
        it.types("explain");
    });
}

#[test]
fn guide() {
    session("guide", |it| {
        it.types("guide");
        it.types("guide raport");
        it.types("guide zzz");
    });
}

#[test]
fn import_figures() {
    session("import-figures", |it| {
        it.write("tabell.csv", "kommun;2022;2023;2024\n1880;81,7;82,3;..\n9999;1;2;3\n");
        it.types("import csv ny --site site --file tabell.csv --new --dry-run");
        it.types("import csv ny --site site --file tabell.csv --new");
        it.types("import csv ny --site site --file tabell.csv --new");
        it.types("import --refresh --site site");
        it.edit("tabell.csv", "82,3", "82,4");
        it.types("import --refresh --site site");
        it.types("import --refresh --site site --yes");
        fs::remove_file(it.at("tabell.csv")).expect("it was there");
        it.types("import --refresh --site site");
        it.types("import --refresh nu --site site");
        it.types("import csv okand --site site");
        it.types("import csv arbetsloshet --site site");
        it.types("import csv arbetsloshet --site site --file saknas.csv");
        it.types("import px arbetsloshet --site site --url tabell.px");
        it.types("import jsonstat arbetsloshet --site site --url http://127.0.0.1:1/x");
        it.types("import csv arbetsloshet --site nowhere --file saknas.csv");
        it.types("import xlsx arbetsloshet --site site --file site/data/site.yaml");
    });
}

#[test]
fn import_answers() {
    session("import-answers", |it| {
        let answer = |id: &str, place: &str| {
            format!(
                "{{\"format\":\"utsikt-response/1\",\"consultation\":\"samrad\",\"version\":\"2\",\"response\":\"{id}\",\
                 \"submitted\":\"2026-02-01T10:00:00Z\",\"answers\":{{\"boende\":{{\"option\":\"{place}\"}},\"varfor\":{{\"text\":\"Vatten.\"}}}}}}\n"
            )
        };
        it.write("svar.json", &answer("5f0c9b44-0000-4000-8000-000000000001", "stad"));
        it.write("fel.json", &answer("5f0c9b44-0000-4000-8000-000000000002", "skogen"));
        it.types("import survey samrad svar.json --site site --dry-run");
        it.types("import survey samrad svar.json --site site");
        it.types("import survey samrad svar.json --site site");
        it.types("import survey samrad fel.json --site site");
        it.types("import survey samrda svar.json --site site");
        it.types("import survey zzz svar.json --site site");
        it.types("import survey samrad saknas.json --site site");
        it.types("import survey samrad svar.json --site site --today i-dag");
        it.types("import codes samrda --site site");
        it.plain("import codes samrad --site site");
    });
}
