//! Dates as platforms write them → dates as content has them. A date without zone stays without: it is the
//! consultation's.

use crate::model::when::{Date, Moment};
use jiff::tz::TimeZone;

/// Reads `2017-05-01 10:00:00`, `2017-05-01T10:00:00.000+02:00`, `2017-05-01 10:00:00 UTC`, `01/05/2017 10:00` (the day
/// first).
pub(super) fn moment(written: &str) -> Option<Moment> {
    let words = written.trim();
    let words = words.strip_suffix(" UTC").map_or_else(|| words.to_owned(), |bare| format!("{bare}Z"));
    let words = words.replace(" +", "+").replace(" -", "-");
    let words = match words.as_bytes() {
        [a, b, b'/', c, d, b'/', year @ ..]
            if year.len() >= 4 && year[..4].iter().all(u8::is_ascii_digit) =>
        {
            let digits = [a, b, c, d].map(|b| char::from(*b));
            let [a, b, c, d] = digits;
            format!("{}-{c}{d}-{a}{b}{}", words.get(6..10)?, words.get(10..)?)
        }
        _ => words,
    };
    Moment::parse(&words)
}

/// The day on which a moment falls there.
pub(super) fn day(moment: Moment, zone: &TimeZone) -> Date {
    match moment.time {
        None => Date(moment.date),
        Some(_) => Date(moment.instant(zone).to_zoned(zone.clone()).date()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_any_platform_become_ours() {
        for (written, ours) in [
            ("2017-05-01 10:00:00", "2017-05-01T10:00:00"),
            ("2017-05-01T10:00:00.250+02:00", "2017-05-01T10:00:00+02:00"),
            ("2017-05-01 10:00:00 UTC", "2017-05-01T10:00:00Z"),
            ("2017-05-01 10:00:00 +0200", "2017-05-01T10:00:00+02:00"),
            ("01/05/2017 10:00", "2017-05-01T10:00:00"),
            ("01/05/2017", "2017-05-01"),
        ] {
            assert_eq!(moment(written).unwrap().to_string(), ours);
        }
        for bad in ["", "hier", "2017-13-01", "1/5/2017", "éé/ab/2017"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
        let late = moment("2017-05-01T23:30:00Z").unwrap();
        assert_eq!(day(late, &TimeZone::get("Europe/Paris").unwrap()).to_string(), "2017-05-02");
    }
}
