//! Tables: the CSV that Netlify Forms exports, its columns in any order, and what a spreadsheet makes of it when it is
//! saved again (semicolons, Windows-1252). A column that no form has is kept with what is private. A row of which the
//! cells are not as many as the columns is told, not guessed. Cells that begin with `=` are words.

use super::source::none;
use super::submission::{Found, Place, Submission, Untaken, is_field};
use crate::import::platform::table::{self as platform, Reading, Table};
use crate::model::choices::Channel;

/// Columns that say how a submission came, not what it says.
const ABOUT: [&str; 7] = ["id", "number", "created_at", "ip", "user_agent", "referrer", "site_url"];

/// Whether the first line names fields: one of a form, and a second column.
pub fn begins(bytes: &[u8]) -> bool {
    let line = bytes.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or(bytes);
    let Ok(line) = std::str::from_utf8(line.get(..line.len().min(64 << 10)).unwrap_or(line)) else {
        return false;
    };
    let names: Vec<String> = line.split(platform::separator(line)).map(name).collect();
    names.len() > 1 && ["kind", "body", "greffe", "consultation"].iter().any(|f| names.iter().any(|n| n == f))
}

fn name(cell: &str) -> String {
    cell.trim().trim_matches('"').trim().to_lowercase()
}

/// Reads the rows.
pub fn read(file: &str, bytes: &[u8]) -> Found {
    let reading = Reading { key: name, exact: true, ..Reading::default() };
    let table = match Table::new(file, bytes, reading) {
        Ok(table) => table,
        Err(reason) => return none(file, reason),
    };
    let names: Vec<String> = table.names().iter().map(|head| name(head)).collect();
    let taken = |row: Result<platform::Row<'_>, platform::Untaken>| match row {
        Ok(row) => Ok(submission(at(file, row.number), &names, row.cells())),
        Err(untaken) => Err(Untaken { place: at(file, untaken.number), reason: untaken.reason }),
    };
    table.rows().map(taken).collect()
}

/// The row as a spreadsheet numbers it: the names are row 1.
fn at(file: &str, number: usize) -> Place {
    Place { file: file.into(), row: number.to_string().into() }
}

fn submission(place: Place, names: &[String], row: &csv::StringRecord) -> Submission {
    let cells = names.iter().zip(row).map(|(name, cell)| (name.as_str(), cell));
    from_pairs(place, cells.filter(|(_, cell)| !cell.is_empty()))
}

/// A submission of the host: its own columns put apart from the form's fields.
pub fn from_pairs<'a>(place: Place, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Submission {
    let (mut fields, mut about) = (Vec::new(), Vec::new());
    for (name, words) in pairs {
        let pair = (name.into(), words.into());
        if ABOUT.contains(&name) && !is_field(name) { about.push(pair) } else { fields.push(pair) }
    }
    let get = |wanted: &str| about.iter().find(|(name, _): &&(Box<str>, Box<str>)| &**name == wanted);
    let own = get("id").map_or("".into(), |(_, id)| format!("netlify {id}").into());
    let received = get("created_at").and_then(|(_, words)| instant(words));
    Submission { place, own, fields, about, received, channel: Channel::Online }
}

/// `2026-03-01T10:00:00.000Z`, or `2026-03-01 10:00:00 UTC` as tables have it.
pub fn instant(words: &str) -> Option<jiff::Timestamp> {
    let words = words.trim();
    let bare = words.strip_suffix(" UTC").or(words.strip_suffix(" +0000"));
    let words = bare.map_or(words.to_owned(), |bare| format!("{bare}Z"));
    crate::model::when::Moment::parse(&words).map(|m| m.instant(&jiff::tz::TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whatever_wrote_it() {
        let netlify = "\u{feff}created_at,body,id,kind,ip\r\n2026-03-01T10:00:00Z,\"Oui,\r\n=1+1\",n1,comment,1.2.3.4\r\n";
        let excel =
            "created_at;body;id;kind;ip\r\n2026-03-01 10:00:00 UTC;\"Oui,\r\n=1+1\";n1;comment;1.2.3.4\r\n";
        for text in [netlify.trim_start_matches('\u{feff}'), excel] {
            let found = read("x.csv", text.as_bytes());
            let one = found[0].as_ref().unwrap();
            assert_eq!(
                (one.get("body"), one.get("kind"), &*one.own),
                ("Oui,\r\n=1+1", "comment", "netlify n1")
            );
            assert_eq!((&*one.place.row, one.received), ("2", instant("2026-03-01T10:00:00.000Z")));
            assert_eq!(&*one.about.iter().find(|(n, _)| &**n == "ip").unwrap().1, "1.2.3.4");
        }
    }

    #[test]
    fn a_row_that_is_broken_is_told_and_the_others_are_read() {
        let found = read("x.csv", b"kind,body\ncomment,Un\ncomment\ncomment,Deux\ncomment,\"Trois\n");
        let fates: Vec<bool> = found.iter().map(Result::is_ok).collect();
        assert_eq!(fates, [true, false, true, true]);
        // A quotation mark that is never closed takes its own row with it, not those below.
        let open = read("x.csv", b"kind,body\n\"comment,Un\ncomment,Deux\n");
        assert!(
            matches!(&open[..], [Err(untaken), Ok(_)] if untaken.reason.en.contains("1 cells instead of 2"))
        );
    }
}
