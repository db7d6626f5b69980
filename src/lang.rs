//! Languages: of a site, of a file, of a message. Pure values; no table of translations lives here (the theme
//! has its own message files, diagnostics carry both of their wordings).

use serde::Serialize;
use std::fmt;

/// The language in which Greffe speaks to the author. French first: it is the clerks' working language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Speech {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Speech {
    /// Reads a locale such as `fr_FR.UTF-8` or a tag such as `en`; anything that is not French is English.
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("fr") { Speech::Fr } else { Speech::En }
    }
}

/// One sentence in the two languages Greffe speaks. Made with [`say!`](crate::say).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bilingual {
    /// French wording.
    pub fr: String,
    /// English wording.
    pub en: String,
}

impl Bilingual {
    /// The wording in one language.
    pub fn get(&self, speech: Speech) -> &str {
        match speech {
            Speech::Fr => &self.fr,
            Speech::En => &self.en,
        }
    }
}

/// Makes a [`Bilingual`] from a French and an English format string that capture the same variables:
/// `say!("clé inconnue « {key} »", "unknown key “{key}”")`.
#[macro_export]
macro_rules! say {
    ($fr:literal, $en:literal) => {
        $crate::lang::Bilingual { fr: format!($fr), en: format!($en) }
    };
}

/// A language tag of the content, such as `fr` or `pt-br`: lower-case ASCII letters, digits and hyphens (the
/// registered subset of BCP 47 that is safe in a URL).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Lang(Box<str>);

impl Lang {
    /// Accepts `fr`, `en`, `pt-br`: two or three letters, then optional subtags.
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let ok = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_lowercase())
            && parts.all(|p| {
                (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        ok.then(|| Lang(tag.into()))
    }

    /// French, the default language of a site.
    pub fn french() -> Self {
        Lang("fr".into())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
