//! The making of an archive, step by step: the files as published, the record, the site (twice), the rest of the bag.

use super::FreezeArgs;
use crate::check::Options;
use crate::error::{Error, Result};
use crate::freeze::{Form, Kind, Record, Replaces, Told, published, readme, swhid};
use crate::io::bag::{BagSink, SameAs, SiteOf, name_of};
use crate::io::{export, history, pack, seal, world};
use crate::model::frozen::FREE;
use crate::model::site::{Consultation, Site};
use crate::parse::Draft;
use crate::parse::records::frozen::FrozenRecord;
use crate::pipeline::{Unobserved, compile};
use crate::say;
use crate::sink::Sink;
use crate::source::{Sources, sha256_of};
use crate::yaml::read::Localised;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The program, as those know it who look for it in twenty years.
const PROGRAM: &str =
    concat!("greffe ", env!("CARGO_PKG_VERSION"), ", a program in Rust, licensed MIT or Apache-2.0");

/// A consultation that is being frozen.
pub(super) struct Freezing<'f> {
    pub args: &'f FreezeArgs,
    pub root: &'f Path,
    /// The files that travel, as they stand here, with their digests.
    pub whole: &'f Sources,
    pub draft: &'f Draft,
    pub site: &'f Site,
    pub consultation: &'f Consultation,
    pub options: Options,
    /// What an earlier freeze recorded.
    pub before: Option<&'f FrozenRecord>,
}

/// What was made.
pub(super) struct Made {
    pub bag: PathBuf,
    /// The bag's name: `sha512:…`.
    pub name: String,
    pub files: usize,
    pub bytes: u64,
    /// The record, when it was written.
    pub record: Option<PathBuf>,
    pub zip: Option<PathBuf>,
    /// The signature and the time stamp.
    pub beside: Vec<PathBuf>,
}

