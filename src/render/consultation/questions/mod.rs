//! The questions: the form that is filled in, sent, saved or printed, and the page that thanks for an answer.
//!
//! Takes a consultation and the day; gives what the templates show. The page exists through the consultation's whole
//! life: without a form when it cannot be answered. What an answer becomes is decided where it is imported.

mod beside;
mod view;
mod who;

use crate::model::{Consultation, Respondents};
use crate::page::consultation_state;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Fact, Html, Link};
use crate::theme::escape;
use jiff::civil::Date;
use minijinja::context;
use serde::Serialize;
use std::fmt::Write;
pub(super) use view::{QuestionView, StepView, steps};

/// The ways to hand in an answer.
#[derive(Serialize)]
struct Ways {
    /// Whether the form is shown.
    form: bool,
    /// Where it is posted.
    endpoint: Option<String>,
    /// The endpoint's scheme and host, which the page's policy must allow; nothing when it is the site's own.
    origin: Option<String>,
    /// Whether an answer can be saved as a file.
    file: bool,
    email: String,
    /// A letter that announces the file; never the answer itself.
    letter: Option<String>,
    /// The postal address, line by line.
    post: Vec<String>,
    elsewhere: Option<String>,
}

/// The form.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let code = page.code();
    let own = &consultation.questionnaire;
    let standing = consultation_state::state_view(page, consultation);
    let ways = ways(page, consultation, standing.open);
    let steps = steps(page, own);
    let who = who::who(page, consultation);
    let sample = consultation.sample || steps.iter().any(StepView::shows_sample);
    let words = page
        .locale
        .words
        .tree()
        .pointer("/answering/script")
        .map(ToString::to_string);
    let address = page.report.base_url;
    let view = context! {
        id => consultation.id.clone(),
        kind => consultation.kind.name(),
        persons => consultation.respondents == Respondents::Persons,
        title => consultation.title.in_language(code),
        version => own.version.clone(),
        language => code,
        home => crate::theme::shown(home(page, consultation)),
        meeting => page.href(&Reference::Chapter(consultation.id.clone(), Chapter::Meeting)),
        purpose => consultation.purpose.in_language(code),
        note => consultation.note.in_language(code),
        introduction => paragraphs(own.introduction.in_language(code)),
        minutes => own.minutes.map(|n| page.fill("answering.minutes", &[("n", &n.to_string())])),
        changes => own.changes.in_language(code),
        rule => consultation.publication.rule.in_language(code),
        promise => crate::theme::shown(who::promise(page, consultation)),
        case_number => consultation.case_number.clone(),
        contact => crate::theme::shown(contact(page, consultation)),
        next => next(page, consultation),
        address => (!address.is_empty()).then(|| format!("{address}{}", page.route())),
        words => words.unwrap_or_default(),
        standing => crate::theme::shown(standing),
        ways => crate::theme::shown(ways),
        who => crate::theme::shown(who),
        steps => crate::theme::shown(steps),
    };
    let told = [&consultation.description, &consultation.purpose]
        .into_iter()
        .find(|text| !text.is_empty());
    let description = told.map(|text| text.in_language(code).to_owned());
    PageContent {
        title: crate::render::consultation::titled(page, consultation, "questions"),
        description,
        view,
        sample,
    }
}

/// What is told to someone who has sent an answer.
pub(super) fn thanks(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let view = context! {
        id => consultation.id.clone(),
        version => consultation.questionnaire.version.clone(),
        case_number => consultation.case_number.clone(),
        home => crate::theme::shown(home(page, consultation)),
        contact => crate::theme::shown(contact(page, consultation)),
        next => next(page, consultation),
    };
    let title = crate::render::consultation::titled(page, consultation, "thanks");
    let description = Some(page.word("answering.thanks.lead").to_owned());
    PageContent {
        title,
        description,
        view,
        sample: consultation.sample,
    }
}

