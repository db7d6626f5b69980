//! Files in a zip that somebody else made → their bytes, within bounds: how many, how large, how much larger than
//! packed, whatever the zip says of itself. Nothing is unpacked to the disk, and a name that would leave the folder is
//! refused. `io` reads the zips of exports with it, the readers of Word and LibreOffice those that documents are.

use crate::lang::Bilingual;
use crate::say;
use crate::sink::OutPath;
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// What is accepted of a zip.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Most files in it.
    pub files: usize,
    /// Largest file, unpacked, in bytes.
    pub largest: u64,
    /// Most that is unpacked of it, in bytes.
    pub all: u64,
    /// Below this size, in bytes, nothing is too tightly packed; above, a file may be `RATIO` times larger than packed.
    pub small: u64,
}

/// How many times larger than packed a file may be; text is seldom more than twenty.
const RATIO: u64 = 400;

/// A document in one file, read in memory.
pub(super) const DOCUMENT: Bounds =
    Bounds { files: 20_000, largest: 96 << 20, all: 256 << 20, small: 4 << 20 };

/// A zip being read.
#[derive(Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    bounds: Bounds,
    /// What may still be unpacked.
    left: u64,
}

/// A document that is a zip, in memory.
pub(super) type Zipped<'b> = Archive<Cursor<&'b [u8]>>;

impl<'b> Zipped<'b> {
    /// Opens a document.
    pub(super) fn document(bytes: &'b [u8]) -> Result<Self, Bilingual> {
        Archive::open(Cursor::new(bytes), DOCUMENT)
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Opens a zip.
    pub fn open(from: R, bounds: Bounds) -> Result<Self, Bilingual> {
        let zip = ZipArchive::new(from).map_err(|e| {
            say!("ce n’est pas une archive zip lisible : {e}", "not a zip that can be read: {e}")
        })?;
        let most = bounds.files;
        if zip.len() > most {
            return Err(say!("plus de {most} fichiers dans l’archive", "more than {most} files in the zip"));
        }
        Ok(Archive { zip, bounds, left: bounds.all })
    }

    /// The names of its files, in the order of the zip; folders are none.
    pub fn names(&self) -> Vec<(usize, String)> {
        let name = |number| match self.zip.name_for_index(number) {
            Some(Ok(name)) => name.into_owned(),
            Some(Err(_)) | None => format!("#{number}"),
        };
        let named = (0..self.zip.len()).map(|number| (number, name(number)));
        named.filter(|(_, name)| !name.ends_with('/')).collect()
    }

    /// A file, when there is one of this name.
    pub(super) fn file(&mut self, name: &str) -> Option<Result<Vec<u8>, Bilingual>> {
        let number = self.zip.index_for_name(name)?;
        Some(self.unpack(number, name))
    }

    /// The file of that number, whose name is given for what is said of it.
    pub fn unpack(&mut self, number: usize, name: &str) -> Result<Vec<u8>, Bilingual> {
        let unreadable = |e: &dyn std::fmt::Display| {
            say!("« {name} » ne se lit pas dans l’archive : {e}", "“{name}” cannot be read from the zip: {e}")
        };
        if OutPath::new(name).is_none() {
            return Err(say!("« {name} » : ce nom n’est pas sûr", "“{name}”: this name is not safe"));
        }
        let file = self.zip.by_index(number).map_err(|e| unreadable(&e))?;
        if file.is_symlink() {
            return Err(say!("« {name} » est un lien, pas un fichier", "“{name}” is a link, not a file"));
        }
        let tight = file.compressed_size().saturating_mul(RATIO).max(self.bounds.small);
        let limit = self.bounds.largest.min(self.left).min(tight);
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
        let mut archive = Archive::document(&zip).unwrap();
        assert_eq!(archive.names(), [(0, "b/c.xml".to_owned()), (1, "a".to_owned())]);
        assert_eq!(archive.file("b/c.xml").unwrap().unwrap(), b"<a/>");
        assert!(archive.file("c.xml").is_none());
        assert!(Archive::document(b"PK no zip").is_err());
    }

    #[test]
    fn what_grows_too_much_is_not_unpacked() {
        let zip = packed(&[("bomb", &vec![b' '; 8 * 1024 * 1024]), ("small", b"ok")]);
        let mut archive = Archive::document(&zip).unwrap();
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
            if let Ok(mut archive) = Archive::document(&zip) {
                for (number, name) in archive.names() {
                    let _ = archive.unpack(number, &name);
                }
            }
        }
    }
}
