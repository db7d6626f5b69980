//! The flow, told once. Every verb is a part of it or the whole of it with another sink:
//!
//! ```text
//! load ─▶ parse ─▶ check ─▶ derive ─▶ view ─▶ render ─▶ emit
//! ```
//!
//! `load` was made by the caller; [`examine`] goes to `derive`, [`compile`] to the end. Pages are made, rendered
//! and handed to the sink in parallel, a stretch of them at a time, so that nothing holds the whole output; what
//! search must know of them is numbered in the order of the plan, so that the index depends on the content alone.

use crate::check::{self, check};
use crate::derive::{Derived, derive};
use crate::diag::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::model::site::{Ballots, Consultation, KnownResult, Pool, Site, Vote, VoteResult};
use crate::opendata::{self, Table};
use crate::parse::parse;
use crate::render::{self, Renderer};
use crate::route::{self, Part, Route};
use crate::say;
use crate::search;
use crate::sink::{OutPath, Sink};
use crate::source::{Sources, Span};
use crate::theme::{Theme, ThemeFile, theme};
use crate::view::former::{Former, former};
use crate::view::plan::{Key, PartKey, Plan, plan};
use crate::view::{View, search as search_view};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Pages made between two moments when their documents are numbered.
const STRETCH: usize = 512;

/// The stages, as the report names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Stage {
    Load,
    Parse,
    Check,
    Derive,
    Data,
    Pages,
    Search,
    Emit,
}

impl Stage {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Load => "load",
            Stage::Parse => "parse",
            Stage::Check => "check",
            Stage::Derive => "derive",
            Stage::Data => "data",
            Stage::Pages => "pages",
            Stage::Search => "search",
            Stage::Emit => "emit",
        }
    }
}

/// Watches a compilation: for progress and timings. The clock is the observer's.
pub trait Observer: Sync {
    /// A stage begins.
    fn stage(&self, _stage: Stage) {}
    /// So many pages will be made.
    fn planned(&self, _pages: usize) {}
    /// So many more pages are done.
    fn done(&self, _pages: usize) {}
}

/// Watches nothing.
#[derive(Debug)]
pub struct Unobserved;

impl Observer for Unobserved {}

/// A site that was checked and computed, and what was found on the way.
#[derive(Debug)]
pub struct Examined {
    /// The site; none when something is at fault.
    pub site: Option<(Site, Derived)>,
    /// Every problem, by place.
    pub problems: Vec<Diagnostic>,
}

/// parse, check, derive. A tally that contradicts what was declared is at fault as any record is: with
/// quarantine it is left out and the site is checked again without it.
pub fn examine(sources: &Sources, options: &check::Options, observer: &dyn Observer) -> Examined {
    observer.stage(Stage::Parse);
    let draft = parse(sources);
    let mut left_out: BTreeSet<Span> = BTreeSet::new();
    let mut told: Vec<Diagnostic> = Vec::new();
    loop {
        observer.stage(Stage::Check);
        let (site, mut problems) = check(&draft, sources, options, &left_out);
        problems.extend(told.iter().cloned());
        let Some(site) = site else { return Examined { site: None, problems } };
        observer.stage(Stage::Derive);
        let (derived, found) = derive(&site);
        let errors: Vec<&Diagnostic> = found.iter().filter(|p| p.is_error()).collect();
        if errors.is_empty() {
            problems.extend(found);
            let problems = if told.is_empty() {
                problems
            } else {
                problems.into_iter().map(check::as_warning).collect()
            };
            return Examined { site: Some((site, derived)), problems };
        }
        let records: Vec<Span> =
            errors.iter().filter_map(|e| check::record_at(&draft, sources, e.span)).collect();
        let news = records.iter().filter(|r| !left_out.contains(r)).count();
        if !options.quarantine || news == 0 {
            problems.extend(found);
            return Examined { site: None, problems };
        }
        told.extend(found);
        left_out.extend(records);
    }
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Output {
    /// Pages.
    pub pages: usize,
    /// What search indexed.
    pub search: search::Summary,
}

/// The whole of it: into a sink. `None` when the content is at fault; then the sink was given nothing that
/// matters, and its caller drops it.
pub fn compile(
    sources: &Sources,
    options: &check::Options,
    sink: &dyn Sink,
    observer: &dyn Observer,
) -> Result<(Option<Output>, Vec<Diagnostic>)> {
    let Examined { site, mut problems } = examine(sources, options, observer);
    let Some((site, derived)) = site else { return Ok((None, problems)) };
    let (theme, found) = theme(sources, site.theme.as_ref(), &site.languages);
    let at_fault = found.iter().any(Diagnostic::is_error);
    problems.extend(found);
    if at_fault {
        return Ok((None, problems));
    }
    let renderer = match Renderer::new(&theme, sources) {
        Ok(renderer) => renderer,
        Err(found) => {
            problems.extend(found);
            return Ok((None, problems));
        }
    };
    let build =
        Build { site: &site, derived: &derived, theme: &theme, renderer: &renderer, sources, sink, observer };
    match build.all() {
        Ok(output) => Ok((Some(output), problems)),
        Err(Stopped::World(error)) => Err(error),
        Err(Stopped::Content(problem)) => {
            problems.push(*problem);
            Ok((None, problems))
        }
    }
}

/// Why a build stopped.
enum Stopped {
    World(Error),
    Content(Box<Diagnostic>),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Stopped::World(error)
    }
}