fn ways(page: PageContext<'_>, consultation: &Consultation, is_open: bool) -> Ways {
    let channels = &consultation.channels;
    let endpoint = channels
        .endpoint
        .as_ref()
        .map(|(address, _)| address.clone())
        .filter(|it| is_web_address(it));
    let subject = page.fill(
        "answering.letter",
        &[
            ("title", consultation.title.in_language(page.code())),
            ("case", &consultation.case_number),
        ],
    );
    let letter = || format!("mailto:{}?subject={}", channels.email, percent(subject.trim()));
    Ways {
        form: is_open && (endpoint.is_some() || channels.file),
        origin: endpoint.as_deref().and_then(origin),
        endpoint,
        file: channels.file,
        letter: (!channels.email.is_empty()).then(letter),
        email: channels.email.clone(),
        post: channels
            .post
            .in_language(page.code())
            .lines()
            .map(str::to_owned)
            .collect(),
        elsewhere: channels
            .elsewhere
            .as_ref()
            .map(|(address, _)| address.clone())
            .filter(|it| is_web_address(it)),
    }
}

/// Whether a form may be posted, or a reader sent, there: over the web, or within the site.
fn is_web_address(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    matches!(scheme, "https:" | "http:") || !scheme.contains(':')
}

/// Scheme and host of an address elsewhere, as a policy names them; nothing for one within the site, nor for one that
/// has letters that mean something else in a policy.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(plain)).then(|| format!("{scheme}://{host}"))
}

/// Text as an address holds it (RFC 3986: all but unreserved letters are written by their bytes).
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Paragraphs of a text, which empty lines part.
fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whom to ask, as facts; empty when nobody is named.
fn contact(page: PageContext<'_>, consultation: &Consultation) -> Vec<Fact> {
    let contact = &consultation.contact;
    let fact = |label: &str, html: String| Fact {
        label: page.word(&format!("answering.contact.{label}")).to_owned(),
        html: Html(html),
    };
    let mut facts = Vec::new();
    let name = contact.name.in_language(page.code());
    if !name.is_empty() {
        facts.push(fact("name", escape(name)));
    }
    if !contact.email.is_empty() {
        let email = escape(&contact.email);
        facts.push(fact("email", format!("<a href=\"mailto:{email}\">{email}</a>")));
    }
    if !contact.phone.is_empty() {
        facts.push(fact("phone", escape(&contact.phone)));
    }
    facts
}

/// What happens to an answer after it has been sent.
fn next(page: PageContext<'_>, consultation: &Consultation) -> Vec<String> {
    let dates = &consultation.dates;
    let day = |date: Date| page.locale.format.date(&date.to_string());
    let decider = consultation.decided_by.in_language(page.code());
    let decision = dates.decision.map(|date| match decider {
        "" => page.fill("answering.next.decision", &[("date", &day(date))]),
        _ => page.fill("answering.next.decision_by", &[("date", &day(date)), ("who", decider)]),
    });
    let change = dates
        .closes
        .map(|date| page.fill("answering.next.change", &[("date", &day(date))]));
    let results = dates
        .results
        .map(|date| page.fill("answering.next.results", &[("date", &day(date))]));
    [change, results, decision].into_iter().flatten().collect()
}

/// A link to the consultation's own page; without one its title alone.
pub(super) fn home(page: PageContext<'_>, consultation: &Consultation) -> Link {
    let title = consultation.title.in_language(page.code());
    let link = page.link(title, &Reference::Consultation(consultation.id.clone()));
    link.unwrap_or_else(|| Link {
        title: title.to_owned(),
        ..Link::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{is_web_address, origin, percent};

    #[test]
    fn a_policy_names_scheme_and_host_alone() {
        assert_eq!(
            origin("https://example.se:8443/svar?x=1").as_deref(),
            Some("https://example.se:8443")
        );
        assert_eq!(origin("/svar"), None);
        assert_eq!(origin("https://a.se;script-src *"), None);
    }

    #[test]
    fn a_form_is_posted_over_the_web_only() {
        assert!(is_web_address("https://example.se/svar") && is_web_address("/svar") && is_web_address("svar.php?a:b"));
        assert!(!is_web_address("javascript:alert(1)") && !is_web_address("mailto:a@example.se"));
    }

    #[test]
    fn a_subject_is_written_by_its_bytes() {
        assert_eq!(percent("Svar, RS 2026/1 å"), "Svar%2C%20RS%202026%2F1%20%C3%A5");
    }
}
