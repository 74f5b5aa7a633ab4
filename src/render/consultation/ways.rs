//! Ways to answer a consultation: the form, which has a button, and the others, each as a line of its own page.

use crate::model::Consultation;
use crate::page::consultation_state::chapter;
use crate::page::context::PageContext;
use crate::page::routes::Chapter;
use crate::page::view::{Html, Link};
use crate::render::consultation::email;
use crate::survey::State;
use crate::theme::escape;

/// The form to answer in, with the time it takes as its note; `None` where there is none, or it cannot be answered today.
pub(super) fn form(page: PageContext<'_>, consultation: &Consultation, state: State) -> Option<Link> {
    let is_there = state.is_open() && consultation.channels.has_form();
    let form = chapter(page, consultation, Chapter::Questions, "consultation.way.form").filter(|_| is_there)?;
    let minutes = consultation.questionnaire.minutes.map(|minutes| minutes.to_string());
    Some(Link {
        note: minutes.map(|n| page.fill("consultation.way.minutes", &[("n", &n)])),
        ..form
    })
}

/// Ways to answer beside the form as HTML, most used first; none when the consultation cannot be answered today.
pub(super) fn ways(page: PageContext<'_>, consultation: &Consultation, state: State) -> Vec<Html> {
    if !state.is_open() {
        return Vec::new();
    }
    let channels = &consultation.channels;
    let word = |path: &str| page.word(&format!("consultation.way.{path}"));
    let linked = |path: &str, href: &str| format!("<a href=\"{}\">{}</a>", escape(href), escape(word(path)));
    let code = page.code();
    let mut ways = Vec::new();
    if channels.file {
        ways.push(escape(word("file")));
    }
    if !channels.email.is_empty() {
        let link = email::link(&channels.email, &consultation.case_number);
        ways.push(format!("{} {link}.", escape(word("email"))));
    }
    if !channels.post.is_empty() {
        let lines: Vec<String> = channels
            .post
            .in_language(code)
            .lines()
            .map(|line| escape(line.trim()))
            .collect();
        ways.push(format!("{}<br>{}", escape(word("post")), lines.join("<br>")));
    }
    if let Some((address, _)) = channels
        .elsewhere
        .as_ref()
        .filter(|(address, _)| address.starts_with("https://"))
    {
        ways.push(format!("{}.", linked("elsewhere", address)));
    }
    if let Some(guide) = chapter(page, consultation, Chapter::Meeting, "consultation.way.meeting") {
        ways.push(format!("{}.", linked("meeting", &guide.href)));
    }
    if channels.codes {
        ways.push(escape(word("codes")));
    }
    if ways.is_empty() && form(page, consultation, state).is_none() {
        ways.push(escape(word("none")));
    }
    ways.into_iter().map(Html).collect()
}
