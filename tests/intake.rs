//! `greffe intake`, as its users call it: each source, what is noticed, what stays private, what is hostile, the sums.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const RECEIPT: &str = "K7M2Q-9XW4T-0ABCD-EFGHJ";

/// A site with one consultation: two articles, one question, one published contribution.
struct Site(TempDir);

impl Site {
    fn new(more: &str) -> Self {
        let site = Site(TempDir::new().unwrap());
        site.write("greffe.yaml", "title: Site\n");
        site.write(
            "content/eau/consultation.yaml",
            format!(
                "title: L’eau\nsummary: Un résumé.\norganiser: {{name: La mairie}}\nphases:\n\
                 \x20 - {{kind: contribution, start: 2026-03-01, end: 2026-03-31}}\n\
                 questions:\n  - {{id: usage, title: Usage, kind: multiple, options: [{{id: a, title: A}}, {{id: b, title: B}}]}}\n{more}"
            ),
        );
        site.write(
            "content/eau/texts/loi/text.yaml",
            "kind: bill\ntitle: Loi\nversions:\n  - {id: v1, title: Un, date: 2026-02-01, stage: tabled}\n",
        );
        site.write("content/eau/texts/loi/v1.md", "# Article 1er\n\nUn.\n\nDeux.\n\n# Article 2\n\nTrois.\n");
        site.write("content/eau/contributions/c-1.md", "---\nkind: proposal\ntitle: Publiée\nauthor: {pseudonym: Renée}\ndate: 2026-03-01\n---\n\nCompter l’eau.\n");
        site
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, words: impl AsRef<[u8]>) -> PathBuf {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, words).unwrap();
        path
    }

    fn call(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_greffe"))
            .args(words)
            .current_dir(self.root())
            .env("LC_ALL", "en_GB.UTF-8")
            .output()
            .unwrap()
    }

    /// Takes a file in; its status and report, of which the sums agree.
    fn intake(&self, name: &str, words: impl AsRef<[u8]>) -> (i32, Value) {
        let path = self.write(&format!("received/{name}"), words);
        self.intake_path(&path)
    }

    fn intake_path(&self, path: &Path) -> (i32, Value) {
        let out = self.call(&["intake", path.to_str().unwrap(), "--format", "json"]);
        let said = String::from_utf8_lossy(&out.stderr);
        let report: Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {said}"));
        let n = |key: &str| report[key].as_u64().unwrap();
        assert_eq!(n("read"), n("taken") + n("already_there") + n("not_taken"), "{report:#}");
        assert_eq!(report["rows"].as_array().unwrap().len() as u64, n("read"));
        (out.status.code().unwrap(), report)
    }

    /// Every file below a folder, with its words.
    fn files(&self, folder: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let Ok(entries) = fs::read_dir(self.root().join(folder)) else { return found };
        for entry in entries.map(Result::unwrap) {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                found.extend(self.files(&name));
            } else {
                found.push((name, String::from_utf8(fs::read(entry.path()).unwrap()).unwrap()));
            }
        }
        found.sort();
        found
    }

    fn only(&self, folder: &str) -> String {
        let mut files = self.files(folder);
        assert_eq!(files.len(), 1, "{files:#?}");
        files.remove(0).1
    }
}

/// A saved contribution with these fields beside those that any has.
fn saved(fields: &[(&str, &str)]) -> String {
    let mut all = serde_json::Map::new();
    for (name, words) in [
        ("greffe", "contribution/1"),
        ("consultation", "eau"),
        ("kind", "comment"),
        ("body", "Compter."),
        ("consent", "yes"),
        ("written", "2026-03-10T10:00:00.000Z"),
    ]
    .iter()
    .chain(fields)
    {
        all.insert((*name).into(), (*words).into());
    }
    Value::Object(all).to_string()
}

