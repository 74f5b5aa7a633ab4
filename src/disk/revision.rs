//! A site as it was in a revision of its git repository → a snapshot. Nothing is checked out and nothing is fetched.
//!
//! Asks `git` for names and contents only (`ls-tree`, `cat-file`), with every filter and hook left out and no link followed,
//! so that looking at an old revision runs nothing that stands in it. Gives the same snapshot as [`gather`](super::gather)
//! would of a checkout.

#![expect(clippy::disallowed_methods, reason = "the one place that asks git")]

use super::gather::{FOLDERS, LIMIT, is_left_over};
use super::output_folder::is_site;
use crate::finding::{OrFail, Result, message};
use crate::source::{Snapshot, UnreadableReason};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteVersion {
    /// The folder of a site, as it is now.
    Folder(PathBuf),
    /// A commit, by its full hash.
    Commit(String),
}

/// The version of a site that a name stands for: the folder of a site, else a revision in the repository of `site`.
///
/// # Errors
/// When it is neither, or git cannot be run.
pub fn site_version(site: &Path, name: &str) -> Result<SiteVersion> {
    if is_site(Path::new(name)) {
        return Ok(SiteVersion::Folder(name.into()));
    }
    match commit(site, name)? {
        Some(commit) => Ok(SiteVersion::Commit(commit)),
        None => Err(message::neither_folder_nor_revision(name, site.display()).into()),
    }
}

