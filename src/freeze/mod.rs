//! freeze: a finished consultation → what its archive consists of. Comes in: the sources, the draft and the site. Leaves:
//! the sources as anybody may have them ([`published()`]), what `frozen.yaml` records ([`Record`]), the tag files of a
//! BagIt bag ([`bag`]), the words that explain it ([`readme()`]). Everything is pure: `io::bag` writes, `cli::freeze` tells
//! the order, and the site in the bag is made by the same `compile` as any other.

pub mod bag;
mod published;
mod readme;
mod record;
mod scope;
pub mod swhid;
mod words;

pub use published::{Form, published};
pub use readme::{Kind, Told, readme};
pub use record::{Record, Replaces};
pub use scope::scope;
