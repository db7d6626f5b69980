//! Levels of divisions, and with them the ids of a document, in the order of the text.

use crate::model::choices::Numbering;
use crate::model::id::Id;
use crate::model::numbering::{Heading, Ids};

/// Deepest level: Markdown has no seventh.
const DEEPEST: u8 = 6;

pub(super) struct Outline {
    numbering: Numbering,
    open: Vec<Open>,
    ids: Ids,
}

/// A division that the next one may stand in.
struct Open {
    depth: Option<u8>,
    rank: Option<u8>,
    level: u8,
}

impl Outline {
    pub(super) fn new(numbering: Numbering) -> Self {
        Outline { numbering, open: Vec::new(), ids: Ids::default() }
    }

    /// The id of an article.
    pub(super) fn article(&mut self, number: &str) -> Id {
        self.ids.next(&Heading { level: None, number: number.into(), heading: "".into() })
    }

    /// Level and id of a division: its depth where it is marked as a heading, else one deeper than the nearest open
    /// division of a wider kind.
    pub(super) fn division(
        &mut self,
        depth: Option<u8>,
        rank: Option<u8>,
        number: &str,
        heading: &str,
    ) -> (u8, Id) {
        while let Some(open) = self.open.last() {
            let wider = match ((open.depth, depth), (open.rank, rank)) {
                ((Some(open), Some(new)), _) | ((None, _) | (_, None), (Some(open), Some(new))) => open < new,
                ((None, _) | (_, None), (None, _) | (_, None)) => rank != Some(0),
            };
            if wider {
                break;
            }
            self.open.pop();
        }
        let below = self.open.last().map_or(1, |open| open.level + 1).min(DEEPEST);
        let level = match (self.numbering, depth) {
            (Numbering::Generic, Some(depth)) => depth,
            (Numbering::French, _) | (Numbering::Generic, None) => below,
        };
        self.open.push(Open { depth, rank, level });
        let heading = Heading { level: Some(level), number: number.into(), heading: heading.into() };
        (level, self.ids.next(&heading))
    }
}
