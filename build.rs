//! Lists the files of the default theme, so that the binary holds them: `theme.rs` includes the list.
#![allow(clippy::disallowed_methods)] // A build script is made of input and output.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new("themes/default");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    walk(root, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(root).map_err(io::Error::other)?.display();
        let path = fs::canonicalize(file)?;
        writeln!(list, "    ({:?}, include_bytes!({:?})),", name.to_string(), path)
            .map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    fs::write(out.join("theme_files.rs"), list)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
