//! Which file is what, from its path alone: the content layout, decided once.

/// What a file under `content/` is for. Paths are the consultation's folder and what is needed to name things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'p> {
    /// `greffe.yaml`
    Site,
    /// `content/index.md`
    Home,
    /// `content/pages/<slug>.md`
    Page,
    /// In a consultation's folder.
    In(&'p str, Part<'p>),
    /// `themes/…`: the theme room reads it.
    Theme,
    /// Nothing is expected here.
    Nowhere,
}

/// What a file in a consultation's folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'p> {
    /// `consultation.yaml`
    Consultation,
    /// `frozen.yaml`
    Frozen,
    /// `errata.yaml`
    Errata,
    /// `index.md`
    Index,
    /// `texts/<text>/text.yaml`, with the text's folder.
    Text(&'p str),
    /// `texts/<text>/articles.yaml`
    Articles(&'p str),
    /// `texts/<text>/<version>.md`
    Version(&'p str),
    /// `amendments/**.md`
    Amendment,
    /// `contributions/**.md`
    Contribution,
    /// `contributions/**.yaml`
    Contributions,
    /// `responses/**.md`
    Response,
    /// `synthesis/**.md`
    Synthesis,
    /// `meetings/**.md`
    Meeting,
    /// `commitments/**.yaml`
    Commitment,
    /// `votes/**.yaml`
    Vote,
    /// A file that is not read, only named or published.
    File,
    /// A file of a kind that this folder does not take.
    Misplaced,
}

/// The folders of a consultation.
pub const FOLDERS: [&str; 9] = [
    "texts",
    "amendments",
    "contributions",
    "responses",
    "synthesis",
    "meetings",
    "commitments",
    "votes",
    "documents",
];

/// The folders that hold a `consultation.yaml`, from the paths of a site in order.
pub fn consultation_folders<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    paths
        .filter_map(|p| p.strip_suffix("/consultation.yaml"))
        .filter(|p| p.strip_prefix("content/").is_some_and(|rest| !rest.is_empty()))
        .collect()
}

/// What the file at `path` is; `folders` as given by [`consultation_folders`].
pub fn place<'p>(path: &'p str, folders: &[&'p str]) -> Place<'p> {
    if path == "greffe.yaml" {
        return Place::Site;
    }
    if path.starts_with("themes/") {
        return Place::Theme;
    }
    let own = folders.iter().filter(|f| path.strip_prefix(**f).is_some_and(|rest| rest.starts_with('/')));
    if let Some(folder) = own.max_by_key(|f| f.len()) {
        return Place::In(folder, part(path, folder.len() + 1));
    }
    let Some(rest) = path.strip_prefix("content/") else { return Place::Nowhere };
    match rest.split_once('/') {
        None if rest.ends_with(".md") && rest.starts_with("index.") => Place::Home,
        Some(("pages", name)) if name.ends_with(".md") => Place::Page,
        _ => Place::Nowhere,
    }
}

fn part(path: &str, start: usize) -> Part<'_> {
    let rest = &path[start..];
    let (head, tail) = rest.split_once('/').unwrap_or(("", rest));
    let md = tail.ends_with(".md");
    let yaml = tail.ends_with(".yaml") || tail.ends_with(".yml");
    match head {
        "" if rest == "consultation.yaml" => Part::Consultation,
        "" if rest == "frozen.yaml" => Part::Frozen,
        "" if rest == "errata.yaml" => Part::Errata,
        "" if md && rest.starts_with("index.") => Part::Index,
        "texts" => in_text(path, start + "texts/".len()),
        "amendments" if md => Part::Amendment,
        "contributions" if md => Part::Contribution,
        "contributions" if yaml => Part::Contributions,
        "responses" if md => Part::Response,
        "synthesis" if md => Part::Synthesis,
        "meetings" if md => Part::Meeting,
        "commitments" if yaml => Part::Commitment,
        "votes" if yaml => Part::Vote,
        "documents" => Part::File,
        _ if md || yaml => Part::Misplaced,
        "" | "amendments" | "contributions" | "responses" | "synthesis" | "meetings" | "commitments"
        | "votes" => Part::File,
        _ => Part::Misplaced,
    }
}

/// The text's folder is the one the file stands in.
fn in_text(path: &str, start: usize) -> Part<'_> {
    let Some(slash) = path[start..].rfind('/') else { return Part::Misplaced };
    let (folder, name) = (&path[..start + slash], &path[start + slash + 1..]);
    match name {
        "text.yaml" => Part::Text(folder),
        "articles.yaml" => Part::Articles(folder),
        _ if name.ends_with(".md") => Part::Version(folder),
        _ if name.ends_with(".yaml") || name.ends_with(".yml") => Part::Misplaced,
        _ => Part::File,
    }
}
