//! A finished site into place, in one step.
//!
//! The operating system exchanges two folders at once, so that at any moment the one name leads to a whole site. Where
//! it cannot, the last site is set aside first; a build that ends between the two steps is put right by the next.

#![expect(clippy::disallowed_methods, reason = "moves output folders")]

use super::ground::{Ground, draft};
use super::manifest::Manifest;
use super::tree::discard;
use crate::finding::{OrFail, Result, message};
use rustix::io::Errno;
use std::fs;
use std::io;
use std::path::Path;

/// Puts `next` in place of the target. The last site is then in the work folder, until [`clear`].
///
/// # Errors
/// What the disk refuses; the target is then as it was.
pub(super) fn swap(ground: &Ground) -> Result<()> {
    let next = ground.at("next");
    let done = if exists(&ground.target) {
        match exchange(&next, &ground.target) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => in_two_steps(ground),
            done => done.map_err(Into::into),
        }
    } else {
        fs::rename(&next, &ground.target)
    };
    done.or_fail(|| {
        let shown = ground.target.display();
        if is_mounted(&ground.target) {
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

fn in_two_steps(ground: &Ground) -> io::Result<()> {
    let was = ground.at("was");
    fs::rename(&ground.target, &was)?;
    fs::rename(ground.at("next"), &ground.target).inspect_err(|_| {
        // The next build tries again.
        let _ = fs::rename(&was, &ground.target);
    })
}

/// Puts right what a build left that was stopped: the last site back in place if it was set aside, leftovers away.
///
/// # Errors
/// What the disk refuses.
pub(super) fn recover(ground: &Ground) -> Result<()> {
    let was = ground.at("was");
    if exists(&was) && !exists(&ground.target) {
        moved(&was, &ground.target)?;
    }
    clear(ground)
}

/// Removes the site before this one, and what is left of a build that was stopped.
///
/// # Errors
/// What the disk refuses.
pub(super) fn clear(ground: &Ground) -> Result<()> {
    let [next, was, old] = ["next", "was", "old"].map(|name| ground.at(name));
    let drafts = ["stamps", "memo"].map(|name| draft(&ground.at(name)));
    for path in [&next, &was, &old].into_iter().chain(&drafts) {
        if fs::symlink_metadata(path).is_ok_and(|found| !found.is_dir()) {
            fs::remove_file(path).or_fail(|| message::cannot_remove(path.display()))?;
        }
    }
    if exists(&old) {
        discard(&old, ground)?;
    }
    for folder in [was, next] {
        if !exists(&folder) {
            continue;
        }
        // What has no list yet was never a whole site: all of it is ours.
        if Manifest::load(&folder).is_ok_and(|list| list.is_some()) {
            moved(&folder, &old)?;
            discard(&old, ground)?;
        } else {
            purge(&folder)?;
        }
    }
    Ok(())
}

/// Removes a site that was never finished.
///
/// # Errors
/// What the disk refuses.
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
    disk(folder).is_some_and(|own| folder.parent().and_then(disk) != Some(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(folder: &Path) -> Ground {
        let ground = Ground::find(&folder.join("output")).unwrap();
        ground.open().unwrap();
        for path in [&ground.target, &ground.at("next")] {
            fs::create_dir(path).unwrap();
            fs::write(path.join("page"), path.as_os_str().as_encoded_bytes()).unwrap();
            let list = Manifest::of([("page".to_owned(), blake3::hash(b""))].into_iter());
            fs::write(path.join(super::super::manifest::NAME), list.to_text()).unwrap();
        }
        ground
    }

    #[test]
    fn two_steps_do_what_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let ground = ground(folder.path());
        in_two_steps(&ground).unwrap();
        clear(&ground).unwrap();
        assert!(
            fs::read_to_string(ground.target.join("page"))
                .unwrap()
                .ends_with("next")
        );
        assert!(!exists(&ground.at("was")) && !exists(&ground.at("old")));
    }

    #[test]
    fn between_two_steps_the_last_site_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let ground = ground(folder.path());
        fs::rename(&ground.target, ground.at("was")).unwrap();
        recover(&ground).unwrap();
        assert!(
            fs::read_to_string(ground.target.join("page"))
                .unwrap()
                .ends_with("output")
        );
        assert!(!exists(&ground.at("next")));
    }
}