fn marks(report: &Value, at: usize) -> Vec<&str> {
    report["rows"][at]["marks"]
        .as_array()
        .map(|m| m.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

#[test]
fn a_saved_contribution_waits_and_its_author_is_elsewhere() {
    let site = Site::new("");
    let words = saved(&[
        ("receipt", RECEIPT),
        ("title", "Un titre"),
        ("article", "1er"),
        ("text", "loi"),
        ("version", "v1"),
        ("paragraph", "2"),
        ("quote", "Deux."),
        ("answer-usage", "b|a"),
        ("show", "pseudonym"),
        ("name", "Jeanne Martin"),
        ("email", "Jeanne@Example.org"),
        ("author_kind", "citizen"),
        ("organisation", "Son employeur"),
    ]);
    let (status, report) = site.intake("contribution-K7M2Q9XW4T.json", words);
    assert_eq!((status, report["taken"].as_u64()), (0, Some(1)), "{report:#}");
    let waits = site.only("inbox");
    let key = &waits[waits.find("Participant ").unwrap()..][..18];
    for words in [
        "kind: comment\ntitle: Un titre\nauthor:\n  pseudonym: Participant ",
        "  show: pseudonym\n  kind: citizen\n",
        "date: 2026-03-10T11:00:00+01:00\n\"on\":\n  text: loi\n  version: v1\n  article: 1er\n  paragraph: 2\n  quote: Deux.\n",
        "answers:\n  usage: b|a\nreceipt: ",
        "intake:\n  received: 2026-03-10T11:00:00+01:00\n  source: contribution-K7M2Q9XW4T.json\n---\n\nCompter.\n",
    ] {
        assert!(waits.contains(words), "{words:?} in {waits}");
    }
    let contact = site.only("private/eau/contacts");
    for words in [
        "name: Jeanne Martin",
        "email: Jeanne@Example.org",
        key,
        "field: organisation\n    value: Son employeur",
    ] {
        assert!(contact.contains(words), "{words:?} in {contact}");
    }
    for secret in ["Jeanne", "Martin", "xample.org", "employeur", "K7M2Q-", "K7M2Q9XW4T0"] {
        assert!(!waits.contains(secret), "{secret}");
    }
    assert!(!contact.contains("K7M2Q-") && !contact.contains("K7M2Q9XW4T0"));
    let ignored = fs::read_to_string(site.root().join(".gitignore")).unwrap();
    assert!(ignored.contains("inbox/\n") && ignored.contains("private/\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| fs::metadata(site.root().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("private"), 0o700);
        assert_eq!(mode("private/eau/contacts"), 0o700);
        assert_eq!(mode(&site.files("private/eau/contacts")[0].0), 0o600);
    }
    // The site is as it was: nothing of this is read.
    assert_eq!(site.call(&["check"]).status.code(), Some(0));
}

#[test]
fn a_receipt_is_kept_by_its_digest_alone() {
    let site = Site::new("");
    site.intake("a.json", saved(&[("receipt", &RECEIPT.to_lowercase().replace('-', " "))]));
    // printf K7M2Q9XW4T0ABCDEFGHJ | sha256sum
    assert!(
        site.only("inbox")
            .contains("receipt: 4220964674682aad4b69e0093d08506a2887ec2b0f5d3038555c1e8f7ba106b8\n"),
        "{}",
        site.only("inbox")
    );
}

#[test]
fn taking_in_twice_adds_nothing_even_after_moderation() {
    let site = Site::new("");
    let csv = |more: &str| {
        format!(
            "id,created_at,kind,body,consent,consultation,greffe,ip\nn1,2026-03-02T10:00:00Z,comment,Un,yes,eau,contribution/1,1.2.3.4\n{more}"
        )
    };
    assert_eq!(site.intake("un.csv", csv("")).1["taken"], 1);
    let before = (site.files("inbox"), site.files("private"));
    let (status, report) = site.intake("un.csv", csv(""));
    assert_eq!((status, report["already_there"].as_u64()), (0, Some(1)));
    assert_eq!(before, (site.files("inbox"), site.files("private")));
    // The next export holds the first again, and the moderator has accepted it meanwhile.
    let (path, words) = site.files("inbox").remove(0);
    let name = path.rsplit('/').next().unwrap();
    let cut = words.find("intake:").unwrap();
    site.write(&format!("content/eau/contributions/{name}"), format!("{}---\n\nUn\n", &words[..cut]));
    fs::remove_file(site.root().join(&path)).unwrap();
    let (_, report) =
        site.intake("deux.csv", csv("n2,2026-03-03T10:00:00Z,comment,Deux,yes,eau,contribution/1,1.2.3.4\n"));
    assert_eq!((&report["taken"], &report["already_there"]), (&1.into(), &1.into()));
    assert_eq!(site.files("inbox").len(), 1);
    // What the API gives of the same submissions is the same.
    let api = r#"[{"id": "n1", "created_at": "2026-03-02T10:00:00.000Z", "data": {"kind": "comment", "body": "Un",
        "consent": "yes", "consultation": "eau", "greffe": "contribution/1", "ip": "1.2.3.4"}}]"#;
    assert_eq!(site.intake("api.json", api).1["already_there"], 1);
}

