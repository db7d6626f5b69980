//! Git, the one other program that Greffe asks something: when a folder was last committed, and the whole history of
//! a text. Comes in: a folder or a bundle. Comes out: a date, or a [`History`]. The repository may be someone else's:
//! nothing that its configuration names is run, nothing is fetched from another machine, nothing is written in it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::import::git::{Commit, History};
use crate::lang::Bilingual;
use crate::model::when::Moment;
use crate::say;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

/// Most commits that are read.
const COMMITS: usize = 20_000;
/// Largest file of a text.
const FILE: usize = 8 << 20;
/// Most bytes in all, each version of a file counted once.
const BYTES: usize = 256 << 20;
/// Deepest folder.
const DEPTH: usize = 32;
/// Most files in one commit.
const FILES: usize = 5_000;

/// Git, told to keep to itself.
pub(super) fn git() -> Command {
    let mut git = Command::new("git");
    // The repository may be someone else's: nothing that its configuration names is to be run.
    git.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager"])
        .args(["--no-optional-locks", "--literal-pathspecs"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    // A hook that calls Greffe has these set for its own repository, which may be another one.
    for name in
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"]
    {
        git.env_remove(name);
    }
    git
}

/// When the last commit that changed something under `root` was made, in its author's zone. `None` without git,
/// without a repository, without a commit.
pub fn last_commit(root: &Path) -> Option<Moment> {
    let mut git = git();
    git.arg("-C").arg(root).args([
        "log",
        "-1",
        "--no-show-signature",
        "--no-color",
        "--format=%cI",
        "--",
        ".",
    ]);
    let answer = git.output().ok().filter(|answer| answer.status.success())?;
    Moment::parse(std::str::from_utf8(&answer.stdout).ok()?.trim())
}

/// The name that git gives to those who commit here.
pub fn user(root: &Path) -> Option<String> {
    let answer = git().arg("-C").arg(root).args(["config", "user.name"]).output().ok()?;
    let name = String::from_utf8(answer.stdout).ok()?.trim().to_owned();
    (answer.status.success() && !name.is_empty()).then_some(name)
}

/// Whether a commit of the current branch has something at a path under `root`.
pub fn remembers(root: &Path, path: &str) -> bool {
    let mut git = git();
    git.arg("-C").arg(root).args(["log", "-1", "--no-show-signature", "--format=%h", "--"]).arg(path);
    git.output().is_ok_and(|answer| answer.status.success() && !answer.stdout.is_empty())
}

/// Reads the history of a repository's current branch, or of a bundle, oldest first, along first parents.
pub fn history(source: &Path) -> Result<History> {
    let source = std::path::absolute(source)
        .map_err(|e| Error::io(source, say!("ce chemin n’est pas lisible", "this path cannot be read"), e))?;
    if source.is_dir() {
        return Reading { folder: &source, named: &source }.history();
    }
    let folder = Temporary::new()?;
    let mut clone = git();
    clone.args(["clone", "--bare", "--quiet", "--template=", "--"]).arg(&source).arg(&folder.0);
    let named = Reading { folder: &folder.0, named: &source };
    named.answer(clone.stderr(Stdio::piped()))?;
    named.history()
}

/// A folder that goes away with its value.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self> {
        let base = std::env::temp_dir();
        let fail =
            |e| Error::io(&base, say!("aucun dossier ne peut y être fait", "no folder can be made there"), e);
        let mut last = None;
        for _ in 0..8 {
            let mut bytes = [0; 8];
            if getrandom::fill(&mut bytes).is_err() {
                break;
            }
            let path = base.join(format!("greffe-git-{:016x}", u64::from_le_bytes(bytes)));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Temporary(path)),
                Err(error) => last = Some(error),
            }
        }
        Err(fail(last.unwrap_or_else(|| std::io::ErrorKind::Other.into())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which empties this folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A repository being read.
struct Reading<'r> {
    /// Where it stands.
    folder: &'r Path,
    /// What the caller named.
    named: &'r Path,
}

impl Reading<'_> {
    fn git(&self) -> Command {
        let mut git = git();
        // A folder inside another repository is not a repository of its own.
        if let Some(above) = self.folder.parent() {
            git.env("GIT_CEILING_DIRECTORIES", above);
        }
        git.env("GIT_NO_REPLACE_OBJECTS", "1").arg("-C").arg(self.folder).stderr(Stdio::piped());
        git
    }

    fn wrong(&self, what: Bilingual) -> Error {
        Error::new(self.named, what)
    }

    fn answer(&self, command: &mut Command) -> Result<Vec<u8>> {
        let cannot = say!("git ne peut pas être lancé", "git cannot be started");
        let answer = command.output().map_err(|e| Error::io(self.named, cannot, e))?;
        if answer.status.success() {
            return Ok(answer.stdout);
        }
        let words = String::from_utf8_lossy(&answer.stderr);
        let words = words.lines().next().unwrap_or_default().trim();
        Err(self.wrong(say!(
            "ce n’est pas un dépôt git avec un historique, ni un paquet (git bundle) : {words}",
            "this is no git repository with a history, and no bundle: {words}"
        )))
    }

    fn history(&self) -> Result<History> {
        let mut log = self.git();
        log.args(["log", "-z", "--topo-order", "--first-parent", "--reverse", "--no-show-signature"]);
        log.args(["--no-color", "--no-notes", "--encoding=UTF-8", "--format=%H%n%an%n%aI%n%B", "HEAD"]);
        let log = self.answer(&mut log)?;
        let mut refs = self.git();
        refs.args(["for-each-ref", "--format=%(refname:strip=2) %(objectname) %(*objectname)", "refs/tags"]);
        let refs = self.answer(&mut refs)?;
        let mut history = History { tags: tags(&String::from_utf8_lossy(&refs)), ..History::default() };
        let log = String::from_utf8_lossy(&log);
        let records: Vec<&str> = log.split('\0').filter(|r| !r.trim().is_empty()).collect();
        if records.len() > COMMITS {
            let count = records.len();
            return Err(self.wrong(say!(
                "{count} commits : plus de {COMMITS} ne sont pas lus",
                "{count} commits: more than {COMMITS} are not read"
            )));
        }
        let mut objects = Objects::open(self)?;
        for record in records {
            let mut commit = commit(record).ok_or_else(|| {
                self.wrong(say!("git a répondu autre chose que prévu", "git answered something unexpected"))
            })?;
            let root = format!("{}^{{tree}}", commit.id);
            objects.tree(self, &root, "", 0, &mut commit.files, &mut history.skipped)?;
            history.commits.push(commit);
        }
        objects.close();
        Ok(history)
    }
}

