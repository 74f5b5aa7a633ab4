//! Assets that stand in a page itself, so that the page is whole as one file, also when it is opened from disk.
//!
//! Takes assets; gives functions of templates: `inlined("css/room.css")` is the text of an asset, and `digest("css/room.css")`
//! what a content security policy calls it by (CSP Level 3, hash sources), which is computed of the same bytes.

use super::assets::Asset;
use super::problem::{NO_ASSET, NOT_INLINE};
use crate::archive::FileDigest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What would end the element that an asset stands in, or hide its end; in lower case.
const ENDS: [&str; 3] = ["</script", "</style", "<!--"];

/// Contents of a theme's assets by path.
#[derive(Clone)]
pub(super) struct InlineAssets(Arc<BTreeMap<String, Arc<[u8]>>>);

impl InlineAssets {
    pub(super) fn new(assets: &[Asset]) -> Self {
        let by_path = assets.iter().map(|asset| (asset.path.clone(), asset.bytes.clone()));
        Self(Arc::new(by_path.collect()))
    }

    /// Function `inlined`: the text of an asset, with the line ends that a browser makes of all, and computes digests of.
    ///
    /// # Errors
    /// Why it cannot stand in a page.
    pub(super) fn text(&self, path: &str) -> Result<String, String> {
        let bytes = self.0.get(path).ok_or_else(|| format!("{NO_ASSET} `{path}`"))?;
        let text = std::str::from_utf8(bytes).unwrap_or(ENDS[0]);
        let lower = text.to_ascii_lowercase();
        if ENDS.iter().any(|end| lower.contains(end)) {
            return Err(format!("{NOT_INLINE} `{path}`"));
        }
        Ok(text.replace("\r\n", "\n"))
    }

    /// Function `digest`: `sha256-…`.
    ///
    /// # Errors
    /// Those of [`Self::text`].
    pub(super) fn digest(&self, path: &str) -> Result<String, String> {
        let text = self.text(path)?;
        Ok(format!(
            "sha256-{}",
            base64(&FileDigest::of_bytes(text.as_bytes()).sha256)
        ))
    }
}

/// Hexadecimal digits as Base64 (RFC 4648).
fn base64(digits: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = digits
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .flat_map(|digit| (0..4).rev().map(move |at| u8::from(digit >> at & 1 == 1)))
        .collect();
    let letter = |six: &[u8]| {
        let padded = six.iter().chain([0; 6].iter()).take(6);
        char::from(LETTERS[padded.fold(0, |number: usize, bit| number * 2 + usize::from(*bit))])
    };
    let mut text: String = bits.chunks(6).map(letter).collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(text: &str) -> InlineAssets {
        let bytes: Arc<[u8]> = text.as_bytes().into();
        InlineAssets(Arc::new(BTreeMap::from([("a.js".to_owned(), bytes)])))
    }

    #[test]
    fn a_digest_is_as_a_policy_writes_it() {
        // The example of the specification, CSP Level 3, 8.3.
        let digest = inline("alert('Hello, world.');").digest("a.js");
        assert_eq!(digest.unwrap(), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn an_asset_that_would_end_its_element_is_refused() {
        for text in ["'</SCRIPT>'", "'<!--'", "a { content: '</style>' }"] {
            assert!(inline(text).text("a.js").is_err(), "{text}");
        }
        assert!(inline("1 < 2").text("b.js").is_err());
    }
}
