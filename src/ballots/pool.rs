//! The pool of a drawing of lots: one row a person, `id` and a column for each category. Other columns, where names
//! and addresses may stand, are not read.

use super::csv::Fault;
use crate::model::vote::Person;
use crate::say;
use ::csv::ReaderBuilder;
use std::collections::BTreeSet;

/// Those of `categories` that the file has, in its order, and its people. Fails when its rows cannot be told apart, when there is no column `id`, or
/// when an id is empty or taken twice.
pub fn read(text: &str, categories: &BTreeSet<&str>) -> Result<(Vec<Box<str>>, Vec<Person>), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let Some(id) = headers.iter().position(|header| header.trim() == "id") else {
        let found = headers.iter().collect::<Vec<_>>().join(", ");
        let text = say!(
            "une colonne « id » est attendue ; il y a : {found}",
            "a column “id” is expected; found: {found}"
        );
        return Err(Fault { byte: 0, line: 1, text });
    };
    let named = |header: &str| header != "id" && categories.contains(header);
    let kept: Vec<usize> =
        headers.iter().enumerate().filter(|(_, header)| named(header.trim())).map(|(at, _)| at).collect();
    let others = |row: &::csv::StringRecord| -> Vec<Box<str>> {
        kept.iter().map(|at| row.get(*at).unwrap_or("").trim().into()).collect()
    };
    let categories = others(&headers);
    let mut people: Vec<Person> = Vec::new();
    let mut known = BTreeSet::new();
    for row in reader.records() {
        let row = row.map_err(|error| {
            let (byte, line) = error.position().map_or((0, 0), |p| (p.byte() as u32, p.line()));
            let text = say!(
                "cette ligne n’a pas le même nombre de cellules que la première",
                "this row has not as many cells as the first"
            );
            Fault { byte, line, text }
        })?;
        let person = Person { id: row.get(id).unwrap_or("").trim().into(), values: others(&row) };
        if person.id.is_empty() || !known.insert(person.id.clone()) {
            let (byte, line) = row.position().map_or((0, 0), |p| (p.byte() as u32, p.line()));
            let name = &person.id;
            let text = say!(
                "chaque personne a un identifiant à elle ; « {name} » est vide ou pris deux fois",
                "every person has an id of their own; “{name}” is empty or taken twice"
            );
            return Err(Fault { byte, line, text });
        }
        people.push(person);
    }
    Ok((categories, people))
}
