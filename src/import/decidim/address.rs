//! Addresses of a Decidim platform → what they lead to: `…/processes/garden/f/12/proposals/34` is proposal 34 of the
//! process `garden`. Addresses are what binds the files of an export together: most links between records are nothing
//! else.

/// What an address or a type names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A proposal or an amendment.
    Proposal,
    /// A debate.
    Debate,
    /// A project of a budget.
    Project,
    /// A meeting.
    Meeting,
    /// A result.
    Result,
    /// A comment.
    Comment,
}

impl Thing {
    /// From the name of a class: `Decidim::Proposals::Proposal`.
    pub(super) fn of_type(name: &str) -> Option<Thing> {
        match name.rsplit("::").next().unwrap_or(name) {
            "Proposal" => Some(Thing::Proposal),
            "Debate" => Some(Thing::Debate),
            "Project" => Some(Thing::Project),
            "Meeting" => Some(Thing::Meeting),
            "Result" => Some(Thing::Result),
            "Comment" => Some(Thing::Comment),
            _ => None,
        }
    }

    fn of_segment(segment: &str) -> Option<Thing> {
        match segment {
            "proposals" => Some(Thing::Proposal),
            "debates" => Some(Thing::Debate),
            "projects" => Some(Thing::Project),
            "meetings" => Some(Thing::Meeting),
            "results" => Some(Thing::Result),
            _ => None,
        }
    }
}

/// Kinds of spaces, as they stand in addresses.
const SPACES: [&str; 6] =
    ["processes", "assemblies", "conferences", "initiatives", "consultations", "votings"];

/// The segments of the path of an address.
fn segments(url: &str) -> impl Iterator<Item = &str> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let path =
        path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    path.split('/').filter(|segment| !segment.is_empty())
}

/// The space to which an address belongs: `processes/garden`.
pub(super) fn space(url: &str) -> Option<Box<str>> {
    let mut segments = segments(url);
    let kind = segments.find(|segment| SPACES.contains(segment))?;
    let slug = segments.next()?;
    Some(format!("{kind}/{slug}").into())
}

/// What an address leads to, comments aside.
pub(super) fn target(url: &str) -> Option<(Thing, &str)> {
    let all: Vec<&str> = segments(url).collect();
    all.windows(2).rev().find_map(|pair| {
        let thing = Thing::of_segment(pair[0])?;
        pair[1].bytes().all(|b| b.is_ascii_digit()).then_some((thing, pair[1]))
    })
}

/// The address without what follows its path.
pub(super) fn bare(url: &str) -> Option<&str> {
    let bare = url.split(['?', '#']).next()?;
    (bare.starts_with("https://") || bare.starts_with("http://")).then_some(bare)
}

/// The address of the platform.
pub(super) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let end = url.len() - rest.len() + rest.find(['/', '?', '#']).unwrap_or(rest.len());
    url.get(..end)
}

/// Whether an address is the platform's first page: that of the body that holds it.
pub(super) fn is_root(url: &str) -> bool {
    url.contains("://") && segments(url).next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_its_space_and_what_it_leads_to() {
        let url = "https://agora.example/fr/processes/garden/f/12/budgets/3/projects/34?x=1#comments";
        assert_eq!(space(url).as_deref(), Some("processes/garden"));
        assert_eq!(target(url), Some((Thing::Project, "34")));
        assert_eq!(bare(url), Some("https://agora.example/fr/processes/garden/f/12/budgets/3/projects/34"));
        assert_eq!(host(url), Some("https://agora.example"));
        assert_eq!(
            space("https://agora.example/assemblies/b?assembly_slug=b").as_deref(),
            Some("assemblies/b")
        );
        assert_eq!(
            target("https://agora.example/processes/meetings/f/1/proposals/7"),
            Some((Thing::Proposal, "7"))
        );
        assert_eq!(target("https://agora.example/processes/garden"), None);
        assert!(is_root("https://agora.example/") && !is_root("https://agora.example/profiles/ana"));
    }
}
