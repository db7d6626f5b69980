//! The addresses that a style sheet asks for: `url(…)` and `@import`. Comments do not count; escapes are read, since
//! `\75rl(` is `url(` to a browser.

/// The addresses, in their order.
pub fn addresses(css: &str) -> Vec<String> {
    let css = unescaped(&without_comments(css));
    let lower = css.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, mark) in lower.match_indices("url(") {
        let rest = css.get(at + mark.len()..).unwrap_or("").trim_start();
        found.push(quoted(rest).unwrap_or_else(|| rest.split(')').next().unwrap_or("").trim().to_owned()));
    }
    for (at, mark) in lower.match_indices("@import") {
        found.extend(quoted(css.get(at + mark.len()..).unwrap_or("").trim_start()));
    }
    for (at, mark) in lower.match_indices("image-set(") {
        found.extend(quoted(css.get(at + mark.len()..).unwrap_or("").trim_start()));
    }
    found
}

fn quoted(rest: &str) -> Option<String> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next().map(str::to_owned)
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        out.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    out
}

/// Takes back `\75` and `\u`.
fn unescaped(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let code = after.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = after.get(digits..).unwrap_or("");
                rest = rest.strip_prefix([' ', '\n', '\t']).unwrap_or(rest);
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_sheet_asks_for() {
        assert_eq!(addresses("a{background:url( 'x.svg' )} b{background:URL(y.svg)}"), ["x.svg", "y.svg"]);
        assert_eq!(addresses("@import \"a.css\"; @import url(b.css);"), ["b.css", "a.css"]);
        assert_eq!(addresses("/* url(x) */ a{color:red}"), Vec::<String>::new());
        assert_eq!(addresses("a{background:\\75 rl(//x.example/a)}"), ["//x.example/a"]);
    }
}
