//! Same sources, same bytes: whatever the number of threads and the order in which files come.

use crate::{Files, SITE, WATER, build};

fn site() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> =
        [SITE, WATER].map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    for n in 0..700 {
        let kind = ["proposal", "proposal", "petition"][n % 3];
        let text = format!(
            "---\nkind: {kind}\ntitle: Proposition {n}\ndate: 2026-01-{:02}\nvotes: {{for: {}, against: 1}}\n---\n\
             L’eau n° {n} qu’il faut **partager**.\n",
            n % 28 + 1,
            n * 7 % 13,
        );
        files.push((format!("content/eau/contributions/{}/p{n}.md", n % 7), text));
    }
    files
}

fn build_on(threads: usize, files: &[(String, String)]) -> Files {
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| build(&files))
}

#[test]
fn threads_and_order_change_no_byte() {
    let mut files = site();
    let one = build_on(1, &files);
    files.reverse();
    let four = build_on(4, &files);
    assert!(one.len() > 1400);
    assert_eq!(one.keys().collect::<Vec<_>>(), four.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(four[path] == *bytes, "{path} depends on threads or order");
    }
}

#[test]
fn list_pages_are_numbered_from_the_oldest() {
    let mut files = site();
    let before = build_on(2, &files);
    files.push((
        "content/eau/contributions/nouvelle.md".into(),
        "---\nkind: proposal\ntitle: Nouvelle\ndate: 2026-05-01\n---\nMots.\n".into(),
    ));
    let after = build_on(2, &files);
    let page: serde_json::Value = serde_json::from_slice(&before["eau/by-date/2/index.json"]).unwrap();
    let again: serde_json::Value = serde_json::from_slice(&after["eau/by-date/2/index.json"]).unwrap();
    assert_eq!(page["groups"], again["groups"], "a page that was full never changes");
}
