//! The words that legal texts number their parts with. All in lower case.

/// Words that begin a French division's heading, with their rank: the wider division has the smaller one.
pub(super) const DIVISIONS: [(&str, u8); 9] = [
    ("annexe", 0),
    ("partie", 1),
    ("livre", 2),
    ("titre", 3),
    ("sous-titre", 4),
    ("chapitre", 5),
    ("section", 6),
    ("sous-section", 7),
    ("paragraphe", 8),
];
/// The same elsewhere; `section` is an article when an Arabic number follows.
pub(super) const GENERIC_DIVISIONS: [(&str, u8); 6] =
    [("schedule", 0), ("annex", 0), ("part", 1), ("title", 3), ("chapter", 5), ("section", 6)];
/// `Première partie` in finance bills.
pub(super) const ORDINALS: [&str; 7] =
    ["première", "deuxième", "seconde", "troisième", "quatrième", "cinquième", "sixième"];
/// Words that begin an article's heading.
pub(super) const ARTICLES: [&str; 3] = ["articles", "article", "art."];
/// The same elsewhere.
pub(super) const GENERIC_ARTICLES: [&str; 8] =
    ["articles", "article", "art.", "sections", "section", "clause", "§", "artículo"];
/// Words that stand for a number.
pub(super) const NAMES: [&str; 6] =
    ["unique", "premier", "première", "liminaire", "préliminaire", "additionnel"];
/// Words that follow a number; those above ten are made with `decies` and its like.
pub(super) const LATIN: [&str; 14] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "nonies",
    "quadragies",
    "quinquagies",
    "sexagies",
    "septuagies",
    "octogies",
    "nonagies",
];
/// How a remark in brackets begins that belongs to the number: `(nouveau)`, `(pour coordination)`.
pub(super) const STATUSES: [&str; 15] = [
    "nouve",
    "suppr",
    "conforme",
    "non modifi",
    "pour coordination",
    "coordination",
    "réserv",
    "précédemment",
    "rappel",
    "abrog",
    "retir",
    "disjoint",
    "texte ",
    "irrecevable",
    "sans modification",
];
