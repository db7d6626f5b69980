//! What stands at former addresses: a page with a link, and a refresh for those who need not read it, which works from
//! disk; and two maps for servers, `_redirects` (of Netlify and Cloudflare Pages) and `redirects.csv`.

use crate::lang::Lang;
use crate::opendata::Csv;
use crate::route;
use crate::text::{ADDRESS, encoded, percent_encoded};
use crate::view::former::Former;
use std::collections::BTreeMap;

/// `redirects.csv`: `from`, the former address, whole where its host is known, else its path from the root of its host;
/// `to`, the address in the archive, whole when the site has one, else the path of the file from the site's root.
pub fn map(former: &[Former], base: Option<&str>) -> Vec<u8> {
    let mut rows = BTreeMap::new();
    for one in former {
        let path = || one.from.as_ref().map(|from| format!("/{}", encoded(from.as_str())));
        let whole = one.url.as_ref().map(|url| percent_encoded(url, ADDRESS));
        if let Some(from) = whole.or_else(path) {
            rows.entry(from).or_insert_with(|| match base {
                Some(base) => format!("{base}/{}", folder(&one.to)),
                None => one.to.clone(),
            });
        }
    }
    let mut csv = Csv::new();
    csv.row([("from", false), ("to", false)]);
    rows.iter().for_each(|(from, to)| csv.row([(from.as_str(), true), (to.as_str(), true)]));
    csv.finish().0
}

/// `_redirects`: the former path, what its query must hold, the path in the archive, 301. Both begin at the root of the
/// archive's host. What has no such form (a fragment, a query without `=`) is in the other map only.
pub fn rules(former: &[Former], base: Option<&str>) -> String {
    let root = base.map_or("", route::base_path);
    let mut lines = BTreeMap::new();
    for one in former {
        if let Some(from) = one.from.as_ref().and_then(|from| rule(from.as_str())) {
            lines.entry(from).or_insert_with(|| folder(&one.to));
        }
    }
    lines.iter().map(|(from, to)| format!("{root}/{from} {root}/{to} 301\n")).collect()
}

/// The first words of a line. An asterisk would be a wildcard.
fn rule(from: &str) -> Option<String> {
    if from.contains('#') {
        return None;
    }
    let (path, query) = from.split_once('?').map_or((from, None), |(path, query)| (path, Some(query)));
    let mut words = encoded(path).replace('*', "%2A");
    for pair in query.iter().flat_map(|query| query.split('&')) {
        pair.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty())?;
        words = format!("{words} {}", percent_encoded(pair, ADDRESS).replace('*', "%2A"));
    }
    Some(words)
}

/// A page by its folder: what a server answers for it.
fn folder(to: &str) -> String {
    let (file, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
    format!("{}{fragment}", file.strip_suffix("index.html").unwrap_or(file))
}

/// A page at `from` that leads to `href`, relative to it.
pub fn redirect(href: &str, title: &str, lang: &Lang) -> String {
    let (href, title) = (escape(href), escape(title));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title}</title>\n<link rel=\"canonical\" href=\"{href}\">\n</head>\n<body>\n\
         <main><h1>{title}</h1><p><a href=\"{href}\">{title}</a></p></main>\n</body>\n</html>\n"
    )
}

/// Escapes words for an attribute or an element, of HTML or XML.
pub(super) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML 1.0 has no way to write other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
