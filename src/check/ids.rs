//! Ids: unique within their kind and consultation, case and Unicode form aside; and looking them up.

use super::scope::Scope;
use crate::diag::{Code, Diagnostic, nearest};
use crate::model::id::Id;
use crate::parse::draft::Filed;
use crate::say;
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// Where each id of a kind stands in its list.
#[derive(Debug, Default)]
pub struct Index {
    by_id: BTreeMap<Id, usize>,
}

impl Index {
    /// The place of an id.
    pub fn get(&self, id: &Id) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The place of an id, or a diagnostic with the nearest one.
    pub fn find(
        &self,
        scope: &mut Scope<'_>,
        wanted: &Spanned<Id>,
        what_fr: &str,
        what_en: &str,
    ) -> Option<usize> {
        let found = self.get(&wanted.value);
        if found.is_none() {
            let id = &wanted.value;
            let de = if what_fr.starts_with(['a', 'e', 'i', 'o', 'u', 'é']) { "d’" } else { "de " };
            let problem = Diagnostic::new(
                Code::G018,
                wanted.span,
                say!("il n’y a pas {de}{what_fr} « {id} » ici", "there is no {what_en} “{id}” here"),
            );
            let known = self.by_id.keys().map(Id::as_str).take(scope.looked_at());
            let near = nearest(id.as_str(), known);
            scope.problems.push(match near {
                Some(near) => problem.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
                None => problem,
            });
        }
        found
    }
}

/// A record with its id and the files of its other languages.
pub struct Named<'f, T> {
    /// Its id: written in the record, or from the file's name.
    pub id: Id,
    /// The main file.
    pub main: &'f Filed<T>,
    /// Every file of it, the main one first.
    pub files: Vec<&'f Filed<T>>,
}

/// Gives each record its id, groups the languages of one record, and reports ids that collide.
pub fn name<'f, T>(
    scope: &mut Scope<'_>,
    filed: Vec<&'f Filed<T>>,
    written: impl Fn(&T) -> Option<&Spanned<Id>>,
) -> Vec<Named<'f, T>> {
    let mut named: Vec<Named<'f, T>> = Vec::new();
    let mut seen: BTreeMap<Box<str>, usize> = BTreeMap::new();
    for file in filed {
        let id = written(&file.record).unwrap_or(&file.id);
        match seen.get(&id.value.folded()) {
            None => {
                seen.insert(id.value.folded(), named.len());
                named.push(Named { id: id.value.clone(), main: file, files: vec![file] });
            }
            Some(at) => {
                let first = &mut named[*at];
                let another_language =
                    first.files.iter().all(|f| f.lang != file.lang) && first.id == id.value;
                if another_language {
                    // The file without a language is the main one.
                    if file.lang.is_none() {
                        first.main = file;
                        first.files.insert(0, file);
                    } else {
                        first.files.push(file);
                    }
                } else {
                    let place = if id.span.end > 0 { id.span } else { file.whole };
                    let (one, two) = (&first.id, &id.value);
                    let message = if one == two {
                        say!("l’identifiant « {two} » est pris deux fois", "the id “{two}” is taken twice")
                    } else {
                        say!(
                            "« {two} » et « {one} » ne se distinguent que par les majuscules",
                            "“{two}” and “{one}” differ in case only"
                        )
                    };
                    let first_place = Span { end: first.main.whole.start, ..first.main.whole };
                    scope.problems.push(
                        Diagnostic::new(
                            Code::G017,
                            Span { end: place.end.min(place.start + 200), ..place },
                            message,
                        )
                        .related(first_place, say!("déjà pris ici", "already taken here")),
                    );
                }
            }
        }
    }
    named
}

/// The index of a list in its order.
pub fn index<'a>(ids: impl Iterator<Item = &'a Id>) -> Index {
    Index { by_id: ids.enumerate().map(|(i, id)| (id.clone(), i)).collect() }
}
