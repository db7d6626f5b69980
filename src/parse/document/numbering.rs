//! The grammar of numbers: `Article 17 bis A (nouveau)`, `Chapitre Ier`, `Section 12A`. Plain words in; the kind, the
//! number, and what follows it, out. French forms are those of the drafting guide of the Conseil d’État and the
//! Secrétariat général du Gouvernement (fiche 3.2.1) and of the numbering that assemblies add while they amend.

use super::vocabulary::{
    ARTICLES, DIVISIONS, GENERIC_ARTICLES, GENERIC_DIVISIONS, LATIN, NAMES, ORDINALS, STATUSES,
};
use crate::model::choices::Numbering;

/// What a numbered heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An article.
    Article,
    /// A division; the wider kind has the smaller rank.
    Division(u8),
}

/// What stands between a number and the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing follows.
    End,
    /// A dash or a colon.
    Separator,
    /// A full stop and a dash, or a full stop and a capital: `Art. 5. – Les…`, `Article 5. The…`.
    Stop,
    /// Only a space.
    Space,
    /// Nothing at all: `Article 14A la fin…`.
    Glued,
}

/// A number at the beginning of words; ends are bytes of these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbered {
    pub kind: Kind,
    /// End of the number proper, without `(nouveau)`.
    pub name: usize,
    /// End of the number.
    pub end: usize,
    /// Begin of what follows.
    pub rest: usize,
    pub joint: Joint,
}

/// Whether the words begin with the word for an article, whatever follows.
pub(super) fn names_an_article(words: &str) -> bool {
    let after = prefix(words, "article").or_else(|| prefix(words, "art."));
    after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// The number at the beginning of `words`.
pub(super) fn numbered(words: &str, numbering: Numbering) -> Option<Numbered> {
    if let Some(end) = ordinal_part(words) {
        return finish(words, Kind::Division(1), end, true);
    }
    let (articles, divisions): (&[&str], Vec<(&str, u8)>) = match numbering {
        Numbering::French => (&ARTICLES, DIVISIONS.to_vec()),
        Numbering::Generic => (&GENERIC_ARTICLES, [&GENERIC_DIVISIONS[..], &DIVISIONS[..]].concat()),
    };
    let at = |rest: &str| words.len() - rest.len();
    for word in articles {
        let Some(designator) = prefix(words, word).and_then(|rest| gap(rest, word)) else { continue };
        let Some(rest) = designators(designator, false) else { continue };
        let arabic = designator[..designator.len() - rest.len()].contains(|c: char| c.is_ascii_digit());
        if numbering == Numbering::French || arabic {
            let glued = rest.starts_with(char::is_uppercase);
            return finish(words, Kind::Article, at(rest), !glued || arabic);
        }
    }
    for (word, rank) in divisions {
        let Some(rest) = prefix(words, word) else { continue };
        let kind = Kind::Division(rank);
        match gap(rest, word).and_then(|designator| designators(designator, true)) {
            Some(rest) => return finish(words, kind, at(rest), false),
            // An annex may be the only one.
            None if rank == 0 && !rest.starts_with(|c: char| c.is_alphanumeric()) => {
                let found = finish(words, kind, at(rest), false)?;
                return (found.joint != Joint::Space).then_some(found);
            }
            None => {}
        }
    }
    None
}

/// `words` without `word` at their beginning, capital letters aside.
fn prefix<'w>(words: &'w str, word: &str) -> Option<&'w str> {
    let mut rest = words.chars();
    for wanted in word.chars() {
        let mut lower = rest.next()?.to_lowercase();
        if lower.next() != Some(wanted) || lower.next().is_some() {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What follows the space after a keyword; `art.` and `§` need none.
fn gap<'w>(rest: &'w str, word: &str) -> Option<&'w str> {
    let trimmed = rest.trim_start();
    let close = word.ends_with(['.', '§']);
    (close || trimmed.len() < rest.len()).then_some(trimmed)
}

