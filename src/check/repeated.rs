//! Passages of withheld and erased texts that stand in a published one: quoted by a reply, a synthesis, a response.
//! Only places are told, and the passage itself, to the person who runs the check; what the texts under discussion
//! say is anyone's to quote.

use super::moderation::is_public;
use super::scope::Scope;
use crate::compare::overlap::{LEAST, Passages};
use crate::diag::{Code, Diagnostic};
use crate::parse::draft::{DraftConsultation, Filed};
use crate::parse::records::contribution::ContributionRecord;
use crate::say;
use crate::source::{Span, Spanned};

/// Passages told of one text: beyond that it is to be read whole.
const MOST: usize = 3;

/// Words that moderators took out of the content, kept where nothing is published from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptApart {
    /// The consultation's id.
    pub consultation: Box<str>,
    /// The contribution's id.
    pub id: Box<str>,
    /// Its words.
    pub words: Box<str>,
}

/// Reports the passages of a consultation.
pub(super) fn report(scope: &mut Scope<'_>, files: &DraftConsultation, consultation: &str) {
    let options = scope.options;
    let hidden = files.contributions.iter().filter(|c| !is_public(&c.record));
    let mut withheld: Vec<(&str, &str)> = hidden
        .flat_map(|c| pieces(c).map(|piece| (c.id.value.as_str(), piece.value)).collect::<Vec<_>>())
        .collect();
    let apart = options.kept_apart.iter().filter(|k| *k.consultation == *consultation);
    withheld.extend(apart.map(|k| (&*k.id, &*k.words)));
    if withheld.is_empty() {
        return;
    }
    let texts = files.texts.iter().flat_map(|t| &t.versions).map(|v| scope.sources.text(v.whole.file));
    let common: Vec<&str> = texts.collect();
    let passages = Passages::new(withheld.iter().map(|(_, words)| *words), common.into_iter());
    for (place, words) in published(files) {
        for shared in passages.find(words).into_iter().take(MOST) {
            let (id, _) = withheld[shared.of];
            let start = place.start + shared.range.start as u32;
            // A value may be spelt otherwise in the file than it reads: then the whole of it is shown.
            let written = scope.sources.text(place.file);
            let exact = written.get(start as usize..place.start as usize + shared.range.end)
                == words.get(shared.range.clone());
            let span = match exact {
                true => Span { start, end: place.start + shared.range.end as u32, ..place },
                false => place,
            };
            let count = shared.words;
            scope.problems.push(
                Diagnostic::new(
                    Code::G044,
                    span,
                    say!(
                        "ce texte publié reprend {count} mots de suite de « {id} », qui est écartée",
                        "this published text repeats {count} words in a row of “{id}”, which is withheld"
                    ),
                )
                .help(say!(
                    "retirez ce passage, ou résumez-le sans le citer ({LEAST} mots de suite suffisent à le retrouver)",
                    "take this passage out, or sum it up without quoting it ({LEAST} words in a row are enough to find it)"
                )),
            );
        }
    }
}

/// What a contribution says, piece by piece.
fn pieces(filed: &Filed<ContributionRecord>) -> impl Iterator<Item = Spanned<&str>> {
    let record = &filed.record;
    let title = record.title.iter().map(|t| Spanned::new(&*t.value, t.span));
    let bodies = record.body.iter().chain(record.appendices.iter().map(|a| &a.value.body));
    let bodies = bodies.chain(record.revisions.iter().flat_map(|r| &r.value.body));
    let bodies = bodies.map(|b| Spanned::new(&*b.value.0, b.span));
    let answers =
        record.answers.iter().flat_map(|a| &a.value.0).map(|(_, a)| Spanned::new(&*a.value, a.span));
    title.chain([Spanned::new(&*filed.body.value, filed.body.span)]).chain(bodies).chain(answers)
}

/// Every text of a consultation that its pages show as it is written, with its place.
fn published(files: &DraftConsultation) -> Vec<(Span, &str)> {
    fn bodies<T>(filed: &[Filed<T>]) -> impl Iterator<Item = (Span, &str)> {
        filed.iter().map(|f| (f.body.span, &*f.body.value))
    }
    let contributions = files.contributions.iter().filter(|c| is_public(&c.record));
    let contributions = contributions.flat_map(|c| pieces(c).map(|p| (p.span, p.value)).collect::<Vec<_>>());
    contributions
        .chain(bodies(&files.index))
        .chain(bodies(&files.amendments))
        .chain(bodies(&files.responses))
        .chain(bodies(&files.syntheses))
        .chain(bodies(&files.meetings))
        .collect()
}