struct Build<'b> {
    site: &'b Site,
    derived: &'b Derived,
    theme: &'b Theme,
    renderer: &'b Renderer,
    sources: &'b Sources,
    sink: &'b dyn Sink,
    observer: &'b dyn Observer,
}

impl Build<'_> {
    fn all(&self) -> Result<Output, Stopped> {
        let mut output = Output::default();
        let mut paths = Vec::new();
        for lang in &self.site.languages {
            self.language(lang, &mut output, &mut paths)?;
        }
        self.observer.stage(Stage::Emit);
        self.files()?;
        self.former(&paths)?;
        self.root(&paths)?;
        Ok(output)
    }

    fn several(&self) -> bool {
        self.site.languages.len() > 1
    }

    fn put(&self, lang: &Lang, path: &str, bytes: &[u8]) -> Result<()> {
        self.sink.put(&route::out(lang, self.several(), path).ok_or_else(|| unwritable(path))?, bytes)
    }

    /// Every page of one language, its data and its index.
    fn language(&self, lang: &Lang, output: &mut Output, paths: &mut Vec<String>) -> Result<(), Stopped> {
        self.observer.stage(Stage::Data);
        let mut tables: Vec<Vec<Table>> = Vec::new();
        let mut packages = Vec::new();
        for (c, d) in self.site.consultations.iter().zip(&self.derived.consultations) {
            let mut own = opendata::tables(self.site, c, d, lang);
            packages.push(self.data(lang, c, &mut own)?);
            tables.push(own);
        }
        let plan = plan(self.site, self.derived, lang, &tables, &packages);
        self.observer.stage(Stage::Pages);
        self.observer.planned(plan.keys.len());
        let folder = if self.several() { format!("{lang}/search/index") } else { "search/index".to_owned() };
        let index = search::Builder::new(lang, &folder, self.sink);
        let mut number = 0;
        for stretch in plan.keys.chunks(STRETCH) {
            let made: Result<Vec<Vec<search::Document>>, Stopped> =
                stretch.par_iter().map(|key| self.page(&plan, lang, key)).collect();
            let documents: Vec<search::Document> = made?.into_iter().flatten().collect();
            let first = number;
            number += documents.len() as u32;
            documents
                .into_par_iter()
                .enumerate()
                .try_for_each(|(at, document)| index.add(first + at as u32, &document))?;
            self.observer.done(stretch.len());
        }
        self.observer.stage(Stage::Search);
        let summary = index.finish()?;
        output.pages += plan.keys.len();
        output.search.documents += summary.documents;
        output.search.words += summary.words;
        output.search.files += summary.files;
        output.search.bytes += summary.bytes;
        self.feeds(&plan, lang)?;
        let prefix = if self.several() { format!("{lang}/") } else { String::new() };
        let listed = plan.keys.iter().filter(|key| **key != Key::NotFound);
        paths.extend(listed.map(|key| format!("{prefix}{}", plan.route(key).folder())));
        Ok(())
    }

    /// The tables of a consultation and their package; the bytes of the tables are forgotten once written. Gives the
    /// size of the package; a consultation that has no row of anything yet has none (Data Package 2.0 asks for a
    /// resource).
    fn data(&self, lang: &Lang, c: &Consultation, tables: &mut [Table]) -> Result<Option<u64>> {
        if tables.is_empty() {
            return Ok(None);
        }
        let package = opendata::package(self.site, c, tables, lang);
        let zip = opendata::zip(tables, &package)?;
        let folder = Route::In(&c.id, Part::Data).folder();
        self.put(lang, &format!("{folder}{}.zip", c.id), &zip)?;
        for table in tables.iter_mut() {
            self.put(lang, &format!("{folder}{}", table.file()), &table.csv)?;
            table.csv = Vec::new();
        }
        Ok(Some(zip.len() as u64))
    }

    /// One page: made, rendered, handed over; what search must know of it goes on.
    fn page(&self, plan: &Plan<'_>, lang: &Lang, key: &Key) -> Result<Vec<search::Document>, Stopped> {
        let made = plan.page(key);
        let rendered = self.renderer.page(&made, self.sources).map_err(Stopped::Content)?;
        let route = plan.route(key);
        self.put(lang, &route.file(), rendered.html.as_bytes())?;
        if *key != Key::NotFound {
            let folder = route.folder();
            self.put(lang, &format!("{folder}index.json"), &rendered.json)?;
            if let Some(csv) = &made.csv {
                self.put(lang, &format!("{folder}index.csv"), csv)?;
            }
            for (name, bytes) in &made.scripts {
                self.put(lang, &format!("{folder}{name}"), bytes)?;
            }
        }
        let consultation = match key {
            Key::In(at, _) => self.site.consultations[*at].title.get(lang),
            Key::Home | Key::Page(_) | Key::Search | Key::NotFound => "",
        };
        Ok(match &made.view {
            View::Search(_) => Vec::new(),
            view => search_view::documents(view, consultation, &|key| self.message(lang, key)),
        })
    }

    /// A message of the theme.
    fn message(&self, lang: &Lang, key: &str) -> Option<String> {
        self.theme.messages.get(lang)?.get(key).cloned()
    }

    fn feeds(&self, plan: &Plan<'_>, lang: &Lang) -> Result<()> {
        let context = plan.context(&Key::Home);
        self.put(lang, "feed.xml", render::site_feed(&context).as_bytes())?;
        for (at, c) in self.site.consultations.iter().enumerate() {
            let context = plan.context(&Key::In(at, PartKey::Main));
            let feed = render::consultation_feed(&context, c, &self.derived.consultations[at]);
            self.put(lang, &format!("{}/feed.xml", c.id), feed.as_bytes())?;
        }
        Ok(())
    }

    /// A page at each former address, and the maps of them for servers; no map when there is none. `paths` are the
    /// addresses of the pages.
    fn former(&self, paths: &[String]) -> Result<(), Stopped> {
        let all = former(self.site, self.derived);
        if all.is_empty() {
            return Ok(());
        }
        let mut taken: BTreeMap<OutPath, Option<Span>> = BTreeMap::new();
        taken.extend(
            paths.iter().filter_map(|path| Some((OutPath::new(&format!("{path}index.html"))?, None))),
        );
        for one in &all {
            let Some(path) = one.page() else { continue };
            if let Some(first) = taken.insert(path.clone(), one.place) {
                return Err(Stopped::Content(Box::new(same_address(one, first))));
            }
            let href = format!("{}{}", "../".repeat(path.as_str().matches('/').count()), one.to);
            let page = render::redirect(&href, &one.title, &one.lang);
            self.sink.put(&path, page.as_bytes())?;
        }
        let base = self.site.base_url.as_deref();
        self.at_root("_redirects", render::redirect::rules(&all, base).as_bytes())?;
        self.at_root("redirects.csv", &render::redirect::map(&all, base))?;
        Ok(())
    }

    fn at_root(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.sink.put(&OutPath::new(name).ok_or_else(|| unwritable(name))?, bytes)
    }

    /// Files of the theme and of the consultations.
    fn files(&self) -> Result<()> {
        for (name, file) in &self.theme.files {
            let path = OutPath::new(&format!("static/{name}")).ok_or_else(|| unwritable(name))?;
            match file {
                ThemeFile::Bytes(bytes) => self.sink.put(&path, bytes)?,
                ThemeFile::CopyOf(source) => self.sink.copy(&path, source)?,
            }
        }
        for lang in &self.site.languages {
            for c in &self.site.consultations {
                let written = written_files(c);
                c.files.par_iter().try_for_each(|file| {
                    let path = format!("{}/{}", c.id, file.path.as_str());
                    let path = route::out(lang, self.several(), &path).ok_or_else(|| unwritable(&path))?;
                    match (written.get(&file.path), self.sources.text_at(&file.source)) {
                        (Some(Written::Ballots(vote, known, ballots)), _) => {
                            self.sink.put(&path, &opendata::ballots::file(vote, ballots, &known.groups))
                        }
                        (Some(Written::Pool(pool)), _) => {
                            self.sink.put(&path, &opendata::ballots::pool(pool))
                        }
                        (None, Some(text)) => self.sink.put(&path, text.as_bytes()),
                        (None, None) => self.sink.copy(&path, &file.source),
                    }
                })?;
            }
        }
        Ok(())
    }

    /// What stands at the site's root whatever its languages.
    fn root(&self, paths: &[String]) -> Result<()> {
        let put = |name: &str, bytes: &[u8]| self.at_root(name, bytes);
        let base = self.site.base_url.as_deref();
        put("robots.txt", render::robots(base).as_bytes())?;
        if let Some(base) = base {
            for (name, xml) in render::sitemap(base, paths) {
                put(&name, xml.as_bytes())?;
            }
        }
        if self.several() {
            let main = &self.site.languages[0];
            let title = self.site.title.get(main);
            put("index.html", render::redirect(&format!("{main}/index.html"), title, main).as_bytes())?;
        }
        Ok(())
    }
}

