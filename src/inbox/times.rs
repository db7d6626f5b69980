//! When something was written and received: by the clock of who took it where that is known, by the author's own otherwise.
//! Times are shown as the consultation's clocks do.

use super::fields::{self, Filled};
use super::frame::Frame;
use super::submission::Submission;
use super::take::Options;
use crate::model::when::Moment;
use crate::say;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A submission with its fields read and its times settled.
#[derive(Debug)]
pub struct Dated {
    /// What was received.
    pub submission: Submission,
    /// Its fields.
    pub filled: Filled,
    /// When.
    pub received: Moment,
    /// See [`Submission::digest`].
    pub digest: String,
}

/// Settles when it was written and received. A time that cannot be is put aside, and told.
pub fn settle(submission: Submission, frame: &Frame, options: &Options) -> Dated {
    let mut filled = fields::read(&submission, frame);
    let said = submission.get("written");
    // A browser's clock may be a little fast; a day is more than any zone.
    let day_after = |at: Timestamp| at.as_second().saturating_add(86_400);
    let latest = match (submission.received, options.received) {
        (Some(at), _) => at,
        (None, day) => {
            let day = Moment::from(day.unwrap_or(options.today)).instant(&frame.zone);
            Timestamp::from_second(day_after(day)).unwrap_or(day)
        }
    };
    let written = Moment::parse(said).map(|m| m.instant(&frame.zone));
    let written = written.filter(|at| at.as_second() <= day_after(latest) && at.as_second() > 0);
    if written.is_none() && !said.is_empty() {
        filled.other.push(("written".into(), said.into()));
        filled.wrong.push(say!(
            "la date d’écriture ne peut pas être la bonne",
            "the date of writing cannot be right"
        ));
    }
    let received = match (submission.received, options.received, written) {
        (Some(at), _, _) => moment(at, &frame.zone),
        (None, Some(day), _) => Moment::from(day),
        (None, None, Some(at)) => moment(at, &frame.zone),
        (None, None, None) => Moment::from(options.today),
    };
    filled.written = written.map(|at| moment(at, &frame.zone));
    let digest = submission.digest();
    Dated { submission, filled, received, digest }
}

/// An instant as the consultation's clocks show it, to the second.
fn moment(at: Timestamp, zone: &TimeZone) -> Moment {
    let zoned = at.to_zoned(zone.clone());
    let time = zoned.time().with().subsec_nanosecond(0).build().unwrap_or(zoned.time());
    Moment { date: zoned.date(), time: Some(time), offset: Some(zoned.offset().seconds()) }
}
