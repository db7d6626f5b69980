//! moderation: what a moderator decides, as edits to files. Comes in: the content, the inbox and what was kept, as read
//! ([`Docket`]), and a decision ([`Order`]). Leaves: a [`Decision`], whose [`Edit`]s say what each file held before and
//! will hold after, and what is to be said about them. Nothing is written here: `io` carries edits out, all or none.

mod answer;
mod decide;
mod docket;
mod edit;
mod passages;
mod trial;
pub mod undo;
mod withhold;

pub use answer::{Answer, answer};
pub use decide::{Decision, Notice, Order, Verdict, decide};
pub use docket::{Docket, Found, Held, id_of, words};
pub use edit::{Edit, after};
pub use passages::{LENGTH, Passage, passages};
pub use trial::trial;
pub use withhold::{digest_of_words, kept_words};
