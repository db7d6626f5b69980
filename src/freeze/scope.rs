//! Which files of a site travel with a consultation: what belongs to the site as a whole (its settings, home page, plain
//! pages and theme), the consultation itself, and every other consultation to which something of these links.

use crate::parse::Draft;
use crate::source::Sources;
use std::collections::BTreeSet;

/// Says, of a path from the site's root, whether it travels.
pub fn scope<'d>(sources: &Sources, draft: &'d Draft, consultation: &str) -> impl Fn(&str) -> bool + use<'d> {
    let folders: Vec<&str> = draft.consultations.iter().map(|c| &*c.folder).collect();
    let slug = |folder: &str| folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let mut taken: BTreeSet<&str> = folders.iter().copied().filter(|f| slug(f) == consultation).collect();
    // What is taken may link to what is not taken yet.
    loop {
        let more: Vec<&str> = folders
            .iter()
            .copied()
            .filter(|folder| !taken.contains(folder))
            .filter(|folder| {
                let name = slug(folder);
                sources
                    .iter()
                    .any(|(id, file)| travels(&folders, &taken, &file.path) && links(sources.text(id), &name))
            })
            .collect();
        if more.is_empty() {
            break;
        }
        taken.extend(more);
    }
    move |path: &str| travels(&folders, &taken, path)
}

fn travels(folders: &[&str], taken: &BTreeSet<&str>, path: &str) -> bool {
    let inside = |folder: &&&str| path.strip_prefix(**folder).is_some_and(|rest| rest.starts_with('/'));
    let own = folders.iter().filter(inside).max_by_key(|folder| folder.len());
    own.is_none_or(|folder| taken.contains(folder))
}

/// Whether a text links to a page below a folder of that name. A link that only looks like one takes a consultation
/// along that need not travel: no page is lost by it.
fn links(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let destination = before.rsplit(['(', '"', '<', ' ', '\n']).next().unwrap_or_default();
        let opened =
            before[..before.len() - destination.len()].ends_with(['(', '"', '<']) || before.ends_with("]: ");
        let climbs = destination.is_empty() || destination.ends_with('/');
        opened && climbs && !destination.contains("://") && after.starts_with(['/', ')', '"', '#', '>'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn what_is_linked_travels_with_it_and_what_it_links_in_turn() {
        let consultation = "title: T\nsummary: S\norganiser: {name: O}\n";
        let sources = Sources::from_texts([
            ("greffe.yaml", "title: Site\n"),
            ("content/pages/mentions.md", "Voir [autre](https://exemple.org/air/).\n"),
            ("content/eau/consultation.yaml", consultation),
            ("content/eau/index.md", "Après [la terre](../terre/index.html).\n"),
            ("content/terre/consultation.yaml", consultation),
            ("content/terre/index.md", "Avant [le feu](../feu/).\n"),
            ("content/feu/consultation.yaml", consultation),
            ("content/air/consultation.yaml", consultation),
        ]);
        let draft = parse(&sources);
        let travels = scope(&sources, &draft, "eau");
        let taken: Vec<&str> = ["eau", "terre", "feu", "air"]
            .into_iter()
            .filter(|name| travels(&format!("content/{name}/consultation.yaml")))
            .collect();
        assert_eq!(taken, ["eau", "terre", "feu"]);
        assert!(travels("greffe.yaml") && travels("content/pages/mentions.md"));
    }
}
