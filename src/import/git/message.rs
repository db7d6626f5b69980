//! What a commit's message says: numbers, authors, addresses, and the statement of reasons as Markdown. Nothing is
//! guessed beyond what is written; what the subject holds and no field takes stays in the title or the reasons.

use super::words::{after_any, folded};
use crate::import::html;

/// A message, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// It calls itself an amendment.
    pub tabled: bool,
    /// Its numbers, each as shown: `266 (Rect.)`.
    pub numbers: Vec<String>,
    /// All of them as shown: `704 (s/sa 873) et 688`.
    pub number: String,
    /// Who tabled it.
    pub authors: Vec<String>,
    /// Their group.
    pub group: String,
    /// A few words; those of the subject unless they are numbers and authors.
    pub title: String,
    /// The first address on an assembly's site.
    pub official: String,
    /// Other sites' addresses, in order.
    pub addresses: Vec<String>,
    /// Statement of reasons, in Markdown, without the official address.
    pub reasons: String,
}

/// What opens the words that announce an amendment; `amendent` is a misprint that occurs.
const AMENDMENT: [&str; 8] = [
    "sous-amendements",
    "sous-amendement",
    "amendements",
    "amendement",
    "amendents",
    "amendent",
    "amdts",
    "amdt",
];

/// Sites of assemblies: their pages of an amendment are the official ones.
const OFFICIAL: [&str; 2] = ["assemblee-nationale.fr", "senat.fr"];

/// Reads a message.
pub(super) fn message(subject: &str, body: &str) -> Message {
    let mut read = Message::default();
    self::subject(subject, &mut read);
    let lines = whole_addresses(body);
    for address in lines.iter().flat_map(|l| addresses(l)) {
        let host = address.split("://").nth(1).unwrap_or("").split('/').next().unwrap_or("");
        let host = host.trim_start_matches("www.");
        if !OFFICIAL.contains(&host) {
            read.addresses.push(address.into());
        } else if read.official.is_empty() {
            read.official = address.into();
        }
    }
    read.reasons = reasons(&lines, &read.official);
    read
}

/// What follows the word, where it is a whole one.
fn opens(words: &str) -> Option<&str> {
    after_any(words, &AMENDMENT).filter(|rest| rest.is_empty() || rest.starts_with([' ', '\u{a0}']))
}

fn subject(subject: &str, read: &mut Message) {
    // `Liberté de panorama : Amendement 250 de…`
    let cut = subject
        .match_indices(':')
        .find_map(|(at, _)| opens(subject[at + 1..].trim_start()).map(|rest| (subject[..at].trim(), rest)));
    let Some((label, rest)) = opens(subject).map(|rest| ("", rest)).or(cut) else {
        read.title = subject.into();
        return;
    };
    let (numbers, number, rest) = numbers(rest);
    if numbers.is_empty() && label.is_empty() && rest.contains("adoptés") {
        // `Amendements adoptés en séance`: several, none of them named.
        read.title = subject.into();
        return;
    }
    read.tabled = true;
    read.numbers = numbers;
    read.number = number;
    (read.authors, read.group) = authors(rest);
    read.title = if label.is_empty() && read.authors.is_empty() && !rest.is_empty() {
        subject.into()
    } else {
        label.into()
    };
}

/// The numbers at the beginning, as a list and as shown, and what follows them.
fn numbers(words: &str) -> (Vec<String>, String, &str) {
    let mut all: Vec<String> = Vec::new();
    let start = words.trim_start_matches([' ', '\u{a0}']);
    let (mut rest, mut end) = (start, start);
    loop {
        let bare = after_any(rest, &["nos", "n°s", "n°", "nº", "no "]).unwrap_or(rest).trim_start();
        let Some(length) = number(bare) else { break };
        let mut shown = bare[..length].to_owned();
        rest = &bare[length..];
        let spaced = rest.trim_start();
        if let Some((inside, after)) = spaced.strip_prefix('(').and_then(|r| r.split_once(')')) {
            if folded(inside).contains("rect") {
                shown = format!("{shown} ({inside})");
            }
            rest = after;
        }
        all.push(shown);
        end = rest;
        let next = rest.trim_start();
        rest = match next.strip_prefix(',').or_else(|| next.strip_prefix("et ")) {
            Some(next) => next.trim_start(),
            None => break,
        };
        rest = rest.strip_prefix("et ").unwrap_or(rest).trim_start();
    }
    let shown = start[..start.len() - end.len()].trim();
    let shown = after_any(shown, &["nos", "n°s", "n°", "nº"]).unwrap_or(shown).trim();
    (all, shown.into(), end.trim())
}

