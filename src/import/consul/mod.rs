//! `consul`: the open data of a CONSUL site (`proposals.csv`, `debates.csv`, `comments.csv`, with `tags`, `taggings`,
//! `geozones` and `proposal_notifications`), and the tables that researchers made of its pages, in which comments have a
//! `parentId`. Commas or semicolons, UTF-8 or Latin-1, the day first or last. Order of the work: `table` says what a file
//! holds, `proposals` and `comments` make pieces of its rows, then what names another row finds it.

mod cells;
mod comments;
mod proposals;
mod table;
#[cfg(test)]
mod tests;

use super::platform::table::Reading;
use super::platform::{Gathered, Key, personal, write};
use super::{Imported, Importer, Input, InputFile, Options};
use crate::lang::Lang;
use crate::say;
use cells::Cells;
use comments::Comments;
use std::collections::BTreeMap;
use table::Kind;

/// The importer.
#[derive(Debug, Clone, Default)]
pub struct Consul {
    /// Address of the site, so that former addresses lead to the archive: `https://decide.madrid.es`.
    pub site: Option<Box<str>>,
    /// Language in which people wrote, when it is not the site's.
    pub language: Option<Lang>,
}

impl Importer for Consul {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "consul"
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let site = self.site.as_deref().map(|site| site.trim_end_matches('/').to_owned());
        let mut export = Export { site, ..Export::default() };
        export.gathered.platform = "CONSUL";
        export.gathered.url.clone_from(&export.site);
        // Days and hours have no zone in the open data.
        let is_spanish = export.site.as_deref().is_some_and(|site| site.ends_with(".es"));
        export.gathered.timezone = is_spanish.then_some("Europe/Madrid");
        export.gathered.language = self.language.as_ref().map(|language| language.as_str().to_owned());
        for file in &input.files {
            export.read(file);
        }
        export.finish();
        write(&export.gathered, options, self.name())
    }
}

/// What is being gathered.
#[derive(Debug, Default)]
struct Export {
    site: Option<String>,
    gathered: Gathered,
    comments: Comments,
    /// Tags: their id → their name.
    tags: BTreeMap<Box<str>, String>,
    /// What has which tag.
    tagged: Vec<(Key, Box<str>)>,
    /// Areas: their id → their name.
    zones: BTreeMap<Box<str>, String>,
    /// What is about which area.
    zoned: Vec<(Key, Box<str>)>,
    /// News of a proposal's author: what it is about, title and words.
    news: Vec<(Key, String, String)>,
}

impl Export {
    fn read(&mut self, file: &InputFile) {
        let Some(table) = self.gathered.table(file, Reading { formulas: true, ..Reading::default() }) else {
            return;
        };
        let Some(kind) = table::kind(&table, &file.path) else {
            let reason = say!(
                "ni propositions, ni débats, ni commentaires, ni étiquettes, ni secteurs, ni nouvelles de CONSUL : pas lu",
                "neither proposals, debates, comments, tags, areas nor news of CONSUL: not read"
            );
            return self.gathered.skip("file", &(*file.path).into(), reason);
        };
        for name in table.others(|key| kind.columns().contains(&key) || key.is_empty()) {
            let said = if personal::field(&name.to_lowercase()) || table::names_somebody(&name.to_lowercase())
            {
                &mut self.gathered.dropped
            } else {
                &mut self.gathered.unknown
            };
            said.insert(name);
        }
        if kind.columns().contains(&"author_name") && table.has("author_name") {
            self.gathered.dropped.insert("author_name".into());
        }
        let (mut rows, mut hours) = (0, false);
        for row in table.rows() {
            let row = match row {
                Ok(row) => row,
                Err(untaken) => {
                    self.gathered.skip(kind.word(), &untaken.place, untaken.reason);
                    continue;
                }
            };
            rows += 1;
            let cells = Cells { row: &row };
            hours |= cells.has_hour_alone();
            match kind {
                Kind::Proposals => proposals::proposal(self, cells),
                Kind::Debates => proposals::debate(self, cells),
                Kind::Comments => comments::comment(self, cells),
                Kind::News => proposals::news(self, cells),
                Kind::Tags => proposals::tag(self, cells),
                Kind::Taggings => proposals::tagging(self, cells),
                Kind::Zones => proposals::zone(self, cells),
                Kind::Votes => self.gathered.keep("vote", 1),
            }
        }
        if kind == Kind::Votes && rows > 0 {
            self.gathered.remarks.insert(say!(
                "Les votes un à un ne disent pas qui a voté : leurs totaux sont ceux des propositions, des débats et des commentaires.",
                "Votes one by one do not say who voted: their totals are those of the proposals, debates and comments."
            ));
        }
        if hours {
            self.gathered.remarks.insert(say!(
                "Les dates des données ouvertes ont l’heure, pas la minute.",
                "Dates of the open data have the hour, not the minute."
            ));
        }
        self.gathered.took(&file.path);
    }

    /// What names another row finds it.
    fn finish(&mut self) {
        let places: BTreeMap<Key, usize> =
            self.gathered.pieces.iter().enumerate().map(|(at, piece)| (piece.key.clone(), at)).collect();
        let (tagged, zoned, news) = (
            std::mem::take(&mut self.tagged),
            std::mem::take(&mut self.zoned),
            std::mem::take(&mut self.news),
        );
        for (key, tag) in tagged {
            if let (Some(at), Some(name)) = (places.get(&key), self.tags.get(&tag)) {
                self.gathered.pieces[*at].themes.push(name.clone());
            }
        }
        let mut unnamed = 0_usize;
        for (key, zone) in zoned {
            match (places.get(&key), self.zones.get(&zone)) {
                (Some(at), Some(name)) => self.gathered.pieces[*at].about = Some(name.clone()),
                (Some(_), None) => unnamed += 1,
                (None, _) => {}
            }
        }
        if unnamed > 0 {
            self.gathered.remarks.insert(say!(
                "{unnamed} propositions ou débats portent le numéro d’un secteur que l’export ne nomme pas (geozones.csv).",
                "{unnamed} proposals or debates have the number of an area that the export does not name (geozones.csv)."
            ));
        }
        for (key, title, words) in news {
            if let Some(at) = places.get(&key) {
                let words = super::platform::Words::guess(&words);
                self.gathered.pieces[*at].appendices.push((title, words));
            }
        }
        let comments = std::mem::take(&mut self.comments);
        comments.settle(&mut self.gathered);
    }
}
