//! What a consultation is: its purpose, its days, the evidence, and where its other pages are.
//!
//! Takes a consultation, what came of it and what may be shown of its answers; gives the page that keeps its address
//! through the consultation's whole life. Questions, results and replies in full have pages of their own.

use crate::download::calendar;
use crate::finding::{Code, Finding, Log, nearest};
use crate::model::{Consultation, Document, Naming, Respondents};
use crate::page::consultation_state;
use crate::page::consultation_state::{chapter, day};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::context::size;
use crate::page::inline::inline;
use crate::page::locale::alphabetical;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Fact, Html, Link};
use crate::render::consultation::{beside, replies, themes};
use crate::survey::{Results, State, Withheld};
use crate::theme::escape;
use minijinja::{Value, context};
use serde::Serialize;

/// The page that keeps its address through the consultation's whole life.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> PageContent {
    let code = page.code();
    let state = consultation_state::state_of(page, consultation);
    let results = page.results(&consultation.id);
    let beside = beside::beside(page, consultation);
    let sample = consultation.sample || beside.sample;
    let texts = |all: &[crate::model::Text]| -> Vec<Html> {
        all.iter().map(|text| Html(inline(text.in_language(code)))).collect()
    };
    let reported = consultation.reported.as_ref().map(|told| {
        context! {
            source => Value::from_safe_string(inline(told.source.in_language(code))),
            interim => told.interim,
            statements => crate::theme::shown(texts(&told.statements)),
            absence => Value::from_safe_string(inline(told.absence.in_language(code))),
        }
    });
    let inline = |text: &crate::model::Text| Value::from_safe_string(inline(text.in_language(code)));
    let view = context! {
        standing => crate::theme::shown(consultation_state::state_view(page, consultation)),
        ways => crate::theme::shown(ways(page, consultation, state)),
        next => next(page, consultation, state),
        questions => crate::theme::shown(chapter(page, consultation, Chapter::Questions, "consultation.read_questions")),
        purpose => inline(&consultation.purpose),
        can_change => crate::theme::shown(texts(&consultation.can_change)),
        cannot_change => crate::theme::shown(texts(&consultation.cannot_change)),
        invited => crate::theme::shown(invited(page, consultation, results)),
        open_to_all => consultation.open_to_all,
        base => results.map(|results| context! {
            sentence => base(page, results),
            interim => results.interim,
            withheld => results.withheld.contains(&Withheld::Open),
            link => crate::theme::shown(chapter(page, consultation, Chapter::Results, "consultation.read_results")),
        }),
        reported => reported,
        outcome => replies::summary(page, consultation),
        clusters => crate::theme::shown(themes::clusters(page, consultation)),
        codebook => consultation.codebook.as_ref().and_then(|(id, _)| page.site.codebook(id)).map(|book| inline(&book.description)),
        steps => crate::theme::shown(beside.steps),
        areas => crate::theme::shown(beside.areas),
        moments => crate::theme::shown(consultation_state::milestones(page, consultation)),
        documents => crate::theme::shown(documents(page, consultation, log)),
        calendar => crate::theme::shown(calendar(page, consultation, state)),
        facts => crate::theme::shown(facts(page, consultation)),
        note => inline(&consultation.note),
    };
    let description = consultation.description.in_language(code);
    PageContent {
        title: consultation.title.in_language(code).to_owned(),
        description: Some(description.to_owned()),
        view,
        sample,
    }
}

