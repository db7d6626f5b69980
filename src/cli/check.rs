//! `greffe check`: build without emit.

use super::{AT_FAULT, Call, Reading, read};
use crate::diag::Diagnostic;
use crate::diag::report::Format;
use crate::error::Result;
use crate::io::kept_apart::kept_apart;
use crate::pipeline::{Unobserved, examine};
use crate::render::Renderer;
use crate::theme::theme;

/// Says everything that is wrong in the content, with file, line and remedy.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe check\n  greffe check --format short --lang en\n  greffe check --root consultations --format json > problems.json"
)]
pub struct CheckArgs {
    /// How problems are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    #[command(flatten)]
    reading: Reading,
}

/// Checks; 1 when something is at fault.
pub fn run(call: &Call, args: &CheckArgs) -> Result<u8> {
    let root = call.root()?;
    let sources = read(&root)?;
    let mut options = args.reading.options(&root, None)?;
    options.kept_apart = kept_apart(&root);
    let mut examined = examine(&sources, &options, &Unobserved);
    if let Some((site, _)) = &examined.site {
        let (theme, found) = theme(&sources, site.theme.as_ref(), &site.languages);
        examined.problems.extend(found);
        if let Err(found) = Renderer::new(&theme, &sources) {
            examined.problems.extend(found);
        }
    }
    call.tell(&examined.problems, &sources, args.format);
    let at_fault = examined.site.is_none() || examined.problems.iter().any(Diagnostic::is_error);
    Ok(if at_fault { AT_FAULT } else { 0 })
}
