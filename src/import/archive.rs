//! Files in a zip that somebody else made → their bytes, within bounds: how many, how large, how much larger than
//! packed, whatever the zip says of itself. Nothing is unpacked to the disk; names are only looked up.

use crate::lang::Bilingual;
use crate::say;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most files in a zip.
const MOST: usize = 20_000;
/// Largest file in a zip, unpacked, in bytes.
const LARGEST: u64 = 96 * 1024 * 1024;
/// Most that is unpacked of one zip, in bytes.
const ALL: u64 = 256 * 1024 * 1024;
/// How many times larger than packed a file may be, from [`LARGE`] on.
const RATIO: u64 = 400;
/// Below this size, in bytes, nothing is too tightly packed.
const LARGE: u64 = 4 * 1024 * 1024;

/// A zip being read.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Opens a zip.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Bilingual> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| {
            say!("ce n’est pas une archive zip lisible : {e}", "not a zip that can be read: {e}")
        })?;
        if zip.len() > MOST {
            return Err(say!("plus de {MOST} fichiers dans l’archive", "more than {MOST} files in the zip"));
        }
        Ok(Archive { zip, left: ALL })
    }

    /// The names of its files, in order.
    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        names.sort();
        names
    }

    /// A file, when there is one of this name.
    pub(super) fn file(&mut self, name: &str) -> Option<Result<Vec<u8>, Bilingual>> {
        let index = self.zip.index_for_name(name)?;
        Some(self.unpack(name, index))
    }

    fn unpack(&mut self, name: &str, index: usize) -> Result<Vec<u8>, Bilingual> {
        let unreadable = |e: &dyn std::fmt::Display| {
            say!("« {name} » ne se lit pas dans l’archive : {e}", "“{name}” cannot be read from the zip: {e}")
        };
        let file = self.zip.by_index(index).map_err(|e| unreadable(&e))?;
        let tight = file.compressed_size().saturating_mul(RATIO).max(LARGE);
        let limit = LARGEST.min(self.left).min(tight);
        let mut bytes = Vec::new();
        // One byte more than allowed tells that there is more.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(say!(
                "« {name} » est trop gros une fois décompressé (plus de {limit} octets)",
                "“{name}” is too large once unpacked (more than {limit} bytes)"
            ));
        }
        self.left -= size;
        Ok(bytes)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A zip in memory.
    pub(crate) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_read_by_its_name() {
        let zip = packed(&[("b/c.xml", b"<a/>"), ("a", b"")]);
        let mut archive = Archive::open(&zip).unwrap();
        assert_eq!(archive.names(), ["a", "b/c.xml"]);
        assert_eq!(archive.file("b/c.xml").unwrap().unwrap(), b"<a/>");
        assert!(archive.file("c.xml").is_none());
        assert!(Archive::open(b"PK no zip").is_err());
    }

    #[test]
    fn what_grows_too_much_is_not_unpacked() {
        let zip = packed(&[("bomb", &vec![b' '; 8 * 1024 * 1024]), ("small", b"ok")]);
        let mut archive = Archive::open(&zip).unwrap();
        assert!(archive.file("bomb").unwrap().unwrap_err().en.contains("too large once unpacked"));
        assert_eq!(archive.file("small").unwrap().unwrap(), b"ok");
    }

    proptest! {
        #[test]
        fn a_damaged_zip_never_makes_it_panic(at in 0usize..300, byte in any::<u8>(), cut in 0usize..300) {
            let mut zip = packed(&[("a.xml", b"<a>un deux trois</a>"), ("b", b"")]);
            let at = at % zip.len();
            zip[at] = byte;
            zip.truncate(zip.len() - cut % 40);
            if let Ok(mut archive) = Archive::open(&zip) {
                for name in archive.names() {
                    let _ = archive.file(&name);
                }
            }
        }
    }
}
