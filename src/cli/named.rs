//! What several verbs name on the command line: a consultation, one of its texts, one of its versions. A name that is
//! wrong is told with the nearest one, or with all there are.

use super::{Call, Reading, read};
use crate::derive::Derived;
use crate::diag::nearest;
use crate::diag::report::{Format as ReportFormat, SHOWN, report};
use crate::error::{Error, Result};
use crate::model::id::Id;
use crate::model::site::{Consultation, Site, Text};
use crate::pipeline::{Unobserved, examine};
use crate::say;
use clap::{Args, ValueEnum};

/// The text that a verb is about.
#[derive(Debug, Clone, Args)]
pub struct TextNamed {
    /// Id of the consultation: its folder in content/
    #[arg(value_name = "CONSULTATION")]
    pub consultation: String,
    /// Id of the text: its folder in texts/
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Form::Plain)]
    pub format: Form,
    #[command(flatten)]
    pub reading: Reading,
}

/// Forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Plain,
    /// For programs.
    Json,
}

/// A checked site, for verbs that look something up in it.
pub struct Looked {
    pub site: Site,
    pub derived: Derived,
}

/// Reads the site; `None` when its content is at fault, which was told on standard error.
pub fn look(call: &Call, reading: &Reading) -> Result<Option<Looked>> {
    let root = call.root()?;
    let sources = read(&root)?;
    let options = reading.options(&root, None)?;
    let examined = examine(&sources, &options, &Unobserved);
    match examined.site {
        Some((site, derived)) => Ok(Some(Looked { site, derived })),
        None => {
            let told = report(&examined.problems, &sources, call.speech, ReportFormat::Human, false, SHOWN);
            eprint!("{told}");
            Ok(None)
        }
    }
}

impl Looked {
    /// The text that is named: the places of its consultation and of itself.
    pub fn text(&self, named: &TextNamed) -> Result<(usize, usize)> {
        let consultations = self.site.consultations.iter().map(|c| &c.id);
        let c = place(consultations, &named.consultation, "consultation", "consultation")?;
        let texts = self.site.consultations[c].texts.iter().map(|t| &t.id);
        Ok((c, place(texts, &named.text, "texte", "text")?))
    }

    /// The consultation and the text at these places.
    pub fn at(&self, (c, t): (usize, usize)) -> (&Consultation, &Text) {
        let consultation = &self.site.consultations[c];
        (consultation, &consultation.texts[t])
    }
}

/// The place of a version.
pub fn version(text: &Text, named: &str) -> Result<usize> {
    place(text.versions.iter().map(|v| &v.id), named, "version", "version")
}

/// The place of an id in a list.
pub fn place<'i>(ids: impl Iterator<Item = &'i Id>, named: &str, fr: &str, en: &str) -> Result<usize> {
    let ids: Vec<&str> = ids.map(Id::as_str).collect();
    if let Some(at) = ids.iter().position(|id| *id == named) {
        return Ok(at);
    }
    Err(Error::new(
        named,
        match nearest(named, ids.iter().copied()) {
            Some(near) => say!(
                "aucun élément de ce nom ({fr}) ; vouliez-vous dire « {near} » ?",
                "no {en} of this name; did you mean “{near}”?"
            ),
            None => {
                let list = ids.join(", ");
                say!(
                    "aucun élément de ce nom ({fr}) ; il y a : {list}",
                    "no {en} of this name; there are: {list}"
                )
            }
        },
    ))
}
