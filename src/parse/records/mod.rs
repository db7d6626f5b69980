//! What authors write, key by key: one record for each YAML file and each front matter. Everything that the
//! documents, the schemas and the readers know about keys comes from these declarations. A record read is part
//! of the `Draft`: it may name things that do not exist, contradict itself, or hold what must not be published.

pub mod amendment;
pub mod common;
pub mod consultation;
pub mod contribution;
pub mod files;
pub mod follow_up;
pub mod frozen;
pub mod participation;
pub mod site;
pub mod text;
pub mod vote;
