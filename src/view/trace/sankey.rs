//! The flow as a drawing: a column a stage, a bar a group of contributions as high as there are many, a band between
//! two bars as thick as there are contributions that go from one to the other. Numbers are on the bars; the same ones
//! stand in the table of the page.

use crate::derive::trace::flow::{Answered, Reached, Stream};
use crate::model::choices::{Decision, ModerationState};
use crate::model::site::Consultation;
use serde::Serialize;
use std::collections::BTreeMap;

/// Width of the drawing.
const WIDTH: u32 = 760;
/// Height that all contributions together take.
const TALL: f64 = 300.0;
/// Width of a bar.
const BAR: u32 = 14;
/// Room between two bars of a column, for the words of the upper one.
const GAP: f64 = 26.0;
/// Height of the words beside a bar.
const WORDS: f64 = 38.0;
/// Width of the words beside the last column.
const WORDS_WIDE: u32 = 175;
/// Room above the first bar.
const TOP: f64 = 8.0;

/// A drawing.
#[derive(Debug, Serialize)]
pub struct Sankey {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The bars, column by column.
    pub bars: Vec<Bar>,
    /// The bands between them, each as a path.
    pub bands: Vec<Band>,
}

/// A bar: `name` is a key of the messages, `flow_<name>`.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// Which.
    pub name: &'static str,
    /// How many.
    pub count: u64,
    /// Its column, from 0.
    pub column: usize,
    /// Left.
    pub x: u32,
    /// Top.
    pub y: String,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: String,
    /// Where its words begin.
    pub text: u32,
    /// The line of its number.
    pub line: String,
}

/// A band.
#[derive(Debug, Serialize)]
pub struct Band {
    /// From which bar.
    pub from: &'static str,
    /// To which.
    pub to: &'static str,
    /// How many.
    pub count: u64,
    /// Its outline.
    pub path: String,
}

/// Stages in columns: the counts between the bars of each and those of the next.
type Columns = Vec<BTreeMap<(usize, usize), u64>>;

fn answered(answered: Answered) -> (usize, &'static str) {
    match answered {
        Answered::By(Some(Decision::Kept)) => (0, "kept"),
        Answered::By(Some(Decision::KeptInPart)) => (1, "kept-in-part"),
        Answered::By(Some(Decision::NotKept)) => (2, "not-kept"),
        Answered::By(Some(Decision::OutOfScope)) => (3, "out-of-scope"),
        Answered::By(None) => (4, "undecided"),
        Answered::Merged => (5, "merged"),
        Answered::No => (6, "unanswered"),
    }
}

fn reached(reached: Reached) -> (usize, &'static str) {
    match reached {
        Reached::Passage => (0, "passage"),
        Reached::Adopted => (1, "adopted-only"),
        Reached::Pending => (2, "pending"),
        Reached::NotAdopted => (3, "not-adopted"),
        Reached::Article => (4, "article"),
        Reached::Nothing => (5, "nothing"),
    }
}

/// Draws the flow; nothing where one could only say how many were published.
pub fn sankey(c: &Consultation, flow: &Stream) -> Option<Sankey> {
    let (responses, amendments) = (!c.responses.is_empty(), !c.amendments.is_empty());
    if flow.received == 0 || !(responses || amendments) {
        return None;
    }
    let mut names: Vec<BTreeMap<usize, &'static str>> = vec![BTreeMap::from([(0, "received")])];
    let mut columns: Columns = Vec::new();
    let states = [
        (0, "published", ModerationState::Published),
        (1, "withheld", ModerationState::Withheld),
        (2, "erased", ModerationState::Erased),
    ];
    let states = states.map(|(at, name, state)| (at, name, flow.in_state(state)));
    columns.push(states.iter().filter(|s| s.2 > 0).map(|(at, _, n)| ((0, *at), *n)).collect());
    names.push(states.iter().filter(|s| s.2 > 0).map(|(at, name, _)| (*at, *name)).collect());
    let (mut to_answer, mut to_reach) = (BTreeMap::new(), BTreeMap::new());
    let (mut answers, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for ((answer, reach), count) in &flow.ends {
        let (a, a_name) = answered(*answer);
        // A merged contribution goes with its target, which has its own band.
        let merged = *answer == Answered::Merged;
        let (r, r_name) = if merged && !responses { (6, "merged") } else { reached(*reach) };
        *to_answer.entry((0, a)).or_default() += count;
        answers.insert(a, a_name);
        if !(merged && responses) {
            *to_reach.entry((if responses { a } else { 0 }, r)).or_default() += count;
            ends.insert(r, r_name);
        }
    }
    if responses {
        columns.push(to_answer);
        names.push(answers);
    }
    if amendments {
        columns.push(to_reach);
        names.push(ends);
    }
    Some(drawn(&names, &columns, flow.received))
}

fn drawn(names: &[BTreeMap<usize, &'static str>], columns: &Columns, all: u64) -> Sankey {
    let scale = TALL / all as f64;
    let step = (WIDTH - WORDS_WIDE) / (names.len().max(2) as u32 - 1);
    let mut places: Vec<BTreeMap<usize, (f64, f64)>> = Vec::new();
    let mut bars = Vec::new();
    let mut deepest: f64 = 0.0;
    for (column, of) in names.iter().enumerate() {
        let mut y = TOP;
        let mut here = BTreeMap::new();
        for (at, name) in of {
            let count: u64 = match column.checked_sub(1) {
                None => all,
                Some(before) => columns[before].iter().filter(|((_, to), _)| to == at).map(|(_, n)| n).sum(),
            };
            let height = (count as f64 * scale).max(2.0);
            here.insert(*at, (y, height));
            let x = column as u32 * step;
            bars.push(Bar {
                name,
                count,
                column,
                x,
                y: number(y),
                width: BAR,
                height: number(height),
                text: x + BAR + 7,
                line: number(y + 13.0),
            });
            deepest = deepest.max(y + height.max(WORDS));
            y += height.max(WORDS - GAP) + GAP;
        }
        places.push(here);
    }
    let mut bands = Vec::new();
    for (column, flows) in columns.iter().enumerate() {
        let mut out: BTreeMap<usize, f64> = BTreeMap::new();
        let mut into: BTreeMap<usize, f64> = BTreeMap::new();
        for ((from, to), count) in flows {
            let (Some((top, _)), Some((end, _))) = (places[column].get(from), places[column + 1].get(to))
            else {
                continue;
            };
            let thick = *count as f64 * scale;
            let (a, b) = (out.entry(*from).or_default(), into.entry(*to).or_default());
            let (left, right) = (column as u32 * step + BAR, (column as u32 + 1) * step);
            bands.push(Band {
                from: names[column].get(from).copied().unwrap_or_default(),
                to: names[column + 1].get(to).copied().unwrap_or_default(),
                count: *count,
                path: path((left, top + *a), (right, end + *b), thick.max(1.0)),
            });
            *a += thick;
            *b += thick;
        }
    }
    Sankey { width: WIDTH, height: (deepest + TOP) as u32, bars, bands }
}

/// One decimal: the same on every machine, and fine enough.
fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// The outline of a band: two curves and the ends between them.
fn path((left, top): (u32, f64), (right, end): (u32, f64), thick: f64) -> String {
    let middle = (left + right) / 2;
    let (t, e) = (number(top), number(end));
    let (tb, eb) = (number(top + thick), number(end + thick));
    format!("M{left} {t}C{middle} {t} {middle} {e} {right} {e}V{eb}C{middle} {eb} {middle} {tb} {left} {tb}Z")
}
