//! What differs between versions of a text: words, paragraphs, articles, divisions.
//!
//! [`words`] says which words of a passage changed, [`passages`] puts the paragraphs of two articles side by side,
//! [`versions`] says what became of each article ([`versions::align`]) and follows it through all versions
//! ([`versions::lineages`]).
//!
//! Pure, and the same on every machine: work is bounded by the size of the texts, never by a clock, and weights are
//! whole numbers. Nothing here knows amendments or pages; nothing is guessed from dates or origins.

pub mod bag;
mod divisions;
mod groups;
mod lineages;
pub mod overlap;
mod parts;
pub mod passages;
pub mod tokens;
pub mod versions;
mod weights;
pub mod words;

#[cfg(test)]
mod versions_tests;
#[cfg(test)]
mod words_tests;
