//! The nouns: what a [`Site`](site::Site) is made of once it has been checked. Small values ([`id`], [`when`],
//! [`choices`]) are shared with what authors write; the rest can only be made by `check`, and cannot hold a
//! word that was withheld, a private field or a result under embargo.

pub mod answer;
pub mod change;
pub mod choices;
pub mod contribution;
pub mod document;
pub mod follow_up;
pub mod frozen;
pub mod id;
pub mod numbering;
pub mod participation;
pub mod site;
pub mod text;
pub mod vote;
pub mod when;
