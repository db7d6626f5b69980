//! A frozen consultation: its files against the list that `frozen.yaml` keeps of them, and the errata that were added
//! since. What stands here as it is published has its plain digest in the list; what is published in part only has a
//! salted one too, which no public archive has. `errata.yaml` and `frozen.yaml` are in neither.

use super::ids::Index;
use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::model::frozen::{self, Erratum, FREE, Frozen, Replaced};
use crate::model::id::Id;
use crate::model::site::AliasOf;
use crate::parse::draft::{DraftConsultation, Filed};
use crate::parse::records::frozen::{ErratumRecord, FrozenRecord};
use crate::say;
use crate::source::{Span, Spanned};
use crate::yaml::read::Entries;
use std::collections::BTreeMap;

/// What the pages may say of the freeze. Every file that is not as it was frozen is reported.
pub(super) fn frozen(scope: &mut Scope<'_>, files: &DraftConsultation) -> Option<Frozen> {
    let filed = files.frozen.as_ref()?;
    let record = &filed.record;
    whole(scope, filed);
    unchanged(scope, &files.folder, filed);
    let main = scope.main().clone();
    Some(Frozen {
        date: record.date.value,
        greffe: record.greffe.value.clone(),
        commit: record.commit.as_ref().map(|c| c.value.clone()),
        digest: record.digest.value.clone(),
        files: record.files.value.0.len(),
        replaces: record.replaces.as_ref().map(|replaced| Replaced {
            bag: replaced.value.bag.value.clone(),
            date: replaced.value.date.value,
            reason: scope.words(&replaced.value.reason, &main),
            files: replaced.value.files.iter().map(|file| file.value.clone()).collect(),
        }),
    })
}

/// The list must have the digest that stands beside it.
fn whole(scope: &mut Scope<'_>, filed: &Filed<FrozenRecord>) {
    let record = &filed.record;
    let listed = by_path(&record.files);
    let digest = frozen::digest_of(listed.iter().map(|(path, (sha256, _))| (*path, *sha256)));
    if *record.digest.value != *digest {
        scope.report(
            Code::G046,
            record.digest.span,
            say!(
                "la liste des fichiers n’a pas l’empreinte écrite ici : son empreinte est {digest}",
                "the list of files does not have the digest written here: its digest is {digest}"
            ),
        );
    }
}

type ByPath<'r> = BTreeMap<&'r str, (&'r str, Span)>;

fn by_path(files: &Spanned<Entries<Box<str>>>) -> ByPath<'_> {
    files.value.0.iter().map(|(path, sha256)| (&*path.value, (&*sha256.value, path.span))).collect()
}

fn unchanged(scope: &mut Scope<'_>, folder: &str, filed: &Filed<FrozenRecord>) {
    let record = &filed.record;
    let published = by_path(&record.files);
    let withheld = record.withheld.as_ref().map(|w| (&*w.value.salt.value, by_path(&w.value.files)));
    let held = |path: &str| withheld.as_ref().and_then(|(salt, files)| Some((*salt, files.get(path)?.0)));
    let sources = scope.sources;
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for (id, file) in sources.iter() {
        let Some(path) = file.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        if FREE.contains(&path) {
            continue;
        }
        seen.insert(path, ());
        let Some(sha256) = sources.sha256(id) else { continue };
        let plain = published.get(path).is_some_and(|(listed, _)| *listed == sha256);
        let salted = held(path).is_some_and(|(salt, listed)| frozen::salted(salt, sha256) == listed);
        if plain || salted {
            continue;
        }
        let date = record.date.value;
        let problem = if published.contains_key(path) || held(path).is_some() {
            say!(
                "{path} n’est plus comme il était au gel du {date}",
                "{path} is no longer as it was when frozen on {date}"
            )
        } else {
            say!("{path} n’était pas là au gel du {date}", "{path} was not there when frozen on {date}")
        };
        scope.problems.push(
            Diagnostic::new(Code::G045, Span::file(id), problem)
                .related(record.date.span, say!("le gel", "the freeze")),
        );
    }
    let held = withheld.iter().flat_map(|(_, files)| files);
    let listed: ByPath<'_> = published.iter().chain(held).map(|(path, listed)| (*path, *listed)).collect();
    for (path, (_, span)) in listed {
        if !seen.contains_key(path) {
            let date = record.date.value;
            scope.report(
                Code::G045,
                span,
                say!(
                    "{path} manque : il était là au gel du {date}",
                    "{path} is missing: it was there when frozen on {date}"
                ),
            );
        }
    }
}

/// The consultation's own lists, by id: contributions, amendments, votes, meetings, syntheses, texts.
pub(super) struct Lists {
    pub contributions: Index,
    pub amendments: Index,
    pub votes: Index,
    pub meetings: Index,
    pub syntheses: Index,
    pub texts: Index,
}

/// Errata, newest first.
pub(super) fn errata(scope: &mut Scope<'_>, files: &DraftConsultation, lists: &Lists) -> Vec<Erratum> {
    let main = scope.main().clone();
    let mut errata = Vec::new();
    for filed in scope.kept(&files.errata) {
        let record = &filed.record;
        let about = about(scope, record, lists);
        errata.push(Erratum { date: record.date.value, body: scope.markdown(&record.body, &main), about });
    }
    errata.sort_by_key(|erratum| std::cmp::Reverse(erratum.date));
    errata
}

/// A key that says what an erratum is about: what was written, where it is looked for, its names, what is made of it.
type Key<'k> = (&'k Option<Spanned<Id>>, &'k Index, [&'static str; 2], fn(usize) -> AliasOf);

fn about(scope: &mut Scope<'_>, record: &ErratumRecord, lists: &Lists) -> AliasOf {
    let contribution = ["contribution", "contribution"];
    let keys: [Key<'_>; 6] = [
        (&record.contribution, &lists.contributions, contribution, AliasOf::Contribution),
        (&record.amendment, &lists.amendments, ["amendement", "amendment"], AliasOf::Amendment),
        (&record.vote, &lists.votes, ["vote", "vote"], AliasOf::Vote),
        (&record.meeting, &lists.meetings, ["réunion", "meeting"], AliasOf::Meeting),
        (&record.synthesis, &lists.syntheses, ["synthèse", "synthesis"], AliasOf::Synthesis),
        (&record.text, &lists.texts, ["texte", "text"], AliasOf::Text),
    ];
    let mut found = None;
    for (written, index, [fr, en], made) in keys {
        let Some(written) = written else { continue };
        if found.is_some() {
            scope.report(
                Code::G033,
                written.span,
                say!("un erratum est à propos d’une seule chose", "an erratum is about one thing"),
            );
            continue;
        }
        found = Some(index.find(scope, written, fr, en).map_or(AliasOf::Consultation, made));
    }
    found.unwrap_or(AliasOf::Consultation)
}
