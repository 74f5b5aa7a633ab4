//! The door for answers: a service that takes in what the forms of the site post, and adds it to the journal.
//!
//! Takes the site's own questionnaires and POSTs; gives lines of the journal, the same that an import writes. An answer is on
//! the disk before its sender is told. No address is written anywhere. TLS, and limits for each sender, are the business of a
//! proxy before it. What goes over the wire is told in `guide/receive.md`, for those who have a service of their own.
//!
//! | file | does |
//! |---|---|
//! | `http` | one request, one reply: method, origin, size, time |
//! | `form` | the body's fields |
//! | `door` | what can be answered, and until when |
//! | `known` | whether an answer was sent before |
//! | `keeper` | writes, syncs, and only then replies |
//! | `reply` | receipts and refusals, for scripts and for people |
//! | `check` | tries an endpoint, this one or another |

mod check;
mod door;
mod form;
mod http;
mod keeper;
mod known;
mod limit;
mod reply;

pub use check::{EndpointCheck, Trial};

use crate::finding::message::{self, Message};
use crate::finding::{Failure, Language, Messages, OrFail, Result};
use crate::model::Consultation;
use crate::{disk, import};
use door::Door;
use http::Service;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use jiff::civil::Date;
use keeper::Keeper;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Longest time in which a new connection must begin to ask, and in which its header must be there once it has begun.
const SILENCE: Duration = Duration::from_mins(1);
const HEADER: Duration = Duration::from_secs(15);
/// Time that answers under way are given when the service ends.
const LAST_ANSWERS: Duration = Duration::from_secs(10);
/// Time between two looks at the site's files.
const LOOK: Duration = Duration::from_secs(5);
/// Pause when the machine has no room for a further connection.
const NO_ROOM: Duration = Duration::from_millis(50);
/// Most connections at once.
const CONNECTIONS: u32 = 20_000;

/// What the service is started with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The site's folder.
    pub site: PathBuf,
    /// The folder with the answers; `None`: the one that the site names.
    pub answers: Option<PathBuf>,
    /// Address of the front page; `None`: the one that the site names.
    pub base_url: Option<String>,
    /// Address and port to listen at.
    pub listen: SocketAddr,
    /// Other sites whose pages may post here: `https://www.example.se`, or `*`.
    pub origins: Vec<String>,
    /// Most answers a second.
    pub rate: u32,
    /// The day to take for today, in a rehearsal; `None`: the clock's.
    pub today: Option<Date>,
}

/// What is told of the work, without a word about anybody who answers.
#[derive(Debug)]
pub enum Notice<'a> {
    /// Something happened.
    Said(Message),
    /// Something could not be done.
    Failed(&'a Failure),
}

/// Where notices go.
pub type Tell = Arc<dyn Fn(Notice<'_>) + Send + Sync>;

/// Takes in answers until the process is asked to end; then finishes those under way.
///
/// # Errors
/// When the site cannot be answered, the address is taken, or the journals cannot be written.
pub fn run(settings: &Settings, language: Language, tell: &Tell) -> Result<()> {
    raise_limit();
    let door = settings.open(language)?;
    let seen = disk::data_stamps(&settings.site, &door.answers);
    let mut key = [0; 32];
    getrandom::fill(&mut key)
        .map_err(|error| error.to_string())
        .or_fail(message::no_randomness)?;
    let ids = door.ids();
    let (keeper, writer) = Keeper::start(door.answers.clone(), &ids, tell.clone())?;
    let service = Service::new(
        door,
        keeper,
        settings.origins.clone(),
        settings.today,
        settings.rate,
        key,
    );
    let service = Arc::new(service);
    look_after(settings.clone(), language, seen, Arc::downgrade(&service), tell.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.or_fail(message::receive_not_started)?;
    let end = runtime.block_on(async {
        let listener = TcpListener::bind(settings.listen).await;
        let listener = listener.or_fail(|| message::receive_taken(settings.listen))?;
        let address = listener
            .local_addr()
            .or_fail(|| message::receive_taken(settings.listen))?;
        tell(Notice::Said(message::receive_ready(address, ids.join(", "))));
        let mut terminate = signal(SignalKind::terminate()).or_fail(message::interrupt_unheard)?;
        let mut interrupt = signal(SignalKind::interrupt()).or_fail(message::interrupt_unheard)?;
        let graceful = GracefulShutdown::new();
        let (ending, ends) = watch::channel(());
        let room = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS as usize));
        loop {
            tokio::select! {
                _ = terminate.recv() => break,
                _ = interrupt.recv() => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let Ok(permit) = room.clone().try_acquire_owned() else { continue };
                        let (service, watcher, ends) = (service.clone(), graceful.watcher(), ends.clone());
                        tokio::spawn(async move {
                            serve(service, stream, peer, watcher, ends).await;
                            drop(permit);
                        });
                    }
                    Err(_) => tokio::time::sleep(NO_ROOM).await,
                },
            }
        }
        drop((listener, ending));
        let _ = tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await;
        Ok(())
    });
    // Whoever could still hand in an answer is gone with the runtime, so the writer comes to its end.
    drop(runtime);
    drop(service);
    let _ = writer.join();
    if end.is_ok() {
        tell(Notice::Said(message::receive_ended()));
    }
    end
}

