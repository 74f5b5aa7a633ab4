//! Who follows a build while it goes on.

use super::output::Output;

/// A progress line, or a preview in which somebody waits for a page. Does nothing unless told otherwise.
pub trait Follower: Sync {
    /// A stage begins: `read`, `bind`, `index`, `survey`, `theme`, `render` or `export`.
    fn stage(&self, _name: &'static str) {}

    /// Address of a page that somebody waits for, each once. It is rendered before all that nobody waits for.
    fn next_wanted(&self) -> Option<String> {
        None
    }

    /// Files that are as they will be published: those that need no rendering, and pages that somebody waits for.
    fn ready(&self, _outputs: &[Output]) {}

    /// Whether nobody will use the outcome, so that what is left may be skipped.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Nobody follows.
impl Follower for () {}
