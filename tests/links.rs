//! Asking whether linked pages are there: what each answer means, and that nobody is bothered more than is needed.

#![expect(clippy::disallowed_methods, reason = "measures how long hosts are left in peace")]

#[path = "support/server.rs"]
mod server;

use server::{Answer, Server};
use std::time::{Duration, Instant};
use utsikt::check::links::{Closed, Obstacle, Verdict};
use utsikt::fetch::links::{Manners, ask};

const MANNERS: Manners = Manners {
    patience: Duration::from_millis(1500),
    pause: Duration::from_millis(1),
    local: true,
};

fn status(status: u16, headers: &'static str) -> Answer {
    Answer::Status(status, headers, String::new())
}

fn text() -> Answer {
    Answer::Text("here".to_owned())
}

/// The verdicts on these paths of a server.
fn verdicts(server: &Server, paths: &[&str]) -> Vec<Verdict> {
    let addresses: Vec<String> = paths.iter().map(|path| format!("{}{path}", server.address)).collect();
    ask(&addresses, MANNERS, &|_| {})
}

/// The verdict on `/x` when a server gives these answers, and the requests for it besides that for `robots.txt`.
fn verdict_and_requests(answers: &[Answer]) -> (Verdict, Vec<String>) {
    let server = Server::start(&[("/x", answers), ("/y", &[text()])]);
    let verdict = verdicts(&server, &["/x"]).remove(0);
    let asked = server
        .asked()
        .into_iter()
        .filter(|asked| asked != "GET /robots.txt")
        .collect();
    let verdict = match verdict {
        Verdict::Moved(to) => Verdict::Moved(to.replace(&server.address, "HERE")),
        verdict => verdict,
    };
    (verdict, asked)
}

#[test]
fn a_page_that_is_there_is_asked_for_once_without_its_contents() {
    assert_eq!(
        verdict_and_requests(&[text()]),
        (Verdict::Fine, vec!["HEAD /x".to_owned()])
    );
}

#[test]
fn nothing_is_told_but_who_asks() {
    let server = Server::start(&[("/x", &[status(405, ""), text()])]);
    verdicts(&server, &["/x"]);
    let known = ["host", "user-agent", "accept", "accept-encoding", "range"];
    for head in server.heads() {
        let (name, value) = head.split_once(':').expect("a header");
        let name = name.to_lowercase();
        assert!(known.contains(&name.as_str()), "{head}");
        assert!(name != "user-agent" || value.trim().starts_with("utsikt/"), "{head}");
        assert!(name != "range" || value.trim() == "bytes=0-1023", "{head}");
    }
}

#[test]
fn servers_that_know_no_head_are_asked_for_the_first_bytes() {
    for refusal in [403, 404, 405, 500, 501] {
        let (verdict, asked) = verdict_and_requests(&[status(refusal, ""), text()]);
        assert_eq!(
            (verdict, asked),
            (Verdict::Fine, vec!["HEAD /x".to_owned(), "GET /x".to_owned()]),
            "{refusal}"
        );
    }
}

#[test]
fn every_status_has_its_meaning() {
    let closed = Verdict::Closed(Closed::Status);
    let fault = Verdict::Unsure(Obstacle::ServerFault);
    for (number, verdict) in [
        (204, Verdict::Fine),
        (206, Verdict::Fine),
        (404, Verdict::Gone(404)),
        (410, Verdict::Gone(410)),
        (401, closed.clone()),
        (403, closed.clone()),
        (405, closed),
        (500, fault.clone()),
        (503, fault),
    ] {
        assert_eq!(
            verdict_and_requests(&[status(number, "retry-after: 0\r\n")]).0,
            verdict,
            "{number}"
        );
    }
}

#[test]
fn what_has_moved_for_good_tells_where() {
    let here = |number| verdict_and_requests(&[status(number, "location: /y\r\n")]).0;
    for number in [301, 308] {
        assert_eq!(here(number), Verdict::Moved("HERE/y".to_owned()), "{number}");
    }
    for number in [302, 303, 307] {
        assert_eq!(here(number), Verdict::Fine, "{number}");
    }
}

#[test]
fn what_has_moved_to_nothing_is_gone() {
    assert_eq!(
        verdict_and_requests(&[status(301, "location: /nothing\r\n")]).0,
        Verdict::Gone(404)
    );
    assert_eq!(
        verdict_and_requests(&[status(302, "")]).0,
        Verdict::Unsure(Obstacle::RedirectsNowhere)
    );
}

#[test]
fn only_the_part_of_the_way_that_is_for_good_is_proposed() {
    let server = Server::start(&[
        ("/x", &[status(301, "location: /a\r\n")]),
        ("/a", &[status(302, "location: /y\r\n")]),
        ("/y", &[text()]),
    ]);
    assert_eq!(
        verdicts(&server, &["/x"]),
        [Verdict::Moved(format!("{}/a", server.address))]
    );
}

#[test]
fn circles_end() {
    let (verdict, asked) = verdict_and_requests(&[status(302, "location: /x\r\n")]);
    assert_eq!(verdict, Verdict::Unsure(Obstacle::RedirectsAgain));
    assert_eq!(asked.len(), 11);
}

