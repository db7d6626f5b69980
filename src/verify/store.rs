//! [`Store`]: the names and the bytes of what is verified, wherever it stands. `io::archive` has two: a folder, and a
//! zip that is never unpacked. Names are those that were found, right or wrong; nothing here judges them.

use std::io;

/// What stands under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link, which is never followed.
    Link,
    /// A device, a pipe, a socket.
    Special,
    /// A folder without anything in it.
    EmptyFolder,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// From the root, `/` between folders; shown as well as it can be when it is not UTF-8.
    pub path: Box<str>,
    /// Whether the name is UTF-8.
    pub exact: bool,
    /// What it is.
    pub kind: Kind,
    /// Size in bytes, as the folder or the archive says.
    pub size: u64,
}

/// Gives names and bytes, to many threads at once.
pub trait Store: Sync {
    /// Everything that is there, by path.
    fn entries(&self) -> &[Entry];

    /// Hands the bytes of an entry to `take`, a piece at a time, never more than a bounded number at once. An archive
    /// that lies about a size gives an error before it gives more bytes than it declared.
    fn read(&self, at: usize, take: &mut dyn FnMut(&[u8])) -> io::Result<()>;

    /// The place of a path among the entries.
    fn find(&self, path: &str) -> Option<usize> {
        self.entries().binary_search_by(|entry| (*entry.path).cmp(path)).ok()
    }

    /// The bytes of a file that should be small; an error when it is larger than `limit`.
    fn bytes(&self, at: usize, limit: u64) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        let mut over = false;
        self.read(at, &mut |piece| {
            over |= (all.len() + piece.len()) as u64 > limit;
            if !over {
                all.extend_from_slice(piece);
            }
        })?;
        if over { Err(io::Error::new(io::ErrorKind::FileTooLarge, "too large")) } else { Ok(all) }
    }
}
