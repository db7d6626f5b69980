//! What every part of the check shares: the draft, the options, the languages, the list of problems, and the
//! small conversions from written values to checked ones.

use super::Options;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Bilingual, Lang};
use crate::model::choices::MenuPlace;
use crate::model::id::Id;
use crate::model::site::{Counts, Local, OtherCount, Page, PageEdition, Party, Reactions, Words};
use crate::model::when::Date;
use crate::parse::Draft;
use crate::parse::draft::Filed;
use crate::parse::records::common;
use crate::parse::records::site::PageRecord;
use crate::say;
use crate::source::{Sources, Span, Spanned};
use crate::yaml::read::{Localised, Markdown};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// Shared state of one check.
pub struct Scope<'d> {
    /// What was read.
    pub draft: &'d Draft,
    /// The files.
    pub sources: &'d Sources,
    /// What the caller decided.
    pub options: &'d Options,
    /// Records that are left out.
    left_out: &'d BTreeSet<Span>,
    /// Problems met.
    pub problems: Vec<Diagnostic>,
    /// The site's languages.
    pub languages: Vec<Lang>,
    /// The day of which the site speaks.
    pub as_of: Date,
}

impl<'d> Scope<'d> {
    pub fn new(
        draft: &'d Draft,
        sources: &'d Sources,
        options: &'d Options,
        left_out: &'d BTreeSet<Span>,
    ) -> Self {
        let languages: Vec<Lang> = match &draft.site {
            Some(site) => site.record.languages.iter().map(|l| l.value.clone()).collect(),
            None => Vec::new(),
        };
        let languages = if languages.is_empty() { vec![Lang::french()] } else { languages };
        let as_of = options.as_of.unwrap_or_else(|| newest(draft));
        Scope { draft, sources, options, left_out, problems: Vec::new(), languages, as_of }
    }

    /// How many ids may be compared with a wrong one. Distances to a hundred thousand ids take long, and so do
    /// a hundred thousand wrong ids: who has so many mends their cause, not each of them.
    pub fn looked_at(&self) -> usize {
        if self.problems.len() < 200 { 5_000 } else { 0 }
    }

    /// Notes a problem.
    pub fn report(&mut self, code: Code, span: Span, message: Bilingual) {
        self.problems.push(Diagnostic::new(code, span, message));
    }

