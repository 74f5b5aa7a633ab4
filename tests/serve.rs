//! The preview as a process of its own: what a browser asks for and gets, before and after edits.
//!
//! Every test has a small site of its own and a free port. Nothing here measures time; what should come is waited for.

#![expect(
    clippy::disallowed_methods,
    reason = "runs the program, makes sites for it and asks it for pages"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How long something may take before it counts as not coming.
const PATIENCE: Duration = Duration::from_mins(1);

/// A site with two pages, and the program that shows it.
struct Shown {
    site: TempDir,
    program: Child,
    /// Lines that it writes.
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    port: u16,
}

impl Shown {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, |_| {})
    }

    fn start_with(arguments: &[&str], change: impl Fn(&Path)) -> Self {
        let site = TempDir::new().expect("a folder");
        write(site.path(), "data/site.yaml", "title: Prov\nnavigation: [index]\n");
        write(site.path(), "content/index.md", "---\ntitle: Start\n---\nHej.\n");
        write(site.path(), "content/om.md", "---\ntitle: Om\n---\nText.\n");
        change(site.path());
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .args(["serve", "--port", "0", "--today", "2026-11-23"])
            .args(arguments);
        command
            .env_clear()
            .env("PATH", site.path().join("bin"))
            .current_dir(site.path());
        let mut program = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(program.stdout.take().expect("its output")).lines();
        let first = lines.next().expect("a line").expect("text");
        let port = first
            .split(['/', ' '])
            .find_map(|part| part.strip_prefix("127.0.0.1:")?.parse().ok());
        let shown = Self {
            site,
            program,
            lines,
            port: port.unwrap_or_else(|| panic!("no address in: {first}")),
        };
        // That a page does not exist is known when the first build is over.
        shown.get("/nowhere.html");
        shown
    }

    fn write(&self, file: &str, text: &str) {
        write(self.site.path(), file, text);
    }

    fn get(&self, path: &str) -> Got {
        self.ask("GET", path, "")
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Got {
        let host = if headers.contains("Host:") {
            ""
        } else {
            "Host: localhost\r\n"
        };
        let mut stream = self.connect();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"
        )
        .expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
        Got {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// What the page tells itself to be listening for, from now on.
    fn news(&self) -> News {
        self.news_on("/-/events?since=0")
    }

    fn news_on(&self, path: &str) -> News {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).expect("it listens");
        let mut news = News(BufReader::new(stream));
        news.next();
        news
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    fn signal(&self, name: &str) {
        let status = Command::new("/bin/kill")
            .args([name, &self.program.id().to_string()])
            .status();
        assert!(status.expect("kill runs").success());
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_default()
    }
}

/// What a page hears.
struct News(BufReader<TcpStream>);

impl News {
    fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).expect("news in time"), 0, "no more news");
        }
        serde_json::from_str(&line["data: ".len()..]).expect("JSON")
    }

    fn changed(&mut self) -> Vec<String> {
        let news = self.next();
        news["changed"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it.as_str().expect("text").to_owned())
            .collect()
    }
}

fn write(site: &Path, file: &str, text: &str) {
    let file = site.join(file);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file of the site");
}

