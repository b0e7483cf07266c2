//! The report as one page: self-contained, without network, usable without its script.

mod check;
mod clauses;
mod exchange;
mod observations;
pub mod page;
mod plot;
mod reading;
mod verdict;
