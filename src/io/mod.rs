//! The only room that touches the world: disk, network, environment, clock, other programs. What comes in leaves
//! as plain values (`Sources`, a date, a locale); what goes out arrives through a `Sink`. Each module here allows
//! for itself the lints that forbid the rest of the crate to do the same.

pub mod archive;
pub mod bag;
mod claim;
mod compare;
pub mod create;
pub mod disk_sink;
pub mod edits;
pub mod export;
pub mod git;
pub mod history;
pub mod intake;
pub mod kept_apart;
pub mod load;
mod manifest;
pub mod moderate;
mod moves;
pub mod pack;
mod place;
pub mod seal;
pub mod serve;
pub mod watch;
pub mod world;
