//! What a site holds already of a consultation that an import adds to: its title, its texts, the addresses of before.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::Result;
use crate::import::git::{Existing, address};
use crate::model::id::Id;
use crate::yaml::read::Localised;
use std::path::Path;

/// What a site holds of a consultation already, for an import that adds to it. Content at fault is read as far as it
/// can be: `check` is there to tell its authors.
pub fn existing(root: &Path, slug: &Id) -> Result<Existing> {
    let folder = format!("content/{slug}");
    if !root.join(&folder).is_dir() {
        return Ok(Existing::default());
    }
    let draft = crate::parse::parse(&crate::io::load::load(root)?);
    let consultation = root.join(&folder).join("consultation.yaml").is_file();
    let mut existing = Existing { consultation, ..Existing::default() };
    let Some(found) = draft.consultations.iter().find(|c| *c.folder == *folder) else { return Ok(existing) };
    let record = found.consultation.as_ref().map(|c| &c.record);
    existing.title = record.and_then(|r| match &r.title.value {
        Localised::One(title) => Some(title.clone()),
        Localised::Many(titles) => titles.values().next().cloned(),
    });
    existing.texts = found.texts.iter().filter_map(|t| Some(t.text.as_ref()?.id.value.clone())).collect();
    for contribution in &found.contributions {
        let record = &contribution.record;
        let url = record.imported.as_ref().and_then(|i| i.value.url.as_ref()).map(|u| address(&u.value.0));
        // A path of before, whatever the host.
        let paths = record.aliases.iter().map(|a| address(&format!("/{}", a.value.0)));
        // Of many contributions in one file, each says its own.
        let id = record.id.as_ref().map_or(&contribution.id.value, |id| &id.value);
        for address in url.into_iter().chain(paths) {
            existing.contributions.entry(address).or_insert_with(|| id.clone());
        }
    }
    Ok(existing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn slug() -> Id {
        Id::new("eau").unwrap()
    }

    #[test]
    fn contributions_are_known_by_their_addresses_of_before() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("content/eau/contributions");
        assert!(!existing(root.path(), &slug()).unwrap().consultation);
        fs::create_dir_all(&folder).unwrap();
        fs::write(root.path().join("greffe.yaml"), "title: Site\n").unwrap();
        let consultation = "title: L’eau\nsummary: Un résumé.\norganiser: {name: La mairie}\n";
        fs::write(root.path().join("content/eau/consultation.yaml"), consultation).unwrap();
        let list = "- id: v1\n  kind: proposal\n  title: A\n  body: Un.\n  aliases: [o/a]\n\
                    \x20 imported: {source: x, url: \"https://www.eau.example/o/a/\"}\n";
        fs::write(folder.join("autres.yaml"), list).unwrap();
        let found = existing(root.path(), &slug()).unwrap();
        assert_eq!(found.title.as_deref(), Some("L’eau"));
        let known: Vec<(&str, &str)> =
            found.contributions.iter().map(|(a, id)| (&**a, id.as_str())).collect();
        assert_eq!(known, [("/o/a", "v1"), ("eau.example/o/a", "v1")]);
    }
}
