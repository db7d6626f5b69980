//! The site of a bag's sources, made as `greffe build` makes any: what `verify` and `rebuild` compare with the bag's own.

use crate::check::Options;
use crate::lang::Bilingual;
use crate::model::when::Date;
use crate::pipeline::{Unobserved, compile};
use crate::say;
use crate::sink::Sink;
use crate::source::Sources;
use crate::verify::Rebuild;

/// Makes a site as `greffe build` does.
pub(super) struct Building;

impl Rebuild for Building {
    fn rebuild(
        &self,
        sources: &Sources,
        as_of: Option<Date>,
        sink: &dyn Sink,
    ) -> std::result::Result<(), Bilingual> {
        let options = Options { as_of, ..Options::default() };
        match compile(sources, &options, sink, &Unobserved) {
            Ok((Some(_), _)) => Ok(()),
            Ok((None, problems)) => {
                let first = problems.iter().find(|problem| problem.is_error()).or(problems.first());
                Err(first.map_or_else(
                    || say!("elles sont fautives", "they are at fault"),
                    |problem| {
                        let (line, _) = sources.line_column(problem.span);
                        let file = if (problem.span.file.0 as usize) < sources.len() {
                            &*sources.get(problem.span.file).path
                        } else {
                            ""
                        };
                        let (fr, en) = (&problem.message.fr, &problem.message.en);
                        say!("{file}:{line} : {fr}", "{file}:{line}: {en}")
                    },
                ))
            }
            Err(error) => {
                let path = error.path.display();
                let (fr, en) = (&error.what.fr, &error.what.en);
                Err(say!("{path} : {fr}", "{path}: {en}"))
            }
        }
    }
}
