//! Contributions: references, order, and the place where withheld words and private names are left behind.

use super::answers::answers;
use super::ids::{self, Named};
use super::moderation;
use super::personal;
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::texts;
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::choices::{AuthorKind, AuthorRule, Channel, ContributionKind, ModerationState};
use crate::model::site::*;
use crate::parse::records::common::{Attachment as AttachmentRecord, Author};
use crate::parse::records::contribution::{ContributionRecord, RevisionRecord};
use crate::say;
use crate::sink::OutPath;
use crate::source::{Span, Spanned};

/// Checks the contributions: oldest first, then by id.
pub fn contributions(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    texts: &[Text],
    meetings: &[Meeting],
    questions: &[Question],
) -> Vec<Contribution> {
    let written = &around.files.contributions;
    // Whatever is not published keeps its files back, those that are left out or pending among them.
    for record in written.iter().map(|filed| &filed.record).filter(|r| !moderation::is_public(r)) {
        let paths = record.attachments.iter().filter_map(|a| OutPath::new(&a.value.path.value.0));
        around.unwanted.extend(paths);
    }
    let filed = scope.kept(written);
    let mut named = ids::name(scope, filed, |r: &ContributionRecord| r.id.as_ref());
    // Pending contributions are not public: they belong in inbox/, and stay out of the site altogether.
    named.retain(|n| moderation::state(&n.main.record) != ModerationState::Pending);
    let zone = around.zone.clone();
    named.sort_by_cached_key(|n| {
        let date = n.main.record.date.as_ref().map(|d| d.value.instant(&zone));
        (date, n.id.clone())
    });
    let index = ids::index(named.iter().map(|n| &n.id));
    let meetings = ids::index(meetings.iter().map(|m| &m.id));
    let mut all = Vec::with_capacity(named.len());
    for (at, one) in named.iter().enumerate() {
        let record = &one.main.record;
        around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Contribution(at))));
        all.push(contribution(scope, around, texts, questions, &index, &meetings, one));
    }
    circles(scope, &named, &mut all);
    all
}

fn contribution(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    texts: &[Text],
    questions: &[Question],
    index: &ids::Index,
    meetings: &ids::Index,
    one: &Named<'_, ContributionRecord>,
) -> Contribution {
    let record = &one.main.record;
    if let Some(category) = &record.category {
        around.categories.find(scope, category, "catégorie", "category");
    }
    let language = around.language.clone();
    Contribution {
        id: one.id.clone(),
        kind: record.kind.value,
        date: record.date.as_ref().map(|d| d.value),
        about: about(scope, texts, record),
        parent: record.parent.as_ref().and_then(|p| index.find(scope, p, "contribution", "contribution")),
        category: record.category.as_ref().map(|c| c.value.clone()),
        channel: record.channel.as_ref().map_or(Channel::Online, |c| c.value),
        meeting: record.meeting.as_ref().and_then(|m| meetings.find(scope, m, "réunion", "meeting")),
        votes: scope.reactions(&record.votes, &language),
        signatures: record.signatures.as_ref().map(|s| s.value),
        merged_into: record
            .merged_into
            .as_ref()
            .and_then(|m| index.find(scope, m, "contribution", "contribution")),
        split_from: record
            .split_from
            .as_ref()
            .and_then(|s| index.find(scope, s, "contribution", "contribution")),
        imported: record.imported.is_some(),
        receipt: record.receipt.as_ref().and_then(|r| moderation::receipt(scope, r)),
        moderation: moderation::decided(scope, &around.zone, record),
        content: match &record.moderation {
            None => Content::Published(Box::new(published(scope, around, questions, one))),
            Some(decided) => match decided.value.state.value {
                ModerationState::Published => {
                    Content::Published(Box::new(published(scope, around, questions, one)))
                }
                ModerationState::Withheld | ModerationState::Pending => {
                    moderation::withheld(scope, around, one, &decided.value)
                }
                ModerationState::Erased => moderation::erased(scope, one, &decided.value),
            },
        },
    }
}

/// What a contribution is about. The quotation of a withheld one stays behind with its words.
fn about(scope: &mut Scope<'_>, texts: &[Text], record: &ContributionRecord) -> About {
    let mut about = texts::about(scope, texts, &record.on);
    if !moderation::is_public(record) {
        about.quote = None;
    }
    about
}

