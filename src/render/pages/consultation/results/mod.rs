//! What was answered: who answered, question by question, body by body, in meetings, in words, and what is not shown.
//!
//! Takes [`Results`](crate::survey::Results), in which nothing is left that must not be shown; gives a page, pictures and
//! files. A number that is hidden there stands as `..` with the reason, and is never worked out here.

mod account;
mod base;
mod choices;
mod coded;
mod degrees;
mod directions;
mod matrix;
mod meetings;
mod orders;
mod question;
mod spreads;
mod tallies;

pub(crate) use account::Account;
pub(crate) use question::QuestionView;

use crate::export;
use crate::finding::Log;
use crate::model::Consultation;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::view::Heading;
use crate::survey::{Detail, Withheld};
use minijinja::context;

/// The results; nothing when there are none.
pub(super) fn matter(standpoint: Standpoint<'_>, consultation: &Consultation, log: &Log) -> Option<Matter> {
    let account = Account::of(standpoint, consultation)?;
    let results = account.results;
    let asked: Vec<QuestionView> = consultation
        .questionnaire
        .questions()
        .enumerate()
        .filter_map(|(at, own)| account.view(at, own, log))
        .collect();
    // Before it has closed there is nothing but who has answered.
    let is_told = !results.withheld.contains(&Withheld::Open)
        && results
            .questions
            .iter()
            .any(|result| !matches!(result.detail, Detail::Withheld));
    let coded = coded::view(account, log);
    let matrices = matrix::view(account);
    let meetings = meetings::view(account);
    let withheld = base::withheld(account);
    let downloads = if is_told {
        let path = format!("assets/data/{}-resultat.csv", consultation.id);
        vec![standpoint.offer(
            account.word("file"),
            &path,
            export::answers(standpoint, consultation, results),
        )]
    } else {
        Vec::new()
    };
    let sections = [
        ("who", true),
        ("questions", is_told && !asked.is_empty()),
        ("words", coded.is_some()),
        ("matrix", !matrices.is_empty()),
        ("meetings", !meetings.is_empty()),
        ("withheld", !withheld.is_empty()),
        ("files", !downloads.is_empty()),
    ];
    let contents: Vec<Heading> = sections
        .iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(name, _)| heading(account, name))
        .collect();
    let story = standpoint.link(
        account.text(&consultation.title),
        &Reference::Consultation(consultation.id.clone()),
    );
    let view = context! {
        interim => results.interim.then(|| account.word("interim").to_owned()),
        note => account.text(&consultation.note),
        story => crate::theme::template_value(story),
        contents => crate::theme::template_value(contents),
        headings => crate::theme::template_value(sections.map(|(name, _)| heading(account, name))),
        base => crate::theme::template_value(base::view(account)),
        questions => crate::theme::template_value(if is_told { asked } else { Vec::new() }),
        coded => crate::theme::template_value(coded),
        matrices => crate::theme::template_value(matrices),
        meetings => crate::theme::template_value(meetings),
        withheld => withheld,
        downloads => crate::theme::template_value(downloads),
    };
    Some(Matter {
        title: super::titled(standpoint, consultation, "results"),
        description: Some(base::lead(account)),
        view,
        sample: consultation.sample,
    })
}

fn heading(account: Account<'_>, name: &str) -> Heading {
    Heading {
        id: account.word(&format!("anchor.{name}")).to_owned(),
        title: account.word(&format!("section.{name}")).to_owned(),
        level: 2,
    }
}
