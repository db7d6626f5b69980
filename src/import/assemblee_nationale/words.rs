//! Small facts about the words of this source: names of members, numbers of articles and of texts, and forms under which
//! words are compared.

use super::read::{Export, Filed};
use super::record::{Amendment, Person};
use crate::import::html;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words as they are compared: lower case, no accents, one kind of apostrophe and of space.
pub(super) fn folded(words: &str) -> String {
    let words = crate::text::fold_typography(words);
    words.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// HTML of one line as words.
pub(super) fn line(html: &str) -> String {
    html::normal(&html::text(html).nfc().collect::<String>())
}

/// An article's number as texts write it: `Article PREMIER` and `premier` are `1er`.
pub(super) fn article(words: &str) -> String {
    let words = html::normal(words);
    let words = words.strip_prefix("Article ").unwrap_or(&words);
    match folded(words).as_str() {
        "premier" | "1er" => "1er".to_owned(),
        _ => words.strip_prefix("PREMIER ").map_or_else(|| words.to_owned(), |rest| format!("1er {rest}")),
    }
}

/// A key under which `1er bis A`, `1er bis`, `1er ter` and `2` come in that order, as in the texts of a parliament.
pub(super) fn order(article: &str) -> Vec<u32> {
    const BETWEEN: [&str; 9] =
        ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies"];
    let part = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let between = BETWEEN.iter().position(|b| *b == word).map(|at| 200 + at as u32);
        let letter = || word.chars().next().map_or(0, |c| (c as u32).min(99));
        digits.parse().ok().or(between).unwrap_or_else(letter)
    };
    let folded = folded(article);
    // What ends here comes after a letter (`bis A`) and before what goes on (`bis`).
    folded.split_whitespace().map(part).chain([150]).collect()
}

/// `M. Fabrice Brun`.
pub(super) fn name(person: &Person) -> String {
    let civility = person.civ.as_deref().unwrap_or_default();
    html::normal(&format!("{civility} {} {}", person.prenom, person.nom))
}

/// A member's name, where the export says it.
pub(super) fn member(export: &Export, id: &str) -> Option<String> {
    export.people.get(id).map(|p| name(&p.record))
}

/// The first signatory as the amendment prints it: `M. Fabrice Brun`; and the others, as they stand.
pub(super) fn signatories(amendment: &Amendment) -> (String, String) {
    let all = line(amendment.signataires.libelle.as_deref().unwrap_or_default());
    let end = [",", " et "].iter().filter_map(|end| all.find(end)).min().unwrap_or(all.len());
    let rest = all[end..].trim_start_matches(',').trim();
    (all[..end].to_owned(), rest.strip_prefix("et ").unwrap_or(rest).to_owned())
}

/// The author of an amendment, as shown.
pub(super) fn author(export: &Export, amendment: &Amendment) -> String {
    let auteur = &amendment.signataires.auteur;
    let known = auteur.acteur_ref.as_deref().and_then(|id| member(export, id));
    let name = known.unwrap_or_else(|| signatories(amendment).0);
    match name.strip_prefix("le ") {
        Some(rest) => format!("Le {rest}"),
        None => name,
    }
}

/// Whether a title that says `fabrice brun` or `gouvernement` means the author of this amendment. Civilities are not
/// compared: titles err about them.
pub(super) fn is_by(export: &Export, amendment: &Filed<Amendment>, author: &str) -> bool {
    let bare = |name: &str| {
        let name = folded(name);
        let first = ["m. ", "mme ", "le ", "la "].iter().find_map(|c| name.strip_prefix(c));
        first.map_or_else(|| name.clone(), ToOwned::to_owned)
    };
    let printed = bare(&signatories(&amendment.record).0);
    let id = amendment.record.signataires.auteur.acteur_ref.as_deref().unwrap_or_default();
    let family = export.people.get(id).map(|p| folded(&p.record.nom));
    let whole = export.people.get(id).map(|p| folded(&format!("{} {}", p.record.prenom, p.record.nom)));
    !author.is_empty()
        && (author == printed || Some(author) == family.as_deref() || Some(author) == whole.as_deref())
}

/// A text's number and what its reference says: `PIONANR5L17BTC1475` is 1475, as a committee leaves it.
pub(super) struct Reference<'r> {
    /// `PION`, `PRJL`…
    pub(super) kind: &'r str,
    /// The number as printed.
    pub(super) number: &'r str,
    /// As amended in committee.
    pub(super) committee: bool,
    /// As tabled.
    pub(super) tabled: bool,
}

impl<'r> Reference<'r> {
    /// Reads a reference.
    pub(super) fn of(reference: &'r str) -> Reference<'r> {
        let letters = reference.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &reference[letters.len()..];
        let number = if number.is_empty() { reference } else { number };
        let committee = letters.ends_with("BTC");
        Reference {
            kind: reference.get(..4).unwrap_or_default(),
            number,
            committee,
            tabled: !committee && letters.ends_with('B'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_come_as_in_a_text() {
        let wanted = ["1er A", "1er", "1er bis A", "1er bis", "1er ter", "2", "3 bis", "10"];
        let mut sorted = wanted;
        sorted.reverse();
        sorted.sort_by_key(|a| order(a));
        assert_eq!(sorted, wanted);
    }

    #[test]
    fn one_article_has_one_number() {
        assert_eq!(article("Article PREMIER"), "1er");
        assert_eq!(article("Article 1er bis A"), "1er bis A");
        assert_eq!(article("premier"), "1er");
    }

    #[test]
    fn the_first_signatory_and_the_others() {
        let amendment = |words: &str| {
            let signataires =
                super::super::record::Signatories { libelle: Some(words.into()), ..Default::default() };
            Amendment { signataires, ..Amendment::default() }
        };
        let read = signatories(&amendment("M.&#160;Ge&#x0301;rard,  Mme&#160;Fort et M.&#160;Puits"));
        assert_eq!(read, ("M. Gérard".to_owned(), "Mme Fort et M. Puits".to_owned()));
        assert_eq!(signatories(&amendment("le Gouvernement")), ("le Gouvernement".to_owned(), String::new()));
    }

    #[test]
    fn a_reference_says_the_number_and_the_state() {
        let reference = Reference::of("PIONANR5L17BTC1475");
        assert_eq!((reference.kind, reference.number, reference.committee), ("PION", "1475", true));
        assert!(Reference::of("PRJLANR5L17B1617").tabled);
    }
}
