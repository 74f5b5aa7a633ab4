//! YAML text → [`Node`]s that know where they are.
//!
//! Takes the text of a file, of front matter or of a fenced block; gives a tree whose reading reports every fault with its
//! place: a key nobody reads, one that is missing, a value of another type. Places are kept as pointers; [`super::outline`]
//! turns them into bytes, and only for files with findings. The one room that names `serde_yaml`.
//!
//! A node may also belong to a probe ([`explore`]): then nothing is written, every question gets an answer, and the
//! questions are noted. Schemas are made of the notes, so that no list of keys stands beside the readers.

mod fields;
mod node;
mod parse;
mod probe;

pub(crate) use fields::Fields;
pub(crate) use node::Node;
pub(crate) use parse::parse;
pub(super) use probe::{Kind, Presence, Shape, Shapes, WORD, explore};
