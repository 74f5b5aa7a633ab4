//! A page as it is served: the same page, with the script that reloads it.
//!
//! Takes a finished page; gives a copy for the browser. What is published is never touched.

use std::borrow::Cow;

/// The policy's place in a page.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// The page with the preview's script at the end of its head. `route` is what was asked for, `version` the site's.
///
/// A page shown in the place of a missing one gets its links from the root, wherever the missing one would lie.
pub(super) fn with_script(page: &str, route: &str, version: u64, missing: bool) -> String {
    let page = allowing(page, missing);
    let base = if missing { "<base href=\"/\">" } else { "" };
    let script = format!(
        "<script src=\"/-/preview.js\" data-page=\"{}\" data-version=\"{version}\" defer></script>",
        escaped(route)
    );
    let page = match page.split_once("<meta charset") {
        Some((before, after)) if missing => Cow::Owned(format!("{before}{base}<meta charset{after}")),
        _ => page,
    };
    match page.split_once("</head>") {
        Some((head, body)) => format!("{head}{script}</head>{body}"),
        None => format!("{page}{script}"),
    }
}

/// A page of the preview's own, where the site has none.
pub(super) fn plain(title: &str, text: &str) -> String {
    let (title, text) = (escaped(title), escaped(text));
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
}

/// The page with a policy under which the preview's script, styles and events work.
fn allowing(page: &str, missing: bool) -> Cow<'_, str> {
    let found = page
        .split_once(POLICY)
        .and_then(|(before, rest)| Some((before, rest.split_once('"')?)));
    let Some((before, (policy, after))) = found else {
        return Cow::Borrowed(page);
    };
    Cow::Owned(format!("{before}{POLICY}{}\"{after}", widened(policy, missing)))
}

/// A policy that allows what comes from the same host as scripts, styles and connections, and all that it allowed.
fn widened(policy: &str, base: bool) -> String {
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|it| it.split_whitespace().collect())
        .filter(|it: &Vec<&str>| !it.is_empty())
        .collect();
    let fallback = directives
        .iter()
        .find(|it| it[0] == "default-src")
        .map(|it| it[1..].to_vec());
    for name in ["script-src", "style-src", "connect-src"] {
        // What is said of neither falls to nobody: it is allowed already.
        if let Some(sources) = fallback.as_ref().filter(|_| !directives.iter().any(|it| it[0] == name)) {
            directives.push([&[name], sources.as_slice()].concat());
        }
    }
    for directive in &mut directives {
        let concerned = matches!(
            directive[0],
            "script-src" | "script-src-elem" | "style-src" | "style-src-elem"
        ) || directive[0] == "connect-src"
            || base && directive[0] == "base-uri";
        if concerned && !directive.contains(&"'self'") {
            directive.retain(|source| *source != "'none'");
            directive.push("'self'");
        }
    }
    directives.iter().map(|it| it.join(" ")).collect::<Vec<_>>().join("; ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_head_and_names_the_page() {
        let page = with_script("<head><title>a</title></head><body>b", "a\"b.html", 7, false);
        let script = "<script src=\"/-/preview.js\" data-page=\"a&quot;b.html\" data-version=\"7\" defer></script>";
        assert_eq!(page, format!("<head><title>a</title>{script}</head><body>b"));
        assert!(with_script("b", "b", 1, false).starts_with("b<script"));
    }

    #[test]
    fn a_page_for_a_missing_one_has_its_links_from_the_root() {
        let page = with_script("<head><meta charset=\"utf-8\"></head>", "x/y", 1, true);
        assert!(
            page.starts_with("<head><base href=\"/\"><meta charset=\"utf-8\">"),
            "{page}"
        );
    }

    #[test]
    fn a_policy_allows_the_preview_and_all_it_allowed() {
        for (policy, base, widened_to) in [
            (
                "default-src 'self'",
                false,
                "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'",
            ),
            (
                "default-src 'none'; img-src x",
                false,
                "default-src 'none'; img-src x; script-src 'self'; style-src 'self'; connect-src 'self'",
            ),
            (
                "script-src y; connect-src 'none'",
                false,
                "script-src y 'self'; connect-src 'self'",
            ),
            ("base-uri 'none'", true, "base-uri 'self'"),
            ("base-uri 'none'", false, "base-uri 'none'"),
        ] {
            assert_eq!(widened(policy, base), widened_to);
        }
    }
}
