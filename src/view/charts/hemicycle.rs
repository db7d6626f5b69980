//! A hemicycle: a seat a member, from left to right in the order of the groups, and in each group those for, against,
//! abstaining and absent, each with a shape. Above so many seats, a seat stands for several members, and says so.

use serde::Serialize;
use std::f64::consts::PI;

/// Width of the drawing.
const WIDTH: f64 = 360.0;
/// Radius of the outer row.
const OUTER: f64 = 152.0;
/// Radius of the inner row.
const INNER: f64 = 58.0;
/// Middle of all rows.
const CENTRE: (f64, f64) = (WIDTH / 2.0, 176.0);
/// Most seats drawn.
const SEATS: u64 = 700;

/// A hemicycle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hemicycle {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Radius of a seat.
    pub radius: f64,
    /// Radius of the ring of an abstention.
    pub ring: f64,
    /// Radius of the dot of an empty seat.
    pub dot: f64,
    /// The cross of a vote against, around the middle of its seat.
    pub cross: String,
    /// How many members a seat stands for.
    pub members: u64,
    /// The seats.
    pub seats: Vec<Seat>,
    /// The numbers of the groups, outside.
    pub groups: Vec<Mark>,
}

/// A seat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seat {
    /// Its middle.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// What its member said.
    pub position: Position,
}

/// What a member said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// For.
    For,
    /// Against.
    Against,
    /// Abstained.
    Abstention,
    /// Took no part.
    Absent,
}

/// The number of a group, which its row of the table bears too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// From 1.
    pub number: usize,
    /// Middle of the number.
    pub x: f64,
    /// Its line.
    pub y: f64,
}

/// A group: for, against, abstained, absent.
pub type Counts = [u64; 4];

/// Draws groups in their order; none when nobody sits.
pub fn hemicycle(groups: &[Counts]) -> Option<Hemicycle> {
    let all = groups.iter().flatten().fold(0_u64, |sum, n| sum.saturating_add(*n));
    if all == 0 {
        return None;
    }
    let members = all.div_ceil(SEATS);
    let seats_of = |counts: &Counts| counts.map(|n| n.div_ceil(members) as usize);
    let groups: Vec<[usize; 4]> = groups.iter().map(seats_of).collect();
    let total: usize = groups.iter().flatten().sum();
    let (places, radius) = places(total);
    let positions = [Position::For, Position::Against, Position::Abstention, Position::Absent];
    let (mut seats, mut marks): (Vec<Seat>, Vec<Mark>) = (Vec::new(), Vec::new());
    for (at, group) in groups.iter().enumerate() {
        let first = seats.len();
        for (count, position) in group.iter().zip(positions) {
            for _ in 0..*count {
                if let Some((_, x, y)) = places.get(seats.len()) {
                    seats.push(Seat { x: *x, y: *y, position });
                }
            }
        }
        let middle = places.get((first + seats.len()) / 2).filter(|_| seats.len() > first);
        if let Some((angle, _, _)) = middle {
            let (x, y) = at_angle(*angle, OUTER + radius + 10.0);
            marks.push(Mark { number: at + 1, x, y: tenths(y + 4.0) });
        }
    }
    let arm = tenths(radius * 0.8);
    Some(Hemicycle {
        width: WIDTH as u32,
        height: (CENTRE.1 + radius + 4.0).ceil() as u32,
        radius: tenths(radius),
        ring: tenths(radius * 0.76),
        dot: tenths(radius * 0.35),
        cross: format!("M-{arm} -{arm}L{arm} {arm}M-{arm} {arm}L{arm} -{arm}"),
        members,
        seats,
        groups: marks,
    })
}

/// So many seats in rows, from left to right: angle from the left, place. And the radius of a seat.
fn places(total: usize) -> (Vec<(f64, f64, f64)>, f64) {
    // As many rows as leave seats about as far from each other along a row as between rows.
    let room = |rows: usize| {
        let gap = if rows > 1 { (OUTER - INNER) / (rows - 1) as f64 } else { OUTER - INNER };
        let along: f64 = radii(rows).iter().map(|r| PI * r / gap + 1.0).sum();
        (gap, along.floor() as usize)
    };
    let rows = (1..=24).find(|rows| room(*rows).1 >= total).unwrap_or(24);
    let radii = radii(rows);
    let whole: f64 = radii.iter().sum();
    let mut counts: Vec<usize> = radii.iter().map(|r| (total as f64 * r / whole).floor() as usize).collect();
    let mut rest = total - counts.iter().sum::<usize>();
    for count in counts.iter_mut().rev() {
        if rest > 0 {
            *count += 1;
            rest -= 1;
        }
    }
    let mut all: Vec<(f64, f64, f64)> = Vec::new();
    for (count, radius) in counts.iter().zip(&radii) {
        for seat in 0..*count {
            let angle = if *count > 1 { PI * seat as f64 / (*count - 1) as f64 } else { PI / 2.0 };
            let (x, y) = at_angle(angle, *radius);
            all.push((angle, x, y));
        }
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.total_cmp(&b.1)));
    let along = counts.iter().zip(&radii).filter(|(n, _)| **n > 1);
    let nearest = along.map(|(n, r)| PI * r / (*n - 1) as f64).fold(room(rows).0, f64::min);
    (all, (nearest * 0.42).clamp(1.5, 9.0))
}

fn radii(rows: usize) -> Vec<f64> {
    let step = if rows > 1 { (OUTER - INNER) / (rows - 1) as f64 } else { 0.0 };
    (0..rows).map(|row| if rows > 1 { INNER + step * row as f64 } else { (OUTER + INNER) / 2.0 }).collect()
}

fn at_angle(angle: f64, radius: f64) -> (f64, f64) {
    (tenths(CENTRE.0 - radius * angle.cos()), tenths(CENTRE.1 - radius * angle.sin()))
}

/// To a tenth: the same on every machine, and finer than a pixel.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_has_a_seat_and_groups_stand_from_left_to_right() {
        let drawn = hemicycle(&[[90, 2, 3, 5], [1, 40, 0, 0], [0, 0, 0, 0], [0, 436, 0, 0]]).unwrap();
        assert_eq!((drawn.seats.len(), drawn.members), (577, 1));
        assert_eq!(drawn.seats.iter().filter(|s| s.position == Position::For).count(), 91);
        assert_eq!(drawn.groups.iter().map(|g| g.number).collect::<Vec<_>>(), [1, 2, 4]);
        assert!(drawn.groups[0].x < drawn.groups[1].x && drawn.groups[1].x < drawn.groups[2].x);
        let inside = |s: &&Seat| s.x > 0.0 && s.x < 360.0 && s.y > 0.0 && s.y < f64::from(drawn.height);
        assert_eq!(drawn.seats.iter().filter(inside).count(), 577);
    }

    #[test]
    fn a_large_assembly_has_seats_for_several_and_an_empty_one_has_none() {
        let drawn = hemicycle(&[[1000, 0, 0, 0], [0, 1000, 0, 0]]).unwrap();
        assert_eq!(drawn.members, 3);
        assert!(drawn.seats.len() <= 700);
        assert!(hemicycle(&[[0; 4]]).is_none());
        assert_eq!(hemicycle(&[[1, 0, 0, 0]]).unwrap().seats.len(), 1);
    }
}
