//! `sitemap.xml` and `robots.txt`, for sites that know their absolute address.

use crate::render::Output;

/// The two files; none when the address is not known, since both need it.
#[must_use]
pub fn sitemap(base_url: &str, addresses: &[String]) -> Vec<Output> {
    if base_url.is_empty() {
        return Vec::new();
    }
    let base_url = format!("{}/", base_url.trim_end_matches('/'));
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses.iter().filter(|address| *address != "404.html") {
        let tidy = address
            .strip_suffix("index.html")
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .unwrap_or(address);
        xml.push_str("  <url><loc>");
        xml.push_str(&crate::theme::escape(&format!("{base_url}{tidy}")));
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
