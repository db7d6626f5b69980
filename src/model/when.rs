//! Dates as authors write them: a day, or a day and a time, with or without a zone. A time without a zone is in
//! the consultation's zone; comparisons are made on the instant, what is shown is what was written.

use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::yaml::{Node, Read, Reader, Shape};
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use serde::{Serialize, Serializer};
use std::fmt;

/// The months as French writes them.
pub const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The months as English writes them.
pub const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A calendar day, `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub civil::Date);

/// A day, perhaps a time on it, perhaps the zone of that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub date: civil::Date,
    /// The time, when it was written.
    pub time: Option<civil::Time>,
    /// The offset from UTC, in seconds, when it was written.
    pub offset: Option<i32>,
}

impl Date {
    /// Reads `2026-11-22`.
    pub fn parse(words: &str) -> Option<Self> {
        // jiff also reads `20261122` and week dates; the field's data always has hyphens.
        let hyphens = words.len() == 10
            && words
                .bytes()
                .enumerate()
                .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        hyphens.then(|| words.parse().ok().map(Date)).flatten()
    }

    /// `26 September 2015`: as an English sentence says it.
    pub fn in_english(self) -> String {
        let month = usize::try_from(self.0.month()).ok().and_then(|m| ENGLISH_MONTHS.get(m.wrapping_sub(1)));
        format!("{} {} {}", self.0.day(), month.copied().unwrap_or_default(), self.0.year())
    }

    /// `26 septembre 2015`, `1er mars 2016`: as a French sentence says it.
    pub fn in_french(self) -> String {
        let month = usize::try_from(self.0.month()).ok().and_then(|m| FRENCH_MONTHS.get(m.wrapping_sub(1)));
        let month = month.copied().unwrap_or_default();
        match self.0.day() {
            1 => format!("1er {month} {}", self.0.year()),
            day => format!("{day} {month} {}", self.0.year()),
        }
    }
}

impl Moment {
    /// Reads `2015-09-26`, `2015-09-26T14:21`, `2015-09-26 14:21:35`, with `Z`, `+02:00` or `+0200` after a time.
    pub fn parse(words: &str) -> Option<Self> {
        let date = Date::parse(words.get(..10)?)?.0;
        let Some(rest) = words.get(10..).filter(|rest| !rest.is_empty()) else {
            return Some(Moment { date, time: None, offset: None });
        };
        let rest = rest.strip_prefix(['T', ' '])?;
        let split = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(split);
        if time.len() < 5 {
            return None;
        }
        Some(Moment { date, time: Some(time.parse().ok()?), offset: parse_zone(zone)? })
    }

    /// The instant, a day alone being its first second; `zone` is the consultation's.
    pub fn instant(&self, zone: &TimeZone) -> jiff::Timestamp {
        let local = self.date.to_datetime(self.time.unwrap_or(civil::Time::midnight()));
        let own = self.offset.and_then(|s| Offset::from_seconds(s).ok()).map(Offset::to_time_zone);
        let zone = own.unwrap_or_else(|| zone.clone());
        zone.to_ambiguous_timestamp(local).compatible().unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// `Some(None)` for no zone, `Some(Some(seconds))` for a zone, `None` for what is neither.
fn parse_zone(zone: &str) -> Option<Option<i32>> {
    if zone.is_empty() {
        return Some(None);
    }
    if zone == "Z" {
        return Some(Some(0));
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(Some(sign * (hours * 3600 + minutes * 60)))
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Moment { date: date.0, time: None, offset: None }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// ISO 8601, with as much as was written.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(s) => {
                let sign = if s < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", s.abs() / 3600, s.abs() / 60 % 60)
            }
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn impossible(node: &Node, words: &str, reader: &mut Reader) {
    reader.report(
        Diagnostic::new(
            Code::G015,
            node.span,
            say!("« {words} » n’est pas une date possible", "“{words}” is not a possible date"),
        )
        .help(say!(
            "écrivez AAAA-MM-JJ, par exemple 2026-11-22",
            "write YYYY-MM-DD, for instance 2026-11-22"
        )),
    );
}

impl Read for Date {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = <Box<str> as Read>::read(node, reader)?;
        let date = Date::parse(&words);
        if date.is_none() {
            impossible(node, &words, reader);
        }
        date
    }

    fn shape() -> Shape {
        Shape::Date
    }
}

impl Read for Moment {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = <Box<str> as Read>::read(node, reader)?;
        let moment = Moment::parse(&words);
        if moment.is_none() {
            impossible(node, &words, reader);
        }
        moment
    }

    fn shape() -> Shape {
        Shape::Moment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_in_french() {
        assert_eq!(Date::parse("2016-03-01").unwrap().in_french(), "1er mars 2016");
        assert_eq!(Date::parse("2015-12-08").unwrap().in_french(), "8 décembre 2015");
    }

    #[test]
    fn moments_are_read_and_shown_as_written() {
        for (written, shown) in [
            ("2015-09-26", "2015-09-26"),
            ("2015-09-26T14:21:35+0200", "2015-09-26T14:21:35+02:00"),
            ("2015-09-26 14:21", "2015-09-26T14:21:00"),
            ("2015-09-26T14:21:35Z", "2015-09-26T14:21:35Z"),
        ] {
            assert_eq!(Moment::parse(written).unwrap().to_string(), shown);
        }
        for bad in [
            "2015-02-30",
            "2015-9-26",
            "26/09/2015",
            "2015-09-26T25:00",
            "2015-09-26T14:21+99:00",
            "2015-W39-6",
            "20150926T1",
            "",
        ] {
            assert_eq!(Moment::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_time_without_zone_is_in_the_consultation_s() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let local = Moment::parse("2015-09-26T14:21:35").unwrap().instant(&paris);
        assert_eq!(local, Moment::parse("2015-09-26T12:21:35Z").unwrap().instant(&paris));
    }
}