/// Length of a number: `698`, `CL12`, `I-23`, `12 bis` is two.
fn number(words: &str) -> Option<usize> {
    let length = words.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(words.len());
    let word = words[..length].trim_end_matches('-');
    let letters = word.find(|c: char| c.is_ascii_digit())?;
    let fine = word[..letters].chars().all(|c| c.is_ascii_uppercase() || c == '-') && letters <= 6;
    fine.then_some(word.len())
}

/// `de M. A, Mme B et M. C`, `du Gouvernement`, with a group where one is named.
fn authors(words: &str) -> (Vec<String>, String) {
    let Some(rest) = after_any(words, &["de ", "du ", "des ", "d’", "d'"]) else {
        return (Vec::new(), String::new());
    };
    let cut = [" et les membres du ", " au nom du ", ", au nom du "]
        .iter()
        .find_map(|m| rest.split_once(m).filter(|(_, group)| folded(group).starts_with("groupe")));
    let (names, group) = cut.unwrap_or((rest, ""));
    let whole = match () {
        () if words.starts_with("du ") => Some(format!("Le {names}")),
        () if words.starts_with("des ") => Some(format!("Les {names}")),
        () if names.starts_with("la ") => Some(format!("La {}", &names[3..])),
        () => None,
    };
    let split = || names.split(", ").flat_map(|n| n.split(" et ")).map(|n| n.trim().trim_end_matches('.'));
    let list = match whole {
        Some(body) => vec![body],
        None => split().filter(|n| !n.is_empty()).map(ToOwned::to_owned).collect(),
    };
    (list, group.trim().into())
}

/// Shortest line that is taken for one that was cut by a mail-like wrap.
const WRAPPED: usize = 60;

/// The body's lines, addresses that were wrapped made whole: a line that ends in an address and is as long as the
/// wrap, followed by lines of nothing but an address's characters, the last of them shorter.
fn whole_addresses(body: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = None;
    for line in body.lines().map(str::trim_end) {
        let length = line.chars().count();
        let continues = !line.is_empty()
            && line.chars().all(|c| c.is_ascii_graphic() && c != '<' && c != '>')
            && !line.starts_with(|c: char| c.is_ascii_uppercase())
            && !line.contains("://");
        match (open, lines.last_mut()) {
            (Some(width), Some(last)) if continues && length <= width => {
                last.push_str(line);
                open = (length == width).then_some(width);
            }
            _ => {
                let ends = line.rsplit(char::is_whitespace).next().is_some_and(|w| w.contains("://"));
                open = (ends && length >= WRAPPED).then_some(length);
                lines.push(line.into());
            }
        }
    }
    lines
}

/// The web addresses of a line.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"'));
    let words = words.filter(|w| w.starts_with("http://") || w.starts_with("https://"));
    words.map(|w| w.trim_end_matches([',', ';', '.', ':'])).filter(|w| w.len() > "https://".len())
}

/// A line as it goes into the reasons.
enum Piece {
    /// Words, joined again where they were wrapped.
    Words(String),
    /// An address alone.
    Address(String),
}

