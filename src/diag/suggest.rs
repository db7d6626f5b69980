//! “Did you mean…”: the nearest of a few known words, or none when nothing is near.

/// The candidate at the smallest edit distance from `word`, when that distance is at most a third of its
/// length (at least one, so that a one-letter slip in a short word is seen). Ties go to the first candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    // One letter is a slip away from every other.
    let limit = if word.len() < 2 { 0 } else { (word.len() / 3).max(1) };
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let distance = distance(&word, &candidate.to_lowercase().chars().take(64).collect::<Vec<_>>());
        if distance <= limit && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Levenshtein distance between two words, adjacent transpositions counted as one edit.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        let keys = ["title", "summary", "organiser", "phases"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("organizer", keys), Some("organiser"));
        assert_eq!(nearest("budget", keys), None);
        assert_eq!(nearest("3", ["1", "2"]), None);
    }
}
