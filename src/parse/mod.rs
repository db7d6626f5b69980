//! parse: `&Sources` → [`Draft`]. Never fails: what is broken becomes a diagnostic with its place. Files are read
//! in parallel, and put together in the order of their paths, so that the draft depends on the files alone.

pub mod document;
pub mod draft;
pub(crate) mod file;
mod place;
pub mod records;

pub use draft::Draft;

use crate::diag::{Code, Diagnostic, nearest};
use crate::lang::{Bilingual, Lang};
use crate::model::choices::Numbering;
use crate::model::document::Document;
use crate::say;
use crate::source::{Contents, FileId, Sources, Span, Spanned};
use draft::{DraftConsultation, DraftText, Filed};
use file::File;
use place::{Part, Place};
use rayon::prelude::*;
use records::site::PageRecord;
use records::text::{ArticleRecord, TextRecord};

/// Reads every file of a site.
pub fn parse(sources: &Sources) -> Draft {
    let mut draft = Draft::default();
    let folders = place::consultation_folders(sources.iter().map(|(_, f)| &*f.path));
    draft.consultations =
        folders.iter().map(|f| DraftConsultation { folder: (*f).into(), ..Default::default() }).collect();
    draft.consultations.sort_by(|a, b| a.folder.cmp(&b.folder));
    // The site comes first: the languages of file names are its.
    let site = sources.find("greffe.yaml");
    let languages = match site {
        Some(id) => read_site(sources, id, &mut draft),
        None => {
            draft.problems.push(Diagnostic::new(
                Code::G034,
                Span::nowhere(),
                say!("il n’y a pas de greffe.yaml ici", "there is no greffe.yaml here"),
            ));
            return draft;
        }
    };
    let placed: Vec<(FileId, Place<'_>)> =
        sources.iter().map(|(id, f)| (id, place::place(&f.path, &folders))).collect();
    let parts: Vec<(Option<Piece<'_>>, Vec<Diagnostic>)> = placed
        .into_par_iter()
        .map(|(id, place)| read_one(sources, id, place, &languages, &folders))
        .collect();
    for (piece, problems) in parts {
        draft.problems.extend(problems);
        if let Some(piece) = piece {
            add(&mut draft, piece);
        }
    }
    draft
}

/// One contribution that stands outside `content/`, as a file of `inbox/` does: its record, and what is wrong in it.
pub fn contribution(
    sources: &Sources,
    id: FileId,
) -> (Option<Filed<records::contribution::ContributionRecord>>, Vec<Diagnostic>) {
    let mut file = File::new(sources, id, &[]);
    let filed = file.front_matter(false);
    (filed, file.reader.problems)
}

/// Where the front matter of a Markdown file stands, without its lines `---`, and where its words begin.
pub fn front_matter(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    match file::split(text) {
        file::Split::Both { yaml, base, body } => Some((base..base + yaml.len(), body)),
        file::Split::NoFrontMatter | file::Split::Unclosed => None,
    }
}

fn read_site(sources: &Sources, id: FileId, draft: &mut Draft) -> Vec<Lang> {
    let mut file = File::new(sources, id, &[]);
    draft.site = file.record();
    draft.problems.append(&mut file.reader.problems);
    let languages = draft.site.as_ref().map(|s| s.record.languages.iter().map(|l| l.value.clone()).collect());
    match languages {
        Some(languages) if !Vec::is_empty(&languages) => languages,
        _ => vec![Lang::french()],
    }
}

/// What one file gives; it lives for a moment, one at a time.
#[allow(clippy::large_enum_variant)]
enum Piece<'p> {
    Home(Filed<PageRecord>),
    Page(Filed<PageRecord>),
    In(&'p str, PieceOf<'p>),
}

#[allow(clippy::large_enum_variant)]
enum PieceOf<'p> {
    Consultation(Filed<records::consultation::ConsultationRecord>),
    Frozen(Filed<records::frozen::FrozenRecord>),
    Errata(Vec<Filed<records::frozen::ErratumRecord>>),
    Index(Filed<PageRecord>),
    Text(&'p str, Filed<TextRecord>),
    Articles(&'p str, Vec<Filed<ArticleRecord>>),
    Version(&'p str, Filed<Document>),
    Amendment(Filed<records::amendment::AmendmentRecord>),
    Contributions(Vec<Filed<records::contribution::ContributionRecord>>),
    Response(Filed<records::follow_up::ResponseRecord>),
    Synthesis(Filed<records::follow_up::SynthesisRecord>),
    Meeting(Filed<records::follow_up::MeetingRecord>),
    Commitment(Filed<records::follow_up::CommitmentRecord>),
    Vote(Filed<records::vote::VoteRecord>),
    File(FileId),
}

fn read_one<'p>(
    sources: &'p Sources,
    id: FileId,
    place: Place<'p>,
    languages: &[Lang],
    folders: &[&str],
) -> (Option<Piece<'p>>, Vec<Diagnostic>) {
    let mut file = File::new(sources, id, languages);
    if !matches!(place, Place::Theme | Place::In(_, Part::File)) {
        file.reader.problems.extend(file::invisible(id, sources.text(id)));
    }
    let piece = match place {
        Place::Site | Place::Theme => None,
        Place::Home => file.front_matter(true).map(Piece::Home),
        Place::Page => file.front_matter(true).map(Piece::Page),
        Place::Nowhere | Place::In(_, Part::Misplaced) => {
            let found = sources.get(id);
            nowhere(&mut file, &found.contents, &found.path, id, folders);
            None
        }
        Place::In(folder, part) => {
            read_part(&mut file, sources, id, part, folder).map(|p| Piece::In(folder, p))
        }
    };
    (piece, file.reader.problems)
}

fn read_part<'p>(
    file: &mut File<'_>,
    sources: &'p Sources,
    id: FileId,
    part: Part<'p>,
    folder: &str,
) -> Option<PieceOf<'p>> {
    match part {
        Part::Consultation => file.record().and_then(|mut filed| {
            filed.id = file.id_of(folder.rsplit('/').next().unwrap_or(folder))?;
            Some(PieceOf::Consultation(filed))
        }),
        Part::Frozen => file.record().map(PieceOf::Frozen),
        Part::Errata => Some(PieceOf::Errata(file.records())),
        Part::Index => file.front_matter(true).map(PieceOf::Index),
        Part::Text(folder) => file.record().and_then(|mut filed| {
            filed.id = file.id_of(folder.rsplit('/').next().unwrap_or(folder))?;
            Some(PieceOf::Text(folder, filed))
        }),
        Part::Articles(folder) => Some(PieceOf::Articles(folder, file.records())),
        Part::Version(folder) => version(file, sources, folder, id).map(|v| PieceOf::Version(folder, v)),
        Part::Amendment => file.front_matter(false).map(PieceOf::Amendment),
        Part::Contribution => file.front_matter(false).map(|c| PieceOf::Contributions(vec![c])),
        Part::Contributions => Some(PieceOf::Contributions(file.records())),
        Part::Response => file.front_matter(false).map(PieceOf::Response),
        Part::Synthesis => file.front_matter(false).map(PieceOf::Synthesis),
        Part::Meeting => file.front_matter(false).map(PieceOf::Meeting),
        Part::Commitment => file.record().map(PieceOf::Commitment),
        Part::Vote => file.record().map(PieceOf::Vote),
        Part::File => {
            if let Contents::Broken(breakage) = &sources.get(id).contents {
                file.reader.report(file::broken(id, breakage));
                return None;
            }
            Some(PieceOf::File(id))
        }
        // Its caller has said so.
        Part::Misplaced => None,
    }
}

