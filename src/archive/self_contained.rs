//! Whether a site is self-contained: can be read when nothing else is left.
//!
//! Takes the files of a site; gives every reference by which a page or style loads something from elsewhere, or leads to a
//! page that is not there. Links that a reader follows to other sites do not count.

use crate::html::{Tag, decoded, tags};
use std::collections::BTreeSet;

/// A reference out of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutsideReference {
    /// The page or style.
    pub page: String,
    /// The address, as written.
    pub target: String,
}

/// Every reference from these files to something that is not among them.
#[must_use]
pub fn outside_references(files: &[(&str, &[u8])]) -> Vec<OutsideReference> {
    let all: BTreeSet<&str> = files.iter().map(|(route, _)| *route).collect();
    let ending = |route: &str| {
        route
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
            .to_ascii_lowercase()
    };
    let mut references = BTreeSet::new();
    for (route, bytes) in files {
        let text = || String::from_utf8_lossy(bytes);
        let mut note = |target: &str, loads: bool| {
            if !stays(route, target, loads, &all) {
                references.insert(OutsideReference {
                    page: (*route).to_owned(),
                    target: target.to_owned(),
                });
            }
        };
        match ending(route).as_str() {
            "html" | "htm" => {
                for (target, loads) in tags(&text()).flat_map(|tag| targets(&tag)) {
                    note(target, loads);
                }
            }
            "css" => addresses(&text()).for_each(|target| note(target, true)),
            _ => {}
        }
    }
    references.into_iter().collect()
}

/// The files that a page, a drawing or a style refers to, by their routes, whether they exist or not; of other files none.
#[must_use]
pub fn local_references(route: &str, bytes: &[u8]) -> BTreeSet<String> {
    let ending = route
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    if !matches!(ending.as_str(), "html" | "htm" | "svg" | "css") {
        return BTreeSet::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let mut named: Vec<&str> = addresses(&text).collect();
    for tag in tags(&text).filter(|_| ending != "css") {
        named.extend(targets(&tag).into_iter().map(|(target, _)| target));
        // `srcset` has a list of addresses, each with the size that it is meant for.
        let candidates = ["srcset", "imagesrcset", "xlink:href"].map(|name| tag.attribute(name));
        let candidates = candidates.into_iter().flatten().flat_map(|list| list.value.split(','));
        named.extend(candidates.filter_map(|candidate| candidate.split_ascii_whitespace().next()));
    }
    let routes = named.into_iter().filter_map(|target| {
        let path = target.trim().split(['?', '#']).next().unwrap_or_default();
        let is_local = !path.is_empty() && !path.split('/').next().unwrap_or_default().contains(':');
        let path = decoded(&path.replace("&amp;", "&").replace("&#39;", "'").replace("&#x27;", "'"));
        resolve(route, &path).filter(|_| is_local)
    });
    routes.collect()
}

/// The addresses in a tag, each with whether it is loaded without being asked for.
fn targets<'a>(tag: &Tag<'a>) -> Vec<(&'a str, bool)> {
    let value = |name: &str| tag.attribute(name).map(|attribute| attribute.value);
    let word = |words: &[&str]| words.iter().any(|word| tag.has_word("rel", word));
    let mut targets: Vec<(&str, bool)> = ["src", "poster", "data"]
        .into_iter()
        .filter_map(value)
        .map(|target| (target, true))
        .collect();
    if tag.opens("link") {
        // Other links are facts about the page, and are not loaded with it.
        let loads = word(&[
            "stylesheet",
            "icon",
            "preload",
            "modulepreload",
            "manifest",
            "apple-touch-icon",
        ]);
        let is_canonical = word(&["canonical"]);
        targets.extend(value("href").filter(|_| !is_canonical).map(|href| (href, loads)));
    } else {
        targets.extend(value("href").map(|href| (href, tag.opens("use") || tag.opens("image"))));
    }
    targets
}

/// The addresses that a style loads: `url(…)`, and `@import` without it.
fn addresses(css: &str) -> impl Iterator<Item = &str> {
    let clean = |text: &'static str| move |rest: &str| rest.trim_start().starts_with(text);
    let urls = css
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(url, _)| url);
    let imports = css
        .split("@import")
        .skip(1)
        .filter(move |rest| !clean("url(")(rest))
        .filter_map(|rest| rest.split(';').next());
    urls.chain(imports)
        .map(|url| url.trim().trim_matches(['"', '\'']).trim())
}

