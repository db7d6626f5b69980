//! Greffe compiles a public consultation, kept as Markdown and YAML, into a static archive.
//!
//! # The journey of one Markdown file
//!
//! A proposal stands in `content/water/contributions/wells.md`. [`load`](io::load::load) reads it with the
//! rest of the site into [`Sources`](source::Sources), in the order of paths: from here on files are values.
//! [`parse`](parse::parse) knows from its path what it is and reads its front matter into a
//! [`ContributionRecord`](parse::records::contribution::ContributionRecord) of the [`Draft`](parse::Draft),
//! where every value remembers its line and column and whatever is broken has become a
//! [`Diagnostic`](diag::Diagnostic). [`check`](check::check) follows what it names (its article, its parent,
//! the reason for which a moderator withheld it) and puts a [`Contribution`](model::site::Contribution) in
//! the [`Site`](model::site::Site); what must not be published is left behind here, because the type has no
//! place for it. [`derive`](derive::derive) computes what belongs to no single record: who answered it, which
//! amendment it led to, how the votes were counted ([`Derived`](derive::Derived)). [`plan`](view::plan())
//! lists the pages, and [`Plan::page`](view::Plan::page) makes a [`View`](view::View) for the one on which
//! the proposal is read: a value that holds all the page may say, each address in it made by [`route`].
//! [`Renderer::page`](render::Renderer::page) writes that value twice: as HTML through the
//! [`theme`](theme::Theme), its Markdown made safe on the way, and as the page's `index.json`; what it says
//! also goes to [`search`] and, from the site, to the tables of [`opendata`]. Each file is handed to a
//! [`Sink`](sink::Sink) and forgotten. The disk's sink ([`DiskSink`](io::disk_sink::DiskSink)) moves all of
//! them into place once the last one is there; the one in memory ([`MemorySink`](sink::MemorySink)) is for
//! `serve` and the tests.
//!
//! When the consultation is over, [`published`](freeze::published()) takes from the proposal's file what nobody may have,
//! and the same road leads into a bag ([`BagSink`](io::bag::BagSink)), which [`verify`] follows once more and compares.
//!
//! The middle of that road is [`pipeline`]: [`examine`](pipeline::examine) goes from sources to a site,
//! [`compile`](pipeline::compile) to the sink, and the verbs of [`cli`] are one call of either.
//! `ARCHITECTURE.md` has the map of the rooms, what always holds and the test that says so.

pub mod ballots;
pub mod check;
pub mod cli;
pub mod compare;
pub mod derive;
pub mod desk;
pub mod diag;
pub mod error;
pub mod freeze;
pub mod graft;
pub mod import;
pub mod inbox;
pub mod io;
pub mod lang;
pub mod model;
pub mod moderation;
pub mod opendata;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod route;
pub mod search;
pub mod sink;
pub mod source;
pub mod tally;
pub mod text;
pub mod theme;
pub mod verify;
pub mod view;
pub mod yaml;
