//! What can be typed: the commands, each with arguments of its own. Their texts are `help/LANGUAGE.yaml`.

use crate::finding::{Language, print::Format};
use clap::builder::PossibleValue;
use clap::{Parser, Subcommand, ValueEnum};

/// The program's own arguments.
#[derive(Debug, Parser)]
#[command(name = "utsikt", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    // It is taken before the line is read (`language::take`); here the help learns of it.
    #[arg(long, global = true, value_enum, display_order = 998)]
    lang: Option<Language>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Build(super::build::Build),
    Serve(super::serve::Serve),
    Check(super::check::Check),
    Diff(super::diff::Diff),
    Index(super::index::Index),
    Import(Box<super::import::ImportArguments>),
    Receive(super::receive::Receive),
    New(super::new::New),
    Archive(Box<super::archive::Archive>),
    Schema(super::schema::Schema),
    Explain(super::explain::Explain),
    Guide(super::guide::Guide),
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.code()))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
