//! Files → YAML documents, handed to a reader.
//!
//! Takes files of the snapshot and a reader of their contents; gives what the reader gives. The files of a folder are read
//! side by side, and their results and findings come in order of path. Encoding, syntax and ids are judged here, contents by
//! the reader.

use super::expressions::Expressions;
use super::ids::{id_fault, is_id};
use super::yaml::{self, Node};
use crate::finding::{Code, Finding, Log};
use crate::source::{FilePath, Origin, Snapshot, SourceFile};
use rayon::prelude::*;

/// Reads every YAML file of a folder; the reader is given the id in the file's name.
pub(super) fn each_document<T: Send>(
    snapshot: &Snapshot,
    folder: &str,
    (expressions, log): (Expressions<'_>, &Log),
    read: impl Fn(&Node<'_>, &str) -> Option<T> + Sync,
) -> Vec<T> {
    let files = snapshot.under(folder, ".yaml").collect();
    each_file(files, log, |file, file_log| {
        let id = file.path[folder.len()..].trim_end_matches(".yaml");
        if is_id(id) {
            return document(file, expressions, file_log, |node| read(node, id));
        }
        file_log.add(id_fault(Code::FileName, "name", id, Origin::file(&file.path)));
        None
    })
}

/// Reads files side by side. Each has a log of its own, so that findings come in order of the files.
pub(super) fn each_file<T: Send>(
    files: Vec<&SourceFile>,
    log: &Log,
    read: impl Fn(&SourceFile, &Log) -> Option<T> + Sync,
) -> Vec<T> {
    let results: Vec<(Option<T>, Vec<Finding>)> = files
        .into_par_iter()
        .map(|file| {
            let file_log = Log::default();
            (read(file, &file_log), file_log.into_inner())
        })
        .collect();
    results
        .into_iter()
        .filter_map(|(result, findings)| {
            log.append(findings);
            result
        })
        .collect()
}

/// Reads the document of a file that may be absent.
pub(super) fn document_at<T>(
    snapshot: &Snapshot,
    path: &str,
    expressions: Expressions<'_>,
    log: &Log,
    read: impl FnOnce(&Node<'_>) -> Option<T>,
) -> Option<T> {
    snapshot
        .find(path)
        .and_then(|file| document(file, expressions, log, read))
}

/// Reads a file's YAML document.
pub(super) fn document<T>(
    file: &SourceFile,
    expressions: Expressions<'_>,
    log: &Log,
    read: impl FnOnce(&Node<'_>) -> Option<T>,
) -> Option<T> {
    embedded(text_of(file, log)?, &Origin::file(&file.path), expressions, log, read)
}

/// Reads a YAML document that stands inside another text, such as a fenced block. `origin` is the block.
pub(crate) fn embedded<T>(
    text: &str,
    origin: &Origin,
    expressions: Expressions<'_>,
    log: &Log,
    read: impl FnOnce(&Node<'_>) -> Option<T>,
) -> Option<T> {
    let value = yaml::parse(text, origin, log)?;
    read(&Node::new(&value, origin.clone(), expressions, log))
}

/// A file's text without a byte-order mark, or a finding.
pub(super) fn text_of<'a>(file: &'a SourceFile, log: &Log) -> Option<&'a str> {
    utf8(&file.path, &file.bytes, log)
}

/// Bytes as text without a byte-order mark, or a finding.
pub(crate) fn utf8<'a>(path: &FilePath, bytes: &'a [u8], log: &Log) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let at = error.valid_up_to();
            log.add(Finding::new(Code::FileEncoding, Origin::span(path, at..at)));
            None
        }
    }
}
