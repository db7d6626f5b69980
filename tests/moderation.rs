//! Moderation at the command line, on real files: what is decided, what stays of it, what can be undone, and what a kill
//! leaves behind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const CONSULTATION: &str = "title: L’eau\nsummary: Un résumé.\norganiser: {name: La mairie}\ntimezone: Europe/Paris\n\
    moderation:\n  charter: Soyez courtois.\n  reasons:\n    - {id: insulte, title: Insulte}\n    - {id: hors-sujet, title: Hors sujet}\n";

const PUBLISHED: &str = "---\nkind: proposal\ntitle: Des compteurs\nauthor: {pseudonym: Renarde 07}\ndate: 2026-11-02\n\
    on: {article: \"1\", quote: \"une citation\"}\nlink: https://exemple.fr/\nplace: Cernon\nthemes: [prix]\n\
    attachments: [{path: documents/plan.pdf, title: Plan}]\nappendices: [{title: Note, body: \"Une annexe.\"}]\n---\n\n\
    Le maire est un voleur et tout le village le sait depuis longtemps.\n";

const LIST: &str = "# Avis reçus\r\n- id: l1\r\n  kind: comment\r\n  body: |\r\n    Premier avis,\r\n\r\n    en deux alinéas.\r\n\n# le deuxième\n\
    - {id: l2, kind: comment, body: \"Deux, {vraiment}.\"}\n- id: l3\n  kind: comment   # un commentaire\n  receipt: 0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd\n  body: >-\n    Trois\n    lignes.\n";

const REPLY: &str = "---\nkind: comment\nparent: a\nauthor: {pseudonym: Loutre}\n---\n\nVous écrivez que « le maire est un voleur et tout le village le sait » : non.\n";

fn received(body: &str, more: &str) -> String {
    format!(
        "---\nkind: proposal\ntitle: Une idée\nauthor: {{pseudonym: Martin}}\ndate: 2026-11-20T10:00\n{more}intake:\n  received: 2026-11-20T10:05:00+01:00\n  source: \"a.json\"\n  marks: [late]\nreceipt: 0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd\n---\n\n{body}\n"
    )
}

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Site { folder: TempDir::new().unwrap() };
        site.write("greffe.yaml", "title: Essai\n");
        site.write(".gitignore", "inbox/\nprivate/\n");
        site.write("content/eau/consultation.yaml", CONSULTATION);
        site.write("content/eau/contributions/a.md", PUBLISHED);
        site.write("content/eau/contributions/b.md", REPLY);
        site.write("content/eau/contributions/liste.yaml", LIST);
        site.write("content/eau/documents/plan.pdf", "%PDF");
        site.write(
            "content/eau/texts/loi/text.yaml",
            "kind: bill\ntitle: Projet\nversions:\n  - {id: v1, title: Dépôt, date: 2026-10-01, stage: tabled}\n",
        );
        site.write("content/eau/texts/loi/v1.md", "# Article 1\n\nCeci est une citation.\n");
        site.write("inbox/eau/i-20261120-aaaaaa.md", &received("Première idée.", ""));
        site.write(
            "inbox/eau/i-20261120-bbbbbb.md",
            &received("Deuxième idée.", "parent: i-20261120-aaaaaa\n"),
        );
        site
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    fn has(&self, path: &str) -> bool {
        self.root().join(path).symlink_metadata().is_ok()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greffe"));
        command
            .args(words)
            .current_dir(self.root())
            .env("LC_ALL", "en_GB.UTF-8")
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        command
    }

    fn call(&self, words: &[&str]) -> (i32, String) {
        let output: Output = self.command(words).output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), said)
    }

    /// A decision by the office, on a day.
    fn done(&self, words: &[&str]) -> String {
        let (status, said) = self.call(&[words, &["--by", "Le greffe", "--date", "2026-11-27"]].concat());
        assert_eq!(status, 0, "{words:?}: {said}");
        said
    }

    fn check(&self) {
        let (status, said) = self.call(&["check", "--format", "short"]);
        assert_eq!(status, 0, "{said}");
    }

    /// Every file, but what can be undone.
    fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let files = walkdir::WalkDir::new(self.root())
            .into_iter()
            .map(Result::unwrap)
            .filter(|e| e.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(self.root()).unwrap().to_string_lossy().into_owned();
        files
            .map(|entry| (name(entry.path()), std::fs::read(entry.path()).unwrap()))
            .filter(|(name, _)| !name.starts_with("private/.moderation"))
            .collect()
    }

    /// Whether some words stand anywhere under a folder.
    fn says(&self, folder: &str, words: &str) -> bool {
        self.tree()
            .iter()
            .any(|(name, bytes)| name.starts_with(folder) && String::from_utf8_lossy(bytes).contains(words))
    }
}

