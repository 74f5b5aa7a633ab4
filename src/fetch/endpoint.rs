//! A form posted to an endpoint, as a browser would, and what comes back. Nothing is followed and nothing is tried again: what
//! the endpoint does the first time is what is looked at.

use crate::finding::{OrFail, Result, message};
use std::time::Duration;
use ureq::{Agent, RequestBuilder};

/// Longest reply that is read, in bytes.
const LARGEST: u64 = 64 << 10;
/// The longest that a reply may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What an endpoint replies.
#[derive(Clone, Debug, Default)]
pub struct EndpointReply {
    /// The status.
    pub status: u16,
    /// `Access-Control-Allow-Origin`; empty: none.
    pub allowed_origin: String,
    /// `Location` as a whole address; empty: none.
    pub location: String,
    /// The body, as far as it is text; empty: none.
    pub body: String,
}

/// Posts this form, encoded, with what is accepted in reply and the site it stands on.
///
/// # Errors
/// When there is no reply.
pub fn post_form(url: &str, form: &str, accept: &str, origin: &str) -> Result<EndpointReply> {
    let request = asked(agent().post(super::address::encoded(url)), accept, origin);
    let sent = request.content_type("application/x-www-form-urlencoded").send(form);
    Ok(reply(url, sent.or_fail(|| message::cannot_fetch(url))?))
}

/// The status of a page.
///
/// # Errors
/// When there is no reply.
pub fn page_status(url: &str) -> Result<u16> {
    let page = agent().get(super::address::encoded(url)).call();
    Ok(page.or_fail(|| message::cannot_fetch(url))?.status().as_u16())
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("utsikt/", env!("CARGO_PKG_VERSION"), " (tries an endpoint)"))
        .build();
    config.into()
}

fn asked<B>(request: RequestBuilder<B>, accept: &str, origin: &str) -> RequestBuilder<B> {
    request.header("accept", accept).header("origin", origin)
}

fn reply(url: &str, mut response: ureq::http::Response<ureq::Body>) -> EndpointReply {
    let headers = response.headers();
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let allowed_origin = header("access-control-allow-origin");
    let location = super::address::redirect_target(url, headers).unwrap_or_default();
    let body = response.body_mut().with_config().limit(LARGEST).read_to_string();
    EndpointReply {
        status: response.status().as_u16(),
        allowed_origin,
        location,
        body: body.unwrap_or_default(),
    }
}
