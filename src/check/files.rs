//! Files that nothing uses: what no page refers to and no reader opens is published by nobody and believed by somebody.
//!
//! Takes what is left when all pages are made: attachments that nothing refers to, files of data that were never opened, files
//! of themes that change nothing. Adds findings with the place where each file was meant to lie.

use super::place::{self, KNOWN_FOLDERS};
use crate::finding::{Code, Finding, Log, Message, Severity, message};
use crate::model::Site;
use crate::page::BuildOptions;
use crate::read;
use crate::render::{lies_in, page_path};
use crate::source::{FilePath, Origin, Snapshot, SourceFile};
use crate::theme::{Theme, UnusedFile};
use std::collections::BTreeMap;

/// Reports every file that nothing uses; `unlinked` are the attachments to which nothing refers.
pub fn files(site: &Site, snapshot: &Snapshot, unlinked: &[&SourceFile], theme: &Theme, log: &Log) {
    named_files(site, snapshot, log);
    for file in unlinked {
        content_file(site, &file.path, log);
    }
    for file in snapshot.list("content/", "") {
        if let Some(near) = page_path(&file.path)
            && !is_named(site, &file.path)
        {
            let finding = Finding::new(Code::FileUnlinked, Origin::file(&file.path)).with("path", &file.path);
            log.add(
                finding
                    .with_message("reason", message::unlinked_page())
                    .with("near", near),
            );
        }
    }
    report_unread(unread_data(snapshot, log), log);
    for path in &snapshot.beside {
        if let Some(near) = place::beside(path) {
            let finding = Finding::new(Code::FileUnread, Origin::file(path)).with("path", path);
            log.add(
                finding
                    .with_message("reason", message::unread_outside())
                    .with("near", near),
            );
        }
    }
    report_unread(unused_in_theme(snapshot, theme), log);
    theme.report_unused_words(log);
}

/// Reports entries of `files` that name nothing, or everything.
fn named_files(site: &Site, snapshot: &Snapshot, log: &Log) {
    for (name, origin) in &site.settings.files {
        let is_outside = name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..");
        let within = name.trim_matches('/').trim_start_matches("./");
        if is_outside || matches!(within, "" | ".") {
            log.add(Finding::new(Code::FileNamed, origin.clone()).with("path", name));
            continue;
        }
        let routes = || snapshot.list("content/", "").map(|file| &file.path["content/".len()..]);
        if routes().any(|route| lies_in(route, name)) {
            continue;
        }
        let folders: Vec<&str> = routes()
            .flat_map(|route| route.match_indices('/').map(|(at, _)| &route[..at]))
            .collect();
        let stripped = within.strip_prefix("content/").filter(|inner| folders.contains(inner));
        let near = stripped.or_else(|| crate::finding::nearest(within, folders.iter().copied()));
        let finding = Finding::new(Code::FileNamed, origin.clone()).with("path", name);
        log.add(match near {
            Some(near) => finding.with("near", near),
            None => finding,
        });
    }
}

/// Whether the settings publish this file of the content folder.
fn is_named(site: &Site, path: &str) -> bool {
    let route = path.strip_prefix("content/").unwrap_or(path);
    site.settings.files.iter().any(|(named, _)| lies_in(route, named))
}

/// Reports a file of the content folder to which nothing refers, unless a link that is nearly one to it is reported already.
fn content_file(site: &Site, path: &FilePath, log: &Log) {
    let route = path.strip_prefix("content/").unwrap_or(path);
    let origin = Origin::file(path);
    let is_meant = |finding: &Finding| {
        finding.argument("near").is_some_and(|near| near == route)
            || finding.origin.as_ref().is_some_and(|other| other.file == *path)
    };
    if log.any_since(0, is_meant) {
        return;
    }
    let name = route.rsplit('/').next().unwrap_or(route);
    let escaped = name.replace(' ', "%20");
    let names = |text: &str| text.contains(name) || text.contains(&escaped);
    let mut drafts = site.pages.iter().filter(|page| page.draft);
    if let Some(draft) = drafts.find(|page| names(page.prose.narrative())) {
        let finding = Finding::new(Code::FileOfDraft, origin).with("path", path);
        log.add(finding.with("draft", &draft.prose.file));
        return;
    }
    let finding = Finding::new(Code::FileUnlinked, origin).with("path", path);
    let is_named_by = site.pages.iter().find(|page| names(page.prose.narrative()));
    log.add(finding.with_message(
        "reason",
        match is_named_by {
            Some(page) => message::unlinked_named(&page.prose.file, name),
            None => message::unlinked(),
        },
    ));
}

/// A file that nothing reads: why, and where it was meant to lie.
struct Unread {
    path: FilePath,
    reason: Message,
    near: Option<String>,
}