/// The ways to answer, most used first; none when it cannot be answered today.
fn ways(page: PageContext<'_>, consultation: &Consultation, state: State) -> Vec<Html> {
    if !state.is_open() {
        return Vec::new();
    }
    let channels = &consultation.channels;
    let word = |path: &str| page.word(&format!("consultation.way.{path}"));
    let linked = |path: &str, href: &str| format!("<a href=\"{}\">{}</a>", escape(href), escape(word(path)));
    let code = page.code();
    let mut ways = Vec::new();
    let form = chapter(page, consultation, Chapter::Questions, "consultation.way.form");
    if let Some(form) = form.filter(|_| channels.has_form()) {
        let minutes = consultation.questionnaire.minutes.map(|minutes| minutes.to_string());
        let takes = minutes.map(|n| format!(" {}", escape(&page.fill("consultation.way.minutes", &[("n", &n)]))));
        ways.push(format!("{}.{}", linked("form", &form.href), takes.unwrap_or_default()));
    }
    if channels.file {
        ways.push(escape(word("file")));
    }
    if !channels.email.is_empty() {
        let email = escape(&channels.email);
        let subject = if consultation.case_number.is_empty() {
            String::new()
        } else {
            format!("?subject={}", percent_encoded(&consultation.case_number))
        };
        ways.push(format!(
            "{} <a href=\"mailto:{email}{subject}\">{email}</a>.",
            escape(word("email"))
        ));
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
    if ways.is_empty() {
        ways.push(escape(word("none")));
    }
    ways.into_iter().map(Html).collect()
}

/// What happens next, when it cannot be answered today.
fn next(page: PageContext<'_>, consultation: &Consultation, state: State) -> Option<String> {
    let decided_by = consultation.decided_by.in_language(page.code());
    let told = |word: &str, date: Option<jiff::civil::Date>| {
        let date = date.map(|date| day(page.locale, date));
        let kind = match (&date, decided_by) {
            (Some(_), "") => "day",
            (Some(_), _) => "day_by",
            (None, "") => "open",
            (None, _) => "open_by",
        };
        page.fill(
            &format!("consultation.next.{word}.{kind}"),
            &[("day", date.as_deref().unwrap_or_default()), ("by", decided_by)],
        )
    };
    match state {
        State::Closed => Some(told("results", consultation.dates.results)),
        State::Results => Some(told("decision", consultation.dates.decision)),
        _ => None,
    }
}

/// A group of those invited.
#[derive(Serialize)]
struct Group {
    name: String,
    /// How many of them have answered; absent when there are no results.
    told: Option<String>,
    /// Names, with those that have answered first told apart when that may be said.
    answered: Option<Vec<String>>,
    others: Vec<String>,
}

fn invited(page: PageContext<'_>, consultation: &Consultation, results: Option<&Results>) -> Vec<Group> {
    let code = page.code();
    let names_may_be_told =
        consultation.respondents == Respondents::Bodies && consultation.publication.bodies == Naming::Named;
    let group = |(index, group): (usize, &crate::model::InvitedGroup)| {
        let counted = results.and_then(|it| it.base.groups.iter().find(|(position, ..)| *position == index));
        let told = counted.map(|(_, invited, answered)| {
            let (n, total) = (answered.to_string(), invited.to_string());
            page.fill("consultation.answered_of", &[("n", &n), ("total", &total)])
        });
        let missing = results
            .filter(|_| names_may_be_told)
            .map(|results| &results.base.missing);
        let has_answered = |body: &&crate::model::Body| missing.is_some_and(|missing| !missing.contains(&body.id));
        let (answered, others): (Vec<_>, Vec<_>) = group.bodies.iter().partition(has_answered);
        let names = |bodies: Vec<&crate::model::Body>| -> Vec<String> {
            let mut names: Vec<String> = bodies
                .iter()
                .map(|body| body.name.in_language(code).to_owned())
                .collect();
            names.sort_by_key(|name| alphabetical(name));
            names
        };
        Group {
            name: group.name.in_language(code).to_owned(),
            told,
            answered: missing.map(|_| names(answered)),
            others: names(others),
        }
    };
    consultation.invited.iter().enumerate().map(group).collect()
}

/// How many have answered.
fn base(page: PageContext<'_>, results: &Results) -> String {
    let base = &results.base;
    let n = base.of_invited().to_string();
    let Some(invited) = base.invited else {
        return page.fill("consultation.base.open", &[("n", &n)]);
    };
    let told = page.fill(
        "consultation.base.invited",
        &[("n", &n), ("total", &invited.to_string())],
    );
    if base.uninvited == 0 {
        return told;
    }
    let n = base.uninvited.to_string();
    format!(
        "{told} {}",
        page.fill("result.who.uninvited", &[("n", &n), ("count", &n)])
    )
}

/// What one should read: pages of the site, its files, other addresses. What leads nowhere is reported, once.
fn documents(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> Vec<Link> {
    let code = page.code();
    let told = |document: &Document| {
        let (target, anchor) = document
            .link
            .split_once('#')
            .map_or((&*document.link, ""), |(target, rest)| (target, rest));
        let href = match target.split_once(':') {
            Some(("https", _)) => Some(document.link.clone()),
            Some(("page", id)) => {
                let way = page.href(&Reference::Page(id.to_owned()));
                way.map(|way| {
                    if anchor.is_empty() {
                        way
                    } else {
                        format!("{way}#{anchor}")
                    }
                })
            }
            Some(_) => None,
            None => page
                .report
                .files
                .iter()
                .find(|file| *file == target)
                .map(|file| page.href_to(file)),
        };
        if href.is_none() && page.locale.number == 0 {
            log.append(lost(page, document, target).into_iter().collect());
        }
        let note = document.note.in_language(code);
        Link {
            title: document.title.in_language(code).to_owned(),
            href: href.unwrap_or_default(),
            note: (!note.is_empty()).then(|| note.to_owned()),
        }
    };
    consultation.documents.iter().map(told).collect()
}

/// A document that cannot be linked to; pages have been looked for when names were followed.
fn lost(page: PageContext<'_>, document: &Document, target: &str) -> Option<Finding> {
    let at = document.origin.at("link");
    match target.split_once(':') {
        Some(("page", _)) => None,
        Some(_) => Some(Finding::new(Code::LinkScheme, at).with("target", &document.link)),
        None => {
            let finding = Finding::new(Code::LinkBroken, at).with("target", &document.link);
            Some(match nearest(target, page.report.files.iter().map(String::as_str)) {
                Some(near) => finding.with("near", near),
                None => finding,
            })
        }
    }
}

/// The last day, for one's own calendar; nothing where there is none, and not for what is made up.
fn calendar(page: PageContext<'_>, consultation: &Consultation, state: State) -> Option<Link> {
    let event = calendar::deadline(page, consultation)?;
    let route = crate::render::consultation::calendar_route(page, consultation);
    let text = calendar::calendar(&event);
    let link = Link {
        title: page.word("consultation.calendar").to_owned(),
        href: page.href_to(&route),
        note: Some(size(page.locale, text.len())),
    };
    // The file keeps its address when the day has passed; nobody needs the way to it then.
    page.files.put(route, text.into_bytes());
    (state.is_open() || state == State::Coming).then_some(link)
}

/// Who decides, the content's number, the rule of publication, whom to ask.
fn facts(page: PageContext<'_>, consultation: &Consultation) -> Vec<Fact> {
    let code = page.code();
    let fact = |word: &str, html: String| {
        let label = page.word(&format!("consultation.fact.{word}")).to_owned();
        (!html.is_empty()).then_some(Fact {
            label,
            html: Html(html),
        })
    };
    let contact = &consultation.contact;
    let email = escape(&contact.email);
    let letter = if email.is_empty() {
        String::new()
    } else {
        format!("<a href=\"mailto:{email}\">{email}</a>")
    };
    let contact: Vec<String> = [escape(contact.name.in_language(code)), letter, escape(&contact.phone)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let personal = consultation.personal_data.as_ref().map(|data| {
        let said = [&data.purpose, &data.basis, &data.retention, &data.controller];
        let said = said.map(|text| inline(text.in_language(code)));
        let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
        said.join("<br>")
    });
    let version = &consultation.questionnaire;
    let changes = version.changes.in_language(code);
    let differs = if changes.is_empty() {
        String::new()
    } else {
        format!(": {}", inline(changes))
    };
    [
        fact("decided_by", escape(consultation.decided_by.in_language(code))),
        fact("case_number", escape(&consultation.case_number)),
        fact("contact", contact.join("<br>")),
        fact("rule", inline(consultation.publication.rule.in_language(code))),
        fact("personal_data", personal.unwrap_or_default()),
        fact(
            "version",
            if version.version.is_empty() {
                String::new()
            } else {
                escape(&version.version) + &differs
            },
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Text as part of an address.
fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to memory cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::percent_encoded;

    #[test]
    fn a_case_number_is_no_part_of_an_address() {
        assert_eq!(percent_encoded("RS 2026/123 å&b"), "RS%202026%2F123%20%C3%A5%26b");
    }
}
