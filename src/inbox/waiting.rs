//! The files of `inbox/<consultation>/` → the contributions that wait for a moderator, in the order in which they were
//! received. A file that cannot be read is a diagnostic, as in content; the others are still there. What an author's
//! contact is stands in `private/`, which is not read here.

use crate::diag::Diagnostic;
use crate::model::id::Id;
use crate::parse::draft::Filed;
use crate::parse::file::File;
use crate::parse::records::contribution::ContributionRecord;
use crate::source::Sources;
use jiff::tz::TimeZone;

/// What waits for a moderator.
#[derive(Debug, Default)]
pub struct Waiting {
    /// The contributions: the first received first, then by id.
    pub contributions: Vec<Filed<ContributionRecord>>,
    /// What is wrong in the files.
    pub problems: Vec<Diagnostic>,
}

/// Where what was received of a consultation waits, from the site's root.
pub fn folder(consultation: &Id) -> String {
    format!("inbox/{consultation}")
}

/// Where the contact of the author of something received stands, from the site's root.
pub fn contact(consultation: &Id, id: &Id) -> String {
    format!("private/{consultation}/contacts/{id}.yaml")
}

/// Reads what waits. `sources` are the files under [`folder`]; `zone` is the consultation's.
pub fn waiting(sources: &Sources, consultation: &Id, zone: &TimeZone) -> Waiting {
    let within = format!("{}/", folder(consultation));
    let mut found = Waiting::default();
    for (id, file) in sources.iter() {
        if !file.path.starts_with(&*within) || !file.path.ends_with(".md") {
            continue;
        }
        let mut file = File::new(sources, id, &[]);
        found.contributions.extend(file.front_matter(false));
        found.problems.append(&mut file.reader.problems);
    }
    found.contributions.sort_by_cached_key(|c| (received(&c.record, zone), c.id.value.clone()));
    found
}

/// When it was received; when it was written, if the file does not say.
fn received(record: &ContributionRecord, zone: &TimeZone) -> Option<jiff::Timestamp> {
    let intake = record.intake.as_ref().map(|i| i.value.received.value);
    intake.or(record.date.as_ref().map(|d| d.value)).map(|moment| moment.instant(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_in_the_order_of_its_coming() {
        let file = |received: &str| {
            format!(
                "---\nkind: comment\nintake: {{received: {received}, source: a.csv 2, marks: [late]}}\n---\n\nOui.\n"
            )
        };
        let (late, early) = (file("2026-03-02T09:00:00Z"), file("2026-03-01"));
        let sources = Sources::from_texts([
            ("inbox/eau/i-a.md", &*late),
            ("inbox/eau/i-b.md", &*early),
            ("inbox/eau/broken.md", "kind: comment\n"),
            ("inbox/eau-2/i-c.md", &*early),
        ]);
        let found = waiting(&sources, &Id::new("eau").unwrap(), &TimeZone::UTC);
        let ids: Vec<&str> = found.contributions.iter().map(|c| c.id.value.as_str()).collect();
        assert_eq!((ids, found.problems.len()), (vec!["i-b", "i-a"], 1));
        assert_eq!(&*found.contributions[1].body.value, "\nOui.\n");
    }
}
