//! The amendments on one version of a text, in the order of discussion, and those that meet.

use super::Head;
use super::amendments::{
    AmendmentName, OutcomeCount, PlaceGroup, consolidated, name, outcomes, places, slice, table,
};
use super::context::Context;
use super::marked;
use super::parts::{Link, Pager};
use crate::derive::DerivedConsultation;
use crate::derive::conflicts::{Conflict, Meeting};
use crate::model::site::*;
use crate::model::when::Date;
use crate::route::{AMENDMENTS_PER_PAGE, Part};
use serde::Serialize;
use std::collections::BTreeMap;

/// The amendments on one version.
#[derive(Debug, Serialize)]
pub struct VersionAmendmentsView {
    /// What every view begins with.
    pub head: Head,
    /// The text.
    pub text: Link,
    /// The version.
    pub version: Link,
    /// Its date.
    pub date: Date,
    /// How many have each outcome.
    pub outcomes: Vec<OutcomeCount>,
    /// Changes that were not tabled.
    pub changes: usize,
    /// The version with what was adopted.
    pub consolidated: Option<String>,
    /// Those of this page, by place in the text.
    pub places: Vec<PlaceGroup>,
    /// How many pairs meet in each way.
    pub meetings: Vec<MeetingCount>,
    /// The pairs that meet and of which the first is on this page.
    pub conflicts: Vec<ConflictView>,
    /// The pages of the list.
    pub pager: Pager,
}

/// Pairs that meet in one way.
#[derive(Debug, Serialize)]
pub struct MeetingCount {
    /// How.
    pub meeting: Meeting,
    /// How many pairs.
    pub count: usize,
}

/// Two amendments that meet.
#[derive(Debug, Serialize)]
pub struct ConflictView {
    /// The first in the order of discussion; the one that takes away.
    pub first: AmendmentName,
    /// The other.
    pub second: AmendmentName,
    /// How.
    pub meeting: Meeting,
    /// Where in the version.
    pub place: Option<Link>,
    /// The paragraph there.
    pub paragraph: Option<u32>,
}

/// Makes a page of the list of a version.
pub fn amendments(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    (t, v): (TextIx, usize),
    page: usize,
) -> VersionAmendmentsView {
    let text = &c.texts[t];
    let version = &text.versions[v];
    let derived = &d.texts[t].versions[v];
    let all = &derived.discussion;
    let shown = slice(all, page);
    let (outcomes, changes) = outcomes(c, all);
    let mut meetings: BTreeMap<Meeting, usize> = BTreeMap::new();
    derived.conflicts.iter().for_each(|x| *meetings.entry(x.meeting).or_default() += 1);
    let here: BTreeMap<AmendmentIx, usize> = shown.iter().enumerate().map(|(n, at)| (*at, n)).collect();
    let mut conflicts: Vec<&Conflict> =
        derived.conflicts.iter().filter(|x| here.contains_key(&x.first)).collect();
    conflicts.sort_by_key(|x| here.get(&x.first));
    let one = |x: &Conflict| ConflictView {
        first: name(context, c, x.first),
        second: name(context, c, x.second),
        meeting: x.meeting,
        place: marked::place(context, c, (text, v), x.unit, x.paragraph),
        paragraph: x.paragraph,
    };
    let title = context.text_title(text);
    VersionAmendmentsView {
        head: context.head("version-amendments", title, context.words(&version.title)),
        text: context.text_link(c, text),
        version: Link::new(
            context.to(c, Part::Version(&text.id, &version.id)),
            context.words(&version.title),
        ),
        date: version.date,
        outcomes,
        changes,
        consolidated: consolidated(context, c, d, (t, v)),
        places: places(context, c, d, shown),
        meetings: meetings.into_iter().map(|(meeting, count)| MeetingCount { meeting, count }).collect(),
        conflicts: conflicts.into_iter().map(one).collect(),
        pager: Pager::of(page, all.len(), AMENDMENTS_PER_PAGE, |n| {
            context.to(c, Part::VersionAmendments(&text.id, &version.id, n))
        }),
    }
}

/// The rows of a page of the list of a version, as CSV.
pub fn csv(view: &VersionAmendmentsView) -> Vec<u8> {
    table(view.places.iter())
}
