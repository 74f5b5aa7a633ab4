//! `sitemap.xml` and `robots.txt`, for sites that know their absolute address.

use crate::page::output::Output;
use crate::page::routes::canonical;

/// The two files; none when `base_url` is empty, since both need the absolute address of the site.
pub(crate) fn sitemap(base_url: &str, addresses: &[String]) -> Vec<Output> {
    if base_url.is_empty() {
        return Vec::new();
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses.iter().filter(|address| *address != "404.html") {
        xml.push_str("  <url><loc>");
        xml.push_str(&crate::theme::escape(&canonical(base_url, address)));
        xml.push_str("</loc></url>\n");
    }
    xml.push_str("</urlset>\n");
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n");
    vec![
        Output {
            route: "robots.txt".to_owned(),
            bytes: robots.into_bytes().into(),
        },
        Output {
            route: "sitemap.xml".to_owned(),
            bytes: xml.into_bytes().into(),
        },
    ]
}
