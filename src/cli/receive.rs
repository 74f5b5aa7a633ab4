//! `receive`: the door for answers, and the trial of an endpoint.

use super::number::whole_number;
use super::site::base_url;
use super::terminal;
use crate::clock;
use crate::finding::message;
use crate::finding::{Failure, Language, Messages, Result};
use crate::read;
use crate::receive::{self, EndpointCheck, Notice, Settings, Tell, Trial};
use clap::Args;
use clap::builder::{StringValueParser, TypedValueParser};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `receive`.
#[derive(Debug, Args)]
pub(super) struct Receive {
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4100")]
    listen: SocketAddr,
    #[arg(long, value_name = "URL", value_parser = StringValueParser::new().try_map(base_url))]
    base_url: Option<String>,
    #[arg(long = "origin", value_name = "URL", value_parser = origin)]
    origins: Vec<String>,
    #[arg(long, value_name = "N", default_value = "5000", value_parser = whole_number(1..=1_000_000_u32))]
    rate: u32,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    #[arg(long, value_name = "URL")]
    check: Option<String>,
    #[arg(long, value_name = "ID", requires = "check")]
    consultation: Option<String>,
}

/// Takes in answers until the process is asked to end, or tries an endpoint; false when something is wrong with that.
pub(super) fn receive(arguments: &Receive, language: Language) -> Result<bool> {
    let today = arguments.today.as_deref();
    let settings = Settings {
        site: arguments.site.clone(),
        answers: arguments.answers.clone(),
        base_url: arguments.base_url.clone(),
        listen: arguments.listen,
        origins: arguments.origins.clone(),
        rate: arguments.rate,
        today: today.map(|day| clock::today(Some(day))).transpose()?,
    };
    let messages = Messages::new(language);
    if let Some(url) = &arguments.check {
        let check = settings.check(url, arguments.consultation.as_deref(), language)?;
        return report(&check, url, &messages);
    }
    let tell: Tell = Arc::new(move |notice| match notice {
        Notice::Said(message) => terminal::eprint_line(&messages.text(&message)),
        Notice::Failed(failure) => terminal::eprint_line(&format!("utsikt: {}", messages.failure(failure))),
    });
    receive::run(&settings, language, &tell)?;
    Ok(true)
}

/// The address of a site whose pages may post here: scheme and host alone, `null` for files, `*` for all.
fn origin(written: &str) -> Result<String> {
    let is_host = || read::base_url_fault(written).is_none() && written.trim_end_matches('/').matches('/').count() == 2;
    if ["*", "null"].contains(&written) || is_host() {
        Ok(written.trim_end_matches('/').to_owned())
    } else {
        Err(Failure::from(message::not_a_site(written)))
    }
}

/// Prints what came of a trial; false when something is wrong.
fn report(check: &EndpointCheck, url: &str, messages: &Messages) -> Result<bool> {
    let mut text = messages.text(&message::check_about(&check.consultation, url)) + "\n\n";
    let words =
        [message::check_right(), message::check_remark(), message::check_wrong()].map(|word| messages.text(&word));
    let widest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    let mut is_well = true;
    for trial in &check.trials {
        let (word, told) = match trial {
            Trial::Right(told) => (&words[0], messages.text(told)),
            Trial::Remark(told) => (&words[1], messages.text(told)),
            Trial::Wrong(told) => (&words[2], messages.text(told)),
            Trial::Unreachable(failure) => (&words[2], messages.failure(failure)),
        };
        is_well &= !matches!(trial, Trial::Wrong(_) | Trial::Unreachable(_));
        let _ = writeln!(text, "{word:widest$}  {}", told.trim_end());
    }
    let end = if is_well {
        message::check_done_well()
    } else {
        message::check_done_badly()
    };
    terminal::print(&format!("{text}\n{}\n", messages.text(&end)))?;
    Ok(is_well)
}
