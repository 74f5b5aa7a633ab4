//! `themes/NAME/theme.yaml`: what a theme stands on and what its pages load.
//!
//! Takes YAML; gives a [`ThemeManifest`]. Whether the files exist is [`crate::theme`]'s to report.

use super::yaml::Node;
use crate::source::Origin;

/// Contents of `theme.yaml`; all of it is optional.
#[derive(Debug, Default)]
pub(crate) struct ThemeManifest {
    /// Theme that it stands on.
    pub(crate) parent: Option<String>,
    /// Stylesheets in `assets/`, in order, and where they are named.
    pub(crate) stylesheets: Vec<(String, Origin)>,
    /// Script in `assets/`, and where it is named.
    pub(crate) script: Option<(String, Origin)>,
}

pub(crate) fn manifest(node: &Node<'_>) -> Option<ThemeManifest> {
    let mut fields = node.fields()?;
    let _ = fields.string("name");
    let manifest = ThemeManifest {
        parent: fields.optional("parent", Node::string),
        stylesheets: fields.list("stylesheets", Node::reference),
        script: fields.optional("script", Node::reference),
    };
    fields.done();
    Some(manifest)
}