fn ordinal_part(words: &str) -> Option<usize> {
    let rest = ORDINALS.iter().find_map(|ordinal| prefix(words, ordinal))?;
    let rest = prefix(gap(rest, "")?, "partie")?;
    boundary(rest).then_some(words.len() - rest.len())
}

/// The number ends here: no letter, degree sign or apostrophe goes on.
fn boundary(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '°' | '’' | '\'' | '_' | '/' | '&' | '%'))
}

fn dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// `17 bis`, `20 et 21`, `additionnel après l’article 5`: what follows them.
fn designators(words: &str, division: bool) -> Option<&str> {
    if let Some(rest) = NAMES.iter().filter_map(|name| prefix(words, name)).find(|rest| boundary(rest)) {
        return Some(additional(rest).unwrap_or(rest));
    }
    let mut rest = suffixes(single(words, division)?);
    while let Some(more) = [" et ", " à ", ", ", " and ", " to "].iter().find_map(|and| prefix(rest, and)) {
        match single(more, division).map(suffixes).filter(|after| boundary(after)) {
            Some(after) => rest = after,
            None => break,
        }
    }
    Some(rest)
}

/// ` après l’article 5` after `additionnel`.
fn additional(rest: &str) -> Option<&str> {
    let rest = [" après ", " avant "].iter().find_map(|word| prefix(rest, word))?;
    let rest = ["l’article ", "l'article ", "l’annexe ", "l'annexe "].iter().find_map(|w| prefix(rest, w))?;
    single(rest, false).map(suffixes).filter(|after| boundary(after))
}

/// One number without `bis`.
fn single(words: &str, division: bool) -> Option<&str> {
    let code = code_letter(words).map_or(words, str::trim_start);
    if code.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(arabic(code));
    }
    let token = &words[..words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len())];
    let rest = &words[token.len()..];
    let lower = token.to_lowercase();
    let bare = ["er", "re"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let letter = division && token.len() == 1 && token.starts_with(|c: char| c.is_ascii_uppercase());
    ((roman(bare) || letter) && boundary(rest)).then_some(rest)
}

/// The letters of a code: `L.`, `R.*`, `LO`.
fn code_letter(words: &str) -> Option<&str> {
    let rest = ["L.O.", "LO", "L.", "R.", "D.", "A.", "L", "R", "D", "A"]
        .iter()
        .find_map(|letter| words.strip_prefix(letter))?;
    let rest = rest.trim_start_matches('*');
    rest.trim_start().starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
}

/// `533-4`, `1er`, `12.3`, `17A`: letters belong to the number when it ends with them.
fn arabic(words: &str) -> &str {
    let digits = |w: &str| w.len() - w.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut end = digits(words);
    loop {
        let rest = &words[end..];
        let joint = rest.chars().next().filter(|c| dash(*c) || matches!(c, '.' | '–'));
        let step = joint.map_or(0, char::len_utf8);
        match joint.map(|_| digits(&rest[step..])) {
            Some(more) if more > 0 => end += step + more,
            _ => break,
        }
    }
    // `1 er`: a raised ending that was copied from a printed page.
    let rest = &words[end..];
    if let Some(after) = rest.trim_start().strip_prefix("er").filter(|after| end == 1 && boundary(after)) {
        return after;
    }
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (token, after) = rest.split_at(letters);
    let ordinal = ["er", "re", "ère", "ᵉʳ"].contains(&token.to_lowercase().as_str());
    let small = token.len() == 1 && token.starts_with(|c: char| c.is_ascii_lowercase());
    // `14A la fin…`: a letter that begins prose is no part of the number.
    let letter = capitals(token) && !prose(after);
    let part = boundary(after) && (ordinal || LATIN.contains(&token) || small || letter);
    if part { after } else { rest }
}

