//! The desk: the pages on which a moderator reads what was received and decides, on the machine of `greffe serve` alone.
//! Comes in: a [`Request`], the docket, what the desk remembers. Leaves: a page, or a [`Wish`] that something be done,
//! which `io` does with the functions of `greffe moderate`. No socket, no file, no clock here; plain HTML forms, so that
//! nothing needs a script.

mod contribution;
mod form;
mod pages;
mod views;

pub use pages::Engine;
pub use views::{Note, Surroundings};

use form::Fields;

/// Where the desk stands.
pub const ROOT: &str = "/.greffe/desk/";

/// Most bytes of a form.
pub const MOST: usize = 512 << 10;

/// What a browser asks for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Whether something may change.
    pub post: bool,
    /// The path, as in the request.
    pub path: String,
    /// What follows `?`.
    pub query: String,
    /// The form, of a `POST`.
    pub body: String,
    /// `Host`.
    pub host: String,
    /// `Origin`.
    pub origin: Option<String>,
    /// `Sec-Fetch-Site`.
    pub site: Option<String>,
}

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Media type.
    pub kind: &'static str,
    /// Where else to look.
    pub location: Option<String>,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page.
    pub fn page(status: u16, html: String) -> Self {
        Reply { status, kind: "text/html; charset=utf-8", location: None, body: html.into_bytes() }
    }

    /// A few words.
    pub fn text(status: u16, words: &str) -> Self {
        Reply { status, kind: "text/plain; charset=utf-8", location: None, body: words.as_bytes().to_vec() }
    }

    /// After something was done: a page to be asked for, so that asking again does nothing again.
    pub fn see(location: String) -> Self {
        Reply { status: 303, kind: "text/plain; charset=utf-8", location: Some(location), body: Vec::new() }
    }
}

/// What a request wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The style of the desk.
    Style,
    /// What waits.
    Queue {
        /// Only of this consultation.
        consultation: Option<String>,
        /// Only with this mark; `none`: without any.
        mark: Option<String>,
        /// What was just done.
        note: Option<u64>,
    },
    /// One contribution.
    One {
        /// `<consultation>/<id>`.
        id: String,
        /// How to reach its author is shown.
        contact: bool,
        /// What was just done.
        note: Option<u64>,
    },
    /// Contributions by id or by title; published ones without an answer when nothing is looked for.
    Find {
        /// What is looked for.
        words: String,
    },
    /// Something is to be done.
    Do(Deed),
    /// There is no such page.
    Nowhere,
    /// The request did not come from a page of the desk of this run.
    Forged,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Says who decides.
    SayWho {
        /// The name.
        by: String,
        /// The page on which it was said.
        back: String,
    },
    /// Publishes.
    Accept {
        /// `<consultation>/<id>`, one or several.
        ids: Vec<String>,
    },
    /// Withholds.
    Withhold {
        /// `<consultation>/<id>`, one or several.
        ids: Vec<String>,
        /// A reason of the charter.
        reason: String,
        /// The title is still shown.
        title_may_stay: bool,
    },
    /// Merges.
    Merge {
        /// `<consultation>/<id>`, one or several.
        ids: Vec<String>,
        /// An id, or words of a title.
        into: String,
    },
    /// Answers.
    Answer {
        /// `<consultation>/<id>`.
        id: String,
        /// Who answers.
        author: String,
        /// Its title.
        title: String,
        /// What was decided; empty when nothing was.
        decision: String,
        /// Its words.
        words: String,
    },
    /// Takes the last decision back.
    Undo,
}

