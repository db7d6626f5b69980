//! What the parts of a conversion share: the report, which texts and amendments come in and under which ids, HTML made
//! Markdown.

use super::Options;
use super::link::{Links, deliberation};
use super::read::Export;
use super::record::Amendment;
use super::words::Reference;
use crate::import::content::Folder;
use crate::import::html::{self, Use};
use crate::import::report::{Fate, Report, Row};
use crate::lang::Bilingual;
use crate::model::id::{Id, slug};
use crate::say;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Where the assembly publishes.
pub(super) const SITE: &str = "https://www.assemblee-nationale.fr";

/// A conversion under way.
pub(super) struct Convert<'e> {
    pub(super) export: &'e Export,
    pub(super) options: &'e Options,
    pub(super) links: &'e Links,
    /// The texts that come in, by reference.
    pub(super) texts: BTreeMap<&'e str, Id>,
    /// The amendments that come in, by their official ids.
    pub(super) ids: BTreeMap<&'e str, String>,
    /// The place of each in the discussion of its text, where the export says it.
    pub(super) order: BTreeMap<&'e str, u64>,
    pub(super) folder: Folder,
    pub(super) report: Report,
}

/// Something that was changed on the way, for the report.
pub(super) type Reasons = BTreeSet<Bilingual>;

impl<'e> Convert<'e> {
    pub(super) fn new(export: &'e Export, options: &'e Options, links: &'e Links, report: Report) -> Self {
        let texts = texts(export, options);
        let mut ids = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for amendment in export.amendments.iter().map(|a| &a.record) {
            let known = ids.contains_key(amendment.uid.as_str());
            if known || !texts.contains_key(amendment.texte_legislatif_ref.as_str()) {
                continue;
            }
            let mut id = id(amendment);
            if !taken.insert(id.clone()) {
                id = amendment.uid.to_lowercase();
                taken.insert(id.clone());
            }
            ids.insert(amendment.uid.as_str(), id);
        }
        let folder = Folder::new(&options.slug);
        Convert { export, options, links, texts, ids, order: order(export), folder, report }
    }

    /// The version that amendments change; nothing where it is the first of a text that was there before.
    pub(super) fn version(&self) -> &str {
        match self
            .options
            .text
            .as_ref()
            .map(|asked| (asked.version.as_ref(), self.is_there(asked.id.as_ref())))
        {
            Some((Some(version), _)) => version.as_str(),
            Some((None, true)) => "",
            Some((None, false)) | None => "discussion",
        }
    }

    /// Whether the consultation has the text that was asked for under this id.
    pub(super) fn is_there(&self, asked: Option<&Id>) -> bool {
        asked.is_some_and(|id| self.options.existing.contains(id))
    }

    /// HTML as Markdown; what has no equivalent joins the reasons.
    pub(super) fn markdown(&mut self, html: &str, usage: Use, reasons: &mut Reasons) -> String {
        let mut html: String = html.nfc().collect();
        if html.contains("&amp;nbsp;") {
            html = html.replace("&amp;nbsp;", "&nbsp;");
            reasons.insert(say!(
                "« &nbsp; » en toutes lettres : lu comme l’espace qu’il voulait être",
                "“&nbsp;” in so many letters: read as the space it was meant to be"
            ));
        }
        let converted = html::convert(&html, usage, SITE);
        reasons.extend(converted.reasons());
        self.report.missing_files.extend(converted.images.into_iter().map(Into::into));
        // Entities may hide a letter and its accent apart.
        converted.markdown.nfc().collect()
    }

    /// Says what became of a record: kept when nothing was changed.
    pub(super) fn settle(&mut self, row: Row, id: &str, reasons: Reasons) {
        let fate = if reasons.is_empty() { Fate::Kept } else { Fate::Changed };
        let reason = reasons.into_iter().reduce(|a, b| Bilingual {
            fr: format!("{} ; {}", a.fr, b.fr),
            en: format!("{}; {}", a.en, b.en),
        });
        self.report.settle(Row { fate, reason, id: Some(id.into()), ..row });
    }
}

/// The texts that come in: all, or the one asked for. A text's id says what it is and its number (`ppl-1475`).
fn texts<'e>(export: &'e Export, options: &Options) -> BTreeMap<&'e str, Id> {
    let mut texts = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for reference in export.amendments.iter().map(|a| a.record.texte_legislatif_ref.as_str()) {
        if texts.contains_key(reference) {
            continue;
        }
        let read = Reference::of(reference);
        let asked = match &options.text {
            None => None,
            Some(asked) if *asked.reference == *reference || *asked.reference == *read.number => {
                asked.id.clone()
            }
            Some(_) => continue,
        };
        let kind = match read.kind {
            "PION" => "ppl",
            "PRJL" => "pjl",
            "PNRE" => "ppr",
            _ => "texte",
        };
        let own = || slug(&format!("{kind}-{}", read.number)).filter(|id| !taken.contains(id));
        let id = asked.or_else(own).or_else(|| slug(reference));
        if let Some(id) = id {
            taken.insert(id.clone());
            texts.insert(reference, id);
        }
    }
    texts
}

/// The order of discussion, text by text: the first deliberation, then the second.
fn order(export: &Export) -> BTreeMap<&str, u64> {
    let mut by: BTreeMap<&str, Vec<(u32, &str, &str)>> = BTreeMap::new();
    for amendment in export.amendments.iter().map(|a| &a.record) {
        if let Some(word) = &amendment.tri_amendement {
            let key = (deliberation(amendment), word.as_str(), amendment.uid.as_str());
            by.entry(&amendment.texte_legislatif_ref).or_default().push(key);
        }
    }
    let mut order = BTreeMap::new();
    for mut all in by.into_values() {
        all.sort_unstable();
        order.extend(all.into_iter().zip(1..).map(|((_, _, uid), place)| (uid, place)));
    }
    order
}

/// `1475-5`; `1245-d2-1` in a second deliberation; `1475-cl5` in a committee.
fn id(amendment: &Amendment) -> String {
    let number = amendment.identification.numero_long.split_whitespace().next().unwrap_or_default();
    let text = Reference::of(&amendment.texte_legislatif_ref).number;
    let again = match deliberation(amendment) {
        0 | 1 => String::new(),
        nth => format!("d{nth}-"),
    };
    slug(&format!("{text}-{again}{number}")).map_or_else(|| amendment.uid.to_lowercase(), |id| id.to_string())
}
