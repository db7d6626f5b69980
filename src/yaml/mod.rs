//! YAML as authors write it: a tree in which every value knows its place ([`tree`]), typed reading that reports
//! every problem in one pass ([`read`]), and the declaration of records, from which the reader, the JSON Schemas
//! and the checks of the documentation all come ([`record`]); changing one key or item and nothing else ([`surgery`]). No
//! noun of Greffe lives here.

mod fault;
pub mod fields;
pub mod read;
pub mod record;
pub mod schema;
pub mod surgery;
pub mod tree;
pub mod write;

pub use read::{Read, Reader};
pub use record::{Key, RecordShape, Shape};
pub use tree::{Node, Value};
