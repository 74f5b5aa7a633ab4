//! Paths as an author writes them, relative to the page's own file, as paths of the content folder.

use crate::render::markdown::writer::NarrativeWriter;

impl NarrativeWriter<'_> {
    /// A path relative to this page's file, as a path of the content folder.
    pub(super) fn path_from_here(&self, target: &str) -> String {
        let folder = self
            .file
            .strip_prefix("content/")
            .and_then(|path| path.rsplit_once('/'))
            .map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = if target.starts_with('/') {
            Vec::new()
        } else {
            folder.split('/').filter(|part| !part.is_empty()).collect()
        };
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    /// Position of the language and id of the page that a Markdown file makes: a further language has a folder.
    pub(super) fn page_id(&self, path: &str) -> (usize, String) {
        let locales = self.page.report.locales;
        let in_further_language = path.split_once('/').and_then(|(first, rest)| {
            let language = locales.iter().skip(1).find(|locale| locale.code == first)?;
            Some((language.number, rest.to_owned()))
        });
        in_further_language.unwrap_or_else(|| (0, path.to_owned()))
    }
}
