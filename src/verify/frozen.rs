//! `frozen.yaml` in a bag: what it records of the freeze, laid beside the labels of the bag and the files that are there;
//! and, where the bag replaces another, what a reader should know of that.

use super::bag::SOURCES;
use super::bag::tags::BagInfo;
use super::reading::Reading;
use super::report::{Code, Finding};
use super::store::Store;
use crate::freeze::swhid;
use crate::model::frozen::{FREE, digest_of, salted};
use crate::parse::parse;
use crate::parse::records::frozen::FrozenRecord;
use crate::say;
use crate::source::Sources;
use crate::yaml::read::{Entries, Localised};
use std::collections::BTreeMap;

/// Compares. Every source has its digest.
pub fn frozen(sources: &Sources, info: &BagInfo) -> Vec<Finding> {
    let Some(slug) = info.get("Greffe-Consultation") else { return Vec::new() };
    // A consultation may stand in a folder of several.
    let end = format!("/{slug}/frozen.yaml");
    let found = sources.iter().map(|(_, file)| &*file.path).find(|path| path.ends_with(&end));
    let path = found.map_or_else(|| format!("content{end}"), str::to_owned);
    let folder = path.trim_end_matches("/frozen.yaml").to_owned();
    let full = format!("{SOURCES}{path}");
    let absent = |seen| vec![Finding::error(Code::Frozen, &*full, seen)];
    let Some(text) = sources.text_at(&path) else {
        return absent(say!("le gel de « {slug} » n’y est pas", "the freeze of “{slug}” is not there"));
    };
    // Of the draft nothing else is asked.
    let main = format!("{folder}/consultation.yaml");
    let own = |path: &str| sources.text_at(path).unwrap_or("").to_owned();
    let (site, main_text) = (own("greffe.yaml"), own(&main));
    let texts = [("greffe.yaml", &*site), (&*path, text), (&*main, &*main_text)];
    let draft = parse(&Sources::from_texts(texts));
    let filed = draft.consultations.iter().find(|c| *c.folder == *folder).and_then(|c| c.frozen.as_ref());
    let Some(filed) = filed else {
        return absent(say!("ce fichier ne se lit pas", "this file cannot be read"));
    };
    let record = &filed.record;
    let mut found = labels(record, info, &full);
    found.extend(files(record, sources, &folder));
    found.extend(replaces(record, info, &full));
    found
}

/// The record against the labels of the bag.
fn labels(record: &FrozenRecord, info: &BagInfo, path: &str) -> Vec<Finding> {
    let date = record.date.value.to_string();
    let listed: BTreeMap<&str, &str> = plain(&record.files.value);
    let digest = digest_of(listed.iter().map(|(path, sha256)| (*path, *sha256)));
    let mut found = Vec::new();
    let mut differ = |what: &str, record: &str, label: &str| {
        let seen = say!("{what} : {record}", "{what}: {record}");
        let bag = info.get(label).unwrap_or("—");
        if record != bag {
            found.push(Finding::error(Code::Frozen, path, seen).wanted(&format!("{bag} ({label})")));
        }
    };
    differ("date", &date, "Bagging-Date");
    differ("date", &date, "Greffe-As-Of");
    differ("commit", record.commit.as_ref().map_or("—", |commit| &commit.value), "Greffe-Commit");
    differ("digest", &format!("urn:sha256:{}", record.digest.value), "External-Identifier");
    if *record.digest.value != *digest {
        let seen =
            say!("la liste des fichiers a l’empreinte {digest}", "the list of files has the digest {digest}");
        found.push(Finding::error(Code::Frozen, path, seen).wanted(&record.digest.value));
    }
    let (version, bag) = (&record.greffe.value, info.get("Greffe-Version").unwrap_or("—"));
    if **version != *bag {
        let seen = say!(
            "gelé par Greffe {version}, mis en sac par Greffe {bag}",
            "frozen by Greffe {version}, bagged by Greffe {bag}"
        );
        found.push(Finding::note(Code::Frozen, path, seen));
    }
    found
}

fn plain(entries: &Entries<Box<str>>) -> BTreeMap<&str, &str> {
    entries.0.iter().map(|(path, sha256)| (&*path.value, &*sha256.value)).collect()
}

