//! One language has no folder in addresses; several have each theirs, and a missing translation says so.

use crate::{WATER, build, text};

#[test]
fn one_language_has_no_folder() {
    let files = build(&[crate::SITE, WATER]);
    assert!(files.contains_key("eau/index.html") && !files.contains_key("fr/eau/index.html"));
}

#[test]
fn several_languages_have_each_their_folder_and_say_what_is_missing() {
    let files = build(&[
        ("greffe.yaml", "title: {fr: Consultations, en: Consultations in English}\nlanguages: [fr, en]\n"),
        WATER,
        ("content/pages/legal.md", "---\ntitle: Mentions\n---\nÉditeur."),
        ("content/pages/legal.en.md", "---\ntitle: Legal\n---\nPublisher."),
        ("content/eau/index.md", "---\ntitle: Eau\n---\nPrésentation."),
    ]);
    assert!(text(&files, "fr/pages/legal/index.html").contains("Éditeur"));
    assert!(text(&files, "en/pages/legal/index.html").contains("Publisher"));
    assert!(text(&files, "en/eau/index.json").contains("\"untranslated\":\"fr\""));
    assert!(text(&files, "index.html").contains("fr/index.html"));
    assert!(text(&files, "en/index.html").contains("href=\"../fr/index.html\""));
}
