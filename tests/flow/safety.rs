//! What a participant wrote is safe as title, name, link and body, in HTML, feed and search.

use crate::{SITE, WATER, build, text};

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "]]></title><script>alert(1)</script>",
    "</script><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% include \"layout.html\" %}",
    "\" onmouseover=\"alert(1)",
];

#[test]
fn hostile_words_are_text_everywhere() {
    let mut list = String::new();
    for (n, words) in HOSTILE.iter().enumerate() {
        let words = serde_json::to_string(words).unwrap();
        list.push_str(&format!(
            "- id: p{n}\n  kind: proposal\n  date: 2026-01-01\n  title: {words}\n  author: {{pseudonym: {words}, organisation: {words}}}\n  \
             place: {words}\n  themes: [{words}]\n  body: {words}\n"
        ));
    }
    let files = build(&[SITE, WATER, ("content/eau/contributions/l.yaml", &list)]);
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        // Scripts of the theme have a `src`; no other script, no handler, no image of theirs.
        assert!(
            !html.contains("<script>") && !html.contains("<img") && !html.contains("<svg onload"),
            "{path}"
        );
        assert!(!html.contains("onerror=alert(1)>") || html.contains("onerror=alert(1)&gt;"), "{path}");
        for (at, _) in html.match_indices("onmouseover") {
            let before = &html[..at];
            let in_text = before.rfind('>') > before.rfind('<');
            assert!(in_text || before.ends_with("&quot; "), "{path}: {}", &html[at.saturating_sub(80)..at]);
        }
    }
    assert!(text(&files, "eau/contributions/p4/index.html").contains("{{ 7 * 7 }}"));
    assert!(text(&files, "eau/contributions/p0/index.html").contains("&lt;script&gt;alert(1)"));
    assert!(!text(&files, "eau/feed.xml").contains("<script"));
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("search/index/")) {
        assert!(!String::from_utf8_lossy(bytes).contains("</script"), "{path}");
    }
}

#[test]
fn a_link_with_another_scheme_is_refused() {
    let list = "- {id: s, kind: source, date: 2026-01-01, title: Lien, link: \"javascript:alert(1)\"}\n";
    let (made, problems) =
        crate::try_build(&[SITE, WATER, ("content/eau/contributions/l.yaml", list)], &Default::default());
    assert!(made.is_none());
    assert!(problems.iter().any(|p| p.code.as_str() == "G013"));
}

/// An apostrophe is not escaped in HTML: it is harmless because every attribute stands in double quotes.
#[test]
fn templates_quote_attributes_with_double_quotes() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    for file in [folder.clone(), folder.join("parts")] {
        for entry in std::fs::read_dir(file).unwrap().map(Result::unwrap).filter(|e| e.path().is_file()) {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            assert!(!text.contains("='") && !text.contains("= '"), "{}", entry.path().display());
        }
    }
}
