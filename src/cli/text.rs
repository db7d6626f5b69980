//! `greffe text`: a version of a text, or a version with the changes adopted on it, as Markdown.

use super::named::{Form, TextNamed, look, version};
use super::{AT_FAULT, Call};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::model::document::{Article, Document, Item, article_key};
use crate::say;
use serde::Serialize;

/// Prints a version of a text, or what the changes adopted on it make of it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe text partage-de-l-eau projet-de-loi                          the latest version\n  greffe text partage-de-l-eau projet-de-loi --version depot --article 6\n  greffe text partage-de-l-eau projet-de-loi --consolidated depot     with the changes adopted on it"
)]
pub struct TextArgs {
    #[command(flatten)]
    named: TextNamed,
    /// The version (default: the latest)
    #[arg(long, value_name = "ID")]
    version: Option<String>,
    /// A version with the changes adopted on it
    #[arg(long, value_name = "ID", conflicts_with = "version")]
    consolidated: Option<String>,
    /// Only this article, by its number
    #[arg(long, value_name = "NUMBER")]
    article: Option<String>,
    /// The language edition (default: the main one)
    #[arg(long, value_name = "LANG")]
    edition: Option<String>,
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Answer<'a> {
    consultation: &'a str,
    text: &'a str,
    version: &'a str,
    consolidated: bool,
    /// Changes applied, in order: their ids.
    applied: Vec<&'a str>,
    markdown: String,
}

/// Runs the verb.
pub fn run(call: &Call, args: &TextArgs) -> Result<u8> {
    let Some(looked) = look(call, &args.named.reading)? else { return Ok(AT_FAULT) };
    let at = looked.text(&args.named)?;
    let (consultation, text) = looked.at(at);
    let named = args.version.as_deref().or(args.consolidated.as_deref());
    let v = named.map_or(Ok(text.versions.len().saturating_sub(1)), |named| version(text, named))?;
    let of = &text.versions[v];
    let lang = match &args.edition {
        Some(lang) => Lang::new(lang),
        None => of.document.iter().next().map(|(lang, _)| lang.clone()),
    };
    let lang = lang.filter(|lang| of.document.has(lang)).ok_or_else(|| {
        let list = of.document.iter().map(|(l, _)| l.as_str()).collect::<Vec<_>>().join(", ");
        let asked = args.edition.clone().unwrap_or_default();
        Error::new(asked, say!("cette version existe en : {list}", "this version exists in: {list}"))
    })?;
    let grafted = &looked.derived.consultations[at.0].texts[at.1].versions[v].grafted;
    let (document, applied) = match args.consolidated {
        Some(_) => (&grafted.editions.get(&lang).consolidated, grafted.applied.as_slice()),
        None => (of.document.get(&lang), [].as_slice()),
    };
    let markdown = match &args.article {
        None => document.to_markdown(),
        Some(number) => alone(article(document, number)?),
    };
    match args.named.format {
        Form::Plain => put!("{markdown}"),
        Form::Json => {
            let answer = Answer {
                consultation: consultation.id.as_str(),
                text: text.id.as_str(),
                version: of.id.as_str(),
                consolidated: args.consolidated.is_some(),
                applied: applied.iter().map(|a| consultation.amendments[*a].id.as_str()).collect(),
                markdown,
            };
            putln!("{}", super::json(&answer));
        }
    }
    Ok(0)
}

/// An article by its number.
fn article<'d>(document: &'d Document, number: &str) -> Result<&'d Article> {
    let key = article_key(number);
    document.articles().find(|a| article_key(a.id.as_str()) == key).ok_or_else(|| {
        let list = document.articles().map(|a| a.id.as_str()).collect::<Vec<_>>().join(", ");
        Error::new(
            number,
            say!(
                "pas d’article de ce numéro ; il y a : {list}",
                "no article of this number; there are: {list}"
            ),
        )
    })
}

fn alone(article: &Article) -> String {
    Document { preamble: Vec::new(), items: vec![Item::Article(article.clone())] }.to_markdown()
}
