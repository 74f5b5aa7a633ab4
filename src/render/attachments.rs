//! Attachments: the files of the content folder that are published beside the pages.
//!
//! Takes the finished pages and the content folder; gives the files that pages refer to, those that such a file refers to in
//! its turn, and those that the site's settings name. What is left stays where it is, so that nothing is published by mistake.

use crate::archive::local_references;
use crate::model::Site;
use crate::page::Output;
use crate::page::report::ContentFiles;
use crate::source::{Snapshot, SourceFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The folder that pages and their attachments lie in.
const CONTENT: &str = "content/";

/// Ending of a page's file, in small letters as it must be written, and with what else it may be mistaken for.
const PAGE_ENDING: &str = ".md";
const OTHER_PAGE_ENDINGS: [&str; 6] = [".md", ".markdown", ".mdown", ".mkd", ".mdx", ".mdwn"];

/// Files of the content folder that may be attachments, by their address in the site.
#[derive(Debug)]
pub struct Attachments<'a>(BTreeMap<&'a str, &'a SourceFile>);

impl<'a> Attachments<'a> {
    /// Every file of the content folder that is neither a page nor named like one.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot) -> Self {
        let files = snapshot
            .list(CONTENT, "")
            .filter(|file| !is_named_like_page(&file.path));
        Self(files.map(|file| (&file.path[CONTENT.len()..], file)).collect())
    }

    /// What is in each, by its address, which a page may refer to.
    #[must_use]
    pub(crate) fn contents(&self) -> ContentFiles<'a> {
        self.0.iter().map(|(route, file)| (*route, &*file.bytes)).collect()
    }

    /// All of them as files of the site, for a preview that shows a page before it is known what others refer to.
    #[must_use]
    pub fn all(&self) -> Vec<Output> {
        self.0.iter().map(|(route, file)| output(route, file)).collect()
    }

    /// Those that `outputs` refer to or the settings name; and the rest, which nothing does.
    #[must_use]
    pub fn published(&self, outputs: &[Output], site: &Site) -> (Vec<Output>, Vec<&'a SourceFile>) {
        let is_named = |route: &&str| site.settings.files.iter().any(|(folder, _)| lies_in(route, folder));
        let mut routes: BTreeSet<&str> = self.0.keys().copied().filter(is_named).collect();
        if self.0.len() > routes.len() {
            let of_page = |page: &Output| self.among(&local_references(&page.route, &page.bytes));
            let named: Vec<Vec<&str>> = outputs.par_iter().map(of_page).collect();
            routes.extend(named.into_iter().flatten());
        }
        let mut waiting: Vec<&str> = routes.iter().copied().collect();
        while let Some(route) = waiting.pop() {
            let references = local_references(route, &self.0[route].bytes);
            waiting.extend(self.among(&references).into_iter().filter(|other| routes.insert(other)));
        }
        let published = routes.iter().map(|route| output(route, self.0[route])).collect();
        let rest = self.0.iter().filter(|(route, _)| !routes.contains(**route));
        (published, rest.map(|(_, file)| *file).collect())
    }

    /// Those of the routes that are attachments; a folder stands for its `index.html`.
    fn among(&self, routes: &BTreeSet<String>) -> Vec<&'a str> {
        let route = |route: &String| {
            let path = match route.as_str() {
                folder if folder.is_empty() || folder.ends_with('/') => format!("{folder}index.html"),
                path => path.to_owned(),
            };
            self.0.get_key_value(path.as_str()).map(|(route, _)| *route)
        };
        routes.iter().filter_map(route).collect()
    }
}

fn output(route: &str, file: &SourceFile) -> Output {
    Output {
        route: route.to_owned(),
        bytes: file.bytes.clone(),
    }
}

/// True for a file that is this one, or lies below a folder of this name.
#[must_use]
pub fn lies_in(route: &str, named: &str) -> bool {
    route
        .strip_prefix(named.trim_end_matches('/'))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// True for `x.md`, and for `x.MD` and `x.markdown`, which somebody meant as a page.
fn is_named_like_page(path: &str) -> bool {
    page_stem(path).is_some()
}

/// The path without the ending by which somebody means it as a page; `None`: it is no page.
fn page_stem(path: &str) -> Option<&str> {
    let start = path.rfind('.')?;
    let ending = path[start..].to_lowercase();
    OTHER_PAGE_ENDINGS.contains(&ending.as_str()).then_some(&path[..start])
}

/// The path that a file meant as a page should have; `None`: it has it, or is no page.
#[must_use]
pub fn page_path(path: &str) -> Option<String> {
    let stem = page_stem(path)?;
    (!path.ends_with(PAGE_ENDING)).then(|| format!("{stem}{PAGE_ENDING}"))
}

#[cfg(test)]
mod tests {
    use super::{lies_in, page_path};

    #[test]
    fn pages_have_one_ending() {
        assert_eq!(page_path("content/om.MD").as_deref(), Some("content/om.md"));
        assert_eq!(page_path("content/om.markdown").as_deref(), Some("content/om.md"));
        assert_eq!(page_path("content/om.md"), None);
        assert_eq!(page_path("content/om.docx"), None);
    }

    #[test]
    fn only_whole_names_of_folders_count() {
        assert!(lies_in("filer/a.pdf", "filer") && lies_in("filer/a.pdf", "filer/") && lies_in("CNAME", "CNAME"));
        assert!(!lies_in("filerna/a.pdf", "filer"));
    }
}
