//! `greffe schema`: the JSON Schemas of every YAML file and front matter, so that editors complete and check while
//! one types. docs/format.md says how an editor is told of them.

use super::Call;
use crate::error::{Error, Result};
use crate::io::export;
use crate::parse::records::files::{AuthoredFile, authored_files};
use crate::say;
use crate::sink::{MemorySink, OutPath, Sink};
use crate::yaml::schema::schema;

/// Writes the JSON Schemas of the content into schemas/.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe schema\n  greffe schema --print consultation > consultation.schema.json"
)]
pub struct SchemaArgs {
    /// Print one schema instead of writing all
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub print: Option<String>,
}

/// Refuses a name that no schema has, and says which there are.
fn name(words: &str) -> std::result::Result<String, String> {
    let names: Vec<&str> = authored_files().iter().map(|f| f.name).collect();
    if names.contains(&words) { Ok(words.to_owned()) } else { Err(names.join(", ")) }
}

/// Writes every schema through `sink`, at `schemas/<name>.schema.json`; or gives the one to print.
pub fn run(args: &SchemaArgs, sink: &dyn Sink) -> Result<Option<String>> {
    for file in authored_files() {
        match &args.print {
            Some(name) if *name == file.name => return Ok(Some(text(&file))),
            Some(_) => {}
            None => {
                let path = format!("schemas/{}.schema.json", file.name);
                let path = OutPath::new(&path).ok_or_else(|| {
                    Error::new(&path, say!("ce n’est pas un nom de fichier", "this is not a file’s name"))
                })?;
                sink.put(&path, text(&file).as_bytes())?;
            }
        }
    }
    Ok(None)
}

/// Writes the schemas of the site, in place of those of an earlier version; or prints one.
pub(super) fn command(call: &Call, args: &SchemaArgs) -> Result<u8> {
    let sink = MemorySink::default();
    if let Some(words) = run(args, &sink)? {
        put!("{words}");
        return Ok(0);
    }
    let root = call.root()?;
    for (path, bytes) in sink.into_bytes() {
        let path = root.join(path.as_str());
        export::replace(&path, &bytes)?;
        putln!("{}", path.display());
    }
    Ok(0)
}

/// The schema of one kind of file.
fn text(file: &AuthoredFile) -> String {
    let kind = if file.front_matter { "front matter" } else { "file" };
    let title = format!("Greffe {}: {kind} of {}", file.name, file.path);
    format!("{:#}\n", schema(&title, &file.record, file.list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_schema_for_each_kind_of_file() {
        let sink = MemorySink::default();
        assert_eq!(run(&SchemaArgs { print: None }, &sink).unwrap(), None);
        let files = sink.into_files();
        assert_eq!(files.len(), authored_files().len());
        assert!(authored_files().iter().all(|f| !f.record.keys.is_empty()));
    }

    #[test]
    fn one_schema_is_printed() {
        let args = SchemaArgs { print: Some("vote".into()) };
        let printed = run(&args, &MemorySink::default()).unwrap().unwrap();
        assert!(printed.contains("roll-call"));
        assert!(name("votes").unwrap_err().contains("vote"));
    }
}
