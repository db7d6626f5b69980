//! Keys of a platform → ids of the content. An id depends on its key alone, so that importing again, or importing more,
//! gives the same ids.

use super::{Key, What};
use crate::model::id::{Id, MAX_LENGTH, slug};
use sha2::{Digest, Sha256};

/// A key without its wrapping: GraphQL platforms give `UHJvcG9zYWw6MTI=`, which is `Proposal:12`, for `12`. Anything
/// else stays as it is.
pub(crate) fn bare(key: &str) -> Box<str> {
    let key = key.trim();
    let unwrapped = base64(key).and_then(|bytes| String::from_utf8(bytes).ok());
    let unwrapped = unwrapped.as_deref().and_then(|words| words.split_once(':')).filter(|(kind, own)| {
        kind.starts_with(|c: char| c.is_ascii_uppercase())
            && kind.chars().all(|c| c.is_ascii_alphanumeric())
            && !own.is_empty()
            && own.chars().all(|c| c.is_ascii_graphic())
    });
    unwrapped.map_or(key, |(_, own)| own).into()
}

/// The id that a key has in the content: a letter for its kind, then the key, lower-cased; where that loses something,
/// a few digits of the key's digest tell it from its like.
pub(super) fn id((what, key): &Key) -> Box<str> {
    lettered(what.letter(), key)
}

/// The same for any letter.
pub(super) fn lettered(letter: char, key: &str) -> Box<str> {
    let key = bare(key);
    let kept = key.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '.'));
    let whole = Id::new(&format!("{letter}{key}")).filter(|_| kept && key.len() < MAX_LENGTH - 10);
    if let Some(id) = whole {
        return id.as_str().into();
    }
    let digest = Sha256::digest(key.as_bytes());
    let digits = crate::import::pseudonym::hex(digest.get(..6).unwrap_or_default());
    let words = slug(&key);
    let words = words.as_ref().map_or("", Id::as_str);
    let words = words.get(..40).unwrap_or(words).trim_matches('-');
    let gap = if words.is_empty() { "" } else { "-" };
    format!("{letter}{words}{gap}{digits}").into()
}

impl What {
    fn letter(self) -> char {
        match self {
            What::Proposal => 'p',
            What::Wording => 'w',
            What::Argument => 'a',
            What::Source => 's',
            What::Comment => 'c',
            What::Reply => 'r',
            What::Meeting => 'm',
            What::Commitment => 'e',
        }
    }
}

/// Base 64 of RFC 4648, padded.
fn base64(words: &str) -> Option<Vec<u8>> {
    if words.len() < 8 || !words.len().is_multiple_of(4) {
        return None;
    }
    let (mut out, mut held, mut bits) = (Vec::with_capacity(words.len() / 4 * 3), 0_u32, 0);
    for b in words.trim_end_matches('=').bytes() {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_unwrapped_when_it_is_wrapped() {
        for (key, own) in [
            ("UHJvcG9zYWw6cHJvcG9zYWw1", "proposal5"),
            ("VXNlcjp1c2VyNQ==", "user5"),
            ("proposal5", "proposal5"),
            (" 12 ", "12"),
            ("abcdefgh", "abcdefgh"),
            ("b0c6e0a4-2a4e-11e9-94d2-fa163eeb11e1", "b0c6e0a4-2a4e-11e9-94d2-fa163eeb11e1"),
        ] {
            assert_eq!(&*bare(key), own);
        }
    }

    #[test]
    fn ids_differ_as_keys_do() {
        let id = |key: &str| id(&(What::Proposal, key.into()));
        assert_eq!(&*id("UHJvcG9zYWw6MTI="), "p12");
        assert_eq!(&*id("4-1"), "p4-1");
        let (one, two) = (id("Vélo"), id("velo"));
        assert!(one.starts_with("pvelo-") && &*two == "pvelo", "{one} {two}");
        assert!(Id::new(&id("…")).is_some());
        assert!(Id::new(&id(&"x".repeat(500))).is_some());
    }
}
