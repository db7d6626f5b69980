//! What was answered nothing, what is cited nowhere, and of what nothing is recorded: lists that say how many, what share, and each of them.

use super::coverage::{Coverage, Part as Share, article_of, counts, coverage};
use crate::derive::DerivedConsultation;
use crate::derive::trace::flow::is_silent;
use crate::model::choices::ContributionKind;
use crate::model::site::*;
use crate::model::when::Moment;
use crate::opendata::Csv;
use crate::route::{GAPS_PER_PAGE, Part};
use crate::view::Head;
use crate::view::context::Context;
use crate::view::parts::{Link, Pager};
use serde::Serialize;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// No response.
    Unanswered,
    /// No synthesis.
    Uncited,
    /// Nothing at all.
    Untraced,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct GapsView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Which: `unanswered`, `uncited`, `untraced`.
    pub gap: &'static str,
    /// Published contributions with a page that were answered, or cited.
    pub covered: Share,
    /// The same of arguments, sources, comments, answers, expressions of interest.
    pub fragments: Share,
    /// Merged into another, and so neither answered nor cited for themselves.
    pub merged: u64,
    /// The same by kind.
    pub kinds: Vec<KindShare>,
    /// By article, category and position, of those with a page.
    pub coverage: Coverage,
    /// Those of this page.
    pub rows: Vec<GapRow<'s>>,
    /// The pages of the list.
    pub pager: Pager,
    /// The page of what was answered, or of the syntheses.
    pub back: String,
    /// The consultation's id.
    pub consultation: &'s str,
    /// Every row, for the table of the first page.
    #[serde(skip)]
    all: Vec<GapRow<'s>>,
}

/// A share of a kind.
#[derive(Debug, Serialize)]
pub struct KindShare {
    /// The kind.
    pub kind: ContributionKind,
    /// Its share.
    #[serde(flatten)]
    pub part: Share,
}

/// A contribution.
#[derive(Debug, Serialize)]
pub struct GapRow<'s> {
    /// Its id.
    pub id: &'s str,
    /// Its address and title.
    #[serde(flatten)]
    pub link: Link,
    /// What it is.
    pub kind: ContributionKind,
    /// When.
    pub date: Option<Moment>,
    /// Its category.
    pub category: Option<String>,
    /// Its article.
    pub article: Option<Link>,
    /// Reactions for, declared.
    pub r#for: Option<u64>,
    /// Against.
    pub against: Option<u64>,
}

/// Whether a contribution is covered.
fn covered(gap: Gap, d: &DerivedConsultation, at: ContributionIx) -> bool {
    match gap {
        Gap::Unanswered => !d.responses[at].is_empty(),
        Gap::Uncited => !d.cited[at].is_empty(),
        Gap::Untraced => !is_silent(d, at),
    }
}

/// The contributions of a list: those with a page, in their order.
pub fn listed(gap: Gap, c: &Consultation, d: &DerivedConsultation) -> Vec<ContributionIx> {
    let mine = |at: &usize| {
        let x = &c.contributions[*at];
        x.kind.has_page() && counts(x) && !covered(gap, d, *at)
    };
    (0..c.contributions.len()).filter(mine).collect()
}

/// How many pages a list has; none where nothing of the sort is recorded at all.
pub fn pages(gap: Gap, c: &Consultation, d: &DerivedConsultation) -> usize {
    let recorded = match gap {
        Gap::Unanswered => !c.responses.is_empty(),
        Gap::Uncited => !c.syntheses.is_empty(),
        Gap::Untraced => {
            let follow_up = c.responses.len() + c.syntheses.len() + c.commitments.len();
            follow_up > 0 || c.amendments.iter().any(|a| !a.contributions.is_empty())
        }
    };
    if recorded { listed(gap, c, d).len().div_ceil(GAPS_PER_PAGE).max(1) } else { 0 }
}

