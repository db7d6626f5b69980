//! What a roll call decides, as its title says it: “l'amendement n° 5 (rect.) de M. X et les amendements identiques
//! suivants à l'article 5 de la proposition de loi … (seconde délibération) (deuxième lecture).” Pure reading of one
//! sentence; which text and which amendment that is, `link` finds out.

use super::words::folded;

/// What a title says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// What is before the name of the text: `l'article 5`.
    pub(super) object: String,
    /// The amendment that it names.
    pub(super) amendment: Option<Named>,
    /// The article that it names, folded: `5`, `1er bis`.
    pub(super) article: Option<String>,
    /// The object is an article or the whole text, not an amendment, a motion or a request.
    pub(super) what: What,
    /// The text: its title and its stage, folded: two texts are never one.
    pub(super) text: Option<String>,
    /// The text's title as written.
    pub(super) title: Option<String>,
    /// Its stage: `première lecture`.
    pub(super) stage: Option<String>,
    /// In a second deliberation, where amendments are numbered from 1 again.
    pub(super) again: bool,
}

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// An amendment or a sub-amendment.
    Amendment,
    /// An article.
    Article,
    /// The whole text.
    Whole,
    /// A motion, a request…
    Other,
}

/// An amendment as a title names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Its number.
    pub(super) number: String,
    /// Its author, folded, without “M.” or “Mme”: `fabrice brun`, `gouvernement`.
    pub(super) author: String,
    /// Identical ones were decided with it.
    pub(super) identical: bool,
}

/// Names of texts begin so.
const TEXTS: [&str; 4] =
    ["projet de loi", "proposition de loi", "proposition de résolution", "projet de résolution"];

impl Subject {
    /// Reads a title.
    pub(super) fn read(title: &str) -> Subject {
        let title = title.trim().trim_end_matches('.');
        let at = TEXTS.iter().filter_map(|text| title.find(text)).min();
        let (object, rest) = match at {
            Some(at) => (&title[..at], Some(&title[at..])),
            None => (title, None),
        };
        let object = object.trim_end().trim_end_matches(['(', ' ']);
        let object = ["de la", "du", "de cette", "de", "à la", "au"]
            .iter()
            .find_map(|joint| object.strip_suffix(joint).filter(|o| o.ends_with(' ')))
            .unwrap_or(object)
            .trim_end_matches([' ', ',']);
        let (name, notes) = rest.map_or(("", Vec::new()), notes);
        let again = notes.iter().any(|note| folded(note) == "seconde deliberation");
        let stage =
            notes.iter().rev().find(|note| folded(note) != "seconde deliberation").map(|n| (*n).to_owned());
        let amendment = amendment(object);
        let what = match folded(object) {
            _ if amendment.is_some() => What::Amendment,
            words if words.starts_with("l'article") => What::Article,
            words if words.starts_with("l'ensemble") => What::Whole,
            _ => What::Other,
        };
        Subject {
            article: article(object),
            object: object.to_owned(),
            amendment,
            what,
            text: rest.map(|_| folded(&format!("{name} ({})", stage.as_deref().unwrap_or_default()))),
            title: rest.map(|_| name.to_owned()),
            stage,
            again,
        }
    }
}

/// The name of a text and what stands between brackets after it.
fn notes(words: &str) -> (&str, Vec<&str>) {
    let mut notes = Vec::new();
    let mut name = words.trim();
    while let Some((before, note)) = name.strip_suffix(')').and_then(|n| n.rsplit_once('(')) {
        notes.insert(0, note.trim());
        name = before.trim_end();
    }
    (name.trim_end_matches(')').trim_end(), notes)
}

