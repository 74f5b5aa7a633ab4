//! What senders are told: a receipt, or why their form was not taken in; as JSON for scripts, else as a page or a way to one.

use super::door::{Door, Refusal};
use super::form::escaped;
use super::known::{GIVEN_ID, Receipt};
use crate::import::PostedFault;
use crate::read::in_sweden;
use crate::theme::escape;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};
use serde_json::json;

pub(super) type Reply = Response<Full<Bytes>>;

/// Who is told: a script, or a person by a browser; in which language.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    pub(super) is_script: bool,
    pub(super) language: String,
}

/// Says that the answer is kept: to a script with its receipt, to a browser with the way to the thanks page.
pub(super) fn accepted(
    door: &Door,
    listener: &Listener,
    consultation: &str,
    receipt: &Receipt,
    is_test: bool,
) -> Reply {
    let number = number(&receipt.id);
    let received = in_sweden(receipt.second, None)
        .map(|(_, moment)| moment)
        .unwrap_or_default();
    if listener.is_script {
        let mut body = json!({ "response": receipt.id, "number": number, "received": received });
        if is_test {
            body["test"] = true.into();
        }
        return with_type(StatusCode::OK, "application/json", body.to_string());
    }
    let thanks = door.thanks(consultation, &listener.language);
    // They stand in the address, where they can be read and printed without a script; with one the page shows them.
    let address = format!("{thanks}?number={}&time={}", escaped(&number), escaped(&received));
    let mut reply = reply(StatusCode::SEE_OTHER, String::new());
    if let Ok(address) = HeaderValue::try_from(address) {
        reply.headers_mut().insert(LOCATION, address);
    }
    reply
}

/// The number on a receipt: the first eight letters and digits of the id, which finds its line in the journal.
pub(super) fn number(id: &str) -> String {
    let id = id.strip_prefix(GIVEN_ID).unwrap_or(id);
    let signs: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let halves: Vec<String> = signs
        .chunks(4)
        .map(|half| half.iter().collect::<String>().to_uppercase())
        .collect();
    halves.join("-")
}

/// Says why a form was not taken in.
pub(super) fn refused(door: &Door, listener: &Listener, consultation: &str, refusal: &Refusal) -> Reply {
    let language = listener.language.as_str();
    let (status, reason, sentence) = match refusal {
        Refusal::Unknown => (StatusCode::NOT_FOUND, "unknown", door.say(language, "unknown", &[])),
        Refusal::NotOpen(state) => {
            let reason = match state.name() {
                name @ ("coming" | "paused" | "withdrawn") => name,
                _ => "closed",
            };
            (StatusCode::FORBIDDEN, reason, door.say(language, reason, &[]))
        }
        Refusal::Form(fault) => {
            let (status, reason) = match fault {
                PostedFault::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
                PostedFault::Version => (StatusCode::CONFLICT, "version"),
                PostedFault::Empty => (StatusCode::UNPROCESSABLE_ENTITY, "empty"),
                PostedFault::NoCode => (StatusCode::FORBIDDEN, "no-code"),
                PostedFault::WrongCode => (StatusCode::FORBIDDEN, "wrong-code"),
                PostedFault::TooLong(..) => (StatusCode::UNPROCESSABLE_ENTITY, "too-long"),
                PostedFault::Unfit(_) => (StatusCode::UNPROCESSABLE_ENTITY, "unfit"),
            };
            let questions = match fault {
                PostedFault::TooLong(Some(id), _) => door.questions(consultation, std::slice::from_ref(id), language),
                PostedFault::Unfit(ids) => door.questions(consultation, ids, language),
                _ => String::new(),
            };
            let most = if let PostedFault::TooLong(_, most) = fault {
                most.to_string()
            } else {
                String::new()
            };
            (
                status,
                reason,
                door.say(language, reason, &[("questions", &questions), ("n", &most)]),
            )
        }
    };
    refusal_reply(door, listener, status, reason, &sentence)
}

/// Says that a request cannot be answered, for a reason that has nothing to do with what stands in the form.
pub(super) fn failed(door: &Door, listener: &Listener, status: StatusCode, reason: &'static str) -> Reply {
    let sentence = door.say(&listener.language, reason, &[]);
    refusal_reply(door, listener, status, reason, &sentence)
}

fn refusal_reply(door: &Door, listener: &Listener, status: StatusCode, reason: &str, sentence: &str) -> Reply {
    if listener.is_script {
        let body = json!({ "error": reason, "message": sentence }).to_string();
        return with_type(status, "application/json", body);
    }
    let word = |path: &str| escape(&door.say(&listener.language, path, &[]));
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{sentence}</p>\n<p>{back}</p>\n</main>\n</body>\n</html>\n",
        language = escape(&listener.language),
        title = word("title"),
        sentence = escape(sentence),
        back = word("back"),
    );
    with_type(status, "text/html; charset=utf-8", page)
}

/// A reply with a body of this kind.
pub(super) fn with_type(status: StatusCode, kind: &'static str, body: String) -> Reply {
    let mut reply = reply(status, body);
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
}

/// A reply that nobody keeps and no browser takes for something else.
pub(super) fn reply(status: StatusCode, body: String) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from(body)));
    *reply.status_mut() = status;
    let headers: [(HeaderName, &'static str); 4] = [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (hyper::header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in headers {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_the_beginning_of_the_id() {
        assert_eq!(number("3f0c1b2a-7d11-4c7e-9a55-0242ac120002"), "3F0C-1B2A");
        assert_eq!(number("r-00ffee11aa"), "00FF-EE11");
        assert_eq!(number("åa1"), "A1");
    }
}
