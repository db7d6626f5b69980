//! ballots: files of ballots → [`Ballot`](crate::model::vote::Ballot)s. Pure readers, each told what it reads: `csv` is
//! our own form. What a ballot says is kept, right or wrong: whether it counts is for `tally`.

pub mod alone;
pub mod csv;
pub mod hours;
pub mod pabulib;
pub mod poll;
pub mod pool;
pub mod preflib;

#[cfg(test)]
mod tests;
