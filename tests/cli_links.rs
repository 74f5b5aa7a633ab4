//! `utsikt check --links` as it is typed: what it says in both languages, what it remembers, and that nothing else asks.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

#[path = "support/server.rs"]
mod server;

use server::{Answer, Server};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A small site that links to these addresses, a line each from line 4 on.
fn site(addresses: &[String]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |file: &str, text: &str| {
        let file = folder.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file of the site");
    };
    write("data/site.yaml", "title: Prov\nhome: \"18\"\n");
    write(
        "data/places.yaml",
        "places: [ { code: \"18\", name: Örebro län, level: county } ]\n",
    );
    let lines: Vec<String> = addresses
        .iter()
        .map(|address| format!("[Sida]({address}#del)\n"))
        .collect();
    write(
        "content/index.md",
        &format!("---\ntitle: Start\n---\n{}", lines.concat()),
    );
    folder
}

/// Exit code, standard output, standard error.
fn run(site: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    command.env_clear().current_dir(site).args(arguments);
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

fn links(site: &Path, further: &[&str]) -> (i32, String, String) {
    let usual = [
        "check",
        "--links",
        "--local",
        "--today",
        "2026-11-23",
        "--format",
        "short",
    ];
    run(site, &[&usual, further].concat())
}

fn here() -> Answer {
    Answer::Text("here".to_owned())
}

fn status(status: u16, headers: &'static str) -> Answer {
    Answer::Status(status, headers, String::new())
}

#[test]
fn good_links_are_nothing_to_speak_of_and_are_remembered_for_a_week() {
    let server = Server::start(&[("/a", &[here()])]);
    let site = site(&[format!("{}/a", server.address)]);
    let check = |day: &str| {
        let (code, out, err) = run(
            site.path(),
            &["check", "--links", "--local", "--today", day, "--lang", "sv"],
        );
        assert_eq!((code, out.as_str(), err.as_str()), (0, "Inga fel.\n", ""));
        server.asked().len()
    };
    assert_eq!(
        ["2026-11-23", "2026-11-23", "2026-11-29", "2026-11-30"].map(check),
        [2, 2, 2, 4]
    );
}

#[test]
fn what_is_wrong_is_said_at_the_author_s_line_in_both_languages_and_asked_again() {
    let server = Server::start(&[
        ("/b", &[status(301, "location: /c\r\n")]),
        ("/c", &[here()]),
        ("/d", &[status(403, "")]),
    ]);
    let site = site(&["/a", "/b", "/d"].map(|path| format!("{}{path}", server.address)));
    for (language, said) in [
        (
            "sv",
            [
                "`HERE/a` finns inte längre (status 404)",
                "skriv den nya adressen: `HERE/c`",
                "servern släpper inte in program",
            ],
        ),
        (
            "en",
            [
                "`HERE/a` is no longer there (status 404)",
                "write the new address: `HERE/c`",
                "the server refuses machines",
            ],
        ),
    ] {
        let (code, _, err) = links(site.path(), &["--lang", language]);
        let err = err.replace(&server.address, "HERE");
        let lines: Vec<&str> = err.lines().collect();
        assert_eq!((code, lines.len()), (1, 3), "{err}");
        let starts = [
            "4:8: error[link/gone]",
            "5:8: warning[link/moved]",
            "6:8: warning[link/closed]",
        ];
        for ((line, start), said) in lines.iter().zip(starts).zip(said) {
            assert!(
                line.starts_with(&format!("content/index.md:{start}")) && line.contains(said),
                "{err}"
            );
        }
    }
    let times = |path: &str| server.asked().iter().filter(|asked| asked.ends_with(path)).count();
    // What is refused to machines is remembered; the rest is asked each time.
    assert_eq!((times("/a"), times("/b"), times("/d")), (4, 2, 2));
}

#[test]
fn programs_read_the_same_findings() {
    let server = Server::start(&[]);
    let site = site(&[format!("{}/a", server.address)]);
    for (format, part) in [
        ("json", "\"link/gone\""),
        ("github", "::error"),
        ("sarif", "\"ruleId\": \"link/gone\""),
    ] {
        let (code, out, err) = run(site.path(), &["check", "--links", "--local", "--format", format]);
        assert_eq!((code, err.as_str()), (1, ""), "{format}");
        assert!(out.contains(part), "{format}: {out}");
    }
}

#[test]
fn a_machine_without_a_network_says_so_once() {
    // Ports on which nothing listens.
    let site = site(&[1, 2, 3].map(|port| format!("http://127.0.0.1:{port}/a")));
    for (language, said) in [
        ("sv", "ingen av 3 adresser gick att nå"),
        ("en", "none of 3 addresses could be reached"),
    ] {
        let (code, _, err) = links(site.path(), &["--lang", language]);
        assert_eq!((code, err.lines().count()), (0, 1), "{err}");
        assert!(err.contains("[link/offline]") && err.contains(said), "{err}");
    }
}

#[test]
fn one_host_that_is_silent_is_not_the_network() {
    let site = site(&["http://127.0.0.1:1/a".to_owned()]);
    let (code, _, err) = links(site.path(), &["--lang", "sv"]);
    assert!(
        code == 0 && err.contains("warning[link/unsure]") && err.contains("tar inte emot anslutningar"),
        "{err}"
    );
}

#[test]
fn private_addresses_are_told_of_and_not_asked() {
    let server = Server::start(&[("/a", &[here()])]);
    let site = site(&[format!("{}/a", server.address)]);
    let (code, _, err) = run(site.path(), &["check", "--links", "--format", "short", "--lang", "en"]);
    assert!(code == 0 && err.contains("warning[link/private]"), "{err}");
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[test]
fn nothing_but_the_check_of_links_asks() {
    let server = Server::start(&[("/a", &[here()])]);
    let site = site(&[format!("{}/a", server.address)]);
    for arguments in [&["build"][..], &["check"], &["check", "--release"], &["diff", ".", "."]] {
        run(site.path(), arguments);
    }
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[test]
fn links_of_a_site_with_errors_are_checked_all_the_same() {
    let server = Server::start(&[]);
    let site = site(&[format!("{}/a", server.address)]);
    fs::write(site.path().join("data/site.yaml"), "title: Prov\nhome: \"81\"\n").expect("a broken site");
    let (code, _, err) = links(site.path(), &["--lang", "en"]);
    assert!(
        code == 1 && err.contains("unknown/place") && err.contains("link/gone"),
        "{err}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_to_loses_no_finding() {
    let server = Server::start(&[("/a", &[here()])]);
    let site = site(&[format!("{}/a", server.address), format!("{}/b", server.address)]);
    fs::write(site.path().join(".output.utsikt"), "").expect("a file in the way");
    let (code, _, err) = links(site.path(), &["--lang", "en"]);
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("link/gone") && err.contains("could not be remembered"),
        "{err}"
    );
}

#[test]
fn local_alone_means_nothing() {
    let site = site(&[]);
    let (code, _, err) = run(site.path(), &["check", "--local"]);
    assert!(code == 2 && err.contains("--links"), "{err}");
}
