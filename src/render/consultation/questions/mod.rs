//! The page of questions, with a form to fill in, send, save or print, and the page that thanks for an answer.
//!
//! The page exists through the consultation's whole life: without a form when the consultation cannot be answered. An answer is
//! judged only when it is imported.

pub(super) mod folded_evidence;
mod respondent;
mod view;

use crate::model::{Consultation, Respondents, Text};
use crate::page::consultation_state;
use crate::page::consultation_state::ConsultationState;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Fact, Html, Link};
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::email;
use crate::theme::escape;
use jiff::civil::Date;
use respondent::{PersonalDataNotice, RespondentView};
use serde::Serialize;
use std::collections::BTreeMap;
pub(super) use view::{QuestionView, StepView, steps};

/// The questions, to be answered or read, for `questions.html`.
#[derive(Serialize)]
struct QuestionsView<'a> {
    /// The consultation's id.
    id: String,
    /// Survey or consultation, as data files name it.
    kind: &'static str,
    /// Whether persons answer, not bodies.
    persons: bool,
    title: String,
    /// Version of the questionnaire.
    version: String,
    /// Language code of the page.
    language: String,
    /// The consultation's own page.
    home: Link,
    /// Address of the guide for meetings; `None` where there is none.
    meeting: Option<String>,
    /// Empty where the author has written none; so are `note`, `changes` and `rule`.
    purpose: String,
    note: String,
    /// Paragraphs.
    introduction: Vec<String>,
    /// Time that answering takes, as a sentence; `None` where it is not known.
    minutes: Option<String>,
    /// Differences of this version from the one before.
    changes: String,
    /// The rule of publication.
    rule: String,
    /// `None` where nothing is asked about a person.
    promise: Option<PersonalDataNotice>,
    /// Empty where the matter has none.
    case_number: String,
    /// Whom to ask; empty when nobody is named.
    contact: Vec<Fact>,
    /// The consultation's coming days, one sentence each.
    next: Vec<String>,
    /// Full address of the page, for paper; `None` where the site's address is not known.
    address: Option<String>,
    /// Words of the script, as JSON.
    words: String,
    /// Languages of texts that are not to be had in the page's, by what they are: `title`, `purpose`.
    lang: BTreeMap<&'static str, &'a str>,
    standing: ConsultationState,
    ways: Ways,
    /// The last step of the form; `None` where nothing is asked about the respondent.
    who: Option<RespondentView>,
    steps: Vec<StepView>,
}

/// The page that thanks for an answer, for `thanks.html`.
#[derive(Serialize)]
struct ThanksView<'a> {
    /// The consultation's id.
    id: String,
    /// Version of the questionnaire.
    version: String,
    /// Empty where the matter has none.
    case_number: String,
    /// The consultation's own page.
    home: Link,
    /// Whom to ask; empty when nobody is named.
    contact: Vec<Fact>,
    /// The consultation's coming days, one sentence each.
    next: Vec<String>,
    title: String,
    /// Language of the title where it is not to be had in the page's.
    lang: Option<&'a str>,
}

/// The ways to hand in an answer.
#[derive(Serialize)]
struct Ways {
    /// Whether the form is shown.
    form: bool,
    /// Address that the form is posted to; `None` where there is none.
    endpoint: Option<String>,
    /// The endpoint's scheme and host, which the page's policy must allow; `None` when it is the site's own.
    origin: Option<String>,
    /// Whether an answer can be saved as a file.
    file: bool,
    /// Empty where answers are not taken by e-mail.
    email: String,
    /// Address of a letter that announces the file; it never holds the answer itself.
    letter: Option<String>,
    /// The postal address, line by line; empty where answers are not taken by post.
    post: Vec<String>,
    /// Address of a form on another site.
    elsewhere: Option<String>,
}

/// The page of questions.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let code = page.code();
    let questionnaire = &consultation.questionnaire;
    let standing = consultation_state::state_view(page, consultation);
    let ways = ways(page, consultation, standing.open);
    let steps = steps(page, questionnaire);
    let who = respondent::respondent(page, consultation);
    let sample = consultation.sample || steps.iter().any(StepView::shows_sample);
    let words = page
        .locale
        .words
        .tree()
        .pointer("/answering/script")
        .map(ToString::to_string);
    let base_url = page.report.base_url;
    let text = |text: &Text| text.in_language(code).to_owned();
    let view = QuestionsView {
        id: consultation.id.clone(),
        kind: consultation.kind.name(),
        persons: consultation.respondents == Respondents::Persons,
        title: text(&consultation.title),
        version: questionnaire.version.clone(),
        language: code.to_owned(),
        home: home(page, consultation),
        meeting: page.href(&Reference::Chapter(consultation.id.clone(), Chapter::Meeting)),
        purpose: text(&consultation.purpose),
        note: text(&consultation.note),
        introduction: paragraphs(questionnaire.introduction.in_language(code)),
        minutes: questionnaire
            .minutes
            .map(|n| page.fill("answering.minutes", &[("n", &n.to_string())])),
        changes: text(&questionnaire.changes),
        rule: text(&consultation.publication.rule),
        promise: respondent::personal_data_notice(page, consultation),
        case_number: consultation.case_number.clone(),
        contact: contact(page, consultation),
        next: next(page, consultation, consultation.channels.file),
        address: (!base_url.is_empty()).then(|| format!("{base_url}{}", page.route())),
        words: words.unwrap_or_default(),
        lang: langs(page, consultation),
        standing,
        ways,
        who,
        steps,
    };
    let lead = [&consultation.description, &consultation.purpose]
        .into_iter()
        .find(|text| !text.is_empty());
    let description = lead.map(|text| text.in_language(code).to_owned());
    let title = chapter_title(page, consultation, "questions");
    PageContent::new(title, description, sample, &view)
}

