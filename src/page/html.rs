//! Markup, told apart from text by its type.

use crate::theme::escape;
use minijinja::Value;
use serde::{Serialize, Serializer};

/// Markup, of which all text was escaped when it was made. Templates are given it as a safe string, so that they do not
/// escape it again, with or without `|safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Html(pub(crate) String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

impl Html {
    /// A wide drawing: it is itself the picture, with a name and the element that describes it.
    pub(crate) fn wide(svg: &str, name: &str, described_by: &str) -> Self {
        let name = escape(name);
        Self(svg.replacen(
            "<svg ",
            &format!("<svg role=\"img\" aria-label=\"{name}\" aria-describedby=\"{described_by}\" "),
            1,
        ))
    }

    /// A narrow drawing: the element around it is the picture.
    pub(crate) fn narrow(svg: &str) -> Self {
        Self(svg.replacen("<svg ", "<svg role=\"presentation\" ", 1))
    }
}
