//! Decidim: the open data of a platform (a zip or a folder of `*-open-data-*.csv`), or the files that each component
//! exports → what it holds (`Gathered`), of which the writer of platforms makes content. A consultation is one space
//! of the platform: a process, an assembly, an initiative. Files are known by their columns, then by their names.
//! Versions from 0.9 to 0.31 name things differently; they are read alike. Names, nicknames and those who endorsed are
//! read to be looked for in texts, and written nowhere.

mod address;
mod answers;
mod cell;
mod comments;
mod entity;
mod follow_up;
mod gather;
mod people;
mod pieces;
mod projects;
mod sheet;
mod spaces;
mod surveys;
#[cfg(test)]
mod tests;
mod told;

use super::platform::{self, Gathered};
use super::{Imported, Importer, Input, Options};
use crate::lang::Lang;
pub use spaces::NoChoice;
use spaces::Spaces;

/// See the module.
#[derive(Debug, Default)]
pub struct Decidim {
    /// The space to import: its slug, its path (`assemblies/youth`), its id or its address. The only one when absent.
    pub process: Option<Box<str>>,
    /// The language that is kept of words in several; the one that most titles have when absent.
    pub language: Option<Lang>,
}

impl Decidim {
    /// Whether there is telling what to import.
    pub fn choice(&self, input: &Input) -> Result<(), NoChoice> {
        let sheets = sheet::read(input, &mut Gathered::default());
        let spaces = Spaces::new(&sheets, self.language.as_ref().map_or("", Lang::as_str));
        spaces.choose(self.process.as_deref()).map(|_| ())
    }
}

impl Importer for Decidim {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "decidim"
    }

    fn convert(&self, source: &Input, options: &Options) -> Imported {
        let gathered = gather::gather(source, self.process.as_deref(), self.language.as_ref());
        platform::write(&gathered, options, self.name())
    }
}
