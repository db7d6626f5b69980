//! The steps as a drawing: a tree that grows downwards, in units of which a phone shows 320. Titles are cut into lines
//! here, since SVG cuts none; the words about them come from the messages.

use super::steps::StepView;
use serde::Serialize;

/// Width of the drawing.
const WIDTH: usize = 320;
/// How far each depth stands to the right.
const INDENT: usize = 24;
/// Where the first marks stand.
const LEFT: usize = 12;
/// From a mark to its words.
const TEXT: usize = 20;
/// Height of a line of a title.
const LINE: usize = 20;
/// Height of the line above a title, and of the space below.
const NOTE: usize = 18;
const GAP: usize = 16;
/// Width of a letter of a title, generously.
const LETTER: usize = 9;
/// Lines of a title.
const LINES: usize = 3;

/// A drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Drawing {
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The contribution itself, then the steps in their order.
    pub marks: Vec<Mark>,
}

/// A mark with its words.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// Middle of the mark.
    pub x: usize,
    /// Middle of the mark.
    pub y: usize,
    /// Where the words begin.
    pub text: usize,
    /// Line of the words above the title.
    pub note: usize,
    /// The title, in lines, each with its place.
    pub lines: Vec<Line>,
    /// The area that a finger meets: top and height.
    pub top: usize,
    /// Its height.
    pub height: usize,
    /// The line from the mark above it; none for the contribution itself.
    pub from: Option<String>,
}

/// A line of a title.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Where it stands.
    pub y: usize,
    /// Its words.
    pub words: String,
}

/// Draws the steps; nothing to draw when there are none.
pub fn drawing(title: &str, steps: &[StepView]) -> Option<Drawing> {
    if steps.is_empty() {
        return None;
    }
    let rows =
        std::iter::once((0, title)).chain(steps.iter().map(|s| (usize::from(s.depth), &*s.link.title)));
    let mut marks: Vec<Mark> = Vec::new();
    // The last mark at each depth, from which deeper ones hang.
    let mut last: Vec<(usize, usize)> = Vec::new();
    let mut top = 4;
    for (depth, title) in rows {
        let x = LEFT + depth * INDENT;
        let text = x + TEXT;
        let note = top + 13;
        let lines = lines(title, (WIDTH - text) / LETTER);
        let lines: Vec<Line> = lines
            .into_iter()
            .enumerate()
            .map(|(n, words)| Line { y: note + LINE * (n + 1), words })
            .collect();
        let height = NOTE + LINE * lines.len() + 4;
        let y = note - 4;
        last.truncate(depth);
        let from = last.last().map(|(px, py)| format!("M{px} {}V{y}H{}", py + 8, x - 8));
        last.push((x, y));
        marks.push(Mark { x, y, text, note, lines, top, height, from });
        top += height + GAP;
    }
    Some(Drawing { width: WIDTH, height: top - GAP + 4, marks })
}

/// Words in lines of at most so many letters; what does not fit is left out, and says so.
pub fn lines(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let (long, full) = (word.chars().count(), lines.len() == LINES);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + long <= most => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if full => {
                line.push('…');
                return lines;
            }
            // A word longer than a line is cut: the whole title stands in the list.
            Some(_) | None if long > most => {
                lines.push(word.chars().take(most.saturating_sub(1)).chain(['…']).collect());
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn titles_are_cut_between_words_and_say_when_they_are_cut() {
        assert_eq!(lines("un deux trois", 8), ["un deux", "trois"]);
        assert_eq!(lines("anticonstitutionnellement", 10), ["anticonst…"]);
        assert_eq!(lines("a b c d", 1), ["a", "b", "c…"]);
        assert!(lines("  ", 8).is_empty());
    }
}
