//! Mail: a mailbox (mbox, with the quoting of mboxrd) or one message. A message is a contribution when its words are
//! lines `field: value` (with `body` last) or `field=value` (what a browser posts to `mailto:`), or when saved
//! contributions are attached to it. Other attachments are named with what is private, not taken. MIME is `mail-parser`'s
//! work, behind this module.

use super::json;
use super::lines;
use super::submission::{Found, Place, Submission, Untaken};
use crate::model::choices::Channel;
use crate::say;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// Largest message that is read, in bytes.
const LARGEST_MESSAGE: usize = 32 << 20;

/// Headers with which a message begins when it is saved alone.
const FIRST: [&str; 12] = [
    "return-path",
    "received",
    "from",
    "to",
    "date",
    "subject",
    "message-id",
    "mime-version",
    "delivered-to",
    "x-original-to",
    "content-type",
    "reply-to",
];

/// Whether these bytes begin with the headers of a message.
pub fn begins(bytes: &[u8]) -> bool {
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or(bytes);
    let name = line.split(|b| *b == b':').next().filter(|name| name.len() < line.len());
    let name = name.and_then(|name| std::str::from_utf8(name).ok()).map(str::to_ascii_lowercase);
    name.is_some_and(|name| FIRST.contains(&&*name) || name.starts_with("x-") && !name.contains(' '))
}

/// Reads a mailbox, message by message.
pub fn mailbox(file: &str, bytes: &[u8]) -> Found {
    let messages = split(bytes);
    messages.iter().enumerate().flat_map(|(at, raw)| message(file, (at + 1).to_string(), raw)).collect()
}

/// Reads a message that is a file of its own.
pub fn read_one(file: &str, bytes: &[u8]) -> Found {
    message(file, String::new(), bytes)
}

/// The messages of a mailbox, each without its `From ` line, its quoting undone.
fn split(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    let mut blank = true;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let quotes = line.iter().take_while(|b| **b == b'>').count();
        if blank && is_separator(line) {
            messages.push(Vec::new());
        } else if let Some(message) = messages.last_mut() {
            let quoted = quotes > 0 && line.get(quotes..).is_some_and(|rest| rest.starts_with(b"From "));
            message.extend_from_slice(if quoted { &line[1..] } else { line });
        }
        blank = line.iter().all(|b| matches!(b, b'\r' | b'\n'));
    }
    messages
}

/// `From jeanne@example.org Sun Mar  1 10:00:00 2026`: a time stands in it, which a sentence has rarely.
fn is_separator(line: &[u8]) -> bool {
    let time = |word: &[u8]| word.len() >= 5 && word[0].is_ascii_digit() && word.contains(&b':');
    line.starts_with(b"From ") && line.split(|b| *b == b' ').any(time)
}

fn message(file: &str, row: String, raw: &[u8]) -> Found {
    let place = |inner: &str| {
        let row = [&*row, inner].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":");
        Place { file: file.into(), row: row.into() }
    };
    let untaken = |reason| vec![Err(Untaken { place: place(""), reason })];
    if raw.len() > LARGEST_MESSAGE {
        let most = LARGEST_MESSAGE >> 20;
        return untaken(say!("ce message dépasse {most} Mio", "this message is over {most} MiB"));
    }
    let Some(parsed) = MessageParser::default().parse(raw) else {
        return untaken(say!("ce message ne se lit pas", "this message cannot be read"));
    };
    let about = about(&parsed);
    let received = received(&parsed);
    let own: Box<str> = parsed.message_id().map_or("".into(), |id| format!("mail {id}").into());
    let mut found = Found::new();
    for part in parsed.attachments() {
        let contents = part.contents();
        let start = contents.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
        if !matches!(contents.get(start), Some(b'{')) {
            continue;
        }
        let saved =
            json::read("", contents).into_iter().filter_map(Result::ok).filter(Submission::is_contribution);
        for mut saved in saved {
            let name: String = part.attachment_name().unwrap_or("json").chars().take(80).collect();
            saved.place = place(&name);
            saved.about.extend(about.iter().cloned());
            (saved.received, saved.channel) = (received, Channel::Mail);
            found.push(Ok(saved));
        }
    }
    let mut fields = lines::fields(&body(&parsed));
    let has = |fields: &[(Box<str>, Box<str>)], name: &str| fields.iter().any(|(n, _)| &**n == name);
    if !has(&fields, "receipt")
        && let Some(number) = parsed.subject().and_then(|s| s.trim().strip_prefix("Contribution "))
    {
        fields.push(("receipt".into(), number.trim().into()));
    }
    // Who sends their own words gives their own address; who sends a saved file may bring another's.
    if !has(&fields, "email")
        && let Some((_, address)) = about.iter().find(|(name, _)| &**name == "from")
    {
        fields.push(("email".into(), address.clone()));
    }
    let written = Submission { place: place(""), own, fields, about, received, channel: Channel::Mail };
    if written.is_contribution() {
        found.insert(0, Ok(written));
    } else if found.is_empty() {
        return untaken(say!(
            "ce message n’est pas une contribution : ni lignes « champ: valeur », ni contribution jointe ; recopiez-le à la main s’il en est une",
            "this message is no contribution: neither lines “field: value” nor one attached; copy it by hand if it is one"
        ));
    }
    found
}