impl Freezing<'_> {
    pub(super) fn make(&self) -> Result<Made> {
        let salt = self.salt()?;
        let forms = published(self.whole, self.draft, self.site, &salt)?;
        let record = self.record(&forms, salt)?;
        let path = format!("{}/frozen.yaml", self.consultation.folder);
        let public = self.public(&forms, &path, &record);
        let whole = self.whole.with_texts([(&*path, &*record.whole())]);
        let bag = BagSink::open(self.root, &self.args.output)?;
        self.compile(&public, &SiteOf(&bag))?;
        let same = SameAs::new(&bag);
        self.compile(&whole, &same)?;
        refuse_differences(same.differences())?;
        self.sources(&bag, &forms, &path, &record)?;
        let history = self.beside(&bag, &record)?;
        self.explain(&bag, &record, history)?;
        let (files, bytes) = {
            let files = bag.files();
            (files.len(), files.values().map(|known| known.bytes).sum())
        };
        let info = self.info(&bag, &record);
        let name = bag.finish(&info)?;
        let recorded = self.write_record(&path, &record)?;
        let (zip, beside) = self.pack()?;
        Ok(Made { bag: self.args.output.clone(), name, files, bytes, record: recorded, zip, beside })
    }

    fn kind(&self) -> Kind {
        if self.args.sealed { Kind::Sealed } else { Kind::Public }
    }

    /// The salt of the first freeze, or a new one.
    fn salt(&self) -> Result<String> {
        match self.before.and_then(|before| before.withheld.as_ref()) {
            Some(withheld) => Ok(withheld.value.salt.value.to_string()),
            None => world::random_hex(),
        }
    }

    /// What is recorded of the freeze.
    fn record(&self, forms: &BTreeMap<Box<str>, Form>, salt: String) -> Result<Record> {
        let start = format!("{}/", self.consultation.folder);
        let (mut files, mut whole) = (BTreeMap::new(), BTreeMap::new());
        for (id, file) in self.whole.iter() {
            let Some(inner) = file.path.strip_prefix(&start) else { continue };
            if FREE.contains(&inner) {
                continue;
            }
            let here: Box<str> = self.whole.sha256(id).unwrap_or_default().into();
            match forms.get(&file.path) {
                Some(Form::AsItIs) => drop(files.insert(inner.into(), here)),
                Some(Form::Written(text)) => {
                    files.insert(inner.into(), sha256_of(text.as_bytes()));
                    whole.insert(inner.into(), here);
                }
                None => drop(whole.insert(inner.into(), here)),
            }
        }
        let record = Record {
            date: self.site.as_of,
            greffe: env!("CARGO_PKG_VERSION").into(),
            commit: self.commit()?,
            replaces: None,
            files,
            whole,
            salt: salt.into(),
        };
        match self.before {
            None => Ok(record),
            Some(before) if self.args.replaces.is_some() => self.replacing(record, before),
            Some(before) => self.repeated(record, before),
        }
    }

    /// Frozen once more, nothing changed: the record is the one that is there.
    fn repeated(&self, record: Record, before: &FrozenRecord) -> Result<Record> {
        let replaces = before.replaces.as_ref().map(|r| {
            let r = &r.value;
            Replaces {
                bag: r.bag.value.clone(),
                date: r.date.value,
                reason: one(&r.reason.value),
                files: r.files.iter().map(|f| f.value.clone()).collect(),
            }
        });
        let record = Record {
            date: before.date.value,
            greffe: before.greffe.value.clone(),
            commit: before.commit.as_ref().map(|c| c.value.clone()),
            replaces,
            ..record
        };
        if record.digest() == *before.digest.value {
            return Ok(record);
        }
        let version = &before.greffe.value;
        Err(Error::new(
            &self.args.id,
            say!(
                "les fichiers tels que publiés ne sont plus ceux du gel, fait avec Greffe {version} : refaites l’archive avec cette version",
                "the files as published are no longer those of the freeze, made with Greffe {version}: make the archive again with that version"
            ),
        ))
    }

    /// Frozen again: the record names the archive that is replaced, and the files that changed.
    fn replacing(&self, record: Record, before: &FrozenRecord) -> Result<Record> {
        let (Some(bag), Some(reason)) = (&self.args.replaces, &self.args.reason) else { return Ok(record) };
        let name = match bag.to_str().filter(|words| words.starts_with("sha512:")) {
            Some(name) => name.to_owned(),
            None => name_of(bag)?,
        };
        let was: BTreeMap<&str, &str> =
            before.files.value.0.iter().map(|(path, sha256)| (&*path.value, &*sha256.value)).collect();
        let mut changed: Vec<Box<str>> = Vec::new();
        for path in was.keys().copied().chain(record.files.keys().map(|path| &**path)) {
            let now = record.files.get(path).map(|sha256| &**sha256);
            if was.get(path).copied() != now && changed.iter().all(|known| **known != *path) {
                changed.push(path.into());
            }
        }
        changed.sort();
        let replaces = Replaces {
            bag: name.into(),
            date: before.date.value,
            reason: reason.as_str().into(),
            files: changed,
        };
        Ok(Record { replaces: Some(replaces), ..record })
    }

    /// The commit that is frozen. What is in no commit cannot be named by one.
    fn commit(&self) -> Result<Option<Box<str>>> {
        let Some(head) = history::head(self.root) else { return Ok(None) };
        if self.before.is_some() && self.args.replaces.is_none() {
            return Ok(None);
        }
        let folder = &*self.consultation.folder;
        let record = format!("{folder}/frozen.yaml");
        let open: Vec<String> = history::uncommitted(self.root, &[folder, "greffe.yaml", "themes"])?
            .into_iter()
            .filter(|path| !path.ends_with(&record))
            .collect();
        if open.is_empty() {
            return Ok(Some(head.into()));
        }
        let list = open.iter().take(20).map(|path| format!("\n  - {path}")).collect::<String>();
        Err(Error::new(
            &self.args.id,
            say!(
                "des fichiers ne sont pas dans le dernier commit, et l’archive doit nommer celui qu’elle gèle ; faites d’abord « git add » et « git commit » :{list}",
                "files are not in the last commit, and the archive must name the one it freezes; first “git add” and “git commit”:{list}"
            ),
        ))
    }

    /// The sources that anybody may have, with what `check` must know of them.
    fn public(&self, forms: &BTreeMap<Box<str>, Form>, path: &str, record: &Record) -> Sources {
        let written = forms.iter().filter_map(|(path, form)| match form {
            Form::Written(text) => Some((&**path, &**text)),
            Form::AsItIs => None,
        });
        let record = record.public();
        self.whole.only(|path| forms.contains_key(path)).with_texts(written.chain([(path, &*record)]))
    }

    fn compile(&self, sources: &Sources, sink: &dyn Sink) -> Result<()> {
        let (made, problems) = compile(sources, &self.options, sink, &Unobserved)?;
        if made.is_some() {
            return Ok(());
        }
        let words: Vec<&str> = problems.iter().filter(|p| p.is_error()).map(|p| &*p.message.en).collect();
        let words = words.join("; ");
        Err(Error::new(
            &self.args.id,
            say!(
                "le site ne se construit pas de ce qui serait publié : {words}",
                "the site cannot be built from what would be published: {words}"
            ),
        ))
    }

    /// The sources of the bag: as published, or all of them.
    fn sources(
        &self,
        bag: &BagSink,
        forms: &BTreeMap<Box<str>, Form>,
        path: &str,
        record: &Record,
    ) -> Result<()> {
        let sealed = self.args.sealed;
        for (_, file) in self.whole.iter().filter(|(_, file)| *file.path != *path) {
            let to = format!("sources/{}", file.path);
            match forms.get(&file.path) {
                Some(Form::Written(text)) if !sealed => bag.put(&to, text.as_bytes())?,
                None if !sealed => {}
                Some(Form::AsItIs | Form::Written(_)) | None => {
                    bag.copy(&to, &self.root.join(&*file.path))?
                }
            }
        }
        let text = if sealed { record.whole() } else { record.public() };
        bag.put(&format!("sources/{path}"), text.as_bytes())
    }

    /// What only the complete archive holds; whether the history is in it.
    fn beside(&self, bag: &BagSink, record: &Record) -> Result<bool> {
        if let Some(source) = &self.args.greffe_source {
            let name = source.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            bag.copy(&format!("greffe/{name}"), source)?;
        }
        if !self.args.sealed {
            return Ok(false);
        }
        let id = &self.consultation.id;
        for (from, to) in
            [(format!("private/exports/{id}"), "exports"), (format!("private/{id}/withheld"), "withheld")]
        {
            bag.copy_folder(to, &self.root.join(from))?;
        }
        match &record.commit {
            Some(commit) => history::write(self.root, commit, bag, "history.git").map(|()| true),
            None => Ok(false),
        }
    }

    fn explain(&self, bag: &BagSink, record: &Record, history: bool) -> Result<()> {
        let main = &self.site.languages[0];
        let told = Told {
            kind: self.kind(),
            title: self.consultation.title.get(main),
            organiser: self.consultation.organiser.name.get(main),
            slug: self.consultation.id.as_str(),
            folder: if self.site.languages.len() > 1 { format!("{main}/") } else { String::new() },
            date: record.date,
            greffe: env!("CARGO_PKG_VERSION"),
            source: &self.source(),
            has_source: self.args.greffe_source.is_some(),
            history,
        };
        bag.put("README.txt", readme(&told).as_bytes())
    }

    /// Where Greffe can be had: in the archive, or from those who keep programs.
    fn source(&self) -> String {
        match self.args.greffe_source.as_deref().and_then(Path::file_name) {
            Some(name) => format!("{PROGRAM}: its source is data/greffe/{}", name.to_string_lossy()),
            None => format!("{PROGRAM}: https://archive.softwareheritage.org keeps the sources of programs"),
        }
    }

    /// `bag-info.txt`.
    fn info(&self, bag: &BagSink, record: &Record) -> Vec<(&'static str, String)> {
        let main = &self.site.languages[0];
        let files = bag.files();
        let sources =
            files.iter().filter_map(|(path, known)| Some((path.strip_prefix("data/sources/")?, known.blob)));
        let (replaces, reason) =
            record.replaces.as_ref().map(|r| (r.bag.to_string(), r.reason.to_string())).unwrap_or_default();
        let id = &self.consultation.id;
        vec![
            ("Source-Organization", self.consultation.organiser.name.get(main).to_string()),
            ("External-Description", self.consultation.title.get(main).to_string()),
            ("External-Identifier", format!("urn:sha256:{}", record.digest())),
            ("Bagging-Date", record.date.to_string()),
            ("Payload-Oxum", crate::freeze::bag::oxum(&files)),
            ("Greffe-Version", env!("CARGO_PKG_VERSION").to_owned()),
            ("Greffe-Source", self.source()),
            ("Greffe-Kind", self.kind().as_str().to_owned()),
            ("Greffe-Consultation", id.to_string()),
            ("Greffe-As-Of", record.date.to_string()),
            ("Greffe-Commit", record.commit.as_deref().unwrap_or_default().to_owned()),
            ("Greffe-SWHID", swhid::directory(sources)),
            ("Greffe-Replaces", replaces),
            ("Greffe-Replaces-Reason", reason),
        ]
    }

    /// Writes `frozen.yaml` where it is not there yet, or no longer true.
    fn write_record(&self, path: &str, record: &Record) -> Result<Option<PathBuf>> {
        if self.before.is_some() && self.args.replaces.is_none() {
            return Ok(None);
        }
        let path = self.root.join(path);
        export::replace(&path, record.whole().as_bytes())?;
        Ok(Some(path))
    }

    fn pack(&self) -> Result<(Option<PathBuf>, Vec<PathBuf>)> {
        if !self.args.zip {
            return Ok((None, Vec::new()));
        }
        let zip = pack::zip(&self.args.output)?;
        let mut beside = Vec::new();
        if let Some(key) = &self.args.sign {
            beside.push(seal::sign(&zip, key)?);
        }
        if let Some(reply) = &self.args.timestamp {
            beside.push(seal::stamp(&zip, reply)?);
        }
        Ok((Some(zip), beside))
    }
}

fn refuse_differences(paths: Vec<Box<str>>) -> Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let count = paths.len();
    let first = paths.iter().take(20).map(|path| format!("\n  - {path}")).collect::<String>();
    Err(Error::new(
        "data/site",
        say!(
            "{count} pages ne sont pas les mêmes quand on les fait de ce qui est publié : l’archive ne serait pas le site. C’est un défaut de Greffe, signalez-le :{first}",
            "{count} pages are not the same when they are made of what is published: the archive would not be the site. This is a bug in Greffe, please report it:{first}"
        ),
    ))
}

/// The words in the language they were written in first.
fn one(words: &Localised<Box<str>>) -> Box<str> {
    match words {
        Localised::One(words) => words.clone(),
        Localised::Many(many) => many.values().next().cloned().unwrap_or_default(),
    }
}
