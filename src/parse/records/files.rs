//! The files that authors write, each with its record: for the JSON Schemas, the documentation and its tests.

use super::{amendment, consultation, contribution, follow_up, frozen, site, text, vote};
use crate::yaml::{Read, RecordShape, Shape};

/// One kind of file.
#[derive(Debug, Clone)]
pub struct AuthoredFile {
    /// Its name, as in `schemas/<name>.schema.json`.
    pub name: &'static str,
    /// Where it stands.
    pub path: &'static str,
    /// Whether the record is the front matter of a Markdown file; otherwise it is the whole YAML file.
    pub front_matter: bool,
    /// Whether the file may hold a list of records.
    pub list: bool,
    /// What it holds.
    pub record: RecordShape,
}

/// Every kind, in the order of the documentation.
pub fn authored_files() -> Vec<AuthoredFile> {
    let yaml = |name, path, record| AuthoredFile { name, path, front_matter: false, list: false, record };
    let list = |name, path, record| AuthoredFile { name, path, front_matter: false, list: true, record };
    let markdown = |name, path, record| AuthoredFile { name, path, front_matter: true, list: false, record };
    let contribution = shape::<contribution::ContributionRecord>;
    vec![
        yaml("greffe", "greffe.yaml", shape::<site::SiteRecord>()),
        markdown("page", "content/pages/<id>.md, index.md", shape::<site::PageRecord>()),
        yaml("consultation", "consultation.yaml", shape::<consultation::ConsultationRecord>()),
        yaml("text", "texts/<text>/text.yaml", shape::<text::TextRecord>()),
        list("articles", "texts/<text>/articles.yaml", shape::<text::ArticleRecord>()),
        markdown("amendment", "amendments/<id>.md", shape::<amendment::AmendmentRecord>()),
        markdown("contribution", "contributions/<id>.md", contribution()),
        list("contributions", "contributions/<name>.yaml", contribution()),
        markdown("response", "responses/<id>.md", shape::<follow_up::ResponseRecord>()),
        markdown("synthesis", "synthesis/<id>.md", shape::<follow_up::SynthesisRecord>()),
        markdown("meeting", "meetings/<id>.md", shape::<follow_up::MeetingRecord>()),
        yaml("commitment", "commitments/<id>.yaml", shape::<follow_up::CommitmentRecord>()),
        yaml("vote", "votes/<id>.yaml", shape::<vote::VoteRecord>()),
        yaml("frozen", "frozen.yaml", shape::<frozen::FrozenRecord>()),
        list("errata", "errata.yaml", shape::<frozen::ErratumRecord>()),
    ]
}

fn shape<T: Read>() -> RecordShape {
    match T::shape() {
        Shape::Record(_, declared) => declared(),
        // Only records are named above; an empty one makes the documentation's test fail, not the program.
        _ => RecordShape { name: "", doc: "", keys: Vec::new() },
    }
}
