//! How readers take part in a consultation, checked: the channel has the address that it needs, the address can stand
//! in a policy and in a link, nobody is asked for a name that would not be shown.

use super::choices::{AuthorRule, ContributionKind, EmailRule, ParticipationChannel};
use super::site::{Consultation, Words};
use super::when::Moment;
use jiff::civil::Time;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

/// How readers take part.
#[derive(Debug, Clone)]
pub struct Participation {
    /// By what way the form sends.
    pub sending: Sending,
    /// When the form opens.
    pub opens: Option<Moment>,
    /// When it closes; a day alone is included.
    pub closes: Option<Moment>,
    /// What can be written.
    pub kinds: Vec<ContributionKind>,
    /// How authors may ask to be shown, the most open first.
    pub names: Vec<AuthorRule>,
    /// Until when names are not shown yet, where they will be.
    pub names_embargo: Option<Moment>,
    /// Whether an e-mail address is asked for.
    pub email: EmailRule,
    /// The most characters of one contribution.
    pub max_length: u64,
    /// What one agrees to.
    pub consent: Option<Words>,
    /// How long personal data is kept.
    pub retention: Option<Words>,
    /// What is said once it is sent.
    pub thanks: Option<Words>,
}

/// By what way the form sends, with the address that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sending {
    /// The forms of Netlify.
    Netlify,
    /// A web service: its address, and the origin of it (`https://host:port`), which the page's policy names.
    Endpoint {
        /// Its address.
        url: Box<str>,
        /// Its origin.
        origin: Box<str>,
    },
    /// An e-mail to this address.
    Email(Box<str>),
    /// A file saved by the reader, to be sent to this address.
    File(Option<Box<str>>),
}

impl Sending {
    /// An endpoint, when its address begins with `https://`, a host and perhaps a port.
    pub fn endpoint(address: &str) -> Option<Self> {
        let rest = address.strip_prefix("https://")?;
        let authority = rest.split(['/', '?']).next()?;
        let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let known = !host.is_empty() && host.chars().all(name);
        let port = !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
        let forbidden = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '#');
        (known && port && !address.contains(forbidden))
            .then(|| Sending::Endpoint { url: address.into(), origin: format!("https://{authority}").into() })
    }

    /// Whether words have the shape of an e-mail address that can stand in a `mailto:` link as it is.
    pub fn is_email(address: &str) -> bool {
        let Some((person, host)) = address.split_once('@') else { return false };
        let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let host_ok = host.contains('.') && host.chars().all(name) && !host.split('.').any(str::is_empty);
        !person.is_empty() && person.chars().all(local) && host_ok
    }

    /// The word of the channel.
    pub fn channel(&self) -> ParticipationChannel {
        match self {
            Sending::Netlify => ParticipationChannel::Netlify,
            Sending::Endpoint { .. } => ParticipationChannel::Endpoint,
            Sending::Email(_) => ParticipationChannel::Email,
            Sending::File(_) => ParticipationChannel::File,
        }
    }
}

/// Whether the form takes contributions, on the day of which the site speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// Not yet.
    Upcoming,
    /// Yes.
    Open,
    /// No more.
    Closed,
}

impl Participation {
    /// The instants between which the form takes contributions; the second is the first that is too late.
    pub fn instants(&self, c: &Consultation) -> (Option<Timestamp>, Option<Timestamp>) {
        let opens = self.opens.map(|m| m.instant(&c.zone));
        let closes = self.closes.map(|m| match m.time {
            Some(_) => m.instant(&c.zone),
            None => {
                let next = m.date.checked_add(1.day()).unwrap_or(m.date);
                Moment { date: next, time: Some(Time::midnight()), ..m }.instant(&c.zone)
            }
        });
        (opens, closes)
    }

    /// On a day, a day that is the last one being open.
    pub fn on(&self, day: super::when::Date) -> Opening {
        if self.closes.is_some_and(|m| m.date < day.0) {
            Opening::Closed
        } else if self.opens.is_some_and(|m| m.date > day.0) {
            Opening::Upcoming
        } else {
            Opening::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_an_origin_that_a_policy_can_name() {
        let origin = |address: &str| match Sending::endpoint(address) {
            Some(Sending::Endpoint { origin, .. }) => Some(origin.to_string()),
            _ => None,
        };
        assert_eq!(origin("https://forms.example/f/1?x=2"), Some("https://forms.example".into()));
        assert_eq!(origin("https://forms.example:8443"), Some("https://forms.example:8443".into()));
        for bad in [
            "http://forms.example/",
            "https://",
            "https:///f",
            "https://a;script-src *",
            "https://a b/",
            "https://user@host/",
            "https://h/\"onclick",
            "javascript:alert(1)",
            "https://h:/",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_email_address_can_stand_in_a_link() {
        assert!(Sending::is_email("greffe@haute-vernoise.example"));
        assert!(Sending::is_email("a.b+c@mairie.example.fr"));
        for bad in ["greffe", "@x.fr", "a@b", "a@b..fr", "a@b.fr?cc=x@y.fr", "a b@c.fr", "a@b.fr,c@d.fr"] {
            assert!(!Sending::is_email(bad), "{bad}");
        }
    }
}
