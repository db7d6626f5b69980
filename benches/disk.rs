//! What the disk costs, by itself: `cargo bench --bench disk`. One turn of each: a number means something on a machine at
//! rest only.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    missing_docs
)]

use greffe::io::disk_sink::DiskSink;
use greffe::io::load::load;
use greffe::sink::{OutPath, Sink};
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

fn timed<T>(words: &str, each: usize, work: impl FnOnce() -> T) -> T {
    let (begin, cpu) = (Instant::now(), cpu_ms());
    let result = work();
    let (spent, cpu) = (begin.elapsed().as_secs_f64() * 1e3, cpu_ms() - cpu);
    println!("{words:40} {spent:8.1} ms {:6.1} µs each; {cpu:6} ms of processor", spent * 1e3 / each as f64);
    result
}

/// Time of the processors spent by this process, which other programs on the machine do not lengthen much; 0
/// where the system does not say.
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // utime and stime, in hundredths of a second (proc(5)).
    after_name.split(' ').skip(12).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn build(root: &Path, folders: usize, edition: usize) {
    let sink = DiskSink::open(root, &root.join("public")).unwrap();
    let page = format!("page of edition {edition} ").repeat(150);
    (0..folders).into_par_iter().for_each(|n| {
        for name in ["index.html", "index.json"] {
            let path = OutPath::new(&format!("consultation/proposals/{}/{n}/{name}", n / 500)).unwrap();
            sink.put(&path, page.as_bytes()).unwrap();
        }
    });
    println!("{:?}", timed("  of which finish", folders * 2, || sink.finish().unwrap()));
}

fn main() {
    let site = tempfile::tempdir().unwrap();
    let (folders, files) = (10_000, 20_000);
    timed("20 000 files into a new folder", files, || build(site.path(), folders, 1));
    timed("20 000 files, none changed", files, || build(site.path(), folders, 1));
    timed("20 000 files, all changed", files, || build(site.path(), folders, 2));
    (0..100_000_usize).into_par_iter().for_each(|n| {
        let text = "Le présent article entre en vigueur. ".repeat(1 + n % 30);
        write(site.path(), &format!("content/c/contributions/{:03}/{n}.md", n / 200), &text);
    });
    timed("load of 100 000 files, first", 100_000, || load(site.path()).unwrap());
    let sources = timed("load of 100 000 files, warm", 100_000, || load(site.path()).unwrap());
    assert_eq!(sources.len(), 100_000);
}
