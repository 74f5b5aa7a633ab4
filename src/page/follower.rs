//! Following a build while it runs: progress, and pages that are wanted first.

use super::output::Output;

/// Follows a build: a progress line, or a preview in which a reader waits for a page. By default it does nothing.
pub trait Follower: Sync {
    /// A stage begins: `read`, `bind`, `index`, `survey`, `theme`, `render` or `export`.
    fn stage(&self, _name: &'static str) {}

    /// Address of the next page that a reader waits for, each once. It is rendered before all others.
    fn next_wanted(&self) -> Option<String> {
        None
    }

    /// Takes files that are finished early: those that need no rendering, and pages that a reader waits for.
    fn ready(&self, _outputs: &[Output]) {}

    /// Whether the outcome is no longer needed, so that the rest of the build may be skipped.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// No follower.
impl Follower for () {}
