//! Lighter HTML without another meaning: indentation and blank lines between tags go, except in `pre` and
//! `textarea`. One space stays where there was white space, so that words never touch. With the cargo feature
//! `minify-html` that crate does more, at the cost told in the README.

/// Minifies a page.
#[cfg(feature = "minify-html")]
pub(super) fn html(page: &str) -> String {
    let mut options = minify_html::Cfg::new();
    options.keep_closing_tags = true;
    options.keep_html_and_head_opening_tags = true;
    let bytes = minify_html::minify(page.as_bytes(), &options);
    String::from_utf8(bytes).unwrap_or_else(|_| page.to_owned())
}

/// Minifies a page.
#[cfg(not(feature = "minify-html"))]
pub(super) fn html(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut kept = 0_usize;
    for line in page.split_inclusive('\n') {
        if kept > 0 {
            out.push_str(line);
        } else {
            let trimmed = line.trim_matches([' ', '\t', '\r', '\n']);
            if trimmed.is_empty() {
                continue;
            }
            out.push_str(trimmed);
            // Only the line end goes on: a line end is white space too, and keeps the page readable.
            out.push('\n');
        }
        let (opened, closed) = kept_tags(line);
        kept = kept + opened - closed.min(kept + opened);
        if kept > 0 && out.ends_with('\n') && !line.ends_with('\n') {
            out.pop();
        }
    }
    out
}

/// How many elements whose white space is kept open and close in a line. One look for `<`: four searches for whole
/// words in every line of every page were among the dearest things in a build.
#[cfg(not(feature = "minify-html"))]
fn kept_tags(line: &str) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for tag in line.split('<').skip(1) {
        let kept = |name: &str| name.starts_with("pre") || name.starts_with("textarea");
        match tag.strip_prefix('/') {
            Some(name) => closed += usize::from(kept(name)),
            None => opened += usize::from(kept(tag)),
        }
    }
    (opened, closed)
}

#[cfg(all(test, not(feature = "minify-html")))]
mod tests {
    use super::html;

    #[test]
    fn indentation_goes_and_preformatted_words_stay() {
        assert_eq!(
            html("  <p>\n    a\n  </p>\n\n<pre>\n  x\n\n  y\n</pre>\n  z\n"),
            "<p>\na\n</p>\n<pre>\n  x\n\n  y\n</pre>\nz\n"
        );
    }
}
