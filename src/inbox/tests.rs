//! Whatever is received, what is written is read back as it was meant, and nothing that comes in makes a panic.

use super::frame::Frame;
use super::source::submissions;
use super::submission::Found;
use super::take::{Before, Intake, Options, take};
use super::waiting::waiting;
use crate::import::pseudonym::Key;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::parse::draft::DraftConsultation;
use crate::parse::parse;
use crate::source::Sources;
use proptest::prelude::*;

/// Takes in for a consultation that accepts anything.
fn intake(found: Found) -> Intake {
    let sources = Sources::from_texts([
        ("greffe.yaml", "title: Site\n"),
        (
            "content/eau/consultation.yaml",
            "title: L’eau\nsummary: x\norganiser: {name: y}\nquestions: [{id: q, title: Q, kind: free}]\n",
        ),
    ]);
    let draft = parse(&sources);
    let content: &DraftConsultation = &draft.consultations[0];
    let frame = Frame::new(&draft, content, Id::new("eau").unwrap());
    let none = Sources::default();
    let before = Before { content, sources: &sources, inbox: &none, contacts: &none };
    let today = Date::parse("2026-03-10").unwrap();
    let options = Options { key: Key([1; 32]), received: None, today, dry_run: false };
    let done = take(found, &frame, &before, &options);
    assert!(done.report.agrees(), "{:#?}", done.report);
    done
}

/// The files as sources.
fn sources(done: &Intake) -> Sources {
    let texts: Vec<(&str, &str)> =
        done.files.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect();
    Sources::from_texts(texts)
}

/// Words of every kind: any characters, and those that mean something to YAML, Markdown, mail and terminals.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,8}",
        prop::sample::select(vec![
            "---",
            "\n---\n",
            "\n",
            "\r\n",
            "\r",
            ": ",
            " #",
            "- ",
            "\"",
            "'",
            "\\",
            "\0",
            "\u{1b}[0m",
            "\u{202e}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "\u{fffe}",
            "*a",
            "&a",
            "!!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "{",
            "[",
            "../",
            "<b>",
            "=1+1",
            "é",
            "𝒳",
            "null",
            "true",
            "~",
            "2026-03-01",
            "\u{7f}",
            "\t",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn one_line(words: &str) -> String {
    super::words::clean(words).0.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_the_same(
        title in words(), body in words(), place in words(), quote in words(), name in words(), email in words(),
        answer in words(), unknown in words(), field in words(),
    ) {
        let fields = serde_json::json!({
            "kind": "comment", "title": title, "body": body, "place": place, "quote": quote, "name": name,
            "email": email, "answer-q": answer, "consent": "yes", format!("x{field}"): unknown,
        });
        let done = intake(submissions("a.json", fields.to_string().as_bytes()));
        prop_assert_eq!(done.report.taken, 1);
        let sources = sources(&done);
        let found = waiting(&sources, &Id::new("eau").unwrap(), &jiff::tz::TimeZone::UTC);
        prop_assert!(found.problems.is_empty(), "{:#?} {:?}", found.problems, sources);
        let read = &found.contributions[0];
        let text = |w: &Option<crate::source::Spanned<Box<str>>>| w.as_ref().map_or(String::new(), |w| w.value.to_string());
        prop_assert_eq!(read.body.value.trim(), super::words::clean(&body).0);
        prop_assert_eq!(text(&read.record.title), one_line(&title));
        prop_assert_eq!(text(&read.record.place), one_line(&place));
        let on = read.record.on.as_ref().map(|on| text(&on.value.quote)).unwrap_or_default();
        prop_assert_eq!(on, super::words::clean(&quote).0);
        let answers = read.record.answers.as_ref().map(|a| a.value.0[0].1.value.to_string()).unwrap_or_default();
        prop_assert_eq!(answers, super::words::clean(&answer).0);
        let contacts = super::contacts::contacts(&sources, &Id::new("eau").unwrap());
        let contact = contacts.values().next().unwrap();
        prop_assert_eq!(text(&contact.name), one_line(&name));
        prop_assert_eq!(text(&contact.email), one_line(&email));
        let other = contact.other.iter().any(|o| *o.value.value.value == *unknown);
        prop_assert!(unknown.is_empty() || other, "{:?}", contact.other);
    }

    #[test]
    fn whatever_comes_in_is_counted(mut bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0usize..6, cut in 0usize..400) {
        let seeds: [&[u8]; 6] = [
            b"",
            b"id,kind,body,created_at\n1,comment,\"Un\",2026-03-01\n",
            b"[{\"id\":\"1\",\"data\":{\"kind\":\"comment\",\"body\":\"x\"}}]",
            b"From a@b Sun Mar  1 10:00:00 2026\nContent-Type: multipart/mixed; boundary=z\n\n--z\n\nkind: comment\nbody: =\n--z\nContent-Transfer-Encoding: base64\n\nAA==\n--z--\n",
            b"Subject: =?utf-8?B?w6k=?= x\nContent-Type: text/html; charset=utf-16\n\n<b>kind: comment",
            b"Received: x\nContent-Type: message/rfc822\n\nContent-Type: multipart/alternative; boundary=\"\"\n\n--\n--\n",
        ];
        let seed = seeds[at];
        let cut = cut.min(seed.len());
        let mut all = seed[..cut].to_vec();
        all.append(&mut bytes);
        all.extend_from_slice(&seed[cut..]);
        let found = submissions("x", &all);
        let read = found.len();
        prop_assert_eq!(intake(found).report.read, read);
    }
}

#[test]
fn two_that_would_share_an_id_get_longer_ones() {
    // Two bodies whose digests begin alike are found by trying; the day is the same.
    let mut seen = std::collections::BTreeMap::new();
    let mut pair = None;
    for n in 0..20_000 {
        let text = format!("{{\"kind\":\"comment\",\"body\":\"{n}\"}}");
        let digest = submissions("a", text.as_bytes()).remove(0).unwrap().digest();
        if let Some(other) = seen.insert(digest[..6].to_owned(), text.clone()) {
            pair = Some((other, text));
            break;
        }
    }
    let (one, two) = pair.unwrap();
    let done = intake(submissions("a", format!("[{one},{two},{two}]").as_bytes()));
    assert_eq!((done.report.taken, done.report.already_there), (2, 1));
    let ids: Vec<usize> = done.report.rows.iter().map(|r| r.id.as_ref().unwrap().as_str().len()).collect();
    assert_eq!(ids, [17, 19, 19]);
    assert_eq!(done.files.len(), 4);
}
