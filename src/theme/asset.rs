//! Files that are published as they are: stylesheets, scripts, fonts, icons.

use std::sync::Arc;

/// A file of the theme that is copied to the site.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path below the theme's `assets/`.
    pub path: String,
    /// Address in the site. It holds a fingerprint of the contents (`assets/css/base.1a2b3c4d.css`): new contents have a new
    /// address, so that hosts may let browsers keep the file for ever.
    pub route: String,
    /// Contents.
    pub bytes: Arc<[u8]>,
}

impl Asset {
    pub(super) fn new(path: String, bytes: Arc<[u8]>) -> Self {
        let hash = blake3::hash(&bytes).to_hex();
        let route = match path.rsplit_once('.') {
            Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &hash[..8]),
            None => format!("assets/{path}.{}", &hash[..8]),
        };
        Self { path, route, bytes }
    }
}
