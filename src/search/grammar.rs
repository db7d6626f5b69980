//! What differs between languages: which words carry no meaning, what an apostrophe or a legal reference does to a
//! word, which stemmer serves. The browser receives the same tables in `meta.js`, all but the stemmer.

use crate::lang::Lang;
use rust_stemmers::{Algorithm, Stemmer};
use serde::Serialize;

/// The rules of one language. Every word stands folded (see [`fold`](super::analyse::fold)).
#[derive(Debug, Clone, Serialize)]
pub(super) struct Grammar {
    /// What an apostrophe cuts off: `l'`, `qu'`, `jusqu'`.
    pub(super) elisions: &'static [&'static str],
    /// A final `'s` is cut off.
    pub(super) possessive: bool,
    /// Letters that open the number of a codified article, with or without a full stop: `L. 533-4`, `R 12`.
    pub(super) codes: &'static [&'static str],
    /// Letters that do so with a full stop only, since they are words too: `D. 12`, `A. 3`.
    pub(super) dotted_codes: &'static [&'static str],
    /// What follows the number of an inserted article: `17 bis`.
    pub(super) suffixes: &'static [&'static str],
    /// Words that are neither indexed nor looked up.
    pub(super) stops: Vec<&'static str>,
    #[serde(skip)]
    algorithm: Option<Algorithm>,
}

impl Grammar {
    /// The rules of a language; one that is not known has no stems and no stop words, and is still searchable.
    pub(super) fn of(lang: &Lang) -> Self {
        let tag = lang.as_str().split('-').next().unwrap_or_default();
        let french = tag == "fr";
        let english = tag == "en";
        let mut stops: Vec<&str> = match tag {
            "fr" => FRENCH_STOPS.split_whitespace().collect(),
            "en" => ENGLISH_STOPS.split_whitespace().collect(),
            _ => Vec::new(),
        };
        stops.sort_unstable();
        Grammar {
            elisions: if french { FRENCH_ELISIONS } else { &[] },
            possessive: english,
            codes: if french { &["l", "r"] } else { &[] },
            dotted_codes: if french { &["a", "d"] } else { &[] },
            suffixes: SUFFIXES,
            stops,
            algorithm: algorithm(tag),
        }
    }

    /// Whether a folded word is left out of the index: the table's words, and letters standing alone.
    pub(super) fn is_stop(&self, form: &str) -> bool {
        let mut letters = form.chars();
        let lone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        lone && form.is_ascii() || self.stops.binary_search(&form).is_ok()
    }

    /// A stemmer, for the thread that asks.
    pub(super) fn stemmer(&self) -> Option<Stemmer> {
        self.algorithm.map(Stemmer::create)
    }
}

fn algorithm(tag: &str) -> Option<Algorithm> {
    Some(match tag {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

const FRENCH_ELISIONS: &[&str] =
    &["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"];

const SUFFIXES: &[&str] =
    &["bis", "decies", "nonies", "octies", "quater", "quinquies", "septies", "sexies", "ter", "undecies"];

/// Words of pure grammar, folded. Left out on purpose, since they mean something in a consultation or share their
/// folded spelling with a word that does: contre, non, oui, sans, tous, ete, est, droit.
const FRENCH_STOPS: &str = "
    afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons ayant
    beaucoup bien car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez ci comme comment
    dans de depuis des deux dont donc du elle elles en encore entre es est et etaient etait etant etc etes etre eu
    eux faire fait font hors ici il ils je jusque la le les leur leurs lors lui ma mais me meme memes mes moi moins
    mon ne ni nos notre nous on ont or ou par parce pas peu peut peuvent plus pour pourquoi pourrait puis puisque qu
    quand que quel quelle quelles quelqu quels qui quoi sa se sera serait seront ses si soi soient soit somme son
    sont sous suis sur ta te tel telle telles tels tes toi ton tout toute toutefois toutes tres trop tu un une vers
    voici voila vos votre vous y";

const ENGLISH_STOPS: &str = "
    a about after all also am an and any are as at be because been before being between both but by can could did do
    does doing don down during each few for from further had has have having he her here hers him his how i if in
    into is it its itself just me more most my no nor of off on once only or other our ours out over own same she
    should so some such than that the their theirs them then there these they this those through to too under until
    up very was we were what when where which while who whom why will with would you your yours";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_folded_and_sorted() {
        for tag in ["fr", "en", "br"] {
            let grammar = Grammar::of(&Lang::new(tag).unwrap());
            let tables =
                [grammar.elisions, grammar.codes, grammar.dotted_codes, grammar.suffixes, &grammar.stops];
            for table in tables {
                assert!(table.is_sorted());
                assert!(table.iter().all(|w| w.bytes().all(|b| b.is_ascii_lowercase())), "{table:?}");
            }
        }
    }

    #[test]
    fn letters_alone_are_stops_and_digits_are_not() {
        let grammar = Grammar::of(&Lang::french());
        assert!(grammar.is_stop("l") && grammar.is_stop("des"));
        assert!(!grammar.is_stop("4") && !grammar.is_stop("contre") && !grammar.is_stop("水"));
    }
}
