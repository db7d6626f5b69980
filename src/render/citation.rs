//! A citation as BibTeX and CSL-JSON, with the digest of the page's data file; the template writes the third form, as
//! text. Facts and messages in, strings out. BibTeX is written for every style: `@misc`, whose fields all know.

use crate::model::when::Date;
use crate::text::{ADDRESS, hex, percent_encoded};
use crate::view::citation::{Citation, Kind};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What the template shows.
#[derive(Debug, Serialize)]
pub(super) struct Cited<'c> {
    /// The facts.
    #[serde(flatten)]
    own: &'c Citation,
    /// SHA-256 of the data file, in hexadecimal.
    sha256: String,
    /// The whole entry.
    bibtex: String,
    /// A list of one item.
    csl: String,
}

/// An item of CSL-JSON 1.0.2.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'c> {
    id: &'c str,
    r#type: Kind,
    title: &'c str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'c>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    container_title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: &'c Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: &'c Option<String>,
    issued: DateParts,
    genre: &'c str,
    publisher: &'c str,
    archive: &'c str,
    #[serde(rename = "archive_location")]
    archive_location: &'c str,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    language: &'c str,
    version: String,
    note: &'c str,
}

#[derive(Serialize)]
struct Name<'c> {
    literal: &'c str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DateParts {
    date_parts: [[i16; 3]; 1],
}

/// The forms of a citation; `data` is the data file, `say` gives the messages of the theme.
pub(super) fn cited<'c>(own: &'c Citation, data: &[u8], say: &dyn Fn(&str) -> Option<String>) -> Cited<'c> {
    let sha256 = hex(&Sha256::digest(data));
    let said = |key: &str| say(key).unwrap_or_else(|| key.to_owned());
    let mut genre = said(&own.genre);
    if let Some(absent) = own.absent {
        genre = format!("{genre}, {}", said(absent));
    }
    let mut note = format!("{} {}; SHA-256 (index.json): {sha256}", said("as_of"), own.as_of);
    if let Some(commit) = &own.commit {
        note.push_str(&format!("; commit: {commit}"));
    }
    let url = own.url.as_ref().map(|url| percent_encoded(url, ADDRESS));
    let bibtex = bibtex(own, &genre, &note, url.as_deref());
    let Date(day) = own.date.unwrap_or(own.as_of);
    let item = Item {
        id: &own.key,
        r#type: own.kind,
        title: &own.title,
        author: own.authors.iter().map(|literal| Name { literal }).collect(),
        container_title: own.within.join(", "),
        number: &own.number,
        section: &own.section,
        issued: DateParts { date_parts: [[day.year(), day.month().into(), day.day().into()]] },
        genre: &genre,
        publisher: &own.publisher,
        archive: &own.site,
        archive_location: &own.path,
        url,
        language: own.lang.as_str(),
        version: own.as_of.to_string(),
        note: &note,
    };
    let csl = serde_json::to_string(&[item]).unwrap_or_default();
    Cited { own, sha256, bibtex, csl }
}

fn bibtex(own: &Citation, genre: &str, note: &str, url: Option<&str>) -> String {
    let Date(day) = own.date.unwrap_or(own.as_of);
    let mut out = format!("@misc{{{},\n", own.key);
    let mut field = |name: &str, words: String| {
        if !words.is_empty() {
            out.push_str(&format!("  {name} = {{{words}}},\n"));
        }
    };
    // Inner braces: a body is one name, whatever its commas; capitals of titles stay.
    let authors: Vec<String> = own.authors.iter().map(|name| format!("{{{}}}", escaped(name))).collect();
    field("author", authors.join(" and "));
    field("title", format!("{{{}}}", escaped(&own.title)));
    field("howpublished", escaped(&own.within.join(", ")));
    field("publisher", format!("{{{}}}", escaped(&own.publisher)));
    field("year", day.year().to_string());
    field("month", day.month().to_string());
    field("type", escaped(genre));
    match url {
        Some(url) => {
            field("url", url.to_owned());
            field("note", escaped(note));
        }
        None => field("note", escaped(&format!("{}; {note}", own.path))),
    }
    out.push('}');
    out
}

