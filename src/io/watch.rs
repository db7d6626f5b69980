//! [`Watch`]: what an author changes in the site's folder → batches of changed paths. An editor that saves, or a
//! `git checkout` of a thousand files, is one batch: changes are gathered until nothing moves for a moment, and
//! for a second at most. `notify-debouncer-full` gathers for each path alone, and so makes many batches of these.
//!
//! Reading is no change: without that rule, a rebuild would call for the next one.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::load::is_left_over;
use crate::error::{Error, Result};
use crate::say;
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A batch ends when nothing has changed for this long…
const QUIET: Duration = Duration::from_millis(120);
/// …or this long after its first change, for something may never be quiet.
const LONGEST: Duration = Duration::from_secs(1);

/// The folders watched with all that is below; beside them only `greffe.yaml`.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// A watched site.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

/// What some events amount to.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    /// The system lost count: anything may have changed.
    all: bool,
}

impl Watch {
    /// Watches the site at `root`.
    pub fn new(root: &Path) -> Result<Self> {
        let refused = |e: notify::Error| cannot_watch(root, e);
        let root = fs::canonicalize(root).map_err(|e| refused(e.into()))?;
        let (sender, events) = channel();
        let keep = move |event: notify::Result<Event>| {
            if !event.as_ref().is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                let _ = sender.send(event);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(keep, config).map_err(refused)?;
        // The root itself, for editors save `greffe.yaml` as a new file, and `themes/` may be made later.
        watcher.watch(&root, RecursiveMode::NonRecursive).map_err(refused)?;
        let mut watch = Watch { root, watcher, events };
        FOLDERS.iter().try_for_each(|name| watch.enter(name))?;
        Ok(watch)
    }

    /// Waits for changes; gives their paths from the root, sorted. None at all means that anything may have
    /// changed.
    pub fn wait(&mut self) -> Result<Vec<PathBuf>> {
        // What came while the caller was at work. The system's queue may have overflowed by the caller's own
        // reading; that alone is not a change.
        let mut batch = Batch::default();
        while let Ok(event) = self.events.try_recv() {
            self.take(event, &mut batch)?;
        }
        batch.all &= !batch.paths.is_empty();
        while batch.paths.is_empty() && !batch.all {
            let event = self
                .events
                .recv()
                .map_err(|_| cannot_watch(&self.root, notify::Error::generic("stopped")))?;
            self.take(event, &mut batch)?;
        }
        let first = Instant::now();
        while let Some(left) = LONGEST.checked_sub(first.elapsed()) {
            match self.events.recv_timeout(QUIET.min(left)) {
                Ok(event) => self.take(event, &mut batch)?,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        if batch.all { Ok(Vec::new()) } else { Ok(batch.paths.into_iter().collect()) }
    }

    fn take(&mut self, event: notify::Result<Event>, batch: &mut Batch) -> Result<()> {
        let event = event.map_err(|e| cannot_watch(&self.root, e))?;
        if event.need_rescan() {
            batch.all = true;
        }
        for path in &event.paths {
            let Ok(inner) = path.strip_prefix(&self.root) else { continue };
            let Some(first) = watched(inner) else { continue };
            // A folder that is made, or comes back under its name, is not watched yet.
            if inner.components().count() == 1 && FOLDERS.contains(&first) {
                self.enter(first)?;
            }
            batch.paths.insert(inner.to_path_buf());
        }
        Ok(())
    }

    fn enter(&mut self, name: &str) -> Result<()> {
        let folder = self.root.join(name);
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir());
        match self.watcher.watch(&folder, RecursiveMode::Recursive) {
            Err(e) if is_folder => Err(cannot_watch(&folder, e)),
            _ => Ok(()),
        }
    }
}

/// The first part of a path that belongs to the site and is not what an editor leaves behind.
fn watched(inner: &Path) -> Option<&str> {
    let mut parts = inner.components();
    let Component::Normal(first) = parts.next()? else { return None };
    let first = first.to_str().filter(|name| *name == "greffe.yaml" || FOLDERS.contains(name))?;
    parts.all(|part| !is_left_over(&part.as_os_str().to_string_lossy())).then_some(first)
}

fn cannot_watch(path: &Path, e: notify::Error) -> Error {
    let what = match e.kind {
        notify::ErrorKind::MaxFilesWatch => say!(
            "le système refuse de surveiller autant de dossiers ; augmentez fs.inotify.max_user_watches",
            "the system refuses to watch so many folders; raise fs.inotify.max_user_watches"
        ),
        _ => say!("ce dossier ne peut pas être surveillé ({e})", "this folder cannot be watched ({e})"),
    };
    Error::new(path, what)
}
