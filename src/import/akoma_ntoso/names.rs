//! The names of Akoma Ntoso 3.0 (OASIS, 2018, with its schema) by what is made of them. A name that is in none of these
//! lists is one that its file made up: its words are kept, and it is listed.

/// Divisions, outside articles, when they have a number or a heading.
pub(super) const DIVISIONS: [&str; 15] = [
    "book", "chapter", "division", "hcontainer", "level", "part", "section", "subchapter", "subdivision", "subpart",
    "subsection", "subtitle", "title", "tome", "transitional",
];

/// Articles: the first of these that a text has, where it is not written in French; in French, only the first.
pub(super) const UNITS: [&str; 4] = ["article", "section", "clause", "rule"];

/// Blocks and what holds blocks.
pub(super) const BLOCKS: [&str; 87] = [
    "alinea", "amendmentBody", "amendmentContent", "amendmentHeading", "amendmentJustification", "amendmentReference", "act",
    "article", "attachment", "attachments", "bill", "block", "blockContainer", "blockList", "body", "book", "caption", "chapter",
    "citation", "citations", "clause", "collectionBody", "component", "components", "componentInfo", "conclusions", "container",
    "content", "coverPage", "crossHeading", "div", "division", "doc", "documentCollection", "foreign", "formula", "fragment",
    "fragmentBody", "hcontainer", "heading", "indent", "interstitial", "intro", "item", "level", "li", "list", "listIntroduction",
    "listWrapUp", "longTitle", "mainBody", "num", "ol", "p", "paragraph", "part", "point", "preamble", "preface", "proviso",
    "quotedStructure", "embeddedStructure", "recital", "recitals", "rule", "section", "statement", "subchapter", "subclause",
    "subdivision", "subheading", "sublist", "subparagraph", "subpart", "subrule", "subsection", "subtitle", "table", "tblock",
    "title", "tocItem", "tome", "transitional", "ul", "wrap", "wrapUp", "tr",
];

/// Words within a block, with nothing to be done about them.
pub(super) const INLINES: [&str; 62] = [
    "abbr", "affectedDocument", "argument", "authorialNote", "b", "background", "change", "concept", "courtType", "date", "decoration",
    "def", "del", "docAuthority", "docCommittee", "docDate", "docIntroducer", "docJurisdiction", "docNumber", "docProponent",
    "docPurpose", "docStage", "docStatus", "docTitle", "docType", "docketNumber", "documentRef", "embeddedText", "entity", "event",
    "extractText", "fillIn", "i", "inline", "ins", "judge", "lawyer", "legislature", "location", "mmod", "mod", "mref", "neutralCitation",
    "object", "omissis", "opinion", "organization", "outcome", "party", "person", "placeholder", "process", "quantity", "quotedText",
    "relatedDocument", "remark", "rmod", "role", "rref", "session", "shortTitle", "term",
];

/// More of the same that are handled by themselves.
pub(super) const MARKS: [&str; 14] =
    ["a", "br", "eol", "eop", "img", "marker", "noteRef", "ref", "signature", "span", "sub", "sup", "toc", "u"];
