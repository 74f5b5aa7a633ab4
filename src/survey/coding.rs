//! Counts coded free text: respondents per theme, answers without a code, agreement between coders, and quotes.
//!
//! Takes the codebook, the coding table and the quotes; looks only at responses that count. A respondent counts once in
//! a theme, however often it is mentioned, and only if everyone who sorted the answer put it there: no coder adds alone.
//! Coders agree on an answer when they have put it under exactly the same themes.

use super::alpha::alpha;
use super::naming::{SMALLEST_GROUP, naming};
use super::poll::{CountedResponse, Poll};
use super::quote::{QuotedBy, ShownQuote};
use super::results::{Coded, CodedQuestion, Count};
use crate::model::{Answer, Codebook, Naming, Pick, Question, QuestionKind, Quote, Response};
use std::collections::{BTreeMap, BTreeSet};

/// The themes under which each coder has put an answer, by response and question. "None fits" is no theme.
type Codings<'a> = BTreeMap<(&'a str, &'a str), BTreeMap<&'a str, BTreeSet<&'a str>>>;

/// Free text by theme; `None`: no codebook, or nothing that counts has been coded.
pub(super) fn coded(poll: &Poll, entries: &[CountedResponse]) -> Option<Coded> {
    themes(poll, entries).filter(|coded| coded.uncoded < coded.answers)
}

/// Free text by theme, whether anything has been coded or not; `None`: no codebook.
pub(super) fn themes(poll: &Poll, entries: &[CountedResponse]) -> Option<Coded> {
    let (id, _) = poll.consultation.codebook.as_ref()?;
    let codebook = poll.site.codebook(id)?;
    let codings = codings(poll, entries);
    let (mut answers, mut uncoded, mut double, mut disputed) = (0, 0, 0, 0);
    let mut questions = Vec::new();
    let mut units = Vec::new();
    for (at, question) in poll.consultation.questionnaire.questions().enumerate() {
        let themes = themes_of(codebook, question);
        if themes.is_empty() {
            continue;
        }
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut answered, mut sorted) = (0, 0);
        for entry in entries.iter().filter(|entry| in_words(entry.response, at)) {
            answered += 1;
            let Some(coders) = codings.get(&(entry.response.id.as_str(), question.id.as_str())) else {
                uncoded += 1;
                continue;
            };
            sorted += 1;
            double += u32::from(coders.len() > 1);
            let mut sets = coders.values();
            let first = sets.next().cloned().unwrap_or_default();
            disputed += u32::from(coders.values().any(|themes| *themes != first));
            for theme in sets.fold(first, |agreed, themes| &agreed & themes) {
                *counts.entry(theme).or_default() += 1;
            }
            units.push(coders.values().collect::<Vec<_>>());
        }
        answers += answered;
        let count = |theme: &str| Count::Shown(counts.get(theme).copied().unwrap_or(0));
        questions.push(CodedQuestion {
            question: question.id.clone(),
            answered: Count::Shown(sorted),
            themes: themes
                .into_iter()
                .map(|theme| (theme.to_owned(), count(theme)))
                .collect(),
        });
    }
    // Sorted, so that the sum does not depend on who answered first.
    units.sort();
    let quotes = quotes(poll, entries);
    Some(Coded {
        answers,
        uncoded,
        questions,
        alpha: alpha(&units),
        double,
        disputed,
        quotes,
    })
}

fn codings<'a>(poll: &Poll<'a>, entries: &[CountedResponse<'a>]) -> Codings<'a> {
    let counted: BTreeSet<&str> = entries.iter().map(|entry| entry.response.id.as_str()).collect();
    let mut codings = Codings::new();
    let all = poll.answers.codings.iter();
    for coding in all.filter(|coding| counted.contains(coding.response.as_str())) {
        let coders = codings
            .entry((coding.response.as_str(), coding.question.as_str()))
            .or_default();
        let themes = coders.entry(coding.coder.as_str()).or_default();
        if !coding.theme.is_empty() {
            themes.insert(coding.theme.as_str());
        }
    }
    codings
}

/// The themes that a question's answers are coded with: those of the clusters that name it, and, for free text, of
/// those that name no question. None for other questions.
fn themes_of<'a>(codebook: &'a Codebook, question: &Question) -> Vec<&'a str> {
    let of_text = matches!(question.kind, QuestionKind::Text { .. });
    let named = codebook.clusters.iter().filter(|cluster| match &cluster.question {
        Some((id, _)) => *id == question.id,
        None => of_text,
    });
    named
        .flat_map(|cluster| &cluster.themes)
        .map(|theme| theme.id.as_str())
        .collect()
}

/// Whether the question at this position was answered in words.
fn in_words(response: &Response, at: usize) -> bool {
    match response.answer(at) {
        Some(Answer::Text(text) | Answer::One(Pick::Other(text)) | Answer::Several(_, text)) => !text.trim().is_empty(),
        _ => false,
    }
}

/// Approved quotes from responses that count, in the order written.
fn quotes(poll: &Poll, entries: &[CountedResponse]) -> Vec<ShownQuote> {
    let responses: BTreeMap<&str, &Response> = entries
        .iter()
        .map(|entry| (entry.response.id.as_str(), entry.response))
        .collect();
    let quotes = poll.answers.quotes.iter();
    quotes
        .filter(|quote| quote.approved && !quote.text.trim().is_empty())
        .filter_map(|quote| {
            let response = responses.get(quote.response.as_str())?;
            poll.consultation.questionnaire.question(&quote.question)?;
            Some(ShownQuote {
                question: quote.question.clone(),
                theme: quote.theme.clone(),
                text: quote.text.clone(),
                by: quoted_by(poll, entries, quote, response),
            })
        })
        .collect()
}