/// Languages of texts that are not to be had in the page's.
fn langs<'a>(page: PageContext<'a>, consultation: &Consultation) -> BTreeMap<&'static str, &'a str> {
    let lead = [&consultation.description, &consultation.purpose]
        .into_iter()
        .find(|text| !text.is_empty());
    let texts = [
        ("title", Some(&consultation.title)),
        ("lead", lead),
        ("purpose", Some(&consultation.purpose)),
        ("note", Some(&consultation.note)),
        ("introduction", Some(&consultation.questionnaire.introduction)),
        ("changes", Some(&consultation.questionnaire.changes)),
        ("rule", Some(&consultation.publication.rule)),
    ];
    let foreign = |(name, text): (&'static str, Option<&Text>)| Some((name, page.foreign(text?)?));
    texts.into_iter().filter_map(foreign).collect()
}

/// The page for someone who has sent an answer.
pub(super) fn thanks(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let view = ThanksView {
        id: consultation.id.clone(),
        version: consultation.questionnaire.version.clone(),
        case_number: consultation.case_number.clone(),
        home: home(page, consultation),
        contact: contact(page, consultation),
        // Who is shown this page has sent without the script, and has no copy to open.
        next: next(page, consultation, false),
        title: consultation.title.in_language(page.code()).to_owned(),
        lang: page.foreign(&consultation.title),
    };
    let title = chapter_title(page, consultation, "thanks");
    let description = Some(page.word("answering.thanks.lead").to_owned());
    PageContent::new(title, description, consultation.sample, &view)
}

fn ways(page: PageContext<'_>, consultation: &Consultation, is_open: bool) -> Ways {
    let channels = &consultation.channels;
    let endpoint = channels
        .endpoint
        .as_ref()
        .map(|(address, _)| address.clone())
        .filter(|address| is_web_address(address));
    let subject = page.fill(
        "answering.letter",
        &[
            ("title", consultation.title.in_language(page.code())),
            ("case", &consultation.case_number),
        ],
    );
    let letter = || email::mailto(&channels.email, subject.trim());
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
            .filter(|address| is_web_address(address)),
    }
}

/// Whether an address is one of the web or within the site, to which alone forms are posted and readers sent.
fn is_web_address(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    matches!(scheme, "https:" | "http:") || !scheme.contains(':')
}

/// Scheme and host of an address of another site, as a policy names them; `None` for one within the site, and for one with
/// characters that mean something else in a policy.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(plain)).then(|| format!("{scheme}://{host}"))
}

/// Paragraphs of a text, between which lines are empty.
fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Name, e-mail and telephone of whom to ask; empty when nobody is named.
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
        facts.push(fact("email", email::link(&contact.email, "")));
    }
    if !contact.phone.is_empty() {
        facts.push(fact("phone", escape(&contact.phone)));
    }
    facts
}

/// The consultation's coming days, for someone who answers: until when answers can be changed, results, decision. An answer
/// is changed by its saved copy, or else by whom to ask.
fn next(page: PageContext<'_>, consultation: &Consultation, has_copy: bool) -> Vec<String> {
    let dates = &consultation.dates;
    let date_text = |date: Date| page.locale.format.date(&date.to_string());
    let decider = consultation.decided_by.in_language(page.code());
    let decision = dates.decision.map(|date| match decider {
        "" => page.fill("answering.next.decision", &[("date", &date_text(date))]),
        _ => page.fill(
            "answering.next.decision_by",
            &[("date", &date_text(date)), ("who", decider)],
        ),
    });
    let way = match (has_copy, contact(page, consultation).is_empty()) {
        (true, _) => Some("answering.next.change"),
        (false, false) => Some("answering.next.change_by_contact"),
        (false, true) => None,
    };
    let change = way
        .zip(dates.closes)
        .map(|(way, date)| page.fill(way, &[("date", &date_text(date))]));
    let results = dates
        .results
        .map(|date| page.fill("answering.next.results", &[("date", &date_text(date))]));
    [change, results, decision].into_iter().flatten().collect()
}

/// A link to the consultation's own page; its title without an address where there is none.
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
    use super::{is_web_address, origin};

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
}
