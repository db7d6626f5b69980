//! `sitemap.xml` (sitemaps.org 0.9) and `robots.txt`. A sitemap holds absolute addresses only: without a
//! `base_url` there is none. More than 50 000 addresses make several, named by an index.

use super::redirect::escape;

/// Addresses in one file, by the protocol.
const MOST: usize = 50_000;

/// The files of a sitemap, by name; `paths` are from the site's root.
pub fn sitemap(base: &str, paths: &[String]) -> Vec<(String, String)> {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
    let urls = |paths: &[String]| {
        let mut xml = format!("{head}<urlset {space}>\n");
        for path in paths {
            xml.push_str(&format!("<url><loc>{}/{}</loc></url>\n", escape(base), escape(path)));
        }
        xml.push_str("</urlset>\n");
        xml
    };
    if paths.len() <= MOST {
        return vec![("sitemap.xml".into(), urls(paths))];
    }
    let mut index = format!("{head}<sitemapindex {space}>\n");
    let mut files = Vec::new();
    for (n, part) in paths.chunks(MOST).enumerate() {
        let name = format!("sitemap-{}.xml", n + 1);
        index.push_str(&format!("<sitemap><loc>{}/{name}</loc></sitemap>\n", escape(base)));
        files.push((name, urls(part)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(("sitemap.xml".into(), index));
    files
}

/// `robots.txt`: everything may be read.
pub fn robots(base: Option<&str>) -> String {
    let map = base.map_or(String::new(), |base| format!("\nSitemap: {base}/sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{map}")
}
