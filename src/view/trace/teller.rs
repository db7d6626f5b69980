//! Pieces put one after the other into a sentence: words, links, the beginning of a clause, a list with its “and”.

use super::Piece;
use super::words::Tongue;
use crate::derive::DerivedConsultation;
use crate::model::site::*;
use crate::view::context::Context;

/// A sentence that is being told.
pub(super) struct Teller<'t, 's> {
    pub(super) context: &'t Context<'s>,
    pub(super) c: &'t Consultation,
    pub(super) d: &'t DerivedConsultation,
    pub(super) at: ContributionIx,
    pub(super) tongue: Tongue,
    pub(super) pieces: Vec<Piece>,
    pub(super) clauses: usize,
    /// Without where the words of an amendment stand: for what stands inside another page.
    pub(super) short: bool,
    /// The text of which the latest version was named last.
    pub(super) told: Option<TextIx>,
}

impl Teller<'_, '_> {
    pub(super) fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.href.is_none() => last.words.push_str(words),
            Some(_) | None => self.pieces.push(Piece { words: words.to_owned(), href: None }),
        }
    }

    pub(super) fn link(&mut self, words: String, href: String) {
        self.pieces.push(Piece { words, href: Some(href) });
    }

    /// Begins a clause.
    pub(super) fn clause(&mut self, fr: &'static str, en: &'static str) {
        if self.clauses > 0 {
            let between = self.tongue.say("\u{a0}; ", "; ");
            self.words(between);
        }
        self.clauses += 1;
        let words = self.tongue.say(fr, en);
        self.words(words);
    }

    pub(super) fn contribution(&mut self, at: ContributionIx) {
        let link = self.context.contribution_link(self.c, self.d, at);
        self.link(self.tongue.quoted(&link.title), link.href);
    }

    pub(super) fn list(&mut self, all: &[ContributionIx]) {
        for (n, at) in all.iter().enumerate() {
            let between = self.tongue.between(n, all.len());
            self.words(between);
            self.contribution(*at);
        }
    }
}

/// A sentence begins with a capital.
pub(super) fn capitalised(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if let Some(first) = pieces.first_mut() {
        let mut chars = first.words.chars();
        let upper = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        first.words = upper + chars.as_str();
    }
    pieces
}
