//! The files of a vote: its ballots, or the pool of a drawing of lots. What is wrong with a file as a whole is told
//! here; a ballot that breaks the rule is not: the tally counts it as void.

use crate::ballots::csv::{self, Fault, Form};
use crate::ballots::pool as pools;
use crate::check::scope::Scope;
use crate::check::surroundings::Surroundings;
use crate::diag::Code;
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::records::common::SitePath;
use crate::parse::records::vote::VoteRecord;
use crate::say;
use crate::sink::OutPath;
use crate::source::{Contents, FileId, Span, Spanned};

/// The ballots.
pub(super) fn ballots(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    record: &VoteRecord,
    options: &[VoteOption],
    grades: Vec<&Id>,
) -> Option<Ballots> {
    let (file, path) = file(scope, around, record.ballots.as_ref()?)?;
    let form = Form {
        kind: record.kind.value,
        options: options.iter().map(|option| option.id.as_str()).collect(),
        grades: grades.into_iter().map(Id::as_str).collect(),
        groups: record.groups.iter().map(|group| group.value.id.value.as_str()).collect(),
    };
    let text = text(scope, file, record.ballots.as_ref()?.span)?;
    let mut read = csv::read(text, &form).map_err(|fault| told(scope, file, fault)).ok()?;
    hours(around, record, &mut read.ballots);
    around.wanted.insert(path.clone());
    Some(Ballots { path, ballots: read.ballots, channels: read.channels, names: read.names })
}

/// The pool: of each person, what the quotas ask for and nothing else.
pub(super) fn pool(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    record: &VoteRecord,
    quotas: &[Quota],
) -> Option<Pool> {
    let (file, path) = file(scope, around, record.pool.as_ref()?)?;
    let text = text(scope, file, record.pool.as_ref()?.span)?;
    let categories = quotas.iter().map(|quota| &*quota.category).collect();
    let (categories, people) =
        pools::read(text, &categories).map_err(|fault| told(scope, file, fault)).ok()?;
    around.wanted.insert(path.clone());
    Some(Pool { path, categories, people })
}

/// Marks the ballots cast before the opening or after the closing.
fn hours(around: &Surroundings<'_>, record: &VoteRecord, ballots: &mut [Ballot]) {
    let moment = |written: &Option<Spanned<crate::model::when::Moment>>| written.as_ref().map(|at| at.value);
    crate::ballots::hours::mark(moment(&record.opens), moment(&record.closes), &around.zone, ballots);
}

/// A file beside the vote's record, or in the consultation's folder.
fn file(
    scope: &mut Scope<'_>,
    around: &Surroundings<'_>,
    written: &Spanned<SitePath>,
) -> Option<(FileId, OutPath)> {
    let (folder, words) = (&around.files.folder, &written.value.0);
    let beside = format!("{folder}/votes/{words}");
    let found = scope.sources.find(&beside).map(|id| (id, format!("votes/{words}")));
    let found =
        found.or_else(|| scope.sources.find(&format!("{folder}/{words}")).map(|id| (id, words.to_string())));
    let Some((file, path)) = found else {
        scope.report(
            Code::G024,
            written.span,
            say!("il n’y a pas de fichier {beside}", "there is no file {beside}"),
        );
        return None;
    };
    Some((file, OutPath::new(&path)?))
}

fn text<'s>(scope: &mut Scope<'s>, file: FileId, place: Span) -> Option<&'s str> {
    let source = scope.sources.get(file);
    if let Contents::Text(text) = &source.contents {
        return Some(text);
    }
    let path = &source.path;
    scope.report(
        Code::G026,
        place,
        say!("{path} n’est pas un fichier CSV lisible", "{path} is not a readable CSV file"),
    );
    None
}

fn told(scope: &mut Scope<'_>, file: FileId, fault: Fault) {
    scope.report(Code::G026, Span { file, start: fault.byte, end: fault.byte }, fault.text);
}
