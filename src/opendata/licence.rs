//! Licences: what an author's word for one means. Names of SPDX and of the Open Definition.

/// A licence as a Data Package names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Licence {
    /// Its identifier, when the author's word is one.
    pub name: Option<String>,
    /// What it is called.
    pub title: String,
    /// Where its words are.
    pub path: Option<String>,
}

/// Identifier, title, address.
const KNOWN: [(&str, &str, &str); 13] = [
    (
        "etalab-2.0",
        "Licence Ouverte / Open Licence 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    ("CC0-1.0", "Creative Commons CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    (
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    (
        "CC-BY-SA-3.0",
        "Creative Commons Attribution-ShareAlike 3.0",
        "https://creativecommons.org/licenses/by-sa/3.0/",
    ),
    (
        "CC-BY-SA-2.0",
        "Creative Commons Attribution-ShareAlike 2.0",
        "https://creativecommons.org/licenses/by-sa/2.0/",
    ),
    ("ODbL-1.0", "Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    (
        "ODC-By-1.0",
        "Open Data Commons Attribution License 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
    (
        "PDDL-1.0",
        "Open Data Commons Public Domain Dedication and Licence 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
    (
        "OGL-UK-3.0",
        "Open Government Licence 3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    ("MIT", "MIT License", "https://spdx.org/licenses/MIT.html"),
    ("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
];

/// Reads an author's word: an identifier, an address, or the name of a licence of their own.
pub(super) fn licence(words: &str) -> Licence {
    let words = words.trim();
    if let Some((name, title, path)) = KNOWN.iter().find(|(name, ..)| name.eq_ignore_ascii_case(words)) {
        return Licence { name: Some((*name).into()), title: (*title).into(), path: Some((*path).into()) };
    }
    if words.starts_with("https://") || words.starts_with("http://") {
        return Licence { name: None, title: words.into(), path: Some(words.into()) };
    }
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let name = (!words.is_empty() && words.chars().all(fine)).then(|| words.to_owned());
    Licence { name, title: words.into(), path: None }
}

impl Licence {
    /// As `licenses` of a Data Package has it, which wants an identifier or an address: a licence with a name of
    /// its own gets the identifier `other`.
    pub(super) fn to_json(&self) -> serde_json::Value {
        let mut out = serde_json::Map::new();
        let name = self.name.clone().or_else(|| self.path.is_none().then(|| "other".to_owned()));
        if let Some(name) = name {
            out.insert("name".into(), name.into());
        }
        if let Some(path) = &self.path {
            out.insert("path".into(), path.clone().into());
        }
        out.insert("title".into(), self.title.clone().into());
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::licence;
    use serde_json::json;

    #[test]
    fn an_author_s_word_for_a_licence_is_understood() {
        assert_eq!(licence("ETALAB-2.0").to_json()["name"], "etalab-2.0");
        assert_eq!(
            licence("https://example.org/l").to_json(),
            json!({"path": "https://example.org/l", "title": "https://example.org/l"})
        );
        assert_eq!(
            licence("Licence de la ville").to_json(),
            json!({"name": "other", "title": "Licence de la ville"})
        );
    }
}
