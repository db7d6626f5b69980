//! HTML on the left, Markdown on the right; and the words, never lost.

use super::*;

fn check(html: &str, markdown: &str) {
    let converted = convert(html, Use::Contribution, "https://old.example");
    assert_eq!(converted.markdown, markdown, "{html}");
}

#[test]
fn paragraphs_breaks_and_entities() {
    check(
        "<p>Aujourd&#39;hui,&nbsp;l&rsquo;&eacute;t&eacute;</p>\r\n<p>un<br />\r\ndeux</p>",
        "Aujourd'hui,\u{a0}l’été\n\nun\\\ndeux",
    );
    check("un<br><br>deux", "un\n\ndeux");
    check("<p>&nbsp;</p><p> </p>", "");
    check("<div>un<p>deux</p>trois</div>", "un\n\ndeux\n\ntrois");
}

#[test]
fn marks_open_and_close_where_markdown_lets_them() {
    check("<p><strong>Objectif : </strong>ouvrir</p>", "**Objectif :** ouvrir");
    check("<p><strong>Objectif :</strong>ouvrir</p>", "**Objectif** :ouvrir");
    check("<p>a<em>b</em>c <strong><em>d</em></strong></p>", "a*b*c ***d***");
    check("<p><strong>a</strong><strong>b</strong><em> </em></p>", "**ab**");
    check("<strong><p>un</p><p>deux</p></strong>", "**un**\n\n**deux**");
    check("<p>2<sup>e</sup> <u>souligné</u></p>", "2e souligné");
}

#[test]
fn links_are_kept_when_they_can_be_followed() {
    check(
        "<a href=\"http://a.fr/x_(y)?a=1&amp;copy;=2\">mot</a>",
        "[mot](http://a.fr/x_%28y%29?a=1\\&copy;=2)",
    );
    check("<a href=\"http://a.fr/\">http://a.fr/</a>", "<http://a.fr/>");
    check("<a href=\"/page\">ici</a>", "[ici](https://old.example/page)");
    check("<a href=\"javascript:alert(1)\">ici</a>", "ici");
    check("<img alt=\"\" src=\"http://a.fr/i.png\">", "<http://a.fr/i.png>");
    check("<img alt=\"Logo\" src=\"http://a.fr/i.png\">", "[Logo](http://a.fr/i.png)");
}

#[test]
fn lists_quotations_headings_and_tables() {
    check("<ul><li>un<ul><li>deux</li></ul></li><li><p>trois</p></li></ul>", "- un\n  - deux\n- trois");
    check("<ol start=\"3\"><li>un</li><li><p>deux</p><p>bis</p></li></ol>", "3. un\n\n4. deux\n\n   bis");
    check("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b");
    check("<blockquote><p>un</p><p>deux</p></blockquote>", "> un\n>\n> deux");
    check("<h2>Titre # {x}</h2><p># pas un titre</p>", "## Titre \\# \\{x\\}\n\n\\# pas un titre");
    check(
        "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>",
        "| a | b\\|c |\n| --- | --- |\n| 1 |  |",
    );
    check("<pre>a\n  b</pre><hr>", "```\na\n  b\n```\n\n* * *");
}

#[test]
fn in_a_law_every_line_is_a_paragraph() {
    let law = convert("<h2>I</h2><p>Un :<br />1° Deux ;<br />m<sup>2</sup></p>", Use::Law, "");
    assert_eq!(law.markdown, "**I**\n\nUn :\n\n1° Deux ;\n\nm<sup>2</sup>");
}

#[test]
fn deep_nesting_neither_overflows_nor_loses_words() {
    let html = format!("{}mot{}", "<div><b>".repeat(1_500), "</b></div>".repeat(1_500));
    assert!(words(&convert(&html, Use::Contribution, "").markdown).contains("mot"));
    let lists = format!("{}mot{}", "<ul><li>".repeat(1_500), "</li></ul>".repeat(1_500));
    assert!(words(&convert(&lists, Use::Contribution, "").markdown).contains("mot"));
}

proptest::proptest! {
    #[test]
    fn words_survive_whatever_they_are(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<br>", "<ul><li>", "</li></ul>", "<ol><li>", "</li></ol>",
            "<a href='http://x.fr/a_b'>", "</a>", "mot", "1. ", "- ", "*", "_", "# ", " ", "&lt;x&gt;", "&amp;eacute;",
            "[x]", "é :", "\\", "`", "~~", "> ", "<h3>", "</h3>", "<blockquote>", "</blockquote>", "===", "|", "\n",
        ]), 0..30)) {
        let html: String = pieces.concat();
        let tree = tree::Tree::read(&html);
        let seen: String = tree.roots().iter().map(|id| tree.words(*id)).collect();
        let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let converted = convert(&html, Use::Contribution, "");
        proptest::prop_assert_eq!(bare(&words(&converted.markdown)), bare(&seen), "{}\n{}", html, converted.markdown);
    }
}
