//! `check`: gather → compile → say what is wrong, without publishing.

use super::progress::Progress;
use super::site::{self, Input};
use super::{links, terminal};
use crate::finding::print::Format;
use crate::finding::{Language, Messages, OrFail, Result, has_errors, message};
use crate::page::Follower;
use crate::{clock, disk};
use clap::Args;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,
    #[arg(long)]
    links: bool,
    #[arg(long, requires = "links")]
    local: bool,
}

/// Compiles without publishing, and asks for links if wanted; false when the input has errors.
pub(super) fn check(arguments: &Check, language: Language) -> Result<bool> {
    let input = &arguments.input;
    let messages = Messages::new(language);
    let progress = Progress::start(&messages);
    progress.stage("gather");
    let output = input.site().join("output");
    let snapshot = input.gather(&output)?;
    let cache = disk::load_cache(&output);
    let mut outcome = site::compile(input, &snapshot, &cache, &progress)?;
    let mut remembered = Ok(());
    if arguments.links {
        let configured_base_url = outcome.site.as_ref().map(|site| site.settings.base_url.as_str());
        let options = links::Options {
            output: &output,
            today: clock::today(input.today.as_deref())?,
            local: arguments.local,
            base_url: input.base_url.as_deref().or(configured_base_url).unwrap_or_default(),
        };
        let checked = links::check(&outcome, &snapshot, &options, &progress);
        (outcome.findings, remembered) = checked;
    }
    progress.finish();
    let errors = has_errors(&outcome.findings);
    let is_clean = outcome.findings.is_empty() && input.format == Format::Human;
    site::print(outcome.findings, &snapshot, &messages, input.format)?;
    if is_clean {
        terminal::print_line(&messages.text(&message::nothing_wrong()))?;
    }
    remembered.or_fail(message::links_not_remembered)?;
    Ok(!errors)
}