/// Reads a request. `token` is what only pages of this run have in their forms: a form of another site, or of another
/// run, has it not; and a form that was not sent by a page of this address is refused whatever it has.
pub fn wish(request: &Request, token: &str) -> Wish {
    let Some(path) = request.path.strip_prefix(ROOT) else { return Wish::Nowhere };
    if request.post {
        let fields = Fields::read(&request.body);
        let own = request.origin.as_deref() == Some(&format!("http://{}", request.host));
        let fetched = request.site.as_deref().is_none_or(|site| site == "same-origin");
        if !own || !fetched || !same(fields.get("token"), token) {
            return Wish::Forged;
        }
        return if path == "do" { deed(&fields).map_or(Wish::Nowhere, Wish::Do) } else { Wish::Nowhere };
    }
    let fields = Fields::read(&request.query);
    let some = |key: &str| Some(fields.get(key).to_owned()).filter(|words| !words.is_empty());
    let note = some("note").and_then(|number| number.parse().ok());
    match path {
        "" => Wish::Queue { consultation: some("consultation"), mark: some("mark"), note },
        "desk.css" => Wish::Style,
        "find" => Wish::Find { words: fields.get("q").trim().to_owned() },
        _ => match path.strip_prefix("c/").map(form::decode) {
            Some(id) => Wish::One { id, contact: fields.get("contact") == "1", note },
            None => Wish::Nowhere,
        },
    }
}

fn deed(fields: &Fields) -> Option<Deed> {
    let words = |key: &str| fields.get(key).to_owned();
    let id = words("id");
    let ids = fields.all("id").to_vec();
    Some(match fields.get("verb") {
        "who" => {
            let back = fields.get("back").split('?').next().unwrap_or_default();
            let back = if back.starts_with(ROOT) { back } else { ROOT };
            Deed::SayWho { by: words("by"), back: back.to_owned() }
        }
        "accept" => Deed::Accept { ids },
        "withhold" => {
            let title_may_stay = fields.get("title_may_stay") == "yes";
            Deed::Withhold { ids, reason: words("reason"), title_may_stay }
        }
        "merge" => Deed::Merge { ids, into: words("into").trim().to_owned() },
        "answer" => Deed::Answer {
            id,
            author: words("author"),
            title: words("title"),
            decision: words("decision"),
            words: words("words"),
        },
        "undo" => Deed::Undo,
        _ => return None,
    })
}

/// Whether two words are the same, in a time that does not tell where they differ.
fn same(given: &str, token: &str) -> bool {
    given.len() == token.len()
        && !token.is_empty()
        && given.bytes().zip(token.bytes()).fold(0, |d, (a, b)| d | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(body: &str, origin: Option<&str>, site: Option<&str>) -> Wish {
        let request = Request {
            post: true,
            path: format!("{ROOT}do"),
            query: String::new(),
            body: body.into(),
            host: "127.0.0.1:4000".into(),
            origin: origin.map(Into::into),
            site: site.map(Into::into),
        };
        wish(&request, "5ec7e7")
    }

    #[test]
    fn only_forms_of_this_desk_are_heard() {
        let own = Some("http://127.0.0.1:4000");
        let form = "token=5ec7e7&verb=accept&id=eau%2Fa";
        let accept = Wish::Do(Deed::Accept { ids: vec!["eau/a".into()] });
        assert_eq!(post(form, own, Some("same-origin")), accept);
        assert_eq!(post(form, own, None), accept, "an older browser");
        for (origin, site) in [
            (None, None),
            (None, Some("same-origin")),
            (Some("null"), None),
            (Some("http://evil.example"), None),
            (Some("http://localhost:4000"), Some("same-site")),
            (Some("https://127.0.0.1:4000"), None),
            (own, Some("cross-site")),
            (own, Some("none")),
        ] {
            assert_eq!(post(form, origin, site), Wish::Forged, "{origin:?} {site:?}");
        }
        for form in
            ["verb=accept&id=eau%2Fa", "token=&verb=undo", "token=5ec7e8&verb=undo", "token=5ec7e", ""]
        {
            assert_eq!(post(form, own, Some("same-origin")), Wish::Forged, "{form}");
        }
        assert_eq!(post("token=5ec7e7&verb=format", own, None), Wish::Nowhere);
    }

    #[test]
    fn asking_changes_nothing() {
        for query in ["verb=accept&id=a&token=5ec7e7", "verb=undo"] {
            let request = Request {
                post: false,
                path: format!("{ROOT}do"),
                query: query.into(),
                body: String::new(),
                host: "localhost".into(),
                origin: None,
                site: None,
            };
            assert_eq!(wish(&request, "5ec7e7"), Wish::Nowhere);
        }
    }
}
