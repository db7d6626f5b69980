//! Where an address in a page leads, read as a browser reads it (WHATWG URL: blanks at its ends and line ends inside
//! it do not count).

/// Where it leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A file of the site, and a place in it, which may be empty.
    Inside(Box<str>, Box<str>),
    /// A path from the host's root: right only where the site stands where it said.
    FromRoot(Box<str>, Box<str>),
    /// Above the site's root.
    Outside,
    /// Another machine, or another program than a browser (`mailto:`).
    Elsewhere(Box<str>),
    /// A program in the address itself.
    Program,
    /// Bytes in the address itself.
    Inline,
}

/// Follows an address from the page at `path`, which counts from the site's root.
pub fn target(path: &str, address: &str) -> Target {
    let address: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let address = address.trim_matches(|c: char| c <= ' ');
    if address.starts_with("//") || address.starts_with("\\") || address.starts_with("/\\") {
        return Target::Elsewhere(shown(address));
    }
    if let Some(scheme) = scheme(address) {
        return match scheme.as_str() {
            "javascript" | "vbscript" => Target::Program,
            "data" | "blob" => Target::Inline,
            _ => Target::Elsewhere(shown(address)),
        };
    }
    let (rest, place) = address.split_once('#').unwrap_or((address, ""));
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    let place: Box<str> = decoded(place).into();
    if let Some(from_root) = rest.strip_prefix('/') {
        return joined("", from_root).map_or(Target::Outside, |path| Target::FromRoot(path, place));
    }
    if rest.is_empty() {
        return Target::Inside(path.into(), place);
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    joined(folder, rest).map_or(Target::Outside, |path| Target::Inside(path, place))
}

/// The file that a relative path names, a folder standing for its page.
fn joined(folder: &str, path: &str) -> Option<Box<str>> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let decoded = decoded(path);
    let mut ends_in_folder = true;
    for part in decoded.split('/') {
        ends_in_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    if ends_in_folder {
        parts.push("index.html");
    }
    Some(parts.join("/").into())
}

fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let fine = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fine.then(|| scheme.to_ascii_lowercase())
}

/// Takes back `%20`; what is not UTF-8 afterwards stays as it was.
pub fn decoded(words: &str) -> String {
    if !words.contains('%') {
        return words.to_owned();
    }
    let bytes = words.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = words
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| words.to_owned())
}

fn shown(address: &str) -> Box<str> {
    address.chars().take(80).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(address: &str, path: &str, place: &str) {
        assert_eq!(target("a/b/index.html", address), Target::Inside(path.into(), place.into()), "{address}");
    }

    #[test]
    fn addresses_inside_the_site() {
        inside("", "a/b/index.html", "");
        inside("#x", "a/b/index.html", "x");
        inside("../c.html?q#%C3%A9", "a/c.html", "é");
        inside("./", "a/b/index.html", "");
        inside("..", "a/index.html", "");
        inside("../../", "index.html", "");
        inside("a%20b.csv", "a/b/a b.csv", "");
        assert_eq!(target("a/index.html", "../../x"), Target::Outside);
        assert_eq!(target("a/index.html", "/x/"), Target::FromRoot("x/index.html".into(), "".into()));
    }

    #[test]
    fn addresses_that_leave() {
        for address in ["https://x", "HTTP://x", "mailto:a@b", " //x", "/\\x", "h\nttp://x", "\\\\x"] {
            assert!(matches!(target("index.html", address), Target::Elsewhere(_)), "{address}");
        }
        assert_eq!(target("index.html", " java\tscript:x"), Target::Program);
        assert_eq!(target("index.html", "data:,x"), Target::Inline);
    }
}
