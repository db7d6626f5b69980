//! Taking part: the form of each channel, what it may send where, when it is not there, and what a receipt finds.

use crate::{Files, SITE, build_with, holding, text, try_build};
use greffe::check::Options;
use greffe::inbox::submission::FIELDS;
use greffe::model::when::Date;

const FORM: &str = "eau/take-part/index.html";

const TEXT: (&str, &str) = (
    "content/eau/texts/projet/text.yaml",
    "kind: bill\ntitle: Le projet\nversions: [{id: v1, title: Déposé, date: 2026-10-01, stage: tabled}]\n",
);
const VERSION: (&str, &str) = (
    "content/eau/texts/projet/v1.md",
    "# Article 1er\n\nL’eau se partage.\n\nElle se compte.\n\n# Article 2 bis\n\nLe préfet </script> arrête.\n",
);

fn on(day: &str) -> Options {
    Options { as_of: Date::parse(day), ..Options::default() }
}

fn consultation(participation: &str) -> String {
    format!(
        "title: L’eau\nsummary: Que faire ?\norganiser: {{name: La commune}}\nauthors: pseudonym\n\
         phases: [{{kind: contribution, start: 2026-11-01, end: 2026-11-30}}]\nparticipation: {participation}\n"
    )
}

fn made(participation: &str, day: &str) -> Files {
    let own = consultation(participation);
    build_with(&[SITE, ("content/eau/consultation.yaml", &own), TEXT, VERSION], &on(day))
}

/// The tag of the form.
fn form(files: &Files) -> &str {
    let html = text(files, FORM);
    let start = html.find("<form id=\"take-part\"").unwrap();
    &html[start..start + html[start..].find('>').unwrap()]
}

/// Where the policy of a page lets forms go.
fn form_action<'f>(files: &'f Files, path: &str) -> &'f str {
    let html = text(files, path);
    let start = html.find("form-action ").unwrap();
    &html[start..start + html[start..].find(';').unwrap()]
}

#[test]
fn each_channel_sends_as_it_can_and_the_policy_says_where() {
    let netlify = made("{channel: netlify}", "2026-11-10");
    assert!(form(&netlify).contains("method=\"post\" action=\"../../eau/take-part/thanks/index.html\""));
    assert!(form(&netlify).contains("data-netlify=\"true\" data-netlify-honeypot=\"website\""));
    assert!(text(&netlify, FORM).contains("name=\"form-name\" value=\"contribution-eau\""));
    assert!(netlify.contains_key("eau/take-part/thanks/index.html"));
    assert_eq!(form_action(&netlify, FORM), "form-action 'self'");

    let endpoint = made("{channel: endpoint, address: \"https://f.example:8443/in?id=1&x=2\"}", "2026-11-10");
    assert!(form(&endpoint).contains("method=\"post\" action=\"https://f.example:8443/in?id=1&amp;x=2\""));
    assert_eq!(form_action(&endpoint, FORM), "form-action 'self' https://f.example:8443");
    assert_eq!(form_action(&endpoint, "eau/index.html"), "form-action 'self'");
    assert!(!endpoint.contains_key("eau/take-part/thanks/index.html"));

    let email = made("{channel: email, address: greffe@commune.example}", "2026-11-10");
    assert!(form(&email).contains("action=\"mailto:greffe@commune.example?subject=Contribution\""));
    assert!(form(&email).contains("enctype=\"text/plain\""));
    assert_eq!(form_action(&email, FORM), "form-action 'self' mailto:");

    let file = made("{channel: file, address: greffe@commune.example}", "2026-11-10");
    assert!(form(&file).contains("method=\"dialog\"") && !form(&file).contains("action="));
    assert!(
        text(&file, FORM).contains("<noscript><p class=\"notice\">Sans JavaScript, cette page ne peut pas")
    );
    assert_eq!(form_action(&file, FORM), "form-action 'self'");
}

#[test]
fn every_field_that_was_agreed_is_in_the_form() {
    let own = consultation("{channel: netlify, email: required}")
        .replace("authors: pseudonym", "authors: name")
        + "questions:\n  - {id: q1, title: Quand ?, kind: free}\n  - {id: q2, title: Quoi ?, kind: ranked, options: [{id: a, title: A}, {id: b, title: B}]}\n";
    let files =
        build_with(&[SITE, ("content/eau/consultation.yaml", &own), TEXT, VERSION], &on("2026-11-10"));
    let html = text(&files, FORM);
    // What the form sends is what intake reads: one list.
    for name in FIELDS.into_iter().chain(["answer-q1", "answer-q2"]) {
        assert!(html.contains(&format!(" name=\"{name}\"")), "{name}");
    }
    assert!(html.contains("<option value=\"2-bis\" data-paragraphs=\"1\">Article 2 bis</option>"), "{html}");
    assert!(html.contains("type=\"email\" autocomplete=\"email\" maxlength=\"254\" required"));
}