fn published(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    questions: &[Question],
    one: &Named<'_, ContributionRecord>,
) -> Published {
    let record = &one.main.record;
    let body: Box<str> = match &record.body {
        Some(body) => body.value.0.trim().into(),
        None => one.main.body.value.trim().into(),
    };
    give_away(scope, one);
    let lost = record.lost.as_ref().is_some_and(|l| l.value);
    if body.is_empty() && !lost && needs_words(record) {
        let id = &one.id;
        scope.report(Code::G032, record.kind.span, say!("« {id} » n’a pas de texte", "“{id}” has no text"));
    }
    Published {
        title: record.title.as_ref().map(|t| t.value.clone()),
        body,
        lost,
        author: shown(around.authors, around.names_embargoed, record.author.as_ref().map(|a| &a.value)),
        updated: record.updated.as_ref().map(|d| d.value),
        position: record.position.as_ref().map(|p| p.value),
        themes: record.themes.iter().map(|t| t.value.clone()).collect(),
        place: record.place.as_ref().map(|p| p.value.clone()),
        language: record.language.as_ref().map_or_else(|| around.language.clone(), |l| l.value.clone()),
        link: record.link.as_ref().map(|l| l.value.0.clone()),
        answers: answers(scope, questions, record),
        appendices: record
            .appendices
            .iter()
            .map(|a| (a.value.title.value.clone(), a.value.body.value.0.clone()))
            .collect(),
        attachments: attachments(scope, around, &record.attachments),
        revisions: record.revisions.iter().map(|r| revision(scope, &r.value, &around.language)).collect(),
        original_url: record.imported.as_ref().and_then(|i| i.value.url.as_ref()).map(|u| u.value.0.clone()),
    }
}

/// An earlier state.
fn revision(scope: &mut Scope<'_>, record: &RevisionRecord, language: &Lang) -> Revision {
    Revision {
        date: record.date.value,
        title: record.title.as_ref().map(|t| t.value.clone()),
        body: record.body.as_ref().map_or_else(|| "".into(), |b| b.value.0.trim().into()),
        votes: scope.reactions(&record.votes, language),
    }
}

/// Reports personal data in what a person wrote; a public body gives its own addresses.
fn give_away(scope: &mut Scope<'_>, one: &Named<'_, ContributionRecord>) {
    let record = &one.main.record;
    let author = record.author.as_ref().and_then(|a| a.value.kind.as_ref()).map(|k| k.value);
    if author == Some(AuthorKind::Government) {
        return;
    }
    let title = record.title.as_ref().map(|t| Spanned::new(&*t.value, t.span));
    let body = record.body.as_ref().map(|b| Spanned::new(&*b.value.0, b.span));
    let body = body.unwrap_or(Spanned::new(&*one.main.body.value, one.main.body.span));
    let answers =
        record.answers.iter().flat_map(|a| &a.value.0).map(|(_, a)| Spanned::new(&*a.value, a.span));
    let appendices = record.appendices.iter().map(|a| &a.value.body);
    let appendices = appendices.map(|b| Spanned::new(&*b.value.0, b.span));
    let revisions = record.revisions.iter().flat_map(|r| &r.value.body);
    let revisions = revisions.map(|b| Spanned::new(&*b.value.0, b.span));
    let pieces = title.into_iter().chain([body]).chain(answers).chain(appendices).chain(revisions);
    personal::report(scope, pieces);
}

/// A title, a link, answers or signatures can stand alone.
fn needs_words(record: &ContributionRecord) -> bool {
    match record.kind.value {
        ContributionKind::Source => record.link.is_none(),
        ContributionKind::Answer => record.answers.is_none(),
        ContributionKind::Interest => false,
        ContributionKind::Proposal
        | ContributionKind::Wording
        | ContributionKind::Argument
        | ContributionKind::Comment
        | ContributionKind::Petition => true,
    }
}

