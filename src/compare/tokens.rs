//! A text cut into words, runs of white space and single characters, without loss: the unit in which texts are
//! compared. Characters are grouped the way a reader sees them (marks with their letter, the parts of an emoji),
//! by a few rules rather than by the tables of UAX 29: a cut in the wrong place would show, not lie.

use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters and digits.
    Word,
    /// White space, of whatever width.
    Space,
    /// One other character: punctuation, a sign, an emoji.
    Sign,
}

/// Cuts a text; the tokens concatenated are the text. An apostrophe between two letters ends the elided word, as
/// in `l’` `eau`.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::with_capacity(text.len() / 3);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match kind_of(first) {
            Kind::Word => word_end(rest),
            Kind::Space => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            Kind::Sign => sign_end(rest, first),
        };
        let (token, after) = rest.split_at(end);
        found.push(token);
        rest = after;
    }
    found
}

/// What a token of [`tokens`] is.
pub fn kind(token: &str) -> Kind {
    token.chars().next().map_or(Kind::Space, kind_of)
}

fn kind_of(c: char) -> Kind {
    if c.is_whitespace() {
        Kind::Space
    } else if c.is_alphanumeric() || is_combining_mark(c) {
        Kind::Word
    } else {
        Kind::Sign
    }
}

/// The three characters that are typed for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_word = chars.peek().is_some_and(|(_, next)| kind_of(*next) == Kind::Word);
        if at > 0 && is_apostrophe(c) {
            return if next_is_word { at + c.len_utf8() } else { at };
        }
        // A soft hyphen or a joiner stands inside a word, never at its end.
        let inside = matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') && next_is_word;
        if !(kind_of(c) == Kind::Word || inside) {
            return at;
        }
    }
    text.len()
}

fn sign_end(text: &str, first: char) -> usize {
    const JOINER: char = '\u{200d}';
    let regional = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    let mut chars = text.char_indices().skip(1).peekable();
    if regional(first) && chars.peek().is_some_and(|(_, c)| regional(*c)) {
        chars.next(); // two of them are one flag
    }
    let mut joined = false;
    for (at, c) in chars {
        let extends = is_combining_mark(c)
            || matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | JOINER)
            || (joined && kind_of(c) == Kind::Sign);
        if !extends {
            return at;
        }
        joined = c == JOINER;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(tokens(text).join("|"), expected);
    }

    #[test]
    fn an_apostrophe_ends_the_elided_word() {
        check("l’eau et l'air", "l’|eau| |et| |l'|air");
        check("'mot'", "'|mot|'");
        check("dʼaccord", "dʼ|accord");
    }

    #[test]
    fn white_space_is_one_token_whatever_its_width() {
        check("« mot\u{202f}» \n\n fin", "«| |mot|\u{202f}|»| \n\n |fin");
    }

    #[test]
    fn signs_stand_alone() {
        check("L. 533-4 (1°)", "L|.| |533|-|4| |(|1|°|)");
        check("**Art.**", "*|*|Art|.|*|*");
    }

    #[test]
    fn what_a_reader_sees_as_one_character_is_not_cut() {
        check("e\u{301}tat", "e\u{301}tat");
        check("👩‍👩‍👧👍🏽!", "👩‍👩‍👧|👍🏽|!");
        check("🇫🇷🇪🇺", "🇫🇷|🇪🇺");
        check("co\u{ad}operer", "co\u{ad}operer");
    }

    #[test]
    fn right_to_left_text_is_in_the_order_of_its_bytes() {
        check("المادة 1: الماء", "المادة| |1|:| |الماء");
    }
}