/// Tags by name, each with the commit it names.
fn tags(list: &str) -> BTreeMap<Box<str>, Box<str>> {
    let line = |line: &str| {
        let mut words = line.split(' ').filter(|w| !w.is_empty());
        let (name, id) = (words.next()?, words.next()?);
        Some((name.into(), words.next().unwrap_or(id).into()))
    };
    list.lines().filter_map(line).collect()
}

fn commit(record: &str) -> Option<Commit> {
    let mut parts = record.trim_start_matches('\n').splitn(4, '\n');
    let (id, author, date) = (parts.next()?, parts.next()?, parts.next()?);
    let message = parts.next().unwrap_or("").replace("\r\n", "\n");
    let message = message.trim_matches('\n');
    // As git itself reads a message: the subject is its first paragraph.
    let (subject, body) = message.split_once("\n\n").unwrap_or((message, ""));
    Some(Commit {
        id: id.into(),
        author: author.into(),
        date: Moment::parse(date)?,
        subject: subject.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        body: body.trim_matches('\n').into(),
        files: BTreeMap::new(),
    })
}

/// `git cat-file --batch`: one question a line, answered at once.
struct Objects {
    process: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Folders as read: the same in many commits.
    trees: BTreeMap<Box<str>, Arc<Vec<Entry>>>,
    /// Files as read; `None` is no text.
    texts: BTreeMap<Box<str>, Option<Arc<str>>>,
    bytes: usize,
}

/// A line of a folder.
#[derive(Debug)]
struct Entry {
    name: Box<str>,
    id: Box<str>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    /// A link or another repository.
    Other,
}

/// Whether a path may hold text that is read.
fn is_text(path: &str) -> bool {
    let end = path.rsplit('.').next().unwrap_or("").to_lowercase();
    path.contains('.') && ["md", "markdown", "txt"].contains(&&*end)
}

impl Objects {
    fn open(reading: &Reading<'_>) -> Result<Self> {
        let mut git = reading.git();
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let cannot = || say!("git ne peut pas être lancé", "git cannot be started");
        let mut process = git.spawn().map_err(|e| Error::io(reading.named, cannot(), e))?;
        let (ask, answers) = (process.stdin.take(), process.stdout.take());
        let answers = answers.ok_or_else(|| Error::new(reading.named, cannot()))?;
        let answers = BufReader::new(answers);
        Ok(Objects { process, ask, answers, trees: BTreeMap::new(), texts: BTreeMap::new(), bytes: 0 })
    }

