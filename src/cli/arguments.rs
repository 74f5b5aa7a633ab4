//! What can be typed.

use crate::finding::{Language, print::Format};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Makes a public indicator report out of Markdown, YAML and chart specifications.
#[derive(Debug, Parser)]
#[command(name = "utsikt", version, about, long_about = LONG, after_help = AFTER)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// Language of messages: sv or en. Without it, the environment's (LC_ALL, LC_MESSAGES, LANG).
    #[arg(long, global = true, value_enum)]
    lang: Option<Language>,
}

const LONG: &str = "\
Makes a public indicator report out of Markdown, YAML and chart specifications.

A site is a folder with `content/` (Markdown), `data/` (YAML and CSV) and, if it wants a look of its own, `themes/`. \
The result is plain HTML that any web host can serve and that opens straight from disk.";

const AFTER: &str = "\
Exit codes:  0 nothing wrong   1 errors in the input   2 could not run

Start with:  utsikt build            the site in this folder, into output/
             utsikt check            only look for errors
             utsikt explain CODE     what a message means, with an example";

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into its output folder.
    ///
    /// Errors in the input leave the last good site as it was. The new site is written beside it and put in its
    /// place in one step; files in the output folder that Utsikt did not write are left alone.
    Build(Build),
    /// Look for errors without writing anything.
    Check(Check),
    /// Say what a message's code means, with a wrong and a right example; without a code, list them all.
    Explain {
        /// The code in brackets after `error` or `warning`, such as `yaml/key-unknown`.
        code: Option<String>,
    },
}

/// Arguments that decide what is built.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// The day to build for, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else today.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
    /// Absolute address of the front page, instead of the one in data/site.yaml.
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Include pages marked `draft: true`.
    #[arg(long)]
    pub(super) drafts: bool,
    /// Refuse what must not be published: samples and drafts become errors.
    #[arg(long)]
    pub(super) release: bool,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) input: Input,
    /// Where the site is put; `output` in the site's folder when not said.
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Say how long each stage took.
    #[arg(long)]
    pub(super) timings: bool,
    /// How many threads to use; 0 means as many as there are processors.
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,
}

impl Arguments {
    /// Language of messages.
    pub(super) fn language(&self) -> Language {
        self.lang.unwrap_or_else(|| {
            let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
            if said.is_some_and(|said| said.starts_with("sv")) { Language::Sv } else { Language::En }
        })
    }
}
