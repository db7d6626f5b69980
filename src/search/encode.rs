//! How numbers and values are written into scripts: values as JSON that no page can mistake for markup, lists of
//! numbers as printable text that needs no escaping. `search.js` holds the two inverse functions.

use crate::error::{Error, Result};
use crate::say;
use serde::Serialize;

/// Digits of the text form: the printable ASCII from `#` to `~` without `<` and `\`. A digit below [`HALF`] ends a
/// number, one above says that more follow (base 45, little end first): one character up to 44, two up to 2 024.
const HALF: u32 = 45;

/// Appends one number.
pub(super) fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= HALF {
        out.push(digit(HALF + value % HALF));
        value /= HALF;
    }
    out.push(digit(value));
}

/// Turns a sequence of numbers into text.
pub(super) fn numbers(values: impl IntoIterator<Item = u32>) -> String {
    let mut out = Vec::new();
    for value in values {
        number(&mut out, value);
    }
    ascii(out)
}

/// Text made of digits and spaces.
pub(super) fn ascii(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

fn digit(value: u32) -> u8 {
    let code = 35 + value + u32::from(value >= 25) + u32::from(value >= 56);
    code as u8
}

/// The file that hands `data` to the page under the name it is loaded by.
pub(super) fn call(name: &str, data: &impl Serialize) -> Result<Vec<u8>> {
    let broken = |e: serde_json::Error| {
        Error::new(name, say!("l'index ne peut pas être écrit ({e})", "the index cannot be written ({e})"))
    };
    let json = serde_json::to_vec(data).map_err(broken)?;
    let mut out = Vec::with_capacity(json.len() + name.len() + 24);
    out.extend_from_slice(b"greffeSearch(\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\",");
    harmless(&json, &mut out);
    out.extend_from_slice(b");\n");
    Ok(out)
}

/// Copies JSON, escaping what ends or comments out a script (`</script`, `<!--`) and the two separators that older
/// engines take for line ends. All of them stand inside strings only, where `\u` escapes mean the same.
pub(super) fn harmless(json: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    let mut copy = |upto: usize, escape: &[u8], width: usize, out: &mut Vec<u8>| {
        out.extend_from_slice(&json[from..upto]);
        out.extend_from_slice(escape);
        from = upto + width;
    };
    for (at, byte) in json.iter().enumerate() {
        match byte {
            b'<' => copy(at, b"\\u003c", 1, out),
            0xE2 if json[at..].starts_with(b"\xE2\x80\xA8") => copy(at, b"\\u2028", 3, out),
            0xE2 if json[at..].starts_with(b"\xE2\x80\xA9") => copy(at, b"\\u2029", 3, out),
            _ => {}
        }
    }
    copy(json.len(), b"", 0, out);
}

/// The inverse of [`numbers`], for tests and as documentation of the format.
#[cfg(test)]
pub(super) fn decode(text: &str) -> Vec<u32> {
    let (mut all, mut value, mut unit) = (Vec::new(), 0, 1);
    for code in text.bytes() {
        let digit = u32::from(code) - 35 - u32::from(code > 60) - u32::from(code > 92);
        if digit < HALF {
            all.push(value + digit * unit);
            (value, unit) = (0, 1);
        } else {
            value += (digit - HALF) * unit;
            unit *= HALF;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_need_no_escape() {
        let values: Vec<u32> = (0..5000).chain([91_124, 91_125, 4_100_624, 1 << 31, u32::MAX / 45]).collect();
        let text = numbers(values.iter().copied());
        assert!(text.bytes().all(|b| b.is_ascii_graphic() && !b"<\\\"!".contains(&b)));
        assert_eq!(decode(&text), values);
        assert_eq!(numbers([44]).len() + numbers([2024]).len(), 3);
    }

    #[test]
    fn words_cannot_leave_the_script() {
        let hostile = "</script><!--\u{2028}\u{2029}]]>\"\\\n\0";
        let file = String::from_utf8(call("texts/0/0", &hostile).unwrap()).unwrap();
        for bad in ["</", "<!", "\u{2028}", "\u{2029}", "\0"] {
            assert!(!file.contains(bad), "{file}");
        }
        let json = file.trim_start_matches("greffeSearch(\"texts/0/0\",").trim_end_matches(");\n");
        assert_eq!(serde_json::from_str::<String>(json).unwrap(), hostile);
    }
}
