//! Puts a finished site in its place, in one step.
//!
//! The operating system exchanges two folders at once, so that at any moment the name leads to a whole site. Where it
//! cannot, the last site is set aside first; a build that is killed between the two steps is put right by the next.

#![expect(clippy::disallowed_methods, reason = "moves output folders")]

use super::manifest::Manifest;
use super::output_folder::{OutputFolder, draft};
use super::tree::discard;
use crate::finding::{OrFail, Result, message};
use rustix::io::Errno;
use std::fs;
use std::io;
use std::path::Path;

/// Puts `next` in place of the target. The last site is then in the work folder, until [`clear`].
///
/// # Errors
/// Errors of the file system; the target is then as it was.
pub(super) fn swap(output: &OutputFolder) -> Result<()> {
    let next = output.work_path("next");
    let done = if exists(&output.path) {
        match exchange(&next, &output.path) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => in_two_steps(output),
            done => done.map_err(Into::into),
        }
    } else {
        fs::rename(&next, &output.path)
    };
    done.or_fail(|| {
        let shown = output.path.display();
        if is_mounted(&output.path) {
            message::output_is_disk(shown)
        } else {
            message::cannot_place_site(shown)
        }
    })
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}

fn in_two_steps(output: &OutputFolder) -> io::Result<()> {
    let was = output.work_path("was");
    fs::rename(&output.path, &was)?;
    fs::rename(output.work_path("next"), &output.path).inspect_err(|_| {
        // The next build tries again.
        let _ = fs::rename(&was, &output.path);
    })
}

/// Puts right what a build that was killed has left: puts the last site back if it was set aside, and removes leftovers.
///
/// # Errors
/// Errors of the file system.
pub(super) fn recover(output: &OutputFolder) -> Result<()> {
    let was = output.work_path("was");
    if exists(&was) && !exists(&output.path) {
        moved(&was, &output.path)?;
    }
    clear(output)
}

/// Removes the site before this one, and what is left of a build that was killed.
///
/// # Errors
/// Errors of the file system.
pub(super) fn clear(output: &OutputFolder) -> Result<()> {
    let [next, was, old] = ["next", "was", "old"].map(|name| output.work_path(name));
    let drafts = ["stamps", "cache"].map(|name| draft(&output.work_path(name)));
    for path in [&next, &was, &old].into_iter().chain(&drafts) {
        if fs::symlink_metadata(path).is_ok_and(|found| !found.is_dir()) {
            fs::remove_file(path).or_fail(|| message::cannot_remove(path.display()))?;
        }
    }
    if exists(&old) {
        discard(&old, output)?;
    }
    for folder in [was, next] {
        if !exists(&folder) {
            continue;
        }
        // Without a list it was never a whole site: all of it is the build's.
        if Manifest::load(&folder).is_ok_and(|list| list.is_some()) {
            moved(&folder, &old)?;
            discard(&old, output)?;
        } else {
            purge(&folder)?;
        }
    }
    Ok(())
}

/// Removes a site that was never finished.
///
/// # Errors
/// Errors of the file system.
pub(super) fn purge(folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder).or_fail(|| message::cannot_remove_unfinished(folder.display()))
}

fn moved(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).or_fail(|| message::cannot_move(from.display(), to.display()))
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn is_mounted(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::symlink_metadata(path).map(|found| found.dev()).ok();
    disk(folder).is_some_and(|device| folder.parent().and_then(disk) != Some(device))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(folder: &Path) -> OutputFolder {
        let output = OutputFolder::find(&folder.join("output")).unwrap();
        output.open().unwrap();
        for path in [&output.path, &output.work_path("next")] {
            fs::create_dir(path).unwrap();
            fs::write(path.join("page"), path.as_os_str().as_encoded_bytes()).unwrap();
            let list = Manifest::new([("page".to_owned(), blake3::hash(b""))].into_iter());
            fs::write(path.join(super::super::manifest::NAME), list.to_text()).unwrap();
        }
        output
    }

    #[test]
    fn two_steps_do_what_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        in_two_steps(&output).unwrap();
        clear(&output).unwrap();
        assert!(fs::read_to_string(output.path.join("page")).unwrap().ends_with("next"));
        assert!(!exists(&output.work_path("was")) && !exists(&output.work_path("old")));
    }

    #[test]
    fn between_two_steps_the_last_site_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        fs::rename(&output.path, output.work_path("was")).unwrap();
        recover(&output).unwrap();
        assert!(
            fs::read_to_string(output.path.join("page"))
                .unwrap()
                .ends_with("output")
        );
        assert!(!exists(&output.work_path("next")));
    }
}