#[test]
fn the_queue_says_what_waits() {
    let site = Site::new();
    let (status, said) = site.call(&["moderate", "list", "--format", "json"]);
    assert_eq!(status, 0, "{said}");
    let all: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[0]["id"], "i-20261120-aaaaaa");
    assert_eq!(all[0]["marks"][0], "late");
    assert_eq!(all[0]["received"], "2026-11-20T10:05:00+01:00");
    assert_eq!(all[0]["words"], "Première idée.");
    assert_eq!(all[1]["about"], "answers i-20261120-aaaaaa");
    let (status, said) = site.call(&["moderate", "list", "--lang", "fr"]);
    assert!(status == 0 && said.contains("2 en attente") && said.contains("[late]"), "{said}");
    // A file that cannot be read is told, and hides nothing.
    site.write("inbox/eau/i-x.md", "---\nkind: nothing\n---\n");
    site.write("inbox/feu/i-y.md", "---\nkind: comment\n---\n");
    let (status, said) = site.call(&["moderate", "list"]);
    assert!(status == 1 && said.contains("2 waiting") && said.contains("inbox/eau/i-x.md:2"), "{said}");
    assert!(said.contains("no consultation “feu”"), "{said}");
}

#[test]
fn what_is_accepted_moves_without_what_intake_noted() {
    let site = Site::new();
    let (status, said) = site.call(&["moderate", "accept", "i-20261120-bbbbbb", "--by", "X"]);
    assert!(status == 1 && said.contains("G018"), "an answer to what is not published: {said}");
    assert!(site.has("inbox/eau/i-20261120-bbbbbb.md"));
    site.done(&["moderate", "accept", "i-20261120-aaaaaa", "i-20261120-bbbbbb"]);
    assert_eq!(
        site.read("content/eau/contributions/i-20261120-aaaaaa.md"),
        "---\nkind: proposal\ntitle: Une idée\nauthor: {pseudonym: Martin}\ndate: 2026-11-20T10:00\nreceipt: 0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd\n\
         moderation: {state: published, date: 2026-11-27, by: Le greffe, received: \"2026-11-20T10:05:00+01:00\"}\n---\n\nPremière idée.\n"
            .replace("\"2026-11-20T10:05:00+01:00\"", "2026-11-20T10:05:00+01:00")
    );
    assert!(!site.has("inbox/eau"), "an empty folder is nothing");
    site.check();
    let (status, said) = site.call(&["moderate", "accept", "i-20261120-aaaaaa", "--by", "X"]);
    assert!(status == 2 && said.contains("published already"), "{said}");
}

#[test]
fn what_is_withheld_leaves_only_what_may_be_said() {
    let site = Site::new();
    let said = site.done(&["moderate", "withhold", "a", "--reason", "insulte"]);
    let text = site.read("content/eau/contributions/a.md");
    let digest = text.split("digest: ").nth(1).unwrap()[..64].to_owned();
    assert_eq!(
        text,
        format!(
            "---\nkind: proposal\ndate: 2026-11-02\non: {{article: 1}}\nmoderation: {{state: withheld, reason: insulte, date: 2026-11-27, by: Le greffe, digest: {digest}}}\n---\n"
        )
    );
    for gone in ["voleur", "compteurs", "Renarde", "exemple.fr", "Cernon", "prix", "annexe"] {
        let stays = gone == "voleur"; // in the reply, which is somebody else's
        assert_eq!(site.says("content/", gone), stays, "{gone}");
    }
    assert!(
        said.contains("content/eau/contributions/b.md:7: words of “a” can still be read there"),
        "{said}"
    );
    assert!(!site.has("content/eau/documents/plan.pdf"));
    assert_eq!(site.read("private/eau/withheld/a/documents/plan.pdf"), "%PDF");
    let kept = site.read("private/eau/withheld/a.md");
    let salt = kept.split("salt: ").nth(1).unwrap().lines().next().unwrap();
    assert_eq!(kept.replace(&format!("salt: {salt}\n"), ""), PUBLISHED);
    use sha2::{Digest, Sha256};
    let words = "Le maire est un voleur et tout le village le sait depuis longtemps.";
    let made: String = Sha256::digest(format!("{salt}{words}")).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(made, digest);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &str| std::fs::metadata(site.root().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("private/eau/withheld/a.md"), 0o600);
        assert_eq!(mode("private/eau/withheld"), 0o700);
        assert_eq!(mode("private"), 0o700);
    }
    site.check();
    let (status, said) = site.call(&["build", "--output", "out"]);
    assert_eq!(status, 0, "{said}");
    let mut words = "compteurs Renarde annexe".split(' ').chain(["depuis longtemps", "%PDF"]);
    assert!(!words.any(|words| site.says("out/", words)));
}