/// Serves one connection until it ends, or its client keeps silent.
async fn serve(
    service: Arc<Service>,
    stream: TcpStream,
    peer: SocketAddr,
    watcher: Watcher,
    mut ends: watch::Receiver<()>,
) {
    let _ = stream.set_nodelay(true);
    // A socket is said to be readable when it is new; only a byte that can be seen is a question.
    let mut first = [0];
    let is_asking = tokio::select! {
        seen = tokio::time::timeout(SILENCE, stream.peek(&mut first)) => matches!(seen, Ok(Ok(1..))),
        _ = ends.changed() => false,
    };
    // No memory is given to a connection before there is something to read: what answers it is some kilobytes.
    if is_asking {
        answer(service, stream, peer, watcher).await;
    }
}

/// Answers the requests of a connection. In a box, or every connection that says nothing would have its size.
fn answer(
    service: Arc<Service>,
    stream: TcpStream,
    peer: SocketAddr,
    watcher: Watcher,
) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        service.connections.fetch_add(1, Ordering::Relaxed);
        let answering = service.clone();
        let answer = service_fn(move |request| {
            let service = answering.clone();
            async move { Ok::<_, Infallible>(service.answer(request, peer.ip()).await) }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEADER)
            .max_buf_size(64 * 1024);
        // Whatever goes wrong with a connection is its client's to notice; there is nobody here to tell.
        let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), answer)).await;
        service.connections.fetch_sub(1, Ordering::Relaxed);
    })
}

impl Settings {
    fn open(&self, language: Language) -> Result<Door> {
        Door::open(
            &self.site,
            self.answers.as_deref(),
            self.base_url.as_deref(),
            &Messages::new(language),
        )
    }

    /// Tries an endpoint with a test answer to the consultation named, or to the first that posts to it.
    ///
    /// # Errors
    /// When the site cannot be read, or has no such consultation.
    pub fn check(&self, url: &str, consultation: Option<&str>, language: Language) -> Result<EndpointCheck> {
        check::check(&self.open(language)?, url, consultation)
    }
}

/// Reads the site again whenever its files were touched, as long as the service lives. What was read before stays in force
/// when the new cannot be.
fn look_after(settings: Settings, language: Language, mut seen: disk::DataStamps, service: Weak<Service>, tell: Tell) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            let Some(service) = service.upgrade() else { return };
            let now = disk::data_stamps(&settings.site, &service.door().answers);
            if now == seen {
                continue;
            }
            seen = now;
            match settings.open(language) {
                Ok(next) => {
                    let ids = next.ids().join(", ");
                    service.renew(next);
                    tell(Notice::Said(message::receive_reread(ids)));
                }
                Err(failure) => {
                    tell(Notice::Failed(&failure));
                    tell(Notice::Said(message::receive_former()));
                }
            }
        }
    });
}

/// Lets the process have as many connections as the system allows it.
fn raise_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let _ = setrlimit(Resource::Nofile, raised);
}

/// Whatever the bytes are, a request's body is read and examined, and becomes one line or none. For fuzzing.
///
/// # Panics
/// When the line is not read as what was posted.
pub fn survive(consultation: &Consultation, body: &[u8]) {
    let codes = [("a".to_owned(), "kod".to_owned())];
    let form = form::fields(body).unwrap_or_default();
    if let Ok(posted) = import::posted(&form, consultation, Some(&codes)) {
        let line = posted.line("r-0", "2026-03-17T14:32:05+01:00");
        let known = import::known_response(&line).map(|(_, content, _)| content);
        assert_eq!((known, line.lines().count()), (Some(posted.content), 1), "{line}");
    }
}
