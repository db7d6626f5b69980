//! inbox: what participants sent, on its way to a moderator. A file as received → [`submissions`](source::submissions),
//! whatever it came in → [`take`](take::take): files for `inbox/` and `private/`, and a report. [`waiting()`] reads what
//! stands in `inbox/<consultation>/`. Pure: `io` reads and writes. Nothing here publishes anything.

mod authors;
pub mod contacts;
mod fields;
mod files;
pub mod frame;
mod json;
mod known;
mod lines;
mod mail;
mod posted;
pub mod report;
pub mod source;
pub mod submission;
mod table;
pub mod take;
#[cfg(test)]
mod tests;
mod times;
pub mod waiting;
mod words;

pub use authors::has_made_pseudonyms;
pub use waiting::{Waiting, waiting};