/// The address of a page of a list.
pub fn part<'a>(gap: Gap, page: usize) -> Part<'a> {
    match gap {
        Gap::Unanswered => Part::Unanswered(page),
        Gap::Uncited => Part::Uncited(page),
        Gap::Untraced => Part::Untraced(page),
    }
}

/// Makes a page of a list.
pub fn gaps<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    gap: Gap,
    page: usize,
) -> GapsView<'s> {
    let list = listed(gap, c, d);
    let first = (page - 1) * GAPS_PER_PAGE;
    let rows = list.iter().skip(first).take(GAPS_PER_PAGE).map(|at| row(context, c, d, *at)).collect();
    let of = |wanted: &dyn Fn(ContributionKind) -> bool| {
        let mine = c.contributions.iter().enumerate().filter(|(_, x)| counts(x) && wanted(x.kind));
        let (mut count, mut all) = (0, 0);
        for (at, _) in mine {
            all += 1;
            count += u64::from(covered(gap, d, at));
        }
        Share::new(count, all)
    };
    let kinds = ContributionKind::ALL.iter().map(|kind| KindShare { kind: *kind, part: of(&|k| k == *kind) });
    GapsView {
        head: context.head("gaps", context.words(&c.title), context.words(&c.summary)),
        gap: match gap {
            Gap::Unanswered => "unanswered",
            Gap::Uncited => "uncited",
            Gap::Untraced => "untraced",
        },
        covered: of(&ContributionKind::has_page),
        fragments: of(&|k| !k.has_page()),
        merged: d.flow.pages.merged + d.flow.fragments.merged,
        kinds: kinds.filter(|k| k.part.of > 0).collect(),
        coverage: coverage(context, c, |at| c.contributions[at].kind.has_page(), |at| covered(gap, d, at)),
        rows,
        pager: Pager::of(page, list.len(), GAPS_PER_PAGE, |n| context.to(c, part(gap, n))),
        back: context.to(
            c,
            match gap {
                Gap::Unanswered => Part::Responses,
                Gap::Uncited => Part::Syntheses,
                Gap::Untraced => Part::Trace,
            },
        ),
        consultation: c.id.as_str(),
        all: match page {
            1 => list.iter().map(|at| row(context, c, d, *at)).collect(),
            _ => Vec::new(),
        },
    }
}

fn row<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: ContributionIx,
) -> GapRow<'s> {
    let x = &c.contributions[at];
    let category = x.category.as_ref().and_then(|id| c.categories.iter().find(|k| k.id == *id));
    let votes = x.votes.as_ref().map(|v| v.counts);
    GapRow {
        id: x.id.as_str(),
        link: context.contribution_link(c, d, at),
        kind: x.kind,
        date: x.date,
        category: category.map(|k| context.words(&k.title).to_owned()),
        article: article_of(c, at).map(|(text, id)| context.article_link(c, &c.texts[text], id)),
        r#for: votes.map(|v| v.r#for),
        against: votes.map(|v| v.against),
    }
}

/// The whole list as a table; on its first page only.
pub fn csv(view: &GapsView<'_>) -> Option<Vec<u8>> {
    if view.pager.page > 1 {
        return None;
    }
    let mut csv = Csv::new();
    csv.row(
        ["id", "kind", "title", "date", "category", "article", "for", "against"].map(|name| (name, false)),
    );
    for row in &view.all {
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let title = if row.link.title == row.id { "" } else { &*row.link.title };
        csv.row([
            (row.id, true),
            (row.kind.as_str(), false),
            (title, true),
            (row.date.map(|d| d.to_string()).unwrap_or_default().as_str(), false),
            (row.category.as_deref().unwrap_or_default(), true),
            (row.article.as_ref().map_or("", |a| &a.title), true),
            (number(row.r#for).as_str(), false),
            (number(row.against).as_str(), false),
        ]);
    }
    Some(csv.finish().0)
}
