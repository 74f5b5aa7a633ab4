//! One build at a time for each output folder.
//!
//! The lock is the operating system's, on a file in the work folder: it ends with the process that holds it, however
//! that ends, so that there is never a stale one to delete. The file has the number of the process in it.

#![expect(clippy::disallowed_methods, reason = "opens the lock file")]

use super::output_folder::OutputFolder;
use crate::finding::{OrFail, Result, message};
use rustix::fs::{Mode, OFlags};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

/// Time between two attempts.
const PAUSE: Duration = Duration::from_millis(25);
/// Number of attempts: ten seconds' worth.
const ATTEMPTS: usize = 400;

/// The right to write to an output folder, while it lives.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of this output folder, whose work folder exists; waits up to ten seconds while another build holds it.
    ///
    /// # Errors
    /// When the other build is not done by then, or the disk knows no locks.
    pub(super) fn take(output: &OutputFolder) -> Result<Self> {
        Self::within(ATTEMPTS, output)
    }

    fn within(attempts: usize, output: &OutputFolder) -> Result<Self> {
        let path = output.work_path("lock");
        for attempt in 0..attempts {
            if attempt > 0 {
                std::thread::sleep(PAUSE);
            }
            if let Some(file) = try_lock_file(&path).or_fail(|| message::cannot_lock(path.display()))? {
                return Ok(Self { _file: file });
            }
        }
        let mut holder = String::new();
        let read = open(&path).and_then(|file| file.take(32).read_to_string(&mut holder));
        let holder = read.ok().and_then(|_| holder.trim().parse::<u32>().ok());
        let folder = output.path.display();
        Err(match holder {
            Some(process) => message::build_is_writing_as(process, folder),
            None => message::build_is_writing(folder),
        }
        .into())
    }
}

/// The lock file, when nobody else holds it.
fn try_lock_file(path: &Path) -> io::Result<Option<File>> {
    let mut file = open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Somebody may have deleted the work folder since: then this is the lock of nothing.
    if !fs::symlink_metadata(path).is_ok_and(|named| file.metadata().is_ok_and(|locked| locked.ino() == named.ino())) {
        return Ok(None);
    }
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())?;
    Ok(Some(file))
}

/// Opens the lock file; a link in its place is not followed, since what it leads to would be overwritten.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::from_raw_mode(0o666))?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_build_is_told_who_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::find(&folder.path().join("output")).unwrap();
        output.open().unwrap();
        let first = Lock::take(&output).unwrap();
        let refusal = Lock::within(2, &output)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(
            refusal.contains(&format!("(process {})", std::process::id())),
            "{refusal}"
        );
        drop(first);
        assert!(Lock::within(1, &output).is_ok());
    }

    #[test]
    fn a_link_in_place_of_the_lock_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let output = OutputFolder::find(&folder.path().join("output")).unwrap();
        output.open().unwrap();
        let precious = folder.path().join("precious");
        fs::write(&precious, "as it was").unwrap();
        std::os::unix::fs::symlink(&precious, output.work_path("lock")).unwrap();
        assert!(Lock::take(&output).is_err());
        assert_eq!(fs::read_to_string(&precious).unwrap(), "as it was");
    }
}
