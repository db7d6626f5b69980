//! The disk's side of an import: an export is read and hashed on receipt ([`read`]), the key of the pseudonyms is read or
//! made in `private/` ([`key`]), git is told to ignore what must stay private, and content files are created but never
//! overwritten ([`write`]). What a file means is decided in `import`.

mod existing;
mod key;
mod private;
mod read;
mod texts;
mod write;
mod zipped;

pub use existing::existing;
pub use key::{Kept, key};
pub use private::ignore_private;
pub use read::{Export, read, read_folder, read_names};
pub use texts::{complete, texts};
pub use write::{Written, create, replace};
