//! A request → an answer, as plain values; no socket here. Only paths that name a file of the site are answered:
//! a path is looked up in a list, never on a disk, so there is nothing to climb out of.

use super::Site;
use crate::sink::OutPath;
use crate::text::percent_decoded;

/// What pages may load: what stands beside them. No inline script or style, no other host, no frame.
pub const CONTENT_SECURITY_POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// Sent with every answer; a published site is meant to be sent with the same (see `docs` and `netlify.toml`),
/// so that what breaks, breaks in the preview.
pub const HEADERS: [(&str, &str); 5] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// Where open pages hear of changes.
pub(super) const EVENTS: &str = "/.greffe/events";

/// What the server knows beside the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// Grows with every change that readers could see.
    pub(super) version: u64,
    /// The diagnostics of a build that failed.
    pub(super) problem: Option<String>,
}

impl State {
    /// One line of JSON, for the event stream.
    pub(super) fn to_json(&self) -> String {
        serde_json::json!({ "version": self.version.to_string(), "problem": self.problem }).to_string()
    }
}

/// An answer without what all answers share.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

const HTML: &str = "text/html; charset=utf-8";

impl Answer {
    pub(super) fn text(status: u16, words: &str) -> Self {
        Answer { status, kind: "text/plain; charset=utf-8", location: None, body: words.as_bytes().to_vec() }
    }

    fn page(status: u16, bytes: &[u8], state: &State) -> Self {
        Answer { status, kind: HTML, location: None, body: with_script(bytes, state.version) }
    }
}

/// Whether a `Host` names this machine. Any other name is a page elsewhere that had its own name lead here, to
/// read what an author has not published yet (DNS rebinding).
pub(super) fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|local| name.eq_ignore_ascii_case(local))
}

/// Answers a path, as it stands in the request.
pub(super) fn answer(site: &dyn Site, state: &State, raw: &str) -> Answer {
    match raw {
        "/.greffe/reload.js" => return asset("text/javascript; charset=utf-8", include_bytes!("reload.js")),
        "/.greffe/banner.css" => return asset("text/css; charset=utf-8", include_bytes!("banner.css")),
        _ => {}
    }
    let Some(path) = raw.strip_prefix('/').and_then(percent_decoded) else { return missing(site, state) };
    let named = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if path.is_empty() => "index.html".to_string(),
        None => path.clone(),
    };
    if OutPath::new(&named).is_none() {
        return missing(site, state);
    }
    match site.get(&named) {
        Some(bytes) if content_type(&named) == HTML => Answer::page(200, &bytes, state),
        Some(bytes) => {
            Answer { status: 200, kind: content_type(&named), location: None, body: bytes.to_vec() }
        }
        // `raw` is one path of this site by now: it cannot begin with `//` and lead to another host.
        None if site.get(&format!("{named}/index.html")).is_some() => {
            Answer { location: Some(format!("{raw}/")), ..Answer::text(302, "") }
        }
        None => missing(site, state),
    }
}

fn asset(kind: &'static str, bytes: &[u8]) -> Answer {
    Answer { status: 200, kind, location: None, body: bytes.to_vec() }
}

/// The site's own page for what does not exist. When no site was ever built, what is wrong with it.
fn missing(site: &dyn Site, state: &State) -> Answer {
    if let Some(page) = site.get("404.html") {
        return Answer::page(404, &page, state);
    }
    let (status, words) = match &state.problem {
        Some(problem) => (500, escape(problem)),
        None => (404, "404".to_string()),
    };
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Greffe</title></head>\n\
         <body><pre>{words}</pre></body></html>\n"
    );
    Answer::page(status, page.as_bytes(), state)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Adds the script that reloads a page. It is no part of a build.
fn with_script(page: &[u8], version: u64) -> Vec<u8> {
    let script = format!("<script src=\"/.greffe/reload.js\" data-version=\"{version}\" async></script>");
    let end = page.windows(7).rposition(|part| part.eq_ignore_ascii_case(b"</body>")).unwrap_or(page.len());
    [&page[..end], script.as_bytes(), &page[end..]].concat()
}

/// The media type of a published file.
fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase().as_str() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "xml" => "application/xml",
        "atom" => "application/atom+xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    struct Pages(&'static [(&'static str, &'static str)]);

    impl Site for Pages {
        fn get(&self, path: &str) -> Option<Arc<[u8]>> {
            self.0.iter().find(|(name, _)| *name == path).map(|(_, text)| text.as_bytes().into())
        }
    }

    const SITE: Pages = Pages(&[
        ("index.html", "<body>home</body>"),
        ("été/index.html", "<p>summer"),
        ("data.csv", "a;b"),
        ("404.html", "<body>absent</body>"),
    ]);

    fn get(path: &str) -> Answer {
        answer(&SITE, &State { version: 7, problem: None }, path)
    }

    #[test]
    fn a_folder_is_its_index() {
        assert_eq!(get("/").status, 200);
        assert_eq!(get("/%C3%A9t%C3%A9/").status, 200);
        let moved = get("/%C3%A9t%C3%A9");
        assert_eq!((moved.status, moved.location.as_deref()), (302, Some("/%C3%A9t%C3%A9/")));
    }

    #[test]
    fn only_pages_get_the_script_and_before_their_end() {
        let body = String::from_utf8(get("/").body).unwrap();
        assert!(
            body.starts_with("<body>home<script src=\"/.greffe/reload.js\" data-version=\"7\""),
            "{body}"
        );
        assert!(body.ends_with("</script></body>"));
        assert!(get("/%C3%A9t%C3%A9/").body.ends_with(b"</script>"));
        assert_eq!(get("/data.csv").body, b"a;b");
    }

    #[test]
    fn nothing_but_the_site_is_answered() {
        let tries = [
            "//evil.example",
            "//evil.example/..",
            "/../index.html",
            "/%2e%2e/index.html",
            "/a%2f..%2findex.html",
        ];
        let more =
            ["/..%5cindex.html", "/%00", "/%ff", "/%", "/.greffe/", "/.greffe/x", "", "*", "/./index.html"];
        for path in tries.iter().chain(&more) {
            let answer = get(path);
            assert_eq!((answer.status, answer.location), (404, None), "{path}");
        }
    }

    #[test]
    fn a_site_that_was_never_built_says_why() {
        let state = State { version: 1, problem: Some("error[G001]: <script>".into()) };
        let answer = answer(&Pages(&[]), &state, "/");
        assert_eq!(answer.status, 500);
        assert!(String::from_utf8(answer.body).unwrap().contains("<pre>error[G001]: &lt;script&gt;</pre>"));
    }

    #[test]
    fn only_names_of_this_machine_are_local() {
        for host in ["localhost", "LOCALHOST:4000", "127.0.0.1:4001", "[::1]", "[::1]:4000"] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:4000",
            "evil.example:127",
            "::1",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }
}
