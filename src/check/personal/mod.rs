//! Personal data in what is about to be published: what a participant wrote of themselves or of others, each with its
//! place, for a moderator to look at. Words in, findings out; what to do is the moderator's decision. Numbers that
//! are never a person's (short and 08 numbers), numbers whose check digits are wrong and addresses of documentation
//! (`.example`, RFC 2606) are not told: a warning that cries wolf is not read.

mod numbers;
mod postal;
mod telephone;

use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::lang::Bilingual;
use crate::say;
use crate::source::{Span, Spanned};
use std::ops::Range;

/// Findings told of one contribution: beyond that it is to be read whole.
const MOST: usize = 5;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// A French social security number (numéro d’inscription au répertoire).
    SocialSecurity,
    /// The number of a bank account (IBAN, ISO 13616).
    BankAccount,
    /// A postal address: a number in a street, a postcode.
    PostalAddress,
}

impl Found {
    /// Its name, with the article that a French sentence needs.
    pub fn said(self) -> Bilingual {
        match self {
            Found::Email => say!("une adresse électronique", "an e-mail address"),
            Found::Telephone => say!("un numéro de téléphone", "a telephone number"),
            Found::SocialSecurity => say!("un numéro de sécurité sociale", "a social security number"),
            Found::BankAccount => say!("un numéro de compte bancaire", "a bank account number"),
            Found::PostalAddress => say!("une adresse postale", "a postal address"),
        }
    }
}

/// Reports what the words of one contribution give away. Each piece is its value and the place where it is
/// written, which may spell it otherwise (escapes, indentation): the finding is looked up there again.
pub fn report<'w>(scope: &mut Scope<'_>, pieces: impl Iterator<Item = Spanned<&'w str>>) {
    let findings = pieces.flat_map(|piece| {
        let found = find(piece.value);
        found.into_iter().map(move |(range, what)| (&piece.value[range], what, piece.span))
    });
    for (words, what, span) in findings.take(MOST) {
        let place = place(scope.sources.text(span.file), words, span);
        let Bilingual { fr, en } = what.said();
        let message =
            say!("ce texte publié donne {fr} : « {words} »", "this published text gives {en}: “{words}”");
        scope.problems.push(Diagnostic::new(Code::G030, place, message).help(say!(
            "si cette donnée n’a pas été écrite pour être publiée, retirez-la et dites-le à la personne",
            "if it was not written to be published, take it out and tell the person"
        )));
    }
}

fn place(text: &str, words: &str, span: Span) -> Span {
    let written = text.get(span.start as usize..span.end as usize).unwrap_or("");
    match written.find(words) {
        Some(at) => {
            let start = span.start + at as u32;
            Span { start, end: start + words.len() as u32, ..span }
        }
        None => span,
    }
}

/// All that was found, in order; what stands inside something longer is told once.
pub fn find(words: &str) -> Vec<(Range<usize>, Found)> {
    let mut all: Vec<(Range<usize>, Found)> =
        words.match_indices('@').filter_map(|(at, _)| Some((email(words, at)?, Found::Email))).collect();
    all.extend(telephone::find(words).into_iter().map(|range| (range, Found::Telephone)));
    all.extend(numbers::social_security(words).into_iter().map(|range| (range, Found::SocialSecurity)));
    all.extend(numbers::bank_accounts(words).into_iter().map(|range| (range, Found::BankAccount)));
    all.extend(postal::find(words).into_iter().map(|range| (range, Found::PostalAddress)));
    all.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    all.retain(|(range, _)| {
        let outside = range.start >= end;
        end = end.max(range.end);
        outside
    });
    all
}

/// The address around an `@`. `https://example.net/@someone` and `[@c-12]` have nothing before the sign.
fn email(words: &str, at: usize) -> Option<Range<usize>> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let before = &words[..at];
    let tail = before.trim_end_matches(local).len();
    let start = tail + before[tail..].find(|c: char| c.is_ascii_alphanumeric())?;
    let after = &words[at + 1..];
    let host = after[..after.find(|c| !domain(c)).unwrap_or(after.len())].trim_end_matches(['.', '-']);
    let (name, top) = host.rsplit_once('.')?;
    let top_is_a_name = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let documentation = matches!(top, "example" | "invalid" | "test" | "localhost")
        || name == "example"
        || name.ends_with(".example");
    (top_is_a_name && !name.is_empty() && !documentation).then(|| start..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&str> {
        find(words).into_iter().map(|(range, _)| &words[range]).collect()
    }

    #[test]
    fn addresses_and_numbers_are_found() {
        for (words, expected) in [
            ("Écrivez à jeanne.martin@laposte.net.", "jeanne.martin@laposte.net"),
            ("(é_j+x@sous.domaine.fr)", "j+x@sous.domaine.fr"),
            ("Tél. 06 12 34 56 78 le soir", "06 12 34 56 78"),
            ("au 01.23.45.67.89.", "01.23.45.67.89"),
            ("0612345678", "0612345678"),
            ("le 06\u{a0}12\u{a0}34\u{a0}56\u{a0}78", "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78"),
            ("+33 (0)6 12 34 56 78", "+33 (0)6 12 34 56 78"),
            ("0033612345678", "0033612345678"),
            ("+32 470 12 34 56", "+32 470 12 34 56"),
            ("n° 1 85 05 78 006 084 91, merci", "1 85 05 78 006 084 91"),
            ("285052A00608482", "285052A00608482"),
            ("FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 189"),
            ("IBAN:GB82WEST12345698765432.", "GB82WEST12345698765432"),
            ("J’habite 12 bis, rue des Saules, 21000 Dijon depuis", "12 bis, rue des Saules, 21000"),
            ("au 3 avenue de l’Europe – 75116 Paris", "3 avenue de l’Europe – 75116"),
        ] {
            assert_eq!(found(words), [expected], "{words}");
        }
        assert_eq!(found("a@b.fr et c@d.fr, 09 11 22 33 44").len(), 3);
    }

    #[test]
    fn what_only_looks_like_them_is_left() {
        for words in [
            "",
            "@",
            "a@b",
            "[@c-12]",
            "https://reseau.fr/@jeanne",
            "greffe@haute-vernoise.example",
            "moi@example.org",
            "le 01.02.2015 à 10 h",
            "les départements 01 02 03 04 05 06",
            "0800 123 456 et 0899 12 34 56",
            "+10 000 000 000 €",
            "0,0612345678",
            "SIRET 06123456789012",
            "https://exemple.fr/doc/0612345678",
            "article L. 0612345678a",
            "06 12 34 56 7",
            "n° 0612-345678",
            "+33",
            "0",
            // The check digits are wrong.
            "1 85 05 78 006 084 92",
            "FR76 3000 6000 0112 3456 7890 188",
            "du 12 rue des Saules à la place du marché",
            "les 3 places de parking de Dijon, 21000 véhicules",
            "12 rue des Saules et, tout à fait ailleurs, bien plus loin dans le même texte, 21000 Dijon",
        ] {
            assert_eq!(found(words), [""; 0], "{words}");
        }
    }
}
