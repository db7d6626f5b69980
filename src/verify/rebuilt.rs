//! A sink that keeps nothing: each file of a build is compared, as it comes, with the site that is verified. What the
//! site has and the build did not make is told at the end. Another sink may be given the same files on the way.

use super::reading::Reading;
use super::report::{Code, Finding};
use super::store::{Kind, Store};
use crate::error::Result;
use crate::say;
use crate::sink::{OutPath, Sink};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// Differences that are told with the place where they begin.
const PLACED: usize = 50;

/// The sink.
pub struct Comparing<'s> {
    store: &'s dyn Store,
    reading: &'s Reading,
    /// Where the site and its sources stand in the store.
    site: &'s str,
    sources: &'s str,
    next: Option<&'s dyn Sink>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    made: BTreeSet<usize>,
    bytes: u64,
    found: Vec<Finding>,
}

/// What came out.
#[derive(Debug, Default)]
pub struct Compared {
    /// Files that are the same.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that are not.
    pub found: Vec<Finding>,
}

impl<'s> Comparing<'s> {
    /// Compares with the site under `site`, copies being of files under `sources`; both end with `/`.
    pub fn new(
        store: &'s dyn Store,
        reading: &'s Reading,
        site: &'s str,
        sources: &'s str,
        next: Option<&'s dyn Sink>,
    ) -> Self {
        Comparing { store, reading, site, sources, next, state: Mutex::default() }
    }

    /// What the build made, and what it did not.
    pub fn finish(self) -> Compared {
        let mut state = self.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        for (at, entry) in self.store.entries().iter().enumerate() {
            let of_site = entry.kind == Kind::File && entry.path.starts_with(self.site);
            if of_site && !state.made.contains(&at) {
                let seen = say!(
                    "ce fichier est dans le site, et les sources ne le donnent pas",
                    "this file is in the site, and the sources do not give it"
                );
                state.found.push(Finding::error(Code::Rebuild, &*entry.path, seen));
            }
        }
        let files = (state.made.len() as u64).saturating_sub(state.found.len() as u64);
        Compared { files, bytes: state.bytes, found: state.found }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Notes a file that was made; `same` says whether its bytes are those of the site.
    fn note(
        &self,
        path: &OutPath,
        same: impl FnOnce(usize) -> Option<u64>,
        whence: impl FnOnce(usize, bool) -> Finding,
    ) {
        let inner = format!("{}{}", self.site, path.as_str());
        let Some(at) = self.store.find(&inner) else {
            let seen = say!(
                "les sources donnent ce fichier, et le site ne l’a pas",
                "the sources give this file, and the site does not have it"
            );
            self.state().found.push(Finding::error(Code::Rebuild, inner, seen));
            return;
        };
        let same = same(at);
        let mut state = self.state();
        state.made.insert(at);
        match same {
            Some(bytes) => state.bytes += bytes,
            None => {
                let placed = state.found.len() < PLACED;
                drop(state);
                let finding = whence(at, placed);
                self.state().found.push(finding);
            }
        }
    }

    /// Where a file of the site begins to differ from the bytes that were made.
    fn differs(&self, at: usize, bytes: &[u8], placed: bool) -> Finding {
        let path = self.store.entries().get(at).map_or("", |entry| &*entry.path);
        let made = || say!("les sources donnent d’autres octets", "the sources give other bytes");
        if !placed {
            return Finding::error(Code::Rebuild, path, made());
        }
        let (mut seen, mut first, mut context) = (0usize, None, Vec::new());
        let done = self.store.read(at, &mut |piece| {
            let rest = bytes.get(seen..).unwrap_or(&[]);
            if first.is_none() {
                let same = piece.iter().zip(rest).take_while(|(a, b)| a == b).count();
                if same < piece.len() {
                    first = Some(seen + same);
                    context = piece[same.saturating_sub(BEFORE)..piece.len().min(same + AFTER)].to_vec();
                }
            }
            seen += piece.len();
        });
        if done.is_err() {
            return Finding::error(Code::Rebuild, path, made());
        }
        // One is the beginning of the other.
        let at = first.unwrap_or(seen.min(bytes.len()));
        let line =
            bytes.get(..at).map_or(1, |before| before.iter().filter(|byte| **byte == b'\n').count() + 1);
        let site = around(&context);
        let from = at.saturating_sub(BEFORE);
        let ours = around(bytes.get(from..bytes.len().min(at + AFTER)).unwrap_or(&[]));
        let number = at + 1;
        Finding::error(
            Code::Rebuild,
            path,
            say!(
                "diffère à l’octet {number} (ligne {line}) ; le site a « {site} »",
                "differs at byte {number} (line {line}); the site has “{site}”"
            ),
        )
        .expected(say!("« {ours} », que donnent les sources", "“{ours}”, which the sources give"))
    }
}

/// Bytes shown around the first that differs.
const BEFORE: usize = 20;
const AFTER: usize = 40;

fn around(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace(['\n', '\r'], " ").trim_matches('\u{fffd}').to_owned()
}

impl Sink for Comparing<'_> {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        let digests = |at: usize| self.reading.files.get(at)?.digests.as_ref();
        self.note(
            path,
            |at| digests(at).filter(|digests| digests.are_of(bytes)).map(|digests| digests.size),
            |at, placed| self.differs(at, bytes, placed),
        );
        self.next.map_or(Ok(()), |next| next.put(path, bytes))
    }

    fn copy(&self, path: &OutPath, source: &str) -> Result<()> {
        let digests = |at: usize| self.reading.files.get(at)?.digests.as_ref();
        let source_at = self.store.find(&format!("{}{source}", self.sources));
        self.note(
            path,
            |at| {
                let here = digests(at)?;
                source_at.and_then(digests).filter(|there| *there == here).map(|there| there.size)
            },
            |at, _| {
                let path = self.store.entries().get(at).map_or("", |entry| &*entry.path);
                let seen = say!("ce n’est pas la copie de {source}", "this is no copy of {source}");
                Finding::error(Code::Rebuild, path, seen)
            },
        );
        self.next.map_or(Ok(()), |next| next.copy(path, source))
    }
}
