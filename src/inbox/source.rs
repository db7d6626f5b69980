//! A file as received → the submissions in it. What a file is shows in its contents, never in its name: JSON begins with
//! a brace or a bracket, a mailbox with `From `, a message with its headers, a posted form with `field=value&…`; the rest is a table if
//! its first line names fields. Nothing is lost on the way: what cannot be read is told, with its place.

use super::submission::{Found, Place, Untaken};
use super::{json, mail, posted, table};
use crate::import::platform::decode::decode;
use crate::lang::Bilingual;
use crate::say;

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 256 << 20;

/// Reads a file; `name` is how the report and the inbox call it.
pub fn submissions(name: &str, bytes: &[u8]) -> Found {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len());
    match bytes.get(start..) {
        None | Some([]) => none(name, say!("le fichier est vide", "the file is empty")),
        Some([b'{' | b'[', ..]) => json::read(name, bytes),
        Some(rest) if rest.starts_with(b"From ") => mail::mailbox(name, rest),
        Some(rest) if mail::begins(rest) => mail::read_one(name, rest),
        Some(rest) if posted::begins(rest) => posted::read(name, bytes),
        Some(rest) if table::begins(rest) => table::read(name, bytes),
        Some(_) => none(
            name,
            say!(
                "ni un export de formulaire (CSV, JSON), ni une contribution enregistrée, ni une boîte aux lettres",
                "neither an export of a form (CSV, JSON), nor a saved contribution, nor a mailbox"
            ),
        ),
    }
}

/// A file of which nothing can be taken.
pub fn none(name: &str, reason: Bilingual) -> Found {
    vec![Err(Untaken { place: Place { file: name.into(), row: "".into() }, reason })]
}

/// Words in UTF-8; in Windows-1252 when they are not, as old spreadsheets and mail write French.
pub fn words(bytes: &[u8]) -> String {
    decode(bytes).words.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_shows_in_its_contents() {
        for (bytes, count) in [
            (&b"id,created_at,kind,body\n1,2026-03-01T10:00:00Z,comment,Oui\n"[..], 1),
            (b"\xef\xbb\xbf{\"greffe\": \"contribution/1\", \"body\": \"Oui\"}", 1),
            (b"greffe=contribution%2F1&kind=comment&body=Oui", 1),
            (b"{\"kind\": \"comment\", \"body\": \"Un\"}\n{\"kind\": \"comment\", \"body\": \"Deux\"}\n", 2),
            (b"[]", 0),
            (b"From a@b Sun Mar  1 10:00:00 2026\nSubject: x\n\nkind: comment\nbody: Oui\n", 1),
            (b"Return-Path: <a@b>\nSubject: x\n\nkind: comment\nbody: Oui\n", 1),
        ] {
            let found = submissions("x", bytes);
            assert_eq!(found.iter().filter(|f| f.is_ok()).count(), count, "{found:?}");
            assert_eq!(found.len(), count);
        }
        for bytes in
            [&b""[..], b" \n", b"PK\x03\x04", b"Bonjour\n", b"\0\0", b"{\"a\":", b"[[[[", b"nom;age\nA;3\n"]
        {
            assert!(submissions("x", bytes).iter().all(Result::is_err), "{bytes:?}");
            assert_eq!(submissions("x", bytes).len(), 1);
        }
    }

    #[test]
    fn old_french_files_are_read() {
        assert_eq!(words(b"\xe9t\xe9 \x80 \x93\x9c"), "été € “œ");
    }
}
