//! The page of one amendment: what it does, how the text would read with it, which others it meets, where it stands
//! in the discussion.

use super::Head;
use super::amendments::{AmendmentName, AmendmentRow, consolidated, name, row, version_of};
use super::context::Context;
use super::contribution::{Card, card};
use super::marked::{self, UnitView};
use super::operation::{OperationView, operation};
use super::parts::{Link, Prose};
use super::trace::back::{Back, back, leading};
use super::vote::{VoteCard, vote_card};
use crate::derive::DerivedConsultation;
use crate::derive::conflicts::{Conflict, Meeting};
use crate::derive::texts::DerivedVersion;
use crate::graft::Known;
use crate::model::document::Item;
use crate::model::site::*;
use crate::model::when::Date;
use crate::route::Part;
use crate::text::{natural_key, plain};
use serde::Serialize;

/// An amendment's page.
#[derive(Debug, Serialize)]
pub struct AmendmentView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// What the list says of it.
    #[serde(flatten)]
    pub row: AmendmentRow,
    /// The version it changes.
    pub version: Link,
    /// When it was decided.
    pub decided: Option<Date>,
    /// What it does, in the words in which it was tabled.
    pub instruction: Option<Prose<'s>>,
    /// What it does.
    pub operations: Vec<OperationView<'s>>,
    /// The articles as they would read with it.
    pub reading: Option<ReadingView<'s>>,
    /// The others that it meets.
    pub conflicts: Vec<MeetingView>,
    /// Its place in the discussion.
    pub discussion: Option<DiscussionView>,
    /// Where the consolidated text shows it, when it entered.
    pub consolidated: Option<String>,
    /// Statement of reasons.
    pub reasons: Option<Prose<'s>>,
    /// Votes that decided it.
    pub votes: Vec<VoteCard>,
    /// Amendments on whose result it builds.
    pub after: Vec<Link>,
    /// Sub-amendments.
    pub sub_amendments: Vec<AmendmentRow>,
    /// Contributions that led to it.
    pub contributions: Vec<Card<'s>>,
    /// What led to it and where its words stand, as links.
    pub trace: Back,
    /// Where it is published officially.
    pub url: Option<&'s str>,
}

/// The articles as they would read with this change alone, on top of those on which it builds.
#[derive(Debug, Serialize)]
pub struct ReadingView<'s> {
    /// The changes that it supposes: named by it, or by those it names.
    pub on: Vec<Link>,
    /// The language of the words.
    pub lang: crate::lang::Lang,
    /// What it touches.
    pub units: Vec<UnitView<'s>>,
}

/// Another amendment that this one meets.
#[derive(Debug, Serialize)]
pub struct MeetingView {
    /// The other.
    pub other: AmendmentName,
    /// How they meet.
    pub meeting: Meeting,
    /// This one takes away what the other changes; for `moot` alone.
    pub takes_away: bool,
    /// Where in the version.
    pub place: Option<Link>,
    /// The paragraph there.
    pub paragraph: Option<u32>,
}

/// Where an amendment stands in the discussion of a version.
#[derive(Debug, Serialize)]
pub struct DiscussionView {
    /// Its place, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The list of the version.
    pub list: String,
    /// The one before.
    pub previous: Option<Link>,
    /// The one after.
    pub next: Option<Link>,
}

/// Makes an amendment's page.
pub fn amendment<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: AmendmentIx,
) -> AmendmentView<'s> {
    let amendment = &c.amendments[at];
    let row = row(context, c, d, at);
    let text = &c.texts[amendment.text];
    let version = &text.versions[amendment.version];
    let words = context.words(&amendment.reasons);
    let described = match &amendment.title {
        Some(title) => title.to_string(),
        None => plain(words, 400),
    };
    let derived = version_of(d, amendment);
    let votes = d.votes_on_amendment.get(&at).into_iter().flatten();
    AmendmentView {
        head: context.head("amendment", row.number.clone(), described),
        version: Link::new(
            context.to(c, crate::route::Part::Version(&text.id, &version.id)),
            context.words(&version.title),
        ),
        decided: amendment.decided,
        reading: derived.and_then(|v| reading(context, c, v, at)),
        conflicts: derived.map_or_else(Vec::new, |v| meetings(context, c, v, at)),
        discussion: derived.and_then(|v| discussion(context, c, v, at)),
        consolidated: derived.and_then(|v| in_consolidated(context, c, d, v, at)),
        instruction: amendment.instruction.as_ref().and_then(|i| Prose::official(i, &c.language)),
        operations: amendment
            .operations
            .get(context.lang)
            .iter()
            .map(|o| operation(context, c, amendment, o))
            .collect(),
        reasons: Prose::local(&amendment.reasons, context.lang),
        votes: votes.map(|v| vote_card(context, c, d, *v)).collect(),
        after: amendment.after.iter().map(|a| context.amendment_link(c, &c.amendments[*a])).collect(),
        sub_amendments: d.sub_amendments[at].iter().map(|a| self::row(context, c, d, *a)).collect(),
        contributions: leading(c, d, at).into_iter().map(|x| card(context, c, d, x)).collect(),
        trace: back(context, c, d, at),
        url: amendment.url.as_deref(),
        row,
    }
}