#[test]
fn nobody_is_asked_for_a_name_that_would_not_be_shown() {
    let files = made("{channel: netlify}", "2026-11-10");
    let html = text(&files, FORM);
    assert!(!html.contains(" name=\"name\"") && html.contains(" name=\"pseudonym\""));
    assert!(!html.contains(" name=\"email\""));
    let own = consultation("{channel: netlify}")
        .replace("authors: pseudonym", "authors: name\nnames_embargo: 2026-12-24");
    let files = build_with(&[SITE, ("content/eau/consultation.yaml", &own)], &on("2026-11-10"));
    assert!(text(&files, FORM).contains("Aucun nom ne paraît avant le <time datetime=\"2026-12-24\">"));
}

#[test]
fn a_closed_form_is_gone_and_nothing_leads_to_it() {
    let open = made("{channel: netlify}", "2026-11-30");
    assert!(text(&open, FORM).contains("<form id=\"take-part\""), "the last day is included");
    let article = "eau/texts/projet/articles/1er/index.html";
    let link = "take-part/index.html?text=projet&amp;article=1er&amp;paragraph=2";
    assert!(text(&open, article).contains(link), "{}", text(&open, article));
    // The instants are those of the consultation's zone, the last day included.
    assert!(form(&open).contains("data-opens=\"2026-10-31T23:00:00Z\" data-closes=\"2026-11-30T23:00:00Z\""));

    let closed = made("{channel: netlify}", "2026-12-01");
    assert!(!text(&closed, FORM).contains("<form id=\"take-part\""));
    assert!(text(&closed, FORM).contains("closes depuis le"));
    assert!(!closed.contains_key("eau/take-part/thanks/index.html"));
    for path in closed.keys().filter(|path| path.ends_with(".html")) {
        assert!(!text(&closed, path).contains("take-part/index.html?"), "{path}");
        // Its address was published: the page of receipts leads there, and no other.
        let leads = text(&closed, path).contains("take-part/index.html\"");
        assert_eq!(leads, path == "eau/receipt/index.html", "{path}");
    }
    let upcoming = made("{channel: netlify, opens: 2026-11-20}", "2026-11-10");
    assert!(text(&upcoming, FORM).contains("encore ouvert"));
}

#[test]
fn hostile_titles_and_words_stay_text() {
    let hostile = "\"><script>alert(1)</script>{{ 7 * 7 }}\\n";
    let own = format!(
        "title: {hostile:?}\nsummary: {hostile:?}\norganiser: {{name: {hostile:?}}}\n\
         moderation: {{charter: {hostile:?}, reasons: [{{id: r, title: {hostile:?}}}]}}\n\
         questions: [{{id: q, title: {hostile:?}, kind: single, options: [{{id: o, title: {hostile:?}}}]}}]\n\
         participation: {{channel: file, consent: {hostile:?}, retention: {hostile:?}, thanks: {hostile:?}}}\n"
    );
    let digest = "ab".repeat(32);
    let list = format!(
        "- {{id: c1, kind: proposal, date: 2026-11-02, title: {hostile:?}, body: Oui., receipt: {digest}}}\n\
         - {{id: c2, kind: proposal, date: 2026-11-02, title: Deux, body: Oui., receipt: {}, merged_into: c1}}\n",
        "cd".repeat(32)
    );
    let files = build_with(
        &[
            SITE,
            ("content/eau/consultation.yaml", &own),
            TEXT,
            VERSION,
            ("content/eau/contributions/l.yaml", &list),
        ],
        &on("2026-11-10"),
    );
    for (path, _) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!text(&files, path).contains("<script>"), "{path}");
    }
    assert!(text(&files, FORM).contains("{{ 7 * 7 }}"));
    let script = text(&files, "eau/take-part/articles.js");
    assert!(
        script.starts_with("globalThis.greffeArticles = {")
            && script.contains("\"projet\":{\"1er\":[\"L’eau")
    );
    let script = text(&files, "eau/receipt/receipts.js");
    let json = script.strip_prefix("globalThis.greffeReceipts = ").unwrap().trim_end().trim_end_matches(';');
    let read: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(read["cd".repeat(32)][0]["into"]["title"], hostile.trim_end());
}

