//! The list of meetings, and the page of one with its minutes and the contributions it produced.

use super::Head;
use super::context::Context;
use super::contribution::{Card, card};
use super::fragment::{Fragment, thread};
use super::parts::{AttachmentView, Link, Prose};
use crate::derive::DerivedConsultation;
use crate::model::choices::MeetingKind;
use crate::model::site::{Consultation, MeetingIx};
use crate::model::when::Moment;
use crate::route::Part;
use crate::text::plain;
use serde::Serialize;

/// The list of meetings.
#[derive(Debug, Serialize)]
pub struct MeetingsView {
    /// What every view begins with.
    pub head: Head,
    /// The meetings, oldest first.
    pub meetings: Vec<MeetingCard>,
}

/// A meeting in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingCard {
    /// Its id.
    pub id: String,
    /// Address and title.
    #[serde(flatten)]
    pub link: Link,
    /// What it was.
    pub kind: MeetingKind,
    /// When it began.
    pub date: Moment,
    /// When it ended.
    pub end: Option<Moment>,
    /// Where.
    pub place: Option<String>,
    /// How many took part.
    pub participants: Option<u64>,
    /// Contributions it produced.
    pub contributions: usize,
}

/// Makes the list.
pub fn meetings(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> MeetingsView {
    MeetingsView {
        head: context.head("meetings", context.words(&c.title), context.words(&c.summary)),
        meetings: (0..c.meetings.len()).map(|at| meeting_card(context, c, d, at)).collect(),
    }
}

fn meeting_card(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: MeetingIx,
) -> MeetingCard {
    let meeting = &c.meetings[at];
    MeetingCard {
        id: meeting.id.to_string(),
        link: Link::new(context.to(c, Part::Meeting(&meeting.id)), &*meeting.title),
        kind: meeting.kind,
        date: meeting.date,
        end: meeting.end,
        place: meeting.place.as_ref().map(ToString::to_string),
        participants: meeting.participants,
        contributions: d.of_meeting.get(&at).map_or(0, Vec::len),
    }
}

/// A meeting's page.
#[derive(Debug, Serialize)]
pub struct MeetingView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// What the list says of it.
    #[serde(flatten)]
    pub card: MeetingCard,
    /// Minutes.
    pub minutes: Option<Prose<'s>>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Contributions with a page.
    pub produced: Vec<Card<'s>>,
    /// The others, linked to where they stand.
    pub fragments: Vec<Fragment<'s>>,
}

/// Makes a meeting's page.
pub fn meeting<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: MeetingIx,
) -> MeetingView<'s> {
    let meeting = &c.meetings[at];
    let (lang, minutes) = meeting.minutes.pick(context.lang);
    let mut head = context.head("meeting", &*meeting.title, plain(minutes, 400));
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    let produced = d.of_meeting.get(&at).map(Vec::as_slice).unwrap_or_default();
    let mut fragments = Vec::new();
    for other in produced.iter().copied().filter(|x| !c.contributions[*x].kind.has_page()) {
        let mut own = Vec::new();
        thread(context, c, d, other, &mut own);
        // Replies stand where the contribution itself stands; here only what the meeting produced is shown.
        own.truncate(1);
        for fragment in &mut own {
            let href = context.contribution_href(c, d, other);
            fragment.reply_to = Some(Link::new(href, c.contributions[other].id.as_str()));
        }
        fragments.extend(own);
    }
    MeetingView {
        head,
        card: meeting_card(context, c, d, at),
        minutes: Prose::official(minutes, lang),
        attachments: meeting.attachments.iter().map(|a| AttachmentView::new(a, c, context)).collect(),
        produced: produced
            .iter()
            .copied()
            .filter(|x| c.contributions[*x].kind.has_page())
            .map(|x| card(context, c, d, x))
            .collect(),
        fragments,
    }
}
