//! Operations of an amendment, where its quotations say them: a `mod` that replaces one quoted text by another, inserts
//! one beside another or deletes one, told by the verb, and the text that is there has the words exactly once in the
//! place that is named. Anything less certain is left to the instruction.

use crate::import::content::Fields;
use crate::import::html::normal;
use crate::import::xml::{Element, Node};
use crate::lang::Bilingual;
use crate::model::document::{Article, Document};
use crate::say;
use crate::yaml::write::Out;

/// Stands for a quotation among the words of a `mod`.
const QUOTE: char = '\u{1}';

/// The operations that all of the content says, or why it does not.
pub(super) fn operations(
    content: &Element,
    document: Option<&Document>,
    article: Option<&Article>,
) -> Result<Vec<Out>, Bilingual> {
    let unclear = || {
        say!(
            "les citations ne disent pas une opération avec certitude : seulement les mots du dépôt",
            "the quotations do not say an operation with certainty: only the words as tabled"
        )
    };
    let mut mods = Vec::new();
    gather(content, "mod", &mut mods);
    let mut quotes = Vec::new();
    gather(content, "quotedText", &mut quotes);
    let mut structures = Vec::new();
    gather(content, "quotedStructure", &mut structures);
    // Nothing is quoted: the words as tabled are all there is, and nothing is missing.
    if quotes.is_empty() && structures.is_empty() {
        return Ok(Vec::new());
    }
    let article = article.filter(|_| document.is_some()).ok_or_else(unclear)?;
    let within: usize = mods.iter().map(|m| quoted(m).1.len()).sum();
    if mods.is_empty() || within != quotes.len() || !structures.is_empty() {
        return Err(unclear());
    }
    let paragraph = paragraph(&content.words());
    mods.iter().map(|found| operation(found, paragraph, article).ok_or_else(unclear)).collect()
}

fn gather<'t>(element: &'t Element, name: &str, found: &mut Vec<&'t Element>) {
    for inner in element.elements() {
        if &*inner.name == name {
            found.push(inner);
        } else {
            gather(inner, name, found);
        }
    }
}

/// The words of a `mod` in lower case, each quotation a [`QUOTE`], and the quotations.
fn quoted(found: &Element) -> (String, Vec<String>) {
    fn walk(element: &Element, words: &mut String, quotes: &mut Vec<String>) {
        for node in &element.children {
            match node {
                Node::Text(text) => words.push_str(text),
                Node::Element(inner) if &*inner.name == "quotedText" => {
                    words.push(QUOTE);
                    quotes.push(normal(&inner.text()));
                }
                Node::Element(inner) => walk(inner, words, quotes),
            }
        }
    }
    let (mut words, mut quotes) = (String::new(), Vec::new());
    walk(found, &mut words, &mut quotes);
    (normal(&words).to_lowercase(), quotes)
}

/// What a `mod` does. An order of words that could mean two things means nothing.
fn operation(found: &Element, paragraph: Option<u32>, article: &Article) -> Option<Out> {
    let (words, quotes) = quoted(found);
    let between: Vec<&str> = words.split(QUOTE).collect();
    let begin = *between.first()?;
    let has = |part: &str, any: &[&str]| any.iter().any(|word| part.contains(word));
    let fields = paragraph.map_or_else(Fields::new, |n| Fields::new().plain("paragraph", n));
    let one = |words: &str| once(article, paragraph, words).then_some(());
    let out = match (quotes.as_slice(), between.get(1)) {
        // « substituer au mot A le mot B », « remplacer A par B », “replace A with B”, “leave out A and insert B”.
        ([old, new], Some(middle))
            if (has(begin, &["substituer au", "remplacer", "replace", "leave out"]))
                && !has(middle, &["après", "avant", "after", "before", "for"]) =>
        {
            one(old)?;
            fields.text("replace", old).text("with", new)
        }
        // « après le mot A, insérer le mot B », “after A insert B”.
        ([anchor, new], Some(middle)) if has(middle, &["insérer", "insert", "ajouter", "add"]) => {
            one(anchor)?;
            let fields = fields.text("insert", new);
            let last = |word: &str| begin.rfind(word);
            let after = ["après", "after"].iter().filter_map(|w| last(w)).max();
            let before = ["avant", "before"].iter().filter_map(|w| last(w)).max();
            match (after, before) {
                (Some(_), None) => fields.text("after", anchor),
                (None, Some(_)) => fields.text("before", anchor),
                (Some(_), Some(_)) | (None, None) => return None,
            }
        }
        ([old], _) if has(begin, &["supprimer", "delete", "leave out"]) => {
            one(old)?;
            fields.text("delete", old)
        }
        _ => return None,
    };
    Some(out.item())
}

/// The words stand exactly once in the paragraph that is named, or in the whole article.
fn once(article: &Article, paragraph: Option<u32>, words: &str) -> bool {
    let places = article.paragraphs.iter().filter(|p| paragraph.is_none_or(|n| p.number == n));
    !words.is_empty() && places.map(|p| p.markdown.matches(words).count()).sum::<usize>() == 1
}

/// `À l’alinéa 2`, `paragraph 2`: the only number that is said of one.
fn paragraph(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    let mut found = Vec::new();
    for word in ["alinéa ", "paragraph "] {
        for (at, _) in lower.match_indices(word) {
            let digits: String = lower[at + word.len()..].chars().take_while(char::is_ascii_digit).collect();
            found.extend(digits.parse::<u32>().ok());
        }
    }
    found.dedup();
    (found.len() == 1).then(|| found.pop()).flatten()
}
