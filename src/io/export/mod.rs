//! The disk's side of an import: an export is read and hashed on receipt ([`read`]), the key of the pseudonyms is read or
//! made in `private/` ([`key`]), git is told to ignore what must stay private, and content files are written: once
//! ([`write`]), or once more, with what was written before in mind ([`again`]). What a file means is decided in `import`.

mod again;
mod existing;
mod keep;
mod key;
mod private;
mod read;
mod texts;
mod write;
mod zipped;

pub use crate::import::again::Written;
pub use again::{By, again};
pub use existing::existing;
pub use keep::keep;
pub use key::{Kept, key};
pub use private::ignore_private;
pub use read::{Export, read, read_folder, read_names, receive};
pub use texts::{complete, texts};
pub use write::{Added, create, replace};
