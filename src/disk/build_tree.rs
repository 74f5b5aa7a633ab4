//! The outputs of a build as a tree of files: checked, sorted by route, each with its hash.
//!
//! Takes outputs; gives a tree in which every route stays within the output folder, none stands twice, and none is both a file
//! and a folder. Touches no disk.

use super::manifest::{self, Manifest};
use crate::finding::{Failure, Result, message};
use crate::page::Output;
use blake3::Hash;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// An output with its hash.
pub(super) struct BuildFile<'a> {
    /// Path within the output folder.
    pub(super) route: &'a str,
    /// Contents.
    pub(super) bytes: &'a [u8],
    /// Hash of the contents.
    pub(super) hash: Hash,
}

/// All outputs of a build, by route.
pub(super) struct BuildTree<'a> {
    /// The files, by route.
    pub(super) files: Vec<BuildFile<'a>>,
    /// The folders they stand in.
    pub(super) folders: BTreeSet<&'a str>,
}

impl<'a> BuildTree<'a> {
    /// The outputs as a tree.
    ///
    /// # Errors
    /// A route that leads out of the folder or that no file can have; one route twice; a file where a folder is needed.
    pub(super) fn new(outputs: &'a [Output]) -> Result<Self> {
        let mut files: Vec<BuildFile<'_>> = outputs.par_iter().map(BuildFile::of).collect::<Result<_>>()?;
        files.par_sort_unstable_by_key(|file| file.route);
        if let Some(pair) = files.windows(2).find(|pair| pair[0].route == pair[1].route) {
            return Err(message::two_outputs(pair[0].route).into());
        }
        let folders = files.iter().flat_map(|file| folders_of(file.route)).collect();
        let build = Self { files, folders };
        if let Some(route) = build.folders.iter().find(|folder| build.has(folder)) {
            return Err(message::output_has_folder_route(route).into());
        }
        Ok(build)
    }

    /// Whether a file has this route.
    pub(super) fn has(&self, route: &str) -> bool {
        self.files.binary_search_by_key(&route, |file| file.route).is_ok()
    }

    /// Whether a file has this path.
    pub(super) fn has_path(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|route| self.has(route))
    }

    /// The list that travels with the folder.
    pub(super) fn manifest(&self) -> Manifest {
        Manifest::new(self.files.iter().map(|file| (file.route.to_owned(), file.hash)))
    }
}

impl<'a> BuildFile<'a> {
    fn of(output: &'a Output) -> Result<Self> {
        let route = output.route.as_str();
        if let Some(reason) = manifest::fault(route) {
            return Err(Failure::from(message::route_impossible(format!("{route:?}"))).because(Failure::from(reason)));
        }
        Ok(BuildFile {
            route,
            bytes: &output.bytes,
            hash: blake3::hash(&output.bytes),
        })
    }
}

/// The folders a route stands in, innermost first.
pub(super) fn folders_of(route: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(route.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(routes: &[&str]) -> Option<String> {
        let outputs: Vec<Output> = routes
            .iter()
            .map(|route| Output {
                route: (*route).to_owned(),
                bytes: Vec::new().into(),
            })
            .collect();
        BuildTree::new(&outputs).err().map(|error| error.to_string())
    }

    #[test]
    fn ordinary_routes_are_taken() {
        assert_eq!(
            refusal(&["index.html", "om/index.html", "om.html", ".nojekyll", "a/åäö/b c.csv"]),
            None
        );
    }

    #[test]
    fn routes_stay_within_the_folder() {
        for route in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "a\0b",
            "a\nb",
            ".utsikt-manifest",
        ] {
            assert!(refusal(&[route]).is_some(), "{route:?}");
        }
    }

    #[test]
    fn a_route_stands_once() {
        assert_eq!(
            refusal(&["b", "a", "b"]).as_deref(),
            Some("two outputs have the route `b`")
        );
    }

    #[test]
    fn a_file_is_no_folder() {
        assert!(refusal(&["a/b/c", "a/b", "a-b"]).is_some());
    }
}
