//! What can be typed.

use crate::finding::{Language, print::Format};
use crate::model::Sex;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Makes a public indicator report out of Markdown, YAML and chart specifications.
#[derive(Debug, Parser)]
#[command(name = "utsikt", version, about, long_about = LONG, after_help = AFTER, max_term_width = 100)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    // It is taken before the line is read (`speech::taken`); here the help learns of it.
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
             utsikt serve            show it while you write
             utsikt check            only look for errors
             utsikt diff HEAD        what has changed since the last commit
             utsikt index            the site's indices; `utsikt index ID` computes one
             utsikt import kolada    bring in figures; also pxweb, jsonstat, px, csv, xlsx
             utsikt import survey    bring in answers to a survey
             utsikt new site DIR     a small site to begin with; `utsikt new KIND ID` a file in it
             utsikt archive DIR      keep what is published, with hashes and sources
             utsikt explain CODE     what a message means, with an example";

const INDEX_LONG: &str = "\
Compute an index: scores, ranks, what pulls a place down, and how sure it all is.

Without ID, lists the site's indices. With ID, computes data/indices/ID.yaml from the site's figures and prints, for each \
top of its tree: the ranking with the ranks that each place has in nine recomputations of ten; with --unit, the gap to \
what the place is compared with, split over the parts so that they sum to it, its strengths and weaknesses, and what a \
better figure would be worth; which choice of method moves the ranks most; what follows when a part is left out or the \
scale is another year's; and whether the parts belong together.

Nothing is written to disk. The same site and seed give the same numbers on any machine and any number of threads.";

const INDEX_AFTER: &str = "\
Try:  utsikt index brpplus                            the ranking, and how sure it is
      utsikt index brpplus --unit 18                  what pulls Örebro län up and down
      utsikt index brpplus --unit 18 --against best   the same against the best county
      utsikt index brpplus --format json              every number; keys in src/guide/indices.md";

const NEW_LONG: &str = "\
Begin something new: a site, or a file in one.

`utsikt new site DIR` makes a small site that builds at once. The other kinds are indicator, set, chart, analysis, index, \
survey, consultation and page: `utsikt new KIND ID` writes a commented file at its place in the site. Comments and texts \
follow --lang. A file that is there already is never written over.";

const NEW_AFTER: &str = "\
Try:  utsikt new site rapport && utsikt build --site rapport
      utsikt new indicator arbetsloshet
      utsikt new page om/arbetet";

const DIFF_LONG: &str = "\
Tell what an update does to the report.

OLD and NEW are folders of sites, or git revisions of the site in --site; nothing is checked out. Without NEW, the site's \
files as they are now are meant. Both are compiled for the same day, and then compared: figures that are new, revised or \
gone; ranks and statuses of the report's place and its municipalities that moved; claims that no longer hold; pages and \
files that differ.

A revision larger than data/site.yaml allows (revisions: { note_above_percent: 5 }) wants a note in the indicator's file.

With --publish what readers would notice is also recorded as an update, in data/changes/DATE.yaml: the site then has a page \
about what is new, with a feed. Give it a title, a text and the notes it asks for. Made-up figures are left out.

Nothing is written to disk without --publish. Exit code 1: the new site has errors.";