#[test]
fn a_receipt_finds_what_became_of_a_contribution_and_no_word_of_it() {
    let own = consultation("{channel: netlify}") + "moderation: {reasons: [{id: insulte, title: Insulte}]}\n";
    let digest = |n: u8| format!("{n:02x}").repeat(32);
    let list = format!(
        "- {{id: c1, kind: proposal, date: 2026-11-02, title: Un, body: Oui., receipt: {}, author: {{name: Nom Secret}}}}\n\
         - {{id: c2, kind: proposal, date: 2026-11-03, body: Mots Secrets., receipt: {}, moderation: {{state: withheld, reason: insulte, date: 2026-11-04}}}}\n\
         - {{id: c3, kind: comment, date: 2026-11-03, receipt: {}, moderation: {{state: erased, ground: Jugement du 4 novembre, by: Le tribunal, date: 2026-11-05}}}}\n\
         - {{id: c4, kind: proposal, date: 2026-11-03, title: Quatre, body: Oui., receipt: {}, merged_into: c1}}\n\
         - {{id: c5, kind: proposal, date: 2026-11-03, title: Cinq, body: Attend., receipt: {}, moderation: {{state: pending}}}}\n",
        digest(1),
        digest(2),
        digest(3),
        digest(4),
        digest(5)
    );
    let (files, problems) = try_build(
        &[SITE, ("content/eau/consultation.yaml", &own), ("content/eau/contributions/l.yaml", &list)],
        &on("2026-11-10"),
    );
    let files = files.unwrap_or_else(|| panic!("{problems:#?}"));
    let json: serde_json::Value = serde_json::from_str(text(&files, "eau/receipt/index.json")).unwrap();
    let state = |n: u8| json["receipts"][digest(n)][0]["state"].clone();
    assert_eq!(state(1), "published");
    assert_eq!(state(2), "withheld");
    assert_eq!(json["receipts"][digest(2)][0]["reason"], "Insulte");
    assert_eq!(state(3), "erased");
    assert_eq!(state(4), "merged");
    assert_eq!(json["receipts"][digest(4)][0]["into"]["title"], "Un");
    assert_eq!(state(5), serde_json::Value::Null, "what is pending leaves no trace");
    assert_eq!(holding(&files, "Mots Secrets"), [""; 0]);
    assert_eq!(holding(&files, "Nom Secret"), [""; 0]);
    let href = json["receipts"][digest(1)][0]["href"].as_str().unwrap();
    assert_eq!(href, "../../eau/contributions/c1/index.html");
}

#[test]
fn without_participation_there_is_no_form() {
    let files = build_with(&[SITE, crate::WATER, TEXT, VERSION], &on("2026-11-10"));
    assert!(files.keys().all(|path| !path.contains("take-part/") && !path.contains("receipt/")));
    assert!(holding(&files, "take-part/index.html").is_empty());
}

/// The codes of what is wrong.
fn codes(participation: &str) -> Vec<&'static str> {
    let own = consultation(participation);
    let (files, problems) = try_build(&[SITE, ("content/eau/consultation.yaml", &own)], &on("2026-11-10"));
    assert!(files.is_none(), "{participation}");
    problems.iter().map(|p| p.code.as_str()).collect()
}

#[test]
fn what_cannot_work_is_told() {
    assert_eq!(codes("{}"), ["G011"]);
    assert_eq!(codes("{channel: pigeon}"), ["G014"]);
    assert_eq!(codes("{channel: endpoint}"), ["G011"]);
    assert_eq!(codes("{channel: endpoint, address: \"http://f.example/\"}"), ["G013"]);
    assert_eq!(codes("{channel: endpoint, address: \"https://f.example; script-src *\"}"), ["G013"]);
    assert_eq!(codes("{channel: email, address: \"a@b.fr?bcc=c@d.fr\"}"), ["G013"]);
    assert_eq!(codes("{channel: file, address: nulle part}"), ["G013"]);
    assert_eq!(codes("{channel: netlify, address: \"https://f.example/\"}"), ["G033"]);
    assert_eq!(codes("{channel: netlify, opens: 2026-11-20, closes: 2026-11-10}"), ["G021"]);
    assert_eq!(codes("{channel: netlify, closes: 2026-10-10}"), ["G021"]);
    assert_eq!(codes("{channel: netlify, names: [name]}"), ["G014"]);
    assert_eq!(codes("{channel: netlify, kinds: [petition]}"), ["G014"]);
    assert_eq!(codes("{channel: netlify, max_length: 0}"), ["G013"]);
}
