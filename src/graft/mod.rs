//! Grafts changes onto a text. A [`State`] is a version with every change made to it, in which nothing is forgotten:
//! each word knows what brought it and what took it away. So a change written without knowing of another finds its
//! place all the same, the text can be read as anyone knew it ([`State::document`]), and two changes that meet are
//! seen to meet.
//!
//! Comes in: a [`Document`](crate::model::document::Document) and operations. Comes out: documents, faults, what each
//! change touched. Not done here: which changes were adopted, in what order, and what to tell their authors; that is
//! `derive`'s.

mod apply;
mod draft;
mod find;
mod known;
mod passage;
mod state;
#[cfg(test)]
mod tests;
mod trail;

pub use apply::{Applied, Fault, Touch};
pub use draft::{operations, pairs};
pub use known::Known;
pub use state::State;
pub use trail::{From, Mark, Marked, MarkedParagraph, MarkedUnit, Trail};