/// The words of the message, the lines that a mail program folded made one again (RFC 3676).
fn body(message: &Message<'_>) -> String {
    let Some(part) = message.text_part(0) else { return String::new() };
    let text = match &part.body {
        PartType::Text(text) => text.clone().into_owned(),
        _ => message.body_text(0).map(|text| text.into_owned()).unwrap_or_default(),
    };
    let kind = part.content_type();
    let said = |name: &str, wanted: &str| {
        kind.and_then(|k| k.attribute(name)).is_some_and(|v| v.eq_ignore_ascii_case(wanted))
    };
    if said("format", "flowed") { unfold(&text, said("delsp", "yes")) } else { text }
}

fn unfold(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        // A space that the sender added before a line that would mean something else.
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ').filter(|_| line != "-- ") {
            Some(bare) => out.push_str(if delete_space { bare } else { line }),
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// When our own server took it: the first `Received`, which stands on top; what the sender's clock said otherwise.
fn received(message: &Message<'_>) -> Option<jiff::Timestamp> {
    let date = message.received().and_then(|r| r.date()).or_else(|| message.date().copied())?;
    jiff::Timestamp::from_second(date.to_timestamp()).ok()
}

/// Who sent it, and what was attached.
fn about(message: &Message<'_>) -> Vec<(Box<str>, Box<str>)> {
    let mut about: Vec<(Box<str>, Box<str>)> = Vec::new();
    if let Some(from) = message.from().and_then(|from| from.first()) {
        about.extend(from.address().map(|address| ("from".into(), address.into())));
        about.extend(from.name().map(|name| ("from-name".into(), name.into())));
    }
    about.extend(message.message_id().map(|id| ("message-id".into(), id.into())));
    for part in message.attachments() {
        let name = part.attachment_name().unwrap_or("?");
        about.push(("attachment".into(), format!("{name} ({} B)", part.contents().len()).into()));
    }
    about
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Submission {
        let mut found = mailbox("b.mbox", text.as_bytes());
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0).unwrap()
    }

    #[test]
    fn mime_and_quoting_are_undone() {
        let text = "From MAILER-DAEMON Sun Mar  1 10:00:00 2026\nReceived: from a by b; Sun, 1 Mar 2026 11:00:00 +0100\n\
            From: =?iso-8859-1?Q?Ren=E9e_Ao=FBt?= <renee@example.org>\nSubject: Contribution K7M2Q-9XW4T-K7M2Q-9XW4T\n\
            Message-ID: <m1@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=z\n\n\
            --z\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
            kind: comment\nbody: L'=E9t=E9\n>From moi=\n, oui\n\n--z\nContent-Type: image/png; name=a.png\n\
            Content-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--z--\n";
        let one = one(text);
        assert_eq!(
            (one.get("body"), one.get("receipt")),
            ("L'été\nFrom moi, oui", "K7M2Q-9XW4T-K7M2Q-9XW4T")
        );
        assert_eq!((&*one.own, &*one.place.row), ("mail m1@x", "1"));
        assert_eq!(one.received.unwrap().to_string(), "2026-03-01T10:00:00Z");
        let about: Vec<String> = one.about.iter().map(|(n, w)| format!("{n} {w}")).collect();
        assert_eq!(
            about,
            ["from renee@example.org", "from-name Renée Août", "message-id m1@x", "attachment a.png (3 B)"]
        );
    }

    #[test]
    fn saved_files_attached_are_taken_and_letters_are_told() {
        let text = "From a Sun Mar  1 10:00:00 2026\nSubject: Ma contribution\nContent-Type: multipart/mixed; boundary=z\n\n\
            --z\nContent-Type: text/plain\n\nBonjour, voici.\n--z\nContent-Type: application/json; name=c.json\n\
            Content-Disposition: attachment; filename=c.json\n\n{\"kind\": \"comment\", \"body\": \"Oui\"}\n--z--\n\n\
            From b Sun Mar  1 10:00:00 2026\nSubject: x\n\nBonjour.\n";
        let found = mailbox("b.mbox", text.as_bytes());
        let taken = found[0].as_ref().unwrap();
        assert_eq!((taken.get("body"), &*taken.place.row, taken.channel), ("Oui", "1:c.json", Channel::Mail));
        assert!(matches!(&found[1..], [Err(untaken)] if &*untaken.place.row == "2"));
    }

    #[test]
    fn lines_that_were_folded_are_whole_again() {
        let text = "From a Sun Mar  1 10:00:00 2026\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n\
            kind: comment\nbody: Une longue \nligne.\n\nUne autre.\n";
        assert_eq!(one(text).get("body"), "Une longue ligne.\n\nUne autre.");
    }
}