/// The author as the consultation's rule lets them be shown, or less where the author asked for less. Public bodies
/// and elected persons sign by name. Under embargo nobody has more than a pseudonym.
pub fn shown(rule: AuthorRule, embargoed: bool, author: Option<&Author>) -> ShownAuthor {
    let nobody = ShownAuthor { name: None, kind: AuthorKind::Anonymous, organisation: None, register: None };
    let Some(author) = author else { return nobody };
    let kind = author.kind.as_ref().map_or(AuthorKind::Citizen, |k| k.value);
    let words = |w: &Option<Spanned<Box<str>>>| w.as_ref().map(|w| w.value.clone());
    let pseudonym = || words(&author.pseudonym);
    if embargoed {
        let name = pseudonym().filter(|_| rule != AuthorRule::Hidden);
        return ShownAuthor { name, kind, organisation: None, register: None };
    }
    // The rules stand in the order of what they hide.
    let wish = author.show.as_ref().map_or(rule, |wish| wish.value);
    let name = match (rule.max(wish), kind) {
        (AuthorRule::Hidden, AuthorKind::Citizen | AuthorKind::Anonymous) => None,
        (AuthorRule::Name, _) => words(&author.name).or_else(pseudonym),
        (_, AuthorKind::Elected | AuthorKind::Government) => words(&author.name).or_else(pseudonym),
        (AuthorRule::Pseudonym | AuthorRule::Hidden, _) => pseudonym(),
    };
    ShownAuthor { name, kind, organisation: words(&author.organisation), register: words(&author.register) }
}

/// Files attached to something published: they must exist, and are published with it.
pub fn attachments(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    written: &[Spanned<AttachmentRecord>],
) -> Vec<Attachment> {
    let main = scope.main().clone();
    let mut out = Vec::new();
    for attachment in written.iter().map(|a| &a.value) {
        let words = &attachment.path.value.0;
        let folder = &around.files.folder;
        let exists = scope.sources.find(&format!("{folder}/{words}")).is_some();
        match OutPath::new(words) {
            Some(path) if exists => {
                around.wanted.insert(path.clone());
                let title = scope.words(&attachment.title, &main);
                let transcript = attachment.transcript.as_ref().map(|t| t.value.0.clone());
                out.push(Attachment { path, title, transcript });
            }
            _ => scope.report(
                Code::G024,
                attachment.path.span,
                say!("il n’y a pas de fichier {folder}/{words}", "there is no file {folder}/{words}"),
            ),
        }
    }
    out
}

/// Reports chains of parents, of splits or of mergers, that come back to where they began, and cuts them.
fn circles(scope: &mut Scope<'_>, named: &[Named<'_, ContributionRecord>], all: &mut [Contribution]) {
    let parents: Vec<Option<usize>> = all.iter().map(|c| c.parent).collect();
    let mergers: Vec<Option<usize>> = all.iter().map(|c| c.merged_into).collect();
    for at in in_circles(&parents) {
        all[at].parent = None;
        report_circle(scope, &named[at], named[at].main.record.parent.as_ref().map(|p| p.span));
    }
    let splits: Vec<Option<usize>> = all.iter().map(|c| c.split_from).collect();
    for at in in_circles(&splits) {
        all[at].split_from = None;
        report_circle(scope, &named[at], named[at].main.record.split_from.as_ref().map(|p| p.span));
    }
    for at in in_circles(&mergers) {
        all[at].merged_into = None;
        report_circle(scope, &named[at], named[at].main.record.merged_into.as_ref().map(|p| p.span));
    }
}

fn report_circle(scope: &mut Scope<'_>, one: &Named<'_, ContributionRecord>, place: Option<Span>) {
    let id = &one.id;
    scope.problems.push(Diagnostic::new(
        Code::G019,
        place.unwrap_or(one.main.whole),
        say!(
            "de renvoi en renvoi, « {id} » mène à « {id} »",
            "from reference to reference, “{id}” leads to “{id}”"
        ),
    ));
}

/// The places that stand in a circle of `next`, in order.
pub fn in_circles(next: &[Option<usize>]) -> Vec<usize> {
    // 0: not seen; otherwise the number of the walk that saw it.
    let mut seen = vec![0_usize; next.len()];
    let mut found = Vec::new();
    for start in 0..next.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(here) = at.filter(|h| seen[*h] == 0) {
            seen[here] = walk;
            at = next[here];
        }
        // Stopped on a place this very walk had seen: everything from there on is a circle.
        if let Some(first) = at.filter(|h| seen[*h] == walk) {
            let mut here = first;
            loop {
                found.push(here);
                match next[here] {
                    Some(on) if on != first => here = on,
                    _ => break,
                }
            }
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::in_circles;

    #[test]
    fn only_the_members_of_a_circle_are_found() {
        assert_eq!(in_circles(&[Some(1), Some(2), Some(1), None, Some(4)]), [1, 2, 4]);
        assert_eq!(in_circles(&[Some(1), Some(2), None]), [0_usize; 0]);
    }
}
