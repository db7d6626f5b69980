//! The page that stands at a former address: a link, and a refresh for those who need not read it. Works from disk.

use crate::lang::Lang;

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
