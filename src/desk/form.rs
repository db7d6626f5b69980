//! Forms as browsers send them: `application/x-www-form-urlencoded` (URL Living Standard, section 5.1). Words in, fields
//! out; of a name that must be alone the first value counts.

use std::collections::BTreeMap;

/// Fields by name.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// Reads a body, or what follows `?`.
    pub(super) fn read(words: &str) -> Self {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in words.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(&name.replace('+', " "));
            fields.entry(name).or_default().push(decode(&value.replace('+', " ")));
        }
        Fields(fields)
    }

    /// A value; empty when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Every value of a name, as ticked boxes have.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Percent-decoding; what is no UTF-8 then becomes the sign for it.
pub(super) fn decode(words: &str) -> String {
    let bytes = words.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        match digits.filter(|_| bytes[at] == b'%').and_then(|d| u8::from_str_radix(d, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-encoding of a value in a query or of a part of a path.
pub(super) fn encode(words: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'/');
    words.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_what_was_typed() {
        let fields = Fields::read("a=%C3%A9t%C3%A9+%26+co&a=no&b&c=1%2B1%3D2&d=%zz%");
        assert_eq!(fields.get("a"), "été & co");
        assert_eq!((fields.get("b"), fields.get("c"), fields.get("d")), ("", "1+1=2", "%zz%"));
        assert_eq!(decode(&encode("été & c/1?")), "été & c/1?");
    }
}