const DIFF_AFTER: &str = "\
Try:  utsikt diff HEAD                         what has changed since the last commit
      utsikt diff v2025 main                   between two revisions
      utsikt diff ../last-year . --lang sv     between two folders, in Swedish
      utsikt diff HEAD --format json           every figure, for programs
      utsikt diff v2025 --publish              record the update for the site's page of what is new";

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into its output folder.
    ///
    /// Errors in the input leave the last good site as it was. The new site is written beside it and put in its
    /// place in one step; files in the output folder that Utsikt did not write are left alone.
    Build(Build),
    /// Show the site in the browser while it is being written.
    ///
    /// Builds in memory and shows it on this machine alone. After an edit the pages that changed reload by themselves, where
    /// the reader was; what is wrong with the input is shown over the last good page. Nothing is written to disk. Ctrl-C ends it.
    Serve(Serve),
    /// Look for errors without writing anything.
    ///
    /// With --links it also goes online: links to other sites are asked for, a few at a time and each host with a pause between.
    /// What was good is remembered for seven days in a file beside the output folder.
    Check(Check),
    /// Tell what an update does to the report: figures, ranks, statuses, claims, pages.
    #[command(long_about = DIFF_LONG, after_help = DIFF_AFTER)]
    Diff(Diff),
    /// Compute an index: scores, ranks, what pulls a place down, and how sure it all is.
    #[command(long_about = INDEX_LONG, after_help = INDEX_AFTER)]
    Index(IndexArguments),
    /// Bring in what others have: figures, and answers to a survey.
    Import(Box<super::import::ImportArguments>),
    /// Begin something new: a site, or a file in one.
    #[command(long_about = NEW_LONG, after_help = NEW_AFTER)]
    New(NewArguments),
    /// Keep the published site: a dated, self-contained copy with a manifest; or check such a copy.
    #[command(long_about = super::archive::LONG, after_help = super::archive::AFTER)]
    Archive(Box<super::archive::Archive>),
    /// Print the JSON Schema of a kind of file, or write them all to a folder.
    ///
    /// Schemas let editors complete and check YAML files as one types. They are made of what the program reads. Without KIND
    /// and --output, the kinds are listed with where their files lie.
    Schema {
        /// The kind of file, such as indicator.
        kind: Option<String>,
        /// Write all schemas into this folder, as KIND.json.
        #[arg(long, value_name = "DIR", conflicts_with = "kind")]
        output: Option<PathBuf>,
    },
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
    /// The folder with the answers to surveys, instead of the one that data/site.yaml names.
    #[arg(long, value_name = "DIR")]
    pub(super) answers: Option<PathBuf>,
    /// The day to build for, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else today.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
    /// Absolute address of the front page, instead of the one in data/site.yaml.
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Include pages marked `draft: true`.
    #[arg(long)]
    pub(super) drafts: bool,
    /// Refuse what must not be published: samples, drafts, texts that are to be replaced, gaps in the accessibility statement,
    /// pictures without text, overdue results.
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

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) input: Input,
    /// The port to use, 0 for any that is free. Without it: 4000, or the next that is free.
    #[arg(long, value_name = "N")]
    pub(super) port: Option<u16>,
    /// Open the front page in the browser.
    #[arg(long)]
    pub(super) open: bool,
    /// Look through the site every second instead of letting the system tell of edits; for shared folders that tell nothing.
    #[arg(long)]
    pub(super) poll: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,
    /// Ask other hosts whether the pages that the site links to are still there.
    #[arg(long)]
    pub(super) links: bool,
    /// With --links, ask also addresses on this machine and in private networks, without a pause between.
    #[arg(long, requires = "links")]
    pub(super) local: bool,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// What to begin: site, indicator, set, chart, analysis, index, survey, consultation or page.
    pub(super) kind: String,
    /// The new site's folder, or the id: the name of the file without its ending.
    #[arg(value_name = "DIR|ID")]
    pub(super) name: String,
    /// The site's folder, for files in one.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The site before: a folder or a git revision.
    pub(super) old: String,
    /// The site after: a folder or a git revision. Without it, the site's files as they are now.
    pub(super) new: Option<String>,
    /// The site's folder, in whose git repository revisions are looked up.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// The folder with the answers to surveys, for both sides, instead of the ones that they name themselves.
    #[arg(long, value_name = "DIR")]
    pub(super) answers: Option<PathBuf>,
    /// The day to compile both for, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else today.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
    /// Include pages marked `draft: true`.
    #[arg(long)]
    pub(super) drafts: bool,
    /// How it is told.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: DiffFormat,
    /// Record what readers would notice as an update, in data/changes.
    #[arg(long, conflicts_with = "new")]
    pub(super) publish: bool,
    /// With --publish: write over the update recorded on the same day, keeping its title, its text and its notes.
    #[arg(long, requires = "publish")]
    pub(super) replace: bool,
}

/// How a difference is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum DiffFormat {
    /// To be read at a terminal.
    #[default]
    Human,
    /// One document with everything.
    Json,
    /// The same as for a terminal, as Markdown for a comment on a pull or merge request.
    Markdown,
}

/// Arguments of `index`.
#[derive(Debug, Args)]
pub(super) struct IndexArguments {
    /// Which index: the name of its file in data/indices. Without it, all are listed.
    pub(super) id: Option<String>,
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: PathBuf,
    /// The place to explain, by code or name.
    #[arg(long, value_name = "PLACE")]
    pub(super) unit: Option<String>,
    /// What it is compared with: country, median, best, group:ID or a place. Without it: the country, or the median where
    /// the country has no score.
    #[arg(long, value_name = "WHAT")]
    pub(super) against: Option<String>,
    /// The figures to explain: latest, lag or a year. Without it: the latest; CSV and JSON have all periods.
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
    /// Whose figures to explain. Without it: both sexes together; CSV and JSON have all.
    #[arg(long, value_enum, ignore_case = true)]
    pub(super) sex: Option<Letter>,
    /// A node of the tree to look at instead of each top, by id.
    #[arg(long, value_name = "NODE")]
    pub(super) top: Option<String>,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: IndexFormat,
    /// How many times the index is recomputed, instead of what its file says: 10 to 100000.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub(super) runs: Option<u32>,
    /// Where the random numbers begin, instead of what its file says.
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Leave out rank intervals and sensitivities.
    #[arg(long)]
    pub(super) no_uncertainty: bool,
}

/// How an index is printed.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(super) enum IndexFormat {
    /// To be read at a terminal.
    #[default]
    Table,
    /// One long table: a row for each period, sex, node and place.
    Csv,
    /// One document with everything.
    Json,
}

/// Letters for the sexes, as in data files.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Letter {
    /// Both.
    #[value(name = "T", alias = "total")]
    Total,
    /// Women.
    #[value(name = "K", alias = "women")]
    Women,
    /// Men.
    #[value(name = "M", alias = "men")]
    Men,
}

impl From<Letter> for Sex {
    fn from(letter: Letter) -> Self {
        match letter {
            Letter::Total => Sex::Total,
            Letter::Women => Sex::Women,
            Letter::Men => Sex::Men,
        }
    }
}