/// Every file and folder below.
fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    entries.map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn pages_come_from_memory_with_the_script_that_reloads_them() {
    let shown = Shown::start(&[]);
    let front = shown.get("/");
    assert_eq!(
        (front.status, front.header("Content-Type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(
        front.body.contains("Hej.") && front.body.contains("data-page=\"index.html\""),
        "{}",
        front.body
    );
    assert_eq!(front.header("Cache-Control"), "no-cache");
    let style = front
        .body
        .split('"')
        .find(|it| it.contains("css/base."))
        .expect("a stylesheet");
    let style = format!("/{style}");
    let tag = shown.get(&style).header("ETag").to_owned();
    let again = shown.ask("GET", &style, &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let head = shown.ask("HEAD", "/om.html", "");
    assert!(head.status == 200 && head.body.is_empty() && head.header("Content-Length") != "0");
    assert_eq!(
        shown.get("/-/preview.js").header("Content-Type"),
        "text/javascript; charset=utf-8"
    );
}

#[test]
fn what_is_not_there_has_a_page_and_what_cannot_be_answered_is_refused() {
    let shown = Shown::start(&[]);
    let missing = shown.get("/a/nowhere.html");
    assert!(
        missing.status == 404 && missing.body.contains("data-page=\"a/nowhere.html\""),
        "{}",
        missing.body
    );
    assert_eq!(shown.ask("POST", "/", "Content-Length: 3\r\n").status, 405);
    assert_eq!(shown.get("/../data/site.yaml").status, 404);
    assert_eq!(shown.get("/%zz").status, 400);
}

#[test]
fn another_machines_name_is_refused() {
    let shown = Shown::start(&[]);
    for (path, host) in [
        ("/", "utsikt.example"),
        ("/-/events", "utsikt.example:4000"),
        ("/", "localhost.example"),
    ] {
        let got = shown.ask("GET", path, &format!("Host: {host}\r\n"));
        assert!(
            got.status == 403 && !got.body.contains("Hej."),
            "{host}: {}",
            got.status
        );
    }
}

#[test]
fn an_edit_is_told_and_served() {
    let shown = Shown::start(&[]);
    let mut news = shown.news();
    shown.write("content/om.md", "---\ntitle: Om\n---\nNy text.\n");
    assert_eq!(news.changed(), ["om.html"]);
    assert!(shown.get("/om.html").body.contains("Ny text."));
    assert!(shown.get("/").body.contains("Hej."));
}

#[test]
fn files_and_folders_come_and_go() {
    let shown = Shown::start(&[]);
    let mut news = shown.news();
    shown.write("content/nytt/sida.md", "---\ntitle: Sida\n---\nNy sida.\n");
    while !news.changed().contains(&"nytt/sida.html".to_owned()) {}
    assert!(shown.get("/nytt/sida.html").body.contains("Ny sida."));
    shown.write("content/nytt/sida.md", "---\ntitle: Sida\n---\nI en ny mapp.\n");
    assert!(
        news.changed().contains(&"nytt/sida.html".to_owned()),
        "a new folder is watched"
    );
    fs::remove_file(shown.site.path().join("content/om.md")).expect("it is there");
    assert!(news.changed().contains(&"om.html".to_owned()));
    assert_eq!(shown.get("/om.html").status, 404);
    shown.write("themes/own/theme.yaml", "parent: base\n");
    shown.write("data/site.yaml", "title: Prov\nnavigation: [index]\ntheme: own\n");
    shown.write(
        "themes/own/templates/page.html",
        "{% extends \"base/page.html\" %}{% block kind %}own{% endblock %}",
    );
    while !shown.get("/nytt/sida.html").body.contains("page-own") {
        news.next();
    }
}

#[test]
fn mistakes_are_told_over_the_last_good_page() {
    let shown = Shown::start(&["--lang", "en"]);
    let mut news = shown.news();
    shown.write("data/site.yaml", "title: Prov\nnavigation: [index]\nthme: <b>\n");
    let told = news.next();
    assert_eq!(told["changed"], serde_json::json!([]));
    let (panel, finding) = (&told["panel"], &told["panel"]["findings"][0]);
    assert_eq!(
        (&panel["errors"], &panel["count"]),
        (&1.into(), &"1 error".into()),
        "{panel}"
    );
    assert_eq!(
        (&finding["code"], &finding["place"]),
        (&"yaml/key-unknown".into(), &"data/site.yaml:3:1".into())
    );
    assert_eq!(finding["excerpt"], serde_json::json!([[3, "", "thme", ": <b>"]]));
    assert!(
        finding["help"].as_str().is_some_and(|help| help.contains("theme")),
        "{finding}"
    );
    assert!(shown.get("/").body.contains("Hej."));
    shown.write("data/site.yaml", "title: Annan\nnavigation: [index]\n");
    let told = news.next();
    assert_eq!(told["panel"]["findings"], serde_json::json!([]));
    assert!(shown.get("/").body.contains("Annan"));
}

#[test]
fn a_site_that_begins_with_mistakes_is_shown_when_it_is_mended() {
    let shown = Shown::start_with(&[], |site| write(site, "data/site.yaml", "title: [\n"));
    assert_eq!(shown.get("/").status, 404);
    let mut news = shown.news();
    shown.write("data/site.yaml", "title: Prov\nnavigation: [index]\n");
    // Stylesheets are there before pages.
    while !news.changed().contains(&"index.html".to_owned()) {}
    assert!(shown.get("/").body.contains("Hej."));
}

#[test]
fn a_page_that_is_open_is_shown_before_the_rest_of_the_site() {
    let shown = Shown::start(&[]);
    let mut reader = shown.news_on("/-/events?since=0&page=om.html");
    shown.write("data/site.yaml", "title: Annan titel\nnavigation: [index]\n");
    let mut changed = reader.changed();
    assert!(changed.contains(&"om.html".to_owned()), "{changed:?}");
    assert!(shown.get("/om.html").body.contains("Annan titel"));
    // On a busy machine the rest may be told with it.
    while !changed.contains(&"index.html".to_owned()) {
        changed = reader.changed();
    }
}

#[test]
fn an_open_page_with_mistakes_stays_as_it_was() {
    let shown = Shown::start(&[]);
    let mut reader = shown.news_on("/-/events?since=0&page=om.html");
    shown.write("content/om.md", "---\ntitle: Om\n---\nNy text {{ value(\"x\") }}.\n");
    let news = reader.next();
    assert_eq!(
        (&news["changed"], news["panel"]["errors"].as_u64()),
        (&serde_json::json!([]), Some(1))
    );
    assert!(shown.get("/om.html").body.contains("Text."));
}

#[test]
fn without_the_systems_help_edits_are_found() {
    let shown = Shown::start(&["--poll"]);
    let mut news = shown.news();
    shown.write("content/om.md", "---\ntitle: Om\n---\nNy text.\n");
    assert_eq!(news.changed(), ["om.html"]);
}

#[test]
fn answers_in_their_own_folder_are_watched() {
    let shown = Shown::start(&["--answers", "svar"]);
    let mut news = shown.news();
    shown.write("svar/ingen/responses.jsonl", "{}\n");
    news.next();
}

#[test]
fn a_port_that_is_taken_is_told() {
    let shown = Shown::start(&[]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    command
        .args(["serve", "--lang", "sv", "--port", &shown.port.to_string()])
        .current_dir(shown.site.path());
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--port"), "{output:?}");
}

#[test]
fn the_browser_is_opened_when_asked_to() {
    let shown = Shown::start_with(&["--open"], |site| {
        let program = site.join("bin/xdg-open");
        write(
            site,
            "bin/xdg-open",
            "#!/bin/sh\necho \"$1\" > opened.part\n/bin/mv opened.part opened\n",
        );
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(program, executable).expect("a program");
    });
    let opened = shown.site.path().join("opened");
    let begun = std::time::Instant::now();
    while !opened.exists() {
        assert!(begun.elapsed() < PATIENCE, "nothing was opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(
        fs::read_to_string(opened).expect("text"),
        format!("http://127.0.0.1:{}/\n", shown.port)
    );
}

#[test]
fn the_user_ends_it_and_nothing_is_left() {
    let mut shown = Shown::start(&[]);
    let before = all(shown.site.path());
    shown.signal("-INT");
    assert_eq!(shown.program.wait().expect("it ends").code(), Some(0));
    assert!(
        shown
            .lines
            .next()
            .is_some_and(|line| line.is_ok_and(|line| line.contains("ended")))
    );
    assert_eq!(all(shown.site.path()), before);
}

#[test]
fn killed_it_leaves_nothing() {
    let mut shown = Shown::start(&[]);
    let before = all(shown.site.path());
    shown.write("content/om.md", "---\ntitle: Om\n---\nNy text.\n");
    shown.signal("-KILL");
    shown.program.wait().expect("it ends");
    assert_eq!(all(shown.site.path()), before);
}