/// A version's numbering stands in its text's `text.yaml`; it is read there, quickly and without diagnostics
/// (that file has its own).
fn version(file: &mut File<'_>, sources: &Sources, folder: &str, id: FileId) -> Option<Filed<Document>> {
    let text = file.text()?;
    let (name, lang) = file.stem();
    let name = file.id_of(name)?;
    let numbering = sources
        .find(&format!("{folder}/text.yaml"))
        .and_then(|yaml| File::new(sources, yaml, &[]).record::<TextRecord>())
        .and_then(|t| t.record.numbering)
        .map_or(Numbering::French, |n| n.value);
    let whole = Span { file: id, start: 0, end: text.len() as u32 };
    let body = Spanned::new("".into(), whole);
    Some(Filed { id: name, lang, whole, record: document::read(text, numbering), body })
}

fn nowhere(file: &mut File<'_>, contents: &Contents, path: &str, id: FileId, folders: &[&str]) {
    // A link to a folder, say, is first of all a link.
    if let Contents::Broken(breakage) = contents {
        return file.reader.report(file::broken(id, breakage));
    }
    let problem = Diagnostic::new(
        Code::G022,
        Span::file(id),
        say!("rien n’est attendu à « {path} »", "nothing is expected at “{path}”"),
    );
    file.reader.report(problem.help(expected_near(path, folders)));
}

