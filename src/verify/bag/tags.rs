//! The two tag files of a bag: `bagit.txt`, which is one text and no other, and `bag-info.txt`, labels with values
//! (RFC 8493, 2.1.1 and 2.2.2).

use crate::model::when::Date;
use crate::say;
use crate::verify::report::{Code, Finding};

/// What every bag begins with.
pub const BAGIT_TXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What is wrong with `bagit.txt`.
pub fn bagit_txt(bytes: &[u8]) -> Option<Finding> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        let seen = say!(
            "ce fichier commence par une marque d’ordre (BOM)",
            "this file begins with a byte-order mark"
        );
        return Some(Finding::error(Code::BagitTxt, "bagit.txt", seen));
    }
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    (text != BAGIT_TXT).then(|| {
        let first = text.chars().take(120).collect::<String>().replace('\n', " ⏎ ");
        Finding::error(Code::BagitTxt, "bagit.txt", say!("on y lit « {first} »", "it says “{first}”"))
            .wanted("BagIt-Version: 1.0 ⏎ Tag-File-Character-Encoding: UTF-8 ⏎")
    })
}

/// The labels of `bag-info.txt`, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BagInfo(Vec<(String, String)>);

/// Labels without which a bag of Greffe cannot be verified.
const NEEDED: [&str; 9] = [
    "Source-Organization",
    "External-Identifier",
    "Bagging-Date",
    "Payload-Oxum",
    "Greffe-Version",
    "Greffe-Kind",
    "Greffe-Consultation",
    "Greffe-As-Of",
    "Greffe-SWHID",
];

/// Labels that may stand more than once.
const SEVERAL: [&str; 6] = [
    "Source-Organization",
    "Organization-Address",
    "Contact-Name",
    "Contact-Phone",
    "Contact-Email",
    "External-Description",
];

const FILE: &str = "bag-info.txt";

impl BagInfo {
    /// Reads the file; what is wrong with it comes beside.
    pub fn read(bytes: &[u8]) -> (BagInfo, Vec<Finding>) {
        let mut found = Vec::new();
        let mut error = |seen| found.push(Finding::error(Code::BagInfo, FILE, seen));
        let Ok(text) = std::str::from_utf8(bytes) else {
            error(say!("ce fichier n’est pas de l’UTF-8", "this file is not UTF-8"));
            return (BagInfo::default(), found);
        };
        if text.starts_with('\u{feff}') {
            error(say!(
                "ce fichier commence par une marque d’ordre (BOM)",
                "this file begins with a byte-order mark"
            ));
        }
        let mut info = BagInfo::default();
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        for line in text.lines().filter(|line| !line.is_empty()) {
            if line.starts_with([' ', '\t']) {
                match info.0.last_mut() {
                    Some((_, value)) => *value = format!("{value} {}", line.trim()),
                    None => error(say!("la première ligne n’a pas de nom", "the first line has no label")),
                }
            } else if let Some((label, value)) =
                line.split_once(':').filter(|(label, _)| label.trim() == *label)
            {
                info.0.push((label.to_owned(), value.trim().to_owned()));
            } else {
                error(say!(
                    "« {line} » n’est pas de la forme « Nom: valeur »",
                    "“{line}” is not “Label: value”"
                ));
            }
        }
        found.extend(info.faults());
        (info, found)
    }

    /// The value of a label; the first where it stands more than once.
    pub fn get(&self, label: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map(|(_, value)| &**value)
    }

    /// A label that is a day.
    pub fn date(&self, label: &str) -> Option<Date> {
        Date::parse(self.get(label)?)
    }