/// The reasons: paragraphs, with lines that were only wrapped joined again.
fn reasons(lines: &[String], official: &str) -> String {
    let width = lines.iter().filter(|l| !l.contains("://")).map(|l| l.chars().count()).max().unwrap_or(0);
    let mut paragraphs: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut previous = 0;
    let mut left_out = official.is_empty();
    for line in lines {
        let words = line.trim();
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        if words.is_empty() {
            if !paragraph.is_empty() {
                paragraphs.push(Vec::new());
            }
            continue;
        }
        let alone = addresses(words).next().is_some_and(|a| a == words);
        if alone && words == official && !left_out {
            left_out = true;
            continue;
        }
        // The line before was wrapped where the next word would not have fitted.
        let next = words.split(char::is_whitespace).next().map_or(0, |w| w.chars().count());
        let wrapped = width >= WRAPPED && previous + 1 + next > width;
        previous = line.chars().count();
        match paragraph.last_mut() {
            Some(Piece::Words(before)) if wrapped && !alone && !listed(words) => {
                before.push(' ');
                before.push_str(words);
            }
            _ if alone => paragraph.push(Piece::Address(words.into())),
            _ => paragraph.push(Piece::Words(words.into())),
        }
    }
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => html::plain(words).0,
        Piece::Address(address) => format!("<{address}>"),
    };
    let paragraph = |p: &Vec<Piece>| p.iter().map(piece).collect::<Vec<_>>().join("\\\n");
    let paragraphs = paragraphs.iter().filter(|p| !p.is_empty()).map(paragraph);
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Whether a line opens an item of a list.
fn listed(words: &str) -> bool {
    let opens =
        |marks: &[char]| words.strip_prefix(marks).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    opens(&['-', '–', '•', '*', '·'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn subject(words: &str, number: &str, numbers: &[&str], authors: &[&str], title: &str) {
        let read = message(words, "");
        assert_eq!((&*read.number, &*read.title), (number, title), "{words}");
        assert_eq!(read.numbers, numbers, "{words}");
        assert_eq!(read.authors, authors, "{words}");
        assert_eq!(read.tabled, !words.starts_with("Mise") && !words.contains("adoptés"), "{words}");
    }

    #[test]
    fn subjects_say_numbers_and_authors() {
        subject("Amendement 12 de M. Dupré et Mme Le Roux", "12", &["12"], &["M. Dupré", "Mme Le Roux"], "");
        subject(
            "Amendent 81 de Mme A, M. de B, Mme C et M. D",
            "81",
            &["81"],
            &["Mme A", "M. de B", "Mme C", "M. D"],
            "",
        );
        subject(
            "Amendement 266 (Rect.) du Gouvernement",
            "266 (Rect.)",
            &["266 (Rect.)"],
            &["Le Gouvernement"],
            "",
        );
        subject(
            "Amendement n° 82 (Rect) de la commission",
            "82 (Rect)",
            &["82 (Rect)"],
            &["La commission"],
            "",
        );
        subject("Amendements 10, 57, 553 et 736", "10, 57, 553 et 736", &["10", "57", "553", "736"], &[], "");
        subject("Amendements 704 (s/sa 873) et 688", "704 (s/sa 873) et 688", &["704", "688"], &[], "");
        subject(
            "Droit de l’eau : Amendement CL250 de Luc B",
            "CL250",
            &["CL250"],
            &["Luc B"],
            "Droit de l’eau",
        );
        subject("Amendement rédactionnel", "", &[], &[], "Amendement rédactionnel");
        subject(
            "[Assemblée] Amendements adoptés en commission",
            "",
            &[],
            &[],
            "[Assemblée] Amendements adoptés en commission",
        );
        subject("Mise en forme : article 3", "", &[], &[], "Mise en forme : article 3");
    }

    #[test]
    fn a_group_is_no_author() {
        let read = message("Amendement 3 de Mme A et les membres du groupe des riverains", "");
        assert_eq!((read.authors, &*read.group), (vec!["Mme A".to_owned()], "groupe des riverains"));
    }

    #[test]
    fn the_first_official_address_is_the_amendment_s_own() {
        let body =
            "http://www.senat.fr/amdt/3.html\n\nSous-amendé par le 4 :\nhttp://www.senat.fr/amdt/4.html\n";
        let read = message("Amendement 3", body);
        assert_eq!(read.official, "http://www.senat.fr/amdt/3.html");
        assert_eq!(read.reasons, "Sous-amendé par le 4 :\\\n<http://www.senat.fr/amdt/4.html>");
        assert!(read.addresses.is_empty());
    }

    #[test]
    fn what_was_wrapped_is_joined_again() {
        let wrapped = "L’article oblige chaque commune à tenir un registre des prises d’eau et\n\
                       à le publier.\nFin de l’exposé.\n\n- un point\n- un autre\n";
        assert_eq!(
            message("x", wrapped).reasons,
            "L’article oblige chaque commune à tenir un registre des prises d’eau et à le publier.\\\n\
             Fin de l’exposé.\n\n\\- un point\\\n\\- un autre"
        );
        let long = "https://consultation.example.org/projects/eau/consultation/opinions/sect\n\
                    ion-1-les-prises-d-eau/registre-des-prises-d-eau-ouvert-a-tous-les-riverain\n\
                    s\n";
        let long = long.replace("riverain\n", "ri\n");
        let read = message("x", &format!("Proposition d’Anne\n{long}Proposition de Paul\n"));
        assert_eq!(read.addresses.len(), 1);
        assert!(
            read.addresses[0]
                .starts_with("https://consultation.example.org/projects/eau/consultation/opinions/section-1")
        );
        assert!(!read.reasons.contains("sect\n"));
    }
}