/// Nothing where it touches nothing: an edition that quotes no words of the page's language.
fn reading<'s>(
    context: &Context<'_>,
    c: &Consultation,
    derived: &DerivedVersion,
    at: AmendmentIx,
) -> Option<ReadingView<'s>> {
    let amendment = &c.amendments[at];
    let text = &c.texts[amendment.text];
    let (lang, edition) = derived.grafted.editions.pick(context.lang);
    let done = edition.done.get(&at)?;
    let after = derived.grafted.known.get(&at)?;
    let mut before = Known::none();
    before.extend(after);
    before.remove(at as u32);
    let marked = edition.state.marked(&done.units, &before, after);
    let document = text.versions[amendment.version].document.get(lang);
    let units = marked::units(context, c, (text, amendment.version), (lang, document), &marked);
    let on = before.iter().filter_map(|on| c.amendments.get(on as usize));
    let on = on.map(|a| context.amendment_link(c, a)).collect();
    (!units.is_empty()).then(|| ReadingView { on, lang: lang.clone(), units })
}

fn meetings(
    context: &Context<'_>,
    c: &Consultation,
    derived: &DerivedVersion,
    at: AmendmentIx,
) -> Vec<MeetingView> {
    let amendment = &c.amendments[at];
    let place = (&c.texts[amendment.text], amendment.version);
    let other = |x: &Conflict| if x.first == at { x.second } else { x.first };
    let takes_away = |x: &Conflict| x.meeting == Meeting::Moot && x.first == at;
    let view = |x: &Conflict| MeetingView {
        other: name(context, c, other(x)),
        meeting: x.meeting,
        takes_away: takes_away(x),
        place: marked::place(context, c, place, x.unit, x.paragraph),
        paragraph: x.paragraph,
    };
    let mut met: Vec<&Conflict> =
        derived.conflicts.iter().filter(|x| x.first == at || x.second == at).collect();
    met.sort_by_cached_key(|x| (x.meeting, takes_away(x), natural_key(&c.amendments[other(x)].number)));
    met.into_iter().map(view).collect()
}

fn discussion(
    context: &Context<'_>,
    c: &Consultation,
    derived: &DerivedVersion,
    at: AmendmentIx,
) -> Option<DiscussionView> {
    let amendment = &c.amendments[at];
    let text = &c.texts[amendment.text];
    let order = &derived.discussion;
    let place = order.iter().position(|a| *a == at)?;
    let link = |place: usize| order.get(place).map(|a| context.amendment_link(c, &c.amendments[*a]));
    let version = &text.versions[amendment.version].id;
    let page = place / crate::route::AMENDMENTS_PER_PAGE + 1;
    Some(DiscussionView {
        number: place + 1,
        count: order.len(),
        list: context.to(c, Part::VersionAmendments(&text.id, version, page)),
        previous: place.checked_sub(1).and_then(link),
        next: link(place + 1),
    })
}

/// The first article that it changed, in the consolidated text; the text itself where that article is gone.
fn in_consolidated(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    derived: &DerivedVersion,
    at: AmendmentIx,
) -> Option<String> {
    let amendment = &c.amendments[at];
    let grafted = &derived.grafted;
    if !grafted.adopted.has(at as u32) {
        return None;
    }
    let page = consolidated(context, c, d, (amendment.text, amendment.version))?;
    let edition = grafted.editions.get(context.lang);
    let done = edition.done.get(&at)?;
    // A unit that it only names, to put another beside it, is touched in nothing.
    let touched = done.touches.iter().find(|t| t.deletes || t.paragraph.is_some()).map(|t| t.unit);
    let unit = touched.or(done.units.last().copied())?;
    let place = edition.state.units(&grafted.adopted).into_iter().position(|of| of == unit);
    let item = place.and_then(|at| edition.consolidated.items.get(at.checked_sub(1)?));
    Some(match item {
        Some(Item::Article(a)) => format!("{page}#a-{}", a.id),
        Some(Item::Division(d)) => format!("{page}#d-{}", d.id),
        None => page,
    })
}