#[test]
fn a_contact_that_was_not_written_is_written_the_next_time() {
    let site = Site::new("");
    site.intake("a.json", saved(&[("email", "a@example.org")]));
    let (path, words) = site.files("private/eau/contacts").remove(0);
    fs::remove_file(site.root().join(&path)).unwrap();
    assert_eq!(site.intake("a.json", saved(&[("email", "a@example.org")])).1["already_there"], 1);
    assert_eq!(site.only("private/eau/contacts"), words);
    // A file of the inbox removed by hand is taken again.
    fs::remove_file(site.root().join(&site.files("inbox")[0].0)).unwrap();
    assert_eq!(site.intake("a.json", saved(&[("email", "a@example.org")])).1["taken"], 1);
    assert_eq!(site.files("inbox").len(), 1);
}

#[test]
fn marks_say_what_was_noticed_and_reject_nothing() {
    let site = Site::new("");
    let one = |fields: &[(&str, &str)]| saved(fields);
    let list = [
        one(&[("email", "a@example.org"), ("body", "La même chose."), ("written", "2026-03-02T10:00:00Z")]),
        one(&[("email", "A@example.org "), ("body", "la même  chose."), ("written", "2026-03-03T10:00:00Z")]),
        one(&[("email", "b@example.org"), ("body", "La même chose."), ("written", "2026-03-04T10:00:00Z")]),
        one(&[("body", "Tard."), ("written", "2026-03-31T22:00:00Z")]),
        one(&[("body", "À temps."), ("written", "2026-03-31T21:59:59Z")]),
        one(&[("body", "Robot."), ("website", "x"), ("written", "2026-03-05T10:00:00Z")]),
        one(&[("body", "http://a.fr http://b.fr http://c.fr achetez"), ("written", "2026-03-06T10:00:00Z")]),
        one(&[("body", ""), ("consent", ""), ("written", "2026-03-07T10:00:00Z")]),
        one(&[
            ("title", "publiée"),
            ("body", "Compter l'eau."),
            ("pseudonym", "Renée"),
            ("written", "2026-03-08T10:00:00Z"),
        ]),
    ];
    let folder = site.root().join("received/all");
    for (at, words) in list.iter().enumerate() {
        site.write(&format!("received/all/{at}.json"), words);
    }
    let (status, report) = site.intake_path(&folder);
    assert_eq!((status, &report["taken"]), (0, &9.into()), "{report:#}");
    let of = |file: usize| {
        let rows = report["rows"].as_array().unwrap();
        let at = rows.iter().position(|r| r["file"] == format!("{file}.json")).unwrap();
        (
            marks(&report, at),
            report["rows"][at]["same_as"].as_str().map(str::to_owned),
            report["rows"][at]["id"].as_str().unwrap().to_owned(),
        )
    };
    let first = of(0).2;
    assert_eq!(of(0).0, [""; 0]);
    assert_eq!((of(1).0, of(1).1), (vec!["duplicate"], Some(first.clone())));
    assert_eq!((of(2).0, of(2).1), (vec!["campaign"], Some(first)));
    assert_eq!((of(3).0, of(4).0), (vec!["late"], vec![]));
    assert_eq!((of(5).0, of(6).0), (vec!["spam"], vec!["spam"]));
    assert_eq!(of(7).0, ["incomplete"]);
    assert_eq!((of(8).0, of(8).1.as_deref()), (vec!["duplicate"], Some("c-1")));
    let told = String::from_utf8(site.call(&["intake", "received/all", "--dry-run", "--lang", "fr"]).stdout)
        .unwrap();
    assert!(told.contains("      9  déjà là"), "{told}");
}