/// Words in a field: what TeX would take for its own is named, and braces are named rather than written, since BibTeX
/// counts those that are escaped too. Nothing stands between two hyphens, so that they become no dash.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before = ' ';
    for c in words.chars() {
        let ligature =
            matches!((before, c), ('-', '-') | ('\'', '\'') | ('<', '<') | ('>', '>') | (',', ','))
                || (c == '`' && matches!(before, '`' | '?' | '!'));
        if ligature {
            out.push_str("{}");
        }
        before = c;
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '%' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn petition() -> Citation {
        Citation {
            key: "eau-contribution-puits".into(),
            kind: Kind::Post,
            genre: "kind_proposal".into(),
            absent: None,
            authors: vec!["Truite 3".into(), "Orme & fils, SARL".into()],
            title: "50 % d’eau\\an_1 {tous} -- #1 ~ ^ $".into(),
            within: vec!["Le projet".into(), "L’eau".into()],
            number: None,
            section: None,
            date: Date::parse("2026-11-03"),
            as_of: Date::parse("2026-11-27").unwrap(),
            commit: None,
            url: Some("https://archives.example.org/eau/contributions/puits/".into()),
            path: "eau/contributions/puits/index.html".into(),
            site: "Consultations".into(),
            publisher: "La commune".into(),
            lang: Lang::french(),
        }
    }

    fn say(key: &str) -> Option<String> {
        let words =
            [("kind_proposal", "Proposition"), ("as_of", "État au"), ("erased", "Contribution effacée")];
        words.iter().find(|(name, _)| *name == key).map(|(_, words)| (*words).to_owned())
    }

    const DIGEST: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, B.1

    #[test]
    fn bibtex_says_the_same_words_whatever_tex_would_make_of_them() {
        assert_eq!(
            cited(&petition(), b"abc", &say).bibtex,
            format!(
                "@misc{{eau-contribution-puits,\n  author = {{{{Truite 3}} and {{Orme \\& fils, SARL}}}},\n  \
                 title = {{{{50 \\% d’eau\\textbackslash{{}}an\\_1 \\textbraceleft{{}}tous\\textbraceright{{}} -{{}}- \\#1 \
                 \\textasciitilde{{}} \\textasciicircum{{}} \\$}}}},\n  howpublished = {{Le projet, L’eau}},\n  \
                 publisher = {{{{La commune}}}},\n  year = {{2026}},\n  month = {{11}},\n  type = {{Proposition}},\n  \
                 url = {{https://archives.example.org/eau/contributions/puits/}},\n  \
                 note = {{État au 2026-11-27; SHA-256 (index.json): {DIGEST}}},\n}}"
            )
        );
    }

    #[test]
    fn csl_is_one_item_with_the_digest() {
        let csl: serde_json::Value = serde_json::from_str(&cited(&petition(), b"abc", &say).csl).unwrap();
        assert_eq!(csl[0]["type"], "post");
        assert_eq!(csl[0]["author"][1]["literal"], "Orme & fils, SARL");
        assert_eq!(csl[0]["issued"]["date-parts"], serde_json::json!([[2026, 11, 3]]));
        assert_eq!(csl[0]["note"], format!("État au 2026-11-27; SHA-256 (index.json): {DIGEST}"));
    }

    #[test]
    fn without_an_address_the_path_is_given_and_without_a_date_that_of_the_page() {
        let own = Citation { url: None, date: None, absent: Some("erased"), ..petition() };
        let cited = cited(&own, b"abc", &say);
        assert!(
            cited.bibtex.contains("  note = {eau/contributions/puits/index.html; État au"),
            "{}",
            cited.bibtex
        );
        assert!(cited.bibtex.contains("  type = {Proposition, Contribution effacée},"));
        assert!(!cited.csl.contains("URL") && cited.csl.contains("[[2026,11,27]]"), "{}", cited.csl);
    }

    /// Braces are balanced at every point, whatever the words: BibTeX finds the end of a field by counting them.
    #[test]
    fn braces_are_balanced() {
        for words in ["}{", "\\}", "{{{", "a\\{b", "%}\n{"] {
            let entry = cited(&Citation { title: words.into(), ..petition() }, b"", &say).bibtex;
            let mut depth = 0_i32;
            for c in entry.trim_end_matches('}').chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(depth >= 0, "{entry}");
            }
            assert_eq!(depth, 1, "{entry}");
        }
    }
}
