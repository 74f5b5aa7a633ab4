//! What the guide says about a server is right: nginx takes its lines and passes answers through, systemd its unit.

#![expect(clippy::disallowed_methods, reason = "runs nginx, systemd and the program")]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use support::{path, read_tree, write_tree};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../src/guide/receive.md");

/// The block of the guide in this language.
fn block(kind: &str) -> &'static str {
    let rest = GUIDE
        .split(&format!("```{kind}\n"))
        .nth(1)
        .expect("the guide has such a block");
    rest.split("```").next().expect("it ends")
}

fn run(program: &str, words: &[&str]) -> Output {
    Command::new(program)
        .args(words)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"))
}

fn assert_ran(ran: &Output) {
    let told = [&ran.stdout[..], &ran.stderr].concat();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&told));
}

/// A process that ends with the test, however that ends.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("it starts"))
    }

    fn end(&mut self) -> bool {
        run("kill", &["-TERM", &self.0.id().to_string()]);
        self.0.wait().expect("it ends").success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .expect("a port")
        .local_addr()
        .expect("its address")
        .port()
}

#[test]
fn the_unit_and_the_container_call_the_program_as_it_is() {
    for block in [block("ini"), block("dockerfile")] {
        let line = block
            .lines()
            .find(|line| line.contains("receive") && (line.starts_with("ExecStart") || line.starts_with("ENTRYPOINT")));
        let words = line.expect("it starts the program").replace(['"', '[', ']', ','], " ");
        let options = words.split_whitespace().filter(|word| word.starts_with("--"));
        let help = run(env!("CARGO_BIN_EXE_utsikt"), &["receive", "--help"]);
        let help = String::from_utf8_lossy(&help.stdout).into_owned();
        for option in options {
            assert!(help.contains(option), "{option}");
        }
    }
}

#[test]
#[ignore = "needs systemd"]
fn systemd_takes_the_unit() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("utsikt-receive.service");
    let program = env!("CARGO_BIN_EXE_utsikt");
    fs::write(
        &file,
        block("ini")
            .replace("/usr/local/bin/utsikt", program)
            .replace("User=utsikt\n", ""),
    )
    .expect("a file");
    let checked = run(
        "systemd-analyze",
        &["verify", "--man=no", file.to_str().expect("a path")],
    );
    let told = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(
        checked.status.success() && !told.contains("utsikt-receive.service:"),
        "{told}"
    );
}

#[test]
#[ignore = "needs nginx and openssl"]
fn nginx_passes_answers_through() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    write_tree(Path::new(&at("site")), &read_tree(&path("tests/receive/site")));
    let (door_port, port) = (free_port(), free_port());
    let listen = format!("127.0.0.1:{door_port}");
    let words = ["receive", "--lang", "en", "--site", &at("site"), "--listen", &listen];
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    let mut door = Running::start(command.args(words).stderr(Stdio::piped()));
    let mut line = String::new();
    let mut told = BufReader::new(door.0.stderr.take().expect("its output"));
    told.read_line(&mut line).expect("text");
    let words = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=svar.example.se",
    ];
    assert_ran(&run(
        "openssl",
        &[&words[..], &["-keyout", &at("key"), "-out", &at("cert")]].concat(),
    ));
    let lines = block("nginx")
        .replace("/etc/ssl/svar.example.se.pem", &at("cert"))
        .replace("/etc/ssl/svar.example.se.key", &at("key"))
        .replace("/var/log/nginx/svar.log", &at("log"))
        .replace("listen 443", &format!("listen 127.0.0.1:{port}"))
        .replace("127.0.0.1:4100", &format!("127.0.0.1:{door_port}"));
    let config = format!(
        "user root;\ndaemon off;\npid {};\nevents {{}}\nhttp {{\n{lines}}}\n",
        at("pid")
    );
    fs::write(at("conf"), config).expect("a file");
    assert_ran(&run("nginx", &["-t", "-c", &at("conf")]));
    let mut nginx = Running::start(Command::new("nginx").args(["-c", &at("conf")]).stderr(Stdio::null()));
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = |form: &str| {
        let url = format!("https://127.0.0.1:{port}/svar");
        let ran = run("curl", &["-s", "-k", "-i", "-d", form, &url]);
        String::from_utf8_lossy(&ran.stdout).into_owned()
    };
    let reply = sent("consultation=tyck&response=a-genom-nginx&ord=Ja");
    assert!(
        reply.starts_with("HTTP/1.1 303") && reply.contains("tack.html?number=AGEN-OMNG"),
        "{reply}"
    );
    // So long a word is no argument of a command.
    let large = format!("consultation=tyck&ord={}", "x".repeat(300_000));
    fs::write(at("large"), large).expect("a file");
    let too_large = sent(&format!("@{}", at("large")));
    assert!(too_large.starts_with("HTTP/1.1 413"), "{too_large}");
    let busy = (0..40).any(|_| sent("consultation=tyck&response=a-genom-nginx&ord=Ja").starts_with("HTTP/1.1 429"));
    assert!(busy, "one sender has a limit");
    assert!(nginx.end() && door.end());
    let log = fs::read_to_string(at("log")).unwrap_or_default();
    assert!(!log.contains("127.0.0.1, server"), "no address is written: {log}");
    let journal = fs::read_to_string(at("svar/tyck/responses.jsonl")).expect("the journal");
    assert_eq!(journal.lines().count(), 1, "{journal}");
}