fn latin(word: &str) -> bool {
    LATIN.contains(&word) || ["decies", "vicies", "tricies"].iter().any(|end| word.ends_with(end))
}

/// ` bis`, ` ter A`, ` AA`, `-bis`; not ` - A…`, where the dash separates.
fn suffixes(mut rest: &str) -> &str {
    loop {
        let spaces = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        let trimmed =
            if spaces.len() < rest.len() { spaces } else { rest.strip_prefix(dash).unwrap_or(rest) };
        let token = &trimmed[..trimmed.find(|c: char| !c.is_alphabetic()).unwrap_or(trimmed.len())];
        let after = &trimmed[token.len()..];
        let letters = capitals(token) && !after.starts_with('.') && !prose(after);
        if trimmed.len() == rest.len() || !boundary(after) || !(latin(token) || letters) {
            return rest;
        }
        rest = after;
    }
}

/// `A`, `BA`, `AAA`.
fn capitals(token: &str) -> bool {
    let short = (1..=2).contains(&token.len()) && token.chars().all(|c| c.is_ascii_uppercase());
    short || token == "AAA"
}

/// Words that go on in lower case after a capital: `A la fin…`, but not `A bis`, `A et B`.
fn prose(after: &str) -> bool {
    let next = after.split_whitespace().next().unwrap_or("");
    next.starts_with(char::is_lowercase) && !latin(next) && !["et", "à", "and", "to"].contains(&next)
}

/// Roman numerals below 4000, lower case.
fn roman(token: &str) -> bool {
    let mut rest = token;
    for (group, four, nine) in [("m", "", ""), ("dc", "cd", "cm"), ("lx", "xl", "xc"), ("vi", "iv", "ix")] {
        if let Some(after) = [nine, four].iter().filter(|w| !w.is_empty()).find_map(|w| rest.strip_prefix(*w))
        {
            rest = after;
            continue;
        }
        let (five, one) = group.split_at(group.len() - 1);
        rest = rest.strip_prefix(five).unwrap_or(rest);
        for _ in 0..3 {
            rest = rest.strip_prefix(one).unwrap_or(rest);
        }
    }
    !token.is_empty() && rest.is_empty()
}

/// Adds the remarks in brackets and finds what joins the number to what follows.
fn finish(words: &str, kind: Kind, name: usize, glue: bool) -> Option<Numbered> {
    let mut end = name;
    while let Some(after) = status(&words[end..]) {
        end = words.len() - after.len();
    }
    let tail = &words[end..];
    let rest = tail.trim_start();
    let spaced = rest.len() < tail.len();
    let stop = rest.strip_prefix('.');
    let bar = stop.unwrap_or(rest).trim_start();
    let dashed = bar.strip_prefix(['–', '—', '-', ':', '\u{2011}']);
    let words_after =
        |rest: &str| rest.trim_start_matches(|c: char| c.is_whitespace() || "–—-:.".contains(c)).len();
    let joint = if words_after(rest) == 0 {
        Joint::End
    } else if dashed.is_some() && stop.is_some() {
        Joint::Stop
    } else if dashed.is_some() && (spaced || bar.starts_with(':')) {
        Joint::Separator
    } else if stop.is_some_and(|s| s.starts_with(char::is_whitespace))
        && bar.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '«')
    {
        Joint::Stop
    } else if spaced && stop.is_none() {
        Joint::Space
    } else if glue && rest.starts_with(char::is_uppercase) {
        Joint::Glued
    } else {
        return None;
    };
    Some(Numbered { kind, name, end, rest: words.len() - words_after(rest), joint })
}

/// What follows ` (nouveau)`.
fn status(rest: &str) -> Option<&str> {
    let inner = rest.trim_start().strip_prefix('(')?;
    let (remark, after) = inner.split_once(')')?;
    let known = STATUSES.iter().any(|begin| prefix(remark.trim(), begin).is_some());
    (known && remark.len() < 60).then_some(after)
}
