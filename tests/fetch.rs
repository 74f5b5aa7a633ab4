//! Requests to a server that answers, is busy, redirects, breaks off: the bytes of the response, or the sentence of the error.

#[path = "support/server.rs"]
mod server;

use server::{Answer, Server};
use std::time::Duration;
use utsikt::fetch::Client;

fn client() -> Client {
    Client::new(Duration::from_secs(5), Duration::from_millis(1))
}

/// The error when a server gives these answers.
fn refusal(answers: &[Answer]) -> String {
    let server = Server::start(&[("/x", answers)]);
    let error = client()
        .ask(&format!("{}/x", server.address), None)
        .expect_err("there is no answer");
    format!("{error:#}").replace(&server.address, "HERE")
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn status(status: u16, headers: &'static str) -> Answer {
    Answer::Status(status, headers, String::new())
}

#[test]
fn a_busy_server_is_asked_again() {
    let busy = status(429, "retry-after: 0\r\n");
    let server = Server::start(&[("/x", &[busy, status(503, ""), text("here")])]);
    assert_eq!(
        client().ask(&format!("{}/x", server.address), None).expect("an answer"),
        b"here"
    );
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_cut_connection_is_tried_again() {
    let server = Server::start(&[("/x", &[Answer::Cut("he".to_owned()), text("here")])]);
    assert_eq!(
        client().ask(&format!("{}/x", server.address), None).expect("an answer"),
        b"here"
    );
}

#[test]
fn what_is_posted_arrives() {
    let server = Server::start(&[("/x", &[text("here")])]);
    client()
        .ask(&format!("{}/x", server.address), Some("{}"))
        .expect("an answer");
    assert_eq!(server.asked(), ["POST /x {}"]);
}

#[test]
fn redirects_lead_on_within_the_server() {
    for location in ["location: /y\r\n", "location: y\r\n"] {
        let server = Server::start(&[("/x", &[status(302, location)]), ("/y", &[text("here")])]);
        let body = client().ask(&format!("{}/x", server.address), None);
        assert_eq!(body.expect("an answer"), b"here");
    }
}

#[test]
fn redirects_to_another_host_must_be_https() {
    let sentence = refusal(&[status(302, "location: http://example.org/y\r\n")]);
    assert_eq!(
        sentence,
        "cannot fetch `HERE/x`: the server redirects to `http://example.org/y`, which is not https"
    );
}

#[test]
fn redirects_in_circles_end() {
    let sentence = refusal(&[status(301, "location: /x\r\n")]);
    assert_eq!(
        sentence,
        "cannot fetch `HERE/x`: the server redirects again and again; the last address was `HERE/x`"
    );
}

#[test]
fn a_server_that_fails_is_quoted() {
    let sentence = refusal(&[Answer::Status(500, "", "Tabellen är stängd".to_owned())]);
    assert_eq!(
        sentence,
        "cannot fetch `HERE/x`: the server answers with status 500: Tabellen är stängd"
    );
    assert_eq!(
        refusal(&[Answer::Status(404, "", "<html>".to_owned())]),
        "cannot fetch `HERE/x`: the server answers with status 404"
    );
}

#[test]
fn a_server_that_stays_busy_is_left_in_peace() {
    let sentence = refusal(&[status(429, "retry-after: 0\r\n")]);
    assert_eq!(sentence, "cannot fetch `HERE/x`: the server is busy (status 429)");
}

#[test]
fn a_connection_that_is_always_cut_is_given_up() {
    let sentence = refusal(&[Answer::Cut("he".to_owned())]);
    assert!(
        sentence.starts_with("cannot fetch `HERE/x`: the connection was cut"),
        "{sentence}"
    );
}

#[test]
fn what_is_not_gzip_is_not_unpacked() {
    let sentence = refusal(&[Answer::WrongGzip]);
    assert!(
        sentence.starts_with("cannot fetch `HERE/x`: the answer cannot be unpacked"),
        "{sentence}"
    );
}

#[test]
fn a_slow_server_is_not_waited_for_for_ever() {
    let server = Server::start(&[("/x", &[Answer::Slow(Duration::from_secs(3), "late".to_owned())])]);
    let mut client = Client::new(Duration::from_millis(200), Duration::from_millis(1));
    let error = client
        .ask(&format!("{}/x", server.address), None)
        .expect_err("it is too slow");
    assert!(
        format!("{error:#}").ends_with("the server does not answer in time"),
        "{error:#}"
    );
}
