//! The preview, by a client that speaks HTTP to a real socket, and a real folder that changes.

use crate::write;
use greffe::io::serve::{Preview, Rebuilt, Server, Site, serve};
use greffe::io::watch::Watch;
use greffe::sink::{MemorySink, OutPath, Sink};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// Sends a request as it is written and reads the answer to its end.
fn talk(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn ask(address: SocketAddr, method: &str, path: &str, host: &str) -> String {
    talk(address, &format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
}

fn get(address: SocketAddr, path: &str) -> String {
    ask(address, "GET", path, "localhost:4000")
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

/// The event stream; each call of `next` waits for one message.
struct Events(BufReader<TcpStream>);

impl Events {
    fn open(address: SocketAddr) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(b"GET /.greffe/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        Events(BufReader::new(stream))
    }

    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

fn site() -> TempDir {
    let site = tempdir().unwrap();
    write(site.path(), "greffe.yaml", "");
    write(site.path(), "content/a.md", "first");
    site
}

/// A compiler of one page: `content/a.md` is the home page, and must not say "wrong".
fn compile(root: &Path, preview: &Preview) -> Rebuilt {
    let words = fs::read_to_string(root.join("content/a.md")).unwrap_or_default();
    if words.contains("wrong") {
        return Rebuilt::Failed("error[G001]: wrong\n  --> content/a.md:1:1".into());
    }
    let sink = MemorySink::default();
    sink.put(&OutPath::new("index.html").unwrap(), format!("<body>{words}</body>").as_bytes()).unwrap();
    sink.put(&OutPath::new("404.html").unwrap(), b"<body>absent</body>").unwrap();
    sink.put(&OutPath::new("a/index.html").unwrap(), b"<body>a</body>").unwrap();
    sink.put(&OutPath::new("data.json").unwrap(), b"{}").unwrap();
    sink.copy(&OutPath::new("a.pdf").unwrap(), "content/a.pdf").unwrap();
    match preview.replace(sink.into_files()) {
        true => Rebuilt::Changed,
        false => Rebuilt::Same,
    }
}

fn serve_once(root: &Path) -> Server {
    let preview = Arc::new(Preview::new(root));
    compile(root, &preview);
    Server::start(preview, Some(0)).unwrap()
}

#[test]
fn a_change_reaches_an_open_page() {
    let site = site();
    let root = site.path().to_path_buf();
    let (sender, addresses) = mpsc::channel();
    std::thread::spawn(move || {
        let preview = Arc::new(Preview::new(&root));
        let rebuild = |_: &[PathBuf]| compile(&root, &preview);
        serve(&root, Some(0), preview.clone(), None, rebuild, |address| sender.send(address).unwrap())
            .unwrap();
    });
    let address = addresses.recv_timeout(Duration::from_secs(20)).unwrap();
    let mut events = Events::open(address);
    let first = events.next();
    let page = get(address, "/");
    assert!(page.contains("<body>first<script src=\"/.greffe/reload.js\""), "{page}");
    assert!(page.contains(&format!("data-version={}", first["version"])), "{page}");

    write(site.path(), "content/a.md", "second");
    let second = events.next();
    assert_ne!(second["version"], first["version"]);
    assert!(get(address, "/").contains("<body>second<script"));

    // A fault keeps the last good site, and is told.
    write(site.path(), "content/a.md", "wrong");
    let third = events.next();
    assert_eq!(third["version"], second["version"]);
    assert!(third["problem"].as_str().unwrap().contains("content/a.md:1:1"));
    assert!(get(address, "/").contains("<body>second<script"));

    // An atomic save, as most editors do it.
    write(site.path(), "content/.a.md.tmp", "mended");
    fs::rename(site.path().join("content/.a.md.tmp"), site.path().join("content/a.md")).unwrap();
    let fourth = events.next();
    assert_ne!(fourth["version"], third["version"]);
    assert!(fourth["problem"].is_null());
    assert!(get(address, "/").contains("<body>mended<script"));
}

#[test]
fn answers_are_those_of_a_careful_host() {
    let site = site();
    write(site.path(), "content/a.pdf", "a document");
    let server = serve_once(site.path());
    let address = server.address();
    assert!(address.ip().is_loopback());
    let page = get(address, "/").to_lowercase();
    for header in [
        "content-type: text/html; charset=utf-8",
        "content-security-policy: default-src 'self';",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
    ] {
        assert!(page.contains(header), "{header} in {page}");
    }
    let head = ask(address, "HEAD", "/data.json", "localhost");
    assert!(head.contains("content-length: 2") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(get(address, "/a.pdf").ends_with("a document"));
    assert!(get(address, "/a").contains("location: /a/"));
    let absent = get(address, "/nowhere/at/all");
    assert!(status(&absent) == "404" && absent.contains("<body>absent"), "{absent}");
    assert!(get(address, "/.greffe/reload.js").contains("text/javascript"));
    assert!(get(address, "/.greffe/banner.css").contains("text/css"));
}

#[test]
fn what_is_not_the_site_is_refused() {
    let site = site();
    write(site.path(), "content/a.pdf", "a document");
    write(site.path(), "private/key", "SECRET");
    let server = serve_once(site.path());
    let address = server.address();
    for path in [
        "/../private/key",
        "/%2e%2e/private/key",
        "/..%2fprivate/key",
        "/private/key",
        "//etc/passwd",
        "/content/a.md",
    ] {
        let answer = get(address, path);
        assert!(status(&answer) == "404" && !answer.contains("SECRET"), "{path}: {answer}");
    }
    for host in ["evil.example", "evil.example:4000", "192.168.1.2", "localhost.evil.example"] {
        assert_eq!(status(&ask(address, "GET", "/", host)), "403", "{host}");
        assert_eq!(status(&ask(address, "GET", "/.greffe/events", host)), "403", "{host}");
    }
    let absolute = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&talk(address, absolute)), "403");
    assert_eq!(status(&talk(address, "GET / HTTP/1.0\r\n\r\n")), "403");
    assert_eq!(status(&ask(address, "POST", "/", "localhost")), "405");
    let thanks = "/eau/take-part/thanks/index.html";
    assert_eq!(
        status(&ask(address, "POST", thanks, "localhost")),
        "404",
        "answered as a page, which this site has not"
    );
    assert_eq!(status(&talk(address, "not http at all\r\n\r\n")), "400");
}

#[test]
fn a_document_that_became_a_link_is_not_followed() {
    #[cfg(unix)]
    {
        let site = site();
        write(site.path(), "private/key", "SECRET");
        std::os::unix::fs::symlink("../private/key", site.path().join("content/a.pdf")).unwrap();
        let server = serve_once(site.path());
        assert_eq!(status(&get(server.address(), "/a.pdf")), "404");
    }
}

#[test]
fn a_port_that_is_taken_is_told() {
    let site = site();
    let first = serve_once(site.path());
    let port = first.address().port();
    let second = Server::start(Arc::new(Preview::new(site.path())), Some(port));
    assert!(second.unwrap_err().to_string().contains("--port"));
    drop(first);
    let preview = Preview::new(site.path());
    assert!(preview.get("index.html").is_none());
    Server::start(Arc::new(preview), Some(port)).unwrap();
}

/// Watches a site in a thread that passes batches on, so that a test can wait for one, or for none.
fn watch(root: &Path) -> mpsc::Receiver<Vec<PathBuf>> {
    let mut watch = Watch::new(root).unwrap();
    let (sender, batches) = mpsc::channel();
    std::thread::spawn(move || {
        while let Ok(batch) = watch.wait() {
            if sender.send(batch).is_err() {
                return;
            }
        }
    });
    batches
}

fn next(batches: &mpsc::Receiver<Vec<PathBuf>>) -> Vec<String> {
    let batch = batches.recv_timeout(Duration::from_secs(20)).expect("a change is seen");
    batch.iter().map(|path| path.to_str().unwrap().to_string()).collect()
}

fn is_still(batches: &mpsc::Receiver<Vec<PathBuf>>) -> bool {
    batches.recv_timeout(Duration::from_millis(500)).is_err()
}

#[test]
fn only_changes_of_the_site_are_seen() {
    let site = site();
    let batches = watch(site.path());
    fs::read(site.path().join("content/a.md")).unwrap();
    for path in
        ["public/index.html", "inbox/a.md", "README.md", "content/.a.md.swp", "content/a.md~", ".git/index"]
    {
        write(site.path(), path, "x");
    }
    assert!(is_still(&batches));
    write(site.path(), "content/a.md", "new");
    assert_eq!(next(&batches), ["content/a.md"]);
    write(site.path(), "greffe.yaml.new", "title: x");
    fs::rename(site.path().join("greffe.yaml.new"), site.path().join("greffe.yaml")).unwrap();
    assert_eq!(next(&batches), ["greffe.yaml"]);
    fs::remove_file(site.path().join("content/a.md")).unwrap();
    assert_eq!(next(&batches), ["content/a.md"]);
    assert!(is_still(&batches));
}

#[test]
fn many_changes_are_few_batches() {
    let site = site();
    let batches = watch(site.path());
    (0..500).for_each(|n| write(site.path(), &format!("content/new/{}/{n}.md", n % 5), "x"));
    let mut count = 0;
    let mut seen = std::collections::BTreeSet::new();
    while let Ok(batch) = batches.recv_timeout(Duration::from_secs(2)) {
        count += 1;
        seen.extend(batch);
    }
    assert!((1..=5).contains(&count), "{count} batches");
    assert!(seen.contains(Path::new("content/new")), "{seen:?}");
}

#[test]
fn a_theme_that_is_made_later_is_watched() {
    let site = site();
    let batches = watch(site.path());
    fs::create_dir(site.path().join("themes")).unwrap();
    assert_eq!(next(&batches), ["themes"]);
    write(site.path(), "themes/page.html", "x");
    assert_eq!(next(&batches), ["themes/page.html"]);
    // A folder that is replaced, as `git checkout` does.
    fs::rename(site.path().join("content"), site.path().join("old")).unwrap();
    next(&batches);
    write(site.path(), "content/b.md", "x");
    assert!(next(&batches).contains(&"content".to_string()));
    is_still(&batches);
    write(site.path(), "content/b.md", "y");
    assert_eq!(next(&batches), ["content/b.md"]);
}

#[test]
fn nothing_to_watch_is_an_error() {
    assert!(Watch::new(&tempdir().unwrap().path().join("absent")).is_err());
}
