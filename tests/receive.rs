//! The door for answers, as its senders meet it: the program runs, forms are posted over loopback, and the journal is read.
//!
//! What has been acknowledged is in the journal, once, whatever happens to the process or the disk. `RECEIVE_KILLS` says how
//! often the process is killed: a few times daily, `tests/run receive` 200 times.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{path, read_tree, write_tree};
use tempfile::TempDir;

/// A folder with the site and, beside it, the answers.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Self {
        let fixture = Self(TempDir::new().expect("a folder"));
        write_tree(&fixture.at("site"), &read_tree(&path("tests/receive/site")));
        fixture
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .args(words.split(' '))
            .args(["--lang", "en"])
            .current_dir(self.at("site"));
        command
    }

    fn run(&self, words: &str) -> Output {
        self.command(words).output().expect("the program runs")
    }

    /// Starts the door; this port, or 0 for any that is free.
    fn open(&self, port: u16) -> Door {
        Door::started(self.command(&format!("receive --listen 127.0.0.1:{port}")))
    }

    fn journal(&self) -> String {
        fs::read_to_string(self.at("svar/tyck/responses.jsonl")).unwrap_or_default()
    }
}

/// A door that is open.
struct Door {
    process: Child,
    port: u16,
    /// What it told until it listened.
    told: String,
    rest: BufReader<ChildStderr>,
}

impl Door {
    fn started(mut command: Command) -> Self {
        let mut process = command
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut rest = BufReader::new(process.stderr.take().expect("its output"));
        let mut told = String::new();
        let port = loop {
            let mut line = String::new();
            assert!(rest.read_line(&mut line).expect("text") > 0, "it ended: {told}");
            told.push_str(&line);
            let port = line
                .split_once("http://127.0.0.1:")
                .and_then(|(_, rest)| rest.split(',').next()?.parse().ok());
            if let Some(port) = port {
                break port;
            }
        };
        Self {
            process,
            port,
            told,
            rest,
        }
    }

    /// Asks it to end; how it ended, and what it told.
    fn end(mut self) -> (Option<i32>, String) {
        let kill = Command::new("/bin/kill")
            .args(["-TERM", &self.process.id().to_string()])
            .status();
        assert!(kill.expect("kill runs").success());
        let mut told = std::mem::take(&mut self.told);
        self.rest.read_to_string(&mut told).expect("text");
        (self.process.wait().expect("it ends").code(), told)
    }

    fn post(&self, form: &str, headers: &str) -> Reply {
        post(self.port, form, headers).expect("it replies")
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Reply {
    status: u16,
    /// Head and body.
    text: String,
}

const SCRIPT: &str = "Accept: application/json\r\n";

/// Sends a request, and reads until the connection ends.
fn request(port: u16, text: &str) -> Option<Reply> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    stream.write_all(text.as_bytes()).ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    let status = text.split(' ').nth(1)?.parse().ok()?;
    Some(Reply { status, text })
}

fn post(port: u16, form: &str, headers: &str) -> Option<Reply> {
    let head =
        "POST /svar HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    request(
        port,
        &format!("{head}{headers}Content-Length: {}\r\n\r\n{form}", form.len()),
    )
}

fn form(id: &str, words: &str) -> String {
    format!(
        "consultation=tyck&version=1&language=sv&channel=form&response={id}&submitted=&started=60000&webbplats=&ord={words}"
    )
}

/// The header of this name, in lower case.
fn header<'r>(reply: &'r Reply, name: &str) -> Option<&'r str> {
    reply
        .text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[test]
