//! What Greffe tells about a content: the helper of the tests about diagnostics.
#![allow(dead_code)] // Each test binary uses its own part of this module.

use greffe::check::Options;
use greffe::diag::{Diagnostic, Places};
use greffe::source::{Contents, SourceFile, Sources};

/// A site in which nothing is wrong; a test replaces or adds the files that show its idea.
pub const SOUND: [(&str, &str); 4] = [
    ("greffe.yaml", "title: Site\n"),
    ("content/eau/consultation.yaml", "title: L’eau\nsummary: Un résumé.\norganiser: {name: La mairie}\n"),
    (
        "content/eau/texts/projet/text.yaml",
        "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Déposé, date: 2026-01-01, stage: tabled}\n",
    ),
    (
        "content/eau/texts/projet/depot.md",
        "# Article 1\n\nDans les deux mois.\n\n# Article 2\n\nLe maire répond.\n",
    ),
];

/// The sound site with these files in place of its own. Paths that do not begin with `/` are in `content/eau/`.
pub fn site(files: &[(&str, &str)]) -> Sources {
    site_of(files.iter().map(|(path, text)| (*path, Contents::Text((*text).into()))))
}

/// The same with files that need not be text.
pub fn site_of<'a>(files: impl IntoIterator<Item = (&'a str, Contents)>) -> Sources {
    let place = |path: &str| match path.strip_prefix('/') {
        Some(from_root) => from_root.to_owned(),
        None => format!("content/eau/{path}"),
    };
    let file = |(path, contents): (&str, Contents)| SourceFile { path: place(path).into(), contents };
    let mut all: Vec<SourceFile> = files.into_iter().map(file).collect();
    for (path, text) in SOUND {
        if all.iter().all(|f| &*f.path != path) {
            all.push(SourceFile { path: path.into(), contents: Contents::Text(text.into()) });
        }
    }
    Sources::new(all)
}

/// The sound site with a consultation frozen as `before` and found as `after`: its files by their path there, those of
/// the sound site beside them.
pub fn frozen(before: &[(&str, &str)], after: &[(&str, &str)], record: impl Fn(String) -> String) -> Sources {
    let listed = hashed(site(before));
    let inside = |path: &str| path.strip_prefix("content/eau/").map(str::to_owned);
    let files: Vec<(String, String)> = listed
        .iter()
        .filter_map(|(id, file)| Some((inside(&file.path)?, listed.sha256(id)?.to_owned())))
        .collect();
    let digest = greffe::model::frozen::digest_of(files.iter().map(|(path, sha)| (&**path, &**sha)));
    let lines: String = files.iter().map(|(path, sha)| format!("  {path}: {sha}\n")).collect();
    let frozen = record(format!("date: 2026-11-27\ngreffe: 0.1.0\ndigest: {digest}\nfiles:\n{lines}"));
    let mut all = after.to_vec();
    all.push(("frozen.yaml", &frozen));
    hashed(site(&all))
}

/// With the digests that `load` finds.
fn hashed(sources: Sources) -> Sources {
    let sha256 = |text: &str| greffe::source::sha256_of(text.as_bytes());
    let digests = sources.iter().map(|(id, file)| (file.path.clone(), sha256(sources.text(id)))).collect();
    sources.with_sha256(digests)
}

/// Every diagnostic before rendering, those of the theme included.
pub fn examine(sources: &Sources, options: &Options) -> Vec<Diagnostic> {
    let examined = greffe::pipeline::examine(sources, options, &greffe::pipeline::Unobserved);
    let mut problems = examined.problems;
    if let Some((site, _)) = &examined.site {
        let (theme, found) = greffe::theme::theme(sources, site.theme.as_ref(), &site.languages);
        problems.extend(found);
        problems.extend(greffe::render::Renderer::new(&theme, sources).err().unwrap_or_default());
    }
    problems
}

/// `G012 content/eau/amendments/1.md:4:14`, one for each diagnostic.
pub fn places(problems: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut places = Places::new(sources);
    let mut line = |problem: &Diagnostic| {
        let code = problem.code.as_str();
        match places.find(problem.span) {
            Some(p) => {
                let path = p.path.strip_prefix("content/eau/").map_or(format!("/{}", p.path), str::to_owned);
                format!("{code} {path}:{}:{}", p.line, p.column)
            }
            None => code.to_owned(),
        }
    };
    problems.iter().map(&mut line).collect()
}
