//! Tables as text: RFC 4180 (commas, double quotes, CR LF after each row, a header) in UTF-8. No byte-order mark:
//! RFC 4180 and Table Dialect know none, and it would become part of the first column's name. Line ends inside
//! cells stay as they are. Written here rather than by a crate because rows go to memory, which cannot fail.

use sha2::{Digest, Sha256};

/// What a spreadsheet takes for the beginning of a formula: ASCII, the full-width forms that Excel folds to it,
/// and the control characters that are skipped before it. OWASP, “CSV Injection”.
pub const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A CSV file being written.
pub struct Csv {
    bytes: Vec<u8>,
    hashed: usize,
    hash: Sha256,
    first: bool,
}

/// How much is written between two updates of the hash: it stays in the cache.
const CHUNK: usize = 64 * 1024;

impl Default for Csv {
    fn default() -> Self {
        Csv { bytes: Vec::new(), hashed: 0, hash: Sha256::new(), first: true }
    }
}

impl Csv {
    /// An empty file.
    pub fn new() -> Self {
        Csv::default()
    }

    /// Adds a cell; `free` when it holds free words.
    pub fn cell(&mut self, words: &str, free: bool) {
        if !self.first {
            self.bytes.push(b',');
        }
        self.first = false;
        let apostrophe = free && runs(words);
        if !words.contains([',', '"', '\r', '\n']) {
            if apostrophe {
                self.bytes.push(b'\'');
            }
            return self.bytes.extend_from_slice(words.as_bytes());
        }
        self.bytes.push(b'"');
        if apostrophe {
            self.bytes.push(b'\'');
        }
        for (at, part) in words.split('"').enumerate() {
            if at > 0 {
                self.bytes.extend_from_slice(b"\"\"");
            }
            self.bytes.extend_from_slice(part.as_bytes());
        }
        self.bytes.push(b'"');
    }

    /// Writes a whole row; each cell says whether it holds free words.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = (&'c str, bool)>) {
        for (words, free) in cells {
            self.cell(words, free);
        }
        self.end_row();
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
        self.first = true;
        if self.bytes.len() - self.hashed >= CHUNK {
            self.catch_up();
        }
    }

    /// The file and its SHA-256 in hexadecimal.
    pub fn finish(mut self) -> (Vec<u8>, String) {
        self.catch_up();
        self.bytes.shrink_to_fit();
        let digest = self.hash.finalize();
        (self.bytes, digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn catch_up(&mut self) {
        self.hash.update(&self.bytes[self.hashed..]);
        self.hashed = self.bytes.len();
    }
}

/// Whether a spreadsheet could run these words. Words that begin with apostrophes and then such a character count
/// too, so that taking one apostrophe off gives back what was written, always.
fn runs(words: &str) -> bool {
    words.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str, free: bool) -> String {
        let mut csv = Csv::new();
        csv.cell(words, free);
        String::from_utf8(csv.finish().0).unwrap()
    }

    #[test]
    fn cells_are_quoted_when_they_must_be() {
        assert_eq!(written("l’eau, douce", true), "\"l’eau, douce\"");
        assert_eq!(written("dit « oui »", true), "dit « oui »");
        assert_eq!(written("a \"b\"\nc", true), "\"a \"\"b\"\"\nc\"");
        assert_eq!(written("", true), "");
    }

    #[test]
    fn a_formula_becomes_words_and_can_be_had_back() {
        for start in FORMULA_STARTS {
            let formula = format!("{start}HYPERLINK(1)");
            assert!(written(&formula, true).trim_start_matches('"').starts_with('\''), "{formula:?}");
        }
        assert_eq!(written("'=1", true), "''=1");
        assert_eq!(written("'tis", true), "'tis");
        assert_eq!(written("-1", false), "-1");
    }

    #[test]
    fn rows_end_with_cr_lf_and_the_hash_is_that_of_the_bytes() {
        let mut csv = Csv::new();
        for row in 0..20_000 {
            csv.cell(&row.to_string(), false);
            csv.cell("x", true);
            csv.end_row();
        }
        let (bytes, sha256) = csv.finish();
        assert!(bytes.starts_with(b"0,x\r\n1,x\r\n"));
        let whole: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(sha256, whole);
    }
}