    fn close(mut self) {
        // Without questions it ends by itself.
        self.ask = None;
        let _ = self.process.wait();
    }

    /// The bytes of an object; `None` when there is none, or when it is too large.
    fn get(&mut self, reading: &Reading<'_>, name: &str) -> Result<Option<Vec<u8>>> {
        let broken = |e| Error::io(reading.named, say!("git s’est arrêté", "git stopped"), e);
        if let Some(ask) = &mut self.ask {
            writeln!(ask, "{name}").and_then(|()| ask.flush()).map_err(broken)?;
        }
        let mut head = String::new();
        self.answers.read_line(&mut head).map_err(broken)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let Some(size) = size else { return Ok(None) };
        let fits = size <= FILE;
        let mut bytes = Vec::new();
        let mut answer = (&mut self.answers).take(size as u64 + 1);
        if fits {
            answer.read_to_end(&mut bytes).map_err(broken)?;
            bytes.pop();
        } else {
            std::io::copy(&mut answer, &mut std::io::sink()).map_err(broken)?;
        }
        self.bytes += bytes.len();
        if self.bytes > BYTES {
            let most = BYTES >> 20;
            return Err(reading.wrong(say!(
                "plus de {most} Mio de texte : ce dépôt n’est pas celui d’un texte",
                "more than {most} MiB of text: this is not the repository of a text"
            )));
        }
        Ok(fits.then_some(bytes))
    }

    fn tree(
        &mut self,
        reading: &Reading<'_>,
        name: &str,
        under: &str,
        depth: usize,
        files: &mut BTreeMap<Box<str>, Arc<str>>,
        skipped: &mut BTreeMap<Box<str>, Bilingual>,
    ) -> Result<()> {
        let entries = match self.trees.get(name) {
            Some(entries) => entries.clone(),
            None => {
                let bytes = self.get(reading, name)?.unwrap_or_default();
                let entries = Arc::new(entries(&bytes, id_width(name)));
                self.trees.insert(name.into(), entries.clone());
                entries
            }
        };
        for entry in entries.iter() {
            let path =
                if under.is_empty() { entry.name.to_string() } else { format!("{under}/{}", entry.name) };
            let reason = match entry.kind {
                Kind::Folder if depth < DEPTH => {
                    self.tree(reading, &entry.id, &path, depth + 1, files, skipped)?;
                    continue;
                }
                Kind::Folder => say!("dossiers trop profonds", "folders too deep"),
                Kind::Other => say!("un lien ou un autre dépôt", "a link or another repository"),
                Kind::File if !is_text(&path) => {
                    say!("ni .md, ni .markdown, ni .txt", "neither .md, nor .markdown, nor .txt")
                }
                Kind::File if files.len() >= FILES => say!("trop de fichiers", "too many files"),
                Kind::File => match self.text(reading, &entry.id)? {
                    Some(text) => {
                        files.insert(path.into(), text);
                        continue;
                    }
                    None => say!("trop grand, ou pas du texte en UTF-8", "too large, or not text in UTF-8"),
                },
            };
            skipped.entry(path.into()).or_insert(reason);
        }
        Ok(())
    }

    fn text(&mut self, reading: &Reading<'_>, id: &str) -> Result<Option<Arc<str>>> {
        if let Some(known) = self.texts.get(id) {
            return Ok(known.clone());
        }
        let bytes = self.get(reading, id)?;
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| !text.contains('\0'));
        let text: Option<Arc<str>> = text.map(|text| text.replace("\r\n", "\n").into());
        self.texts.insert(id.into(), text.clone());
        Ok(text)
    }
}

/// Bytes of an object's id in a folder: half the digits of the names by which we ask.
fn id_width(name: &str) -> usize {
    name.split('^').next().map_or(20, |id| id.len() / 2)
}

