//! Ballots cast before the opening or after the closing of a vote. Comes in: the hours, as written, and the zone in
//! which they are meant. Such ballots are marked, not left out.

use crate::model::vote::{Ballot, Spoilt};
use crate::model::when::Moment;
use jiff::tz::TimeZone;

/// Marks them.
pub fn mark(opens: Option<Moment>, closes: Option<Moment>, zone: &TimeZone, ballots: &mut [Ballot]) {
    let first = opens.map(|moment| (moment.instant(zone), moment.date));
    for ballot in ballots {
        let Some(cast) = ballot.cast else { continue };
        let at = cast.instant(zone);
        // A closing day without an hour lasts until its end; so does the day of a ballot without an hour.
        let early =
            first.is_some_and(|(opens, day)| at < opens && !(cast.time.is_none() && cast.date == day));
        let late = closes.is_some_and(|closes| match (closes.time, cast.time) {
            (Some(_), Some(_)) => at > closes.instant(zone),
            _ => cast.date > closes.date,
        });
        if early || late {
            ballot.spoilt = Some(Spoilt::OutsideHours);
        }
    }
}