/// The commit of this name, by its full hash; `None` when there is none, or no repository.
fn commit(site: &Path, name: &str) -> Result<Option<String>> {
    let commit = format!("{name}^{{commit}}");
    let hash = git(site, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    Ok(hash.map(|hash| String::from_utf8_lossy(&hash).trim().to_owned()))
}

/// The commit that is checked out in a site's folder and whether its files are as committed; `None` without a repository.
#[must_use]
pub fn current_commit(site: &Path) -> Option<(String, bool)> {
    let commit = commit(site, "HEAD").ok()??;
    let changed = git(site, &["status", "--porcelain", "--", "content", "data", "themes"])
        .ok()
        .flatten()?;
    Some((commit, changed.is_empty()))
}

/// The files of a site in a commit. `answers` finds the folder of the answers, as seen from the site, in the files read so far;
/// they are read too if they are in the commit.
///
/// # Errors
/// When the commit has no such folder, or git does not give what it has listed.
pub fn gather_revision(site: &Path, commit: &str, answers: impl Fn(&Snapshot) -> String) -> Result<Snapshot> {
    let prefix = git(site, &["rev-parse", "--show-prefix"])?.or_fail(message::git_without_place)?;
    let prefix = String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned();
    let Some(listed) = git(
        site,
        &["ls-tree", "-r", "-z", "--full-tree", &format!("{commit}:{prefix}")],
    )?
    else {
        return Err(message::revision_without_site(commit).into());
    };
    let entries: Vec<GitEntry> = listed.split(|byte| *byte == 0).filter_map(GitEntry::parse).collect();
    let mut snapshot = Snapshot::default();
    let is_in_site = |entry: &&GitEntry| {
        let first = entry.path.split('/').next();
        FOLDERS.iter().any(|folder| first == Some(folder))
    };
    let site_files = entries.iter().filter(is_in_site);
    add(
        &mut snapshot,
        site,
        site_files.map(|entry| (entry, entry.path.clone())).collect(),
    )?;
    let folder = answers(&snapshot);
    snapshot.answers = format!("{}/", folder.trim_start_matches("./").trim_end_matches('/'));
    let answer_files = entries.iter().filter_map(|entry| {
        let name = entry.path.strip_prefix(&snapshot.answers)?;
        Some((entry, format!("answers/{name}")))
    });
    let answer_files = answer_files.collect();
    add(&mut snapshot, site, answer_files)?;
    Ok(snapshot)
}

/// A file that git lists.
struct GitEntry {
    mode: String,
    hash: String,
    path: String,
}

impl GitEntry {
    /// A line of `git ls-tree`: `MODE TYPE HASH<tab>PATH`. `None` for what [`gather`](super::gather) would pass over.
    fn parse(line: &[u8]) -> Option<Self> {
        let (about, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, hash) = (about.next()?.to_owned(), about.nth(1)?.to_owned());
        let is_left_over = path.split('/').any(|part| is_left_over(Path::new(part)));
        (!is_left_over).then(|| Self {
            mode,
            hash,
            path: path.to_owned(),
        })
    }
}

/// Adds files to a snapshot under the paths given.
fn add(snapshot: &mut Snapshot, site: &Path, files: Vec<(&GitEntry, String)>) -> Result<()> {
    let hashes: Vec<&str> = files.iter().map(|(entry, _)| entry.hash.as_str()).collect();
    let contents = read_objects(site, &hashes)?;
    for ((entry, path), bytes) in files.into_iter().zip(contents) {
        // The modes of a link and of a submodule.
        match (entry.mode.as_str(), bytes) {
            ("120000", Ok(_)) => snapshot.add_unreadable(&path, UnreadableReason::LinkInRevision),
            ("160000", _) => snapshot.add_unreadable(&path, UnreadableReason::Repository),
            (_, Ok(bytes)) => snapshot.insert(&path, bytes),
            (_, Err(reason)) => snapshot.add_unreadable(&path, reason),
        }
    }
    Ok(())
}

/// The output of a git command; `None` when it fails.
fn git(site: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>> {
    let output = command(site)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .or_fail(message::git_not_run)?;
    Ok(output.status.success().then_some(output.stdout))
}

fn command(site: &Path) -> Command {
    let mut command = Command::new("git");
    // What is not here is not fetched, no file is changed, and nothing but the repository decides.
    command.arg("-C").arg(site).args([
        "--no-optional-locks",
        "--literal-pathspecs",
        "-c",
        "core.fsmonitor=false",
    ]);
    command
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_TERMINAL_PROMPT", "0");
    command
}

/// The contents of these objects, in their order; of one that is too large, why it is not read.
fn read_objects(site: &Path, hashes: &[&str]) -> Result<Vec<Result<Vec<u8>, UnreadableReason>>> {
    let mut child = command(site)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .or_fail(message::git_not_run)?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(message::git_without_pipe().into());
    };
    let request = hashes.iter().flat_map(|hash| [*hash, "\n"]).collect::<String>();
    let contents = std::thread::scope(|scope| {
        // From a thread of its own: git answers before it has read the whole request.
        let request = scope.spawn(move || stdin.write_all(request.as_bytes()));
        let mut answers = BufReader::new(stdout);
        let contents: Result<Vec<_>> = hashes.iter().map(|hash| read_object(&mut answers, hash)).collect();
        drop(answers);
        let is_sent = request.join().is_ok_and(|written| written.is_ok());
        if contents.is_ok() && !is_sent {
            return Err(message::git_not_listening().into());
        }
        contents
    });
    // However the reading ends, git must not outlive this process.
    let _ = child.kill();
    let _ = child.wait();
    contents
}

fn read_object(answers: &mut impl BufRead, hash: &str) -> Result<Result<Vec<u8>, UnreadableReason>> {
    let mut heading = String::new();
    answers.read_line(&mut heading).or_fail(message::git_not_answering)?;
    let Some(size) = heading
        .split_once(" blob ")
        .and_then(|(_, size)| size.trim().parse::<u64>().ok())
    else {
        // A commit of a repository within, or an object that is not here: no contents follow.
        if !heading.ends_with(" missing\n") {
            return Err(message::git_not_a_file(hash).into());
        }
        return Ok(Err(UnreadableReason::NotInRepository));
    };
    if size > LIMIT {
        std::io::copy(&mut answers.by_ref().take(size + 1), &mut std::io::sink())
            .or_fail(message::git_not_answering)?;
        return Ok(Err(UnreadableReason::TooLarge));
    }
    let mut bytes = vec![0; usize::try_from(size).unwrap_or_default() + 1];
    answers.read_exact(&mut bytes).or_fail(message::git_not_answering)?;
    bytes.pop();
    Ok(Ok(bytes))
}