    /// The records of a list that are not left out.
    pub fn kept<'f, T>(&self, filed: &'f [Filed<T>]) -> Vec<&'f Filed<T>> {
        let file = |f: &Filed<T>| Span::file(f.whole.file);
        filed
            .iter()
            .filter(|f| !self.left_out.contains(&f.whole) && !self.left_out.contains(&file(f)))
            .collect()
    }

    /// The site's main language.
    pub fn main(&self) -> &Lang {
        &self.languages[0]
    }

    /// Words written once are in `lang`; in a map, a missing language of the site is told.
    pub fn words(&mut self, written: &Spanned<Localised<Box<str>>>, lang: &Lang) -> Words {
        match &written.value {
            Localised::One(words) => Local::one(lang.clone(), words.clone()),
            Localised::Many(many) => self.translated(many, written.span, lang),
        }
    }

    /// The same for an optional value.
    pub fn words_opt(
        &mut self,
        written: &Option<Spanned<Localised<Box<str>>>>,
        lang: &Lang,
    ) -> Option<Words> {
        written.as_ref().map(|w| self.words(w, lang))
    }

    /// The same for Markdown.
    pub fn markdown(&mut self, written: &Spanned<Localised<Markdown>>, lang: &Lang) -> Words {
        match &written.value {
            Localised::One(words) => Local::one(lang.clone(), words.0.clone()),
            Localised::Many(many) => {
                let many = many.iter().map(|(l, m)| (l.clone(), m.0.clone())).collect();
                self.translated(&many, written.span, lang)
            }
        }
    }

    fn translated(&mut self, many: &BTreeMap<Lang, Box<str>>, span: Span, lang: &Lang) -> Words {
        for wanted in &self.languages.clone() {
            if !many.contains_key(wanted) {
                let have: Vec<&str> = many.keys().map(Lang::as_str).collect();
                let have = have.join(", ");
                self.report(
                    Code::G028,
                    span,
                    say!(
                        "il manque la langue « {wanted} » (présentes : {have})",
                        "the language “{wanted}” is missing (present: {have})"
                    ),
                );
            }
        }
        Local::many(many.clone(), lang).unwrap_or_else(|| Local::one(lang.clone(), "".into()))
    }

    /// A time zone by its name; Paris when none is written.
    pub fn zone(&mut self, written: &Option<Spanned<Box<str>>>) -> Option<TimeZone> {
        let name = written.as_ref().map_or("Europe/Paris", |z| &z.value);
        match TimeZone::get(name) {
            Ok(zone) => Some(zone),
            Err(_) => {
                if let Some(written) = written {
                    self.report(
                        Code::G013,
                        written.span,
                        say!(
                            "« {name} » n’est pas un fuseau horaire, comme « Europe/Paris »",
                            "“{name}” is not a time zone such as “Europe/Paris”"
                        ),
                    );
                }
                None
            }
        }
    }

    /// A body.
    pub fn party(&mut self, written: &common::Party, lang: &Lang) -> Party {
        Party { name: self.words(&written.name, lang), url: written.url.as_ref().map(|u| u.value.0.clone()) }
    }

    /// Declared reactions.
    pub fn reactions(
        &mut self,
        written: &Option<Spanned<common::Reactions>>,
        lang: &Lang,
    ) -> Option<Reactions> {
        let written = &written.as_ref()?.value;
        let number = |n: &Option<Spanned<u64>>| n.as_ref().map_or(0, |n| n.value);
        let counts = Counts {
            r#for: number(&written.r#for),
            mixed: number(&written.mixed),
            against: number(&written.against),
        };
        let other = written.acknowledged.as_ref().map(|a| OtherCount {
            source: self.words(&a.value.source, lang),
            counts: Counts {
                r#for: number(&a.value.r#for),
                mixed: number(&a.value.mixed),
                against: number(&a.value.against),
            },
            reason: self.words(&a.value.reason, lang),
            date: a.value.date.value,
        });
        Some(Reactions { counts, other })
    }

    /// A page from its editions, one for each language; the first file without a language is in `lang`.
    pub fn page(&mut self, id: &Id, files: &[&Filed<PageRecord>], lang: &Lang) -> Option<Page> {
        let first = files.first()?;
        let mut by = BTreeMap::new();
        for file in files {
            let own = file.lang.clone().unwrap_or_else(|| lang.clone());
            let edition = PageEdition {
                title: file.record.title.as_ref().map(|t| t.value.clone()),
                summary: file.record.summary.as_ref().map(|t| t.value.clone()),
                date: file.record.date.as_ref().map(|d| d.value),
                body: file.body.value.clone(),
            };
            if by.insert(own.clone(), edition).is_some() {
                self.report(
                    Code::G017,
                    file.whole,
                    say!("deux fichiers pour la langue « {own} »", "two files for the language “{own}”"),
                );
            }
        }
        self.missing_editions(by.keys().cloned().collect(), first.whole);
        let menu = files.iter().find_map(|f| f.record.menu.as_ref()).map_or(MenuPlace::Footer, |m| m.value);
        let order = files.iter().find_map(|f| f.record.order.as_ref()).map_or(u64::MAX, |o| o.value);
        Some(Page { id: id.clone(), editions: Local::many(by, lang)?, menu, order })
    }

    /// Tells which languages of the site a set of editions lacks.
    pub fn missing_editions(&mut self, have: BTreeSet<Lang>, span: Span) {
        for wanted in &self.languages.clone() {
            if !have.contains(wanted) {
                self.report(
                    Code::G028,
                    Span { end: span.start, ..span },
                    say!(
                        "il n’y a pas de fichier dans la langue « {wanted} »",
                        "there is no file in the language “{wanted}”"
                    ),
                );
            }
        }
    }

    /// Bodies of the same record in several languages: the files that share its id.
    pub fn editions<T>(&mut self, files: &[&Filed<T>], lang: &Lang) -> Words {
        let mut by = BTreeMap::new();
        for file in files {
            let own = file.lang.clone().unwrap_or_else(|| lang.clone());
            by.entry(own).or_insert_with(|| Box::from(file.body.value.trim()));
        }
        Local::many(by, lang).unwrap_or_else(|| Local::one(lang.clone(), "".into()))
    }
}

/// The newest date of what happened: contributions, amendments, answers, versions, meetings, votes.
fn newest(draft: &Draft) -> Date {
    let mut newest = jiff::civil::Date::ZERO;
    for c in &draft.consultations {
        let moments = c.contributions.iter().filter_map(|x| x.record.date.as_ref()).map(|d| d.value.date);
        let moments = moments.chain(c.meetings.iter().map(|x| x.record.date.value.date));
        let dates = c
            .amendments
            .iter()
            .flat_map(|x| [&x.record.date, &x.record.decided])
            .flatten()
            .map(|d| d.value.0);
        let dates = dates.chain(c.responses.iter().map(|x| x.record.date.value.0));
        let dates = dates.chain(c.votes.iter().filter_map(|x| x.record.date.as_ref()).map(|d| d.value.0));
        let hours = c.votes.iter().flat_map(|x| [&x.record.opens, &x.record.closes]).flatten();
        let moments = moments.chain(hours.map(|m| m.value.date));
        let dates = dates.chain(c.syntheses.iter().map(|x| x.record.date.value.0));
        let dates = dates.chain(c.commitments.iter().map(|x| x.record.date.value.0));
        let texts = c.texts.iter().filter_map(|t| t.text.as_ref());
        let versions = texts.flat_map(|t| t.record.versions.iter().map(|v| v.value.date.value.0));
        newest = moments.chain(dates).chain(versions).fold(newest, Ord::max);
    }
    Date(newest)
}

/// The place of every record that can be left out alone.
pub fn records(draft: &Draft) -> impl Iterator<Item = Span> {
    fn spans<T>(filed: &[Filed<T>]) -> impl Iterator<Item = Span> {
        filed.iter().map(|f| f.whole)
    }
    let own = |c| {
        let c: &crate::parse::draft::DraftConsultation = c;
        spans(&c.index)
            .chain(spans(&c.amendments))
            .chain(spans(&c.contributions))
            .chain(spans(&c.responses))
            .chain(spans(&c.syntheses))
            .chain(spans(&c.meetings))
            .chain(spans(&c.commitments))
            .chain(spans(&c.votes))
    };
    spans(&draft.pages).chain(spans(&draft.home)).chain(draft.consultations.iter().flat_map(own))
}
