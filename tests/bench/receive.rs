//! How much the door for answers takes: `cargo bench --bench receive`.
//!
//! Starts the program on a site of its own in the temporary folder (TMPDIR should be a real disk), and measures over loopback:
//! answers a second from 64 connections for a minute, each answer on the disk before its receipt; the time of an answer at 500
//! a second, counted from when it was due; memory with 10,000 connections that say nothing while 500 a second come in. Then
//! every answer that was acknowledged is looked for in the journal. SECONDS shortens each part.

#![expect(clippy::disallowed_methods, reason = "runs the program and measures time")]
#![expect(clippy::print_stdout, reason = "prints what it measured")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::scope;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 64;
const IDLE: usize = 10_000;

/// A connection that is kept open.
struct Client {
    stream: BufReader<TcpStream>,
    port: u16,
}

impl Client {
    fn new(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the door is open");
        stream.set_nodelay(true).expect("a socket");
        Self {
            stream: BufReader::new(stream),
            port,
        }
    }

    /// Sends the answer of this number and waits for its receipt; the status.
    fn send(&mut self, number: usize) -> u16 {
        let form = format!(
            "consultation=tyck&version=1&language=sv&channel=form&response=00000000-0000-4000-8000-{number:012}&submitted=\
             &started=60000&webbplats=&ord=Bussarna+g%C3%A5r+f%C3%B6r+s%C3%A4llan+nummer+{number}.&val=ja&poang.a=4&poang.b=6"
        );
        let request = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .expect("it takes the answer");
        let (mut status, mut length, mut line, mut closes) = (0, 0, String::new(), false);
        while self.stream.read_line(&mut line).expect("a reply") > 2 {
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().expect("a status");
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.trim().parse().expect("a length");
            }
            closes |= line.starts_with("connection: close");
            line.clear();
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a receipt");
        if closes {
            *self = Self::new(self.port);
        }
        status
    }
}

/// Sends for this long: as fast as receipts come, or so many a second. Gives the sorted times of answers in milliseconds.
fn load(port: u16, next: &AtomicUsize, time: Duration, rate: Option<f64>, kept: &Mutex<BTreeSet<usize>>) -> Vec<f64> {
    let began = Instant::now();
    let first = next.load(Ordering::Relaxed);
    let times = Mutex::new(Vec::new());
    scope(|threads| {
        for _ in 0..CONNECTIONS {
            threads.spawn(|| {
                let (mut client, mut own, mut numbers) = (Client::new(port), Vec::new(), Vec::new());
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let due = rate.map_or_else(Instant::now, |rate| {
                        began + Duration::from_secs_f64(f64::from(u32::try_from(number - first).expect("few")) / rate)
                    });
                    if due.duration_since(began) >= time {
                        break;
                    }
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    assert_eq!(client.send(number), 200);
                    own.push(due.elapsed().as_secs_f64() * 1000.0);
                    numbers.push(number);
                }
                times.lock().expect("the list").extend(own);
                kept.lock().expect("the list").extend(numbers);
            });
        }
    });
    let mut times = times.into_inner().expect("the list");
    times.sort_by(f64::total_cmp);
    times
}

fn told(name: &str, times: &[f64], time: Duration) {
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "{name}: {} answers, {} a second; half within {:.1} ms, 99 % within {:.1} ms, all within {:.1} ms",
        times.len(),
        times.len() as u128 * 1000 / time.as_millis(),
        at(50),
        at(99),
        at(100)
    );
}

/// Memory of a process, in MB.
fn memory(process: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).expect("Linux");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .expect("its memory");
    line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

fn main() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Nofile).maximum;
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: maximum,
            maximum,
        },
    )
    .expect("more files may be open");
    let seconds = std::env::var("SECONDS")
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or(60);
    let time = Duration::from_secs(seconds);
    let folder = tempfile::tempdir().expect("a folder");
    copy(Path::new("tests/receive/site"), &folder.path().join("site"));
    let mut process = Command::new(env!("CARGO_BIN_EXE_utsikt"))
        .args(["receive", "--listen", "127.0.0.1:0", "--lang", "en", "--site"])
        .arg(folder.path().join("site"))
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let mut out = BufReader::new(process.stderr.take().expect("its output"));
    out.read_line(&mut line).expect("text");
    let port = line
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split(',').next()?.parse().ok())
        .expect("a port");

    let (next, kept) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    println!("memory at the start: {:.1} MB", memory(&process));
    let idle: Vec<TcpStream> = (0..IDLE)
        .map(|_| TcpStream::connect(("127.0.0.1", port)).expect("one more"))
        .collect();
    std::thread::sleep(Duration::from_secs(1));
    println!(
        "memory with {} idle connections: {:.1} MB",
        idle.len(),
        memory(&process)
    );
    let half = time / 2;
    told(
        "500 a second beside the idle ones",
        &load(port, &next, half, Some(500.0), &kept),
        half,
    );
    println!("memory after that: {:.1} MB", memory(&process));
    drop(idle);
    told("500 a second", &load(port, &next, time, Some(500.0), &kept), time);
    told("as many as it takes", &load(port, &next, time, None, &kept), time);
    println!("memory at the end: {:.1} MB", memory(&process));

    let ended = Command::new("kill").args(["-TERM", &process.id().to_string()]).status();
    assert!(ended.expect("kill runs").success() && process.wait().expect("it ends").success());
    let journal = fs::read_to_string(folder.path().join("svar/tyck/responses.jsonl")).expect("the journal");
    let numbers = journal.lines().map(|line| {
        let id = line.split("\"response\":\"").nth(1).expect("an id");
        id[24..36].parse::<usize>().expect("a number")
    });
    let (mut found, mut lines) = (BTreeSet::new(), 0);
    for number in numbers {
        lines += 1;
        found.insert(number);
    }
    let kept = kept.into_inner().expect("the list");
    assert!(
        found == kept && lines == kept.len(),
        "{} kept, {lines} lines, {} different",
        kept.len(),
        found.len()
    );
    println!("every one of {lines} answers is in the journal once");
}
