//! The rounds of an instant runoff as a flow: a bar a round across the whole width, a segment an option still standing,
//! and bands that carry the ballots of what was eliminated to their next choice. Ballots that name nobody any more
//! gather at the right.

use super::{Segment, percent, segments};
use serde::Serialize;

/// Height of a bar.
const BAR: u32 = 34;
/// Height of the bands between two bars.
const FALL: u32 = 46;
/// Room above the first bar, for the name of its round.
const TOP: u32 = 20;
/// Width in which bands are drawn; it is stretched to the page.
const WIDE: f64 = 1000.0;

/// A flow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rounds {
    /// Its height.
    pub height: u32,
    /// Height of a bar.
    pub bar: u32,
    /// Votes were set aside in some round.
    pub aside: bool,
    /// The options, each with the letter by which segments name it.
    pub options: Vec<Lettered>,
    /// The rounds.
    pub rounds: Vec<Drawn>,
    /// The bands: outlines in a box 1000 wide and as high as the flow.
    pub bands: Vec<Band>,
}

/// An option and its letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lettered {
    /// `A`, `B`… `Z`, `A2`…
    pub letter: String,
    /// Its title.
    pub title: String,
    /// Its count in each round; none once it is eliminated.
    pub counts: Vec<Option<u64>>,
    /// The round, from 1, at the end of which it left.
    pub left: Option<usize>,
    /// It won.
    pub winner: bool,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawn {
    /// Its number, from 1.
    pub number: usize,
    /// Top of its bar.
    pub y: u32,
    /// Line of the words in it.
    pub text: u32,
    /// Line of its name, above it.
    pub name: u32,
    /// Its segments, in the order of the options.
    pub segments: Vec<Standing>,
    /// Votes set aside, because they rank several equally best.
    pub aside: u64,
    /// Votes that name nobody any more.
    pub exhausted: u64,
    /// Titles of those who leave after it.
    pub eliminated: Vec<String>,
    /// Where their ballots go.
    pub transfers: Vec<Moved>,
}

/// A segment of a round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Place and count.
    #[serde(flatten)]
    pub segment: Segment,
    /// The letter of its option; none for votes that count for none.
    pub letter: Option<String>,
    /// What becomes of it: `winner`, `eliminated`, `standing`, `aside`, `exhausted`.
    pub state: &'static str,
}

/// Votes that went from one option to another, as words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// From this option; none from those set aside.
    pub from: Option<String>,
    /// To this one; none when they count for none.
    pub to: Option<String>,
    /// They rank nobody who still stands.
    pub exhausted: bool,
    /// So many.
    pub count: u64,
}

/// A band between two rounds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// Its outline.
    pub path: String,
    /// It carries the ballots of an option that was eliminated.
    pub moved: bool,
}

/// What a round is made from. Options are places; the place after the last option holds votes set aside, and the one
/// after it votes that name nobody any more.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// The count of each place.
    pub counts: Vec<u64>,
    /// Who leaves after it.
    pub eliminated: Vec<usize>,
    /// Where votes go: from, to, how many.
    pub transfers: Vec<(usize, usize, u64)>,
}