/// The files that it lists against those that are there.
fn files(record: &FrozenRecord, sources: &Sources, folder: &str) -> Vec<Finding> {
    let listed = plain(&record.files.value);
    let held = record.withheld.as_ref().map(|held| (&*held.value.salt.value, plain(&held.value.files.value)));
    let mut found = Vec::new();
    let full = |path: &str| format!("{SOURCES}{folder}/{path}");
    for (id, file) in sources.iter() {
        let Some(path) = file.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        if FREE.contains(&path) {
            continue;
        }
        let here = sources.sha256(id).unwrap_or_default();
        let is_held = held.as_ref().is_some_and(|(salt, files)| {
            files.get(path).is_some_and(|listed| salted(salt, here) == **listed)
        });
        match listed.get(path) {
            _ if is_held => {}
            Some(sha256) if *sha256 == here => {}
            Some(sha256) => {
                let seen = say!(
                    "ce n’est plus le fichier qui a été gelé",
                    "this is no longer the file that was frozen"
                );
                found.push(Finding::error(Code::Frozen, full(path), seen).wanted(sha256));
            }
            None => {
                let seen = say!("frozen.yaml ne liste pas ce fichier", "frozen.yaml does not list this file");
                found.push(Finding::error(Code::Frozen, full(path), seen));
            }
        }
    }
    for path in listed.keys().filter(|path| sources.find(&format!("{folder}/{path}")).is_none()) {
        let seen = say!(
            "frozen.yaml liste ce fichier, et il n’y est pas",
            "frozen.yaml lists this file, and it is not there"
        );
        found.push(Finding::error(Code::Frozen, full(path), seen));
    }
    found
}

/// The Software Heritage identifier of the sources, against the one that the bag says.
pub fn identifier(store: &dyn Store, reading: &Reading, info: &BagInfo) -> Option<Finding> {
    let said = info.get("Greffe-SWHID")?;
    let blobs =
        store.entries().iter().zip(&reading.files).filter_map(|(entry, read)| {
            Some((entry.path.strip_prefix(SOURCES)?, read.digests.as_ref()?.blob?))
        });
    let seen = swhid::directory(blobs);
    (seen != said).then(|| {
        let words = say!("data/sources est {seen}", "data/sources is {seen}");
        Finding::error(Code::Frozen, "bag-info.txt", words).wanted(&format!("{said} (Greffe-SWHID)"))
    })
}

/// What this bag replaces, in words; and whether the record and the labels name the same.
fn replaces(record: &FrozenRecord, info: &BagInfo, path: &str) -> Vec<Finding> {
    let label = info.get("Greffe-Replaces");
    let Some(replaced) = record.replaces.as_ref().map(|replaced| &replaced.value) else {
        return label
            .map(|label| {
                let seen = say!("ne dit rien du sac remplacé", "says nothing of the bag that was replaced");
                Finding::error(Code::Replaces, path, seen).wanted(label)
            })
            .into_iter()
            .collect();
    };
    let (bag, date) = (&replaced.bag.value, replaced.date.value);
    if label != Some(bag) {
        let seen = say!("remplace {bag}", "replaces {bag}");
        return vec![Finding::error(Code::Replaces, path, seen).wanted(label.unwrap_or("—"))];
    }
    let (fr, en) = (words(&replaced.reason.value, "fr"), words(&replaced.reason.value, "en"));
    let files: Vec<&str> = replaced.files.iter().map(|file| &*file.value).collect();
    let files = files.join(", ");
    let short = bag.chars().take(23).collect::<String>();
    let (day_fr, day_en) = (date.in_french(), date.in_english());
    let seen = say!(
        "ce sac remplace celui du {day_fr} ({short}…) : {fr}. Fichiers changés : {files}",
        "this bag replaces that of {day_en} ({short}…): {en}. Files changed: {files}"
    );
    vec![Finding::note(Code::Replaces, path, seen)]
}

/// The words in a language, or in the first there is.
fn words<'w>(words: &'w Localised<Box<str>>, lang: &str) -> &'w str {
    match words {
        Localised::One(words) => words,
        Localised::Many(many) => {
            let own = many.iter().find(|(known, _)| known.as_str() == lang).map(|(_, words)| words);
            own.or(many.values().next()).map_or("", |words| words)
        }
    }
}