/// Files of the data folder that no reader has opened.
fn unread_data(snapshot: &Snapshot, log: &Log) -> Vec<Unread> {
    let answers = read::answers_folder(snapshot);
    let editions = read::edition_folders(snapshot);
    let is_elsewhere = |path: &str| {
        lies_in(path, &answers)
            || editions
                .iter()
                .any(|(_, folder)| lies_in(path, folder.trim_start_matches("./")))
    };
    let unopened = snapshot.unopened("data/");
    let files = unopened
        .iter()
        .filter(|file| !is_elsewhere(&file.path) && !place::is_beside_data(&file.path));
    let mut unread: Vec<Unread> = files
        .filter(|file| !is_explained(&file.path["data/".len()..], snapshot, log))
        .map(|file| unread_file(&file.path))
        .collect();
    unread.extend(unread_answers(snapshot));
    unread
}

/// Whether another fault is why a file of the data is not opened: one in the file that names it, or that is called like it.
fn is_explained(path: &str, snapshot: &Snapshot, log: &Log) -> bool {
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split('.').next().unwrap_or(name).to_owned()
    };
    let is_cause = |finding: &Finding| {
        let file = finding.origin.as_ref().map(|origin| &origin.file);
        finding.severity == Severity::Error
            && file.is_some_and(|file| file.starts_with("data/") && stem(file) == stem(path))
            || finding.argument("near") == Some(path)
    };
    let mut files = snapshot.list("data/", ".yaml");
    files.any(|file| file.text().is_ok_and(|text| text.contains(path))) || log.any_since(0, is_cause)
}

fn unread_file(path: &FilePath) -> Unread {
    let within = &path["data/".len()..];
    let near = place::in_data(within).map(|near| format!("data/{near}"));
    let ending = within.rsplit_once('.').map_or("", |(_, ending)| ending);
    let folder = within.rsplit_once('/').map_or("", |(folder, _)| folder);
    let reason = match (folder, ending) {
        _ if near.is_some() => message::unread_place(),
        ("series", "csv") => message::unread_series(within),
        (_, "geojson" | "json" | "topojson") => message::unread_boundaries(within),
        _ => message::unread_data(KNOWN_FOLDERS.join(", ")),
    };
    Unread {
        path: path.clone(),
        reason,
        near,
    }
}

/// Files in the folder of a consultation's answers that are nearly named like one that is read.
fn unread_answers(snapshot: &Snapshot) -> Vec<Unread> {
    let files = snapshot.unopened("answers/").into_iter();
    files
        .filter_map(|file| {
            let near = place::in_answers(&file.path)?;
            Some(Unread {
                path: file.path.clone(),
                reason: message::unread_place(),
                near: Some(near),
            })
        })
        .collect()
}

/// Files of themes that change nothing: of a theme that is not used the first alone.
fn unused_in_theme(snapshot: &Snapshot, theme: &Theme) -> Vec<Unread> {
    let unused = theme.unused_files(snapshot).into_iter();
    unused
        .map(|UnusedFile { path, reason, near }| Unread { path, reason, near })
        .collect()
}

/// Reports files that nothing reads: of those that lie side by side for one reason the first, with the number of the rest.
fn report_unread(files: Vec<Unread>, log: &Log) {
    let mut by_folder: BTreeMap<(String, Message), Vec<Unread>> = BTreeMap::new();
    for file in files {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let reason = file.reason.clone();
        by_folder.entry((folder, reason)).or_default().push(file);
    }
    for unread in by_folder.into_values() {
        let count = unread.len() - 1;
        for file in unread.into_iter().take(1) {
            let origin = Origin::file(&file.path);
            let finding = Finding::new(Code::FileUnread, origin).with("path", &file.path);
            let finding = finding.with_message("reason", file.reason);
            let finding = match file.near {
                Some(near) => finding.with("near", near),
                None => finding,
            };
            log.add(if count > 0 {
                finding.with("count", count)
            } else {
                finding
            });
        }
    }
}

/// Reports names of pages that make bad addresses, and folders that are taken for a language but are none.
pub(super) fn pages(site: &Site, log: &Log) {
    let languages = &site.settings.languages;
    for page in &site.pages {
        let path = page.prose.file.strip_prefix("content/").unwrap_or(&page.prose.file);
        let origin = Origin::file(&page.prose.file);
        if let Some(near) = place::page_name(path) {
            let finding = Finding::new(Code::PageName, origin.clone()).with("name", path);
            log.add(if near.is_empty() {
                finding
            } else {
                finding.with("near", near)
            });
        }
        let Some((folder, _)) = path.split_once('/') else {
            continue;
        };
        let reason = match languages.iter().position(|language| language == folder) {
            Some(0) => message::language_first(folder),
            None if place::is_language(folder) => message::language_absent(folder),
            _ => continue,
        };
        let finding = Finding::new(Code::PageLanguage, origin).with("value", folder);
        log.add(finding.with_message("reason", reason));
    }
}

/// Reports drafts that the navigation or the foot of pages names, where they are left out.
pub(super) fn drafts(site: &Site, options: &BuildOptions, log: &Log) {
    if options.drafts {
        return;
    }
    let language = site.settings.languages.first().map_or("", String::as_str);
    for (id, origin) in site.settings.navigation.iter().chain(&site.settings.footer) {
        if site.page(language, id).is_some_and(|page| page.draft) {
            log.add(Finding::new(Code::LinkDraft, origin.clone()).with("target", id));
        }
    }
}