/// How the author of a quote is named: the strictest of the rule, the respondent and whoever approved the quote. A group
/// is told only where so many of it have answered that this does not identify the author.
fn quoted_by(poll: &Poll, entries: &[CountedResponse], quote: &Quote, response: &Response) -> QuotedBy {
    let invited = |body: &str| {
        poll.consultation
            .invited
            .iter()
            .position(|group| group.bodies.iter().any(|member| member.id == body))
    };
    let Some((body, group)) = response.body.as_deref().and_then(|body| Some((body, invited(body)?))) else {
        return QuotedBy::Nobody;
    };
    match naming(poll.consultation, response).min(quote.naming) {
        Naming::Named => QuotedBy::Body(body.to_owned()),
        Naming::Type => {
            let answered = entries.iter().filter_map(|entry| entry.response.body.as_deref());
            let company = answered.filter(|other| invited(other) == Some(group)).count();
            if company >= SMALLEST_GROUP {
                QuotedBy::Group(group)
            } else {
                QuotedBy::Nobody
            }
        }
        Naming::Nothing => QuotedBy::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, MISSING, consultation, count_answers, persons, response};
    use super::*;
    use crate::model::{Answers, Coding};

    fn in_words_of(id: &str, received: u32, body: &str) -> Response {
        let words = Answer::Text("Mer vatten och renare luft.".to_owned());
        Response {
            body: Some(body.to_owned()),
            ..response(id, received, vec![(MISSING, words)])
        }
    }

    /// Codings written `response theme coder`.
    fn answers(codings: &[&str]) -> Answers {
        let responses = ["1", "2", "3", "lst"]
            .iter()
            .zip(0..)
            .map(|(body, at)| in_words_of(&format!("r{body}"), at, body));
        let coding = |written: &&str| {
            let parts: Vec<&str> = written.split(' ').collect();
            let [response, theme, coder] = [0, 1, 2].map(|at| parts[at].to_owned());
            let origin = response_origin();
            Coding {
                response,
                question: "saknas".to_owned(),
                theme,
                coder,
                origin,
            }
        };
        Answers {
            consultation: "enkat".to_owned(),
            responses: responses.collect(),
            codings: codings.iter().map(coding).collect(),
            quotes: Vec::new(),
            ..Answers::default()
        }
    }

    fn response_origin() -> crate::source::Origin {
        crate::source::Origin::file(&"answers/enkat/coding.csv".into())
    }

    fn quote(response: &str, naming: Naming, approved: bool) -> Quote {
        Quote {
            response: response.to_owned(),
            question: "saknas".to_owned(),
            theme: "vatten".to_owned(),
            text: "Mer vatten".to_owned(),
            approved,
            naming,
            reason: String::new(),
            origin: response_origin(),
        }
    }

    #[test]
    fn a_respondent_counts_once_in_a_theme_on_which_its_coders_agree() {
        let coded = count_answers(
            consultation(),
            &answers(&[
                "r1 vatten a",
                "r1 vatten b",
                "r1 luft a",
                "r2 vatten a",
                "r3  a",
                "gone vatten a",
            ]),
            CLOSED,
        )
        .coded
        .unwrap();
        assert_eq!(
            (coded.answers, coded.uncoded, coded.double, coded.disputed),
            (4, 1, 1, 1)
        );
        let themes = [
            ("vatten".to_owned(), Count::Shown(2)),
            ("luft".to_owned(), Count::Shown(0)),
        ];
        assert_eq!(
            (coded.questions.len(), coded.questions[0].themes.as_slice()),
            (1, themes.as_slice())
        );
        assert_eq!(
            coded.questions[0].answered,
            Count::Shown(3),
            "shares are of the answers that were sorted"
        );
    }

    #[test]
    fn coders_agree_when_all_their_themes_are_the_same() {
        let one = count_answers(
            consultation(),
            &answers(&[
                "r1 vatten a",
                "r1 vatten b",
                "r2 luft a",
                "r2 luft b",
                "r2 vatten b",
                "r3  a",
                "r3  b",
            ]),
            CLOSED,
        );
        // V V, L LV, – –: 2 of 6 ordered pairs within answers differ, and 26 of the 30 pairs of all six values.
        let alpha = one.coded.unwrap().alpha.unwrap();
        assert!((alpha - (1.0 - (2.0 / 6.0) / (26.0 / 30.0))).abs() < 1e-12, "{alpha}");
    }

    #[test]
    fn nothing_sorted_is_nothing_to_show() {
        assert!(
            count_answers(consultation(), &answers(&["gone vatten a"]), CLOSED)
                .coded
                .is_none()
        );
    }

    #[test]
    fn quotes_are_approved_and_named_by_the_strictest() {
        let mut all = answers(&["r1 vatten a"]);
        all.quotes = vec![
            quote("r1", Naming::Named, true),
            quote("r1", Naming::Type, true),
            quote("r2", Naming::Named, false),
            quote("r2", Naming::Nothing, true),
            quote("rlst", Naming::Type, true),
        ];
        let by = |consultation, answers: &Answers| {
            let coded = count_answers(consultation, answers, CLOSED).coded.unwrap();
            coded.quotes.into_iter().map(|quote| quote.by).collect::<Vec<_>>()
        };
        let body = QuotedBy::Body("1".to_owned());
        // The agency is the only one of its group: "an agency" would be its name.
        let expected = [body, QuotedBy::Group(0), QuotedBy::Nobody, QuotedBy::Nobody];
        assert_eq!(by(consultation(), &all), expected);
        all.responses[0].naming = Naming::Nothing;
        assert_eq!(by(consultation(), &all)[0], QuotedBy::Nobody);
        assert!(by(persons(2, None), &all).iter().all(|by| *by == QuotedBy::Nobody));
    }
}