#[test]
fn what_does_not_fit_is_kept_in_private_and_told() {
    let site = Site::new("");
    for (field, words, reason) in [
        ("article", "99", "has no article “99”"),
        ("text", "autre", "no text “autre”"),
        ("version", "v9", "has no version “v9”"),
        ("parent", "c-99", "no published contribution “c-99”"),
        ("answer-nope", "x", "no question “nope”"),
        ("answer-usage", "a|z", "does not take the answer “a|z”"),
        ("written", "2031-01-01T00:00:00Z", "the date of writing cannot be right"),
        ("written", "hier", "the date of writing cannot be right"),
        ("kind", "petit", "“kind” cannot be “petit”"),
        ("position", "peut-être", "“position” cannot be “peut-être”"),
        ("link", "javascript:alert(1)", "is not a web address"),
        ("receipt", "123", "the receipt number is not one"),
        ("consent", "no", "consent"),
    ] {
        let mut fields = vec![(field, words)];
        if field == "version" || field == "article" {
            fields.push(("text", "loi"));
        }
        let site = Site::new("");
        let (status, report) = site.intake("a.json", saved(&fields));
        assert!(status == 0 && marks(&report, 0).contains(&"incomplete"), "{field}: {report:#}");
        let told = report["rows"][0]["reasons"][0]["en"].as_str().unwrap();
        assert!(told.contains(reason), "{field}: {told}");
        let contact = site.only("private/eau/contacts");
        assert!(contact.contains(&format!("field: {field}\n")) && contact.contains(words), "{contact}");
        assert!(!site.only("inbox").contains(&format!("{words}\n---")));
    }
    let (_, report) =
        site.intake("b.json", saved(&[("article", "1"), ("paragraph", "3"), ("couleur", "bleu")]));
    assert!(
        report["rows"][0]["reasons"][0]["en"].as_str().unwrap().contains("has no paragraph “3” (it has 2)")
    );
    let contact = site.only("private/eau/contacts");
    assert!(
        contact.contains("field: couleur\n    value: bleu") && contact.contains("field: paragraph"),
        "{contact}"
    );
    assert!(
        site.only("inbox").contains("  article: \"1\"\n") || site.only("inbox").contains("  article: 1\n")
    );
}

