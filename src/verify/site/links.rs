//! Links: each leads to a file of the site, and to a place in it; nothing is asked of another machine.

use super::address::{Target, target};
use super::{Fact, Site, ours};
use crate::say;
use crate::verify::report::{Code, Counts, Finding, Severity};

/// Follows every link of every page.
pub(super) fn links(site: &Site<'_>, counts: &mut Counts) -> Vec<Finding> {
    let mut found = Vec::new();
    let base = base(site);
    for (path, page) in site.pages() {
        counts.pages += 1;
        let full = site.full(path);
        // A page that was published as it was given may be careless; Greffe's may not.
        let severity = if ours(path) { Severity::Error } else { Severity::Warning };
        let mut tell = |code, seen: &crate::lang::Bilingual| {
            found.push(Finding { severity, ..Finding::error(code, &*full, seen.clone()) });
        };
        page.requests.iter().for_each(|seen| tell(Code::OtherHost, seen));
        page.programs.iter().for_each(|seen| tell(Code::Script, seen));
        page.broken.iter().for_each(|seen| tell(Code::Link, seen));
        for link in &page.links {
            counts.links += 1;
            if let Some(seen) = follow(site, link, base.as_deref()) {
                tell(Code::Link, &seen);
            }
        }
    }
    found.extend(styles(site));
    found
}

/// Why a link leads nowhere.
fn follow(site: &Site<'_>, link: &Target, base: Option<&str>) -> Option<crate::lang::Bilingual> {
    let (path, place) = match link {
        Target::Inside(path, place) => (&**path, &**place),
        Target::FromRoot(path, place) => match base.and_then(|base| path.strip_prefix(base)) {
            Some(inner) => (inner, &**place),
            None => {
                return Some(say!(
                    "« /{path} » ne vaut qu’à la racine d’un hôte",
                    "“/{path}” is right only at the root of a host"
                ));
            }
        },
        Target::Outside | Target::Elsewhere(_) | Target::Program | Target::Inline => return None,
    };
    // A folder that is named without its slash.
    let folder = || format!("{path}/index.html");
    let page = if site.has(path) {
        site.page(path)
    } else if site.has(&folder()) {
        site.page(&folder())
    } else {
        return Some(say!("« {path} » n’est pas dans le site", "“{path}” is not in the site"));
    };
    // `#` and `#top` are the top of any page; a page that only leads on has no places.
    if matches!(place, "" | "top") || page.is_none_or(|page| page.redirect || page.places.contains(place)) {
        return None;
    }
    Some(say!("« {path} » n’a pas d’endroit « {place} »", "“{path}” has no place “{place}”"))
}

/// The path under which the site says it stands, from any page that says so: `archives/essai/`.
fn base(site: &Site<'_>) -> Option<String> {
    site.pages().find_map(|(path, page)| {
        let address = page.canonical.as_deref()?;
        let folder = path.strip_suffix("index.html")?;
        let root = address.trim_end_matches("index.html").strip_suffix(folder)?;
        let (_, path) = root.split_once("://")?.1.split_once('/')?;
        Some(path.to_owned())
    })
}

fn styles(site: &Site<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, fact) in &site.facts {
        let Fact::Style(addresses) = fact else { continue };
        for address in addresses {
            let full = site.full(path);
            match target(path, address) {
                Target::Elsewhere(host) => {
                    found.push(Finding::error(
                        Code::OtherHost,
                        full,
                        say!("demande « {host} » à une autre machine", "asks another machine for “{host}”"),
                    ));
                }
                Target::Inside(inner, _) if !site.has(&inner) => {
                    found.push(Finding::error(
                        Code::Link,
                        full,
                        say!("« {inner} » n’est pas dans le site", "“{inner}” is not in the site"),
                    ));
                }
                Target::Outside | Target::FromRoot(..) => {
                    found.push(Finding::error(
                        Code::Link,
                        full,
                        say!("« {address} » sort du site", "“{address}” leads out of the site"),
                    ));
                }
                Target::Inside(..) | Target::Program | Target::Inline => {}
            }
        }
    }
    found
}
