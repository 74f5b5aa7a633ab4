//! Whether the data of a site was touched: sizes and times of its files, for a receiver that runs for weeks.

#![expect(clippy::disallowed_methods, reason = "looks at the site's files")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Inode, size and time of files by path; equal as long as nothing was touched.
pub type DataStamps = BTreeMap<PathBuf, (u64, u64, i64, i64)>;

/// The stamps of the files in `data`, but for answers, and of the invitation codes in the folder of answers.
#[must_use]
pub fn data_stamps(site: &Path, answers: &Path) -> DataStamps {
    let home = fs::canonicalize(answers).unwrap_or_else(|_| answers.to_owned());
    let is_data = |path: &Path| !fs::canonicalize(path).is_ok_and(|path| path == home);
    let data = WalkDir::new(site.join("data")).follow_links(true);
    let data = data
        .into_iter()
        .filter_entry(|entry| !entry.file_type().is_dir() || is_data(entry.path()));
    let codes = WalkDir::new(answers).min_depth(2).max_depth(2).follow_links(true);
    let codes = codes
        .into_iter()
        .filter_entry(|entry| entry.file_name() == "codes.csv" || entry.depth() < 2);
    let files = data
        .chain(codes)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let stamp = |entry: walkdir::DirEntry| {
        let metadata = entry.metadata().ok()?;
        let stamp = (metadata.ino(), metadata.len(), metadata.mtime(), metadata.mtime_nsec());
        Some((entry.into_path(), stamp))
    };
    files.filter_map(stamp).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_codes_count_and_answers_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let (site, answers) = (folder.path().join("site"), folder.path().join("site/data/answers"));
        fs::create_dir_all(answers.join("a")).unwrap();
        fs::write(site.join("data/site.yaml"), "title: A").unwrap();
        let stamps = || data_stamps(&site, &answers);
        let before = stamps();
        fs::write(answers.join("a/responses.jsonl"), "{}").unwrap();
        assert_eq!(stamps(), before);
        fs::write(answers.join("a/codes.csv"), "body,code").unwrap();
        let with_codes = stamps();
        assert!(with_codes != before);
        fs::write(site.join("data/site.yaml"), "title: AB").unwrap();
        assert!(stamps() != with_codes);
    }
}