#[test]
fn what_is_no_contribution_to_this_consultation_is_listed() {
    let site = Site::new("");
    let csv = "greffe,consultation,kind,body\ncontribution/1,eau,comment,Un\ncontribution/1,air,comment,Deux\n\
               newsletter,,,\n,,,\ncontribution/1,eau\n";
    let (status, report) = site.intake("a.csv", csv);
    assert_eq!((status, &report["read"], &report["taken"]), (1, &5.into(), &1.into()), "{report:#}");
    let (status, report) = site.intake("photo.jpg", b"\xff\xd8\xff\xe0");
    assert_eq!((status, &report["not_taken"]), (1, &1.into()));
    let out = site.call(&["intake", "absent.csv"]);
    assert_eq!(out.status.code(), Some(2));
    let out = site.call(&["intake", "received/a.csv", "--consultation", "aeu"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("did you mean “eau”?"), "{out:?}");
}

#[test]
fn names_and_pseudonyms_follow_the_rule_and_the_wish() {
    for (rule, fields, shown, hidden) in [
        ("authors: name\n", vec![("show", "name")], "  name: Jeanne Martin\n  show: name", "pseudonym:"),
        (
            "authors: name\n",
            vec![("show", "pseudonym"), ("pseudonym", "Jma")],
            "  pseudonym: Jma\n  show: pseudonym",
            "Martin",
        ),
        ("authors: name\n", vec![], "  pseudonym: Participant ", "Martin"),
        ("authors: pseudonym\n", vec![("show", "name")], "  pseudonym: Participant ", "Martin"),
        ("authors: pseudonym\n", vec![("pseudonym", "Jma"), ("show", "hidden")], "  show: hidden", "Jma"),
        ("authors: pseudonym\n", vec![("pseudonym", "jeanne martin")], "  pseudonym: Participant ", "artin"),
        (
            "authors: pseudonym\n",
            vec![("pseudonym", "jeanne@laposte.net")],
            "  pseudonym: Participant ",
            "laposte",
        ),
        (
            "authors: pseudonym\n",
            vec![("pseudonym", "Participant 123456")],
            "  pseudonym: Participant ",
            "123456",
        ),
        ("authors: hidden\n", vec![("pseudonym", "Jma")], "kind: comment", "author:"),
        (
            "authors: pseudonym\n",
            vec![("author_kind", "organisation"), ("organisation", "Le Syndicat")],
            "  organisation: Le Syndicat",
            "Martin",
        ),
    ] {
        let site = Site::new(rule);
        let mut all = vec![("name", "Jeanne Martin"), ("email", "jeanne@example.org")];
        all.extend(fields);
        site.intake("a.json", saved(&all));
        let waits = site.only("inbox");
        assert!(waits.contains(shown) && !waits.contains(hidden), "{rule}{all:?}\n{waits}");
        assert!(site.only("private/eau/contacts").contains("email: jeanne@example.org"));
    }
    // The same address is the same person, and the key is not made twice.
    let site = Site::new("");
    site.intake("a.json", saved(&[("email", "a@example.org")]));
    site.intake("b.json", saved(&[("email", "A@example.org"), ("body", "Autre.")]));
    let files = site.files("inbox");
    let name = |at: usize| files[at].1.lines().find(|l| l.contains("pseudonym: ")).unwrap().to_owned();
    assert_eq!(name(0), name(1));
    fs::remove_file(site.root().join("private/eau.key")).unwrap();
    let out = site.call(&["intake", "received/a.json"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("put a copy of it back"));
}

#[test]
fn a_mailbox_gives_what_was_posted_and_what_was_attached() {
    let site = Site::new("");
    let posted = "From a@example.org Tue Mar 10 10:00:00 2026\nReceived: from x by y; Tue, 10 Mar 2026 10:00:00 +0100\n\
        From: Jeanne <a@example.org>\nSubject: Contribution K7M2Q-9XW4T-0ABCD-EFGHJ\nContent-Type: text/plain; charset=utf-8\n\n\
        greffe=contribution/1\nconsultation=eau\nkind=comment\nconsent=yes\nanswer-usage=b\nanswer-usage=a\nbody=Un\n>From deux\nreceipt=\n\n\
        From b@example.org Tue Mar 10 11:00:00 2026\nDate: Tue, 10 Mar 2026 11:00:00 +0100\nFrom: b@example.org\nSubject: x\n\
        Content-Type: multipart/mixed; boundary=z\n\n--z\nContent-Type: text/plain\n\nBonjour\n--z\n\
        Content-Type: application/octet-stream; name=\"../../../etc/c.json\"\nContent-Disposition: attachment\n\n";
    let mbox = format!(
        "{posted}{}\n--z--\n\nFrom c Tue Mar 10 12:00:00 2026\nSubject: y\n\nUne lettre.\n",
        saved(&[("body", "Joint.")])
    );
    let (status, report) = site.intake("boite.mbox", mbox);
    assert_eq!((status, &report["taken"], &report["not_taken"]), (1, &2.into(), &1.into()), "{report:#}");
    let files = site.files("inbox");
    let all = files.iter().map(|(_, words)| words.as_str()).collect::<String>();
    assert!(
        all.contains("\nUn\nFrom deux\n")
            && all.contains("\nJoint.\n")
            && all.matches("channel: mail\n").count() == 2,
        "{all}"
    );
    assert!(all.contains("answers:\n  usage: b|a\n"), "{all}");
    assert!(all.contains("source: boite.mbox:1\n") && !all.contains("example.org"), "{all}");
    assert_eq!(site.intake_path(&site.root().join("received/boite.mbox")).1["already_there"], 2);
}

#[test]
fn a_form_that_closes_later_than_its_phase_is_open_until_then() {
    let site = Site::new("participation: {channel: file, closes: 2026-04-10}\n");
    let late = |written| {
        let (_, report) = site.intake("a.json", saved(&[("written", written), ("body", written)]));
        marks(&report, 0).contains(&"late")
    };
    assert!(!late("2026-04-10T21:59:00Z") && late("2026-04-10T22:00:00Z"));
}

#[test]
fn personal_data_in_the_words_is_told_to_the_moderator() {
    let site = Site::new("");
    let (_, report) =
        site.intake("a.json", saved(&[("body", "Appelez le 06 12 34 56 78 ou j@laposte.net.")]));
    assert_eq!(report["rows"][0]["personal"], serde_json::json!(["06 12 34 56 78", "j@laposte.net"]));
}

#[test]
fn hostile_fields_break_nothing() {
    let site = Site::new("");
    let evil = [
        "../../../etc/passwd",
        "---\nmoderation: {state: published}\n---\n",
        "x\n---\n\nkind: proposal",
        "\"; rm -rf /\0\u{1b}[31m",
        "=HYPERLINK(\"http://x\")",
        "{{ site }} {% raw %}",
        "*a &b !!python/object:x",
        "<script>alert(1)</script>",
        "\u{202e}txt.exe",
        "a: b # c",
        "'",
        "\\",
        "\u{feff}\u{85}\u{2028}",
    ];
    let names = [
        "title",
        "body",
        "name",
        "pseudonym",
        "email",
        "quote",
        "place",
        "link",
        "parent",
        "text",
        "version",
        "article",
        "paragraph",
        "position",
        "kind",
        "show",
        "author_kind",
        "organisation",
        "register",
        "receipt",
        "written",
        "consent",
        "website",
        "answer-usage",
        "answer-../x",
        "id",
        "moderation",
        "state",
        "../x",
        "intake",
        "x\n---\ny: z",
    ];
    for (at, words) in evil.iter().enumerate() {
        let fields: Vec<(&str, &str)> = names.iter().map(|name| (*name, *words)).collect();
        let (status, report) = site.intake(&format!("{at}.json"), saved(&fields));
        assert_eq!((status, &report["taken"]), (0, &1.into()), "{report:#}");
        // One at a time too: what refuses the first must not hide the second.
        let list: Vec<String> = names.iter().map(|one| saved(&[(*one, *words)])).collect();
        let (_, report) = site.intake(&format!("{at}-b.json"), format!("[{}]", list.join(",")));
        assert_eq!(report["not_taken"], 0, "{words:?} {report:#}");
    }
    for (name, words) in site.files("inbox") {
        assert!(!words.contains(['\0', '\u{1b}', '\u{202e}']), "{name}");
        let front = words[4..].split("\n---\n").next().unwrap();
        assert!(!front.lines().any(|line| line.starts_with("moderation")), "{words}");
    }
    let outside: Vec<String> = site.files(".").into_iter().map(|(name, _)| name).collect();
    let ours = |n: &&String| {
        !["./inbox/eau/i-", "./private/eau", "./content/", "./received/", "./greffe.yaml", "./.gitignore"]
            .iter()
            .any(|p| n.starts_with(p))
    };
    assert_eq!(outside.iter().find(ours), None);
    // All of it is read again without a problem, and the site is what it was.
    let sources = greffe::io::load::load_beside(site.root(), "inbox/eau");
    let eau = greffe::model::id::Id::new("eau").unwrap();
    let found = greffe::inbox::waiting(&sources, &eau, &jiff::tz::TimeZone::UTC);
    assert_eq!(
        (found.contributions.len(), found.problems.len()),
        (sources.len(), 0),
        "{:#?}",
        found.problems
    );
    assert_eq!(site.call(&["check"]).status.code(), Some(0));
}

#[test]
fn what_is_too_large_or_too_deep_is_told() {
    let site = Site::new("");
    let (status, report) = site.intake("a.json", saved(&[("body", &"a".repeat(2 << 20))]));
    assert_eq!((status, &report["not_taken"]), (1, &1.into()));
    let (_, report) = site.intake("b.json", format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000)));
    assert_eq!(report["not_taken"], 1);
    let csv = format!("kind,body\ncomment,{}\ncomment,Petit\n", "b".repeat(3 << 20));
    let (_, report) = site.intake("c.csv", csv);
    assert_eq!((&report["taken"], &report["not_taken"]), (&1.into(), &1.into()));
}

