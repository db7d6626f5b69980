//! What is read of a page.

use super::*;
use proptest::prelude::*;

fn page(html: &str) -> Page {
    Page::read("a/b/index.html", html)
}

fn requests(html: &str) -> usize {
    page(html).requests.len()
}

#[test]
fn what_asks_another_machine() {
    for html in [
        "<script src='https://x.example/a.js'></script>",
        "<img src=//x.example/a.png>",
        "<img srcset='a.png 1x, https://x.example/b.png 2x'>",
        "<link rel=stylesheet href=http://x.example/a.css>",
        "<style>@import 'https://x.example/a.css'</style>",
        "<p style='background:url(//x.example/a)'>",
        "<iframe src='https://x.example'></iframe>",
        "<svg><image href='https://x.example/a'/></svg>",
        "<meta http-equiv=Refresh content='0; url=https://x.example'>",
        "<base href='https://x.example/'>",
        "<video poster='\thttps://x.example/a'>",
    ] {
        assert_eq!(requests(html), 1, "{html}");
    }
    for html in [
        "<a href='https://x.example'>x</a>",
        "<img src='../a.png'>",
        "<link rel=canonical href='https://x.example/'>",
        "<!-- <img src=//x> -->",
        "<textarea><img src=//x></textarea>",
    ] {
        assert_eq!(requests(html), 0, "{html}");
    }
}

#[test]
fn programs_in_a_page() {
    for html in [
        "<script>go()</script>",
        "<p onclick=go()>",
        "<a href='javascript:go()'>",
        "<a href='java\nscript:go()'>",
        "<a href='data:text/html,x'>",
        "<iframe srcdoc=x></iframe>",
    ] {
        assert_eq!(page(html).programs.len(), 1, "{html}");
    }
    for html in
        ["<script src=a.js></script>", "<script type='application/ld+json'>{}</script>", "<a href='x'>on</a>"]
    {
        assert_eq!(page(html).programs.len(), 0, "{html}");
    }
}

#[test]
fn links_places_and_words() {
    let page = page(
        "<html lang=fr><title>Puits &amp; sources – Eau</title><h1>Puits\n <b>et</b> sources</h1>\
         <a href='../c/?q=1#d'>Le <i>budget</i></a><p id=e><a name=f></a>",
    );
    assert_eq!(
        page.links.into_iter().collect::<Vec<_>>(),
        [Target::Inside("a/c/index.html".into(), "d".into())]
    );
    assert_eq!(page.places.len(), 2);
    let page = Page { links: BTreeSet::new(), places: BTreeSet::new(), ..page };
    assert!(page.says("Puits & sources") && page.says("Puits et sources") && page.says("le budget"));
    assert!(!page.says("puits et lavoirs"));
}

proptest! {
    /// Whatever stands in a page, it is read.
    #[test]
    fn no_page_panics(parts in prop::collection::vec(
        prop_oneof![
            Just("<a href='".to_owned()), Just("' style=\"".to_owned()), Just("url(\\75".to_owned()), Just("<script>".to_owned()),
            Just("</script>".to_owned()), Just("<title>".to_owned()), Just("<h1>".to_owned()), Just("%C3%".to_owned()),
            Just("../".to_owned()), Just("@import".to_owned()), Just("<style>".to_owned()), Just("/*".to_owned()), any::<String>(),
        ],
        0..12,
    )) {
        let _ = page(&parts.concat());
    }
}
