//! A small site in a repository, in which everything that must not be public says so.

use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The site's files. `Secret` and the telephone number must be in no public bag.
const FILES: &[(&str, &str)] = &[
    ("greffe.yaml", "title: Site # Secret commentaire\nlanguages: [fr]\n"),
    ("content/index.md", "---\n# Secret\ntitle: Accueil\n---\nBienvenue.\n"),
    (
        "content/eau/consultation.yaml",
        "title: L’eau\nsummary: Un résumé.\norganiser: {name: La commune}\n\
         moderation:\n  reasons: [{id: propos-injurieux, title: Insulte}]\n",
    ),
    (
        "content/eau/contributions/publiee.md",
        "---\nkind: proposal\ntitle: \"Publiée: un titre\"\ndate: 2026-01-02\n\
         author: {name: Jeanne Durand, pseudonym: \"Loutre de la rivière: celle qui écrit longuement, sous un nom que personne ne lit jamais en entier\"}\n---\nDes mots publiés.\n",
    ),
    (
        "content/eau/contributions/ecartee.md",
        "---\n# appelé : 06 12 34 56 78\nkind: proposal\ntitle: Secret 06 12 34 56 78\ndate: 2026-01-03\n\
         author: {name: Durand}\nposition: for\nplace: Secret lieu\nlink: https://example.org/0612345678\n\
         attachments: [{path: documents/ecartee.txt, title: Secret}]\n\
         imported: {source: a.csv, url: 'https://example.org/secret-0612345678'}\n\
         moderation: {state: withheld, reason: propos-injurieux, date: 2026-01-04}\n---\n\
         Appelez-moi au 06 12 34 56 78, jeanne@example.org.\n",
    ),
    (
        "content/eau/contributions/liste.yaml",
        "# Secret\n- id: c2\n  kind: comment\n  parent: publiee\n  date: 2026-01-04\n  body: |\n    # Un titre\n\n    Oui.\n\
         - id: c3\n  kind: comment\n  parent: publiee\n  date: 2026-01-04\n  body: Secret en attente 0612345678\n  \
         moderation: {state: pending}\n\
         - id: c4\n  kind: argument\n  parent: publiee\n  position: against\n  date: 2026-01-05\n  \
         body: Secret 06 12 34 56 78\n  moderation: {state: withheld, reason: propos-injurieux}\n\
         - id: c5\n  kind: answer\n  date: 2026-01-05\n  answers: {q: 0612345678}\n  \
         moderation: {state: withheld, reason: propos-injurieux}\n",
    ),
    ("content/eau/documents/ecartee.txt", "Secret 0612345678\n"),
    ("content/eau/documents/plan.txt", "Un plan.\n"),
];

/// A site of the tests, in a folder that goes away with it.
pub struct Site(TempDir);

impl Site {
    /// Makes it and commits it, where there is git.
    pub fn new() -> Self {
        let site = Site(TempDir::new().unwrap());
        for (path, text) in FILES {
            let path = site.path(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        std::fs::write(
            site.path(".gitignore"),
            "/private/\n/bag*\n/public*\n/first\n/second\n/one*\n/two*\n/again\n/clone\n",
        )
        .unwrap();
        let _ = site.git(&["init", "--quiet"]);
        site.commit();
        site
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Calls the command there, in English.
    pub fn greffe(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_greffe"))
            .args(words)
            .current_dir(self.0.path())
            .env("LC_ALL", "en_GB.UTF-8")
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .unwrap()
    }

    /// Freezes the consultation on 27 November 2026.
    pub fn freeze(&self, output: &str, more: &[&str]) -> Output {
        let mut words = vec!["freeze", "eau", "--output", output];
        if !more.contains(&"--as-of") {
            words.extend(["--as-of", "2026-11-27"]);
        }
        words.extend(more);
        self.greffe(&words)
    }

    /// Calls git there; `None` where there is none.
    pub fn git(&self, words: &[&str]) -> Option<Output> {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Marie", "-c", "user.email=m@example.org", "-c", "commit.gpgsign=false"]);
        let date = "2026-11-20T12:00:00+01:00";
        git.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
        git.args(words).current_dir(self.0.path()).output().ok()
    }

    /// Commits everything.
    pub fn commit(&self) {
        let _ = self.git(&["add", "-A"]);
        let _ = self.git(&["commit", "--quiet", "-m", "Tout"]);
    }
}

/// Its exit status.
pub fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What it said.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