#[test]
fn nothing_is_overwritten_and_a_trial_writes_nothing() {
    let site = Site::new("");
    site.write("received/a.json", saved(&[]));
    let out = site.call(&["intake", "received/a.json", "--dry-run"]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let told = String::from_utf8_lossy(&out.stdout);
    assert!(told.contains("nothing is written") && told.contains("      1  taken into inbox/eau/"), "{told}");
    assert!(!site.root().join("inbox").exists() && !site.root().join("private").exists());
    assert!(!site.root().join(".gitignore").exists());
    // A folder where the inbox should be a folder of files: told, with the private file not in the way.
    let id = site.call(&["intake", "received/a.json", "--dry-run", "--format", "json"]);
    let report: Value = serde_json::from_slice(&id.stdout).unwrap();
    let id = report["rows"][0]["id"].as_str().unwrap();
    fs::create_dir_all(site.root().join(format!("inbox/eau/{id}.md"))).unwrap();
    let (status, report) = site.intake_path(&site.root().join("received/a.json"));
    assert_eq!((status, &report["not_taken"]), (1, &1.into()), "{report:#}");
}

#[test]
fn a_consultation_with_errors_still_takes_in() {
    let site = Site::new("nonsense: 1\n");
    assert_eq!(site.call(&["check"]).status.code(), Some(1));
    assert_eq!(site.intake("a.json", saved(&[])).1["taken"], 1);
}