#[test]
fn a_title_stays_when_it_may_and_a_reason_is_one_of_the_charter() {
    let site = Site::new();
    let (status, said) = site.call(&["moderate", "withhold", "a", "--reason", "insultes", "--by", "X"]);
    assert!(status == 2 && said.contains("insulte, hors-sujet"), "{said}");
    site.done(&["moderate", "withhold", "i-20261120-aaaaaa", "--reason", "hors-sujet", "--title-may-stay"]);
    let text = site.read("content/eau/contributions/i-20261120-aaaaaa.md");
    assert!(text.contains("title: Une idée\n") && text.contains("title_may_stay: true"), "{text}");
    assert!(
        text.contains("receipt: 0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd")
            && text.contains("received: 2026-11-20T10:05:00+01:00"),
        "{text}"
    );
    assert!(!text.contains("Martin") && !text.contains("Première"));
    assert!(site.read("private/eau/withheld/i-20261120-aaaaaa.md").contains("Première idée."));
    assert!(!site.has("inbox/eau/i-20261120-aaaaaa.md"));
    site.check();
}

#[test]
fn in_a_list_only_the_item_changes() {
    let site = Site::new();
    let before = site.tree();
    site.done(&["moderate", "withhold", "l1", "l2", "l3", "--reason", "insulte"]);
    let text = site.read("content/eau/contributions/liste.yaml");
    let masked: String = text
        .split("digest: ")
        .enumerate()
        .map(|(at, part)| if at == 0 { part.to_owned() } else { format!("digest: *{}", &part[64..]) })
        .collect();
    let moderation = "{state: withheld, reason: insulte, date: 2026-11-27, by: Le greffe, digest: *}";
    assert_eq!(
        masked,
        format!(
            "# Avis reçus\r\n- id: l1\n  kind: comment\n  moderation: {moderation}\r\n\n# le deuxième\n\
             - {{id: l2, kind: comment, moderation: {moderation}}}\n- id: l3\n  kind: comment\n  receipt: 0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd0123abcd\n  moderation: {moderation}\n"
        )
    );
    assert!(site.read("private/eau/withheld/l1.md").contains("en deux alinéas."));
    assert!(site.read("private/eau/withheld/l2.md").contains("{vraiment}"));
    site.check();
    let (status, said) = site.call(&["moderate", "undo"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(site.tree(), before, "to the byte");
}

#[test]
fn everything_can_be_undone_to_the_byte_the_last_first() {
    let site = Site::new();
    // A mark of the byte order, which reading takes away.
    site.write("content/eau/contributions/a.md", &format!("\u{feff}{PUBLISHED}"));
    let mut states = vec![site.tree()];
    site.done(&["moderate", "accept", "i-20261120-aaaaaa"]);
    states.push(site.tree());
    site.done(&["moderate", "merge", "i-20261120-bbbbbb", "--into", "a"]);
    assert!(site.read("content/eau/contributions/i-20261120-bbbbbb.md").contains("merged_into: a\n"));
    states.push(site.tree());
    site.done(&["moderate", "merge", "l3", "--into", "l1"]);
    assert!(site.read("content/eau/contributions/liste.yaml").contains("    lignes.\n  merged_into: l1\n"));
    states.push(site.tree());
    site.done(&["moderate", "withhold", "a", "--reason", "insulte"]);
    site.check();
    while let Some(state) = states.pop() {
        let (status, said) = site.call(&["moderate", "undo"]);
        assert_eq!(status, 0, "{said}");
        assert_eq!(site.tree(), state, "{said}");
    }
    let (status, said) = site.call(&["moderate", "undo"]);
    assert!(status == 2 && said.contains("nothing to undo"), "{said}");
}

#[test]
fn what_was_withheld_can_be_published_after_all_from_the_words_that_were_kept() {
    let site = Site::new();
    for id in ["a", "l1", "l2", "l3", "i-20261120-aaaaaa"] {
        site.done(&["moderate", "withhold", id, "--reason", "insulte"]);
    }
    // Other words than those that were withheld are not published in their name.
    let kept = site.read("private/eau/withheld/a.md");
    site.write("private/eau/withheld/a.md", &kept.replace("voleur", "saint"));
    let (status, said) = site.call(&["moderate", "accept", "a", "--by", "X"]);
    assert!(status == 2 && said.contains("not the words that were withheld"), "{said}");
    site.write("private/eau/withheld/a.md", &kept);
    for id in ["a", "l1", "l2", "l3", "i-20261120-aaaaaa"] {
        site.done(&["moderate", "accept", id]);
    }
    let moderation = "moderation: {state: published, date: 2026-11-27, by: Le greffe}";
    let end = PUBLISHED.find("---\n\nLe maire").unwrap();
    let (front, body) = PUBLISHED.split_at(end);
    assert_eq!(site.read("content/eau/contributions/a.md"), format!("{front}{moderation}\n{body}"));
    let list = site.read("content/eau/contributions/liste.yaml");
    assert!(
        list.contains("    Premier avis,\n\n    en deux alinéas.\n  moderation: {state: published"),
        "{list}"
    );
    assert!(
        list.contains("- {id: l2, kind: comment, body: \"Deux, {vraiment}.\", moderation: {state"),
        "{list}"
    );
    assert!(list.contains("    Trois\n    lignes.\n  moderation: {state"), "{list}");
    assert!(site.has("content/eau/documents/plan.pdf") && !site.has("private/eau/withheld"));
    let text = site.read("content/eau/contributions/i-20261120-aaaaaa.md");
    assert!(
        text.contains("Première idée.")
            && text.contains("received: 2026-11-20T10:05:00+01:00")
            && !text.contains("intake")
    );
    site.check();
}

#[test]
fn what_waits_and_what_is_kept_change_no_byte_of_the_site() {
    let site = Site::new();
    site.done(&["moderate", "withhold", "a", "--reason", "insulte"]);
    let build = |out: &str| {
        let (status, said) = site.call(&["build", "--output", out, "--as-of", "2026-11-27"]);
        assert_eq!(status, 0, "{said}");
        let tree = site.tree();
        tree.into_iter()
            .filter_map(|(name, bytes)| Some((name.strip_prefix(&format!("{out}/"))?.to_owned(), bytes)))
            .collect::<BTreeMap<String, Vec<u8>>>()
    };
    let before = build("one");
    assert!(before.len() > 10);
    site.write("inbox/eau/i-20261120-aaaaaa.md", &received("Tout autre chose.", ""));
    site.write("private/eau/withheld/a.md", "---\nkind: proposal\n---\n\nD’autres mots.\n");
    site.write("private/eau/contacts/a.yaml", "email: x@exemple.fr\n");
    assert!(build("two") == before);
}

#[test]
fn a_file_that_somebody_changed_since_is_not_touched() {
    let site = Site::new();
    site.done(&["moderate", "withhold", "a", "--reason", "insulte"]);
    let path = "content/eau/contributions/a.md";
    site.write(path, &format!("{}\nUn mot de plus.\n", site.read(path)));
    let before = site.tree();
    let (status, said) = site.call(&["moderate", "undo"]);
    assert!(status == 2 && said.contains("no longer what it was"), "{said}");
    assert_eq!(site.tree(), before);
    // What stands where words would be kept is somebody's too.
    site.write("private/eau/withheld/b.md", "la mienne");
    let (status, said) = site.call(&["moderate", "withhold", "b", "--reason", "insulte", "--by", "X"]);
    assert!(status == 2 && said.contains("exists already"), "{said}");
    assert_eq!(site.read("private/eau/withheld/b.md"), "la mienne");
}

#[cfg(unix)]
#[test]
fn links_are_never_followed() {
    let site = Site::new();
    let elsewhere = TempDir::new().unwrap();
    std::fs::create_dir(site.root().join("private")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), site.root().join("private/eau")).unwrap();
    let before = site.read("content/eau/contributions/a.md");
    let (status, said) = site.call(&["moderate", "withhold", "a", "--reason", "insulte", "--by", "X"]);
    assert_eq!(status, 2, "{said}");
    assert_eq!(site.read("content/eau/contributions/a.md"), before);
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn what_is_erased_leaves_no_copy() {
    let site = Site::new();
    // A decision on another item of the list remembers the whole file.
    site.done(&["moderate", "merge", "l3", "--into", "l1"]);
    assert!(site.says("private/eau/undo/", "vraiment"));
    site.done(&["moderate", "withhold", "l2", "--reason", "insulte"]);
    site.write("private/eau/contacts/l2.yaml", "email: x@exemple.fr\n");
    site.done(&["erase", "l2", "--reason", "RGPD, article 17"]);
    let text = site.read("content/eau/contributions/liste.yaml");
    assert!(
        text.contains("- {id: l2, kind: comment, moderation: {state: erased, ground: \"RGPD, article 17\", by: Le greffe, date: 2026-11-27}}\n"),
        "{text}"
    );
    assert!(!site.says("", "vraiment"), "neither in content/ nor in private/");
    assert!(!site.has("private/eau/contacts/l2.yaml"));
    let (status, said) = site.call(&["moderate", "undo"]);
    assert!(status == 2 && said.contains("nothing to undo"), "{said}");
    let said = site.done(&["erase", "a", "--reason", "Jugement du 3 novembre 2026"]);
    assert!(said.contains("b.md:7") && said.contains("filter-repo"), "{said}");
    assert!(!site.says("", "longtemps") && !site.has("content/eau/documents/plan.pdf"));
    site.check();
    let (status, said) = site.call(&["erase", "i-20261120-aaaaaa", "--reason", "x", "--by", "X"]);
    assert!(status == 2 && said.contains("not published"), "{said}");
}

#[test]
fn git_history_is_told_when_it_has_the_words() {
    let site = Site::new();
    let git = |words: &[&str]| {
        let done = Command::new("git").arg("-C").arg(site.root()).args(words).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "content", "greffe.yaml"]);
    git(&["-c", "user.name=Anne Greffière", "-c", "user.email=a@b.example", "commit", "-qm", "x"]);
    let said = site.done(&["moderate", "withhold", "a", "--reason", "insulte"]);
    assert!(said.contains("a.md: git’s history keeps the words"), "{said}");
    let (status, said) = site.call(&["moderate", "accept", "i-20261120-aaaaaa"]);
    assert!(status == 2 && said.contains("--by"), "nobody is named: {said}");
    git(&["config", "user.name", "Anne Greffière"]);
    let (status, said) = site.call(&["moderate", "accept", "i-20261120-aaaaaa"]);
    assert_eq!(status, 0, "{said}");
    assert!(site.read("content/eau/contributions/i-20261120-aaaaaa.md").contains("by: Anne Greffière"));
}

/// A decision on many contributions, killed at many moments: all of it or none, and no contribution is ever in no file.
#[test]
fn killed_at_any_moment_nothing_is_lost_and_nothing_is_half_done() {
    const MANY: usize = 80;
    let site = Site::new();
    let ids: Vec<String> = (0..MANY).map(|n| format!("i-20261121-{n:06}")).collect();
    for (n, id) in ids.iter().enumerate() {
        site.write(&format!("inbox/eau/{id}.md"), &received(&format!("Idée numéro {n}."), ""));
    }
    let mut words = vec!["moderate", "withhold"];
    words.extend(ids.iter().map(String::as_str));
    words.extend(["--reason", "insulte", "--by", "X", "--date", "2026-11-27"]);
    let start = site.tree();
    let began = std::time::Instant::now();
    let (status, said) = site.call(&words);
    assert_eq!(status, 0, "{said}");
    let whole = began.elapsed();
    let (status, said) = site.call(&["moderate", "undo"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(site.tree(), start);
    let (mut none, mut all) = (0, 0);
    for moment in 0..24_u32 {
        let mut child = site.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // The last part is where files are moved: most kills fall there. The first and the last fall before and after
        // everything, however busy the machine is.
        match moment {
            0 => {}
            23 => drop(child.wait()),
            _ => std::thread::sleep(whole.mul_f64(0.45 + 0.9 * f64::from(moment) / 24.0)),
        }
        let _ = child.kill();
        child.wait().unwrap();
        for (n, id) in ids.iter().enumerate() {
            let idea = format!("Idée numéro {n}.");
            let somewhere = ["inbox/eau", "private/eau/withheld", "private/.moderation/new"];
            let kept = somewhere.iter().any(|folder| {
                let files =
                    walkdir::WalkDir::new(site.root().join(folder)).into_iter().filter_map(Result::ok);
                files
                    .filter(|e| e.file_type().is_file())
                    .any(|e| std::fs::read_to_string(e.path()).is_ok_and(|text| text.contains(&idea)))
            });
            assert!(kept, "{id} is in no file");
            if n % 30 != 0 {
                continue;
            }
        }
        let (status, said) = site.call(&["moderate", "list", "--format", "json"]);
        assert_eq!(status, 0, "{said}");
        let waiting: serde_json::Value = serde_json::from_str(&said).unwrap();
        match waiting.as_array().unwrap().len() {
            2 => {
                all += 1;
                let (status, said) = site.call(&["moderate", "undo"]);
                assert_eq!(status, 0, "{said}");
            }
            n => {
                assert_eq!(n, MANY + 2);
                none += 1;
            }
        }
        assert_eq!(site.tree(), start);
    }
    eprintln!("killed 24 times: {none} times nothing was changed, {all} times all of it");
    assert!(none > 0 && all > 0, "{none} {all}");
}
