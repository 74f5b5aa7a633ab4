//! Links in Markdown that is shown on several pages and in files: texts of data files, and drafts. They can only lead out of the
//! site, since nothing is known there that another address could be followed from.

use pulldown_cmark::{Event, LinkType, Parser, Tag};
use std::ops::Range;

/// Whether this is the scheme of addresses that lead out of the site.
pub(crate) fn is_outside(scheme: &str) -> bool {
    ["http", "https", "mailto", "tel"]
        .iter()
        .any(|outside| outside.eq_ignore_ascii_case(scheme))
}

/// Whether a link leads out of the site: to a host, a mailbox or a telephone.
pub(crate) fn leads_out(kind: LinkType, address: &str) -> bool {
    kind == LinkType::Email || address.split_once(':').is_some_and(|(scheme, _)| is_outside(scheme))
}

/// The addresses of links that do not lead out, with their bytes.
pub(super) fn lost_links(text: &str) -> Vec<(String, Range<usize>)> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let lost = |(event, range)| match event {
        Event::Start(Tag::Link {
            link_type, dest_url, ..
        }) if !leads_out(link_type, &dest_url) => Some((dest_url.into_string(), range)),
        _ => None,
    };
    Parser::new(text).into_offset_iter().filter_map(lost).collect()
}

#[cfg(test)]
mod tests {
    use super::lost_links;

    #[test]
    fn what_leads_out_is_followed_and_all_else_is_lost() {
        for kept in [
            "[a](https://b.se)",
            "<a@b.se>",
            "<HTTPS://b.se>",
            "[a](tel:1)",
            "[a](mailto:a@b.se)",
            "a [b] (c)",
        ] {
            assert!(lost_links(kept).is_empty(), "{kept}");
        }
        for (text, address) in [
            ("[a](page:b)", "page:b"),
            ("[a](<b c.md>)", "b c.md"),
            ("[a][b]\n\n[b]: javascript:c", "javascript:c"),
            ("<data:text/html,a>", "data:text/html,a"),
            ("[**a**](#b)", "#b"),
        ] {
            assert_eq!(
                lost_links(text).first().map(|(lost, _)| lost.as_str()),
                Some(address),
                "{text}"
            );
        }
    }
}
