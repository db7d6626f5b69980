//! Articles that were split or merged: what is left over on one side and stands, for the most part, inside an
//! article of the other side, in words which that article's own partner does not account for.

use super::groups::{Free, Group, SHORT, Unit};
use super::weights::{Numbered, Words};

/// The share of an article's words (by weight) that must stand in another one for it to be a part.
const PART: f64 = 0.5;

/// Adds left-over articles to the groups of which they are parts, the surest first.
pub(super) fn add_parts(words: &Words, left: &[Unit], right: &[Unit], groups: &mut Vec<Group>) {
    let free = Free::new(left.len(), right.len(), groups);
    let parts = |units: &[Unit], free: &[bool]| -> Vec<usize> {
        (0..units.len()).filter(|at| free[*at] && units[*at].bag.len() >= SHORT).collect()
    };
    let split = Wholes { words, parts: &words.right, wholes: &words.left };
    split.add(&parts(right, &free.right), groups, |group| (&mut group.right, &mut group.left));
    let merged = Wholes { words, parts: &words.left, wholes: &words.right };
    let free = Free::new(left.len(), right.len(), groups);
    merged.add(&parts(left, &free.left), groups, |group| (&mut group.left, &mut group.right));
}

/// One direction: parts of one version, wholes of the other.
struct Wholes<'w> {
    words: &'w Words,
    parts: &'w [Numbered],
    wholes: &'w [Numbered],
}

impl Wholes<'_> {
    /// `sides` gives the sides of a group that hold the parts and the whole.
    fn add(
        &self,
        parts: &[usize],
        groups: &mut Vec<Group>,
        sides: impl Fn(&mut Group) -> (&mut Vec<usize>, &mut Vec<usize>),
    ) {
        if parts.is_empty() {
            return;
        }
        // The group of each whole, and whether it may have parts: a group is never several on both sides.
        let mut group_of: Vec<Option<usize>> = vec![None; self.wholes.len()];
        for (at, group) in groups.iter_mut().enumerate() {
            sides(group).1.iter().for_each(|whole| group_of[*whole] = Some(at));
        }
        let index = self.words.index(self.wholes, |_| true);
        let mut shares = vec![0; self.wholes.len()];
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        for part in parts {
            for whole in self.words.near(&self.parts[*part], &index, &mut shares) {
                let partners = group_of[whole].map_or_else(Vec::new, |at| sides(&mut groups[at]).0.clone());
                let share = self.inside(*part, whole, &partners);
                if share >= PART {
                    found.push((share, *part, whole));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken = vec![false; self.parts.len()];
        for (_, part, whole) in found {
            let at = group_of[whole].unwrap_or(groups.len());
            if at == groups.len() {
                groups.push(Group { left: Vec::new(), right: Vec::new() });
                sides(&mut groups[at]).1.push(whole);
                group_of[whole] = Some(at);
            }
            let (members, wholes) = sides(&mut groups[at]);
            // What an earlier part took is no longer there to be shared.
            if !taken[part] && wholes.len() == 1 && self.inside(part, whole, members) >= PART {
                members.push(part);
                taken[part] = true;
            }
        }
        groups.retain(|group| !group.left.is_empty() && !group.right.is_empty());
    }

    /// The share of a part that stands in what the partners leave of the whole.
    fn inside(&self, part: usize, whole: usize, partners: &[usize]) -> f64 {
        let mut rest = self.wholes[whole].clone();
        for partner in partners {
            take_away(&mut rest, &self.parts[*partner]);
        }
        let part = &self.parts[part];
        self.words.common(part, &rest) as f64 / self.words.mass(part).max(1) as f64
    }
}

/// Lowers counts; both lists are sorted by word.
fn take_away(rest: &mut Numbered, other: &Numbered) {
    let mut others = other.iter().peekable();
    for (word, count) in rest {
        while others.next_if(|(other, _)| other < word).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == word) {
            *count = count.saturating_sub(*other);
        }
    }
}