#[test]
fn a_busy_server_gets_the_time_it_asks_for() {
    let begun = Instant::now();
    let (verdict, asked) = verdict_and_requests(&[status(429, "retry-after: 1\r\n"), text()]);
    assert_eq!((verdict, asked.len()), (Verdict::Fine, 2));
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_server_that_stays_busy_is_left_in_peace() {
    let waits = Verdict::Unsure(Obstacle::AsksToWait);
    let (verdict, asked) = verdict_and_requests(&[status(429, "")]);
    assert_eq!((verdict, asked.len()), (waits.clone(), 3));
    let (verdict, asked) = verdict_and_requests(&[status(429, "retry-after: 3600\r\n")]);
    assert_eq!((verdict, asked.len()), (waits, 1));
}

#[test]
fn a_slow_server_is_not_waited_for_for_ever() {
    let slow = Answer::Slow(Duration::from_secs(3), "late".to_owned());
    assert_eq!(verdict_and_requests(&[slow]).0, Verdict::Unsure(Obstacle::Late));
}

#[test]
fn a_cut_connection_is_tried_again() {
    assert_eq!(verdict_and_requests(&[Answer::Nothing, text()]).0, Verdict::Fine);
    let (verdict, asked) = verdict_and_requests(&[Answer::Nothing]);
    assert_eq!((verdict, asked.len()), (Verdict::Unsure(Obstacle::Cut), 3));
}

#[test]
fn what_robots_may_not_have_is_not_asked_for() {
    let robots = Answer::Text("User-agent: *\nDisallow: /x\n".to_owned());
    let server = Server::start(&[("/robots.txt", &[robots]), ("/x", &[text()]), ("/y", &[text()])]);
    let verdicts = verdicts(&server, &["/x", "/y"]);
    assert_eq!(verdicts, [Verdict::Closed(Closed::Robots), Verdict::Fine]);
    assert_eq!(server.asked(), ["GET /robots.txt", "HEAD /y"]);
}

#[test]
fn private_addresses_are_not_asked_unless_wanted() {
    let server = Server::start(&[("/x", &[text()])]);
    let verdicts = ask(
        &[format!("{}/x", server.address)],
        Manners {
            local: false,
            ..MANNERS
        },
        &|_| {},
    );
    assert_eq!((verdicts, server.asked()), (vec![Verdict::Private], Vec::new()));
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_with_a_pause_even_by_detours() {
    let slow = Answer::Slow(Duration::from_millis(20), "here".to_owned());
    let paths = ["/a", "/b", "/c", "/d"];
    let server = Server::start(&paths.map(|path| (path, std::slice::from_ref(&slow))));
    let away: &'static str = format!("location: {}/a\r\n", server.address).leak();
    let others: Vec<Server> = (0..3).map(|_| Server::start(&[("/x", &[status(302, away)])])).collect();
    let addresses: Vec<String> = paths.iter().map(|path| format!("{}{path}", server.address)).collect();
    let detours = others.iter().map(|other| format!("{}/x", other.address));
    let addresses: Vec<String> = addresses.into_iter().chain(detours).collect();
    let begun = Instant::now();
    let verdicts = ask(
        &addresses,
        Manners {
            pause: Duration::from_millis(30),
            ..MANNERS
        },
        &|_| {},
    );
    assert_eq!(verdicts, vec![Verdict::Fine; 7]);
    assert_eq!(server.most_at_once(), 1);
    // robots.txt and seven pages: seven pauses.
    assert!(
        begun.elapsed() >= Duration::from_millis(7 * 30 + 7 * 20),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn four_hosts_are_asked_at_once_and_no_more() {
    let slow = Answer::Slow(Duration::from_millis(300), "here".to_owned());
    let script: [(&str, &[Answer]); 1] = [("/x", std::slice::from_ref(&slow))];
    let first = Server::start(&script);
    let others: Vec<Server> = (0..7).map(|_| first.beside(&script)).collect();
    let addresses: Vec<String> = others
        .iter()
        .chain([&first])
        .map(|server| format!("{}/x", server.address))
        .collect();
    assert_eq!(ask(&addresses, MANNERS, &|_| {}), vec![Verdict::Fine; 8]);
    assert!((2..=4).contains(&first.most_at_once()), "{}", first.most_at_once());
}

#[test]
fn a_host_that_never_answers_is_asked_once_and_when_none_does_the_rest_is_spared() {
    // Ports on which nothing listens: each is a host of its own.
    let addresses: Vec<String> = (1..=20)
        .flat_map(|port| ["/a", "/b"].map(|path| format!("http://127.0.0.1:{port}{path}")))
        .collect();
    let verdicts = ask(&addresses, MANNERS, &|_| {});
    let count = |reason| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == Verdict::Unreached(reason))
            .count()
    };
    assert_eq!(count(Obstacle::HostClosed) + count(Obstacle::NoHostAnswers), 40);
    assert!(count(Obstacle::NoHostAnswers) >= 16, "{verdicts:?}");
}

#[test]
fn verdicts_come_in_the_order_of_the_addresses_and_each_is_told() {
    let server = Server::start(&[("/a", &[text()]), ("/b", &[status(410, "")]), ("/c", &[text()])]);
    let progress = std::sync::Mutex::new(Vec::new());
    let addresses = ["/a", "/b", "/c"].map(|path| format!("{}{path}", server.address));
    let verdicts = ask(&addresses, MANNERS, &|done| {
        progress.lock().expect("nobody panicked").push(done);
    });
    assert_eq!(verdicts, [Verdict::Fine, Verdict::Gone(410), Verdict::Fine]);
    assert_eq!(progress.into_inner().expect("nobody panicked"), [1, 2, 3]);
}
