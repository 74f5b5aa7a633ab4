//! SHA-256 and length of files: the one place that computes them for bags.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// The measure by which a bag knows a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDigest {
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Length in bytes.
    pub size: u64,
}

impl FileDigest {
    /// The digest of these contents.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self {
            sha256: hex(&Sha256::digest(bytes)),
            size: bytes.len() as u64,
        }
    }

    /// The digest of everything that can be read, a part at a time.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Self> {
        let (mut hasher, mut size, mut part) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            match reader.read(&mut part) {
                Ok(0) => {
                    return Ok(Self {
                        sha256: hex(&hasher.finalize()),
                        size,
                    });
                }
                Ok(length) => {
                    hasher.update(&part[..length]);
                    size += length as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::FileDigest;

    #[test]
    fn the_standards_own_example_comes_out() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(
            FileDigest::of_bytes(b"abc"),
            FileDigest {
                sha256: expected.to_owned(),
                size: 3
            }
        );
        assert_eq!(
            FileDigest::of_reader(&b"abc"[..]).unwrap(),
            FileDigest::of_bytes(b"abc")
        );
    }
}