fn an_answer_gets_its_receipt_and_is_in_the_journal_that_a_build_reads() {
    let fixture = Fixture::new();
    let door = fixture.open(0);
    let script = door.post(&form("3f0c1b2a-7d11", "Ja"), SCRIPT);
    assert_eq!(script.status, 200, "{}", script.text);
    assert!(script.text.contains(r#""number":"3F0C-1B2A""#) && script.text.contains(r#""response":"3f0c1b2a-7d11""#));
    let again = door.post(&form("3f0c1b2a-7d11", "Ja").replace("60000", "90000"), SCRIPT);
    assert_eq!(
        script.text.lines().last(),
        again.text.lines().last(),
        "the same receipt"
    );
    let plain = door.post(&form("", "Nej"), "Origin: null\r\nAccept: text/html\r\n");
    assert_eq!(plain.status, 303, "{}", plain.text);
    let thanks = header(&plain, "location").expect("where to go");
    assert!(
        thanks.starts_with("https://dorren.example.se/samrad/tyck/tack.html?number="),
        "{thanks}"
    );
    let corrected = door.post(&form("3f0c1b2a-7d11", "Kanske"), SCRIPT);
    assert_eq!(corrected.status, 200);
    assert_eq!(fixture.journal().lines().count(), 3);

    // An import adds what has come on paper meanwhile, and the door goes on after it.
    let paper = "consultation,version,channel,response,ord\ntyck,1,paper,p1,Papper\n";
    fs::write(fixture.at("papper.csv"), paper).expect("a file");
    let imported = fixture.run("import survey tyck ../papper.csv");
    assert!(
        imported.status.success(),
        "{}",
        String::from_utf8_lossy(&imported.stderr)
    );
    assert_eq!(door.post(&form("c", "Sist"), SCRIPT).status, 200);
    let journal = fixture.journal();
    assert!(
        journal.contains("Papper") && journal.lines().last().is_some_and(|line| line.contains("Sist")),
        "{journal}"
    );

    let checked = fixture.run("check");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let (code, told) = door.end();
    assert_eq!(code, Some(0), "{told}");
    assert!(
        !told.contains("127.0.0.1:") || told.lines().filter(|line| line.contains("127.0.0.1")).count() == 1,
        "{told}"
    );
}

#[test]
fn what_cannot_be_taken_in_is_told_with_its_reason() {
    let fixture = Fixture::new();
    let door = fixture.open(0);
    let refused = |form: &str, headers: &str, status: u16, reason: &str| {
        let reply = door.post(form, &format!("{SCRIPT}{headers}"));
        let body = reply.text.lines().last().unwrap_or_default();
        assert_eq!(
            (reply.status, body.contains(&format!("\"error\":\"{reason}\""))),
            (status, true),
            "{}",
            reply.text
        );
    };
    let long = "x".repeat(401);
    refused("consultation=annan&ord=a", "", 404, "unknown");
    refused("consultation=stangd&ord=a", "", 403, "closed");
    refused("consultation=tyck&version=9&ord=a", "", 409, "version");
    refused("consultation=tyck&ord=", "", 422, "empty");
    refused(&form("a", &long), "", 422, "too-long");
    refused("consultation=tyck&val=kanske", "", 422, "unfit");
    refused("consultation=tyck&poang.a=4&poang.b=4", "", 422, "unfit");
    refused("consultation=tyck&ord=%FF", "", 400, "malformed");
    refused(&form("a", "Ja"), "Origin: https://evil.example\r\n", 403, "origin");
    refused(&"x".repeat(300_000), "", 413, "too-large");
    let json = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    assert_eq!(request(door.port, json).expect("it replies").status, 415);
    let get = request(door.port, "GET /svar HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("it replies");
    assert_eq!((get.status, header(&get, "allow")), (405, Some("POST, OPTIONS")));
    // A person without a script is told on a page in the language of the form.
    let page = door.post("consultation=tyck&language=sv&val=kanske", "Accept: text/html\r\n");
    assert!(
        page.status == 422 && page.text.contains("<html lang=\"sv\">") && page.text.contains("Ja eller nej?"),
        "{}",
        page.text
    );
    assert_eq!(fixture.journal(), "");
}

#[test]
fn scripts_of_the_site_may_ask_and_read() {
    let fixture = Fixture::new();
    let door = fixture.open(0);
    let site = "https://dorren.example.se";
    let reply = door.post(&form("a", "Ja"), &format!("{SCRIPT}Origin: {site}\r\n"));
    assert_eq!(
        (reply.status, header(&reply, "access-control-allow-origin")),
        (200, Some(site))
    );
    let asked = format!(
        "OPTIONS / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: {site}\r\nAccess-Control-Request-Method: POST\r\n\r\n"
    );
    let preflight = request(door.port, &asked).expect("it replies");
    assert_eq!(
        (preflight.status, header(&preflight, "access-control-allow-methods")),
        (204, Some("POST"))
    );
    assert_eq!(header(&preflight, "access-control-allow-origin"), Some(site));
    let strange = request(door.port, &asked.replace("dorren", "annan")).expect("it replies");
    assert_eq!(header(&strange, "access-control-allow-origin"), None);
    let health = request(
        door.port,
        "GET /svar/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .expect("it replies");
    assert!(
        health.status == 200 && health.text.ends_with("{\"status\":\"ok\"}"),
        "{}",
        health.text
    );
}

/// Sends numbered answers until it is told to stop, each until it is acknowledged; gives the words that were.
fn sender(number: usize, port: &AtomicU16, stop: &AtomicBool, acknowledged: &Mutex<Vec<String>>) {
    for nth in 0.. {
        let words = format!("svar-{number}-{nth}-{}", "x".repeat(nth % 90));
        // Every third has no script that could give it an id.
        let id = if nth % 3 == 0 {
            String::new()
        } else {
            format!("id-{number}-{nth}")
        };
        loop {
            match post(port.load(Ordering::Relaxed), &form(&id, &words), SCRIPT) {
                Some(reply) if reply.status == 200 => {
                    acknowledged.lock().expect("the list").push(words);
                    break;
                }
                Some(reply) => assert_eq!(reply.status, 503, "{}", reply.text),
                None => std::thread::sleep(Duration::from_millis(5)),
            }
            if stop.load(Ordering::Relaxed) {
                return;
            }
        }
        if stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

/// Every answer that was acknowledged is in the journal once, and nothing is there twice.
fn assert_kept_once(journal: &str, acknowledged: &[String]) {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for line in journal.lines() {
        let words = line.split("\"text\":\"").nth(1).and_then(|rest| rest.split('"').next());
        *lines
            .entry(words.unwrap_or_else(|| panic!("a torn line: {line}")))
            .or_default() += 1;
    }
    assert!(journal.is_empty() || journal.ends_with('\n'));
    for (words, count) in &lines {
        assert_eq!(*count, 1, "{words} is there {count} times");
    }
    for words in acknowledged {
        assert!(
            lines.contains_key(words.as_str()),
            "{words} was acknowledged and is lost"
        );
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_or_doubled_when_the_process_is_killed() {
    let kills = std::env::var("RECEIVE_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(5);
    let fixture = Fixture::new();
    let mut door = fixture.open(0);
    let port = Arc::new(AtomicU16::new(door.port));
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
    let senders: Vec<_> = (0..4)
        .map(|number| {
            let (port, stop, acknowledged) = (port.clone(), stop.clone(), acknowledged.clone());
            std::thread::spawn(move || sender(number, &port, &stop, &acknowledged))
        })
        .collect();
    let mut random: u64 = 12;
    for _ in 0..kills {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(random >> 57));
        door.process.kill().expect("it can be killed");
        door.process.wait().expect("it ends");
        let before = acknowledged.lock().expect("the list").len();
        door = fixture.open(0);
        port.store(door.port, Ordering::Relaxed);
        // Some answers between two kills, or nothing would be tried.
        while acknowledged.lock().expect("the list").len() == before {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    stop.store(true, Ordering::Relaxed);
    for sender in senders {
        sender.join().expect("it does its work");
    }
    assert_eq!(door.end().0, Some(0));
    let acknowledged = acknowledged.lock().expect("the list");
    assert!(acknowledged.len() >= kills);
    assert_kept_once(&fixture.journal(), &acknowledged);
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let fixture = Fixture::new();
    let mut full = Command::new("sh");
    // 25 is SIGXFSZ: a program that ignores it is told by the write that fails.
    let script = "trap '' 25; ulimit -f 4; exec \"$0\" receive --listen 127.0.0.1:0 --lang en";
    full.args(["-c", script, env!("CARGO_BIN_EXE_utsikt")])
        .current_dir(fixture.at("site"));
    let door = Door::started(full);
    let words: Vec<String> = (0..40)
        .map(|nth| format!("svar-{nth}-{}", "x".repeat(nth * 3)))
        .collect();
    let send = |door: &Door, words: &String| door.post(&form(&format!("id-{words}"), words), SCRIPT).status;
    let (kept, refused): (Vec<&String>, Vec<&String>) = words.iter().partition(|words| send(&door, words) == 200);
    assert!(
        kept.len() > 2 && refused.len() > 2,
        "{} kept, {} refused",
        kept.len(),
        refused.len()
    );
    let health = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert_eq!(request(door.port, health).expect("it replies").status, 503);
    let (_, told) = door.end();
    assert!(told.contains("responses.jsonl"), "{told}");
    let kept: Vec<String> = kept.into_iter().cloned().collect();
    assert_kept_once(&fixture.journal(), &kept);
    // There is room again: what was refused is sent again, and what was kept by somebody who did not hear it.
    let door = fixture.open(0);
    assert!(words.iter().all(|words| send(&door, words) == 200));
    assert_kept_once(&fixture.journal(), &words);
}

#[test]
fn a_torn_line_is_moved_away_and_told() {
    let fixture = Fixture::new();
    let door = fixture.open(0);
    assert_eq!(door.post(&form("a", "Ja"), SCRIPT).status, 200);
    door.end();
    let whole = fixture.journal();
    fs::write(
        fixture.at("svar/tyck/responses.jsonl"),
        format!("{whole}{{\"format\":\"utsikt-resp"),
    )
    .expect("a file");
    let door = fixture.open(0);
    assert!(door.told.contains("22 bytes"), "{}", door.told);
    assert_eq!(fixture.journal(), whole);
    let torn = fs::read_to_string(fixture.at("svar/tyck/responses.torn")).expect("what was cut off");
    assert_eq!(torn, "{\"format\":\"utsikt-resp\n");
}

#[test]
fn the_site_is_read_again_when_its_files_change() {
    let fixture = Fixture::new();
    let mut door = fixture.open(0);
    let file = fixture.at("site/data/consultations/tyck.yaml");
    let open = fs::read_to_string(&file).expect("the file");
    let mut change = |text: &str, told: &str| {
        fs::write(&file, text).expect("a file");
        let mut line = String::new();
        while !line.contains(told) {
            line.clear();
            assert!(door.rest.read_line(&mut line).expect("text") > 0);
        }
        post(door.port, &form(told, "Ja"), SCRIPT).expect("it replies").status
    };
    let withdrawn = open.replace("2020-01-01 }", "2020-01-01, withdrawn: { on: 2020-01-02 } }");
    assert_eq!(change(&withdrawn, "read again"), 403);
    // A file that is half written changes nothing.
    assert_eq!(change("title: [", "stays in force"), 403);
    assert_eq!(change(&open, "read again"), 200);
}

/// An endpoint that replies thus to scripts and to browsers, and has a thanks page; its port.
fn endpoint(script: &'static str, browser: &'static str) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().filter_map(Result::ok) {
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let (mut head, mut line) = (String::new(), String::new());
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                head.push_str(&line.to_lowercase());
                line.clear();
            }
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next()?.trim().parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            let _ = reader.read_exact(&mut body);
            let reply = match (head.starts_with("get"), head.contains("application/json")) {
                (true, _) => "200 OK\r\n",
                (_, true) => script,
                _ => browser,
            };
            let reply = reply.replace("PORT", &port.to_string());
            let (head, body) = reply.split_once('|').unwrap_or((&reply, ""));
            let _ = write!(
                stream,
                "HTTP/1.1 {head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    port
}

#[test]
fn an_endpoint_is_tried_and_its_faults_are_told() {
    let fixture = Fixture::new();
    let tried = |port: u16, home: u16| {
        let words = format!("receive --check http://127.0.0.1:{port}/ --base-url http://127.0.0.1:{home}/");
        let ran = fixture.run(&words);
        (ran.status.code(), String::from_utf8_lossy(&ran.stdout).into_owned())
    };
    let thanks = endpoint("404 Not Found\r\n", "404 Not Found\r\n");
    let ours = Door::started(fixture.command(&format!(
        "receive --listen 127.0.0.1:0 --base-url http://127.0.0.1:{thanks}/"
    )));
    let (code, told) = tried(ours.port, thanks);
    assert!(
        code == Some(0) && told.contains("Nothing wrong") && told.contains("the same receipt"),
        "{told}"
    );
    assert_eq!(fixture.journal(), "", "a test is not kept");

    let mute = endpoint("200 OK\r\n", "200 OK\r\n");
    let (code, told) = tried(mute, mute);
    assert_eq!(code, Some(1), "{told}");
    for fault in [
        "lacks the header `Access-Control-Allow-Origin: http://127.0.0.1",
        "gives no receipt",
        "instead of sending it on",
    ] {
        assert!(told.contains(fault), "{fault}: {told}");
    }
    let other = "200 OK\r\nAccess-Control-Allow-Origin: https://annan.se\r\n|{\"response\":\"x\"}";
    let (code, told) = tried(
        endpoint(other, "307 Again\r\nLocation: /samrad/tyck/tack.html\r\n"),
        mute,
    );
    assert!(
        code == Some(1) && told.contains("lets pages of https://annan.se") && told.contains("posted to the next page"),
        "{told}"
    );
    let json = endpoint(
        "415 Unsupported\r\nAccess-Control-Allow-Origin: *\r\n",
        "415 Unsupported\r\n",
    );
    let (code, told) = tried(json, mute);
    assert!(
        code == Some(1) && told.contains("must accept `application/x-www-form-urlencoded`"),
        "{told}"
    );
    let silent = TcpListener::bind(("127.0.0.1", 0))
        .expect("a port")
        .local_addr()
        .expect("an address")
        .port();
    let (code, told) = tried(silent, mute);
    assert!(code == Some(1) && told.contains("cannot fetch"), "{told}");
}
