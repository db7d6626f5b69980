//! Articles that were split or merged: what is left over on one side and stands, for the most part, inside an
//! article of the other side, in words which that article's own partner does not account for.

use super::bag::{Bag, shared};
use super::groups::{Free, Group, Unit};
use super::weights::{Numbered, Words};

/// The share of an article's pairs of words that must stand in another one for it to be a part. Single words would
/// not do: a long article has most words of a short one.
const PART: f64 = 0.5;
/// Words below which an article is nobody's part: `Le deuxième alinéa de l’article 3 est supprimé` stands everywhere.
const LONG_ENOUGH: u32 = 25;
/// The share of an article without a partner of its own that its parts must make up together: a formula that stands in
/// a long article does not carry that article on.
const MADE_UP: f64 = 0.25;

/// Adds left-over articles to the groups of which they are parts, the surest first.
pub(super) fn add_parts(words: &Words, left: &[Unit], right: &[Unit], groups: &mut Vec<Group>) {
    let free = Free::new(left.len(), right.len(), groups);
    let parts = |units: &[Unit], free: &[bool]| -> Vec<usize> {
        (0..units.len()).filter(|at| free[*at] && units[*at].bag.len() >= LONG_ENOUGH).collect()
    };
    let split = Wholes { words, parts: (right, &words.right), wholes: (left, &words.left) };
    split.add(&parts(right, &free.right), groups, |group| (&mut group.right, &mut group.left));
    let merged = Wholes { words, parts: (left, &words.left), wholes: (right, &words.right) };
    let free = Free::new(left.len(), right.len(), groups);
    merged.add(&parts(left, &free.left), groups, |group| (&mut group.left, &mut group.right));
}

/// One direction: parts of one version, wholes of the other.
struct Wholes<'w> {
    words: &'w Words,
    parts: (&'w [Unit<'w>], &'w [Numbered]),
    wholes: (&'w [Unit<'w>], &'w [Numbered]),
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
        let mut group_of: Vec<Option<usize>> = vec![None; self.wholes.0.len()];
        for (at, group) in groups.iter_mut().enumerate() {
            sides(group).1.iter().for_each(|whole| group_of[*whole] = Some(at));
        }
        let known = groups.len();
        let index = self.words.index(self.wholes.1, |_| true);
        let mut shares = vec![0; self.wholes.0.len()];
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        for part in parts {
            for whole in self.words.near(&self.parts.1[*part], &index, &mut shares) {
                let partners = group_of[whole].map_or_else(Vec::new, |at| sides(&mut groups[at]).0.clone());
                let share = self.inside(*part, whole, &partners);
                if share >= PART {
                    found.push((share, *part, whole));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken = vec![false; self.parts.0.len()];
        for (_, part, whole) in found {
            let at = group_of[whole].unwrap_or(groups.len());
            if at == groups.len() {
                groups.push(Group { left: Vec::new(), right: Vec::new() });
                sides(&mut groups[at]).1.push(whole);
                group_of[whole] = Some(at);
            }
            let (members, _) = sides(&mut groups[at]);
            // What an earlier part took is no longer there to be shared.
            if !taken[part] && self.inside(part, whole, members) >= PART {
                members.push(part);
                taken[part] = true;
            }
        }
        let mut at = 0;
        groups.retain_mut(|group| {
            at += 1;
            let (members, wholes) = sides(group);
            let length = |units: &[Unit], places: &[usize]| -> u32 {
                places.iter().map(|place| units[*place].bag.len()).sum()
            };
            let (parts, whole) = (length(self.parts.0, members), length(self.wholes.0, wholes));
            at <= known || f64::from(parts) >= MADE_UP * f64::from(whole)
        });
    }

    /// The share of a part that stands in what the partners leave of the whole.
    fn inside(&self, part: usize, whole: usize, partners: &[usize]) -> f64 {
        let mut rest = pairs(&self.wholes.0[whole]);
        partners.iter().for_each(|partner| rest.take_away(&pairs(&self.parts.0[*partner])));
        let part = pairs(&self.parts.0[part]);
        f64::from(shared(&part, &rest)) / f64::from(part.len().max(1))
    }
}

fn pairs(unit: &Unit) -> Bag {
    Bag::of_pairs(unit.article.paragraphs.iter().map(|p| &*p.markdown).chain([&*unit.article.heading]))
}