/// What the author of a misplaced file most likely meant.
fn expected_near(path: &str, folders: &[&str]) -> Bilingual {
    let mut parts = path.strip_prefix("content/").unwrap_or(path).split('/');
    let first = parts.next().unwrap_or(path);
    let of_consultation = folders.iter().find_map(|f| path.strip_prefix(*f)?.strip_prefix('/'));
    if let Some(inside) = of_consultation {
        let (folder, _) = inside.split_once('/').unwrap_or((inside, ""));
        return match nearest(folder, place::FOLDERS.iter().copied()) {
            Some(near) if near == folder => {
                let kind = if matches!(near, "commitments" | "votes") { ".yaml" } else { ".md" };
                say!("dans {near}/ sont attendus des fichiers {kind}", "in {near}/ files {kind} are expected")
            }
            Some(near) => say!("vouliez-vous dire « {near}/ » ?", "did you mean “{near}/”?"),
            None => {
                let known = place::FOLDERS.join("/, ");
                say!("dossiers d’une consultation : {known}/", "folders of a consultation: {known}/")
            }
        };
    }
    if parts.next().is_some() && first != "pages" {
        return say!(
            "pour une consultation, il manque le fichier content/{first}/consultation.yaml",
            "for a consultation, the file content/{first}/consultation.yaml is missing"
        );
    }
    say!(
        "sous content/ sont attendus index.md, pages/<nom>.md et un dossier pour chaque consultation",
        "under content/, index.md, pages/<name>.md and a folder for each consultation are expected"
    )
}

/// Puts a piece in its place.
fn add(draft: &mut Draft, piece: Piece<'_>) {
    let (folder, piece) = match piece {
        Piece::Home(page) => return draft.home.push(page),
        Piece::Page(page) => return draft.pages.push(page),
        Piece::In(folder, piece) => (folder, piece),
    };
    let Ok(at) = draft.consultations.binary_search_by(|c| (*c.folder).cmp(folder)) else { return };
    let into = &mut draft.consultations[at];
    match piece {
        PieceOf::Consultation(x) => into.consultation = Some(x),
        PieceOf::Frozen(x) => into.frozen = Some(x),
        PieceOf::Errata(x) => into.errata = x,
        PieceOf::Index(x) => into.index.push(x),
        PieceOf::Text(folder, x) => text_of(into, folder).text = Some(x),
        PieceOf::Articles(folder, x) => {
            text_of(into, folder).articles.extend(x.into_iter().map(|filed| filed.record));
        }
        PieceOf::Version(folder, x) => text_of(into, folder).versions.push(x),
        PieceOf::Amendment(x) => into.amendments.push(x),
        PieceOf::Contributions(x) => into.contributions.extend(x),
        PieceOf::Response(x) => into.responses.push(x),
        PieceOf::Synthesis(x) => into.syntheses.push(x),
        PieceOf::Meeting(x) => into.meetings.push(x),
        PieceOf::Commitment(x) => into.commitments.push(x),
        PieceOf::Vote(x) => into.votes.push(x),
        PieceOf::File(id) => into.files.push(id),
    }
}

fn text_of<'d>(consultation: &'d mut DraftConsultation, folder: &str) -> &'d mut DraftText {
    let at = consultation.texts.iter().position(|t| &*t.folder == folder).unwrap_or_else(|| {
        consultation.texts.push(DraftText { folder: folder.into(), ..Default::default() });
        consultation.texts.len() - 1
    });
    &mut consultation.texts[at]
}
