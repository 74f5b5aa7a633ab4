//! What comes in from elsewhere: bytes → the site's own shapes, and findings. No files, no network.

pub mod figures;
