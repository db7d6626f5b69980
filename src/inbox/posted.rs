//! What a web service kept of the forms posted to it: one form a line, either as it came
//! (`application/x-www-form-urlencoded`) or as a JSON object of its fields.

use super::source::words;
use super::submission::{Found, Place, Submission, Untaken};
use super::{json, table};
use crate::say;

/// Whether the first line is a posted form.
pub fn begins(bytes: &[u8]) -> bool {
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or(bytes);
    let starts = |pair: &[u8]| {
        [&b"greffe="[..], b"kind=", b"body=", b"consultation="].iter().any(|n| pair.starts_with(n))
    };
    line.contains(&b'&') && line.split(|b| *b == b'&').any(starts)
}

/// Reads the lines.
pub fn read(file: &str, bytes: &[u8]) -> Found {
    let text = words(bytes);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<(usize, &str)> = lines.collect();
    let alone = lines.len() == 1;
    lines
        .into_iter()
        .map(|(at, line)| {
            let row = if alone { String::new() } else { (at + 1).to_string() };
            one(Place { file: file.into(), row: row.into() }, line.trim())
        })
        .collect()
}

fn one(place: Place, line: &str) -> Result<Submission, Untaken> {
    if line.starts_with('{') {
        return json::line(place, line);
    }
    if !line.contains('=') {
        let reason = say!("cette ligne n’est pas un formulaire envoyé", "this line is no posted form");
        return Err(Untaken { place, reason });
    }
    let pairs: Vec<(String, String)> = line
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, words)| (decode(name).trim().to_lowercase(), decode(words)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    Ok(table::from_pairs(place, pairs.iter().map(|(name, words)| (name.as_str(), words.as_str()))))
}

/// `caf%C3%A9+noir` → `café noir`.
fn decode(encoded: &str) -> String {
    let bytes = encoded.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits =
            encoded.get(at + 1..at + 3).filter(|d| *byte == b'%' && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = digits.and_then(|d| u8::from_str_radix(d, 16).ok());
        out.push(value.unwrap_or(if *byte == b'+' { b' ' } else { *byte }));
        at += if value.is_some() { 3 } else { 1 };
    }
    words(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_kept_by_a_service_are_read() {
        let kept = b"greffe=contribution%2F1&kind=comment&body=L%27%C3%A9t%C3%A9+100%25%0D%0A%zz&answer-q=a&answer-q=b\n\n\
            {\"kind\": \"comment\", \"body\": \"Oui\"}\nrien\n";
        let found = read("x", kept);
        let one = found[0].as_ref().unwrap();
        assert_eq!((one.get("body"), one.get("greffe")), ("L'été 100%\r\n%zz", "contribution/1"));
        assert_eq!(one.fields.iter().filter(|(n, _)| &**n == "answer-q").count(), 2);
        assert_eq!(
            (found[1].as_ref().unwrap().get("body"), &*found[1].as_ref().unwrap().place.row),
            ("Oui", "3")
        );
        assert!(found[2].is_err() && begins(kept) && !begins(b"a=b\n") && !begins(b"x&y"));
    }
}