impl Round {
    fn sum(&self) -> u64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

impl Rounds {
    /// Draws rounds; none without any.
    pub fn new(titles: &[String], rounds: &[Round], winners: &[usize]) -> Option<Rounds> {
        let last = rounds.len().checked_sub(1)?;
        let whole = rounds.iter().map(Round::sum).max().unwrap_or(0);
        let mut left: Vec<Option<usize>> = vec![None; titles.len()];
        for (at, round) in rounds.iter().enumerate() {
            for option in &round.eliminated {
                if let Some(left) = left.get_mut(*option) {
                    left.get_or_insert(at + 1);
                }
            }
        }
        let draw = |(at, round): (usize, &Round)| {
            drawn(at, round, titles, whole, if at == last { winners } else { &[] })
        };
        let bands = rounds.windows(2).enumerate().flat_map(|(at, two)| fall(at, &two[0], &two[1], whole));
        let options = titles.iter().enumerate().map(|(option, title)| {
            let stood = |at: usize| left[option].is_none_or(|last| at < last);
            let count =
                |(at, round): (usize, &Round)| round.counts.get(option).copied().filter(|_| stood(at));
            Lettered {
                letter: letter(option),
                title: title.clone(),
                counts: rounds.iter().enumerate().map(count).collect(),
                left: left[option],
                winner: winners.contains(&option),
            }
        });
        Some(Rounds {
            height: TOP + rounds.len() as u32 * (BAR + FALL) - FALL + 2,
            bar: BAR,
            aside: rounds.iter().any(|round| round.counts.get(titles.len()).is_some_and(|n| *n > 0)),
            options: options.collect(),
            bands: bands.collect(),
            rounds: rounds.iter().enumerate().map(draw).collect(),
        })
    }
}

/// A round; winners are known in the last one.
fn drawn(at: usize, round: &Round, titles: &[String], whole: u64, winners: &[usize]) -> Drawn {
    let y = TOP + at as u32 * (BAR + FALL);
    let (aside, exhausted) = (titles.len(), titles.len() + 1);
    let state = |place: usize| match place {
        _ if place == aside => "aside",
        _ if place == exhausted => "exhausted",
        _ if round.eliminated.contains(&place) => "eliminated",
        _ if winners.contains(&place) => "winner",
        _ => "standing",
    };
    let standing = segments(&round.counts, whole).into_iter().enumerate().filter(|(_, s)| s.count > 0);
    let standing = standing.map(|(place, segment)| Standing {
        segment,
        letter: (place < aside).then(|| letter(place)),
        state: state(place),
    });
    let title = |place: &usize| titles.get(*place).cloned();
    let moved = |(from, to, count): &(usize, usize, u64)| Moved {
        from: title(from),
        to: title(to),
        exhausted: *to == exhausted,
        count: *count,
    };
    let count = |place: usize| round.counts.get(place).copied().unwrap_or(0);
    Drawn {
        number: at + 1,
        y,
        text: y + BAR / 2 + 5,
        name: y - 6,
        segments: standing.collect(),
        aside: count(aside),
        exhausted: count(exhausted),
        eliminated: round.eliminated.iter().filter_map(title).collect(),
        transfers: round.transfers.iter().map(moved).collect(),
    }
}

/// The bands between a round and the next: what stays falls straight, what moves crosses.
fn fall(at: usize, round: &Round, next: &Round, whole: u64) -> Vec<Band> {
    let starts = |round: &Round| {
        let mut before: u64 = 0;
        let start = |count: &u64| {
            let own = before;
            before = before.saturating_add(*count);
            own
        };
        round.counts.iter().map(start).collect::<Vec<u64>>()
    };
    let (mut from, mut to) = (starts(round), starts(next));
    let (top, bottom) = (TOP + at as u32 * (BAR + FALL) + BAR, TOP + (at as u32 + 1) * (BAR + FALL));
    let mut bands = Vec::new();
    let mut band = |out: usize, into: usize, count: u64, moved: bool| {
        let (Some(a), Some(b)) = (from.get_mut(out), to.get_mut(into)) else { return };
        if count > 0 {
            bands.push(Band { path: path((*a, *b), count, (top, bottom), whole), moved });
        }
        *a = a.saturating_add(count);
        *b = b.saturating_add(count);
    };
    for (place, count) in round.counts.iter().enumerate() {
        let gone = round.transfers.iter().filter(|(from, _, _)| *from == place).map(|(_, _, count)| count);
        band(place, place, count.saturating_sub(gone.sum()), false);
    }
    for (out, into, count) in &round.transfers {
        band(*out, *into, *count, true);
    }
    bands
}

/// The outline of a band: two curves and the ends between them.
fn path((from, to): (u64, u64), count: u64, (top, bottom): (u32, u32), whole: u64) -> String {
    let at = |place: u64| format!("{:.1}", percent(place, whole) * WIDE / 100.0);
    let middle = (top + bottom) / 2;
    let (a, b) = (at(from), at(from.saturating_add(count)));
    let (c, d) = (at(to), at(to.saturating_add(count)));
    format!("M{a} {top}C{a} {middle} {c} {middle} {c} {bottom}H{d}C{d} {middle} {b} {middle} {b} {top}Z")
}

/// The letter of an option.
pub fn letter(option: usize) -> String {
    let name = char::from(b'A' + (option % 26) as u8);
    if option < 26 { name.to_string() } else { format!("{name}{}", option / 26 + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ballots_of_the_eliminated_fall_on_their_next_choice() {
        let titles = ["a", "b", "c"].map(String::from);
        let first =
            Round { counts: vec![4, 3, 3, 0, 0], eliminated: vec![2], transfers: vec![(2, 1, 2), (2, 4, 1)] };
        let second = Round { counts: vec![4, 5, 0, 0, 1], ..Round::default() };
        let rounds = Rounds::new(&titles, &[first, second], &[1]).unwrap();
        assert_eq!(rounds.bands.len(), 4);
        assert_eq!(rounds.bands.iter().filter(|b| b.moved).count(), 2);
        assert!(rounds.bands[2].path.starts_with("M700.0 54C700.0 77 700.0 77 700.0 100H900.0"));
        assert_eq!(rounds.options[2].counts, [Some(3), None]);
        assert_eq!(rounds.rounds[1].segments[1].state, "winner");
        assert_eq!(rounds.rounds[1].segments.last().unwrap().state, "exhausted");
        assert!(Rounds::new(&titles, &[], &[]).is_none());
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 53].map(letter), ["A", "Z", "A2", "B3"]);
    }
}