/// Whether a target is among the files, or one that a reader follows by choice.
fn stays(route: &str, target: &str, loads: bool, all: &BTreeSet<&str>) -> bool {
    let target = target.trim();
    if target.is_empty() || target.starts_with(['#', '?']) {
        return true;
    }
    let scheme = target
        .split(['/', '?', '#'])
        .next()
        .and_then(|first| first.split_once(':'))
        .map(|(scheme, _)| scheme);
    if scheme.is_some() || target.starts_with("//") {
        return !loads || scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("data"));
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(path) = resolve(route, &decoded(&path.replace("&amp;", "&"))) else {
        return false;
    };
    let folder = path.is_empty() || path.ends_with('/');
    all.contains(path.as_str()) || folder && all.contains(format!("{path}index.html").as_str())
}

/// A relative path from where a page stands; `None`: it leads out of the site, or begins at the root of some host.
pub(crate) fn resolve(route: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = route.split('/').collect();
    parts.pop();
    let named: Vec<&str> = path.split('/').collect();
    for (part, last) in named.iter().zip((0..named.len()).rev().map(|left| left == 0)) {
        match *part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            "" if !last => return None,
            part => {
                parts.push(part);
                continue;
            }
        }
        if last {
            parts.push("");
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets_of(html: &str) -> Vec<String> {
        let files: [(&str, &[u8]); 3] = [("a/b.html", html.as_bytes()), ("a/å b.html", b""), ("index.html", b"")];
        outside_references(&files)
            .into_iter()
            .map(|reference| reference.target)
            .collect()
    }

    #[test]
    fn links_within_and_links_to_others_are_no_reach() {
        let html = "<a href=\"../index.html#x\">a</a><a href=../>b</a><a href='%C3%A5%20b.html?x'>c</a><a href=\"#d\">d</a>\
                    <a href='https://example.se/'>e</a><a href=mailto:a@b.se>f</a><img src=\"data:image/png;base64,\">\
                    <link rel=canonical href='https://example.se/a/b.html'><p>src=\"https://example.se\"</p>";
        assert_eq!(targets_of(html), Vec::<String>::new());
    }

    #[test]
    fn what_is_loaded_from_elsewhere_is_told() {
        let html = "<img src=https://example.se/x.png><script src='//example.se/x.js'></script>\
                    <link rel=stylesheet href=http://example.se/x.css>";
        assert_eq!(
            targets_of(html),
            [
                "//example.se/x.js",
                "http://example.se/x.css",
                "https://example.se/x.png"
            ]
        );
    }

    #[test]
    fn pages_that_are_not_there_are_told() {
        let html = "<a href=c.html>a</a><a href=../../index.html>b</a><a href=/index.html>c</a>";
        assert_eq!(targets_of(html), ["../../index.html", "/index.html", "c.html"]);
    }

    #[test]
    fn local_files_are_named_by_links_pictures_and_styles() {
        let html = b"<a href='b%20c.pdf#page=2'><img src=\"../d.png\" srcset='e.png 1x, f.png 2x'>\
                    <p style='background: url(g.jpg)'><video poster=h.jpg src=i.mp4></video><a href='https://a.se/j.pdf'>\
                    <a href=mailto:k@l.se><a href='#m'>";
        let found = local_references("a/b.html", html);
        let expected = [
            "a/b c.pdf",
            "a/e.png",
            "a/f.png",
            "a/g.jpg",
            "a/h.jpg",
            "a/i.mp4",
            "d.png",
        ];
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        assert!(local_references("a/b.txt", html).is_empty());
    }

    #[test]
    fn styles_are_read_too() {
        let css =
            b"@import \"a.css\"; @import url(b.css); p { background: url('x.png') } i { background: url(data:x) }";
        let files: [(&str, &[u8]); 2] = [("css/a.css", css), ("css/b.css", b"")];
        let found: Vec<String> = outside_references(&files)
            .into_iter()
            .map(|reference| reference.target)
            .collect();
        assert_eq!(found, ["x.png"]);
    }
}
