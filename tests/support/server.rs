//! A server on this machine that answers as publishers' APIs do, also when they fail, and writes down what it was asked.

#![allow(dead_code, reason = "each test program uses its own part")]
#![expect(
    clippy::disallowed_methods,
    reason = "listens on this machine, so that a test asks nobody else"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What is sent for one question.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// This text, all well.
    Text(String),
    /// This status, these further headers, this text.
    Status(u16, &'static str, String),
    /// A length that is longer than what comes before the connection is cut.
    Cut(String),
    /// What says that it is gzip and is not.
    WrongGzip,
    /// Nothing at all before the connection is cut.
    Nothing,
    /// This text after a while.
    Slow(Duration, String),
}

/// Answers by path and query; each is given once, the last of a list again and again.
type Script = BTreeMap<String, Vec<Answer>>;

/// A server, until it is dropped with the test.
pub(crate) struct Server {
    /// Where it is.
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    met: Arc<Met>,
}

/// How questions came.
#[derive(Default)]
struct Met {
    now: AtomicUsize,
    most: AtomicUsize,
    heads: Mutex<Vec<String>>,
}

impl Server {
    /// One with these answers.
    pub(crate) fn start(script: &[(&str, &[Answer])]) -> Self {
        Self::counting(script, Arc::default())
    }

    /// A further one with these answers; the questions to both are counted together.
    pub(crate) fn beside(&self, script: &[(&str, &[Answer])]) -> Self {
        Self::counting(script, self.met.clone())
    }

    fn counting(script: &[(&str, &[Answer])], met: Arc<Met>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let script: Script = script
            .iter()
            .map(|(path, answers)| ((*path).to_owned(), answers.to_vec()))
            .collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (script, log) = (Arc::new(Mutex::new(script)), asked.clone());
        let counting = met.clone();
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (script, log, met) = (script.clone(), log.clone(), counting.clone());
                thread::spawn(move || {
                    let _ = serve(stream, &script, &log, &met);
                });
            }
        });
        Self { address, asked, met }
    }

    /// How many questions were open at the same time, at most.
    pub(crate) fn most_at_once(&self) -> usize {
        self.met.most.load(Ordering::SeqCst)
    }

    /// The header lines of all questions.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.met.heads.lock().expect("nobody panicked").clone()
    }

    /// Questions so far: method, path, and what was posted.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

fn serve(mut stream: TcpStream, script: &Mutex<Script>, log: &Mutex<Vec<String>>, met: &Met) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        met.heads.lock().expect("nobody panicked").push(line.trim().to_owned());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let posted = String::from_utf8_lossy(&body);
    log.lock()
        .expect("nobody panicked")
        .push(format!("{method} {path} {posted}").trim().to_owned());
    let answer = {
        let mut script = script.lock().expect("nobody panicked");
        match script.get_mut(path) {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers[0].clone(),
            None => Answer::Status(404, "", format!("nothing at {path}")),
        }
    };
    met.most
        .fetch_max(met.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    if let Answer::Slow(pause, _) = &answer {
        thread::sleep(*pause);
    }
    // It is over before the answer is out: whoever has it may ask again at once.
    met.now.fetch_sub(1, Ordering::SeqCst);
    let mut send = |status: u16, headers: &str, text: &str, length: usize| {
        let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(text.as_bytes())?;
        stream.flush()
    };
    match answer {
        Answer::Text(text) => send(200, "content-type: application/json\r\n", &text, text.len()),
        Answer::Status(status, headers, text) => send(status, headers, &text, text.len()),
        Answer::Cut(text) => send(200, "", &text, text.len() + 100),
        Answer::WrongGzip => send(200, "content-encoding: gzip\r\n", "not gzip", 8),
        Answer::Nothing => Ok(()),
        Answer::Slow(_, text) => send(200, "", &text, text.len()),
    }
}