/// The amendment that an object names first: of a sub-amendment, itself and not the one it amends.
fn amendment(object: &str) -> Option<Named> {
    let start = folded(object);
    let is = ["l'amendement", "le sous-amendement", "les amendements", "les sous-amendements"];
    if !is.iter().any(|word| start.starts_with(word)) {
        return None;
    }
    let own = if start.contains("sous-amendement") {
        object.split_once(" à l'amendement").map_or(object, |(own, _)| own)
    } else {
        object
    };
    let (_, rest) = own.split_once("n° ").or_else(|| own.split_once("n°"))?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
    let number = rest[..end].to_owned();
    let after = &rest[end..];
    let by = [" de M. ", " de Mme ", " du ", " de la ", " de "];
    let author = by.iter().find_map(|by| Some(after.split_once(by)?.1)).unwrap_or_default();
    let ends = [" à l'", " après l'", " avant l'", " et ", " de suppression", " au titre", " à la ", ","];
    let end = ends.iter().filter_map(|end| author.find(end)).min().unwrap_or(author.len());
    Some(Named { number, author: folded(&author[..end]), identical: folded(own).contains("identique") })
}

/// The article at the end of an object: `à l'article premier (supprimé)`.
fn article(object: &str) -> Option<String> {
    let (_, article) = object.rsplit_once("l'article ")?;
    let article = article.split(" (").next().unwrap_or(article);
    Some(super::words::article(article))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str) -> Subject {
        Subject::read(title)
    }

    #[test]
    fn an_amendment_and_those_identical_to_it() {
        let s = read(
            "l'amendement de suppression n° 1 de M. Jean Petit et les amendements identiques suivants à l'article premier de la proposition de loi relative aux puits (deuxième lecture).",
        );
        let named = s.amendment.unwrap();
        assert_eq!((&*named.number, &*named.author, named.identical), ("1", "jean petit", true));
        assert_eq!(s.article.as_deref(), Some("1er"));
        assert_eq!(s.text.as_deref(), Some("proposition de loi relative aux puits (deuxieme lecture)"));
        assert_eq!((s.stage.as_deref(), s.again, s.what), (Some("deuxième lecture"), false, What::Amendment));
    }

    #[test]
    fn a_sub_amendment_is_not_the_one_it_amends_nor_identical_as_that_one_is() {
        let s = read(
            "le sous-amendement n° 26 de Mme Fort à l'amendement n° 5 de M. Petit et à l'amendement identique suivant à l'article premier (supprimé) de la proposition de loi relative aux puits (première lecture).",
        );
        let named = s.amendment.unwrap();
        assert_eq!((&*named.number, &*named.author, named.identical), ("26", "fort", false));
        assert_eq!(s.article.as_deref(), Some("1er"));
    }

    #[test]
    fn the_government_and_a_second_deliberation() {
        let s = read(
            "l'amendement n° 1 rectifié du Gouvernement à l'article 5 du projet de loi relatif aux puits (seconde délibération) (première lecture).",
        );
        assert_eq!(s.amendment.unwrap().author, "gouvernement");
        assert_eq!((s.again, s.stage.as_deref()), (true, Some("première lecture")));
        assert_eq!(s.title.as_deref(), Some("projet de loi relatif aux puits"));
    }

    #[test]
    fn what_is_no_amendment() {
        let s = read(
            "la demande de seconde délibération de M. Petit sur l'amendement n° 2 de M. Fort à l'article 2 de la proposition de loi organique (première lecture).",
        );
        assert_eq!((s.what, s.amendment), (What::Other, None));
        let s = read(
            "la proposition de prolongation de la séance (proposition de loi organique relative aux puits) (première lecture).",
        );
        assert_eq!(s.what, What::Other);
        assert_eq!(
            s.text.as_deref(),
            Some("proposition de loi organique relative aux puits (premiere lecture)")
        );
        let s = read("l'article 5 de la proposition de loi relative aux puits (première lecture).");
        assert_eq!((s.what, s.article.as_deref(), &*s.object), (What::Article, Some("5"), "l'article 5"));
        let s =
            read("l'ensemble du projet de loi relatif aux puits (texte de la commission mixte paritaire).");
        assert_eq!(
            (s.what, s.stage.as_deref(), &*s.object),
            (What::Whole, Some("texte de la commission mixte paritaire"), "l'ensemble")
        );
    }
}
