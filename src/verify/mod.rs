//! verify: a bag or a built site → what is wrong with it. Comes in: a [`Store`], which gives names and
//! bytes (a folder, or a zip that is never unpacked), and a [`Rebuild`], which makes a site of sources (`pipeline` does;
//! it stands above this room). Leaves: a [`Report`]. Everything is read once, by
//! [`reading`]; digests are taken on the way and each file that says more is turned into facts and forgotten:
//!
//! ```text
//! store ─▶ reading ─▶ digests ─▶ bag       (manifests, labels, names)
//!                 ├─▶ facts   ─▶ site      (links, data, tables, votes)
//!                 └─▶ sources ─▶ Rebuild ─▶ rebuilt (each file compared as it is made)
//! ```
//!
//! Signatures and time-stamps are checked by other programs, in `io::seal`. Nothing here mends anything.

mod alone;
pub mod bag;
mod draw;
pub mod frozen;
pub mod names;
pub mod reading;
pub mod rebuilt;
pub mod remedy;
pub mod report;
pub mod site;
pub mod sources;
pub mod store;
pub mod zip;

use crate::lang::Bilingual;
use crate::model::when::Date;
use crate::say;
use crate::sink::Sink;
use crate::source::{SourceFile, Sources};
use bag::tags::BagInfo;
use reading::{Asker, Reading};
use rebuilt::Comparing;
use report::{Code, Counts, Finding, Report, Subject};
use site::{Fact, Site};
use store::{Entry, Store};

/// This program's version, as bags name it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes a site of sources, as `greffe build --as-of` does.
pub trait Rebuild: Sync {
    /// Makes it; why it could not be made otherwise.
    fn rebuild(&self, sources: &Sources, as_of: Option<Date>, sink: &dyn Sink) -> Result<(), Bilingual>;
}

/// Verifies a bag.
pub fn bag(store: &dyn Store, name: String, subject: Subject, rebuild: &dyn Rebuild) -> Report {
    let mut counts = Counts::default();
    let (reading, made) = reading::read(store, &Facts { site: bag::SITE, sources: Some(bag::SOURCES) });
    (counts.files, counts.bytes) = reading.weight();
    let mut found = names::names(store.entries());
    found.extend(reading.faults(store));
    let (info, faults) = bag::fixity(store, &reading, &mut counts);
    found.extend(faults);
    let (sources, facts) = apart(made);
    found.extend(Site::new(store, &reading, bag::SITE, facts).verify(info.get("Greffe-As-Of"), &mut counts));
    let sources = with_digests(store, &reading, Sources::new(sources));
    found.extend(frozen::frozen(&sources, &info));
    found.extend(frozen::identifier(store, &reading, &info));
    found.extend(again(store, &reading, &info, &sources, rebuild, &mut counts));
    Report::new(name, subject, counts, found)
}

/// Verifies a built site.
pub fn site(store: &dyn Store, name: String) -> Report {
    let mut counts = Counts::default();
    let (reading, made) = reading::read(store, &Facts { site: "", sources: None });
    (counts.files, counts.bytes) = reading.weight();
    let mut found = reading.faults(store);
    let visible: Vec<Entry> =
        store.entries().iter().filter(|entry| !is_hidden(&entry.path)).cloned().collect();
    found.extend(names::names(&visible));
    let listed = alone::list(store);
    found.extend(alone::compare(store, listed.as_ref()));
    // What others put beside the site is not judged.
    let ours = |at: usize| {
        let path = store.entries().get(at).map_or("", |entry| &*entry.path);
        listed.as_ref().is_none_or(|listed| listed.contains(path))
    };
    let (_, mut facts) = apart(made);
    facts.retain(|(at, _)| ours(*at));
    found.extend(Site::new(store, &reading, "", facts).verify(None, &mut counts));
    Report::new(name, Subject::Site, counts, found)
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn apart(made: Vec<(usize, Made)>) -> (Vec<SourceFile>, Vec<(usize, Fact)>) {
    let (mut sources, mut facts) = (Vec::new(), Vec::new());
    for (at, made) in made {
        match made {
            Made::Source(file) => sources.push(file),
            Made::Fact(fact) => facts.extend(fact.map(|fact| (at, fact))),
        }
    }
    (sources, facts)
}

/// The digests of the sources, which `check` compares with those of the freeze.
fn with_digests(store: &dyn Store, reading: &Reading, sources: Sources) -> Sources {
    let digest = |path: &str| Some(reading.of(store, &format!("{}{path}", bag::SOURCES))?.sha256().into());
    let digests =
        sources.iter().filter_map(|(_, file)| Some((file.path.clone(), digest(&file.path)?))).collect();
    sources.with_sha256(digests)
}

/// Builds the site of a bag again, and compares.
fn again(
    store: &dyn Store,
    reading: &Reading,
    info: &BagInfo,
    sources: &Sources,
    rebuild: &dyn Rebuild,
    counts: &mut Counts,
) -> Vec<Finding> {
    let version = info.get("Greffe-Version").unwrap_or("");
    if version != VERSION {
        let seen = say!(
            "fait par Greffe {version}, et ceci est Greffe {VERSION} : « greffe rebuild » avec la version {version} prouvera que les sources donnent ce site",
            "made by Greffe {version}, and this is Greffe {VERSION}: “greffe rebuild” with version {version} will prove that the sources give this site"
        );
        return vec![Finding::warning(Code::Rebuild, "", seen)];
    }
    let sink = Comparing::new(store, reading, bag::SITE, bag::SOURCES, None);
    match rebuild.rebuild(sources, info.date("Greffe-As-Of"), &sink) {
        Ok(()) => {
            let compared = sink.finish();
            counts.rebuilt = compared.files;
            compared.found
        }
        Err(why) => {
            let (fr, en) = (why.fr, why.en);
            let seen = say!("les sources ne donnent aucun site : {fr}", "the sources give no site: {en}");
            vec![Finding::error(Code::Rebuild, bag::SOURCES, seen)]
        }
    }
}

/// What is made of the files that are read.
struct Facts<'f> {
    site: &'f str,
    sources: Option<&'f str>,
}

/// What was made of one.
enum Made {
    Source(SourceFile),
    Fact(Option<Fact>),
}

impl<'f> Facts<'f> {
    fn source<'e>(&self, entry: &'e Entry) -> Option<&'e str> {
        entry.path.strip_prefix(self.sources?)
    }
}

impl Asker for Facts<'_> {
    type Made = Made;

    fn wants(&self, entry: &Entry) -> Option<u64> {
        match self.source(entry) {
            Some(path) => sources::wanted(path),
            None => site::wanted(entry.path.strip_prefix(self.site)?),
        }
    }

    fn take(&self, entry: &Entry, bytes: Option<Vec<u8>>) -> Made {
        match self.source(entry) {
            Some(path) => Made::Source(sources::source(path, entry.size, bytes)),
            None => Made::Fact(site::fact(entry, entry.path.strip_prefix(self.site).unwrap_or(""), bytes)),
        }
    }
}
