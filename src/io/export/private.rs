//! What must stay private is told to git: `inbox/` and `private/` in the root's `.gitignore`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::say;
use std::fs;
use std::path::Path;

/// Adds `inbox/` and `private/` to the root's `.gitignore` when they are not there; says whether it did.
pub fn ignore_private(root: &Path) -> Result<bool> {
    let path = root.join(".gitignore");
    let fail = |e| {
        Error::io(
            &path,
            say!("le fichier ne peut pas être tenu à jour", "the file cannot be kept up to date"),
            e,
        )
    };
    let mut text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(fail(e)),
    };
    let has = |line: &str| text.lines().any(|l| l.trim().trim_start_matches('/') == line);
    let missing: Vec<&str> = ["inbox/", "private/"].into_iter().filter(|l| !has(l)).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    fs::create_dir_all(root).and_then(|()| fs::write(&path, text)).map_err(fail)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_stay_private_is_ignored_by_git() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(".gitignore"), "/private/\npublic").unwrap();
        assert!(ignore_private(root.path()).unwrap());
        assert_eq!(
            fs::read_to_string(root.path().join(".gitignore")).unwrap(),
            "/private/\npublic\ninbox/\n"
        );
        assert!(!ignore_private(root.path()).unwrap());
    }
}