    fn faults(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut error = |seen| found.push(Finding::error(Code::BagInfo, FILE, seen));
        for label in NEEDED {
            if self.get(label).is_none_or(str::is_empty) {
                error(say!("« {label} » manque", "“{label}” is missing"));
            }
        }
        for (at, (label, _)) in self.0.iter().enumerate() {
            let before = &self.0[..at];
            let again = before.iter().any(|(known, _)| known.eq_ignore_ascii_case(label));
            if again && !SEVERAL.iter().any(|known| known.eq_ignore_ascii_case(label)) {
                error(say!("« {label} » est dit deux fois", "“{label}” is said twice"));
            }
        }
        for label in ["Bagging-Date", "Greffe-As-Of"] {
            if let Some(words) =
                self.get(label).filter(|words| !words.is_empty() && Date::parse(words).is_none())
            {
                error(say!(
                    "« {label}: {words} » n’est pas un jour (AAAA-MM-JJ)",
                    "“{label}: {words}” is not a day (YYYY-MM-DD)"
                ));
            }
        }
        if let Some(kind) = self.get("Greffe-Kind").filter(|kind| !matches!(*kind, "public" | "sealed")) {
            error(say!(
                "« Greffe-Kind: {kind} » n’est ni public ni sealed",
                "“Greffe-Kind: {kind}” is neither public nor sealed"
            ));
        }
        if let Some(words) = self.get("Greffe-Replaces")
            && !words.strip_prefix("sha512:").is_some_and(|hex| hex.len() == 128 && is_hex(hex))
        {
            error(say!(
                "« Greffe-Replaces: {words} » n’est pas « sha512: » et 128 chiffres",
                "“Greffe-Replaces: {words}” is not “sha512:” and 128 digits"
            ));
        }
        if self.get("Greffe-Replaces").is_some() != self.get("Greffe-Replaces-Reason").is_some() {
            error(say!(
                "« Greffe-Replaces » et « Greffe-Replaces-Reason » vont ensemble",
                "“Greffe-Replaces” and “Greffe-Replaces-Reason” go together"
            ));
        }
        found
    }

    /// Compares `Payload-Oxum` with what was read: bytes, a dot, files.
    pub fn oxum(&self, bytes: u64, files: u64) -> Option<Finding> {
        let said = self.get("Payload-Oxum")?;
        let seen = format!("{bytes}.{files}");
        (said != seen).then(|| {
            let words =
                say!("la charge utile fait {seen} (octets.fichiers)", "the payload is {seen} (bytes.files)");
            Finding::error(Code::Oxum, FILE, words).wanted(said)
        })
    }
}

pub(super) fn is_hex(words: &str) -> bool {
    words.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "Source-Organization: Ville\nExternal-Identifier: urn:x\nBagging-Date: 2026-11-22\n\
        Payload-Oxum: 1.1\nGreffe-Version: 0.1.0\nGreffe-Kind: public\nGreffe-Consultation: eau\nGreffe-As-Of: 2026-11-22\nGreffe-SWHID: swh:1:dir:0\n";

    fn faults(text: &str) -> usize {
        BagInfo::read(text.as_bytes()).1.len()
    }

    #[test]
    fn bagit_txt_is_one_text() {
        assert!(bagit_txt(BAGIT_TXT.as_bytes()).is_none());
        assert!(bagit_txt(BAGIT_TXT.replace('\n', "\r\n").as_bytes()).is_none());
        assert!(bagit_txt(format!("\u{feff}{BAGIT_TXT}").as_bytes()).is_some());
        assert!(bagit_txt(BAGIT_TXT.replace("1.0", "0.97").as_bytes()).is_some());
        assert!(bagit_txt(BAGIT_TXT.replace("UTF-8", "ISO-8859-1").as_bytes()).is_some());
    }

    #[test]
    fn labels_values_and_continued_lines() {
        let (info, found) = BagInfo::read(format!("{GOOD}Greffe-Source: a\n  b\n").as_bytes());
        assert_eq!(found, []);
        assert_eq!(info.get("greffe-source"), Some("a b"));
        assert_eq!(info.oxum(1, 1), None);
        assert!(info.oxum(2, 1).is_some());
    }

    #[test]
    fn what_is_missing_repeated_or_no_date() {
        assert_eq!(faults(&GOOD.replace("Greffe-Kind: public\n", "")), 1);
        assert_eq!(faults(&format!("{GOOD}Greffe-As-Of: 2026-11-23\n")), 1);
        assert_eq!(faults(&format!("{GOOD}Source-Organization: Autre\n")), 0);
        assert_eq!(faults(&GOOD.replace("Bagging-Date: 2026-11-22", "Bagging-Date: hier")), 1);
        assert_eq!(faults(&format!("{GOOD}Greffe-Replaces: sha512:12\n")), 2);
        assert_eq!(faults(&format!("{GOOD}pas de nom\n")), 1);
    }
}
