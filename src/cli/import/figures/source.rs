//! Where figures are brought in from: a command each.

use super::arguments::{KoladaArguments, LinkArguments, PxwebArguments, TableArguments};
use clap::Subcommand;

/// A source of figures.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FiguresSource {
    Kolada(KoladaArguments),
    Pxweb(PxwebArguments),
    Jsonstat(LinkArguments),
    Px(LinkArguments),
    Csv(TableArguments),
    Xlsx(TableArguments),
}