/// The lines of a folder as git stores them: `<mode> <name>\0<id>`.
fn entries(mut bytes: &[u8], width: usize) -> Vec<Entry> {
    let mut all = Vec::new();
    while let Some(space) = bytes.iter().position(|b| *b == b' ') {
        let Some(end) = bytes.iter().position(|b| *b == 0).filter(|end| *end > space) else { break };
        let Some(id) = bytes.get(end + 1..end + 1 + width) else { break };
        let kind = match &bytes[..space] {
            b"40000" => Kind::Folder,
            b"100644" | b"100755" | b"100664" => Kind::File,
            _ => Kind::Other,
        };
        all.push(Entry {
            name: String::from_utf8_lossy(&bytes[space + 1..end]).into(),
            id: id.iter().map(|b| format!("{b:02x}")).collect::<String>().into(),
            kind,
        });
        bytes = &bytes[end + 1 + width..];
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository made by commits of (file, text or nothing, message), each a day later; `None` without git.
    fn repository(steps: &[(&str, Option<&str>, &str)]) -> Option<tempfile::TempDir> {
        let folder = tempfile::tempdir().unwrap();
        let run = |args: &[&str], day: usize| {
            let date = format!("2020-03-{:02}T12:00:00+02:00", day + 1);
            let mut git = git();
            git.arg("-C").arg(folder.path()).args([
                "-c",
                "user.name=Marie",
                "-c",
                "user.email=m@example.org",
            ]);
            git.args(["-c", "commit.gpgsign=false"]).args(args);
            git.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
            git.output().is_ok_and(|o| o.status.success())
        };
        if !run(&["init", "-q"], 0) {
            println!("skipped: no git");
            return None;
        }
        for (day, (path, text, message)) in steps.iter().enumerate() {
            let path = folder.path().join(path);
            match text {
                Some(text) => {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, text).unwrap();
                }
                None => fs::remove_file(path).unwrap(),
            }
            assert!(run(&["add", "-A"], day) && run(&["commit", "-qm", message], day));
        }
        assert!(run(&["tag", "depot", "HEAD~1"], 0) || steps.len() < 2);
        Some(folder)
    }

    #[test]
    fn a_repository_and_its_bundle_have_the_same_history() {
        let steps = [
            ("Titre I/a.md", Some("# Article 1\n\nUn.\n"), "Dépôt\n\nPremière\nligne"),
            ("plan.png", Some("x"), "Plan"),
            ("Titre I/a.md", None, "Retrait"),
        ];
        let Some(folder) = repository(&steps) else { return };
        let read = history(folder.path()).unwrap();
        let subjects: Vec<&str> = read.commits.iter().map(|c| &*c.subject).collect();
        assert_eq!(subjects, ["Dépôt", "Plan", "Retrait"]);
        let first = &read.commits[0];
        assert_eq!((&*first.author, &*first.body), ("Marie", "Première\nligne"));
        assert_eq!(first.date.to_string(), "2020-03-01T12:00:00+02:00");
        assert_eq!(&*first.files["Titre I/a.md"], "# Article 1\n\nUn.\n");
        assert!(read.commits[2].files.is_empty());
        assert_eq!(read.skipped.keys().map(|k| &**k).collect::<Vec<_>>(), ["plan.png"]);
        assert_eq!(read.tags["depot"], read.commits[1].id);

        let bundle = folder.path().join("b.bundle");
        let mut make = git();
        make.arg("-C")
            .arg(folder.path())
            .args(["bundle", "create", "-q"])
            .arg(&bundle)
            .args(["HEAD", "--all"]);
        assert!(make.status().unwrap().success());
        assert_eq!(history(&bundle).unwrap(), read);
    }

    #[test]
    fn what_is_no_repository_is_refused() {
        let Some(folder) = repository(&[("a/b.md", Some("Un."), "x")]) else { return };
        assert!(history(&folder.path().join("a")).is_err(), "a folder in a repository is not one");
        assert!(history(&folder.path().join("a/b.md")).is_err());
        assert!(history(&folder.path().join("none")).is_err());
    }

    #[test]
    fn the_last_commit_is_dated_in_its_own_zone() {
        let site = tempfile::tempdir().unwrap();
        let git = |args: &[&str]| {
            Command::new("git")
                .arg("-C")
                .arg(site.path())
                .args(["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"])
                .args(args)
                .env("GIT_COMMITTER_DATE", "2016-10-07T12:00:00+02:00")
                .output()
                .is_ok_and(|o| o.status.success())
        };
        if !git(&["init", "-q"]) {
            return println!("skipped: no git");
        }
        assert_eq!(last_commit(site.path()), None);
        fs::write(site.path().join("greffe.yaml"), "").unwrap();
        assert!(git(&["add", "."]) && git(&["commit", "-qm", "first"]));
        assert_eq!(last_commit(site.path()), Moment::parse("2016-10-07T12:00:00+02:00"));
    }
}