/// A file of the content that is written from what was read of it.
enum Written<'c> {
    /// The ballots of a vote.
    Ballots(&'c Vote, &'c KnownResult, &'c Ballots),
    /// The pool of a drawing of lots.
    Pool(&'c Pool),
}

/// Those files, by their path.
fn written_files(c: &Consultation) -> BTreeMap<&OutPath, Written<'_>> {
    let mut written = BTreeMap::new();
    for vote in &c.votes {
        let VoteResult::Known(known) = &vote.result else { continue };
        if let Some(ballots) = &known.ballots {
            written.insert(&ballots.path, Written::Ballots(vote, known, ballots));
        }
        if let Some(pool) = &known.pool {
            written.insert(&pool.path, Written::Pool(pool));
        }
    }
    written
}

/// A former address that a page has, or another record in another consultation.
fn same_address(one: &Former, first: Option<Span>) -> Diagnostic {
    let from = one.from.as_ref().map_or("", OutPath::as_str);
    let span = one.place.unwrap_or(Span::nowhere());
    match first {
        Some(first) => Diagnostic::new(
            Code::G027,
            span,
            say!(
                "l’ancienne adresse « {from} » est donnée deux fois",
                "the former address “{from}” is given twice"
            ),
        )
        .related(first, say!("déjà donnée ici", "already given here")),
        None => Diagnostic::new(
            Code::G027,
            span,
            say!("une page a déjà l’adresse « {from} »", "a page already has the address “{from}”"),
        )
        .help(say!("retirez cet alias", "remove this alias")),
    }
}

fn unwritable(path: &str) -> Error {
    Error::new(path, say!("ce nom ne peut pas être celui d’un fichier", "this cannot be a file's name"))
}
